SELECT
  *
FROM (
  SELECT
    "t4"."app_id" AS "app_id",
    "t4"."sku_id" AS "sku_id",
    "t7"."changed_at" AS "changed_at",
    "t7"."previous_price" AS "previous_price",
    "t7"."previous_block" AS "previous_block",
    "t7"."list_unit_price" AS "list_unit_price",
    "t7"."pricing_block" AS "pricing_block",
    "t7"."pricing_unit" AS "pricing_unit"
  FROM (
    SELECT DISTINCT
      "t0"."app_id" AS "app_id",
      "t0"."sku_id" AS "sku_id"
    FROM "charges" AS "t0"
    WHERE
      "t0"."charge_date" >= toDate('2026-02-01')
      AND "t0"."charge_date" < toDate('2026-03-01')
      AND "t0"."billing_currency" IN ('USD')
  ) AS "t4"
  INNER JOIN (
    SELECT
      *
    FROM (
      SELECT
        "t3"."sku_id" AS "priced_sku",
        "t3"."valid_from" AS "changed_at",
        lagInFrame("t3"."list_unit_price") OVER (
          PARTITION BY "t3"."sku_id"
          ORDER BY "t3"."valid_from" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "previous_price",
        lagInFrame("t3"."pricing_block") OVER (
          PARTITION BY "t3"."sku_id"
          ORDER BY "t3"."valid_from" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS "previous_block",
        (
          ROW_NUMBER() OVER (
            PARTITION BY "t3"."sku_id"
            ORDER BY "t3"."valid_from" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1
        ) > 0 AS "has_previous",
        "t3"."list_unit_price" AS "list_unit_price",
        "t3"."pricing_block" AS "pricing_block",
        "t3"."pricing_unit" AS "pricing_unit"
      FROM (
        SELECT
          *
        FROM "prices" AS "t1"
        WHERE
          "t1"."valid_from" < "t1"."valid_to"
      ) AS "t3"
    ) AS "t5"
    WHERE
      "t5"."has_previous"
      AND "t5"."changed_at" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
      AND "t5"."changed_at" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
      AND (
        (
          "t5"."previous_price" <> "t5"."list_unit_price"
        )
        OR (
          "t5"."previous_block" <> "t5"."pricing_block"
        )
      )
  ) AS "t7"
    ON "t4"."sku_id" = "t7"."priced_sku"
) AS "t8"
ORDER BY
  "t8"."app_id" ASC,
  "t8"."sku_id" ASC,
  "t8"."changed_at" ASC
