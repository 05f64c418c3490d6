"""Discount and markup rules: dated fractions with a scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRule:
    """A discount (effective = list x (1 - rate)) or a markup (billed = effective x (1 + rate)).

    It holds in ``[valid_from, valid_to)`` where every non-empty scope equals the charge's value.
    """

    rule_id: str
    kind: str
    rate: Decimal
    lifecycle: str = ""
    pricing_category: str = ""
    meter: str = ""
    cost_center: str = ""
    app_id: str = ""
    valid_from: datetime
    valid_to: datetime

    @property
    def scope(self) -> dict[str, str]:
        """The conditions that are set."""
        names = ("lifecycle", "pricing_category", "meter", "cost_center", "app_id")
        return {name: getattr(self, name) for name in names if getattr(self, name)}
