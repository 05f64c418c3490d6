SELECT
  *
FROM (
  SELECT
    "t1"."resource_id" AS "resource_id",
    "t1"."state" AS "state",
    MIN("t1"."charge_period_start") AS "begins",
    MAX("t1"."charge_period_end") AS "ends",
    MIN("t1"."over") AS "deadline",
    SUM("t1"."effective_cost") AS "effective_cost",
    SUM("t1"."event_count") AS "event_count",
    uniqExact("t1"."meter") AS "meters"
  FROM (
    SELECT
      "t0"."charge_date" AS "charge_date",
      "t0"."generation" AS "generation",
      "t0"."charge_period_start" AS "charge_period_start",
      "t0"."charge_period_end" AS "charge_period_end",
      "t0"."charge_category" AS "charge_category",
      "t0"."charge_class" AS "charge_class",
      "t0"."resource_id" AS "resource_id",
      "t0"."app_id" AS "app_id",
      "t0"."team_id" AS "team_id",
      "t0"."cost_center" AS "cost_center",
      "t0"."environment" AS "environment",
      "t0"."lifecycle" AS "lifecycle",
      "t0"."attribution_rule" AS "attribution_rule",
      "t0"."is_reconciled" AS "is_reconciled",
      "t0"."is_estimated" AS "is_estimated",
      "t0"."meter" AS "meter",
      "t0"."service_name" AS "service_name",
      "t0"."service_category" AS "service_category",
      "t0"."provider" AS "provider",
      "t0"."model" AS "model",
      "t0"."instance_type" AS "instance_type",
      "t0"."region" AS "region",
      "t0"."pricing_category" AS "pricing_category",
      "t0"."pricing_status" AS "pricing_status",
      "t0"."sku_id" AS "sku_id",
      "t0"."sku_price_id" AS "sku_price_id",
      "t0"."discount_rule_id" AS "discount_rule_id",
      "t0"."markup_rule_id" AS "markup_rule_id",
      "t0"."consumed_quantity" AS "consumed_quantity",
      "t0"."consumed_unit" AS "consumed_unit",
      "t0"."list_unit_price" AS "list_unit_price",
      "t0"."pricing_block" AS "pricing_block",
      "t0"."pricing_unit" AS "pricing_unit",
      "t0"."list_cost" AS "list_cost",
      "t0"."effective_cost" AS "effective_cost",
      "t0"."billed_cost" AS "billed_cost",
      "t0"."billing_currency" AS "billing_currency",
      "t0"."event_count" AS "event_count",
      "t0"."event_digest" AS "event_digest",
      "t0"."charge_period_start" + INTERVAL '72' HOUR AS "over",
      CASE
        WHEN (
          "t0"."charge_period_start" + INTERVAL '72' HOUR
        ) > parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
        THEN 'pending'
        ELSE 'unresolved'
      END AS "state"
    FROM "charges" AS "t0"
    WHERE
      "t0"."attribution_rule" = 'default' AND "t0"."meter" <> 'platform_cost'
  ) AS "t1"
  GROUP BY
    "t1"."resource_id",
    "t1"."state"
) AS "t2"
ORDER BY
  "t2"."effective_cost" DESC,
  "t2"."resource_id" ASC,
  "t2"."state" ASC
