"""What the engine is asked about a batch, as SQL: how staged rows are judged, and where each verdict puts them."""

from __future__ import annotations

from metering.event_types import INPUT_METERS, PARSED_TIME, EventType

BESIDE = ("raw", "sent_as", "problem", "aside")  # staged with the fields of any type
_FACT_PAYLOAD = ("resource_id", "app_id", "environment", "lease_id")


def digest_sql(kind: EventType, prefix: str = "") -> str:
    """Return the SQL of an event's digest over its stored columns: what ``verify`` recomputes from raw events.

    ``prefix`` is what the columns' names begin with where they are about to be stored.
    """
    facts = ("source", "event_id", "time", "resource_id", "app_id", "environment", "lease_id", "is_authenticated")
    hashed = ", ".join(_hashable(column, prefix) for column in (*facts, *kind.columns))
    return f"reinterpretAsUInt128(sipHash128('{kind.name}', {hashed}))"


def identity_sql(kind: EventType) -> str:
    """Return the SQL of what makes an event the same one, whatever its time stamp; of staged and of stored columns."""
    return f"reinterpretAsUInt128(sipHash128('{kind.name}', source, event_id, toString({kind.meter})))"


def kept_payloads(kind: EventType) -> tuple[str, ...]:
    """Return the SQL of the payloads that stored columns may have come with: one of them is that of their identity."""
    others = tuple(kind.kept_as.get(column, column) for column in kind.kept)
    return tuple(_payload_sql(columns) for columns in dict.fromkeys((kind.kept, others)))


def _payload_sql(columns: tuple[str, ...]) -> str:
    payload = ", ".join(f"ifNull(toString({sql}), '')" for sql in (*_FACT_PAYLOAD, *columns))
    return f"sipHash64({payload})"


def _hashable(column: str, prefix: str) -> str:
    # sipHash takes no NULL; an absent instant hashes as text.
    name = f"{prefix}{column}"
    return f"toString(ifNull({name}, toDateTime64(0, 3, 'UTC')))" if column == "ends_at" else name


def judge_sql(kind: EventType, staging: str, *, sums_calls: bool, are_new: bool = False) -> str:
    """Return the judgment of staged rows: each with its verdict, and the reason of a refusal.

    With ``are_new`` nothing is compared with anything: right if no identity occurs twice, here or among those taken
    before. Most batches are like that, and comparing is half of the judgment.
    """
    parsed = "".join(f", {sql} AS {name}" for name, sql in kind.parsed.items())
    # Said once with both words of its answer: analyzing it costs more than a small batch.
    refused = ", ".join(f"ifNull({check.fails}, 1), ('{check.reason}', {check.detail})" for check in kind.checks)
    identity = identity_sql(kind)
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
                {_payload_sql(kind.payload)} AS payload
            FROM parsed
            WHERE aside = ''
        )
        {_compared_sql(identity, staging) if not are_new else _UNCOMPARED}
    """


# The columns of the judgment as they are without another row of the same identity. One step, because each step looks
# up every column anew: that is most of a small batch.
_UNCOMPARED = """
        SELECT
            * EXCEPT (refused),
            refused.1 AS own_reason,
            refused.2 AS own_detail,
            toUInt64(1) AS nth,
            payload AS first_payload,
            if(own_reason != '', 'quarantined', 'accepted') AS verdict,
            own_reason AS reason,
            own_detail AS detail
        FROM checked
"""


def _compared_sql(identity: str, staging: str) -> str:
    return f"""
        , told AS (SELECT * EXCEPT (refused), refused.1 AS own_reason, refused.2 AS own_detail FROM checked),
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


def accept_sql(kind: EventType, judged: str) -> str:
    """Return the insert of what was accepted, with its digest."""
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
    return f"""
        INSERT INTO {kind.table} ({names}, event_digest, batch_id)
        SELECT {", ".join(f"`typed_{name}`" for name in columns)}, {digest_sql(kind, "typed_")}, {{batch:UUID}}
        FROM (SELECT {typed} FROM {judged} WHERE verdict = 'accepted')
    """


def identities_sql(judged: str) -> str:
    """Return the insert of the identities of what was accepted."""
    return (
        "INSERT INTO event_identities (identity, payload, batch_id) "
        f"SELECT identity, payload, {{batch:UUID}} FROM {judged} WHERE verdict = 'accepted'"
    )


def quarantine_sql(kind: EventType, judged: str) -> str:
    """Return the insert of what was refused, with its reason and as it came."""
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
