SELECT
  *
FROM (
  SELECT
    "t5"."time" AS "time",
    "t5"."charge_period_end" AS "charge_period_end",
    "t5"."source" AS "source",
    "t5"."event_id" AS "event_id",
    "t5"."resource_id" AS "resource_id",
    "t5"."sku_id" AS "sku_id",
    "t5"."service_name" AS "service_name",
    "t5"."list_cost" AS "list_cost",
    "t5"."effective_cost" AS "effective_cost",
    "t5"."billing_currency" AS "billing_currency",
    "t5"."received_at" AS "received_at"
  FROM (
    SELECT
      "t0"."source" AS "source",
      "t0"."event_id" AS "event_id",
      "t0"."time" AS "time",
      "t0"."received_at" AS "received_at",
      "t0"."resource_id" AS "resource_id",
      "t0"."app_id" AS "app_id",
      "t0"."environment" AS "environment",
      "t0"."lease_id" AS "lease_id",
      "t0"."is_authenticated" AS "is_authenticated",
      "t0"."event_digest" AS "event_digest",
      "t0"."cost_type" AS "cost_type",
      "t0"."charge_category" AS "charge_category",
      toTimeZone(
        CAST(dateTrunc('SECOND', toDateTime64("t0"."charge_period_end", 3)) AS DateTime64(0, 'UTC')),
        'UTC'
      ) AS "charge_period_end",
      "t0"."provider" AS "provider",
      "t0"."service_name" AS "service_name",
      "t0"."region" AS "region",
      "t0"."billing_currency" AS "billing_currency",
      "t0"."list_cost" AS "list_cost",
      "t0"."contracted_cost" AS "contracted_cost",
      "t0"."effective_cost" AS "effective_cost",
      "t0"."billed_cost" AS "billed_cost",
      "t0"."attributes" AS "attributes",
      toTimeZone(
        CAST(dateTrunc('SECOND', toDateTime64("t0"."time", 3)) AS DateTime64(0, 'UTC')),
        'UTC'
      ) AS "charge_period_start",
      CONCAT('platform_cost/', "t0"."cost_type") AS "sku_id"
    FROM "platform_costs" AS "t0"
  ) AS "t5"
  LEFT SEMI JOIN (
    SELECT
      *
    FROM "charges" AS "t1"
    WHERE
      "t1"."charge_date" >= toDate('2026-02-01')
      AND "t1"."charge_date" < toDate('2026-03-01')
      AND "t1"."billing_currency" IN ('USD')
      AND "t1"."meter" = 'platform_cost'
  ) AS "t4"
    ON "t5"."charge_period_start" = "t4"."charge_period_start"
    AND "t5"."charge_period_end" = "t4"."charge_period_end"
    AND "t5"."resource_id" = "t4"."resource_id"
    AND "t5"."sku_id" = "t4"."sku_id"
    AND "t5"."billing_currency" = "t4"."billing_currency"
) AS "t6"
ORDER BY
  "t6"."effective_cost" DESC,
  "t6"."time" ASC,
  "t6"."source" ASC,
  "t6"."event_id" ASC
LIMIT 100
