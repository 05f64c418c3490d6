"""Links: what an address asks for and is not there is said; strangers see nothing; new charges appear by themselves."""

from __future__ import annotations

import time

import pytest

from tests.sample_platform import build
from ui.session import VERSION_SECONDS


def warnings(app) -> str:
    return " ".join(element.value for element in app.warning)


@pytest.mark.parametrize(
    ("screen", "asked", "named"),
    [
        ("overview", {"period": "Bogus"}, "the period Bogus"),
        ("showback", {"team": "typo"}, "the team typo"),
        ("showback", {"month": "1999-01"}, "the month 1999-01"),
        ("showback", {"team": "growth", "app": "fraud-notes"}, "the app fraud-notes"),
        ("explore", {"measures": "Happiness"}, "the measure Happiness"),
        ("explore", {"grain": "century"}, "the grain century"),
        ("overview", {"period": "Custom", "from": "soon"}, "from=soon, which is no day"),
    ],
)
def test_what_an_address_asks_in_vain_is_said_and_the_rest_is_kept(open_page, platform, screen, asked, named) -> None:
    app = open_page(screen, **asked)
    assert not app.exception
    assert named in warnings(app).replace("\\", "")
    assert app.metric
    for name, value in asked.items():
        if name == "team" and value == "growth":
            assert app.selectbox(key="team").value == "growth"


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"charge": "typo"}, "the charge typo"),
        ({"charge": "2026-01-01T00|endpoint-ranker-lab|typo"}, "the charge 2026-01-01T00|endpoint-ranker-lab|typo"),
        ({"by": "century"}, "the step of time century"),
    ],
)
def test_a_trace_says_what_it_cannot_show(open_page, platform, asked, named) -> None:
    app = open_page("trace", id="ranker-lab", **asked)
    assert not app.exception
    assert named in warnings(app).replace("\\", "")
    assert "Every sum is equal" in " ".join(element.value for element in app.markdown)


def test_a_known_address_is_answered_without_a_word(open_page, platform) -> None:
    app = open_page("explore", period="Last 7 days", measures="Requests", grain="week", show="groups")
    assert not app.exception
    assert "address" not in warnings(app)
    assert app.multiselect(key="measures").value == ["requests"]


@pytest.mark.parametrize("stranger", ["Lead of nobody", "analyst", "Admin"])
def test_a_stranger_is_shown_nothing(open_page, platform, stranger: str) -> None:
    app = open_page("overview", stranger)
    assert not app.exception
    assert f"Nobody is called {stranger} here" in warnings(app)
    assert not len(app.metric)
    assert not len(app.dataframe)
    app.selectbox(key="viewing_as").set_value("analyst").run()
    assert app.metric


def test_an_hour_without_a_zone_is_answered(open_page, platform) -> None:
    hour = platform.scalar("SELECT max(charge_period_start) FROM charges WHERE app_id = 'fraud-notes'")
    app = open_page("explore", period="Last 90 days")
    app.multiselect(key="where").set_value([f"hour:{hour:%Y-%m-%dT%H:%M}"]).run()
    assert not app.exception
    assert not app.error
    assert app.metric


def test_charges_of_a_custom_period_keep_their_days_in_the_address(open_page, platform) -> None:
    app = open_page("overview", period="Custom")
    assert not app.exception
    assert {"from", "to"} <= set(app.query_params)


def test_new_charges_appear_on_the_next_run(open_page, store) -> None:
    app = open_page("overview")
    assert not app.metric
    build(store)
    time.sleep(VERSION_SECONDS + 0.1)
    app.run()
    assert not app.exception
    assert app.metric
