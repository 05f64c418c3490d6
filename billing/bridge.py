"""From the charges of a month to the total of its invoices, step by step, with nothing left over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from billing.documents import draft_invoices
from billing.period import Period
from billing.period_lines import closings
from billing.rounding import EXACT
from config.settings import settings
from warehouse.connect import Store

_AGREED = {
    "commitment": "usage covered by reserved capacity",
    "unused_commitment": "reserved capacity nobody used",
    "fee": "platform fees",
    "allowance": "free allowances",
    "tier": "volume discounts",
}


@dataclass(frozen=True, slots=True)
class Span:
    """One step of the bridge, in the store's currency."""

    name: str
    amount: Decimal


def bridge(store: Store, period: Period) -> list[Span]:
    """Return the steps from charges to invoices; the last, ``difference``, is 0 or something is lost.

    The first two are summed from charges, apart from the lines: those a closed month was billed from, or today's.
    """
    charges = "charges"
    if period in closings(store):
        charges = (
            "(SELECT * FROM rated_charges WHERE (charge_date, generation) IN (SELECT charge_date, generation FROM "
            "period_closings WHERE billing_period = {first:Date} AND kind = 'close'))"
        )
    is_pool = "meter = 'platform_cost' AND app_id = ''"
    taken = "if(meter = 'platform_cost', effective_cost, billed_cost)"  # metrics.cost.invoiced
    sums = store.rows(
        f"SELECT sumIf({taken}, NOT ({is_pool})) AS own, sumIf({taken}, {is_pool}) AS pools FROM {charges} "
        "WHERE charge_date >= {first:Date} AND charge_date < {last:Date} AND billing_currency = {currency:String}",
        {"first": period.first, "last": period.next.first, "currency": settings().currency},
    )[0]
    invoices = draft_invoices(store, period)
    lines = [line for invoice in invoices for line in invoice.lines]
    spans = [
        Span("charges of usage and of apps", sums["own"] or Decimal(0)),
        Span("shared costs", sums["pools"] or Decimal(0)),
    ]
    own = [line for line in lines if not line.corrects_period]
    for kind, name in _AGREED.items():
        spans.append(Span(name, _sum(line.exact_amount for line in own if line.line_kind == kind)))
    corrected = _sum(line.exact_amount for line in lines if line.corrects_period)
    spans.append(Span("corrections of closed months", corrected))
    total = _sum(invoice.total for invoice in invoices)
    rounding = EXACT.subtract(total, _sum(invoice.exact_total for invoice in invoices))
    spans.append(Span(f"rounding of {len(invoices)} invoices", rounding))
    expected = _sum(span.amount for span in spans)
    return [*spans, Span("invoices", total), Span("difference", EXACT.subtract(total, expected))]


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    total = Decimal(0)
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total
