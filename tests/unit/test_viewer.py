"""Claims make viewers; whoever is unknown, expired or without a team gets nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from billing.people import is_same
from config.roles import RoleMap, role_map
from config.sign_in import SignIn
from ui.scope import scoped
from ui.viewer import Viewer, demo_viewer, from_claims

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CLAIMS = {
    "is_logged_in": True,
    "exp": NOW.timestamp() + 60,
    "name": "Ana",
    "groups": ["team-leads"],
    "team_id": "growth",
}
OIDC = {
    "client_id": "farthing",
    "client_secret": "s",
    "metadata_url": "http://idp/.well-known/openid-configuration",
    "app_url": "https://finops.example.com/",
    "cookie_secret": "c" * 32,
}


def viewer(**changes: object) -> Viewer | None:
    return from_claims({**CLAIMS, **changes}, role_map(), now=NOW)


def test_a_lead_has_the_role_and_the_teams_of_the_claims() -> None:
    who = viewer()
    assert who == Viewer(name="Ana", roles=frozenset({"lead"}), team_ids=frozenset({"growth"}))
    assert not who.sees_all_teams
    assert viewer(team_id=["growth", "search"]).team_ids == {"growth", "search"}


def test_who_it_is_does_not_hang_on_the_name() -> None:
    ana, renamed, other = viewer(sub="4711"), viewer(sub="4711", name="Fin"), viewer(sub="4712")
    assert (ana.name, ana.person, renamed.person) == ("Ana", "Ana <4711>", "Fin <4711>")
    assert is_same(ana.person, renamed.person)
    assert not is_same(ana.person, other.person)
    assert demo_viewer("finance").person == "Finance"


@pytest.mark.parametrize(
    "changes",
    [{"is_logged_in": False}, {"exp": NOW.timestamp()}, {"exp": None}, {"exp": "later"}],
    ids=["signed out", "expired now", "no expiry", "no number"],
)
def test_nobody_is_signed_in(changes: dict[str, object]) -> None:
    assert viewer(**changes) is None


def test_unknown_groups_have_no_role_and_open_nothing() -> None:
    who = viewer(groups=["everybody"])
    assert who.roles == frozenset()
    assert not any(who.may_open(name) for name in ("overview", "health"))


def test_an_analyst_sees_all_teams_whatever_the_team_claim_says() -> None:
    assert viewer(groups="finops-analysts").sees_all_teams


def test_hostile_claims_are_no_teams() -> None:
    assert viewer(team_id={"$ne": ""}).team_ids == frozenset()
    assert viewer(team_id=["", 7, None]).team_ids == frozenset()


def test_demo_plays_no_role_it_does_not_know() -> None:
    assert demo_viewer("lead:growth").team_ids == {"growth"}
    assert demo_viewer("lead:").team_ids == frozenset()
    assert demo_viewer("oncall").roles == {"oncall"}
    for stranger in ("", "admin", "analyst ", "nobody:Analyst"):
        assert demo_viewer(stranger).roles == frozenset()
        assert not demo_viewer(stranger).sees_all_teams


def test_scopes_of_different_teams_never_share_answers() -> None:
    scopes = {demo_viewer(choice).scope for choice in ("analyst", "lead:a", "lead:b", "lead:")}
    assert len(scopes) == 4


def test_a_lead_gets_no_table_that_cannot_be_split_by_team() -> None:
    for name in ("usage", "platform_costs", "quarantine", "batches", "rate_rules", "leases"):
        with pytest.raises(PermissionError, match=name):
            scoped(name, demo_viewer("lead:growth"))


def test_role_map_refuses_roles_that_do_not_exist() -> None:
    claims = {"groups": "groups", "teams": "team_id", "name": ["sub"]}
    with pytest.raises(ValidationError):
        RoleMap.model_validate({"claims": claims, "roles": {"owner": ["x"]}})


def test_sign_in_is_configured_whole_or_not_at_all() -> None:
    assert not SignIn().is_configured
    assert SignIn(**OIDC).secrets["redirect_uri"] == "https://finops.example.com/oauth2callback"
    with pytest.raises(ValidationError, match="FARTHING_OIDC_APP_URL"):
        SignIn(**{**OIDC, "app_url": ""})
    with pytest.raises(ValidationError, match="32 characters"):
        SignIn(**{**OIDC, "cookie_secret": "short"})
