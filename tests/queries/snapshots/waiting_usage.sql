WITH "t33" AS (
  SELECT
    *
  FROM (
    SELECT
      "t26"."app_id" AS "app_id",
      "t26"."resource_id" AS "key",
      FALSE AS "is_prefix",
      CAST('same_resource' AS String) AS "rule",
      toTimeZone(CAST("t26"."since" AS DateTime64(3, 'UTC')), 'UTC') AS "since",
      toTimeZone(CAST("t26"."until" AS DateTime64(3, 'UTC')), 'UTC') AS "until",
      CAST('other usage of it' AS String) AS "reference"
    FROM (
      SELECT
        "t12"."resource_id" AS "resource_id",
        "t12"."app_id" AS "app_id",
        MIN("t12"."charge_period_start") - INTERVAL '24' HOUR AS "since",
        MAX("t12"."charge_period_end") + INTERVAL '24' HOUR AS "until"
      FROM (
        SELECT
          *
        FROM "charges" AS "t1"
        WHERE
          "t1"."attribution_rule" IN ('app_tag', 'lease') AND "t1"."resource_id" <> ''
      ) AS "t12"
      GROUP BY
        "t12"."resource_id",
        "t12"."app_id"
    ) AS "t26"
  ) AS "t31"
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
          WHEN "t4"."is_prefix"
          THEN CONCAT("t4"."kind", '_by_prefix')
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
    ) AS "t15"
  ) AS "t24"
)
SELECT
  *
FROM (
  SELECT
    "t81".*
    EXCEPT ("app_found", "time")
  FROM (
    SELECT
      "t80"."resource_id" AS "resource_id",
      "t80"."state" AS "state",
      "t80"."begins" AS "begins",
      "t80"."ends" AS "ends",
      "t80"."deadline" AS "deadline",
      "t80"."effective_cost" AS "effective_cost",
      "t80"."event_count" AS "event_count",
      "t80"."meters" AS "meters",
      "t80"."app_id" AS "app_id",
      "t80"."rule" AS "rule",
      "t80"."reference" AS "reference",
      "t80"."confidence" AS "confidence",
      "t80"."owned_from" AS "owned_from",
      "t80"."owned_to" AS "owned_to",
      "t80"."rivals" AS "rivals",
      "t80"."time" AS "time",
      "t80"."hours_left" AS "hours_left",
      "t80"."app_team_id" AS "team_id",
      "t80"."app_cost_center" AS "cost_center",
      "t80"."app_found" AS "app_found"
    FROM (
      SELECT
        "t79"."resource_id" AS "resource_id",
        "t79"."state" AS "state",
        "t79"."begins" AS "begins",
        "t79"."ends" AS "ends",
        "t79"."deadline" AS "deadline",
        "t79"."effective_cost" AS "effective_cost",
        "t79"."event_count" AS "event_count",
        "t79"."meters" AS "meters",
        "t79"."app_id" AS "app_id",
        "t79"."rule" AS "rule",
        "t79"."reference" AS "reference",
        "t79"."confidence" AS "confidence",
        "t79"."owned_from" AS "owned_from",
        "t79"."owned_to" AS "owned_to",
        "t79"."rivals" AS "rivals",
        "t79"."time" AS "time",
        "t79"."hours_left" AS "hours_left",
        "t65"."app_team_id" AS "app_team_id",
        "t65"."app_cost_center" AS "app_cost_center",
        "t79"."time" < "t65"."ends" AS "app_found"
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
          COALESCE("t77"."app_id", '') AS "app_id",
          "t77"."rule" AS "rule",
          "t77"."reference" AS "reference",
          "t77"."confidence" AS "confidence",
          CASE
            WHEN "t77"."owned_from" < "t77"."begins"
            THEN "t77"."begins"
            ELSE "t77"."owned_from"
          END AS "owned_from",
          "t77"."owned_to" AS "owned_to",
          "t77"."rivals" AS "rivals",
          toTimeZone(CAST("t77"."begins" AS DateTime64(3, 'UTC')), 'UTC') AS "time",
          GREATEST(
            CAST(FLOOR(
              (
                toRelativeSecondNum("t77"."deadline") - toRelativeSecondNum(parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC'))
              ) / (
                3600
              )
            ) AS Nullable(Int64)),
            0
          ) AS "hours_left"
        FROM (
          SELECT
            "t76".*
            EXCEPT ("named_resource")
          FROM (
            SELECT
              "t61"."resource_id" AS "resource_id",
              "t61"."state" AS "state",
              "t61"."begins" AS "begins",
              "t61"."ends" AS "ends",
              "t61"."deadline" AS "deadline",
              "t61"."effective_cost" AS "effective_cost",
              "t61"."event_count" AS "event_count",
              "t61"."meters" AS "meters",
              "t75"."named_resource" AS "named_resource",
              "t75"."app_id" AS "app_id",
              "t75"."rule" AS "rule",
              "t75"."reference" AS "reference",
              "t75"."confidence" AS "confidence",
              "t75"."owned_from" AS "owned_from",
              "t75"."owned_to" AS "owned_to",
              "t75"."rivals" AS "rivals"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t54"."resource_id" AS "resource_id",
                  "t54"."state" AS "state",
                  MIN("t54"."charge_period_start") AS "begins",
                  MAX("t54"."charge_period_end") AS "ends",
                  MIN("t54"."over") AS "deadline",
                  SUM("t54"."effective_cost") AS "effective_cost",
                  SUM("t54"."event_count") AS "event_count",
                  uniqExact("t54"."meter") AS "meters"
                FROM (
                  SELECT
                    "t49"."charge_date" AS "charge_date",
                    "t49"."generation" AS "generation",
                    "t49"."charge_period_start" AS "charge_period_start",
                    "t49"."charge_period_end" AS "charge_period_end",
                    "t49"."charge_category" AS "charge_category",
                    "t49"."charge_class" AS "charge_class",
                    "t49"."resource_id" AS "resource_id",
                    "t49"."app_id" AS "app_id",
                    "t49"."team_id" AS "team_id",
                    "t49"."cost_center" AS "cost_center",
                    "t49"."environment" AS "environment",
                    "t49"."lifecycle" AS "lifecycle",
                    "t49"."attribution_rule" AS "attribution_rule",
                    "t49"."is_reconciled" AS "is_reconciled",
                    "t49"."is_estimated" AS "is_estimated",
                    "t49"."meter" AS "meter",
                    "t49"."service_name" AS "service_name",
                    "t49"."service_category" AS "service_category",
                    "t49"."provider" AS "provider",
                    "t49"."model" AS "model",
                    "t49"."instance_type" AS "instance_type",
                    "t49"."region" AS "region",
                    "t49"."pricing_category" AS "pricing_category",
                    "t49"."pricing_status" AS "pricing_status",
                    "t49"."sku_id" AS "sku_id",
                    "t49"."sku_price_id" AS "sku_price_id",
                    "t49"."discount_rule_id" AS "discount_rule_id",
                    "t49"."markup_rule_id" AS "markup_rule_id",
                    "t49"."consumed_quantity" AS "consumed_quantity",
                    "t49"."consumed_unit" AS "consumed_unit",
                    "t49"."list_unit_price" AS "list_unit_price",
                    "t49"."pricing_block" AS "pricing_block",
                    "t49"."pricing_unit" AS "pricing_unit",
                    "t49"."list_cost" AS "list_cost",
                    "t49"."effective_cost" AS "effective_cost",
                    "t49"."billed_cost" AS "billed_cost",
                    "t49"."billing_currency" AS "billing_currency",
                    "t49"."event_count" AS "event_count",
                    "t49"."event_digest" AS "event_digest",
                    "t49"."charge_period_start" + INTERVAL '72' HOUR AS "over",
                    CASE
                      WHEN (
                        "t49"."charge_period_start" + INTERVAL '72' HOUR
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
                        "t38"."resource_id" AS "resource_id",
                        "t38"."charge_period_start" AS "charge_period_start",
                        "t38"."attribution_rule" AS "attribution_rule"
                      FROM (
                        SELECT
                          "t25"."resource_id" AS "resource_id",
                          "t25"."charge_period_start" AS "charge_period_start",
                          "t25"."attribution_rule" AS "attribution_rule",
                          "t25"."time" AS "time",
                          "t30"."left_word" AS "left_word",
                          "t25"."time" < "t30"."ends" AS "left_found"
                        FROM (
                          SELECT
                            "t11"."resource_id" AS "resource_id",
                            "t11"."charge_period_start" AS "charge_period_start",
                            "t11"."attribution_rule" AS "attribution_rule",
                            toTimeZone(CAST("t11"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "time"
                          FROM (
                            SELECT DISTINCT
                              "t1"."resource_id" AS "resource_id",
                              "t1"."charge_period_start" AS "charge_period_start",
                              "t1"."attribution_rule" AS "attribution_rule"
                            FROM "charges" AS "t1"
                            WHERE
                              "t1"."attribution_rule" = 'default'
                          ) AS "t11"
                        ) AS "t25"
                        ASOF LEFT JOIN (
                          SELECT
                            "t21"."word" AS "left_word",
                            "t21"."resource_id" AS "key_resource_id",
                            "t21"."starts_at" AS "begins",
                            "t21"."ends_at" AS "ends"
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
                          ) AS "t21"
                          WHERE
                            "t21"."nth" = 0
                            AND "t21"."word" = 'accepted'
                            AND "t21"."starts_at" < "t21"."ends_at"
                        ) AS "t30"
                          ON "t25"."time" >= "t30"."begins" AND "t25"."resource_id" = "t30"."key_resource_id"
                      ) AS "t38"
                      WHERE
                        "t38"."left_found"
                    ) AS "t44"
                      ON "t6"."resource_id" = "t44"."resource_id"
                      AND "t6"."charge_period_start" = "t44"."charge_period_start"
                      AND "t6"."attribution_rule" = "t44"."attribution_rule"
                  ) AS "t49"
                  WHERE
                    "t49"."attribution_rule" = 'default' AND "t49"."meter" <> 'platform_cost'
                ) AS "t54"
                GROUP BY
                  "t54"."resource_id",
                  "t54"."state"
              ) AS "t56"
              WHERE
                "t56"."state" = 'pending'
              ORDER BY
                "t56"."effective_cost" DESC,
                "t56"."resource_id" ASC,
                "t56"."state" ASC
            ) AS "t61"
            LEFT OUTER JOIN (
              SELECT
                "t73"."resource_id" AS "named_resource",
                "t73"."app_id" AS "app_id",
                "t73"."rule" AS "rule",
                "t73"."reference" AS "reference",
                "t73"."confidence" AS "confidence",
                "t73"."owned_from" AS "owned_from",
                "t73"."owned_to" AS "owned_to",
                "t73"."rivals" AS "rivals"
              FROM (
                SELECT
                  "t72".*
                  EXCEPT ("nth")
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t70"."resource_id" AS "resource_id",
                      "t70"."app_id" AS "app_id",
                      "t70"."rule" AS "rule",
                      "t70"."reference" AS "reference",
                      "t70"."confidence" AS "confidence",
                      "t70"."owned_from" AS "owned_from",
                      "t70"."owned_to" AS "owned_to",
                      "t70"."rivals" AS "rivals",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t70"."resource_id"
                        ORDER BY "t70"."confidence" DESC, "t70"."app_id" ASC
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "nth"
                    FROM (
                      SELECT
                        "t69"."resource_id" AS "resource_id",
                        "t69"."app_id" AS "app_id",
                        "t69"."rule" AS "rule",
                        "t69"."reference" AS "reference",
                        "t69"."confidence" AS "confidence",
                        "t69"."owned_from" AS "owned_from",
                        "t69"."owned_to" AS "owned_to",
                        "t69"."rivals" AS "rivals"
                      FROM (
                        SELECT
                          "t67".*
                          EXCEPT ("state")
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t63"."resource_id" AS "resource_id",
                              "t63"."state" AS "state",
                              "t63"."app_id" AS "app_id",
                              "t63"."rule" AS "rule",
                              "t63"."reference" AS "reference",
                              "t63"."confidence" AS "confidence",
                              "t63"."owned_from" AS "owned_from",
                              "t63"."owned_to" AS "owned_to",
                              COUNT("t63"."app_id") OVER (
                                PARTITION BY "t63"."resource_id", "t63"."state"
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1 AS "rivals"
                            FROM (
                              SELECT
                                "t62".*
                                EXCEPT ("nth")
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    "t53"."resource_id" AS "resource_id",
                                    "t53"."state" AS "state",
                                    "t53"."app_id" AS "app_id",
                                    "t53"."rule" AS "rule",
                                    "t53"."reference" AS "reference",
                                    "t53"."confidence" AS "confidence",
                                    "t53"."owned_from" AS "owned_from",
                                    "t53"."owned_to" AS "owned_to",
                                    ROW_NUMBER() OVER (
                                      PARTITION BY "t53"."resource_id", "t53"."state", "t53"."app_id"
                                      ORDER BY "t53"."confidence" DESC, "t53"."rule" ASC, "t53"."owned_from" ASC, "t53"."reference" ASC
                                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                    ) - 1 AS "nth"
                                  FROM (
                                    SELECT
                                      "t51"."resource_id" AS "resource_id",
                                      "t51"."state" AS "state",
                                      "t51"."app_id" AS "app_id",
                                      "t51"."rule" AS "rule",
                                      "t51"."reference" AS "reference",
                                      CASE
                                        WHEN "t51"."rule" = 'lease'
                                        THEN toDecimal32(0.9900, 4)
                                        WHEN "t51"."rule" = 'admission'
                                        THEN toDecimal32(0.9800, 4)
                                        WHEN "t51"."rule" = 'control_plane'
                                        THEN toDecimal32(0.9500, 4)
                                        WHEN "t51"."rule" = 'same_resource'
                                        THEN toDecimal32(0.8500, 4)
                                        WHEN "t51"."rule" = 'deploy'
                                        THEN toDecimal32(0.8000, 4)
                                        WHEN "t51"."rule" = 'commit'
                                        THEN toDecimal32(0.7000, 4)
                                        WHEN "t51"."rule" = 'session'
                                        THEN toDecimal32(0.6000, 4)
                                        WHEN "t51"."rule" = 'lease_by_prefix'
                                        THEN toDecimal32(0.9000, 4)
                                        WHEN "t51"."rule" = 'admission_by_prefix'
                                        THEN toDecimal32(0.9000, 4)
                                        WHEN "t51"."rule" = 'control_plane_by_prefix'
                                        THEN toDecimal32(0.9000, 4)
                                        WHEN "t51"."rule" = 'deploy_by_prefix'
                                        THEN toDecimal32(0.8000, 4)
                                        WHEN "t51"."rule" = 'commit_by_prefix'
                                        THEN toDecimal32(0.7000, 4)
                                        WHEN "t51"."rule" = 'session_by_prefix'
                                        THEN toDecimal32(0.6000, 4)
                                        ELSE toDecimal32(0.0000, 4)
                                      END AS "confidence",
                                      GREATEST(toTimeZone(CAST("t51"."begins" AS DateTime64(3, 'UTC')), 'UTC'), "t51"."since") AS "owned_from",
                                      LEAST(toTimeZone(CAST("t51"."ends" AS DateTime64(3, 'UTC')), 'UTC'), "t51"."until") AS "owned_to"
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t35"."resource_id" AS "resource_id",
                                          "t35"."state" AS "state",
                                          "t35"."begins" AS "begins",
                                          "t35"."ends" AS "ends",
                                          "t35"."deadline" AS "deadline",
                                          "t35"."effective_cost" AS "effective_cost",
                                          "t35"."event_count" AS "event_count",
                                          "t35"."meters" AS "meters",
                                          "t43"."app_id" AS "app_id",
                                          "t43"."key" AS "key",
                                          "t43"."is_prefix" AS "is_prefix",
                                          "t43"."rule" AS "rule",
                                          "t43"."since" AS "since",
                                          "t43"."until" AS "until",
                                          "t43"."reference" AS "reference"
                                        FROM (
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              "t20"."resource_id" AS "resource_id",
                                              "t20"."state" AS "state",
                                              MIN("t20"."charge_period_start") AS "begins",
                                              MAX("t20"."charge_period_end") AS "ends",
                                              MIN("t20"."over") AS "deadline",
                                              SUM("t20"."effective_cost") AS "effective_cost",
                                              SUM("t20"."event_count") AS "event_count",
                                              uniqExact("t20"."meter") AS "meters"
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
                                            ) AS "t20"
                                            GROUP BY
                                              "t20"."resource_id",
                                              "t20"."state"
                                          ) AS "t27"
                                          ORDER BY
                                            "t27"."effective_cost" DESC,
                                            "t27"."resource_id" ASC,
                                            "t27"."state" ASC
                                        ) AS "t35"
                                        INNER JOIN (
                                          SELECT
                                            *
                                          FROM "t33" AS "t36"
                                          WHERE
                                            NOT (
                                              "t36"."is_prefix"
                                            )
                                        ) AS "t43"
                                          ON "t35"."resource_id" = "t43"."key"
                                      ) AS "t47"
                                      UNION ALL
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          *
                                        FROM (
                                          SELECT
                                            "t35"."resource_id" AS "resource_id",
                                            "t35"."state" AS "state",
                                            "t35"."begins" AS "begins",
                                            "t35"."ends" AS "ends",
                                            "t35"."deadline" AS "deadline",
                                            "t35"."effective_cost" AS "effective_cost",
                                            "t35"."event_count" AS "event_count",
                                            "t35"."meters" AS "meters",
                                            "t41"."app_id" AS "app_id",
                                            "t41"."key" AS "key",
                                            "t41"."is_prefix" AS "is_prefix",
                                            "t41"."rule" AS "rule",
                                            "t41"."since" AS "since",
                                            "t41"."until" AS "until",
                                            "t41"."reference" AS "reference"
                                          FROM (
                                            SELECT
                                              *
                                            FROM (
                                              SELECT
                                                "t20"."resource_id" AS "resource_id",
                                                "t20"."state" AS "state",
                                                MIN("t20"."charge_period_start") AS "begins",
                                                MAX("t20"."charge_period_end") AS "ends",
                                                MIN("t20"."over") AS "deadline",
                                                SUM("t20"."effective_cost") AS "effective_cost",
                                                SUM("t20"."event_count") AS "event_count",
                                                uniqExact("t20"."meter") AS "meters"
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
                                              ) AS "t20"
                                              GROUP BY
                                                "t20"."resource_id",
                                                "t20"."state"
                                            ) AS "t27"
                                            ORDER BY
                                              "t27"."effective_cost" DESC,
                                              "t27"."resource_id" ASC,
                                              "t27"."state" ASC
                                          ) AS "t35"
                                          CROSS JOIN (
                                            SELECT
                                              *
                                            FROM "t33" AS "t36"
                                            WHERE
                                              "t36"."is_prefix"
                                          ) AS "t41"
                                        ) AS "t46"
                                        WHERE
                                          startsWith("t46"."resource_id", "t46"."key")
                                      ) AS "t48"
                                    ) AS "t51"
                                    WHERE
                                      "t51"."since" < "t51"."ends" AND "t51"."begins" < "t51"."until"
                                  ) AS "t53"
                                ) AS "t57"
                                WHERE
                                  "t57"."nth" = 0
                              ) AS "t62"
                            ) AS "t63"
                          ) AS "t66"
                          WHERE
                            "t66"."state" = 'pending'
                          ORDER BY
                            "t66"."resource_id" ASC,
                            "t66"."state" ASC,
                            "t66"."confidence" DESC,
                            "t66"."app_id" ASC
                        ) AS "t67"
                      ) AS "t69"
                      LEFT SEMI JOIN "apps" AS "t7"
                        ON "t69"."app_id" = "t7"."app_id"
                    ) AS "t70"
                  ) AS "t71"
                  WHERE
                    "t71"."nth" = 0
                ) AS "t72"
              ) AS "t73"
            ) AS "t75"
              ON "t61"."resource_id" = "t75"."named_resource"
          ) AS "t76"
        ) AS "t77"
      ) AS "t79"
      ASOF LEFT JOIN (
        SELECT
          "t60"."team_id" AS "app_team_id",
          "t60"."cost_center" AS "app_cost_center",
          "t60"."app_id" AS "key_app_id",
          "t60"."starts" AS "begins",
          "t60"."ends" AS "ends"
        FROM (
          SELECT
            "t58".*
            EXCEPT ("valid_from", "valid_to")
          FROM (
            SELECT
              "t55"."app_id" AS "app_id",
              "t55"."team_id" AS "team_id",
              CASE
                WHEN "t55"."cost_center" <> ''
                THEN "t55"."cost_center"
                ELSE CASE WHEN "t55"."starts" < "t55"."booked_to" THEN "t55"."booked_at" ELSE '' END
              END AS "cost_center",
              "t55"."environment" AS "environment",
              "t55"."lifecycle" AS "lifecycle",
              "t55"."valid_from" AS "valid_from",
              "t55"."valid_to" AS "valid_to",
              "t55"."starts" AS "starts",
              "t55"."next_start" AS "next_start",
              "t55"."ends" AS "ends",
              "t55"."booked_team" AS "booked_team",
              "t55"."booked_at" AS "booked_at",
              "t55"."booked_from" AS "booked_from",
              "t55"."booked_to" AS "booked_to"
            FROM (
              SELECT
                "t52"."app_id" AS "app_id",
                "t52"."team_id" AS "team_id",
                "t52"."cost_center" AS "cost_center",
                "t52"."environment" AS "environment",
                "t52"."lifecycle" AS "lifecycle",
                "t52"."valid_from" AS "valid_from",
                "t52"."valid_to" AS "valid_to",
                "t52"."starts" AS "starts",
                "t52"."next_start" AS "next_start",
                "t52"."ends" AS "ends",
                "t16"."booked_team" AS "booked_team",
                "t16"."booked_at" AS "booked_at",
                "t16"."booked_from" AS "booked_from",
                "t16"."booked_to" AS "booked_to"
              FROM (
                SELECT
                  "t45"."app_id" AS "app_id",
                  "t45"."team_id" AS "team_id",
                  "t45"."cost_center" AS "cost_center",
                  "t45"."environment" AS "environment",
                  "t45"."lifecycle" AS "lifecycle",
                  "t45"."valid_from" AS "valid_from",
                  "t45"."valid_to" AS "valid_to",
                  "t45"."starts" AS "starts",
                  "t45"."next_start" AS "next_start",
                  CASE
                    WHEN "t45"."next_start" > "t45"."starts"
                    THEN "t45"."next_start"
                    ELSE "t45"."valid_to"
                  END AS "ends"
                FROM (
                  SELECT
                    "t37"."app_id" AS "app_id",
                    "t37"."team_id" AS "team_id",
                    "t37"."cost_center" AS "cost_center",
                    "t37"."environment" AS "environment",
                    "t37"."lifecycle" AS "lifecycle",
                    "t37"."valid_from" AS "valid_from",
                    "t37"."valid_to" AS "valid_to",
                    "t37"."starts" AS "starts",
                    leadInFrame("t37"."starts") OVER (
                      PARTITION BY "t37"."app_id", "t37"."valid_from"
                      ORDER BY "t37"."starts" ASC
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
                    ) AS "t13"
                    UNION DISTINCT
                    SELECT
                      *
                    FROM (
                      SELECT
                        CAST("t29"."app_id" AS String) AS "app_id",
                        CAST("t29"."team_id" AS String) AS "team_id",
                        CAST("t29"."cost_center" AS String) AS "cost_center",
                        CAST("t29"."environment" AS String) AS "environment",
                        CAST("t29"."lifecycle" AS String) AS "lifecycle",
                        toTimeZone(CAST("t29"."valid_from" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_from",
                        toTimeZone(CAST("t29"."valid_to" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_to",
                        toTimeZone(CAST("t29"."starts" AS DateTime64(3, 'UTC')), 'UTC') AS "starts"
                      FROM (
                        SELECT
                          "t18"."app_id" AS "app_id",
                          "t18"."team_id" AS "team_id",
                          "t18"."cost_center" AS "cost_center",
                          "t18"."environment" AS "environment",
                          "t18"."lifecycle" AS "lifecycle",
                          "t18"."valid_from" AS "valid_from",
                          "t18"."valid_to" AS "valid_to",
                          "t19"."edge" AS "starts"
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
                        ) AS "t18"
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
                          ) AS "t9"
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
                          ) AS "t10"
                        ) AS "t19"
                          ON "t18"."team_id" = "t19"."booked_team"
                          AND "t18"."valid_from" < "t19"."edge"
                          AND "t19"."edge" < "t18"."valid_to"
                      ) AS "t29"
                    ) AS "t34"
                  ) AS "t37"
                ) AS "t45"
              ) AS "t52"
              ASOF LEFT JOIN (
                SELECT
                  "t0"."team_id" AS "booked_team",
                  "t0"."cost_center" AS "booked_at",
                  "t0"."valid_from" AS "booked_from",
                  "t0"."valid_to" AS "booked_to"
                FROM "teams" AS "t0"
                WHERE
                  "t0"."valid_from" < "t0"."valid_to"
              ) AS "t16"
                ON "t52"."starts" >= "t16"."booked_from" AND "t52"."team_id" = "t16"."booked_team"
            ) AS "t55"
          ) AS "t58"
        ) AS "t60"
        WHERE
          "t60"."starts" < "t60"."ends"
        ORDER BY
          "t60"."app_id" ASC,
          "t60"."starts" ASC
      ) AS "t65"
        ON "t79"."time" >= "t65"."begins" AND "t79"."app_id" = "t65"."key_app_id"
    ) AS "t80"
  ) AS "t81"
) AS "t82"
ORDER BY
  "t82"."effective_cost" DESC,
  "t82"."resource_id" ASC
