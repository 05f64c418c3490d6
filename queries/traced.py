"""Which charges is a trace about: those of a period, or of an invoice line?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import ibis
import ibis.expr.types as ir

from metrics.cost import invoiced
from queries.chosen import Where, chosen

_TEXTS = ("cost_center", "team_id", "app_id", "environment", "sku_id", "meter", "service_name", "sku_price_id")
_RULES = ("pricing_unit", "discount_rule_id", "markup_rule_id")
CHARGED = ("usage", "direct")  # line kinds that are made of charges


def traced(
    charges: ir.Table,
    *,
    start: datetime | None,
    end: datetime | None,
    where: Where | None = None,
    line: Mapping[str, Any] | None = None,
) -> ir.Table:
    """Return the charges that begin in ``[start, end)`` and match ``where``; of a ``line`` those it sums.

    ``billed_cost`` is what invoices take of a charge (``metrics.cost.invoiced``). Of a closed month ``charges`` are
    those it was billed from (``billed_then``). A ``line`` of kind ``allocated`` has the shared costs of its type, or
    only its ``pools`` (``pool_names``); its values may be parameters (``warehouse.parameters``). Grain: as given.
    """
    held = chosen(charges, start=start, end=end, where=where)
    held = held.mutate(billed_cost=invoiced(held))
    if line is None:
        return held
    if line["line_kind"] == "allocated":
        shared = held.filter(held.sku_id == line["sku_id"], held.app_id == "")
        pools = line.get("pools")  # an app that was not active all month bears none of the others
        return shared if pools is None else shared.filter(_is_one_of(shared, pools))
    is_default = held.attribution_rule == "default"
    is_of_line = [
        held.pricing_status == "priced",
        held.consumed_unit == line["unit"],
        *(held[name] == line[name] for name in (*_TEXTS, *_RULES)),
        is_default if line["attribution_rule_is_default"] else ~is_default,
        held.pricing_block == line["pricing_block"],
    ]
    if (price := line["list_unit_price"]) is not None:
        price = price if isinstance(price, ir.Value) else ibis.literal(price, "decimal(38, 12)")
        is_of_line.append(held.list_unit_price == price)
    return held.filter(*is_of_line)


def pool_names(parts: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the pools that shares are parts of, by name: the seconds that their periods begin and end at."""
    periods = {(part["charge_period_start"], part["charge_period_end"]) for part in parts}
    return sorted("/".join(f"{_utc(moment).timestamp():.0f}" for moment in period) for period in periods)


def _is_one_of(shared: ir.Table, pools: ir.ArrayValue | Sequence[str]) -> ir.BooleanValue:
    begins, ends = (
        shared[name].epoch_seconds().cast("!string") for name in ("charge_period_start", "charge_period_end")
    )
    name = (begins + "/" + ends).cast("!string")
    return pools.contains(name) if isinstance(pools, ir.ArrayValue) else name.isin(list(pools))


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
