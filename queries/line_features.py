"""What is known about every line's next hour, from the hours it was charged for?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from queries.line_hours import line_hours

LAGS = (24, 48, 72, 96, 120, 144, 168, 336, 504)
SMALL, SHARE, YOUNG_HOURS = 1e-4, 0.03, 48


def line_features(charges: ir.Table, *, at: datetime, start: datetime) -> ir.Table:
    """Return the features of the hour that begins ``at``, as ``models.features`` reckons them from a long table.

    Hours from ``start`` on count; hours without charges cost 0. Logarithms of ratios to ``reference``, null where the
    line was not yet born. Grain: one row per (app_id, meter) charged before ``at``; dollars are floats, for models.
    """
    hours = line_hours(charges, start=start, end=at)
    hours = hours.mutate(ago=ibis.literal(at).epoch_seconds().cast("int64"), cost=hours.amount.cast("float64"))
    hours = hours.mutate(ago=(hours.ago - hours.time.epoch_seconds().cast("int64")) // 3600)

    def within(column: ir.NumericColumn, first: int, last: int) -> ir.NumericValue:
        return column.sum(where=hours.ago.between(first, last)).fill_null(0.0)

    lines = hours.group_by(["app_id", "meter"]).agg(
        age=hours.ago.max(),
        week=within(hours.cost, 25, 192),
        squares=within(hours.cost * hours.cost, 25, 192),
        used=within((hours.cost > 0).cast("float64"), 25, 192),
        day=within(hours.cost, 25, 48),
        near=within(hours.cost, 24, 26),
        young=within(hours.cost, 1, 48),
        six=within(hours.cost, 1, 6),
        **{f"lag_{lag}": within(hours.cost, lag, lag) for lag in (1, *LAGS)},
    )

    def lived(first: int, last: int) -> ir.NumericValue:
        return ibis.least(lines.age, last) - first + 1

    def mean(total: ir.NumericValue, first: int, last: int) -> ir.NumericValue:
        return ibis.cases((lines.age >= first, total / lived(first, last)), else_=None)

    lag = {hour: ibis.cases((lines.age >= hour, lines[f"lag_{hour}"]), else_=None) for hour in (1, *LAGS)}
    is_young = lines.age < YOUNG_HOURS
    reference = is_young.ifelse(mean(lines.young, 1, 48), mean(lines.week, 25, 192)).fill_null(0.0)
    offset = SHARE * reference + SMALL

    def ratio(level: ir.NumericValue) -> ir.NumericValue:
        return ((level + offset) / (reference + offset)).ln()

    variance = ibis.greatest(mean(lines.squares, 25, 192) - reference * reference, 0.0)
    dispersion = variance.sqrt() / (reference + SMALL)
    peak = ibis.greatest(*(lines[f"lag_{hour}"] for hour in LAGS[:7]))
    return lines.select(
        "app_id", "meter",
        weeks=ratio(_middle(lag[168], lag[336], lag[504])),
        days=ratio(_middle(lag[24], lag[48], lag[72])),
        day_before=ratio(lag[24]),
        day_mean=ratio(mean(lines.day, 25, 48)),
        near_mean=ratio(mean(lines.near, 24, 26)),
        last_hours=is_young.ifelse(ratio(mean(lines.six, 1, 6)), None),
        last=is_young.ifelse(ratio(lag[1]), None),
        peak=ratio(ibis.cases((lines.age >= 24, peak), else_=None)),
        dispersion=ibis.cases((lines.age >= 25, dispersion), else_=None),
        resting=1 - mean(lines.used, 25, 192),
        log_age=(lines.age + 1.0).ln(),
        log_reference=(reference + SMALL).ln(),
        reference=reference,
    ).order_by("app_id", "meter")  # fmt: skip


def _middle(one: ir.NumericValue, two: ir.NumericValue, three: ir.NumericValue) -> ir.NumericValue:
    """Return the median of what is known of three lags, the nearest first."""
    high = ibis.greatest(one, two)
    middle = ibis.greatest(ibis.least(one, two), ibis.least(high, three))
    return ibis.cases((three.notnull(), middle), (two.notnull(), (one + two) / 2), else_=one)
