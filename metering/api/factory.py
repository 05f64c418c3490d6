"""The API put together: its routes, its errors, its document."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import anyio
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match, Mount, Route

from metering.api import admission, events, evidence, keys, leases, otlp, registry
from metering.api.intake import Intake, opened
from metering.api.openapi import SECURITY_SCHEMES, ProblemDetails, event_schemas
from metering.api.problems import Problem
from metering.credentials.local import announced
from warehouse.connect import Store
from warehouse.errors import StoreError
from warehouse.start import open_store

log = logging.getLogger(__name__)
PREFIX = "/api"
_TEXT = """Usage in, stored before it is acknowledged, and an answer for every event.

The identity of an event is its source and its `event_id`: send it as often as you like, with the same id, and it counts
once. What cannot be taken is kept in quarantine with its reason. Owners, costs and cost centers are never taken from a
body: they come from the credential and the registry."""


def create_api() -> FastAPI:
    """Return the API, closed."""
    made = FastAPI(
        title="Farthing",
        version="1",
        description=_TEXT,
        docs_url=None,  # the framework's pages load their scripts from elsewhere
        redoc_url=None,
        separate_input_output_schemas=False,
        exception_handlers={
            Problem: _problem,
            RequestValidationError: _invalid,
            HTTPException: _http,
            StoreError: _no_store,
            ClientDisconnect: _gone,
            Exception: _unforeseen,
        },
    )
    for routes in (events, otlp, leases, admission, evidence, keys, registry):
        made.include_router(routes.router)
    _complete_document(made)
    return made


def _complete_document(api: FastAPI) -> None:
    generate = api.openapi

    def openapi() -> dict[str, Any]:
        if api.openapi_schema is None:
            document = generate()
            components = document.setdefault("components", {})
            components["securitySchemes"] = SECURITY_SCHEMES
            components.setdefault("schemas", {}).update(event_schemas())
            components["schemas"]["ProblemDetails"] = ProblemDetails.model_json_schema()
            # Answered by us, not by the framework: every 422 is a problem.
            for name in ("HTTPValidationError", "ValidationError"):
                components["schemas"].pop(name, None)
            document["servers"] = [{"url": PREFIX}]
            api.openapi_schema = document
        return api.openapi_schema

    api.openapi = openapi  # type: ignore[method-assign]


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    intake: Intake | None = getattr(request.app.state, "intake", None)
    if intake is not None and request.method == "POST":
        source = getattr(request.state, "source", "")
        intake.writer.refusals.note(source, error.reason, error.detail, requests=1, events=error.events)
    render: Callable[[Problem], Response] = getattr(request.state, "render", Problem.response)
    return render(error)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # What was sent is not said back: it may hold a secret.
    text = "; ".join(f"{'.'.join(map(str, part['loc']))}: {part['msg']}" for part in error.errors())
    return await _problem(request, Problem(422, "invalid", text))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    reason = {404: "unknown_path", 405: "method_not_allowed", 413: "body_too_large"}.get(error.status_code, "invalid")
    headers = dict(error.headers or {})
    if error.status_code == 405:
        # Several routes may share a path; the framework names the methods of the first.
        found = [route for route in request.app.routes if route.matches(request.scope)[0] is not Match.NONE]
        methods = {method for route in found if isinstance(route, Route) for method in route.methods or ()}
        headers["Allow"] = ", ".join(sorted(methods))
    return Problem(error.status_code, reason, str(error.detail), headers=headers).response()


async def _no_store(request: Request, error: Exception) -> Response:
    log.warning("the store does not answer: %s", error)
    problem = Problem(503, "store_unavailable", "the store does not answer", headers={"Retry-After": "5"})
    return await _problem(request, problem)


async def _gone(request: Request, _: Exception) -> Response:
    """Nobody reads this answer; the ledger says that they were here."""
    return await _problem(request, Problem(400, "cut_off", "the sender went away before the whole body was here"))


async def _unforeseen(request: Request, error: Exception) -> Response:
    log.error("%s %s failed: %s", request.method, request.url.path, type(error).__name__)
    return Problem(500, "unforeseen", "this should not have happened; it is in the log").response()


api = create_api()


@contextmanager
def served(store: Store) -> Iterator[Intake]:
    """Let the API take what comes, on an open store; give the way in."""
    with announced(store.location) as token, opened(store, local_token=token) as intake:
        api.state.intake = intake
        try:
            yield intake
        finally:
            api.state.intake = None


@asynccontextmanager
async def _alone(_: Starlette) -> AsyncIterator[None]:
    store = await anyio.to_thread.run_sync(open_store)
    try:
        with served(store):
            yield
    finally:
        store.close()


def mounted(where: FastAPI) -> Mount:
    """Return the way to the API for an app around it: everything under the prefix, line breaks in a path included."""
    mount = Mount(PREFIX, app=where)
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)  # by default they are none of a path's letters
    return mount


app = Starlette(routes=[mounted(api)], lifespan=_alone)
