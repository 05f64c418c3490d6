SELECT
  *
FROM (
  SELECT
    "t16".*
    EXCEPT ("trend_of")
  FROM (
    SELECT
      "t15"."app_id" AS "app_id",
      "t15"."team_id" AS "team_id",
      "t15"."current_cost" AS "current_cost",
      "t15"."previous_cost" AS "previous_cost",
      "t15"."change" AS "change",
      "t15"."growth" AS "growth",
      "t15"."is_new" AS "is_new",
      "t15"."is_spike" AS "is_spike",
      "t15"."first_seen" AS "first_seen",
      "t15"."marks" AS "marks",
      "t8"."trend_of" AS "trend_of",
      "t8"."trend" AS "trend"
    FROM (
      SELECT
        "t13"."app_id" AS "app_id",
        "t13"."team_id" AS "team_id",
        "t13"."current_cost" AS "current_cost",
        "t13"."previous_cost" AS "previous_cost",
        "t13"."change" AS "change",
        "t13"."growth" AS "growth",
        "t13"."is_new" AS "is_new",
        "t13"."is_spike" AS "is_spike",
        "t13"."first_seen" AS "first_seen",
        CASE WHEN "t13"."is_spike" THEN ['spike'] WHEN "t13"."is_new" THEN ['new'] ELSE [] END AS "marks"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t10"."app_id" AS "app_id",
            "t10"."team_id" AS "team_id",
            "t10"."current_cost" AS "current_cost",
            "t10"."previous_cost" AS "previous_cost",
            minus("t10"."current_cost", "t10"."previous_cost") AS "change",
            divide(
              "t10"."current_cost",
              nullIf("t10"."previous_cost", CAST(0 AS Nullable(Decimal(76, 21))))
            ) AS "growth",
            toBool("t5"."first_seen" > parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')) AS "is_new",
            toBool(
              NOT (
                "t5"."first_seen" > parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')
              )
              AND (
                "t10"."current_cost" >= multiply("t10"."previous_cost", 3)
              )
              AND (
                "t10"."current_cost" >= toDecimal256(50.000000000000000000000, 21)
              )
            ) AS "is_spike",
            "t5"."first_seen" AS "first_seen"
          FROM (
            SELECT
              "t6"."app_id" AS "app_id",
              argMax("t6"."team_id", tuple("t6"."last_moment", "t6"."team_id")) AS "team_id",
              COALESCE(SUM("t6"."current_part"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "current_cost",
              COALESCE(SUM("t6"."previous_part"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "previous_cost"
            FROM (
              SELECT
                "t2"."app_id" AS "app_id",
                "t2"."team_id" AS "team_id",
                sumIf(
                  "t2"."effective_cost",
                  "t2"."charge_period_start" >= parseDateTimeBestEffort('2026-02-10T12:00:00+00:00', 'UTC')
                ) AS "current_part",
                sumIf(
                  "t2"."effective_cost",
                  NOT (
                    "t2"."charge_period_start" >= parseDateTimeBestEffort('2026-02-10T12:00:00+00:00', 'UTC')
                  )
                ) AS "previous_part",
                MAX("t2"."charge_period_start") AS "last_moment"
              FROM (
                SELECT
                  *
                FROM "charges" AS "t0"
                WHERE
                  "t0"."charge_date" < toDate('2026-02-18')
                  AND "t0"."charge_period_start" < parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
                  AND "t0"."billing_currency" IN ('USD')
                  AND "t0"."app_id" <> ''
                  AND "t0"."charge_date" >= toDate('2026-02-03')
                  AND "t0"."charge_period_start" >= parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')
              ) AS "t2"
              GROUP BY
                "t2"."app_id",
                "t2"."team_id"
            ) AS "t6"
            GROUP BY
              "t6"."app_id"
          ) AS "t10"
          INNER JOIN (
            SELECT
              "t3"."app_id" AS "app_id",
              MIN("t3"."charge_period_start") AS "first_seen"
            FROM (
              SELECT
                *
              FROM "charges" AS "t0"
              WHERE
                "t0"."charge_date" < toDate('2026-02-18')
                AND "t0"."charge_period_start" < parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
                AND "t0"."billing_currency" IN ('USD')
                AND "t0"."app_id" <> ''
            ) AS "t3"
            GROUP BY
              "t3"."app_id"
          ) AS "t5"
            ON "t10"."app_id" = "t5"."app_id"
        ) AS "t11"
        ORDER BY
          "t11"."current_cost" DESC,
          "t11"."app_id" ASC
        LIMIT 20
      ) AS "t13"
    ) AS "t15"
    LEFT OUTER JOIN (
      SELECT
        "t1"."app_id" AS "trend_of",
        [
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-03')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-04')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-05')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-06')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-07')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-08')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-09')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-10')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-11')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-12')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-13')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-14')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-15')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t1"."effective_cost", "t1"."charge_date" = toDate('2026-02-16')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64))
        ] AS "trend"
      FROM (
        SELECT
          *
        FROM "charges" AS "t0"
        WHERE
          "t0"."billing_currency" IN ('USD') AND "t0"."charge_date" >= toDate('2026-02-03')
      ) AS "t1"
      GROUP BY
        "t1"."app_id"
    ) AS "t8"
      ON "t15"."app_id" = "t8"."trend_of"
  ) AS "t16"
) AS "t17"
ORDER BY
  "t17"."current_cost" DESC,
  "t17"."app_id" ASC
