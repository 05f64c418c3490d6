"""The palette and the constants that every chart shares. Mid tones: readable on white and on deep slate."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

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
    """Return the Vega expression of an axis label: k, M, B and T from a thousand up, plain below: $0.80, $5, $1.2k.

    Never SI letters, whose m is a thousandth: 80 cents would read $800m. Each by itself, so $0 and not $0k.
    """
    if unit == "share":
        return "format(datum.value, '.0%')"
    told = [
        f"abs(datum.value) >= {size} ? format(datum.value / {size}, '{_sign(unit)},.4~r') + '{letter}' : "
        for letter, size in (("T", "1e12"), ("B", "1e9"), ("M", "1e6"), ("k", "1e3"))
    ]
    if _MONEY.fullmatch(unit):
        whole, cents = (f"abs({part} - round({part})) < 1e-6" for part in ("datum.value", "100 * datum.value"))
        # What is no whole amount has cents: $0.80 and not $0.8.
        told.append(f"!({whole}) && {cents} ? format(datum.value, '{_sign(unit)},.2f') : ")
    return "".join(told) + f"format(datum.value, '{_sign(unit)},.6~r')"


def exact_format(unit: str) -> str:
    """Return the d3 format of a tooltip: what a person may quote. Unit costs need more digits than totals."""
    if unit == "share":
        return ",.1%"
    if not _MONEY.fullmatch(unit):
        return ",.6~f"
    return f"{_sign(unit)},.6~f" if " per " in unit else f"{_sign(unit)},.2f"


def written(value: float, unit: str, *, signed: bool = False) -> str:
    """Return a number as it stands beside a mark: cents where they matter, a real minus sign."""
    # Halves go up, as in the tables beside: 42.815 is 42.82, which binary floats would make 42.81.
    size = abs(Decimal(repr(float(value))))
    if unit == "share":
        text = f"{size:.1%}"
    elif not _MONEY.fullmatch(unit):
        text = f"{_round(size, 0):,f}" if size < 10_000 else _short(float(size))
    else:
        digits = 4 if " per " in unit else 0 if size >= 100 else 2
        text = f"{_sign(unit)}{_round(size, digits):,f}"
    if not any(digit in text for digit in "123456789"):
        return text  # no sign before what rounds to nothing
    return ("−" if value < 0 else "+" if signed else "") + text


def _round(size: Decimal, digits: int) -> Decimal:
    return size.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _short(size: float) -> str:
    for letter, thousands in (("T", 1e12), ("B", 1e9), ("M", 1e6)):
        if size >= thousands:
            return f"{size / thousands:,.1f}{letter}"
    return f"{size / 1e3:,.0f}k"


def _sign(unit: str) -> str:
    # Other currencies are named by the label: a dollar sign before euros would be a lie.
    return "$" if unit.startswith("USD") else ""


def plain_legend(title: str | None = None, *, longest: str = "") -> alt.Legend:
    """Return the legend above a plot: one line of names, wrapped on a phone; ``longest`` is a name that must fit."""
    room = 7 * len(longest) + 20
    # As many names a line as fit: the width of the plot is a signal that the browser knows.
    columns = f"max(1, floor(width / {room}))" if longest else "max(2, floor(width / 125))"
    return alt.Legend(
        orient="top",
        title=title,
        offset=4,
        symbolType="circle",
        symbolSize=70,
        columns=alt.ExprRef(columns),
        labelLimit=max(room, 150),
        padding=0,
        symbolOpacity=1,
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
