SELECT
  *
FROM (
  SELECT
    "t1"."billing_currency" AS "billing_currency",
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
  ) AS "t1"
  GROUP BY
    "t1"."billing_currency"
) AS "t2"
ORDER BY
  "t2"."billing_currency" ASC
