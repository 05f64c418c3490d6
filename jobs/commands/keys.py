"""``farthing keys``: API keys for exporters. While the app has the store, it is asked to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobs.output import Format, show
from jobs.through import done

if TYPE_CHECKING:
    from metering.credentials.keys import ApiKey

keys = typer.Typer(help="API keys: who may send events, for which apps, and until when.", no_args_is_help=True)

Form = Annotated[Format, typer.Option("--format")]
KeyId = Annotated[str, typer.Argument(metavar="KEY_ID", help="As `farthing keys list` shows it.")]
Days = Annotated[int, typer.Option(min=1, max=3650, help="How long it lives.")]
_BY = "command line"


@keys.command()
def create(
    source: Annotated[str, typer.Argument(help="The name of the exporter; its events carry it.")],
    scope: Annotated[
        list[str] | None, typer.Option(help="ingest (default), costs, leases, read or admin; repeatable.")
    ] = None,
    app: Annotated[list[str] | None, typer.Option(help="An app it may report for; repeatable. Any without.")] = None,
    days: Days = 365,
) -> None:
    """Make a key and print it: this once, it is kept nowhere."""
    from metering.credentials.keys import create_key

    scopes, apps = scope or ["ingest"], app or []
    body = {"source": source, "scopes": scopes, "app_ids": apps, "days": days}
    made = done(
        lambda store: _made(create_key(store, source=source, scopes=scopes, app_ids=apps, days=days, by=_BY)),
        "POST",
        "keys",
        body,
    )
    typer.echo(made["secret"])


@keys.command("list")
def list_keys(form: Form = Format.TABLE) -> None:
    """List every key, ended ones too. Secrets are not among what is kept."""
    from metering.credentials.keys import keys as held

    show(done(lambda store: [_said(key) for key in held(store)], "GET", "keys"), form)


@keys.command()
def rotate(
    key_id: KeyId,
    overlap: Annotated[int, typer.Option(min=0, max=2160, help="Hours that the old key is still good.")] = 24,
    days: Days = 365,
) -> None:
    """Make a successor of a key and print it; the old one ends after the overlap."""
    from metering.credentials.keys import rotate_key

    made = done(
        lambda store: _made(rotate_key(store, key_id, overlap_hours=overlap, days=days, by=_BY)),
        "POST",
        f"keys/{key_id}/rotate",
        {"overlap_hours": overlap, "days": days},
    )
    typer.echo(made["secret"])


@keys.command()
def revoke(key_id: KeyId) -> None:
    """End a key now."""
    from metering.credentials.keys import revoke_key

    done(lambda store: revoke_key(store, key_id, by=_BY), "DELETE", f"keys/{key_id}")
    typer.echo(f"Key {key_id} has ended.", err=True)


def _made(made: tuple[ApiKey, str]) -> dict[str, Any]:
    return {**_said(made[0]), "secret": made[1]}


def _said(key: ApiKey) -> dict[str, Any]:
    names = ("key_id", "source", "valid_from", "valid_to")
    return {
        **{name: getattr(key, name) for name in names},
        "scopes": sorted(key.scopes),
        "app_ids": sorted(key.app_ids),
    }
