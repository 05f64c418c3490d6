SELECT
  *
FROM (
  SELECT
    "t4"."app_id" AS "app_id",
    "t4"."latest_team" AS "team_id",
    "t4"."current_cost" AS "current_cost",
    "t4"."previous_cost" AS "previous_cost",
    minus("t4"."current_cost", "t4"."previous_cost") AS "change",
    divide(
      "t4"."current_cost",
      nullIf("t4"."previous_cost", CAST(0 AS Nullable(Decimal(76, 21))))
    ) AS "growth",
    toBool("t4"."first_seen" > parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')) AS "is_new",
    toBool(
      NOT (
        "t4"."first_seen" > parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')
      )
      AND (
        "t4"."current_cost" >= multiply("t4"."previous_cost", 3)
      )
      AND (
        "t4"."current_cost" >= toDecimal256(50.000000000000000000000, 21)
      )
    ) AS "is_spike",
    "t4"."first_seen" AS "first_seen"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t2"."app_id" AS "app_id",
        argMax("t2"."team_id", tuple("t2"."last_moment", "t2"."team_id")) AS "latest_team",
        COALESCE(SUM("t2"."current_part"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "current_cost",
        COALESCE(SUM("t2"."previous_part"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "previous_cost",
        MIN("t2"."first_moment") AS "first_seen",
        MAX("t2"."last_moment") AS "last_seen"
      FROM (
        SELECT
          "t1"."app_id" AS "app_id",
          "t1"."team_id" AS "team_id",
          sumIf(
            "t1"."effective_cost",
            "t1"."charge_period_start" >= parseDateTimeBestEffort('2026-02-10T12:00:00+00:00', 'UTC')
          ) AS "current_part",
          sumIf(
            "t1"."effective_cost",
            (
              "t1"."charge_period_start" >= parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')
            )
            AND (
              "t1"."charge_period_start" < parseDateTimeBestEffort('2026-02-10T12:00:00+00:00', 'UTC')
            )
          ) AS "previous_part",
          MIN("t1"."charge_period_start") AS "first_moment",
          MAX("t1"."charge_period_start") AS "last_moment"
        FROM (
          SELECT
            *
          FROM "charges" AS "t0"
          WHERE
            "t0"."charge_date" < toDate('2026-02-18')
            AND "t0"."charge_period_start" < parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
            AND "t0"."billing_currency" IN ('USD')
            AND "t0"."app_id" <> ''
        ) AS "t1"
        GROUP BY
          "t1"."app_id",
          "t1"."team_id"
      ) AS "t2"
      GROUP BY
        "t2"."app_id"
    ) AS "t3"
    WHERE
      "t3"."last_seen" >= parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')
      AND (
        (
          "t3"."current_cost" <> CAST(0 AS Nullable(Decimal(76, 21)))
        )
        OR (
          "t3"."previous_cost" <> CAST(0 AS Nullable(Decimal(76, 21)))
        )
      )
  ) AS "t4"
) AS "t5"
ORDER BY
  "t5"."current_cost" DESC,
  "t5"."app_id" ASC
LIMIT 20
