"""Alertmanager: webhook notifications (version 4) and lists of alerts as of ``GET /api/v2/alerts``.

One JSON document, or JSON lines of such documents. Which labels name the app, the resource and the environment is said
by ``config/alerts.yml``.

A report that an alert rings and a report that it ended are two facts, each with an id of its own that follows from what
it says: ``<fingerprint>/<start>``, and ``<fingerprint>/<start>/<end>``. So the same notification read twice, by
whichever of two Alertmanagers it was sent, is one event; an end that comes later, or is said again and later, is no
conflict but one more fact. Readers take all reports of an alert together (``queries.rung_alerts``). Annotations change
from one notification to the next and are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.alert_labels import alert_labels
from metering.decode import parse_line, stage_rows
from metering.recipes.files import open_bytes
from metering.recipes.recipe import BATCH_ROWS, Batch, Recipe, RecipeError

SOURCE = "alertmanager"
_FORMS = "a webhook notification (version 4, with alerts) or the list that GET /api/v2/alerts answers"
_NEVER = "0001-"  # the Go zero time: how a notification says that an alert has not ended
_FRACTION = re.compile(r"\.(\d+)")
_HASH, _PRIME, _MASK = 14695981039346656037, 1099511628211, (1 << 64) - 1


def read(paths: tuple[Path, ...]) -> Iterator[Batch]:
    """Give the alerts of one file."""
    (path,) = paths
    with open_bytes(path) as stream:
        text = stream.read()
    rows = list(_alerts(path, text))
    for start in range(0, len(rows), BATCH_ROWS):
        piece = rows[start : start + BATCH_ROWS]
        done = min((start + BATCH_ROWS) / len(rows), 1.0)
        yield Batch(event_type="alert", staged=stage_rows("alert", piece), fraction=done)


def _alerts(path: Path, text: bytes) -> Iterator[dict[str, str]]:
    try:
        document = parse_line(text)
    except (ValueError, RecursionError) as error:
        if path.name.removesuffix(".gz").endswith(".jsonl"):
            yield from _lines(text)
            return
        raise RecipeError(f"{path} is not JSON: {error}; one document a line is read from .jsonl") from error
    found = _of_document(document)
    if found is None:
        raise RecipeError(f"{path} is not {_FORMS}")
    yield from found


def _lines(text: bytes) -> Iterator[dict[str, str]]:
    for line in text.splitlines():
        if not line.strip():
            continue
        raw = line.decode("utf-8", errors="backslashreplace")
        try:
            found = _of_document(parse_line(line))
        except (ValueError, RecursionError) as error:
            yield {"raw": raw, "problem": f"not JSON: {error}"}
            continue
        yield from found if found is not None else [{"raw": raw, "problem": f"not {_FORMS}"}]


def _of_document(document: Any) -> list[dict[str, str]] | None:
    if isinstance(document, Mapping) and isinstance(document.get("alerts"), list):
        if (version := str(document.get("version", "4"))) != "4":
            problem = f"version {version} of the webhook is not known; version 4 is read"
            return [{"raw": _json(alert), "problem": problem} for alert in document["alerts"]]
        return [_staged(alert) for alert in document["alerts"]]
    return [_staged(alert) for alert in document] if isinstance(document, list) else None


def _staged(alert: Any) -> dict[str, str]:
    """Return one alert as a staged row.

    What is no alert keeps its text. Any other that is refused is kept as the event it would have been, so that it can
    be mended and sent again.
    """
    raw = _json(alert)
    if not isinstance(alert, Mapping):
        return {"source": SOURCE, "raw": raw, "problem": "an alert is a JSON object"}
    labels = alert.get("labels")
    if not isinstance(labels, Mapping) or not all(isinstance(value, str) for value in labels.values()):
        return {"source": SOURCE, "raw": raw, "problem": "labels are missing, or are no object of texts"}
    start, end = _instant(alert.get("startsAt")), _ended(alert)
    fingerprint = alert.get("fingerprint")
    name = fingerprint if isinstance(fingerprint, str) and fingerprint else fingerprint_of(labels)
    said = {field: _first(labels, names) for field, names in alert_labels().items()}
    return {
        **said,
        "source": SOURCE,
        "event_id": "/".join(filter(None, (name, start, end))),
        "time": start,
        "ends_at": end,
        "labels": json.dumps(dict(labels), ensure_ascii=False, sort_keys=True),
    }


def fingerprint_of(labels: Mapping[str, str]) -> str:
    """Return what Alertmanager calls a set of labels: FNV-1a over its sorted names and values, 64 bits.

    Source: ``labelSetToFingerprint`` of prometheus/common.
    """
    found = _HASH
    for name in sorted(labels, key=lambda label: label.encode("utf-8", "surrogatepass")):
        for text in (name, labels[name]):
            for byte in (*text.encode("utf-8", "surrogatepass"), 0xFF):
                found = ((found ^ byte) * _PRIME) & _MASK
    return f"{found:016x}"


def _ended(alert: Mapping[str, Any]) -> str:
    """Return when an alert ended, or ''. While it rings its end is the zero time, or when it would be forgotten."""
    end, status = _instant(alert.get("endsAt")), alert.get("status")
    if not end or end.startswith(_NEVER):
        return ""
    if isinstance(status, str):
        return end if status == "resolved" else ""
    # The list says no status of the kind; an end that has passed when it was updated is an end.
    updated = _instant(alert.get("updatedAt"))
    return end if updated and end <= updated else ""


def _instant(value: Any) -> str:
    """Return an instant in UTC to the millisecond, so that one instant is one text; what is none, as it is."""
    text = "" if value is None else str(value)
    try:
        moment = datetime.fromisoformat(_FRACTION.sub(lambda found: f".{found[1][:6].ljust(6, '0')}", text))
    except ValueError:
        return text
    if moment.tzinfo is None or moment.year < 2:
        return text
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _first(labels: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((labels[name] for name in names if labels.get(name)), "")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


RECIPE = Recipe(
    name="alertmanager",
    description="Monitoring alerts, to stand beside cost: when each rang, for which app and resource",
    files="a webhook notification (version 4) or the answer of GET /api/v2/alerts: .json, or .jsonl of several",
    read=read,
)
