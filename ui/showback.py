"""What a team's page is about: whose, which month, which app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import streamlit as st

from queries.app_moves import app_moves
from queries.booking_modes import booking_modes
from queries.charged_period import charged_period
from queries.dimension_values import dimension_values
from queries.registered_teams import registered_teams
from queries.team_lifecycle_by_day import team_lifecycle_by_day
from ui.asked import say_unknown
from ui.explorer import address_of
from ui.inputs import CUSTOM, as_of, running_until
from ui.links import days_of, go
from ui.periods import DAY, Period, midnight, month, month_start, period
from ui.session import Everyones, ask, cut
from ui.viewer import Viewer

ALL = "All apps"
# What the mode of a cost center means to its reader.
MODES = {
    "showback": ("Showback: not a bill", "blue"),
    "shadow": ("Shadow: as if billed, not booked", "violet"),
    "chargeback": ("Chargeback: booked when its invoice is issued", "orange"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A team, a month, and perhaps one of its apps."""

    team_id: str
    team_name: str
    period: Period
    before: Period
    app_id: str | None

    @property
    def name(self) -> str:
        return self.app_id or self.team_name

    @property
    def where(self) -> dict[str, list[str]]:
        return {"team_id": [self.team_id]} | ({"app_id": [self.app_id]} if self.app_id is not None else {})

    @property
    def scope(self) -> dict[str, Any]:
        """The options of questions about the month."""
        return {"start": self.period.start, "end": self.period.end, "where": self.where}

    @property
    def both(self) -> dict[str, Any]:
        """The options of questions about the month and the one before."""
        return {**self.scope, "previous_start": self.before.start, "previous_end": self.before.end}

    @property
    def charges(self) -> str:
        """The charges by name that tell both periods apart to the hour."""
        return cut(self.before.end)


def pick_subject(viewer: Viewer) -> Subject | None:
    """Draw the pickers of team, month and app; ``?team=&month=&app=``. None if the viewer has no team to look at."""
    names = {row["team_id"]: row["team_name"] or row["team_id"] for row in ask(registered_teams, "teams").to_pylist()}
    charged = ask(dimension_values, "daily_charges", by="team_id")["value"].to_pylist()
    teams = sorted({*charged, *viewer.team_ids} - {""} if viewer.sees_all_teams else viewer.team_ids)
    if not teams:
        return None
    if len(teams) == 1:
        say_unknown("team", "the team", teams, instead=teams[0])
    team = _pick("Team", teams, "team") if len(teams) > 1 else teams[0]
    chosen = month_of(_pick("Month", _months(), "month"))
    app = _pick("App", [ALL, *_apps(team, chosen)], "app")
    return Subject(
        team_id=team,
        team_name=names.get(team, team),
        period=chosen,
        before=chosen.before,
        app_id=None if app == ALL else app,
    )


def month_of(name: str) -> Period:
    """Return a month by its name (2026-11), up to now if it is not over."""
    whole = month(date.fromisoformat(f"{name}-01"))
    end = min(whole.end, midnight(as_of().date() + DAY))
    if end != whole.end:
        whole = period(whole.first, end.date(), f"{whole.first:%b} 1 to {end - DAY:%-d}")
    return replace(whole, until=running_until())


def badges(subject: Subject) -> None:
    """Say where the costs are booked, and whether that is a bill."""
    # Modes hold nothing of a team; only those of cost centers in the viewer's own charges are asked for.
    modes = ask(booking_modes, "daily_charges", Everyones("cost_centers"), **subject.scope).to_pylist()
    with st.container(horizontal=True):
        for row in modes:
            text, color = MODES[row["mode"]]
            st.badge(f"{row['cost_center_name']} · {text}", color=color)  # type: ignore[arg-type]


def markers_of(subject: Subject) -> pa.Table:
    """Return the lifecycle of the apps, day by day, while they were the team's: whoever looks sees the same."""
    inside = {"start": subject.period.start, "end": subject.period.end}
    apps = [subject.app_id] if subject.app_id else None
    return ask(team_lifecycle_by_day, "lifecycle", "apps", team_id=subject.team_id, apps=apps, **inside)


def moves_of(subject: Subject) -> dict[str, str]:
    """Return in words which apps came to the team, and which left it, since the period before began."""
    inside = {"start": subject.before.start, "end": subject.period.end, "team_id": subject.team_id}
    told: dict[str, str] = {}
    # Everyone's: the other team of a move is named to whoever had the app or has it now.
    for row in ask(app_moves, Everyones("apps"), **inside).to_pylist():
        if subject.app_id in (None, row["app_id"]):
            has_left = row["from_team"] == subject.team_id
            where = f"moved to {row['to_team']}" if has_left else f"moved here from {row['from_team']}"
            said = f"{where} on {row['moved_at']:%b %-d}"
            told[row["app_id"]] = f"{told[row['app_id']]}; {said}" if row["app_id"] in told else said
    return told


def on_app(key: str, apps: pa.Table) -> Callable[[], None]:
    """Return what happens when an app is clicked: the page opens its charges at its end."""

    def clicked() -> None:
        if rows := st.session_state[key]["selection"]["rows"]:
            st.session_state["open_app"] = apps["app_id"][rows[0]].as_py()

    return clicked


def open_charges(subject: Subject, app_id: str, *, show: str = "groups") -> None:
    """Open an app's cost in the explorer, by SKU. Does not return."""
    where = [f"team_id:{subject.team_id}", f"app_id:{app_id}"]
    go("explore", **address_of(period=CUSTOM, by=["sku_id"], where=where, show=show), **days_of(subject.period))


def _apps(team_id: str, inside: Period) -> list[str]:
    of_team = {"start": inside.start, "end": inside.end, "where": {"team_id": [team_id]}}
    return [app for app in ask(dimension_values, "daily_charges", by="app_id", **of_team)["value"].to_pylist() if app]


def _months() -> list[str]:
    charged = ask(charged_period, "daily_charges").to_pylist()[0]
    first, found = charged["first_start"].date(), []
    day = month_start(as_of().date())
    while day >= month_start(first):
        found.append(f"{day:%Y-%m}")
        day = month_start(day - timedelta(days=1))
    return found


def _pick(label: str, options: list[str], key: str) -> str:
    say_unknown(key, f"the {key}", options, instead=options[0])
    return st.selectbox(label, options, key=key, bind="query-params", label_visibility="collapsed", width=190)
