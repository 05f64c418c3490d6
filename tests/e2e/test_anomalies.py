"""A planted incident in a browser: found in its first hours, explained down to its raw events, labeled, taken back."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import drawn, figure, picture
from tests.e2e.conftest import PATIENCE, App, running

DEMO = [sys.executable, "-c", "from jobs.cli import main; main()", "demo", "--apps", "60", "--days", "16"]
FIRST_HOURS = timedelta(hours=3)
SCORED = 180_000  # milliseconds: the first look scores all of the history


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, dict]]:
    """The app on a small demo, and the runaway loop that was planted in it."""
    folder = tmp_path_factory.mktemp("anomalies")
    with running(folder, fill=[*DEMO, "--format", "json"]) as started:
        planted = json.loads((folder / "demo-incidents.json").read_text())["incidents"]
        yield started, next(one for one in planted if one["kind"] == "runaway_loop")


def opened(page: Page, app: App, planted: dict, **parameters: str) -> None:
    """Go to the planted incident's flag, as a person does: from the list."""
    page.goto(app.at("/anomalies", **parameters))
    # The first look keeps a small machine busy.
    expect(page.get_by_role("heading", name="Anomalies", exact=True, level=1)).to_be_visible(timeout=SCORED)
    card = page.locator("[class*=st-key-card-]").filter(has_text=planted["app_id"]).first
    expect(card).to_be_visible(timeout=SCORED)
    card.get_by_role("button", name="Details").click()
    expect(page.get_by_role("heading", name=planted["app_id"], exact=True)).to_be_visible(timeout=PATIENCE)
    drawn(page, "Anomalies")


def test_a_planted_incident_is_found_explained_and_labeled(demo, window) -> None:
    app, planted = demo
    page = window()
    opened(page, app, planted, viewing_as="On-call")
    told = page.get_by_text(re.compile("flagged from")).inner_text()
    flagged = re.search(r"flagged from (\w{3} \w{3} \d+, \d\d:\d\d) UTC", told)
    assert flagged
    start = datetime.fromisoformat(planted["start"])
    found = datetime.strptime(f"{start.year} {flagged[1]} +0000", "%Y %a %b %d, %H:%M %z")
    assert start <= found <= start + FIRST_HOURS
    expect(page.get_by_text(f"{planted['app_id']} cost $")).to_be_visible()
    assert float(figure(page, "Excess").replace("$", "").replace(",", "")) > 0
    expect(page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first).to_be_visible()
    expect(page.get_by_text("= their charges")).to_be_visible(timeout=PATIENCE)
    picture(page, "anomalies-flag")

    # The list may stand there still, with the hours that are worth a look and their labels.
    expect(page.get_by_role("button", name="It was real")).to_have_count(1, timeout=PATIENCE)
    page.get_by_placeholder("Why, in a few words").fill("a loop, stopped by hand")
    page.get_by_role("button", name="It was real").click()
    expect(page.get_by_text("Confirmed. Kept with your name and the time.")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".stMarkdownBadge", has_text="Confirmed")).to_be_visible()
    # Pressed with the cursor still in the text: what was typed is kept with it.
    expect(page.get_by_test_id("stTable").filter(has_text="a loop, stopped by hand")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back. Kept with your name and the time.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="I am on it")).to_be_visible(timeout=PATIENCE)

    # Down to the raw events: the first of them, traced. The flag is in the address.
    page.reload()
    expect(page.get_by_text("Other flags of this app")).to_be_visible(timeout=PATIENCE)
    grid = page.locator(".st-key-events").get_by_test_id("stDataFrame")
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=PATIENCE)
    expect(grid.locator("canvas").first).to_be_visible(timeout=PATIENCE)
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box
    page.mouse.move(box["x"] + 15, box["y"] + 52)
    page.mouse.click(box["x"] + 15, box["y"] + 52)
    expect(page.get_by_role("heading", name="Trace", exact=True, level=1)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("heading", name=re.compile("^Event "), level=3)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Raw events", level=3)).to_be_visible(timeout=PATIENCE)


def test_it_reads_on_a_phone_at_night(demo, window) -> None:
    app, planted = demo
    page = window(width=390, dark=True)
    opened(page, app, planted, viewing_as="On-call")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, "anomalies-phone")


def test_a_card_far_down_opens_its_flag_at_the_top(demo, window) -> None:
    app, _ = demo
    page = window(width=390)
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto(app.at("/anomalies", viewing_as="On-call"))
    cards = page.locator("[class*=st-key-card-]")
    expect(cards.nth(1)).to_be_visible(timeout=SCORED)
    drawn(page, "Anomalies")
    main = page.get_by_test_id("stMain")
    details = cards.last.get_by_role("button", name="Details")
    details.scroll_into_view_if_needed()
    assert main.evaluate("element => element.scrollTop") > 0
    details.click()
    expect(page.get_by_text("Who did what")).to_be_attached(timeout=PATIENCE)
    drawn(page, "Anomalies")
    assert main.evaluate("element => element.scrollTop") == 0
    expect(page.get_by_role("button", name="All flags")).to_be_in_viewport()


def test_overview_and_health_lead_to_it(demo, window) -> None:
    app, planted = demo
    page = window()
    page.goto(app.at("/"))
    drawn(page, "Overview")
    page.get_by_role("button", name=re.compile("open flag")).click()
    drawn(page, "Anomalies")
    expect(page.get_by_text(planted["app_id"], exact=True).first).to_be_visible()
    page.goto(app.at("/health"))
    drawn(page, "Health")
    expect(page.get_by_text("Detection: scored until")).to_be_visible()
