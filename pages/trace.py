"""Trace: from an invoice, a line, or any id to the charges and raw events behind it, sums equal at every step."""

import streamlit as st

from ui.frame import header, panel
from ui.invoice_panels import line_columns, pick_month
from ui.invoices import line_rows
from ui.states import nothing_yet
from ui.tables import table_panel
from ui.trace_lines import agreed, corrected, shared
from ui.trace_panels import (
    CHARGES,
    EVENTS,
    all_charges,
    box,
    charges_panel,
    chosen_charge,
    events_panel,
    heading,
    on_line,
    over_time,
    unknown,
)
from ui.trace_steps import TRACED, charge_step, event_step, line_step, show, show_invoice
from ui.trace_whatif import allocation, prices
from ui.trail import find, line_of
from ui.viewer import enter

viewer = enter("trace")
with header("Trace", "From any figure to the raw events behind it"):
    month = pick_month()
if month is None:
    nothing_yet(viewer)
    st.stop()
text = box()
if not text:
    st.info("Every line of an invoice leads here, and so does every id: paste one.", icon=":material/manage_search:")
    st.stop()
trail = find(viewer, text, month)
if trail is None:
    unknown(viewer, text, month)
    st.stop()

heading(trail, line_of(trail, viewer))
name = f"farthing-{trail.month}-{trail.kind.lower()}"
if trail.bill is not None:
    with panel("Sums", "An invoice is its lines: each is rounded so that they sum to the total."):
        show_invoice(trail.bill)
    lines = line_rows(trail.bill, None)
    shown = {name: kind for name, kind in line_columns().items() if name not in ("previous", "change", "why")}
    caption = "Select a line to see its charges."
    table_panel("Lines", caption, lines, shown, key="lines", file_name="farthing-lines", on_row=on_line("lines", lines))
    st.stop()
if trail.is_shared:
    shared(viewer, trail, name)
    if not trail.is_correction:
        allocation(viewer, trail, name)
    st.stop()
if not trail.has_charges:
    agreed(trail, name)
    st.stop()

chosen = chosen_charge(trail)
totals = chosen.totals()
is_small = totals["events"] <= TRACED
if trail.is_correction:
    corrected(trail, chosen, name)
else:
    with st.spinner("Adding up raw events"):
        usage = chosen.events(EVENTS) if is_small and totals["charges"] > totals["platform_costs"] else None
        costs = chosen.costs(EVENTS) if is_small and totals["platform_costs"] else None
    with panel("Sums", "Each step holds the one below: equal, or it says what differs."):
        steps = [*line_step(trail), charge_step(trail)]
        if chosen is not trail:
            steps.append(charge_step(chosen, "the chosen charge", is_apart=True))
        if trail.event is not None:
            steps = [
                event_step(usage, costs, "the event", units=totals["units"]),
                charge_step(trail, "the charge it is part of", is_apart=True),
            ]
        elif is_small:
            steps.append(event_step(usage, costs, units=totals["units"]))
        show(steps)
        if not is_small:
            st.caption(f"{totals['events']:,} events are too many to add up at once: select a charge below.")

charges = trail.charges(CHARGES)
if chosen is not trail:
    st.button("All charges", on_click=all_charges, icon=":material/arrow_back:")
elif charges.num_rows:
    if trail.kind not in ("Charge", "Event"):  # these are of one hour
        over_time(trail, charges)
    charges_panel(charges, name)
if not trail.is_correction:
    events_panel(usage, costs, name)
    prices(chosen, name)
    if trail.kind == "App":
        allocation(viewer, trail, name)
