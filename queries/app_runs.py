"""When did each app run, by its lifecycle events?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from warehouse.histories import FOREVER


def app_runs(lifecycle: ir.Table) -> ir.Table:
    """Return the runs of every app: from the first of its resources to start to the last to stop.

    Only events from authenticated sources that name an app count, as for the tag of usage. A second start of a running
    resource, and a stop of one that is not known to run, say nothing. A run without a stop lasts for ever.
    Grain: one row per (app_id, run_start); runs of an app are half-open and do not overlap.
    """
    known = lifecycle.filter(
        lifecycle.is_authenticated, lifecycle.app_id != "", lifecycle.action.isin(["start", "stop"])
    )
    # Of one instant the start comes first: who starts and stops at once has not run, rather than runs for ever.
    by_resource = ibis.window(group_by=["app_id", "resource_id"], order_by=["time", "action", "event_id"])
    known = known.mutate(before=known.action.lag().over(by_resource))
    # The engine's lag() gives the empty text where nothing comes before.
    turns = known.filter(ibis.ifelse(known.action == "start", known.before != "start", known.before == "start"))
    turns = turns.mutate(step=ibis.ifelse(turns.action == "start", 1, -1))
    order = ["time", "action", "resource_id", "event_id"]
    turns = turns.mutate(running=turns.step.sum().over(ibis.cumulative_window(group_by="app_id", order_by=order)))
    edges = turns.filter(ibis.ifelse(turns.step == 1, turns.running == 1, turns.running == 0))
    edges = edges.mutate(following=edges.time.lead().over(ibis.window(group_by="app_id", order_by=order)))
    runs = edges.filter(edges.step == 1)
    # And lead() the epoch where nothing follows.
    return runs.select(
        "app_id",
        run_start=runs.time,
        run_end=ibis.ifelse(runs.following >= runs.time, runs.following, ibis.literal(FOREVER, "timestamp('UTC', 3)")),
    ).order_by("app_id", "run_start")
