"""The credentials in force, held in memory: every request is checked against them."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

from metering.credentials.caller import Caller
from metering.credentials.keys import ApiKey, keys, parse_key
from warehouse.connect import Store

BELIEVED_SECONDS = 5.0  # how long what was read is believed: what another process revoked ends after that


class NotProved(ValueError):
    """A credential that proves nothing; ``reason`` is a word for the ledger, the text is for the caller."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


class Keyring:
    """Tells who a bearer token is."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._keys: dict[str, ApiKey] = {}
        self._read_at = -BELIEVED_SECONDS

    def caller(self, token: str) -> Caller:
        """Return who a token belongs to.

        Raises:
            NotProved: it is no credential of ours, or not one that is in force.

        """
        if (parts := parse_key(token)) is None:
            raise NotProved("bad_credential", "the bearer token is neither an API key nor a lease")
        key_id, secret = parts
        key = self._held().get(key_id)
        if key is None or not key.is_proved_by(secret):
            raise NotProved("unknown_key", "no such API key")
        if not key.is_in_force(datetime.now(UTC)):
            raise NotProved("ended_key", f"API key {key_id} is not in force: it expired, was revoked or rotated")
        return Caller(source=key.source, scopes=key.scopes, app_ids=key.app_ids)

    def forget(self) -> None:
        """Read again at the next request: something was created or ended here."""
        self._read_at = -BELIEVED_SECONDS

    def _held(self) -> dict[str, ApiKey]:
        if time.monotonic() - self._read_at >= BELIEVED_SECONDS:
            with self._lock:
                if time.monotonic() - self._read_at >= BELIEVED_SECONDS:
                    self._keys = {key.key_id: key for key in keys(self._store)}
                    self._read_at = time.monotonic()
        return self._keys
