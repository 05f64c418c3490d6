WITH "t5" AS (
  SELECT DISTINCT
    "t0"."charge_period_start" AS "charge_period_start",
    "t0"."charge_period_end" AS "charge_period_end"
  FROM "charges" AS "t0"
  WHERE
    "t0"."billing_currency" IN ('USD')
    AND "t0"."meter" = 'platform_cost'
    AND "t0"."app_id" = ''
)
SELECT
  *
FROM (
  SELECT
    CASE
      WHEN "t34"."app_id" <> ''
      THEN "t34"."charge_period_start"
      ELSE "t48"."ran_charge_period_start"
    END AS "charge_period_start",
    CASE
      WHEN "t34"."app_id" <> ''
      THEN "t34"."charge_period_end"
      ELSE "t48"."ran_charge_period_end"
    END AS "charge_period_end",
    CASE WHEN "t34"."app_id" <> '' THEN "t34"."app_id" ELSE "t48"."ran_app_id" END AS "app_id",
    CASE
      WHEN "t34"."app_id" <> ''
      THEN "t34"."used_by_team_id"
      ELSE "t48"."ran_by_team_id"
    END AS "team_id",
    CASE
      WHEN "t34"."app_id" <> ''
      THEN "t34"."used_by_cost_center"
      ELSE "t48"."ran_by_cost_center"
    END AS "cost_center",
    CASE
      WHEN "t34"."app_id" <> ''
      THEN "t34"."used_by_environment"
      ELSE "t48"."ran_by_environment"
    END AS "environment",
    CASE
      WHEN "t34"."app_id" <> ''
      THEN "t34"."used_by_lifecycle"
      ELSE "t48"."ran_by_lifecycle"
    END AS "lifecycle",
    "t34"."list_cost" AS "list_cost",
    "t34"."effective_cost" AS "effective_cost",
    "t34"."billed_cost" AS "billed_cost",
    "t34"."unattributed_cost" AS "unattributed_cost",
    "t34"."ephemeral_cost" AS "ephemeral_cost",
    "t34"."requests" AS "requests",
    "t34"."input_tokens" AS "input_tokens",
    "t34"."cache_read_tokens" AS "cache_read_tokens",
    "t34"."cache_write_tokens" AS "cache_write_tokens",
    "t34"."output_tokens" AS "output_tokens",
    "t34"."tokens" AS "tokens",
    "t34"."cpu_core_hours" AS "cpu_core_hours",
    "t34"."memory_gb_hours" AS "memory_gb_hours",
    "t34"."instance_hours" AS "instance_hours",
    "t34"."gpu_hours" AS "gpu_hours",
    "t34"."storage_gb_hours" AS "storage_gb_hours",
    "t34"."egress_gb" AS "egress_gb",
    "t34"."event_count" AS "event_count",
    "t34"."unpriced_events" AS "unpriced_events",
    "t34"."token_cost" AS "token_cost",
    GREATEST("t34"."active_hours", "t48"."run_hours") AS "active_hours"
  FROM (
    SELECT
      "t32"."charge_period_start" AS "charge_period_start",
      "t32"."charge_period_end" AS "charge_period_end",
      "t32"."app_id" AS "app_id",
      "t32"."list_cost" AS "list_cost",
      "t32"."effective_cost" AS "effective_cost",
      "t32"."billed_cost" AS "billed_cost",
      "t32"."unattributed_cost" AS "unattributed_cost",
      "t32"."ephemeral_cost" AS "ephemeral_cost",
      "t32"."requests" AS "requests",
      "t32"."input_tokens" AS "input_tokens",
      "t32"."cache_read_tokens" AS "cache_read_tokens",
      "t32"."cache_write_tokens" AS "cache_write_tokens",
      "t32"."output_tokens" AS "output_tokens",
      "t32"."tokens" AS "tokens",
      "t32"."cpu_core_hours" AS "cpu_core_hours",
      "t32"."memory_gb_hours" AS "memory_gb_hours",
      "t32"."instance_hours" AS "instance_hours",
      "t32"."gpu_hours" AS "gpu_hours",
      "t32"."storage_gb_hours" AS "storage_gb_hours",
      "t32"."egress_gb" AS "egress_gb",
      "t32"."event_count" AS "event_count",
      "t32"."unpriced_events" AS "unpriced_events",
      "t32"."token_cost" AS "token_cost",
      "t32"."active_hours" AS "active_hours",
      splitByString('\x1f', CAST("t32"."latest" AS String))[2] AS "used_by_team_id",
      splitByString('\x1f', CAST("t32"."latest" AS String))[3] AS "used_by_cost_center",
      splitByString('\x1f', CAST("t32"."latest" AS String))[4] AS "used_by_environment",
      splitByString('\x1f', CAST("t32"."latest" AS String))[5] AS "used_by_lifecycle"
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
          "t18"."app_id" AS "app_id",
          "t18"."team_id" AS "team_id",
          "t18"."cost_center" AS "cost_center",
          "t18"."environment" AS "environment",
          "t18"."lifecycle" AS "lifecycle",
          "t18"."meter" AS "meter",
          "t18"."consumed_quantity" AS "consumed_quantity",
          "t18"."consumed_unit" AS "consumed_unit",
          "t18"."list_cost" AS "list_cost",
          "t18"."effective_cost" AS "effective_cost",
          "t18"."billed_cost" AS "billed_cost",
          "t18"."attribution_rule" AS "attribution_rule",
          "t18"."pricing_status" AS "pricing_status",
          "t18"."event_count" AS "event_count",
          "t18"."hour" AS "hour",
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
            "t0"."meter" <> 'platform_cost'
            AND "t0"."app_id" <> ''
            AND "t0"."billing_currency" = 'USD'
            AND "t0"."charge_date" >= (
              SELECT
                MIN(toDate("t8"."charge_period_start")) AS "Min(Date(charge_period_start))"
              FROM "t5" AS "t8"
            )
        ) AS "t18"
        INNER JOIN (
          SELECT
            "t19"."charge_period_start" AS "charge_period_start",
            "t19"."charge_period_end" AS "charge_period_end",
            toTimeZone(CAST(toDateTime("t19"."number" * 3600) AS DateTime64(0, 'UTC')), 'UTC') AS "hour"
          FROM (
            SELECT
              "t8"."charge_period_start" AS "charge_period_start",
              "t8"."charge_period_end" AS "charge_period_end",
              arrayJoin(
                range(
                  CAST(FLOOR((
                    toRelativeSecondNum("t8"."charge_period_start")
                  ) / (
                    3600
                  )) AS Nullable(Int64)),
                  CAST(FLOOR(
                    (
                      GREATEST(
                        toRelativeSecondNum("t8"."charge_period_start"),
                        toRelativeSecondNum("t8"."charge_period_end") - 1
                      )
                    ) / (
                      3600
                    )
                  ) AS Nullable(Int64)) + 1,
                  1
                )
              ) AS "number"
            FROM "t5" AS "t8"
          ) AS "t19"
        ) AS "t24"
          ON "t18"."hour" = "t24"."hour"
      ) AS "t26"
      GROUP BY
        "t26"."charge_period_start",
        "t26"."charge_period_end",
        "t26"."app_id"
    ) AS "t32"
  ) AS "t34"
  FULL OUTER JOIN (
    SELECT
      "t46"."charge_period_start" AS "ran_charge_period_start",
      "t46"."charge_period_end" AS "ran_charge_period_end",
      "t46"."app_id" AS "ran_app_id",
      "t46"."ran_by_team_id" AS "ran_by_team_id",
      CASE
        WHEN "t46"."ran_by_cost_center" <> ''
        THEN "t46"."ran_by_cost_center"
        ELSE CASE
          WHEN "t46"."time" < "t46"."team_valid_to"
          THEN "t46"."team_cost_center"
          ELSE ''
        END
      END AS "ran_by_cost_center",
      "t46"."ran_by_environment" AS "ran_by_environment",
      "t46"."ran_by_lifecycle" AS "ran_by_lifecycle",
      CAST(CAST("t46"."run_milliseconds" AS Decimal(76, 12)) / 3600000 AS Decimal(76, 12)) AS "run_hours"
    FROM (
      SELECT
        "t45"."charge_period_start" AS "charge_period_start",
        "t45"."charge_period_end" AS "charge_period_end",
        "t45"."app_id" AS "app_id",
        "t45"."run_milliseconds" AS "run_milliseconds",
        "t45"."ended" AS "ended",
        "t45"."time" AS "time",
        "t45"."ran_by_app_id" AS "ran_by_app_id",
        "t45"."ran_by_app_name" AS "ran_by_app_name",
        "t45"."ran_by_team_id" AS "ran_by_team_id",
        "t45"."ran_by_cost_center" AS "ran_by_cost_center",
        "t45"."ran_by_environment" AS "ran_by_environment",
        "t45"."ran_by_lifecycle" AS "ran_by_lifecycle",
        "t45"."ran_by_created_by" AS "ran_by_created_by",
        "t45"."ran_by_valid_from" AS "ran_by_valid_from",
        "t45"."ran_by_valid_to" AS "ran_by_valid_to",
        "t45"."ran_by_found" AS "ran_by_found",
        "t9"."team_team_id" AS "team_team_id",
        "t9"."team_team_name" AS "team_team_name",
        "t9"."team_cost_center" AS "team_cost_center",
        "t9"."team_valid_from" AS "team_valid_from",
        "t9"."team_valid_to" AS "team_valid_to"
      FROM (
        SELECT
          "t43"."charge_period_start" AS "charge_period_start",
          "t43"."charge_period_end" AS "charge_period_end",
          "t43"."app_id" AS "app_id",
          "t43"."run_milliseconds" AS "run_milliseconds",
          "t43"."ended" AS "ended",
          "t43"."time" AS "time",
          "t43"."ran_by_app_id" AS "ran_by_app_id",
          "t43"."ran_by_app_name" AS "ran_by_app_name",
          "t43"."ran_by_team_id" AS "ran_by_team_id",
          "t43"."ran_by_cost_center" AS "ran_by_cost_center",
          "t43"."ran_by_environment" AS "ran_by_environment",
          "t43"."ran_by_lifecycle" AS "ran_by_lifecycle",
          "t43"."ran_by_created_by" AS "ran_by_created_by",
          "t43"."ran_by_valid_from" AS "ran_by_valid_from",
          "t43"."ran_by_valid_to" AS "ran_by_valid_to",
          "t43"."time" < "t43"."ran_by_valid_to" AS "ran_by_found"
        FROM (
          SELECT
            "t42"."charge_period_start" AS "charge_period_start",
            "t42"."charge_period_end" AS "charge_period_end",
            "t42"."app_id" AS "app_id",
            "t42"."run_milliseconds" AS "run_milliseconds",
            "t42"."ended" AS "ended",
            "t42"."time" AS "time",
            "t11"."ran_by_app_id" AS "ran_by_app_id",
            "t11"."ran_by_app_name" AS "ran_by_app_name",
            "t11"."ran_by_team_id" AS "ran_by_team_id",
            "t11"."ran_by_cost_center" AS "ran_by_cost_center",
            "t11"."ran_by_environment" AS "ran_by_environment",
            "t11"."ran_by_lifecycle" AS "ran_by_lifecycle",
            "t11"."ran_by_created_by" AS "ran_by_created_by",
            "t11"."ran_by_valid_from" AS "ran_by_valid_from",
            "t11"."ran_by_valid_to" AS "ran_by_valid_to"
          FROM (
            SELECT
              "t40"."charge_period_start" AS "charge_period_start",
              "t40"."charge_period_end" AS "charge_period_end",
              "t40"."app_id" AS "app_id",
              "t40"."run_milliseconds" AS "run_milliseconds",
              "t40"."ended" AS "ended",
              subtractMilliseconds("t40"."ended", 1) AS "time"
            FROM (
              SELECT
                "t39"."charge_period_start" AS "charge_period_start",
                "t39"."charge_period_end" AS "charge_period_end",
                "t39"."app_id" AS "app_id",
                SUM(DATE_DIFF(MILLISECOND, "t39"."begins", "t39"."ends")) AS "run_milliseconds",
                MAX("t39"."ends") AS "ended"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t37"."app_id" AS "app_id",
                    GREATEST(
                      "t37"."begins",
                      "t37"."opens",
                      toTimeZone(CAST(toDateTime("t37"."day" * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                    ) AS "begins",
                    LEAST(
                      "t37"."ends",
                      "t37"."closes",
                      toTimeZone(CAST(toDateTime((
                        "t37"."day" + 1
                      ) * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                    ) AS "ends",
                    "t37"."day" AS "day",
                    "t37"."charge_period_start" AS "charge_period_start",
                    "t37"."charge_period_end" AS "charge_period_end",
                    "t37"."opens" AS "opens",
                    "t37"."closes" AS "closes"
                  FROM (
                    SELECT
                      "t36"."app_id" AS "app_id",
                      "t36"."begins" AS "begins",
                      "t36"."ends" AS "ends",
                      "t36"."day" AS "day",
                      "t22"."charge_period_start" AS "charge_period_start",
                      "t22"."charge_period_end" AS "charge_period_end",
                      "t22"."opens" AS "opens",
                      "t22"."closes" AS "closes"
                    FROM (
                      SELECT
                        "t31"."app_id" AS "app_id",
                        "t31"."begins" AS "begins",
                        "t31"."ends" AS "ends",
                        arrayJoin(
                          range(
                            CAST(FLOOR((
                              toRelativeSecondNum("t31"."begins")
                            ) / (
                              86400
                            )) AS Nullable(Int64)),
                            GREATEST(
                              CAST(FLOOR((
                                toRelativeSecondNum("t31"."begins")
                              ) / (
                                86400
                              )) AS Nullable(Int64)),
                              CAST(FLOOR((
                                (
                                  toRelativeSecondNum("t31"."ends") + 86400
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
                          "t30"."app_id" AS "app_id",
                          "t30"."run_start" AS "run_start",
                          "t30"."run_end" AS "run_end",
                          "t30"."first" AS "first",
                          "t30"."last" AS "last",
                          GREATEST("t30"."run_start", toTimeZone(CAST("t30"."first" AS DateTime64(3, 'UTC')), 'UTC')) AS "begins",
                          LEAST("t30"."run_end", toTimeZone(CAST("t30"."last" AS DateTime64(3, 'UTC')), 'UTC')) AS "ends"
                        FROM (
                          SELECT
                            "t29"."app_id" AS "app_id",
                            "t29"."run_start" AS "run_start",
                            "t29"."run_end" AS "run_end",
                            "t15"."first" AS "first",
                            "t15"."last" AS "last"
                          FROM (
                            SELECT
                              "t27"."app_id" AS "app_id",
                              "t27"."time" AS "run_start",
                              CASE
                                WHEN "t27"."following" >= "t27"."time"
                                THEN "t27"."following"
                                ELSE parseDateTimeBestEffort('2200-01-01T00:00:00+00:00', 'UTC')
                              END AS "run_end"
                            FROM (
                              SELECT
                                "t25"."source" AS "source",
                                "t25"."event_id" AS "event_id",
                                "t25"."time" AS "time",
                                "t25"."received_at" AS "received_at",
                                "t25"."resource_id" AS "resource_id",
                                "t25"."app_id" AS "app_id",
                                "t25"."environment" AS "environment",
                                "t25"."lease_id" AS "lease_id",
                                "t25"."is_authenticated" AS "is_authenticated",
                                "t25"."event_digest" AS "event_digest",
                                "t25"."action" AS "action",
                                "t25"."attributes" AS "attributes",
                                "t25"."before" AS "before",
                                "t25"."step" AS "step",
                                "t25"."running" AS "running",
                                leadInFrame("t25"."time") OVER (
                                  PARTITION BY "t25"."app_id"
                                  ORDER BY "t25"."time" ASC, "t25"."action" ASC, "t25"."resource_id" ASC, "t25"."event_id" ASC
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) AS "following"
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    "t17"."source" AS "source",
                                    "t17"."event_id" AS "event_id",
                                    "t17"."time" AS "time",
                                    "t17"."received_at" AS "received_at",
                                    "t17"."resource_id" AS "resource_id",
                                    "t17"."app_id" AS "app_id",
                                    "t17"."environment" AS "environment",
                                    "t17"."lease_id" AS "lease_id",
                                    "t17"."is_authenticated" AS "is_authenticated",
                                    "t17"."event_digest" AS "event_digest",
                                    "t17"."action" AS "action",
                                    "t17"."attributes" AS "attributes",
                                    "t17"."before" AS "before",
                                    "t17"."step" AS "step",
                                    SUM("t17"."step") OVER (
                                      PARTITION BY "t17"."app_id"
                                      ORDER BY "t17"."time" ASC, "t17"."action" ASC, "t17"."resource_id" ASC, "t17"."event_id" ASC
                                      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                                    ) AS "running"
                                  FROM (
                                    SELECT
                                      "t13"."source" AS "source",
                                      "t13"."event_id" AS "event_id",
                                      "t13"."time" AS "time",
                                      "t13"."received_at" AS "received_at",
                                      "t13"."resource_id" AS "resource_id",
                                      "t13"."app_id" AS "app_id",
                                      "t13"."environment" AS "environment",
                                      "t13"."lease_id" AS "lease_id",
                                      "t13"."is_authenticated" AS "is_authenticated",
                                      "t13"."event_digest" AS "event_digest",
                                      "t13"."action" AS "action",
                                      "t13"."attributes" AS "attributes",
                                      "t13"."before" AS "before",
                                      CASE WHEN "t13"."action" = 'start' THEN 1 ELSE -1 END AS "step"
                                    FROM (
                                      SELECT
                                        "t7"."source" AS "source",
                                        "t7"."event_id" AS "event_id",
                                        "t7"."time" AS "time",
                                        "t7"."received_at" AS "received_at",
                                        "t7"."resource_id" AS "resource_id",
                                        "t7"."app_id" AS "app_id",
                                        "t7"."environment" AS "environment",
                                        "t7"."lease_id" AS "lease_id",
                                        "t7"."is_authenticated" AS "is_authenticated",
                                        "t7"."event_digest" AS "event_digest",
                                        "t7"."action" AS "action",
                                        "t7"."attributes" AS "attributes",
                                        lagInFrame("t7"."action") OVER (
                                          PARTITION BY "t7"."app_id", "t7"."resource_id"
                                          ORDER BY "t7"."time" ASC, "t7"."action" ASC, "t7"."event_id" ASC
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
                                      ) AS "t7"
                                    ) AS "t13"
                                    WHERE
                                      CASE
                                        WHEN "t13"."action" = 'start'
                                        THEN "t13"."before" <> 'start'
                                        ELSE "t13"."before" = 'start'
                                      END
                                  ) AS "t17"
                                ) AS "t21"
                                WHERE
                                  CASE WHEN "t21"."step" = 1 THEN "t21"."running" = 1 ELSE "t21"."running" = 0 END
                              ) AS "t25"
                            ) AS "t27"
                            WHERE
                              "t27"."step" = 1
                            ORDER BY
                              "t27"."app_id" ASC,
                              "t27"."time" ASC
                          ) AS "t29"
                          CROSS JOIN (
                            SELECT
                              MIN("t8"."charge_period_start") AS "first",
                              MAX("t8"."charge_period_end") AS "last"
                            FROM "t5" AS "t8"
                          ) AS "t15"
                        ) AS "t30"
                        WHERE
                          GREATEST("t30"."run_start", toTimeZone(CAST("t30"."first" AS DateTime64(3, 'UTC')), 'UTC')) < LEAST("t30"."run_end", toTimeZone(CAST("t30"."last" AS DateTime64(3, 'UTC')), 'UTC'))
                      ) AS "t31"
                    ) AS "t36"
                    INNER JOIN (
                      SELECT
                        "t8"."charge_period_start" AS "charge_period_start",
                        "t8"."charge_period_end" AS "charge_period_end",
                        toTimeZone(CAST("t8"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "opens",
                        toTimeZone(CAST("t8"."charge_period_end" AS DateTime64(3, 'UTC')), 'UTC') AS "closes",
                        arrayJoin(
                          range(
                            CAST(FLOOR((
                              toRelativeSecondNum("t8"."charge_period_start")
                            ) / (
                              86400
                            )) AS Nullable(Int64)),
                            GREATEST(
                              CAST(FLOOR((
                                toRelativeSecondNum("t8"."charge_period_start")
                              ) / (
                                86400
                              )) AS Nullable(Int64)),
                              CAST(FLOOR(
                                (
                                  (
                                    toRelativeSecondNum("t8"."charge_period_end") + 86400
                                  ) - 1
                                ) / (
                                  86400
                                )
                              ) AS Nullable(Int64)) - 1
                            ) + 1,
                            1
                          )
                        ) AS "day"
                      FROM "t5" AS "t8"
                    ) AS "t22"
                      ON "t36"."day" = "t22"."day"
                  ) AS "t37"
                ) AS "t38"
                WHERE
                  "t38"."begins" < "t38"."ends"
              ) AS "t39"
              GROUP BY
                "t39"."charge_period_start",
                "t39"."charge_period_end",
                "t39"."app_id"
            ) AS "t40"
          ) AS "t42"
          ASOF LEFT JOIN (
            SELECT
              "t4"."app_id" AS "ran_by_app_id",
              "t4"."app_name" AS "ran_by_app_name",
              "t4"."team_id" AS "ran_by_team_id",
              "t4"."cost_center" AS "ran_by_cost_center",
              "t4"."environment" AS "ran_by_environment",
              "t4"."lifecycle" AS "ran_by_lifecycle",
              "t4"."created_by" AS "ran_by_created_by",
              "t4"."valid_from" AS "ran_by_valid_from",
              "t4"."valid_to" AS "ran_by_valid_to"
            FROM (
              SELECT
                "t2".*
                EXCEPT ("evidence", "recorded_at", "recorded_by")
              FROM "apps" AS "t2"
            ) AS "t4"
            WHERE
              "t4"."valid_from" < "t4"."valid_to"
          ) AS "t11"
            ON "t42"."time" >= "t11"."ran_by_valid_from"
            AND "t42"."app_id" = "t11"."ran_by_app_id"
        ) AS "t43"
        WHERE
          "t43"."time" < "t43"."ran_by_valid_to"
      ) AS "t45"
      ASOF LEFT JOIN (
        SELECT
          "t1"."team_id" AS "team_team_id",
          "t1"."team_name" AS "team_team_name",
          "t1"."cost_center" AS "team_cost_center",
          "t1"."valid_from" AS "team_valid_from",
          "t1"."valid_to" AS "team_valid_to"
        FROM "teams" AS "t1"
        WHERE
          "t1"."valid_from" < "t1"."valid_to"
      ) AS "t9"
        ON "t45"."time" >= "t9"."team_valid_from"
        AND "t45"."ran_by_team_id" = "t9"."team_team_id"
    ) AS "t46"
  ) AS "t48"
    ON "t34"."charge_period_start" = "t48"."ran_charge_period_start"
    AND "t34"."charge_period_end" = "t48"."ran_charge_period_end"
    AND "t34"."app_id" = "t48"."ran_app_id"
) AS "t49"
ORDER BY
  "t49"."charge_period_start" ASC,
  "t49"."charge_period_end" ASC,
  "t49"."app_id" ASC
