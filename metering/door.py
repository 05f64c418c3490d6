"""The door: staged events in, one acknowledged batch out.

A batch is whole or gone. It is announced (`begun`), judged in the engine, written, and acknowledged (`stored`).
Whatever a crash leaves between the two is undone at the next start, so a sender that was not told repeats it and
nothing counts twice. Every row becomes exactly one of accepted, duplicate or quarantined.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from config.settings import settings
from metering.event_types import EVENT_TYPES, INPUT_METERS, EventType
from metering.judgment import BESIDE, accept_sql, identities_sql, judge_sql, quarantine_sql
from warehouse.connect import Store
from warehouse.recover import undo_batch, undo_unacknowledged

_MANY_DAYS = {"max_partitions_per_insert_block": 0}  # back-fills touch one partition a day
# Of a few rows, how the judgment could be run faster is found out in more time than it is run in.
_FEW_ROWS, _AS_WRITTEN = 100, "SETTINGS max_threads = 1, query_plan_enable_optimizations = 0"
_FEW_DAYS = 100  # partitions that the engine writes to at once by itself; saying more costs a small batch milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A staged row that went to quarantine: its place in the batch, and why."""

    position: int
    event_id: str
    meter: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a batch. accepted + duplicates + quarantined = received, always.

    ``rejected`` and ``duplicate_positions`` say which rows; every other one was accepted.
    """

    batch_id: str
    event_type: str
    received: int
    accepted: int
    duplicates: int
    quarantined: int
    rejected: tuple[Rejected, ...] = ()
    duplicate_positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for all rows of a batch.

    ``origin`` names where it came from (and is how a load resumes); ``is_authenticated`` says that the source proved
    who it is, without which an ``app_id`` in the event counts for nothing. Times outside ``[oldest, newest]`` are
    quarantined.
    """

    origin: str
    is_authenticated: bool
    oldest: datetime
    newest: datetime


def live_terms(origin: str, *, is_authenticated: bool) -> Terms:
    """Return the terms for events as they happen: up to 35 days old, up to 5 minutes ahead (settings)."""
    now = datetime.now(UTC)
    return Terms(
        origin=origin,
        is_authenticated=is_authenticated,
        oldest=now - timedelta(days=settings().oldest_event_days),
        newest=now + timedelta(minutes=settings().newest_event_minutes),
    )


def history_terms(origin: str) -> Terms:
    """Return the terms for an operator's import of history: trusted, any time in the range the store can hold."""
    return Terms(
        origin=origin,
        is_authenticated=True,
        oldest=datetime(2000, 1, 1, tzinfo=UTC),
        newest=datetime(2100, 1, 1, tzinfo=UTC),
    )


def admit(store: Store, event_type: str, staged: pa.Table, terms: Terms) -> Receipt:
    """Take a batch of staged events of one type and acknowledge it.

    ``staged`` has the text columns of ``EVENT_TYPES[event_type].staged`` plus ``raw`` (the event as it came, or empty
    to have it written from the columns) and ``problem`` (what the decoder already found wrong, or empty). A row that
    is ``aside`` is not judged and not counted: it was taken before, and is here to complete its call.

    Rows of one ``source``, ``event_id``, ``raw`` and ``sent_as`` are one call: what it put in, which prices with
    tiers ask for, is the sum over its valid rows unless it states ``call_input_tokens``. So a call must not be cut
    over two batches.

    Raises:
        Exception: whatever the engine says; the batch is then undone and nothing of it is left.

    """
    kind = EVENT_TYPES[event_type]
    batch = uuid.uuid4()
    parameters = {
        "batch": str(batch),
        "oldest": _text(terms.oldest),
        "newest": _text(terms.newest),
        "received_at": _text(datetime.now(UTC)),
        "authenticated": terms.is_authenticated,
        "origin": terms.origin,
    }
    staging, judged = f"staged_{batch.hex}", f"staged_{batch.hex}_judged"
    with store.admitting:
        if store.has_leftovers:
            # A batch that could not be undone would make its own retry look like duplicates.
            undo_unacknowledged(store)
        _write_state(store, kind, parameters, "begun", {})
        try:
            columns = ", ".join(f"{name} String" for name in (*kind.staged, *BESIDE))
            store.command(f"CREATE TABLE {staging} (position UInt32, {columns}) ENGINE = Memory")
            store.insert_arrow(staging, _with_position(staged, kind))
            sums_calls = _sums_calls(staged, kind)
            # With its columns from elsewhere the judgment is analyzed once: that is most of a small batch.
            store.command(f"CREATE TABLE {judged} AS {_template(store, kind)}")
            judgment = judge_sql(kind, staging, sums_calls=sums_calls, are_new=True)
            as_written = _AS_WRITTEN if staged.num_rows <= _FEW_ROWS else ""
            store.command(f"INSERT INTO {judged} {judgment} {as_written}", parameters)
            counts = _count(store, judged)
            if counts["identities"] < counts["accepted"] or counts["known"]:
                store.command(f"TRUNCATE TABLE {judged}")
                store.command(f"INSERT INTO {judged} {judge_sql(kind, staging, sums_calls=sums_calls)}", parameters)
                counts = _count(store, judged)
            rejected: tuple[Rejected, ...] = ()
            duplicates: tuple[int, ...] = ()
            if counts["accepted"]:
                many = _MANY_DAYS if len(counts["days"]) > _FEW_DAYS else None
                store.command(accept_sql(kind, judged), parameters, many)
                store.command(identities_sql(judged), parameters)
            if counts["quarantined"]:
                rejected = _rejected(store, kind, judged)
                store.command(quarantine_sql(kind, judged), parameters)
            if counts["duplicates"]:
                duplicates = _duplicates(store, judged)
            _write_state(store, kind, parameters, "stored", counts)
        except BaseException:
            store.has_leftovers = True
            undo_batch(store, str(batch), kind.name)
            store.has_leftovers = False
            raise
        finally:
            store.command(f"DROP TABLE IF EXISTS {judged} SYNC")
            store.command(f"DROP TABLE IF EXISTS {staging} SYNC")
    return Receipt(
        batch_id=str(batch),
        event_type=event_type,
        received=counts["received"],
        accepted=counts["accepted"],
        duplicates=counts["duplicates"],
        quarantined=counts["quarantined"],
        rejected=rejected,
        duplicate_positions=duplicates,
    )


def _template(store: Store, kind: EventType) -> str:
    """Return an empty table with the columns of a judgment, made once in a process."""
    blank = judge_sql(kind, "nothing", sums_calls=False)
    # By its text: a process of another version has other columns.
    template = f"judgment_{kind.name}_{hashlib.sha256(blank.encode()).hexdigest()[:16]}"
    if template not in store.made:
        columns = ", ".join(f"'' AS {name}" for name in (*kind.staged, *BESIDE))
        nothing = f"nothing AS (SELECT toUInt32(0) AS position, {columns} WHERE 0)"
        never = {"oldest": "2000-01-01 00:00:00.000", "newest": "2000-01-01 00:00:00.000"}
        judgment = blank.strip().replace("WITH parsed AS", f"WITH {nothing}, parsed AS", 1)
        store.command(f"CREATE TABLE IF NOT EXISTS {template} ENGINE = Memory EMPTY AS {judgment}", never)
        store.made.add(template)
    return template


def _sums_calls(staged: pa.Table, kind: EventType) -> bool:
    """Whether some row leaves it to us what its call put in: most say it, or are no tokens."""
    if kind.name != "usage" or "meter" not in staged.column_names:
        return False
    is_input = pc.is_in(staged["meter"], pa.array(INPUT_METERS))
    if "call_input_tokens" in staged.column_names:
        is_input = pc.and_(is_input, pc.equal(staged["call_input_tokens"], ""))
    return bool(pc.any(is_input).as_py())


def _count(store: Store, judged: str) -> dict[str, Any]:
    return store.rows(
        "SELECT count() AS received, countIf(verdict = 'accepted') AS accepted, "
        "countIf(verdict = 'duplicate') AS duplicates, countIf(verdict = 'quarantined') AS quarantined, "
        "uniqExactIf(identity, verdict = 'accepted') AS identities, "
        f"(SELECT count() FROM event_identities WHERE identity IN (SELECT identity FROM {judged} "
        "WHERE verdict = 'accepted')) AS known, "
        "maxIf(parsed_time, verdict = 'accepted') AS last_event_time, "
        "sumMapIf(map(toDate(assumeNotNull(parsed_time)), toUInt64(1)), verdict = 'accepted') AS days "
        f"FROM {judged}"
    )[0]


def _rejected(store: Store, kind: EventType, judged: str) -> tuple[Rejected, ...]:
    rows = store.rows(
        f"SELECT position, event_id, toString({kind.meter}) AS meter, reason, detail FROM {judged} "
        "WHERE verdict = 'quarantined' ORDER BY position"
    )
    return tuple(Rejected(**row) for row in rows)


def _duplicates(store: Store, judged: str) -> tuple[int, ...]:
    found = store.arrow(f"SELECT position FROM {judged} WHERE verdict = 'duplicate' ORDER BY position")
    return tuple(found["position"].to_pylist())


def _write_state(store: Store, kind: EventType, parameters: dict[str, Any], state: str, counts: dict[str, Any]) -> None:
    store.insert_rows(
        "batch_states",
        [
            {
                "batch_id": uuid.UUID(parameters["batch"]),
                "event_type": kind.name,
                "origin": parameters["origin"],
                "state": state,
                "received": counts.get("received", 0),
                "accepted": counts.get("accepted", 0),
                "duplicates": counts.get("duplicates", 0),
                "quarantined": counts.get("quarantined", 0),
                "days": counts.get("days", {}),
                "last_event_time": counts.get("last_event_time"),
                "version": 0 if state == "begun" else 1,
            }
        ],
    )


def _with_position(staged: pa.Table, kind: EventType) -> pa.Table:
    columns = {"position": pa.array(range(staged.num_rows), pa.uint32())}
    for name in (*kind.staged, *BESIDE):
        columns[name] = staged.column(name) if name in staged.column_names else pa.array([""] * staged.num_rows)
    return pa.table(columns)


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:23]
