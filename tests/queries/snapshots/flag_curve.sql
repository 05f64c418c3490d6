SELECT
  *
FROM (
  SELECT
    "t10"."time" AS "time",
    "t10"."cost" AS "cost",
    "t10"."expected_cost" AS "expected_cost",
    "t10"."lower_cost" AS "lower_cost",
    "t10"."upper_cost" AS "upper_cost",
    toBool(
      (
        "t10"."time" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
      )
      AND (
        "t10"."time" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
      )
    ) AS "is_flagged"
  FROM (
    SELECT
      "t9"."time" AS "time",
      SUM("t9"."amount") AS "cost",
      SUM("t9"."expected") AS "expected_cost",
      SUM("t9"."lower") AS "lower_cost",
      SUM("t9"."upper") AS "upper_cost"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t0"."time" AS "time",
            CAST(0 AS Nullable(Decimal(76, 21))) AS "amount",
            CAST("t0"."expected" AS Nullable(Decimal(76, 21))) AS "expected",
            CAST("t0"."lower" AS Nullable(Decimal(76, 21))) AS "lower",
            CAST("t0"."upper" AS Nullable(Decimal(76, 21))) AS "upper"
          FROM "line_scores" AS "t0"
          WHERE
            "t0"."app_id" = 'chat'
            AND "t0"."meter" IN ('input_tokens')
            AND "t0"."time" >= parseDateTimeBestEffort('2026-01-25T00:00:00+00:00', 'UTC')
            AND "t0"."time" < parseDateTimeBestEffort('2026-03-02T00:00:00+00:00', 'UTC')
            AND NOT (
              (
                "t0"."time" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
              )
              AND (
                "t0"."time" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
              )
            )
        ) AS "t5"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t1"."time" AS "time",
            CAST(0 AS Nullable(Decimal(76, 21))) AS "amount",
            CAST("t1"."expected" AS Nullable(Decimal(76, 21))) AS "expected",
            CAST("t1"."lower" AS Nullable(Decimal(76, 21))) AS "lower",
            CAST("t1"."upper" AS Nullable(Decimal(76, 21))) AS "upper"
          FROM "flag_baselines" AS "t1"
          WHERE
            "t1"."flag_id" = 'F-1'
            AND "t1"."meter" IN ('input_tokens')
            AND "t1"."time" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
            AND "t1"."time" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
        ) AS "t3"
      ) AS "t6"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          toTimeZone(CAST("t7"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "time",
          CAST("t7"."amount" AS Nullable(Decimal(76, 21))) AS "amount",
          CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
          CAST(0 AS Nullable(Decimal(76, 21))) AS "lower",
          CAST(0 AS Nullable(Decimal(76, 21))) AS "upper"
        FROM (
          SELECT
            "t4"."app_id" AS "app_id",
            "t4"."meter" AS "meter",
            "t4"."charge_period_start" AS "charge_period_start",
            CAST(SUM("t4"."effective_cost") AS Decimal(76, 21)) AS "amount",
            SUM("t4"."consumed_quantity") AS "quantity"
          FROM (
            SELECT
              *
            FROM "charges" AS "t2"
            WHERE
              "t2"."charge_date" >= toDate('2026-01-25')
              AND "t2"."charge_date" < toDate('2026-03-02')
              AND "t2"."app_id" IN ('chat')
              AND "t2"."billing_currency" IN ('USD')
              AND "t2"."meter" IN ('input_tokens')
              AND "t2"."charge_category" = 'Usage'
              AND "t2"."pricing_status" = 'priced'
              AND "t2"."app_id" <> ''
          ) AS "t4"
          GROUP BY
            "t4"."app_id",
            "t4"."meter",
            "t4"."charge_period_start"
        ) AS "t7"
      ) AS "t8"
    ) AS "t9"
    GROUP BY
      "t9"."time"
  ) AS "t10"
) AS "t11"
ORDER BY
  "t11"."time" ASC
