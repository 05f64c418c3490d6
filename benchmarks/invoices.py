"""How long do a draft, a closing and a trace take on a month of usage with shared costs?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from benchmarks.platform import START
from benchmarks.report import Line
from benchmarks.timing import Spent, p50, p95, spent
from billing.documents import draft_invoices
from billing.issue import issue
from billing.period import Period, period_of
from jobs.asked_charges import answer_about
from jobs.behind import usage_behind
from jobs.closing import close
from jobs.rate import rate
from jobs.verify import verify
from metering.decode import decode_events
from metering.door import admit, history_terms
from metrics.lines import LINE_KEY
from queries.traced_charges import traced_charges
from warehouse.connect import Store
from warehouse.histories import record

ROUNDS = 5
TRACED = 40
TRACE_LIMIT_MS = 300
_RULE = {"basis": "", "floor": Decimal(0), "weights": {}, "footnote": "as agreed", "owner": "benchmark"}
RULES = (
    {**_RULE, "cost_type": "billed_even", "rule_id": "even", "method": "even"},
    {**_RULE, "cost_type": "billed_spent", "rule_id": "spent", "method": "proportional", "basis": "effective_cost"},
    {**_RULE, "cost_type": "billed_floor", "rule_id": "floor", "method": "floor_plus_share", "basis": "effective_cost",
     "floor": Decimal("0.0005")},
)  # fmt: skip


def measure(store: Store, *, days: int) -> list[Line]:
    """Draft, close, verify and trace the month that the benchmark's usage begins in."""
    month = period_of(START)
    _begin(store, days)
    first = spent(lambda: draft_invoices(store, month))
    center = first.result[0].cost_center
    one = [spent(lambda: draft_invoices(store, month, cost_center=center)) for _ in range(ROUNDS)]
    drafts = [spent(lambda: draft_invoices(store, month)) for _ in range(ROUNDS)]
    closing = spent(lambda: close(store, month, by="benchmark", reason="benchmark", now=datetime.now(UTC) + _LATER))
    issuing = spent(lambda: issue(store, month, by="benchmark"))
    verified = spent(lambda: verify(store, issuing.result[0]))
    if not verified.result.is_equal:
        raise RuntimeError(f"an invoice just issued does not verify: {verified.result.summary}")
    lines = sum(len(invoice.lines) for invoice in drafts[0].result)
    return [
        Line("draft of one cost center", _figures(one)),
        Line(
            f"draft of all {len(drafts[0].result)} ({lines:,} lines)",
            f"{_figures(drafts)}; the first one {first.wall:.2f} s",
        ),
        Line("close the month, checklist included", _figures([closing])),
        Line(f"issue {len(issuing.result)} invoices", _figures([issuing])),
        Line("verify one from its raw events", _figures([verified])),
        *_traces(store, month),
    ]


_LATER = timedelta(days=366)  # a rehearsal: the month is over by then


@dataclass(frozen=True, slots=True)
class _Steps:
    """The steps of a trace: a line's charges, the events of one of them, and all the events of the line."""

    charges: Spent
    of_charge: Spent
    of_line: Spent


def _begin(store: Store, days: int) -> None:
    """A shared cost of each kind a day; the month is open again if an earlier run closed it."""
    for frozen in ("closings", "pinned_generations", "billed_lines", "issued_invoices"):
        store.command(f"TRUNCATE TABLE {frozen}")
    record(store, "allocation_rules", RULES, by="benchmark")
    costs = (
        {"type": "platform_cost", "source": "benchmark", "event_id": f"{rule['cost_type']}-{day}",
         "period_start": (START + timedelta(days=day)).isoformat(),
         "period_end": (START + timedelta(days=day + 1)).isoformat(),
         "cost_type": rule["cost_type"], "amount": "123.456789", "currency": "USD"}
        for day in range(days)
        for rule in RULES
    )  # fmt: skip
    for name, staged in decode_events(costs).items():
        admit(store, name, staged, history_terms("benchmark"))
    rate(store)


def _traces(store: Store, month: Period) -> list[Line]:
    """Any lines, whatever their size: in the order of their ids, which are hashes."""
    rows = store.rows(
        "SELECT * FROM invoice_lines WHERE billing_period = {month:Date} AND line_kind = 'usage' "
        f"ORDER BY line_id LIMIT {TRACED}",
        {"month": month.first},
    )
    _trace(store, month, rows[0])  # compiles what is the same for all of them
    steps = [_trace(store, month, row) for row in rows]
    largest = max(row["event_count"] for row in rows)
    return [
        _traced(f"trace a line to its charges, {len(rows)} lines", steps, lambda one: one.charges),
        _traced("  a charge to its raw events", steps, lambda one: one.of_charge),
        _traced(f"  a line to its raw events, of {largest:,} at most", steps, lambda one: one.of_line),
    ]


def _trace(store: Store, month: Period, row: dict[str, Any]) -> _Steps:
    at = store.scalar("SELECT min(closed_at) FROM closings").replace(tzinfo=UTC)
    asked: dict[str, Any] = {"start": month.start, "end": month.end, "line": {name: row[name] for name in LINE_KEY}}
    charges = spent(lambda: answer_about(store, traced_charges, at=at, **asked).to_pylist())
    charge = charges.result[0]
    hour = charge["charge_period_start"]
    where = {"resource_id": [charge["resource_id"]], "sku_id": [charge["sku_id"]]}
    inside = {**asked, "start": hour, "end": hour + timedelta(hours=1), "where": where}
    of_charge = spent(lambda: usage_behind(store, at=at, **inside))
    of_line = spent(lambda: usage_behind(store, at=at, **asked))
    if (found := of_line.result["all_events"][0].as_py()) != row["event_count"]:
        raise RuntimeError(f"line {row['line_id']} has {row['event_count']} events, {found} are traced")
    return _Steps(charges, of_charge, of_line)


def _traced(what: str, steps: list[_Steps], step: Callable[[_Steps], Spent]) -> Line:
    walls = [step(one).wall * 1000 for one in steps]
    work = p50([step(one).cpu * 1000 for one in steps])
    figures = f"p50 {p50(walls):.0f} ms, p95 {p95(walls):.0f} ms (cpu p50 {work:.0f} ms)"
    return Line(what, figures, f"p95 <= {TRACE_LIMIT_MS} ms", p95(walls) <= TRACE_LIMIT_MS)


def _figures(runs: list[Spent]) -> str:
    return f"{p50([done.wall for done in runs]):.2f} s (cpu {p50([done.cpu for done in runs]):.2f} s)"
