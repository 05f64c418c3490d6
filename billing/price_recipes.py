"""Price files of other shapes that can be loaded: ``farthing load RECIPE PATH`` records them in the price book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from billing.price_book import models_in_use, record_dated, record_snapshot
from billing.price_sources.ec2 import read_ec2
from billing.price_sources.genai import listed_prices, read_genai
from billing.price_sources.litellm import read_litellm
from warehouse.connect import Store


@dataclass(frozen=True, slots=True)
class PriceRecipe:
    """A shape of price file. ``load`` returns counts: ``prices`` in the file, ``recorded`` rows appended."""

    name: str
    description: str
    load: Callable[[Store, Path], dict[str, int]] = field(hash=False)


def load_litellm(store: Store, path: Path) -> dict[str, int]:
    """Record LiteLLM's prices: all of time for new models, from now on where they differ from an earlier load."""
    prices = read_litellm(path)
    return {"prices": len(prices), "recorded": record_snapshot(store, prices)}


def load_genai(store: Store, path: Path) -> dict[str, int]:
    """Record a genai-prices data file: every model by its own name, and by the names used so far."""
    listed = read_genai(path)
    prices = {(price.sku_id, price.valid_from): price for price in listed_prices(listed)}
    for sku in models_in_use(store):
        if (model := listed.find(sku.provider, sku.model)) is not None:
            for price in listed.prices(model, {sku.sku_id: sku.meter}, days=sku.days):
                prices.setdefault((price.sku_id, price.valid_from), price)
    return {"prices": len(prices), "recorded": record_snapshot(store, prices.values())}


def load_ec2(store: Store, path: Path) -> dict[str, int]:
    """Record an instance price history; its dates are taken as they are."""
    prices = read_ec2(path)
    return {"prices": len(prices), "recorded": record_dated(store, prices)}


PRICE_RECIPES = {
    recipe.name: recipe
    for recipe in (
        PriceRecipe("prices-litellm", "LLM prices: LiteLLM's model_prices_and_context_window.json", load_litellm),
        PriceRecipe("prices-genai", "LLM prices: data.json of genai-prices, plain or gzipped", load_genai),
        PriceRecipe("prices-ec2", "Instance prices by type and region, dated (CSV)", load_ec2),
    )
}
