"""What the three cloud bills have in common: tags that name apps, periods, and how a bill row is staged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pyarrow as pa

from metering.decode import stage_rows
from metering.recipes.owners import registered
from metering.recipes.recipe import Batch

# Tag keys that name the app, in order; what people call it differs.
APP_TAGS = ("app_id", "application", "app", "app_name")
ENVIRONMENT_TAGS = ("environment", "env")


def tagged(tags: Mapping[str, object], keys: Sequence[str]) -> str:
    """Return the value of the first of ``keys`` among tags, whatever their case; empty without one."""
    lower = {str(key).strip().lower(): value for key, value in tags.items()}
    return next((str(lower[key]).strip() for key in keys if lower.get(key) not in (None, "")), "")


def attributes(**said: object) -> str:
    """Return what a bill says beside its columns, as JSON without what is empty; keys in order."""
    kept = {name: value for name, value in said.items() if value not in (None, "", {})}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else ""


def cost_batch(rows: list[dict[str, str]], fraction: float) -> Batch:
    """Return bill rows as a batch, registering the apps their tags name."""
    named = {row["app_id"] for row in rows if row["app_id"]}
    staged: pa.Table = stage_rows("platform_cost", rows)
    histories = registered(named) if named else {}
    return Batch(event_type="platform_cost", staged=staged, histories=histories, fraction=fraction)
