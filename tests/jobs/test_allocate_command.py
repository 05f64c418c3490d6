"""``farthing allocate`` as people type it: compare, adopt, and by two people where cost centers are charged."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from jobs.cli import app
from tests.sample_platform import build
from warehouse.connect import Store
from warehouse.histories import record

TOMORROW = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}"
RULE = ("--from", TOMORROW, "--footnote", "Evenly.", "--pool", "load_balancer")


def said(*words: str) -> Result:
    return CliRunner().invoke(app, ["allocate", *words], catch_exceptions=False)


def records(*words: str) -> list[dict[str, Any]]:
    result = said(*words, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture
def served(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The sample platform, where the commands find it."""
    build(store)
    monkeypatch.setattr("warehouse.start.open_store", lambda: nullcontext(store))
    return store


def test_methods_stand_side_by_side_and_sum_to_the_pool(served: Store) -> None:
    month = served.scalar("SELECT max(charge_date) FROM charges WHERE meter = 'platform_cost'")
    rows = records("compare", "--period", f"{month:%Y-%m}", "--method", "even", "--method", "proportional:requests")
    for name in ("today", "even", "proportional:requests"):
        assert sum(float(row[name]) for row in rows) == 42.5
    assert "every column sums to the pools: 42.5" in said(
        "compare", "--period", f"{month:%Y-%m}", "--method", "even"
    ).stderr  # fmt: skip


def test_an_empty_month_names_the_pools_there_are(served: Store) -> None:
    with pytest.raises(ValueError, match="begins in 2001-01 without an app; there are load_balancer"):
        said("compare", "--period", "2001-01", "--method", "even")


@pytest.mark.parametrize(
    "named",
    [("--method", "hybrid:load_balanser=even,load_balancer=direct"), ("--method", "even", "--pool", "load_balanser")],
)
def test_a_cost_type_that_there_is_not_is_named(served: Store, named: tuple[str, ...]) -> None:
    month = served.scalar("SELECT max(charge_date) FROM charges WHERE meter = 'platform_cost'")
    pools = () if "--pool" not in named else ("--pool", "load_balancer")
    with pytest.raises(ValueError, match=r"no platform cost of 'load_balanser' begins in .*; there are load_balancer$"):
        said("compare", "--period", f"{month:%Y-%m}", *named, *pools)
    # A rule may come before its first cost, so it is adopted; whoever mistyped it reads that.
    words = ("adopt", *named, "--from", TOMORROW, "--footnote", "Evenly.", "--by", "ana")
    told = said(*words)
    assert told.exit_code == 0
    assert "no shared cost 'load_balanser' has come yet; there are load_balancer." in told.stderr
    assert "has come yet" not in said(*words[:-2], "--by", "ana", "--method", "even", "--pool", "load_balancer").stderr


def test_what_is_only_shown_is_adopted_at_once(served: Store) -> None:
    (rule,) = [row for row in records("adopt", "--method", "even", *RULE, "--by", "ana") if row["recorded_by"] == "ana"]
    assert (rule["cost_type"], rule["valid_from"][:10], rule["valid_to"]) == ("load_balancer", TOMORROW, "for ever")


def test_what_is_charged_waits_for_a_second_person(served: Store) -> None:
    begin = datetime.now(UTC) - timedelta(days=400)
    center = {"cost_center": "cc-growth", "cost_center_name": "Growth", "mode": "chargeback", "valid_from": begin}
    record(served, "cost_centers", [center], by="test")
    (proposal,) = records("adopt", "--method", "even", *RULE, "--by", "ana")
    number = proposal["proposal_id"]
    assert not [row for row in records("rules") if row["recorded_by"] == "ana"]
    with pytest.raises(PermissionError, match="ana proposed"):
        said("approve", number, "--by", "ana")
    assert "is adopted" in said("approve", number, "--by", "fin").stdout
    assert [row["cost_type"] for row in records("rules") if row["recorded_by"] == "fin"] == ["load_balancer"]
    assert [row["state"] for row in records("proposals")] == ["adopted"]


def test_a_proposal_is_withdrawn_or_rejected(served: Store) -> None:
    record(served, "cost_centers", [{"cost_center": "x", "cost_center_name": "X", "mode": "chargeback"}], by="test")
    (first,) = records("adopt", "--method", "even", *RULE, "--by", "ana")
    assert "is withdrawn" in said("reject", first["proposal_id"], "--by", "ana").stdout
    (second,) = records("adopt", "--method", "even", *RULE, "--by", "ana")
    with pytest.raises(ValueError, match="say why"):
        said("reject", second["proposal_id"], "--by", "fin")
    assert "is rejected" in said("reject", second["proposal_id"], "--by", "fin", "--reason", "no").stdout
