"""``farthing invoice``: draft, close, issue, show, verify and export invoices."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from jobs.output import Format, show

invoice = typer.Typer(help="Invoices: draft, close, issue, show, verify, export.", no_args_is_help=True)

Form = Annotated[Format, typer.Option("--format")]
PeriodText = Annotated[str, typer.Option(metavar="YYYY-MM", help="The month, UTC.")]
Center = Annotated[str | None, typer.Option(metavar="COST_CENTER", help="One cost center; all without it.")]


@invoice.command()
def preview(period: PeriodText, cost_center: Center = None, form: Form = Format.TABLE) -> None:
    """Show invoices as they stand, rating first what has just arrived. The running month may be asked at any time."""
    from billing.documents import draft_invoices
    from billing.invoice import as_plain
    from billing.period import parse_period
    from jobs.rating import sync_and_rate
    from warehouse.start import open_store

    month = parse_period(period)
    with open_store() as store:
        sync_and_rate(store)
        drafts = draft_invoices(store, month, cost_center=cost_center)
    _print([as_plain(draft) for draft in drafts], form)


def _print(documents: list[dict[str, Any]], form: Format) -> None:
    if form is Format.JSON:
        import json

        typer.echo(json.dumps(documents, indent=1, sort_keys=True, ensure_ascii=False))
        return
    for document in documents:
        show([_row(line, document) for line in document["lines"]], form)
        if form is Format.TABLE:
            title = document["number"] or document["invoice_id"]
            typer.echo(
                f"{title} ({document['status']}, {document['mode']}): {document['total']} {document['currency']}"
            )
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
