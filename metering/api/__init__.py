"""The HTTP API, under ``/api`` wherever it is served: in the app, or alone by ``uvicorn metering.api:app``.

Nothing is opened at import. Whoever serves ``api`` opens the way in and sets ``api.state.intake``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount

from metering.api import events
from metering.api.intake import opened
from metering.api.problems import Problem
from warehouse.start import open_store

PREFIX = "/api"


def create_api() -> FastAPI:
    """Return the API, closed."""
    made = FastAPI(title="Farthing", version="1", docs_url="/docs", redoc_url=None, openapi_url="/openapi.json")
    made.include_router(events.router)
    made.add_exception_handler(Problem, _answer)
    return made


async def _answer(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return problem.response()


api = create_api()


@asynccontextmanager
async def _alone(_: Starlette) -> AsyncIterator[None]:
    store = await anyio.to_thread.run_sync(open_store)
    try:
        with opened(store) as intake:
            api.state.intake = intake
            yield
    finally:
        api.state.intake = None
        store.close()


app = Starlette(routes=[Mount(PREFIX, api)], lifespan=_alone)
