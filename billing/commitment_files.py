"""``config/commitments.yml``: reserved capacity, as rows of the history ``commitments``."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, model_validator

from billing.dated_files import Dated, read_dated
from config.meters import meters
from config.settings import ROOT

COMMITMENTS = ROOT / "config" / "commitments.yml"

_HOLDER = re.compile(r"(app|cost_center)/.+", re.DOTALL)
_Share = Annotated[Decimal, Field(gt=0, le=1, decimal_places=9)]


class CommitmentEntry(Dated):
    """Units of a SKU that are paid for every hour, and for whom they are reserved."""

    sku_id: str
    units_per_hour: Annotated[Decimal, Field(gt=0, decimal_places=9, lt=Decimal("1e15"))]
    cost_per_hour: Annotated[Decimal, Field(ge=0, decimal_places=12, lt=Decimal("1e12"))]
    shares: dict[str, _Share] = Field(default_factory=dict)
    cost_center: str = ""
    footnote: str = ""

    @model_validator(mode="after")
    def _is_of_a_known_meter(self) -> CommitmentEntry:
        meter = meters().get(self.sku_id.partition("/")[0])
        if meter is None or not meter.is_priced:
            raise ValueError(f"sku_id {self.sku_id!r} begins with no priced meter: {', '.join(_priced())}")
        return self

    @model_validator(mode="after")
    def _holds_for_whole_hours(self) -> CommitmentEntry:
        for name, at in (("valid_from", self.valid_from), ("valid_to", self.valid_to)):
            if at.replace(minute=0, second=0, microsecond=0) != at:
                raise ValueError(f"{name} {at.isoformat()} is no full hour; capacity is committed by the hour")
        return self

    @model_validator(mode="after")
    def _is_shared_as_a_whole(self) -> CommitmentEntry:
        for holder in self.shares:
            if not _HOLDER.fullmatch(holder):
                raise ValueError(f"share {holder!r} is of neither app/APP nor cost_center/COST_CENTER")
        if self.shares and (total := sum(self.shares.values(), Decimal(0))) != 1:
            raise ValueError(
                f"shares sum to {total:f}, not to 1; state what is left as the share of somebody, or state no shares"
            )
        return self


def read_commitments(path: Path = COMMITMENTS) -> list[dict[str, Any]]:
    """Return the commitments as rows of the history ``commitments``.

    Raises:
        ValueError: an entry is unusable; the message names file, key, value and fix.

    """
    return [{**row, "evidence": ""} for row in read_dated(path, "commitments", "commitment_id", CommitmentEntry)]


def _priced() -> list[str]:
    return [meter.name for meter in meters().values() if meter.is_priced]
