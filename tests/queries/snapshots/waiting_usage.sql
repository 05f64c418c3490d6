SELECT
  "t14"."resource_id" AS "resource_id",
  "t14"."state" AS "state",
  "t14"."begins" AS "begins",
  "t14"."ends" AS "ends",
  "t14"."deadline" AS "deadline",
  "t14"."effective_cost" AS "effective_cost",
  "t14"."event_count" AS "event_count",
  "t14"."meters" AS "meters",
  GREATEST(
    CAST(FLOOR(
      (
        toRelativeSecondNum("t14"."deadline") - toRelativeSecondNum(parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC'))
      ) / (
        3600
      )
    ) AS Nullable(Int64)),
    0
  ) AS "hours_left"
FROM (
  SELECT
    "t13"."resource_id" AS "resource_id",
    "t13"."state" AS "state",
    MIN("t13"."charge_period_start") AS "begins",
    MAX("t13"."charge_period_end") AS "ends",
    MIN("t13"."over") AS "deadline",
    SUM("t13"."effective_cost") AS "effective_cost",
    SUM("t13"."event_count") AS "event_count",
    uniqExact("t13"."meter") AS "meters"
  FROM (
    SELECT
      "t12"."charge_date" AS "charge_date",
      "t12"."generation" AS "generation",
      "t12"."charge_period_start" AS "charge_period_start",
      "t12"."charge_period_end" AS "charge_period_end",
      "t12"."charge_category" AS "charge_category",
      "t12"."charge_class" AS "charge_class",
      "t12"."resource_id" AS "resource_id",
      "t12"."app_id" AS "app_id",
      "t12"."team_id" AS "team_id",
      "t12"."cost_center" AS "cost_center",
      "t12"."environment" AS "environment",
      "t12"."lifecycle" AS "lifecycle",
      "t12"."attribution_rule" AS "attribution_rule",
      "t12"."is_reconciled" AS "is_reconciled",
      "t12"."is_estimated" AS "is_estimated",
      "t12"."meter" AS "meter",
      "t12"."service_name" AS "service_name",
      "t12"."service_category" AS "service_category",
      "t12"."provider" AS "provider",
      "t12"."model" AS "model",
      "t12"."instance_type" AS "instance_type",
      "t12"."region" AS "region",
      "t12"."pricing_category" AS "pricing_category",
      "t12"."pricing_status" AS "pricing_status",
      "t12"."sku_id" AS "sku_id",
      "t12"."sku_price_id" AS "sku_price_id",
      "t12"."discount_rule_id" AS "discount_rule_id",
      "t12"."markup_rule_id" AS "markup_rule_id",
      "t12"."consumed_quantity" AS "consumed_quantity",
      "t12"."consumed_unit" AS "consumed_unit",
      "t12"."list_unit_price" AS "list_unit_price",
      "t12"."pricing_block" AS "pricing_block",
      "t12"."pricing_unit" AS "pricing_unit",
      "t12"."list_cost" AS "list_cost",
      "t12"."effective_cost" AS "effective_cost",
      "t12"."billed_cost" AS "billed_cost",
      "t12"."billing_currency" AS "billing_currency",
      "t12"."event_count" AS "event_count",
      "t12"."event_digest" AS "event_digest",
      "t12"."charge_period_start" + INTERVAL '72' HOUR AS "over",
      CASE
        WHEN (
          "t12"."charge_period_start" + INTERVAL '72' HOUR
        ) > parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
        THEN 'pending'
        ELSE 'unresolved'
      END AS "state"
    FROM (
      SELECT
        "t2"."charge_date" AS "charge_date",
        "t2"."generation" AS "generation",
        "t2"."charge_period_start" AS "charge_period_start",
        "t2"."charge_period_end" AS "charge_period_end",
        "t2"."charge_category" AS "charge_category",
        "t2"."charge_class" AS "charge_class",
        "t2"."resource_id" AS "resource_id",
        "t2"."app_id" AS "app_id",
        "t2"."team_id" AS "team_id",
        "t2"."cost_center" AS "cost_center",
        "t2"."environment" AS "environment",
        "t2"."lifecycle" AS "lifecycle",
        "t2"."attribution_rule" AS "attribution_rule",
        "t2"."is_reconciled" AS "is_reconciled",
        "t2"."is_estimated" AS "is_estimated",
        "t2"."meter" AS "meter",
        "t2"."service_name" AS "service_name",
        "t2"."service_category" AS "service_category",
        "t2"."provider" AS "provider",
        "t2"."model" AS "model",
        "t2"."instance_type" AS "instance_type",
        "t2"."region" AS "region",
        "t2"."pricing_category" AS "pricing_category",
        "t2"."pricing_status" AS "pricing_status",
        "t2"."sku_id" AS "sku_id",
        "t2"."sku_price_id" AS "sku_price_id",
        "t2"."discount_rule_id" AS "discount_rule_id",
        "t2"."markup_rule_id" AS "markup_rule_id",
        "t2"."consumed_quantity" AS "consumed_quantity",
        "t2"."consumed_unit" AS "consumed_unit",
        "t2"."list_unit_price" AS "list_unit_price",
        "t2"."pricing_block" AS "pricing_block",
        "t2"."pricing_unit" AS "pricing_unit",
        "t2"."list_cost" AS "list_cost",
        "t2"."effective_cost" AS "effective_cost",
        "t2"."billed_cost" AS "billed_cost",
        "t2"."billing_currency" AS "billing_currency",
        "t2"."event_count" AS "event_count",
        "t2"."event_digest" AS "event_digest"
      FROM "charges" AS "t2"
      LEFT ANTI JOIN (
        SELECT
          "t9"."resource_id" AS "resource_id",
          "t9"."charge_period_start" AS "charge_period_start",
          "t9"."attribution_rule" AS "attribution_rule"
        FROM (
          SELECT
            "t6"."resource_id" AS "resource_id",
            "t6"."charge_period_start" AS "charge_period_start",
            "t6"."attribution_rule" AS "attribution_rule",
            "t6"."time" AS "time",
            "t8"."left_word" AS "left_word",
            "t6"."time" < "t8"."ends" AS "left_found"
          FROM (
            SELECT
              "t3"."resource_id" AS "resource_id",
              "t3"."charge_period_start" AS "charge_period_start",
              "t3"."attribution_rule" AS "attribution_rule",
              toTimeZone(CAST("t3"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "time"
            FROM (
              SELECT DISTINCT
                "t0"."resource_id" AS "resource_id",
                "t0"."charge_period_start" AS "charge_period_start",
                "t0"."attribution_rule" AS "attribution_rule"
              FROM "charges" AS "t0"
              WHERE
                "t0"."attribution_rule" = 'default'
            ) AS "t3"
          ) AS "t6"
          ASOF LEFT JOIN (
            SELECT
              "t4"."word" AS "left_word",
              "t4"."resource_id" AS "key_resource_id",
              "t4"."starts_at" AS "begins",
              "t4"."ends_at" AS "ends"
            FROM (
              SELECT
                "t1"."resource_id" AS "resource_id",
                "t1"."starts_at" AS "starts_at",
                "t1"."ends_at" AS "ends_at",
                "t1"."word" AS "word",
                "t1"."app_id" AS "app_id",
                "t1"."team_id" AS "team_id",
                "t1"."rule" AS "rule",
                "t1"."confidence" AS "confidence",
                "t1"."evidence_ids" AS "evidence_ids",
                "t1"."reason" AS "reason",
                "t1"."said_at" AS "said_at",
                "t1"."said_by" AS "said_by",
                ROW_NUMBER() OVER (
                  PARTITION BY "t1"."resource_id", "t1"."starts_at"
                  ORDER BY "t1"."said_at" DESC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "nth"
              FROM "reconciliation_words" AS "t1"
            ) AS "t4"
            WHERE
              "t4"."nth" = 0 AND "t4"."word" = 'accepted' AND "t4"."starts_at" < "t4"."ends_at"
          ) AS "t8"
            ON "t6"."time" >= "t8"."begins" AND "t6"."resource_id" = "t8"."key_resource_id"
        ) AS "t9"
        WHERE
          "t9"."left_found"
      ) AS "t11"
        ON "t2"."resource_id" = "t11"."resource_id"
        AND "t2"."charge_period_start" = "t11"."charge_period_start"
        AND "t2"."attribution_rule" = "t11"."attribution_rule"
    ) AS "t12"
    WHERE
      "t12"."attribution_rule" = 'default' AND "t12"."meter" <> 'platform_cost'
  ) AS "t13"
  GROUP BY
    "t13"."resource_id",
    "t13"."state"
) AS "t14"
WHERE
  "t14"."state" = 'pending'
ORDER BY
  "t14"."effective_cost" DESC,
  "t14"."resource_id" ASC,
  "t14"."state" ASC
