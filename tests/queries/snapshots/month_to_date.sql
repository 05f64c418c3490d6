SELECT
  "t2"."month_to_date" AS "month_to_date",
  12 AS "days_left",
  divide("t2"."last_days", CAST(GREATEST(1, LEAST(7, "t2"."days_seen")) AS UInt64)) AS "mean_daily_cost",
  plus(
    "t2"."complete_days",
    divide(
      multiply("t2"."last_days", 12),
      CAST(GREATEST(1, LEAST(7, "t2"."days_seen")) AS UInt64)
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
) AS "t2"
