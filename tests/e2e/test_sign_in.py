"""Sign-in with an identity provider: nobody sees anything before, and everybody only theirs after."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import dollars, drawn, figure, picture
from tests.e2e.conftest import App, free_port, running
from tests.e2e.raw_session import asked_for
from ui.screens import SCREENS

PEOPLE = (
    {"sub": "ana", "name": "Ana Analyst", "groups": ["finops-analysts"]},
    {"sub": "leo", "name": "Leo Lead", "groups": ["team-leads"], "team_id": "growth"},
    {"sub": "tia", "name": "Tia Teamless", "groups": ["team-leads"]},
    {"sub": "gus", "name": "Gus Guest", "groups": ["everybody"]},
)
# What only a page could have said: names of teams, apps and figures of the sample platform.
SECRETS = ("growth", "payments", "checkout-copilot", "landing-writer", "Month to date", "In quarantine", "Effective")


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    port = free_port()
    claims = [argument for person in PEOPLE for argument in ("--user-claims", json.dumps(person))]
    process = subprocess.Popen([sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *claims])
    url = f"http://127.0.0.1:{port}/.well-known/openid-configuration"
    deadline = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            break
        except OSError:
            assert time.monotonic() < deadline, "the identity provider did not start"
            time.sleep(0.2)
    yield url
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture(scope="module")
def guarded(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app with an identity provider; no session was ever opened when the first test begins."""
    port = free_port()
    settings = {
        "FARTHING_OIDC_CLIENT_ID": "farthing",
        "FARTHING_OIDC_CLIENT_SECRET": "not-a-secret",
        "FARTHING_OIDC_METADATA_URL": provider,
        "FARTHING_OIDC_APP_URL": f"http://127.0.0.1:{port}",
        "FARTHING_OIDC_COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
    }
    with running(tmp_path_factory.mktemp("guarded"), port=port, **settings) as started:
        yield started


def signed_in(page: Page, app: App, sub: str) -> Page:
    page.goto(app.at("/"))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("textbox").fill(sub)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{app.url}/**")
    return page


@pytest.mark.parametrize("screen", SCREENS)
def test_a_raw_first_request_for_a_page_gets_none_of_it(guarded: App, screen: str) -> None:
    # First in this file: Streamlit's own page discovery is off only once some session was routed.
    said = asked_for(guarded.url, screen, query="viewing_as=Analyst&team_id=growth")
    assert "Sign in" in said
    assert not [secret for secret in SECRETS if secret in said]


@pytest.mark.parametrize("screen", SCREENS)
def test_an_anonymous_deep_link_shows_the_sign_in_page_only(guarded: App, window, screen: str) -> None:
    page = window()
    page.goto(guarded.at(f"/{screen}", viewing_as="Analyst", where="team_id:growth"))
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    text = page.locator("body").inner_text()
    assert not [secret for secret in SECRETS if secret in text]
    assert page.get_by_test_id("stSidebarNavLink").count() == 0


def test_an_analyst_reads_the_whole(guarded: App, window) -> None:
    page = signed_in(window(elsewhere=True), guarded, "ana")
    drawn(page, "Overview")
    assert figure(page, "Month to date") == dollars(guarded.figures[""])
    expect(page.get_by_text("Ana Analyst")).to_be_visible()
    picture(page, "signed-in")


def test_a_deep_link_opens_after_signing_in(guarded: App, window) -> None:
    page = window(elsewhere=True)
    page.goto(guarded.at("/explore", where="team_id:growth"))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("textbox").fill("ana")
    page.get_by_role("button", name="Authorize").click()
    drawn(page, "Explore")
    assert "/explore?" in page.url
    assert "growth" in page.url
    # Once: the start is the start again.
    page.goto(guarded.at("/"))
    drawn(page, "Overview")


def test_a_lead_reads_the_own_team_whatever_the_address_says(guarded: App, window) -> None:
    page = signed_in(window(elsewhere=True), guarded, "leo")
    drawn(page, "Overview")
    page.goto(guarded.at("/", viewing_as="Analyst"))
    drawn(page, "Overview")
    assert figure(page, "Month to date") == dollars(guarded.figures["growth"])
    page.goto(guarded.at("/health"))
    expect(page.get_by_text("This page is for")).to_be_visible()


def test_a_lead_without_a_team_reads_nothing(guarded: App, window) -> None:
    page = signed_in(window(elsewhere=True), guarded, "tia")
    expect(page.get_by_text("Your sign-in names no team")).to_be_visible()
    assert page.get_by_test_id("stMetric").count() == 0


def test_somebody_without_a_role_has_no_page(guarded: App, window) -> None:
    page = signed_in(window(elsewhere=True), guarded, "gus")
    expect(page.get_by_text("no role was given to your groups")).to_be_visible()
    assert page.get_by_test_id("stSidebarNavLink").count() == 0


def test_signing_out_ends_it(guarded: App, window) -> None:
    page = signed_in(window(elsewhere=True), guarded, "ana")
    drawn(page, "Overview")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()  # the provider asks, too
    page.wait_for_url(f"{guarded.url}/**")
    page.goto(guarded.at("/health"))
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
