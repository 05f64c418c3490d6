"""What the store knew at an earlier time: nothing is ever edited, so every state can be read again."""

from __future__ import annotations

from datetime import UTC, datetime

from warehouse.histories import HISTORIES


def known_sql(history: str, at: datetime) -> str:
    """Return a subquery that says what a history's view said at ``at``."""
    kind = HISTORIES[history]
    return (
        f"(SELECT * FROM {kind.records} WHERE recorded_at <= {instant_sql(at)} "
        f"ORDER BY recorded_at DESC LIMIT 1 BY {kind.key}, valid_from)"
    )


def stored_sql(at: datetime) -> str:
    """Return the condition that an event's batch was acknowledged by ``at``."""
    return f"batch_id IN ({taken_sql(at)})"


def taken_sql(at: datetime) -> str:
    """Return the batches that were acknowledged by ``at``, as a subquery without parentheses."""
    return f"SELECT batch_id FROM batches WHERE state = 'stored' AND at <= {instant_sql(at)}"


def instant_sql(at: datetime) -> str:
    """Return an instant as SQL, to the microsecond."""
    return f"toDateTime64('{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}', 6, 'UTC')"
