WITH "t20" AS (
  SELECT
    "t15"."resource_id" AS "resource_id",
    "t15"."state" AS "state",
    MIN("t15"."charge_period_start") AS "begins",
    MAX("t15"."charge_period_end") AS "ends",
    MIN("t15"."over") AS "deadline",
    SUM("t15"."effective_cost") AS "effective_cost",
    SUM("t15"."event_count") AS "event_count",
    uniqExact("t15"."meter") AS "meters"
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
  ) AS "t15"
  GROUP BY
    "t15"."resource_id",
    "t15"."state"
), "t24" AS (
  SELECT
    *
  FROM (
    SELECT
      "t18"."app_id" AS "app_id",
      "t18"."resource_id" AS "key",
      FALSE AS "is_prefix",
      CAST('same_resource' AS String) AS "rule",
      toTimeZone(CAST("t18"."since" AS DateTime64(3, 'UTC')), 'UTC') AS "since",
      toTimeZone(CAST("t18"."until" AS DateTime64(3, 'UTC')), 'UTC') AS "until",
      CAST('other usage of it' AS String) AS "reference"
    FROM (
      SELECT
        "t5"."resource_id" AS "resource_id",
        "t5"."app_id" AS "app_id",
        MIN("t5"."charge_period_start") - INTERVAL '24' HOUR AS "since",
        MAX("t5"."charge_period_end") + INTERVAL '24' HOUR AS "until"
      FROM (
        SELECT
          *
        FROM "charges" AS "t0"
        WHERE
          "t0"."attribution_rule" IN ('app_tag', 'lease') AND "t0"."resource_id" <> ''
      ) AS "t5"
      GROUP BY
        "t5"."resource_id",
        "t5"."app_id"
    ) AS "t18"
  ) AS "t23"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t3"."app_id" AS "app_id",
        "t3"."resource_id" AS "key",
        "t3"."is_prefix" AS "is_prefix",
        CAST(CASE
          WHEN (
            "t3"."kind" = 'admission'
          ) AND "t3"."is_prefix"
          THEN 'admission_by_prefix'
          ELSE "t3"."kind"
        END AS String) AS "rule",
        "t3"."starts_at" AS "since",
        toTimeZone(
          CAST(COALESCE("t3"."ends_at", parseDateTimeBestEffort('2200-01-01T00:00:00+00:00', 'UTC')) AS DateTime64(3, 'UTC')),
          'UTC'
        ) AS "until",
        CASE WHEN "t3"."reference" <> '' THEN "t3"."reference" ELSE "t3"."evidence_id" END AS "reference"
      FROM "evidence" AS "t3"
      WHERE
        "t3"."app_id" <> '' AND "t3"."resource_id" <> ''
    ) AS "t17"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t4"."app_id" AS "app_id",
        "t4"."resource_id" AS "key",
        FALSE AS "is_prefix",
        CAST('lease' AS String) AS "rule",
        "t4"."valid_from" AS "since",
        "t4"."valid_to" AS "until",
        "t4"."lease_id" AS "reference"
      FROM "leases" AS "t4"
      WHERE
        "t4"."valid_from" < "t4"."valid_to" AND "t4"."resource_id" <> ''
    ) AS "t11"
  ) AS "t19"
)
SELECT
  *
FROM (
  SELECT
    "t65".*
    EXCEPT ("app_found", "time")
  FROM (
    SELECT
      "t64"."resource_id" AS "resource_id",
      "t64"."state" AS "state",
      "t64"."begins" AS "begins",
      "t64"."ends" AS "ends",
      "t64"."deadline" AS "deadline",
      "t64"."effective_cost" AS "effective_cost",
      "t64"."event_count" AS "event_count",
      "t64"."meters" AS "meters",
      "t64"."app_id" AS "app_id",
      "t64"."rule" AS "rule",
      "t64"."reference" AS "reference",
      "t64"."confidence" AS "confidence",
      "t64"."owned_from" AS "owned_from",
      "t64"."owned_to" AS "owned_to",
      "t64"."rivals" AS "rivals",
      "t64"."time" AS "time",
      "t64"."hours_left" AS "hours_left",
      "t64"."app_team_id" AS "team_id",
      "t64"."app_cost_center" AS "cost_center",
      "t64"."app_found" AS "app_found"
    FROM (
      SELECT
        "t63"."resource_id" AS "resource_id",
        "t63"."state" AS "state",
        "t63"."begins" AS "begins",
        "t63"."ends" AS "ends",
        "t63"."deadline" AS "deadline",
        "t63"."effective_cost" AS "effective_cost",
        "t63"."event_count" AS "event_count",
        "t63"."meters" AS "meters",
        "t63"."app_id" AS "app_id",
        "t63"."rule" AS "rule",
        "t63"."reference" AS "reference",
        "t63"."confidence" AS "confidence",
        "t63"."owned_from" AS "owned_from",
        "t63"."owned_to" AS "owned_to",
        "t63"."rivals" AS "rivals",
        "t63"."time" AS "time",
        "t63"."hours_left" AS "hours_left",
        "t51"."app_team_id" AS "app_team_id",
        "t51"."app_cost_center" AS "app_cost_center",
        "t63"."time" < "t51"."ends" AS "app_found"
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
          COALESCE("t61"."app_id", '') AS "app_id",
          "t61"."rule" AS "rule",
          "t61"."reference" AS "reference",
          "t61"."confidence" AS "confidence",
          "t61"."owned_from" AS "owned_from",
          "t61"."owned_to" AS "owned_to",
          "t61"."rivals" AS "rivals",
          toTimeZone(CAST("t61"."begins" AS DateTime64(3, 'UTC')), 'UTC') AS "time",
          GREATEST(
            CAST(FLOOR(
              (
                toRelativeSecondNum("t61"."deadline") - toRelativeSecondNum(parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC'))
              ) / (
                3600
              )
            ) AS Nullable(Int64)),
            0
          ) AS "hours_left"
        FROM (
          SELECT
            "t60".*
            EXCEPT ("named_resource")
          FROM (
            SELECT
              "t29"."resource_id" AS "resource_id",
              "t29"."state" AS "state",
              "t29"."begins" AS "begins",
              "t29"."ends" AS "ends",
              "t29"."deadline" AS "deadline",
              "t29"."effective_cost" AS "effective_cost",
              "t29"."event_count" AS "event_count",
              "t29"."meters" AS "meters",
              "t59"."named_resource" AS "named_resource",
              "t59"."app_id" AS "app_id",
              "t59"."rule" AS "rule",
              "t59"."reference" AS "reference",
              "t59"."confidence" AS "confidence",
              "t59"."owned_from" AS "owned_from",
              "t59"."owned_to" AS "owned_to",
              "t59"."rivals" AS "rivals"
            FROM (
              SELECT
                *
              FROM "t20" AS "t21"
              WHERE
                "t21"."state" = 'pending'
              ORDER BY
                "t21"."effective_cost" DESC,
                "t21"."resource_id" ASC,
                "t21"."state" ASC
            ) AS "t29"
            LEFT OUTER JOIN (
              SELECT
                "t57"."resource_id" AS "named_resource",
                "t57"."app_id" AS "app_id",
                "t57"."rule" AS "rule",
                "t57"."reference" AS "reference",
                "t57"."confidence" AS "confidence",
                "t57"."owned_from" AS "owned_from",
                "t57"."owned_to" AS "owned_to",
                "t57"."rivals" AS "rivals"
              FROM (
                SELECT
                  "t56".*
                  EXCEPT ("nth")
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t54"."resource_id" AS "resource_id",
                      "t54"."app_id" AS "app_id",
                      "t54"."rule" AS "rule",
                      "t54"."reference" AS "reference",
                      "t54"."confidence" AS "confidence",
                      "t54"."owned_from" AS "owned_from",
                      "t54"."owned_to" AS "owned_to",
                      "t54"."rivals" AS "rivals",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t54"."resource_id"
                        ORDER BY "t54"."confidence" DESC, "t54"."app_id" ASC
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "nth"
                    FROM (
                      SELECT
                        "t53".*
                        EXCEPT ("state")
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t49"."resource_id" AS "resource_id",
                            "t49"."state" AS "state",
                            "t49"."app_id" AS "app_id",
                            "t49"."rule" AS "rule",
                            "t49"."reference" AS "reference",
                            "t49"."confidence" AS "confidence",
                            "t49"."owned_from" AS "owned_from",
                            "t49"."owned_to" AS "owned_to",
                            COUNT("t49"."app_id") OVER (
                              PARTITION BY "t49"."resource_id", "t49"."state"
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            ) - 1 AS "rivals"
                          FROM (
                            SELECT
                              "t48".*
                              EXCEPT ("nth")
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t43"."resource_id" AS "resource_id",
                                  "t43"."state" AS "state",
                                  "t43"."app_id" AS "app_id",
                                  "t43"."rule" AS "rule",
                                  "t43"."reference" AS "reference",
                                  "t43"."confidence" AS "confidence",
                                  "t43"."owned_from" AS "owned_from",
                                  "t43"."owned_to" AS "owned_to",
                                  ROW_NUMBER() OVER (
                                    PARTITION BY "t43"."resource_id", "t43"."state", "t43"."app_id"
                                    ORDER BY "t43"."confidence" DESC, "t43"."rule" ASC, "t43"."owned_from" ASC, "t43"."reference" ASC
                                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                  ) - 1 AS "nth"
                                FROM (
                                  SELECT
                                    "t40"."resource_id" AS "resource_id",
                                    "t40"."state" AS "state",
                                    "t40"."app_id" AS "app_id",
                                    "t40"."rule" AS "rule",
                                    "t40"."reference" AS "reference",
                                    CASE
                                      WHEN "t40"."rule" = 'lease'
                                      THEN toDecimal32(0.9900, 4)
                                      WHEN "t40"."rule" = 'admission'
                                      THEN toDecimal32(0.9800, 4)
                                      WHEN "t40"."rule" = 'control_plane'
                                      THEN toDecimal32(0.9500, 4)
                                      WHEN "t40"."rule" = 'admission_by_prefix'
                                      THEN toDecimal32(0.9000, 4)
                                      WHEN "t40"."rule" = 'same_resource'
                                      THEN toDecimal32(0.8500, 4)
                                      WHEN "t40"."rule" = 'deploy'
                                      THEN toDecimal32(0.8000, 4)
                                      WHEN "t40"."rule" = 'commit'
                                      THEN toDecimal32(0.7000, 4)
                                      WHEN "t40"."rule" = 'session'
                                      THEN toDecimal32(0.6000, 4)
                                      ELSE toDecimal32(0.0000, 4)
                                    END AS "confidence",
                                    GREATEST(toTimeZone(CAST("t40"."begins" AS DateTime64(3, 'UTC')), 'UTC'), "t40"."since") AS "owned_from",
                                    LEAST(toTimeZone(CAST("t40"."ends" AS DateTime64(3, 'UTC')), 'UTC'), "t40"."until") AS "owned_to"
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        "t30"."resource_id" AS "resource_id",
                                        "t30"."state" AS "state",
                                        "t30"."begins" AS "begins",
                                        "t30"."ends" AS "ends",
                                        "t30"."deadline" AS "deadline",
                                        "t30"."effective_cost" AS "effective_cost",
                                        "t30"."event_count" AS "event_count",
                                        "t30"."meters" AS "meters",
                                        "t35"."app_id" AS "app_id",
                                        "t35"."key" AS "key",
                                        "t35"."is_prefix" AS "is_prefix",
                                        "t35"."rule" AS "rule",
                                        "t35"."since" AS "since",
                                        "t35"."until" AS "until",
                                        "t35"."reference" AS "reference"
                                      FROM (
                                        SELECT
                                          *
                                        FROM "t20" AS "t21"
                                        ORDER BY
                                          "t21"."effective_cost" DESC,
                                          "t21"."resource_id" ASC,
                                          "t21"."state" ASC
                                      ) AS "t30"
                                      INNER JOIN (
                                        SELECT
                                          *
                                        FROM "t24" AS "t27"
                                        WHERE
                                          NOT (
                                            "t27"."is_prefix"
                                          )
                                      ) AS "t35"
                                        ON "t30"."resource_id" = "t35"."key"
                                    ) AS "t38"
                                    UNION ALL
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t30"."resource_id" AS "resource_id",
                                          "t30"."state" AS "state",
                                          "t30"."begins" AS "begins",
                                          "t30"."ends" AS "ends",
                                          "t30"."deadline" AS "deadline",
                                          "t30"."effective_cost" AS "effective_cost",
                                          "t30"."event_count" AS "event_count",
                                          "t30"."meters" AS "meters",
                                          "t34"."app_id" AS "app_id",
                                          "t34"."key" AS "key",
                                          "t34"."is_prefix" AS "is_prefix",
                                          "t34"."rule" AS "rule",
                                          "t34"."since" AS "since",
                                          "t34"."until" AS "until",
                                          "t34"."reference" AS "reference"
                                        FROM (
                                          SELECT
                                            *
                                          FROM "t20" AS "t21"
                                          ORDER BY
                                            "t21"."effective_cost" DESC,
                                            "t21"."resource_id" ASC,
                                            "t21"."state" ASC
                                        ) AS "t30"
                                        CROSS JOIN (
                                          SELECT
                                            *
                                          FROM "t24" AS "t27"
                                          WHERE
                                            "t27"."is_prefix"
                                        ) AS "t34"
                                      ) AS "t36"
                                      WHERE
                                        startsWith("t36"."resource_id", "t36"."key")
                                    ) AS "t39"
                                  ) AS "t40"
                                  WHERE
                                    "t40"."since" < "t40"."ends" AND "t40"."begins" < "t40"."until"
                                ) AS "t43"
                              ) AS "t45"
                              WHERE
                                "t45"."nth" = 0
                            ) AS "t48"
                          ) AS "t49"
                        ) AS "t52"
                        WHERE
                          "t52"."state" = 'pending'
                        ORDER BY
                          "t52"."resource_id" ASC,
                          "t52"."state" ASC,
                          "t52"."confidence" DESC,
                          "t52"."app_id" ASC
                      ) AS "t53"
                    ) AS "t54"
                  ) AS "t55"
                  WHERE
                    "t55"."nth" = 0
                ) AS "t56"
              ) AS "t57"
            ) AS "t59"
              ON "t29"."resource_id" = "t59"."named_resource"
          ) AS "t60"
        ) AS "t61"
      ) AS "t63"
      ASOF LEFT JOIN (
        SELECT
          "t47"."team_id" AS "app_team_id",
          "t47"."cost_center" AS "app_cost_center",
          "t47"."app_id" AS "key_app_id",
          "t47"."starts" AS "begins",
          "t47"."ends" AS "ends"
        FROM (
          SELECT
            "t46".*
            EXCEPT ("valid_from", "valid_to")
          FROM (
            SELECT
              "t44"."app_id" AS "app_id",
              "t44"."team_id" AS "team_id",
              CASE
                WHEN "t44"."cost_center" <> ''
                THEN "t44"."cost_center"
                ELSE CASE WHEN "t44"."starts" < "t44"."booked_to" THEN "t44"."booked_at" ELSE '' END
              END AS "cost_center",
              "t44"."environment" AS "environment",
              "t44"."lifecycle" AS "lifecycle",
              "t44"."valid_from" AS "valid_from",
              "t44"."valid_to" AS "valid_to",
              "t44"."starts" AS "starts",
              "t44"."next_start" AS "next_start",
              "t44"."ends" AS "ends",
              "t44"."booked_team" AS "booked_team",
              "t44"."booked_at" AS "booked_at",
              "t44"."booked_from" AS "booked_from",
              "t44"."booked_to" AS "booked_to"
            FROM (
              SELECT
                "t42"."app_id" AS "app_id",
                "t42"."team_id" AS "team_id",
                "t42"."cost_center" AS "cost_center",
                "t42"."environment" AS "environment",
                "t42"."lifecycle" AS "lifecycle",
                "t42"."valid_from" AS "valid_from",
                "t42"."valid_to" AS "valid_to",
                "t42"."starts" AS "starts",
                "t42"."next_start" AS "next_start",
                "t42"."ends" AS "ends",
                "t12"."booked_team" AS "booked_team",
                "t12"."booked_at" AS "booked_at",
                "t12"."booked_from" AS "booked_from",
                "t12"."booked_to" AS "booked_to"
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
                  "t37"."next_start" AS "next_start",
                  CASE
                    WHEN "t37"."next_start" > "t37"."starts"
                    THEN "t37"."next_start"
                    ELSE "t37"."valid_to"
                  END AS "ends"
                FROM (
                  SELECT
                    "t31"."app_id" AS "app_id",
                    "t31"."team_id" AS "team_id",
                    "t31"."cost_center" AS "cost_center",
                    "t31"."environment" AS "environment",
                    "t31"."lifecycle" AS "lifecycle",
                    "t31"."valid_from" AS "valid_from",
                    "t31"."valid_to" AS "valid_to",
                    "t31"."starts" AS "starts",
                    leadInFrame("t31"."starts") OVER (
                      PARTITION BY "t31"."app_id", "t31"."valid_from"
                      ORDER BY "t31"."starts" ASC
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
                    ) AS "t9"
                    UNION DISTINCT
                    SELECT
                      *
                    FROM (
                      SELECT
                        CAST("t22"."app_id" AS String) AS "app_id",
                        CAST("t22"."team_id" AS String) AS "team_id",
                        CAST("t22"."cost_center" AS String) AS "cost_center",
                        CAST("t22"."environment" AS String) AS "environment",
                        CAST("t22"."lifecycle" AS String) AS "lifecycle",
                        toTimeZone(CAST("t22"."valid_from" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_from",
                        toTimeZone(CAST("t22"."valid_to" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_to",
                        toTimeZone(CAST("t22"."starts" AS DateTime64(3, 'UTC')), 'UTC') AS "starts"
                      FROM (
                        SELECT
                          "t14"."app_id" AS "app_id",
                          "t14"."team_id" AS "team_id",
                          "t14"."cost_center" AS "cost_center",
                          "t14"."environment" AS "environment",
                          "t14"."lifecycle" AS "lifecycle",
                          "t14"."valid_from" AS "valid_from",
                          "t14"."valid_to" AS "valid_to",
                          "t16"."edge" AS "starts"
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
                        ) AS "t14"
                        INNER JOIN (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t1"."team_id" AS "booked_team",
                              "t1"."valid_from" AS "edge"
                            FROM "teams" AS "t1"
                            WHERE
                              "t1"."valid_from" < "t1"."valid_to"
                          ) AS "t7"
                          UNION ALL
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t1"."team_id" AS "booked_team",
                              "t1"."valid_to" AS "edge"
                            FROM "teams" AS "t1"
                            WHERE
                              "t1"."valid_from" < "t1"."valid_to"
                          ) AS "t8"
                        ) AS "t16"
                          ON "t14"."team_id" = "t16"."booked_team"
                          AND "t14"."valid_from" < "t16"."edge"
                          AND "t16"."edge" < "t14"."valid_to"
                      ) AS "t22"
                    ) AS "t28"
                  ) AS "t31"
                ) AS "t37"
              ) AS "t42"
              ASOF LEFT JOIN (
                SELECT
                  "t1"."team_id" AS "booked_team",
                  "t1"."cost_center" AS "booked_at",
                  "t1"."valid_from" AS "booked_from",
                  "t1"."valid_to" AS "booked_to"
                FROM "teams" AS "t1"
                WHERE
                  "t1"."valid_from" < "t1"."valid_to"
              ) AS "t12"
                ON "t42"."starts" >= "t12"."booked_from" AND "t42"."team_id" = "t12"."booked_team"
            ) AS "t44"
          ) AS "t46"
        ) AS "t47"
        WHERE
          "t47"."starts" < "t47"."ends"
        ORDER BY
          "t47"."app_id" ASC,
          "t47"."starts" ASC
      ) AS "t51"
        ON "t63"."time" >= "t51"."begins" AND "t63"."app_id" = "t51"."key_app_id"
    ) AS "t64"
  ) AS "t65"
) AS "t66"
ORDER BY
  "t66"."effective_cost" DESC,
  "t66"."resource_id" ASC
