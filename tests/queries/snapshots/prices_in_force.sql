SELECT
  "t0"."sku_id" AS "sku_id",
  "t0"."list_unit_price" AS "list_unit_price",
  "t0"."pricing_unit" AS "pricing_unit",
  "t0"."pricing_block" AS "pricing_block",
  "t0"."tier_starts" AS "tier_starts",
  "t0"."tier_unit_prices" AS "tier_unit_prices",
  "t0"."valid_from" AS "valid_from",
  "t0"."valid_to" AS "valid_to",
  "t0"."recorded_by" AS "recorded_by",
  "t0"."evidence" AS "evidence",
  "t0"."sku_price_id" AS "sku_price_id"
FROM "prices" AS "t0"
WHERE
  "t0"."valid_from" <= parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
  AND parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC') < "t0"."valid_to"
ORDER BY
  "t0"."sku_id" ASC
