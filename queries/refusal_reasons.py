"""Why did the API refuse what it was sent?"""

from __future__ import annotations

import ibis.expr.types as ir

from metrics.exact import sum_count


def refusal_reasons(refusals: ir.Table) -> ir.Table:
    """Return requests and events refused by reason and source; nothing of these events was kept.

    ``events`` is 0 where a request was refused as a whole, before its events were told apart, or to be sent again.
    Grain: one row per (reason, source), the latest first. ``example`` is what the last caller was told.
    """
    found = refusals.group_by("reason", "source").agg(
        requests=sum_count(refusals.requests),
        events=sum_count(refusals.events),
        last_at=refusals["at"].max(),
        example=refusals.example.argmax(refusals["at"]),
    )
    return found.order_by(found.last_at.desc(), "reason", "source")
