"""Allocation: who would bear how much of the shared costs under another method, and from when on should they?"""

import streamlit as st

from charts.dots import side_by_side
from queries.allocation_rule_list import allocation_rule_list
from ui.adoption import adoption, waiting
from ui.allocation import (
    BY,
    TODAY,
    columns,
    dots_of,
    footnote_of,
    month_named,
    movers,
    pick,
    rule_columns,
    rules_of,
    table_of,
    todays_rules,
    total_of,
)
from ui.figures import unit_of
from ui.formats import money_format
from ui.frame import card, header, panel
from ui.invoice_panels import pick_month
from ui.session import ask
from ui.states import nothing_yet
from ui.tables import table_panel
from ui.viewer import enter
from ui.words import escaped

viewer = enter("allocation")
with header("Allocation", "Platform costs that name no app, split over the apps active in their period"):
    month = pick_month()
if month is None:
    nothing_yet(viewer)
    st.stop()
asked = pick(month_named(month))
if asked is None:
    st.stop()
held, compared = asked.pools(), asked.compared()

with st.grid(3):
    card("Shared costs", total_of(held), form=money_format(), explanation="What is split: every method's sum is this.")
    card("Pools", held.num_rows, form="localized", explanation="One for each shared cost and period of it.")
    card("Methods compared", len(asked.methods), form="localized")

left, right = st.columns([2, 1])
with (
    left,
    panel(f"By {BY[asked.by].lower()}", "Gray squares: today's rules. A longer line: a method that matters more."),
):
    chart = side_by_side(
        dots_of(asked, compared),
        name="name",
        series="method",
        value="cost",
        order=[TODAY, *asked.methods],
        first=TODAY,
        unit=unit_of("effective_cost"),
    )
    st.altair_chart(chart, key="dots", alt="What each team or app bears under each method")
with right, panel("Who gains, who loses", "Beside today's rules"):
    for method, sentence in movers(asked, compared):
        with st.container(gap=None):
            st.markdown(f"`{method}`")
            st.caption(sentence)

table_panel(
    "Side by side",
    "Every column of amounts sums to the shared costs; every difference sums to 0.",
    table_of(asked, compared),
    columns(asked),
    key=f"compared/{'/'.join(asked.methods)}",
    file_name=f"farthing-allocation-{month}",
)

left, right = st.columns(2)
with left, panel("What invoices would print", "The footnote of each method"):
    for method in asked.methods:
        with st.container(gap=None):
            st.markdown(f"`{method}`")
            st.caption(escaped(footnote_of(method)))
    st.markdown("**Today**")
    for sentence in todays_rules(held):
        st.caption(sentence)
with right, panel("Adopt", "From a day on; what is past keeps the rule it was split by."):
    adoption(viewer, asked)
    waiting(viewer)

rules = rules_of(ask(allocation_rule_list, "allocation_rules"))
caption = "Every rule that was, is or will be in force."
table_panel("Rules", caption, rules, rule_columns(), key="rules", file_name="farthing-allocation-rules")
