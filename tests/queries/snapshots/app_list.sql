SELECT
  *
FROM (
  SELECT
    "t7"."app_id" AS "app_id",
    CASE
      WHEN COALESCE("t5"."app_name", '') <> ''
      THEN COALESCE("t5"."app_name", '')
      ELSE "t7"."app_id"
    END AS "app_name",
    "t7"."team_id" AS "team_id",
    "t7"."cost_center" AS "cost_center",
    "t7"."lifecycle" AS "lifecycle",
    "t7"."environment" AS "environment",
    "t7"."effective_cost" AS "effective_cost",
    "t7"."list_cost" AS "list_cost",
    "t7"."requests" AS "requests",
    "t7"."tokens" AS "tokens",
    "t7"."cost_per_1k_requests" AS "cost_per_1k_requests",
    "t7"."cost_per_1m_tokens" AS "cost_per_1m_tokens",
    "t7"."unpriced_events" AS "unpriced_events",
    "t7"."event_count" AS "event_count",
    "t7"."first_seen" AS "first_seen",
    "t7"."last_seen" AS "last_seen"
  FROM (
    SELECT
      "t2"."app_id" AS "app_id",
      SUM("t2"."effective_cost") AS "effective_cost",
      SUM("t2"."list_cost") AS "list_cost",
      sumIf("t2"."consumed_quantity", "t2"."meter" = 'requests') AS "requests",
      sumIf(
        "t2"."consumed_quantity",
        "t2"."meter" IN ('input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens')
      ) AS "tokens",
      divide(
        multiply(SUM("t2"."effective_cost"), 1000),
        nullIf(sumIf("t2"."consumed_quantity", "t2"."meter" = 'requests'), 0)
      ) AS "cost_per_1k_requests",
      divide(
        multiply(sumIf("t2"."effective_cost", "t2"."consumed_unit" = 'Tokens'), 1000000),
        nullIf(
          sumIf(
            "t2"."consumed_quantity",
            "t2"."meter" IN ('input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens')
          ),
          0
        )
      ) AS "cost_per_1m_tokens",
      sumIf("t2"."event_count", "t2"."pricing_status" = 'unpriced') AS "unpriced_events",
      SUM("t2"."event_count") AS "event_count",
      argMax(tuple("t2"."team_id"), "t2"."charge_period_start").1 AS "team_id",
      argMax(tuple("t2"."cost_center"), "t2"."charge_period_start").1 AS "cost_center",
      argMax(tuple("t2"."lifecycle"), "t2"."charge_period_start").1 AS "lifecycle",
      argMax(tuple("t2"."environment"), "t2"."charge_period_start").1 AS "environment",
      MIN("t2"."charge_period_start") AS "first_seen",
      MAX("t2"."charge_period_start") AS "last_seen"
    FROM (
      SELECT
        *
      FROM "charges" AS "t0"
      WHERE
        "t0"."billing_currency" IN ('USD') AND "t0"."app_id" <> ''
    ) AS "t2"
    GROUP BY
      "t2"."app_id"
  ) AS "t7"
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
  ) AS "t5"
    ON "t7"."app_id" = "t5"."app_id"
) AS "t8"
ORDER BY
  COALESCE("t8"."effective_cost", CAST(0 AS Nullable(Decimal(76, 21)))) DESC,
  "t8"."app_id" ASC
