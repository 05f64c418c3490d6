"""Questions about traced charges, compiled once: the period, the names and the line are said when they are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from metrics.catalog import dimension
from queries.chosen import Where
from warehouse.connect import Store
from warehouse.known import instant_sql
from warehouse.parameters import parameter, to_asked_sql
from warehouse.tables import table

Rows = Callable[[str], ir.Table]  # a table by its name: whoever may not see all charges gives fewer
_LINE = (
    *("cost_center", "team_id", "app_id", "environment", "sku_id", "meter", "service_name", "sku_price_id"),
    *("pricing_unit", "discount_rule_id", "markup_rule_id", "unit", "list_unit_price", "pricing_block"),
)
_TYPES = {"list_unit_price": "decimal(38, 12)", "pricing_block": "uint64", "pools": "array<string>"}
_INSTANT = "timestamp('UTC', 3)"


def answer_about(
    store: Store, question: Callable[..., ir.Table], *, at: datetime | None = None, rows: Rows = table, **asked: Any
) -> pa.Table:
    """Return what a question that takes the options of ``traced`` says about the charges of a trace.

    ``at`` takes charges as they were billed then; ``asked`` are options of ``traced`` and of the question.
    """
    sql, said = asked_about(question, rows=rows, **asked)
    known = billed_then(at)
    return store.arrow(f"WITH {known} SELECT * FROM ({sql})" if known else sql, said)


def billed_then(at: datetime | None) -> str:
    """Return the clause that makes ``charges`` those billed by a moment (``queries.billed_then``), '' without one."""
    if at is None:
        return ""
    pins = (
        "SELECT charge_date, argMax(generation, closed_at) FROM period_closings "
        f"WHERE closed_at <= {instant_sql(at)} GROUP BY charge_date"
    )
    # A condition on the key of its parts: the engine has them at once.
    return f"charges AS (SELECT * FROM rated_charges WHERE (charge_date, generation) IN ({pins}))"


def asked_about(
    question: Callable[..., ir.Table],
    *,
    rows: Rows,
    start: datetime,
    end: datetime,
    where: Where | None = None,
    line: Mapping[str, Any] | None = None,
    **options: Any,
) -> tuple[str, dict[str, Any]]:
    """Return the SQL of a question about traced charges, and what it is to be asked with."""
    said: dict[str, Any] = {"first": start.date(), "last": (end - timedelta(microseconds=1)).date()}
    said |= {name: instant(bound) for name, bound in (("start", start), ("end", end))}
    texts, fixed = [], []
    for name, values in sorted((where or {}).items()):
        if not values:
            raise ValueError(f"where {name}: no values; leave the dimension out to keep all of them")
        if name == "billing_currency" or not dimension(name).expr(table("charges")).type().is_string():
            fixed.append((name, tuple(values)))
        else:
            texts.append(name)
            said[f"only_{name}"] = [str(value) for value in values]
    kind = None
    if line is not None:
        names = ("sku_id", "pools") if line["line_kind"] == "allocated" else _LINE
        held = [name for name in names if line.get(name) is not None]
        said |= {f"of_{name}": str(line[name]) if name == "list_unit_price" else line[name] for name in held}
        kind = (line["line_kind"], bool(line["attribution_rule_is_default"]), tuple(held))
    own = tuple(sorted(options.items()))
    return _compiled(question, rows("charges").op(), tuple(texts), tuple(fixed), kind, own), said


def instant(moment: datetime) -> str:
    """Return an instant as a parameter says it, to the millisecond."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"[:-3]


def within(time: ir.TimestampValue) -> tuple[ir.BooleanValue, ir.BooleanValue]:
    """Return that a time is inside the period that is said."""
    return time >= parameter("start", _INSTANT), time < parameter("end", _INSTANT)


@lru_cache(maxsize=256)
def _compiled(
    question: Callable[..., ir.Table],
    charges: ops.Node,
    texts: tuple[str, ...],
    fixed: tuple[tuple[str, tuple[Any, ...]], ...],
    kind: tuple[str, bool, tuple[str, ...]] | None,
    options: tuple[tuple[str, Any], ...],
) -> str:
    known = charges.to_expr()
    is_on = (known.charge_date >= parameter("first", "date"), known.charge_date <= parameter("last", "date"))
    named = (parameter(f"only_{name}", "array<string>").contains(dimension(name).expr(known)) for name in texts)
    held = known.filter(*is_on, *within(known.charge_period_start), *named)
    line: dict[str, Any] | None = None
    if kind is not None:
        line = {"line_kind": kind[0], "attribution_rule_is_default": kind[1], "list_unit_price": None}
        line |= {name: parameter(f"of_{name}", _TYPES.get(name, "string")) for name in kind[2]}
    return to_asked_sql(question(held, start=None, end=None, where=dict(fixed), line=line, **dict(options)))
