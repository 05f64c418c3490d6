"""Attribution and rating once more, in plain Python decimals, from the domain contract alone.

Slow and simple on purpose: one event at a time, every history searched from end to end. What the engine charges must
agree with this to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import ROUND_DOWN, Context, Decimal, localcontext
from typing import Any

from config.meters import SKU_ATTRIBUTES, meters

EXACT = Context(prec=200)
MONEY = Decimal("1e-21")
DEFAULT_COST_CENTER = "cc-unattributed"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Sent:
    """One canonical event as it is sent, and why the door must refuse it ('' where it must not)."""

    event: dict[str, Any]
    reason: str = ""
    is_authenticated: bool = True

    @property
    def kind(self) -> str:
        return str(self.event.get("type", "usage"))


@dataclass
class Outcome:
    """What the door makes of what was sent."""

    facts: list[dict[str, Any]] = field(default_factory=list)
    received: int = 0
    duplicates: int = 0
    quarantined: int = 0


def judge(sent: Iterable[Sent]) -> Outcome:
    """Identity is (type, source, event_id, meter); the first payload stands; the time is no part of it."""
    outcome, payloads = Outcome(), {}
    for item in sent:
        for fact in _facts(item):
            outcome.received += 1
            identity = (item.kind, fact.get("source"), fact.get("event_id"), fact.get("meter", ""))
            payload = {name: value for name, value in fact.items() if name not in ("time", "is_authenticated")}
            if item.reason:
                outcome.quarantined += 1
            elif identity not in payloads:
                payloads[identity] = payload
                outcome.facts.append(fact)
            elif payloads[identity] == payload:
                outcome.duplicates += 1
            else:
                outcome.quarantined += 1
    return outcome


def charges_of(facts: Iterable[Row], histories: Mapping[str, Sequence[Row]], currency: str = "USD") -> list[dict]:
    """Return the charges of accepted facts: one dictionary a charge, in no order."""
    groups: dict[tuple, list[Row]] = {}
    for fact in facts:
        owned = {**fact, **owner_of(fact, histories)}
        key = _usage_key(owned, histories) if fact["kind"] == "usage" else _cost_key(owned)
        groups.setdefault(tuple(sorted(key.items(), key=lambda item: item[0])), []).append(owned)
    return [
        _usage_charge(dict(key), rows, currency) if "sku_id" in dict(key) else _cost_charge(dict(key), rows)
        for key, rows in groups.items()
    ]


def owner_of(fact: Row, histories: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """Return who owns a fact at its own time: tag, lease, resource owner, environment, default."""
    at = fact["time"]
    tag = in_force(histories["apps"], at, app_id=fact["app_id"]) if fact["is_authenticated"] else None
    lease = in_force(histories["leases"], at, lease_id=fact["lease_id"])
    holder = in_force(histories["ownerships"], at, resource_id=fact["resource_id"])
    override = in_force(histories["environments"], at, environment=fact["environment"])
    own: Row = {}
    if tag:
        rule, app_id = "app_tag", fact["app_id"]
    elif (
        lease
        and fact["is_authenticated"]
        and (not fact["resource_id"] or lease["resource_id"] in ("", fact["resource_id"]))
    ):
        rule, app_id = "lease", lease["app_id"]
    elif holder:
        rule, app_id, own = "resource_owner", holder["app_id"], holder
    else:
        rule, app_id = ("environment" if override else "default"), ""
    app = in_force(histories["apps"], at, app_id=app_id) or {}
    team = in_force(histories["teams"], at, team_id=app.get("team_id", "")) or {}
    booked = app.get("cost_center") or (team.get("cost_center") if app else "") or own.get("cost_center")
    if rule == "environment":
        booked = override["cost_center"]
    return {
        "attribution_rule": rule,
        "app_id": app_id,
        "team_id": app.get("team_id") or own.get("team_id") or "",
        "cost_center": booked or DEFAULT_COST_CENTER,
        "environment": fact["environment"] or app.get("environment") or own.get("environment") or "",
        "lifecycle": app.get("lifecycle") or own.get("lifecycle") or "",
        "is_reconciled": rule == "resource_owner" and bool(own["evidence"]),
    }


def in_force(history: Sequence[Row], at: datetime, **key: str) -> Row | None:
    """Return the row of a key in force at an instant: half-open, at most one."""
    ((name, value),) = key.items()
    if not value:
        return None
    rows = [row for row in history if row[name] == value and row["valid_from"] <= at < row["valid_to"]]
    assert len(rows) <= 1, f"two rows of {key} at {at}"
    return rows[0] if rows else None


def _facts(item: Sent) -> list[dict[str, Any]]:
    """Return the rows of an event, with canonical values."""
    event = item.event
    common = {
        "kind": item.kind,
        "is_authenticated": item.is_authenticated,
        **{name: event.get(name, "") for name in ("source", "event_id", "resource_id", "app_id", "environment")},
        "lease_id": event.get("lease_id", ""),
    }
    if item.kind == "platform_cost":
        names = ("cost_type", "provider", "service_name", "region", "currency", "attributes")
        costs = ("list_cost", "contracted_cost", "effective_cost", "billed_cost")
        return [
            {
                **common,
                **{name: event.get(name, "") for name in names},
                **{name: _number(event.get(name) or event.get("amount")) for name in costs},
                "charge_category": event.get("charge_category") or "Usage",
                "time": _instant(event["period_start"]),
                "period_end": _instant(event["period_end"]),
            }
        ]
    named = event.get("quantities") or {event.get("meter", ""): event.get("quantity", "")}
    put_in = ("input_tokens", "cache_read_tokens", "cache_write_tokens")
    buckets = (_canonical(meter, named[meter], event.get("unit", "")) for meter in put_in if meter in named)
    call = int(sum(bucket for bucket in buckets if bucket is not None and bucket.is_finite()))
    return [
        {
            **common,
            "meter": meter,
            "quantity": _canonical(meter, quantity, event.get("unit", "")),
            **{name: event.get(name, "") for name in SKU_ATTRIBUTES},
            "is_spot": bool(event.get("is_spot")),
            "is_estimated": bool(event.get("is_estimated")),
            "call_input_tokens": int(event.get("call_input_tokens", call)),
            "time": _instant(event.get("time")),
        }
        for meter, quantity in named.items()
        if "quantities" not in event or Decimal(quantity) != 0
    ]


def _canonical(meter: str, quantity: Any, unit: str) -> Decimal | None:
    number = _number(quantity)
    known = meters().get(meter)
    if number is None or known is None or (unit or known.unit) not in known.factors:
        return None
    return EXACT.multiply(number, known.factors[unit or known.unit])


def _number(text: Any) -> Decimal | None:
    try:
        return Decimal(str(text))
    except ArithmeticError:
        return None


def _instant(text: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(text).astimezone(UTC)
    except (TypeError, ValueError):
        return None
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _usage_key(fact: Row, histories: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    meter = meters()[fact["meter"]]
    sku = "/".join([meter.name, *(fact[name] for name in meter.sku_by if fact[name])])
    price = in_force(histories["prices"], fact["time"], sku_id=sku)
    unit_price, price_id = (price["list_unit_price"], price["sku_price_id"]) if price else (None, "")
    for start, tier_price in zip(price["tier_starts"], price["tier_unit_prices"], strict=True) if price else ():
        if fact["call_input_tokens"] > start:
            unit_price, price_id = tier_price, f"{price['sku_price_id']}>{start}"
    facts = {**fact, "pricing_category": "Dynamic" if fact["is_spot"] else "Standard"}
    names = (
        "resource_id app_id team_id cost_center environment lifecycle attribution_rule is_reconciled is_estimated "
        "pricing_category meter"
    )
    return {
        **{name: facts[name] for name in names.split()},
        **{name: facts[name] if name in meter.sku_by else "" for name in SKU_ATTRIBUTES},
        "charge_period_start": fact["time"].replace(minute=0, second=0, microsecond=0),
        "sku_id": sku,
        "sku_price_id": price_id,
        "list_unit_price": unit_price,
        "pricing_block": price["pricing_block"] if price else 0,
        "discount": _rule(facts, histories, "discount"),
        "markup": _rule(facts, histories, "markup"),
    }


def _rule(fact: Row, histories: Mapping[str, Sequence[Row]], kind: str) -> tuple[str, Decimal]:
    scopes = ("lifecycle", "pricing_category", "meter", "cost_center", "app_id")
    for row in sorted(histories["rate_rules"], key=lambda row: (row["rule_id"], row["valid_from"])):
        holds = row["kind"] == kind and row["valid_from"] <= fact["time"] < row["valid_to"]
        if holds and all(row[name] in ("", fact[name]) for name in scopes):
            return row["rule_id"], row["rate"]
    return "", Decimal(0)


def _usage_charge(key: dict[str, Any], rows: Sequence[Row], currency: str) -> dict[str, Any]:
    (discount_id, discount), (markup_id, markup) = key.pop("discount"), key.pop("markup")
    meter = meters()[key["meter"]]
    with localcontext(EXACT):
        quantity = sum(row["quantity"] for row in rows)
        if key["list_unit_price"] is not None:
            status = "priced"
            listed = _cut(quantity * key["list_unit_price"] / key["pricing_block"])
            effective = _cut(listed * (1 - discount))
            billed = _cut(effective * (1 + markup))
        else:
            status = "unpriced" if meter.is_priced else "counted"
            listed = effective = billed = None if meter.is_priced else Decimal(0)
    return {
        **key,
        "charge_period_end": key["charge_period_start"] + timedelta(hours=1),
        "charge_category": "Usage",
        "service_name": meter.service_name,
        "service_category": meter.service_category,
        "consumed_quantity": quantity,
        "consumed_unit": meter.unit,
        "pricing_status": status,
        "discount_rule": discount_id,
        "markup_rule": markup_id,
        "list_cost": listed,
        "effective_cost": effective,
        "billed_cost": billed,
        "billing_currency": currency,
        "event_count": len(rows),
    }


def _cost_key(fact: Row) -> dict[str, Any]:
    names = (
        "resource_id app_id team_id cost_center environment lifecycle attribution_rule is_reconciled charge_category "
        "provider service_name region cost_type"
    )
    return {
        **{name: fact[name] for name in names.split()},
        "charge_period_start": fact["time"].replace(microsecond=0),
        "charge_period_end": fact["period_end"].replace(microsecond=0),
        "billing_currency": fact["currency"],
    }


def _cost_charge(key: dict[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
    with localcontext(EXACT):
        costs = {name: sum(row[name] for row in rows) for name in ("list_cost", "effective_cost", "billed_cost")}
    blank = ("service_category", "model", "instance_type", "sku_price_id", "discount_rule", "markup_rule")
    return {
        **{name: value for name, value in key.items() if name != "cost_type"},
        **dict.fromkeys((*blank, "consumed_unit"), ""),
        "meter": "platform_cost",
        "sku_id": f"platform_cost/{key['cost_type']}",
        "is_estimated": False,
        "pricing_category": "Standard",
        "pricing_status": "priced",
        "pricing_block": 1,
        "list_unit_price": None,
        "consumed_quantity": Decimal(0),
        "event_count": len(rows),
        **costs,
    }


def _cut(amount: Decimal) -> Decimal:
    return amount.quantize(MONEY, rounding=ROUND_DOWN)
