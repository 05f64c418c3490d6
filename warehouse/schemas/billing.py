"""Closed months, invoices, and rules that wait for a second person."""

from __future__ import annotations

import ibis.expr.datatypes as dt

from warehouse.schemas.types import COUNT, DAY, FLAG, QUANTITY, TEXT, UNIT_PRICE

BILLING: dict[str, dict[str, dt.DataType]] = {
    "allocation_proposals": {
        "proposal_id": TEXT,
        "state": TEXT,
        "cost_types": dt.Array(TEXT, nullable=False),
        "method": TEXT,
        "from_date": DAY,
        "footnote": TEXT,
        "owner": TEXT,
        "proposed_by": TEXT,
        "proposed_at": dt.Timestamp("UTC", 6, nullable=False),
        "decided_by": TEXT,
        "decided_at": dt.Timestamp("UTC", 6, nullable=True),
        "reason": TEXT,
    },
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
