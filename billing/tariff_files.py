"""``config/tariffs.yml``: fees, allowances and volume tiers, as rows of the history ``tariffs``."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from billing.dated_files import Dated, read_dated
from config.meters import meters
from config.settings import ROOT

TARIFFS = ROOT / "config" / "tariffs.yml"

_Amount = Annotated[Decimal, Field(ge=0, decimal_places=12, lt=Decimal("1e15"))]
_Quantity = Annotated[Decimal, Field(ge=0, decimal_places=9, lt=Decimal("1e18"))]
_NEEDED = {
    "fee": {"amount"},
    "allowance": {"meter", "quantity"},
    "tier": {"meter", "tiers"},
    "parallel": {"amount", "cost_center"},
}


class Tier(BaseModel):
    """The discount on what exceeds ``above``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    above: _Quantity
    discount: Annotated[Decimal, Field(ge=0, le=1, decimal_places=9)]


class TariffEntry(Dated):
    """One agreement and where it holds."""

    kind: Literal["fee", "allowance", "tier", "parallel"]
    cost_center: str = ""
    app_id: str = ""
    meter: str = ""
    amount: _Amount | None = None
    quantity: _Quantity | None = None
    tiers: tuple[Tier, ...] = ()
    footnote: str = ""

    @model_validator(mode="after")
    def _says_what_its_kind_needs(self) -> TariffEntry:
        given = {name for name in ("meter", "amount", "quantity", "tiers") if getattr(self, name) not in ("", None, ())}
        if self.cost_center and "cost_center" in _NEEDED[self.kind]:
            given.add("cost_center")
        if given != _NEEDED[self.kind]:
            raise ValueError(f"a {self.kind} says {' and '.join(sorted(_NEEDED[self.kind]))}, nothing else of these")
        if self.meter and self.meter not in meters():
            raise ValueError(f"meter {self.meter!r} is none of {', '.join(meters())}")
        for lower, upper in pairwise(self.tiers):
            if upper.above <= lower.above or upper.discount < lower.discount:
                raise ValueError("tiers rise: each begins above the one before and discounts at least as much")
        return self


def read_tariffs(path: Path = TARIFFS) -> list[dict[str, Any]]:
    """Return the tariffs as rows of the history ``tariffs``.

    Raises:
        ValueError: an entry is unusable; the message names file, key, value and fix.

    """
    return [_row(entry) for entry in read_dated(path, "tariffs", "tariff_id", TariffEntry)]


def _row(entry: dict[str, Any]) -> dict[str, Any]:
    tiers = entry.pop("tiers")
    discounts = [Decimal(0), *(tier["discount"] for tier in tiers)]
    return {
        **entry,
        "amount": entry["amount"] or Decimal(0),
        "quantity": entry["quantity"] or Decimal(0),
        "thresholds": [tier["above"] for tier in tiers],
        "steps": [upper - lower for lower, upper in pairwise(discounts)],
        "evidence": "",
    }
