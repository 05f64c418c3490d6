"""Explore in a browser: clicks go deeper to the raw events, a link is the question, the file is the table."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import dollars, drawn, figure, picture
from tests.e2e.conftest import PATIENCE

expect.set_options(timeout=PATIENCE)
HEADER = ROW = 35  # pixels
TICK = 15


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def calm(page: Page, title: str = "Explore") -> None:
    """Wait until what is shown is what was asked last: nothing stale, nothing running."""
    page.wait_for_timeout(700)  # a run begins a moment after its click
    drawn(page, title)
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def click_bar(page: Page, name: str) -> None:
    ranking = page.get_by_test_id("stVegaLiteChart").nth(1)
    expect(ranking.locator("g.role-axis-label text", has_text=name)).to_be_visible()
    names = ranking.locator("g.role-axis-label text").all_text_contents()
    ranking.locator("path[aria-roledescription=bar]").nth(names.index(name)).click()


def click_row(page: Page, row: int = 0) -> None:
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()  # a table out of sight is not drawn
    canvas = table.get_by_test_id("data-grid-canvas")
    expect(canvas).to_be_visible()
    box = canvas.bounding_box()
    assert box
    x, y = box["x"] + TICK, box["y"] + HEADER + ROW * (row + 0.5)
    page.mouse.move(x, y)
    page.mouse.click(x, y)


def file_of(page: Page, folder: Path) -> list[dict[str, str]]:
    with page.expect_download() as caught:
        page.get_by_test_id("stDownloadButton").get_by_role("button").first.click()
    path = folder / "table.csv"
    caught.value.save_as(path)
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_four_clicks_from_all_the_money_to_one_event(app, window) -> None:
    page = window()
    page.goto(app.at("/explore", viewing_as="Analyst"))
    calm(page)
    assert figure(page, "Effective cost") == dollars(app.figures[""])
    click_bar(page, "search")
    expect(page.get_by_text("Effective cost by app")).to_be_visible()
    calm(page)
    assert figure(page, "Effective cost") == dollars(app.figures["search"])
    assert asked(page)["where"] == ["team_id:search"]
    click_row(page)
    expect(page.get_by_text("Effective cost by SKU")).to_be_visible()
    calm(page)
    click_row(page)
    expect(page.get_by_role("heading", name="Charges", level=3)).to_be_visible()
    calm(page)
    click_row(page)
    expect(page.get_by_role("heading", name="Usage events", level=3)).to_be_visible()
    calm(page)
    assert figure(page, "Events") == "1"
    names = [text.partition(":")[0] for text in asked(page)["where"]]
    assert sorted(names) == ["app_id", "hour", "resource_id", "sku_id", "team_id"]
    assert asked(page)["show"] == ["events"]


def test_back_leads_to_the_question_before(app, window) -> None:
    page = window()
    page.goto(app.at("/explore", viewing_as="Analyst"))
    calm(page)
    before = page.evaluate("history.length")
    click_bar(page, "search")
    expect(page.get_by_text("Effective cost by app")).to_be_visible()
    calm(page)
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect(page.get_by_text("Effective cost by team")).to_be_visible()
    calm(page)
    assert not {"where", "by"} & set(asked(page))
    assert figure(page, "Effective cost") == dollars(app.figures[""])


def test_a_link_is_the_whole_question(app, window, tmp_path) -> None:
    page = window()
    page.goto(app.at("/explore", viewing_as="Analyst"))
    calm(page)
    click_bar(page, "payments")
    expect(page.get_by_text("Effective cost by app")).to_be_visible()
    page.get_by_test_id("stButtonGroup").get_by_text("week").click()
    expect(page).to_have_url(re.compile("grain=week"))
    calm(page)
    address, shown, rows = page.url, figure(page, "Effective cost"), file_of(page, tmp_path)
    other = window()
    other.goto(address)
    calm(other)
    assert figure(other, "Effective cost") == shown == dollars(app.figures["payments"])
    assert file_of(other, tmp_path) == rows
    assert other.url == address
    other.reload()
    calm(other)
    assert (other.url, figure(other, "Effective cost")) == (address, shown)


def test_the_file_is_the_table_and_exact(app, window, tmp_path) -> None:
    page = window()
    page.goto(app.at("/explore", viewing_as="Analyst"))
    drawn(page, "Explore")
    rows = file_of(page, tmp_path)
    assert rows[0]["team_id"] == "search"  # the costliest
    assert dollars(str(sum(Decimal(row["effective_cost"]) for row in rows))) == dollars(app.figures[""])


def test_reset_leads_back(app, window) -> None:
    page = window()
    page.goto(app.at("/explore", viewing_as="Analyst", where="team_id:growth", grain="week"))
    drawn(page, "Explore")
    assert figure(page, "Effective cost") == dollars(app.figures["growth"])
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(dollars(app.figures[""]))
    assert not {"where", "grain"} & set(asked(page))


def test_a_view_is_a_question_of_its_own(app, window) -> None:
    page = window()
    page.goto(app.at("/explore", viewing_as="Analyst"))
    drawn(page, "Explore")
    page.get_by_role("button", name="Views").click()
    page.get_by_text("Unit costs by app").click()
    expect(page.get_by_text("Cost per 1,000 requests by app")).to_be_visible()
    assert asked(page)["by"] == ["App"]


@pytest.mark.parametrize(
    "where", ["team_id:payments", "app_id:checkout-copilot", "resource_id:endpoint-checkout-copilot"]
)
@pytest.mark.parametrize("show", ["groups", "charges", "events"])
def test_a_lead_reaches_no_other_team_by_its_address(app, window, where: str, show: str) -> None:
    page = window()
    page.goto(app.at("/explore", viewing_as="Lead of growth", where=where, show=show))
    drawn(page, "Explore")
    expect(page.get_by_text("No charges in this period")).to_be_visible()
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)


def test_an_on_call_engineer_is_refused(app, window) -> None:
    page = window()
    page.goto(app.at("/explore", viewing_as="On-call"))
    expect(page.get_by_text("This page is for")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 420])
def test_it_fits_the_screen(app, window, width: int, dark: bool) -> None:
    page = window(width=width, dark=dark)
    page.goto(app.at("/explore", viewing_as="Analyst"))
    drawn(page, "Explore")
    expect(page.locator("path[aria-roledescription=bar]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture(page, f"explore-{'dark' if dark else 'light'}-{width}")
