"""Invoices in a browser: three clicks from the list to raw events, and an address for those who may see them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import drawn, picture
from tests.e2e.conftest import PATIENCE
from tests.e2e.test_explore import calm

expect.set_options(timeout=PATIENCE)
HEADER = ROW = 35  # pixels
TICK = 15
SHOWN = {
    "invoices": {"invoice": f"cc-search/{datetime.now(UTC):%Y-%m}"},
    "trace": {"id": "ranker-lab"},
    "allocation": {"floor": "50"},
}


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def click_row(page: Page, title: str, row: int = 0) -> None:
    """Tick a row of the table under this heading."""
    heading = page.get_by_role("heading", name=title, exact=True, level=3)
    expect(heading).to_be_visible()
    table = heading.locator("xpath=following::*[@data-testid='stDataFrame'][1]")
    table.scroll_into_view_if_needed()
    canvas = table.get_by_test_id("data-grid-canvas")
    expect(canvas).to_be_visible()
    box = canvas.bounding_box()
    assert box
    x, y = box["x"] + TICK, box["y"] + HEADER + ROW * (row + 0.5)
    page.mouse.move(x, y)
    page.mouse.click(x, y)


def shows_nothing(page: Page, asked_for: str) -> None:
    """Nothing of the own teams' names and amounts stands on a foreign lead's page, but what was asked for."""
    text = page.get_by_test_id("stMain").inner_text().replace(asked_for, "")
    assert not [name for name in ("query-rewriter", "index-summaries", "ranker-lab", "gpt-4o", "$") if name in text]


def test_three_clicks_from_the_list_to_raw_events_and_back_by_address(app, window) -> None:
    page = window()
    page.goto(app.at("/invoices", viewing_as="Lead of search"))
    calm(page, "Invoices")
    click_row(page, "Lines of your teams, by invoice")
    calm(page, "Invoices")
    assert asked(page)["invoice"][0].startswith("cc-search/")
    click_row(page, "Lines")
    calm(page, "Trace")
    (line,) = asked(page)["id"]
    assert len(line) == 32
    expect(page.get_by_text("Every sum is equal")).to_be_visible()
    click_row(page, "Charges")
    calm(page, "Trace")
    expect(page.get_by_role("heading", name="Raw events", level=3)).to_be_visible()
    assert asked(page)["charge"]
    expect(page.get_by_text("Every sum is equal")).to_be_visible()
    again, foreign = window(), window()
    again.goto(page.url)
    drawn(again, "Trace")
    expect(again.get_by_role("heading", name="Raw events", level=3)).to_be_visible()
    foreign.goto(page.url.replace("Lead+of+search", "Lead+of+growth"))
    drawn(foreign, "Trace")
    expect(foreign.get_by_text("that you may see")).to_be_visible()
    shows_nothing(foreign, line)
    # Nor by any other step of the way: the charge by itself, under other prices, or what an app would bear.
    charge = asked(page)["charge"][0]
    for parameters in (
        {"id": charge, "prices": "2026-01-01"},
        {"id": "ranker-lab", "allocation": "even", "by": "hour"},
        {"id": f"gateway/ranker-lab/gpt-4o/{datetime.now(UTC) - timedelta(days=2):%Y%m%d%H}"},
    ):
        foreign.goto(app.at("/trace", viewing_as="Lead of growth", **parameters))
        drawn(foreign, "Trace")
        expect(foreign.get_by_text("that you may see")).to_be_visible()
        shows_nothing(foreign, parameters["id"])


@pytest.mark.parametrize("screen", ["invoices", "trace", "allocation"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 420])
def test_it_fits_the_screen(app, window, screen: str, width: int, dark: bool) -> None:
    page = window(width=width, dark=dark)
    parameters = {
        "invoices": {"invoice": "cc-search/2026-11"},
        "trace": {"id": "ranker-lab"},
        "allocation": {"floor": "50"},
    }
    page.goto(app.at(f"/{screen}", viewing_as="Analyst", **parameters[screen]))
    drawn(page, screen.capitalize())
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture(page, f"{screen}-{'dark' if dark else 'light'}-{width}")
