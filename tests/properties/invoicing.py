"""A platform billed month by month through the real engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from hypothesis import Phase

from billing.invoice import Invoice
from billing.issue import Issued, issue
from billing.period import Period, parse_period
from jobs.closing import close
from jobs.rate import rate
from tests.properties.engine import emptied, record_all, send
from tests.properties.oracle import Sent
from tests.properties.platforms import Platform
from warehouse.connect import Store
from warehouse.histories import record

JANUARY, FEBRUARY, MARCH = parse_period("2026-01"), parse_period("2026-02"), parse_period("2026-03")
# Billing a platform takes seconds: a counterexample is told as it was found, not shrunk for many minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
LATER = datetime(2026, 6, 1, tzinfo=UTC)
_RULE = {"basis": "", "floor": Decimal(0), "weights": {}, "footnote": "shared", "owner": "law"}
RULES = (
    {**_RULE, "cost_type": "*", "rule_id": "even", "method": "even"},
    {**_RULE, "cost_type": "load_balancer", "rule_id": "spent", "method": "proportional", "basis": "effective_cost"},
)
TARIFFS = (
    ("fee", {"amount": Decimal("1.005")}),
    ("allowance", {"meter": "input_tokens", "quantity": Decimal("6.5")}),
    (
        "tier",
        {
            "meter": "input_tokens",
            "thresholds": [Decimal(3), Decimal(7)],
            "steps": [Decimal("0.1"), Decimal("0.333333333")],
        },
    ),
)
COMMITMENTS = (
    {"commitment_id": "tokens", "sku_id": "input_tokens/openai/gpt-4o", "units_per_hour": Decimal("2.5"), "shares": {}},
    {
        "commitment_id": "machine",
        "sku_id": "instance_seconds/p5.48xlarge/us-east-1",
        "units_per_hour": Decimal(3),
        "shares": {"app/chat": Decimal("0.333333333"), "cost_center/cc-1": Decimal("0.666666667")},
    },
)
_COMMITMENT = {
    "cost_per_hour": Decimal("0.07"),
    "cost_center": "cc-1",
    "footnote": "",
    "valid_from": datetime(2026, 1, 30, 9, tzinfo=UTC),
    "valid_to": datetime(2026, 2, 1, 1, tzinfo=UTC),
}
COMMITTED_HOURS = {JANUARY: 39, FEBRUARY: 1}
_TARIFF: dict[str, Any] = {
    "cost_center": "", "app_id": "", "meter": "", "amount": Decimal(0), "quantity": Decimal(0), "thresholds": [],
    "steps": [], "footnote": "",
}  # fmt: skip


def begun(store: Store, platform: Platform, sent: Sequence[Sent], *, has_tariffs: bool) -> Store:
    """A platform that has received some of its events; with tariffs it has reserved capacity too."""
    emptied(store)
    record_all(store, platform.histories)
    record(store, "allocation_rules", RULES, by="law")
    if has_tariffs:
        record(store, "commitments", [_COMMITMENT | one for one in COMMITMENTS], by="law")
        record(
            store, "tariffs", [{**_TARIFF, "tariff_id": kind, "kind": kind, **says} for kind, says in TARIFFS], by="law"
        )
    send(store, sent)
    rate(store)
    return store


def billed(store: Store, period: Period) -> list[Issued]:
    """Close a month, whatever the checklist says, and issue it."""
    close(store, period, by="law", reason="law", now=LATER)
    return issue(store, period, by="law")


def booked(store: Store, period: Period) -> Decimal:
    """What a month's charges and pools come to, by a sum of our own."""
    found = store.scalar(
        "SELECT sum(if(meter = 'platform_cost', effective_cost, billed_cost)) FROM charges "
        "WHERE toStartOfMonth(charge_date) = {month:Date} AND billing_currency = 'USD'",
        {"month": period.first},
    )
    return found or Decimal(0)


def corrections(drafts: Sequence[Invoice]) -> Decimal:
    return sum((line.exact_amount for one in drafts for line in one.lines if line.corrects_period), Decimal(0))
