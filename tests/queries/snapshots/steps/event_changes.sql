SELECT
  *
FROM (
  SELECT
    "t7"."source" AS "source",
    "t7"."event_id" AS "event_id",
    "t7"."meter" AS "meter",
    "t7"."why" AS "why",
    "t7"."cost_before" AS "cost_before",
    "t7"."cost_now" AS "cost_now",
    "t7"."change" AS "change",
    "t7"."quantity_change" AS "quantity_change",
    "t7"."last_time" AS "time",
    "t7"."last_received_at" AS "received_at",
    "t7"."last_resource_id" AS "resource_id",
    "t7"."last_sku_id" AS "sku_id",
    COUNT(*) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "all_events",
    COALESCE(
      SUM("t7"."change") OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
      CAST(0 AS Nullable(Decimal(76, 21)))
    ) AS "all_change",
    SUM("t7"."quantity_change") OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "all_quantity"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t5"."source" AS "source",
        "t5"."event_id" AS "event_id",
        "t5"."meter" AS "meter",
        "t5"."last_time" AS "last_time",
        "t5"."last_received_at" AS "last_received_at",
        "t5"."last_resource_id" AS "last_resource_id",
        "t5"."last_sku_id" AS "last_sku_id",
        "t5"."cost_now" AS "cost_now",
        "t5"."cost_before" AS "cost_before",
        "t5"."quantity_now" AS "quantity_now",
        "t5"."quantity_before" AS "quantity_before",
        "t5"."rows_now" AS "rows_now",
        "t5"."rows_before" AS "rows_before",
        minus("t5"."cost_now", "t5"."cost_before") AS "change",
        minus("t5"."quantity_now", "t5"."quantity_before") AS "quantity_change",
        CASE
          WHEN (
            "t5"."rows_before" = 0
          )
          AND (
            "t5"."last_received_at" > parseDateTimeBestEffort('2026-02-10T00:00:00+00:00', 'UTC')
          )
          THEN 'came late'
          WHEN "t5"."rows_before" = 0
          THEN 'counted here now'
          WHEN "t5"."rows_now" = 0
          THEN 'counted elsewhere now'
          ELSE 'another price or rule'
        END AS "why"
      FROM (
        SELECT
          "t4"."source" AS "source",
          "t4"."event_id" AS "event_id",
          "t4"."meter" AS "meter",
          MAX("t4"."time") AS "last_time",
          MAX("t4"."received_at") AS "last_received_at",
          MAX("t4"."resource_id") AS "last_resource_id",
          MAX("t4"."sku_id") AS "last_sku_id",
          COALESCE(sumIf("t4"."cost", "t4"."is_now"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_now",
          COALESCE(sumIf("t4"."cost", NOT (
            "t4"."is_now"
          )), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_before",
          sumIf("t4"."quantity", "t4"."is_now") AS "quantity_now",
          sumIf("t4"."quantity", NOT (
            "t4"."is_now"
          )) AS "quantity_before",
          countIf("t4"."is_now") AS "rows_now",
          countIf(NOT (
            "t4"."is_now"
          )) AS "rows_before"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t0"."source" AS "source",
              "t0"."event_id" AS "event_id",
              "t0"."meter" AS "meter",
              "t0"."time" AS "time",
              "t0"."received_at" AS "received_at",
              "t0"."resource_id" AS "resource_id",
              "t0"."sku_id" AS "sku_id",
              "t0"."quantity" AS "quantity",
              "t0"."billed_cost" AS "cost",
              TRUE AS "is_now"
            FROM "side_now" AS "t0"
          ) AS "t2"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t1"."source" AS "source",
              "t1"."event_id" AS "event_id",
              "t1"."meter" AS "meter",
              "t1"."time" AS "time",
              "t1"."received_at" AS "received_at",
              "t1"."resource_id" AS "resource_id",
              "t1"."sku_id" AS "sku_id",
              "t1"."quantity" AS "quantity",
              "t1"."billed_cost" AS "cost",
              FALSE AS "is_now"
            FROM "side_before" AS "t1"
          ) AS "t3"
        ) AS "t4"
        GROUP BY
          "t4"."source",
          "t4"."event_id",
          "t4"."meter"
      ) AS "t5"
    ) AS "t6"
    WHERE
      (
        "t6"."change" <> 0
      ) OR (
        "t6"."quantity_change" <> 0
      )
  ) AS "t7"
) AS "t8"
ORDER BY
  ABS("t8"."change") DESC,
  "t8"."time" ASC,
  "t8"."source" ASC,
  "t8"."event_id" ASC,
  "t8"."meter" ASC
