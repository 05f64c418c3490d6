"""What could not be taken: list it, fix it, send it through the door again, or dismiss it.

Nothing is ever deleted or edited. A decision is appended; an event without one is open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from metering.decode import decode_lines, parse_line
from metering.door import Receipt, Terms, admit, history_terms
from metering.event_types import EVENT_TYPES
from warehouse.connect import Store

PAGE = 10_000  # events decided at a time
FIXABLE = {"type", "quantities", "llm_usage", "period_start", "starts_at"}.union(
    *(kind.staged for kind in EVENT_TYPES.values())
)
_JSON_FIELDS = ("quantities", "llm_usage")
# Qualified: the engine would take the alias of the same name for the column.
_ID = "leftPad(lower(hex(q.quarantine_id)), 32, '0')"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayResult:
    """What a replay did. accepted + duplicates + quarantined = rows at the door; ``decided`` events are no longer open.

    An event of which nothing was taken and that is refused for the same reason as before stays open; for another reason
    it is open anew.
    """

    replayed: int = 0
    decided: int = 0
    accepted: int = 0
    duplicates: int = 0
    quarantined: int = 0


def listed(
    store: Store,
    *,
    reason: str | None = None,
    quarantine_ids: Sequence[str] | None = None,
    is_open: bool = True,
    limit: int = 100,
) -> list[dict[str, Any]]:
    """Return quarantined events, the latest first; only those without a decision if ``is_open``.

    Grain: one row per quarantined event and meter. ``raw`` is the event as it came.
    """
    where, parameters = _chosen(reason, quarantine_ids, is_open)
    return store.rows(
        f"SELECT {_ID} AS quarantine_id, event_type, source, event_id, meter, reason, detail, raw, received_at, "
        f"decision, decided_by FROM quarantine AS q WHERE {where} "
        "ORDER BY received_at DESC, quarantine_id LIMIT {limit:UInt64}",
        {**parameters, "limit": limit},
    )


def replay(
    store: Store,
    *,
    reason: str | None = None,
    quarantine_ids: Sequence[str] | None = None,
    fix: Mapping[str, str] | None = None,
    by: str,
) -> ReplayResult:
    """Send open quarantined events through the door again, with the fields of ``fix`` set, and record the outcome.

    All open ones without ``reason`` and ``quarantine_ids``. An empty value takes a field away; ``quantities`` and
    ``llm_usage`` are JSON, and stand for whatever the event counted before. The operator vouches for the time of an
    event, however old; what it claims to be is trusted no more than when it arrived.

    Raises:
        ValueError: ``fix`` names a field that no event has, or its value is not the JSON that the field takes.
        KeyError: an id is not in quarantine.

    """
    fix = dict(fix or {})
    if unknown := sorted(set(fix) - FIXABLE):
        raise ValueError(f"no event has the field {', '.join(unknown)}; there are {', '.join(sorted(FIXABLE))}")
    values = {name: _value(name, text) for name, text in fix.items()}
    _refuse_unknown(store, quarantine_ids)
    total = ReplayResult()
    for page in _pages(store, reason, quarantine_ids):
        with store.writing:
            total = _plus(total, _replay_page(store, page, values, by))
    return total


def dismiss(
    store: Store,
    *,
    reason: str | None = None,
    quarantine_ids: Sequence[str] | None = None,
    by: str,
    detail: str = "",
) -> int:
    """Decide that open quarantined events are not to be taken, and return how many there were.

    Raises:
        ValueError: neither a reason nor ids say which.
        KeyError: an id is not in quarantine.

    """
    if reason is None and quarantine_ids is None:
        raise ValueError("say which events to dismiss: a reason, or their ids")
    _refuse_unknown(store, quarantine_ids)
    dismissed = 0
    for page in _pages(store, reason, quarantine_ids):
        _decide(store, [(row["quarantine_id"], "dismissed", detail) for row in page], by)
        dismissed += len(page)
    return dismissed


def _replay_page(store: Store, page: Sequence[Mapping[str, Any]], fix: Mapping[str, Any], by: str) -> ReplayResult:
    result, decisions = ReplayResult(replayed=len(page)), []
    for is_authenticated in (False, True):
        rows = [row for row in page if row["is_authenticated"] is is_authenticated]
        texts = {row["raw"]: _fixed(row["raw"], fix) for row in rows}
        before = _taken_before(rows, texts)
        terms = replace(history_terms(f"replay:{by}"), is_authenticated=is_authenticated)
        outcomes: dict[str, dict[str, str]] = {}
        for event_type, decoded in decode_lines(dict.fromkeys(texts.values())).items():
            receipt = _admit(store, event_type, decoded, before, terms, outcomes)
            result = _plus(
                result,
                ReplayResult(accepted=receipt.accepted, duplicates=receipt.duplicates, quarantined=receipt.quarantined),
            )
        for row in rows:
            text = texts[row["raw"]]
            if (decision := _decision(row, text, outcomes.get(text, {}), fix)) is not None:
                decisions.append(decision)
    _decide(store, decisions, by)
    return _plus(result, ReplayResult(decided=len(decisions)))


def _taken_before(rows: Sequence[Mapping[str, Any]], texts: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return the (fixed text, meter) of calls' rows that were not refused: a fix is no second opinion on them."""
    refused = {(row["raw"], row["meter"]) for row in rows}
    usage = decode_lines(dict.fromkeys(texts)).get("usage")
    if usage is None:
        return set()
    pairs = zip(usage.column("raw").to_pylist(), usage.column("meter").to_pylist(), strict=True)
    return {
        (texts[raw], meter)
        for raw, meter in pairs
        if raw in texts and (raw, meter) not in refused and (raw, "") not in refused
    }


def _admit(
    store: Store,
    event_type: str,
    decoded: pa.Table,
    before: set[tuple[str, str]],
    terms: Terms,
    outcomes: dict[str, dict[str, str]],
) -> Receipt:
    """Admit what was not taken before, and note by text and meter what became of it: '' is taken, else the reason."""
    texts = decoded.column("raw").to_pylist()
    meters = decoded.column("meter").to_pylist() if "meter" in decoded.column_names else [""] * len(texts)
    aside = [(text, meter) in before for text, meter in zip(texts, meters, strict=True)]
    said = ["true" if is_aside else "" for is_aside in aside]
    receipt = admit(store, event_type, decoded.append_column("aside", pa.array(said, pa.string())), terms)
    reasons = {row.position: row.reason for row in receipt.rejected}
    for position, (text, meter, is_aside) in enumerate(zip(texts, meters, aside, strict=True)):
        if not is_aside:
            outcomes.setdefault(text, {})[meter] = reasons.get(position, "")
    return receipt


def _decision(
    row: Mapping[str, Any], text: str, outcomes: Mapping[str, str], fix: Mapping[str, Any]
) -> tuple[str, str, str] | None:
    """Return what was decided about a refused row, by its own meter or, where the fix took that away, by the event."""
    own = {row["meter"]: outcomes[row["meter"]]} if row["meter"] in outcomes else outcomes
    reasons = {reason for reason in own.values() if reason}
    said = "".join(f"; {name} set to {_said(value)}" for name, value in fix.items())
    if not own:
        return None
    if not reasons:
        return row["quarantine_id"], "replayed", f"taken{said}"
    if text == row["raw"] and row["reason"] in reasons:
        return None
    return row["quarantine_id"], "replayed", f"refused again: {', '.join(sorted(reasons))}{said}"


def _value(name: str, text: str) -> Any:
    if name not in _JSON_FIELDS:
        return text
    if not text.strip():
        return None
    try:
        value = parse_line(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"--fix {name}={text} is not JSON for the field {name}: {error}") from error
    if not isinstance(value, dict):
        raise ValueError(f'--fix {name}={text}: {name} is a JSON object, such as {{"input_tokens": 10}}')
    return value


def _said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value or "nothing"


def _fixed(raw: str, fix: Mapping[str, Any]) -> str:
    """Set fields of an event's JSON; what is no JSON object cannot be fixed by fields and stays as it is."""
    if not fix:
        return raw
    try:
        event = parse_line(raw)
    except (ValueError, RecursionError):
        return raw
    if not isinstance(event, dict):
        return raw
    if any(isinstance(value, dict) for value in fix.values()):
        # The event counts what the fix says, and nothing else.
        event = {name: value for name, value in event.items() if name not in ("meter", "quantity", *_JSON_FIELDS)}
    return json.dumps({**event, **fix}, ensure_ascii=not _is_text(event))


def _is_text(event: Any) -> bool:
    """A lone surrogate stays the escape it was written as."""
    try:
        json.dumps(event, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _pages(store: Store, reason: str | None, quarantine_ids: Sequence[str] | None) -> Iterator[list[dict[str, Any]]]:
    """Give the open events as they are now in pages; what a replay puts back is not met again."""
    where, parameters = _chosen(reason, quarantine_ids, is_open=True)
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:23]
    last = ""
    while page := store.rows(
        f"SELECT {_ID} AS quarantine_id, meter, reason, raw, is_authenticated FROM quarantine AS q "
        f"WHERE {where} AND received_at <= {{now:DateTime64(3)}} AND {_ID} > {{last:String}} "
        f"ORDER BY quarantine_id LIMIT {PAGE}",
        {**parameters, "now": now, "last": last},
    ):
        yield page
        last = page[-1]["quarantine_id"]


def _chosen(reason: str | None, quarantine_ids: Sequence[str] | None, is_open: bool) -> tuple[str, dict[str, Any]]:
    conditions = ["decision = ''"] if is_open else ["1"]
    parameters: dict[str, Any] = {}
    if reason is not None:
        conditions.append("reason = {reason:String}")
        parameters["reason"] = reason
    if quarantine_ids is not None:
        conditions.append(f"{_ID} IN {{ids:Array(String)}}")
        parameters["ids"] = [*quarantine_ids]
    return " AND ".join(conditions), parameters


def _refuse_unknown(store: Store, quarantine_ids: Sequence[str] | None) -> None:
    if quarantine_ids is None:
        return
    known = store.rows(
        f"SELECT DISTINCT {_ID} AS quarantine_id FROM quarantined_events AS q WHERE {_ID} IN {{ids:Array(String)}}",
        {"ids": [*quarantine_ids]},
    )
    if missing := sorted(set(quarantine_ids) - {row["quarantine_id"] for row in known}):
        raise KeyError(f"not in quarantine: {', '.join(missing)}")


def _decide(store: Store, decisions: Sequence[tuple[str, str, str]], by: str) -> None:
    store.insert_rows(
        "quarantine_decisions",
        [
            {"quarantine_id": int(quarantine_id, 16), "decision": decision, "detail": detail, "decided_by": by}
            for quarantine_id, decision, detail in decisions
        ],
    )


def _plus(one: ReplayResult, other: ReplayResult) -> ReplayResult:
    return ReplayResult(**{name: getattr(one, name) + getattr(other, name) for name in ReplayResult.__slots__})
