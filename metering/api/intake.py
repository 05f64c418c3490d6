"""What the API works with while it serves: the store, the credentials, the writer, the limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from config.settings import settings
from metering.admission.registry import KnownRegistry
from metering.api.idempotency import Answers
from metering.api.limits import EventLimit
from metering.api.problems import Problem
from metering.credentials.caller import ANONYMOUS, Caller
from metering.credentials.keyring import Keyring, NotProved
from metering.credentials.signing import signing_keys
from metering.writer import Writer
from warehouse.connect import Store


class Intake:
    """The way in while it is open."""

    def __init__(self, store: Store, *, local_token: str = "") -> None:
        self.store = store
        self.keyring = Keyring(store, signing_keys(store.location), local_token=local_token)
        self.writer = Writer(store)
        self.limit = EventLimit(settings().events_per_minute)
        self.answers = Answers(store)
        self.registry = KnownRegistry(store)


@contextmanager
def opened(store: Store, *, local_token: str = "") -> Iterator[Intake]:
    """Open the way in on a store; at the end what was received is stored."""
    intake = Intake(store, local_token=local_token)
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


async def caller_of(request: Request, *scopes: str) -> Caller:
    """Return who sends; they have one of the scopes.

    Raises:
        Problem: 401 nobody that we know, 403 somebody who may not do this.

    """
    intake = intake_of(request)
    said = request.headers.get("authorization", "")
    if not said and settings().anonymous_events and ANONYMOUS.scopes & set(scopes):
        return ANONYMOUS
    kind, _, token = said.partition(" ")
    challenge = 'Bearer realm="farthing"'
    if kind.lower() != "bearer" or not token.strip():
        text = "send Authorization: Bearer <API key or lease>; `farthing keys create NAME` makes a key"
        raise Problem(401, "no_credential", text, headers={"WWW-Authenticate": challenge})
    if not intake.keyring.is_fresh:
        await run_in_threadpool(intake.keyring.refresh)
    try:
        caller = intake.keyring.caller(token.strip())
    except NotProved as error:
        challenge += ', error="invalid_token"'
        raise Problem(401, error.reason, str(error), headers={"WWW-Authenticate": challenge}) from None
    request.state.source = caller.source
    if not caller.scopes & set(scopes):
        needed, held = " or ".join(scopes), ", ".join(sorted(caller.scopes))
        raise Problem(403, "missing_scope", f"this needs the scope {needed}; {caller.source} has {held}")
    return caller
