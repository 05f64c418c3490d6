WITH "t9" AS (
  SELECT DISTINCT
    "t0"."resource_id" AS "of_resource",
    CASE
      WHEN (
        "t0"."charge_period_start" + INTERVAL '72' HOUR
      ) > parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
      THEN 'pending'
      ELSE 'unresolved'
    END AS "of_state",
    toTimeZone(CAST("t0"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "begins"
  FROM "charges" AS "t0"
  WHERE
    "t0"."attribution_rule" = 'default' AND "t0"."meter" <> 'platform_cost'
), "t15" AS (
  SELECT
    "t10"."resource_id" AS "resource_id",
    "t10"."state" AS "state",
    MIN("t10"."charge_period_start") AS "begins",
    MAX("t10"."charge_period_end") AS "ends",
    MIN("t10"."over") AS "deadline",
    SUM("t10"."effective_cost") AS "effective_cost",
    SUM("t10"."event_count") AS "event_count",
    uniqExact("t10"."meter") AS "meters"
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
  ) AS "t10"
  GROUP BY
    "t10"."resource_id",
    "t10"."state"
), "t22" AS (
  SELECT DISTINCT
    "t19"."resource_id" AS "resource_id"
  FROM "t15" AS "t19"
  ORDER BY
    "t19"."effective_cost" DESC,
    "t19"."resource_id" ASC,
    "t19"."state" ASC
), "t33" AS (
  SELECT
    "t32"."key" AS "key",
    "t32"."is_prefix" AS "is_prefix",
    "t32"."app_id" AS "app_id",
    "t32"."rule" AS "rule",
    "t32"."stretch" AS "stretch",
    MIN("t32"."since") AS "since",
    MAX("t32"."until") AS "until",
    MIN("t32"."reference") AS "reference",
    COUNT(*) AS "records"
  FROM (
    SELECT
      "t31"."app_id" AS "app_id",
      "t31"."key" AS "key",
      "t31"."is_prefix" AS "is_prefix",
      "t31"."rule" AS "rule",
      "t31"."since" AS "since",
      "t31"."until" AS "until",
      "t31"."reference" AS "reference",
      "t31"."is_apart" AS "is_apart",
      SUM("t31"."is_apart") OVER (
        PARTITION BY "t31"."key", "t31"."is_prefix", "t31"."app_id", "t31"."rule"
        ORDER BY "t31"."since" ASC, "t31"."until" ASC, "t31"."reference" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS "stretch"
    FROM (
      SELECT
        "t30"."app_id" AS "app_id",
        "t30"."key" AS "key",
        "t30"."is_prefix" AS "is_prefix",
        "t30"."rule" AS "rule",
        "t30"."since" AS "since",
        "t30"."until" AS "until",
        "t30"."reference" AS "reference",
        CASE
          WHEN isNull(
            MAX("t30"."until") OVER (
              PARTITION BY "t30"."key", "t30"."is_prefix", "t30"."app_id", "t30"."rule"
              ORDER BY "t30"."since" ASC, "t30"."until" ASC, "t30"."reference" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 preceding
            )
          )
          OR (
            "t30"."since" > MAX("t30"."until") OVER (
              PARTITION BY "t30"."key", "t30"."is_prefix", "t30"."app_id", "t30"."rule"
              ORDER BY "t30"."since" ASC, "t30"."until" ASC, "t30"."reference" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 preceding
            )
          )
          THEN 1
          ELSE 0
        END AS "is_apart"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t12"."app_id" AS "app_id",
              "t12"."resource_id" AS "key",
              FALSE AS "is_prefix",
              CAST('same_resource' AS String) AS "rule",
              toTimeZone(CAST("t12"."since" AS DateTime64(3, 'UTC')), 'UTC') AS "since",
              toTimeZone(CAST("t12"."until" AS DateTime64(3, 'UTC')), 'UTC') AS "until",
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
            ) AS "t12"
          ) AS "t20"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                CAST("t16"."app_id" AS String) AS "app_id",
                CAST("t16"."resource_id" AS String) AS "key",
                CAST("t16"."is_prefix" AS Bool) AS "is_prefix",
                CAST(CASE
                  WHEN CAST("t16"."is_prefix" AS Bool)
                  THEN CONCAT(CAST("t16"."kind" AS String), '_by_prefix')
                  ELSE CAST("t16"."kind" AS String)
                END AS String) AS "rule",
                toTimeZone(
                  CAST(CASE
                    WHEN COALESCE("t16"."named_lease", '') <> ''
                    THEN GREATEST("t16"."starts_at", "t16"."given")
                    ELSE "t16"."starts_at"
                  END AS DateTime64(3, 'UTC')),
                  'UTC'
                ) AS "since",
                toTimeZone(
                  CAST(CASE
                    WHEN COALESCE("t16"."named_lease", '') <> ''
                    THEN LEAST(
                      toTimeZone(
                        CAST(COALESCE("t16"."ends_at", parseDateTimeBestEffort('2200-01-01T00:00:00+00:00', 'UTC')) AS DateTime64(3, 'UTC')),
                        'UTC'
                      ),
                      "t16"."over"
                    )
                    ELSE toTimeZone(
                      CAST(COALESCE("t16"."ends_at", parseDateTimeBestEffort('2200-01-01T00:00:00+00:00', 'UTC')) AS DateTime64(3, 'UTC')),
                      'UTC'
                    )
                  END AS DateTime64(3, 'UTC')),
                  'UTC'
                ) AS "until",
                CASE
                  WHEN CAST("t16"."reference" AS String) <> ''
                  THEN CAST("t16"."reference" AS String)
                  ELSE CAST("t16"."evidence_id" AS String)
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
              ) AS "t16"
            ) AS "t27"
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
          ) AS "t28"
        ) AS "t29"
        WHERE
          "t29"."since" < "t29"."until"
      ) AS "t30"
    ) AS "t31"
  ) AS "t32"
  GROUP BY
    "t32"."key",
    "t32"."is_prefix",
    "t32"."app_id",
    "t32"."rule",
    "t32"."stretch"
)
SELECT
  "t50"."resource_id" AS "resource_id",
  "t50"."state" AS "state",
  "t50"."app_id" AS "app_id",
  "t50"."rule" AS "rule",
  "t50"."reference" AS "reference",
  "t50"."records" AS "records",
  "t50"."confidence" AS "confidence",
  "t50"."owned_from" AS "owned_from",
  "t50"."owned_to" AS "owned_to"
FROM (
  SELECT
    "t49"."resource_id" AS "resource_id",
    "t49"."state" AS "state",
    "t49"."app_id" AS "app_id",
    "t49"."rule" AS "rule",
    "t49"."reference" AS "reference",
    "t49"."records" AS "records",
    "t49"."confidence" AS "confidence",
    "t49"."owned_from" AS "owned_from",
    "t49"."owned_to" AS "owned_to",
    "t49"."reached" AS "reached",
    "t49"."an_hour_before" AS "an_hour_before",
    "t49"."held" AS "held",
    "t49"."is_whole" AS "is_whole",
    ROW_NUMBER() OVER (
      PARTITION BY "t49"."resource_id", "t49"."state", "t49"."app_id", "t49"."rule"
      ORDER BY "t49"."is_whole" DESC, "t49"."owned_from" ASC, "t49"."reference" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "nth"
  FROM (
    SELECT
      "t48"."resource_id" AS "resource_id",
      "t48"."state" AS "state",
      "t48"."app_id" AS "app_id",
      "t48"."rule" AS "rule",
      "t48"."reference" AS "reference",
      "t48"."records" AS "records",
      "t48"."confidence" AS "confidence",
      "t48"."owned_from" AS "owned_from",
      "t48"."owned_to" AS "owned_to",
      "t48"."reached" AS "reached",
      "t48"."an_hour_before" AS "an_hour_before",
      "t48"."held" AS "held",
      "t48"."held" >= "t48"."owned_from" AS "is_whole"
    FROM (
      SELECT
        "t47"."resource_id" AS "resource_id",
        "t47"."state" AS "state",
        "t47"."app_id" AS "app_id",
        "t47"."rule" AS "rule",
        "t47"."reference" AS "reference",
        "t47"."records" AS "records",
        "t47"."confidence" AS "confidence",
        "t47"."owned_from" AS "owned_from",
        "t47"."owned_to" AS "owned_to",
        "t47"."reached" AS "reached",
        "t47"."an_hour_before" AS "an_hour_before",
        "t17"."held" AS "held"
      FROM (
        SELECT
          "t45"."resource_id" AS "resource_id",
          "t45"."state" AS "state",
          "t45"."app_id" AS "app_id",
          "t45"."rule" AS "rule",
          "t45"."reference" AS "reference",
          "t45"."records" AS "records",
          "t45"."confidence" AS "confidence",
          "t45"."owned_from" AS "owned_from",
          "t45"."owned_to" AS "owned_to",
          "t45"."reached" AS "reached",
          "t45"."owned_to" - INTERVAL '1' HOUR AS "an_hour_before"
        FROM (
          SELECT
            "t44"."resource_id" AS "resource_id",
            "t44"."state" AS "state",
            "t44"."app_id" AS "app_id",
            "t44"."rule" AS "rule",
            "t44"."reference" AS "reference",
            "t44"."records" AS "records",
            "t44"."confidence" AS "confidence",
            "t44"."owned_from" AS "owned_from",
            "t44"."owned_to" AS "owned_to",
            "t18"."reached" AS "reached"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t41"."resource_id" AS "resource_id",
                "t23"."state" AS "state",
                "t35"."app_id" AS "app_id",
                "t35"."rule" AS "rule",
                "t35"."reference" AS "reference",
                "t35"."records" AS "records",
                CASE
                  WHEN "t35"."rule" = 'lease'
                  THEN toDecimal32(0.9900, 4)
                  WHEN "t35"."rule" = 'admission'
                  THEN toDecimal32(0.9800, 4)
                  WHEN "t35"."rule" = 'control_plane'
                  THEN toDecimal32(0.9500, 4)
                  WHEN "t35"."rule" = 'same_resource'
                  THEN toDecimal32(0.8500, 4)
                  WHEN "t35"."rule" = 'deploy'
                  THEN toDecimal32(0.8000, 4)
                  WHEN "t35"."rule" = 'commit'
                  THEN toDecimal32(0.7000, 4)
                  WHEN "t35"."rule" = 'session'
                  THEN toDecimal32(0.6000, 4)
                  WHEN "t35"."rule" = 'lease_by_prefix'
                  THEN toDecimal32(0.9000, 4)
                  WHEN "t35"."rule" = 'admission_by_prefix'
                  THEN toDecimal32(0.9000, 4)
                  WHEN "t35"."rule" = 'control_plane_by_prefix'
                  THEN toDecimal32(0.9000, 4)
                  WHEN "t35"."rule" = 'deploy_by_prefix'
                  THEN toDecimal32(0.8000, 4)
                  WHEN "t35"."rule" = 'commit_by_prefix'
                  THEN toDecimal32(0.7000, 4)
                  WHEN "t35"."rule" = 'session_by_prefix'
                  THEN toDecimal32(0.6000, 4)
                  ELSE toDecimal32(0.0000, 4)
                END AS "confidence",
                GREATEST(toTimeZone(CAST("t23"."begins" AS DateTime64(3, 'UTC')), 'UTC'), "t35"."since") AS "owned_from",
                LEAST(toTimeZone(CAST("t23"."ends" AS DateTime64(3, 'UTC')), 'UTC'), "t35"."until") AS "owned_to"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t24"."resource_id" AS "resource_id",
                    "t24"."resource_id" AS "key",
                    FALSE AS "is_prefix"
                  FROM "t22" AS "t24"
                ) AS "t26"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    CAST("t38"."resource_id" AS String) AS "resource_id",
                    CAST("t38"."key" AS String) AS "key",
                    TRUE AS "is_prefix"
                  FROM (
                    SELECT
                      "t25"."resource_id" AS "resource_id",
                      "t37"."key" AS "key"
                    FROM "t22" AS "t25"
                    CROSS JOIN (
                      SELECT DISTINCT
                        "t34"."key" AS "key"
                      FROM "t33" AS "t34"
                      WHERE
                        "t34"."is_prefix"
                    ) AS "t37"
                  ) AS "t38"
                  WHERE
                    startsWith("t38"."resource_id", "t38"."key")
                ) AS "t39"
              ) AS "t41"
              INNER JOIN "t33" AS "t35"
                ON "t41"."key" = "t35"."key" AND "t41"."is_prefix" = "t35"."is_prefix"
              INNER JOIN (
                SELECT
                  *
                FROM "t15" AS "t19"
                ORDER BY
                  "t19"."effective_cost" DESC,
                  "t19"."resource_id" ASC,
                  "t19"."state" ASC
              ) AS "t23"
                ON "t41"."resource_id" = "t23"."resource_id"
            ) AS "t42"
            WHERE
              "t42"."owned_from" < "t42"."owned_to"
          ) AS "t44"
          ASOF LEFT JOIN (
            SELECT
              "t11"."of_resource" AS "of_resource",
              "t11"."of_state" AS "of_state",
              "t11"."begins" AS "reached"
            FROM "t9" AS "t11"
          ) AS "t18"
            ON "t44"."owned_to" > "t18"."reached"
            AND "t44"."resource_id" = "t18"."of_resource"
            AND "t44"."state" = "t18"."of_state"
        ) AS "t45"
      ) AS "t47"
      ASOF LEFT JOIN (
        SELECT
          "t11"."of_resource" AS "of_resource",
          "t11"."of_state" AS "of_state",
          "t11"."begins" AS "held"
        FROM "t9" AS "t11"
      ) AS "t17"
        ON "t47"."an_hour_before" >= "t17"."held"
        AND "t47"."resource_id" = "t17"."of_resource"
        AND "t47"."state" = "t17"."of_state"
    ) AS "t48"
    WHERE
      (
        "t48"."reached" + INTERVAL '1' HOUR
      ) > "t48"."owned_from"
  ) AS "t49"
) AS "t50"
WHERE
  (
    "t50"."nth" = 0
  )
  OR (
    NOT (
      "t50"."is_whole"
    ) AND (
      "t50"."nth" < 8
    )
  )
ORDER BY
  "t50"."resource_id" ASC,
  "t50"."state" ASC,
  "t50"."confidence" DESC,
  "t50"."rule" ASC,
  "t50"."owned_from" ASC,
  "t50"."reference" ASC,
  "t50"."app_id" ASC,
  "t50"."owned_to" ASC
