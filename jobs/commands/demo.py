"""``farthing demo``: a believable platform with a story."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from jobs.output import Format, show


def demo(
    apps: Annotated[int | None, typer.Option(help="How many apps. Default: 300.")] = None,
    days: Annotated[int | None, typer.Option(help="How many whole days before the last one. Default: 60.")] = None,
    seed: Annotated[
        int | None, typer.Option(help="Same seed and same end: the same events, to the byte. Default: 7.")
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H"], help="Where it ends, UTC. Default: the last full hour."),
    ] = None,
    append: Annotated[bool, typer.Option("--append", help="Add to a store that has other data.")] = False,
    manifest: Annotated[
        Path | None, typer.Option(help="Where the planted incidents are listed. Default: beside the store.")
    ] = None,
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Fill a store with a believable platform: teams, apps, usage, incidents, a price change, a reorganization."""
    from dataclasses import asdict

    from jobs.demo.run import run_demo
    from warehouse.start import open_store

    with open_store() as store:
        made = run_demo(
            store,
            apps=apps,
            days=days,
            seed=seed,
            until=until.replace(tzinfo=UTC) if until else None,
            append=append,
            manifest=manifest,
        )
    show([asdict(made)], form)
