"""The real API on a real port: in this process, or in one of its own that can be killed."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from metering.api.factory import create_api
from metering.api.intake import opened
from metering.credentials.keys import create_key
from warehouse.connect import Store
from warehouse.histories import record

ROOT = Path(__file__).parents[2]
PATIENCE = 240


def register(store: Store) -> None:
    """Register the app that the tests' events are of."""
    record(store, "teams", [{"team_id": "retail", "cost_center": "cc-retail"}], by="test")
    record(store, "apps", [{"app_id": "shop", "app_name": "Shop", "team_id": "retail"}], by="test")


@contextmanager
def api_on(store: Store) -> Iterator[str]:
    """Serve a store's API; give its address."""
    api = create_api()
    with opened(store) as api.state.intake:
        config = uvicorn.Config(Starlette(routes=[Mount("/api", app=api)]), port=free_port(), log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        _wait(lambda: server.started)
        yield f"http://127.0.0.1:{config.port}"
        server.should_exit = True
        thread.join()


def key_for(store: Store, *scopes: str) -> str:
    """Return a key for the app."""
    return create_key(store, source="exporter", scopes=scopes or ("ingest",), app_ids=["shop"], by="test")[1]


class ApiProcess:
    """``uvicorn metering.api:app`` on a store of its own, which may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = {
            **os.environ,
            "FARTHING_STORE": f"chdb://{folder / 'store'}",
            "FARTHING_BACKUPS": str(folder / "backups"),
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'sdk'}",
        }
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def command(self) -> list[str]:
        return ["-m", "uvicorn", "metering.api:app", "--port", str(self.port), "--log-level", "error"]

    def ask(self, code: str) -> str:
        """Run a few lines with the store open; what they print is returned. The API must not run."""
        return self._run("-c", f"from warehouse.start import open_store\nwith open_store() as store:\n{code}")

    def farthing(self, *words: str) -> str:
        """Run a command; what it prints is returned. The API must not run, and the command must succeed."""
        return self._run("-c", "from jobs.cli import main; main()", *words)

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return done.stdout

    def start(self) -> None:
        """Start, and wait until it answers."""
        log = (self.folder / "api.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                [sys.executable, *self.command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        _wait(self._answers)

    def kill(self) -> None:
        """kill -9."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _answers(self) -> bool:
        assert self.process
        assert self.process.poll() is None, (self.folder / "api.log").read_text()[-3000:]
        try:
            with urllib.request.urlopen(f"{self.url}/api/openapi.json", timeout=2) as answer:
                return "paths" in json.load(answer)
        except (OSError, urllib.error.URLError):
            return False


class AppProcess(ApiProcess):
    """``farthing serve``: screens, background jobs and API in one process."""

    @property
    def command(self) -> list[str]:
        return ["-c", "from jobs.cli import main; main()", "serve", "--port", str(self.port)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(is_true: object) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.02)
