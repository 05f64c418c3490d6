"""Who is looking, and what they may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from billing.people import signed
from config.roles import RoleMap, role_map
from config.sign_in import sign_in
from ui.screens import SCREENS

ALL_TEAMS = frozenset({"analyst", "oncall", "finance", "admin"})
DEMO_KEY = "viewing_as"
NOBODY = "nobody"
_ROLE_LABELS = {"oncall": "on-call", "lead": "team lead"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A signed-in person: roles, and the teams they lead. A name can change; ``subject`` cannot ('' in the demo)."""

    name: str
    roles: frozenset[str]
    team_ids: frozenset[str] = frozenset()
    subject: str = ""

    @property
    def person(self) -> str:
        """Who it is, as decisions record it."""
        return signed(self.name, self.subject)

    @property
    def sees_all_teams(self) -> bool:
        return bool(self.roles & ALL_TEAMS)

    @property
    def scope(self) -> str:
        """What this viewer's answers may be shared under: one text per set of visible rows."""
        return "all" if self.sees_all_teams else "teams:" + "\x1f".join(sorted(self.team_ids))

    def may_open(self, screen: str) -> bool:
        """Whether one of the viewer's roles has this screen."""
        return bool(self.roles & SCREENS[screen].roles)


def viewer() -> Viewer | None:
    """Return who is looking; None while nobody is signed in."""
    if sign_in().is_configured:
        return from_claims(st.user.to_dict(), role_map(), now=datetime.now(UTC))
    return demo_viewer(st.session_state.get(DEMO_KEY, "analyst"))


def from_claims(claims: Mapping[str, Any], roles: RoleMap, *, now: datetime) -> Viewer | None:
    """Return the viewer of an ID token's claims; None if signed out or expired (the cookie outlives the token)."""
    if not claims.get("is_logged_in"):
        return None
    expires = claims.get("exp")
    if not isinstance(expires, int | float) or now.timestamp() >= expires:
        return None
    name = next((str(claims[key]) for key in roles.claims.name if claims.get(key)), "")
    return Viewer(
        name=name,
        roles=roles.of(_texts(claims.get(roles.claims.groups))),
        team_ids=_texts(claims.get(roles.claims.teams)),
        subject=str(claims.get(roles.claims.subject) or ""),
    )


def demo_viewer(choice: str) -> Viewer:
    """Return the viewer that demo sign-in plays: ``analyst``, ``finance``, ``oncall``, ``lead:ID`` or nobody."""
    role, _, team_id = choice.partition(":")
    if role == "lead":
        return Viewer(name=f"Lead of {team_id}", roles=frozenset({"lead"}), team_ids=frozenset({team_id} - {""}))
    if role == "oncall":
        return Viewer(name="On-call", roles=frozenset({"oncall"}))
    if role in ("analyst", "finance"):
        return Viewer(name=role.capitalize(), roles=frozenset({role}))
    return Viewer(name=team_id if role == NOBODY else choice, roles=frozenset())


def enter(screen: str) -> Viewer:
    """Return the viewer if they may open the screen; otherwise say so and stop. The first line of every page."""
    who = viewer()
    if who is None:
        st.info("Sign in to see this page.", icon=":material/lock:")
        st.stop()
    if not who.may_open(screen):
        refuse(who, screen)
        st.stop()
    return who


def refuse(who: Viewer, screen: str) -> None:
    """Say for whom a screen is: the page of somebody who may not open it. Nothing of its data."""
    st.title(SCREENS[screen].title, anchor=False)
    st.warning(
        f"This page is for {_listed(SCREENS[screen].roles)}. You are viewing as {_listed(who.roles) or 'nobody'}.",
        icon=":material/lock:",
    )


def _listed(roles: frozenset[str]) -> str:
    return ", ".join(_ROLE_LABELS.get(role, role) for role in sorted(roles))


def _texts(claim: Any) -> frozenset[str]:
    values = [claim] if isinstance(claim, str) else claim if isinstance(claim, list | tuple) else []
    return frozenset(value for value in values if isinstance(value, str) and value)
