WITH "t2" AS (
  SELECT
    *
  FROM "charges" AS "t0"
  WHERE
    "t0"."charge_date" >= toDate('2026-02-01')
    AND "t0"."charge_date" < toDate('2026-03-01')
    AND "t0"."billing_currency" IN ('USD')
    AND "t0"."app_id" <> ''
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
    "t8"."team_id" AS "team_id",
    "t8"."cost_center" AS "cost_center",
    "t8"."lifecycle" AS "lifecycle",
    "t8"."environment" AS "environment",
    "t10"."effective_cost" AS "effective_cost",
    "t10"."list_cost" AS "list_cost",
    "t10"."requests" AS "requests",
    "t10"."tokens" AS "tokens",
    "t10"."cost_per_1k_requests" AS "cost_per_1k_requests",
    "t10"."cost_per_1m_tokens" AS "cost_per_1m_tokens",
    "t10"."unpriced_events" AS "unpriced_events",
    "t10"."event_count" AS "event_count",
    "t8"."first_seen" AS "first_seen",
    "t8"."last_seen" AS "last_seen"
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
      "t4"."app_id" AS "app_id",
      argMax(tuple("t4"."team_id"), "t4"."charge_period_start").1 AS "team_id",
      argMax(tuple("t4"."cost_center"), "t4"."charge_period_start").1 AS "cost_center",
      argMax(tuple("t4"."lifecycle"), "t4"."charge_period_start").1 AS "lifecycle",
      argMax(tuple("t4"."environment"), "t4"."charge_period_start").1 AS "environment",
      MIN("t4"."charge_period_start") AS "first_seen",
      MAX("t4"."charge_period_start") AS "last_seen"
    FROM "t2" AS "t4"
    GROUP BY
      "t4"."app_id"
  ) AS "t8"
    ON "t10"."app_id" = "t8"."app_id"
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
) AS "t11"
ORDER BY
  COALESCE("t11"."effective_cost", CAST(0 AS Nullable(Decimal(76, 21)))) DESC,
  "t11"."app_id" ASC
