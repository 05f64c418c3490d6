"""What a price is, whoever says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from warehouse.histories import BEGINNING, FOREVER

TOKEN_METERS = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")

DECIMALS = Decimal("1e-12")  # what a unit price can hold (Decimal(38, 12))

# Who is believed where several name a price: lower first. Anybody else who records a price is an operator.
OPERATOR_RANK = 0
RANKS = {
    "config/prices": OPERATOR_RANK,
    "prices-litellm": 1,
    "prices-ec2": 1,
    "prices-genai": 1,
    "genai-prices": 2,
}


def rank_of(source: str) -> int:
    """Return how far back in the queue a source of prices stands."""
    return RANKS.get(source, OPERATOR_RANK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A price for ``pricing_block`` canonical units of a SKU, in the store's currency, in ``[valid_from, valid_to)``.

    ``tiers`` are (start, price): a call whose whole input exceeds ``start`` tokens is priced at the last such tier.
    """

    sku_id: str
    list_unit_price: Decimal
    pricing_block: int
    pricing_unit: str
    source: str
    evidence: str
    tiers: tuple[tuple[int, Decimal], ...] = ()
    valid_from: datetime = BEGINNING
    valid_to: datetime = FOREVER

    def row(self) -> dict[str, Any]:
        """The price as a row of the history ``prices``; the id tells apart every price a SKU ever had."""
        return {
            "sku_id": self.sku_id,
            "sku_price_id": f"{self.sku_id}@{_stamp(self.valid_from)}:{self.source}",
            "list_unit_price": fitted(self.list_unit_price),
            "tier_starts": [start for start, _ in self.tiers],
            "tier_unit_prices": [fitted(price) for _, price in self.tiers],
            "pricing_block": self.pricing_block,
            "pricing_unit": self.pricing_unit,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "evidence": self.evidence,
            "recorded_by": self.source,
        }


def fitted(price: Decimal) -> Decimal:
    """Return a unit price to 12 decimals; price files hold a few quotients with more (0.08333333333333334)."""
    return price.quantize(DECIMALS, rounding=ROUND_HALF_EVEN)


def _stamp(instant: datetime) -> str:
    moment = instant.astimezone(UTC)
    if (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0):
        return f"{moment:%Y-%m-%d}"
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds").replace("+00:00", "Z")
