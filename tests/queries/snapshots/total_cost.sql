SELECT
  *
FROM (
  SELECT
    "t0"."billing_currency" AS "billing_currency",
    SUM("t0"."list_cost") AS "list_cost",
    SUM("t0"."effective_cost") AS "effective_cost",
    SUM("t0"."billed_cost") AS "billed_cost"
  FROM "charges" AS "t0"
  GROUP BY
    "t0"."billing_currency"
) AS "t1"
ORDER BY
  "t1"."billing_currency" ASC
