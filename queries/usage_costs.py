"""What do hourly quantities cost under the price and the rules they carry?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from config.meters import SKU_ATTRIBUTES, meters
from config.rate_rules import RateRule
from metrics.exact import per_block, said_of, times_unit_price
from queries.ruled_costs import ruled_costs


def usage_costs(hourly: ir.Table, rate_rules: Sequence[RateRule], currency: str) -> ir.Table:
    """Return hourly priced quantities as charges: costs, status, units and service.

    ``list_cost = consumed_quantity x list_unit_price / pricing_block``; effective after discount, billed after markup.
    Grain: as given. Costs are null where nothing is known, 0 where a meter is only counted.
    """
    catalog = meters().values()
    counted = hourly.meter.isin([meter.name for meter in catalog if not meter.is_priced])
    status = ibis.cases((hourly.has_price, "priced"), (counted, "counted"), else_="unpriced")
    unit_price = ibis.ifelse(hourly.has_price, hourly.list_unit_price, ibis.null("decimal(38, 12)"))
    amount = per_block(
        times_unit_price(hourly.consumed_quantity.cast("decimal(76, 9)"), hourly.list_unit_price),
        ibis.greatest(hourly.pricing_block, 1),
    )
    zero = ibis.literal(0).cast("decimal(76, 21)")
    list_cost = ibis.cases((hourly.has_price, amount), (counted, zero), else_=ibis.null("decimal(76, 21)"))
    costed = hourly.mutate(
        charge_date=hourly.charge_period_start.date(),
        charge_period_end=(hourly.charge_period_start + ibis.interval(hours=1)).cast("!timestamp('UTC', 0)"),
        charge_category=ibis.literal("Usage"),
        charge_class=ibis.null("string"),
        service_name=_of_meter(hourly, {meter.name: meter.service_name for meter in catalog}),
        service_category=_of_meter(hourly, {meter.name: meter.service_category for meter in catalog}),
        pricing_status=status,
        consumed_unit=_of_meter(hourly, {meter.name: meter.unit for meter in catalog}),
        list_unit_price=unit_price,
        list_cost=list_cost,
        billing_currency=ibis.literal(currency),
        # An attribute that is no part of the SKU is the event's business, not the charge's.
        **{
            name: ibis.ifelse(hourly.meter.isin([m.name for m in catalog if name in m.sku_by]), hourly[name], "")
            for name in SKU_ATTRIBUTES
        },
    )
    return ruled_costs(costed, rate_rules)


def _of_meter(hourly: ir.Table, values: dict[str, str]) -> ir.StringValue:
    return said_of(hourly.meter, ibis.array(list(values)), ibis.array(list(values.values())), "")
