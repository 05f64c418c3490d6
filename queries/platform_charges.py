"""What do attributed platform costs book? As reported, in their own currency."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import sum_digest, sum_money

_GRAIN = (
    "charge_period_start",
    "charge_period_end",
    "resource_id",
    "app_id",
    "team_id",
    "cost_center",
    "environment",
    "lifecycle",
    "attribution_rule",
    "is_reconciled",
    "cost_type",
    "charge_category",
    "provider",
    "service_name",
    "region",
    "billing_currency",
)


def platform_charges(platform_costs: ir.Table) -> ir.Table:
    """Return the charges of attributed platform costs (``attributed``).

    A cost belongs to the hour its period starts in and keeps its period. Amounts are never converted: a cost in another
    currency stays a charge in that currency.

    Grain: one row per (period, resource_id, app_id, team_id, cost_center, environment, lifecycle, attribution_rule,
    cost_type, charge_category, provider, service_name, region, billing_currency).
    """
    costs = platform_costs.mutate(
        charge_period_start=platform_costs.time.truncate("s").cast("!timestamp('UTC', 0)"),
        charge_period_end=platform_costs.charge_period_end.truncate("s").cast("!timestamp('UTC', 0)"),
    )
    summed = costs.group_by(_GRAIN).agg(
        list_total=sum_money(costs.list_cost),
        effective_total=sum_money(costs.effective_cost),
        billed_total=sum_money(costs.billed_cost),
        event_count=costs.count().cast("!uint64"),
        digest_total=sum_digest(costs.event_digest),
    )
    nothing = ibis.literal("")
    return summed.mutate(
        charge_date=summed.charge_period_start.date(),
        charge_class=ibis.null("string"),
        is_estimated=ibis.literal(False),
        meter=ibis.literal("platform_cost"),
        service_category=nothing,
        model=nothing,
        instance_type=nothing,
        pricing_category=ibis.literal("Standard"),
        pricing_status=ibis.literal("priced"),
        sku_id=ibis.literal("platform_cost/") + summed.cost_type,
        sku_price_id=nothing,
        discount_rule_id=nothing,
        markup_rule_id=nothing,
        consumed_quantity=ibis.literal(0).cast("!decimal(38, 9)"),
        consumed_unit=nothing,
        list_unit_price=ibis.null("decimal(38, 12)"),
        pricing_block=ibis.literal(1).cast("!uint64"),
        pricing_unit=nothing,
        list_cost=summed.list_total,
        effective_cost=summed.effective_total,
        billed_cost=summed.billed_total,
        event_digest=summed.digest_total,
    )
