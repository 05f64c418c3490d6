WITH "t5" AS (
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
)
SELECT
  *
FROM (
  SELECT
    "t21".*
    EXCEPT ("trend_of")
  FROM (
    SELECT
      "t20"."app_id" AS "app_id",
      "t20"."team_id" AS "team_id",
      "t20"."current_cost" AS "current_cost",
      "t20"."previous_cost" AS "previous_cost",
      "t20"."change" AS "change",
      "t20"."growth" AS "growth",
      "t20"."is_new" AS "is_new",
      "t20"."is_spike" AS "is_spike",
      "t20"."first_seen" AS "first_seen",
      "t20"."marks" AS "marks",
      "t10"."trend_of" AS "trend_of",
      "t10"."trend" AS "trend"
    FROM (
      SELECT
        "t18"."app_id" AS "app_id",
        "t18"."team_id" AS "team_id",
        "t18"."current_cost" AS "current_cost",
        "t18"."previous_cost" AS "previous_cost",
        "t18"."change" AS "change",
        "t18"."growth" AS "growth",
        "t18"."is_new" AS "is_new",
        "t18"."is_spike" AS "is_spike",
        "t18"."first_seen" AS "first_seen",
        CASE WHEN "t18"."is_spike" THEN ['spike'] WHEN "t18"."is_new" THEN ['new'] ELSE [] END AS "marks"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t15"."app_id" AS "app_id",
            "t15"."team_id" AS "team_id",
            "t15"."current_cost" AS "current_cost",
            "t15"."previous_cost" AS "previous_cost",
            minus("t15"."current_cost", "t15"."previous_cost") AS "change",
            divide(
              "t15"."current_cost",
              nullIf("t15"."previous_cost", CAST(0 AS Nullable(Decimal(76, 21))))
            ) AS "growth",
            toBool("t12"."first_seen" > parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')) AS "is_new",
            toBool(
              NOT (
                "t12"."first_seen" > parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')
              )
              AND (
                "t15"."current_cost" >= multiply("t15"."previous_cost", 3)
              )
              AND (
                "t15"."current_cost" >= toDecimal256(50.000000000000000000000, 21)
              )
            ) AS "is_spike",
            "t12"."first_seen" AS "first_seen"
          FROM (
            SELECT
              "t13"."app_id" AS "app_id",
              argMax("t13"."team_id", tuple("t13"."last_moment", "t13"."team_id")) AS "team_id",
              COALESCE(SUM("t13"."current_part"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "current_cost",
              COALESCE(SUM("t13"."previous_part"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "previous_cost"
            FROM (
              SELECT
                "t7"."app_id" AS "app_id",
                "t7"."team_id" AS "team_id",
                sumIf(
                  "t7"."effective_cost",
                  "t7"."charge_period_start" >= parseDateTimeBestEffort('2026-02-10T12:00:00+00:00', 'UTC')
                ) AS "current_part",
                sumIf(
                  "t7"."effective_cost",
                  NOT (
                    "t7"."charge_period_start" >= parseDateTimeBestEffort('2026-02-10T12:00:00+00:00', 'UTC')
                  )
                ) AS "previous_part",
                MAX("t7"."charge_period_start") AS "last_moment"
              FROM (
                SELECT
                  *
                FROM "t5" AS "t6"
                WHERE
                  "t6"."charge_date" < toDate('2026-02-18')
                  AND "t6"."charge_period_start" < parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
                  AND "t6"."billing_currency" IN ('USD')
                  AND "t6"."app_id" <> ''
                  AND "t6"."charge_date" >= toDate('2026-02-03')
                  AND "t6"."charge_period_start" >= parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')
              ) AS "t7"
              GROUP BY
                "t7"."app_id",
                "t7"."team_id"
            ) AS "t13"
            GROUP BY
              "t13"."app_id"
          ) AS "t15"
          INNER JOIN (
            SELECT
              "t8"."app_id" AS "app_id",
              MIN("t8"."charge_period_start") AS "first_seen"
            FROM (
              SELECT
                *
              FROM "t5" AS "t6"
              WHERE
                "t6"."charge_date" < toDate('2026-02-18')
                AND "t6"."charge_period_start" < parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
                AND "t6"."billing_currency" IN ('USD')
                AND "t6"."app_id" <> ''
            ) AS "t8"
            GROUP BY
              "t8"."app_id"
          ) AS "t12"
            ON "t15"."app_id" = "t12"."app_id"
        ) AS "t16"
        ORDER BY
          "t16"."current_cost" DESC,
          "t16"."app_id" ASC
        LIMIT 20
      ) AS "t18"
    ) AS "t20"
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
    ) AS "t10"
      ON "t20"."app_id" = "t10"."trend_of"
  ) AS "t21"
) AS "t22"
ORDER BY
  "t22"."current_cost" DESC,
  "t22"."app_id" ASC
