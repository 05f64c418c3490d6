"""The bus that these tests share; each has a topic and a group of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bus.broker import running


@pytest.fixture(scope="session")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a broker."""
    with running(tmp_path_factory.mktemp("broker")) as address:
        yield address
