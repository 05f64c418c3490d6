"""Running a platform through the real engine, and reading back what it charged."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from jobs.rate import rate
from metering.decode import decode_events
from metering.door import Receipt, admit, history_terms
from tests.properties.oracle import EXACT, Sent
from warehouse.connect import Store
from warehouse.histories import record
from warehouse.recover import EVENT_TABLES

_TABLES = (
    *EVENT_TABLES.values(), "event_identities", "batch_states", "quarantined_events", "quarantine_decisions",
    "ownership_records", "app_records", "team_records", "cost_center_records", "lease_records", "environment_records",
    "api_key_records", "refusal_records", "idempotency_records",
    "price_records", "rate_rule_records", "rated_charges", "rated_daily_charges", "charge_generations",
    "allocation_rule_records", "tariff_records", "commitment_records", "closings", "pinned_generations", "billed_lines",
    "issued_invoices",
    "scored_hours", "flag_findings", "flag_decisions", "flag_baseline_records", "flag_mutes", "detector_versions",
    "alert_budgets",
)  # fmt: skip

# Not the engine's and the oracle's common ground: when it was rated, and hashes of the engine's own.
_APART = ("charge_date", "generation", "event_digest", "pricing_unit", "charge_class")


def emptied(store: Store) -> Store:
    """Return the store with nothing in it."""
    held = store.rows(
        "SELECT name FROM system.tables WHERE database = currentDatabase() AND total_rows > 0 "
        "AND name IN {names:Array(String)}",
        {"names": list(_TABLES)},
    )
    for row in held:
        store.command(f"TRUNCATE TABLE {row['name']}")
    return store


def send(store: Store, sent: Iterable[Sent], *, batch: int = 1000) -> list[Receipt]:
    """Send events in order, in batches of one kind of caller; return the receipts."""
    receipts, sent = [], list(sent)
    for authenticated in (True, False):
        run = [item for item in sent if item.is_authenticated == authenticated]
        terms = replace(history_terms("property test"), is_authenticated=authenticated)
        for some in _batched(run, batch):
            for kind, staged in decode_events(item.event for item in some).items():
                receipts.append(admit(store, kind, staged, terms))
    return receipts


def record_all(store: Store, histories: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    for name, rows in histories.items():
        record(store, name, rows, by="property test")


def rated(store: Store) -> list[dict[str, Any]]:
    """Rate what is dirty and return the charges."""
    rate(store)
    return charges(store)


def charges(store: Store) -> list[dict[str, Any]]:
    """Return the charges in a stable order, without what differs from one rating to the next."""
    rows = store.rows("SELECT * EXCEPT (generation) FROM charges ORDER BY ALL")
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def comparable(rows: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """Return charges of the engine or the oracle in one form: the oracle's columns, sorted."""
    plain = []
    for row in rows:
        one = {name: _plain(value) for name, value in row.items() if name not in _APART}
        # The rule's name is contract, how its row is told apart is not.
        for kind in ("discount", "markup"):
            if f"{kind}_rule_id" in one:
                one[f"{kind}_rule"] = one.pop(f"{kind}_rule_id").rpartition("@")[0]
        if one["list_unit_price"] is None:
            one["pricing_block"] = None
        plain.append(tuple(sorted(one.items())))
    return sorted(plain, key=repr)


def _plain(value: Any) -> Any:
    # 1.50 and 1.5 are one amount; None stays apart from 0.
    if hasattr(value, "normalize"):
        return format(value.normalize(EXACT), "f") if value else "0"
    return value.isoformat() if hasattr(value, "isoformat") else value


def _batched(items: Iterable[Sent], size: int) -> Iterable[tuple[Sent, ...]]:
    rest = iter(items)
    while some := tuple(itertools.islice(rest, size)):
        yield some
