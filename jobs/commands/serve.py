"""``farthing serve``: the app in a browser."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from warehouse.connect import Store

PORT = 8501


def serve(
    demo: Annotated[bool, typer.Option("--demo", help="Fill an empty store with a demonstration first.")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, envvar="FARTHING_PORT")] = PORT,
    address: Annotated[str, typer.Option(help="Other than loopback only with an identity provider.")] = "127.0.0.1",
) -> None:
    """Start the app: screens, API and background jobs in one process, until interrupted."""
    from config.settings import ROOT
    from config.sign_in import sign_in
    from warehouse.start import open_store

    if address not in ("127.0.0.1", "localhost", "::1") and not sign_in().is_configured:
        raise ValueError(
            f"--address {address} would let anybody in: configure an identity provider first (docs/sign-in.md)"
        )
    # Opened once here, so that whatever is wrong with the store is one plain line and not an app that does not start.
    with open_store() as store:
        is_empty = not store.scalar("SELECT count() FROM batches")
        if demo and (is_empty or _is_half_a_demo(store)):
            from jobs.demo.run import run_demo

            run_demo(store)
        elif is_empty:
            typer.echo("The store is empty: `farthing serve --demo` shows a demonstration.", err=True)
    typer.echo(f"Farthing is on http://{address}:{port}", err=True)
    os.environ.setdefault("FARTHING_URL", f"http://{address}:{port}")  # where other commands find the app
    os.chdir(ROOT)  # where .streamlit/config.toml is looked for
    options = ["--server.port", str(port), "--server.address", address]
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *options])


def _is_half_a_demo(store: Store) -> bool:
    """Whether a first start was interrupted: the list of what was planted is written last."""
    from jobs.demo.run import manifest_path

    others = store.scalar("SELECT countIf(NOT startsWith(origin, 'demo/')) FROM batches WHERE state = 'stored'")
    return not others and not manifest_path(store).exists()
