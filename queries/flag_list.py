"""Which flags are there, and which matter most?"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import ibis
import ibis.expr.types as ir

from metrics.exact import money, truth

View = Literal["open", "labeled", "silent", "worth_a_look", "all"]
SAMPLE = "sample"
DROP = "drop"
LABELS = ("confirmed", "expected", "dismissed")


def flag_list(
    flags: ir.Table,
    mutes: ir.Table,
    *,
    as_of: datetime,
    view: View = "all",
    app_id: str | None = None,
    flag_id: str | None = None,
    limit: int | None = 500,
) -> ir.Table:
    """Return flags with their ``impact``: what they cost over the expected, or are projected to while they run.

    Of a drop it is what is missing so far, below 0.
    ``open`` ones wait for a word and are neither silent (below the minimum impact) nor muted at ``as_of``; ``labeled``
    ones have it. ``worth_a_look`` are samples of what was not flagged, until they have a word. Withdrawn flags
    are in ``all`` only.
    Grain: one row per flag_id, running ones first, then the largest impact first, at most ``limit``. Exact money.
    """
    chosen = flags if app_id is None else flags.filter(flags.app_id == app_id)
    chosen = chosen if flag_id is None else chosen.filter(chosen.flag_id == flag_id)
    quiet = mutes.select(muted_app=mutes.app_id, muted_until=mutes.muted_until)
    held = chosen.left_join(quiet, chosen.app_id == quiet.muted_app).drop("muted_app")
    held = held.mutate(
        is_running=truth(held.status == "running"),
        is_muted=truth(held.muted_until > ibis.literal(as_of)),
        is_labeled=truth(held.state.isin(LABELS)),
        impact=ibis.ifelse(
            (held.status == "running") & (held.kind != DROP),
            ibis.greatest(held.excess, held.projected_excess),
            held.excess,
        ).cast("decimal(76, 21)"),
    )
    stands, is_sample = held.status != "withdrawn", held.kind == SAMPLE
    views = {
        "open": stands & ~held.is_labeled & ~held.is_silent & ~held.is_muted,
        "labeled": stands & held.is_labeled,
        "silent": stands & ~held.is_labeled & ~is_sample & (held.is_silent | held.is_muted),
        "worth_a_look": stands & ~held.is_labeled & is_sample,
        "all": ibis.literal(True),
    }
    answer = held.filter(views[view])
    size = ibis.ifelse(answer.impact < money(), -answer.impact, answer.impact)
    answer = answer.order_by(ibis.desc(answer.is_running), size.desc(), "started_at", "flag_id")
    return answer if limit is None else answer.limit(limit)
