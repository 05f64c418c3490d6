WITH "t12" AS (
  SELECT
    *
  FROM (
    SELECT
      "t8"."app_id" AS "app_id",
      "t8"."resource_id" AS "key",
      FALSE AS "is_prefix",
      CAST('same_resource' AS String) AS "rule",
      toTimeZone(CAST("t8"."since" AS DateTime64(3, 'UTC')), 'UTC') AS "since",
      toTimeZone(CAST("t8"."until" AS DateTime64(3, 'UTC')), 'UTC') AS "until",
      CAST('other usage of it' AS String) AS "reference"
    FROM (
      SELECT
        "t3"."resource_id" AS "resource_id",
        "t3"."app_id" AS "app_id",
        MIN("t3"."charge_period_start") - INTERVAL '24' HOUR AS "since",
        MAX("t3"."charge_period_end") + INTERVAL '24' HOUR AS "until"
      FROM (
        SELECT
          *
        FROM "charges" AS "t0"
        WHERE
          "t0"."attribution_rule" IN ('app_tag', 'lease') AND "t0"."resource_id" <> ''
      ) AS "t3"
      GROUP BY
        "t3"."resource_id",
        "t3"."app_id"
    ) AS "t8"
  ) AS "t10"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t1"."app_id" AS "app_id",
        "t1"."resource_id" AS "key",
        "t1"."is_prefix" AS "is_prefix",
        CAST(CASE
          WHEN "t1"."is_prefix"
          THEN CONCAT("t1"."kind", '_by_prefix')
          ELSE "t1"."kind"
        END AS String) AS "rule",
        "t1"."starts_at" AS "since",
        toTimeZone(
          CAST(COALESCE("t1"."ends_at", parseDateTimeBestEffort('2200-01-01T00:00:00+00:00', 'UTC')) AS DateTime64(3, 'UTC')),
          'UTC'
        ) AS "until",
        CASE WHEN "t1"."reference" <> '' THEN "t1"."reference" ELSE "t1"."evidence_id" END AS "reference"
      FROM "evidence" AS "t1"
      WHERE
        "t1"."app_id" <> '' AND "t1"."resource_id" <> ''
    ) AS "t6"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t2"."app_id" AS "app_id",
        "t2"."resource_id" AS "key",
        FALSE AS "is_prefix",
        CAST('lease' AS String) AS "rule",
        "t2"."valid_from" AS "since",
        "t2"."valid_to" AS "until",
        "t2"."lease_id" AS "reference"
      FROM "leases" AS "t2"
      WHERE
        "t2"."valid_from" < "t2"."valid_to" AND "t2"."resource_id" <> ''
    ) AS "t4"
  ) AS "t7"
)
SELECT
  *
FROM (
  SELECT
    "t22"."resource_id" AS "resource_id",
    "t22"."state" AS "state",
    "t22"."app_id" AS "app_id",
    "t22"."rule" AS "rule",
    "t22"."reference" AS "reference",
    CASE
      WHEN "t22"."rule" = 'lease'
      THEN toDecimal32(0.9900, 4)
      WHEN "t22"."rule" = 'admission'
      THEN toDecimal32(0.9800, 4)
      WHEN "t22"."rule" = 'control_plane'
      THEN toDecimal32(0.9500, 4)
      WHEN "t22"."rule" = 'same_resource'
      THEN toDecimal32(0.8500, 4)
      WHEN "t22"."rule" = 'deploy'
      THEN toDecimal32(0.8000, 4)
      WHEN "t22"."rule" = 'commit'
      THEN toDecimal32(0.7000, 4)
      WHEN "t22"."rule" = 'session'
      THEN toDecimal32(0.6000, 4)
      WHEN "t22"."rule" = 'lease_by_prefix'
      THEN toDecimal32(0.9000, 4)
      WHEN "t22"."rule" = 'admission_by_prefix'
      THEN toDecimal32(0.9000, 4)
      WHEN "t22"."rule" = 'control_plane_by_prefix'
      THEN toDecimal32(0.9000, 4)
      WHEN "t22"."rule" = 'deploy_by_prefix'
      THEN toDecimal32(0.8000, 4)
      WHEN "t22"."rule" = 'commit_by_prefix'
      THEN toDecimal32(0.7000, 4)
      WHEN "t22"."rule" = 'session_by_prefix'
      THEN toDecimal32(0.6000, 4)
      ELSE toDecimal32(0.0000, 4)
    END AS "confidence",
    GREATEST(toTimeZone(CAST("t22"."begins" AS DateTime64(3, 'UTC')), 'UTC'), "t22"."since") AS "owned_from",
    LEAST(toTimeZone(CAST("t22"."ends" AS DateTime64(3, 'UTC')), 'UTC'), "t22"."until") AS "owned_to"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t13"."resource_id" AS "resource_id",
        "t13"."state" AS "state",
        "t13"."begins" AS "begins",
        "t13"."ends" AS "ends",
        "t13"."deadline" AS "deadline",
        "t13"."effective_cost" AS "effective_cost",
        "t13"."event_count" AS "event_count",
        "t13"."meters" AS "meters",
        "t18"."app_id" AS "app_id",
        "t18"."key" AS "key",
        "t18"."is_prefix" AS "is_prefix",
        "t18"."rule" AS "rule",
        "t18"."since" AS "since",
        "t18"."until" AS "until",
        "t18"."reference" AS "reference"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t5"."resource_id" AS "resource_id",
            "t5"."state" AS "state",
            MIN("t5"."charge_period_start") AS "begins",
            MAX("t5"."charge_period_end") AS "ends",
            MIN("t5"."over") AS "deadline",
            SUM("t5"."effective_cost") AS "effective_cost",
            SUM("t5"."event_count") AS "event_count",
            uniqExact("t5"."meter") AS "meters"
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
          ) AS "t5"
          GROUP BY
            "t5"."resource_id",
            "t5"."state"
        ) AS "t9"
        ORDER BY
          "t9"."effective_cost" DESC,
          "t9"."resource_id" ASC,
          "t9"."state" ASC
      ) AS "t13"
      INNER JOIN (
        SELECT
          *
        FROM "t12" AS "t14"
        WHERE
          NOT (
            "t14"."is_prefix"
          )
      ) AS "t18"
        ON "t13"."resource_id" = "t18"."key"
    ) AS "t20"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t13"."resource_id" AS "resource_id",
          "t13"."state" AS "state",
          "t13"."begins" AS "begins",
          "t13"."ends" AS "ends",
          "t13"."deadline" AS "deadline",
          "t13"."effective_cost" AS "effective_cost",
          "t13"."event_count" AS "event_count",
          "t13"."meters" AS "meters",
          "t17"."app_id" AS "app_id",
          "t17"."key" AS "key",
          "t17"."is_prefix" AS "is_prefix",
          "t17"."rule" AS "rule",
          "t17"."since" AS "since",
          "t17"."until" AS "until",
          "t17"."reference" AS "reference"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t5"."resource_id" AS "resource_id",
              "t5"."state" AS "state",
              MIN("t5"."charge_period_start") AS "begins",
              MAX("t5"."charge_period_end") AS "ends",
              MIN("t5"."over") AS "deadline",
              SUM("t5"."effective_cost") AS "effective_cost",
              SUM("t5"."event_count") AS "event_count",
              uniqExact("t5"."meter") AS "meters"
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
            ) AS "t5"
            GROUP BY
              "t5"."resource_id",
              "t5"."state"
          ) AS "t9"
          ORDER BY
            "t9"."effective_cost" DESC,
            "t9"."resource_id" ASC,
            "t9"."state" ASC
        ) AS "t13"
        CROSS JOIN (
          SELECT
            *
          FROM "t12" AS "t14"
          WHERE
            "t14"."is_prefix"
        ) AS "t17"
      ) AS "t19"
      WHERE
        startsWith("t19"."resource_id", "t19"."key")
    ) AS "t21"
  ) AS "t22"
  WHERE
    GREATEST(toTimeZone(CAST("t22"."begins" AS DateTime64(3, 'UTC')), 'UTC'), "t22"."since") < LEAST(toTimeZone(CAST("t22"."ends" AS DateTime64(3, 'UTC')), 'UTC'), "t22"."until")
) AS "t23"
ORDER BY
  "t23"."resource_id" ASC,
  "t23"."state" ASC,
  "t23"."confidence" DESC,
  "t23"."rule" ASC,
  "t23"."owned_from" ASC,
  "t23"."reference" ASC,
  "t23"."app_id" ASC,
  "t23"."owned_to" ASC
