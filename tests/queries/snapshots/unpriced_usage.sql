SELECT
  *
FROM (
  SELECT
    "t1"."sku_id" AS "sku_id",
    "t1"."meter" AS "meter",
    "t1"."consumed_unit" AS "unit",
    SUM("t1"."consumed_quantity") AS "quantity",
    SUM("t1"."event_count") AS "event_count",
    uniqExact("t1"."app_id") AS "apps",
    MIN("t1"."charge_period_start") AS "first_seen",
    MAX("t1"."charge_period_start") AS "last_seen"
  FROM (
    SELECT
      *
    FROM "charges" AS "t0"
    WHERE
      "t0"."billing_currency" IN ('USD') AND "t0"."pricing_status" = 'unpriced'
  ) AS "t1"
  GROUP BY
    "t1"."sku_id",
    "t1"."meter",
    "t1"."consumed_unit"
) AS "t2"
ORDER BY
  "t2"."event_count" DESC,
  "t2"."sku_id" ASC
