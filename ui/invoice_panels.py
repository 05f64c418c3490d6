"""The panels of the invoices page: pickers, columns, and what finance may do with a month."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from billing.exports.files import KINDS, export
from billing.issue import find, issue
from billing.period import parse_period
from jobs.closing import NotReadyError, Verdict, checklist, close
from jobs.verify import verify
from ui.asked import say_unknown
from ui.confirm import confirmed
from ui.formats import count, money, unit_price
from ui.inputs import as_of
from ui.invoices import Bill, is_closed, months
from ui.session import forget, store
from ui.viewer import Viewer
from ui.words import amount, digits, escaped

STATUSES = ("all", "draft", "closed", "issued")
BILLING = frozenset({"analyst", "finance", "admin"})
_SIGNS = {
    Verdict.OK: ("ok", "green", ":material/check_circle:"),
    Verdict.WARN: ("know", "orange", ":material/info:"),
    Verdict.BLOCK: ("blocks", "red", ":material/block:"),
}


def pick_month() -> str | None:
    """Return the chosen month, at first the newest that charges reach; ``?month=``. None if the viewer has none."""
    held = months()
    if not held:
        return None
    usual = min(held[0], f"{as_of():%Y-%m}")
    say_unknown("month", "the month", held, instead=usual)
    return st.selectbox(
        "Month",
        held,
        index=held.index(usual),
        key="month",
        bind="query-params",
        label_visibility="collapsed",
        width=130,
    )


def pick_status() -> str:
    """Return the status to list; ``?status=``."""
    say_unknown("status", "the status", STATUSES, instead="all")
    return (
        st.segmented_control(
            "Status",
            STATUSES,
            default="all",
            key="status",
            bind="query-params",
            required=True,
            label_visibility="collapsed",
        )
        or "all"
    )


def pick_invoice(held: list[Bill]) -> Bill | None:
    """Return the chosen invoice, or the only one; ``?invoice=``."""
    by_name = {bill.name: bill for bill in held}
    say_unknown("invoice", "the invoice", by_name, instead="the list")
    name = st.selectbox(
        "Invoice",
        list(by_name),
        index=None,  # a default would not stand in the address
        key="invoice",
        bind="query-params",
        placeholder="Select an invoice above, or here",
        label_visibility="collapsed",
        width=320,
    )
    return by_name.get(name or "", held[0] if len(held) == 1 else None)


def on_invoice(key: str, held: list[Bill]) -> Callable[[], None]:
    """Return what happens when an invoice of the list is clicked: it opens below, and in the address."""

    def clicked() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows and rows[0] < len(held):  # below stand those of the month before that are gone
            st.session_state["invoice"] = held[rows[0]].name

    return clicked


def on_line(key: str, lines: pa.Table) -> Callable[[], None]:
    """Return what happens when a line is clicked: the page opens its trace at its end."""

    def clicked() -> None:
        if rows := st.session_state[key]["selection"]["rows"]:
            st.session_state["open_line"] = lines["line_id"][rows[0]].as_py()

    return clicked


def list_columns(*, is_running: bool) -> dict[str, Any]:
    """Return the columns of the list."""
    columns = {
        "invoice": st.column_config.TextColumn("Invoice", pinned=True, width=170),
        "total": money("Total", width=110),
        "change": money("Change", width=110),
        "previous": money("Month before", width=110),
        "projected": money("Month end", help="Billed so far, and a forecast of the days left: level, weekday, drift."),
        "cost_center": "Cost center",
        "status": "Status",
        "mode": "Mode",
        "lines": count("Lines"),
    }
    return columns if is_running else {name: kind for name, kind in columns.items() if name != "projected"}


def line_columns() -> dict[str, Any]:
    """Return the columns of an invoice's lines: what changed and why first, on a phone who and how much."""
    # In pixels: a number in a column that is too narrow loses its leading digits.
    return {
        "app_id": st.column_config.TextColumn("App", width=110, pinned=True),
        "amount": money("Amount", width=90),
        "change": money("Change", width=90),
        "previous": money("Month before", width=110),
        "why": st.column_config.TextColumn("Why", width=250),
        "kind": st.column_config.TextColumn("Line", width=90),
        "sku_id": st.column_config.TextColumn("SKU", width=235),
        "quantity": count("Quantity", width=170),
        "unit": st.column_config.TextColumn("Unit", width=100),
        "unit_price": unit_price("Unit price", width=130),
        "per": st.column_config.TextColumn("Price per", width=140),
        "notes": st.column_config.TextColumn("Notes", help="Footnotes under the table.", width=80),
        "exact_amount": st.column_config.NumberColumn(
            "Exact", format="%,.9f", help="Before rounding to cents.", width=170
        ),
        "event_count": count("Events", width=110),
        "team_id": st.column_config.TextColumn("Team", width=130),
        "environment": st.column_config.TextColumn("Environment", width=110),
        "line_id": st.column_config.TextColumn("Line id", width=310),
    }


def told(said: Mapping[str, Any]) -> list[str]:
    """Return what else there is to say of an invoice's total, a sentence each. Markdown."""
    found = []
    if estimate := said["estimate"]:
        end, low, high = (_written(said, estimate[name]) for name in ("projected_total", "low", "high"))
        found.append(f"Month end {end}, from {low} to {high} (80 %)")
    if other := said["comparison"]:
        amounts = f"{_written(said, other['amount'])}, difference {_written(said, other['difference'])}"
        found.append(f"{other['basis'].capitalize()}: {amounts}")
    exact = f"{digits(Decimal(said['exact_total']))} {said['currency']}"
    return [escaped(text) for text in (*found, f"Exact total {exact}; lines are rounded to sum to the total.")]


def downloads(bill: Bill, document: str) -> None:
    """Offer the invoice as files: of an issued one the same bytes every time; a draft has no PDF."""
    with st.container(horizontal=True):
        for kind, (_, mime) in KINDS.items():
            if kind == "pdf" and not bill.is_issued:
                continue
            st.download_button(
                kind.upper(),
                partial(export, document, kind),
                f"{bill.name.replace('/', '-')}.{kind}",
                mime,
                key=f"download/{kind}",
                on_click="ignore",
                icon=":material/download:",
            )


def document_of(bill: Bill) -> str:
    """Return the JSON of an invoice: of an issued one what was sent, byte for byte."""
    if bill.is_issued:
        return find(store(), bill.name).document
    return json.dumps(dict(bill.said), sort_keys=True, indent=1, ensure_ascii=False) + "\n"


@st.fragment
def verification(bill: Bill) -> None:
    """Recompute an issued invoice from its raw events, when somebody asks."""
    if not st.button("Verify against raw events", key="verify", icon=":material/fact_check:"):
        st.caption("Bills the month again from its raw events, and compares line by line.")
        return
    with st.spinner("Billing the month again"):
        found = verify(store(), find(store(), bill.name))
    if found.is_equal:
        st.success(found.summary, icon=":material/check_circle:")
        return
    st.error(found.summary, icon=":material/error:")
    st.dataframe(
        [{"line": one.line_id, "what": one.what, "detail": one.detail} for one in found.findings],
        hide_index=True,
        key="findings",
    )


def closing(month: str, viewer: Viewer, open_invoices: int) -> None:
    """The checklist of a month, its closing, and the issue of its invoices: each when somebody asks."""
    if said := st.session_state.pop("closing-outcome", None):
        st.success(said, icon=":material/check_circle:")
    if is_closed(month):
        _issuing(month, viewer, open_invoices)
    else:
        _close(month, viewer)


def _issuing(month: str, viewer: Viewer, open_invoices: int) -> None:
    if not open_invoices:
        st.success(f"{month} is closed and its invoices are issued.", icon=":material/check_circle:")
        return
    sentence = f"{month} is closed: its lines are frozen. {open_invoices} invoices wait to be issued."
    if _may(viewer) and confirmed(
        f"Issue {open_invoices} invoices", f"{sentence} Issuing gives them numbers, for good.", key="issue"
    ):
        done = issue(store(), parse_period(month), by=viewer.name)
        _say(f"Issued: {', '.join(one.number for one in done)}.")


def _close(month: str, viewer: Viewer) -> None:
    checked = st.session_state.get("checked")
    if st.button("Check this month", key="check", icon=":material/checklist:"):
        with st.spinner("Reading every event"):
            checked = st.session_state["checked"] = (month, checklist(store(), parse_period(month)))
    if checked is None or checked[0] != month:
        st.caption("Reads every event of the month, so it is done when you ask.")
        return
    for item in checked[1]:
        text, color, icon = _SIGNS[item.verdict]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(text, color=color, icon=icon)  # type: ignore[arg-type]
            st.markdown(f"**{item.name}**: {item.detail}")
    if not _may(viewer):
        return
    blocking = [item.name for item in checked[1] if item.verdict is Verdict.BLOCK]
    reason = st.text_input("Close although it blocks, because", key="close-reason") if blocking else ""
    question = f"Closing {month} freezes what it bills; what arrives later becomes a correction."
    if confirmed(f"Close {month}", question, key="close", disabled=bool(blocking) and not reason):
        try:
            close(store(), parse_period(month), by=viewer.name, reason=reason)
        except (NotReadyError, ValueError) as error:
            st.error(str(error), icon=":material/block:")
            return
        _say(f"{month} is closed.")


def _written(said: Mapping[str, Any], value: str) -> str:
    return amount(Decimal(value), currency=said["currency"])


def _may(viewer: Viewer) -> bool:
    return bool(viewer.roles & BILLING)


def _say(outcome: str) -> None:
    # The page is drawn anew with the outcome, so that its figures are those after the decision.
    st.session_state["closing-outcome"] = outcome
    forget()
    st.rerun()
