SELECT
  "t9"."app_id" AS "app_id",
  "t9"."previous_cost" AS "previous_cost",
  "t9"."cost" AS "cost",
  "t9"."change" AS "change",
  "t9"."price" AS "price",
  "t9"."volume" AS "volume",
  "t9"."mix" AS "mix",
  "t9"."new" AS "new",
  "t9"."gone" AS "gone"
FROM (
  SELECT
    "t8"."app_id" AS "app_id",
    "t8"."previous_cost" AS "previous_cost",
    "t8"."cost" AS "cost",
    "t8"."price" AS "price",
    "t8"."volume" AS "volume",
    "t8"."mix" AS "mix",
    "t8"."new" AS "new",
    "t8"."gone" AS "gone",
    minus("t8"."cost", "t8"."previous_cost") AS "change"
  FROM (
    SELECT
      "t7"."app_id" AS "app_id",
      COALESCE(SUM("t7"."previous_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "previous_cost",
      COALESCE(SUM("t7"."cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost",
      COALESCE(SUM("t7"."price"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "price",
      COALESCE(SUM("t7"."volume"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "volume",
      COALESCE(SUM("t7"."mix"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "mix",
      COALESCE(SUM("t7"."new"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "new",
      COALESCE(SUM("t7"."gone"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "gone"
    FROM (
      SELECT
        "t6"."app_id" AS "app_id",
        "t6"."cell_app" AS "cell_app",
        "t6"."cell_meter" AS "cell_meter",
        "t6"."cell_sku" AS "cell_sku",
        "t6"."previous_cost" AS "previous_cost",
        "t6"."cost" AS "cost",
        "t6"."measured_before" AS "measured_before",
        "t6"."measured_after" AS "measured_after",
        "t6"."seen_before" AS "seen_before",
        "t6"."seen_after" AS "seen_after",
        "t6"."is_measured" AS "is_measured",
        "t6"."before" AS "before",
        "t6"."after" AS "after",
        "t6"."meter_before" AS "meter_before",
        "t6"."meter_after" AS "meter_after",
        "t6"."app_before" AS "app_before",
        "t6"."app_after" AS "app_after",
        CASE
          WHEN "t6"."app_before" AND "t6"."app_after"
          THEN minus(
            "t6"."cost",
            CASE
              WHEN (
                "t6"."meter_before" = 0
              ) OR (
                "t6"."before" = 0
              )
              THEN "t6"."cost"
              ELSE CAST(divide(multiply("t6"."previous_cost", "t6"."after"), nullIf("t6"."before", 0)) AS Nullable(Decimal(76, 21)))
            END
          )
          ELSE CAST(0 AS Nullable(Decimal(76, 21)))
        END AS "price",
        CASE
          WHEN "t6"."app_before" AND "t6"."app_after"
          THEN minus(
            CASE
              WHEN "t6"."meter_before" = 0
              THEN "t6"."cost"
              ELSE CAST(divide(multiply("t6"."previous_cost", "t6"."meter_after"), nullIf("t6"."meter_before", 0)) AS Nullable(Decimal(76, 21)))
            END,
            "t6"."previous_cost"
          )
          ELSE CAST(0 AS Nullable(Decimal(76, 21)))
        END AS "volume",
        CASE
          WHEN "t6"."app_before" AND "t6"."app_after"
          THEN minus(
            CASE
              WHEN (
                "t6"."meter_before" = 0
              ) OR (
                "t6"."before" = 0
              )
              THEN "t6"."cost"
              ELSE CAST(divide(multiply("t6"."previous_cost", "t6"."after"), nullIf("t6"."before", 0)) AS Nullable(Decimal(76, 21)))
            END,
            CASE
              WHEN "t6"."meter_before" = 0
              THEN "t6"."cost"
              ELSE CAST(divide(multiply("t6"."previous_cost", "t6"."meter_after"), nullIf("t6"."meter_before", 0)) AS Nullable(Decimal(76, 21)))
            END
          )
          ELSE CAST(0 AS Nullable(Decimal(76, 21)))
        END AS "mix",
        CASE
          WHEN NOT (
            "t6"."app_before"
          )
          THEN "t6"."cost"
          ELSE CAST(0 AS Nullable(Decimal(76, 21)))
        END AS "new",
        CASE
          WHEN NOT (
            "t6"."app_after"
          )
          THEN minus(CAST(0 AS Nullable(Decimal(76, 21))), "t6"."previous_cost")
          ELSE CAST(0 AS Nullable(Decimal(76, 21)))
        END AS "gone"
      FROM (
        SELECT
          "t5"."app_id" AS "app_id",
          "t5"."cell_app" AS "cell_app",
          "t5"."cell_meter" AS "cell_meter",
          "t5"."cell_sku" AS "cell_sku",
          "t5"."previous_cost" AS "previous_cost",
          "t5"."cost" AS "cost",
          "t5"."measured_before" AS "measured_before",
          "t5"."measured_after" AS "measured_after",
          "t5"."seen_before" AS "seen_before",
          "t5"."seen_after" AS "seen_after",
          "t5"."is_measured" AS "is_measured",
          "t5"."before" AS "before",
          "t5"."after" AS "after",
          SUM("t5"."before") OVER (
            PARTITION BY "t5"."app_id", "t5"."cell_app", "t5"."cell_meter"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "meter_before",
          SUM("t5"."after") OVER (
            PARTITION BY "t5"."app_id", "t5"."cell_app", "t5"."cell_meter"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "meter_after",
          max("t5"."seen_before") OVER (
            PARTITION BY "t5"."app_id", "t5"."cell_app"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "app_before",
          max("t5"."seen_after") OVER (
            PARTITION BY "t5"."app_id", "t5"."cell_app"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "app_after"
        FROM (
          SELECT
            "t4"."app_id" AS "app_id",
            "t4"."cell_app" AS "cell_app",
            "t4"."cell_meter" AS "cell_meter",
            "t4"."cell_sku" AS "cell_sku",
            "t4"."previous_cost" AS "previous_cost",
            "t4"."cost" AS "cost",
            "t4"."measured_before" AS "measured_before",
            "t4"."measured_after" AS "measured_after",
            "t4"."seen_before" AS "seen_before",
            "t4"."seen_after" AS "seen_after",
            "t4"."is_measured" AS "is_measured",
            CASE
              WHEN "t4"."is_measured"
              THEN "t4"."measured_before"
              ELSE CASE
                WHEN "t4"."seen_before"
                THEN CAST(1 AS Decimal(38, 9))
                ELSE CAST(0 AS Decimal(38, 9))
              END
            END AS "before",
            CASE
              WHEN "t4"."is_measured"
              THEN "t4"."measured_after"
              ELSE CASE
                WHEN "t4"."seen_after"
                THEN CAST(1 AS Decimal(38, 9))
                ELSE CAST(0 AS Decimal(38, 9))
              END
            END AS "after"
          FROM (
            SELECT
              "t3"."app_id" AS "app_id",
              "t3"."cell_app" AS "cell_app",
              "t3"."cell_meter" AS "cell_meter",
              "t3"."cell_sku" AS "cell_sku",
              COALESCE(
                sumIf("t3"."effective_cost", NOT (
                  "t3"."is_after"
                )),
                CAST(0 AS Nullable(Decimal(76, 21)))
              ) AS "previous_cost",
              COALESCE(
                sumIf("t3"."effective_cost", "t3"."is_after"),
                CAST(0 AS Nullable(Decimal(76, 21)))
              ) AS "cost",
              sumIf("t3"."consumed_quantity", NOT (
                "t3"."is_after"
              )) AS "measured_before",
              sumIf("t3"."consumed_quantity", "t3"."is_after") AS "measured_after",
              MAX(NOT (
                "t3"."is_after"
              )) AS "seen_before",
              MAX("t3"."is_after") AS "seen_after",
              MAX("t3"."is_measured") AS "is_measured"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t0"."app_id" AS "app_id",
                  "t0"."app_id" AS "cell_app",
                  CASE WHEN "t0"."consumed_unit" <> '' THEN "t0"."meter" ELSE "t0"."sku_id" END AS "cell_meter",
                  "t0"."sku_id" AS "cell_sku",
                  "t0"."effective_cost" AS "effective_cost",
                  "t0"."consumed_quantity" AS "consumed_quantity",
                  "t0"."consumed_unit" <> '' AS "is_measured",
                  FALSE AS "is_after"
                FROM "charges" AS "t0"
                WHERE
                  "t0"."billing_currency" IN ('USD')
                  AND "t0"."pricing_status" = 'priced'
                  AND "t0"."charge_date" >= toDate('2026-01-01')
                  AND "t0"."charge_date" < toDate('2026-02-01')
              ) AS "t1"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t0"."app_id" AS "app_id",
                  "t0"."app_id" AS "cell_app",
                  CASE WHEN "t0"."consumed_unit" <> '' THEN "t0"."meter" ELSE "t0"."sku_id" END AS "cell_meter",
                  "t0"."sku_id" AS "cell_sku",
                  "t0"."effective_cost" AS "effective_cost",
                  "t0"."consumed_quantity" AS "consumed_quantity",
                  "t0"."consumed_unit" <> '' AS "is_measured",
                  TRUE AS "is_after"
                FROM "charges" AS "t0"
                WHERE
                  "t0"."billing_currency" IN ('USD')
                  AND "t0"."pricing_status" = 'priced'
                  AND "t0"."charge_date" >= toDate('2026-02-01')
                  AND "t0"."charge_date" < toDate('2026-03-01')
              ) AS "t2"
            ) AS "t3"
            GROUP BY
              "t3"."app_id",
              "t3"."cell_app",
              "t3"."cell_meter",
              "t3"."cell_sku"
          ) AS "t4"
        ) AS "t5"
      ) AS "t6"
    ) AS "t7"
    GROUP BY
      "t7"."app_id"
  ) AS "t8"
) AS "t9"
WHERE
  "t9"."change" <> 0
ORDER BY
  ABS("t9"."change") DESC,
  "t9"."app_id" ASC
LIMIT 8
