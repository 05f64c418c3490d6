"""What does a period bill, line by line, to whom?"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from metrics.exact import sum_digest, sum_money, sum_quantity
from metrics.lines import LINE_KEY, hashed, is_something, sum_signed, united


def billable(*parts: ir.Table, period: date, corrects: date | None = None) -> ir.Table:
    """Return the lines that the parts of a period's bill add up to, each with its id.

    ``parts`` have ``LINE_KEY`` and ``LINE_SUMS``: ``billed_charges``, ``allocated_lines``, ``tariff_lines``, or the
    difference to what was billed (``corrections``). ``line_key`` hashes the key and finds the same line in any period,
    ``line_id`` hashes key, period and the period corrected: the same in draft, closing, issue and export.

    Grain: one row per (``LINE_KEY``, billing_period, corrects_period). Exact amounts in the store's currency; rows in
    which nothing is left are dropped.
    """
    rows = united(*parts)
    summed = rows.group_by(LINE_KEY).agg(
        quantities=sum_quantity(rows.quantity),
        list_total=sum_money(rows.list_cost),
        effective_total=sum_money(rows.effective_cost),
        amounts=sum_money(rows.amount),
        events=sum_signed(rows.event_count),
        digests=sum_digest(rows.event_digest),
    )
    summed = summed.rename(
        quantity="quantities",
        list_cost="list_total",
        effective_cost="effective_total",
        amount="amounts",
        event_count="events",
        event_digest="digests",
    )
    # Ids of other lines would be the same lines' by accident if texts were merely joined: an array's text quotes them.
    texts = [ibis.coalesce(summed[name].cast("string"), "") for name in LINE_KEY]
    keyed = summed.mutate(line_key=hashed(ibis.array(texts).cast("string")))
    corrected = corrects.isoformat() if corrects else ""
    named = keyed.mutate(
        billing_period=ibis.literal(period),
        corrects_period=ibis.literal(corrects, "date"),
        charge_class=ibis.literal("Correction" if corrects else None, "string"),
        line_id=hashed(keyed.line_key + f"/{period.isoformat()}/{corrected}"),
        invoice_id=keyed.cost_center + f"/{period:%Y-%m}",
    )
    return named.filter(is_something(named))
