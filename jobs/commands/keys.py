"""``farthing keys``: API keys for exporters."""

from __future__ import annotations

from typing import Annotated

import typer

keys = typer.Typer(help="API keys: who may send events, for which apps, and until when.", no_args_is_help=True)


@keys.command()
def create(
    source: Annotated[str, typer.Argument(help="The name of the exporter; its events carry it.")],
    scope: Annotated[list[str], typer.Option(help="ingest, leases, read or admin; repeatable.")] = ["ingest"],  # noqa: B006
    app: Annotated[list[str], typer.Option(help="An app it may report for; repeatable. Any app without.")] = [],  # noqa: B006
    days: Annotated[int, typer.Option(min=1, help="How long it lives.")] = 365,
) -> None:
    """Make a key and print it: this once, it is kept nowhere."""
    from metering.credentials.keys import create_key
    from warehouse.start import open_store

    with open_store() as store:
        _, secret = create_key(store, source=source, scopes=scope, app_ids=app, days=days, by="command line")
    typer.echo(secret)
