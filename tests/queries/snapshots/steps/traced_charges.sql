SELECT
  "t0"."charge_period_start" AS "charge_period_start",
  "t0"."cost_center" AS "cost_center",
  "t0"."team_id" AS "team_id",
  "t0"."environment" AS "environment",
  "t0"."meter" AS "meter",
  "t0"."service_name" AS "service_name",
  "t0"."pricing_unit" AS "pricing_unit",
  "t0"."app_id" AS "app_id",
  "t0"."resource_id" AS "resource_id",
  "t0"."sku_id" AS "sku_id",
  "t0"."consumed_quantity" AS "consumed_quantity",
  "t0"."consumed_unit" AS "consumed_unit",
  "t0"."list_unit_price" AS "list_unit_price",
  "t0"."pricing_block" AS "pricing_block",
  "t0"."list_cost" AS "list_cost",
  "t0"."effective_cost" AS "effective_cost",
  CASE
    WHEN "t0"."meter" = 'platform_cost'
    THEN "t0"."effective_cost"
    ELSE "t0"."billed_cost"
  END AS "billed_cost",
  "t0"."billing_currency" AS "billing_currency",
  "t0"."pricing_status" AS "pricing_status",
  "t0"."pricing_category" AS "pricing_category",
  "t0"."discount_rule_id" AS "discount_rule_id",
  "t0"."markup_rule_id" AS "markup_rule_id",
  "t0"."attribution_rule" AS "attribution_rule",
  "t0"."sku_price_id" AS "sku_price_id",
  "t0"."event_count" AS "event_count",
  toTimeZone(CAST(dateTrunc('HOUR', "t0"."charge_period_start") AS DateTime64(0, 'UTC')), 'UTC') AS "hour"
FROM "charges" AS "t0"
WHERE
  "t0"."charge_date" >= toDate('2026-02-01')
  AND "t0"."charge_date" < toDate('2026-03-01')
  AND "t0"."billing_currency" IN ('USD')
  AND "t0"."pricing_status" = 'priced'
  AND "t0"."consumed_unit" = 'Tokens'
  AND "t0"."cost_center" = 'cc-1'
  AND "t0"."team_id" = 'assist'
  AND "t0"."app_id" = 'chat'
  AND "t0"."environment" = 'production'
  AND "t0"."sku_id" = 'input_tokens/a'
  AND "t0"."meter" = 'input_tokens'
  AND "t0"."service_name" = 'Inference'
  AND "t0"."sku_price_id" = 'p-1'
  AND "t0"."pricing_unit" = 'Tokens'
  AND "t0"."discount_rule_id" = ''
  AND "t0"."markup_rule_id" = ''
  AND NOT (
    "t0"."attribution_rule" = 'default'
  )
  AND "t0"."pricing_block" = 1000000
  AND "t0"."list_unit_price" = toDecimal128(2.500000000000, 12)
ORDER BY
  CASE
    WHEN "t0"."meter" = 'platform_cost'
    THEN "t0"."effective_cost"
    ELSE "t0"."billed_cost"
  END DESC,
  toTimeZone(CAST(dateTrunc('HOUR', "t0"."charge_period_start") AS DateTime64(0, 'UTC')), 'UTC') ASC,
  "t0"."app_id" ASC,
  "t0"."resource_id" ASC,
  "t0"."sku_id" ASC,
  "t0"."sku_price_id" ASC,
  "t0"."pricing_category" ASC,
  "t0"."discount_rule_id" ASC,
  "t0"."markup_rule_id" ASC,
  "t0"."attribution_rule" ASC,
  "t0"."consumed_quantity" ASC
LIMIT 500
