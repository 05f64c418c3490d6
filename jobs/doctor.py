"""The state of the store on one screen: what waits, what is missing, and whether every law holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import ibis
import ibis.expr.types as ir

from jobs.dirty import dirty_days
from jobs.output import plain
from queries.attribution_coverage import attribution_coverage
from queries.conservation import conservation
from queries.data_quality import data_quality
from queries.freshness import freshness
from queries.quarantine_reasons import quarantine_reasons
from queries.store_size import parts, store_size
from queries.unpriced_usage import unpriced_usage
from warehouse.connect import Store
from warehouse.recover import EVENT_TABLES, damaged_parts
from warehouse.tables import table

LAWS = {
    "1 replay": "no event counts twice: as many identities as events",
    "5 usage": "every accepted quantity is charged exactly once, by hour and by day",
    "6 money": "charges are the rated usage and the platform costs",
    "15 silence": "received is accepted, duplicate or quarantined, and stored",
}


class Status(StrEnum):
    """``broken`` is a law that does not hold; ``notice`` is something a person should look at."""

    OK = "ok"
    NOTICE = "notice"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's report."""

    name: str
    status: Status
    detail: str


def checks(store: Store) -> list[Check]:
    """Return every check, laws last. Reads every event once or twice: for the doctor and a button, not for a page.

    Days that wait for rating are a notice; the laws of usage and money are then checked on the days that are rated.
    """
    with store.admitting:
        waiting = dirty_days(store)
        return [*_state(store, waiting), *_laws(store, waiting)]


def is_broken(found: Sequence[Check]) -> bool:
    """Return whether any law is broken."""
    return any(check.status is Status.BROKEN for check in found)


def _state(store: Store, waiting: list[date]) -> Iterator[Check]:
    sizes = store.rows(store_size(parts()))
    size, rows = sum(row["bytes_on_disk"] for row in sizes), sum(row["rows"] for row in sizes)
    yield Check("store", Status.OK, f"{store.location}: {rows:,} rows, {size / 1e6:,.1f} MB on disk")

    broken = damaged_parts(store)
    yield _check("parts", Status.BROKEN, broken, f"{len(broken)} damaged: {', '.join(broken)}", "none is damaged")

    unfinished = store.scalar("SELECT count() FROM batches WHERE state NOT IN ('stored', 'undone')")
    yield _check("batches", Status.NOTICE, unfinished, f"{unfinished} are not acknowledged", "each is stored or undone")

    yield _check(
        "rating",
        Status.NOTICE,
        waiting,
        f"{len(waiting)} days wait for rating, the first is {min(waiting, default=None)}: farthing rate",
        "every day is rated from what is known now",
    )

    sources = store.rows(freshness(table("batches"), as_of=datetime.now(UTC)))
    newest = min((row["received_lag_seconds"] for row in sources), default=None)
    lag = "nothing was ever received" if newest is None else f"{len(sources)} origins, the last batch {_ago(newest)}"
    yield Check("freshness", Status.OK, lag)

    unpriced = store.rows(unpriced_usage(table("daily_charges")))
    events = sum(row["event_count"] for row in unpriced)
    found = f"{events:,} events of {len(unpriced)} SKUs have no price: {_some(row['sku_id'] for row in unpriced)}"
    yield _check("unpriced", Status.NOTICE, unpriced, found, "everything that is used has a price")

    coverage = store.rows(attribution_coverage(table("daily_charges")))
    default = sum(row["event_count"] for row in coverage if row["attribution_rule"] == "default")
    whole = sum(row["event_count"] for row in coverage)
    found = f"{default:,} of {whole:,} events have no owner"
    yield _check("unattributed", Status.NOTICE, default, found, "every event has an owner")

    reasons = [row for row in store.rows(quarantine_reasons(table("quarantine"))) if row["open_events"]]
    held = sum(row["open_events"] for row in reasons)
    named = _some(f"{row['reason']} {row['open_events']:,}" for row in reasons)
    yield _check("quarantine", Status.NOTICE, reasons, f"{held:,} events undecided: {named}", "nothing waits")

    duplicates = sum(row["duplicates"] for row in store.rows(data_quality(table("batches"), table("refusals"))))
    yield Check("duplicates", Status.OK, f"{duplicates:,} were sent again and counted once")


def _laws(store: Store, waiting: list[date]) -> Iterator[Check]:
    differences = {name: [] for name in LAWS}
    for row in [*_conservation(store, waiting), *_replay(store)]:
        differences[row["law"]].append(row)
    for law, sentence in LAWS.items():
        broken = [row for row in differences[law] if row["difference"]]
        found = _some(f"{row['scope']} is {plain(row['got'])}, not {plain(row['expected'])}" for row in broken)
        held = f"{sentence} ({len(differences[law])} sums)"
        if waiting and law in ("5 usage", "6 money"):
            held += f", on the days that are rated; {len(waiting)} wait"
        yield _check(f"law {law}", Status.BROKEN, broken, found, held)


def _conservation(store: Store, waiting: list[date]) -> list[dict[str, Any]]:
    tables = [table(name) for name in ("lifecycle", "request_traces", "alerts")]
    usage, costs, charges = table("usage"), table("platform_costs"), (table("charges"), table("daily_charges"))
    whole = store.rows(conservation(table("batches"), usage, *tables, costs, *charges))
    if not waiting:
        return whole
    rated = conservation(
        table("batches"),
        _without(usage, usage.time.date(), waiting),
        *tables,
        _without(costs, costs.time.date(), waiting),
        *(_without(rows, rows.charge_date, waiting) for rows in charges),
    )
    silence = [row for row in whole if row["law"] == "15 silence"]
    return silence + [row for row in store.rows(rated) if row["law"] != "15 silence"]


def _without(rows: ir.Table, day: ir.Column, days: list[date]) -> ir.Table:
    return rows.filter(~day.isin([ibis.literal(one) for one in days]))


def _replay(store: Store) -> list[dict[str, Any]]:
    identities = int(store.scalar("SELECT count() FROM event_identities"))
    events = sum(int(store.scalar(f"SELECT count() FROM {name}")) for name in EVENT_TABLES.values())
    return [
        {"law": "1 replay", "scope": "events", "expected": identities, "got": events, "difference": events - identities}
    ]


def _check(name: str, status: Status, found: object, detail: str, nothing: str) -> Check:
    return Check(name, status, detail) if found else Check(name, Status.OK, nothing)


def _some(texts: Iterator[str], most: int = 5) -> str:
    listed = list(texts)
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more


def _ago(seconds: int) -> str:
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit} ago"
    return f"{max(seconds, 0)} seconds ago"
