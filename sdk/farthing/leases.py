"""Who this resource is: an API key, or a lease that is renewed before it ends."""

from __future__ import annotations

from farthing.transport import Transport


class Lease:
    """The credential of a meter."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.lease_id = ""

    def use(self, transport: Transport) -> None:
        """Renew over this."""
        self._transport = transport

    def token(self) -> str:
        """Return the bearer token of now."""
        return self._token

    def renew(self) -> None:
        """Renew the lease if it is time to."""

    def refused(self) -> None:
        """Hear that the store did not take the token."""
