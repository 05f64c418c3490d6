"""``farthing trace``: from an id down to the raw events, sums beside each other at every step."""

from __future__ import annotations

from typing import Annotated

import typer

from jobs.output import Format, plain, show

# What a narrow terminal does without, first to last.
_SPARE = (
    *("source", "attribution_rule", "received_at", "list_cost", "effective_cost", "charge_period_end", "footnote"),
    *("billing_currency", "allocated_resource_id", "allocated_method_id", "lifecycle", "environment", "line_id"),
    *("cost_center", "team_id", "resource_id", "meter", "events", "event_count", "quantity", "consumed_quantity"),
)


def trace(
    name: Annotated[str, typer.Argument(metavar="ID", help="Invoice, line, charge, event, app or resource.")],
    prices_as_of: Annotated[
        str | None, typer.Option(help="What would it cost under the prices of a day or time, such as 2026-01-01?")
    ] = None,
    allocation: Annotated[
        str | None, typer.Option(help="What would the app bear under another rule, such as even?")
    ] = None,
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Show what is behind an id: invoice, lines, charges, raw events. Exit code 1 if the sums of two steps differ."""
    from jobs.trace import trace as trace_id
    from warehouse.start import open_store

    with open_store() as store:
        steps = trace_id(store, name, prices_as_of=prices_as_of, allocation=allocation)
    shown = []
    for step in steps:
        said = {
            "step": step.name,
            "what": step.said,
            "amount": step.amount,
            "quantity": step.quantity,
            "events": step.events,
        }
        equal = {None: "", True: "equal to the step above", False: "DIFFERS from the step above"}[step.agrees]
        shown.append(said | {"sum": equal})
        if form is Format.JSON:
            shown[-1]["rows"] = [{key: plain(value) for key, value in row.items()} for row in step.rows]
    show(shown, form, spare=_SPARE)
    if form is Format.TABLE:
        for step in steps:
            if step.rows:
                typer.echo(f"{step.name}:")
                show(step.rows, form, spare=_SPARE)
    if any(step.agrees is False for step in steps):
        raise typer.Exit(1)
