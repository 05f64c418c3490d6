"""The figures of the month: what it cost so far, where it ends, and how far both can be trusted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import streamlit as st

from billing.month_end import HISTORY_DAYS, month_end
from charts.pixels import pixels
from queries.daily_spend import daily_spend
from queries.month_over_month import month_over_month
from queries.spend import spend
from ui.formats import money_format
from ui.frame import card
from ui.inputs import data_gap, running_until
from ui.periods import NAMED, month
from ui.session import ask, once_for_viewer
from ui.words import brief, counted

QUALITY = ("attributed_share", "unpriced_events")


def month_cards(now: datetime) -> None:
    """Draw the cards of the month of ``now``; their lines are its whole days."""
    this_month = month(now.date())
    so_far = replace(NAMED["this-month"](now.date()), until=running_until())
    before = this_month.before.first
    whole_days = {"start": this_month.start, "end": now.replace(hour=0, minute=0, second=0)}
    costs = ask(month_over_month, "charges", "daily_charges", as_of=now).to_pylist()[0]
    quality = ask(spend, "daily_charges", start=this_month.start, end=this_month.end, measures=QUALITY).to_pylist()[0]
    daily_quality = ask(spend, "daily_charges", measures=QUALITY, grain="day", **whole_days)
    if gap := data_gap(this_month.before):
        st.caption(f"No percentages against {before:%B}: {gap}.")
    with st.grid(5, min_column_width=190):
        card(
            "Month to date",
            costs["month_to_date"],
            form=money_format(),
            growth=None if gap else costs["to_date_growth"],
            versus=f"vs {before:%b} by then",
            trend=pixels(ask(daily_spend, "daily_charges", **whole_days))["effective_cost"].to_pylist(),
            explanation="Effective cost of the month so far; the line is each whole day's.",
        )
        card(
            "Month's end, run rate",
            costs["run_rate"],
            form=money_format(),
            growth=None if gap else costs["run_rate_growth"],
            versus=f"vs all of {before:%b}",
            explanation="The month's complete days, and the mean of the last seven for each day that is left.",
        )
        _forecast(now)
        card(
            "Attributed",
            quality["attributed_share"],
            form="percent",
            trend=pixels(daily_quality)["attributed_share"].to_pylist(),
            explanation="Share of the month's cost whose owner is known.",
        )
        card(
            "Unpriced events",
            quality["unpriced_events"],
            form="localized",
            trend=daily_quality["unpriced_events"].to_pylist(),
            explanation="Usage of the month for which no price was in force. Its cost is unknown, and in no total.",
        )
    if not gap:  # in the cards there is no room for it
        st.caption(f"Month to date is beside {so_far.before.label}; the run rate is beside all of {before:%B}.")


def _forecast(now: datetime) -> None:
    """Draw where the month ends by its level, week and drift, with the range and how far off that was before."""
    first = now.replace(hour=0, minute=0, second=0) - timedelta(days=HISTORY_DAYS)
    daily = ask(daily_spend, "daily_charges", start=min(first, month(now.date()).start))
    days = {row["charge_date"]: row["effective_cost"] for row in daily.to_pylist()}
    ahead = once_for_viewer(f"month's end of {now.date()}", ("daily_charges",), lambda: month_end(days, as_of=now))
    if ahead is None:
        card("Month's end, forecast", "–", explanation="Three complete days of charges are needed.")
        return
    missed = "How far off it is cannot be said yet."
    if ahead.error is not None:
        missed = f"Asked the same on {ahead.asked} past days, it missed what came by {ahead.error:.0%} on average."
    card(
        "Month's end, forecast",
        ahead.expected,
        form=money_format(),
        note=f"{brief(ahead.low)} to {brief(ahead.high)}",
        explanation=(
            f"The month's complete days, and a forecast of the {counted(ahead.days_left, 'day')} left, today among "
            "them: the level of the last days, how weekdays differ and how weeks drift. The range below is to hold "
            "four in five outcomes. " + missed
        ),
    )
