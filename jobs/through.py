"""Commands while the app has the store: it is asked to do it, as it says in a file beside the store that it may be."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import typer

if TYPE_CHECKING:
    from metering.credentials.local import Serving
    from warehouse.connect import Store

JSON, NDJSON = "application/json", "application/x-ndjson"
_SECONDS = 60


class Done(Protocol):
    """Has something done: ``here`` on the store itself, or by the app under ``path``, with JSON or bytes of a kind."""

    def __call__(
        self, here: Callable[[Store], Any], method: str, path: str, body: Any = None, *, kind: str = JSON
    ) -> Any: ...


@contextmanager
def way() -> Iterator[Done]:
    """Give the way to the store: the app that has it, if one says so, or the store itself, opened once.

    What is done raises:
        ValueError: the app will not; its own words.
        StoreTaken: the store is somebody else's, who cannot be asked.

    """
    from warehouse.start import open_store

    served, store = _serving(), None
    with ExitStack() as held:

        def done(here: Callable[[Store], Any], method: str, path: str, body: Any = None, *, kind: str = JSON) -> Any:
            nonlocal served, store
            if served is not None:
                try:
                    return _asked(served, method, path, body, kind)
                except urllib.error.HTTPError as error:
                    raise ValueError(_detail(error)) from None
                except urllib.error.URLError as error:
                    # It was killed and could not take its word back. If it is there after all, opening says so.
                    typer.echo(f"{served.url} does not answer ({error.reason})", err=True)
                    served = None
            if store is None:
                store = held.enter_context(open_store())
            return here(store)

        yield done


def done(here: Callable[[Store], Any], method: str, path: str, body: Any = None) -> Any:
    """Have one thing done; see ``way``."""
    with way() as by_it:
        return by_it(here, method, path, body)


@contextmanager
def opened(instead: str) -> Iterator[Store]:
    """Open the store; while the app has it, say which app that is, and what to do ``instead`` (with ``{url}``)."""
    from config.settings import settings
    from warehouse.errors import StoreTaken
    from warehouse.start import open_store

    try:
        held = open_store()
    except StoreTaken as error:
        served = _serving()
        url = served.url if served else settings().url
        raise StoreTaken(f"{error} {'It is' if served else 'If it is'} the app: {instead.format(url=url)}.") from None
    with held as store:
        yield store


def holder(said: str) -> str:
    """Return in words which app has the store, if one says so and ``said`` does not name it; '' otherwise."""
    served = _serving()
    if served is None or served.url in said:
        return ""
    return f" It is the app at {served.url}: its pages and its API ({served.url}/api) do most of what commands do."


def _serving() -> Serving | None:
    from config.settings import settings
    from metering.credentials.local import serving
    from warehouse.location import parse_location

    return serving(parse_location(settings().store))


def _asked(served: Serving, method: str, path: str, body: Any, kind: str) -> Any:
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"{served.url}/api/v1/{path}",
        method=method,
        data=data,
        headers={"Authorization": f"Bearer {served.token}", "Content-Type": kind},
    )
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def _detail(error: urllib.error.HTTPError) -> str:
    text = error.read()
    try:
        return str(json.loads(text)["detail"])
    except (ValueError, KeyError, TypeError):
        return f"{error.url} answers {error.code}: is it another program's address?"
