"""LLM list prices of the genai-prices package: by provider and model as usage names them, dated and tiered.

The package's own matching (aliases, dated model names, one provider's models at another) and its own choice of the
price in force are used, so that we agree with it by construction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

from genai_prices.data_snapshot import DataSnapshot, get_snapshot
from genai_prices.types import (
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    TieredPrices,
    TimeOfDateConstraint,
    _providers_from_raw,  # the package reads its own data.json with this; it has no public name (0.2.3, pinned)
)

from billing.price_sources.json_file import read_json
from billing.price_sources.token_prices import ModelPrices, TokenPrice, model_prices, token_sku
from billing.prices import TOKEN_METERS, Price
from warehouse.histories import BEGINNING, FOREVER

PACKAGE = "genai-prices"
FILE = "prices-genai"


class PriceList:
    """A snapshot of the package's data: its own, or a ``data.json`` of the same schema."""

    def __init__(self, snapshot: DataSnapshot, *, source: str, evidence: str) -> None:
        self._snapshot = snapshot
        self.source = source
        self.evidence = evidence

    def find(self, provider: str, model: str) -> ModelInfo | None:
        """Return the model that usage means, or None where the list does not know it."""
        try:
            return self._snapshot.find_provider_model(model, None, provider or None, None)[1]
        except LookupError:
            return None

    def models(self) -> Iterator[tuple[str, ModelInfo]]:
        """Yield every model with the id of its provider."""
        for provider in self._snapshot.providers:
            for model in provider.models:
                yield provider.id, model

    def prices(self, model: ModelInfo, skus: dict[str, str], *, days: Sequence[date] = ()) -> Iterator[Price]:
        """Yield the prices of a model for SKUs (to their token meters), interval by interval.

        A model with hours of the day (off-peak prices) is priced on ``days`` only: its price changes for ever.
        """
        evidence = f"{self.evidence}: {model.id}"
        for start, end, prices in intervals(model, days):
            yield from model_prices(prices, skus, source=self.source, evidence=evidence, valid_from=start, valid_to=end)


@lru_cache(maxsize=1)
def package_list() -> PriceList:
    """Return the list that the installed package brings."""
    return PriceList(get_snapshot(), source=PACKAGE, evidence=f"{PACKAGE} {version('genai-prices')}")


def read_genai(path: Path) -> PriceList:
    """Return a list from a file of the package's schema.

    Raises:
        ValueError: the file is not of this schema.

    """
    raw = read_json(path)
    if not isinstance(raw, list):
        raise ValueError(f"{path}: is no genai-prices data file; it holds a list of providers")
    # pydantic's ValidationError is a ValueError that says where in the file.
    return PriceList(DataSnapshot(_providers_from_raw(raw), False), source=FILE, evidence=path.name)


def listed_prices(prices: PriceList) -> Iterator[Price]:
    """Yield the prices of every model under its own name; those by the hour of the day wait for usage."""
    for provider, model in prices.models():
        if not has_hours(model):
            yield from prices.prices(model, {token_sku(meter, provider, model.id): meter for meter in TOKEN_METERS})


def has_hours(model: ModelInfo) -> bool:
    """Return whether a model's price depends on the hour of the day."""
    return any(isinstance(price.constraint, TimeOfDateConstraint) for price in _conditional(model))


def intervals(model: ModelInfo, days: Sequence[date] = ()) -> Iterator[tuple[datetime, datetime, ModelPrices]]:
    """Yield the model's prices over time, half-open and not overlapping, as the package itself would choose them."""
    cuts = {_midnight(price.constraint.start_date) for price in _conditional(model) if _is_dated(price)}
    if not has_hours(model):
        yield from _chosen(model, sorted({BEGINNING, *cuts, FOREVER}))
        return
    hours = [price.constraint for price in _conditional(model) if isinstance(price.constraint, TimeOfDateConstraint)]
    for day in sorted(set(days)):
        midnight = _midnight(day)
        borders = {midnight, midnight + timedelta(days=1)}
        for constraint in hours:
            for border in (constraint.start_time, constraint.end_time):
                aware = border if border.tzinfo else border.replace(tzinfo=UTC)
                borders.add(datetime.combine(day, datetime.combine(day, aware).astimezone(UTC).timetz()))
        yield from _chosen(model, sorted(borders))


def _chosen(model: ModelInfo, borders: Sequence[datetime]) -> Iterator[tuple[datetime, datetime, ModelPrices]]:
    chosen = [_model_prices(model.get_prices(start)) for start in borders[:-1]]
    # A border where no token price changes (a search became dearer) is none of ours.
    changes = [at for at in range(len(chosen)) if at == 0 or chosen[at] != chosen[at - 1]]
    for first, after in pairwise([*changes, len(chosen)]):
        yield borders[first], borders[after], chosen[first]


def _conditional(model: ModelInfo) -> list[ConditionalPrice]:
    return model.prices if isinstance(model.prices, list) else []


def _is_dated(price: ConditionalPrice) -> bool:
    return price.constraint is not None and not isinstance(price.constraint, TimeOfDateConstraint)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _model_prices(prices: ModelPrice) -> ModelPrices:
    return ModelPrices(
        input_tokens=_token_price(prices.input_mtok),
        cache_read_tokens=_token_price(prices.cache_read_mtok),
        cache_write_tokens=_token_price(prices.cache_write_mtok),
        output_tokens=_token_price(prices.output_mtok),
    )


def _token_price(price: Any) -> TokenPrice | None:
    if isinstance(price, TieredPrices):
        return TokenPrice(price.base, tuple((tier.start, tier.price) for tier in price.tiers))
    return None if price is None else TokenPrice(price)
