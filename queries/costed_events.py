"""What does each usage event behind these charges cost, under which rules?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from config.rate_rules import RateRule
from metrics.exact import minus_money, per_block, sum_quantity, times_unit_price
from metrics.fractions import minus_quantity
from queries.priced_events import KEYS, OF_CHARGE, priced_events
from queries.ruled_costs import Rate, discounted, marked_up, rates
from queries.ruled_usage import ruled_usage

COSTS = ("list_cost", "effective_cost", "billed_cost")
RULES = ("discount_rule_id", "markup_rule_id")
ORDER = ("time", "source", "event_id", "meter")
SAID = (
    *(*ORDER, "quantity", *OF_CHARGE, "list_unit_price", "pricing_block", *RULES),
    *("sku_price_id", "is_estimated", "lease_id", "received_at"),
)


def costed_events(
    usage: ir.Table,
    held: ir.Table,
    leases: ir.Table,
    ownerships: ir.Table,
    owners: ir.Table,
    environments: ir.Table,
    prices: ir.Table,
    *,
    rate_rules: Sequence[RateRule],
) -> ir.Table:
    """Return the usage events of the charges ``held`` with their discount, markup, list, effective and billed cost.

    ``held`` has the charges' ``KEYS`` and ``RULES``. Prices and rules are those of the event's own time. What a charge
    truncates once at the 21st decimal is dealt out over its events in order of time, so that their costs sum to the
    charge's to the last digit. Meters that are only counted cost nothing here and 0 in their charge.

    Grain: one row per event and meter.
    """
    priced = priced_events(usage, leases, ownerships, owners, environments, prices)
    keys = [*KEYS, *RULES]
    ruled = ruled_usage(priced, rate_rules).semi_join(held, keys)
    so_far = ibis.window(group_by=[*keys, "pricing_block"], order_by=list(ORDER), following=0)
    read = ruled.select(*SAID, reached=sum_quantity(ruled.quantity).over(so_far))
    return dealt_out(read, rate_rules)


def dealt_out(read: ir.Table, rate_rules: Sequence[RateRule]) -> ir.Table:
    """Return events with what each adds to its charge; ``reached`` is the charge's quantity with the event."""
    rules = rates(read, rate_rules)
    # The cost of the charge so far with the event, less the cost without it.
    upto, before = (_costs(read, to, *rules) for to in (read.reached, minus_quantity(read.reached, read.quantity)))
    parts = {cost: minus_money(*ends) for cost, *ends in zip(COSTS, upto, before, strict=True)}
    return read.mutate(**parts).drop("reached")


def _costs(read: ir.Table, quantity: ir.DecimalValue, discount: Rate, markup: Rate) -> tuple[ir.DecimalValue, ...]:
    amount = times_unit_price(quantity.cast("decimal(76, 9)"), read.list_unit_price)
    listed = per_block(amount, ibis.greatest(read.pricing_block, 1))
    effective = discounted(listed, discount)
    return listed, effective, marked_up(effective, markup)
