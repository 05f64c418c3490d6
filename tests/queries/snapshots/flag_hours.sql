SELECT
  *
FROM (
  SELECT
    "t7"."time" AS "time",
    "t7"."meter" AS "meter",
    "t7"."amount" AS "amount",
    "t7"."quantity" AS "quantity",
    "t7"."expected" AS "expected",
    "t7"."lower" AS "lower",
    "t7"."upper" AS "upper",
    minus("t7"."amount", "t7"."expected") AS "excess"
  FROM (
    SELECT
      "t6"."time" AS "time",
      "t6"."meter" AS "meter",
      SUM("t6"."amount") AS "amount",
      SUM("t6"."quantity") AS "quantity",
      SUM("t6"."expected") AS "expected",
      SUM("t6"."lower") AS "lower",
      SUM("t6"."upper") AS "upper"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t0"."time" AS "time",
          "t0"."meter" AS "meter",
          CAST(0 AS Nullable(Decimal(76, 21))) AS "amount",
          CAST(0 AS Nullable(Decimal(38, 9))) AS "quantity",
          CAST("t0"."expected" AS Nullable(Decimal(76, 21))) AS "expected",
          CAST("t0"."lower" AS Nullable(Decimal(76, 21))) AS "lower",
          CAST("t0"."upper" AS Nullable(Decimal(76, 21))) AS "upper"
        FROM "flag_baselines" AS "t0"
        WHERE
          "t0"."flag_id" = 'F-1'
          AND "t0"."meter" IN ('input_tokens')
          AND "t0"."time" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
          AND "t0"."time" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
      ) AS "t2"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          toTimeZone(CAST("t4"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "time",
          "t4"."meter" AS "meter",
          CAST("t4"."amount" AS Nullable(Decimal(76, 21))) AS "amount",
          CAST("t4"."quantity" AS Nullable(Decimal(38, 9))) AS "quantity",
          CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
          CAST(0 AS Nullable(Decimal(76, 21))) AS "lower",
          CAST(0 AS Nullable(Decimal(76, 21))) AS "upper"
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
              AND "t1"."app_id" IN ('chat')
              AND "t1"."billing_currency" IN ('USD')
              AND "t1"."meter" IN ('input_tokens')
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
    ) AS "t6"
    GROUP BY
      "t6"."time",
      "t6"."meter"
  ) AS "t7"
) AS "t8"
ORDER BY
  "t8"."time" ASC,
  "t8"."meter" ASC
