"""The panels of the trace page: the box, the steps whose sums are equal, charges, events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import streamlit as st

from queries.lifecycle_by_day import lifecycle_by_day
from queries.trace_platform_costs import trace_platform_costs
from ui import words
from ui.figures import charge_columns
from ui.formats import count, moment, money, share
from ui.session import Everyones, ask
from ui.trail import Trail
from ui.words import escaped

TRACED = 50_000  # events at most
EXACT = "%,.12f"
_PLACES = 12  # costs of single events are cut at the 21st decimal: their sums are compared to the 12th


def box() -> str:
    """Return what is to be traced; ``?id=``."""
    return st.text_input(
        "Trace",
        key="id",
        bind="query-params",
        placeholder="An invoice or its number, a line id, an app, resource, SKU or event id",
        label_visibility="collapsed",
        icon=":material/manage_search:",
        on_change=all_charges,
    ).strip()


def all_charges() -> None:
    """Take the chosen charge out of the address; for callbacks."""
    st.query_params.pop("charge", None)


def on_charge(key: str, charges: pa.Table) -> Callable[[], None]:
    """Return what happens when a charge is clicked: its raw events, and the charge in the address."""

    def clicked() -> None:
        if rows := st.session_state[key]["selection"]["rows"]:
            row = charges.slice(rows[0], 1).to_pylist()[0]
            st.query_params["charge"] = f"{row['hour']:%Y-%m-%dT%H}|{row['resource_id']}|{row['sku_id']}"

    return clicked


def on_line(key: str, lines: pa.Table) -> Callable[[], None]:
    """Return what happens when a line of an invoice is clicked: it is traced."""

    def clicked() -> None:
        if rows := st.session_state[key]["selection"]["rows"]:
            st.session_state["id"] = lines["line_id"][rows[0]].as_py()

    return clicked


def steps(trail: Trail, chosen: Trail | None) -> None:
    """Show what each step adds up to, and whether that is what the step above it says."""
    totals, rows = trail.totals(), []
    if trail.line is not None:
        line = trail.line
        own = {"count": 1, "events": line["event_count"], "quantity": line["quantity"]}
        rows.append({"step": "The line", **own, "list_cost": line["list_cost"], "amount": line["amount"]})
    rows.append({"step": "Its charges", **_sums(totals)})
    told = totals
    if chosen is not None:
        told = chosen.totals()
        rows.append({"step": "The chosen charge", **_sums(told), "is_part": True})
    traced = chosen or trail
    if told["events"] <= TRACED and not _is_reported(traced):
        found = traced.event_totals()
        summed = {"quantity": found["quantities"], "list_cost": found["list_total"], "amount": None}
        rows.append({"step": "Raw events, added up", "count": found["events"], "events": found["events"], **summed})
    for above, row in zip([None, *rows], rows, strict=False):
        row["equal"] = _verdict(above, row)
    if any(row["equal"].startswith("differ") for row in rows):
        st.badge("Sums differ", color="red", icon=":material/error:")
    elif any(row["equal"] for row in rows):  # nothing was compared where there is one step only
        st.badge("Every sum is equal", color="green", icon=":material/check_circle:")
    if told["units"] != 1:
        for row in rows:
            row["quantity"] = None
    st.dataframe(
        pa.Table.from_pylist([{name: row[name] for name in _STEPS.names} for row in rows], schema=_STEPS),
        hide_index=True,
        key="steps",
        placeholder="",
        column_config={
            "step": st.column_config.TextColumn("Step", pinned=True),
            "count": count("Rows"),
            "events": count("Events"),
            "quantity": st.column_config.NumberColumn("Quantity", format="%,.6f"),
            "list_cost": st.column_config.NumberColumn("List cost", format=EXACT),
            "amount": st.column_config.NumberColumn("Billed", format=EXACT),
            "equal": st.column_config.TextColumn("Sums"),
        },
    )


def share_columns() -> dict[str, Any]:
    """Return the columns of the parts of a shared cost."""
    return {
        "charge_period_start": moment("From (UTC)"),
        "charge_period_end": moment("To (UTC)"),
        "cost_type": "Shared cost",
        "allocated_method": "Method",
        "allocated_basis": "By",
        "allocated_quantity": count("Of this app"),
        "allocated_ratio": share("Share"),
        "effective_cost": money("Amount"),
        "allocated_method_id": "Rule",
    }


def columns(charges: pa.Table) -> dict[str, Any]:
    """Return the columns of charges: what every list of them has, and what is billed."""
    listed = {name: kind for name, kind in charge_columns().items() if name in charges.column_names}
    listed.pop("effective_cost")
    named = ("hour", "app_id", "resource_id", "sku_id")
    first = {name: listed.pop(name) for name in named} | {"billed_cost": money("Billed")}
    return {**first, **listed, "markup_rule_id": "Markup"}


def costs(trail: Trail, limit: int) -> pa.Table:
    """Return the reported platform costs behind a trail."""
    where = dict(trail.where)
    if trail.line is not None:
        where |= {"sku_id": [trail.line["sku_id"]], "app_id": [trail.line["app_id"] if trail.has_charges else ""]}
    inside = {"start": trail.start, "end": trail.end, "where": where, "limit": limit}
    return ask(trace_platform_costs, Everyones("platform_costs"), "charges", **inside)


def markers(trail: Trail, apps: list[str]) -> pa.Table:
    """Return what happened to the apps meanwhile: lifecycle and alerts, day by day."""
    inside = {"start": trail.month.start, "end": trail.month.end, "apps": apps}
    return ask(lifecycle_by_day, "lifecycle", "alerts", **inside)


def title_of(trail: Trail) -> str:
    """Return what is traced, in words."""
    if trail.line is None:
        return f"{trail.kind} {trail.name}"
    line = trail.line
    what = " · ".join(filter(None, (line["app_id"] or "(no app)", line["sku_id"] or line["line_kind"])))
    return f"{line['line_kind'].replace('_', ' ').capitalize()}: {what}"


def agreed(trail: Trail) -> str:
    """Return what a line says that is made of other lines and not of charges."""
    line = trail.line or {}
    if line["corrects_period"]:
        how = f"the difference of {line['corrects_period']:%Y-%m} to what that month was closed with"
    else:
        how = f"{line['line_kind'].replace('_', ' ')} by {line['allocation_rule_id'] or 'agreement'}"
    return escaped(
        f"{words.amount(line['amount'])} exactly {line['amount'].normalize():f}: {how}. No charges sum to it."
    )


def unknown(text: str, month: str) -> None:
    """Say that there is nothing of this name that the viewer may see: the same, whether it exists or not."""
    st.info(
        f"Nothing called {escaped(text)} that you may see, in {month} or among lines and events. "
        "Apps, SKUs and resources are looked for in the chosen month.",
        icon=":material/search_off:",
    )


def _is_reported(trail: Trail) -> bool:
    names = [trail.line["sku_id"]] if trail.line else trail.where.get("sku_id", [])
    return any(name.startswith("platform_cost/") for name in names)


def _sums(totals: dict[str, Any]) -> dict[str, Any]:
    return {
        "count": totals["charges"],
        "events": totals["events"],
        "quantity": totals["quantity"],
        "list_cost": totals["list_total"],
        "amount": totals["billed_total"],
    }


def _verdict(above: dict[str, Any] | None, row: dict[str, Any]) -> str:
    if above is None or row.get("is_part"):
        return ""
    names = [name for name in ("events", "quantity", "list_cost", "amount") if row[name] is not None]
    differing = [name for name in names if abs(row[name] - above[name]) * 10**_PLACES >= 1]
    return f"differ: {', '.join(differing).replace('_', ' ')}" if differing else "= equal"


_STEPS = pa.schema(
    [
        ("step", pa.string()),
        ("count", pa.int64()),
        ("events", pa.int64()),
        ("quantity", pa.decimal128(38, 9)),
        ("list_cost", pa.decimal256(76, 21)),
        ("amount", pa.decimal256(76, 21)),
        ("equal", pa.string()),
    ]
)
