"""The explorer's question as widgets; every one of them stands in the address, so a link is the question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.theme import NAMELESS
from metrics.catalog import DIMENSIONS, MEASURES
from metrics.dimensions import TIMES
from queries.chosen import chosen
from queries.dimension_values import dimension_values
from queries.spend import GRAINS
from queries.top_spend import OTHER
from ui.asked import say_unknown
from ui.currencies import currency_of
from ui.drill import deeper, filters
from ui.history import at_once
from ui.inputs import COMPARISON_LABELS, PERIOD_LABELS
from ui.periods import Period
from ui.resolution import charges_for
from ui.session import ask, cut
from warehouse import tables

SPLITS = [name for name in DIMENSIONS if name not in {time.name for time in TIMES}]
_LABELS = {name: noun.label for name, noun in (DIMENSIONS | MEASURES).items()}
SHOWN = ("groups", "charges", "events")
TOTAL = "total"  # in the place of a dimension: no split
START: dict[str, Any] = {
    "period": "this-month",
    "compare": "before",
    "measures": ["effective_cost"],
    "by": ["team_id"],
    "grain": "day",
    "where": [],
    "show": "groups",
}
VIEWS: dict[str, dict[str, Any]] = {
    "Spend by team": {},
    "Spend by service": {"by": ["service_name"]},
    "Tokens and their cost by model": {
        "measures": ["token_cost", "tokens", "cost_per_1m_tokens"],
        "by": ["model"],
        "where": ["service_name:Inference"],
    },
    "Unit costs by app": {"measures": ["cost_per_1k_requests", "requests", "effective_cost"], "by": ["app_id"]},
    "Spot and standard": {"by": ["pricing_category"]},
    "Unpriced usage": {"measures": ["unpriced_events", "unpriced_quantity"], "by": ["sku_id"]},
    "How owners were found": {"measures": ["effective_cost", "event_count"], "by": ["attribution_rule"]},
    "Other currencies": {"by": ["billing_currency", "service_name"], "period": "last-90-days"},
}
CHARGE_KEYS = ("app_id", "resource_id", "sku_id")  # with its hour
_SUGGESTED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked."""

    period: Period
    before: Period | None
    measures: list[str]
    by: list[str]
    grain: str
    where: dict[str, list[str]]
    show: str

    @property
    def scope(self) -> dict[str, Any]:
        """The options that every query of the question shares; a named hour narrows the period."""
        hours = [datetime.fromisoformat(hour) for hour in self.where.get("hour", [])]
        start = max([self.period.start, min(hours)]) if hours else self.period.start
        end = min([self.period.end, max(hours) + timedelta(hours=1)]) if hours else self.period.end
        return {"start": start, "end": end, "where": self.where}

    @property
    def currency(self) -> str:
        """The currency of its figures, or ``SEVERAL``: a split by currency is a table of all of them."""
        return currency_of(self.where, self.by if self.show == "groups" else ())

    @property
    def both(self) -> dict[str, Any]:
        """The options of the two periods; without a comparison the second is the one just before."""
        before = self.before or self.period.before
        return {**self.scope, "previous_start": before.start, "previous_end": before.end}

    def charges(self, grain: str | None = None) -> str:
        """Return the table of charges that can answer the question, over time if a grain is given."""
        return charges_for([*self.by, *self.where], grain)

    def charges_of_both(self) -> str:
        """Return the table of charges that answers it for both periods, to the hour where one is cut there."""
        name = self.charges()
        return name if name == "charges" else cut(*(self.both[bound] for bound in ("previous_start", "previous_end")))

    def key(self, element: str) -> str:
        """Return an element's key: a new one for every question, so that no old click stays selected."""
        return f"{element}/{'+'.join(self.by)}/{self.where}"


def pick_question(period: Period, before: Period | None) -> Question | None:
    """Draw the widgets and return the question; None, with the reason shown, if a filter cannot be read."""
    for key, what, options in (
        ("measures", "the measure", [_label(name) for name in MEASURES]),
        ("by", "the split by", [_label(name) for name in (*SPLITS, TOTAL)]),
        ("show", "the list of", SHOWN),
        ("grain", "the grain", GRAINS),
    ):
        say_unknown(key, what, options)
    with st.container(border=True):
        left, right = st.columns(2)
        measures = left.multiselect(
            "Measures",
            list(MEASURES),
            START["measures"],
            format_func=_label,
            key="measures",
            bind="query-params",
            max_selections=4,
            placeholder="Effective cost",
            help="The first is drawn; the table shows all.",
        )
        split = right.multiselect(
            "Split by",
            [*SPLITS, TOTAL],
            START["by"],
            format_func=_label,
            key="by",
            bind="query-params",
            max_selections=4,
            placeholder="Team",
            help="The first is drawn; the table shows all.",
        )
        by = [name for name in split or START["by"] if name != TOTAL]
        texts = st.multiselect(
            "Filters",
            list(dict.fromkeys([*st.session_state.get("where", []), *_suggestions(by, period)])),
            key="where",
            bind="query-params",
            accept_new_options=True,
            wrap=True,
            placeholder="Everything. Choose a value, or type one such as app_id:chat",
            help="Values of one dimension are alternatives. Clicking a bar or a row adds one. "
            f"Dimensions: {', '.join(SPLITS)}.",
        )
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            show = st.segmented_control(
                "Show", SHOWN, default=START["show"], key="show", bind="query-params", required=True
            )
            grain = st.segmented_control(
                "Grain", list(GRAINS), default=START["grain"], key="grain", bind="query-params", required=True
            )
    try:
        where = filters(texts)
        asked = Question(
            period=period,
            before=before,
            measures=measures or START["measures"],
            by=by,
            grain=grain or START["grain"],
            where=where,
            show=show or START["show"],
        )
        chosen(tables.table("charges"), by=by, **asked.scope)  # says what cannot be asked, without asking
    except (KeyError, ValueError) as error:
        st.error(f"A filter cannot be read: {error.args[0]}", icon=":material/filter_alt_off:")
        return None
    return asked


def ask_again(changes: Mapping[str, Any]) -> None:
    """Set the widgets, and with them the address, in one step of the browser's history; for callbacks."""
    for name, value in changes.items():
        st.session_state[name] = value
    at_once({name: None if START.get(name) == value else _address(name, value) for name, value in changes.items()})


def address_of(**question: Any) -> dict[str, Any]:
    """Return the address parameters of a question, for links from other pages: all of it, so that nothing lingers."""
    return {name: _address(name, value) for name, value in (START | question).items()}


def reset() -> None:
    """Ask what a first visit asks."""
    ask_again(START)


def apply_view() -> None:
    """Ask the question of the view that was chosen, from the start."""
    if (name := st.session_state.get("view")) in VIEWS:
        ask_again(START | VIEWS[name])


def on_bar(question: Question, key: str) -> Callable[[], None]:
    """Return what happens when a mark of a chart is clicked: one dimension deeper."""

    def clicked() -> None:
        picked = st.session_state[key]["selection"].get("pick", [])
        value = picked[0].get(question.by[0]) if picked else None
        if value == OTHER:
            st.toast(f"{OTHER} is everything beyond the largest; the table below names each.")
        elif value is not None:
            _go_deeper({question.by[0]: "" if value == NAMELESS else str(value)}, question.by)

    return clicked


def on_row(question: Question, key: str, rows: pa.Table) -> Callable[[], None]:
    """Return what happens when a row of the groups is clicked: one dimension deeper."""

    def clicked() -> None:
        if chosen := st.session_state[key]["selection"]["rows"]:
            row = rows.slice(chosen[0], 1).to_pylist()[0]
            _go_deeper({name: _text(row[name]) for name in question.by}, question.by)

    return clicked


def on_charge(key: str, rows: pa.Table) -> Callable[[], None]:
    """Return what happens when a charge is clicked: its raw events."""

    def clicked() -> None:
        if chosen := st.session_state[key]["selection"]["rows"]:
            row = rows.slice(chosen[0], 1).to_pylist()[0]
            picked = {"hour": row["hour"].isoformat()} | {name: row[name] for name in CHARGE_KEYS}
            where, _ = deeper(st.session_state["where"], ["resource_id"], picked)
            ask_again({"where": where, "show": "events"})

    return clicked


def _go_deeper(picked: Mapping[str, str], by: list[str]) -> None:
    where, following = deeper(st.session_state["where"], by, picked)
    ask_again({"where": where, "by": following, "show": "groups"} if following else {"where": where, "show": "charges"})


def _address(name: str, value: Any) -> Any:
    # An address holds the labels of a widget's options.
    if name in ("measures", "by"):
        return [_label(noun) for noun in value]
    labels = {"period": PERIOD_LABELS, "compare": COMPARISON_LABELS}.get(name)
    return labels[value] if labels else value


def _label(name: str) -> str:
    return "Nothing: the total" if name == TOTAL else _LABELS.get(name, name)


def _suggestions(by: list[str], period: Period) -> list[str]:
    if not by:
        return []
    found = ask(dimension_values, charges_for(by[:1]), by=by[0], start=period.start, end=period.end)
    return [f"{by[0]}:{value}" for value in found["value"][:_SUGGESTED].to_pylist()]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
