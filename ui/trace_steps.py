"""The steps of a trace, from a line down to raw events: each holds the one below, and it is shown to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from config.settings import settings
from queries.costed_events import COSTS
from ui.formats import count
from ui.invoices import Bill
from ui.trail import Trail
from ui.words import digits, escaped

TRACED = 1_000_000  # events at most
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step and what it adds up to; None is not said. ``is_apart``: it is not what the step above is."""

    name: str
    rows: int | None = None
    events: int | None = None
    quantity: Decimal | None = None
    costs: tuple[Decimal | None, Decimal | None, Decimal | None] = (None, None, None)
    is_apart: bool = False

    @property
    def billed(self) -> Decimal | None:
        """What is billed."""
        return self.costs[-1]

    def differs_from(self, above: Step) -> list[str]:
        """Return what of it is not what the step above says, in words."""
        said = {"events": (self.events, above.events), "quantity": (self.quantity, above.quantity)}
        said |= {
            name.replace("_", " "): pair
            for name, pair in zip(COSTS, zip(self.costs, above.costs, strict=True), strict=True)
        }
        return [name for name, (own, other) in said.items() if None not in (own, other) and own != other]


def line_step(trail: Trail) -> list[Step]:
    """Return the step of the invoice line; nothing of what is no line."""
    line = trail.line
    if line is None:
        return []
    costs = (line["list_cost"], line["effective_cost"], line["amount"])
    return [Step(name="line", rows=1, events=line["event_count"], quantity=line["quantity"], costs=costs)]


def charge_step(trail: Trail, name: str = "charges", *, is_apart: bool = False) -> Step:
    """Return what charges add up to."""
    totals = trail.totals()
    return Step(
        name=name,
        rows=totals["charges"],
        events=totals["events"],
        quantity=totals["quantity"] if totals["units"] == 1 else None,
        costs=(totals["list_total"], totals["effective_total"], totals["billed_total"]),
        is_apart=is_apart,
    )


def event_step(usage: pa.Table | None, costs: pa.Table | None, name: str = "raw events", *, units: int = 1) -> Step:
    """Return what all raw events add up to: usage, platform costs, or both; a quantity only of one unit."""
    first = [rows.slice(0, 1).to_pylist()[0] for rows in (usage, costs) if rows is not None and rows.num_rows]
    events = sum(row["all_events"] for row in first)
    told = [sum((row[f"all_{cost}"] for row in first), _NOTHING) for cost in COSTS]
    is_one = units == 1 and len(first) == 1 and "all_quantity" in first[0]
    quantity = first[0]["all_quantity"] if is_one else None
    return Step(name=name, rows=events, events=events, quantity=quantity, costs=(told[0], told[1], told[2]))


def difference_step(one: Step, other: Step, name: str) -> Step:
    """Return one step less the other."""
    costs = [None if None in pair else pair[0] - pair[1] for pair in zip(one.costs, other.costs, strict=True)]
    quantity = None if None in (one.quantity, other.quantity) else one.quantity - other.quantity
    events = None if None in (one.events, other.events) else one.events - other.events
    return Step(name=name, events=events, quantity=quantity, costs=(costs[0], costs[1], costs[2]))


def show(steps: Sequence[Step], *, is_short: bool = False) -> None:
    """Show the steps, whether each is what the step above says, and the sums in one sentence; ``is_short``: only it."""
    rows, differing, compared = [], False, 0
    above: Step | None = None
    for step in steps:
        verdict = ""
        if above is not None and not step.is_apart:
            wrong = step.differs_from(above)
            compared += 1
            differing |= bool(wrong)
            verdict = f"differ: {', '.join(wrong)}" if wrong else "= equal"
        rows.append(_row(step, verdict))
        above = step
    if differing:
        st.badge("Sums differ", color="red", icon=":material/error:")
    elif compared:  # nothing was compared where there is one step only
        st.badge("Every sum is equal", color="green", icon=":material/check_circle:")
    if compared:
        st.markdown(equation(steps))
    if not is_short:
        _table(rows)


def show_invoice(bill: Bill) -> None:
    """Show an invoice beside its lines; of one that the viewer sees in part what these lines come to."""
    total = sum((Decimal(line["amount"]) for line in bill.lines), _NOTHING)
    lines = Step(name=f"{len(bill.lines):,} lines", costs=(None, None, total))
    if not bill.is_whole:
        st.markdown(equation([lines]))
        return
    show([Step(name=f"invoice {bill.name}", costs=(None, None, Decimal(bill.said["total"]))), lines], is_short=True)


def equation(steps: Sequence[Step]) -> str:
    """Return the billed sums of steps that are to be equal, to the last digit. Markdown."""
    chain: list[str] = []
    last: Decimal | None = None
    for step in steps:
        if step.billed is None:
            continue
        sign = "" if last is None else "  ·  " if step.is_apart else " = " if step.billed == last else " ≠ "
        chain.append(f"{sign}{escaped(step.name)} **{escaped(digits(step.billed))}**")
        last = step.billed
    return "".join(chain) + f" {settings().currency}"


def _row(step: Step, verdict: str) -> dict[str, Any]:
    name = step.name[:1].upper() + step.name[1:]
    amounts = dict(zip(COSTS, step.costs, strict=True))
    return {
        "step": name,
        "rows": step.rows,
        "events": step.events,
        "quantity": step.quantity,
        **amounts,
        "equal": verdict,
    }


def _table(rows: Sequence[dict[str, Any]]) -> None:
    said = {name: any(row[name] is not None for row in rows) for name in _STEPS.names}
    schema = pa.schema([field for field in _STEPS if said[field.name]])
    # A browser's numbers have 15 digits, an exact sum has more.
    rows = [{name: _written(name, value) for name, value in row.items()} for row in rows]
    st.dataframe(
        pa.Table.from_pylist([{name: row[name] for name in schema.names} for row in rows], schema=schema),
        hide_index=True,
        key="steps",
        placeholder="",
        column_config={
            "step": st.column_config.TextColumn("Step", pinned=True),
            "equal": st.column_config.TextColumn("Sums", width="small"),
            "billed_cost": st.column_config.TextColumn("Billed", alignment="right"),
            "effective_cost": st.column_config.TextColumn("Effective", alignment="right"),
            "list_cost": st.column_config.TextColumn("List", alignment="right"),
            "quantity": st.column_config.TextColumn("Quantity", alignment="right"),
            "events": count("Events"),
            "rows": count("Rows"),
        },
    )


def _written(name: str, value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    return digits(value).rstrip("0").rstrip(".") if name == "quantity" else digits(value)


_STEPS = pa.schema(
    [
        *((name, pa.string()) for name in ("step", "equal", "billed_cost", "effective_cost", "list_cost", "quantity")),
        *((name, pa.int64()) for name in ("events", "rows")),
    ]
)
