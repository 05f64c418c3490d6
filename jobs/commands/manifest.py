"""``farthing manifest``: does what a deploy makes say whose it is? While the app has the store, it is asked."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobs.output import Format, show
from jobs.through import way

if TYPE_CHECKING:
    from warehouse.connect import Store

manifest = typer.Typer(help="Manifests of deploys: check whose what they make is.", no_args_is_help=True)


@manifest.command()
def check(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Kubernetes, Knative, SAM, serverless.yml.")],
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Check manifests against the registry; exit code 1 if anything does not say whose it is."""
    from metering.admission.identity import Fault

    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    rows = []
    with way() as done:
        for path, text in texts.items():
            try:
                verdict = done(partial(_judged, text=text), "POST", "manifests/validate", {"manifest": text})
            except ValueError as error:
                raise ValueError(f"{path}: {error}") from None
            for thing in verdict["things"]:
                wrong = "; ".join(str(Fault(**fault)) for fault in thing["faults"])
                rows.append({"file": str(path), "thing": thing["name"], "app_id": thing["app_id"], "wrong": wrong})
            if verdict["unjudged"]:
                typer.echo(f"{path}: not judged: {', '.join(verdict['unjudged'])}", err=True)
    show(rows, form)
    if any(row["wrong"] for row in rows):
        raise typer.Exit(1)


def _judged(store: Store, *, text: str) -> dict[str, Any]:
    from datetime import UTC, datetime

    from metering.admission.manifests import judge
    from metering.admission.registry import registry_of

    return judge(text, registry_of(store, datetime.now(UTC))).said()
