"""``farthing manifest``: does what a deploy makes say whose it is?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jobs.output import Format, show

manifest = typer.Typer(help="Manifests of deploys: check whose what they make is.", no_args_is_help=True)


@manifest.command()
def check(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Kubernetes, Knative, SAM, serverless.yml.")],
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Check manifests against the registry; exit code 1 if anything does not say whose it is."""
    from datetime import UTC, datetime

    from metering.admission.manifests import NotAManifest
    from metering.admission.manifests import check as things_of
    from metering.admission.registry import registry_of
    from warehouse.start import open_store

    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    with open_store() as store:
        registry = registry_of(store, datetime.now(UTC))
    rows = []
    for path, text in texts.items():
        try:
            things = things_of(text, registry)
        except NotAManifest as error:
            raise ValueError(f"{path}: {error}") from error
        for thing in things:
            wrong = "; ".join(map(str, thing.faults))
            rows.append({"file": str(path), "thing": thing.name, "app_id": thing.declared.app_id, "wrong": wrong})
    show(rows, form)
    if any(row["wrong"] for row in rows):
        raise typer.Exit(1)
