SELECT
  *
FROM (
  SELECT
    toTimeZone(CAST(dateTrunc('HOUR', "t1"."charge_period_start") AS DateTime64(0, 'UTC')), 'UTC') AS "time",
    COALESCE(SUM("t1"."billed_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost"
  FROM (
    SELECT
      *
    FROM "charges" AS "t0"
    WHERE
      "t0"."charge_date" >= toDate('2026-02-01')
      AND "t0"."charge_date" < toDate('2026-03-01')
      AND "t0"."app_id" IN ('chat')
      AND "t0"."billing_currency" IN ('USD')
  ) AS "t1"
  GROUP BY
    toTimeZone(CAST(dateTrunc('HOUR', "t1"."charge_period_start") AS DateTime64(0, 'UTC')), 'UTC')
) AS "t2"
ORDER BY
  "t2"."time" ASC
