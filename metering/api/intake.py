"""What the API works with while it serves: the store, the credentials, the writer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request

from config.settings import settings
from metering.api.problems import Problem
from metering.credentials.caller import ANONYMOUS, Caller
from metering.credentials.keyring import Keyring, NotProved
from metering.writer import Writer
from warehouse.connect import Store


class Intake:
    """The way in while it is open."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.keyring = Keyring(store)
        self.writer = Writer(store)


@contextmanager
def opened(store: Store) -> Iterator[Intake]:
    """Open the way in on a store; at the end what was received is stored."""
    intake = Intake(store)
    intake.writer.start()
    try:
        yield intake
    finally:
        intake.writer.stop()


def intake_of(request: Request) -> Intake:
    """Return the way in that this request came through.

    Raises:
        Problem: 503, it is not open yet or any more.

    """
    intake: Intake | None = getattr(request.app.state, "intake", None)
    if intake is None:
        raise Problem(503, "not_open", "the store is not open yet", headers={"Retry-After": "2"})
    return intake


def caller_of(request: Request, scope: str) -> Caller:
    """Return who sends.

    Raises:
        Problem: 401 nobody that we know, 403 somebody who may not do this.

    """
    said = request.headers.get("authorization", "")
    if not said and settings().anonymous_events and scope in ANONYMOUS.scopes:
        return ANONYMOUS
    kind, _, token = said.partition(" ")
    challenge = {"WWW-Authenticate": 'Bearer realm="farthing"'}
    if kind.lower() != "bearer" or not token.strip():
        text = "send Authorization: Bearer <API key or lease>; `farthing keys create NAME` makes a key"
        raise Problem(401, "no_credential", text, headers=challenge)
    try:
        caller = intake_of(request).keyring.caller(token.strip())
    except NotProved as error:
        challenge["WWW-Authenticate"] += ', error="invalid_token"'
        raise Problem(401, error.reason, str(error), headers=challenge) from None
    if scope not in caller.scopes:
        raise Problem(
            403,
            "missing_scope",
            f"this needs the scope {scope}; {caller.source} has {', '.join(sorted(caller.scopes))}",
        )
    return caller
