"""Raw events that are not what they were when they were taken: changed, added or lost behind the door's back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from billing.period import Period
from metering.event_types import EVENT_TYPES
from metering.judgment import digest_sql
from warehouse.connect import Store
from warehouse.known import stored_sql

_BILLED = ("usage", "platform_cost", "lifecycle")  # who runs bears of what is shared
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
    """Return the batches that have fewer events left than the door took, of the days that bear on a month.

    ``days`` are those that miss some, ``accepted`` and ``lost`` the sums over all that bear on it.
    """
    taken = " OR ".join(f"(event_type = '{name}' AND {_bears(name, 'day')})" for name in _BILLED)
    held = " UNION ALL ".join(
        f"SELECT batch_id, toDate(time) AS day FROM {EVENT_TYPES[name].table} FINAL WHERE {_bears(name, 'time')}"
        for name in _BILLED
    )
    return store.rows(
        f"""
        SELECT any(origin) AS origin, any(at) AS at, toInt64(sum(had)) AS accepted,
               toInt64(sum(had)) - toInt64(sum(left_over)) AS lost,
               arraySort(groupArrayIf(day, left_over < had)) AS days
        FROM (SELECT batch_id, origin, event_type, at, day, days[day] AS had
              FROM batches ARRAY JOIN mapKeys(days) AS day WHERE {stored_sql(at)} AND ({taken})) AS taken
        LEFT JOIN (SELECT batch_id, day, count() AS left_over FROM ({held}) GROUP BY batch_id, day) AS held
            USING (batch_id, day)
        GROUP BY batch_id HAVING notEmpty(days) ORDER BY at, origin LIMIT {int(limit)}
        """,
        _within(month),
    )


def _bears(name: str, time: str) -> str:
    """Of a month count its own events, and whatever started or stopped before: who ran since then takes part."""
    after = "" if name == "lifecycle" else f"{time} >= {{first:Date}} AND "
    return f"{after}{time} < {{last:Date}}"


def _within(month: Period) -> dict[str, Any]:
    return {"first": month.first, "last": month.next.first}


def _found(store: Store, month: Period, condition: Any, limit: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for name in _BILLED:
        kind = EVENT_TYPES[name]
        rows += store.rows(
            f"SELECT '{name}' AS event_type, source, event_id, toString({kind.meter}) AS meter, time "
            f"FROM {kind.table} FINAL WHERE {_bears(name, 'time')} AND {condition(kind)} "
            f"ORDER BY time, source, event_id, meter LIMIT {int(limit)}",
            _within(month),
        )
    return rows[:limit]
