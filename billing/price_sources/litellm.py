"""LiteLLM's ``model_prices_and_context_window.json``: USD per token and model, without dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from billing.price_sources.json_file import read_json
from billing.price_sources.token_prices import MILLION, ModelPrices, TokenPrice, model_prices, token_sku
from billing.prices import TOKEN_METERS, Price

SOURCE = "prices-litellm"

_FIELDS = {
    "input_cost_per_token": "input_tokens",
    "output_cost_per_token": "output_tokens",
    "input_cost_per_token_cache_hit": "cache_read_tokens",  # what a few models call the next one
    "cache_read_input_token_cost": "cache_read_tokens",
    "cache_creation_input_token_cost": "cache_write_tokens",
}
_FIELD = re.compile(rf"({'|'.join(_FIELDS)})(?:_above_(\d+)k_tokens)?")


def read_litellm(path: Path) -> list[Price]:
    """Return the token prices of every model that has one, in force since the beginning (the file has no dates).

    Left out: ``sample_spec`` (no model), models without token prices, and models whose every price is 0: the file
    writes 0 also for "not known", and usage must be unpriced rather than silently free.

    Raises:
        ValueError: the file is not of this shape.

    """
    models = read_json(path)
    if not isinstance(models, dict):
        raise ValueError(f"{path}: is no LiteLLM price file; it holds one object, model to prices")
    # A key that names its provider is meant; the same model under a bare key gives way.
    ordered = sorted(models.items(), key=lambda item: "/" not in item[0])
    prices: dict[str, Price] = {}
    for key, entry in ordered:
        if key != "sample_spec" and isinstance(entry, dict):
            for price in _model(key, entry, path.name):
                prices.setdefault(price.sku_id, price)
    return list(prices.values())


def provider_and_model(key: str, litellm_provider: str) -> tuple[str, str]:
    """Return how usage names a model of the file: ``dashscope/qwen-plus`` and ``gpt-4o`` (provider openai)."""
    first, slash, rest = key.partition("/")
    if slash and (first == litellm_provider or litellm_provider.startswith(f"{first}-") or not litellm_provider):
        return first, rest
    return litellm_provider, key


def _model(key: str, entry: dict[str, Any], name: str) -> Iterator[Price]:
    prices = _token_prices(entry)
    if prices.is_free:
        return
    provider, model = provider_and_model(key, str(entry.get("litellm_provider", "")))
    skus = {token_sku(meter, provider, model): meter for meter in TOKEN_METERS}
    yield from model_prices(prices, skus, source=SOURCE, evidence=f"{name}: {key}")


def _token_prices(entry: dict[str, Any]) -> ModelPrices:
    base: dict[str, Decimal] = {}
    tiers: dict[str, list[tuple[int, Decimal]]] = {}
    # The other name first, so that the usual one stands.
    for field, value in sorted(entry.items(), key=lambda item: "cache_hit" not in item[0]):
        match = _FIELD.fullmatch(field)
        if match is None or isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            continue
        per_million = Decimal(value) * MILLION
        if match[2]:
            tiers.setdefault(_FIELDS[match[1]], []).append((int(match[2]) * 1000, per_million))
        else:
            base[_FIELDS[match[1]]] = per_million
    return ModelPrices(
        **{meter: TokenPrice(price, tuple(sorted(tiers.get(meter, [])))) for meter, price in base.items()}
    )
