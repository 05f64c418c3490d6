"""The furniture of a page: its title row, its cards, its panels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

_FLAT = Decimal("0.0005")  # what reads 0.0 %


@contextmanager
def header(title: str, subtitle: str = "") -> Iterator[None]:
    """Draw the title row; what is drawn inside stands at its right, or under it on a phone."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="content", gap=None):
            st.title(title, anchor=False)
            if subtitle:
                st.caption(subtitle)
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            yield


@contextmanager
def panel(title: str, caption: str = "") -> Iterator[None]:
    """Draw a bordered panel with a heading, as high as its neighbors."""
    with st.container(border=True, height="stretch"):
        with st.container(gap=None):
            st.subheader(title, anchor=False)
            if caption:
                st.caption(caption)
        yield


def card(
    label: str,
    value: Decimal | int | str,
    *,
    form: str | None = None,
    growth: Decimal | None = None,
    in_points: bool = False,
    versus: str = "",
    rising_is: str = "bad",
    trend: Sequence[float] = (),
    explanation: str = "",
    note: str = "",
) -> None:
    """Draw one figure with its change and its trend. ``growth`` is a fraction: 0.12 reads 12 % more than ``versus``.

    ``in_points``: it is the difference of two shares, and 0.12 reads 12 points. ``note`` stands where the change would.
    """
    is_flat = growth is not None and abs(growth) < _FLAT
    st.metric(
        label,
        value,
        note or (None if growth is None else _change(Decimal(0) if is_flat else growth, in_points=in_points)),
        delta_color="off" if is_flat or note else {"bad": "inverse", "good": "normal"}.get(rising_is, "off"),  # type: ignore[arg-type]
        delta_arrow="off" if is_flat or note else "auto",
        delta_description=versus if growth is not None else None,
        help=explanation or None,
        border=True,
        height="stretch",
        format=form,
        chart_data=list(trend) or None,
        chart_type="area",
    )


def _change(growth: Decimal, *, in_points: bool) -> str:
    sign = "+" if growth else ""
    return f"{growth * 100:{sign}.1f} points" if in_points else f"{growth:{sign}.1%}"


def marks(label: str, colors: dict[str, str], **options: Any) -> Any:
    """Return a table column of small badges: each cell a list of names."""
    return st.column_config.MultiselectColumn(label, options=list(colors), color=list(colors.values()), **options)


def total(rows: pa.Table, column: str) -> int:
    """Return the sum of a column of counts. Not for money: that is summed by the engine, exactly."""
    if pa.types.is_decimal(rows.schema.field(column).type):
        raise TypeError(f"{column} is money or a quantity: let the question sum it")
    return pc.sum(rows[column]).as_py() or 0
