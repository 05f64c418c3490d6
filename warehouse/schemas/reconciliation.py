"""What apps declared at onboarding, what speaks for whose a resource was, and what was said of it."""

from __future__ import annotations

import ibis.expr.datatypes as dt

from warehouse.schemas.types import FLAG, INSTANT, MICROSECOND, QUANTITY, TEXT, VALID

RECONCILIATION: dict[str, dict[str, dt.DataType]] = {
    "app_declarations": {"app_id": TEXT, "expected_calls": QUANTITY, "expected_spend": QUANTITY} | VALID,
    "evidence": {
        "evidence_id": TEXT,
        "kind": TEXT,
        "resource_id": TEXT,
        "is_prefix": FLAG,
        "app_id": TEXT,
        "team_id": TEXT,
        "cost_center": TEXT,
        "environment": TEXT,
        "lifecycle": TEXT,
        "created_by": TEXT,
        "starts_at": INSTANT,
        "ends_at": dt.Timestamp("UTC", 3, nullable=True),
        "reconcile_by": dt.Timestamp("UTC", 3, nullable=True),
        "reference": TEXT,
        "source": TEXT,
        "recorded_at": MICROSECOND,
    },
    "reconciliation_words": {
        "resource_id": TEXT,
        "starts_at": INSTANT,
        "ends_at": INSTANT,
        "word": TEXT,
        "app_id": TEXT,
        "team_id": TEXT,
        "rule": TEXT,
        "confidence": dt.Decimal(9, 4, nullable=False),
        "evidence_ids": dt.Array(TEXT, nullable=False),
        "reason": TEXT,
        "said_at": MICROSECOND,
        "said_by": TEXT,
    },
}
