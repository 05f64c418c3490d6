"""Whose may usage without an owner be? Candidates are laid against the usage: what covers none of it names nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import pyarrow as pa

from jobs.moving import Move, moves
from metering.reconcile.decisions import Finding, unregistered
from queries.app_owners import app_owners
from queries.owner_candidates import owner_candidates
from queries.waiting_hours import PENDING
from queries.waiting_usage import waiting_usage
from warehouse.connect import Store
from warehouse.tables import table

TABLES = ("charges", "evidence", "leases", "apps", "teams", "ownerships")  # what suggestions are made of
_INSTANT = pa.timestamp("ms", tz="UTC")
_TEXTS = ("app_id", "team_id", "cost_center", "rule", "reference")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An app that evidence names for usage in a state, and what would move to it.

    ``rivals`` is how many other apps evidence names that covers some of the same usage's time, ``records`` how many
    pieces of evidence say it together; ``team_id`` and ``cost_center`` are the app's when what moves begins.
    """

    state: str
    move: Move
    is_registered: bool
    rivals: int = 0
    records: int = 1
    team_id: str = ""
    cost_center: str = ""

    @property
    def finding(self) -> Finding:
        return self.move.finding


def suggestions(store: Store, *, as_of: datetime, hours: int) -> list[Suggestion]:
    """Return for usage that waits the apps whose evidence covers some of it, the surest of a resource first.

    Grain: one per (resource_id, state, app_id), by its surest evidence that covers usage.
    """
    asked = [table(name) for name in ("charges", "evidence", "leases")]
    rows = store.rows(owner_candidates(*asked, as_of=as_of, hours=hours))
    found = moves(store, [finding_of(row) for row in rows])
    covering = [(row, move) for row, move in zip(rows, found, strict=True) if not move.problem]
    strange = unregistered(store, [move.finding for _, move in covering])
    homes = _homes(store, {move.finding.app_id for _, move in covering})
    told = []
    for _, named in groupby(covering, key=lambda one: (one[0]["resource_id"], one[0]["state"])):
        surest: dict[str, Suggestion] = {}
        for row, move in named:
            app = move.finding.app_id
            said = {"state": row["state"], "records": row["records"]}
            one = Suggestion(move=move, is_registered=move.finding not in strange, **said)
            surest.setdefault(app, replace(one, **_home(homes.get(app, ()), move.finding.owned_from)))
        told += [replace(one, rivals=len(surest) - 1) for one in surest.values()]
    return told


def waiting(store: Store, *, as_of: datetime, hours: int, state: str = PENDING) -> pa.Table:
    """Return ``waiting_usage`` with its suggestions; see ``with_suggestions``."""
    asked: dict[str, Any] = {"as_of": as_of, "hours": hours}
    usage = store.arrow(waiting_usage(table("charges"), table("reconciliation_words"), state=state, **asked))
    return with_suggestions(usage, suggestions(store, **asked))


def with_suggestions(usage: pa.Table, suggested: Iterable[Suggestion]) -> pa.Table:
    """Return waiting usage with the surest registered app of each row ('' if none is), and what would move to it.

    ``moving_cost`` and ``moving_events`` are inside ``[owned_from, owned_to)``; nothing can be given to an app that
    nobody registered, which is a rival all the same.
    """
    surest: dict[tuple[str, str], Suggestion] = {}
    for one in suggested:
        if one.is_registered:
            surest.setdefault((one.finding.resource_id, one.state), one)
    keys = zip(usage["resource_id"].to_pylist(), usage["state"].to_pylist(), strict=True)
    rows = [_said(surest.get(key)) for key in keys]
    types = {
        **dict.fromkeys(_TEXTS, pa.string()),
        "confidence": pa.decimal128(9, 4),
        "rivals": pa.int64(),
        "records": pa.int64(),
        "owned_from": _INSTANT,
        "owned_to": _INSTANT,
        "moving_cost": usage.schema.field("effective_cost").type,
        "moving_events": pa.int64(),
    }
    for name, kind in types.items():
        usage = usage.append_column(name, pa.array([row.get(name) for row in rows], kind))
    return usage


def finding_of(row: Mapping[str, Any]) -> Finding:
    """Return a row of ``owner_candidates``, or of waiting usage with a suggestion, as what ``give`` takes."""
    names = ("resource_id", "app_id", "rule", "confidence", "reference")
    times = {name: row[name].replace(tzinfo=UTC) for name in ("owned_from", "owned_to")}
    return Finding(**{name: row[name] for name in names}, **times)


def _said(one: Suggestion | None) -> dict[str, Any]:
    if one is None:
        return dict.fromkeys(_TEXTS, "")
    names = ("app_id", "rule", "reference", "confidence", "owned_from", "owned_to")
    return {
        **{name: getattr(one.finding, name) for name in names},
        **{name: getattr(one, name) for name in ("team_id", "cost_center", "rivals", "records")},
        "moving_cost": one.move.effective_cost,
        "moving_events": one.move.event_count,
    }


def _homes(store: Store, apps: set[str]) -> dict[str, list[dict[str, Any]]]:
    """Where apps are booked, over time."""
    owners = app_owners(table("apps"), table("teams"))
    rows = store.rows(owners.filter(owners.app_id.isin(sorted(apps))).order_by("app_id")) if apps else []
    return {app: list(held) for app, held in groupby(rows, key=lambda row: row["app_id"])}


def _home(held: Sequence[Mapping[str, Any]], at: datetime) -> dict[str, str]:
    inside = (row for row in held if row["valid_from"] <= at < row["valid_to"])
    return next(({name: row[name] for name in ("team_id", "cost_center")} for row in inside), {})
