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
# Qualified: the engine would take the alias of the same name for the column.
_ID = "leftPad(lower(hex(q.quarantine_id)), 32, '0')"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayResult:
    """What a replay did. accepted + duplicates + quarantined = rows at the door; ``decided`` events are no longer open.

    An event that is refused for the same reason as before stays open; for another reason it is open anew.
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

    All open ones without ``reason`` and ``quarantine_ids``. The operator vouches for the time of an event, however old;
    what it claims to be is trusted no more than when it arrived.

    Raises:
        ValueError: ``fix`` names a field that no event has.
        KeyError: an id is not in quarantine.

    """
    fix = dict(fix or {})
    if unknown := sorted(set(fix) - FIXABLE):
        raise ValueError(f"no event has the field {', '.join(unknown)}; there are {', '.join(sorted(FIXABLE))}")
    _refuse_unknown(store, quarantine_ids)
    total = ReplayResult()
    for page in _pages(store, reason, quarantine_ids):
        with store.writing:
            total = _plus(total, _replay_page(store, page, fix, by))
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


def _replay_page(store: Store, page: Sequence[Mapping[str, Any]], fix: Mapping[str, str], by: str) -> ReplayResult:
    result, decisions = ReplayResult(replayed=len(page)), []
    for is_authenticated in (False, True):
        rows = [row for row in page if row["is_authenticated"] is is_authenticated]
        texts = {row["raw"]: _fixed(row["raw"], fix) for row in rows}
        wanted = {(texts[row["raw"]], row["meter"]) for row in rows}
        terms = replace(history_terms(f"replay:{by}"), is_authenticated=is_authenticated)
        refused: dict[tuple[str, str], str] = {}
        for event_type, decoded in decode_lines(dict.fromkeys(texts.values())).items():
            staged = decoded if "meter" in fix else _only(decoded, wanted)
            receipt, again = _admit(store, event_type, staged, terms)
            refused |= again
            result = _plus(
                result,
                ReplayResult(accepted=receipt.accepted, duplicates=receipt.duplicates, quarantined=receipt.quarantined),
            )
        decisions += [d for row in rows if (d := _outcome(row, texts[row["raw"]], refused, fix)) is not None]
    _decide(store, decisions, by)
    return _plus(result, ReplayResult(decided=len(decisions)))


def _admit(store: Store, event_type: str, staged: pa.Table, terms: Terms) -> tuple[Receipt, dict[tuple[str, str], str]]:
    """Return the receipt, and the reason of every (text, meter) that was refused."""
    receipt = admit(store, event_type, staged, terms)
    raw = staged.column("raw")
    return receipt, {(raw[row.position].as_py(), row.meter): row.reason for row in receipt.rejected}


def _only(decoded: pa.Table, wanted: set[tuple[str, str]]) -> pa.Table:
    """Leave out the rows of a call that were taken when it arrived: a fix is no second opinion on them."""
    if "meter" not in decoded.column_names:
        return decoded
    texts, meters = decoded.column("raw").to_pylist(), decoded.column("meter").to_pylist()
    whole = {text for text, meter in wanted if meter == ""}
    keep = [text in whole or (text, meter) in wanted for text, meter in zip(texts, meters, strict=True)]
    return decoded.filter(pa.array(keep, pa.bool_()))


def _outcome(
    row: Mapping[str, Any], text: str, refused: Mapping[tuple[str, str], str], fix: Mapping[str, str]
) -> tuple[str, str, str] | None:
    if "meter" in fix or row["meter"] == "":
        reasons = [reason for (refused_text, _), reason in refused.items() if refused_text == text]
    else:
        reasons = [reason for key, reason in refused.items() if key == (text, row["meter"])]
    said = "".join(f"; {name} set to {value}" for name, value in fix.items())
    if not reasons:
        return row["quarantine_id"], "replayed", f"taken{said}"
    if text == row["raw"] and row["reason"] in reasons:
        return None
    return row["quarantine_id"], "replayed", f"refused again: {', '.join(sorted(set(reasons)))}{said}"


def _fixed(raw: str, fix: Mapping[str, str]) -> str:
    """Set fields of an event's JSON; what is no JSON object cannot be fixed by fields and stays as it is."""
    if not fix:
        return raw
    try:
        event = parse_line(raw)
    except (ValueError, RecursionError):
        return raw
    if not isinstance(event, dict):
        return raw
    values = {name: parse_line(value) if name in ("quantities", "llm_usage") else value for name, value in fix.items()}
    return json.dumps({**event, **values}, ensure_ascii=False)


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
