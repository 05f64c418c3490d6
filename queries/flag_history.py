"""Who did what about a flag, and when?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

TOLD = ("opened", "sampled", "escalated", "ended", "reopened", "withdrawn", "moved")


def flag_history(
    flags: ir.Table, flag_findings: ir.Table, flag_decisions: ir.Table, flag_mutes: ir.Table, *, flag_id: str
) -> ir.Table:
    """Return what the detector told of a flag and what people decided, mutes of its app since it started included.

    Grain: one row per event, the latest first. ``who`` is a person, or the detector and its version.
    """
    flag = flags.filter(flags.flag_id == flag_id).select(
        of_flag=flags.flag_id, of_app=flags.app_id, since=flags.started_at
    )
    found = flag_findings.join(flag, flag_findings.flag_id == flag.of_flag)
    found = found.filter(found.reason.isin(TOLD))
    told = found.select(
        at=found.found_at,
        who=ibis.literal("detector ") + found.detector_version,
        what=found.reason,
        note=ibis.literal(""),
        excess=found.excess.cast("decimal(76, 21)"),
    )
    decided = flag_decisions.join(flag, flag_decisions.flag_id == flag.of_flag)
    muted = flag_mutes.join(flag, [flag_mutes.app_id == flag.of_app, flag_mutes.muted_at >= flag.since])
    nothing = ibis.null("decimal(76, 21)")
    people = [
        decided.select(
            at=decided.decided_at, who=decided.decided_by, what=decided.state, note=decided.note, excess=nothing
        ),
        muted.select(
            at=muted.muted_at,
            who=muted.muted_by,
            what=ibis.ifelse(muted.muted_until > muted.muted_at.cast("timestamp('UTC', 3)"), "muted", "unmuted"),
            note=muted.note,
            excess=nothing,
        ),
    ]
    events = told
    for rows in people:
        events = events.union(rows.cast(events.schema()))
    return events.order_by(ibis.desc("at"), "who", "what")
