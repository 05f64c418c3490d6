"""Which days have events that are not rated yet, and since when?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import sum_count, truth


def rating_lag(batches: ir.Table, charge_generations: ir.Table) -> ir.Table:
    """Return events accepted and events rated by day of the event, and how long the last rating took to follow.

    ``is_behind``: accepted and rated events differ. ``lag_seconds`` is from the last batch received to the rating;
    negative where a batch came after it; empty where the day was never rated.
    Grain: one row per charge_date with events, the latest first.
    """
    stored = batches.filter(batches.state == "stored", batches.event_type.isin(["usage", "platform_cost"]))
    rows = stored.select("at", "days", charge_date=stored.days.keys().unnest())
    days = rows.group_by("charge_date").agg(
        accepted=sum_count(rows.days[rows.charge_date]), last_received_at=rows["at"].max()
    )
    pointers = charge_generations
    rated = pointers.group_by("charge_date").agg(
        rated=pointers.events.argmax(pointers.generation),
        rated_at=pointers.rated_at.argmax(pointers.generation),
        generation=pointers.generation.max(),
    )
    both = days.left_join(rated, "charge_date")
    # A day without a rating comes with the columns' zeros, not with nulls.
    is_rated = both.generation > 0
    answer = both.select(
        both.charge_date,
        both.accepted,
        rated=both.rated,
        is_behind=truth(both.accepted != both.rated),
        last_received_at=both.last_received_at,
        rated_at=ibis.ifelse(is_rated, both.rated_at, ibis.null("timestamp('UTC', 3)")),
        lag_seconds=ibis.ifelse(
            is_rated, both.rated_at.epoch_seconds() - both.last_received_at.epoch_seconds(), ibis.null("int64")
        ),
    )
    return answer.order_by(answer.charge_date.desc())
