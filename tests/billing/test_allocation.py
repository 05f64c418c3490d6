"""Allocation rules in the store: synced from the file, adopted from a day on, the past untouched."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from billing.allocation import adopt, bases_in_use, sync_allocation
from billing.plans import EditRefusedError
from metrics.methods import parse_method
from queries.allocated import allocated
from queries.allocation_rule_list import allocation_rule_list
from tests.queries.conftest import charge, write_charges
from warehouse.connect import Store
from warehouse.histories import record
from warehouse.tables import table

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
TODAY = NOW.date()
RULES = "rules:\n  lb:\n"
ENTRY = "    - {{method: '{}', owner: net, footnote: Shared., valid_from: {}}}\n"


def rules(store: Store) -> list[tuple[str, str, date, int, str]]:
    return [
        (row["cost_type"], row["rule_id"], row["valid_from"].date(), row["valid_to"].year, row["recorded_by"])
        for row in store.rows(allocation_rule_list(table("allocation_rules")))
    ]


def written(folder: Path, *entries: tuple[str, str]) -> Path:
    file = folder / "allocation.yml"
    file.write_text(RULES + "".join(ENTRY.format(*entry) for entry in entries), encoding="utf-8")
    return file


def test_the_shipped_file_is_recorded_once(store: Store) -> None:
    assert sync_allocation(store) > 0
    assert sync_allocation(store) == 0
    assert "requests" in bases_in_use(store)
    assert "tokens" in bases_in_use(store, [parse_method("proportional:tokens")])


def test_weights_are_recorded_once(store: Store, tmp_path: Path) -> None:
    file = written(tmp_path, ("fixed:a=0.6,b=0.4", "2026-01-01"))
    assert (sync_allocation(store, file), sync_allocation(store, file)) == (1, 0)


def test_an_adopted_rule_ends_the_files_and_a_later_entry_ends_it(store: Store, tmp_path: Path) -> None:
    sync_allocation(store, written(tmp_path, ("even", "2026-01-01")))
    adopt(store, ["lb"], parse_method("proportional:requests"), TODAY, by="ana", footnote="By requests.", now=NOW)
    told = [
        ("lb", "lb/even", date(2026, 1, 1), 2026, "config/allocation"),
        ("lb", "lb/proportional:requests", TODAY, 2200, "ana"),
    ]
    assert rules(store) == told
    assert sync_allocation(store, written(tmp_path, ("even", "2026-01-01"))) == 0
    assert rules(store) == told
    sync_allocation(store, written(tmp_path, ("even", "2026-01-01"), ("direct", "2099-01-01")))
    assert [rule[1] for rule in rules(store)] == ["lb/even", "lb/proportional:requests", "lb/direct"]


def test_the_past_is_not_rewritten(store: Store, tmp_path: Path) -> None:
    even = parse_method("even")
    with pytest.raises(ValueError, match="cannot start on 2026-11-19"):
        adopt(store, ["lb"], even, TODAY - timedelta(days=1), by="ana", footnote="x", now=NOW)
    adopt(store, ["lb"], even, TODAY, by="ana", footnote="x", now=NOW)
    with pytest.raises(EditRefusedError, match="has started"):
        adopt(store, ["lb"], parse_method("direct"), TODAY, by="ana", footnote="x", now=NOW)
    assert adopt(store, ["lb"], even, TODAY, by="ana", footnote="x", now=NOW) == 0
    # What has not started yet may be changed.
    tomorrow = TODAY + timedelta(days=1)
    adopt(store, ["lb"], parse_method("direct"), tomorrow, by="ana", footnote="x", now=NOW)
    adopt(store, ["lb"], parse_method("proportional:tokens"), tomorrow, by="ana", footnote="x", now=NOW)
    assert [rule[1] for rule in rules(store)] == ["lb/even", "lb/proportional:tokens"]


def test_a_rule_needs_a_footnote_and_a_hybrid_names_its_types(store: Store) -> None:
    with pytest.raises(ValueError, match="needs a footnote"):
        adopt(store, ["lb"], parse_method("even"), TODAY, by="ana", footnote=" ", now=NOW)
    hybrid = parse_method("hybrid:lb=even,support=proportional:requests")
    with pytest.raises(ValueError, match="names its cost types itself"):
        adopt(store, ["lb"], hybrid, TODAY, by="ana", footnote="x", now=NOW)
    assert adopt(store, ["*"], hybrid, TODAY, by="ana", footnote="x", now=NOW) == 2
    assert [rule[0] for rule in rules(store)] == ["lb", "support"]


def test_the_file_is_bound_like_a_person_once_shared_costs_are_rated(store: Store, tmp_path: Path) -> None:
    day, other = datetime(2026, 11, 10, tzinfo=UTC), "platform_cost/support"
    old = ("even", "2026-01-01")
    assert sync_allocation(store, written(tmp_path, old), now=NOW) == 1  # nothing is rated yet
    write_charges(store, [_cost(day), _cost(day) | {"sku_id": other}, _use(day, "a", 1)])
    stands = rules(store)

    def refused(file: Path, why: str) -> None:
        with pytest.raises(EditRefusedError, match=why):
            sync_allocation(store, file, now=NOW)
        assert rules(store) == stands

    past = "allocation.yml: 'lb' from 2026-11-05 .lb/direct.: shared costs since 2026-11-10 were split by another rule"
    refused(
        written(tmp_path, old, ("direct", "2026-11-05")), f"{past}.*2026-11-20 or later, or .*farthing allocate adopt"
    )
    first = tmp_path / "first.yml"  # of a type that had only the rule for every type
    first.write_text(written(tmp_path, old).read_text() + "  support:\n" + ENTRY.format("even", "2026-01-01"))
    refused(first, "first.yml: 'support' from 2026-01-01 .support/even.: shared costs since 2026-11-10")
    every = tmp_path / "every.yml"  # support has no rule of its own
    every.write_text(written(tmp_path, old).read_text().replace("lb:", "'*':"))
    refused(every, "every.yml: '.' from 2026-01-01 .default/even.: shared costs since 2026-11-10")
    # Days without such a cost, and days to come, are free.
    kept = written(tmp_path, old, ("direct", "2026-11-11"))
    assert sync_allocation(store, kept, now=NOW) == 2
    coming = written(tmp_path, old, ("direct", "2026-11-11"), ("even", "2026-12-01"))
    assert sync_allocation(store, coming, now=NOW) == 2

    # Where cost centers are charged nobody does it alone, not even for days to come, nor takes back what was to come.
    stands = rules(store)
    record(store, "cost_centers", [{"cost_center": "a", "cost_center_name": "A", "mode": "chargeback"}], by="test")
    assert sync_allocation(store, coming, now=NOW) == 0
    later = written(tmp_path, old, ("direct", "2026-11-11"), ("even", "2026-12-01"), ("direct", "2027-01-01"))
    refused(later, "'lb' from 2027-01-01 .lb/direct.: A pay what it splits: one person proposes it, another adopts it")
    refused(written(tmp_path, old, ("direct", "2026-11-11")), "'lb' from 2026-12-01 .lb/even. is gone: A pay")
    earlier = written(tmp_path, old, ("direct", "2026-11-05"), ("direct", "2026-11-11"), ("even", "2026-12-01"))
    refused(earlier, "'lb' from 2026-11-05 .lb/direct.: .* keeps its rule; take it out of the file and use `farthing")
    ended = written(tmp_path, old, ("direct", "2026-11-11"), ("even", "2026-12-01"))
    ended.write_text(ended.read_text().replace("2026-12-01}", "2026-12-01, valid_to: 2026-12-09}"))
    refused(ended, "'lb' from 2026-12-01 .lb/even. has another end: A pay what it splits.*put it back")


def test_the_rule_for_every_type_is_free_where_each_has_its_own(store: Store, tmp_path: Path) -> None:
    sync_allocation(store, written(tmp_path, ("even", "2026-01-01")), now=NOW)
    write_charges(store, [_cost(datetime(2026, 11, 10, tzinfo=UTC))])
    file = written(tmp_path, ("even", "2026-01-01"))
    file.write_text(file.read_text() + "  '*':\n" + ENTRY.format("even", "2026-01-01"))
    assert sync_allocation(store, file, now=NOW) == 1


def test_each_period_is_split_by_the_rule_of_its_start(store: Store) -> None:
    sync_rule(store, "even", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))
    sync_rule(store, "proportional", datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))
    days = [datetime(2026, month, day, tzinfo=UTC) for month, day in ((1, 31), (2, 1), (3, 1))]
    write_charges(
        store,
        [row for day in days for row in (_cost(day), _use(day, "a", 1), _use(day, "b", 3))],
    )
    tables = [table(name) for name in ("charges", "lifecycle", "apps", "teams", "allocation_rules")]
    got = [(row["charge_period_start"].month, row["app_id"], row["effective_cost"], row["allocated_method_id"])
           for row in store.rows(allocated(*tables, bases=["requests"]))]  # fmt: skip
    assert got == [
        (1, "a", 50, "r@2026-01-01T00:00:00Z"),
        (1, "b", 50, "r@2026-01-01T00:00:00Z"),
        (2, "a", 25, "r@2026-02-01T00:00:00Z"),
        (2, "b", 75, "r@2026-02-01T00:00:00Z"),
        (3, "", 100, ""),  # no rule is in force: visible, on the platform
    ]
    # A rule that needs a basis nobody asked for stops the query, rather than splitting evenly.
    with pytest.raises(Exception, match="names a basis that was not asked for"):
        store.rows(allocated(*tables, bases=["tokens"]))


def sync_rule(store: Store, method: str, start: datetime, end: datetime) -> None:
    row = {"cost_type": "*", "rule_id": "r", "method": method, "basis": "" if method == "even" else "requests",
           "floor": Decimal(0), "weights": {}, "footnote": "f", "owner": "o", "valid_from": start,
           "valid_to": end}  # fmt: skip
    record(store, "allocation_rules", [row], by="test")


def _cost(day: datetime) -> dict[str, Any]:
    ends = day + timedelta(days=1)
    return charge(day, "100", app_id="", meter="platform_cost", sku_id="platform_cost/lb", charge_period_end=ends)


def _use(day: datetime, app: str, requests: int) -> dict[str, Any]:
    return charge(day + timedelta(hours=5), "1", app_id=app, consumed_quantity=requests)
