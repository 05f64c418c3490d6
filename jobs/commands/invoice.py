"""``farthing invoice``: draft, close, issue, show, verify and export invoices."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from config.settings import settings
from jobs.output import Format, show

if TYPE_CHECKING:
    from billing.period import Period
    from jobs.closing import Item
    from warehouse.connect import Store

invoice = typer.Typer(help="Invoices: draft, close, issue, show, verify, export.", no_args_is_help=True)

Form = Annotated[Format, typer.Option("--format")]
PeriodText = Annotated[str, typer.Option(metavar="YYYY-MM", help="The month, UTC.")]
Center = Annotated[str | None, typer.Option(metavar="COST_CENTER", help="One cost center; all without it.")]
Who = Annotated[str, typer.Option(metavar="NAME", help="Who does it; you, if not given.")]
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="An issued invoice: FA-2026-11-0001.")]
# What lines of an invoice do without on a narrow terminal, first to last: the cost center is said below them.
_SPARE = ("cost_center", "per", "unit_price", "unit", "team", "notes", "line")


class FileKind(StrEnum):
    """What an invoice can be exported as."""

    CSV = "csv"
    JSON = "json"
    PDF = "pdf"


@invoice.command()
def preview(period: PeriodText, cost_center: Center = None, form: Form = Format.TABLE) -> None:
    """Show invoices as they stand, rating first what has just arrived. The running month may be asked at any time."""
    from billing.documents import draft_invoices
    from billing.estimate import estimated, seen_until
    from billing.invoice import as_plain
    from billing.period import parse_period
    from jobs.rating import sync_and_rate
    from warehouse.start import open_store

    month = parse_period(period)
    with open_store() as store:
        sync_and_rate(store)
        drafts = draft_invoices(store, month, cost_center=cost_center)
        if cost_center is not None and not drafts:
            raise ValueError(
                f"cost center {cost_center!r} has no lines in {month}; leave it out to see those that have"
            )
        drafts = estimated(store, month, drafts, as_of=seen_until(store, datetime.now(UTC)))
    _print([as_plain(draft) for draft in drafts], form)


@invoice.command()
def check(period: PeriodText, form: Form = Format.TABLE) -> None:
    """Show the checklist of a month: what blocks its closing, and what should be known. Exit code 1 if it blocks."""
    from billing.period import parse_period
    from jobs.closing import Verdict, checklist
    from warehouse.start import open_store

    with open_store() as store:
        items = checklist(store, parse_period(period))
    _check(items, form)
    if any(item.verdict is Verdict.BLOCK for item in items):
        raise typer.Exit(1)


@invoice.command()
def close(
    period: PeriodText,
    reason: Annotated[str, typer.Option(help="Close although the checklist blocks; the reason is recorded.")] = "",
    by: Who = "",
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Rehearse: what a closing on this day would find.")
    ] = None,
    form: Form = Format.TABLE,
) -> None:
    """Freeze what a month that is over bills; later changes become corrections. Closing twice changes nothing.

    With --as-of nothing is frozen, and the exit code is 1 if the closing would be refused on that day.
    """
    from billing.period import parse_period
    from jobs.closing import close as close_month
    from jobs.rating import sync_and_rate
    from warehouse.start import open_store

    month = parse_period(period)
    with open_store() as store:
        sync_and_rate(store)
        if as_of:
            _rehearse(store, month, as_of.replace(tzinfo=UTC), reason, form)
            return
        done = close_month(store, month, by=by or getpass.getuser(), reason=reason)
    _check(done.checklist, form)
    forced = f", forced: {done.reason}" if done.reason else ""
    said = "closed" if done.is_new else "was already closed"
    typer.echo(f"{done.period} {said} ({done.closed_at:%Y-%m-%d %H:%M} UTC, {done.closed_by}{forced})", err=True)


def _rehearse(store: Store, month: Period, day: datetime, reason: str, form: Format) -> None:
    from billing.documents import draft_invoices
    from jobs.closing import rehearse

    found = rehearse(store, month, now=day, reason=reason)
    drafts = draft_invoices(store, month)
    _check(found.checklist, form)
    lines, total = sum(len(draft.lines) for draft in drafts), sum(draft.total for draft in drafts)
    typer.echo(
        f"rehearsed for {found.day}, nothing is closed: {month} stands at {len(drafts):,} invoices of {lines:,} lines, "
        f"{total} {settings().currency}",
        err=True,
    )
    if found.refusal:
        typer.echo(f"it would be refused: {found.refusal}", err=True)
        raise typer.Exit(1)


@invoice.command()
def issue(period: PeriodText, cost_center: Center = None, by: Who = "", form: Form = Format.TABLE) -> None:
    """Number and freeze the invoices of a closed month. Issuing twice changes nothing."""
    from billing.issue import issue as issue_invoices
    from billing.period import parse_period
    from warehouse.start import open_store

    with open_store() as store:
        done = issue_invoices(store, parse_period(period), by=by or getpass.getuser(), cost_center=cost_center)
    show([_issued(one) for one in done], form)


@invoice.command("list")
def list_invoices(
    period: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="One month; all issued without it.")] = None,
    form: Form = Format.TABLE,
) -> None:
    """List issued invoices; of a month also those that are still drafts."""
    from billing.documents import draft_invoices
    from billing.issue import issued
    from billing.period import parse_period
    from warehouse.start import open_store

    month = parse_period(period) if period else None
    with open_store() as store:
        found = issued(store, month)
        drafts = draft_invoices(store, month) if month else []
    held = {one.invoice_id for one in found}
    rows = [_issued(one) for one in found]
    for draft in drafts:
        if draft.invoice_id not in held:
            rows.append(
                {
                    "number": "",
                    "invoice": draft.invoice_id,
                    "status": draft.status,
                    "mode": draft.mode,
                    "total": str(draft.total),
                    "currency": draft.currency,
                    "issued_at": None,
                }
            )
    show(rows, form)


@invoice.command("show")
def show_invoice(number: Number, form: Form = Format.TABLE) -> None:
    """Show an issued invoice."""
    from billing.invoice import from_json
    from billing.issue import find
    from warehouse.start import open_store

    with open_store() as store:
        document = from_json(find(store, number).document)
    _print([document], form)


@invoice.command()
def export(
    number: Number,
    kind: Annotated[FileKind, typer.Option("--as")] = FileKind.PDF,
    to: Annotated[Path | None, typer.Option(help="The file; NUMBER.csv, .json or .pdf here, if not given.")] = None,
) -> None:
    """Write an issued invoice as a file: the same bytes every time."""
    from billing.exports.files import export as export_file
    from billing.issue import find
    from warehouse.start import open_store

    with open_store() as store:
        found = find(store, number)
    path = to or Path(f"{found.number}.{kind}")
    path.write_bytes(export_file(found.document, kind))
    typer.echo(f"{path}: {path.stat().st_size:,} bytes", err=True)


@invoice.command()
def verify(number: Number, form: Form = Format.TABLE) -> None:
    """Recompute an issued invoice from raw events. Exit code 1 if anything differs, naming the events."""
    from billing.issue import find
    from jobs.verify import verify as verify_invoice
    from warehouse.start import open_store

    with open_store() as store:
        found = verify_invoice(store, find(store, number))
    show([{"line": one.line_id, "what": one.what, "detail": one.detail} for one in found.findings], form)
    typer.echo(found.summary, err=True)
    if not found.is_equal:
        raise typer.Exit(1)


@invoice.command()
def bridge(period: PeriodText, form: Form = Format.TABLE) -> None:
    """Show how the charges of a month become the total of its invoices. Exit code 1 if anything is left over."""
    from billing.bridge import bridge as bridge_of
    from billing.period import parse_period
    from warehouse.start import open_store

    with open_store() as store:
        spans = bridge_of(store, parse_period(period))
    show([{"step": span.name, "amount": span.amount} for span in spans], form)
    if spans[-1].amount:
        raise typer.Exit(1)


def _check(items: Sequence[Item], form: Format) -> None:
    show([{"check": item.name, "verdict": item.verdict, "detail": item.detail} for item in items], form)


def _issued(one: Any) -> dict[str, Any]:
    return {
        "number": one.number,
        "invoice": one.invoice_id,
        "status": "issued",
        "mode": one.mode,
        "total": str(one.total),
        "currency": one.currency,
        "issued_at": one.issued_at,
    }


def _print(documents: list[dict[str, Any]], form: Format) -> None:
    if form is Format.JSON:
        import json

        typer.echo(json.dumps(documents, indent=1, sort_keys=True, ensure_ascii=False))
        return
    if form is Format.CSV:
        show([_row(line, document) for document in documents for line in document["lines"]], form)
        return
    for document in documents:
        show([_row(line, document) for line in document["lines"]], form, spare=_SPARE)
        title = document["number"] or document["invoice_id"]
        state = f"{document['status']}, {document['mode']}"
        typer.echo(f"{title} ({state}): {document['total']} {document['currency']}")
        if estimate := document["estimate"]:
            typer.echo(f"  month end: {estimate['projected_total']}, from {estimate['low']} to {estimate['high']}")
        for note in document["footnotes"]:
            typer.echo(f"  [{note['number']}] {note['text']}")


def _row(line: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    kind = f"{line['line_kind']}, corrects {line['corrects_period']}" if line["corrects_period"] else line["line_kind"]
    return {
        "cost_center": document["cost_center"],
        "team": line["team_id"],
        "app": line["app_id"],
        "line": kind,
        "sku": line["sku_id"],
        "quantity": line["quantity"],
        "unit": line["unit"],
        "unit_price": line["unit_price"],
        "per": line["pricing_unit"],
        "amount": line["amount"],
        "notes": " ".join(str(number) for number in line["footnotes"]),
    }
