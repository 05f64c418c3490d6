WITH "t32" AS (
  SELECT
    *
  FROM (
    SELECT
      "t24"."app_id" AS "app_id",
      "t24"."resource_id" AS "key",
      FALSE AS "is_prefix",
      CAST('same_resource' AS String) AS "rule",
      toTimeZone(CAST("t24"."since" AS DateTime64(3, 'UTC')), 'UTC') AS "since",
      toTimeZone(CAST("t24"."until" AS DateTime64(3, 'UTC')), 'UTC') AS "until",
      CAST('other usage of it' AS String) AS "reference"
    FROM (
      SELECT
        "t11"."resource_id" AS "resource_id",
        "t11"."app_id" AS "app_id",
        MIN("t11"."charge_period_start") - INTERVAL '24' HOUR AS "since",
        MAX("t11"."charge_period_end") + INTERVAL '24' HOUR AS "until"
      FROM (
        SELECT
          *
        FROM "charges" AS "t1"
        WHERE
          "t1"."attribution_rule" IN ('app_tag', 'lease') AND "t1"."resource_id" <> ''
      ) AS "t11"
      GROUP BY
        "t11"."resource_id",
        "t11"."app_id"
    ) AS "t24"
  ) AS "t30"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t4"."app_id" AS "app_id",
        "t4"."resource_id" AS "key",
        "t4"."is_prefix" AS "is_prefix",
        CAST(CASE
          WHEN (
            "t4"."kind" = 'admission'
          ) AND "t4"."is_prefix"
          THEN 'admission_by_prefix'
          ELSE "t4"."kind"
        END AS String) AS "rule",
        "t4"."starts_at" AS "since",
        toTimeZone(
          CAST(COALESCE("t4"."ends_at", parseDateTimeBestEffort('2200-01-01T00:00:00+00:00', 'UTC')) AS DateTime64(3, 'UTC')),
          'UTC'
        ) AS "until",
        CASE WHEN "t4"."reference" <> '' THEN "t4"."reference" ELSE "t4"."evidence_id" END AS "reference"
      FROM "evidence" AS "t4"
      WHERE
        "t4"."app_id" <> '' AND "t4"."resource_id" <> ''
    ) AS "t22"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t5"."app_id" AS "app_id",
        "t5"."resource_id" AS "key",
        FALSE AS "is_prefix",
        CAST('lease' AS String) AS "rule",
        "t5"."valid_from" AS "since",
        "t5"."valid_to" AS "until",
        "t5"."lease_id" AS "reference"
      FROM "leases" AS "t5"
      WHERE
        "t5"."valid_from" < "t5"."valid_to" AND "t5"."resource_id" <> ''
    ) AS "t14"
  ) AS "t25"
)
SELECT
  *
FROM (
  SELECT
    "t78".*
    EXCEPT ("app_found", "time")
  FROM (
    SELECT
      "t77"."resource_id" AS "resource_id",
      "t77"."state" AS "state",
      "t77"."begins" AS "begins",
      "t77"."ends" AS "ends",
      "t77"."deadline" AS "deadline",
      "t77"."effective_cost" AS "effective_cost",
      "t77"."event_count" AS "event_count",
      "t77"."meters" AS "meters",
      "t77"."app_id" AS "app_id",
      "t77"."rule" AS "rule",
      "t77"."reference" AS "reference",
      "t77"."confidence" AS "confidence",
      "t77"."owned_from" AS "owned_from",
      "t77"."owned_to" AS "owned_to",
      "t77"."rivals" AS "rivals",
      "t77"."time" AS "time",
      "t77"."hours_left" AS "hours_left",
      "t77"."app_team_id" AS "team_id",
      "t77"."app_cost_center" AS "cost_center",
      "t77"."app_found" AS "app_found"
    FROM (
      SELECT
        "t76"."resource_id" AS "resource_id",
        "t76"."state" AS "state",
        "t76"."begins" AS "begins",
        "t76"."ends" AS "ends",
        "t76"."deadline" AS "deadline",
        "t76"."effective_cost" AS "effective_cost",
        "t76"."event_count" AS "event_count",
        "t76"."meters" AS "meters",
        "t76"."app_id" AS "app_id",
        "t76"."rule" AS "rule",
        "t76"."reference" AS "reference",
        "t76"."confidence" AS "confidence",
        "t76"."owned_from" AS "owned_from",
        "t76"."owned_to" AS "owned_to",
        "t76"."rivals" AS "rivals",
        "t76"."time" AS "time",
        "t76"."hours_left" AS "hours_left",
        "t64"."app_team_id" AS "app_team_id",
        "t64"."app_cost_center" AS "app_cost_center",
        "t76"."time" < "t64"."ends" AS "app_found"
      FROM (
        SELECT
          "t74"."resource_id" AS "resource_id",
          "t74"."state" AS "state",
          "t74"."begins" AS "begins",
          "t74"."ends" AS "ends",
          "t74"."deadline" AS "deadline",
          "t74"."effective_cost" AS "effective_cost",
          "t74"."event_count" AS "event_count",
          "t74"."meters" AS "meters",
          COALESCE("t74"."app_id", '') AS "app_id",
          "t74"."rule" AS "rule",
          "t74"."reference" AS "reference",
          "t74"."confidence" AS "confidence",
          CASE
            WHEN "t74"."owned_from" < "t74"."begins"
            THEN "t74"."begins"
            ELSE "t74"."owned_from"
          END AS "owned_from",
          "t74"."owned_to" AS "owned_to",
          "t74"."rivals" AS "rivals",
          toTimeZone(CAST("t74"."begins" AS DateTime64(3, 'UTC')), 'UTC') AS "time",
          GREATEST(
            CAST(FLOOR(
              (
                toRelativeSecondNum("t74"."deadline") - toRelativeSecondNum(parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC'))
              ) / (
                3600
              )
            ) AS Nullable(Int64)),
            0
          ) AS "hours_left"
        FROM (
          SELECT
            "t73".*
            EXCEPT ("named_resource")
          FROM (
            SELECT
              "t60"."resource_id" AS "resource_id",
              "t60"."state" AS "state",
              "t60"."begins" AS "begins",
              "t60"."ends" AS "ends",
              "t60"."deadline" AS "deadline",
              "t60"."effective_cost" AS "effective_cost",
              "t60"."event_count" AS "event_count",
              "t60"."meters" AS "meters",
              "t72"."named_resource" AS "named_resource",
              "t72"."app_id" AS "app_id",
              "t72"."rule" AS "rule",
              "t72"."reference" AS "reference",
              "t72"."confidence" AS "confidence",
              "t72"."owned_from" AS "owned_from",
              "t72"."owned_to" AS "owned_to",
              "t72"."rivals" AS "rivals"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t53"."resource_id" AS "resource_id",
                  "t53"."state" AS "state",
                  MIN("t53"."charge_period_start") AS "begins",
                  MAX("t53"."charge_period_end") AS "ends",
                  MIN("t53"."over") AS "deadline",
                  SUM("t53"."effective_cost") AS "effective_cost",
                  SUM("t53"."event_count") AS "event_count",
                  uniqExact("t53"."meter") AS "meters"
                FROM (
                  SELECT
                    "t48"."charge_date" AS "charge_date",
                    "t48"."generation" AS "generation",
                    "t48"."charge_period_start" AS "charge_period_start",
                    "t48"."charge_period_end" AS "charge_period_end",
                    "t48"."charge_category" AS "charge_category",
                    "t48"."charge_class" AS "charge_class",
                    "t48"."resource_id" AS "resource_id",
                    "t48"."app_id" AS "app_id",
                    "t48"."team_id" AS "team_id",
                    "t48"."cost_center" AS "cost_center",
                    "t48"."environment" AS "environment",
                    "t48"."lifecycle" AS "lifecycle",
                    "t48"."attribution_rule" AS "attribution_rule",
                    "t48"."is_reconciled" AS "is_reconciled",
                    "t48"."is_estimated" AS "is_estimated",
                    "t48"."meter" AS "meter",
                    "t48"."service_name" AS "service_name",
                    "t48"."service_category" AS "service_category",
                    "t48"."provider" AS "provider",
                    "t48"."model" AS "model",
                    "t48"."instance_type" AS "instance_type",
                    "t48"."region" AS "region",
                    "t48"."pricing_category" AS "pricing_category",
                    "t48"."pricing_status" AS "pricing_status",
                    "t48"."sku_id" AS "sku_id",
                    "t48"."sku_price_id" AS "sku_price_id",
                    "t48"."discount_rule_id" AS "discount_rule_id",
                    "t48"."markup_rule_id" AS "markup_rule_id",
                    "t48"."consumed_quantity" AS "consumed_quantity",
                    "t48"."consumed_unit" AS "consumed_unit",
                    "t48"."list_unit_price" AS "list_unit_price",
                    "t48"."pricing_block" AS "pricing_block",
                    "t48"."pricing_unit" AS "pricing_unit",
                    "t48"."list_cost" AS "list_cost",
                    "t48"."effective_cost" AS "effective_cost",
                    "t48"."billed_cost" AS "billed_cost",
                    "t48"."billing_currency" AS "billing_currency",
                    "t48"."event_count" AS "event_count",
                    "t48"."event_digest" AS "event_digest",
                    "t48"."charge_period_start" + INTERVAL '72' HOUR AS "over",
                    CASE
                      WHEN (
                        "t48"."charge_period_start" + INTERVAL '72' HOUR
                      ) > parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
                      THEN 'pending'
                      ELSE 'unresolved'
                    END AS "state"
                  FROM (
                    SELECT
                      "t6"."charge_date" AS "charge_date",
                      "t6"."generation" AS "generation",
                      "t6"."charge_period_start" AS "charge_period_start",
                      "t6"."charge_period_end" AS "charge_period_end",
                      "t6"."charge_category" AS "charge_category",
                      "t6"."charge_class" AS "charge_class",
                      "t6"."resource_id" AS "resource_id",
                      "t6"."app_id" AS "app_id",
                      "t6"."team_id" AS "team_id",
                      "t6"."cost_center" AS "cost_center",
                      "t6"."environment" AS "environment",
                      "t6"."lifecycle" AS "lifecycle",
                      "t6"."attribution_rule" AS "attribution_rule",
                      "t6"."is_reconciled" AS "is_reconciled",
                      "t6"."is_estimated" AS "is_estimated",
                      "t6"."meter" AS "meter",
                      "t6"."service_name" AS "service_name",
                      "t6"."service_category" AS "service_category",
                      "t6"."provider" AS "provider",
                      "t6"."model" AS "model",
                      "t6"."instance_type" AS "instance_type",
                      "t6"."region" AS "region",
                      "t6"."pricing_category" AS "pricing_category",
                      "t6"."pricing_status" AS "pricing_status",
                      "t6"."sku_id" AS "sku_id",
                      "t6"."sku_price_id" AS "sku_price_id",
                      "t6"."discount_rule_id" AS "discount_rule_id",
                      "t6"."markup_rule_id" AS "markup_rule_id",
                      "t6"."consumed_quantity" AS "consumed_quantity",
                      "t6"."consumed_unit" AS "consumed_unit",
                      "t6"."list_unit_price" AS "list_unit_price",
                      "t6"."pricing_block" AS "pricing_block",
                      "t6"."pricing_unit" AS "pricing_unit",
                      "t6"."list_cost" AS "list_cost",
                      "t6"."effective_cost" AS "effective_cost",
                      "t6"."billed_cost" AS "billed_cost",
                      "t6"."billing_currency" AS "billing_currency",
                      "t6"."event_count" AS "event_count",
                      "t6"."event_digest" AS "event_digest"
                    FROM "charges" AS "t6"
                    LEFT ANTI JOIN (
                      SELECT
                        "t37"."resource_id" AS "resource_id",
                        "t37"."charge_period_start" AS "charge_period_start",
                        "t37"."attribution_rule" AS "attribution_rule"
                      FROM (
                        SELECT
                          "t23"."resource_id" AS "resource_id",
                          "t23"."charge_period_start" AS "charge_period_start",
                          "t23"."attribution_rule" AS "attribution_rule",
                          "t23"."time" AS "time",
                          "t29"."left_word" AS "left_word",
                          "t23"."time" < "t29"."ends" AS "left_found"
                        FROM (
                          SELECT
                            "t10"."resource_id" AS "resource_id",
                            "t10"."charge_period_start" AS "charge_period_start",
                            "t10"."attribution_rule" AS "attribution_rule",
                            toTimeZone(CAST("t10"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "time"
                          FROM (
                            SELECT DISTINCT
                              "t1"."resource_id" AS "resource_id",
                              "t1"."charge_period_start" AS "charge_period_start",
                              "t1"."attribution_rule" AS "attribution_rule"
                            FROM "charges" AS "t1"
                            WHERE
                              "t1"."attribution_rule" = 'default'
                          ) AS "t10"
                        ) AS "t23"
                        ASOF LEFT JOIN (
                          SELECT
                            "t20"."word" AS "left_word",
                            "t20"."resource_id" AS "key_resource_id",
                            "t20"."starts_at" AS "begins",
                            "t20"."ends_at" AS "ends"
                          FROM (
                            SELECT
                              "t3"."resource_id" AS "resource_id",
                              "t3"."starts_at" AS "starts_at",
                              "t3"."ends_at" AS "ends_at",
                              "t3"."word" AS "word",
                              "t3"."app_id" AS "app_id",
                              "t3"."team_id" AS "team_id",
                              "t3"."rule" AS "rule",
                              "t3"."confidence" AS "confidence",
                              "t3"."evidence_ids" AS "evidence_ids",
                              "t3"."reason" AS "reason",
                              "t3"."said_at" AS "said_at",
                              "t3"."said_by" AS "said_by",
                              ROW_NUMBER() OVER (
                                PARTITION BY "t3"."resource_id", "t3"."starts_at"
                                ORDER BY "t3"."said_at" DESC
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1 AS "nth"
                            FROM "reconciliation_words" AS "t3"
                          ) AS "t20"
                          WHERE
                            "t20"."nth" = 0
                            AND "t20"."word" = 'accepted'
                            AND "t20"."starts_at" < "t20"."ends_at"
                        ) AS "t29"
                          ON "t23"."time" >= "t29"."begins" AND "t23"."resource_id" = "t29"."key_resource_id"
                      ) AS "t37"
                      WHERE
                        "t37"."left_found"
                    ) AS "t43"
                      ON "t6"."resource_id" = "t43"."resource_id"
                      AND "t6"."charge_period_start" = "t43"."charge_period_start"
                      AND "t6"."attribution_rule" = "t43"."attribution_rule"
                  ) AS "t48"
                  WHERE
                    "t48"."attribution_rule" = 'default' AND "t48"."meter" <> 'platform_cost'
                ) AS "t53"
                GROUP BY
                  "t53"."resource_id",
                  "t53"."state"
              ) AS "t55"
              WHERE
                "t55"."state" = 'pending'
              ORDER BY
                "t55"."effective_cost" DESC,
                "t55"."resource_id" ASC,
                "t55"."state" ASC
            ) AS "t60"
            LEFT OUTER JOIN (
              SELECT
                "t70"."resource_id" AS "named_resource",
                "t70"."app_id" AS "app_id",
                "t70"."rule" AS "rule",
                "t70"."reference" AS "reference",
                "t70"."confidence" AS "confidence",
                "t70"."owned_from" AS "owned_from",
                "t70"."owned_to" AS "owned_to",
                "t70"."rivals" AS "rivals"
              FROM (
                SELECT
                  "t69".*
                  EXCEPT ("nth")
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t67"."resource_id" AS "resource_id",
                      "t67"."app_id" AS "app_id",
                      "t67"."rule" AS "rule",
                      "t67"."reference" AS "reference",
                      "t67"."confidence" AS "confidence",
                      "t67"."owned_from" AS "owned_from",
                      "t67"."owned_to" AS "owned_to",
                      "t67"."rivals" AS "rivals",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t67"."resource_id"
                        ORDER BY "t67"."confidence" DESC, "t67"."app_id" ASC
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "nth"
                    FROM (
                      SELECT
                        "t66".*
                        EXCEPT ("state")
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t62"."resource_id" AS "resource_id",
                            "t62"."state" AS "state",
                            "t62"."app_id" AS "app_id",
                            "t62"."rule" AS "rule",
                            "t62"."reference" AS "reference",
                            "t62"."confidence" AS "confidence",
                            "t62"."owned_from" AS "owned_from",
                            "t62"."owned_to" AS "owned_to",
                            COUNT("t62"."app_id") OVER (
                              PARTITION BY "t62"."resource_id", "t62"."state"
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            ) - 1 AS "rivals"
                          FROM (
                            SELECT
                              "t61".*
                              EXCEPT ("nth")
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t52"."resource_id" AS "resource_id",
                                  "t52"."state" AS "state",
                                  "t52"."app_id" AS "app_id",
                                  "t52"."rule" AS "rule",
                                  "t52"."reference" AS "reference",
                                  "t52"."confidence" AS "confidence",
                                  "t52"."owned_from" AS "owned_from",
                                  "t52"."owned_to" AS "owned_to",
                                  ROW_NUMBER() OVER (
                                    PARTITION BY "t52"."resource_id", "t52"."state", "t52"."app_id"
                                    ORDER BY "t52"."confidence" DESC, "t52"."rule" ASC, "t52"."owned_from" ASC, "t52"."reference" ASC
                                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                  ) - 1 AS "nth"
                                FROM (
                                  SELECT
                                    "t50"."resource_id" AS "resource_id",
                                    "t50"."state" AS "state",
                                    "t50"."app_id" AS "app_id",
                                    "t50"."rule" AS "rule",
                                    "t50"."reference" AS "reference",
                                    CASE
                                      WHEN "t50"."rule" = 'lease'
                                      THEN toDecimal32(0.9900, 4)
                                      WHEN "t50"."rule" = 'admission'
                                      THEN toDecimal32(0.9800, 4)
                                      WHEN "t50"."rule" = 'control_plane'
                                      THEN toDecimal32(0.9500, 4)
                                      WHEN "t50"."rule" = 'admission_by_prefix'
                                      THEN toDecimal32(0.9000, 4)
                                      WHEN "t50"."rule" = 'same_resource'
                                      THEN toDecimal32(0.8500, 4)
                                      WHEN "t50"."rule" = 'deploy'
                                      THEN toDecimal32(0.8000, 4)
                                      WHEN "t50"."rule" = 'commit'
                                      THEN toDecimal32(0.7000, 4)
                                      WHEN "t50"."rule" = 'session'
                                      THEN toDecimal32(0.6000, 4)
                                      ELSE toDecimal32(0.0000, 4)
                                    END AS "confidence",
                                    GREATEST(toTimeZone(CAST("t50"."begins" AS DateTime64(3, 'UTC')), 'UTC'), "t50"."since") AS "owned_from",
                                    LEAST(toTimeZone(CAST("t50"."ends" AS DateTime64(3, 'UTC')), 'UTC'), "t50"."until") AS "owned_to"
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        "t34"."resource_id" AS "resource_id",
                                        "t34"."state" AS "state",
                                        "t34"."begins" AS "begins",
                                        "t34"."ends" AS "ends",
                                        "t34"."deadline" AS "deadline",
                                        "t34"."effective_cost" AS "effective_cost",
                                        "t34"."event_count" AS "event_count",
                                        "t34"."meters" AS "meters",
                                        "t42"."app_id" AS "app_id",
                                        "t42"."key" AS "key",
                                        "t42"."is_prefix" AS "is_prefix",
                                        "t42"."rule" AS "rule",
                                        "t42"."since" AS "since",
                                        "t42"."until" AS "until",
                                        "t42"."reference" AS "reference"
                                      FROM (
                                        SELECT
                                          *
                                        FROM (
                                          SELECT
                                            "t19"."resource_id" AS "resource_id",
                                            "t19"."state" AS "state",
                                            MIN("t19"."charge_period_start") AS "begins",
                                            MAX("t19"."charge_period_end") AS "ends",
                                            MIN("t19"."over") AS "deadline",
                                            SUM("t19"."effective_cost") AS "effective_cost",
                                            SUM("t19"."event_count") AS "event_count",
                                            uniqExact("t19"."meter") AS "meters"
                                          FROM (
                                            SELECT
                                              "t1"."charge_date" AS "charge_date",
                                              "t1"."generation" AS "generation",
                                              "t1"."charge_period_start" AS "charge_period_start",
                                              "t1"."charge_period_end" AS "charge_period_end",
                                              "t1"."charge_category" AS "charge_category",
                                              "t1"."charge_class" AS "charge_class",
                                              "t1"."resource_id" AS "resource_id",
                                              "t1"."app_id" AS "app_id",
                                              "t1"."team_id" AS "team_id",
                                              "t1"."cost_center" AS "cost_center",
                                              "t1"."environment" AS "environment",
                                              "t1"."lifecycle" AS "lifecycle",
                                              "t1"."attribution_rule" AS "attribution_rule",
                                              "t1"."is_reconciled" AS "is_reconciled",
                                              "t1"."is_estimated" AS "is_estimated",
                                              "t1"."meter" AS "meter",
                                              "t1"."service_name" AS "service_name",
                                              "t1"."service_category" AS "service_category",
                                              "t1"."provider" AS "provider",
                                              "t1"."model" AS "model",
                                              "t1"."instance_type" AS "instance_type",
                                              "t1"."region" AS "region",
                                              "t1"."pricing_category" AS "pricing_category",
                                              "t1"."pricing_status" AS "pricing_status",
                                              "t1"."sku_id" AS "sku_id",
                                              "t1"."sku_price_id" AS "sku_price_id",
                                              "t1"."discount_rule_id" AS "discount_rule_id",
                                              "t1"."markup_rule_id" AS "markup_rule_id",
                                              "t1"."consumed_quantity" AS "consumed_quantity",
                                              "t1"."consumed_unit" AS "consumed_unit",
                                              "t1"."list_unit_price" AS "list_unit_price",
                                              "t1"."pricing_block" AS "pricing_block",
                                              "t1"."pricing_unit" AS "pricing_unit",
                                              "t1"."list_cost" AS "list_cost",
                                              "t1"."effective_cost" AS "effective_cost",
                                              "t1"."billed_cost" AS "billed_cost",
                                              "t1"."billing_currency" AS "billing_currency",
                                              "t1"."event_count" AS "event_count",
                                              "t1"."event_digest" AS "event_digest",
                                              "t1"."charge_period_start" + INTERVAL '72' HOUR AS "over",
                                              CASE
                                                WHEN (
                                                  "t1"."charge_period_start" + INTERVAL '72' HOUR
                                                ) > parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
                                                THEN 'pending'
                                                ELSE 'unresolved'
                                              END AS "state"
                                            FROM "charges" AS "t1"
                                            WHERE
                                              "t1"."attribution_rule" = 'default' AND "t1"."meter" <> 'platform_cost'
                                          ) AS "t19"
                                          GROUP BY
                                            "t19"."resource_id",
                                            "t19"."state"
                                        ) AS "t26"
                                        ORDER BY
                                          "t26"."effective_cost" DESC,
                                          "t26"."resource_id" ASC,
                                          "t26"."state" ASC
                                      ) AS "t34"
                                      INNER JOIN (
                                        SELECT
                                          *
                                        FROM "t32" AS "t35"
                                        WHERE
                                          NOT (
                                            "t35"."is_prefix"
                                          )
                                      ) AS "t42"
                                        ON "t34"."resource_id" = "t42"."key"
                                    ) AS "t46"
                                    UNION ALL
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t34"."resource_id" AS "resource_id",
                                          "t34"."state" AS "state",
                                          "t34"."begins" AS "begins",
                                          "t34"."ends" AS "ends",
                                          "t34"."deadline" AS "deadline",
                                          "t34"."effective_cost" AS "effective_cost",
                                          "t34"."event_count" AS "event_count",
                                          "t34"."meters" AS "meters",
                                          "t40"."app_id" AS "app_id",
                                          "t40"."key" AS "key",
                                          "t40"."is_prefix" AS "is_prefix",
                                          "t40"."rule" AS "rule",
                                          "t40"."since" AS "since",
                                          "t40"."until" AS "until",
                                          "t40"."reference" AS "reference"
                                        FROM (
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              "t19"."resource_id" AS "resource_id",
                                              "t19"."state" AS "state",
                                              MIN("t19"."charge_period_start") AS "begins",
                                              MAX("t19"."charge_period_end") AS "ends",
                                              MIN("t19"."over") AS "deadline",
                                              SUM("t19"."effective_cost") AS "effective_cost",
                                              SUM("t19"."event_count") AS "event_count",
                                              uniqExact("t19"."meter") AS "meters"
                                            FROM (
                                              SELECT
                                                "t1"."charge_date" AS "charge_date",
                                                "t1"."generation" AS "generation",
                                                "t1"."charge_period_start" AS "charge_period_start",
                                                "t1"."charge_period_end" AS "charge_period_end",
                                                "t1"."charge_category" AS "charge_category",
                                                "t1"."charge_class" AS "charge_class",
                                                "t1"."resource_id" AS "resource_id",
                                                "t1"."app_id" AS "app_id",
                                                "t1"."team_id" AS "team_id",
                                                "t1"."cost_center" AS "cost_center",
                                                "t1"."environment" AS "environment",
                                                "t1"."lifecycle" AS "lifecycle",
                                                "t1"."attribution_rule" AS "attribution_rule",
                                                "t1"."is_reconciled" AS "is_reconciled",
                                                "t1"."is_estimated" AS "is_estimated",
                                                "t1"."meter" AS "meter",
                                                "t1"."service_name" AS "service_name",
                                                "t1"."service_category" AS "service_category",
                                                "t1"."provider" AS "provider",
                                                "t1"."model" AS "model",
                                                "t1"."instance_type" AS "instance_type",
                                                "t1"."region" AS "region",
                                                "t1"."pricing_category" AS "pricing_category",
                                                "t1"."pricing_status" AS "pricing_status",
                                                "t1"."sku_id" AS "sku_id",
                                                "t1"."sku_price_id" AS "sku_price_id",
                                                "t1"."discount_rule_id" AS "discount_rule_id",
                                                "t1"."markup_rule_id" AS "markup_rule_id",
                                                "t1"."consumed_quantity" AS "consumed_quantity",
                                                "t1"."consumed_unit" AS "consumed_unit",
                                                "t1"."list_unit_price" AS "list_unit_price",
                                                "t1"."pricing_block" AS "pricing_block",
                                                "t1"."pricing_unit" AS "pricing_unit",
                                                "t1"."list_cost" AS "list_cost",
                                                "t1"."effective_cost" AS "effective_cost",
                                                "t1"."billed_cost" AS "billed_cost",
                                                "t1"."billing_currency" AS "billing_currency",
                                                "t1"."event_count" AS "event_count",
                                                "t1"."event_digest" AS "event_digest",
                                                "t1"."charge_period_start" + INTERVAL '72' HOUR AS "over",
                                                CASE
                                                  WHEN (
                                                    "t1"."charge_period_start" + INTERVAL '72' HOUR
                                                  ) > parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
                                                  THEN 'pending'
                                                  ELSE 'unresolved'
                                                END AS "state"
                                              FROM "charges" AS "t1"
                                              WHERE
                                                "t1"."attribution_rule" = 'default' AND "t1"."meter" <> 'platform_cost'
                                            ) AS "t19"
                                            GROUP BY
                                              "t19"."resource_id",
                                              "t19"."state"
                                          ) AS "t26"
                                          ORDER BY
                                            "t26"."effective_cost" DESC,
                                            "t26"."resource_id" ASC,
                                            "t26"."state" ASC
                                        ) AS "t34"
                                        CROSS JOIN (
                                          SELECT
                                            *
                                          FROM "t32" AS "t35"
                                          WHERE
                                            "t35"."is_prefix"
                                        ) AS "t40"
                                      ) AS "t45"
                                      WHERE
                                        startsWith("t45"."resource_id", "t45"."key")
                                    ) AS "t47"
                                  ) AS "t50"
                                  WHERE
                                    "t50"."since" < "t50"."ends" AND "t50"."begins" < "t50"."until"
                                ) AS "t52"
                              ) AS "t56"
                              WHERE
                                "t56"."nth" = 0
                            ) AS "t61"
                          ) AS "t62"
                        ) AS "t65"
                        WHERE
                          "t65"."state" = 'pending'
                        ORDER BY
                          "t65"."resource_id" ASC,
                          "t65"."state" ASC,
                          "t65"."confidence" DESC,
                          "t65"."app_id" ASC
                      ) AS "t66"
                    ) AS "t67"
                  ) AS "t68"
                  WHERE
                    "t68"."nth" = 0
                ) AS "t69"
              ) AS "t70"
            ) AS "t72"
              ON "t60"."resource_id" = "t72"."named_resource"
          ) AS "t73"
        ) AS "t74"
      ) AS "t76"
      ASOF LEFT JOIN (
        SELECT
          "t59"."team_id" AS "app_team_id",
          "t59"."cost_center" AS "app_cost_center",
          "t59"."app_id" AS "key_app_id",
          "t59"."starts" AS "begins",
          "t59"."ends" AS "ends"
        FROM (
          SELECT
            "t57".*
            EXCEPT ("valid_from", "valid_to")
          FROM (
            SELECT
              "t54"."app_id" AS "app_id",
              "t54"."team_id" AS "team_id",
              CASE
                WHEN "t54"."cost_center" <> ''
                THEN "t54"."cost_center"
                ELSE CASE WHEN "t54"."starts" < "t54"."booked_to" THEN "t54"."booked_at" ELSE '' END
              END AS "cost_center",
              "t54"."environment" AS "environment",
              "t54"."lifecycle" AS "lifecycle",
              "t54"."valid_from" AS "valid_from",
              "t54"."valid_to" AS "valid_to",
              "t54"."starts" AS "starts",
              "t54"."next_start" AS "next_start",
              "t54"."ends" AS "ends",
              "t54"."booked_team" AS "booked_team",
              "t54"."booked_at" AS "booked_at",
              "t54"."booked_from" AS "booked_from",
              "t54"."booked_to" AS "booked_to"
            FROM (
              SELECT
                "t51"."app_id" AS "app_id",
                "t51"."team_id" AS "team_id",
                "t51"."cost_center" AS "cost_center",
                "t51"."environment" AS "environment",
                "t51"."lifecycle" AS "lifecycle",
                "t51"."valid_from" AS "valid_from",
                "t51"."valid_to" AS "valid_to",
                "t51"."starts" AS "starts",
                "t51"."next_start" AS "next_start",
                "t51"."ends" AS "ends",
                "t15"."booked_team" AS "booked_team",
                "t15"."booked_at" AS "booked_at",
                "t15"."booked_from" AS "booked_from",
                "t15"."booked_to" AS "booked_to"
              FROM (
                SELECT
                  "t44"."app_id" AS "app_id",
                  "t44"."team_id" AS "team_id",
                  "t44"."cost_center" AS "cost_center",
                  "t44"."environment" AS "environment",
                  "t44"."lifecycle" AS "lifecycle",
                  "t44"."valid_from" AS "valid_from",
                  "t44"."valid_to" AS "valid_to",
                  "t44"."starts" AS "starts",
                  "t44"."next_start" AS "next_start",
                  CASE
                    WHEN "t44"."next_start" > "t44"."starts"
                    THEN "t44"."next_start"
                    ELSE "t44"."valid_to"
                  END AS "ends"
                FROM (
                  SELECT
                    "t36"."app_id" AS "app_id",
                    "t36"."team_id" AS "team_id",
                    "t36"."cost_center" AS "cost_center",
                    "t36"."environment" AS "environment",
                    "t36"."lifecycle" AS "lifecycle",
                    "t36"."valid_from" AS "valid_from",
                    "t36"."valid_to" AS "valid_to",
                    "t36"."starts" AS "starts",
                    leadInFrame("t36"."starts") OVER (
                      PARTITION BY "t36"."app_id", "t36"."valid_from"
                      ORDER BY "t36"."starts" ASC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) AS "next_start"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t2"."app_id" AS "app_id",
                        "t2"."team_id" AS "team_id",
                        "t2"."cost_center" AS "cost_center",
                        "t2"."environment" AS "environment",
                        "t2"."lifecycle" AS "lifecycle",
                        "t2"."valid_from" AS "valid_from",
                        "t2"."valid_to" AS "valid_to",
                        "t2"."valid_from" AS "starts"
                      FROM "apps" AS "t2"
                      WHERE
                        "t2"."valid_from" < "t2"."valid_to"
                    ) AS "t12"
                    UNION DISTINCT
                    SELECT
                      *
                    FROM (
                      SELECT
                        CAST("t28"."app_id" AS String) AS "app_id",
                        CAST("t28"."team_id" AS String) AS "team_id",
                        CAST("t28"."cost_center" AS String) AS "cost_center",
                        CAST("t28"."environment" AS String) AS "environment",
                        CAST("t28"."lifecycle" AS String) AS "lifecycle",
                        toTimeZone(CAST("t28"."valid_from" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_from",
                        toTimeZone(CAST("t28"."valid_to" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_to",
                        toTimeZone(CAST("t28"."starts" AS DateTime64(3, 'UTC')), 'UTC') AS "starts"
                      FROM (
                        SELECT
                          "t17"."app_id" AS "app_id",
                          "t17"."team_id" AS "team_id",
                          "t17"."cost_center" AS "cost_center",
                          "t17"."environment" AS "environment",
                          "t17"."lifecycle" AS "lifecycle",
                          "t17"."valid_from" AS "valid_from",
                          "t17"."valid_to" AS "valid_to",
                          "t18"."edge" AS "starts"
                        FROM (
                          SELECT
                            "t2"."app_id" AS "app_id",
                            "t2"."team_id" AS "team_id",
                            "t2"."cost_center" AS "cost_center",
                            "t2"."environment" AS "environment",
                            "t2"."lifecycle" AS "lifecycle",
                            "t2"."valid_from" AS "valid_from",
                            "t2"."valid_to" AS "valid_to"
                          FROM "apps" AS "t2"
                          WHERE
                            "t2"."valid_from" < "t2"."valid_to"
                        ) AS "t17"
                        INNER JOIN (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t0"."team_id" AS "booked_team",
                              "t0"."valid_from" AS "edge"
                            FROM "teams" AS "t0"
                            WHERE
                              "t0"."valid_from" < "t0"."valid_to"
                          ) AS "t8"
                          UNION ALL
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t0"."team_id" AS "booked_team",
                              "t0"."valid_to" AS "edge"
                            FROM "teams" AS "t0"
                            WHERE
                              "t0"."valid_from" < "t0"."valid_to"
                          ) AS "t9"
                        ) AS "t18"
                          ON "t17"."team_id" = "t18"."booked_team"
                          AND "t17"."valid_from" < "t18"."edge"
                          AND "t18"."edge" < "t17"."valid_to"
                      ) AS "t28"
                    ) AS "t33"
                  ) AS "t36"
                ) AS "t44"
              ) AS "t51"
              ASOF LEFT JOIN (
                SELECT
                  "t0"."team_id" AS "booked_team",
                  "t0"."cost_center" AS "booked_at",
                  "t0"."valid_from" AS "booked_from",
                  "t0"."valid_to" AS "booked_to"
                FROM "teams" AS "t0"
                WHERE
                  "t0"."valid_from" < "t0"."valid_to"
              ) AS "t15"
                ON "t51"."starts" >= "t15"."booked_from" AND "t51"."team_id" = "t15"."booked_team"
            ) AS "t54"
          ) AS "t57"
        ) AS "t59"
        WHERE
          "t59"."starts" < "t59"."ends"
        ORDER BY
          "t59"."app_id" ASC,
          "t59"."starts" ASC
      ) AS "t64"
        ON "t76"."time" >= "t64"."begins" AND "t76"."app_id" = "t64"."key_app_id"
    ) AS "t77"
  ) AS "t78"
) AS "t79"
ORDER BY
  "t79"."effective_cost" DESC,
  "t79"."resource_id" ASC
