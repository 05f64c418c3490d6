"""Raw events that are not what they were when they were taken: changed, added or lost behind the door's back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from billing.period import Period
from metering.event_types import EVENT_TYPES
from metering.judgment import digest_sql
from warehouse.connect import Store
from warehouse.known import stored_sql

_BILLED = ("usage", "platform_cost")
MOST = 100


def changed_events(store: Store, month: Period, *, limit: int = MOST) -> list[dict[str, Any]]:
    """Return events of a month whose stored digest is not the digest of what is stored."""
    return _found(store, month, lambda kind: f"event_digest != {digest_sql(kind)}", limit)


def strange_events(store: Store, month: Period, *, limit: int = MOST) -> list[dict[str, Any]]:
    """Return events of a month that the door never took: nobody knows their identity."""
    return _found(
        store,
        month,
        lambda kind: (
            f"reinterpretAsUInt128(sipHash128('{kind.name}', source, event_id, toString({kind.meter}))) "
            "NOT IN (SELECT identity FROM event_identities)"
        ),
        limit,
    )


def lost_events(store: Store, month: Period, at: datetime, *, limit: int = MOST) -> list[dict[str, Any]]:
    """Return the batches with days in a month that have fewer events left than the door took."""
    held = " UNION ALL ".join(f"SELECT batch_id FROM {EVENT_TYPES[name].table} FINAL" for name in _BILLED)
    return store.rows(
        f"""
        SELECT origin, accepted, at, toInt64(accepted) - toInt64(left_over) AS lost
        FROM (SELECT * FROM batches WHERE event_type IN ('usage', 'platform_cost') AND {stored_sql(at)}
              AND arrayExists(day -> toStartOfMonth(day) = {{month:Date}}, mapKeys(days))) AS taken
        LEFT JOIN (SELECT batch_id, count() AS left_over FROM ({held}) GROUP BY batch_id) AS held USING (batch_id)
        WHERE left_over < accepted ORDER BY at, origin LIMIT {int(limit)}
        """,
        {"month": month.first},
    )


def _found(store: Store, month: Period, condition: Any, limit: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for name in _BILLED:
        kind = EVENT_TYPES[name]
        rows += store.rows(
            f"SELECT source, event_id, toString({kind.meter}) AS meter, time FROM {kind.table} FINAL "
            f"WHERE time >= {{first:Date}} AND time < {{last:Date}} AND {condition(kind)} "
            f"ORDER BY time, source, event_id, meter LIMIT {int(limit)}",
            {"first": month.first, "last": month.next.first},
        )
    return rows[:limit]
