"""The meters: what is counted, in which canonical unit, and what names its SKU."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

SKU_ATTRIBUTES = ("provider", "model", "instance_type", "region")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """One thing that is counted.

    ``factors`` maps every accepted unit (the canonical one included) to its exact factor to ``unit``.
    """

    name: str
    unit: str
    factors: dict[str, Decimal] = field(hash=False)
    sku_by: tuple[str, ...]
    is_priced: bool
    service_name: str
    service_category: str


@lru_cache(maxsize=1)
def meters() -> dict[str, Meter]:
    """Return the catalog by meter name, in the file's order.

    Raises:
        ValueError: an entry names an attribute that cannot be part of a SKU.

    """
    entries = yaml.safe_load((Path(__file__).parent / "meters.yml").read_text(encoding="utf-8"))
    return {name: _meter(name, entry) for name, entry in entries.items()}


def _meter(name: str, entry: dict[str, Any]) -> Meter:
    sku_by = tuple(entry["sku_by"])
    if unknown := set(sku_by) - set(SKU_ATTRIBUTES):
        raise ValueError(f"config/meters.yml: {name}.sku_by names {sorted(unknown)}; known are {SKU_ATTRIBUTES}")
    accepts = {unit: Decimal(str(factor)) for unit, factor in entry.get("accepts", {}).items()}
    service_name, service_category = entry["service"]
    return Meter(
        name=name,
        unit=entry["unit"],
        factors={entry["unit"]: Decimal(1), **accepts},
        sku_by=sku_by,
        is_priced=entry.get("priced", True),
        service_name=service_name,
        service_category=service_category,
    )
