"""The readers' tables as Ibis expressions.

They are unbound: a question is built and compiled without a connection, and whoever executes it chooses the store.
Types are the engine's own, non-null unless said; the SQL files in ``migrations`` stay the one place that creates them.
"""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

QUANTITY = dt.Decimal(38, 9, nullable=False)
UNIT_PRICE = dt.Decimal(38, 12, nullable=True)
MONEY = dt.Decimal(76, 21, nullable=True)
# UInt128 has no Ibis type. Digests are only summed and passed on inside the engine, so they travel as text.
DIGEST = dt.String(nullable=False)
TEXT = dt.String(nullable=False)
FLAG = dt.Boolean(nullable=False)
COUNT = dt.UInt64(nullable=False)
INSTANT = dt.Timestamp("UTC", 3, nullable=False)
SECOND = dt.Timestamp("UTC", 0, nullable=False)
DAY = dt.Date(nullable=False)

_FACT = {
    "source": TEXT,
    "event_id": TEXT,
    "time": INSTANT,
    "received_at": INSTANT,
    "resource_id": TEXT,
    "app_id": TEXT,
    "environment": TEXT,
    "lease_id": TEXT,
    "is_authenticated": FLAG,
    "event_digest": DIGEST,
}
_VALID = {"valid_from": INSTANT, "valid_to": INSTANT, "recorded_at": INSTANT, "recorded_by": TEXT, "evidence": TEXT}

SCHEMAS: dict[str, dict[str, dt.DataType]] = {
    "usage": _FACT
    | {
        "meter": TEXT,
        "quantity": QUANTITY,
        "sku_id": TEXT,
        "provider": TEXT,
        "model": TEXT,
        "instance_type": TEXT,
        "region": TEXT,
        "is_spot": FLAG,
        "is_estimated": FLAG,
        "call_input_tokens": COUNT,
    },
    "lifecycle": _FACT | {"action": TEXT, "attributes": TEXT},
    "request_traces": _FACT
    | {
        "request_id": TEXT,
        "bytes_in": COUNT,
        "bytes_out": COUNT,
        "duration_ms": dt.Decimal(18, 3, nullable=False),
        "status": dt.UInt16(nullable=False),
    },
    "alerts": _FACT
    | {
        "name": TEXT,
        "severity": TEXT,
        "starts_at": INSTANT,
        "ends_at": dt.Timestamp("UTC", 3, nullable=True),
        "labels": TEXT,
    },
    "platform_costs": _FACT
    | {
        "cost_type": TEXT,
        "charge_category": TEXT,
        "charge_period_end": INSTANT,
        "provider": TEXT,
        "service_name": TEXT,
        "region": TEXT,
        "billing_currency": TEXT,
        "list_cost": dt.Decimal(76, 21, nullable=False),
        "contracted_cost": dt.Decimal(76, 21, nullable=False),
        "effective_cost": dt.Decimal(76, 21, nullable=False),
        "billed_cost": dt.Decimal(76, 21, nullable=False),
        "attributes": TEXT,
    },
    "batches": {
        "batch_id": dt.UUID(nullable=False),
        "event_type": TEXT,
        "origin": TEXT,
        "state": TEXT,
        "received": COUNT,
        "accepted": COUNT,
        "duplicates": COUNT,
        "quarantined": COUNT,
        "days": dt.Map(DAY, COUNT, nullable=False),
        "last_event_time": dt.Timestamp("UTC", 3, nullable=True),
        "at": INSTANT,
    },
    "quarantine": {
        "quarantine_id": DIGEST,
        "event_type": TEXT,
        "source": TEXT,
        "event_id": TEXT,
        "meter": TEXT,
        "reason": TEXT,
        "detail": TEXT,
        "raw": TEXT,
        "is_authenticated": FLAG,
        "received_at": INSTANT,
        "decision": TEXT,
        "decided_by": TEXT,
        "decided_at": INSTANT,
    },
    "ownerships": {
        "resource_id": TEXT,
        "app_id": TEXT,
        "team_id": TEXT,
        "cost_center": TEXT,
        "environment": TEXT,
        "lifecycle": TEXT,
    }
    | _VALID,
    "apps": {
        "app_id": TEXT,
        "app_name": TEXT,
        "team_id": TEXT,
        "cost_center": TEXT,
        "environment": TEXT,
        "lifecycle": TEXT,
        "created_by": TEXT,
    }
    | _VALID,
    "teams": {"team_id": TEXT, "team_name": TEXT, "cost_center": TEXT} | _VALID,
    "cost_centers": {"cost_center": TEXT, "cost_center_name": TEXT, "mode": TEXT} | _VALID,
    "leases": {"lease_id": TEXT, "resource_id": TEXT, "app_id": TEXT} | _VALID,
    "environments": {"environment": TEXT, "cost_center": TEXT} | _VALID,
    "prices": {
        "sku_id": TEXT,
        "sku_price_id": TEXT,
        "list_unit_price": dt.Decimal(38, 12, nullable=False),
        "tier_starts": dt.Array(COUNT, nullable=False),
        "tier_unit_prices": dt.Array(dt.Decimal(38, 12, nullable=False), nullable=False),
        "pricing_block": COUNT,
        "pricing_unit": TEXT,
    }
    | _VALID,
    "rate_rules": {
        "rule_id": TEXT,
        "kind": TEXT,
        "rate": dt.Decimal(18, 9, nullable=False),
        "lifecycle": TEXT,
        "pricing_category": TEXT,
        "meter": TEXT,
        "cost_center": TEXT,
        "app_id": TEXT,
    }
    | _VALID,
    "allocation_rules": {
        "cost_type": TEXT,
        "rule_id": TEXT,
        "method": TEXT,
        "basis": TEXT,
        "floor": QUANTITY,
        "weights": dt.Map(TEXT, dt.Decimal(18, 9, nullable=False), nullable=False),
        "footnote": TEXT,
        "owner": TEXT,
    }
    | _VALID,
    "charges": {
        "charge_date": DAY,
        "generation": COUNT,
        "charge_period_start": SECOND,
        "charge_period_end": SECOND,
        "charge_category": TEXT,
        "charge_class": dt.String(nullable=True),
        "resource_id": TEXT,
        "app_id": TEXT,
        "team_id": TEXT,
        "cost_center": TEXT,
        "environment": TEXT,
        "lifecycle": TEXT,
        "attribution_rule": TEXT,
        "is_reconciled": FLAG,
        "is_estimated": FLAG,
        "meter": TEXT,
        "service_name": TEXT,
        "service_category": TEXT,
        "provider": TEXT,
        "model": TEXT,
        "instance_type": TEXT,
        "region": TEXT,
        "pricing_category": TEXT,
        "pricing_status": TEXT,
        "sku_id": TEXT,
        "sku_price_id": TEXT,
        "discount_rule_id": TEXT,
        "markup_rule_id": TEXT,
        "consumed_quantity": QUANTITY,
        "consumed_unit": TEXT,
        "list_unit_price": UNIT_PRICE,
        "pricing_block": COUNT,
        "pricing_unit": TEXT,
        "list_cost": MONEY,
        "effective_cost": MONEY,
        "billed_cost": MONEY,
        "billing_currency": TEXT,
        "event_count": COUNT,
        "event_digest": DIGEST,
    },
    "charge_generations": {
        "charge_date": DAY,
        "generation": COUNT,
        "events": COUNT,
        "inputs_digest": DIGEST,
        "rated_at": INSTANT,
    },
    "tariffs": {
        "tariff_id": TEXT,
        "kind": TEXT,
        "cost_center": TEXT,
        "app_id": TEXT,
        "meter": TEXT,
        "amount": dt.Decimal(38, 12, nullable=False),
        "quantity": QUANTITY,
        "thresholds": dt.Array(QUANTITY, nullable=False),
        "steps": dt.Array(dt.Decimal(18, 9, nullable=False), nullable=False),
        "footnote": TEXT,
    }
    | _VALID,
    "period_closings": {
        "closing_id": dt.UUID(nullable=False),
        "billing_period": DAY,
        "charge_date": DAY,
        "generation": COUNT,
        "kind": TEXT,
        "closed_at": dt.Timestamp("UTC", 6, nullable=False),
        "closed_by": TEXT,
    },
    "invoice_lines": {
        "billing_period": DAY,
        "invoice_id": TEXT,
        "line_id": TEXT,
        "line_key": TEXT,
        "charge_class": dt.String(nullable=True),
        "corrects_period": dt.Date(nullable=True),
        "line_kind": TEXT,
        "cost_center": TEXT,
        "team_id": TEXT,
        "app_id": TEXT,
        "environment": TEXT,
        "sku_id": TEXT,
        "meter": TEXT,
        "service_name": TEXT,
        "sku_price_id": TEXT,
        "list_unit_price": UNIT_PRICE,
        "pricing_block": COUNT,
        "pricing_unit": TEXT,
        "discount_rule_id": TEXT,
        "markup_rule_id": TEXT,
        "attribution_rule_is_default": FLAG,
        "allocation_rule_id": TEXT,
        "allocation_method": TEXT,
        "unit": TEXT,
        "quantity": QUANTITY,
        "list_cost": dt.Decimal(76, 21, nullable=False),
        "effective_cost": dt.Decimal(76, 21, nullable=False),
        "amount": dt.Decimal(76, 21, nullable=False),
        "event_count": dt.Int64(nullable=False),
        "event_digest": dt.String(nullable=True),  # as sums of digests are typed, so that lines can be united
    },
    "invoices": {
        "invoice_id": TEXT,
        "number": TEXT,
        "cost_center": TEXT,
        "billing_period": DAY,
        "mode": TEXT,
        "currency": TEXT,
        "total": dt.Decimal(38, 2, nullable=False),
        "exact_total": dt.Decimal(76, 21, nullable=False),
        "document": TEXT,
        "document_digest": TEXT,
        "issued_at": dt.Timestamp("UTC", 6, nullable=False),
        "issued_by": TEXT,
    },
}
# All generations, the unfinished one included: for whoever rates.
SCHEMAS["rated_charges"] = SCHEMAS["charges"]
# The same charges by day, without the resource (resource_id is ''): for questions that need neither hour nor resource.
SCHEMAS["daily_charges"] = SCHEMAS["charges"]


def table(name: str) -> ir.Table:
    """Return a readers' table by name, as an unbound expression.

    Raises:
        KeyError: no such table; the message lists those there are.

    """
    if name not in SCHEMAS:
        raise KeyError(f"no table {name!r}; there are {', '.join(SCHEMAS)}")
    return ibis.table(SCHEMAS[name], name=name)


def stand_in(name: str, *, called: str) -> ir.Table:
    """Return a table shaped like ``name`` under another name, for a query that defines it (``WITH called AS``).

    What is compiled once this way can be asked again for other rows: compiling a large question costs more than a
    small answer.
    """
    return ibis.table(SCHEMAS[name], name=called)


def to_sql(question: ir.Expr) -> str:
    """Compile a question to the engine's SQL."""
    return str(ibis.to_sql(question, dialect="clickhouse"))
