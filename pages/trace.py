"""Trace: from an invoice, a line, or any id to the charges and raw events behind it, sums equal at every step."""

import streamlit as st

from charts.timeline import timeline
from ui.drawing import draw
from ui.figures import event_columns, platform_cost_columns, unit_of
from ui.frame import header, panel
from ui.invoice_panels import line_columns, pick_month
from ui.invoices import line_rows
from ui.states import nothing_yet
from ui.tables import rows_caption, table_panel
from ui.trace_panels import (
    agreed,
    all_charges,
    box,
    columns,
    costs,
    markers,
    on_charge,
    on_line,
    share_columns,
    steps,
    title_of,
    unknown,
)
from ui.trail import find
from ui.viewer import enter

CHARGES, EVENTS = 500, 200  # rows at most

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
    unknown(text, month)
    st.stop()

st.subheader(title_of(trail), anchor=False)
with st.container(horizontal=True):
    st.badge(trail.kind, color="blue")
    st.badge(f"{trail.month}", color="gray")
    if trail.pinned:
        st.badge("as it was closed", color="green")

if trail.bill is not None:
    lines = line_rows(trail.bill, None)
    shown = {name: kind for name, kind in line_columns().items() if name not in ("previous", "change", "why")}
    caption = "Select a line to see its charges."
    table_panel("Lines", caption, lines, shown, key="lines", file_name="farthing-lines", on_row=on_line("lines", lines))
    st.stop()

name = f"farthing-{trail.month}-{trail.kind.lower()}"
if trail.is_shared:
    with panel("The line", f"{trail.amount} in all; every part is a share of one shared cost of its period."):
        st.caption("Shares follow the rule named on each row, in force when its period started.")
    parts = trail.shares()
    table_panel("Shares", f"{parts.num_rows} parts", parts, share_columns(), key="shares", file_name=f"{name}-shares")
    if viewer.sees_all_teams:
        reported = costs(trail, EVENTS)
        caption = f"As received: what is shared. {rows_caption(reported, EVENTS, 'platform costs')}"
        table_panel(
            "Platform costs", caption, reported, platform_cost_columns(), key="costs", file_name=f"{name}-costs"
        )
    st.stop()
if not trail.has_charges:
    st.info(agreed(trail), icon=":material/edit_note:")
    st.stop()

asked = st.query_params.get("charge")
chosen = trail.at(asked) if asked else trail
with panel("Sums", "Each step holds the one below: equal, or it says what differs."):
    steps(trail, chosen if chosen is not trail else None)

charges = trail.charges(CHARGES)
if chosen is not trail:
    st.button("All charges", on_click=all_charges, icon=":material/arrow_back:")
else:
    with panel("Day by day", "Billed cost, with what happened to the apps and which alerts rang"):
        apps = sorted(set(charges["app_id"].to_pylist()))
        look = {"time": "charge_date", "value": "cost", "label": "billed", "unit": unit_of("effective_cost")}
        found = markers(trail, apps)
        draw(timeline, trail.days(), key="days", alt_text="Billed cost by day, with markers", markers=found, **look)
    table_panel(
        "Charges",
        rows_caption(charges, CHARGES, "charges, by hour, SKU and rule", "to see its raw events"),
        charges,
        columns(charges),
        key="charges",
        file_name=f"{name}-charges",
        on_row=on_charge("charges", charges),
    )
for title, rows, kinds in (
    ("Raw events", chosen.events(EVENTS), event_columns()),
    ("Platform costs", costs(chosen, EVENTS), platform_cost_columns()),
):
    if rows.num_rows:
        key, caption = title.lower().replace(" ", "-"), rows_caption(rows, EVENTS, title.lower())
        table_panel(
            title, f"As received, the costliest first. {caption}", rows, kinds, key=key, file_name=f"{name}-{key}"
        )
