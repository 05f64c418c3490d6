SELECT
  *
FROM (
  SELECT
    "t15".*
    EXCEPT ("trend_of")
  FROM (
    SELECT
      "t14"."app_id" AS "app_id",
      "t14"."team_id" AS "team_id",
      "t14"."current_cost" AS "current_cost",
      "t14"."previous_cost" AS "previous_cost",
      "t14"."change" AS "change",
      "t14"."growth" AS "growth",
      "t14"."is_new" AS "is_new",
      "t14"."is_spike" AS "is_spike",
      "t14"."first_seen" AS "first_seen",
      "t14"."marks" AS "marks",
      "t9"."trend_of" AS "trend_of",
      "t9"."trend" AS "trend"
    FROM (
      SELECT
        "t12"."app_id" AS "app_id",
        "t12"."team_id" AS "team_id",
        "t12"."current_cost" AS "current_cost",
        "t12"."previous_cost" AS "previous_cost",
        "t12"."change" AS "change",
        "t12"."growth" AS "growth",
        "t12"."is_new" AS "is_new",
        "t12"."is_spike" AS "is_spike",
        "t12"."first_seen" AS "first_seen",
        CASE WHEN "t12"."is_spike" THEN ['spike'] WHEN "t12"."is_new" THEN ['new'] ELSE [] END AS "marks"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t8"."app_id" AS "app_id",
            "t8"."team_id" AS "team_id",
            "t8"."current_cost" AS "current_cost",
            "t8"."previous_cost" AS "previous_cost",
            minus("t8"."current_cost", "t8"."previous_cost") AS "change",
            divide(
              "t8"."current_cost",
              nullIf("t8"."previous_cost", CAST(0 AS Nullable(Decimal(76, 21))))
            ) AS "growth",
            toBool("t5"."first_seen" > parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')) AS "is_new",
            toBool(
              NOT (
                "t5"."first_seen" > parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')
              )
              AND (
                "t8"."current_cost" >= multiply("t8"."previous_cost", 3)
              )
              AND (
                "t8"."current_cost" >= toDecimal256(50.000000000000000000000, 21)
              )
            ) AS "is_spike",
            "t5"."first_seen" AS "first_seen"
          FROM (
            SELECT
              "t2"."app_id" AS "app_id",
              argMax(tuple("t2"."team_id"), "t2"."charge_period_start").1 AS "team_id",
              COALESCE(
                sumIf(
                  "t2"."effective_cost",
                  "t2"."charge_period_start" >= parseDateTimeBestEffort('2026-02-10T12:00:00+00:00', 'UTC')
                ),
                CAST(0 AS Nullable(Decimal(76, 21)))
              ) AS "current_cost",
              COALESCE(
                sumIf(
                  "t2"."effective_cost",
                  NOT (
                    "t2"."charge_period_start" >= parseDateTimeBestEffort('2026-02-10T12:00:00+00:00', 'UTC')
                  )
                ),
                CAST(0 AS Nullable(Decimal(76, 21)))
              ) AS "previous_cost"
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
              "t2"."app_id"
          ) AS "t8"
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
            ON "t8"."app_id" = "t5"."app_id"
        ) AS "t10"
        ORDER BY
          "t10"."current_cost" DESC,
          "t10"."app_id" ASC
        LIMIT 20
      ) AS "t12"
    ) AS "t14"
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
    ) AS "t9"
      ON "t14"."app_id" = "t9"."trend_of"
  ) AS "t15"
) AS "t16"
ORDER BY
  "t16"."current_cost" DESC,
  "t16"."app_id" ASC
