"""Showback: what did a team's apps cost this month, what changed since the last one, and why?"""

import streamlit as st

from charts.pixels import pixels
from charts.timeline import timeline
from charts.waterfall import change_waterfall
from metrics.catalog import MEASURES
from queries.app_showback import app_showback
from queries.change_contributors import change_contributors
from queries.change_steps import change_steps
from queries.compared_spend import compared_spend
from queries.daily_spend_beside import daily_spend_beside
from queries.price_changes import price_changes
from ui.currencies import say_not_included
from ui.drawing import draw
from ui.figures import app_columns, form_of, rising_is, unit_of
from ui.frame import card, header, panel
from ui.inputs import data_gap, say_late
from ui.session import ask
from ui.showback import badges, markers_of, moves_of, on_app, open_charges, pick_subject
from ui.states import charges_until, nothing_here, nothing_yet
from ui.tables import table_panel
from ui.viewer import enter
from ui.words import amount, escaped, why

TILES = ("effective_cost", "cost_per_1k_requests", "cost_per_1m_tokens", "active_apps")

viewer = enter("showback")
until = charges_until(viewer, "Showback")
with header("Showback", until):
    subject = pick_subject(viewer)
if subject is None:
    nothing_yet(viewer)
    st.stop()
badges(subject)
say_late()

totals = ask(compared_spend, subject.charges, measures=[*TILES, "event_count"], **subject.both).to_pylist()[0]
if not totals["event_count"] and not totals["previous_event_count"]:
    nothing_here(f"charges of {subject.team_name}")
    st.stop()
say_not_included(subject.period, subject.where)
if gap := data_gap(subject.before):
    st.caption(f"No percentages against {subject.before.label}: {gap}.")
complete = subject.period.complete
days = {"start": complete.start, "end": complete.end, "where": subject.where, "previous_start": subject.before.start}
beside = ask(daily_spend_beside, "daily_charges", **days)
with st.grid(4):
    for name in TILES:
        card(
            MEASURES[name].label,
            totals[name],
            form=form_of(name),
            growth=None if gap else totals[f"{name}_growth"],
            versus=f"vs {subject.before.label}",
            rising_is=rising_is(name),
            trend=pixels(beside)["cost"].to_pylist() if name == "effective_cost" else (),
            explanation=MEASURES[name].description,
        )

with panel(f"{subject.name} day by day", "Effective cost of days that are over; dashed: the month before"):
    draw(
        timeline,
        beside,
        key="days",
        alt_text="Effective cost by day, beside the month before, with lifecycle markers",
        time="charge_date",
        value="cost",
        before="previous_cost",
        label="this month",
        unit=unit_of("effective_cost"),
        markers=markers_of(subject),
    )

left, right = st.columns(2)
with left, panel("What changed", f"From {subject.before.label} to {subject.period.label}"):
    draw(
        change_waterfall,
        ask(change_steps, subject.charges, **subject.both),
        key="change",
        alt_text="Price, volume, mix, new and gone apps between two months",
        step="step",
        amount="amount",
        is_total="is_total",
        labels={"before": subject.before.label, "after": subject.period.label},
    )
with right, panel("Why", "The apps that changed most; open one to see its charges"):
    contributors = ask(change_contributors, subject.charges, limit=6, **subject.both).to_pylist()
    window = {"start": subject.before.start, "end": subject.period.end, "where": subject.where}
    prices = ask(price_changes, "daily_charges", "prices", **window).to_pylist()
    if not contributors:
        st.caption("Nothing changed.")
    for row in contributors:
        name = row["app_id"] or "(no app)"
        with st.container(gap=None):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                if st.button(name, key=f"why/{name}", type="tertiary", icon=":material/search:"):
                    open_charges(subject, row["app_id"])
                st.markdown(f"**{escaped(amount(row['change'], signed=True))}**", width="content")
            st.caption(why(row, [price for price in prices if price["app_id"] == row["app_id"]]))
    for app_id, said in moves_of(subject).items():
        st.caption(escaped(f"{app_id} {said}"))

apps = ask(app_showback, subject.charges, **subject.both)
table_panel(
    "Apps",
    "Select one to see its cost by SKU, then its charges, then their raw events.",
    apps,
    app_columns(compared=not gap),
    key="apps",
    file_name=f"farthing-{subject.team_id}-{subject.period.first}-{subject.period.last}",
    on_row=on_app("apps", apps),
)
if (app_id := st.session_state.pop("open_app", None)) is not None:
    open_charges(subject, app_id)
