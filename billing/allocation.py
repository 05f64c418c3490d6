"""The allocation rules: what the operator's file says, and what people adopt from a day on. One dated history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from billing.allocation_files import ALLOCATION, read_allocation_rules, rule_row
from billing.plans import held_rows, plan
from metrics.methods import EVERY_TYPE, Method
from warehouse.connect import Store
from warehouse.histories import FOREVER

HISTORY = "allocation_rules"
_FILE = "config/allocation"


def sync_allocation(store: Store, path: Path = ALLOCATION) -> int:
    """Record what ``config/allocation.yml`` says and return the rows appended.

    A rule that somebody adopted ends the file's from its day on; a later entry of the file ends the adopted one.

    Raises:
        ValueError: the file is unusable.
        EditRefusedError: it changed a rule that has started; nothing is written.

    """
    rows = [{**row, "recorded_by": _FILE} for row in read_allocation_rules(path)]
    with store.writing:
        recorded = store.rows(
            "SELECT DISTINCT cost_type FROM allocation_rule_records WHERE recorded_by = {file:String}", {"file": _FILE}
        )
        held = held_rows(store, HISTORY, {row["cost_type"] for row in [*rows, *recorded]})
        return plan(HISTORY, held, rows, owner=_FILE).carry_out(store, by=_FILE)


def adopt(
    store: Store,
    cost_type: str,
    method: Method,
    from_date: date,
    *,
    by: str,
    footnote: str,
    owner: str = "",
    now: datetime | None = None,
) -> int:
    """Let ``method`` split a cost type (or ``*``) from a day on, and return the rows appended.

    The rule in force ends there; the past keeps its own. A hybrid method is adopted for each of its cost types, and
    ``cost_type`` is then ``*``. ``owner`` answers for the rule; without one that is ``by``.

    Raises:
        ValueError: the day is before today (UTC), the footnote is empty, or the cost type contradicts a hybrid.
        EditRefusedError: another rule of the cost type starts on that very day and has started already.

    """
    moment = now or datetime.now(UTC)
    if from_date < moment.astimezone(UTC).date():
        raise ValueError(
            f"a rule cannot start on {from_date}: what is past keeps the rule it was split by; the first day that can "
            f"change is {moment.astimezone(UTC).date()}"
        )
    if not footnote.strip():
        raise ValueError("a rule needs a footnote: the sentence that invoices print beside what it splits")
    if method.parts and cost_type != EVERY_TYPE:
        raise ValueError(f"a hybrid method names its cost types itself; write '*' instead of {cost_type!r}")
    methods = method.parts or {cost_type: method}
    begins = datetime.combine(from_date, time(), UTC)
    rows = [
        {**rule_row(key, part, owner=owner or by, footnote=footnote.strip()), "recorded_by": by,
         "valid_from": begins, "valid_to": FOREVER}
        for key, part in methods.items()
    ]  # fmt: skip
    with store.writing:
        return plan(HISTORY, held_rows(store, HISTORY, set(methods)), rows, now=moment).carry_out(store, by=by)


def bases_in_use(store: Store, methods: Iterable[Method] = ()) -> list[str]:
    """Return the bases that recorded rules and ``methods`` need: asking for no others is faster."""
    rows: list[dict[str, Any]] = store.rows("SELECT DISTINCT basis FROM allocation_rules WHERE basis != ''")
    return sorted({row["basis"] for row in rows}.union(*(method.bases for method in methods)))
