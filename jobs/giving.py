"""Giving usage without an owner to apps: what would move, to the last digit, and what cannot be given and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from jobs.behind import usage_behind
from metering.reconcile.decisions import Finding, confirm, free, unregistered
from queries.claims import DEFAULT
from warehouse.connect import Store

_ALL = 2**31  # events of an hour
_WAITING = """
    SELECT charge_period_start AS begins, charge_period_end AS ends, sum(effective_cost) AS cost,
        sum(event_count) AS events
    FROM charges
    WHERE resource_id = {resource:String} AND attribution_rule = {default:String} AND meter != 'platform_cost'
        AND charge_period_start < {ends:DateTime64(3)} AND charge_period_end > {begins:DateTime64(3)}
    GROUP BY begins, ends ORDER BY begins
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a finding takes off the default cost center: effective cost, in the store's currency, of so many events."""

    finding: Finding
    effective_cost: Decimal
    event_count: int

    @property
    def problem(self) -> str:
        """Why this cannot be given; '' if it can."""
        if self.event_count:
            return ""
        one = self.finding
        return (
            f"nothing of {one.resource_id!r} stands on the default cost center in "
            f"[{_written(one.owned_from)}, {_written(one.owned_to)}): nothing would move to {one.app_id!r}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What became of findings: those given, the ownership rows recorded, and why the others were not."""

    moves: tuple[Move, ...]
    rows: int
    problems: tuple[str, ...]


def moves(store: Store, findings: Sequence[Finding]) -> list[Move]:
    """Return what each finding moves, in order: the charges and, where an hour is cut, the events inside it."""
    return [_move(store, finding, parts) for finding, parts in zip(findings, free(store, findings), strict=True)]


def give(store: Store, findings: Sequence[Finding], *, by: str, reason: str = "") -> Given:
    """Give what can be given to its apps, all at once, and say of the rest why not."""
    with store.writing:
        unknown = unregistered(store, {finding.app_id for finding in findings})
        strange = [
            f"{finding.resource_id!r}: app {finding.app_id!r} is not registered: `farthing apps register`"
            for finding in findings
            if finding.app_id in unknown
        ]
        asked = moves(store, [finding for finding in findings if finding.app_id not in unknown])
        possible = tuple(move for move in asked if not move.problem)
        rows = confirm(store, [move.finding for move in possible], by=by, reason=reason) if possible else 0
    return Given(moves=possible, rows=rows, problems=(*strange, *(move.problem for move in asked if move.problem)))


def _move(store: Store, finding: Finding, parts: Sequence[tuple[datetime, datetime]]) -> Move:
    cost, events = Decimal(0), 0
    for begins, ends in parts:
        asked = {"resource": finding.resource_id, "default": DEFAULT, "begins": _text(begins), "ends": _text(ends)}
        for hour in store.rows(_WAITING, asked):
            if not (begins <= hour["begins"] and hour["ends"] <= ends):
                hour = _cut(store, finding.resource_id, hour, begins, ends)
            cost += hour["cost"] or 0
            events += hour["events"]
    return Move(finding=finding, effective_cost=cost, event_count=events)


def _cut(store: Store, resource_id: str, hour: dict[str, Any], begins: datetime, ends: datetime) -> dict[str, Any]:
    """What of an hour's charges is of events in a part of it."""
    where = {"resource_id": [resource_id], "attribution_rule": [DEFAULT]}
    found = usage_behind(store, start=hour["begins"], end=hour["ends"], where=where, limit=_ALL)
    inside = [row for row in found.to_pylist() if begins <= row["time"].replace(tzinfo=UTC) < ends]
    costs = [row["effective_cost"] for row in inside]
    return {"cost": sum((cost for cost in costs if cost is not None), Decimal(0)), "events": len(inside)}


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:23]


def _written(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
