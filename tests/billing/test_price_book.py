"""The price book on the real engine: who stands, what is refused, and what is rated again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from billing.plans import EditRefusedError
from billing.price_book import ConfigFiles, config_plans, record_dated, record_snapshot, sync
from billing.price_recipes import PRICE_RECIPES
from billing.prices import Price
from jobs.dirty import dirty_days
from jobs.rate import rate
from jobs.rating import sync_and_rate
from metering.decode import decode_events
from metering.door import admit, history_terms

SKU = "input_tokens/openai/gpt-4o"
NO_AGREEMENTS = {"tariffs": 0, "commitments": 0}


class Files:
    """An operator's files, rewritten as a test goes on."""

    def __init__(self, folder: Path) -> None:
        (folder / "prices").mkdir()
        self.all = ConfigFiles(
            prices=folder / "prices",
            rates=folder / "rates.yml",
            attribution=folder / "attribution.yml",
            tariffs=folder / "tariffs.yml",
            commitments=folder / "commitments.yml",
        )
        self.all.tariffs.write_text("tariffs: {}\n", encoding="utf-8")
        self.all.commitments.write_text("commitments: {}\n", encoding="utf-8")
        self.rates()
        self.environments()

    def prices(self, *entries: str, sku: str = SKU) -> ConfigFiles:
        text = "".join(f"\n    - {{{entry}}}" for entry in entries)
        written = f"source: rate card\nchecked: 2026-01-01\nprices:\n  {sku}:{text}\n" if entries else ""
        path = self.all.prices / "some.yml"
        path.write_text(written, encoding="utf-8") if written else path.unlink()
        return self.all

    def rates(self, *entries: str) -> ConfigFiles:
        text = "".join(f"\n    - {{{entry}}}" for entry in entries)
        self.all.rates.write_text(f"rules:\n  some:{text}\n" if entries else "rules: {}\n", encoding="utf-8")
        return self.all

    def environments(self, *entries: str) -> ConfigFiles:
        text = "".join(f"\n    - {{{entry}}}" for entry in entries)
        written = f"environments:\n  staging:{text}\n" if entries else "environments: {}\n"
        self.all.attribution.write_text(written, encoding="utf-8")
        return self.all


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def send(store, *events: Mapping[str, Any]) -> None:
    for name, staged in decode_events(events).items():
        receipt = admit(store, name, staged, history_terms("test"))
        assert receipt.accepted == receipt.received


def call(event_id: str, time: str, **fields: Any) -> dict[str, Any]:
    said = {"provider": "openai", "model": "gpt-4o", "quantities": {"input_tokens": 1_000_000}}
    return {"source": "test", "event_id": event_id, "time": time, "resource_id": event_id, **said, **fields}


def in_force(store, sku: str = SKU) -> list[tuple[str, str, Decimal, str]]:
    rows = store.rows(
        "SELECT valid_from, valid_to, list_unit_price, recorded_by FROM prices WHERE sku_id = {sku:String} "
        "AND valid_from < valid_to ORDER BY valid_from",
        {"sku": sku},
    )
    return [
        (f"{row['valid_from']:%Y-%m-%d}", f"{row['valid_to']:%Y-%m-%d}", row["list_unit_price"], row["recorded_by"])
        for row in rows
    ]


def costs(store) -> dict[str, Decimal | None]:
    return {
        row["resource_id"]: row["cost"]
        for row in store.rows("SELECT resource_id, sum(list_cost) AS cost FROM charges GROUP BY resource_id")
    }


def test_an_event_at_the_border_has_the_new_price_and_one_before_the_old(store, files: Files) -> None:
    send(
        store,
        call("before", "2026-03-01T09:59:59.999Z"),
        call("at", "2026-03-01T10:00:00.000Z"),
        call("too-early", "2025-12-31T23:59:59.999Z", provider="in-house", model="m"),
        call("first", "2026-01-01T00:00:00.000Z", provider="in-house", model="m"),
    )
    sync(store, files=files.prices("valid_from: 2026-01-01, usd_per_mtok: 7", sku="input_tokens/in-house/m"))
    record_dated(store, [price("2026-01-01", "5"), price("2026-03-01T10:00:00", "4")])
    rate(store)
    assert costs(store) == {"before": 5, "at": 4, "too-early": None, "first": 7}


def test_the_operator_stands_before_files_and_files_before_the_package(store, files: Files) -> None:
    send(store, call("one", "2026-03-01T10:00:00Z"))
    sync(store, files=files.all)
    assert in_force(store) == [("2000-01-01", "2200-01-01", Decimal("2.5"), "genai-prices")]

    litellm = replace(price("2000-01-01", "2.4"), source="prices-litellm")
    assert record_snapshot(store, [litellm]) == 1
    assert in_force(store) == [("2000-01-01", "2200-01-01", Decimal("2.4"), "prices-litellm")]

    sync(store, files=files.prices("valid_from: 2026-02-01, usd_per_mtok: 2.0"))
    stands = [
        ("2000-01-01", "2026-02-01", Decimal("2.4"), "prices-litellm"),
        ("2026-02-01", "2200-01-01", Decimal("2.0"), "config/prices"),
    ]
    assert in_force(store) == stands

    # In any order, any number of times.
    assert record_snapshot(store, [litellm]) == 0
    assert sync(store, files=files.all) == {"prices": 0, "rate_rules": 0, "environments": 0, **NO_AGREEMENTS}
    assert in_force(store) == stands
    rate(store)
    assert costs(store) == {"one": 2}


def test_syncing_again_appends_nothing(store) -> None:
    send(store, call("one", "2026-03-01T10:00:00Z"), call("two", "2026-03-02T10:00:00Z", model="unheard-of"))
    first = sync(store)
    assert first["prices"] > 10
    assert first["rate_rules"] > 0
    assert first["environments"] > 0
    records = store.scalar("SELECT count() FROM price_records")
    for _ in range(2):
        assert set(sync(store).values()) == {0}
        rate(store)
    assert store.scalar("SELECT count() FROM price_records") == records
    assert dirty_days(store) == []
    assert costs(store) == {"one": Decimal("2.5"), "two": None}


def test_a_model_that_becomes_known_is_priced_and_its_days_are_rated_again(store, files: Files) -> None:
    send(
        store,
        call("known", "2026-03-01T10:00:00Z"),
        call("new", "2026-03-02T10:00:00Z", provider="in-house", model="m"),
    )
    sync_and_rate(store)
    assert costs(store) == {"known": Decimal("2.5"), "new": None}
    sync(store, files=files.prices("valid_from: 2026-01-01, usd_per_mtok: 3", sku="input_tokens/in-house/m"))
    assert [day.charge_date for day in rate(store)] == [date(2026, 3, 2)]
    assert costs(store) == {"known": Decimal("2.5"), "new": 3}


def test_a_price_for_the_past_dirties_the_days_that_used_the_sku_and_no_other(store, files: Files) -> None:
    send(
        store,
        call("early", "2026-02-10T10:00:00Z"),
        call("other", "2026-03-02T10:00:00Z", model="gpt-4o-mini"),
        call("late", "2026-03-03T10:00:00Z"),
    )
    sync(store, files=files.prices("valid_from: 2026-01-01, usd_per_mtok: 2.5"))
    rate(store)
    assert dirty_days(store) == []
    changed = ("valid_from: 2026-01-01, usd_per_mtok: 2.5", "valid_from: 2026-03-01, usd_per_mtok: 2.0")
    sync(store, files=files.prices(*changed))
    assert dirty_days(store) == [date(2026, 3, 3)]
    rate(store)
    assert costs(store) == {"early": Decimal("2.5"), "other": Decimal("0.15"), "late": 2}


def test_a_started_price_is_never_edited(store, files: Files) -> None:
    sync(store, files=files.prices("valid_from: 2026-01-01, usd_per_mtok: 2.5"))
    before = in_force(store)
    with pytest.raises(EditRefusedError) as refused:
        sync(store, files=files.prices("valid_from: 2026-01-01, usd_per_mtok: 3.75"))
    message = str(refused.value)
    assert all(said in message for said in (SKU, "2026-01-01", "2.5", "3.75", "config/prices", "append"))
    assert in_force(store) == before

    sync(store, files=files.prices())
    assert in_force(store) == before
    [notice] = config_plans(store, files.all)["prices"].notices
    assert all(said in notice for said in (SKU, "2026-01-01", "2.5", "config/prices no longer says so"))


def test_another_block_or_another_tier_is_an_edit_too(store, files: Files) -> None:
    sync(store, files=files.prices("valid_from: 2026-01-01, usd_per_mtok: 2.5"))
    with pytest.raises(EditRefusedError, match=r"pricing_block 1000000.*pricing_block 1000"):
        sync(store, files=files.prices("valid_from: 2026-01-01, usd_per_ktok: 2.5"))
    tiered = "valid_from: 2026-01-01, usd_per_mtok: 2.5, tiers: [{above_tokens: 1000, usd_per_mtok: 5}]"
    with pytest.raises(EditRefusedError, match="tier_starts"):
        sync(store, files=files.prices(tiered))


def test_a_price_that_has_not_started_may_change_its_mind(store, files: Files) -> None:
    soon, later = datetime.now(UTC).date() + timedelta(days=30), datetime.now(UTC).date() + timedelta(days=60)
    now = "valid_from: 2026-01-01, usd_per_mtok: 2.5"
    sync(store, files=files.prices(now, f"valid_from: {soon}, usd_per_mtok: 2.0"))
    sync(store, files=files.prices(now, f"valid_from: {soon}, usd_per_mtok: 1.5"))
    assert [row[2] for row in in_force(store)] == [Decimal("2.5"), Decimal("1.5")]
    sync(store, files=files.prices(now, f"valid_from: {later}, usd_per_mtok: 1.0"))
    assert in_force(store) == [
        ("2026-01-01", str(later), Decimal("2.5"), "config/prices"),
        (str(later), "2200-01-01", Decimal("1.0"), "config/prices"),
    ]
    sync(store, files=files.prices(now))
    assert in_force(store) == [("2026-01-01", "2200-01-01", Decimal("2.5"), "config/prices")]


def test_a_list_without_dates_holds_from_the_moment_it_differs(store) -> None:
    first = replace(price("2000-01-01", "2.4"), source="prices-litellm")
    now = datetime(2026, 4, 1, 12, tzinfo=UTC)
    assert record_snapshot(store, [first], now=now) == 1
    changed = replace(first, list_unit_price=Decimal("2.2"))
    assert record_snapshot(store, [changed], now=now + timedelta(days=1)) == 2
    assert record_snapshot(store, [changed], now=now + timedelta(days=2)) == 0
    assert in_force(store) == [
        ("2000-01-01", "2026-04-02", Decimal("2.4"), "prices-litellm"),
        ("2026-04-02", "2200-01-01", Decimal("2.2"), "prices-litellm"),
    ]


def test_a_dated_list_that_contradicts_itself_is_refused(store) -> None:
    record_dated(store, [price("2026-01-01", "5")])
    with pytest.raises(EditRefusedError, match=r"list_unit_price 5.*list_unit_price 4"):
        record_dated(store, [price("2026-01-01", "4")])


def test_rules_and_overrides_are_dated_alike(store, files: Files) -> None:
    now = "kind: discount, rate: 0.6, pricing_category: Dynamic, valid_from: 2026-01-01"
    files.environments("cost_center: cc-platform-dev, valid_from: 2026-01-01")
    assert sync(store, files=files.rates(now)) == {"prices": 0, "rate_rules": 1, "environments": 1, **NO_AGREEMENTS}
    assert set(sync(store, files=files.all).values()) == {0}
    with pytest.raises(EditRefusedError, match=r"'some' from 2026-01-01 has started as rate 0\.6 .*rate 0\.5"):
        sync(store, files=files.rates(now.replace("0.6", "0.5")))
    files.rates(now, now.replace("0.6", "0.5").replace("2026-01", "2026-03"))
    assert sync(store, files=files.all)["rate_rules"] == 2
    with pytest.raises(EditRefusedError, match=r"cost_center cc-platform-dev .*cost_center cc-other"):
        sync(store, files=files.environments("cost_center: cc-other, valid_from: 2026-01-01"))


def test_spot_and_ephemeral_discounts_make_effective_cost(store) -> None:
    hour = {"meter": "cpu_core_seconds", "quantity": 3600, "region": "us-east-1"}
    bare = {"source": "test", "time": "2026-03-01T10:00:00Z"}
    send(
        store,
        {**bare, **hour, "event_id": "plain", "resource_id": "plain"},
        {**bare, **hour, "event_id": "spot", "resource_id": "spot", "is_spot": True},
    )
    sync_and_rate(store)
    rows = store.rows("SELECT resource_id, list_cost, effective_cost, billed_cost FROM charges ORDER BY resource_id")
    assert [(row["list_cost"], row["effective_cost"], row["billed_cost"]) for row in rows] == [
        (Decimal("0.04048"), Decimal("0.04048"), Decimal("0.04048")),
        (Decimal("0.04048"), Decimal("0.016192"), Decimal("0.016192")),
    ]


def test_off_peak_hours_are_priced_by_the_event_s_own_hour(store) -> None:
    deepseek = {"provider": "deepseek", "model": "deepseek-chat"}
    send(
        store,
        call("night", "2026-01-05T00:29:59.999Z", **deepseek),
        call("day", "2026-01-05T00:30:00Z", **deepseek),
        call("evening", "2026-01-06T16:30:00Z", **deepseek),
    )
    sync_and_rate(store)
    assert costs(store) == {"night": Decimal("0.135"), "day": Decimal("0.27"), "evening": Decimal("0.135")}
    assert set(sync(store).values()) == {0}


def test_the_tier_is_by_the_whole_call(store) -> None:
    claude = {"provider": "anthropic", "model": "claude-sonnet-4-5"}
    for name, read in (("edge", 100_000), ("over", 100_001)):
        buckets = {"input_tokens": 100_000, "cache_read_tokens": read, "output_tokens": 1_000}
        send(store, call(name, "2026-01-05T10:00:00Z", **claude, quantities=buckets))
    sync_and_rate(store)
    assert costs(store) == {
        "edge": Decimal("0.3") + Decimal("0.03") + Decimal("0.015"),
        "over": Decimal("0.6") + Decimal("0.0600006") + Decimal("0.0225"),
    }


def test_the_ec2_cut_falls_on_the_right_side(store, data: Path) -> None:
    history = data / "prices" / "ec2_ondemand_us_east_1_history.csv.gz"
    ten_hours = {"meter": "instance_seconds", "quantity": 10, "unit": "Hours", "instance_type": "p5.48xlarge"}
    send(
        store,
        *(
            {"source": "test", "event_id": day, "resource_id": day, "time": time, "region": "us-east-1", **ten_hours}
            for day, time in {
                "april": "2025-04-01T00:00:00Z",
                "july": "2025-07-01T00:00:00Z",
                "before-the-cut": "2025-06-23T13:18:29.999Z",
                "at-the-cut": "2025-06-23T13:18:30.000Z",
            }.items()
        ),
    )
    counts = PRICE_RECIPES["prices-ec2"].load(store, history)
    assert counts == {"prices": 1378, "recorded": 1378}
    assert PRICE_RECIPES["prices-ec2"].load(store, history)["recorded"] == 0
    rate(store)
    dear, cheap = Decimal("983.20"), Decimal("550.40")
    assert costs(store) == {"april": dear, "july": cheap, "before-the-cut": dear, "at-the-cut": cheap}


def test_lists_are_loaded_once(store, data: Path) -> None:
    for name, file in (
        ("prices-litellm", "litellm_model_prices.json.gz"),
        ("prices-genai", "genai_prices_data.json.gz"),
    ):
        first = PRICE_RECIPES[name].load(store, data / "prices" / file)
        assert first["recorded"] > 4000
        assert PRICE_RECIPES[name].load(store, data / "prices" / file)["recorded"] == 0


def price(day: str, amount: str) -> Price:
    return Price(
        sku_id=SKU,
        list_unit_price=Decimal(amount),
        pricing_block=1_000_000,
        pricing_unit="1000000 Tokens",
        source="prices-ec2",
        evidence="test",
        valid_from=datetime.fromisoformat(day).replace(tzinfo=UTC),
    )
