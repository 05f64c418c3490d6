WITH "t4" AS (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM "daily_charges" AS "t0"
    WHERE
      NOT (
        "t0"."charge_date" IN (toDate('2026-01-17'), toDate('2026-02-17'))
      )
  ) AS "t3"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM "charges" AS "t1"
    WHERE
      "t1"."charge_date" IN (toDate('2026-01-17'), toDate('2026-02-17'))
  ) AS "t2"
)
SELECT
  "t13"."month_to_date" AS "month_to_date",
  "t13"."days_left" AS "days_left",
  "t13"."mean_daily_cost" AS "mean_daily_cost",
  "t13"."run_rate" AS "run_rate",
  "t13"."previous_to_date" AS "previous_to_date",
  "t13"."previous_month" AS "previous_month",
  minus("t13"."month_to_date", "t13"."previous_to_date") AS "to_date_change",
  divide(
    minus("t13"."month_to_date", "t13"."previous_to_date"),
    nullIf("t13"."previous_to_date", CAST(0 AS Nullable(Decimal(76, 21))))
  ) AS "to_date_growth",
  minus("t13"."run_rate", "t13"."previous_month") AS "run_rate_change",
  divide(
    minus("t13"."run_rate", "t13"."previous_month"),
    nullIf("t13"."previous_month", CAST(0 AS Nullable(Decimal(76, 21))))
  ) AS "run_rate_growth"
FROM (
  SELECT
    "t12"."month_to_date" AS "month_to_date",
    "t12"."days_left" AS "days_left",
    "t12"."mean_daily_cost" AS "mean_daily_cost",
    "t12"."run_rate" AS "run_rate",
    "t10"."previous_to_date" AS "previous_to_date",
    "t10"."previous_month" AS "previous_month"
  FROM (
    SELECT
      "t9"."month_to_date" AS "month_to_date",
      12 AS "days_left",
      divide("t9"."last_days", CAST(GREATEST(1, LEAST(7, "t9"."days_seen")) AS UInt64)) AS "mean_daily_cost",
      plus(
        "t9"."complete_days",
        divide(
          multiply("t9"."last_days", 12),
          CAST(GREATEST(1, LEAST(7, "t9"."days_seen")) AS UInt64)
        )
      ) AS "run_rate"
    FROM (
      SELECT
        COALESCE(
          sumIf("t6"."effective_cost", "t6"."charge_date" >= toDate('2026-02-01')),
          CAST(0 AS Nullable(Decimal(76, 21)))
        ) AS "month_to_date",
        COALESCE(
          sumIf(
            "t6"."effective_cost",
            (
              "t6"."charge_date" >= toDate('2026-02-01')
            )
            AND (
              "t6"."charge_date" < toDate('2026-02-17')
            )
          ),
          CAST(0 AS Nullable(Decimal(76, 21)))
        ) AS "complete_days",
        COALESCE(
          sumIf(
            "t6"."effective_cost",
            (
              "t6"."charge_date" < toDate('2026-02-17')
            )
            AND (
              "t6"."charge_date" >= toDate('2026-02-10')
            )
          ),
          CAST(0 AS Nullable(Decimal(76, 21)))
        ) AS "last_days",
        CAST(toDate('2026-02-17') - minIf("t6"."charge_date", "t6"."charge_date" < toDate('2026-02-17')) AS Nullable(Int64)) AS "days_seen"
      FROM (
        SELECT
          *
        FROM "t4" AS "t5"
        WHERE
          "t5"."charge_date" >= toDate('2026-02-01')
          AND "t5"."charge_date" < toDate('2026-02-18')
          AND "t5"."charge_period_start" < parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
          AND "t5"."billing_currency" IN ('USD')
      ) AS "t6"
    ) AS "t9"
  ) AS "t12"
  CROSS JOIN (
    SELECT
      COALESCE(
        sumIf(
          "t7"."effective_cost",
          "t7"."charge_period_start" < parseDateTimeBestEffort('2026-01-17T12:00:00+00:00', 'UTC')
        ),
        CAST(0 AS Nullable(Decimal(76, 21)))
      ) AS "previous_to_date",
      COALESCE(SUM("t7"."effective_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "previous_month"
    FROM (
      SELECT
        *
      FROM "t4" AS "t5"
      WHERE
        "t5"."charge_date" >= toDate('2026-01-01')
        AND "t5"."charge_date" < toDate('2026-02-01')
        AND "t5"."billing_currency" IN ('USD')
    ) AS "t7"
  ) AS "t10"
) AS "t13"
