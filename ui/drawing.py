"""Charts on a page, built once per answer: building and checking a chart costs more than everything else of a rerun."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st

from charts.pixels import pixels
from ui.session import spelled


def draw(
    builder: Callable[..., alt.TopLevelMixin],
    answer: pa.Table,
    *,
    key: str,
    alt_text: str,
    on_select: Any = "ignore",
    **options: Any,
) -> Any:
    """Draw an answer of ``ask`` or ``fetch`` with a builder of ``charts``; return the selection, if one is asked for.

    ``options`` are the builder's. The chart is kept while the answer and the options are the same.
    """
    name = f"{builder.__module__}.{builder.__qualname__}|{id(answer)}|{spelled(options)}"
    data, spec, _ = _built(name, lambda: _build(builder, answer, options))
    return st.vega_lite_chart(spec=spec | {"datasets": dict(data)}, key=key, on_select=on_select, alt=alt_text)


@st.cache_resource(ttl=900, max_entries=256, show_spinner=False)
def _built(name: str, _build_it: Callable[[], Any]) -> Any:  # noqa: ARG001
    return _build_it()


def _build(
    builder: Callable[..., alt.TopLevelMixin], answer: pa.Table, options: dict[str, Any]
) -> tuple[dict[str, pd.DataFrame], dict[str, Any], pa.Table]:
    chart = builder(pixels(answer), **options)
    data: dict[str, pd.DataFrame] = {}
    _name_data(chart, data)
    spec = {name: part for name, part in chart.to_dict().items() if name != "config"}  # the page's theme stands
    # The answer is kept with its chart: its id stands for it, and must not become another's.
    return data, spec, answer


def _name_data(chart: Any, found: dict[str, pd.DataFrame]) -> None:
    """Put names in the place of data frames, so that these travel beside the chart and not inside."""
    if isinstance(chart.data, pd.DataFrame):
        name = f"answer_{len(found)}"  # data_0 is what Vega-Lite calls its own
        found[name] = chart.data
        chart.data = alt.NamedData(name=name)
    for layer in chart.layer if isinstance(chart, alt.LayerChart) else ():
        _name_data(layer, found)
