"""The allocation rules: what the operator's file says, and what people adopt from a day on. One dated history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from billing.allocation_files import ALLOCATION, read_allocation_rules, rule_row
from billing.people import is_same, name_of, named
from billing.period import Period
from billing.plans import held_rows, plan
from metrics.methods import EVERY_TYPE, Method
from warehouse.connect import Store
from warehouse.histories import FOREVER

HISTORY = "allocation_rules"
_FILE = "config/allocation"


class SecondPersonError(PermissionError):
    """Where cost centers are charged, two people make a rule: the one who proposed it may not adopt or reject it."""


def charged_centers(store: Store, from_date: date) -> list[str]:
    """Return the names of the cost centers that are charged, not only shown, on ``from_date`` or later."""
    rows = store.rows(
        "SELECT DISTINCT if(cost_center_name = '', cost_center, cost_center_name) AS name FROM cost_centers "
        "WHERE mode = 'chargeback' AND valid_from < valid_to AND valid_to > {begin:DateTime64(3)} ORDER BY name",
        {"begin": datetime.combine(from_date, time(), UTC)},
    )
    return [row["name"] for row in rows]


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
    cost_types: Sequence[str],
    method: Method,
    from_date: date,
    *,
    by: str,
    footnote: str,
    owner: str = "",
    proposed_by: str = "",
    evidence: str = "",
    now: datetime | None = None,
) -> int:
    """Let ``method`` split cost types (or ``*``) from a day on, all or none, and return the rows appended.

    The rule in force ends there; the past keeps its own. A hybrid method is adopted for each of its cost types, and
    ``cost_types`` is then ``*``. ``owner`` answers for the rule; without one that is ``by``.

    Raises:
        SecondPersonError: cost centers are charged from that day on, and nobody but ``by`` has ``proposed_by`` it.
        ValueError: ``by`` is nobody, the day is before today (UTC) or in a closed month, the footnote is empty, or the
            cost types contradict a hybrid.
        EditRefusedError: another rule of a cost type starts on that very day and has started already.

    """
    moment, by = now or datetime.now(UTC), named(by)
    with store.writing:
        methods = check(store, cost_types, method, from_date, footnote=footnote, now=moment)
        if (not proposed_by or is_same(proposed_by, by)) and (paying := charged_centers(store, from_date)):
            raise SecondPersonError(
                f"{', '.join(paying)} pay what it splits: one person proposes it, another adopts it"
            )
        begins = datetime.combine(from_date, time(), UTC)
        rows = [
            {**rule_row(key, part, owner=owner or name_of(by), footnote=footnote.strip()), "recorded_by": by,
             "evidence": evidence, "valid_from": begins, "valid_to": FOREVER}
            for key, part in methods.items()
        ]  # fmt: skip
        return plan(HISTORY, held_rows(store, HISTORY, set(methods)), rows, now=moment).carry_out(store, by=by)


def check(
    store: Store, cost_types: Sequence[str], method: Method, from_date: date, *, footnote: str, now: datetime
) -> Mapping[str, Method]:
    """Return the method of each cost type that a rule would have, if it could be adopted now.

    Raises:
        ValueError: as ``adopt``.

    """
    today = now.astimezone(UTC).date()
    if from_date < today:
        raise ValueError(
            f"a rule cannot start on {from_date}: what is past keeps the rule it was split by; the first day that can "
            f"change is {today}"
        )
    closed = store.rows("SELECT max(billing_period) AS month, count() AS months FROM closings")[0]
    if closed["months"] and from_date < (opens := Period(closed["month"]).next.first):
        raise ValueError(f"a rule cannot start on {from_date}: that month is closed; the first open day is {opens}")
    if not footnote.strip():
        raise ValueError("a rule needs a footnote: the sentence that invoices print beside what it splits")
    if method.parts and list(cost_types) != [EVERY_TYPE]:
        named = ", ".join(map(repr, cost_types))
        raise ValueError(f"a hybrid method names its cost types itself; write '*' instead of {named}")
    return method.parts or dict.fromkeys(cost_types, method)


def bases_in_use(store: Store, methods: Iterable[Method] = ()) -> list[str]:
    """Return the bases that recorded rules and ``methods`` need: asking for no others is faster."""
    rows: list[dict[str, Any]] = store.rows("SELECT DISTINCT basis FROM allocation_rules WHERE basis != ''")
    return sorted({row["basis"] for row in rows}.union(*(method.bases for method in methods)))
