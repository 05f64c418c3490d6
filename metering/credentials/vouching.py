"""What a credential vouches for: it names the source, and refuses events that contradict it.

What an event says of itself is never trusted beyond its credential. A lease speaks for its resource and its app while
it is in force; a key that is limited to apps speaks for these; who names anybody else is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from metering.arrivals import EVENT, Arrivals
from metering.credentials.caller import COSTS, Caller, Lease

FindLease = Callable[[str], Lease | None]
Claims = tuple[str, str, str]  # app_id, lease_id, resource_id

_CLAIMS = ("app_id", "lease_id", "resource_id")


class Foreign(Exception):
    """An event that contradicts the credential it came with."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def vouched(arrivals: Arrivals, caller: Caller, find_lease: FindLease) -> Arrivals:
    """Return the events as the caller may send them: each names the caller as its source, foreign ones are refused."""
    refused: dict[int, tuple[str, str]] = {}
    staged = {}
    for name, table in arrivals.staged.items():
        if name == "platform_cost" and COSTS not in caller.scopes:
            reason = ("missing_scope", f"costs are taken from the scope {COSTS}, which {caller.source} does not have")
            refused |= dict.fromkeys(table[EVENT].to_pylist(), reason)
        else:
            checked, foreign = _checked(table, caller, find_lease)
            refused |= foreign
            staged[name] = _named(checked, caller)
    return replace(arrivals, staged=staged).without(refused)


def _checked(table: pa.Table, caller: Caller, find_lease: FindLease) -> tuple[pa.Table, dict[int, tuple[str, str]]]:
    """Return the rows with the claims that stand, and the events whose claims do not."""
    judge: Callable[[Claims, str], Claims]
    if caller.lease:
        judge = _OfLease(caller.lease, find_lease)
    elif caller.app_ids:
        judge = _OfApps(caller.app_ids, find_lease)
    else:
        return table, {}
    foreign: dict[int, tuple[str, str]] = {}
    stands: list[Claims] = []
    columns = [table[name].to_pylist() for name in (*_CLAIMS, "time", "problem", EVENT)]
    for app_id, lease_id, resource_id, time, problem, place in zip(*columns, strict=True):
        claims = (app_id, lease_id, resource_id)
        try:
            # What is no event contradicts nobody.
            stands.append(claims if problem else judge(claims, time))
        except Foreign as error:
            foreign[place] = (error.reason, str(error))
            stands.append(claims)
    return _with(table, dict(zip(_CLAIMS, zip(*stands, strict=True), strict=True))), foreign


class _OfApps:
    """A key limited to apps: an event is of one of them, by its word or by its lease."""

    def __init__(self, app_ids: frozenset[str], find_lease: FindLease) -> None:
        self._app_ids = app_ids
        self._only = next(iter(app_ids)) if len(app_ids) == 1 else ""
        self._find = find_lease

    def __call__(self, claims: Claims, _: str) -> Claims:
        app_id, lease_id, resource_id = claims
        if lease_id:
            lease = self._find(lease_id)
            if lease is None or lease.app_id not in self._app_ids or app_id not in ("", lease.app_id):
                raise Foreign("foreign_lease", f"lease {lease_id!r} is of none of the apps that the key may report for")
            if lease.is_revoked:
                raise Foreign("revoked_lease", f"lease {lease_id!r} was revoked")
            if resource_id not in ("", lease.resource_id):
                raise Foreign("foreign_resource", f"lease {lease_id!r} is of resource {lease.resource_id!r}")
            return claims
        if not (app_id or self._only):
            raise Foreign("app_missing", "the key may report for several apps: say app_id")
        if app_id and app_id not in self._app_ids:
            raise Foreign("foreign_app", f"the key may not report for app {app_id!r}")
        return app_id or self._only, lease_id, resource_id


class _OfLease:
    """A lease: an event is of its resource and app, and happened while it was in force.

    What an earlier lease of the same app left behind may be sent under a later one.
    """

    def __init__(self, lease: Lease, find_lease: FindLease) -> None:
        self._lease = lease
        self._find = find_lease

    def __call__(self, claims: Claims, time: str) -> Claims:
        app_id, lease_id, resource_id = claims
        lease = self._lease
        if lease_id not in ("", lease.lease_id):
            earlier = self._find(lease_id)
            if earlier is None or earlier.app_id != lease.app_id or earlier.is_revoked:
                raise Foreign("foreign_lease", f"lease {lease_id!r} is not of app {lease.app_id!r}, or was revoked")
            lease = earlier
        if app_id not in ("", lease.app_id):
            raise Foreign("foreign_app", f"the lease is of app {lease.app_id!r}, not {app_id!r}")
        if resource_id not in ("", lease.resource_id):
            raise Foreign("foreign_resource", f"the lease is of resource {lease.resource_id!r}, not {resource_id!r}")
        at = _instant(time)
        # What is no instant is the door's to judge.
        if at is not None and not lease.valid_from <= at < lease.valid_to:
            held = f"[{lease.valid_from.isoformat()}, {lease.valid_to.isoformat()})"
            raise Foreign("outside_lease", f"time {time} is outside the lease, {held}")
        return app_id, lease.lease_id, lease.resource_id


def _named(table: pa.Table, caller: Caller) -> pa.Table:
    """Name the source: the caller, and behind it whatever name the event gives itself."""
    said = table["source"]
    prefix = f"{caller.source}/"
    is_own = pc.or_(pc.is_in(said, pa.array(["", caller.source])), pc.starts_with(said, prefix))
    own = pc.if_else(pc.equal(said, ""), caller.source, said)
    source = pc.if_else(is_own, own, pc.binary_join_element_wise(caller.source, said, "/"))
    named = _with(table, {"source": source})
    if not pc.any(pc.not_equal(table["problem"], "")).as_py():
        return _with(named, {"raw": pa.array([""] * table.num_rows, pa.string())})
    # What goes to quarantine is kept as it may be replayed: under the name that its sender proved.
    rows = zip(named["raw"].to_pylist(), named["problem"].to_pylist(), source.to_pylist(), strict=True)
    return _with(named, {"raw": [_kept(raw, name) if problem else "" for raw, problem, name in rows]})


def _kept(raw: str, source: str) -> str:
    try:
        event = json.loads(raw, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return raw
    if not isinstance(event, dict):
        return raw
    named = {**event, "source": source}
    text = json.dumps(named, ensure_ascii=False)
    # Half a character is no text: it stays escaped.
    return text if text == text.encode(errors="ignore").decode() else json.dumps(named)


def _with(table: pa.Table, columns: dict[str, Iterable[Any]]) -> pa.Table:
    for name, values in columns.items():
        column = values if isinstance(values, pa.ChunkedArray | pa.Array) else pa.array(values, pa.string())
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None
