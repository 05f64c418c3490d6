"""The real app in a process of its own, and a real browser. Each app has a small store that was filled before."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from config.settings import ROOT

CHROMIUM = os.environ.get("FARTHING_CHROMIUM", "chromium")
# Quiet: a browser that talks to its maker would fail the test of external requests.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 120
PATIENCE = 30_000  # milliseconds a test waits for what must appear


@dataclass(frozen=True)
class App:
    """A running app: where it is, and the figures that its pages must show by team ('' for all)."""

    url: str
    figures: dict[str, str]
    log: Path

    def at(self, path: str = "/", **parameters: str) -> str:
        """Return an address of the app."""
        return f"{self.url}{path}" + (f"?{urlencode(parameters)}" if parameters else "")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that every test opens its own window of."""
    path = shutil.which(CHROMIUM)
    assert path, f"no {CHROMIUM}: run .ci/chromium, or set FARTHING_CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a window: ``window(width=420, dark=True)``.

    All that it asks for must be local, unless its test also visits pages that are not ours (``elsewhere=True``).
    """
    contexts, asked = [], []

    def open_(*, width: int = 1440, dark: bool = False, elsewhere: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 1000}, color_scheme="dark" if dark else "light"
        )
        context.set_default_timeout(PATIENCE)
        if not elsewhere:
            context.on("request", lambda request: asked.append(request.url))
        contexts.append(context)
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()
    schemes = [urlsplit(url) for url in asked]
    foreign = {url.netloc for url in schemes if url.scheme in ("http", "https", "ws") and url.hostname != "127.0.0.1"}
    assert not foreign


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app in demo sign-in, on the sample platform."""
    with running(tmp_path_factory.mktemp("app")) as started:
        yield started


@contextmanager
def running(
    folder: Path,
    *,
    address: str = "127.0.0.1",
    port: int | None = None,
    fill: Sequence[str] = (sys.executable, "-m", "tests.sample_platform"),
    **settings: str,
) -> Iterator[App]:
    """Fill a store in the folder (``fill`` prints JSON about it), serve it, and stop at the end."""
    port = port or free_port()
    environment = {**os.environ, "FARTHING_STORE": f"chdb://{folder / 'store'}", **settings}
    filled = subprocess.run(
        fill,
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        timeout=START_SECONDS,
    )
    log = folder / "app.log"
    farthing = [sys.executable, "-c", "from jobs.cli import main; main()"]
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [*farthing, "serve", "--port", str(port), "--address", address],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        started = App(f"http://127.0.0.1:{port}", json.loads(filled.stdout), log)
        _wait_for(f"{started.url}/healthz", process, log)
        yield started
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the process ended:\n{log.read_text(encoding='utf-8')[-3000:]}"
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"{url} did not answer:\n{log.read_text(encoding='utf-8')[-3000:]}")
