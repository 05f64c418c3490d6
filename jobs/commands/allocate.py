"""``farthing allocate``: compare methods for shared costs, adopt one from a day on, list the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobs.output import Format, show

if TYPE_CHECKING:
    from warehouse.connect import Store

allocate = typer.Typer(help="Shared costs: compare methods, adopt one, list the rules.", no_args_is_help=True)

Form = Annotated[Format, typer.Option("--format")]
METHODS = "direct, even, proportional:BASIS, floor:AMOUNT:BASIS, fixed:APP=SHARE,…, hybrid:COST_TYPE=METHOD,…"
# What a narrow table does without, first to last.
_SPARE = ("decided_at", "proposed_at", "reason", "owner", "recorded_by", "footnote", "valid_to", "decided_by")
COLUMNS = ("team_id", "app_id", "cost_center", "environment", "lifecycle")


@allocate.command()
def compare(
    period: Annotated[str, typer.Option(metavar="YYYY-MM", help="The month (UTC) whose pools are compared.")],
    method: Annotated[list[str], typer.Option(metavar="METHOD", help=f"{METHODS}. Repeat for more.")],
    pool: Annotated[list[str] | None, typer.Option(metavar="COST_TYPE", help="All, if not given.")] = None,
    by: Annotated[str, typer.Option(help=f"{', '.join(COLUMNS)}.")] = "team_id",
    form: Form = Format.TABLE,
) -> None:
    """Split the month's pools by several methods, side by side with today's rules. Changes nothing."""
    from billing.period import parse_period
    from metrics.methods import parse_method
    from warehouse.start import open_store

    month = parse_period(period)
    if by not in COLUMNS:
        from metrics.catalog import unknown

        raise unknown("column", by, dict.fromkeys(COLUMNS))
    for text in method:
        parse_method(text)
    with open_store() as store:
        rows = _compared(store, method, {"start": month.start, "end": month.end, "cost_types": pool or None, "by": by})
        if not rows:
            raise ValueError(_no_pools(store, period, pool or []))
        named = {*(pool or []), *(part for text in method for part in parse_method(text).parts)}
        if strange := _unknown(named, _shared(store, start=month.start, end=month.end)):
            raise ValueError(_no_pools(store, period, strange))
    show(side_by_side(rows, by, method), form)
    todays = sum((row["todays_cost"] for row in rows if row["method_number"] == 1), start=0)
    typer.echo(f"every column sums to the pools: {todays.normalize():f}", err=True)


@allocate.command()
def adopt(
    method: Annotated[str, typer.Option(metavar="METHOD", help=METHODS)],
    starts: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day (UTC); not in the past.")],
    footnote: Annotated[str, typer.Option(help="What invoices print beside what the rule splits.")],
    by: Annotated[str, typer.Option(help="Who adopts it.")],
    pool: Annotated[str, typer.Option(metavar="COST_TYPE", help="'*': every type without a rule of its own.")] = "*",
    owner: Annotated[str, typer.Option(help="Who answers for the rule; --by, if not given.")] = "",
    form: Form = Format.TABLE,
) -> None:
    """Split a cost type by a method from a day on. The past keeps the rules it was split by.

    Where cost centers are charged this proposes the rule, and a second person adopts it.
    """
    from billing.allocation import adopt as adopt_rule
    from billing.allocation import charged_centers
    from billing.proposals import proposals as proposed
    from billing.proposals import propose
    from metrics.methods import parse_method
    from queries.allocation_rule_list import allocation_rule_list
    from warehouse.start import open_store
    from warehouse.tables import table

    chosen = parse_method(method)
    with open_store() as store:
        for name in _unknown(chosen.parts or {pool}, there := _shared(store)):
            typer.echo(
                f"no shared cost {name!r} has come yet; there are {', '.join(there) or 'none at all'}. "
                "If it is no slip, the rule waits for it",
                err=True,
            )
        if paying := charged_centers(store, starts.date()):
            proposal = propose(store, [pool], chosen, starts.date(), by=by, footnote=footnote, owner=owner)
            typer.echo(
                f"{', '.join(paying)} {'is' if len(paying) == 1 else 'are'} charged: a second person adopts it with "
                f"`farthing allocate approve {proposal} --by NAME`",
                err=True,
            )
            return show(proposed(store, state="proposed"), form, spare=_SPARE)
        adopt_rule(store, [pool], chosen, starts.date(), by=by, footnote=footnote, owner=owner)
        found = store.rows(allocation_rule_list(table("allocation_rules")))
    return show(
        [_listed(rule) for rule in found if rule["cost_type"] in (chosen.parts or {pool: chosen})], form, spare=_SPARE
    )


@allocate.command()
def approve(
    proposal: Annotated[str, typer.Argument(metavar="PROPOSAL")],
    by: Annotated[str, typer.Option(help="Who adopts it: not who proposed it.")],
) -> None:
    """Adopt a rule that somebody else proposed."""
    from billing.proposals import adopt_proposal
    from warehouse.start import open_store

    with open_store() as store:
        adopt_proposal(store, proposal, by=by)
    typer.echo(f"{proposal} is adopted; `farthing allocate rules` shows it")


@allocate.command()
def reject(
    proposal: Annotated[str, typer.Argument(metavar="PROPOSAL")],
    by: Annotated[str, typer.Option(help="Who turns it down; who proposed it withdraws it.")],
    reason: Annotated[str, typer.Option(help="Why, for whoever proposed it.")] = "",
) -> None:
    """Turn a proposed rule down; said by who proposed it, withdraw it."""
    from billing.people import is_same
    from billing.proposals import proposals as proposed
    from billing.proposals import reject as turn_down
    from billing.proposals import withdraw
    from warehouse.start import open_store

    with open_store() as store:
        if any(one["proposal_id"] == proposal and is_same(one["proposed_by"], by) for one in proposed(store)):
            withdraw(store, proposal, by=by)
            typer.echo(f"{proposal} is withdrawn")
        else:
            turn_down(store, proposal, by=by, reason=reason)
            typer.echo(f"{proposal} is rejected")


@allocate.command()
def proposals(form: Form = Format.TABLE) -> None:
    """List the rules that were proposed, and what became of them."""
    from billing.proposals import proposals as proposed
    from warehouse.start import open_store

    with open_store() as store:
        found = proposed(store)
    show(found, form, spare=_SPARE)


@allocate.command()
def rules(form: Form = Format.TABLE) -> None:
    """List every rule that was, is or will be in force, after reading config/allocation.yml."""
    from billing.allocation import sync_allocation
    from queries.allocation_rule_list import allocation_rule_list
    from warehouse.start import open_store
    from warehouse.tables import table

    with open_store() as store:
        sync_allocation(store)
        found = store.rows(allocation_rule_list(table("allocation_rules")))
    show([_listed(rule) for rule in found], form, spare=_SPARE)


def side_by_side(rows: list[dict[str, Any]], by: str, methods: list[str]) -> list[dict[str, Any]]:
    """Return one record for each value of ``by``: today's cost, then cost and change under each method."""
    records: dict[str, dict[str, Any]] = {}
    for row in rows:
        record = records.setdefault(row[by], {by: row[by], "today": row["todays_cost"]})
        name = methods[row["method_number"] - 1]
        record |= {name: row["effective_cost"], f"{name} - today": row["change"]}
    return list(records.values())


def _compared(store: Store, methods: list[str], options: dict[str, Any]) -> list[dict[str, Any]]:
    from billing.allocation import bases_in_use, sync_allocation
    from metrics.methods import parse_method
    from queries.allocation_comparison import allocation_comparison
    from warehouse.tables import table

    sync_allocation(store)
    tables = [table(name) for name in ("charges", "lifecycle", "apps", "teams", "allocation_rules")]
    bases = bases_in_use(store, [parse_method(text) for text in methods])
    return store.rows(allocation_comparison(*tables, methods=methods, bases=bases, **options))


def _shared(store: Store, **month: datetime) -> list[str]:
    """Return the types of the shared costs that there are, or that begin in a month."""
    from queries.pools import pools
    from warehouse.tables import table

    return sorted({row["cost_type"] for row in store.rows(pools(table("charges"), table("allocation_rules"), **month))})


def _unknown(named: Iterable[str], there: Sequence[str]) -> list[str]:
    from metrics.methods import EVERY_TYPE

    return sorted(set(named) - {EVERY_TYPE, *there})


def _no_pools(store: Store, period: str, asked: list[str]) -> str:
    there = _shared(store)
    what = f"of {', '.join(map(repr, asked))} " if asked else ""
    return f"no platform cost {what}begins in {period} without an app; there are {', '.join(there) or 'none at all'}"


def _listed(rule: dict[str, Any]) -> dict[str, Any]:
    ends = rule["valid_to"]
    return {**rule, "valid_to": "for ever" if ends.year >= 2200 else ends}
