"""What giving usage to apps would take off the default cost center, to the last digit, of any number of findings."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir

from jobs.behind import lay_out_costed
from metering.reconcile.decisions import Finding, free
from queries.claims import DEFAULT
from warehouse.connect import Store
from warehouse.tables import table

_CUT = "asked_cut"
_INSTANT = "DateTime64(3, 'UTC')"
_PIECES = f"(finding UInt32, resource_id String, begins {_INSTANT}, ends {_INSTANT})"
# The hours of charges that wait, each with the pieces of findings that reach into it.
_HOURS = """
    SELECT finding, resource_id, charge_period_start, charge_period_end, effective_cost, event_count,
        begins <= charge_period_start AND charge_period_end <= ends AS is_whole
    FROM charges INNER JOIN {name} AS pieces USING (resource_id)
    WHERE resource_id IN (SELECT resource_id FROM {name}) AND {waits}
        AND charge_period_start < ends AND charge_period_end > begins
"""
_WAITS = f"attribution_rule = '{DEFAULT}' AND meter != 'platform_cost'"
_INSIDE = """
    SELECT finding, sum(effective_cost) AS cost, count() AS events
    FROM {name}_events AS events INNER JOIN {name} AS pieces USING (resource_id)
    WHERE begins <= time AND time < ends
        AND NOT (begins <= toStartOfHour(time) AND toStartOfHour(time) + INTERVAL 1 HOUR <= ends)
    GROUP BY finding
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


def moves(store: Store, findings: Sequence[Finding]) -> list[Move]:
    """Return what each finding moves, in order: the charges and, where an hour is cut, the events inside it.

    All findings are laid against the charges at once, each as if it were the only one.
    """
    pieces = [
        {"finding": number, "resource_id": finding.resource_id, "begins": begins, "ends": ends}
        for number, (finding, parts) in enumerate(zip(findings, free(store, findings), strict=True))
        for begins, ends in parts
    ]
    costs, events = [Decimal(0)] * len(findings), [0] * len(findings)
    name = f"staged_{uuid.uuid4().hex}"
    try:
        if pieces:
            store.command(f"CREATE TABLE {name} {_PIECES} ENGINE = Memory")
            store.insert_rows(name, pieces)
            for row in [*_of_whole_hours(store, name), *_of_cut_hours(store, name)]:
                costs[row["finding"]] += row["cost"] or 0
                events[row["finding"]] += row["events"]
    finally:
        for made in (f"{name}_events", f"{name}_cut", name):
            store.command(f"DROP TABLE IF EXISTS {made} SYNC")
    return [
        Move(finding=finding, effective_cost=cost, event_count=count)
        for finding, cost, count in zip(findings, costs, events, strict=True)
    ]


def _of_whole_hours(store: Store, name: str) -> list[dict[str, Any]]:
    hours = _HOURS.format(name=name, waits=_WAITS)
    return store.rows(
        "SELECT finding, sum(effective_cost) AS cost, sum(event_count) AS events "
        f"FROM ({hours}) WHERE is_whole GROUP BY finding"
    )


def _of_cut_hours(store: Store, name: str) -> list[dict[str, Any]]:
    """What of hours that a piece begins or ends in is of events inside it."""
    hours = _HOURS.format(name=name, waits=_WAITS)
    cut = f"{name}_cut"
    store.command(
        f"CREATE TABLE {cut} ENGINE = Memory AS "
        f"SELECT DISTINCT resource_id, charge_period_start FROM ({hours}) WHERE NOT is_whole"
    )
    reach = "SELECT min(charge_period_start) AS first, max(charge_period_start) + 3600 AS last, count() AS hours"
    [found] = store.rows(f"{reach} FROM {cut}")
    if not found["hours"]:
        return []
    lay_out_costed(
        store, f"{name}_events", beside=f"{_CUT} AS (SELECT * FROM {cut})", rows=_in_cut_hours,
        start=found["first"], end=found["last"],
    )  # fmt: skip
    return store.rows(_INSIDE.format(name=name))


def _in_cut_hours(name: str) -> ir.Table:
    held = table(name)
    keys = ("resource_id", "charge_period_start")
    cut = ibis.table(held.select(*keys).schema(), name=_CUT)
    return held.filter(held.attribution_rule == DEFAULT).semi_join(cut, keys)


def _written(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
