"""The allocation rules: what the operator's file says, and what people adopt from a day on. One dated history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from billing.allocation_files import ALLOCATION, read_allocation_rules, rule_row
from billing.people import is_same, name_of, named
from billing.period import Period
from billing.plans import Change, held_rows, plan
from billing.timeline import Row
from metrics.methods import EVERY_TYPE, Method
from warehouse.connect import Store
from warehouse.histories import FOREVER

HISTORY = "allocation_rules"
_FILE = "config/allocation"
_TAKEN_BACK = {"ends": " has another end", "withdraws": " is gone"}
_SHARED = "meter = 'platform_cost' AND app_id = ''"


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


def sync_allocation(store: Store, path: Path = ALLOCATION, *, now: datetime | None = None) -> int:
    """Record what ``config/allocation.yml`` says and return the rows appended.

    A rule that somebody adopted ends the file's from its day on; a later entry of the file ends the adopted one. Until
    a shared cost is rated the file is taken as it is. From then on it is bound as ``adopt`` is.

    Raises:
        ValueError: the file is unusable.
        EditRefusedError: it changed a rule that has started, how a cost of days before today was split, or what cost
            centers are charged by, which takes two people; nothing is written.

    """
    moment = now or datetime.now(UTC)
    rows = [{**row, "recorded_by": _FILE} for row in read_allocation_rules(path)]
    with store.writing:
        recorded = store.rows(
            "SELECT DISTINCT cost_type FROM allocation_rule_records WHERE recorded_by = {file:String}", {"file": _FILE}
        )
        held = held_rows(store, HISTORY, {row["cost_type"] for row in [*rows, *recorded]})
        asked = plan(HISTORY, held, rows, owner=_FILE, now=moment)
        if not asked.problems and store.scalar(f"SELECT count() FROM charges WHERE {_SHARED}"):
            asked.problems += _out_of_bounds(store, asked.changes, held, path, moment)
        return asked.carry_out(store, by=_FILE)


def _out_of_bounds(
    store: Store, changes: Sequence[Change], held: Mapping[str, Sequence[Row]], path: Path, now: datetime
) -> list[str]:
    """Say which entries of the file would change the past, or charge somebody, on the word of one person."""
    today = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    moved = {change.row["cost_type"] for change in changes if change.kind != "ends"}
    problems = []
    for change in changes:
        row, key = change.row, change.row["cost_type"]
        if change.kind == "ends" and key in moved:
            continue  # what ends it is named
        ends = [old["valid_to"] for old in held[key] if old["valid_from"] == row["valid_from"]]
        begins = min(row["valid_to"], *ends) if change.kind == "ends" else row["valid_from"]
        entry = f"{path.name}: {key!r} from {row['valid_from']:%Y-%m-%d} ({row['rule_id']})"
        way = "take it out of the file and use `farthing allocate adopt` or the page Allocation"
        if change.kind in _TAKEN_BACK:
            entry, way = entry + _TAKEN_BACK[change.kind], "put it back as it was and use `farthing allocate adopt`"
        who = ", ".join(charged_centers(store, begins.date()))
        if split := _split_before(store, key, begins, today):
            later = "" if who else f"let it start on {today:%Y-%m-%d} or later, or "
            problems.append(
                f"{entry}: shared costs since {split:%Y-%m-%d} were split by another rule, and what is past keeps its "
                f"rule; {later}{way}"
            )
        elif who:
            problems.append(f"{entry}: {who} pay what it splits: one person proposes it, another adopts it; {way}")
    return problems


def _split_before(store: Store, cost_type: str, begins: datetime, today: datetime) -> datetime | None:
    """Return the first period of a cost type's pools that begins in ``[begins, today)``.

    ``*``: of any type that has no rule of its own all that time.
    """
    first: datetime | None = store.rows(
        f"SELECT minOrNull(charge_period_start) AS first FROM charges WHERE {_SHARED} "
        "AND charge_period_start >= {begins:DateTime64(3)} AND charge_period_start < {today:DateTime64(3)} "
        "AND if({type:String} = '*', substring(sku_id, 15) NOT IN (SELECT cost_type FROM allocation_rules "
        "WHERE valid_from <= {begins:DateTime64(3)} AND valid_to >= {today:DateTime64(3)}), "
        "substring(sku_id, 15) = {type:String})",
        {"begins": begins, "today": today, "type": cost_type},
    )[0]["first"]
    return first


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
