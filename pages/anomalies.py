"""Anomalies: what costs more than it should, why, and what is done about it?"""

import streamlit as st

from ui.flag_actions import actions, worth_a_look
from ui.flag_detail import (
    around,
    chosen_flag,
    curve,
    drivers,
    events,
    figures,
    history,
    title_row,
    unknown_flag,
)
from ui.flag_panels import (
    cards,
    flag_table,
    flags_of,
    learned,
    loudness,
    nothing_flagged,
    pick_view,
    until_words,
    watch,
    way_back,
)
from ui.frame import header, panel
from ui.states import charges_until
from ui.under_way import look_under_way, wait_for_the_look
from ui.viewer import enter

viewer = enter("anomalies")
charges_until(viewer, "Anomalies")
asked = st.query_params.get("flag")
with header("Anomalies", f"Detection: {until_words()}"):
    if not asked:
        loudness(viewer)

if asked:
    flag = chosen_flag(asked)
    if flag is None:
        unknown_flag(asked)
        st.stop()
    found = title_row(flag)
    actions(viewer, flag)
    figures(flag)
    curve(flag)
    drivers(flag, found)
    around(flag, found)
    events(viewer, flag)
    history(flag)
    st.stop()

if look_under_way():
    wait_for_the_look()
watch()
way_back()
view = pick_view()
flags = flags_of(view)
if not flags.num_rows:
    nothing_flagged(view)
else:
    if view == "open":
        cards(flags)
    flag_table(flags)
if view == "open":
    worth_a_look(viewer)
with panel("What it learned", "Labels teach the detector every night; a new version is used only if it does not lose."):
    learned(viewer)
