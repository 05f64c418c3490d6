"""What is behind an id: invoice, line, charges, raw events, with the sums of each step beside each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from billing.invoice import from_json
from billing.issue import find
from billing.period import Period, period_of
from billing.period_lines import period_lines
from config.settings import settings
from queries.trace_charge_events import trace_charge_events
from warehouse.connect import Store
from warehouse.known import instant_sql, known_sql, stored_sql
from warehouse.tables import table, to_sql

MOST = 20
_KNOWN = ("leases", "ownerships", "apps", "teams", "environments", "prices")
_OF_CHARGE = (
    "cost_center", "team_id", "app_id", "environment", "sku_id", "meter", "service_name", "sku_price_id",
    "pricing_block", "pricing_unit", "discount_rule_id", "markup_rule_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step down. ``agrees`` says whether its sum is that of the step above; None where nothing stands above."""

    name: str
    said: str
    amount: Decimal | None
    quantity: Decimal | None
    events: int
    agrees: bool | None
    rows: tuple[Mapping[str, Any], ...]


def trace(store: Store, name: str) -> list[Step]:
    """Return the steps from an id down: invoice or number, line, event, app or resource.

    Raises:
        KeyError: nothing of that name is known.

    """
    if re.fullmatch("[0-9A-F]{32}", name):
        return _of_line(store, _line(store, name))
    if store.scalar(
        "SELECT count() FROM invoices WHERE number = {name:String} OR invoice_id = {name:String}", {"name": name}
    ):
        return _of_invoice(store, name)
    if events := _events_named(store, name):
        return _of_event(store, name, events)
    for column in ("app_id", "resource_id"):
        if steps := _of_owner(store, column, name):
            return steps
    raise KeyError(f"nothing is known as {name!r}: no invoice, line, event, app or resource of that id")


def _of_invoice(store: Store, name: str) -> list[Step]:
    invoice = find(store, name)
    lines = from_json(invoice.document)["lines"]
    total = sum((Decimal(line["amount"]) for line in lines), Decimal(0))
    shown = [
        {key: line[key] for key in ("line_id", "line_kind", "app_id", "sku_id", "quantity", "amount")} for line in lines
    ]
    return [
        _step("invoice", f"{invoice.number}, {invoice.cost_center}, {invoice.billing_period:%Y-%m}", invoice.total),
        _step("lines", f"{len(lines)} lines", total, agrees=total == invoice.total, rows=shown),
    ]


def _of_line(store: Store, line: Mapping[str, Any]) -> list[Step]:
    month = period_of(line["corrects_period"] or line["billing_period"])
    said = f"{line['line_kind']} {line['app_id']} {line['sku_id']} in {line['invoice_id']}"
    steps = [_step("line", said, line["amount"], line["quantity"], line["event_count"])]
    if line["line_kind"] not in ("usage", "direct", "allocated"):
        return steps
    newer, older, at = _generations(store, line)
    condition, parameters = _condition(line, month)
    signed = f"(SELECT *, 1 AS sign FROM {newer}" + (f" UNION ALL SELECT *, -1 AS sign FROM {older})" if older else ")")
    sums = store.rows(
        "SELECT sum(billed_cost * sign) AS amount, sum(consumed_quantity * sign) AS quantity, "
        f"toInt64(sum(toInt64(event_count) * sign)) AS events, count() AS charges FROM {signed} WHERE {condition}",
        parameters,
    )[0]
    rows = store.rows(
        "SELECT charge_period_start, resource_id, attribution_rule, sign, consumed_quantity, billed_cost, event_count "
        f"FROM {signed} WHERE {condition} ORDER BY abs(billed_cost) DESC, charge_period_start, resource_id "
        f"LIMIT {MOST}",
        parameters,
    )
    if line["line_kind"] == "allocated":
        text = f"the pool it is a share of, {sums['charges']} charges"
        return [*steps, _step("charges", text, sums["amount"], None, sums["events"], rows=rows)]
    agrees = (sums["amount"], sums["quantity"], sums["events"]) == (
        line["amount"],
        line["quantity"],
        line["event_count"],
    )
    steps.append(
        _step("charges", f"{sums['charges']} charges", sums["amount"], sums["quantity"], sums["events"], agrees, rows)
    )
    if line["line_kind"] == "usage" and not older:
        steps.append(_usage_events(store, line, month, newer, at))
    return steps


def _usage_events(store: Store, line: Mapping[str, Any], month: Period, charges: str, at: datetime | None) -> Step:
    names = ("cost_center", "team_id", "app_id", "environment", "sku_id")
    tables = ("usage", "charges", *_KNOWN)
    asked = trace_charge_events(
        *(table(name) for name in tables),
        start=month.start,
        end=month.end,
        where={name: [line[name]] for name in names},
        limit=2**31,
    )
    known = [f"charges AS (SELECT * FROM {charges})"]
    if at is not None:
        known += [f"usage AS (SELECT * FROM usage_events FINAL WHERE {stored_sql(at)})"]
        known += [f"{name} AS (SELECT * FROM {known_sql(name, at)})" for name in _KNOWN]
    events = (
        f"(WITH {', '.join(known)} SELECT * FROM ({to_sql(asked)}) WHERE sku_price_id = {{sku_price_id:String}} "
        "AND (attribution_rule = 'default') = {is_default:Bool})"
    )
    parameters = {"sku_price_id": line["sku_price_id"], "is_default": bool(line["attribution_rule_is_default"])}
    sums = store.rows(
        f"SELECT sum(list_cost) AS list_cost, sum(quantity) AS quantity, count() AS events FROM {events}", parameters
    )[0]
    columns = "time, source, event_id, meter, quantity, resource_id, attribution_rule, list_unit_price, list_cost"
    rows = store.rows(
        f"SELECT {columns} FROM {events} ORDER BY list_cost DESC, quantity DESC, time, event_id LIMIT {MOST}",
        parameters,
    )
    agrees = (sums["quantity"], sums["events"]) == (line["quantity"], line["event_count"])
    text = f"{sums['events']} raw events, list cost {sums['list_cost']:f}; the largest {len(rows)}"
    return _step("events", text, None, sums["quantity"], sums["events"], agrees, rows)


def _generations(store: Store, line: Mapping[str, Any]) -> tuple[str, str, datetime | None]:
    """The charges a line was billed from, those it corrects, and when that was known; an open month's are today's."""
    closing = store.rows(
        "SELECT closed_at FROM closings WHERE billing_period = {period:Date} ORDER BY closed_at LIMIT 1",
        {"period": line["billing_period"]},
    )
    at = closing[0]["closed_at"] if closing else None
    newer = _pinned(f"closed_at <= {instant_sql(at)}") if at else "charges"
    if not line["corrects_period"]:
        return newer, "", at
    return newer, _pinned(f"closed_at < {instant_sql(at)}" if at else "1"), at


def _pinned(condition: str) -> str:
    return (
        "(SELECT * FROM rated_charges WHERE (charge_date, generation) IN (SELECT charge_date, "
        f"argMax(generation, closed_at) FROM period_closings WHERE {condition} GROUP BY charge_date))"
    )


def _condition(line: Mapping[str, Any], month: Period) -> tuple[str, dict[str, Any]]:
    parameters: dict[str, Any] = {"first": month.first, "last": month.next.first, "currency": settings().currency}
    conditions = ["charge_date >= {first:Date}", "charge_date < {last:Date}", "billing_currency = {currency:String}"]
    if line["line_kind"] == "allocated":
        parameters["sku_id"] = line["sku_id"]
        return " AND ".join([*conditions, "sku_id = {sku_id:String}", "app_id = ''"]), parameters
    conditions.append("pricing_status = 'priced'")
    for name in _OF_CHARGE:
        parameters[name] = line[name]
        conditions.append(f"{name} = {{{name}:{'UInt64' if name == 'pricing_block' else 'String'}}}")
    parameters |= {"is_default": bool(line["attribution_rule_is_default"]), "price": str(line["list_unit_price"] or "")}
    conditions.append("(attribution_rule = 'default') = {is_default:Bool}")
    conditions.append("ifNull(list_unit_price, 0) = toDecimal128OrZero({price:String}, 12)")
    return " AND ".join(conditions), parameters


def _line(store: Store, line_id: str) -> Mapping[str, Any]:
    if rows := store.rows("SELECT * FROM invoice_lines WHERE line_id = {id:String}", {"id": line_id}):
        return rows[0]
    months = store.rows(
        "SELECT DISTINCT toStartOfMonth(charge_date) AS month FROM charges WHERE toStartOfMonth(charge_date) NOT IN "
        "(SELECT billing_period FROM closings) ORDER BY month DESC"
    )
    for row in months:
        for line in period_lines(store, Period(row["month"])):
            if line["line_id"] == line_id:
                return line
    raise KeyError(f"no line {line_id}, neither billed nor in a draft")


def _events_named(store: Store, name: str) -> list[dict[str, Any]]:
    return store.rows(
        "SELECT * FROM (SELECT time, source, event_id, toString(meter) AS meter, toString(resource_id) AS resource_id, "
        "toString(sku_id) AS sku_id, quantity, received_at FROM usage WHERE event_id = {name:String} UNION ALL "
        "SELECT time, source, event_id, 'platform_cost', resource_id, concat('platform_cost/', cost_type), "
        "toDecimal128(0, 9), received_at FROM platform_costs WHERE event_id = {name:String}) "
        "ORDER BY time, source, meter LIMIT 100",
        {"name": name},
    )


def _of_event(store: Store, name: str, events: Sequence[Mapping[str, Any]]) -> list[Step]:
    charges = [
        charge
        for event in events
        for charge in store.rows(
            "SELECT charge_period_start, resource_id, app_id, team_id, cost_center, sku_id, attribution_rule, "
            "consumed_quantity, billed_cost, event_count FROM charges WHERE charge_date = {day:Date} "
            "AND charge_period_start = {hour:DateTime64(0)} AND resource_id = {resource:String} "
            "AND sku_id = {sku:String}",
            {
                "day": event["time"].date(),
                "hour": f"{event['time'].replace(minute=0, second=0, microsecond=0):%Y-%m-%d %H:%M:%S}"
                if event["meter"] != "platform_cost"
                else f"{event['time']:%Y-%m-%d %H:%M:%S}",
                "resource": event["resource_id"],
                "sku": event["sku_id"],
            },
        )
    ]
    return [
        _step("events", f"{len(events)} raw events of {name}", events=len(events), rows=events),
        _step("charges", f"the {len(charges)} charges of their hour, resource and SKU", rows=charges),
    ]


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
    amount = sum((row["amount"] or Decimal(0) for row in rows), Decimal(0))
    steps = [_step("charges", f"{column} {name}", amount, events=sum(row["events"] for row in rows), rows=rows)]
    if column == "app_id":
        lines = store.rows(
            "SELECT invoice_id, line_id, line_kind, sku_id, quantity, amount, event_count FROM invoice_lines "
            "WHERE app_id = {name:String} ORDER BY billing_period, line_id",
            {"name": name},
        )
        total = sum((line["amount"] for line in lines), Decimal(0))
        steps.append(_step("lines", f"{len(lines)} lines of closed months", total, rows=lines))
    return steps


def _step(
    name: str,
    said: str,
    amount: Decimal | None = None,
    quantity: Decimal | None = None,
    events: int = 0,
    agrees: bool | None = None,
    rows: Sequence[Mapping[str, Any]] = (),
) -> Step:
    return Step(name=name, said=said, amount=amount, quantity=quantity, events=events, agrees=agrees, rows=tuple(rows))
