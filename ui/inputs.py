"""Pickers whose choice stands in the address, so that a link shows what its sender saw.

The address holds what is read on the screen (``?period=Last+7+days``): labels are part of the links that people keep.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import streamlit as st

from queries.charged_period import charged_period
from queries.dimension_values import dimension_values
from ui.periods import DAY, NAMED, Period, period
from ui.session import ask

CUSTOM = "custom"
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
    """Return the moment that pages look from: this hour, or the last hour with charges if that is of another month.

    It is the hour's last second, so that answers of one hour are one answer.
    """
    now = datetime.now(UTC)
    until = charged_until()
    last = until - timedelta(seconds=1) if until else now
    return (last if (last.year, last.month) < (now.year, now.month) else now).replace(
        minute=59, second=59, microsecond=0
    )


def pick_period(default: str = "this-month") -> Period:
    """Return the chosen period; ``?period=``, and ``?from=&to=`` (both inclusive) for a custom one."""
    today = as_of().date()
    names = list(PERIOD_LABELS)
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
        return NAMED[chosen](today)
    first = _day("From", "from", today.replace(day=1))
    last = _day("To, inclusive", "to", today)
    if last < first:
        st.warning("The period ends before it starts; showing its first day only.")
        last = first
    return period(first, last + DAY, f"{first:%b %-d, %Y} to {last:%b %-d, %Y}")


def pick_comparison(chosen: Period) -> Period | None:
    """Return the period to compare with, or None; ``?compare=``."""
    names = list(COMPARISON_LABELS)
    name = st.selectbox(
        "Compare",
        names,
        format_func=COMPARISON_LABELS.__getitem__,
        key="compare",
        bind="query-params",
        label_visibility="collapsed",
        width=200,
    )
    return chosen.before if name == "before" else None


def pick_values(by: str, chosen: Period, *, label: str, key: str) -> list[str]:
    """Return the values of a dimension to keep, none meaning all; repeated ``?<key>=``.

    Only values the viewer may see are offered, and an unknown one in the address is dropped.
    """
    values = ask(dimension_values, "daily_charges", by=by, start=chosen.start, end=chosen.end)["value"].to_pylist()
    return st.multiselect(
        label, values, key=key, bind="query-params", placeholder=label, label_visibility="collapsed", width=220
    )


def _day(label: str, key: str, default: date) -> date:
    return st.date_input(label, default, key=key, bind="query-params", format="YYYY-MM-DD", width=140, required=True)
