"""Every notebook runs from top to bottom on a small demo, and says what the store says."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from billing.issue import issued
from billing.period import parse_period
from charts.document import ExactTable
from config.settings import Settings
from jobs.demo.planted import planted
from jobs.demo.run import run_demo
from notebooks.closing import UNTIL
from warehouse.connect import Store
from warehouse.start import open_store

OCTOBER = "charge_date >= '2026-10-01' AND charge_date < '2026-11-01' AND billing_currency = 'USD'"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    name = f"test_{os.getpid()}_notebooks"
    with open_store(Settings(store=f"{os.environ['FARTHING_STORE']}?database={name}")) as store:
        run_demo(
            store, apps=16, days=35, seed=7, until=UNTIL, manifest=tmp_path_factory.mktemp("demo") / "planted.json"
        )
        yield store
        store.command(f"DROP DATABASE {name} SYNC")


def run(name: str, **given: Any) -> Mapping[str, Any]:
    """Run a notebook with a store of ours in the place of the reader's; return what it defined."""
    _, defined = import_module(f"notebooks.{name}").app.run(defs=given)
    return defined


def test_spend_says_what_the_store_says(demo: Store) -> None:
    told = run("spend", store=demo)
    whole = demo.scalar("SELECT sum(effective_cost) FROM charges WHERE billing_currency = 'USD'")
    assert told["whole"] == whole > 0
    assert told["left_over"] == 0
    assert sum(told["by_team"]["effective_cost"].to_pylist()) == whole


def test_allocation_loses_nothing(demo: Store) -> None:
    told = run("allocation", store=demo)
    pooled = demo.scalar(
        f"SELECT sum(effective_cost) FROM charges WHERE {OCTOBER} AND meter = 'platform_cost' AND app_id = ''"
    )
    assert told["whole"] == pooled > 0
    assert [(row["sum"], row["left over"], row["changes"]) for row in told["conserved"]] == [(pooled, 0, 0)] * 3


def test_the_backtest_finds_what_was_planted(demo: Store) -> None:
    told = run("backtest", store=demo, rows=5_000)
    real = [one for one in planted(demo) if one.start >= told["judged_from"] and not one.is_expected]
    ours = told["figures"]["Farthing's detector"]
    assert ours["incidents"] == len(real) > 2
    assert ours["found"] >= 2, "a retry storm of 14 times the calls is hard to miss"
    assert 0 < ours["recall"] <= 1
    rule = told["figures"]["3x week over week"]
    said = f"{ours['right']} of {ours['flags']} flags right against {rule['right']} of {rule['flags']}"
    assert said in told["worth"], "what it cries wolf about is told as loudly as what it finds"
    wrong = ours["flags"] - ours["right"]
    assert (f"Its {wrong} wrong flags" in told["worth"]) == bool(wrong)
    flag, fact = told["shown"]
    assert told["cost"] == demo.scalar(
        "SELECT sum(effective_cost) FROM charges WHERE app_id = {app:String} AND pricing_status = 'priced' AND "
        "charge_period_start >= {start:DateTime} AND charge_period_start < {end:DateTime} AND "
        "concat(app_id, '/', meter) IN {lines:Array(String)}",
        {"app": fact.app_id, "start": fact.start, "end": fact.end, "lines": flag.lines},
    )


def test_a_price_change_replayed_is_exact(demo: Store) -> None:
    told = run("repricing", store=demo)
    first = told["replayed"].slice(0, 1).to_pylist()[0]
    assert first["all_cost_now"] == demo.scalar(
        f"SELECT sum(if(meter = 'platform_cost', effective_cost, billed_cost)) FROM charges WHERE {OCTOBER}"
    )
    assert first["all_change"] > 0, "the in-house model became cheaper"
    assert told["left"] == 0
    assert told["of_those"] + told["effect"]["price"] == 0
    row = next(row for row in told["offered"].to_pylist() if row["sku_id"] == told["dearest"]["sku_id"])
    assert row["change"] < 0
    assert abs(row["change"] + row["cost_now"] / 5) < Decimal("1e-12"), "a fifth less, whatever the discounts"


def test_a_month_is_closed_and_audited(demo: Store) -> None:
    # The last one: it writes into the store that it is given, where otherwise it makes its own.
    told = run("closing", store=demo)
    month = parse_period("2026-10")
    assert {item.name for item in told["early"] if item.verdict == "block"} == {"unpriced", "unattributed"}
    assert [one.total for one in told["issued"]] == [one.total for one in issued(demo, month)]
    assert told["spans"][-1].amount == 0
    assert told["audits"]
    assert all(one.is_equal for one in told["audits"])
    assert told["own"][0]["amount"] == Decimal(100), "forty million tokens at 2.50 a million"
    assert any(what == "changed event" and told["target"]["event_id"] in detail for what, detail in told["named"])


def test_a_table_holds_every_digit() -> None:
    shown = ExactTable(("cost",), ((Decimal("1234.565"),), (Decimal("-0.004"),)), (2,), "USD")._repr_html_()
    assert ">$1,234.57<" in shown
    assert 'title="1234.565"' in shown
    assert ">$0.00<" in shown, "no sign before what rounds to nothing"
