WITH "t3" AS (
  SELECT
    "t1"."app_id" AS "app_id",
    argMax("t1"."team_id", tuple("t1"."charge_period_start", "t1"."team_id")) AS "team_id",
    argMax("t1"."lifecycle", tuple("t1"."charge_period_start", "t1"."lifecycle")) AS "lifecycle",
    COALESCE(SUM("t1"."effective_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "effective_cost",
    MIN("t1"."charge_period_start") AS "first_seen",
    MAX("t1"."charge_period_start") AS "last_seen"
  FROM (
    SELECT
      *
    FROM "charges" AS "t0"
    WHERE
      "t0"."billing_currency" IN ('USD')
      AND "t0"."charge_date" >= toDate('2026-02-01')
      AND "t0"."charge_date" < toDate('2026-03-01')
      AND "t0"."app_id" <> ''
  ) AS "t1"
  GROUP BY
    "t1"."app_id"
), "t4" AS (
  SELECT
    "t2"."app_id" AS "app_id",
    argMax("t2"."team_id", tuple("t2"."charge_period_start", "t2"."team_id")) AS "team_id",
    argMax("t2"."lifecycle", tuple("t2"."charge_period_start", "t2"."lifecycle")) AS "lifecycle",
    COALESCE(SUM("t2"."effective_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "effective_cost",
    MIN("t2"."charge_period_start") AS "first_seen",
    MAX("t2"."charge_period_start") AS "last_seen"
  FROM (
    SELECT
      *
    FROM "charges" AS "t0"
    WHERE
      "t0"."billing_currency" IN ('USD')
      AND "t0"."charge_date" >= toDate('2026-01-01')
      AND "t0"."charge_date" < toDate('2026-02-01')
      AND "t0"."app_id" <> ''
  ) AS "t2"
  GROUP BY
    "t2"."app_id"
)
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t12"."app_id" AS "app_id",
      "t12"."team_id" AS "team_id",
      "t12"."lifecycle" AS "lifecycle",
      "t12"."effective_cost" AS "effective_cost",
      "t12"."first_seen" AS "first_seen",
      "t12"."last_seen" AS "last_seen",
      'new' AS "state"
    FROM (
      SELECT
        "t7"."app_id" AS "app_id",
        "t7"."team_id" AS "team_id",
        "t7"."lifecycle" AS "lifecycle",
        "t7"."effective_cost" AS "effective_cost",
        "t7"."first_seen" AS "first_seen",
        "t7"."last_seen" AS "last_seen"
      FROM "t3" AS "t7"
      LEFT ANTI JOIN "t4" AS "t10"
        ON "t7"."app_id" = "t10"."app_id"
    ) AS "t12"
  ) AS "t14"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t11"."app_id" AS "app_id",
      "t11"."team_id" AS "team_id",
      "t11"."lifecycle" AS "lifecycle",
      "t11"."effective_cost" AS "effective_cost",
      "t11"."first_seen" AS "first_seen",
      "t11"."last_seen" AS "last_seen",
      'gone' AS "state"
    FROM (
      SELECT
        "t9"."app_id" AS "app_id",
        "t9"."team_id" AS "team_id",
        "t9"."lifecycle" AS "lifecycle",
        "t9"."effective_cost" AS "effective_cost",
        "t9"."first_seen" AS "first_seen",
        "t9"."last_seen" AS "last_seen"
      FROM "t4" AS "t9"
      LEFT ANTI JOIN "t3" AS "t8"
        ON "t9"."app_id" = "t8"."app_id"
    ) AS "t11"
  ) AS "t13"
) AS "t15"
ORDER BY
  "t15"."state" DESC,
  "t15"."effective_cost" DESC,
  "t15"."app_id" ASC
