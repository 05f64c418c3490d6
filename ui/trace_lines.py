"""The panels of lines that are no plain sum of charges: shares, agreements, corrections."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from billing.changes import NO_EVENTS, cost_changes, share_changes
from billing.commitments import hours_of
from billing.reckoning import AGREED, reckoned, tariffs_in, usage_of
from config.settings import settings
from ui.formats import count as counts
from ui.formats import moment, money, share
from ui.frame import panel
from ui.invoices import closed, lines_of
from ui.session import once, store
from ui.tables import rows_caption, table_panel
from ui.trace_panels import EVENTS, costs_panel, trace_instead
from ui.trace_steps import TRACED, Step, charge_step, difference_step, event_step, line_step, show
from ui.trail import Trail, billed_lines
from ui.viewer import Viewer
from ui.words import counted, digits, escaped

_NOTHING = Decimal(0)
_RELATED = 20
_HOW = {
    "even": "pool ÷ apps active in the period",
    "proportional": "pool × of this app ÷ of all apps",
    "fixed": "pool × the stated weight",
    "floor_plus_share": "floor + (pool − apps × floor) × of this app ÷ of all apps; even if the floors exceed the pool",
    "direct": "nobody shares it: it rests with the platform",
    "": "no rule shares it: it rests with the platform",
}
_WHAT = {
    "commitment": "What reserved capacity costs the usage that it covered, instead of that usage's own price.",
    "unused_commitment": "Reserved capacity that nobody used in its hours: it is paid for all the same.",
}


def shared(viewer: Viewer, trail: Trail, name: str) -> None:
    """Explain a share of a platform cost: the arithmetic of every part, and the events of the pools it is of."""
    parts = trail.shares()
    borne = _sum(parts, "effective_cost")
    was = trail.was().shares() if trail.is_correction else parts.slice(0, 0)
    costs = trail.costs(EVENTS, parts) if viewer.sees_all_teams else None
    with panel("Sums", "The line is its shares; the pools they are of are what was reported."):
        steps = [*line_step(trail), _amount("shares", borne, parts.num_rows)]
        if trail.is_correction:
            steps = [*line_step(trail), *_corrected_shares(parts, was)]
        if costs is not None:
            steps.append(_amount("pools shared", _sum(parts, "pool"), parts.num_rows, is_apart=True))
            found = event_step(None, costs)
            steps.append(_amount("platform costs", found.costs[1], found.rows))
        show(
            [
                Step(name=step.name, rows=step.rows, costs=(None, None, step.billed), is_apart=step.is_apart)
                for step in steps
            ]
        )
        for method in sorted(set(parts["allocated_method"].to_pylist())):
            how = f"{method or 'no rule'}: share = {_HOW.get(method, 'by its rule')}."
            st.caption(escaped(f"{how} The last digit goes to the largest remainder."))
    table_panel(
        "Shares", rows_caption(parts, 10**6, "parts"), parts, _share_columns(), key="shares", file_name=f"{name}-shares"
    )
    if trail.is_correction:
        changes = share_changes(parts.to_pylist(), was.to_pylist())
        _changes_panel("Shares that changed", changes, _SHARE_CHANGES, name)
        _billed_before(trail, name)
    if costs is not None:
        costs_panel(costs, name)
    else:
        st.caption("The reported costs of shared pools are nobody's own: analysts and finance see them.")


def agreed(trail: Trail, name: str) -> None:
    """Explain a fee, an allowance or a tier step by step; say what another kind of line is; lead to the usage."""
    line = trail.line or {}
    kind, month = line["line_kind"], str(trail.month)
    if trail.is_correction:
        st.info(NO_EVENTS, icon=":material/bookmark:")
        _billed_before(trail, name)
    elif kind in AGREED:
        _arithmetic(trail, month)
    elif kind in _WHAT:
        _reserved(trail, name)
    else:
        text = _WHAT.get(kind, f"A line of kind {kind.replace('_', ' ')}, which no charges sum to.")
        st.info(escaped(f"{text} {digits(line['amount'])} {settings().currency} exactly."), icon=":material/bookmark:")
    _beside(trail, month)


def corrected(trail: Trail, chosen: Trail, name: str) -> None:
    """Explain a correction of charges: what they are now, what had been billed, and the events between.

    ``chosen`` is one of its charges, or all of it.
    """
    now = charge_step(chosen, "charges now", is_apart=True)
    before = charge_step(chosen.was(), "billed before", is_apart=True)
    line = trail.line or {}
    with panel("Sums", f"What {trail.start:%B %Y} would bill now, less what it had billed before."):
        difference = difference_step(now, before, "now − before")
        steps = [*(line_step(trail) if chosen is trail else []), difference]
        if line["line_kind"] == "usage":
            with st.spinner("Comparing raw events"):
                events = chosen.changed_events(EVENTS)
            first = events.slice(0, 1).to_pylist()
            changed = first[0] if first else {"all_events": 0, "all_change": _NOTHING, "all_quantity": _NOTHING}
            billed = (None, None, changed["all_change"])
            steps.append(
                Step(
                    name="events that changed",
                    rows=changed["all_events"],
                    quantity=changed["all_quantity"],
                    costs=billed,
                )
            )
        show([*steps, now, before])
    if line["line_kind"] == "usage":
        held = counted(changed["all_events"], "event")
        caption = f"{held}; the largest {EVENTS} are shown." if changed["all_events"] > EVENTS else f"{held}."
        table_panel(
            "Events that changed", caption, events, _change_columns(), key="changed", file_name=f"{name}-changed"
        )
    else:
        sides = [one.costs(TRACED).to_pylist() for one in (chosen, chosen.was())]
        _changes_panel("Costs that changed", cost_changes(*sides), _COST_CHANGES, name)
        costs = chosen.costs(EVENTS)
        costs_panel(costs if costs.num_rows else chosen.was().costs(EVENTS), name)
    if chosen is trail:
        _billed_before(trail, name)


def _arithmetic(trail: Trail, month: str) -> None:
    line = trail.line or {}
    known = closed().get(trail.month)
    tariffs = once(f"tariffs/{month}/{known}", ("tariffs",), lambda: tariffs_in(store(), trail.month, known))
    try:
        parts = reckoned(line, lines_of(month), tariffs, settings().currency)
    except LookupError as error:
        st.warning(escaped(f"It cannot be reckoned again: {error.args[0]}."), icon=":material/rule:")
        return
    with panel("How it was reckoned", "Each step from the ones above it, cut where the invoice cuts."):
        show([_amount("line", line["amount"], 1), _amount("reckoned", parts[-1].value, None)], is_short=True)
        rows = [{"what": part.what, "value": part.value, "unit": part.unit, "how": part.how} for part in parts]
        st.dataframe(
            pa.Table.from_pylist(rows, schema=_PARTS),
            hide_index=True,
            key="reckoning",
            column_config={
                "what": st.column_config.TextColumn("Step", pinned=True),
                "value": st.column_config.NumberColumn("Value", format="%,.9f"),
                "unit": "Unit",
                "how": st.column_config.TextColumn("How", width="large"),
            },
        )
        if note := next((one["footnote"] for one in tariffs if one["tariff_id"] == line["allocation_rule_id"]), ""):
            st.caption(escaped(note))


def _reserved(trail: Trail, name: str) -> None:
    """Explain a line of reserved capacity hour by hour: its part of what was committed, and what it is instead of."""
    line = trail.line or {}
    read = ("charges", "commitments", "invoices")
    rows = once(f"reserved/{line['line_id']}/{trail.at}", read, lambda: hours_of(store(), line, at=trail.at))
    cost = sum((row["cost"] for row in rows), _NOTHING)
    instead = sum((row["instead"] for row in rows), _NOTHING)
    has_markup = bool(line["markup_rule_id"])
    with panel("How it came about", _WHAT[line["line_kind"]]):
        hours = Step(
            name="hours",
            rows=len(rows),
            events=sum(row["event_count"] for row in rows),
            quantity=sum((row["quantity"] for row in rows), _NOTHING),
            costs=(
                None,
                cost + sum((row["effective_off"] for row in rows), _NOTHING),
                None if has_markup else cost - instead,
            ),
        )
        show([*line_step(trail), hours])
        of = f"{settings().currency}{', with the markup of the usage on the cost' if has_markup else ''}"
        st.markdown(f"cost **{escaped(digits(cost))}** − instead of **{escaped(digits(instead))}** {of}")
        st.caption("Of each hour: its cost × of this line ÷ committed. The last digit goes to the largest remainder.")
    held = pa.Table.from_pylist([{key: row[key] for key in _HOURS.names} for row in rows], schema=_HOURS)
    caption = rows_caption(held, 10**6, "hours")
    table_panel("Hours", caption, held, _hour_columns(), key="hours", file_name=f"{name}-hours")


def _beside(trail: Trail, month: str) -> None:
    """Lead to the usage line that it takes something off, or to the usage of its app."""
    line = trail.line or {}
    own = usage_of(line, lines_of(month)) if line["line_kind"] in ("allowance", "tier", "commitment") else None
    with st.container(horizontal=True):
        if own is not None:
            st.button(
                "The usage line", on_click=trace_instead(own["line_id"]), icon=":material/receipt_long:", key="to-usage"
            )
        if line["app_id"]:
            label = f"Usage of {line['app_id']}"
            st.button(label, on_click=trace_instead(line["app_id"]), icon=":material/apps:", key="to-app")


def _billed_before(trail: Trail, name: str) -> None:
    """List what had been billed for the month before, and what is billed now by that."""
    line = trail.line or {}
    rows = billed_lines(line)
    before = sum((row["amount"] for row in rows), _NOTHING)
    with panel("Billed so far", "Corrections bill the difference: what the month bills now, less every line before."):
        st.markdown(
            f"would bill now **{escaped(digits(before + line['amount']))}** − billed before "
            f"**{escaped(digits(before))}** = this line **{escaped(digits(line['amount']))}** {settings().currency}"
        )
        names = ("billing_period", "invoice_id", "line_id", "amount", "event_count")
        if not rows:
            st.caption("No line of this app, price and rule had been billed for that month before.")
            return
        st.dataframe(
            [{key: row[key] for key in names} for row in rows],
            hide_index=True,
            key=f"before/{name}",
            column_config={
                "billing_period": "Month",
                "invoice_id": "Invoice",
                "line_id": "Line",
                "amount": money("Amount"),
                "event_count": counts("Events"),
            },
        )


def _corrected_shares(parts: pa.Table, was: pa.Table) -> list[Step]:
    now, before = _sum(parts, "effective_cost"), _sum(was, "effective_cost")
    return [
        _amount("now − before", now - before, None),
        _amount("shares now", now, parts.num_rows, is_apart=True),
        _amount("shares billed before", before, was.num_rows, is_apart=True),
    ]


def _changes_panel(title: str, changes: list[dict[str, Any]], schema: pa.Schema, name: str) -> None:
    rows = pa.Table.from_pylist(changes, schema=schema)
    change = _sum(rows, "change")
    caption = f"{rows_caption(rows, 10**6, 'parts')} They sum to {digits(change)} {settings().currency}."
    columns = {key: kind for key, kind in _changed_columns().items() if key in schema.names}
    table_panel(title, escaped(caption), rows, columns, key="changed", file_name=f"{name}-changed")


def _amount(name: str, amount: Decimal | None, rows: int | None, *, is_apart: bool = False) -> Step:
    return Step(name=name, rows=rows, costs=(None, None, amount), is_apart=is_apart)


def _sum(rows: pa.Table, column: str) -> Decimal:
    return sum((value for value in rows[column].to_pylist() if value is not None), _NOTHING)


def _share_columns() -> dict[str, Any]:
    return {
        "charge_period_start": moment("From (UTC)"),
        "charge_period_end": moment("To (UTC)"),
        "cost_type": "Shared cost",
        "pool": money("Pool"),
        "allocated_method": "Method",
        "allocated_basis": "By",
        "allocated_quantity": st.column_config.NumberColumn("Of this app", format="%,.6f"),
        "whole_quantity": st.column_config.NumberColumn("Of all apps", format="%,.6f"),
        "bearers": counts("Apps"),
        "allocated_ratio": share("Share"),
        "effective_cost": st.column_config.NumberColumn("Amount", format="%,.9f"),
        "allocated_method_id": "Rule",
    }


def _hour_columns() -> dict[str, Any]:
    return {
        "hour": moment("Hour (UTC)"),
        "committed": counts("Committed"),
        "covered": counts("Used by all"),
        "quantity": st.column_config.NumberColumn("Of this line", format="%,.6f"),
        "hour_cost": money("Cost of the hour"),
        "cost": st.column_config.NumberColumn("Cost of this line", format="%,.9f"),
        "instead": st.column_config.NumberColumn("Instead of", format="%,.9f"),
    }


def _change_columns() -> dict[str, Any]:
    return {
        "time": moment("Time (UTC)"),
        "source": "Source",
        "event_id": "Event",
        "meter": "Meter",
        "why": "Why",
        "change": st.column_config.NumberColumn("Change", format="%,.9f"),
        "cost_before": st.column_config.NumberColumn("Billed before", format="%,.9f"),
        "cost_now": st.column_config.NumberColumn("Now", format="%,.9f"),
        "quantity_change": counts("Quantity"),
        "resource_id": "Resource",
        "sku_id": "SKU",
        "received_at": moment("Received (UTC)"),
    }


def _changed_columns() -> dict[str, Any]:
    return {
        "charge_period_start": moment("From (UTC)"),
        "charge_period_end": moment("To (UTC)"),
        "time": moment("Time (UTC)"),
        "source": "Source",
        "event_id": "Event",
        "cost_type": "Shared cost",
        "sku_id": "SKU",
        "why": st.column_config.TextColumn("Why", width="large"),
        "change": st.column_config.NumberColumn("Change", format="%,.9f"),
        "cost_before": st.column_config.NumberColumn("Billed before", format="%,.9f"),
        "cost_now": st.column_config.NumberColumn("Now", format="%,.9f"),
        "pool_before": money("Pool before"),
        "pool_now": money("Pool now"),
    }


_PARTS = pa.schema(
    [("what", pa.string()), ("value", pa.decimal256(76, 21)), ("unit", pa.string()), ("how", pa.string())]
)
_MONEY, _QUANTITY = pa.decimal256(76, 21), pa.decimal128(38, 9)
_CHANGED = [("why", pa.string()), *((name, _MONEY) for name in ("change", "cost_before", "cost_now"))]
_SHARE_CHANGES = pa.schema(
    [
        *((name, pa.timestamp("s", "UTC")) for name in ("charge_period_start", "charge_period_end")),
        ("cost_type", pa.string()),
        *_CHANGED,
        *((name, _MONEY) for name in ("pool_before", "pool_now")),
    ]
)
_COST_CHANGES = pa.schema(
    [
        ("time", pa.timestamp("ms", "UTC")),
        *((name, pa.string()) for name in ("source", "event_id", "sku_id")),
        *_CHANGED,
    ]
)
_HOURS = pa.schema(
    [
        ("hour", pa.timestamp("s", "UTC")),
        *((name, _QUANTITY) for name in ("committed", "covered", "quantity")),
        *((name, _MONEY) for name in ("hour_cost", "cost", "instead")),
    ]
)
