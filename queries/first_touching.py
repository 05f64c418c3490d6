"""Which of the times that evidence holds reach into hours that wait for an owner?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

MOST_PARTS = 8
_INSTANT = dt.Timestamp("UTC", 3, nullable=False)


def first_touching(found: ir.Table, waiting: ir.Table, *, per: Sequence[str]) -> ir.Table:
    """Return of each of ``per`` the first time ``[owned_from, owned_to)`` that holds a whole hour of ``waiting_hours``.

    Where none does, the first ``MOST_PARTS`` that reach into one: only its events can say whether they hold any.
    Grain: one row per ``per`` (which has resource_id and state), or so few.
    """
    hours = waiting.select(
        of_resource="resource_id", of_state="state", begins=waiting.charge_period_start.cast(_INSTANT)
    ).distinct()
    long = ibis.interval(hours=1)
    # The last hour to begin before the end, and the last to be over by then; none comes as the epoch.
    reached = _last(found, hours, "reached", found.owned_to, is_over=False)
    held = reached.mutate(an_hour_before=reached.owned_to - long)
    held = _last(held, hours, "held", held.an_hour_before, is_over=True)
    touching = held.filter(held.reached + long > held.owned_from)
    touching = touching.mutate(is_whole=touching.held >= touching.owned_from)
    order = [touching.is_whole.desc(), touching.owned_from, touching.reference]
    ranked = touching.mutate(nth=ibis.row_number().over(ibis.window(group_by=list(per), order_by=order)))
    first = ranked.filter((ranked.nth == 0) | (~ranked.is_whole & (ranked.nth < MOST_PARTS)))
    return first.select(*found.columns)


def _last(found: ir.Table, hours: ir.Table, name: str, end: ir.Value, *, is_over: bool) -> ir.Table:
    begun = hours.rename(**{name: "begins"})
    same = [found.resource_id == begun.of_resource, found.state == begun.of_state]
    before = end >= begun[name] if is_over else end > begun[name]
    joined = found.asof_join(begun, before, predicates=same)
    return joined.select(*found.columns, name)
