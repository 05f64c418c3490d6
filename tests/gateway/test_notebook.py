"""A notebook reads through the app by the one setting, and comes to the figures of the store behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from config.settings import settings
from notebooks import allocation, backtest, repricing, spend
from tests.gateway.conftest import Served


@pytest.fixture
def _through_the_app(served: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FARTHING_STORE", f"http://notebook:all-token@127.0.0.1:{served.port}")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.usefixtures("_through_the_app")
def test_notebooks_read_through_the_app(served: Served) -> None:
    _, told = spend.app.run()
    assert told["store"].location.is_gateway
    assert told["whole"] == served.store.scalar("SELECT sum(effective_cost) FROM charges") > 0
    assert told["left_over"] == 0
    _, told = allocation.app.run()
    assert {row["left over"] for row in told["conserved"]} == {0}
    _, told = repricing.app.run()
    assert told["left"] == 0
    _, told = backtest.app.run(defs={"rows": 2_000})
    assert (told["facts"], told["shown"]) == ([], None), "nobody planted anything here"
