"""The gateway over a small real store, as an analyst and as a lead."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from clickhouse_connect.driver.client import Client

from config.settings import Settings
from tests.gateway.serving import client, drop, serving
from tests.sample_platform import build
from ui.readers import reader
from ui.viewer import demo_viewer
from warehouse.connect import Store
from warehouse.gateway import Gateway
from warehouse.start import open_store

TOKENS = {"all-token": "analyst", "growth-token": "lead:growth"}


@dataclass(frozen=True)
class Served:
    """A store and where its gateway answers."""

    store: Store
    port: int

    def client(self, token: str = "all-token") -> Client:
        return client(self.port, token)


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    name = f"test_{os.getpid()}_gateway"
    store = open_store(Settings(store=f"{os.environ['FARTHING_STORE']}?database={name}"))
    build(store)
    gateway = Gateway(store, lambda token: reader(demo_viewer(TOKENS[token])) if token in TOKENS else None)
    with serving(lambda: gateway) as port:
        yield Served(store, port)
    drop(store)
    store.command(f"DROP DATABASE {name} SYNC")
    store.close()
