"""Which charges is a trace about: those of a period, of a line, of the generation that was billed?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import ibis
import ibis.expr.types as ir

from queries.chosen import Where, chosen

_TEXTS = ("cost_center", "team_id", "app_id", "environment", "sku_id", "meter", "service_name", "sku_price_id")
_RULES = ("pricing_unit", "discount_rule_id", "markup_rule_id")
CHARGED = ("usage", "direct")  # line kinds that are made of charges


def traced(
    charges: ir.Table,
    period_closings: ir.Table | None = None,
    *,
    start: datetime,
    end: datetime,
    where: Where | None = None,
    line: Mapping[str, Any] | None = None,
    period: date | None = None,
) -> ir.Table:
    """Return the charges that begin in ``[start, end)`` and match ``where``; of a ``line`` those it sums.

    With ``period`` the charges are rated ones of every generation, and those are kept that the month was closed with.
    A ``line`` of kind ``allocated`` has its pool. Grain: as given.
    """
    held = chosen(charges, start=start, end=end, where=where)
    if period is not None and period_closings is not None:
        pins = period_closings.filter(period_closings.billing_period == ibis.literal(period))
        pins = pins.filter(pins.kind == "close")
        held = held.semi_join(pins, ["charge_date", "generation"])
    if line is None:
        return held
    if line["line_kind"] == "allocated":
        return held.filter(held.sku_id == line["sku_id"], held.app_id == "")
    held = held.filter(held.pricing_status == "priced", held.consumed_unit == line["unit"])
    held = held.filter(*(held[name] == line[name] for name in (*_TEXTS, *_RULES)))
    is_default = held.attribution_rule == "default"
    held = held.filter(is_default if line["attribution_rule_is_default"] else ~is_default)
    if line["list_unit_price"] is not None:
        held = held.filter(held.list_unit_price == ibis.literal(line["list_unit_price"], "decimal(38, 12)"))
    return held
