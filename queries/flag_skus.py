"""Which SKUs are behind a flag's lines, and how was it before?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir

from metrics.exact import or_zero, per_cost, sum_money
from queries.chosen import chosen


def flag_skus(
    charges: ir.Table,
    *,
    app_id: str,
    meters: Sequence[str],
    start: datetime,
    end: datetime,
    reference_hours: int = 168,
) -> ir.Table:
    """Return the SKUs of a flag's lines with their cost and share of the line, in the flag and before it.

    A share is a fraction of the meter's cost; a SKU that moved is what a dearer unit is made of.
    Grain: one row per (meter, sku_id), the largest cost first. Money in the store's currency.
    """
    where = {"app_id": [app_id], "meter": list(meters)}
    held = chosen(charges, start=start - timedelta(hours=reference_hours), end=end, where=where)
    inside = held.charge_period_start >= ibis.literal(start)
    skus = held.group_by(["meter", "sku_id"]).agg(
        amount=or_zero(sum_money(held.effective_cost, where=inside)),
        amount_before=or_zero(sum_money(held.effective_cost, where=~inside)),
    )
    lines = skus.group_by("meter").agg(whole=sum_money(skus.amount), whole_before=sum_money(skus.amount_before))
    both = skus.join(lines, "meter")
    zero = ibis.literal(0).cast("decimal(76, 21)")
    answer = both.select(
        "meter",
        "sku_id",
        "amount",
        "amount_before",
        share=per_cost(both.amount, both.whole.nullif(zero)),
        share_before=per_cost(both.amount_before, both.whole_before.nullif(zero)),
    )
    return answer.order_by(ibis.desc("amount"), "meter", "sku_id")
