"""How far the bus is read: one row a partition, in the store, so that every process can show the lag."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from warehouse.connect import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The next offset a group reads of a partition, and the offset after the partition's last message."""

    consumer_group: str
    topic: str
    partition: int
    next_offset: int
    end_offset: int


def note(store: Store, positions: Iterable[Position]) -> None:
    """Write down positions; of a partition the last one noted stands."""
    rows = [{name: getattr(position, name) for name in Position.__slots__} for position in positions]
    if rows:
        store.insert_rows("bus_position_notes", rows)
