"""A table with its download: the file holds the very rows and columns that are shown, exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import streamlit as st

from ui.csv_text import csv_bytes
from ui.frame import panel
from ui.words import counted


def table_panel(
    title: str,
    caption: str,
    rows: pa.Table,
    columns: Mapping[str, Any],
    *,
    key: str,
    file_name: str,
    on_row: Callable[[], None] | None = None,
    height: int | str = "auto",
) -> None:
    """Draw a panel with a table and its CSV, which is made when it is asked for. A click on a row calls ``on_row``."""
    shown = rows.select(list(columns))
    with panel(title, caption):
        st.dataframe(
            shown,
            hide_index=True,
            column_config=dict(columns),
            key=key,
            on_select=on_row or "ignore",
            selection_mode="single-row",
            placeholder="",
            height=height,  # type: ignore[arg-type]
        )
        st.download_button(
            "CSV",
            lambda: csv_bytes(shown),
            f"{file_name}.csv",
            "text/csv",
            key=f"{key}/csv",
            on_click="ignore",
            icon=":material/download:",
        )


def rows_caption(rows: pa.Table, limit: int, what: str, why_select: str = "") -> str:
    """Return what a table holds: how many rows, whether that is all, and what a click does."""
    noun = what.partition(",")[0]
    held = (
        f"The largest {limit:,} {what}; a filter shows the others"
        if rows.num_rows == limit
        else counted(rows.num_rows, noun.removesuffix("s")) + what[len(noun) :]
    )
    return f"{held}. Select one {why_select}." if why_select else f"{held}."
