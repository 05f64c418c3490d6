"""Raw facts, the ledger of batches and quarantine."""

from __future__ import annotations

import ibis.expr.datatypes as dt

from warehouse.schemas.types import COUNT, DAY, DIGEST, FLAG, INSTANT, QUANTITY, TEXT

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

FACTS: dict[str, dict[str, dt.DataType]] = {
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
}
