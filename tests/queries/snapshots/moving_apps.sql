SELECT
  *
FROM (
  SELECT
    "t17".*
    EXCEPT ("trend_of")
  FROM (
    SELECT
      "t16"."app_id" AS "app_id",
      "t16"."team_id" AS "team_id",
      "t16"."current_cost" AS "current_cost",
      "t16"."previous_cost" AS "previous_cost",
      "t16"."change" AS "change",
      "t16"."growth" AS "growth",
      "t16"."is_new" AS "is_new",
      "t16"."is_spike" AS "is_spike",
      "t16"."first_seen" AS "first_seen",
      "t16"."marks" AS "marks",
      "t8"."trend_of" AS "trend_of",
      "t8"."trend" AS "trend"
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
        CASE WHEN "t14"."is_spike" THEN ['spike'] WHEN "t14"."is_new" THEN ['new'] ELSE [] END AS "marks"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t11"."app_id" AS "app_id",
            "t11"."latest_team" AS "team_id",
            "t11"."current_cost" AS "current_cost",
            "t11"."previous_cost" AS "previous_cost",
            minus("t11"."current_cost", "t11"."previous_cost") AS "change",
            divide(
              "t11"."current_cost",
              nullIf("t11"."previous_cost", CAST(0 AS Nullable(Decimal(76, 21))))
            ) AS "growth",
            toBool("t11"."first_seen" > parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')) AS "is_new",
            toBool(
              NOT (
                "t11"."first_seen" > parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')
              )
              AND (
                "t11"."current_cost" >= multiply("t11"."previous_cost", 3)
              )
              AND (
                "t11"."current_cost" >= toDecimal256(50.000000000000000000000, 21)
              )
            ) AS "is_spike",
            "t11"."first_seen" AS "first_seen"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t9"."app_id" AS "app_id",
                argMax("t9"."team_id", tuple("t9"."last_moment", "t9"."team_id")) AS "latest_team",
                COALESCE(SUM("t9"."current_part"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "current_cost",
                COALESCE(SUM("t9"."previous_part"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "previous_cost",
                MIN("t9"."first_moment") AS "first_seen",
                MAX("t9"."last_moment") AS "last_seen"
              FROM (
                SELECT
                  "t6"."app_id" AS "app_id",
                  "t6"."team_id" AS "team_id",
                  sumIf(
                    "t6"."effective_cost",
                    "t6"."charge_period_start" >= parseDateTimeBestEffort('2026-02-10T12:00:00+00:00', 'UTC')
                  ) AS "current_part",
                  sumIf(
                    "t6"."effective_cost",
                    (
                      "t6"."charge_period_start" >= parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')
                    )
                    AND (
                      "t6"."charge_period_start" < parseDateTimeBestEffort('2026-02-10T12:00:00+00:00', 'UTC')
                    )
                  ) AS "previous_part",
                  MIN("t6"."charge_period_start") AS "first_moment",
                  MAX("t6"."charge_period_start") AS "last_moment"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM "daily_charges" AS "t0"
                      WHERE
                        NOT (
                          "t0"."charge_date" IN (toDate('2026-02-03'), toDate('2026-02-10'), toDate('2026-02-17'))
                        )
                    ) AS "t4"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM "charges" AS "t1"
                      WHERE
                        "t1"."charge_date" IN (toDate('2026-02-03'), toDate('2026-02-10'), toDate('2026-02-17'))
                    ) AS "t3"
                  ) AS "t5"
                  WHERE
                    "t5"."charge_date" < toDate('2026-02-18')
                    AND "t5"."charge_period_start" < parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
                    AND "t5"."billing_currency" IN ('USD')
                    AND "t5"."app_id" <> ''
                ) AS "t6"
                GROUP BY
                  "t6"."app_id",
                  "t6"."team_id"
              ) AS "t9"
              GROUP BY
                "t9"."app_id"
            ) AS "t10"
            WHERE
              "t10"."last_seen" >= parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')
              AND (
                (
                  "t10"."current_cost" <> CAST(0 AS Nullable(Decimal(76, 21)))
                )
                OR (
                  "t10"."previous_cost" <> CAST(0 AS Nullable(Decimal(76, 21)))
                )
              )
          ) AS "t11"
        ) AS "t12"
        ORDER BY
          "t12"."current_cost" DESC,
          "t12"."app_id" ASC
        LIMIT 20
      ) AS "t14"
    ) AS "t16"
    LEFT OUTER JOIN (
      SELECT
        "t2"."app_id" AS "trend_of",
        [
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-03')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-04')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-05')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-06')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-07')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-08')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-09')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-10')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-11')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-12')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-13')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-14')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-15')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t2"."effective_cost", "t2"."charge_date" = toDate('2026-02-16')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64))
        ] AS "trend"
      FROM (
        SELECT
          *
        FROM "daily_charges" AS "t0"
        WHERE
          "t0"."billing_currency" IN ('USD')
          AND "t0"."charge_date" BETWEEN toDate('2026-02-03') AND toDate('2026-02-16')
      ) AS "t2"
      GROUP BY
        "t2"."app_id"
    ) AS "t8"
      ON "t16"."app_id" = "t8"."trend_of"
  ) AS "t17"
) AS "t18"
ORDER BY
  "t18"."current_cost" DESC,
  "t18"."app_id" ASC
