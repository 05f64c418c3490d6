"""Showback in a browser: a lead reads the own month, and follows a number to its raw events in three clicks."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import dollars, drawn, figure, picture
from tests.e2e.test_explore import asked, calm, click_row


@pytest.mark.parametrize("team", ["growth", "payments", "search"])
def test_the_months_cost_is_the_stores(app, window, team: str) -> None:
    page = window()
    page.goto(app.at("/showback", viewing_as=f"Lead of {team}"))
    drawn(page, "Showback")
    assert figure(page, "Effective cost") == dollars(app.figures[team])


def test_another_team_in_the_address_shows_nothing_of_it(app, window) -> None:
    def answer(team: str, name: str) -> tuple[str, list[str]]:
        page = window()
        page.goto(app.at("/showback", viewing_as="Lead of growth", team=team, app=name))
        drawn(page, "Showback")
        assert figure(page, "Effective cost") == dollars(app.figures["growth"])
        return page.get_by_test_id("stMain").inner_text(), page.get_by_test_id("stAlert").all_inner_texts()

    text, said = answer("payments", "checkout-copilot")
    assert said
    assert "fraud-notes" not in text
    assert dollars(app.figures["payments"]) not in text
    # A team that is there and one that is not get the same words: the address is read back, nothing is given away.
    _, said_of_nothing = answer("nowhere", "no-such-app")
    swapped = [words.replace("payments", "nowhere").replace("checkout-copilot", "no-such-app") for words in said]
    assert swapped == said_of_nothing


def test_three_clicks_from_an_app_to_its_events_and_still_the_same_lead(app, window) -> None:
    page = window()
    page.goto(app.at("/showback", viewing_as="Lead of search"))
    calm(page, "Showback")
    click_row(page)
    calm(page)
    expect(page.get_by_text("Effective cost by SKU")).to_be_visible()
    assert asked(page)["where"] == ["team_id:search", "app_id:query-rewriter"]
    expect(page.get_by_role("combobox", name="Viewing as")).to_have_value("Lead of search")
    click_row(page)
    expect(page.get_by_role("heading", name="Charges", level=3)).to_be_visible()
    calm(page)
    click_row(page)
    expect(page.get_by_role("heading", name="Usage events", level=3)).to_be_visible()


def test_a_reason_leads_to_its_charges(app, window) -> None:
    page = window()
    page.goto(app.at("/showback", viewing_as="Lead of search"))
    calm(page, "Showback")
    page.get_by_role("button", name="ranker-lab").click()
    calm(page)
    assert asked(page)["where"] == ["team_id:search", "app_id:ranker-lab"]


def test_an_analyst_picks_a_team_by_link(app, window) -> None:
    page = window()
    page.goto(app.at("/showback", viewing_as="Analyst", team="search"))
    drawn(page, "Showback")
    assert figure(page, "Effective cost") == dollars(app.figures["search"])


def test_an_on_call_engineer_is_refused(app, window) -> None:
    page = window()
    page.goto(app.at("/showback", viewing_as="On-call"))
    expect(page.get_by_text("This page is for")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 420])
def test_it_fits_the_screen(app, window, width: int, dark: bool) -> None:
    page = window(width=width, dark=dark)
    page.goto(app.at("/showback", viewing_as="Lead of search"))
    drawn(page, "Showback")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture(page, f"showback-{'dark' if dark else 'light'}-{width}")
