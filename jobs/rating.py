"""What ``farthing rate`` and the background job do: prices and rules up to date, terms booked, dirty days rated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from billing.allocation import sync_allocation
from billing.price_book import sync
from jobs.amortize import amortize
from jobs.rate import RatedDay, rate
from warehouse.connect import Store


def sync_and_rate(
    store: Store,
    *,
    start: date | None = None,
    end: date | None = None,
    again: bool = False,
    on_day: Callable[[RatedDay, int], None] = lambda _day, _left: None,
) -> list[RatedDay]:
    """Record what the operator's files and the list prices of models in use say, then rate (``jobs.rate.rate``).

    Prepaid purchases are booked day by day before (``jobs.amortize``).

    Raises:
        ValueError: a file of the operator's is unusable, or edits what has started; nothing is rated.

    """
    sync(store)
    sync_allocation(store)
    amortize(store)
    return rate(store, start=start, end=end, again=again, on_day=on_day)
