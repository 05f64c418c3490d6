WITH "t18" AS (
  SELECT
    *
  FROM (
    SELECT
      "t10"."app_id" AS "app_id",
      "t10"."resource_id" AS "key",
      FALSE AS "is_prefix",
      CAST('same_resource' AS String) AS "rule",
      toTimeZone(CAST("t10"."since" AS DateTime64(3, 'UTC')), 'UTC') AS "since",
      toTimeZone(CAST("t10"."until" AS DateTime64(3, 'UTC')), 'UTC') AS "until",
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
    ) AS "t10"
  ) AS "t13"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        CAST("t12"."app_id" AS String) AS "app_id",
        CAST("t12"."resource_id" AS String) AS "key",
        CAST("t12"."is_prefix" AS Bool) AS "is_prefix",
        CAST(CASE
          WHEN CAST("t12"."is_prefix" AS Bool)
          THEN CONCAT(CAST("t12"."kind" AS String), '_by_prefix')
          ELSE CAST("t12"."kind" AS String)
        END AS String) AS "rule",
        toTimeZone(
          CAST(CASE
            WHEN COALESCE("t12"."named_lease", '') <> ''
            THEN GREATEST("t12"."starts_at", "t12"."given")
            ELSE "t12"."starts_at"
          END AS DateTime64(3, 'UTC')),
          'UTC'
        ) AS "since",
        toTimeZone(
          CAST(CASE
            WHEN COALESCE("t12"."named_lease", '') <> ''
            THEN LEAST(
              toTimeZone(
                CAST(COALESCE("t12"."ends_at", parseDateTimeBestEffort('2200-01-01T00:00:00+00:00', 'UTC')) AS DateTime64(3, 'UTC')),
                'UTC'
              ),
              "t12"."over"
            )
            ELSE toTimeZone(
              CAST(COALESCE("t12"."ends_at", parseDateTimeBestEffort('2200-01-01T00:00:00+00:00', 'UTC')) AS DateTime64(3, 'UTC')),
              'UTC'
            )
          END AS DateTime64(3, 'UTC')),
          'UTC'
        ) AS "until",
        CASE
          WHEN CAST("t12"."reference" AS String) <> ''
          THEN CAST("t12"."reference" AS String)
          ELSE CAST("t12"."evidence_id" AS String)
        END AS "reference"
      FROM (
        SELECT
          "t8"."evidence_id" AS "evidence_id",
          "t8"."kind" AS "kind",
          "t8"."resource_id" AS "resource_id",
          "t8"."is_prefix" AS "is_prefix",
          "t8"."app_id" AS "app_id",
          "t8"."team_id" AS "team_id",
          "t8"."cost_center" AS "cost_center",
          "t8"."environment" AS "environment",
          "t8"."lifecycle" AS "lifecycle",
          "t8"."created_by" AS "created_by",
          "t8"."starts_at" AS "starts_at",
          "t8"."ends_at" AS "ends_at",
          "t8"."reconcile_by" AS "reconcile_by",
          "t8"."reference" AS "reference",
          "t8"."source" AS "source",
          "t8"."recorded_at" AS "recorded_at",
          "t7"."named_lease" AS "named_lease",
          "t7"."given" AS "given",
          "t7"."over" AS "over"
        FROM (
          SELECT
            *
          FROM "evidence" AS "t2"
          WHERE
            "t2"."app_id" <> '' AND "t2"."resource_id" <> ''
        ) AS "t8"
        LEFT OUTER JOIN (
          SELECT
            "t1"."lease_id" AS "named_lease",
            "t1"."valid_from" AS "given",
            "t1"."valid_to" AS "over"
          FROM "leases" AS "t1"
          WHERE
            "t1"."lease_id" <> ''
        ) AS "t7"
          ON "t8"."reference" = "t7"."named_lease" AND "t8"."kind" = 'lease'
      ) AS "t12"
    ) AS "t16"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t1"."app_id" AS "app_id",
        "t1"."resource_id" AS "key",
        FALSE AS "is_prefix",
        CAST('lease' AS String) AS "rule",
        "t1"."valid_from" AS "since",
        "t1"."valid_to" AS "until",
        "t1"."lease_id" AS "reference"
      FROM "leases" AS "t1"
      WHERE
        "t1"."valid_from" < "t1"."valid_to" AND "t1"."resource_id" <> ''
    ) AS "t4"
  ) AS "t17"
)
SELECT
  *
FROM (
  SELECT
    "t27"."resource_id" AS "resource_id",
    "t27"."state" AS "state",
    "t27"."app_id" AS "app_id",
    "t27"."rule" AS "rule",
    "t27"."reference" AS "reference",
    CASE
      WHEN "t27"."rule" = 'lease'
      THEN toDecimal32(0.9900, 4)
      WHEN "t27"."rule" = 'admission'
      THEN toDecimal32(0.9800, 4)
      WHEN "t27"."rule" = 'control_plane'
      THEN toDecimal32(0.9500, 4)
      WHEN "t27"."rule" = 'same_resource'
      THEN toDecimal32(0.8500, 4)
      WHEN "t27"."rule" = 'deploy'
      THEN toDecimal32(0.8000, 4)
      WHEN "t27"."rule" = 'commit'
      THEN toDecimal32(0.7000, 4)
      WHEN "t27"."rule" = 'session'
      THEN toDecimal32(0.6000, 4)
      WHEN "t27"."rule" = 'lease_by_prefix'
      THEN toDecimal32(0.9000, 4)
      WHEN "t27"."rule" = 'admission_by_prefix'
      THEN toDecimal32(0.9000, 4)
      WHEN "t27"."rule" = 'control_plane_by_prefix'
      THEN toDecimal32(0.9000, 4)
      WHEN "t27"."rule" = 'deploy_by_prefix'
      THEN toDecimal32(0.8000, 4)
      WHEN "t27"."rule" = 'commit_by_prefix'
      THEN toDecimal32(0.7000, 4)
      WHEN "t27"."rule" = 'session_by_prefix'
      THEN toDecimal32(0.6000, 4)
      ELSE toDecimal32(0.0000, 4)
    END AS "confidence",
    GREATEST(toTimeZone(CAST("t27"."begins" AS DateTime64(3, 'UTC')), 'UTC'), "t27"."since") AS "owned_from",
    LEAST(toTimeZone(CAST("t27"."ends" AS DateTime64(3, 'UTC')), 'UTC'), "t27"."until") AS "owned_to"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t15"."resource_id" AS "resource_id",
        "t15"."state" AS "state",
        "t15"."begins" AS "begins",
        "t15"."ends" AS "ends",
        "t15"."deadline" AS "deadline",
        "t15"."effective_cost" AS "effective_cost",
        "t15"."event_count" AS "event_count",
        "t15"."meters" AS "meters",
        "t23"."app_id" AS "app_id",
        "t23"."key" AS "key",
        "t23"."is_prefix" AS "is_prefix",
        "t23"."rule" AS "rule",
        "t23"."since" AS "since",
        "t23"."until" AS "until",
        "t23"."reference" AS "reference"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t9"."resource_id" AS "resource_id",
            "t9"."state" AS "state",
            MIN("t9"."charge_period_start") AS "begins",
            MAX("t9"."charge_period_end") AS "ends",
            MIN("t9"."over") AS "deadline",
            SUM("t9"."effective_cost") AS "effective_cost",
            SUM("t9"."event_count") AS "event_count",
            uniqExact("t9"."meter") AS "meters"
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
          ) AS "t9"
          GROUP BY
            "t9"."resource_id",
            "t9"."state"
        ) AS "t11"
        ORDER BY
          "t11"."effective_cost" DESC,
          "t11"."resource_id" ASC,
          "t11"."state" ASC
      ) AS "t15"
      INNER JOIN (
        SELECT
          *
        FROM "t18" AS "t19"
        WHERE
          NOT (
            "t19"."is_prefix"
          )
      ) AS "t23"
        ON "t15"."resource_id" = "t23"."key"
    ) AS "t25"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t15"."resource_id" AS "resource_id",
          "t15"."state" AS "state",
          "t15"."begins" AS "begins",
          "t15"."ends" AS "ends",
          "t15"."deadline" AS "deadline",
          "t15"."effective_cost" AS "effective_cost",
          "t15"."event_count" AS "event_count",
          "t15"."meters" AS "meters",
          "t22"."app_id" AS "app_id",
          "t22"."key" AS "key",
          "t22"."is_prefix" AS "is_prefix",
          "t22"."rule" AS "rule",
          "t22"."since" AS "since",
          "t22"."until" AS "until",
          "t22"."reference" AS "reference"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t9"."resource_id" AS "resource_id",
              "t9"."state" AS "state",
              MIN("t9"."charge_period_start") AS "begins",
              MAX("t9"."charge_period_end") AS "ends",
              MIN("t9"."over") AS "deadline",
              SUM("t9"."effective_cost") AS "effective_cost",
              SUM("t9"."event_count") AS "event_count",
              uniqExact("t9"."meter") AS "meters"
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
            ) AS "t9"
            GROUP BY
              "t9"."resource_id",
              "t9"."state"
          ) AS "t11"
          ORDER BY
            "t11"."effective_cost" DESC,
            "t11"."resource_id" ASC,
            "t11"."state" ASC
        ) AS "t15"
        CROSS JOIN (
          SELECT
            *
          FROM "t18" AS "t19"
          WHERE
            "t19"."is_prefix"
        ) AS "t22"
      ) AS "t24"
      WHERE
        startsWith("t24"."resource_id", "t24"."key")
    ) AS "t26"
  ) AS "t27"
  WHERE
    GREATEST(toTimeZone(CAST("t27"."begins" AS DateTime64(3, 'UTC')), 'UTC'), "t27"."since") < LEAST(toTimeZone(CAST("t27"."ends" AS DateTime64(3, 'UTC')), 'UTC'), "t27"."until")
) AS "t28"
ORDER BY
  "t28"."resource_id" ASC,
  "t28"."state" ASC,
  "t28"."confidence" DESC,
  "t28"."rule" ASC,
  "t28"."owned_from" ASC,
  "t28"."reference" ASC,
  "t28"."app_id" ASC,
  "t28"."owned_to" ASC
