"""Overview in a browser: each role reads the store's figure, and its own only."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import dollars, drawn, figure, picture
from tests.e2e.raw_session import asked_for
from tests.e2e.test_explore import click_row

TEAMS = {"Analyst": "", "On-call": "", "Lead of growth": "growth"}


@pytest.mark.parametrize(("viewing_as", "team"), TEAMS.items())
def test_the_months_cost_is_the_stores(app, window, viewing_as: str, team: str) -> None:
    page = window()
    page.goto(app.at("/", viewing_as=viewing_as))
    drawn(page, "Overview")
    assert figure(page, "Month to date") == dollars(app.figures[team])


def test_a_lead_reads_no_other_team(app, window) -> None:
    page = window()
    page.goto(app.at("/", viewing_as="Lead of growth"))
    drawn(page, "Overview")
    expect(page.get_by_text("landing-writer").first).to_be_visible()
    expect(page.get_by_text("growth", exact=True).first).to_be_visible()
    text = page.get_by_test_id("stMain").text_content()  # with the words in charts
    assert not [name for name in ("payments", "search", "checkout-copilot", "query-rewriter") if name in text]


def test_the_picker_changes_whose_figures_these_are(app, window) -> None:
    page = window()
    page.goto(app.at("/"))
    drawn(page, "Overview")
    page.get_by_test_id("stSidebar").get_by_role("combobox").click()
    page.get_by_role("option", name="Lead of search").click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(dollars(app.figures["search"]))


def test_a_link_keeps_the_period(app, window) -> None:
    page = window()
    page.goto(app.at("/", period="Last 7 days"))
    drawn(page, "Overview")
    expect(page.get_by_text("Effective cost by day, last 7 days")).to_be_visible()


def test_a_bar_leads_to_its_question(app, window) -> None:
    page = window()
    page.goto(app.at("/", period="Last 7 days"))
    drawn(page, "Overview")
    page.get_by_text("query-rewriter", exact=True).first.wait_for()
    bars = page.locator("[data-testid=stVegaLiteChart]").nth(1).locator("path[aria-roledescription=bar]")
    bars.first.click()
    drawn(page, "Explore")
    assert "where=app_id%3Aquery-rewriter" in page.url
    today = datetime.now(UTC).date()
    assert "period=Custom" in page.url
    assert f"from={today - timedelta(days=6)}" in page.url
    assert f"to={today}" in page.url


def test_a_mover_leads_to_its_own_week(app, window) -> None:
    page = window()
    page.goto(app.at("/", period="Last 90 days"))
    drawn(page, "Overview")
    click_row(page)
    drawn(page, "Explore")
    assert f"from={datetime.now(UTC).date() - timedelta(days=6)}" in page.url
    assert "where=app_id" in page.url


def test_a_custom_period_stands_whole_in_the_address(app, window) -> None:
    page = window()
    page.goto(app.at("/", period="Custom"))
    drawn(page, "Overview")
    today = datetime.now(UTC).date()
    expect(page).to_have_url(re.compile(f"from={today.replace(day=1)}&to={today}"))
    page.reload()
    drawn(page, "Overview")
    expect(page).to_have_url(re.compile(f"from={today.replace(day=1)}&to={today}"))


def test_a_stranger_of_demo_sign_in_sees_nothing(app, window) -> None:
    page = window()
    page.goto(app.at("/", viewing_as="Lead of nobody"))
    expect(page.get_by_text("Nobody is called Lead of nobody here")).to_be_visible()
    assert page.get_by_test_id("stMetric").count() == 0
    assert page.get_by_test_id("stSidebarNavLink").count() == 0
    page.get_by_test_id("stSidebar").get_by_role("combobox").click()
    page.get_by_role("option", name="Analyst").click()
    drawn(page, "Overview")


def test_a_raw_client_gets_pages_of_demo_sign_in(app) -> None:
    # What makes the silence of test_sign_in worth something: this client can read a page where it may.
    said = asked_for(app.url, "health")
    assert "In quarantine" in said
    assert dollars(app.figures[""]).strip("$").replace(",", "").split(".")[0] in asked_for(app.url, "")


def test_another_name_for_this_machine_gets_nothing(app) -> None:
    rebound = urllib.request.Request(app.at("/"), headers={"Host": "rebound.example.com"})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(rebound, timeout=10)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 420])
def test_it_fits_the_screen(app, window, width: int, dark: bool) -> None:
    page = window(width=width, dark=dark)
    page.goto(app.at("/"))
    drawn(page, "Overview")
    cut = "cards => cards.filter(it => it.scrollWidth > it.clientWidth + 1).map(it => it.innerText)"
    assert page.locator("[data-testid=stMetric] *").evaluate_all(cut) == []
    for number in range(3):  # a chart may stand there with its legend and without its bars
        bars = page.get_by_test_id("stVegaLiteChart").nth(number).locator("path[aria-roledescription=bar]")
        expect(bars.first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture(page, f"overview-{'dark' if dark else 'light'}-{width}")
