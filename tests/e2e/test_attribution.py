"""Attribution in a browser: usage without an owner is given to an app, the money moves, and it is taken back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import drawn, figure, picture
from tests.e2e.conftest import App, running
from tests.e2e.test_invoices import click_row

RATED = 60.0  # seconds within which what was decided is charged


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app of its own on the sample platform, because this moves money."""
    with running(tmp_path_factory.mktemp("attribution")) as started:
        yield started


def opened(page: Page, app: App) -> Page:
    page.goto(app.at("/attribution", viewing_as="Analyst"))
    drawn(page, "Attribution")
    return page


def waits(page: Page, app: App, amount: str) -> None:
    """Open the page again until the card says so, within a minute."""
    deadline = time.monotonic() + RATED
    while figure(opened(page, app), "Waiting") != amount:
        assert time.monotonic() < deadline, f"after a minute {figure(page, 'Waiting')} waits, not {amount}"


def spent(window, app: App, **where: str) -> Decimal:
    """Return what Explore says was spent in thirty days, to the cent."""
    page = window()
    page.goto(app.at("/explore", viewing_as="Analyst", period="last-30-days", **where))
    drawn(page, "Explore")
    said = figure(page, "Effective cost")
    page.close()
    return Decimal(said.removeprefix("$").replace(",", ""))


def test_one_is_resolved_by_hand_and_the_money_moves(own_app: App, window) -> None:
    lab, whole = {"where": "app_id:ranker-lab"}, spent(window, own_app)
    of_lab = spent(window, own_app, **lab)
    page = opened(window(), own_app)
    before = figure(page, "Waiting")
    assert before.startswith("$")
    assert before != "$0.00"
    assert figure(page, "Attributed") != "100.0%"
    picture(page, "attribution")
    click_row(page, "Waiting for an owner")
    expect(page.get_by_text("Give to")).to_be_visible()
    page.get_by_role("combobox", name="Give to").click()
    page.get_by_role("option", name="ranker-lab").click()
    moves = page.get_by_text("cc-unattributed → ranker-lab")
    expect(moves).to_be_visible()
    assert before in moves.inner_text()
    page.get_by_role("button", name="Give", exact=True).click()
    page.get_by_role("button", name="Yes: give").click()
    expect(page.get_by_text("were given")).to_be_visible()
    waits(page, own_app, "$0.00")
    expect(page.get_by_text("Everything has an owner")).to_be_visible()
    picture(page, "attribution-given")
    moved = spent(window, own_app, **lab) - of_lab
    assert abs(moved - Decimal(before.removeprefix("$"))) <= Decimal("0.01"), "each of the three figures is rounded"
    assert spent(window, own_app) == whole, "no total moves"

    # And back again.
    click_row(page, "What was decided")
    page.get_by_role("textbox", name="Why take it back").fill("the wrong lab")
    page.get_by_role("textbox", name="Why take it back").press("Enter")
    page.get_by_role("button", name="Take it back", exact=True).click()
    page.get_by_role("button", name="Yes: take it back").click()
    expect(page.get_by_text("was taken back")).to_be_visible()
    waits(page, own_app, before)
    assert (spent(window, own_app, **lab), spent(window, own_app)) == (of_lab, whole)


@pytest.mark.parametrize(("width", "dark"), [(1440, True), (390, False)])
def test_it_reads_on_a_phone_and_in_the_dark(own_app: App, window, width: int, dark: bool) -> None:
    page = opened(window(width=width, dark=dark), own_app)
    assert page.get_by_test_id("stMain").evaluate("element => element.scrollWidth <= element.clientWidth")
    picture(page, f"attribution-{width}-{'dark' if dark else 'light'}")
