"""``farthing load``: files of other shapes into events."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.output import Format, show

if TYPE_CHECKING:
    from metering.load import Loaded


def load(
    name: Annotated[str, typer.Argument(metavar="RECIPE", help="One of --list.", show_default=False)] = "",
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH…", show_default=False)] = None,
    again: Annotated[bool, typer.Option(help="Send batches again that were acknowledged before.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the recipes.")] = False,
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Load files by a recipe. An interrupted load is resumed by repeating it."""
    from billing.price_recipes import PRICE_RECIPES
    from metering.recipes.catalog import RECIPES

    if listed:
        events = [{"recipe": r.name, "reads": r.files, "gives": r.description} for r in RECIPES.values()]
        prices = [{"recipe": r.name, "reads": "a file", "gives": r.description} for r in PRICE_RECIPES.values()]
        show([*events, *prices], form)
        return
    if not name or not paths:
        raise ValueError("farthing load needs a RECIPE and at least one PATH; farthing load --list shows the recipes")
    if name in PRICE_RECIPES:
        show(_load_prices(name, paths), form)
        return
    if name not in RECIPES:
        raise KeyError(f"no recipe is named {name!r}; there are {', '.join([*RECIPES, *PRICE_RECIPES])}")
    loads = _load(name, paths, again)
    show([asdict(loaded) for loaded in loads], form)
    for loaded in loads:
        if loaded.skipped:
            typer.echo(
                f"{loaded.skipped} rows of {loaded.path} were acknowledged before and are skipped; "
                "--again sends them once more",
                err=True,
            )
        if loaded.quarantined:
            typer.echo(
                f"{loaded.quarantined} rows of {loaded.path} are in quarantine: farthing quarantine list", err=True
            )
    received, quarantined = sum(loaded.received for loaded in loads), sum(loaded.quarantined for loaded in loads)
    if received and received == quarantined:
        raise ValueError(f"nothing was taken: all {received} rows that {name} read are in quarantine")


def _load_prices(name: str, paths: list[Path]) -> list[dict[str, str | int]]:
    from billing.price_recipes import PRICE_RECIPES
    from warehouse.start import open_store

    if missing := [str(path) for path in paths if not path.is_file()]:
        raise FileNotFoundError(f"no such file: {', '.join(missing)}")
    with open_store() as store:
        return [{"recipe": name, "path": str(path), **PRICE_RECIPES[name].load(store, path)} for path in paths]


def _load(name: str, paths: list[Path], again: bool) -> list[Loaded]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    from metering.load import Progress as Step
    from metering.load import load as load_files
    from metering.load import require_paths
    from metering.recipes.catalog import RECIPES
    from warehouse.start import open_store

    require_paths(RECIPES[name], paths)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with open_store() as store, Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(f"{name}: reading", total=1.0)

        def step(progress: Step) -> None:
            counts = progress.loaded
            text = f"{name}: {counts.accepted:,} accepted, {counts.duplicates:,} known, {counts.quarantined:,} refused"
            bar.update(task, completed=progress.fraction, description=text)

        return load_files(store, RECIPES[name], paths, again=again, on_batch=step)
