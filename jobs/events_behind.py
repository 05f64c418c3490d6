"""Raw events that are not what they were when they were taken: changed, added or lost behind the door's back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from billing.period import Period
from metering.event_types import EVENT_TYPES, EventType
from metering.judgment import digest_sql, identity_sql, kept_payloads
from warehouse.connect import Store
from warehouse.known import stored_sql

_BILLED = ("usage", "platform_cost", "lifecycle")  # who runs bears of what is shared
MOST = 100


def changed_events(store: Store, month: Period, *, limit: int = MOST) -> list[dict[str, Any]]:
    """Return events of a month that differ from what was taken.

    Either their stored digest is not that of what is stored, or, for one who changed both, what was kept of them when
    they were taken says otherwise.
    """
    found = _found(store, month, lambda kind: f"event_digest != {digest_sql(kind)}", limit)
    for row in _found(store, month, lambda kind: _is_unlike_taken(store, kind, month), limit):
        if row not in found:
            found.append(row)
    return found[:limit]


def strange_events(store: Store, month: Period, *, limit: int = MOST) -> list[dict[str, Any]]:
    """Return events of a month that the door never took: nobody knows their identity."""
    return _found(
        store, month, lambda kind: f"{identity_sql(kind)} NOT IN (SELECT identity FROM event_identities)", limit
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


def _is_unlike_taken(store: Store, kind: EventType, month: Period) -> str:
    """Return the condition of events whose identity was taken with another payload.

    Batch by batch first, all payloads of each in one number: comparing ten million one by one would take the memory.
    """
    payloads = kept_payloads(kind)
    batches = f"batch_id IN (SELECT batch_id FROM {kind.table} WHERE {_bears(kind.name, 'time')})"
    unlike = store.rows(
        f"""
        SELECT batch_id FROM
        (SELECT batch_id, groupBitXor({payloads[0]}) AS payload FROM {kind.table} FINAL WHERE {batches}
         GROUP BY batch_id) AS held
        LEFT JOIN
        (SELECT batch_id, groupBitXor(payload) AS payload FROM event_identities WHERE {batches}
         GROUP BY batch_id) AS taken USING (batch_id)
        WHERE held.payload != taken.payload
        """,
        _within(month),
    )
    if not unlike:
        return "0"
    of_these = f"batch_id IN ({', '.join(repr(str(row['batch_id'])) for row in unlike)})"
    known = f"FROM event_identities WHERE {of_these}"
    identity = identity_sql(kind)
    same = " OR ".join(f"({identity}, {payload}) IN (SELECT identity, payload {known})" for payload in payloads)
    return f"{of_these} AND {identity} IN (SELECT identity {known}) AND NOT ({same})"


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
