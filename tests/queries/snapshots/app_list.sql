WITH "t2" AS (
  SELECT
    *
  FROM "charges" AS "t0"
  WHERE
    "t0"."billing_currency" IN ('USD') AND "t0"."app_id" <> ''
)
SELECT
  *
FROM (
  SELECT
    "t10"."app_id" AS "app_id",
    CASE
      WHEN COALESCE("t7"."app_name", '') <> ''
      THEN COALESCE("t7"."app_name", '')
      ELSE "t10"."app_id"
    END AS "app_name",
    "t11"."team_id" AS "team_id",
    "t11"."cost_center" AS "cost_center",
    "t11"."lifecycle" AS "lifecycle",
    "t11"."environment" AS "environment",
    "t10"."effective_cost" AS "effective_cost",
    "t10"."list_cost" AS "list_cost",
    "t10"."requests" AS "requests",
    "t10"."tokens" AS "tokens",
    "t10"."cost_per_1k_requests" AS "cost_per_1k_requests",
    "t10"."cost_per_1m_tokens" AS "cost_per_1m_tokens",
    "t10"."unpriced_events" AS "unpriced_events",
    "t10"."event_count" AS "event_count",
    "t11"."first_seen" AS "first_seen",
    "t11"."last_seen" AS "last_seen"
  FROM (
    SELECT
      "t4"."app_id" AS "app_id",
      SUM("t4"."effective_cost") AS "effective_cost",
      SUM("t4"."list_cost") AS "list_cost",
      sumIf("t4"."consumed_quantity", "t4"."meter" = 'requests') AS "requests",
      sumIf(
        "t4"."consumed_quantity",
        "t4"."meter" IN ('input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens')
      ) AS "tokens",
      divide(
        multiply(SUM("t4"."effective_cost"), 1000),
        nullIf(sumIf("t4"."consumed_quantity", "t4"."meter" = 'requests'), 0)
      ) AS "cost_per_1k_requests",
      divide(
        multiply(sumIf("t4"."effective_cost", "t4"."consumed_unit" = 'Tokens'), 1000000),
        nullIf(
          sumIf(
            "t4"."consumed_quantity",
            "t4"."meter" IN ('input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens')
          ),
          0
        )
      ) AS "cost_per_1m_tokens",
      sumIf("t4"."event_count", "t4"."pricing_status" = 'unpriced') AS "unpriced_events",
      SUM("t4"."event_count") AS "event_count"
    FROM "t2" AS "t4"
    GROUP BY
      "t4"."app_id"
  ) AS "t10"
  INNER JOIN (
    SELECT
      "t6"."app_id" AS "app_id",
      argMax("t6"."team_id", tuple("t6"."last_moment", "t6"."team_id")) AS "team_id",
      argMax("t6"."cost_center", tuple("t6"."last_moment", "t6"."cost_center")) AS "cost_center",
      argMax("t6"."lifecycle", tuple("t6"."last_moment", "t6"."lifecycle")) AS "lifecycle",
      argMax("t6"."environment", tuple("t6"."last_moment", "t6"."environment")) AS "environment",
      MIN("t6"."first_moment") AS "first_seen",
      MAX("t6"."last_moment") AS "last_seen"
    FROM (
      SELECT
        "t4"."app_id" AS "app_id",
        "t4"."team_id" AS "team_id",
        "t4"."cost_center" AS "cost_center",
        "t4"."lifecycle" AS "lifecycle",
        "t4"."environment" AS "environment",
        MIN("t4"."charge_period_start") AS "first_moment",
        MAX("t4"."charge_period_start") AS "last_moment"
      FROM "t2" AS "t4"
      GROUP BY
        "t4"."app_id",
        "t4"."team_id",
        "t4"."cost_center",
        "t4"."lifecycle",
        "t4"."environment"
    ) AS "t6"
    GROUP BY
      "t6"."app_id"
  ) AS "t11"
    ON "t10"."app_id" = "t11"."app_id"
  LEFT OUTER JOIN (
    SELECT
      "t3"."app_id" AS "app_id",
      argMax(tuple("t3"."app_name"), "t3"."valid_from").1 AS "app_name"
    FROM (
      SELECT
        *
      FROM "apps" AS "t1"
      WHERE
        "t1"."valid_from" < "t1"."valid_to"
    ) AS "t3"
    GROUP BY
      "t3"."app_id"
  ) AS "t7"
    ON "t10"."app_id" = "t7"."app_id"
) AS "t12"
ORDER BY
  COALESCE("t12"."effective_cost", CAST(0 AS Nullable(Decimal(76, 21)))) DESC,
  "t12"."app_id" ASC
