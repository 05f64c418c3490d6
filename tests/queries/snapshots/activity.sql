WITH "t7" AS (
  SELECT DISTINCT
    "t0"."charge_period_start" AS "charge_period_start",
    "t0"."charge_period_end" AS "charge_period_end"
  FROM "charges" AS "t0"
  WHERE
    "t0"."billing_currency" IN ('USD')
    AND "t0"."meter" = 'platform_cost'
    AND "t0"."app_id" = ''
    AND (
      (
        "t0"."charge_category" <> 'Purchase'
      ) OR (
        "t0"."effective_cost" <> 0
      )
    )
)
SELECT
  *
FROM (
  SELECT
    CASE
      WHEN "t33"."app_id" <> ''
      THEN "t33"."charge_period_start"
      ELSE "t47"."ran_charge_period_start"
    END AS "charge_period_start",
    CASE
      WHEN "t33"."app_id" <> ''
      THEN "t33"."charge_period_end"
      ELSE "t47"."ran_charge_period_end"
    END AS "charge_period_end",
    CASE WHEN "t33"."app_id" <> '' THEN "t33"."app_id" ELSE "t47"."ran_app_id" END AS "app_id",
    CASE
      WHEN "t33"."app_id" <> ''
      THEN "t33"."used_by_team_id"
      ELSE "t47"."ran_by_team_id"
    END AS "team_id",
    CASE
      WHEN "t33"."app_id" <> ''
      THEN "t33"."used_by_cost_center"
      ELSE "t47"."ran_by_cost_center"
    END AS "cost_center",
    CASE
      WHEN "t33"."app_id" <> ''
      THEN "t33"."used_by_environment"
      ELSE "t47"."ran_by_environment"
    END AS "environment",
    CASE
      WHEN "t33"."app_id" <> ''
      THEN "t33"."used_by_lifecycle"
      ELSE "t47"."ran_by_lifecycle"
    END AS "lifecycle",
    "t33"."list_cost" AS "list_cost",
    "t33"."effective_cost" AS "effective_cost",
    "t33"."billed_cost" AS "billed_cost",
    "t33"."unattributed_cost" AS "unattributed_cost",
    "t33"."ephemeral_cost" AS "ephemeral_cost",
    "t33"."requests" AS "requests",
    "t33"."input_tokens" AS "input_tokens",
    "t33"."cache_read_tokens" AS "cache_read_tokens",
    "t33"."cache_write_tokens" AS "cache_write_tokens",
    "t33"."output_tokens" AS "output_tokens",
    "t33"."tokens" AS "tokens",
    "t33"."cpu_core_hours" AS "cpu_core_hours",
    "t33"."memory_gb_hours" AS "memory_gb_hours",
    "t33"."instance_hours" AS "instance_hours",
    "t33"."gpu_hours" AS "gpu_hours",
    "t33"."storage_gb_hours" AS "storage_gb_hours",
    "t33"."egress_gb" AS "egress_gb",
    "t33"."event_count" AS "event_count",
    "t33"."unpriced_events" AS "unpriced_events",
    "t33"."token_cost" AS "token_cost",
    GREATEST("t33"."active_hours", "t47"."run_hours") AS "active_hours"
  FROM (
    SELECT
      "t31"."charge_period_start" AS "charge_period_start",
      "t31"."charge_period_end" AS "charge_period_end",
      "t31"."app_id" AS "app_id",
      "t31"."list_cost" AS "list_cost",
      "t31"."effective_cost" AS "effective_cost",
      "t31"."billed_cost" AS "billed_cost",
      "t31"."unattributed_cost" AS "unattributed_cost",
      "t31"."ephemeral_cost" AS "ephemeral_cost",
      "t31"."requests" AS "requests",
      "t31"."input_tokens" AS "input_tokens",
      "t31"."cache_read_tokens" AS "cache_read_tokens",
      "t31"."cache_write_tokens" AS "cache_write_tokens",
      "t31"."output_tokens" AS "output_tokens",
      "t31"."tokens" AS "tokens",
      "t31"."cpu_core_hours" AS "cpu_core_hours",
      "t31"."memory_gb_hours" AS "memory_gb_hours",
      "t31"."instance_hours" AS "instance_hours",
      "t31"."gpu_hours" AS "gpu_hours",
      "t31"."storage_gb_hours" AS "storage_gb_hours",
      "t31"."egress_gb" AS "egress_gb",
      "t31"."event_count" AS "event_count",
      "t31"."unpriced_events" AS "unpriced_events",
      "t31"."token_cost" AS "token_cost",
      "t31"."active_hours" AS "active_hours",
      splitByString('\x1f', CAST("t31"."latest" AS String))[2] AS "used_by_team_id",
      splitByString('\x1f', CAST("t31"."latest" AS String))[3] AS "used_by_cost_center",
      splitByString('\x1f', CAST("t31"."latest" AS String))[4] AS "used_by_environment",
      splitByString('\x1f', CAST("t31"."latest" AS String))[5] AS "used_by_lifecycle"
    FROM (
      SELECT
        "t26"."charge_period_start" AS "charge_period_start",
        "t26"."charge_period_end" AS "charge_period_end",
        "t26"."app_id" AS "app_id",
        CAST(GREATEST(
          COALESCE(
            CAST(SUM("t26"."list_cost") AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "list_cost",
        CAST(GREATEST(
          COALESCE(
            CAST(SUM("t26"."effective_cost") AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "effective_cost",
        CAST(GREATEST(
          COALESCE(
            CAST(SUM("t26"."billed_cost") AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "billed_cost",
        CAST(GREATEST(
          COALESCE(
            CAST(COALESCE(
              sumIf("t26"."effective_cost", "t26"."attribution_rule" = 'default'),
              CAST(0 AS Nullable(Decimal(76, 21)))
            ) AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "unattributed_cost",
        CAST(GREATEST(
          COALESCE(
            CAST(COALESCE(
              sumIf("t26"."effective_cost", "t26"."lifecycle" = 'ephemeral'),
              CAST(0 AS Nullable(Decimal(76, 21)))
            ) AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "ephemeral_cost",
        CAST(GREATEST(
          COALESCE(
            CAST(sumIf("t26"."consumed_quantity", "t26"."meter" = 'requests') AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "requests",
        CAST(GREATEST(
          COALESCE(
            CAST(sumIf("t26"."consumed_quantity", "t26"."meter" = 'input_tokens') AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "input_tokens",
        CAST(GREATEST(
          COALESCE(
            CAST(sumIf("t26"."consumed_quantity", "t26"."meter" = 'cache_read_tokens') AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "cache_read_tokens",
        CAST(GREATEST(
          COALESCE(
            CAST(sumIf("t26"."consumed_quantity", "t26"."meter" = 'cache_write_tokens') AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "cache_write_tokens",
        CAST(GREATEST(
          COALESCE(
            CAST(sumIf("t26"."consumed_quantity", "t26"."meter" = 'output_tokens') AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "output_tokens",
        CAST(GREATEST(
          COALESCE(
            CAST(sumIf(
              "t26"."consumed_quantity",
              "t26"."meter" IN ('input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens')
            ) AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "tokens",
        CAST(GREATEST(
          COALESCE(
            CAST(divide(
              CAST(sumIf("t26"."consumed_quantity", "t26"."meter" = 'cpu_core_seconds') AS Decimal(76, 21)),
              3600
            ) AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "cpu_core_hours",
        CAST(GREATEST(
          COALESCE(
            CAST(divide(
              CAST(sumIf("t26"."consumed_quantity", "t26"."meter" = 'memory_gb_seconds') AS Decimal(76, 21)),
              3600
            ) AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "memory_gb_hours",
        CAST(GREATEST(
          COALESCE(
            CAST(divide(
              CAST(sumIf("t26"."consumed_quantity", "t26"."meter" = 'instance_seconds') AS Decimal(76, 21)),
              3600
            ) AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "instance_hours",
        CAST(GREATEST(
          COALESCE(
            CAST(divide(
              CAST(sumIf("t26"."consumed_quantity", "t26"."meter" = 'gpu_seconds') AS Decimal(76, 21)),
              3600
            ) AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "gpu_hours",
        CAST(GREATEST(
          COALESCE(
            CAST(sumIf("t26"."consumed_quantity", "t26"."meter" = 'storage_gb_hours') AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "storage_gb_hours",
        CAST(GREATEST(
          COALESCE(
            CAST(divide(
              CAST(sumIf("t26"."consumed_quantity", "t26"."meter" = 'egress_bytes') AS Decimal(76, 21)),
              1000000000
            ) AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "egress_gb",
        CAST(GREATEST(
          COALESCE(
            CAST(SUM("t26"."event_count") AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "event_count",
        CAST(GREATEST(
          COALESCE(
            CAST(sumIf("t26"."event_count", "t26"."pricing_status" = 'unpriced') AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "unpriced_events",
        CAST(GREATEST(
          COALESCE(
            CAST(sumIf("t26"."effective_cost", "t26"."consumed_unit" = 'Tokens') AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "token_cost",
        CAST(GREATEST(
          COALESCE(
            CAST(uniqExact(CAST(toRelativeSecondNum("t26"."hour") AS Nullable(String))) AS Nullable(Decimal(76, 12))),
            CAST(0 AS Decimal(76, 12))
          ),
          CAST(0 AS Decimal(76, 12))
        ) AS Decimal(76, 12)) AS "active_hours",
        MAX(
          CONCAT(
            CONCAT(
              CONCAT(
                CONCAT(
                  CONCAT(
                    CONCAT(
                      CONCAT(
                        CONCAT(CAST(toRelativeSecondNum("t26"."hour") AS Nullable(String)), '\x1f'),
                        "t26"."team_id"
                      ),
                      '\x1f'
                    ),
                    "t26"."cost_center"
                  ),
                  '\x1f'
                ),
                "t26"."environment"
              ),
              '\x1f'
            ),
            "t26"."lifecycle"
          )
        ) AS "latest"
      FROM (
        SELECT
          "t17"."app_id" AS "app_id",
          "t17"."team_id" AS "team_id",
          "t17"."cost_center" AS "cost_center",
          "t17"."environment" AS "environment",
          "t17"."lifecycle" AS "lifecycle",
          "t17"."meter" AS "meter",
          "t17"."consumed_quantity" AS "consumed_quantity",
          "t17"."consumed_unit" AS "consumed_unit",
          "t17"."list_cost" AS "list_cost",
          "t17"."effective_cost" AS "effective_cost",
          "t17"."billed_cost" AS "billed_cost",
          "t17"."attribution_rule" AS "attribution_rule",
          "t17"."pricing_status" AS "pricing_status",
          "t17"."event_count" AS "event_count",
          "t17"."hour" AS "hour",
          "t24"."charge_period_start" AS "charge_period_start",
          "t24"."charge_period_end" AS "charge_period_end"
        FROM (
          SELECT
            "t0"."app_id" AS "app_id",
            "t0"."team_id" AS "team_id",
            "t0"."cost_center" AS "cost_center",
            "t0"."environment" AS "environment",
            "t0"."lifecycle" AS "lifecycle",
            "t0"."meter" AS "meter",
            "t0"."consumed_quantity" AS "consumed_quantity",
            "t0"."consumed_unit" AS "consumed_unit",
            "t0"."list_cost" AS "list_cost",
            "t0"."effective_cost" AS "effective_cost",
            "t0"."billed_cost" AS "billed_cost",
            "t0"."attribution_rule" AS "attribution_rule",
            "t0"."pricing_status" AS "pricing_status",
            "t0"."event_count" AS "event_count",
            "t0"."charge_period_start" AS "hour"
          FROM "charges" AS "t0"
          WHERE
            "t0"."charge_date" >= (
              SELECT
                MIN(toDate("t10"."charge_period_start")) AS "Min(Date(charge_period_start))"
              FROM "t7" AS "t10"
            )
            AND "t0"."meter" <> 'platform_cost'
            AND "t0"."app_id" <> ''
            AND "t0"."billing_currency" = 'USD'
        ) AS "t17"
        INNER JOIN (
          SELECT
            "t18"."charge_period_start" AS "charge_period_start",
            "t18"."charge_period_end" AS "charge_period_end",
            toTimeZone(CAST(toDateTime("t18"."number" * 3600) AS DateTime64(0, 'UTC')), 'UTC') AS "hour"
          FROM (
            SELECT
              "t10"."charge_period_start" AS "charge_period_start",
              "t10"."charge_period_end" AS "charge_period_end",
              arrayJoin(
                range(
                  CAST(FLOOR((
                    toRelativeSecondNum("t10"."charge_period_start")
                  ) / (
                    3600
                  )) AS Nullable(Int64)),
                  CAST(FLOOR(
                    (
                      GREATEST(
                        toRelativeSecondNum("t10"."charge_period_start"),
                        toRelativeSecondNum("t10"."charge_period_end") - 1
                      )
                    ) / (
                      3600
                    )
                  ) AS Nullable(Int64)) + 1,
                  1
                )
              ) AS "number"
            FROM "t7" AS "t10"
          ) AS "t18"
        ) AS "t24"
          ON "t17"."hour" = "t24"."hour"
      ) AS "t26"
      GROUP BY
        "t26"."charge_period_start",
        "t26"."charge_period_end",
        "t26"."app_id"
    ) AS "t31"
  ) AS "t33"
  FULL OUTER JOIN (
    SELECT
      "t45"."charge_period_start" AS "ran_charge_period_start",
      "t45"."charge_period_end" AS "ran_charge_period_end",
      "t45"."app_id" AS "ran_app_id",
      "t45"."ran_by_team_id" AS "ran_by_team_id",
      CASE
        WHEN "t45"."ran_by_cost_center" <> ''
        THEN "t45"."ran_by_cost_center"
        ELSE CASE WHEN "t45"."team_found" THEN "t45"."team_cost_center" ELSE '' END
      END AS "ran_by_cost_center",
      "t45"."ran_by_environment" AS "ran_by_environment",
      "t45"."ran_by_lifecycle" AS "ran_by_lifecycle",
      CAST(CAST("t45"."run_milliseconds" AS Decimal(76, 12)) / 3600000 AS Decimal(76, 12)) AS "run_hours"
    FROM (
      SELECT
        "t44"."charge_period_start" AS "charge_period_start",
        "t44"."charge_period_end" AS "charge_period_end",
        "t44"."app_id" AS "app_id",
        "t44"."run_milliseconds" AS "run_milliseconds",
        "t44"."ended" AS "ended",
        "t44"."time" AS "time",
        "t44"."ran_by_team_id" AS "ran_by_team_id",
        "t44"."ran_by_cost_center" AS "ran_by_cost_center",
        "t44"."ran_by_environment" AS "ran_by_environment",
        "t44"."ran_by_lifecycle" AS "ran_by_lifecycle",
        "t44"."ran_by_found" AS "ran_by_found",
        "t8"."team_cost_center" AS "team_cost_center",
        "t44"."time" < "t8"."ends" AS "team_found"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t41"."charge_period_start" AS "charge_period_start",
            "t41"."charge_period_end" AS "charge_period_end",
            "t41"."app_id" AS "app_id",
            "t41"."run_milliseconds" AS "run_milliseconds",
            "t41"."ended" AS "ended",
            "t41"."time" AS "time",
            "t9"."ran_by_team_id" AS "ran_by_team_id",
            "t9"."ran_by_cost_center" AS "ran_by_cost_center",
            "t9"."ran_by_environment" AS "ran_by_environment",
            "t9"."ran_by_lifecycle" AS "ran_by_lifecycle",
            "t41"."time" < "t9"."ends" AS "ran_by_found"
          FROM (
            SELECT
              "t39"."charge_period_start" AS "charge_period_start",
              "t39"."charge_period_end" AS "charge_period_end",
              "t39"."app_id" AS "app_id",
              "t39"."run_milliseconds" AS "run_milliseconds",
              "t39"."ended" AS "ended",
              subtractMilliseconds("t39"."ended", 1) AS "time"
            FROM (
              SELECT
                "t38"."charge_period_start" AS "charge_period_start",
                "t38"."charge_period_end" AS "charge_period_end",
                "t38"."app_id" AS "app_id",
                SUM(DATE_DIFF(MILLISECOND, "t38"."begins", "t38"."ends")) AS "run_milliseconds",
                MAX("t38"."ends") AS "ended"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t36"."app_id" AS "app_id",
                    GREATEST(
                      "t36"."begins",
                      "t36"."opens",
                      toTimeZone(CAST(toDateTime("t36"."day" * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                    ) AS "begins",
                    LEAST(
                      "t36"."ends",
                      "t36"."closes",
                      toTimeZone(CAST(toDateTime((
                        "t36"."day" + 1
                      ) * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                    ) AS "ends",
                    "t36"."day" AS "day",
                    "t36"."charge_period_start" AS "charge_period_start",
                    "t36"."charge_period_end" AS "charge_period_end",
                    "t36"."opens" AS "opens",
                    "t36"."closes" AS "closes"
                  FROM (
                    SELECT
                      "t35"."app_id" AS "app_id",
                      "t35"."begins" AS "begins",
                      "t35"."ends" AS "ends",
                      "t35"."day" AS "day",
                      "t21"."charge_period_start" AS "charge_period_start",
                      "t21"."charge_period_end" AS "charge_period_end",
                      "t21"."opens" AS "opens",
                      "t21"."closes" AS "closes"
                    FROM (
                      SELECT
                        "t30"."app_id" AS "app_id",
                        "t30"."begins" AS "begins",
                        "t30"."ends" AS "ends",
                        arrayJoin(
                          range(
                            CAST(FLOOR((
                              toRelativeSecondNum("t30"."begins")
                            ) / (
                              86400
                            )) AS Nullable(Int64)),
                            GREATEST(
                              CAST(FLOOR((
                                toRelativeSecondNum("t30"."begins")
                              ) / (
                                86400
                              )) AS Nullable(Int64)),
                              CAST(FLOOR((
                                (
                                  toRelativeSecondNum("t30"."ends") + 86400
                                ) - 1
                              ) / (
                                86400
                              )) AS Nullable(Int64)) - 1
                            ) + 1,
                            1
                          )
                        ) AS "day"
                      FROM (
                        SELECT
                          "t29"."app_id" AS "app_id",
                          "t29"."run_start" AS "run_start",
                          "t29"."run_end" AS "run_end",
                          "t29"."first" AS "first",
                          "t29"."last" AS "last",
                          GREATEST("t29"."run_start", toTimeZone(CAST("t29"."first" AS DateTime64(3, 'UTC')), 'UTC')) AS "begins",
                          LEAST("t29"."run_end", toTimeZone(CAST("t29"."last" AS DateTime64(3, 'UTC')), 'UTC')) AS "ends"
                        FROM (
                          SELECT
                            "t28"."app_id" AS "app_id",
                            "t28"."run_start" AS "run_start",
                            "t28"."run_end" AS "run_end",
                            "t14"."first" AS "first",
                            "t14"."last" AS "last"
                          FROM (
                            SELECT
                              "t25"."app_id" AS "app_id",
                              "t25"."time" AS "run_start",
                              CASE
                                WHEN "t25"."following" >= "t25"."time"
                                THEN "t25"."following"
                                ELSE parseDateTimeBestEffort('2200-01-01T00:00:00+00:00', 'UTC')
                              END AS "run_end"
                            FROM (
                              SELECT
                                "t23"."source" AS "source",
                                "t23"."event_id" AS "event_id",
                                "t23"."time" AS "time",
                                "t23"."received_at" AS "received_at",
                                "t23"."resource_id" AS "resource_id",
                                "t23"."app_id" AS "app_id",
                                "t23"."environment" AS "environment",
                                "t23"."lease_id" AS "lease_id",
                                "t23"."is_authenticated" AS "is_authenticated",
                                "t23"."event_digest" AS "event_digest",
                                "t23"."action" AS "action",
                                "t23"."attributes" AS "attributes",
                                "t23"."before" AS "before",
                                "t23"."step" AS "step",
                                "t23"."running" AS "running",
                                leadInFrame("t23"."time") OVER (
                                  PARTITION BY "t23"."app_id"
                                  ORDER BY "t23"."time" ASC, "t23"."action" ASC, "t23"."resource_id" ASC, "t23"."event_id" ASC
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) AS "following"
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    "t15"."source" AS "source",
                                    "t15"."event_id" AS "event_id",
                                    "t15"."time" AS "time",
                                    "t15"."received_at" AS "received_at",
                                    "t15"."resource_id" AS "resource_id",
                                    "t15"."app_id" AS "app_id",
                                    "t15"."environment" AS "environment",
                                    "t15"."lease_id" AS "lease_id",
                                    "t15"."is_authenticated" AS "is_authenticated",
                                    "t15"."event_digest" AS "event_digest",
                                    "t15"."action" AS "action",
                                    "t15"."attributes" AS "attributes",
                                    "t15"."before" AS "before",
                                    "t15"."step" AS "step",
                                    SUM("t15"."step") OVER (
                                      PARTITION BY "t15"."app_id"
                                      ORDER BY "t15"."time" ASC, "t15"."action" ASC, "t15"."resource_id" ASC, "t15"."event_id" ASC
                                      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                                    ) AS "running"
                                  FROM (
                                    SELECT
                                      "t11"."source" AS "source",
                                      "t11"."event_id" AS "event_id",
                                      "t11"."time" AS "time",
                                      "t11"."received_at" AS "received_at",
                                      "t11"."resource_id" AS "resource_id",
                                      "t11"."app_id" AS "app_id",
                                      "t11"."environment" AS "environment",
                                      "t11"."lease_id" AS "lease_id",
                                      "t11"."is_authenticated" AS "is_authenticated",
                                      "t11"."event_digest" AS "event_digest",
                                      "t11"."action" AS "action",
                                      "t11"."attributes" AS "attributes",
                                      "t11"."before" AS "before",
                                      CASE WHEN "t11"."action" = 'start' THEN 1 ELSE -1 END AS "step"
                                    FROM (
                                      SELECT
                                        "t6"."source" AS "source",
                                        "t6"."event_id" AS "event_id",
                                        "t6"."time" AS "time",
                                        "t6"."received_at" AS "received_at",
                                        "t6"."resource_id" AS "resource_id",
                                        "t6"."app_id" AS "app_id",
                                        "t6"."environment" AS "environment",
                                        "t6"."lease_id" AS "lease_id",
                                        "t6"."is_authenticated" AS "is_authenticated",
                                        "t6"."event_digest" AS "event_digest",
                                        "t6"."action" AS "action",
                                        "t6"."attributes" AS "attributes",
                                        lagInFrame("t6"."action") OVER (
                                          PARTITION BY "t6"."app_id", "t6"."resource_id"
                                          ORDER BY "t6"."time" ASC, "t6"."action" ASC, "t6"."event_id" ASC
                                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                        ) AS "before"
                                      FROM (
                                        SELECT
                                          *
                                        FROM "lifecycle" AS "t3"
                                        WHERE
                                          "t3"."is_authenticated"
                                          AND "t3"."app_id" <> ''
                                          AND "t3"."action" IN ('start', 'stop')
                                      ) AS "t6"
                                    ) AS "t11"
                                    WHERE
                                      CASE
                                        WHEN "t11"."action" = 'start'
                                        THEN "t11"."before" <> 'start'
                                        ELSE "t11"."before" = 'start'
                                      END
                                  ) AS "t15"
                                ) AS "t19"
                                WHERE
                                  CASE WHEN "t19"."step" = 1 THEN "t19"."running" = 1 ELSE "t19"."running" = 0 END
                              ) AS "t23"
                            ) AS "t25"
                            WHERE
                              "t25"."step" = 1
                            ORDER BY
                              "t25"."app_id" ASC,
                              "t25"."time" ASC
                          ) AS "t28"
                          CROSS JOIN (
                            SELECT
                              MIN("t10"."charge_period_start") AS "first",
                              MAX("t10"."charge_period_end") AS "last"
                            FROM "t7" AS "t10"
                          ) AS "t14"
                        ) AS "t29"
                        WHERE
                          GREATEST("t29"."run_start", toTimeZone(CAST("t29"."first" AS DateTime64(3, 'UTC')), 'UTC')) < LEAST("t29"."run_end", toTimeZone(CAST("t29"."last" AS DateTime64(3, 'UTC')), 'UTC'))
                      ) AS "t30"
                    ) AS "t35"
                    INNER JOIN (
                      SELECT
                        "t10"."charge_period_start" AS "charge_period_start",
                        "t10"."charge_period_end" AS "charge_period_end",
                        toTimeZone(CAST("t10"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "opens",
                        toTimeZone(CAST("t10"."charge_period_end" AS DateTime64(3, 'UTC')), 'UTC') AS "closes",
                        arrayJoin(
                          range(
                            CAST(FLOOR((
                              toRelativeSecondNum("t10"."charge_period_start")
                            ) / (
                              86400
                            )) AS Nullable(Int64)),
                            GREATEST(
                              CAST(FLOOR((
                                toRelativeSecondNum("t10"."charge_period_start")
                              ) / (
                                86400
                              )) AS Nullable(Int64)),
                              CAST(FLOOR(
                                (
                                  (
                                    toRelativeSecondNum("t10"."charge_period_end") + 86400
                                  ) - 1
                                ) / (
                                  86400
                                )
                              ) AS Nullable(Int64)) - 1
                            ) + 1,
                            1
                          )
                        ) AS "day"
                      FROM "t7" AS "t10"
                    ) AS "t21"
                      ON "t35"."day" = "t21"."day"
                  ) AS "t36"
                ) AS "t37"
                WHERE
                  "t37"."begins" < "t37"."ends"
              ) AS "t38"
              GROUP BY
                "t38"."charge_period_start",
                "t38"."charge_period_end",
                "t38"."app_id"
            ) AS "t39"
          ) AS "t41"
          ASOF LEFT JOIN (
            SELECT
              "t2"."team_id" AS "ran_by_team_id",
              "t2"."cost_center" AS "ran_by_cost_center",
              "t2"."environment" AS "ran_by_environment",
              "t2"."lifecycle" AS "ran_by_lifecycle",
              "t2"."app_id" AS "key_app_id",
              "t2"."valid_from" AS "begins",
              "t2"."valid_to" AS "ends"
            FROM "apps" AS "t2"
            WHERE
              "t2"."valid_from" < "t2"."valid_to"
          ) AS "t9"
            ON "t41"."time" >= "t9"."begins" AND "t41"."app_id" = "t9"."key_app_id"
        ) AS "t42"
        WHERE
          "t42"."ran_by_found"
      ) AS "t44"
      ASOF LEFT JOIN (
        SELECT
          "t1"."cost_center" AS "team_cost_center",
          "t1"."team_id" AS "key_team_id",
          "t1"."valid_from" AS "begins",
          "t1"."valid_to" AS "ends"
        FROM "teams" AS "t1"
        WHERE
          "t1"."valid_from" < "t1"."valid_to"
      ) AS "t8"
        ON "t44"."time" >= "t8"."begins" AND "t44"."ran_by_team_id" = "t8"."key_team_id"
    ) AS "t45"
  ) AS "t47"
    ON "t33"."charge_period_start" = "t47"."ran_charge_period_start"
    AND "t33"."charge_period_end" = "t47"."ran_charge_period_end"
    AND "t33"."app_id" = "t47"."ran_app_id"
) AS "t48"
ORDER BY
  "t48"."charge_period_start" ASC,
  "t48"."charge_period_end" ASC,
  "t48"."app_id" ASC
