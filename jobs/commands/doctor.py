"""``farthing doctor``: what waits, what is missing, whether every law holds."""

from __future__ import annotations

from typing import Annotated

import typer

from jobs.output import Format, show


def doctor(form: Annotated[Format, typer.Option("--format")] = Format.TABLE) -> None:
    """Examine the store: one screen. Exit code 1 if a law is broken; notices are no failure."""
    from jobs.doctor import checks, is_broken
    from warehouse.start import open_store

    with open_store() as store:
        found = checks(store)
    show([{"check": check.name, "status": check.status.value, "detail": check.detail} for check in found], form)
    if is_broken(found):
        raise typer.Exit(1)
