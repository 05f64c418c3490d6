"""The address wanted before signing in: a screen of ours with its parameters, or nothing."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from ui.way_back import wanted_of


def test_a_screen_and_its_parameters() -> None:
    cookie = quote("/explore?where=team_id%3Agrowth&where=meter%3Arequests&period=All", safe="")
    assert wanted_of(cookie) == ("explore", {"where": ["team_id:growth", "meter:requests"], "period": "All"})
    assert wanted_of(quote("/", safe="")) == ("overview", {})


@pytest.mark.parametrize(
    "address", ["", "/nowhere", "//evil.example/explore", "https://evil.example/explore", "/explore/../health"]
)
def test_anything_else_is_nothing(address: str) -> None:
    assert wanted_of(quote(address, safe="")) is None
