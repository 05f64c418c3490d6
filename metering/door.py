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
from metering.event_types import EVENT_TYPES, INPUT_METERS, PARSED_TIME, EventType
from warehouse.connect import Store
from warehouse.recover import undo_batch, undo_unacknowledged

_FACT_PAYLOAD = ("resource_id", "app_id", "environment", "lease_id")
_BESIDE = ("raw", "sent_as", "problem", "aside")  # staged with the fields of any type
_MANY_DAYS = {"max_partitions_per_insert_block": 0}  # back-fills touch one partition a day


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
    with store.writing:
        if store.has_leftovers:
            # A batch that could not be undone would make its own retry look like duplicates.
            undo_unacknowledged(store)
        _write_state(store, kind, parameters, "begun", {})
        try:
            columns = ", ".join(f"{name} String" for name in (*kind.staged, *_BESIDE))
            store.command(f"CREATE TABLE {staging} (position UInt32, {columns}) ENGINE = Memory")
            store.insert_arrow(staging, _with_position(staged, kind))
            judgment = _judge_sql(kind, staging, sums_calls=_sums_calls(staged, kind))
            # With its columns from elsewhere the judgment is analyzed once: that is most of a small batch.
            store.command(f"CREATE TABLE {judged} AS {_template(store, kind)}")
            store.command(f"INSERT INTO {judged} {judgment}", parameters)
            counts = _count(store, judged)
            rejected: tuple[Rejected, ...] = ()
            duplicates: tuple[int, ...] = ()
            if counts["accepted"]:
                store.command(_accept_sql(kind, judged), parameters, _MANY_DAYS)
                store.command(_identities_sql(judged), parameters)
            if counts["quarantined"]:
                rejected = _rejected(store, kind, judged)
                store.command(_quarantine_sql(kind, judged), parameters)
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


def digest_sql(kind: EventType) -> str:
    """Return the SQL of an event's digest over its stored columns: what ``verify`` recomputes from raw events."""
    facts = ("source", "event_id", "time", "resource_id", "app_id", "environment", "lease_id", "is_authenticated")
    return f"reinterpretAsUInt128(sipHash128('{kind.name}', {', '.join((*facts, *map(_hashable, kind.columns)))}))"


def _hashable(column: str) -> str:
    # sipHash takes no NULL; an absent instant hashes as text.
    return "toString(ifNull(ends_at, toDateTime64(0, 3, 'UTC')))" if column == "ends_at" else column


def _template(store: Store, kind: EventType) -> str:
    """Return an empty table with the columns of a judgment, made once in a process."""
    blank = _judge_sql(kind, "nothing", sums_calls=False)
    # By its text: a process of another version has other columns.
    template = f"judgment_{kind.name}_{hashlib.sha256(blank.encode()).hexdigest()[:16]}"
    if template not in store.made:
        columns = ", ".join(f"'' AS {name}" for name in (*kind.staged, *_BESIDE))
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


def _judge_sql(kind: EventType, staging: str, *, sums_calls: bool) -> str:
    parsed = "".join(f", {sql} AS {name}" for name, sql in kind.parsed.items())
    # Said once with both words of its answer: analyzing it costs more than a small batch.
    refused = ", ".join(f"ifNull({check.fails}, 1), ('{check.reason}', {check.detail})" for check in kind.checks)
    payload = ", ".join(f"ifNull(toString({sql}), '')" for sql in (*_FACT_PAYLOAD, *kind.payload))
    identity = f"reinterpretAsUInt128(sipHash128('{kind.name}', source, event_id, toString({kind.meter})))"
    return f"""
        WITH parsed AS
        (
            SELECT *, {PARSED_TIME} AS parsed_time{parsed}
            FROM {_with_call_sql(kind, staging, sums_calls=sums_calls)} AS staged {kind.joins}
        ),
        checked AS
        (
            SELECT
                *,
                multiIf({refused}, ('', '')) AS refused,
                {identity} AS identity,
                sipHash64({payload}) AS payload
            FROM parsed
            WHERE aside = ''
        ),
        told AS (SELECT * EXCEPT (refused), refused.1 AS own_reason, refused.2 AS own_detail FROM checked),
        ranked AS
        (
            SELECT
                *,
                row_number() OVER (PARTITION BY identity, own_reason = '' ORDER BY position) AS nth,
                first_value(payload) OVER (PARTITION BY identity, own_reason = '' ORDER BY position) AS first_payload
            FROM told
        ),
        known AS
        (
            SELECT identity, any(event_identities.payload) AS known_payload, 1 AS is_known
            FROM event_identities
            WHERE identity IN (SELECT {identity} FROM {staging})
            GROUP BY identity
        )
        SELECT
            ranked.*,
            multiIf(
                own_reason != '', 'quarantined',
                is_known = 1, if(known_payload = payload, 'duplicate', 'quarantined'),
                nth > 1, if(first_payload = payload, 'duplicate', 'quarantined'),
                'accepted') AS verdict,
            if(own_reason = '' AND verdict = 'quarantined', 'conflict', own_reason) AS reason,
            if(own_reason = '' AND verdict = 'quarantined',
               'the same identity was taken before with another payload; the first stands', own_detail) AS detail
        FROM ranked LEFT JOIN known USING (identity)
    """


def _with_call_sql(kind: EventType, staging: str, *, sums_calls: bool) -> str:
    """Staged rows with ``tokens_of_call``: canonical tokens that their call put in, by its valid rows that say so."""
    if kind.name != "usage":
        return staging
    if not sums_calls:
        return f"(SELECT *, toDecimal256(0, 30) AS tokens_of_call FROM {staging})"
    parsed = "".join(f", {sql} AS {name}" for name, sql in kind.parsed.items())
    fails = " OR ".join(f"ifNull({check.fails}, 1)" for check in kind.checks)
    call = "sipHash128(source, event_id, raw, sent_as)"
    # A call that came twice in one batch put in what it put in once.
    return f"""
        (
            SELECT said.* EXCEPT (call), ifNull(calls.tokens, toDecimal256(0, 30)) AS tokens_of_call
            FROM (SELECT *, {call} AS call FROM {staging}) AS said
            LEFT JOIN
            (
                SELECT call, sum(tokens) AS tokens
                FROM
                (
                    SELECT call, meter, argMin(canonical, position) AS tokens
                    FROM
                    (
                        SELECT *, {PARSED_TIME} AS parsed_time{parsed}
                        FROM
                        (
                            SELECT *, {call} AS call, 0 AS tokens_of_call
                            FROM {staging}
                            WHERE call_input_tokens = '' AND meter IN {INPUT_METERS}
                        ) AS staged {kind.joins}
                    )
                    WHERE NOT ({fails})
                    GROUP BY call, meter
                )
                GROUP BY call
            ) AS calls ON said.call = calls.call
        )"""


def _accept_sql(kind: EventType, judged: str) -> str:
    facts = {
        "source": "source",
        "event_id": "event_id",
        "time": "assumeNotNull(parsed_time)",
        "received_at": "{received_at:DateTime64(3)}",
        "resource_id": "resource_id",
        "app_id": "app_id",
        "environment": "environment",
        "lease_id": "lease_id",
        "is_authenticated": "{authenticated:Bool}",
    }
    # Typed first, hashed after: the digest is over exactly what is stored.
    columns = facts | kind.columns
    names = ", ".join(f"`{name}`" for name in columns)
    typed = ", ".join(f"({sql}) AS `typed_{name}`" for name, sql in columns.items())
    renamed = ", ".join(f"`typed_{name}` AS `{name}`" for name in columns)
    return f"""
        INSERT INTO {kind.table} ({names}, event_digest, batch_id)
        SELECT {names}, {digest_sql(kind)}, {{batch:UUID}}
        FROM (SELECT {renamed} FROM (SELECT {typed} FROM {judged} WHERE verdict = 'accepted'))
    """


def _identities_sql(judged: str) -> str:
    return (
        "INSERT INTO event_identities (identity, payload, batch_id) "
        f"SELECT identity, payload, {{batch:UUID}} FROM {judged} WHERE verdict = 'accepted'"
    )


def _quarantine_sql(kind: EventType, judged: str) -> str:
    said = {name: name for name in kind.staged}
    if kind.name == "usage":
        # Without its neighbors a row could no longer tell what its call put in.
        said["call_input_tokens"] = (
            f"if(call_input_tokens = '' AND tokens_of_call > 0 AND meter NOT IN {INPUT_METERS}, "
            "toString(toUInt64(tokens_of_call)), toString(call_input_tokens))"
        )
    members = ", ".join(f"'{name}', toString({sql})" for name, sql in said.items())
    return f"""
        INSERT INTO quarantined_events
            (quarantine_id, event_type, source, event_id, meter, reason, detail, raw, is_authenticated, received_at,
             batch_id)
        SELECT
            reinterpretAsUInt128(sipHash128('{kind.name}', source, event_id, toString({kind.meter}), reason, kept)),
            '{kind.name}', source, event_id, toString({kind.meter}), reason, detail, kept, {{authenticated:Bool}},
            {{received_at:DateTime64(3)}}, {{batch:UUID}}
        FROM
        (
            SELECT
                *,
                map('type', '{kind.name}', {members}) AS fields,
                if(raw != '', raw, toJSONString(mapFilter((name, value) -> value != '', fields))) AS kept
            FROM {judged} WHERE verdict = 'quarantined'
        )
    """


def _count(store: Store, judged: str) -> dict[str, Any]:
    row = store.rows(
        "SELECT count() AS received, countIf(verdict = 'accepted') AS accepted, "
        "countIf(verdict = 'duplicate') AS duplicates, countIf(verdict = 'quarantined') AS quarantined, "
        "maxIf(parsed_time, verdict = 'accepted') AS last_event_time "
        f"FROM {judged}"
    )[0]
    days = store.rows(
        f"SELECT toDate(assumeNotNull(parsed_time)) AS day, count() AS events FROM {judged} "
        "WHERE verdict = 'accepted' GROUP BY day"
    )
    return {**row, "days": {day["day"]: day["events"] for day in days}}


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
    for name in (*kind.staged, *_BESIDE):
        columns[name] = staged.column(name) if name in staged.column_names else pa.array([""] * staged.num_rows)
    return pa.table(columns)


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:23]
