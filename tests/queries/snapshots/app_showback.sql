WITH "t1" AS (
  SELECT
    *
  FROM "charges" AS "t0"
  WHERE
    "t0"."charge_date" >= toDate('2026-02-01')
    AND "t0"."charge_date" < toDate('2026-03-01')
    AND "t0"."billing_currency" IN ('USD')
)
SELECT
  *
FROM (
  SELECT
    "t15".*
    EXCEPT ("trend_of")
  FROM (
    SELECT
      "t14"."app_id" AS "app_id",
      "t14"."effective_cost" AS "effective_cost",
      "t14"."previous_effective_cost" AS "previous_effective_cost",
      "t14"."effective_cost_change" AS "effective_cost_change",
      "t14"."effective_cost_growth" AS "effective_cost_growth",
      "t14"."cost_per_1k_requests" AS "cost_per_1k_requests",
      "t14"."previous_cost_per_1k_requests" AS "previous_cost_per_1k_requests",
      "t14"."cost_per_1k_requests_change" AS "cost_per_1k_requests_change",
      "t14"."cost_per_1k_requests_growth" AS "cost_per_1k_requests_growth",
      "t14"."cost_per_1m_tokens" AS "cost_per_1m_tokens",
      "t14"."previous_cost_per_1m_tokens" AS "previous_cost_per_1m_tokens",
      "t14"."cost_per_1m_tokens_change" AS "cost_per_1m_tokens_change",
      "t14"."cost_per_1m_tokens_growth" AS "cost_per_1m_tokens_growth",
      "t14"."requests" AS "requests",
      "t14"."previous_requests" AS "previous_requests",
      "t14"."requests_change" AS "requests_change",
      "t14"."requests_growth" AS "requests_growth",
      "t14"."tokens" AS "tokens",
      "t14"."previous_tokens" AS "previous_tokens",
      "t14"."tokens_change" AS "tokens_change",
      "t14"."tokens_growth" AS "tokens_growth",
      "t14"."unpriced_events" AS "unpriced_events",
      "t14"."previous_unpriced_events" AS "previous_unpriced_events",
      "t14"."unpriced_events_change" AS "unpriced_events_change",
      "t14"."unpriced_events_growth" AS "unpriced_events_growth",
      "t7"."trend_of" AS "trend_of",
      "t7"."trend" AS "trend"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t11"."app_id" AS "app_id",
          CASE
            WHEN "t11"."seen_now"
            THEN "t11"."now_effective_cost"
            ELSE CAST(0 AS Nullable(Decimal(76, 21)))
          END AS "effective_cost",
          CASE
            WHEN "t11"."seen_before"
            THEN "t11"."before_effective_cost"
            ELSE CAST(0 AS Nullable(Decimal(76, 21)))
          END AS "previous_effective_cost",
          minus(
            CASE
              WHEN "t11"."seen_now"
              THEN "t11"."now_effective_cost"
              ELSE CAST(0 AS Nullable(Decimal(76, 21)))
            END,
            CASE
              WHEN "t11"."seen_before"
              THEN "t11"."before_effective_cost"
              ELSE CAST(0 AS Nullable(Decimal(76, 21)))
            END
          ) AS "effective_cost_change",
          divide(
            minus(
              CASE
                WHEN "t11"."seen_now"
                THEN "t11"."now_effective_cost"
                ELSE CAST(0 AS Nullable(Decimal(76, 21)))
              END,
              CASE
                WHEN "t11"."seen_before"
                THEN "t11"."before_effective_cost"
                ELSE CAST(0 AS Nullable(Decimal(76, 21)))
              END
            ),
            nullIf(
              CASE
                WHEN "t11"."seen_before"
                THEN "t11"."before_effective_cost"
                ELSE CAST(0 AS Nullable(Decimal(76, 21)))
              END,
              CAST(0 AS Nullable(Decimal(76, 21)))
            )
          ) AS "effective_cost_growth",
          "t11"."now_cost_per_1k_requests" AS "cost_per_1k_requests",
          "t11"."before_cost_per_1k_requests" AS "previous_cost_per_1k_requests",
          minus("t11"."now_cost_per_1k_requests", "t11"."before_cost_per_1k_requests") AS "cost_per_1k_requests_change",
          divide(
            minus("t11"."now_cost_per_1k_requests", "t11"."before_cost_per_1k_requests"),
            nullIf("t11"."before_cost_per_1k_requests", CAST(0 AS Nullable(Decimal(76, 21))))
          ) AS "cost_per_1k_requests_growth",
          "t11"."now_cost_per_1m_tokens" AS "cost_per_1m_tokens",
          "t11"."before_cost_per_1m_tokens" AS "previous_cost_per_1m_tokens",
          minus("t11"."now_cost_per_1m_tokens", "t11"."before_cost_per_1m_tokens") AS "cost_per_1m_tokens_change",
          divide(
            minus("t11"."now_cost_per_1m_tokens", "t11"."before_cost_per_1m_tokens"),
            nullIf("t11"."before_cost_per_1m_tokens", CAST(0 AS Nullable(Decimal(76, 21))))
          ) AS "cost_per_1m_tokens_growth",
          CASE
            WHEN "t11"."seen_now"
            THEN "t11"."now_requests"
            ELSE CAST(0 AS Nullable(Decimal(76, 21)))
          END AS "requests",
          CASE
            WHEN "t11"."seen_before"
            THEN "t11"."before_requests"
            ELSE CAST(0 AS Nullable(Decimal(76, 21)))
          END AS "previous_requests",
          minus(
            CASE
              WHEN "t11"."seen_now"
              THEN "t11"."now_requests"
              ELSE CAST(0 AS Nullable(Decimal(76, 21)))
            END,
            CASE
              WHEN "t11"."seen_before"
              THEN "t11"."before_requests"
              ELSE CAST(0 AS Nullable(Decimal(76, 21)))
            END
          ) AS "requests_change",
          divide(
            minus(
              CASE
                WHEN "t11"."seen_now"
                THEN "t11"."now_requests"
                ELSE CAST(0 AS Nullable(Decimal(76, 21)))
              END,
              CASE
                WHEN "t11"."seen_before"
                THEN "t11"."before_requests"
                ELSE CAST(0 AS Nullable(Decimal(76, 21)))
              END
            ),
            nullIf(
              CASE
                WHEN "t11"."seen_before"
                THEN "t11"."before_requests"
                ELSE CAST(0 AS Nullable(Decimal(76, 21)))
              END,
              CAST(0 AS Nullable(Decimal(76, 21)))
            )
          ) AS "requests_growth",
          CASE
            WHEN "t11"."seen_now"
            THEN "t11"."now_tokens"
            ELSE CAST(0 AS Nullable(Decimal(76, 21)))
          END AS "tokens",
          CASE
            WHEN "t11"."seen_before"
            THEN "t11"."before_tokens"
            ELSE CAST(0 AS Nullable(Decimal(76, 21)))
          END AS "previous_tokens",
          minus(
            CASE
              WHEN "t11"."seen_now"
              THEN "t11"."now_tokens"
              ELSE CAST(0 AS Nullable(Decimal(76, 21)))
            END,
            CASE
              WHEN "t11"."seen_before"
              THEN "t11"."before_tokens"
              ELSE CAST(0 AS Nullable(Decimal(76, 21)))
            END
          ) AS "tokens_change",
          divide(
            minus(
              CASE
                WHEN "t11"."seen_now"
                THEN "t11"."now_tokens"
                ELSE CAST(0 AS Nullable(Decimal(76, 21)))
              END,
              CASE
                WHEN "t11"."seen_before"
                THEN "t11"."before_tokens"
                ELSE CAST(0 AS Nullable(Decimal(76, 21)))
              END
            ),
            nullIf(
              CASE
                WHEN "t11"."seen_before"
                THEN "t11"."before_tokens"
                ELSE CAST(0 AS Nullable(Decimal(76, 21)))
              END,
              CAST(0 AS Nullable(Decimal(76, 21)))
            )
          ) AS "tokens_growth",
          CAST(CASE
            WHEN "t11"."seen_now"
            THEN "t11"."now_unpriced_events"
            ELSE CAST(0 AS Nullable(Decimal(76, 21)))
          END AS Nullable(Int64)) AS "unpriced_events",
          CAST(CASE
            WHEN "t11"."seen_before"
            THEN "t11"."before_unpriced_events"
            ELSE CAST(0 AS Nullable(Decimal(76, 21)))
          END AS Nullable(Int64)) AS "previous_unpriced_events",
          CAST(minus(
            CASE
              WHEN "t11"."seen_now"
              THEN "t11"."now_unpriced_events"
              ELSE CAST(0 AS Nullable(Decimal(76, 21)))
            END,
            CASE
              WHEN "t11"."seen_before"
              THEN "t11"."before_unpriced_events"
              ELSE CAST(0 AS Nullable(Decimal(76, 21)))
            END
          ) AS Nullable(Int64)) AS "unpriced_events_change",
          divide(
            minus(
              CASE
                WHEN "t11"."seen_now"
                THEN "t11"."now_unpriced_events"
                ELSE CAST(0 AS Nullable(Decimal(76, 21)))
              END,
              CASE
                WHEN "t11"."seen_before"
                THEN "t11"."before_unpriced_events"
                ELSE CAST(0 AS Nullable(Decimal(76, 21)))
              END
            ),
            nullIf(
              CASE
                WHEN "t11"."seen_before"
                THEN "t11"."before_unpriced_events"
                ELSE CAST(0 AS Nullable(Decimal(76, 21)))
              END,
              CAST(0 AS Nullable(Decimal(76, 21)))
            )
          ) AS "unpriced_events_growth"
        FROM (
          SELECT
            "t10"."app_id" AS "app_id",
            maxIf("t10"."effective_cost", NOT (
              "t10"."is_current"
            )) AS "before_effective_cost",
            maxIf("t10"."cost_per_1k_requests", NOT (
              "t10"."is_current"
            )) AS "before_cost_per_1k_requests",
            maxIf("t10"."cost_per_1m_tokens", NOT (
              "t10"."is_current"
            )) AS "before_cost_per_1m_tokens",
            maxIf("t10"."requests", NOT (
              "t10"."is_current"
            )) AS "before_requests",
            maxIf("t10"."tokens", NOT (
              "t10"."is_current"
            )) AS "before_tokens",
            maxIf("t10"."unpriced_events", NOT (
              "t10"."is_current"
            )) AS "before_unpriced_events",
            maxIf("t10"."effective_cost", "t10"."is_current") AS "now_effective_cost",
            maxIf("t10"."cost_per_1k_requests", "t10"."is_current") AS "now_cost_per_1k_requests",
            maxIf("t10"."cost_per_1m_tokens", "t10"."is_current") AS "now_cost_per_1m_tokens",
            maxIf("t10"."requests", "t10"."is_current") AS "now_requests",
            maxIf("t10"."tokens", "t10"."is_current") AS "now_tokens",
            maxIf("t10"."unpriced_events", "t10"."is_current") AS "now_unpriced_events",
            MAX("t10"."is_current") AS "seen_now",
            MAX(NOT (
              "t10"."is_current"
            )) AS "seen_before"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t5"."app_id" AS "app_id",
                "t5"."effective_cost" AS "effective_cost",
                "t5"."cost_per_1k_requests" AS "cost_per_1k_requests",
                "t5"."cost_per_1m_tokens" AS "cost_per_1m_tokens",
                CAST("t5"."requests" AS Nullable(Decimal(76, 21))) AS "requests",
                CAST("t5"."tokens" AS Nullable(Decimal(76, 21))) AS "tokens",
                CAST("t5"."unpriced_events" AS Nullable(Decimal(76, 21))) AS "unpriced_events",
                TRUE AS "is_current"
              FROM (
                SELECT
                  "t3"."app_id" AS "app_id",
                  SUM("t3"."effective_cost") AS "effective_cost",
                  divide(
                    multiply(SUM("t3"."effective_cost"), 1000),
                    nullIf(sumIf("t3"."consumed_quantity", "t3"."meter" = 'requests'), 0)
                  ) AS "cost_per_1k_requests",
                  divide(
                    multiply(sumIf("t3"."effective_cost", "t3"."consumed_unit" = 'Tokens'), 1000000),
                    nullIf(
                      sumIf(
                        "t3"."consumed_quantity",
                        "t3"."meter" IN ('input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens')
                      ),
                      0
                    )
                  ) AS "cost_per_1m_tokens",
                  sumIf("t3"."consumed_quantity", "t3"."meter" = 'requests') AS "requests",
                  sumIf(
                    "t3"."consumed_quantity",
                    "t3"."meter" IN ('input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens')
                  ) AS "tokens",
                  sumIf("t3"."event_count", "t3"."pricing_status" = 'unpriced') AS "unpriced_events"
                FROM "t1" AS "t3"
                GROUP BY
                  "t3"."app_id"
              ) AS "t5"
              ORDER BY
                "t5"."app_id" ASC
            ) AS "t9"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t4"."app_id" AS "app_id",
                "t4"."effective_cost" AS "effective_cost",
                "t4"."cost_per_1k_requests" AS "cost_per_1k_requests",
                "t4"."cost_per_1m_tokens" AS "cost_per_1m_tokens",
                CAST("t4"."requests" AS Nullable(Decimal(76, 21))) AS "requests",
                CAST("t4"."tokens" AS Nullable(Decimal(76, 21))) AS "tokens",
                CAST("t4"."unpriced_events" AS Nullable(Decimal(76, 21))) AS "unpriced_events",
                FALSE AS "is_current"
              FROM (
                SELECT
                  "t2"."app_id" AS "app_id",
                  SUM("t2"."effective_cost") AS "effective_cost",
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
                  sumIf("t2"."consumed_quantity", "t2"."meter" = 'requests') AS "requests",
                  sumIf(
                    "t2"."consumed_quantity",
                    "t2"."meter" IN ('input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens')
                  ) AS "tokens",
                  sumIf("t2"."event_count", "t2"."pricing_status" = 'unpriced') AS "unpriced_events"
                FROM (
                  SELECT
                    *
                  FROM "charges" AS "t0"
                  WHERE
                    "t0"."charge_date" >= toDate('2026-01-01')
                    AND "t0"."charge_date" < toDate('2026-02-01')
                    AND "t0"."billing_currency" IN ('USD')
                ) AS "t2"
                GROUP BY
                  "t2"."app_id"
              ) AS "t4"
              ORDER BY
                "t4"."app_id" ASC
            ) AS "t8"
          ) AS "t10"
          GROUP BY
            "t10"."app_id"
        ) AS "t11"
      ) AS "t12"
      ORDER BY
        "t12"."effective_cost" DESC,
        "t12"."app_id" ASC
    ) AS "t14"
    LEFT OUTER JOIN (
      SELECT
        "t3"."app_id" AS "trend_of",
        [
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-01')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-02')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-03')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-04')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-05')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-06')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-07')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-08')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-09')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-10')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-11')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-12')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-13')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-14')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-15')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-16')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-17')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-18')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-19')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-20')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-21')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-22')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-23')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-24')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-25')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-26')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-27')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64)),
          CAST(COALESCE(
            sumIf("t3"."effective_cost", "t3"."charge_date" = toDate('2026-02-28')),
            CAST(0 AS Nullable(Decimal(76, 21)))
          ) AS Nullable(Float64))
        ] AS "trend"
      FROM "t1" AS "t3"
      GROUP BY
        "t3"."app_id"
    ) AS "t7"
      ON "t14"."app_id" = "t7"."trend_of"
  ) AS "t15"
) AS "t16"
ORDER BY
  "t16"."effective_cost" DESC,
  "t16"."app_id" ASC
