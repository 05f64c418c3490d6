"""Pickers whose choice stands in the address, so that a link shows what its sender saw.

The address holds what is read on the screen (``?period=Last+7+days``): labels are part of the links that people keep.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from billing.period import seen_from
from queries.charged_period import charged_period
from ui.asked import say_unknown
from ui.periods import DAY, NAMED, Period, period
from ui.session import ask, ask_for_all
from ui.words import escaped

CUSTOM = "custom"
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
PERIOD_LABELS = {
    "this-month": "This month",
    "last-month": "Last month",
    "last-7-days": "Last 7 days",
    "last-30-days": "Last 30 days",
    "last-90-days": "Last 90 days",
    CUSTOM: "Custom",
}
COMPARISON_LABELS = {"before": "vs the period before", "none": "No comparison"}


def charged_until() -> datetime | None:
    """Return the end of the viewer's last charge; None if there is no charge to look at."""
    charged = ask(charged_period, "daily_charges").to_pylist()[0]
    return charged["last_end"].replace(tzinfo=UTC) if charged["charges"] else None


def as_of() -> datetime:
    """Return the moment that pages look from: this hour, or the last hour with usage where no data came since.

    Whose does not matter: a team that stopped costs nothing, while data that is late costs something nobody knows.
    It is the hour's last second, so that answers of one hour are one answer.
    """
    return seen_from(datetime.now(UTC), _reach("last_usage_end"))


def this_hour() -> datetime:
    """Return the present hour's last second, whatever the data holds: for how late it is."""
    return seen_from(datetime.now(UTC), None)


def running_until() -> datetime:
    """Return where a period that is not over ends for now: ``as_of`` as the end of its hour."""
    return as_of() + timedelta(seconds=1)


def say_late() -> None:
    """Say that charges end more than a day ago, and that the page looks from there."""
    until = _reach("last_usage_end")
    if until is not None and datetime.now(UTC) - until > DAY:
        said = f"No charges since {until:%b %-d}, {until:%H:%M} UTC. Rates and comparisons are as of then."
        st.warning(said, icon=":material/history_toggle_off:")


def data_gap(before: Period) -> str:
    """Return since when there are charges, if that is after a period to compare with starts; empty if it is covered."""
    first = _reach("first_start")
    is_covered = first is None or first.date() <= before.first
    return "" if is_covered or first is None else f"data starts {first:%b %-d}"


def _reach(bound: str) -> datetime | None:
    charged = ask_for_all(charged_period, "daily_charges").to_pylist()[0]
    return charged[bound].replace(tzinfo=UTC) if charged["charges"] else None


def pick_period(default: str = "this-month") -> Period:
    """Return the chosen period; ``?period=``, and ``?from=&to=`` (both inclusive) for a custom one."""
    today = as_of().date()
    names = list(PERIOD_LABELS)
    say_unknown("period", "the period", names, shown=PERIOD_LABELS.__getitem__, instead=PERIOD_LABELS[default])
    chosen = st.selectbox(
        "Period",
        names,
        index=names.index(default),
        format_func=PERIOD_LABELS.__getitem__,
        key="period",
        bind="query-params",
        label_visibility="collapsed",
        width=160,
    )
    if chosen != CUSTOM:
        return replace(NAMED[chosen](today), until=running_until())
    first = _day("From", "from", today.replace(day=1))
    last = _day("To, inclusive", "to", today)
    if last < first:
        st.warning("The period ends before it starts; showing its first day only.")
        last = first
    days = period(first, last + DAY, f"{first:%b %-d, %Y} to {last:%b %-d, %Y}")
    return replace(days, until=running_until())


def pick_comparison(chosen: Period) -> Period | None:
    """Return the period to compare with, or None; ``?compare=``."""
    names = list(COMPARISON_LABELS)
    say_unknown("compare", "the comparison", names, shown=COMPARISON_LABELS.__getitem__)
    name = st.selectbox(
        "Compare",
        names,
        format_func=COMPARISON_LABELS.__getitem__,
        key="compare",
        bind="query-params",
        label_visibility="collapsed",
        width=200,
    )
    if name != "before":
        return None
    if gap := data_gap(chosen.before):
        st.caption(f"No comparison: {gap}")
        return None
    return chosen.before


def _day(label: str, key: str, start: date) -> date:
    """Pick a day. The widget's own default is no day: the address leaves defaults out, and must hold every day."""
    if st.session_state.get(key) is None:
        asked = st.query_params.get(key)
        if not _is_day(asked):
            if asked:
                said = f"The address asks for {key}={asked}, which is no day such as {start}. Shown is {start}."
                st.warning(escaped(said), icon=":material/link_off:")
            st.query_params[key] = start.isoformat()
            st.session_state[key] = start
    chosen = st.date_input(
        label,
        None,
        key=key,
        bind="query-params",
        format="YYYY-MM-DD",
        width=140,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        required=True,
    )
    return chosen or start


def _is_day(text: str | None) -> bool:
    try:
        return FIRST_DAY <= date.fromisoformat(text or "") <= LAST_DAY
    except ValueError:
        return False
