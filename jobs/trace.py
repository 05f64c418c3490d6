"""What is behind an id: invoice, line, charges, raw events, with the sums of each step beside each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from billing.changes import NO_EVENTS, cost_changes, share_changes
from billing.commitments import RESERVED, hours_of
from billing.invoice import from_json
from billing.issue import find
from billing.period import Period, period_of
from billing.period_lines import closings, period_lines
from billing.reckoning import AGREED, reckoned, tariffs_in
from config.settings import settings
from jobs.behind import changes_behind, costs_behind, usage_behind
from jobs.trace_subject import MOST, Step, Subject, step
from queries.event_places import event_places
from queries.traced import CHARGED, pool_names
from warehouse.connect import Store
from warehouse.tables import table

_LINE_ID = re.compile("[0-9A-F]{32}")
_CHARGE = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2})\|([^|]*)\|(.+)")
_NOTHING = Decimal(0)
_ALL = 1_000_000  # platform costs of a line: all of them
_TOLD = ("time", "source", "event_id", "meter", "quantity", "list_cost", "effective_cost", "billed_cost")
_COSTS = ("time", "source", "event_id", "sku_id", "list_cost", "effective_cost", "billed_cost")
_CHANGES = ("time", "source", "event_id", "meter", "why", "cost_before", "cost_now", "change")


def trace(store: Store, name: str, *, prices_as_of: str | None = None, allocation: str | None = None) -> list[Step]:
    """Return the steps from an id down: invoice or number, line, charge, event (or source/event), app or resource.

    ``prices_as_of`` and ``allocation`` add what it would cost under the price book of a moment, or bear under another
    rule; nothing stored is touched.

    Raises:
        KeyError: nothing of that name is known.
        ValueError: a moment or a rule cannot be read, or does not fit what is traced.

    """
    steps, subject = _found(store, name)
    if subject is None:
        if prices_as_of or allocation:
            raise ValueError(f"{name} is an invoice: ask what if of a line, an app, a resource or a charge")
        return steps
    steps += subject.happened()
    if prices_as_of:
        steps.append(subject.repriced(prices_as_of))
    if allocation:
        steps.append(subject.borne_under(allocation))
    return steps


def _found(store: Store, name: str) -> tuple[list[Step], Subject | None]:
    if _LINE_ID.fullmatch(name):
        line, lines = _line(store, name)
        subject = Subject.of_line(store, line)
        return _of_line(store, subject, lines), subject
    if store.scalar(
        "SELECT count() FROM invoices WHERE number = {name:String} OR invoice_id = {name:String}", {"name": name}
    ):
        return _of_invoice(store, name), None
    if charge := _CHARGE.fullmatch(name):
        subject = Subject.of_hour(store, charge[1], {"resource_id": [charge[2]], "sku_id": [charge[3]]})
        if (charges := subject.charges()).events:
            return [charges, *_events(store, subject, charges)], subject
    places = store.rows(event_places(table("usage"), table("platform_costs"), event=name))
    if places:
        return _of_event(store, name, places)
    for column in ("app_id", "resource_id"):
        if steps := _of_owner(store, column, name):
            return steps, Subject.of_latest_month(store, {column: [name]})
    if _LINE_ID.fullmatch(name.upper()):  # typed in lower case; so are the ids of many events, which come first
        with suppress(KeyError):
            return _found(store, name.upper())
    raise KeyError(
        f"nothing is known as {name!r}: no invoice, line, charge, event, app or resource of that id; "
        "farthing quarantine list shows events that were not taken"
    )


def _of_invoice(store: Store, name: str) -> list[Step]:
    invoice = find(store, name)
    lines = from_json(invoice.document)["lines"]
    total = sum((Decimal(line["amount"]) for line in lines), _NOTHING)
    shown = [
        {key: line[key] for key in ("line_id", "line_kind", "app_id", "sku_id", "quantity", "amount")} for line in lines
    ]
    return [
        step("invoice", f"{invoice.number}, {invoice.cost_center}, {invoice.billing_period:%Y-%m}", invoice.total),
        step("lines", f"{len(lines)} lines", total, agrees=total == invoice.total, rows=shown),
    ]


def _of_line(store: Store, subject: Subject, lines: Sequence[Mapping[str, Any]]) -> list[Step]:
    line = subject.line or {}
    said = f"{line['line_kind']} {line['app_id']} {line['sku_id']} in {line['invoice_id']}"
    top = step("line", said, line["amount"], line["quantity"], line["event_count"])
    kind = line["line_kind"]
    if kind == "allocated":
        return [top, *_of_shares(store, subject)]
    if kind not in CHARGED:
        if kind in AGREED and not line["corrects_period"]:
            return [top, _reckoned(store, subject, lines)]
        if kind in RESERVED and not line["corrects_period"]:
            return [top, _of_hours(store, subject)]
        return [top, step("events", NO_EVENTS), *_billed_before(store, subject)] if line["corrects_period"] else [top]
    if subject.before is not None:
        return [top, *_of_correction(store, subject), *_billed_before(store, subject)]
    charges = subject.charges()
    told = (charges.amount, charges.quantity, charges.events)
    charges = charges.compared(told == (line["amount"], line["quantity"], line["event_count"]))
    return [top, charges, *_events(store, subject, charges)]


def _events(store: Store, subject: Subject, charges: Step) -> list[Step]:
    """The raw events of charges: what they cost, all together, beside the charges."""
    usage = usage_behind(store, at=subject.at, limit=MOST, event=subject.event, **subject.options).to_pylist()
    costs = costs_behind(store, at=subject.at, limit=MOST, event=subject.event, **subject.options).to_pylist()
    first = [rows[0] for rows in (usage, costs) if rows]
    amount = sum((row["all_billed_cost"] for row in first), _NOTHING)
    events = sum(row["all_events"] for row in first)
    # Tokens and seconds have no sum.
    quantity = usage[0]["all_quantity"] if usage and charges.quantity is not None else None
    rows = [_only(row, _TOLD) for row in usage] or [_only(row, _COSTS) for row in costs]
    agrees = None if subject.event else (amount, events) == (charges.amount, charges.events)
    return [step("events", f"{events} raw events; the costliest {len(rows)}", amount, quantity, events, agrees, rows)]


def _of_correction(store: Store, subject: Subject) -> list[Step]:
    """A correction of charges: what they are now, less what had been billed, and the events between."""
    line, was = subject.line or {}, subject.was()
    now, before = subject.charges(), was.charges()
    amount, events = (now.amount or _NOTHING) - (before.amount or _NOTHING), now.events - before.events
    said = f"{now.amount:f} now, {before.amount:f} billed before"
    found = [step("charges", said, amount, None, events, (amount, events) == (line["amount"], line["event_count"]))]
    if line["line_kind"] != "usage":
        sides = [costs_behind(store, at=one.at, limit=_ALL, **one.options).to_pylist() for one in (subject, was)]
        return [*found, _changes(cost_changes(*sides), "platform costs", line)]
    rows = changes_behind(store, at=subject.at, before=was.at, limit=MOST, **subject.options).to_pylist()
    changed = rows[0]["all_change"] if rows else _NOTHING
    count, shown = rows[0]["all_events"] if rows else 0, [_only(row, _CHANGES) for row in rows]
    said = f"{count} events that came late, changed their owner or their price"
    return [*found, step("changes", said, changed, None, count, changed == amount, shown)]


def _of_shares(store: Store, subject: Subject) -> list[Step]:
    """A share of a platform cost: its parts with their arithmetic, the pools, and what was reported of these."""
    line = subject.line or {}
    parts = store.rows(subject.shares())
    amount = _sum(parts, "effective_cost")
    if subject.before is not None:
        was = store.rows(subject.was().shares())
        before = _sum(was, "effective_cost")
        said = f"{amount:f} now, {before:f} billed before"
        found = [step("shares", said, amount - before, agrees=amount - before == line["amount"], rows=parts[:MOST])]
        found.append(_changes(share_changes(parts, was), "shares", line))
    else:
        found = [step("shares", f"{len(parts)} parts", amount, agrees=amount == line["amount"], rows=parts[:MOST])]
    pools = _sum(parts, "pool")
    of_pools = {**subject.options, "line": {**subject.options["line"], "pools": pool_names(parts)}}
    costs = costs_behind(store, at=subject.at, limit=MOST, **of_pools).to_pylist()
    reported = costs[0]["all_effective_cost"] if costs else _NOTHING
    count, shown = costs[0]["all_events"] if costs else 0, [_only(row, _COSTS) for row in costs]
    return [
        *found,
        step("pools", "the shared costs that they are parts of", pools),
        step("events", f"{count} platform costs as reported", reported, None, count, reported == pools, shown),
    ]


def _changes(rows: Sequence[Mapping[str, Any]], of: str, line: Mapping[str, Any]) -> Step:
    """The parts of a correction that are another amount than before, summing to it."""
    amount = _sum(rows, "change")
    said = f"{len(rows)} {of} that are another amount than was billed; the largest {min(len(rows), MOST)}"
    return step("changes", said, amount, agrees=amount == line["amount"], rows=rows[:MOST])


def _reckoned(store: Store, subject: Subject, lines: Sequence[Mapping[str, Any]]) -> Step:
    line = subject.line or {}
    tariffs = tariffs_in(store, period_of(line["billing_period"]), subject.at)
    parts = reckoned(line, lines, tariffs, settings().currency)
    rows = [{"step": part.what, "value": part.value, "unit": part.unit, "how": part.how} for part in parts]
    return step("reckoned", "step by step", parts[-1].value, agrees=parts[-1].value == line["amount"], rows=rows)


def _of_hours(store: Store, subject: Subject) -> Step:
    """A line of reserved capacity: hour by hour its part of the cost, and what it is instead of."""
    line = subject.line or {}
    hours = hours_of(store, line, at=subject.at)
    effective = _sum(hours, "cost") + _sum(hours, "effective_off")
    quantity, events = _sum(hours, "quantity"), sum(int(hour["event_count"]) for hour in hours)
    said = f"{len(hours)} hours: cost {_sum(hours, 'cost'):f} instead of {_sum(hours, 'instead'):f}"
    said += f", with the markup {line['markup_rule_id']} on the cost" if line["markup_rule_id"] else ""
    agrees = (effective, quantity, events) == (line["effective_cost"], line["quantity"], line["event_count"])
    return step("hours", said, line["amount"] if agrees else effective, quantity, events, agrees, hours[:MOST])


def _billed_before(store: Store, subject: Subject) -> list[Step]:
    line = subject.line or {}
    rows = store.rows(
        "SELECT billing_period, invoice_id, line_id, amount FROM invoice_lines WHERE line_key = {key:String} "
        "AND coalesce(corrects_period, billing_period) = {month:Date} AND billing_period < {billed:Date} "
        "ORDER BY billing_period, line_id",
        {"key": line["line_key"], "month": line["corrects_period"], "billed": line["billing_period"]},
    )
    before = _sum(rows, "amount")
    said = f"{len(rows)} lines had billed {before:f} for that month; with this one it is {before + line['amount']:f}"
    return [step("before", said, before, rows=rows)]


def _of_event(store: Store, name: str, places: Sequence[Mapping[str, Any]]) -> tuple[list[Step], Subject | None]:
    steps: list[Step] = []
    subject: Subject | None = None
    for place in places:
        where = {"resource_id": [place["resource_id"]], "sku_id": [place["sku_id"]]}
        found = Subject.of_hour(store, f"{place['hour']:%Y-%m-%dT%H}", where, event=name)
        charges = found.charges(f"its charges of {place['hour']:%Y-%m-%d %H:00}: {place['sku_id']}")
        steps += [*_events(store, found, charges), charges]
        subject = subject or found
    return steps, subject


def _of_owner(store: Store, column: str, name: str) -> list[Step]:
    rows = store.rows(
        "SELECT toStartOfMonth(charge_date) AS month, cost_center, sku_id, sum(consumed_quantity) AS quantity, "
        "sum(billed_cost) AS amount, toInt64(sum(event_count)) AS events FROM charges "
        f"WHERE {column} = {{name:String}} AND billing_currency = {{currency:String}} "
        "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        {"name": name, "currency": settings().currency},
    )
    if not rows:
        return []
    steps = [step("charges", f"{column} {name}", _sum(rows, "amount"), events=_sum_events(rows), rows=rows)]
    if column == "app_id":
        lines = store.rows(
            "SELECT invoice_id, line_id, line_kind, sku_id, quantity, amount, event_count FROM invoice_lines "
            "WHERE app_id = {name:String} ORDER BY billing_period, line_id",
            {"name": name},
        )
        steps.append(step("lines", f"{len(lines)} lines of closed months", _sum(lines, "amount"), rows=lines))
    return steps


def _line(store: Store, line_id: str) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
    """Return a line and all lines of its month."""
    closed = closings(store)
    if rows := store.rows("SELECT * FROM invoice_lines WHERE line_id = {id:String}", {"id": line_id}):
        return rows[0], period_lines(store, Period(rows[0]["billing_period"]))
    months = store.rows("SELECT DISTINCT toStartOfMonth(charge_date) AS month FROM charges ORDER BY month DESC")
    for row in months:
        if Period(row["month"]) not in closed:
            lines = period_lines(store, Period(row["month"]))
            for line in lines:
                if line["line_id"] == line_id:
                    return line, lines
    raise KeyError(f"no line {line_id}, neither billed nor in a draft")


def _only(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _sum(rows: Sequence[Mapping[str, Any]], name: str) -> Decimal:
    return sum((row[name] for row in rows if row[name] is not None), _NOTHING)


def _sum_events(rows: Sequence[Mapping[str, Any]]) -> int:
    return sum(int(row["events"]) for row in rows)
