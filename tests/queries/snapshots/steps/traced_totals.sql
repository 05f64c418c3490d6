SELECT
  COUNT(*) AS "charges",
  countIf("t1"."meter" = 'platform_cost') AS "platform_costs",
  uniqExact("t1"."sku_id") AS "skus",
  SUM("t1"."event_count") AS "events",
  uniqExact("t1"."consumed_unit") AS "units",
  SUM("t1"."consumed_quantity") AS "quantity",
  COALESCE(SUM("t1"."list_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "list_total",
  COALESCE(SUM("t1"."effective_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "effective_total",
  COALESCE(
    sumIf("t1"."effective_cost", "t1"."meter" <> 'platform_cost'),
    CAST(0 AS Nullable(Decimal(76, 21)))
  ) AS "usage_effective_total",
  COALESCE(SUM("t1"."billed_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "billed_total"
FROM (
  SELECT
    *
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
    AND "t0"."list_unit_price" = toDecimal128(2.500000000000, 12)
    AND "t0"."pricing_block" = 1000000
) AS "t1"
