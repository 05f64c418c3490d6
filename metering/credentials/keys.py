"""API keys: a 256-bit secret shown once, its digest kept, and a period in which it is in force."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from metering.credentials.caller import QUERY, SCOPES
from warehouse.connect import Store
from warehouse.histories import record

PREFIX = "fa"
_FORM = re.compile(r"fa_([0-9a-f]{12})_([0-9A-Za-z_-]{43})")
# Names that events have which no key sent.
RESERVED = frozenset({"anonymous", "local", "bus", "inbox", "replay", "amortization", "farthing"})
SOURCE = "^[a-z0-9][a-z0-9._-]{0,63}$"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as the registry has it. The secret is not in it."""

    key_id: str
    secret_digest: str
    source: str
    scopes: frozenset[str]
    app_ids: frozenset[str]
    valid_from: datetime
    valid_to: datetime

    def is_proved_by(self, secret: str) -> bool:
        """Whether this is the key's secret, without telling by the time it takes."""
        return hmac.compare_digest(self.secret_digest, _digest(secret))

    def is_in_force(self, at: datetime) -> bool:
        """Whether the key may be used."""
        return self.valid_from <= at < self.valid_to


def create_key(
    store: Store,
    *,
    source: str,
    scopes: Iterable[str] = ("ingest",),
    app_ids: Iterable[str] = (),
    days: int = 365,
    by: str,
    evidence: str = "",
) -> tuple[ApiKey, str]:
    """Record a new key and return it with its secret, which nobody can read again.

    Raises:
        ValueError: a source that is no name, an unknown scope, an app that is not registered now, or no day to live.

    """
    wanted, apps = frozenset(scopes), sorted(set(app_ids))
    if not re.fullmatch(SOURCE, source):
        raise ValueError(f"source {source!r} is not a name: small letters, digits, . _ - and at most 64 of them")
    if source in RESERVED:
        raise ValueError(f"source {source!r} is a name that Farthing gives to events itself: choose another")
    if unknown := sorted(scope for scope in wanted - set(SCOPES) if not scope.startswith(f"{QUERY}:")):
        raise ValueError(f"scope {', '.join(unknown)} is unknown; there are {', '.join(SCOPES)} and {QUERY}:TEAM")
    if f"{QUERY}:" in wanted:
        raise ValueError(f"scope {QUERY}: names no team: {QUERY}:TEAM, or {QUERY} for every team's rows")
    if spaced := [scope for scope in wanted if scope.split() != [scope]]:
        raise ValueError(f"scope {spaced[0]!r} has a space in it")
    if not wanted:
        raise ValueError(f"a key needs a scope: {', '.join(SCOPES)}")
    if days < 1:
        raise ValueError("a key lives at least a day")
    in_force = "valid_from <= now64(3) AND now64(3) < valid_to"
    registered = {row["app_id"] for row in store.rows(f"SELECT DISTINCT app_id FROM apps WHERE {in_force}")}
    if strange := [app for app in apps if app not in registered]:
        raise ValueError(f"app {', '.join(strange)} is not registered now: farthing apps register")
    return _record(store, source=source, scopes=wanted, app_ids=apps, days=days, by=by, evidence=evidence)


def rotate_key(store: Store, key_id: str, *, overlap_hours: int = 24, days: int = 365, by: str) -> tuple[ApiKey, str]:
    """Record a successor of a key and end the key after an overlap; return the new key and its secret.

    It may do what the key may: also report late for apps that are gone by now.

    Raises:
        KeyError: there is no such key in force.

    """
    old = _in_force(store, key_id)
    made = _record(
        store,
        source=old.source,
        scopes=old.scopes,
        app_ids=old.app_ids,
        days=days,
        by=by,
        evidence=f"rotated from {key_id}",
    )
    end = min(old.valid_to, datetime.now(UTC) + timedelta(hours=overlap_hours))
    _end(store, old, end, by=by, evidence=f"rotated to {made[0].key_id}")
    return made


def revoke_key(store: Store, key_id: str, *, by: str) -> None:
    """End a key now.

    Raises:
        KeyError: there is no such key in force.

    """
    _end(store, _in_force(store, key_id), datetime.now(UTC), by=by, evidence="revoked")


def keys(store: Store) -> list[ApiKey]:
    """Return every key ever created, by source; ended ones too."""
    rows = store.rows("SELECT * FROM api_keys ORDER BY source, valid_from, key_id")
    return [held_key(row) for row in rows]


def parse_key(text: str) -> tuple[str, str] | None:
    """Return the id and the secret that a text says, if it has the form of a key."""
    found = _FORM.fullmatch(text)
    return (found[1], found[2]) if found else None


def held_key(row: Mapping[str, object]) -> ApiKey:
    """Return a key from its row."""
    valid_from, valid_to = row["valid_from"], row["valid_to"]
    assert isinstance(valid_from, datetime)
    assert isinstance(valid_to, datetime)
    return ApiKey(
        key_id=str(row["key_id"]),
        secret_digest=str(row["secret_digest"]),
        source=str(row["source"]),
        scopes=frozenset(str(row["scopes"]).split()),
        app_ids=frozenset(json.loads(str(row["app_ids"]))),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _record(
    store: Store,
    *,
    source: str,
    scopes: Iterable[str],
    app_ids: Iterable[str],
    days: int,
    by: str,
    evidence: str,
) -> tuple[ApiKey, str]:
    key_id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    row = {
        "key_id": key_id,
        "secret_digest": _digest(secret),
        "source": source,
        "scopes": " ".join(sorted(scopes)),
        "app_ids": json.dumps(sorted(app_ids)),
        "valid_from": now,
        "valid_to": now + timedelta(days=days),
        "evidence": evidence,
    }
    record(store, "api_keys", [row], by=by)
    return held_key(row), f"{PREFIX}_{key_id}_{secret}"


def _in_force(store: Store, key_id: str) -> ApiKey:
    rows = store.rows("SELECT * FROM api_keys WHERE key_id = {key:String}", {"key": key_id})
    if not rows or not (key := held_key(rows[0])).is_in_force(datetime.now(UTC)):
        raise KeyError(f"no key {key_id!r} is in force: farthing keys list")
    return key


def _end(store: Store, key: ApiKey, at: datetime, *, by: str, evidence: str) -> None:
    row = {
        "key_id": key.key_id,
        "secret_digest": key.secret_digest,
        "source": key.source,
        "scopes": " ".join(sorted(key.scopes)),
        "app_ids": json.dumps(sorted(key.app_ids)),
        "valid_from": key.valid_from,
        "valid_to": max(at, key.valid_from),
        "evidence": evidence,
    }
    record(store, "api_keys", [row], by=by)


def _digest(secret: str) -> str:
    # The secret is 256 random bits: a slow hash would guard nothing and cost every request.
    return hashlib.sha256(secret.encode()).hexdigest()
