WITH "t3" AS (
  SELECT
    "t2"."closing_id" AS "closing_id",
    "t2"."billing_period" AS "billing_period",
    "t2"."charge_date" AS "charge_date",
    "t2"."generation" AS "generation",
    "t2"."kind" AS "kind",
    "t2"."closed_at" AS "closed_at",
    "t2"."closed_by" AS "closed_by",
    ROW_NUMBER() OVER (
      PARTITION BY "t2"."charge_date"
      ORDER BY "t2"."closed_at" DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "nth"
  FROM (
    SELECT
      *
    FROM "period_closings" AS "t1"
    WHERE
      "t1"."closed_at" <= parseDateTimeBestEffort('2026-03-02T00:00:00+00:00', 'UTC')
  ) AS "t2"
)
SELECT
  "t9"."charge_date" AS "charge_date",
  "t9"."generation" AS "generation",
  "t9"."charge_period_start" AS "charge_period_start",
  "t9"."charge_period_end" AS "charge_period_end",
  "t9"."charge_category" AS "charge_category",
  "t9"."charge_class" AS "charge_class",
  "t9"."resource_id" AS "resource_id",
  "t9"."app_id" AS "app_id",
  "t9"."team_id" AS "team_id",
  "t9"."cost_center" AS "cost_center",
  "t9"."environment" AS "environment",
  "t9"."lifecycle" AS "lifecycle",
  "t9"."attribution_rule" AS "attribution_rule",
  "t9"."is_reconciled" AS "is_reconciled",
  "t9"."is_estimated" AS "is_estimated",
  "t9"."meter" AS "meter",
  "t9"."service_name" AS "service_name",
  "t9"."service_category" AS "service_category",
  "t9"."provider" AS "provider",
  "t9"."model" AS "model",
  "t9"."instance_type" AS "instance_type",
  "t9"."region" AS "region",
  "t9"."pricing_category" AS "pricing_category",
  "t9"."pricing_status" AS "pricing_status",
  "t9"."sku_id" AS "sku_id",
  "t9"."sku_price_id" AS "sku_price_id",
  "t9"."discount_rule_id" AS "discount_rule_id",
  "t9"."markup_rule_id" AS "markup_rule_id",
  "t9"."consumed_quantity" AS "consumed_quantity",
  "t9"."consumed_unit" AS "consumed_unit",
  "t9"."list_unit_price" AS "list_unit_price",
  "t9"."pricing_block" AS "pricing_block",
  "t9"."pricing_unit" AS "pricing_unit",
  "t9"."list_cost" AS "list_cost",
  "t9"."effective_cost" AS "effective_cost",
  "t9"."billed_cost" AS "billed_cost",
  "t9"."billing_currency" AS "billing_currency",
  "t9"."event_count" AS "event_count",
  "t9"."event_digest" AS "event_digest"
FROM (
  SELECT
    *
  FROM "rated_charges" AS "t0"
  WHERE
    CAST("t0"."generation" IN (
      SELECT
        "t4"."generation" AS "generation"
      FROM "t3" AS "t4"
      WHERE
        "t4"."nth" = 0
    ) AS Nullable(Bool))
) AS "t9"
LEFT SEMI JOIN (
  SELECT
    "t4"."charge_date" AS "charge_date",
    "t4"."generation" AS "generation"
  FROM "t3" AS "t4"
  WHERE
    "t4"."nth" = 0
) AS "t7"
  ON "t9"."charge_date" = "t7"."charge_date" AND "t9"."generation" = "t7"."generation"
