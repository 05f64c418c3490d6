"""From a figure of another page to the explorer's question about it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from charts.theme import NAMELESS
from queries.top_spend import OTHER
from ui.drill import DEEPER, filter_text
from ui.explorer import address_of
from ui.inputs import CUSTOM
from ui.links import days_of, go
from ui.periods import Period
from ui.viewer import Viewer


def explore_bar(viewer: Viewer, event: Any, dimension: str, period: Period) -> None:
    """Open the explorer at the value whose bar was clicked, if one was."""
    picked = event["selection"].get("pick", [])
    value = picked[0].get(dimension) if picked else None
    if value is not None and value != OTHER:
        _open(viewer, dimension, "" if value == NAMELESS else str(value), period)


def explore_row(viewer: Viewer, event: Any, rows: pa.Table, dimension: str, period: Period) -> None:
    """Open the explorer at the value of the row that was chosen, if one was."""
    if chosen := event["selection"]["rows"]:
        _open(viewer, dimension, rows[dimension][chosen[0]].as_py(), period)


def _open(viewer: Viewer, dimension: str, value: str, period: Period) -> None:
    if viewer.may_open("explore"):
        where = [filter_text(dimension, value)]
        go("explore", **address_of(period=CUSTOM, where=where, by=[DEEPER[dimension]]), **days_of(period))
