"""From a figure of another page to the explorer's question about it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import streamlit as st

from charts.theme import NAMELESS
from queries.top_spend import OTHER
from ui.drill import DEEPER, filter_text
from ui.explorer import address_of
from ui.links import go
from ui.viewer import Viewer


def explore_bar(viewer: Viewer, event: Any, dimension: str) -> None:
    """Open the explorer at the value whose bar was clicked, if one was."""
    picked = event["selection"].get("pick", [])
    value = picked[0].get(dimension) if picked else None
    if value is not None and value != OTHER:
        _open(viewer, dimension, "" if value == NAMELESS else str(value))


def explore_row(viewer: Viewer, event: Any, rows: pa.Table, dimension: str) -> None:
    """Open the explorer at the value of the row that was chosen, if one was."""
    if chosen := event["selection"]["rows"]:
        _open(viewer, dimension, rows[dimension][chosen[0]].as_py())


def _open(viewer: Viewer, dimension: str, value: str) -> None:
    if viewer.may_open("explore"):
        where = [filter_text(dimension, value)]
        go("explore", **address_of(period=st.session_state["period"], where=where, by=[DEEPER[dimension]]))
