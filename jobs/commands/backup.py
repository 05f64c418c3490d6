"""``farthing backup`` and ``farthing restore``: the store, copied and brought back."""

from __future__ import annotations

from typing import Annotated

import typer

from jobs.output import Format, show

Form = Annotated[Format, typer.Option("--format")]


def backup(
    name: Annotated[str | None, typer.Argument(help="What to call it; the time if not given.")] = None,
    full: Annotated[bool, typer.Option(help="All of it, not only what is new since the last backup.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the backups there are.")] = False,
    form: Form = Format.TABLE,
) -> None:
    """Back the store up, into FARTHING_BACKUPS (a server: into its own backups path)."""
    from warehouse.backup import backup as write
    from warehouse.backup import taken
    from warehouse.start import open_store

    with open_store() as store:
        found = taken(store) if listed else [write(store, name, full=full)]
    show([{"name": one.name, "base": one.base, "at": one.at, "rows": sum(one.rows.values())} for one in found], form)


def restore(
    name: Annotated[str, typer.Argument(help="The backup; farthing backup --list shows them.")],
    replace: Annotated[bool, typer.Option(help="Replace what the store holds now.")] = False,
    yes: Annotated[bool, typer.Option(help="Do not ask.")] = False,
    form: Form = Format.TABLE,
) -> None:
    """Bring a backup back, count it, and bring it up to this program's schema."""
    from config.settings import settings
    from warehouse.backup import restore as bring_back
    from warehouse.connect import connect
    from warehouse.start import open_store

    chosen = settings()
    with connect(chosen.store, backups=chosen.backups) as store:
        if replace and not yes:
            typer.confirm(f"Replace what {store.location} holds now by the backup {name}?", abort=True, err=True)
        found = bring_back(store, name, replace=replace)
    with open_store():
        pass  # migrated, if the backup is older than this program
    show([{"name": found.name, "at": found.at, "rows": sum(found.rows.values())}], form)
