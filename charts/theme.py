"""The palette and the constants that every chart shares. Mid tones: readable on white and on deep slate."""

from __future__ import annotations

import re

import altair as alt

from queries.top_spend import OTHER

# Eight hues in the order of .streamlit/config.toml; a ninth series would repeat one, so builders refuse it.
PALETTE = ("#3b82f6", "#14b8a6", "#f59e0b", "#8b5cf6", "#ec4899", "#84cc16", "#06b6d4", "#f97316")
OTHER_COLOR = "#94a3b8"
MUTED = "#8791a5"
RISE = "#ef5a6f"
FALL = "#22b07d"
TOTAL = "#64748b"

NAMELESS = "(none)"  # how a value that is empty is written

HEIGHT = 300
UNDIMMED, DIMMED = 1.0, 0.3


_MONEY = re.compile(r"[A-Z]{3}( per .+)?")


def axis_labels(unit: str) -> str:
    """Return the Vega expression of an axis label: rounded, with SI letters; each by itself, so $0 and not $0k."""
    if unit == "share":
        return "format(datum.value, '.0%')"
    form = f"{_sign(unit)},.4~f" if " per " in unit else f"{_sign(unit)}~s"
    return f"format(datum.value, '{form}')"


def exact_format(unit: str) -> str:
    """Return the d3 format of a tooltip: what a person may quote. Unit costs need more digits than totals."""
    if unit == "share":
        return ",.1%"
    if not _MONEY.fullmatch(unit):
        return ",.6~f"
    return f"{_sign(unit)},.6~f" if " per " in unit else f"{_sign(unit)},.2f"


def label_format(unit: str) -> str:
    """Return the d3 format of a number written beside a mark."""
    if unit == "share":
        return ".1%"
    if not _MONEY.fullmatch(unit):
        return ",.4~s"
    return f"{_sign(unit)},.4~f" if " per " in unit else f"{_sign(unit)},.0f"


def _sign(unit: str) -> str:
    # Other currencies are named by the label: a dollar sign before euros would be a lie.
    return "$" if unit.startswith("USD") else ""


def plain_legend(title: str | None = None) -> alt.Legend:
    """Return the legend above a plot: one line of names, wrapped on a phone."""
    return alt.Legend(
        orient="top", title=title, offset=4, symbolType="circle", symbolSize=70, columns=4, labelLimit=150, padding=0
    )


def series_scale(names: list[str]) -> alt.Scale:
    """Return one color a series, in order; ``(other)`` is gray and never takes a hue.

    Raises:
        ValueError: more series than hues; the question should keep the top ones and call the rest ``(other)``.

    """
    hues = [name for name in names if name != OTHER]
    if len(hues) > len(PALETTE):
        raise ValueError(
            f"{len(hues)} series but {len(PALETTE)} colors: ask the question for its top {len(PALETTE)} and {OTHER!r}"
        )
    colors = dict(zip(hues, PALETTE, strict=False)) | {OTHER: OTHER_COLOR}
    return alt.Scale(domain=names, range=[colors[name] for name in names])
