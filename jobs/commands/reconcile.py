"""``farthing reconcile`` and ``farthing evidence``: usage without an owner, and what speaks for whose it was."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobs.output import Format, show
from jobs.through import NDJSON, opened, way

if TYPE_CHECKING:
    from metering.reconcile.decisions import Finding
    from metering.reconcile.evidence import Evidence
    from warehouse.connect import Store

_PAGE = "use its page Attribution ({url}/attribution), or stop it first"
_TOGETHER = 5_000  # records a request, of the most that one may have
reconcile = typer.Typer(help="Usage without an owner: list it, give it to apps, take that back.", no_args_is_help=True)
Form = Annotated[Format, typer.Option("--format")]
By = Annotated[str, typer.Option(help="Who says so.")]
_SHOWN = ("resource_id", "effective_cost", "begins", "hours_left", "app_id", "confidence", "moving_cost")


@reconcile.command("list")
def listed(
    state: Annotated[str, typer.Option(help="pending, or unresolved: its window is over.")] = "pending",
    form: Form = Format.TABLE,
) -> None:
    """List what stands on the default cost center, with the surest owner that evidence names."""
    if state not in ("pending", "unresolved"):
        raise ValueError(f"state {state!r} is neither pending nor unresolved")
    with opened(_PAGE) as store:
        rows = _waiting(store, state)
    # A terminal has no room for all of it; programs get every column.
    show([{name: row[name] for name in _SHOWN} for row in rows] if form is Format.TABLE else rows, form)


@reconcile.command()
def run(form: Form = Format.TABLE) -> None:
    """Give usage to the owners that are sure and uncontradicted, and rate it; what the window left goes to finance."""
    from jobs.rate import rate
    from jobs.reconcile import reconcile as reconcile_now

    with opened(_PAGE) as store:
        done = reconcile_now(store)
        if done.confirmed:
            rate(store)
    show(
        [_told(finding, "given") for finding in done.confirmed] + [_told(one, "unresolved") for one in done.unresolved],
        form,
    )


@reconcile.command()
def confirm(
    resource: Annotated[str, typer.Argument(metavar="RESOURCE")],
    by: By,
    app: Annotated[str, typer.Option(help="Whose it is; the suggested app, if not given.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    form: Form = Format.TABLE,
) -> None:
    """Give a resource's usage without an owner to an app, and rate it again."""
    from jobs.giving import give
    from jobs.rate import rate

    with opened(_PAGE) as store:
        found = [row for state in ("pending", "unresolved") for row in _waiting(store, state)]
        findings = [_finding(row, app) for row in found if row["resource_id"] == resource]
        if not findings:
            raise KeyError(f"nothing of {resource!r} waits for an owner; `farthing reconcile list` shows what does")
        given = give(store, findings, by=by, reason=reason)
        if not given.moves:
            raise ValueError("; ".join(given.problems))
        rate(store)
    show([{**_told(move.finding, "given"), "effective_cost": move.effective_cost} for move in given.moves], form)
    for problem in given.problems:
        typer.echo(problem, err=True)
    typer.echo(f"{given.rows} rows recorded", err=True)


@reconcile.command()
def undo(
    resource: Annotated[str, typer.Argument(metavar="RESOURCE")],
    by: By,
    reason: Annotated[str, typer.Option(help="Why.")],
) -> None:
    """Take back what was last given of a resource, and rate it again."""
    from jobs.rate import rate
    from metering.reconcile.decisions import undo as take_back
    from metering.reconcile.decisions import words

    with opened(_PAGE) as store:
        given = [word for word in words(store, resource) if word["word"] == "confirmed"]
        if not given:
            raise KeyError(f"nothing of {resource!r} was given to anybody; `farthing reconcile history` shows what was")
        take_back(store, resource, given[0]["starts_at"], by=by, reason=reason)
        rate(store)
    typer.echo(f"{resource} was taken back from {given[0]['app_id']}")


@reconcile.command()
def history(form: Form = Format.TABLE) -> None:
    """List the last word on every piece of usage that waited, the newest first."""
    from metering.reconcile.decisions import words

    with opened(_PAGE) as store:
        show([{**word, "evidence_ids": " ".join(word["evidence_ids"])} for word in words(store)], form)


def evidence(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE…", help="JSON lines (docs/reconciliation.md).")],
) -> None:
    """Load records that say whose a resource was: deploys, commits, sessions, a control plane's own records."""
    from metering.reconcile.evidence import as_lines, read_evidence

    records = [record for path in paths for record in read_evidence(path.read_bytes(), name=str(path))]
    parts = [records[start : start + _TOGETHER] for start in range(0, len(records), _TOGETHER)]
    with way() as done:
        told = [done(partial(_noted, records=part), "POST", "evidence", as_lines(part), kind=NDJSON) for part in parts]
    news = sum(one["news"] for one in told)
    typer.echo(f"{len(records)} records read, {news} of them new")


def _noted(store: Store, *, records: list[Evidence]) -> dict[str, int]:
    from metering.reconcile.evidence import note

    return {"news": note(store, records)}


def _waiting(store: Store, state: str) -> list[dict[str, Any]]:
    from datetime import UTC

    from config.settings import settings
    from jobs.suggesting import waiting

    found = waiting(store, as_of=datetime.now(UTC), hours=settings().reconciliation_hours, state=state)
    return found.to_pylist()


def _finding(row: dict[str, Any], app: str) -> Finding:
    from datetime import UTC

    from jobs.suggesting import finding_of
    from metering.reconcile.decisions import Finding

    if not app and not row["app_id"]:
        raise ValueError(f"no evidence names an owner of {row['resource_id']!r}: say --app")
    if not app or app == row["app_id"]:
        return finding_of(row)
    return Finding(
        resource_id=row["resource_id"],
        app_id=app,
        owned_from=row["begins"].replace(tzinfo=UTC),
        owned_to=row["ends"].replace(tzinfo=UTC),
        rule="person",
        confidence=Decimal(1),
    )


def _told(finding: Finding, what: str) -> dict[str, Any]:
    return {
        "what": what,
        "resource_id": finding.resource_id,
        "app_id": finding.app_id,
        "from": finding.owned_from,
        "to": finding.owned_to,
        "rule": finding.rule,
        "confidence": finding.confidence,
    }
