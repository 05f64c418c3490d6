"""The command line: ``farthing``."""

from __future__ import annotations

import sys

import typer

from jobs.commands.allocate import allocate
from jobs.commands.backup import backup, restore
from jobs.commands.consume import consume
from jobs.commands.demo import demo
from jobs.commands.detect import detect
from jobs.commands.doctor import doctor
from jobs.commands.flags import flags
from jobs.commands.invoice import invoice
from jobs.commands.keys import keys
from jobs.commands.load import load
from jobs.commands.manifest import manifest
from jobs.commands.prices import prices
from jobs.commands.quarantine import quarantine
from jobs.commands.query import query
from jobs.commands.rate import rate
from jobs.commands.reconcile import evidence, reconcile
from jobs.commands.registry import apps, cost_centers, owners, registry, teams
from jobs.commands.serve import serve
from jobs.commands.trace import trace
from jobs.commands.worker import worker

app = typer.Typer(
    name="farthing",
    help="FinOps workbench for micro-app platforms.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(backup)
app.command()(consume)
app.command()(demo)
app.command()(detect)
app.command()(doctor)
app.command()(evidence)
app.command()(load)
app.command()(query)
app.command()(rate)
app.command()(restore)
app.command()(serve)
app.command()(trace)
app.command()(worker)
app.add_typer(flags, name="flags")
app.add_typer(invoice, name="invoice")
app.add_typer(allocate, name="allocate")
app.add_typer(keys, name="keys")
app.add_typer(manifest, name="manifest")
app.add_typer(prices, name="prices")
app.add_typer(quarantine, name="quarantine")
app.add_typer(apps, name="apps")
app.add_typer(teams, name="teams")
app.add_typer(owners, name="owners")
app.add_typer(cost_centers, name="cost-centers")
app.add_typer(reconcile, name="reconcile")
app.add_typer(registry, name="registry")


def main() -> None:
    """Run a command; what a person can mend is one line on stderr and exit code 1."""
    from pydantic import ValidationError

    from jobs.through import holder
    from warehouse.errors import StoreError, StoreTaken

    try:
        app()
    except (StoreError, ValueError, KeyError, FileNotFoundError, PermissionError) as error:
        if isinstance(error, ValidationError):
            text = "; ".join(f"FARTHING_{str(part['loc'][0]).upper()}: {part['msg']}" for part in error.errors())
        else:
            text = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
        if isinstance(error, StoreTaken):
            text += holder(text)
        typer.echo(f"farthing: {text}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
