"""How did the cost of a flag's lines run beside the expected, before, during and after it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.exact import money, sum_money, truth
from queries.line_hours import line_hours

BAND = ("expected", "lower", "upper")
_MONEY = "decimal(76, 21)"


def flag_curve(
    charges: ir.Table,
    line_scores: ir.Table,
    flag_baselines: ir.Table,
    *,
    flag_id: str,
    app_id: str,
    meters: Sequence[str],
    start: datetime,
    end: datetime,
    view_start: datetime,
    view_end: datetime,
) -> ir.Table:
    """Return what the flag's lines cost together by hour in ``[view_start, view_end)``, the band, and what is flagged.

    Inside ``[start, end)`` the expected is the flag's own, frozen; outside it is what the hour was scored with. The
    band of several lines is the sum of their bands: no line was outside while the sum is inside is not said by it.
    Grain: one row per time with a charge or an expectation. Money in the store's currency.
    """
    where = {"app_id": [app_id], "meter": list(meters)}
    costs = line_hours(charges, start=view_start, end=view_end, where=where)
    in_flag = (line_scores.time >= ibis.literal(start)) & (line_scores.time < ibis.literal(end))
    scored = line_scores.filter(
        line_scores.app_id == app_id,
        line_scores.meter.isin(list(meters)),
        line_scores.time >= ibis.literal(view_start),
        line_scores.time < ibis.literal(view_end),
        ~in_flag,
    )
    kept = flag_baselines.filter(
        flag_baselines.flag_id == flag_id,
        flag_baselines.meter.isin(list(meters)),
        flag_baselines.time >= ibis.literal(start),
        flag_baselines.time < ibis.literal(end),
    )
    nothing = money()
    foreseen = [
        rows.select("time", amount=nothing, **{name: rows[name].cast(_MONEY) for name in BAND})
        for rows in (scored, kept)
    ]
    spent = costs.select("time", "amount", **dict.fromkeys(BAND, nothing)).cast(foreseen[0].schema())
    both = foreseen[0].union(foreseen[1]).union(spent)
    hours = both.group_by("time").agg(
        cost=sum_money(both.amount), **{f"{name}_cost": sum_money(both[name]) for name in BAND}
    )
    flagged = (hours.time >= ibis.literal(start)) & (hours.time < ibis.literal(end))
    return hours.mutate(is_flagged=truth(flagged)).order_by("time")
