"""The API in the test's process, on the test's own store."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from config.settings import Settings
from metering.api.factory import create_api
from metering.api.intake import opened
from metering.credentials.caller import SCOPES
from metering.credentials.keys import create_key
from warehouse.connect import Store
from warehouse.histories import record
from warehouse.start import open_store

_numbers = itertools.count()


def ago(**span: float) -> str:
    """An instant that long ago."""
    return (datetime.now(UTC) - timedelta(**span)).isoformat(timespec="milliseconds")


def event(**more: Any) -> dict[str, Any]:
    """A sound usage event that nobody sent before."""
    return {
        "event_id": f"e-{next(_numbers)}",
        "time": ago(minutes=5),
        "resource_id": "r-1",
        "meter": "requests",
        "quantity": 1,
        **more,
    }


class Client(TestClient):
    """A caller: with a key or a lease."""

    def signed(self, secret: str) -> Client:
        """Return a caller of the same API with another credential."""
        other = Client(self.app, raise_server_exceptions=False)
        other.headers["Authorization"] = f"Bearer {secret}"
        return other

    def take(self, *events: Any, **options: Any) -> Any:
        """Send canonical events and return the answer."""
        return self.post("/v1/events", json=list(events), **options)


@pytest.fixture(scope="session")
def _one_store() -> Iterator[Store]:
    database = f"test_{os.getpid()}_api_tests"
    with open_store(Settings(store=f"{os.environ['FARTHING_STORE']}?database={database}")) as opened_store:
        yield opened_store
        opened_store.command(f"DROP DATABASE {database} SYNC")


@pytest.fixture
def store(_one_store: Store) -> Store:
    """A store with nothing in it: one for all of these tests, emptied, because making one takes longer than a test."""
    held = _one_store.rows(
        "SELECT name FROM system.tables WHERE database = currentDatabase() AND total_rows > 0 "
        "AND name NOT IN ('meter_units', 'migrations')"
    )
    for row in held:
        _one_store.command(f"TRUNCATE TABLE {row['name']}")
    return _one_store


@pytest.fixture
def registered(store: Store) -> Store:
    """The store with the apps summarizer and search, of two teams."""
    return register(store)


def register(store: Store) -> Store:
    """Register the apps summarizer and search, of two teams."""
    record(store, "teams", [{"team_id": team, "cost_center": f"cc-{team}"} for team in ("red", "blue")], by="test")
    apps = [("summarizer", "red"), ("search", "blue")]
    record(store, "apps", [{"app_id": app, "app_name": app, "team_id": team} for app, team in apps], by="test")
    return store


@pytest.fixture(scope="session")
def standing() -> Iterator[Client]:
    """A caller of an API that stands for the whole run: for what does not look at the store."""
    name = f"test_{os.getpid()}_api"
    with open_store(Settings(store=f"{os.environ['FARTHING_STORE']}?database={name}")) as store:
        api = create_api()
        secret = create_key(register(store), source="exporter", scopes=SCOPES, by="test")[1]
        with opened(store) as api.state.intake:
            yield Client(api, raise_server_exceptions=False).signed(secret)
        store.command(f"DROP DATABASE {name} SYNC")


@pytest.fixture
def anybody(registered: Store) -> Iterator[Client]:
    """A caller without a credential."""
    api = create_api()
    with opened(registered) as api.state.intake:
        yield Client(api, raise_server_exceptions=False)


@pytest.fixture
def key(registered: Store, anybody: Client) -> Callable[..., str]:
    """Return a function that makes a key: ``key("exporter", scopes=["ingest"], app_ids=["search"])``."""

    def make(source: str = "exporter", **options: Any) -> str:
        made = create_key(registered, source=source, by="test", **options)[1]
        anybody.app.state.intake.keyring.forget()
        return made

    return make


@pytest.fixture
def client(anybody: Client, key: Callable[..., str]) -> Client:
    """A caller with a key for any app."""
    return anybody.signed(key())
