"""``farthing keys``: API keys for exporters. While the app has the store, it is asked to do it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobs.output import Format, show

if TYPE_CHECKING:
    from metering.credentials.keys import ApiKey
    from metering.credentials.local import Serving
    from warehouse.connect import Store

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
    made = _done(
        lambda store: _made(create_key(store, source=source, scopes=scopes, app_ids=apps, days=days, by=_BY)),
        "POST",
        "",
        body,
    )
    typer.echo(made["secret"])


@keys.command("list")
def list_keys(form: Form = Format.TABLE) -> None:
    """List every key, ended ones too. Secrets are not among what is kept."""
    from metering.credentials.keys import keys as held

    show(_done(lambda store: [_said(key) for key in held(store)], "GET", ""), form)


@keys.command()
def rotate(
    key_id: KeyId,
    overlap: Annotated[int, typer.Option(min=0, max=2160, help="Hours that the old key is still good.")] = 24,
    days: Days = 365,
) -> None:
    """Make a successor of a key and print it; the old one ends after the overlap."""
    from metering.credentials.keys import rotate_key

    made = _done(
        lambda store: _made(rotate_key(store, key_id, overlap_hours=overlap, days=days, by=_BY)),
        "POST",
        f"/{key_id}/rotate",
        {"overlap_hours": overlap, "days": days},
    )
    typer.echo(made["secret"])


@keys.command()
def revoke(key_id: KeyId) -> None:
    """End a key now."""
    from metering.credentials.keys import revoke_key

    _done(lambda store: revoke_key(store, key_id, by=_BY), "DELETE", f"/{key_id}")
    typer.echo(f"Key {key_id} has ended.", err=True)


def _done(here: Callable[[Store], Any], method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """Have it done by the app that has the store, if one says so; or do it on the store itself."""
    from config.settings import settings
    from metering.credentials.local import serving
    from warehouse.location import parse_location
    from warehouse.start import open_store

    if (served := serving(parse_location(settings().store))) is not None:
        try:
            return _asked(served, method, path, body)
        except urllib.error.HTTPError as error:
            raise ValueError(json.loads(error.read())["detail"]) from None
        except urllib.error.URLError as error:
            # It was killed and could not take its word back. If it is there after all, opening says so.
            typer.echo(f"{served.url} does not answer ({error.reason})", err=True)
    with open_store() as store:
        return here(store)


def _asked(served: Serving, method: str, path: str, body: dict[str, Any] | None) -> Any:
    request = urllib.request.Request(
        f"{served.url}/api/v1/keys{path}",
        method=method,
        data=json.dumps(body).encode() if body is not None else None,
        headers={"Authorization": f"Bearer {served.token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def _made(made: tuple[ApiKey, str]) -> dict[str, Any]:
    return {**_said(made[0]), "secret": made[1]}


def _said(key: ApiKey) -> dict[str, Any]:
    names = ("key_id", "source", "valid_from", "valid_to")
    return {
        **{name: getattr(key, name) for name in names},
        "scopes": sorted(key.scopes),
        "app_ids": sorted(key.app_ids),
    }
