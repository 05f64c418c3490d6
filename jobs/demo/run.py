"""The whole demo with its progress on stderr: what ``farthing demo`` and the first start of the app call."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from config.settings import ROOT
from jobs.amortize import amortize
from jobs.demo.apps import make_apps
from jobs.demo.load import Loaded, load_demo, plan_demo, refuse_other_data, write_manifest
from jobs.demo.story import tell
from jobs.rate import RatedDay
from jobs.rating import sync_and_rate
from warehouse.connect import Store


def run_demo(
    store: Store,
    *,
    apps: int | None = None,
    days: int | None = None,
    seed: int | None = None,
    until: datetime | None = None,
    append: bool = False,
    manifest: Path | None = None,
) -> Loaded:
    """Make a platform (``plan_demo``), load it, rate it, and list what was planted beside the store.

    One that was cut short is continued; one that is there is left as it is.

    Raises:
        StoreError: the store holds other data, and ``append`` was not said.

    """
    plan = plan_demo(store, apps=apps, days=days, seed=seed, until=until)
    refuse_other_data(store, plan, append=append)
    columns = (TextColumn("{task.description:24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("making the platform", total=None)
        loaded = load_demo(
            store,
            plan,
            append=append,
            progress=lambda step, done, total: shown.update(
                task, description=f"{step} usage rows", completed=done, total=total
            ),
        )
        days_task = shown.add_task("rating days", total=None)

        def rated(_: RatedDay, left: int) -> None:
            shown.advance(days_task)
            shown.update(days_task, total=shown.tasks[days_task].completed + left)

        amortize(store, until=plan.until)
        sync_and_rate(store, on_day=rated)
    made = make_apps(plan)
    write_manifest(manifest or manifest_path(store), plan, made, tell(plan, made))
    return loaded


def manifest_path(store: Store) -> Path:
    """Return where a demo lists what it planted: beside an embedded store, or in the project's own folder."""
    folder = store.location.path.parent if store.location.path else ROOT / ".farthing"
    return folder / "demo-incidents.json"
