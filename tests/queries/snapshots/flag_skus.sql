WITH "t2" AS (
  SELECT
    "t1"."meter" AS "meter",
    "t1"."sku_id" AS "sku_id",
    COALESCE(
      sumIf(
        "t1"."effective_cost",
        "t1"."charge_period_start" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
      ),
      CAST(0 AS Nullable(Decimal(76, 21)))
    ) AS "amount",
    COALESCE(
      sumIf(
        "t1"."effective_cost",
        NOT (
          "t1"."charge_period_start" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
        )
      ),
      CAST(0 AS Nullable(Decimal(76, 21)))
    ) AS "amount_before"
  FROM (
    SELECT
      *
    FROM "charges" AS "t0"
    WHERE
      "t0"."charge_date" >= toDate('2026-01-25')
      AND "t0"."charge_date" < toDate('2026-03-01')
      AND "t0"."app_id" IN ('chat')
      AND "t0"."billing_currency" IN ('USD')
      AND "t0"."meter" IN ('input_tokens')
  ) AS "t1"
  GROUP BY
    "t1"."meter",
    "t1"."sku_id"
)
SELECT
  *
FROM (
  SELECT
    "t4"."meter" AS "meter",
    "t4"."sku_id" AS "sku_id",
    "t4"."amount" AS "amount",
    "t4"."amount_before" AS "amount_before",
    divide("t4"."amount", nullIf("t6"."whole", CAST(0 AS Nullable(Decimal(76, 21))))) AS "share",
    divide(
      "t4"."amount_before",
      nullIf("t6"."whole_before", CAST(0 AS Nullable(Decimal(76, 21))))
    ) AS "share_before"
  FROM "t2" AS "t4"
  INNER JOIN (
    SELECT
      "t3"."meter" AS "meter",
      SUM("t3"."amount") AS "whole",
      SUM("t3"."amount_before") AS "whole_before"
    FROM "t2" AS "t3"
    GROUP BY
      "t3"."meter"
  ) AS "t6"
    ON "t4"."meter" = "t6"."meter"
) AS "t7"
ORDER BY
  "t7"."amount" DESC,
  "t7"."meter" ASC,
  "t7"."sku_id" ASC
