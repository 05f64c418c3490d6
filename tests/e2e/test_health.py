"""Health in a browser: for those who keep the platform running, and for nobody else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import drawn, figure, picture


@pytest.mark.parametrize("viewing_as", ["Analyst", "On-call"])
def test_troubles_are_counted_and_jobs_run(app, window, viewing_as: str) -> None:
    page = window()
    page.goto(app.at("/health", viewing_as=viewing_as))
    drawn(page, "Health")
    assert figure(page, "Days to rate") == "0"
    assert figure(page, "Unpriced events") == "2"
    assert figure(page, "Events without owner") == "4"
    expect(page.locator(".stMarkdownBadge", has_text="running")).to_have_count(4)  # rate, reconcile, detect, learn


def test_the_laws_hold(app, window) -> None:
    page = window()
    page.goto(app.at("/health"))
    drawn(page, "Health")
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_text("holds")).to_have_count(3)


def test_a_leads_link_to_it_leads_nowhere(app, window) -> None:
    page = window()
    page.goto(app.at("/health", viewing_as="Lead of growth"))
    expect(page.get_by_text("This page is for")).to_be_visible()
    assert "Quarantine" not in page.locator("body").inner_text()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 420])
def test_it_fits_the_screen(app, window, width: int, dark: bool) -> None:
    page = window(width=width, dark=dark)
    page.goto(app.at("/health"))
    drawn(page, "Health")
    expect(page.locator("[data-testid=stDataFrame] canvas").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture(page, f"health-{'dark' if dark else 'light'}-{width}")
