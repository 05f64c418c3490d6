"""Until when are hours scored, and when was that?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def detection_lag(line_scores: ir.Table) -> ir.Table:
    """Return the end of the last scored hour, when it was scored, and how many hours of lines are.

    Grain: one row; nulls where nothing was scored yet.
    """
    count = line_scores.count()
    lag = line_scores.agg(
        until=(line_scores.time.max() + ibis.interval(hours=1)).cast("timestamp('UTC', 3)"),
        scored_at=line_scores.scored_at.max(),
        scores=count.cast("!uint64"),
    )
    nothing = lag.scores == 0
    return lag.mutate(
        until=ibis.ifelse(nothing, ibis.null("timestamp('UTC', 3)"), lag.until),
        scored_at=ibis.ifelse(nothing, ibis.null("timestamp('UTC', 6)"), lag.scored_at),
    )
