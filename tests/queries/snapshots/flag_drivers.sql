SELECT
  *
FROM (
  SELECT
    "t18"."meter" AS "meter",
    "t18"."amount" AS "amount",
    "t18"."quantity" AS "quantity",
    "t18"."expected" AS "expected",
    "t18"."excess" AS "excess",
    "t18"."unit_cost" AS "unit_cost",
    "t18"."unit_cost_before" AS "unit_cost_before",
    "t18"."at_old_price" AS "at_old_price",
    minus("t18"."at_old_price", "t18"."expected") AS "quantity_effect",
    minus("t18"."amount", "t18"."at_old_price") AS "price_effect"
  FROM (
    SELECT
      "t17"."meter" AS "meter",
      "t17"."amount" AS "amount",
      "t17"."quantity" AS "quantity",
      "t17"."expected" AS "expected",
      "t17"."excess" AS "excess",
      "t17"."unit_cost" AS "unit_cost",
      "t17"."unit_cost_before" AS "unit_cost_before",
      COALESCE(
        CAST(multiply("t17"."quantity", "t17"."unit_cost_before") AS Nullable(Decimal(76, 21))),
        "t17"."amount"
      ) AS "at_old_price"
    FROM (
      SELECT
        "t16"."meter" AS "meter",
        "t16"."amount" AS "amount",
        "t16"."quantity" AS "quantity",
        "t16"."expected" AS "expected",
        minus("t16"."amount", "t16"."expected") AS "excess",
        divide("t16"."amount", nullIf("t16"."quantity", 0)) AS "unit_cost",
        divide("t11"."amount_before", nullIf("t11"."quantity_before", 0)) AS "unit_cost_before"
      FROM (
        SELECT
          "t14"."meter" AS "meter",
          SUM("t14"."amount") AS "amount",
          SUM("t14"."quantity") AS "quantity",
          SUM("t14"."expected") AS "expected"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t12"."time" AS "time",
              "t12"."meter" AS "meter",
              "t12"."amount" AS "amount",
              "t12"."quantity" AS "quantity",
              "t12"."expected" AS "expected",
              "t12"."lower" AS "lower",
              "t12"."upper" AS "upper",
              minus("t12"."amount", "t12"."expected") AS "excess"
            FROM (
              SELECT
                "t9"."time" AS "time",
                "t9"."meter" AS "meter",
                SUM("t9"."amount") AS "amount",
                SUM("t9"."quantity") AS "quantity",
                SUM("t9"."expected") AS "expected",
                SUM("t9"."lower") AS "lower",
                SUM("t9"."upper") AS "upper"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t1"."time" AS "time",
                    "t1"."meter" AS "meter",
                    CAST(0 AS Nullable(Decimal(76, 21))) AS "amount",
                    CAST(0 AS Nullable(Decimal(38, 9))) AS "quantity",
                    CAST("t1"."expected" AS Nullable(Decimal(76, 21))) AS "expected",
                    CAST("t1"."lower" AS Nullable(Decimal(76, 21))) AS "lower",
                    CAST("t1"."upper" AS Nullable(Decimal(76, 21))) AS "upper"
                  FROM "flag_baselines" AS "t1"
                  WHERE
                    "t1"."flag_id" = 'F-1'
                    AND "t1"."meter" IN ('input_tokens')
                    AND "t1"."time" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
                    AND "t1"."time" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
                ) AS "t4"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    toTimeZone(CAST("t6"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "time",
                    "t6"."meter" AS "meter",
                    CAST("t6"."amount" AS Nullable(Decimal(76, 21))) AS "amount",
                    CAST("t6"."quantity" AS Nullable(Decimal(38, 9))) AS "quantity",
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
                      FROM "charges" AS "t0"
                      WHERE
                        "t0"."charge_date" >= toDate('2026-02-01')
                        AND "t0"."charge_date" < toDate('2026-03-01')
                        AND "t0"."app_id" IN ('chat')
                        AND "t0"."billing_currency" IN ('USD')
                        AND "t0"."meter" IN ('input_tokens')
                        AND "t0"."charge_category" = 'Usage'
                        AND "t0"."pricing_status" = 'priced'
                        AND "t0"."app_id" <> ''
                    ) AS "t3"
                    GROUP BY
                      "t3"."app_id",
                      "t3"."meter",
                      "t3"."charge_period_start"
                  ) AS "t6"
                ) AS "t8"
              ) AS "t9"
              GROUP BY
                "t9"."time",
                "t9"."meter"
            ) AS "t12"
          ) AS "t13"
          ORDER BY
            "t13"."time" ASC,
            "t13"."meter" ASC
        ) AS "t14"
        GROUP BY
          "t14"."meter"
      ) AS "t16"
      LEFT OUTER JOIN (
        SELECT
          "t7"."meter" AS "meter",
          SUM("t7"."amount") AS "amount_before",
          SUM("t7"."quantity") AS "quantity_before"
        FROM (
          SELECT
            "t5"."app_id" AS "app_id",
            "t5"."meter" AS "meter",
            "t5"."amount" AS "amount",
            "t5"."quantity" AS "quantity",
            toTimeZone(CAST("t5"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "time"
          FROM (
            SELECT
              "t2"."app_id" AS "app_id",
              "t2"."meter" AS "meter",
              "t2"."charge_period_start" AS "charge_period_start",
              CAST(SUM("t2"."effective_cost") AS Decimal(76, 21)) AS "amount",
              SUM("t2"."consumed_quantity") AS "quantity"
            FROM (
              SELECT
                *
              FROM "charges" AS "t0"
              WHERE
                "t0"."charge_date" >= toDate('2026-01-25')
                AND "t0"."charge_date" < toDate('2026-02-01')
                AND "t0"."app_id" IN ('chat')
                AND "t0"."billing_currency" IN ('USD')
                AND "t0"."meter" IN ('input_tokens')
                AND "t0"."charge_category" = 'Usage'
                AND "t0"."pricing_status" = 'priced'
                AND "t0"."app_id" <> ''
            ) AS "t2"
            GROUP BY
              "t2"."app_id",
              "t2"."meter",
              "t2"."charge_period_start"
          ) AS "t5"
        ) AS "t7"
        GROUP BY
          "t7"."meter"
      ) AS "t11"
        ON "t16"."meter" = "t11"."meter"
    ) AS "t17"
  ) AS "t18"
) AS "t19"
ORDER BY
  COALESCE(
    CASE
      WHEN SUM("t19"."excess") OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) < CAST(0 AS Nullable(Decimal(76, 21)))
      THEN -(
        "t19"."excess"
      )
      ELSE "t19"."excess"
    END,
    CAST(0 AS Nullable(Decimal(76, 21)))
  ) DESC,
  "t19"."meter" ASC
