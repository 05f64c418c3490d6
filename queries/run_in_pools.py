"""Which apps ran in the period of each pool, how long, and whose were they?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.whole import milliseconds_before
from queries.app_runs import app_runs
from queries.as_of import as_of
from queries.claims import OWNER
from queries.pool_periods import PERIOD

_INSTANT = "!timestamp('UTC', 3)"
_DAY_SECONDS = 86_400


def run_in_pools(lifecycle: ir.Table, apps: ir.Table, teams: ir.Table, periods: ir.Table) -> ir.Table:
    """Return for every app that ran (``app_runs``) in a period: for how long, and its owner when it last did.

    ``periods`` has charge_period_start and charge_period_end. The owner is what the registry says; an app that it does
    not know at that instant is left out, as its tag would be.
    Grain: one row per (charge_period_start, charge_period_end, app_id); ``run_hours`` cut at the 12th decimal.
    """
    whole = periods.agg(first=periods.charge_period_start.min(), last=periods.charge_period_end.max())
    runs = app_runs(lifecycle).cross_join(whole)  # one row
    runs = runs.mutate(
        begins=ibis.greatest(runs.run_start, runs.first.cast(_INSTANT)),
        ends=ibis.least(runs.run_end, runs["last"].cast(_INSTANT)),
    )
    runs = runs.filter(runs.begins < runs.ends)
    # Runs and periods meet day by day: an inequality alone would compare all with all.
    ran = runs.select("app_id", "begins", "ends", day=_days(runs.begins, runs.ends).unnest())
    days = periods.select(
        *PERIOD,
        opens=periods.charge_period_start.cast(_INSTANT),
        closes=periods.charge_period_end.cast(_INSTANT),
        day=_days(periods.charge_period_start, periods.charge_period_end).unnest(),
    )
    met = ran.inner_join(days, "day")
    midnight = (met.day * _DAY_SECONDS).as_timestamp("s").cast(_INSTANT)
    next_midnight = ((met.day + 1) * _DAY_SECONDS).as_timestamp("s").cast(_INSTANT)
    met = met.mutate(
        begins=ibis.greatest(met.begins, met.opens, midnight), ends=ibis.least(met.ends, met.closes, next_midnight)
    )
    met = met.filter(met.begins < met.ends)
    together = met.group_by(*PERIOD, "app_id").agg(
        run_milliseconds=met.ends.delta(met.begins, unit="millisecond").sum(), ended=met.ends.max()
    )
    timed = together.mutate(time=milliseconds_before(together.ended, 1))
    # The registry at that instant: what ``app_owners`` says, without cutting all of time.
    owned = as_of(timed, apps, "ran_by", on={"app_id": "app_id"}, says=OWNER)
    owned = owned.filter(owned.ran_by_found)
    owned = as_of(owned, teams, "team", on={"ran_by_team_id": "team_id"}, says=("cost_center",))
    booked = ibis.ifelse(owned.team_found, owned.team_cost_center, "")
    own = owned.ran_by_cost_center
    hours = owned.run_milliseconds.cast("!decimal(76, 12)") / 3_600_000
    return owned.select(
        *PERIOD,
        "app_id",
        "ran_by_team_id",
        ran_by_cost_center=ibis.ifelse(own != "", own, booked),
        ran_by_environment=owned.ran_by_environment,
        ran_by_lifecycle=owned.ran_by_lifecycle,
        run_hours=hours.cast("!decimal(76, 12)"),
    )


def _days(begins: ir.TimestampValue, ends: ir.TimestampValue) -> ir.ArrayValue:
    """The days of a half-open interval, as numbers since 1970; one at least."""
    first = begins.epoch_seconds() // _DAY_SECONDS
    return ibis.range(first, ibis.greatest(first, (ends.epoch_seconds() + _DAY_SECONDS - 1) // _DAY_SECONDS - 1) + 1)
