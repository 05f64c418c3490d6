"""The app: API, screens and background jobs in one process. ``streamlit run app.py`` or ``uvicorn app:app``."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import anyio
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from config.settings import ROOT, settings
from config.sign_in import sign_in
from jobs.loop import JobLoop
from metering.api import api, mounted, served
from metering.credentials.keyring import Keyring, NotProved
from ui.loopback import LoopbackOnly, is_local
from ui.readers import reader_of
from ui.session import serve
from ui.states import explain
from ui.warm import warm
from warehouse.gateway import Gateway
from warehouse.gateway import routes as gateway_routes
from warehouse.readers import Reader
from warehouse.start import open_store

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
logging.getLogger("sqlglot").setLevel(logging.ERROR)  # warns of every array index that it shifts, which is right


open_gateways: list[Gateway] = []  # one while the app runs and FARTHING_GATEWAY says so


@asynccontextmanager
async def running(_: st.App) -> AsyncIterator[dict[str, object]]:
    """Open the store, warm what the first visitor would wait for, and run the jobs until the end."""
    store = await anyio.to_thread.run_sync(open_store)
    # An embedded store belongs to this process, and so do its jobs; beside a server they are `farthing worker`.
    jobs = JobLoop(store) if store.location.is_embedded else None
    try:
        serve(store, jobs)
        await anyio.to_thread.run_sync(warm)
        # Streamlit collects garbage after every run; what stays for ever is kept out of that (147 -> 33 ms a run).
        gc.collect()
        gc.freeze()
        if jobs:
            jobs.start()
        with served(store) as intake:
            if settings().gateway and store.location.is_embedded:
                open_gateways.append(Gateway(store, partial(_reader, intake.keyring)))
            yield {}
    finally:
        open_gateways.clear()
        if jobs:
            await anyio.to_thread.run_sync(jobs.stop)
        serve(None)
        store.close()


def _reader(keyring: Keyring, token: str) -> Reader | None:
    try:
        return reader_of(keyring.caller(token))
    except NotProved:
        return None


async def healthz(_: Request) -> Response:
    """Answer that the process serves: for load balancers and start scripts."""
    return JSONResponse({"status": "ok"})


def _secrets() -> dict[str, dict[str, str]]:
    return {"auth": sign_in().secrets} if sign_in().is_configured else {}


screens = st.App(ROOT / "ui" / "main.py", lifespan=running, secrets=_secrets(), on_script_error=explain)
# Outside of Streamlit's own middleware: the API does not pay for it.
app = Starlette(
    routes=[
        Route("/healthz", healthz),
        mounted(api),
        *gateway_routes("/clickhouse", lambda: next(iter(open_gateways), None), is_local),
        Mount("/", app=screens),
    ],
    middleware=[] if sign_in().is_configured else [Middleware(LoopbackOnly)],
    lifespan=screens.lifespan(),
)
