"""``farthing prices``: check the operator's prices before they count, and list what is in force."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from jobs.output import Format, show

prices = typer.Typer(help="The price book: check the operator's files, list what is in force.", no_args_is_help=True)

Form = Annotated[Format, typer.Option("--format")]
INSTANTS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"]


@prices.command()
def check(
    folder: Annotated[Path | None, typer.Option(help="Another folder than config/prices.")] = None,
    files_only: Annotated[bool, typer.Option("--files-only", help="Do not compare with the store.")] = False,
    golden: Annotated[Path | None, typer.Option(help="CSV of LLM usages whose cost is known: rate them too.")] = None,
    data: Annotated[Path | None, typer.Option(help="With --golden: the genai-prices data.json to price with.")] = None,
    form: Form = Format.TABLE,
) -> None:
    """Validate prices, rates and overrides, and show what the next rating would record. Exit code 1 on a violation."""
    from billing.dated_files import read_environments, read_rate_rules
    from billing.price_book import ConfigFiles

    files = ConfigFiles(prices=folder) if folder else ConfigFiles()
    if (golden is None) != (data is None):
        raise ValueError("--golden and --data go together: usages whose cost is known, and the prices it is known for")
    if golden is not None and data is not None:
        _check_golden(golden, data, form)
        return
    if files_only:
        from billing.price_files import read_price_files

        counts = len(read_price_files(files.prices)), len(read_rate_rules()), len(read_environments())
        typer.echo(f"{counts[0]} prices, {counts[1]} rate rules, {counts[2]} environment overrides: valid", err=True)
        return
    changes, problems, notices = _pending(files)
    show(changes, form)
    for notice in notices:
        typer.echo(f"note: {notice}", err=True)
    for problem in problems:
        typer.echo(f"farthing: {problem}", err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"valid; {len(changes)} rows would be recorded by the next farthing rate", err=True)


@prices.command("list")
def list_prices(
    sku: Annotated[str, typer.Option(help="Only SKUs whose id contains this, such as gpt-4o or /us-east-1.")] = "",
    at: Annotated[datetime | None, typer.Option(formats=INSTANTS, help="In force then, UTC; now by default.")] = None,
    form: Form = Format.TABLE,
) -> None:
    """List the prices in force at an instant, with who recorded them; JSON and CSV say on what evidence."""
    from queries.prices_in_force import prices_in_force
    from warehouse.start import open_store
    from warehouse.tables import table

    moment = at.replace(tzinfo=UTC) if at else datetime.now(UTC)
    with open_store() as store:
        found = store.rows(prices_in_force(table("prices"), at=moment, sku=sku))
    show([_listed(row) if form is Format.TABLE else row for row in found], form)


def _pending(files: Any) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    from billing.price_book import config_plans
    from warehouse.histories import HISTORIES
    from warehouse.start import open_store

    with open_store() as store:
        plans = config_plans(store, files)
    changes = []
    for planned in plans.values():
        kind = HISTORIES[planned.history]
        for change in planned.changes:
            row = change.row
            changes.append(
                {
                    "history": planned.history,
                    "change": change.kind,
                    "key": row[kind.key],
                    "says": _said(planned.history, row),
                    "valid_from": _instant(row["valid_from"]),
                    "valid_to": _instant(row["valid_to"]),
                }
            )
    problems = [problem for planned in plans.values() for problem in planned.problems]
    return changes, problems, [notice for planned in plans.values() for notice in planned.notices]


def _check_golden(golden: Path, data: Path, form: Format) -> None:
    from tempfile import TemporaryDirectory

    from config.settings import Settings
    from jobs.golden_prices import golden_costs
    from warehouse.start import open_store

    # A store of its own, thrown away: the check rates its usages as if they had happened.
    with TemporaryDirectory(prefix="farthing-golden-") as folder:
        with open_store(Settings(store=f"chdb://{folder}/store", backups=Path(folder) / "backups")) as store:
            costs = golden_costs(store, golden, data)
        exact = [cost for cost in costs if cost.is_exact]
    names = ("row", "provider", "model", "input_expected", "input_rated", "output_expected", "output_rated")
    differing = [cost for cost in costs if not cost.is_exact]
    show([{name: getattr(cost, name) for name in names} for cost in differing], form)
    typer.echo(f"{len(exact)} of {len(costs)} text-only usages priced exactly", err=True)
    if differing:
        raise typer.Exit(1)


def _listed(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "sku_id": row["sku_id"],
        "price": _said("prices", row),
        "valid_from": _instant(row["valid_from"]),
        "valid_to": _instant(row["valid_to"]),
        "recorded_by": row["recorded_by"],
    }


def _said(history: str, row: dict[str, Any]) -> str:
    if history == "environments":
        return str(row["cost_center"])
    if history == "tariffs":
        return f"{row['kind']}: {row['footnote']}"
    if history == "commitments":
        return f"{_number(row['units_per_hour'])} of {row['sku_id']} an hour for {_number(row['cost_per_hour'])}"
    if history == "rate_rules":
        names = ("lifecycle", "pricing_category", "meter", "cost_center", "app_id")
        scope = ", ".join(f"{name} {row[name]}" for name in names if row[name])
        return f"{row['kind']} {_number(row['rate'])}{f' where {scope}' if scope else ''}"
    tiers = "".join(
        f", above {start}: {_number(price)}"
        for start, price in zip(row["tier_starts"], row["tier_unit_prices"], strict=True)
    )
    return f"{_number(row['list_unit_price'])} / {row['pricing_unit']}{tiers}"


def _number(value: Any) -> str:
    return f"{value.normalize():f}"


def _instant(value: datetime) -> str:
    if value.year >= 2200:
        return "for ever"
    return f"{value:%Y-%m-%dT%H:%M:%SZ}".removesuffix("T00:00:00Z")
