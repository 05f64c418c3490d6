SELECT
  *
FROM (
  SELECT
    "t1"."billing_currency" AS "billing_currency",
    "t1"."provider" AS "provider",
    "t1"."service_name" AS "service_name",
    SUM("t1"."list_cost") AS "list_cost",
    SUM("t1"."effective_cost") AS "effective_cost",
    SUM("t1"."billed_cost") AS "billed_cost",
    SUM("t1"."event_count") AS "event_count",
    MIN("t1"."charge_period_start") AS "first_seen",
    MAX("t1"."charge_period_start") AS "last_seen"
  FROM (
    SELECT
      *
    FROM "charges" AS "t0"
    WHERE
      "t0"."billing_currency" <> 'USD'
  ) AS "t1"
  GROUP BY
    "t1"."billing_currency",
    "t1"."provider",
    "t1"."service_name"
) AS "t2"
ORDER BY
  "t2"."billing_currency" ASC,
  "t2"."provider" ASC,
  "t2"."service_name" ASC
