SELECT
  "t8"."month_to_date" AS "month_to_date",
  "t8"."days_left" AS "days_left",
  "t8"."mean_daily_cost" AS "mean_daily_cost",
  "t8"."run_rate" AS "run_rate",
  "t8"."previous_to_date" AS "previous_to_date",
  "t8"."previous_month" AS "previous_month",
  minus("t8"."month_to_date", "t8"."previous_to_date") AS "to_date_change",
  divide(
    minus("t8"."month_to_date", "t8"."previous_to_date"),
    nullIf("t8"."previous_to_date", CAST(0 AS Nullable(Decimal(76, 21))))
  ) AS "to_date_growth",
  minus("t8"."run_rate", "t8"."previous_month") AS "run_rate_change",
  divide(
    minus("t8"."run_rate", "t8"."previous_month"),
    nullIf("t8"."previous_month", CAST(0 AS Nullable(Decimal(76, 21))))
  ) AS "run_rate_growth"
FROM (
  SELECT
    "t7"."month_to_date" AS "month_to_date",
    "t7"."days_left" AS "days_left",
    "t7"."mean_daily_cost" AS "mean_daily_cost",
    "t7"."run_rate" AS "run_rate",
    "t5"."previous_to_date" AS "previous_to_date",
    "t5"."previous_month" AS "previous_month"
  FROM (
    SELECT
      "t4"."month_to_date" AS "month_to_date",
      12 AS "days_left",
      divide("t4"."last_days", CAST(GREATEST(1, LEAST(7, "t4"."days_seen")) AS UInt64)) AS "mean_daily_cost",
      plus(
        "t4"."complete_days",
        divide(
          multiply("t4"."last_days", 12),
          CAST(GREATEST(1, LEAST(7, "t4"."days_seen")) AS UInt64)
        )
      ) AS "run_rate"
    FROM (
      SELECT
        COALESCE(
          sumIf("t1"."effective_cost", "t1"."charge_date" >= toDate('2026-02-01')),
          CAST(0 AS Nullable(Decimal(76, 21)))
        ) AS "month_to_date",
        COALESCE(
          sumIf(
            "t1"."effective_cost",
            (
              "t1"."charge_date" >= toDate('2026-02-01')
            )
            AND (
              "t1"."charge_date" < toDate('2026-02-17')
            )
          ),
          CAST(0 AS Nullable(Decimal(76, 21)))
        ) AS "complete_days",
        COALESCE(
          sumIf(
            "t1"."effective_cost",
            (
              "t1"."charge_date" < toDate('2026-02-17')
            )
            AND (
              "t1"."charge_date" >= toDate('2026-02-10')
            )
          ),
          CAST(0 AS Nullable(Decimal(76, 21)))
        ) AS "last_days",
        CAST(toDate('2026-02-17') - minIf("t1"."charge_date", "t1"."charge_date" < toDate('2026-02-17')) AS Nullable(Int64)) AS "days_seen"
      FROM (
        SELECT
          *
        FROM "charges" AS "t0"
        WHERE
          "t0"."charge_date" >= toDate('2026-02-01')
          AND "t0"."charge_date" < toDate('2026-02-18')
          AND "t0"."charge_period_start" < parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
          AND "t0"."billing_currency" IN ('USD')
      ) AS "t1"
    ) AS "t4"
  ) AS "t7"
  CROSS JOIN (
    SELECT
      COALESCE(
        sumIf(
          "t2"."effective_cost",
          "t2"."charge_period_start" < parseDateTimeBestEffort('2026-01-17T12:00:00+00:00', 'UTC')
        ),
        CAST(0 AS Nullable(Decimal(76, 21)))
      ) AS "previous_to_date",
      COALESCE(SUM("t2"."effective_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "previous_month"
    FROM (
      SELECT
        *
      FROM "charges" AS "t0"
      WHERE
        "t0"."charge_date" >= toDate('2026-01-01')
        AND "t0"."charge_date" < toDate('2026-02-01')
        AND "t0"."billing_currency" IN ('USD')
    ) AS "t2"
  ) AS "t5"
) AS "t8"
