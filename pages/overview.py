"""Overview: what does the platform cost, where is it going, and can the figures be trusted?"""

import streamlit as st

from charts.coverage import coverage_bar
from charts.over_time import stacked_over_time
from charts.ranking import ranked_bars
from queries.app_list import app_list
from queries.attribution_coverage import attribution_coverage
from queries.moving_apps import moving_apps
from queries.top_spend import top_spend
from ui.currencies import say_not_included
from ui.drawing import draw
from ui.explore_links import explore_bar, explore_row
from ui.flag_panels import open_flags
from ui.formats import money, multiple
from ui.frame import header, marks, panel
from ui.inputs import as_of, pick_period, say_late
from ui.month_cards import month_cards
from ui.periods import NAMED
from ui.session import ask
from ui.states import charges_until, nothing_here
from ui.viewer import enter

MOVERS = ("app_id", "marks", "team_id", "trend", "current_cost", "previous_cost", "change", "growth")

viewer = enter("overview")
until = charges_until(viewer, "Overview")
with header("Overview", until):
    period = pick_period()
inside = {"start": period.start, "end": period.end}

say_late()
open_flags(viewer)
month_cards(as_of())
say_not_included(period)

teams = ask(top_spend, "daily_charges", by="team_id", grain="day", top=7, **inside)
if not teams.num_rows:
    nothing_here()
    st.stop()

left, right = st.columns([2, 1])
with left, panel("Spend by team", f"Effective cost by day, {period.label}"):
    picked = draw(
        stacked_over_time,
        teams,
        time="charge_date",
        value="effective_cost",
        series="team_id",
        key="teams",
        on_select="rerun",
        alt_text="Effective cost by day and team",
    )
    explore_bar(viewer, picked, "team_id", period)
with right, panel("Top apps", f"Effective cost, {period.label}"):
    apps = ask(app_list, "daily_charges", "apps", limit=10, **inside)
    picked = draw(
        ranked_bars,
        apps,
        name="app_id",
        value="effective_cost",
        key="apps",
        on_select="rerun",
        alt_text="The ten costliest apps",
    )
    explore_bar(viewer, picked, "app_id", period)

with panel(
    "Movers, costliest first",
    "Sorted by the cost of the last seven days, beside the seven before; tick one to explore these days",
):
    movers = ask(moving_apps, "charges", "daily_charges", as_of=as_of())
    chosen = st.dataframe(
        movers,
        hide_index=True,
        key="movers",
        placeholder="",
        on_select="rerun",
        selection_mode="single-row",
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
    explore_row(viewer, chosen, movers, "app_id", NAMED["last-7-days"](as_of().date()))

with panel("How owners were found", f"Share of effective cost by attribution rule, {period.label}"):
    rules = ask(attribution_coverage, "daily_charges", **inside)
    draw(
        coverage_bar,
        rules,
        part="attribution_rule",
        share="share",
        value="effective_cost",
        height=104,
        key="rules",
        alt_text="Share of cost by attribution rule",
    )
