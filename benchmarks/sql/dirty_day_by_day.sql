-- The day's charges without the hour and the resource, as an engineer would write them by hand.
SELECT
    charge_date, generation, toDateTime64(charge_date, 0, 'UTC') AS charge_period_start,
    max(h.charge_period_end) AS charge_period_end, charge_category, charge_class, '' AS resource_id,
    app_id, team_id, cost_center, environment, lifecycle, attribution_rule, is_reconciled, is_estimated, meter,
    service_name, service_category, provider, model, instance_type, region, pricing_category, pricing_status,
    sku_id, sku_price_id, discount_rule_id, markup_rule_id,
    sum(h.consumed_quantity) AS consumed_quantity, consumed_unit, list_unit_price, pricing_block, pricing_unit,
    sum(h.list_cost) AS list_cost, sum(h.effective_cost) AS effective_cost, sum(h.billed_cost) AS billed_cost,
    billing_currency, sum(h.event_count) AS event_count, sum(h.event_digest) AS event_digest
FROM hand_charges AS h
WHERE charge_date = {day:Date} AND generation = {generation:UInt64}
GROUP BY
    charge_date, generation, charge_category, charge_class, app_id, team_id, cost_center, environment, lifecycle,
    attribution_rule, is_reconciled, is_estimated, meter, service_name, service_category, provider, model,
    instance_type, region, pricing_category, pricing_status, sku_id, sku_price_id, discount_rule_id, markup_rule_id,
    consumed_unit, list_unit_price, pricing_block, pricing_unit, billing_currency
