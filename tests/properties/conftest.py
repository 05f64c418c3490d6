"""One database for a whole module of properties: emptied before each example."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from config.settings import Settings
from warehouse.connect import Store
from warehouse.start import open_store


@pytest.fixture(scope="session")
def reused_store() -> Iterator[Store]:
    name = "properties"
    with open_store(Settings(store=f"{os.environ['FARTHING_STORE']}?database={name}")) as opened:
        yield opened
        opened.command(f"DROP DATABASE {name} SYNC")
