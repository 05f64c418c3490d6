"""Shared costs under other methods: what is compared, how it looks beside today's rules, and its adoption."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from billing.allocation import bases_in_use
from billing.footnotes import how_shared
from billing.period import Period, parse_period
from metrics.methods import BASES, Method, parse_method
from queries.activity import activity
from queries.allocation_comparison import allocation_comparison
from queries.pool_periods import PERIOD
from queries.pools import pools
from ui.asked import say_unknown
from ui.formats import moment, money
from ui.session import ask, store
from ui.words import amount, escaped
from warehouse.histories import FOREVER

TODAY = "today"
OFFERED = (
    "even",
    "proportional:effective_cost",
    "proportional:requests",
    "proportional:tokens",
    "proportional:event_count",
    "proportional:active_hours",
    "direct",
)
START = ["even", "proportional:effective_cost"]
MOST = 6  # methods at once: each has a color
BY = {"team_id": "Team", "app_id": "App", "cost_center": "Cost center"}
DRAWN = 15  # names in the chart
_TABLES = ("charges", "lifecycle", "apps", "teams", "allocation_rules")
_BASES = ["effective_cost", *(name for name in BASES if name != "effective_cost")]
_FOUR = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which pools of a month are split, by which methods, for whom."""

    month: Period
    cost_types: list[str] | None
    methods: list[str]
    by: str

    @property
    def inside(self) -> dict[str, Any]:
        return {"start": self.month.start, "end": self.month.end, "cost_types": self.cost_types}

    def pools(self) -> pa.Table:
        """Return the pools, with the rule in force for each."""
        return ask(pools, "charges", "allocation_rules", **self.inside)

    def compared(self) -> pa.Table:
        """Return what each method gives to whom, beside today's rules."""
        needed = bases_in_use(store(), [parse_method(text) for text in self.methods])
        options = {"methods": self.methods, "by": self.by, "bases": needed}
        return ask(allocation_comparison, *_TABLES, **options, **self.inside)


def pick(month: Period) -> Asked | None:
    """Draw the pickers; ``?pool=&method=&by=&floor=&basis=``. None if there is no shared cost, or a method is wrong."""
    inside = {"start": month.start, "end": month.end}
    there = sorted(set(ask(pools, "charges", "allocation_rules", **inside)["cost_type"].to_pylist()))
    if not there:
        st.info("No shared cost begins in this month: every platform cost names its app.", icon=":material/call_split:")
        return None
    known = [name for name in st.query_params.get_all("pool") if name in there]
    say_unknown("pool", "the pool", there, instead=", ".join(known) or "every pool")
    say_unknown("basis", "the basis", _BASES, instead=_BASES[0])
    say_unknown("by", "amounts for each", BY, shown=BY.__getitem__, instead=BY["team_id"])
    say_unknown("floor", "the floor", range(101), instead="0")
    with st.container(border=True):
        left, right = st.columns(2)
        types = left.multiselect("Pools", there, key="pool", bind="query-params", placeholder="All shared costs")
        methods = right.multiselect(
            "Methods",
            list(dict.fromkeys([*OFFERED, *st.session_state.get("method", [])])),
            START,
            key="method",
            bind="query-params",
            max_selections=MOST - 1,
            accept_new_options=True,
            help="Or type one: floor:0.5:requests, fixed:app-a=0.6,app-b=0.4, hybrid:support=even. docs/allocation.md",
        )
        left, middle, right = st.columns([2, 1, 1])
        floor = left.slider(
            "Floor for every active app of every pool, as part of the largest pool's even share",
            0,
            100,
            0,
            5,
            format="%d%%",
            key="floor",
            bind="query-params",
            help="One amount for all pools, as a rule has it. A pool that is less than its floors is split evenly; at "
            "100 % every pool is. 0 % leaves floor + share out of the comparison.",
        )
        basis = middle.selectbox("Rest in proportion to", _BASES, key="basis", bind="query-params")
        by = right.selectbox("For each", list(BY), format_func=BY.__getitem__, key="by", bind="query-params")
    asked = Asked(month=month, cost_types=types or None, methods=list(methods) or START, by=by)
    try:
        for text in asked.methods:
            parse_method(text)
    except (KeyError, ValueError) as error:
        st.error(f"A method cannot be read: {error.args[0]}", icon=":material/rule:")
        return None
    if floor:
        amount_of_floor = (_largest_even_share(asked) * floor / 100).quantize(_FOUR, ROUND_CEILING)
        asked.methods.append(f"floor:{amount_of_floor}:{basis}")
    return asked


def table_of(asked: Asked, compared: pa.Table) -> pa.Table:
    """Return one row for each team or app: today's amount, then each method's with its difference."""
    rows: dict[str, dict[str, Any]] = {}
    for row in compared.to_pylist():
        record = rows.setdefault(row[asked.by], {asked.by: row[asked.by], TODAY: row["todays_cost"]})
        record |= {row["method"]: row["effective_cost"], _change(row["method"]): row["change"]}
    costs = [TODAY, *(name for method in asked.methods for name in (method, _change(method)))]
    kinds = [(asked.by, pa.string()), *((name, pa.decimal256(76, 21)) for name in costs)]
    return pa.Table.from_pylist(list(rows.values()), schema=pa.schema(kinds))


def columns(asked: Asked) -> dict[str, Any]:
    """Return the columns of that table."""
    found: dict[str, Any] = {asked.by: st.column_config.TextColumn(BY[asked.by], pinned=True), TODAY: money("Today")}
    for method in asked.methods:
        found[method] = money(method)
        found[_change(method)] = money("± today", help=f"{method} minus today's rules.")
    return found


def dots_of(asked: Asked, compared: pa.Table) -> pa.Table:
    """Return the amounts as a chart draws them: one row for each method and name, the names that change most."""
    rows = compared.to_pylist()
    largest: dict[str, Decimal] = {}
    for row in rows:
        size = max(abs(row["change"]), largest.get(row[asked.by], Decimal(0)))
        largest[row[asked.by]] = size
    drawn = set(sorted(largest, key=lambda name: (-largest[name], name))[:DRAWN])
    told = []
    for row in rows:
        if row[asked.by] not in drawn:
            continue
        if row["method_number"] == 1:
            told.append({"name": row[asked.by], "method": TODAY, "cost": float(row["todays_cost"])})
        told.append({"name": row[asked.by], "method": row["method"], "cost": float(row["effective_cost"])})
    return pa.Table.from_pylist(told)


def movers(asked: Asked, compared: pa.Table) -> list[tuple[str, str]]:
    """Return for each method a sentence on who would bear most less and most more. Markdown."""
    said = []
    for method in asked.methods:
        rows = [row for row in compared.to_pylist() if row["method"] == method]
        gains, loses = min(rows, key=lambda row: row["change"]), max(rows, key=lambda row: row["change"])
        if not gains["change"] and not loses["change"]:
            said.append((method, "Nobody would bear another amount than today."))
            continue
        less = f"**{escaped(gains[asked.by])}** gains most: {amount(gains['change'], signed=True)}"
        more = f"**{escaped(loses[asked.by])}** loses most: {amount(loses['change'], signed=True)}"
        said.append((method, f"{less}; {more}".replace("$", "\\$")))
    return said


def todays_rules(held: pa.Table) -> list[str]:
    """Return how today's rules split the pools: one sentence for each cost type. Markdown."""
    told = {row["cost_type"]: how_shared(row["method"], row["basis"], row["floor"]) for row in held.to_pylist()}
    return [f"**{escaped(name)}** {escaped(how)}" for name, how in sorted(told.items())]


def rule_columns() -> dict[str, Any]:
    """Return the columns of the list of rules."""
    return {
        "cost_type": "Shared cost",
        "rule_id": "Rule",
        "valid_from": moment("From (UTC)"),
        "valid_to": "To (UTC)",
        "owner": "Owner",
        "footnote": st.column_config.TextColumn("Footnote", width="large"),
        "recorded_by": "Recorded by",
    }


def rules_of(held: pa.Table) -> pa.Table:
    """Return the list of rules as it is shown: a rule that nothing ends is open."""
    ends = [f"{end:%Y-%m-%d %H:%M}" if end < FOREVER else "open" for end in held["valid_to"].to_pylist()]
    return held.set_column(held.schema.get_field_index("valid_to"), "valid_to", pa.array(ends, pa.string()))


def total_of(held: pa.Table) -> Decimal:
    """Return what pools come to."""
    return sum(held["pool"].to_pylist(), Decimal(0))


def month_named(name: str) -> Period:
    """Return a month by its name: 2026-11."""
    return parse_period(name)


def footnote_of(text: str) -> str:
    """Return what an invoice would print beside a cost split by a method."""
    return "; ".join(_described(name, part) for name, part in _parts(parse_method(text)).items()) + "."


def _largest_even_share(asked: Asked) -> Decimal:
    """What the slider's hundred percent is: with this floor nothing is left of any pool, so all are split evenly."""
    named = ("charges", "lifecycle", "apps", "teams")
    active = ask(activity, *named, **asked.inside, bases=["effective_cost"])
    heads = Counter(zip(*(active[name].to_pylist() for name in PERIOD), strict=True))
    even = [abs(row["pool"]) / heads[period] for row in asked.pools().to_pylist() if heads[period := _period(row)]]
    return max(even, default=Decimal(0))


def _period(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in PERIOD)


def _parts(method: Method) -> dict[str, Method]:
    return dict(method.parts) or {"": method}


def _described(cost_type: str, method: Method) -> str:
    what = f"Shared cost '{cost_type}'" if cost_type else "Shared cost"
    told = f"{what} {how_shared(method.name, method.basis, method.floor)}"
    shares = ", ".join(f"{app} {weight:f}" for app, weight in method.weights.items())
    return f"{told} ({shares})" if shares else told


def _change(method: str) -> str:
    return f"{method} - {TODAY}"
