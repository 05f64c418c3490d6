"""``farthing detect``: score what is new and bring the flags up to date, or score a file of your own series."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.output import Format, show

if TYPE_CHECKING:
    import pandas as pd


REASONS = ("opened", "escalated", "updated", "ended", "reopened", "withdrawn", "moved")


def detect(
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H", "%Y-%m-%dT%H:%M"], help="As if it were then, UTC."),
    ] = None,
    fit: Annotated[bool, typer.Option("--fit", help="Also fit a new detector now, with all labels.")] = False,
    input_: Annotated[
        Path | None,
        typer.Option(
            "--input",
            metavar="FILE",
            show_default=False,
            help="Score this table instead: series_id, ts, value, and perhaps app_id, line_type, declared.",
        ),
    ] = None,
    markers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="What happened to the apps: app_id, ts, kind."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", show_default=False, help="Where the scores go: .parquet or .csv.")
    ] = None,
    per_dollar: Annotated[
        float, typer.Option(metavar="UNITS", help="How many of the table's units make a US dollar: 100 for cents.")
    ] = 1.0,
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Score every hour whose lateness is over and flag what is unusual; doing it twice changes nothing.

    With --input and --output: expected, lower, upper, score and flag of each row of a table of any series, each from
    rows before it only, with one threshold for all (score 1). Tables are Parquet or CSV.
    """
    if (input_ is None) != (output is None) or (markers is not None and input_ is None):
        raise ValueError("--input and --output go together, and --markers with them")
    if input_ is not None and output is not None:
        if as_of is not None:
            raise ValueError("--as-of is for the store; a table is scored from its first row to its last")
        _score_file(input_, markers, output, per_dollar)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from jobs.detect import detect as look
    from jobs.detectors import learn
    from warehouse.start import open_store

    columns = (BarColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with open_store() as store:
        with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
            task = shown.add_task("looking", total=1.0)
            done = look(
                store,
                as_of=as_of.replace(tzinfo=UTC) if as_of else None,
                tell=lambda step, share: shown.update(task, description=step, completed=share),
            )
        version = learn(store) if fit else None
    show(
        [
            {
                "scored_until": done.until,
                "hours_of_lines": done.hours,
                **{
                    name: done.changed.get(name, 0) for name in ("opened", "escalated", "updated", "ended", "withdrawn")
                },
                "fitted": version,
                "seconds": f"{done.seconds:.2f}",
            }
        ],
        form,
    )


def _score_file(source: Path, markers: Path | None, target: Path, per_dollar: float) -> None:
    from metrics.spreadsheets import harmless
    from models.score import score

    if target.suffix not in (".parquet", ".csv"):
        raise ValueError(f"{target}: scores are written as .parquet or .csv")
    if not target.parent.is_dir():
        raise ValueError(f"{target}: there is no folder {target.parent}; make it first")
    series = _read(source, ("series_id", "ts", "value"))
    changes = _read(markers, ("app_id", "ts", "kind")) if markers else None
    scores = score(series, changes, per_dollar=per_dollar)
    if target.suffix == ".parquet":
        scores.to_parquet(target, index=False)
    else:
        scores = scores.assign(**{name: scores[name].astype(str).map(harmless) for name in ("series_id", "app_id")})
        scores.to_csv(target, index=False, date_format="%Y-%m-%dT%H:%M:%SZ")
    flagged, lines = int(scores["flag"].sum()), scores["series_id"].nunique()
    if again := int(series.duplicated(["series_id", "ts"]).sum()):
        typer.echo(
            f"{again:,} rows have the series and the moment of another: "
            "costs of lines are added, measurements are judged one after the other",
            err=True,
        )
    typer.echo(f"{len(scores):,} rows of {lines:,} series scored, {flagged:,} flagged", err=True)


def _read(path: Path, needed: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    if path.suffix not in (".parquet", ".csv"):
        raise ValueError(f"{path}: tables are read as .parquet or .csv")
    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    if missing := [name for name in needed if name not in frame]:
        raise ValueError(f"{path} has no column {', '.join(missing)}; it has {', '.join(map(str, frame.columns))}")
    return frame
