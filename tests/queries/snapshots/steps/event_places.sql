SELECT DISTINCT
  "t4"."resource_id" AS "resource_id",
  "t4"."sku_id" AS "sku_id",
  toTimeZone(CAST(dateTrunc('HOUR', "t4"."time") AS DateTime64(0, 'UTC')), 'UTC') AS "hour"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t0"."time" AS "time",
      "t0"."resource_id" AS "resource_id",
      "t0"."sku_id" AS "sku_id"
    FROM "usage" AS "t0"
    WHERE
      "t0"."event_id" IN ('gateway/e-1', 'e-1')
      AND (
        (
          "t0"."event_id" = 'gateway/e-1'
        )
        OR (
          CONCAT(CONCAT("t0"."source", '/'), "t0"."event_id") = 'gateway/e-1'
        )
      )
  ) AS "t2"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t1"."time" AS "time",
      "t1"."resource_id" AS "resource_id",
      CAST(CONCAT('platform_cost/', "t1"."cost_type") AS String) AS "sku_id"
    FROM "platform_costs" AS "t1"
    WHERE
      "t1"."event_id" IN ('gateway/e-1', 'e-1')
      AND (
        (
          "t1"."event_id" = 'gateway/e-1'
        )
        OR (
          CONCAT(CONCAT("t1"."source", '/'), "t1"."event_id") = 'gateway/e-1'
        )
      )
  ) AS "t3"
) AS "t4"
ORDER BY
  toTimeZone(CAST(dateTrunc('HOUR', "t4"."time") AS DateTime64(0, 'UTC')), 'UTC') DESC,
  "t4"."resource_id" ASC,
  "t4"."sku_id" ASC
LIMIT 20
