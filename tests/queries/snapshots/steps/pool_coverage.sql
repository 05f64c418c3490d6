SELECT
  *
FROM (
  SELECT
    "t1"."cost_type" AS "cost_type",
    MAX("t1"."charge_period_end") AS "covered_until",
    SUM(
      toRelativeSecondNum("t1"."charge_period_end") - toRelativeSecondNum("t1"."charge_period_start")
    ) AS "covered_seconds"
  FROM (
    SELECT DISTINCT
      "t0"."charge_period_start" AS "charge_period_start",
      "t0"."charge_period_end" AS "charge_period_end",
      SUBSTRING(
        "t0"."sku_id",
        CASE WHEN (
          14 + 1
        ) >= 1 THEN 14 + 1 ELSE 14 + 1 + LENGTH("t0"."sku_id") END
      ) AS "cost_type"
    FROM "charges" AS "t0"
    WHERE
      "t0"."charge_date" >= toDate('2026-02-01')
      AND "t0"."charge_date" < toDate('2026-03-01')
      AND "t0"."billing_currency" IN ('USD')
      AND "t0"."meter" = 'platform_cost'
      AND "t0"."app_id" = ''
      AND (
        (
          "t0"."charge_category" <> 'Purchase'
        ) OR (
          "t0"."effective_cost" <> 0
        )
      )
  ) AS "t1"
  GROUP BY
    "t1"."cost_type"
) AS "t2"
ORDER BY
  "t2"."cost_type" ASC
