"""``farthing worker``: the background jobs alone, beside app processes that share a ClickHouse server."""

from __future__ import annotations

import logging
import signal
from typing import Annotated

import typer


def worker(
    once: Annotated[bool, typer.Option("--once", help="Run every job once and end; exit code 1 if one fails.")] = False,
) -> None:
    """Run the background jobs until interrupted."""
    from jobs.loop import JobLoop
    from warehouse.start import open_store

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    with open_store() as store:
        jobs = JobLoop(store)
        if once:
            jobs.turn()
        else:
            for interrupt in (signal.SIGTERM, signal.SIGINT):
                signal.signal(interrupt, lambda *_: jobs.end())
            jobs.run()
        failing = [state for state in jobs.states.values() if state.is_failing]
    for state in failing:
        typer.echo(f"job {state.name}: {state.last_error}", err=True)
    if failing:
        raise typer.Exit(1)
