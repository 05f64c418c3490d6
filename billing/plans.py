"""What has to be appended to a history so that it says what a source says, and what must be refused.

The rule everywhere: what has started is never edited, only ended by something newer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from billing.timeline import Row, difference, laid
from warehouse.connect import Store
from warehouse.histories import HISTORIES, History, record

FEW_KEYS = 200  # more, and it is cheaper to read the whole history than to name them


class EditRefusedError(ValueError):
    """A source changed something that has started; the message shows what stands and what was asked."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row to append and what it does: ``new``, ``ends`` (or lengthens), ``replaces`` or ``withdraws`` one."""

    kind: str
    row: dict[str, Any]


@dataclass(slots=True)
class Plan:
    """Rows to append to a history, why some cannot be, and what stands without its source saying so any longer."""

    history: str
    changes: list[Change] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def carry_out(self, store: Store, *, by: str) -> int:
        """Append the rows at once and return how many.

        Raises:
            EditRefusedError: the plan has problems; nothing is written.

        """
        if self.problems:
            raise EditRefusedError("; ".join(self.problems))
        rows = [change.row for change in self.changes]
        return record(store, self.history, rows, by=by) if rows else 0


def held_rows(store: Store, history: str, keys: set[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows in force at any time by key, with who recorded them."""
    kind = HISTORIES[history]
    columns = ", ".join((kind.key, *kind.values, "valid_from", "valid_to", "evidence", "recorded_by"))
    few = len(keys) <= FEW_KEYS
    rows = store.rows(
        f"SELECT {columns} FROM {kind.name} WHERE valid_from < valid_to "
        f"{f'AND {kind.key} IN {{keys:Array(String)}}' if few else ''} ORDER BY {kind.key}, valid_from",
        {"keys": sorted(keys)} if few else None,
    )
    held: dict[str, list[dict[str, Any]]] = {key: [] for key in keys}
    for row in rows:
        if row[kind.key] in held:
            held[row[kind.key]].append(row)
    return held


def plan(
    history: str,
    held: Mapping[str, Sequence[Row]],
    wanted: Sequence[Row],
    *,
    rank: Callable[[Row], int] = lambda _row: 0,
    keeps_edits: bool = False,
    owner: str | None = None,
    now: datetime | None = None,
) -> Plan:
    """Return what to append so that the history says ``wanted`` where nothing of a lower rank number stands.

    An edit of a started row is a problem, or left as it stands if ``keeps_edits``. ``owner`` names a source whose rows
    are all in ``wanted``: one that is no longer there is withdrawn before it starts, and stands afterwards.
    """
    kind = HISTORIES[history]
    moment = now or datetime.now(UTC)
    by_key: dict[str, list[Row]] = {}
    for row in wanted:
        by_key.setdefault(row[kind.key], []).append(row)
    result = Plan(history)
    for key in sorted({*by_key, *(held if owner else ())}):
        rows: list[Row] = list(held.get(key, []))
        after = _without_removed(kind, rows, by_key.get(key, []), owner, moment, result) if owner else rows
        for row in by_key.get(key, []):
            after = _with(kind, after, row, rank, keeps_edits, moment, result)
        result.changes += [Change(_kind(kind, rows, row), dict(row)) for row in difference(rows, after)]
    return result


def _with(
    kind: History,
    held: Sequence[Row],
    row: Row,
    rank: Callable[[Row], int],
    keeps_edits: bool,
    now: datetime,
    result: Plan,
) -> list[Row]:
    twin = next((old for old in held if old["valid_from"] == row["valid_from"] and rank(old) == rank(row)), None)
    if twin is None:
        return laid(held, row, rank)
    if not _differing(kind, twin, row):
        return _with_end(kind, held, twin, row, now, result)
    if row["valid_from"] > now:
        return laid([old for old in held if old is not twin], row, rank)
    if not keeps_edits:
        result.problems.append(_edit(kind, twin, row))
    return list(held)


def _with_end(kind: History, held: Sequence[Row], twin: Row, row: Row, now: datetime, result: Plan) -> list[Row]:
    end = min(twin["valid_to"], row["valid_to"])
    is_followed = any(old["valid_from"] == twin["valid_to"] for old in held)
    if row["valid_to"] > twin["valid_to"] and not is_followed:
        if twin["valid_to"] <= now:
            result.problems.append(
                f"{kind.name}: {twin[kind.key]!r} from {_day(twin['valid_from'])} ended {_day(twin['valid_to'])} "
                f"(recorded by {twin['recorded_by']}) and cannot be reopened; append an entry with a later valid_from"
            )
        else:
            end = row["valid_to"]
    return [{**old, "valid_to": end} if old is twin else old for old in held]


def _without_removed(
    kind: History, held: Sequence[Row], wanted: Sequence[Row], owner: str, now: datetime, result: Plan
) -> list[Row]:
    starts = {row["valid_from"] for row in wanted}
    removed = [row for row in held if row["recorded_by"] == owner and row["valid_from"] not in starts]
    for row in removed:
        if row["valid_from"] <= now:
            result.notices.append(
                f"{kind.name}: {row[kind.key]!r} from {_day(row['valid_from'])} ({_said(kind, row)}) stands, though "
                f"{owner} no longer says so; what has started is ended only by an entry with a later valid_from"
            )
    withdrawn = {row["valid_from"]: row["valid_to"] for row in removed if row["valid_from"] > now}
    left = []
    for row in held:
        if row["valid_from"] in withdrawn and row["recorded_by"] == owner:
            continue
        # What a withdrawn row would have ended goes on.
        end = row["valid_to"]
        while row["recorded_by"] == owner and end in withdrawn:
            end = withdrawn[end]
        left.append({**row, "valid_to": end} if end != row["valid_to"] else row)
    return left


def _kind(kind: History, held: Sequence[Row], row: Row) -> str:
    if row["valid_from"] == row["valid_to"]:
        return "withdraws"
    twin = next((old for old in held if old["valid_from"] == row["valid_from"]), None)
    if twin is None:
        return "new"
    return "replaces" if _differing(kind, twin, row) else "ends"


def _edit(kind: History, old: Row, new: Row) -> str:
    return (
        f"{kind.name}: {old[kind.key]!r} from {_day(old['valid_from'])} has started as {_said(kind, old, new)} "
        f"(recorded by {old['recorded_by']}) and cannot become {_said(kind, new, old)}; "
        "restore it and append an entry with a later valid_from"
    )


def _differing(kind: History, one: Row, other: Row) -> list[str]:
    # Ids name the source and the start; they are not what is said.
    return [name for name in kind.values if name != "sku_price_id" and one[name] != other[name]]


def _said(kind: History, row: Row, other: Row | None = None) -> str:
    names = _differing(kind, row, other) if other else [name for name in kind.values if name != "sku_price_id"]
    return ", ".join(f"{name} {_plain(row[name])}" for name in names if row[name] not in ("", [], {}))


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(part)}" for name, part in value.items())
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _day(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}".replace("T00:00:00Z", "")
