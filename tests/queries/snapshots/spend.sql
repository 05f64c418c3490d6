SELECT
  *
FROM (
  SELECT
    dateTrunc('WEEK', "t1"."charge_date") AS "week",
    "t1"."team_id" AS "team_id",
    SUM("t1"."effective_cost") AS "effective_cost",
    divide(
      multiply(SUM("t1"."effective_cost"), 1000),
      nullIf(sumIf("t1"."consumed_quantity", "t1"."meter" = 'requests'), 0)
    ) AS "cost_per_1k_requests",
    uniqExactIf("t1"."app_id", "t1"."app_id" <> '') AS "active_apps"
  FROM (
    SELECT
      *
    FROM "charges" AS "t0"
    WHERE
      "t0"."charge_date" >= toDate('2026-02-01')
      AND "t0"."charge_date" < toDate('2026-03-01')
      AND "t0"."billing_currency" IN ('USD')
      AND "t0"."environment" IN ('production')
  ) AS "t1"
  GROUP BY
    dateTrunc('WEEK', "t1"."charge_date"),
    "t1"."team_id"
) AS "t2"
ORDER BY
  "t2"."week" ASC,
  "t2"."team_id" ASC
