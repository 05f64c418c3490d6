"""The app: API, screens and background jobs in one process. ``streamlit run app.py`` or ``uvicorn app:app``."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from config.settings import ROOT
from config.sign_in import sign_in
from jobs.loop import JobLoop
from metering.api import PREFIX, api, served
from ui.loopback import LoopbackOnly
from ui.session import serve
from ui.states import explain
from ui.warm import warm
from warehouse.start import open_store

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
logging.getLogger("sqlglot").setLevel(logging.ERROR)  # warns of every array index that it shifts, which is right


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
        with served(store):
            yield {}
    finally:
        if jobs:
            await anyio.to_thread.run_sync(jobs.stop)
        serve(None)
        store.close()


async def healthz(_: Request) -> Response:
    """Answer that the process serves: for load balancers and start scripts."""
    return JSONResponse({"status": "ok"})


def _secrets() -> dict[str, dict[str, str]]:
    return {"auth": sign_in().secrets} if sign_in().is_configured else {}


screens = st.App(ROOT / "ui" / "main.py", lifespan=running, secrets=_secrets(), on_script_error=explain)
# Outside of Streamlit's own middleware: the API does not pay for it.
app = Starlette(
    routes=[Route("/healthz", healthz), Mount(PREFIX, app=api), Mount("/", app=screens)],
    middleware=[] if sign_in().is_configured else [Middleware(LoopbackOnly)],
    lifespan=screens.lifespan(),
)
