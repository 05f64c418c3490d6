SELECT
  *
FROM (
  SELECT
    "t3"."charge_date" AS "charge_date",
    "t3"."attribution_rule" AS "attribution_rule",
    "t3"."effective_cost" AS "effective_cost",
    "t3"."event_count" AS "event_count",
    divide(
      "t3"."effective_cost",
      nullIf(
        SUM("t3"."effective_cost") OVER (
          PARTITION BY "t3"."charge_date"
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ),
        CAST(0 AS Nullable(Decimal(76, 21)))
      )
    ) AS "share"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t1"."charge_date" AS "charge_date",
        "t1"."attribution_rule" AS "attribution_rule",
        SUM("t1"."effective_cost") AS "effective_cost",
        SUM("t1"."event_count") AS "event_count"
      FROM (
        SELECT
          *
        FROM "charges" AS "t0"
        WHERE
          "t0"."charge_date" >= toDate('2026-02-01')
          AND "t0"."charge_date" < toDate('2026-03-01')
          AND "t0"."billing_currency" IN ('USD')
      ) AS "t1"
      GROUP BY
        "t1"."charge_date",
        "t1"."attribution_rule"
    ) AS "t2"
    ORDER BY
      "t2"."charge_date" ASC,
      "t2"."attribution_rule" ASC
  ) AS "t3"
) AS "t4"
ORDER BY
  "t4"."charge_date" ASC,
  "t4"."attribution_rule" ASC
