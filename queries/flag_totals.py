"""What did flags cost, and what were they expected to cost?"""

from __future__ import annotations

from datetime import datetime

import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from metrics.exact import minus_money, money, sum_money
from queries.line_hours import line_hours
from warehouse.schemas.types import INSTANT, TEXT

# One row per flag and meter: the hours are [starts_at, ends_at).
SPANS: dict[str, dt.DataType] = {
    "flag_id": TEXT,
    "app_id": TEXT,
    "meter": TEXT,
    "starts_at": INSTANT,
    "ends_at": INSTANT,
}


def flag_totals(
    charges: ir.Table, flag_baselines: ir.Table, spans: ir.Table, *, start: datetime | None = None
) -> ir.Table:
    """Return the sums of ``flag_hours`` for many flags at once, which lie after ``start``.

    Grain: one row per flag_id of ``spans`` (``SPANS``) with charges or a baseline. Money in the store's currency.
    """
    costs = line_hours(charges, start=start).rename(of_app="app_id", of_meter="meter")
    inside = [costs.time >= spans.starts_at, costs.time < spans.ends_at]
    actual = costs.join(spans, [costs.of_app == spans.app_id, costs.of_meter == spans.meter, *inside])
    base = flag_baselines.select("expected", "time", of_flag=flag_baselines.flag_id, of_meter=flag_baselines.meter)
    within = [base.time >= spans.starts_at, base.time < spans.ends_at]
    expected = base.join(spans, [base.of_flag == spans.flag_id, base.of_meter == spans.meter, *within])
    spent = actual.select("flag_id", actual=actual.amount, expected=money())
    foreseen = expected.select("flag_id", actual=money(), expected=expected.expected.cast("decimal(76, 21)"))
    both = foreseen.union(spent.cast(foreseen.schema()))
    totals = both.group_by("flag_id").agg(of_actual=sum_money(both.actual), of_expected=sum_money(both.expected))
    return totals.select(
        "flag_id",
        actual=totals.of_actual,
        expected=totals.of_expected,
        excess=minus_money(totals.of_actual, totals.of_expected),
    ).order_by("flag_id")
