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
    """Draw an answer of ``ask`` with a builder of ``charts``; return the selection, if one is asked for.

    ``options`` are the builder's, further answers among them. The chart is kept while all of it is the same.
    """
    answers = {name: value for name, value in options.items() if isinstance(value, pa.Table)}
    others = {name: value for name, value in options.items() if name not in answers}
    known = ",".join(f"{name}={id(value)}" for name, value in {"": answer, **answers}.items())
    name = f"{builder.__module__}.{builder.__qualname__}|{known}|{spelled(others)}"
    data, spec, _ = _built(name, lambda: _build(builder, answer, answers, others))
    return st.vega_lite_chart(spec=spec | {"datasets": dict(data)}, key=key, on_select=on_select, alt=alt_text)


@st.cache_resource(ttl=900, max_entries=256, show_spinner=False)
def _built(name: str, _build_it: Callable[[], Any]) -> Any:  # noqa: ARG001
    return _build_it()


def _build(
    builder: Callable[..., alt.TopLevelMixin], answer: pa.Table, answers: dict[str, pa.Table], others: dict[str, Any]
) -> tuple[dict[str, pd.DataFrame], dict[str, Any], list[pa.Table]]:
    chart = builder(pixels(answer), **{name: pixels(value) for name, value in answers.items()}, **others)
    data: dict[str, pd.DataFrame] = {}
    _name_data(chart, data)
    spec = {name: part for name, part in chart.to_dict().items() if name != "config"}  # the page's theme stands
    # The answers are kept with their chart: an id stands for each, and must not become another's.
    return data, spec, [answer, *answers.values()]


def _name_data(chart: Any, found: dict[str, pd.DataFrame]) -> None:
    """Put names in the place of data frames, so that these travel beside the chart and not inside."""
    if isinstance(chart.data, pd.DataFrame):
        known = (name for name, frame in found.items() if frame is chart.data)
        name = next(known, f"answer_{len(found)}")  # data_0 is what Vega-Lite calls its own
        found[name] = chart.data
        chart.data = alt.NamedData(name=name)
    for layer in chart.layer if isinstance(chart, alt.LayerChart) else ():
        _name_data(layer, found)
