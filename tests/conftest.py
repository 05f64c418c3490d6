"""One engine a test process, one database a test: the engine allows a single store path per process."""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_ROOMY = 4_000_000_000


def _folder() -> Path:
    """A folder of this process's own, in memory where there is room: every insert is flushed to the disk otherwise."""
    memory = Path("/dev/shm")
    has_room = memory.is_dir() and shutil.disk_usage(memory).free > _ROOMY
    parent = memory if has_room else Path(tempfile.gettempdir())
    for old in parent.glob("farthing-tests-*-*"):
        # A run that was killed left its folder behind.
        if Path("/proc/self").exists() and not Path("/proc", old.name.split("-")[2]).exists():
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"farthing-tests-{os.getpid()}-", dir=parent))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


_ENGINE = _folder() / "store"
os.environ["FARTHING_STORE"] = f"chdb://{_ENGINE}"
os.environ["FARTHING_BACKUPS"] = str(_ENGINE.with_name("backups"))

settings.register_profile("dev", deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
settings.register_profile("ci", deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
settings.load_profile("ci" if os.environ.get("CI") else "dev")

_numbers = itertools.count()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--snapshot-update", action="store_true", help="write what snapshot tests see")
    parser.addoption("--over-http", action="store_true", help="questions of tests/queries go through the gateway")


@pytest.fixture(scope="session")
def data() -> Path:
    """The shared real data, where it is there."""
    folder = Path(os.environ.get("FARTHING_REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the real data sets are not at {folder} (FARTHING_REAL_DATA names another place)")
    return folder


@pytest.fixture
def store() -> Iterator:
    """An empty, migrated store of its own."""
    from config.settings import Settings
    from warehouse.start import open_store

    name = f"test_{os.getpid()}_{next(_numbers)}"
    opened = open_store(Settings(store=f"chdb://{_ENGINE}?database={name}"))
    yield opened
    opened.command(f"DROP DATABASE {name} SYNC")
    opened.close()
