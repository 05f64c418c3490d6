"""What does the ledger of batches say was received, and what is there? Two sides of the law of no silence."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from metrics.exact import money, sum_count


def ledger_sides(batches: ir.Table, events: Mapping[str, ir.Table]) -> list[ir.Table]:
    """Return rows (law, scope, expected, got) per event type, by the ledger and by the stored events.

    ``received``: against accepted, duplicate and quarantined together. ``stored``: accepted against rows there are.
    """
    stored = batches.filter(batches.state == "stored")
    ledger = stored.group_by("event_type").agg(
        received=sum_count(stored.received),
        known=sum_count(stored.accepted + stored.duplicates + stored.quarantined),
        accepted=sum_count(stored.accepted),
    )
    sides = [
        ledger.select(
            law=ibis.literal("15 silence"),
            scope=ledger.event_type + " received",
            expected=ledger.received.cast("decimal(76, 21)"),
            got=ledger.known.cast("decimal(76, 21)"),
        ),
        ledger.select(
            law=ibis.literal("15 silence"),
            scope=ledger.event_type + " stored",
            expected=ledger.accepted.cast("decimal(76, 21)"),
            got=money(),
        ),
    ]
    for name, rows in events.items():
        count = rows.agg(events=rows.count())
        sides.append(
            count.filter(count.events > 0).select(
                law=ibis.literal("15 silence"),
                scope=ibis.literal(f"{name} stored"),
                expected=money(),
                got=count.events.cast("decimal(76, 21)"),
            )
        )
    return sides
