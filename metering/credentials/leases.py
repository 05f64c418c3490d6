"""Leases: signed, short-lived, binding a resource to its app and owner from its creation.

The registry has the last word: a lease is in force while its row is. The token proves who holds it, and no more.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import jwt

from metering.credentials.caller import Caller, Lease
from metering.credentials.signing import SigningKeys
from warehouse.connect import Store
from warehouse.histories import record

ALGORITHM = "EdDSA"
ISSUER, AUDIENCE = "farthing", "farthing-meter"
LONGEST_SECONDS = 86_400
# A lease begins a little before it was given: the holder's clock may be behind ours.
EARLIER = timedelta(seconds=30)
_REVOKED = "revoked"
_MILLISECOND = 1000


class LeaseEnded(ValueError):
    """The lease is not in force any more: it cannot be renewed."""


def grant(store: Store, *, resource_id: str, app_id: str, seconds: int, by: str) -> Lease:
    """Record a new lease from now on.

    Raises:
        KeyError: the app is not registered now.
        ValueError: no resource, or too long a time.

    """
    if not resource_id:
        raise ValueError("resource_id is missing: a lease is for a resource")
    owner(store, app_id)
    now = _now()
    lease = Lease(
        lease_id=f"ls_{secrets.token_hex(12)}",
        resource_id=resource_id,
        app_id=app_id,
        valid_from=now - EARLIER,
        valid_to=now + _span(seconds),
    )
    _record(store, lease, by=by, evidence=f"granted to {by}")
    return lease


def renew(store: Store, lease: Lease, *, seconds: int, by: str) -> Lease:
    """Record that a lease goes on from now; it never becomes shorter.

    Raises:
        LeaseEnded: it is over.

    """
    now = _now()
    if now >= lease.valid_to or lease.is_revoked:
        raise LeaseEnded(f"lease {lease.lease_id} ended {lease.valid_to.isoformat()}: ask for a new one")
    renewed = replace(lease, valid_to=max(lease.valid_to, now + _span(seconds)))
    _record(store, renewed, by=by, evidence=f"renewed by {by}")
    return renewed


def end(store: Store, lease: Lease, *, by: str) -> Lease:
    """Record that a resource is gone. What happened before may still arrive."""
    ended = _ended(lease)
    _record(store, ended, by=by, evidence=f"ended by {by}")
    return ended


def revoke(store: Store, lease: Lease, *, by: str) -> Lease:
    """Record that a lease is void from now on, and its token at once: nothing more is taken from its holder."""
    ended = _ended(lease)
    with store.writing:
        # Written though its interval may be no news: a lease that ended is still good for what comes late.
        store.insert_rows("lease_records", [{**_row(ended), "evidence": f"{_REVOKED} by {by}", "recorded_by": by}])
    return replace(ended, is_revoked=True)


def find(store: Store, lease_id: str) -> Lease | None:
    """Return a lease as the registry has it now."""
    rows = _rows(store, lease_id)
    return held_lease(rows[0]) if rows else None


def held_lease(row: Mapping[str, Any]) -> Lease:
    """Return a lease from its row."""
    return Lease(
        lease_id=row["lease_id"],
        resource_id=row["resource_id"],
        app_id=row["app_id"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        is_revoked=row["evidence"].startswith(_REVOKED),
    )


def owner(store: Store, app_id: str) -> dict[str, str]:
    """Return what the registry says of an app now: its own cost center, or else its team's.

    Raises:
        KeyError: it is not registered.

    """
    rows = store.rows(
        "SELECT team_id, cost_center, lifecycle FROM apps "
        "WHERE app_id = {app:String} AND valid_from <= now64(3) AND now64(3) < valid_to",
        {"app": app_id},
    )
    if not rows:
        raise KeyError(f"app {app_id!r} is not registered: farthing apps register")
    owned = dict(rows[0])
    if not owned["cost_center"]:
        teams = store.rows(
            "SELECT cost_center FROM teams "
            "WHERE team_id = {team:String} AND valid_from <= now64(3) AND now64(3) < valid_to",
            {"team": owned["team_id"]},
        )
        owned["cost_center"] = teams[0]["cost_center"] if teams else ""
    return owned


def token(keys: SigningKeys, lease: Lease, owned: Mapping[str, str]) -> str:
    """Return the signed token of a lease. What it says of the owner is for its holder to read; we ask the registry."""
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": f"app:{lease.app_id}",
        "jti": lease.lease_id,
        "iat": datetime.now(UTC),
        "nbf": lease.valid_from,
        "exp": lease.valid_to,
        "app_id": lease.app_id,
        "resource_id": lease.resource_id,
        **{name: owned.get(name, "") for name in ("team_id", "cost_center", "lifecycle")},
        "ver": 1,
    }
    return jwt.encode(claims, keys.private, algorithm=ALGORITHM, headers={"kid": keys.key_id})


def claims_of(keys: SigningKeys, text: str) -> dict[str, Any] | None:
    """Return the claims of a token that we signed, whether or not its time is over; None of any other text."""
    try:
        key_id = jwt.get_unverified_header(text).get("kid")
        key = keys.public.get(key_id) if isinstance(key_id, str) else None
        if key is None:
            return None
        return jwt.decode(
            text,
            key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            leeway=EARLIER,
            options={"require": ["exp", "iat", "nbf", "jti", "aud", "iss"], "verify_exp": False},
        )
    except jwt.PyJWTError:
        return None


def caller_of(lease: Lease) -> Caller:
    """Return who holds a lease: its app, by one name for all of its resources, so that a retry is known again."""
    return Caller(source=f"/app/{quote(lease.app_id, safe='')}", scopes=frozenset({"ingest"}), lease=lease)


def _rows(store: Store, lease_id: str) -> list[dict[str, Any]]:
    return store.rows("SELECT * FROM leases WHERE lease_id = {lease:String} LIMIT 1", {"lease": lease_id})


def _record(store: Store, lease: Lease, *, by: str, evidence: str) -> None:
    record(store, "leases", [{**_row(lease), "evidence": evidence}], by=by)


def _row(lease: Lease) -> dict[str, Any]:
    return {name: getattr(lease, name) for name in ("lease_id", "resource_id", "app_id", "valid_from", "valid_to")}


def _ended(lease: Lease) -> Lease:
    return replace(lease, valid_to=min(lease.valid_to, max(_now(), lease.valid_from)))


def _span(seconds: int) -> timedelta:
    if not 1 <= seconds <= LONGEST_SECONDS:
        raise ValueError(f"a lease lives 1 to {LONGEST_SECONDS:,} seconds, not {seconds}")
    return timedelta(seconds=seconds)


def _now() -> datetime:
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // _MILLISECOND * _MILLISECOND)
