"""``config/alerts.yml``: which labels of an alert name its app, its resource, its environment."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from config.settings import ROOT
from config.strict_yaml import load_yaml

ALERTS = ROOT / "config" / "alerts.yml"
FIELDS = ("name", "severity", "app_id", "resource_id", "environment")


@lru_cache(maxsize=4)
def alert_labels(path: Path = ALERTS) -> Mapping[str, tuple[str, ...]]:
    """Return for each field of an alert the labels that may say it, in order.

    Raises:
        ValueError: the file is not what it should be; the message names the file and the field.

    """
    said = load_yaml(path)
    labels = said.get("labels") if isinstance(said, dict) else None
    if not isinstance(labels, dict) or set(said) != {"labels"}:
        raise ValueError(f"{path}: write labels: and under it lists of label names for {', '.join(FIELDS)}")
    if strange := sorted(set(labels) - set(FIELDS)):
        raise ValueError(f"{path}: labels has no {', '.join(map(str, strange))}; there are {', '.join(FIELDS)}")
    found = {}
    for field in FIELDS:
        names = labels.get(field, [])
        if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
            raise ValueError(f"{path}: labels.{field} is no list of label names, such as [{field}]")
        found[field] = tuple(names)
    if not found["name"]:
        raise ValueError(f"{path}: labels.name is empty; Alertmanager names alerts by the label alertname")
    return found
