"""``farthing apps``, ``teams``, ``owners``, ``cost-centers`` and ``registry``: who owns what, over time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer

from jobs.output import Format, show
from jobs.through import done

apps = typer.Typer(help="Apps: whose they are and where they are booked.", no_args_is_help=True)
teams = typer.Typer(help="Teams and the cost centers they are booked in.", no_args_is_help=True)
owners = typer.Typer(help="Resources and the app or team that owns them.", no_args_is_help=True)
cost_centers = typer.Typer(help="Cost centers and how they are charged.", no_args_is_help=True)
registry = typer.Typer(help="The whole registry from a file.", no_args_is_help=True)

_INSTANT = "An instant with its zone (2026-01-31T08:00:00Z) or a day (2026-01-31, UTC midnight)."

At = Annotated[str, typer.Option(help=f"As of when. {_INSTANT} Default: now.")]
Since = Annotated[str, typer.Option("--at", help=f"From when. {_INSTANT} Default: always.")]
Moved = Annotated[str, typer.Option("--at", help=f"From when. {_INSTANT} Default: now.")]
Until = Annotated[str, typer.Option("--until", help="Until when, exclusive. Default: for ever.")]
By = Annotated[str, typer.Option(help="Who says so. Default: your user name.")]
Evidence = Annotated[str, typer.Option(help="Where it is written: a ticket, a commit, a decision.")]
History = Annotated[bool, typer.Option("--history", help="Every dated row, not only those in force.")]
Form = Annotated[Format, typer.Option("--format")]

_App = Annotated[str, typer.Option("--app", help="The app that owns it.")]
_Team = Annotated[str, typer.Option("--team", help="The team.")]
_CostCenter = Annotated[str, typer.Option("--cost-center", help="The cost center.")]
_Environment = Annotated[str, typer.Option("--environment", help="production, staging, development, …")]
_Lifecycle = Annotated[str, typer.Option("--lifecycle", help="ephemeral or persistent.")]


@apps.command("list")
def list_apps(at: At = "", history: History = False, form: Form = Format.TABLE) -> None:
    """Show the apps in force."""
    _list("apps", at, history, form)


@apps.command("register")
def register_app(
    app_id: str,
    team: Annotated[str, typer.Option("--team", help="The team that runs it.")],
    name: Annotated[str, typer.Option("--name", help="What people call it.")] = "",
    cost_center: Annotated[str, typer.Option("--cost-center", help="Its own; default: its team's.")] = "",
    environment: _Environment = "production",
    lifecycle: _Lifecycle = "persistent",
    created_by: Annotated[str, typer.Option(help="Who made it.")] = "",
    at: Since = "",
    until: Until = "",
    by: By = "",
    evidence: Evidence = "",
    form: Form = Format.TABLE,
) -> None:
    """Register an app."""
    says = {"app_name": name, "team_id": team, "cost_center": cost_center, "environment": environment}
    says |= {"lifecycle": _lifecycle(lifecycle), "created_by": created_by}
    _register("apps", app_id, says, at, until, by, evidence, form)


@apps.command("transfer")
def transfer_app(
    app_id: str,
    team: _Team = "",
    cost_center: _CostCenter = "",
    environment: _Environment = "",
    lifecycle: _Lifecycle = "",
    at: Moved = "",
    by: By = "",
    evidence: Evidence = "",
    form: Form = Format.TABLE,
) -> None:
    """Give an app to another team, cost center or environment from an instant on."""
    changes = {"team_id": team, "cost_center": cost_center, "environment": environment}
    _transfer("apps", app_id, changes | {"lifecycle": _lifecycle(lifecycle)}, at, by, evidence, form)


@apps.command("declare")
def declare_app(
    app_id: str,
    monthly_calls: Annotated[str, typer.Option(help="Calls it expects in a month.")] = "",
    monthly_spend: Annotated[str, typer.Option(help="What it expects to cost in a month, in the store's money.")] = "",
    at: Annotated[str, typer.Option("--at", help=f"From when. {_INSTANT} Default: always at first, then now.")] = "",
    by: By = "",
    evidence: Evidence = "",
    form: Form = Format.TABLE,
) -> None:
    """Record what an app says at onboarding that it will use: what its first weeks are measured against."""
    from jobs.declaring import declare
    from warehouse.start import open_store

    said = {"expected_calls": _amount("--monthly-calls", monthly_calls)}
    said |= {"expected_spend": _amount("--monthly-spend", monthly_spend)}
    given = {name: amount for name, amount in said.items() if amount is not None}
    with open_store() as store:
        row = declare(store, app_id, given, by=_person(by), at=_instant(at), evidence=evidence)
    show(_readable([row]) if form is Format.TABLE else [row], form)


@apps.command("declarations")
def list_declarations(
    app: Annotated[str, typer.Option("--app", help="Of this app only.")] = "", form: Form = Format.TABLE
) -> None:
    """Show what apps declared that they would use in a month, with every change of it."""
    from jobs.declaring import declarations
    from warehouse.start import open_store

    with open_store() as store:
        rows = declarations(store, app)
    show(_readable(rows) if form is Format.TABLE else rows, form)


@teams.command("list")
def list_teams(at: At = "", history: History = False, form: Form = Format.TABLE) -> None:
    """Show the teams in force."""
    _list("teams", at, history, form)


@teams.command("register")
def register_team(
    team_id: str,
    cost_center: Annotated[str, typer.Option("--cost-center", help="Where its apps are booked.")],
    name: Annotated[str, typer.Option("--name", help="What people call it.")] = "",
    at: Since = "",
    until: Until = "",
    by: By = "",
    evidence: Evidence = "",
    form: Form = Format.TABLE,
) -> None:
    """Register a team."""
    _register("teams", team_id, {"team_name": name, "cost_center": cost_center}, at, until, by, evidence, form)


@teams.command("transfer")
def transfer_team(
    team_id: str,
    cost_center: Annotated[str, typer.Option("--cost-center", help="The new cost center.")],
    at: Moved = "",
    by: By = "",
    evidence: Evidence = "",
    form: Form = Format.TABLE,
) -> None:
    """Book a team in another cost center from an instant on."""
    _transfer("teams", team_id, {"cost_center": cost_center}, at, by, evidence, form)


@owners.command("list")
def list_owners(at: At = "", history: History = False, form: Form = Format.TABLE) -> None:
    """Show the owners of resources in force."""
    _list("ownerships", at, history, form)


@owners.command("register")
def register_owner(
    resource_id: str,
    app: _App = "",
    team: _Team = "",
    cost_center: _CostCenter = "",
    environment: _Environment = "",
    lifecycle: _Lifecycle = "",
    at: Since = "",
    until: Until = "",
    by: By = "",
    evidence: Evidence = "",
    form: Form = Format.TABLE,
) -> None:
    """Say which app (or team itself) owns a resource."""
    if not app and not team:
        raise ValueError(f"nobody would own {resource_id!r}; say --app, or --team for what belongs to no app")
    says = {"app_id": app, "team_id": team, "cost_center": cost_center, "environment": environment}
    says |= {"lifecycle": _lifecycle(lifecycle)}
    _register("ownerships", resource_id, says, at, until, by, evidence, form)


@owners.command("transfer")
def transfer_owner(
    resource_id: str,
    app: _App = "",
    team: _Team = "",
    cost_center: _CostCenter = "",
    at: Moved = "",
    by: By = "",
    evidence: Evidence = "",
    form: Form = Format.TABLE,
) -> None:
    """Give a resource to another owner from an instant on."""
    changes = {"app_id": app, "team_id": team, "cost_center": cost_center}
    _transfer("ownerships", resource_id, changes, at, by, evidence, form)


@cost_centers.command("list")
def list_cost_centers(at: At = "", history: History = False, form: Form = Format.TABLE) -> None:
    """Show the cost centers in force."""
    _list("cost_centers", at, history, form)


@cost_centers.command("register")
def register_cost_center(
    cost_center: str,
    name: Annotated[str, typer.Option("--name", help="What people call it.")] = "",
    mode: Annotated[str, typer.Option("--mode", help="showback, shadow or chargeback.")] = "showback",
    at: Since = "",
    until: Until = "",
    by: By = "",
    evidence: Evidence = "",
    form: Form = Format.TABLE,
) -> None:
    """Register a cost center."""
    if mode not in ("showback", "shadow", "chargeback"):
        raise ValueError(f"mode {mode!r} is none of showback, shadow, chargeback")
    _register("cost_centers", cost_center, {"cost_center_name": name, "mode": mode}, at, until, by, evidence, form)


@registry.command("load")
def load_registry(path: Path, by: By = "", form: Form = Format.TABLE) -> None:
    """Record cost centers, teams, apps and resources from a YAML file (docs/registry.md)."""
    from config.strict_yaml import load_yaml

    try:
        new = _recorded(load_yaml(path), by)
    except ValueError as error:
        raise ValueError(f"{path}: {str(error).removeprefix(f'{path}: ')}") from None
    show([{"section": section, "new_rows": rows} for section, rows in new.items()], form)


def _recorded(content: Any, by: str) -> dict[str, int]:
    """Record a registry, here or by the app that has the store; both do the same."""
    from metering.registry import register

    person = _person(by)
    body = {**_as_json(content), "by": person} if isinstance(content, Mapping) else content
    return done(lambda store: {"news": register(store, content, by=person)}, "POST", "registry", body)["news"]


def _as_json(content: Mapping[Any, Any]) -> dict[str, Any]:
    """What a file says as JSON says it: ids are texts, instants and amounts are written out."""
    import json

    named = {
        str(section): {str(name): said for name, said in entries.items()} if isinstance(entries, Mapping) else entries
        for section, entries in content.items()
    }
    return json.loads(json.dumps(named, default=str))


def _list(name: str, at: str, history: bool, form: Format) -> None:
    from warehouse.histories import HISTORIES
    from warehouse.start import open_store

    kind = HISTORIES[name]
    said = () if form is Format.TABLE and not history else ("recorded_by", "evidence")
    columns = ", ".join((kind.key, *kind.values, "valid_from", "valid_to", *said))
    in_force = "valid_from < valid_to"
    if not history:
        in_force = "valid_from <= {at:DateTime64(3)} AND {at:DateTime64(3)} < valid_to"
    with open_store() as store:
        rows = store.rows(
            f"SELECT {columns} FROM {name} WHERE {in_force} ORDER BY {kind.key}, valid_from",
            {} if history else {"at": _instant(at) or _now()},
        )
    show(_readable(rows) if form is Format.TABLE else rows, form)


def _readable(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """People need not read when the beginning and the end of time are."""
    from warehouse.histories import BEGINNING, FOREVER

    return [{name: None if value in (BEGINNING, FOREVER) else value for name, value in row.items()} for row in rows]


def _register(
    name: str, key: str, says: Mapping[str, str], at: str, until: str, by: str, evidence: str, form: Format
) -> None:
    from metering.registry import SECTIONS
    from warehouse.histories import BEGINNING, FOREVER, HISTORIES

    since, ends = _instant(at) or BEGINNING, _instant(until)
    section = next(section for section, (history, _, _) in SECTIONS.items() if history == name)
    entry = {**says, "evidence": evidence, "valid_from": since, **({"valid_to": ends} if ends else {})}
    new = _recorded({section: {key: entry}}, by)
    row = {HISTORIES[name].key: key, **entry, "valid_to": ends or FOREVER}
    show([{**row, "recorded": "new" if new.get(section) else "known already"}], form)


def _transfer(name: str, key: str, changes: Mapping[str, str], at: str, by: str, evidence: str, form: Format) -> None:
    from warehouse.histories import transfer
    from warehouse.start import open_store

    said = {field: value for field, value in changes.items() if value}
    if not said:
        raise ValueError(f"nothing would change for {key!r}; say the new owner (see --help)")
    moved = _instant(at) or _now()
    with open_store() as store:
        _refuse_strangers(store, said)
        transfer(store, name, key, moved, said, by=_person(by), evidence=evidence)
    show([{"key": key, **said, "valid_from": moved, "evidence": evidence}], form)


def _refuse_strangers(store: Any, says: Mapping[str, str]) -> None:
    """A typing error must not open a second team."""
    for field, name, command in (
        ("team_id", "teams", "teams"),
        ("app_id", "apps", "apps"),
        ("cost_center", "cost_centers", "cost-centers"),
    ):
        value = says.get(field, "")
        if value and not store.rows(f"SELECT 1 FROM {name} WHERE {field} = {{value:String}} LIMIT 1", {"value": value}):
            raise ValueError(f"the store knows no {field} {value!r}; register it first: farthing {command} register")


def _instant(text: str) -> datetime | None:
    from config.strict_yaml import instant

    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"--at {text!r} is no instant; write 2026-01-31 or 2026-01-31T08:00:00Z") from error
    return instant(moment.date() if len(text) == len("2026-01-31") else moment)


def _amount(option: str, text: str) -> Decimal | None:
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{option} {text!r} is no number; write 250000 or 1200.50") from error
    if not amount.is_finite():
        raise ValueError(f"{option} {text!r} is no amount; write 250000 or 1200.50")
    return amount


def _now() -> datetime:
    from datetime import UTC

    return datetime.now(UTC).replace(microsecond=0)


def _person(by: str) -> str:
    from getpass import getuser

    return by or getuser()


def _lifecycle(said: str) -> str:
    if said not in ("", "ephemeral", "persistent"):
        raise ValueError(f"lifecycle {said!r} is neither ephemeral nor persistent")
    return said
