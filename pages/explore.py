"""Explore: any measure by any dimension, down to the raw events, with the whole question in the address."""

import streamlit as st

from ui.currencies import SEVERAL, say_not_included
from ui.explore_answers import charges, groups, over_time, raw_events
from ui.explore_cards import cards, totals_of
from ui.explorer import VIEWS, apply_view, pick_question, reset
from ui.frame import header
from ui.inputs import pick_comparison, pick_period, say_late
from ui.states import charges_until, nothing_here
from ui.viewer import enter

viewer = enter("explore")
until = charges_until(viewer, "Explore")
with header("Explore", until):
    period = pick_period()
    before = pick_comparison(period)
    st.menu_button("Views", list(VIEWS), key="view", on_click=apply_view, icon=":material/bookmark:")
    st.button("Reset", on_click=reset, icon=":material/restart_alt:")
say_late()
question = pick_question(period, before)
if question is None:
    st.stop()

file_name = f"farthing-{period.first}-{period.last}"
totals = totals_of(question)
events = sum(row["event_count"] for row in totals)
if not events and not any(row["previous_event_count"] for row in totals):
    nothing_here()
    st.stop()
cards(question, totals)
if question.currency != SEVERAL:
    say_not_included(period, question.where)

if question.show == "groups":
    over_time(question)
    groups(question, file_name)
elif question.show == "charges":
    charges(question, file_name)
else:
    raw_events(question, file_name, events)
