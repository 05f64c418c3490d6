"""Who this resource is: an API key, a lease that the platform handed over, or a key with a lease of its own.

A lease is renewed when half of its time is over, and ended after ``stop``, once the last events are stored. Events
carry its id, never its token.
"""

from __future__ import annotations

import base64
import json
import time
from datetime import datetime
from typing import Any, NamedTuple

from farthing.transport import Answer, Transport

_AGAIN_SECONDS = 10.0
_OVER = (404, 409)  # it ended, or its app is gone: a renewal will never do
_PARTS = 3


class Held(NamedTuple):
    """A lease: whose, until when (by the clock that does not jump), and how long it was given for."""

    lease_id: str
    app_id: str
    resource_id: str
    token: str
    renew_at: float
    seconds: int


class Credential:
    """What the exporter shows with every request."""

    def __init__(self, token: str, seconds: int, *, wants_lease: bool) -> None:
        """``token`` is an API key or a lease; with a key and ``wants_lease``, ``seconds`` of lease are asked for."""
        self._key = token
        self._seconds = seconds
        self._held = None if wants_lease else _read_token(token)
        self._speaks_by_lease = self._held is not None
        self._asks = wants_lease
        self._is_over = False  # the resource is gone: nothing carries the lease any more
        self._is_ended = False  # and the store knows
        self._try_at = 0.0
        self._app_id = self._resource_id = ""

    @property
    def lease_id(self) -> str:
        """The id that events carry; empty without a lease."""
        return self._held.lease_id if self._held and not self._is_over else ""

    @property
    def app_id(self) -> str:
        """Whose a lease that was handed over is."""
        return self._held.app_id if self._held else ""

    @property
    def resource_id(self) -> str:
        """Which resource a lease that was handed over is for."""
        return self._held.resource_id if self._held else ""

    def asks_for(self, app_id: str, resource_id: str) -> None:
        """Say for whom a lease is asked."""
        self._app_id, self._resource_id = app_id, resource_id

    def token(self) -> str:
        """Return what to show now. A key speaks for all events, whether they carry its lease or were there before."""
        return self._held.token if self._held and self._speaks_by_lease else self._key

    def renew(self, transport: Transport) -> None:
        """Get or renew the lease, if it is time to. Called in the exporter's thread, before it sends."""
        now = time.monotonic()
        if self._is_over or now < self._try_at:
            return
        if self._held and now >= self._held.renew_at:
            body = {"seconds": self._held.seconds}
            self._take(transport.send("POST", f"/api/v1/leases/{self._held.lease_id}/renew", self._shown(), body))
        elif not self._held and self._asks:
            asked = {"resource_id": self._resource_id, "app_id": self._app_id, "seconds": self._seconds}
            self._take(transport.send("POST", "/api/v1/leases", self._key, asked))

    def refused(self) -> None:
        """Hear that the store did not take the token: renew at the next occasion."""
        if self._held and self._speaks_by_lease:
            self._held = self._held._replace(renew_at=0.0)

    def started(self) -> None:
        """Hear that the resource is there (again): a lease that was ended is asked for anew."""
        if self._is_over and self._asks:
            self._held = None
        self._is_over = self._is_ended = False

    def stopped(self) -> None:
        """Hear that the resource is gone."""
        self._is_over = True

    def settled(self, transport: Transport) -> None:
        """Hear that all events are stored: a resource that is gone needs its lease no longer.

        Its token still speaks for what happened in its time.
        """
        if self._is_over and not self._is_ended and self._held and time.monotonic() >= self._try_at:
            answer = transport.send("DELETE", f"/api/v1/leases/{self._held.lease_id}", self._shown(), None)
            self._is_ended = 200 <= answer.status < 300 or answer.status in _OVER
            self._try_at = time.monotonic() + _AGAIN_SECONDS

    def _shown(self) -> str:
        return self._held.token if self._held and self._speaks_by_lease else self._key

    def _take(self, answer: Answer) -> None:
        try:
            granted = json.loads(answer.body)
            span = _instant(granted["valid_to"]) - _instant(granted["valid_from"])
            # Half of it counted from now: whatever the two clocks say.
            self._held = Held(
                granted["lease_id"],
                granted["app_id"],
                granted["resource_id"],
                granted["token"],
                time.monotonic() + min(span, self._seconds) / 2,
                self._seconds,
            )
        except (ValueError, TypeError, KeyError):
            self._try_at = time.monotonic() + _AGAIN_SECONDS
            if answer.status in _OVER and self._held:
                self._held = self._held._replace(renew_at=float("inf"))


def _read_token(token: str) -> Held | None:
    """Return what a lease's token says; it is read, not verified: the store does that."""
    parts = token.split(".")
    if len(parts) != _PARTS:
        return None
    try:
        said: dict[str, Any] = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        seconds = max(int(said["exp"] - said["iat"]), 1)
        rest = min(max(said["exp"] - time.time(), 0.0), seconds)
        renew_at = time.monotonic() + max(rest - seconds / 2, 0.0)
        return Held(str(said["jti"]), str(said["app_id"]), str(said["resource_id"]), token, renew_at, seconds)
    except (ValueError, TypeError, KeyError):
        return None


def _instant(text: str) -> float:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
