"""The units a price can be written for: ``usd_per_gb_hour`` says which, and for how many canonical units it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from config.meters import Meter


@dataclass(frozen=True, slots=True)
class PricingUnit:
    """A unit of prices. ``blocks`` maps a meter's canonical unit to how many of them one pricing unit is."""

    name: str
    blocks: dict[str, int] = field(hash=False)


HOURS_A_MONTH = 730  # 365 days x 24 hours / 12: how clouds quote storage by the month

PRICING_UNITS = {
    "token": PricingUnit("Tokens", {"Tokens": 1}),
    "ktok": PricingUnit("1000 Tokens", {"Tokens": 1_000}),
    "mtok": PricingUnit("1000000 Tokens", {"Tokens": 1_000_000}),
    "request": PricingUnit("Requests", {"Requests": 1}),
    "krequests": PricingUnit("1000 Requests", {"Requests": 1_000}),
    "second": PricingUnit("Seconds", {"Seconds": 1}),
    "hour": PricingUnit("Hours", {"Seconds": 3_600}),
    "core_second": PricingUnit("Core-Seconds", {"Core-Seconds": 1}),
    "core_hour": PricingUnit("Core-Hours", {"Core-Seconds": 3_600}),
    "gb_second": PricingUnit("GB-Seconds", {"GB-Seconds": 1}),
    "gb_hour": PricingUnit("GB-Hours", {"GB-Seconds": 3_600, "GB-Hours": 1}),
    "gb_month": PricingUnit("GB-Months", {"GB-Seconds": 3_600 * HOURS_A_MONTH, "GB-Hours": HOURS_A_MONTH}),
    "gb": PricingUnit("GB", {"B": 1_000_000_000}),
    "gib": PricingUnit("GiB", {"B": 1_073_741_824}),
    "tb": PricingUnit("TB", {"B": 1_000_000_000_000}),
}


def units_of(meter: Meter) -> list[str]:
    """Return the units that a meter can be priced in, as they are written after ``usd_per_``."""
    return [name for name, unit in PRICING_UNITS.items() if meter.unit in unit.blocks]
