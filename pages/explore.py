"""Explore: any measure by any dimension, down to the raw events, with the whole question in the address."""

import streamlit as st

from charts.over_time import lines_over_time, stacked_over_time
from charts.pixels import drawable
from charts.ranking import ranked_bars
from metrics.catalog import DIMENSIONS, MEASURES
from queries.charge_list import charge_list
from queries.compared_spend import compared_spend
from queries.spend import GRAINS, spend
from queries.top_spend import top_spend
from ui.currencies import SEVERAL, say_not_included
from ui.drawing import draw
from ui.events import platform_costs_behind, usage_behind
from ui.explore_cards import cards, totals_of
from ui.explorer import VIEWS, apply_view, on_bar, on_charge, on_row, pick_question, reset
from ui.figures import charge_columns, event_columns, figure_columns, is_money, platform_cost_columns, unit_of
from ui.frame import header, panel
from ui.inputs import charged_until, pick_comparison, pick_period, say_late
from ui.session import ask, sql_of
from ui.states import nothing_here, nothing_yet
from ui.tables import rows_caption, table_panel
from ui.viewer import enter

GROUPS, CHARGES, EVENTS = 2000, 500, 200  # rows at most
TRACED = 50_000  # events at most

viewer = enter("explore")
until = charged_until()
if until is None:
    st.title("Explore", anchor=False)
    nothing_yet(viewer)
    st.stop()
with header("Explore", f"Charges until {until:%B %-d, %Y, %H:%M} UTC"):
    period = pick_period()
    before = pick_comparison(period)
    st.menu_button("Views", list(VIEWS), key="view", on_click=apply_view, icon=":material/bookmark:")
    st.button("Reset", on_click=reset, icon=":material/restart_alt:")
say_late()
question = pick_question(period, before)
if question is None:
    st.stop()

first, by, currency = question.measures[0], question.by, question.currency
file_name = f"farthing-{period.first}-{period.last}"
totals = totals_of(question)
events = sum(row["event_count"] for row in totals)
if not events and not any(row["previous_event_count"] for row in totals):
    nothing_here()
    st.stop()
cards(question, totals)
if currency != SEVERAL:
    say_not_included(period, question.where)

asked = None
if question.show == "groups":
    build = stacked_over_time if MEASURES[first].additive else lines_over_time
    label = MEASURES[first].label
    drawn = {"value": first, "unit": unit_of(first, currency), "label": label}
    drawn_by_time = {"time": GRAINS[question.grain].name, "grain": question.grain, **drawn}
    if currency == SEVERAL and is_money(first):
        st.info("Currencies are never added or drawn together. Select a row to see its currency alone.")
    elif by:
        top = {"by": by[0], "measures": [first], "rank_by": first, **question.scope}
        largest = ask(top_spend, question.charges(), **top)
        order = drawable(largest.select([by[0]]), by[0])[by[0]].tolist()
        left, right = st.columns([2, 1])
        with left, panel(f"{label} by {DIMENSIONS[by[0]].label.lower()}", period.label.capitalize()):
            rows = ask(top_spend, question.charges(question.grain), grain=question.grain, **top)
            key = question.key("over_time")
            look = {"series": by[0], "order": order, "legend": False, **drawn_by_time}
            draw(build, rows, key=key, on_select=on_bar(question, key), alt_text=f"{label} over time", **look)
        with right, panel("Largest", "Click one to look inside"):
            look, key = {"name": by[0], "colored": True, **drawn}, question.key("largest")
            draw(ranked_bars, largest, key=key, on_select=on_bar(question, key), alt_text="The largest groups", **look)
    else:
        with panel(label, period.label.capitalize()):
            options = {"measures": [first], "grain": question.grain, **question.scope}
            rows = ask(spend, question.charges(question.grain), **options)
            draw(build, rows, key="over_time", alt_text=f"{label} over time", **drawn_by_time)
    options = {"measures": question.measures, "by": by, "limit": GROUPS, **question.both}
    asked = compared_spend, question.charges_of_both(), options
    groups, key = ask(*asked[:2], **options), question.key("groups")
    table_panel(
        "Groups",
        rows_caption(groups, GROUPS, "groups", "to look inside" if by else ""),
        groups,
        figure_columns(by, question.measures, compared=before is not None, currency=currency),
        key=key,
        file_name=f"{file_name}-{'-'.join(by) or 'total'}",
        on_row=on_row(question, key, groups) if by else None,
    )
elif question.show == "charges":
    options = {"limit": CHARGES, **question.scope}
    asked = charge_list, "charges", options
    charges, key = ask(*asked[:2], **options), question.key("charges")
    table_panel(
        "Charges",
        rows_caption(charges, CHARGES, "charges", "to see its raw events"),
        charges,
        charge_columns(currency),
        key=key,
        file_name=f"{file_name}-charges",
        on_row=on_charge(key, charges),
    )
elif events > TRACED:
    st.info(f"{events:,} events are too many to trace at once. Filter to an app, a resource or an hour.")
else:
    for title, rows, columns in (
        ("Usage events", usage_behind(limit=EVENTS, **question.scope), event_columns()),
        ("Platform costs", platform_costs_behind(limit=EVENTS, **question.scope), platform_cost_columns(currency)),
    ):
        if rows.num_rows:
            caption, name = rows_caption(rows, EVENTS, title.lower()), title.lower().replace(" ", "-")
            table_panel(title, f"As received. {caption}", rows, columns, key=name, file_name=f"{file_name}-{name}")
if asked:
    with st.expander("The SQL behind it", icon=":material/code:"):
        st.code(sql_of(*asked[:2], **asked[2]), language="sql")
