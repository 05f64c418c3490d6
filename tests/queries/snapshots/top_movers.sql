SELECT
  *
FROM (
  SELECT
    "t7"."app_id" AS "app_id",
    "t7"."team_id" AS "team_id",
    "t7"."current_cost" AS "current_cost",
    "t7"."previous_cost" AS "previous_cost",
    minus("t7"."current_cost", "t7"."previous_cost") AS "change",
    divide(
      "t7"."current_cost",
      nullIf("t7"."previous_cost", CAST(0 AS Nullable(Decimal(76, 21))))
    ) AS "growth",
    toBool("t4"."first_seen" > parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')) AS "is_new",
    toBool(
      NOT (
        "t4"."first_seen" > parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')
      )
      AND (
        "t7"."current_cost" >= multiply("t7"."previous_cost", 3)
      )
      AND (
        "t7"."current_cost" >= toDecimal256(50.000000000000000000000, 21)
      )
    ) AS "is_spike",
    "t4"."first_seen" AS "first_seen"
  FROM (
    SELECT
      "t5"."app_id" AS "app_id",
      argMax("t5"."team_id", tuple("t5"."last_moment", "t5"."team_id")) AS "team_id",
      COALESCE(SUM("t5"."current_part"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "current_cost",
      COALESCE(SUM("t5"."previous_part"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "previous_cost"
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
          NOT (
            "t1"."charge_period_start" >= parseDateTimeBestEffort('2026-02-10T12:00:00+00:00', 'UTC')
          )
        ) AS "previous_part",
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
          AND "t0"."charge_date" >= toDate('2026-02-03')
          AND "t0"."charge_period_start" >= parseDateTimeBestEffort('2026-02-03T12:00:00+00:00', 'UTC')
      ) AS "t1"
      GROUP BY
        "t1"."app_id",
        "t1"."team_id"
    ) AS "t5"
    GROUP BY
      "t5"."app_id"
  ) AS "t7"
  INNER JOIN (
    SELECT
      "t2"."app_id" AS "app_id",
      MIN("t2"."charge_period_start") AS "first_seen"
    FROM (
      SELECT
        *
      FROM "charges" AS "t0"
      WHERE
        "t0"."charge_date" < toDate('2026-02-18')
        AND "t0"."charge_period_start" < parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
        AND "t0"."billing_currency" IN ('USD')
        AND "t0"."app_id" <> ''
    ) AS "t2"
    GROUP BY
      "t2"."app_id"
  ) AS "t4"
    ON "t7"."app_id" = "t4"."app_id"
) AS "t8"
ORDER BY
  "t8"."current_cost" DESC,
  "t8"."app_id" ASC
LIMIT 20
