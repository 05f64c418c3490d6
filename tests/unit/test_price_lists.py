import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from genai_prices import Usage, calc_price

from billing.price_sources.ec2 import read_ec2
from billing.price_sources.genai import PriceList, has_hours, listed_prices, package_list, read_genai
from billing.price_sources.litellm import provider_and_model, read_litellm
from billing.prices import TOKEN_METERS, Price, fitted
from warehouse.histories import BEGINNING, FOREVER

MODELS = [
    {
        "id": "acme",
        "name": "Acme",
        "api_pattern": "https://acme",
        "models": [
            {
                "id": "tiered",
                "match": {"equals": "tiered"},
                "prices": {
                    "input_mtok": {"base": 3, "tiers": [{"start": 200000, "price": 6}]},
                    "cache_read_mtok": {"base": "0.3", "tiers": [{"start": 200000, "price": "0.6"}]},
                    "output_mtok": 15,
                },
            },
            {
                "id": "dated",
                "match": {"starts_with": "dated"},
                "prices": [
                    {"prices": {"input_mtok": 4, "output_mtok": 8}},
                    {"constraint": {"start_date": "2026-03-01"}, "prices": {"input_mtok": 2, "output_mtok": 8}},
                    {
                        "constraint": {"start_date": "2026-05-01"},
                        "prices": {"input_mtok": 2, "output_mtok": 8, "web_searches_kcount": 10},
                    },
                ],
            },
            {
                "id": "by-hour",
                "match": {"equals": "by-hour"},
                "prices": [
                    {"prices": {"input_mtok": 1}},
                    {
                        "constraint": {"start_time": "00:30:00Z", "end_time": "16:30:00Z"},
                        "prices": {"input_mtok": 2},
                    },
                ],
            },
        ],
    }
]


@pytest.fixture
def listed(tmp_path: Path) -> PriceList:
    path = tmp_path / "data.json"
    path.write_text(json.dumps(MODELS), encoding="utf-8")
    return read_genai(path)


def prices_of(listed: PriceList, model: str, *days: date) -> list[Price]:
    found = listed.find("acme", model)
    assert found is not None
    return list(listed.prices(found, {meter: meter for meter in TOKEN_METERS}, days=days))


def test_tiers_are_kept_and_what_is_not_listed_follows_its_input(listed: PriceList) -> None:
    prices = {price.sku_id: price for price in prices_of(listed, "tiered")}
    assert prices["input_tokens"].tiers == ((200_000, Decimal(6)),)
    assert prices["cache_read_tokens"].list_unit_price == Decimal("0.3")
    assert prices["cache_write_tokens"].list_unit_price == 3
    assert prices["cache_write_tokens"].tiers == ((200_000, Decimal(6)),)
    assert prices["output_tokens"].tiers == ()
    assert {price.pricing_block for price in prices.values()} == {1_000_000}


def test_a_tier_starts_above_its_threshold_as_in_the_package() -> None:
    at = {"genai_request_timestamp": datetime(2026, 1, 5, tzinfo=UTC), "provider_id": "anthropic"}
    edge = calc_price(Usage(input_tokens=200_000), "claude-sonnet-4-5", **at).input_price
    over = calc_price(Usage(input_tokens=200_001), "claude-sonnet-4-5", **at).input_price
    assert (edge, over) == (Decimal("0.6"), Decimal("1.200006"))


def test_dates_become_half_open_intervals_of_the_token_prices(listed: PriceList) -> None:
    change = datetime(2026, 3, 1, tzinfo=UTC)
    inputs = [price for price in prices_of(listed, "dated-2026") if price.sku_id == "input_tokens"]
    assert [(price.valid_from, price.valid_to, price.list_unit_price) for price in inputs] == [
        (BEGINNING, change, 4),
        (change, FOREVER, 2),  # 1 May changes the price of a search, not of a token
    ]


def test_hours_of_the_day_are_laid_out_on_the_days_asked_for(listed: PriceList) -> None:
    day = datetime(2026, 1, 5, tzinfo=UTC)
    prices = [price for price in prices_of(listed, "by-hour", day.date()) if price.sku_id == "input_tokens"]
    hours = [((price.valid_from - day) / timedelta(hours=1), price.list_unit_price) for price in prices]
    assert hours == [(0, 1), (0.5, 2), (16.5, 1)]
    assert prices[-1].valid_to == day + timedelta(days=1)
    assert "by-hour" not in {price.sku_id.split("/")[-1] for price in listed_prices(listed)}


def test_unknown_models_have_no_price(listed: PriceList) -> None:
    assert listed.find("acme", "unheard-of") is None
    assert listed.find("unheard-of", "tiered") is None


def test_the_package_knows_models_by_the_names_that_usage_gives_them() -> None:
    for provider, model in (("openai", "gpt-4o"), ("", "gpt-4o"), ("azure", "gpt-4o-2024-08-06")):
        found = package_list().find(provider, model)
        assert found is not None
        assert "gpt-4o" in found.id


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_every_listed_price_is_what_the_package_would_charge(hour: int) -> None:
    at = datetime(2026, 4, 1, hour, 30, tzinfo=UTC)
    usage = Usage(input_tokens=1_000_000, output_tokens=1_000_000)
    compared = 0
    for provider, model in package_list().models():
        if not (has_hours(model) or provider in ("openai", "anthropic", "google", "mistral")):
            continue
        skus = {meter: meter for meter in ("input_tokens", "output_tokens")}
        rated = {
            price.sku_id: next(
                (above for start, above in reversed(price.tiers) if start < 1_000_000), price.list_unit_price
            )
            for price in package_list().prices(model, skus, days=[at.date()])
            if price.valid_from <= at < price.valid_to
        }
        charged = model.get_prices(at).calc_price(usage)
        assert rated.get("input_tokens", 0) == charged["input_price"], (provider, model.id)
        assert rated.get("output_tokens", 0) == charged["output_price"], (provider, model.id)
        compared += 1
    assert compared > 100


def test_quotients_in_price_lists_are_rounded_to_what_a_price_can_hold() -> None:
    assert fitted(Decimal("0.08333333333333334")) == Decimal("0.083333333333")
    assert fitted(Decimal("1.0399999999999998")) == Decimal("1.04")


def test_litellm_prices_are_exact_and_tiered(tmp_path: Path) -> None:
    path = tmp_path / "prices.json"
    path.write_text(
        """{
        "sample_spec": {"litellm_provider": "one of", "input_cost_per_token": 1.0, "output_cost_per_token": 1.0},
        "gpt-4o": {"litellm_provider": "openai", "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05,
            "cache_read_input_token_cost": 1.25e-06, "input_cost_per_token_batches": 1.25e-06},
        "acme/long": {"litellm_provider": "acme", "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05,
            "input_cost_per_token_above_200k_tokens": 6e-06, "cache_creation_input_token_cost": 3.75e-06,
            "cache_creation_input_token_cost_above_1hr": 6e-06},
        "acme/hit": {"litellm_provider": "acme", "input_cost_per_token": 4e-06,
            "input_cost_per_token_cache_hit": 1e-06},
        "acme/free": {"litellm_provider": "acme", "input_cost_per_token": 0.0, "output_cost_per_token": 0},
        "acme/image": {"litellm_provider": "acme", "output_cost_per_image": 0.06}
        }""",
        encoding="utf-8",
    )
    prices = {price.sku_id: price for price in read_litellm(path)}
    assert not [sku for sku in prices if "sample_spec" in sku or "free" in sku or "image" in sku]
    assert prices["input_tokens/openai/gpt-4o"].row()["list_unit_price"] == Decimal("2.5")
    assert prices["cache_read_tokens/openai/gpt-4o"].list_unit_price == Decimal("1.25")
    assert prices["cache_write_tokens/openai/gpt-4o"].list_unit_price == Decimal("2.5")
    assert prices["input_tokens/acme/long"].tiers == ((200_000, Decimal(6)),)
    assert prices["cache_write_tokens/acme/long"].list_unit_price == Decimal("3.75")
    assert prices["cache_read_tokens/acme/hit"].list_unit_price == 1
    assert "output_tokens/acme/hit" not in prices


@pytest.mark.parametrize(
    ("key", "provider", "named"),
    [
        ("gpt-4o", "openai", ("openai", "gpt-4o")),
        ("dashscope/qwen-plus", "dashscope", ("dashscope", "qwen-plus")),
        ("openrouter/anthropic/claude-3.5-sonnet", "openrouter", ("openrouter", "anthropic/claude-3.5-sonnet")),
        ("vertex_ai/claude-opus-4", "vertex_ai-anthropic_models", ("vertex_ai", "claude-opus-4")),
        ("anthropic.claude-3/v1", "bedrock", ("bedrock", "anthropic.claude-3/v1")),
    ],
)
def test_litellm_names_become_provider_and_model(key: str, provider: str, named: tuple[str, str]) -> None:
    assert provider_and_model(key, provider) == named


def test_the_real_litellm_file_prices_what_the_traces_use(data: Path) -> None:
    prices = {price.sku_id: price for price in read_litellm(data / "prices" / "litellm_model_prices.json.gz")}
    said = {
        f"dashscope/{model}": (
            prices[f"input_tokens/dashscope/{model}"].list_unit_price,
            prices[f"output_tokens/dashscope/{model}"].list_unit_price,
        )
        for model in ("qwen-turbo", "qwen-plus", "qwen-max")
    }
    assert said == {
        "dashscope/qwen-turbo": (Decimal("0.05"), Decimal("0.2")),
        "dashscope/qwen-plus": (Decimal("0.4"), Decimal("1.2")),
        "dashscope/qwen-max": (Decimal("1.6"), Decimal("6.4")),
    }


def test_instance_prices_hold_until_the_next_was_seen(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(
        "instance_type,region,usd_per_hour,first_seen,next_change_seen\n"
        "p5.48xlarge,us-east-1,55.04,2025-06-23 13:18:30+00:00,\n"
        "p5.48xlarge,us-east-1,98.32,2023-08-08 13:58:38+00:00,2025-06-23 13:18:30+00:00\n",
        encoding="utf-8",
    )
    before, after = read_ec2(path)
    cut = datetime(2025, 6, 23, 13, 18, 30, tzinfo=UTC)
    assert (before.list_unit_price, before.pricing_block, before.valid_to) == (Decimal("98.32"), 3600, cut)
    assert (after.list_unit_price, after.valid_from, after.valid_to) == (Decimal("55.04"), cut, FOREVER)
    assert after.sku_id == "instance_seconds/p5.48xlarge/us-east-1"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("p5,us,dear,2025-01-01,", ["row 2", "usd_per_hour", "'dear'"]),
        ("p5,us,-1,2025-01-01,", ["row 2", "-1"]),
        ("p5,us,1,once,", ["row 2", "first_seen", "'once'"]),
    ],
)
def test_an_unusable_instance_price_is_named(tmp_path: Path, line: str, words: list[str]) -> None:
    path = tmp_path / "history.csv"
    path.write_text(f"instance_type,region,usd_per_hour,first_seen,next_change_seen\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"history\.csv") as refused:
        read_ec2(path)
    assert all(word in str(refused.value) for word in words)


def test_files_of_another_shape_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "some.json"
    path.write_text("[1", encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.json: is not JSON"):
        read_litellm(path)
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.json: is no LiteLLM"):
        read_litellm(path)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.json: is no genai-prices"):
        read_genai(path)
    with pytest.raises(ValueError, match=r"some\.json: has no column"):
        read_ec2(path)
