SELECT
  "t12"."team_id" AS "team_id",
  "t12"."previous_cost" AS "previous_cost",
  "t12"."cost" AS "cost",
  "t12"."change" AS "change",
  "t12"."price" AS "price",
  "t12"."volume" AS "volume",
  "t12"."mix" AS "mix",
  "t12"."new" AS "new",
  "t12"."gone" AS "gone"
FROM (
  SELECT
    "t11"."team_id" AS "team_id",
    "t11"."previous_cost" AS "previous_cost",
    "t11"."cost" AS "cost",
    "t11"."price" AS "price",
    "t11"."volume" AS "volume",
    "t11"."mix" AS "mix",
    "t11"."new" AS "new",
    "t11"."gone" AS "gone",
    minus("t11"."cost", "t11"."previous_cost") AS "change"
  FROM (
    SELECT
      "t10"."team_id" AS "team_id",
      COALESCE(SUM("t10"."previous_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "previous_cost",
      COALESCE(SUM("t10"."cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost",
      COALESCE(SUM("t10"."price"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "price",
      COALESCE(SUM("t10"."volume"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "volume",
      COALESCE(SUM("t10"."mix"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "mix",
      COALESCE(SUM("t10"."new"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "new",
      COALESCE(SUM("t10"."gone"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "gone"
    FROM (
      SELECT
        "t9"."team_id" AS "team_id",
        "t9"."cell_app" AS "cell_app",
        "t9"."cell_meter" AS "cell_meter",
        "t9"."cell_sku" AS "cell_sku",
        "t9"."previous_cost" AS "previous_cost",
        "t9"."cost" AS "cost",
        "t9"."before" AS "before",
        "t9"."after" AS "after",
        "t9"."seen_before" AS "seen_before",
        "t9"."seen_after" AS "seen_after",
        "t9"."meter_before" AS "meter_before",
        "t9"."meter_after" AS "meter_after",
        "t9"."app_before" AS "app_before",
        "t9"."app_after" AS "app_after",
        CASE
          WHEN "t9"."app_before" AND "t9"."app_after"
          THEN minus(
            "t9"."cost",
            CASE
              WHEN (
                "t9"."meter_before" = 0
              ) OR (
                "t9"."before" = 0
              )
              THEN "t9"."cost"
              ELSE CAST(divide(multiply("t9"."previous_cost", "t9"."after"), nullIf("t9"."before", 0)) AS Nullable(Decimal(76, 21)))
            END
          )
          ELSE CAST(0 AS Nullable(Decimal(76, 21)))
        END AS "price",
        CASE
          WHEN "t9"."app_before" AND "t9"."app_after"
          THEN minus(
            CASE
              WHEN "t9"."meter_before" = 0
              THEN "t9"."cost"
              ELSE CAST(divide(multiply("t9"."previous_cost", "t9"."meter_after"), nullIf("t9"."meter_before", 0)) AS Nullable(Decimal(76, 21)))
            END,
            "t9"."previous_cost"
          )
          ELSE CAST(0 AS Nullable(Decimal(76, 21)))
        END AS "volume",
        CASE
          WHEN "t9"."app_before" AND "t9"."app_after"
          THEN minus(
            CASE
              WHEN (
                "t9"."meter_before" = 0
              ) OR (
                "t9"."before" = 0
              )
              THEN "t9"."cost"
              ELSE CAST(divide(multiply("t9"."previous_cost", "t9"."after"), nullIf("t9"."before", 0)) AS Nullable(Decimal(76, 21)))
            END,
            CASE
              WHEN "t9"."meter_before" = 0
              THEN "t9"."cost"
              ELSE CAST(divide(multiply("t9"."previous_cost", "t9"."meter_after"), nullIf("t9"."meter_before", 0)) AS Nullable(Decimal(76, 21)))
            END
          )
          ELSE CAST(0 AS Nullable(Decimal(76, 21)))
        END AS "mix",
        CASE
          WHEN NOT (
            "t9"."app_before"
          )
          THEN "t9"."cost"
          ELSE CAST(0 AS Nullable(Decimal(76, 21)))
        END AS "new",
        CASE
          WHEN NOT (
            "t9"."app_after"
          )
          THEN minus(CAST(0 AS Nullable(Decimal(76, 21))), "t9"."previous_cost")
          ELSE CAST(0 AS Nullable(Decimal(76, 21)))
        END AS "gone"
      FROM (
        SELECT
          "t8"."team_id" AS "team_id",
          "t8"."cell_app" AS "cell_app",
          "t8"."cell_meter" AS "cell_meter",
          "t8"."cell_sku" AS "cell_sku",
          "t8"."previous_cost" AS "previous_cost",
          "t8"."cost" AS "cost",
          "t8"."before" AS "before",
          "t8"."after" AS "after",
          "t8"."seen_before" AS "seen_before",
          "t8"."seen_after" AS "seen_after",
          SUM("t8"."before") OVER (
            PARTITION BY "t8"."team_id", "t8"."cell_app", "t8"."cell_meter"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "meter_before",
          SUM("t8"."after") OVER (
            PARTITION BY "t8"."team_id", "t8"."cell_app", "t8"."cell_meter"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "meter_after",
          max("t8"."seen_before") OVER (
            PARTITION BY "t8"."team_id", "t8"."cell_app"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "app_before",
          max("t8"."seen_after") OVER (
            PARTITION BY "t8"."team_id", "t8"."cell_app"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "app_after"
        FROM (
          SELECT
            "t7"."team_id" AS "team_id",
            "t7"."cell_app" AS "cell_app",
            "t7"."cell_meter" AS "cell_meter",
            "t7"."cell_sku" AS "cell_sku",
            COALESCE(
              sumIf("t7"."cost", NOT (
                "t7"."is_after"
              )),
              CAST(0 AS Nullable(Decimal(76, 21)))
            ) AS "previous_cost",
            COALESCE(sumIf("t7"."cost", "t7"."is_after"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost",
            sumIf("t7"."quantity", NOT (
              "t7"."is_after"
            )) AS "before",
            sumIf("t7"."quantity", "t7"."is_after") AS "after",
            MAX(NOT (
              "t7"."is_after"
            )) AS "seen_before",
            MAX("t7"."is_after") AS "seen_after"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t3"."team_id" AS "team_id",
                "t3"."cell_app" AS "cell_app",
                "t3"."cell_sku" AS "cell_sku",
                CASE WHEN "t3"."unit" <> '' THEN "t3"."cell_of" ELSE "t3"."cell_sku" END AS "cell_meter",
                "t3"."cost" AS "cost",
                CASE WHEN "t3"."unit" <> '' THEN "t3"."measured" ELSE CAST(1 AS Decimal(38, 9)) END AS "quantity",
                FALSE AS "is_after"
              FROM (
                SELECT
                  "t1"."team_id" AS "team_id",
                  "t1"."app_id" AS "cell_app",
                  "t1"."sku_id" AS "cell_sku",
                  SUM("t1"."effective_cost") AS "cost",
                  SUM("t1"."consumed_quantity") AS "measured",
                  any("t1"."meter") AS "cell_of",
                  any("t1"."consumed_unit") AS "unit"
                FROM (
                  SELECT
                    *
                  FROM "charges" AS "t0"
                  WHERE
                    "t0"."billing_currency" IN ('USD')
                    AND "t0"."pricing_status" = 'priced'
                    AND "t0"."charge_date" >= toDate('2026-01-01')
                    AND "t0"."charge_date" < toDate('2026-02-01')
                ) AS "t1"
                GROUP BY
                  "t1"."team_id",
                  "t1"."app_id",
                  "t1"."sku_id"
              ) AS "t3"
            ) AS "t5"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t4"."team_id" AS "team_id",
                "t4"."cell_app" AS "cell_app",
                "t4"."cell_sku" AS "cell_sku",
                CASE WHEN "t4"."unit" <> '' THEN "t4"."cell_of" ELSE "t4"."cell_sku" END AS "cell_meter",
                "t4"."cost" AS "cost",
                CASE WHEN "t4"."unit" <> '' THEN "t4"."measured" ELSE CAST(1 AS Decimal(38, 9)) END AS "quantity",
                TRUE AS "is_after"
              FROM (
                SELECT
                  "t2"."team_id" AS "team_id",
                  "t2"."app_id" AS "cell_app",
                  "t2"."sku_id" AS "cell_sku",
                  SUM("t2"."effective_cost") AS "cost",
                  SUM("t2"."consumed_quantity") AS "measured",
                  any("t2"."meter") AS "cell_of",
                  any("t2"."consumed_unit") AS "unit"
                FROM (
                  SELECT
                    *
                  FROM "charges" AS "t0"
                  WHERE
                    "t0"."billing_currency" IN ('USD')
                    AND "t0"."pricing_status" = 'priced'
                    AND "t0"."charge_date" >= toDate('2026-02-01')
                    AND "t0"."charge_date" < toDate('2026-03-01')
                ) AS "t2"
                GROUP BY
                  "t2"."team_id",
                  "t2"."app_id",
                  "t2"."sku_id"
              ) AS "t4"
            ) AS "t6"
          ) AS "t7"
          GROUP BY
            "t7"."team_id",
            "t7"."cell_app",
            "t7"."cell_meter",
            "t7"."cell_sku"
        ) AS "t8"
      ) AS "t9"
    ) AS "t10"
    GROUP BY
      "t10"."team_id"
  ) AS "t11"
) AS "t12"
ORDER BY
  "t12"."team_id" ASC
