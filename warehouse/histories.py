"""Who owns what, as dated histories. Rows are appended; an overlap is refused, never resolved silently.

Every history has a key (``resource_id``, ``app_id``, …) and half-open rows ``[valid_from, valid_to)``. Of rows with the
same key and ``valid_from`` the one recorded last stands, which is how a row is ended (`transfer`) or corrected.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from warehouse.connect import Store

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
FOREVER = datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class History:
    """A dated history: its readers' view, the records behind it, its key and what it says of the key."""

    name: str
    records: str
    key: str
    values: tuple[str, ...]


_OWNER = ("team_id", "cost_center", "environment", "lifecycle")
_PRICE = ("sku_price_id", "list_unit_price", "tier_starts", "tier_unit_prices", "pricing_block", "pricing_unit")
_ALLOCATION = ("rule_id", "method", "basis", "floor", "weights", "footnote", "owner")
_RULE = ("kind", "rate", "lifecycle", "pricing_category", "meter", "cost_center", "app_id")
_TARIFF = ("kind", "cost_center", "app_id", "meter", "amount", "quantity", "thresholds", "steps", "footnote")
_COMMITMENT = ("sku_id", "units_per_hour", "cost_per_hour", "shares", "cost_center", "footnote")

HISTORIES = {
    history.name: history
    for history in (
        History("ownerships", "ownership_records", "resource_id", ("app_id", *_OWNER)),
        History("apps", "app_records", "app_id", ("app_name", *_OWNER, "created_by")),
        History("teams", "team_records", "team_id", ("team_name", "cost_center")),
        History("cost_centers", "cost_center_records", "cost_center", ("cost_center_name", "mode")),
        History("leases", "lease_records", "lease_id", ("resource_id", "app_id")),
        History("environments", "environment_records", "environment", ("cost_center",)),
        History("prices", "price_records", "sku_id", _PRICE),
        History("rate_rules", "rate_rule_records", "rule_id", _RULE),
        History("tariffs", "tariff_records", "tariff_id", _TARIFF),
        History("commitments", "commitment_records", "commitment_id", _COMMITMENT),
        History("api_keys", "api_key_records", "key_id", ("secret_digest", "source", "scopes", "app_ids")),
        History("app_declarations", "app_declaration_records", "app_id", ("expected_calls", "expected_spend")),
        History("allocation_rules", "allocation_rule_records", "cost_type", _ALLOCATION),
    )
}


class OverlapError(ValueError):
    """Two rows of one key would be in force at the same time; the message names the key and both intervals."""


def record(store: Store, history: str, rows: Iterable[Mapping[str, Any]], *, by: str) -> int:
    """Append rows to a history and return how many were new.

    A row says its key, its values, and may say ``valid_from`` (default: the beginning), ``valid_to`` (default: for
    ever), ``evidence`` and ``recorded_by`` (default: ``by``). A row equal to the one in force is no news and is left
    out, so recording twice is a no-op. All news is written at once: readers see all of it or nothing.

    Raises:
        OverlapError: a row overlaps another of its key, in the store or among ``rows``.
        ValueError: a row has an empty key, unknown fields, an instant without a zone, or ends before it starts.

    """
    kind = HISTORIES[history]
    wanted = [_complete(kind, row) for row in rows]
    with store.writing:
        current = _current(store, kind, {row[kind.key] for row in wanted})
        news = [row for row in wanted if not _is_known(kind, row, current)]
        _refuse_overlaps(kind, news, current)
        store.insert_rows(kind.records, [{**row, "recorded_by": row["recorded_by"] or by} for row in news])
    return len(news)


def transfer(
    store: Store, history: str, key: str, at: datetime, changes: Mapping[str, Any], *, by: str, evidence: str = ""
) -> None:
    """End the row of ``key`` in force at ``at`` there, and begin one with ``changes`` from ``at`` to where it ended.

    Raises:
        KeyError: nothing is in force for the key at that time.
        ValueError: a change names an unknown field, or ``at`` has no zone.

    """
    kind = HISTORIES[history]
    if unknown := sorted(set(changes) - set(kind.values)):
        raise ValueError(f"{kind.name}: unknown fields {unknown}; there are {sorted(kind.values)}")
    at = _instant(kind, "valid_from", at)
    with store.writing:
        rows = [row for row in _current(store, kind, {key})[key] if row["valid_from"] <= at < row["valid_to"]]
        if not rows:
            raise KeyError(f"{history}: nothing is in force for {kind.key} {key!r} at {at.isoformat()}")
        held = rows[0]
        after = {**held, **changes, "valid_from": at, "evidence": evidence}
        ended = [] if held["valid_from"] == at else [{**held, "valid_to": at}]
        store.insert_rows(kind.records, [{**row, "recorded_by": by} for row in (*ended, after)])


def _complete(kind: History, row: Mapping[str, Any]) -> dict[str, Any]:
    known = {kind.key, *kind.values, "valid_from", "valid_to", "evidence", "recorded_by"}
    if unknown := sorted(set(row) - known):
        raise ValueError(f"{kind.name}: unknown fields {unknown}; there are {sorted(known)}")
    full = {
        kind.key: row.get(kind.key, ""),
        **{name: row.get(name, "") for name in kind.values},
        "valid_from": _instant(kind, "valid_from", row.get("valid_from", BEGINNING)),
        "valid_to": _instant(kind, "valid_to", row.get("valid_to", FOREVER)),
        "evidence": row.get("evidence", ""),
        "recorded_by": row.get("recorded_by", ""),
    }
    if not full[kind.key]:
        raise ValueError(f"{kind.name}: {kind.key} is empty in {dict(row)}")
    if full["valid_to"] < full["valid_from"]:
        raise ValueError(
            f"{kind.name}: {full[kind.key]!r} ends {full['valid_to']} before it starts {full['valid_from']}"
        )
    return full


def _instant(kind: History, name: str, value: datetime) -> datetime:
    """The millisecond that the store keeps: what is finer would overlap or be news each time it is recorded."""
    if value.tzinfo is None:
        raise ValueError(f"{kind.name}: {name} {value.isoformat()} has no time zone")
    return value.astimezone(UTC).replace(microsecond=value.microsecond // 1000 * 1000)


def _current(store: Store, kind: History, keys: set[str]) -> dict[str, list[dict[str, Any]]]:
    columns = ", ".join((kind.key, *kind.values, "valid_from", "valid_to", "evidence"))
    rows = store.rows(
        f"SELECT {columns} FROM {kind.name} WHERE {kind.key} IN {{keys:Array(String)}} AND valid_from < valid_to "
        f"ORDER BY {kind.key}, valid_from",
        {"keys": sorted(keys)},
    )
    held: dict[str, list[dict[str, Any]]] = {key: [] for key in keys}
    for row in rows:
        held[row[kind.key]].append(row)
    return held


def _is_known(kind: History, row: Mapping[str, Any], current: Mapping[str, Sequence[Mapping[str, Any]]]) -> bool:
    said = (*kind.values, "valid_from", "valid_to")
    return any(all(held[name] == row[name] for name in said) for held in current[row[kind.key]])


def _refuse_overlaps(
    kind: History, news: Sequence[Mapping[str, Any]], current: Mapping[str, Sequence[Mapping[str, Any]]]
) -> None:
    by_key: dict[str, list[Mapping[str, Any]]] = {}
    for row in news:
        by_key.setdefault(row[kind.key], []).append(row)
    for key, rows in by_key.items():
        replaced = {row["valid_from"] for row in rows}
        kept = [held for held in current[key] if held["valid_from"] not in replaced]
        # A withdrawn row (empty interval) is in force at no time.
        in_force = [row for row in (*kept, *rows) if row["valid_from"] < row["valid_to"]]
        ordered = sorted(in_force, key=lambda row: row["valid_from"])
        for before, after in itertools.pairwise(ordered):
            if after["valid_from"] < before["valid_to"]:
                raise OverlapError(
                    f"{kind.name}: {kind.key} {key!r} would have two rows at once: "
                    f"{_interval(before)} and {_interval(after)}. End the first one "
                    "(a row with the same valid_from and an earlier valid_to) or transfer it."
                )


def _interval(row: Mapping[str, Any]) -> str:
    return f"[{row['valid_from']:%Y-%m-%dT%H:%M:%SZ}, {row['valid_to']:%Y-%m-%dT%H:%M:%SZ})"
