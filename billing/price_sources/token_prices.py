"""The four token prices of a model, from what a price list says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from billing.prices import TOKEN_METERS, Price
from warehouse.histories import BEGINNING, FOREVER

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class TokenPrice:
    """USD for a million tokens, and (start, price) for calls whose whole input exceeds ``start`` tokens."""

    base: Decimal
    tiers: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPrices:
    """What a list says of a model; ``None`` where it says nothing."""

    input_tokens: TokenPrice | None = None
    cache_read_tokens: TokenPrice | None = None
    cache_write_tokens: TokenPrice | None = None
    output_tokens: TokenPrice | None = None

    def of(self, meter: str) -> TokenPrice | None:
        """The price of a meter. A provider that lists no price for cached input charges it as input."""
        own: TokenPrice | None = getattr(self, meter)
        return self.input_tokens if own is None and meter.startswith("cache_") else own

    @property
    def is_free(self) -> bool:
        """Every price it says is 0."""
        said = [price for meter in TOKEN_METERS if (price := getattr(self, meter)) is not None]
        return not any(price.base or any(above for _, above in price.tiers) for price in said)


def token_sku(meter: str, provider: str, model: str) -> str:
    """Return the SKU of a token meter, as the door writes it."""
    return "/".join(part for part in (meter, provider, model) if part)


def model_prices(
    prices: ModelPrices,
    skus: dict[str, str],
    *,
    source: str,
    evidence: str,
    valid_from: datetime = BEGINNING,
    valid_to: datetime = FOREVER,
) -> Iterator[Price]:
    """Yield a price per SKU; ``skus`` maps SKU to its token meter. A meter without a price stays unpriced."""
    for sku_id, meter in skus.items():
        if (price := prices.of(meter)) is not None:
            yield Price(
                sku_id=sku_id,
                list_unit_price=price.base,
                tiers=price.tiers,
                pricing_block=MILLION,
                pricing_unit="1000000 Tokens",
                source=source,
                evidence=evidence,
                valid_from=valid_from,
                valid_to=valid_to,
            )
