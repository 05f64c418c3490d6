"""The credentials in force, held in memory: every request is checked against them."""

from __future__ import annotations

import hashlib
import hmac
import math
import threading
import time
from collections import OrderedDict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from config.settings import settings
from metering.credentials.caller import LOCAL, Caller, Lease
from metering.credentials.keys import ApiKey, keys, parse_key
from metering.credentials.leases import caller_of, claims_of, held_lease
from metering.credentials.signing import SigningKeys
from warehouse.connect import Store

BELIEVED_SECONDS = 5.0  # how long what was read is believed: what another process ended counts after that
UNKNOWN_SECONDS = 0.5  # how long what is not known is believed not to be: another process may just have made it
_PRUNE_SECONDS = 3600.0
_TOKENS = 20_000  # verified signatures that are remembered
_OVERLAP = timedelta(seconds=60)  # rows recorded by several processes do not appear in the order of their times


class NotProved(ValueError):
    """A credential that proves nothing; ``reason`` is a word for the ledger, the text is for the caller."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


class Keyring:
    """Tells who a bearer token is."""

    def __init__(self, store: Store, signing: SigningKeys, *, local_token: str = "") -> None:
        self.signing = signing
        self._local = local_token
        self._store = store
        self._lock = threading.RLock()
        self._keys: dict[str, ApiKey] = {}
        self._leases: dict[str, Lease] = {}
        self._seen = _oldest()
        self._read_at = self._pruned_at = -math.inf
        self._verified: OrderedDict[bytes, dict[str, Any]] = OrderedDict()

    def caller(self, token: str) -> Caller:
        """Return who a token belongs to.

        Raises:
            NotProved: it is no credential of ours, or not one that is in force.

        """
        if self._local and hmac.compare_digest(token.encode(), self._local.encode()):
            return LOCAL
        parts = parse_key(token)
        return self._by_key(*parts) if parts else self._by_lease(token)

    def lease(self, lease_id: str) -> Lease | None:
        """Return a lease that is in force, or was within the time that events may be late."""
        if lease_id not in self._leases:
            self.refresh(UNKNOWN_SECONDS)
        return self._leases.get(lease_id)

    def put(self, lease: Lease) -> None:
        """Know a lease that was written here, without reading it back."""
        with self._lock:
            self._leases[lease.lease_id] = lease

    def forget(self) -> None:
        """Read again at the next request: keys were made or ended here."""
        self._read_at = -math.inf

    def _by_key(self, key_id: str, secret: str) -> Caller:
        if key_id not in self._keys:
            self.refresh(UNKNOWN_SECONDS)
        key = self._keys.get(key_id)
        if key is None or not key.is_proved_by(secret):
            raise NotProved("unknown_key", "no such API key")
        if not key.is_in_force(datetime.now(UTC)):
            raise NotProved("ended_key", f"API key {key_id} is not in force: it expired, was revoked or rotated")
        return Caller(source=key.source, scopes=key.scopes, app_ids=key.app_ids)

    def _by_lease(self, token: str) -> Caller:
        claims = self._claims(token)
        lease = self.lease(claims["jti"])
        if lease is None:
            raise NotProved("unknown_lease", f"lease {claims['jti']} is not registered, or ended long ago")
        if lease.is_revoked:
            raise NotProved("revoked_lease", f"lease {lease.lease_id} was revoked")
        if datetime.now(UTC) >= lease.valid_to + timedelta(hours=settings().reconciliation_hours):
            raise NotProved("ended_lease", f"lease {lease.lease_id} ended {lease.valid_to.isoformat()}")
        # A token that was renewed since speaks for its own time only.
        expires = datetime.fromtimestamp(claims["exp"] + 1, UTC)
        return caller_of(replace(lease, valid_to=min(lease.valid_to, expires)))

    def _claims(self, token: str) -> dict[str, Any]:
        digest = hashlib.sha256(token.encode()).digest()
        with self._lock:
            if (known := self._verified.get(digest)) is not None:
                return known
        claims = claims_of(self.signing, token)
        if claims is None:
            raise NotProved("bad_credential", "the bearer token is neither an API key nor a lease of ours")
        with self._lock:
            self._verified[digest] = claims
            while len(self._verified) > _TOKENS:
                self._verified.popitem(last=False)
        return claims

    @property
    def is_fresh(self) -> bool:
        """Whether what was read is still believed: if not, the next question reads the store."""
        return time.monotonic() - self._read_at < BELIEVED_SECONDS

    def refresh(self, believed: float = BELIEVED_SECONDS) -> None:
        """Read what changed in the store, if that was not done in the last seconds."""
        if time.monotonic() - self._read_at < believed:
            return
        with self._lock:
            if time.monotonic() - self._read_at < believed:
                return
            self._keys = {key.key_id: key for key in keys(self._store)}
            rows = self._store.rows(
                "SELECT * FROM leases WHERE lease_id IN "
                "(SELECT lease_id FROM lease_records WHERE recorded_at >= {since:DateTime64(6)}) ORDER BY lease_id",
                {"since": self._seen.strftime("%Y-%m-%d %H:%M:%S.%f")},
            )
            self._leases |= {row["lease_id"]: held_lease(row) for row in rows}
            self._seen = max([self._seen, *(row["recorded_at"] - _OVERLAP for row in rows)])
            self._read_at = time.monotonic()
            if self._read_at - self._pruned_at > _PRUNE_SECONDS:
                oldest = _oldest()
                self._leases = {name: lease for name, lease in self._leases.items() if lease.valid_to > oldest}
                self._pruned_at = self._read_at


def _oldest() -> datetime:
    return datetime.now(UTC) - timedelta(days=settings().oldest_event_days)
