"""Invoices: what does each cost center pay for a month, what changed, and is it right?"""

import streamlit as st

from charts.pixels import pixels
from charts.waterfall import change_waterfall
from ui.formats import money_format
from ui.frame import card, header, panel
from ui.inputs import as_of
from ui.invoice_panels import (
    closing,
    document_of,
    downloads,
    line_columns,
    list_columns,
    on_invoice,
    on_line,
    pick_invoice,
    pick_month,
    pick_status,
    told,
    verification,
)
from ui.invoices import bills, changes, line_rows, listed, month_before, projected, total_of
from ui.links import go
from ui.showback import MODES
from ui.states import nothing_here, nothing_yet
from ui.tables import table_panel
from ui.viewer import enter
from ui.words import escaped

viewer = enter("invoices")
with header("Invoices", "By cost center and month, UTC"):
    month = pick_month()
if month is None:
    nothing_yet(viewer)
    st.stop()
earlier = month_before(month)
held, before = bills(viewer, month), bills(viewer, earlier)
waiting = [bill for bill in held if not bill.is_issued]

with st.grid(4):
    card("Total", total_of(held), form=money_format(), explanation="Of the lines that you may see.")
    card("Month before", total_of(before), form=money_format(), explanation=f"All of {earlier}.")
    if (ends := projected(held)) is not None:
        card(
            "Month end",
            ends,
            form=money_format(),
            explanation="Billed so far, and a forecast of the days left.",
        )
    card("Issued", f"{len(held) - len(waiting)} of {len(held)}")

status = pick_status()
listing = [bill for bill in held if status in ("all", bill.said["status"])]
if not listing:
    nothing_here("invoices" if status == "all" else f"{status} invoices")
else:
    is_running = any(bill.said["estimate"] for bill in listing)
    table_panel(
        "All invoices" if viewer.sees_all_teams else "Lines of your teams, by invoice",
        "Select one to see its lines; a line to see its charges; a charge to see its raw events.",
        listed(listing, before, is_all=status == "all"),
        list_columns(is_running=is_running and viewer.sees_all_teams),
        key=f"list/{month}/{status}",
        file_name=f"farthing-invoices-{month}",
        on_row=on_invoice(f"list/{month}/{status}", listing),
    )

bill = pick_invoice(listing) if listing else None
if bill is not None:
    said = bill.said
    past = next((one for one in before if one.said["cost_center"] == said["cost_center"]), None)
    with st.container(horizontal=True):
        text, color = MODES[said["mode"]]
        st.badge(f"{said['cost_center_name']} · {text}", color=color)
        st.badge(said["status"], color="green" if bill.is_issued else "gray")
        if not bill.is_whole:
            st.badge("your teams' lines only", color="gray")
    left, right = st.columns([2, 1])
    changed = f"From {earlier} to {month}, the apps that changed most"
    if month == f"{as_of():%Y-%m}":
        changed += f". The whole of {earlier} beside {month} so far"
    with left, panel("What changed", changed):
        labels = {"before": earlier, "now": month}
        steps = pixels(changes(bill, past))
        chart = change_waterfall(steps, step="step", amount="amount", is_total="is_total", labels=labels)
        st.altair_chart(chart, key="changed", alt="From last month's total to this one's, app by app")
    with right, panel(bill.name, f"{said['period_start']} to {said['period_end']}, end not included"):
        st.metric("Total", bill.total, format=money_format())
        if bill.is_whole:
            for sentence in told(said):
                st.caption(sentence)
            downloads(bill, document_of(bill))
            if bill.is_issued:
                st.caption(f"Issued {said['issued_at'][:16].replace('T', ' ')} UTC by {said['issued_by']}")
                verification(bill)
    lines = line_rows(bill, past)
    gone = lines.num_rows - len(bill.lines)
    table_panel(
        "Lines",
        f"{len(bill.lines)} lines{f', and {gone} of {earlier} that are gone' if gone else ''}. Select one to trace it.",
        lines,
        line_columns(),
        key=f"lines/{bill.name}",
        file_name=f"farthing-{bill.name.replace('/', '-')}-lines",
        on_row=on_line(f"lines/{bill.name}", lines),
    )
    used = {number for line in bill.lines for number in line["footnotes"]}
    for note in said["footnotes"]:
        if note["number"] in used:
            st.caption(f"\\[{note['number']}\\] {escaped(note['text'])}")

if viewer.sees_all_teams:
    with panel(f"Close {month}", "Check, close, issue: after that, what arrives late becomes a correction."):
        closing(month, viewer, len(waiting))
if (line_id := st.session_state.pop("open_line", None)) is not None:
    go("trace", id=line_id)
