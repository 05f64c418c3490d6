"""Overview: what does the platform cost, where is it going, and can the figures be trusted?"""

import streamlit as st

from charts.coverage import coverage_bar
from charts.over_time import stacked_over_time
from charts.pixels import pixels
from charts.ranking import ranked_bars
from queries.app_list import app_list
from queries.attribution_coverage import attribution_coverage
from queries.daily_spend import daily_spend
from queries.month_over_month import month_over_month
from queries.moving_apps import moving_apps
from queries.spend import spend
from queries.top_spend import top_spend
from ui.formats import money, money_format, multiple
from ui.frame import card, header, marks, panel
from ui.inputs import as_of, charged_until, pick_period
from ui.periods import month
from ui.session import ask
from ui.states import nothing_here, nothing_yet
from ui.viewer import enter

MOVERS = ("app_id", "marks", "team_id", "trend", "current_cost", "previous_cost", "change", "growth")
QUALITY = ("attributed_share", "unpriced_events", "active_apps")

viewer = enter("overview")
until = charged_until()
if until is None:
    st.title("Overview", anchor=False)
    nothing_yet(viewer)
    st.stop()
with header("Overview", f"Charges until {until:%B %-d, %Y, %H:%M} UTC"):
    period = pick_period()

now = as_of()
this_month = month(now.date())
inside = {"start": period.start, "end": period.end}

costs = ask(month_over_month, "charges", as_of=now).to_pylist()[0]
whole_days = {"start": this_month.start, "end": now.replace(hour=0, minute=0, second=0)}
daily = ask(daily_spend, "charges", **whole_days)
quality = ask(spend, "charges", start=this_month.start, end=this_month.end, measures=QUALITY).to_pylist()[0]
quality_daily = ask(spend, "charges", measures=QUALITY, grain="day", **whole_days)

with st.grid(4):
    card(
        "Month to date",
        costs["month_to_date"],
        form=money_format(),
        growth=costs["to_date_growth"],
        versus=f"vs {this_month.before.first:%B} until day {now.day}",
        trend=pixels(daily)["effective_cost"].to_pylist(),
        explanation="Effective cost of the month so far; the line is each day's.",
    )
    card(
        "End of month, at this rate",
        costs["run_rate"],
        form=money_format(),
        growth=costs["run_rate_growth"],
        versus=f"vs all of {this_month.before.first:%B}",
        explanation="The month's complete days, and the mean of the last seven for each day that is left.",
    )
    card(
        "Attributed",
        quality["attributed_share"],
        form="percent",
        trend=pixels(quality_daily)["attributed_share"].to_pylist(),
        explanation="Share of the month's cost whose owner is known.",
    )
    card(
        "Unpriced events",
        quality["unpriced_events"],
        form="localized",
        trend=quality_daily["unpriced_events"].to_pylist(),
        explanation="Usage of the month for which no price was in force. Its cost is unknown, and in no total.",
    )

teams = ask(top_spend, "charges", by="team_id", grain="day", top=7, **inside)
if not teams.num_rows:
    nothing_here()
    st.stop()

left, right = st.columns([2, 1])
with left, panel("Spend by team", f"Effective cost by day, {period.label}"):
    over_time = stacked_over_time(pixels(teams), time="charge_date", value="effective_cost", series="team_id")
    st.altair_chart(over_time, key="teams", alt="Effective cost by day and team")
with right, panel("Top apps", period.label.capitalize()):
    apps = ask(app_list, "charges", "apps", limit=10, **inside)
    st.altair_chart(
        ranked_bars(pixels(apps), name="app_id", value="effective_cost"), key="apps", alt="The ten costliest apps"
    )

with panel("Movers", "The costliest apps of the last seven days against the seven before"):
    movers = ask(moving_apps, "charges", as_of=now)
    st.dataframe(
        movers,
        hide_index=True,
        key="movers",
        placeholder="",
        column_order=MOVERS,
        column_config={
            "app_id": st.column_config.TextColumn("App", pinned=True),
            "marks": marks("", {"spike": "red", "new": "blue"}, width="small"),
            "team_id": "Team",
            "trend": st.column_config.AreaChartColumn("14 days", y_min=0, width="small"),
            "current_cost": money("This week"),
            "previous_cost": money("Week before"),
            "change": money("Change"),
            "growth": multiple("Times"),
        },
    )

with panel("How owners were found", f"Share of effective cost by attribution rule, {period.label}"):
    rules = ask(attribution_coverage, "charges", **inside)
    st.altair_chart(
        coverage_bar(pixels(rules), part="attribution_rule", share="share", value="effective_cost"),
        key="rules",
        alt="Share of cost by attribution rule",
    )
