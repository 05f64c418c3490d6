"""``farthing quarantine``: what could not be taken, and what to do about it."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from typing import Annotated

import typer

from jobs.output import Format, show

quarantine = typer.Typer(name="quarantine", help="List, show, replay and dismiss what could not be taken.")

Ids = Annotated[list[str] | None, typer.Argument(metavar="ID…", show_default=False)]
Reason = Annotated[str | None, typer.Option(help="Only events with this reason.")]
Form = Annotated[Format, typer.Option("--format")]
By = Annotated[str, typer.Option(help="Who decides.", default_factory=getpass.getuser, show_default="your login")]


@quarantine.command("list")
def list_events(
    reason: Reason = None,
    decided: Annotated[bool, typer.Option("--all", help="Also what was replayed or dismissed.")] = False,
    limit: Annotated[int, typer.Option(min=1)] = 100,
    form: Form = Format.TABLE,
) -> None:
    """List open quarantined events, the latest first."""
    from metering.quarantine import listed
    from warehouse.start import open_store

    with open_store() as store:
        rows = listed(store, reason=reason, is_open=not decided, limit=limit)
    show([{name: value for name, value in row.items() if name != "raw"} for row in rows], form)


@quarantine.command("show")
def show_events(ids: Annotated[list[str], typer.Argument(metavar="ID…")], form: Form = Format.JSON) -> None:
    """Show quarantined events as they came."""
    from metering.quarantine import listed
    from warehouse.start import open_store

    with open_store() as store:
        rows = listed(store, quarantine_ids=ids, is_open=False, limit=len(ids))
    if missing := sorted(set(ids) - {row["quarantine_id"] for row in rows}):
        raise KeyError(f"not in quarantine: {', '.join(missing)}")
    show(rows, form)


@quarantine.command("replay")
def replay_events(
    by: By,
    ids: Ids = None,
    reason: Reason = None,
    fix: Annotated[list[str] | None, typer.Option(metavar="FIELD=VALUE", help="Set a field first.")] = None,
    form: Form = Format.TABLE,
) -> None:
    """Send open events through the door again: all, or those named by id or reason."""
    from metering.quarantine import replay
    from warehouse.start import open_store

    fields = dict(_field(text) for text in fix or [])
    with open_store() as store:
        result = replay(store, reason=reason, quarantine_ids=ids or None, fix=fields, by=by)
    if not result.replayed:
        typer.echo("Nothing to replay: no open event matches (farthing quarantine list).", err=True)
    show([asdict(result)], form)


@quarantine.command("dismiss")
def dismiss_events(
    by: By,
    ids: Ids = None,
    reason: Reason = None,
    why: Annotated[str, typer.Option(help="Why they are not to be taken.")] = "",
    form: Form = Format.TABLE,
) -> None:
    """Decide that open events, named by id or reason, are not to be taken."""
    from metering.quarantine import dismiss
    from warehouse.start import open_store

    with open_store() as store:
        dismissed = dismiss(store, reason=reason, quarantine_ids=ids or None, by=by, detail=why)
    show([{"dismissed": dismissed}], form)


def _field(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise ValueError(f"--fix {text!r} is not FIELD=VALUE")
    return name, value
