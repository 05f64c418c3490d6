"""``farthing query``: ask any question of ``queries/`` from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobs.output import Format, show

if TYPE_CHECKING:
    from jobs.questions import Question


def query(
    name: Annotated[str | None, typer.Argument(help="The question; --list shows all of them.")] = None,
    start: Annotated[str | None, typer.Option(metavar="TIME", help="From this day or time on (UTC).")] = None,
    end: Annotated[str | None, typer.Option(metavar="TIME", help="Up to, not including, this day or time.")] = None,
    by: Annotated[list[str] | None, typer.Option(metavar="DIMENSION", help="Split by it; repeat for more.")] = None,
    measure: Annotated[list[str] | None, typer.Option(metavar="MEASURE", help="Repeat for more.")] = None,
    where: Annotated[list[str] | None, typer.Option(metavar="DIMENSION=VALUE", help="Repeat for more.")] = None,
    grain: Annotated[str | None, typer.Option(metavar="hour|day|week|month")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="TIME", help="Now, if not given.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many rows.")] = None,
    option: Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help="Any other option of it.")] = None,
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    show_list: Annotated[bool, typer.Option("--list", help="List the questions and their options.")] = False,
    show_sql: Annotated[bool, typer.Option("--sql", help="Print the SQL instead of asking it.")] = False,
) -> None:
    """Ask a question of the store. Decimals are exact, times are UTC."""
    from jobs.questions import all_questions, parse_where, question
    from warehouse.start import open_store
    from warehouse.tables import to_sql

    if show_list or name is None:
        show([_entry(one) for one in all_questions()], form)
        return
    asked = question(name)
    given = {"start": start, "end": end, "grain": grain, "as_of": as_of}
    texts = {key: [text] for key, text in given.items() if text is not None}
    texts |= {key: given_all for key, given_all in (("by", by), ("measures", measure), ("where", where)) if given_all}
    texts |= parse_where(option or [])
    options = _options(asked, texts)
    if limit is not None and "limit" in asked.options:
        options["limit"] = limit
    answer = asked.ask(options)
    if limit is not None:
        answer = answer.limit(limit)
    if show_sql:
        typer.echo(to_sql(answer))
        return
    with open_store() as store:
        show(store.rows(answer), form)


def _options(asked: Question, texts: dict[str, list[str]]) -> dict[str, Any]:
    """Parse what was written, and fill in what goes without saying: now, and the period before."""
    from datetime import UTC, datetime

    from jobs.questions import parse_option

    options = {name: parse_option(name, asked.options.get(name, str), written) for name, written in texts.items()}
    if "as_of" in asked.required:
        options.setdefault("as_of", datetime.now(UTC))
    if "previous_start" in asked.required and {"start", "end"} <= options.keys():
        options.setdefault("previous_end", options["start"])
        options.setdefault("previous_start", options["previous_end"] - (options["end"] - options["start"]))
    return options


def _entry(asked: Question) -> dict[str, str]:
    names = [f"{name}*" if name in asked.required else name for name in asked.options]
    return {
        "question": asked.name,
        "asks": asked.summary,
        "options (* needed)": ", ".join(names),
        "tables": ", ".join(asked.tables),
    }
