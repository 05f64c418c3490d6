SELECT
  "t7"."app_id" AS "app_id",
  "t7"."meter" AS "meter",
  "t7"."time" AS "time",
  CAST("t7"."cost" AS Decimal(76, 21)) AS "amount"
FROM (
  SELECT
    "t6"."app_id" AS "app_id",
    "t6"."meter" AS "meter",
    "t6"."time" AS "time",
    SUM("t6"."amount") AS "cost",
    SUM("t6"."scored") AS "scored",
    SUM("t6"."rows") AS "scores"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t4"."app_id" AS "app_id",
        "t4"."meter" AS "meter",
        toTimeZone(CAST("t4"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "time",
        "t4"."amount" AS "amount",
        CAST(0 AS Nullable(Decimal(76, 21))) AS "scored",
        0 AS "rows"
      FROM (
        SELECT
          "t3"."app_id" AS "app_id",
          "t3"."meter" AS "meter",
          "t3"."charge_period_start" AS "charge_period_start",
          CAST(SUM("t3"."effective_cost") AS Decimal(76, 21)) AS "amount",
          SUM("t3"."consumed_quantity") AS "quantity"
        FROM (
          SELECT
            *
          FROM "charges" AS "t1"
          WHERE
            "t1"."charge_date" >= toDate('2026-02-01')
            AND "t1"."charge_date" < toDate('2026-03-01')
            AND "t1"."billing_currency" IN ('USD')
            AND "t1"."charge_category" = 'Usage'
            AND "t1"."pricing_status" = 'priced'
            AND "t1"."app_id" <> ''
        ) AS "t3"
        GROUP BY
          "t3"."app_id",
          "t3"."meter",
          "t3"."charge_period_start"
      ) AS "t4"
    ) AS "t5"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t0"."app_id" AS "app_id",
        "t0"."meter" AS "meter",
        "t0"."time" AS "time",
        CAST(CAST(0 AS Nullable(Decimal(76, 21))) AS Decimal(76, 21)) AS "amount",
        CAST("t0"."amount" AS Nullable(Decimal(76, 21))) AS "scored",
        1 AS "rows"
      FROM "line_scores" AS "t0"
      WHERE
        "t0"."time" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
        AND "t0"."time" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
    ) AS "t2"
  ) AS "t6"
  GROUP BY
    "t6"."app_id",
    "t6"."meter",
    "t6"."time"
) AS "t7"
WHERE
  (
    "t7"."cost" <> "t7"."scored"
  ) OR (
    "t7"."scores" = 0
  )
ORDER BY
  "t7"."app_id" ASC,
  "t7"."meter" ASC,
  "t7"."time" ASC
