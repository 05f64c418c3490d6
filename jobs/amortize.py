"""Book what prepaid purchases cost day by day: platform costs of their own, through the ordinary door."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from billing.amortization import SOURCE, purchases
from metering.decode import decode_events
from metering.door import admit, history_terms
from warehouse.connect import Store


def amortize(store: Store, *, until: datetime | None = None) -> int:
    """Book every day of a term that has ended ``until`` then (now by default); return how many were new.

    A slice's identity is its purchase and day, so booking twice changes nothing, and a crash leaves nothing half
    booked: what is missing is booked next time. Slices of closed months become corrections, like any late cost.
    """
    moment = until or datetime.now(UTC)
    with store.writing:
        found = purchases(store)
        held = _held(store) if found else set()
        booked = 0
        for is_trusted in (True, False):
            due = [
                purchase.slice(start, end)
                for purchase in found
                if purchase.is_authenticated == is_trusted
                for start, end in purchase.days()
                if end <= moment and purchase.slice_id(start) not in held
            ]
            terms = replace(history_terms(SOURCE), is_authenticated=is_trusted)
            for kind, staged in decode_events(due).items():
                booked += admit(store, kind, staged, terms).accepted
        return booked


def _held(store: Store) -> set[str]:
    rows = store.rows("SELECT event_id FROM platform_costs WHERE source = {source:String}", {"source": SOURCE})
    return {row["event_id"] for row in rows}
