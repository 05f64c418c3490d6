SELECT
  *
FROM (
  SELECT
    "t1"."charge_date" AS "charge_date",
    "t1"."team_id" AS "team_id",
    SUM("t1"."list_cost") AS "list_cost",
    SUM("t1"."effective_cost") AS "effective_cost",
    SUM("t1"."billed_cost") AS "billed_cost"
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
    "t1"."charge_date",
    "t1"."team_id"
) AS "t2"
ORDER BY
  "t2"."charge_date" ASC,
  "t2"."team_id" ASC
