"""Demo sign-in lets anybody be anybody, so it answers on this machine only."""

from __future__ import annotations

import ipaddress

from starlette.types import ASGIApp, Receive, Scope, Send

REFUSAL = (
    b"Farthing has no identity provider configured, so it answers on 127.0.0.1 only. "
    b"Open it there, or configure sign-in (docs/sign-in.md).\n"
)
FORWARDED = {b"forwarded", b"x-forwarded-for", b"x-real-ip"}


class LoopbackOnly:
    """Refuse whoever does not come from this machine, to this machine, by a name of this machine."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 403."""
        if scope["type"] == "lifespan" or is_local(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(REFUSAL)).encode())]
            await send({"type": "http.response.start", "status": 403, "headers": headers})
            await send({"type": "http.response.body", "body": REFUSAL})


def is_local(scope: Scope) -> bool:
    """Whether both ends are loopback, nothing forwarded the request, and the host it names is local.

    The name matters: a page elsewhere may point a name of its own at 127.0.0.1 and read the answers.
    """
    headers = dict(scope["headers"])
    ends = (scope.get("client"), scope.get("server"))
    return (
        all(end and _is_loopback(end[0]) for end in ends)
        and not FORWARDED & headers.keys()
        and _is_loopback(_host(headers.get(b"host", b"").decode("latin-1")))
    )


def _host(header: str) -> str:
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
