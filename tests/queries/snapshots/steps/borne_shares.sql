WITH "t9" AS (
  SELECT DISTINCT
    "t1"."charge_period_start" AS "charge_period_start",
    "t1"."charge_period_end" AS "charge_period_end"
  FROM "charges" AS "t1"
  WHERE
    "t1"."charge_date" >= toDate('2026-02-01')
    AND "t1"."charge_date" < toDate('2026-03-01')
    AND "t1"."billing_currency" IN ('USD')
    AND "t1"."meter" = 'platform_cost'
    AND "t1"."app_id" = ''
    AND (
      (
        "t1"."charge_category" <> 'Purchase'
      ) OR (
        "t1"."effective_cost" <> 0
      )
    )
    AND SUBSTRING(
      "t1"."sku_id",
      CASE WHEN (
        14 + 1
      ) >= 1 THEN 14 + 1 ELSE 14 + 1 + LENGTH("t1"."sku_id") END
    ) IN ('support')
), "t30" AS (
  SELECT
    "t25"."charge_period_start" AS "charge_period_start",
    "t25"."charge_period_end" AS "charge_period_end",
    "t25"."cost_type" AS "cost_type",
    "t25"."pool" AS "pool",
    "t25"."pooled_events" AS "pooled_events",
    "t25"."pooled_digest" AS "pooled_digest",
    "t25"."time" AS "time",
    "t25"."every_type" AS "every_type",
    "t16"."own_method" AS "own_method",
    "t16"."own_basis" AS "own_basis",
    "t16"."own_floor" AS "own_floor",
    "t16"."own_weights" AS "own_weights",
    "t16"."own_footnote" AS "own_footnote",
    "t16"."own_owner" AS "own_owner",
    "t16"."own_allocated_method_id" AS "own_allocated_method_id",
    "t25"."time" < "t16"."ends" AS "own_found",
    "t17"."any_method" AS "any_method",
    "t17"."any_basis" AS "any_basis",
    "t17"."any_floor" AS "any_floor",
    "t17"."any_weights" AS "any_weights",
    "t17"."any_footnote" AS "any_footnote",
    "t17"."any_owner" AS "any_owner",
    "t17"."any_allocated_method_id" AS "any_allocated_method_id",
    "t25"."time" < "t17"."ends" AS "any_found"
  FROM (
    SELECT
      "t19"."charge_period_start" AS "charge_period_start",
      "t19"."charge_period_end" AS "charge_period_end",
      "t19"."cost_type" AS "cost_type",
      "t19"."pool" AS "pool",
      "t19"."pooled_events" AS "pooled_events",
      "t19"."pooled_digest" AS "pooled_digest",
      toTimeZone(CAST("t19"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "time",
      '*' AS "every_type"
    FROM (
      SELECT
        "t8"."charge_period_start" AS "charge_period_start",
        "t8"."charge_period_end" AS "charge_period_end",
        "t8"."cost_type" AS "cost_type",
        CAST(COALESCE(SUM("t8"."effective_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS Decimal(76, 21)) AS "pool",
        SUM("t8"."event_count") AS "pooled_events",
        SUM("t8"."event_digest") AS "pooled_digest"
      FROM (
        SELECT
          "t1"."charge_period_start" AS "charge_period_start",
          "t1"."charge_period_end" AS "charge_period_end",
          "t1"."effective_cost" AS "effective_cost",
          "t1"."event_count" AS "event_count",
          "t1"."event_digest" AS "event_digest",
          SUBSTRING(
            "t1"."sku_id",
            CASE WHEN (
              14 + 1
            ) >= 1 THEN 14 + 1 ELSE 14 + 1 + LENGTH("t1"."sku_id") END
          ) AS "cost_type"
        FROM "charges" AS "t1"
        WHERE
          "t1"."charge_date" >= toDate('2026-02-01')
          AND "t1"."charge_date" < toDate('2026-03-01')
          AND "t1"."billing_currency" IN ('USD')
          AND "t1"."meter" = 'platform_cost'
          AND "t1"."app_id" = ''
          AND (
            (
              "t1"."charge_category" <> 'Purchase'
            ) OR (
              "t1"."effective_cost" <> 0
            )
          )
          AND SUBSTRING(
            "t1"."sku_id",
            CASE WHEN (
              14 + 1
            ) >= 1 THEN 14 + 1 ELSE 14 + 1 + LENGTH("t1"."sku_id") END
          ) IN ('support')
      ) AS "t8"
      GROUP BY
        "t8"."charge_period_start",
        "t8"."charge_period_end",
        "t8"."cost_type"
    ) AS "t19"
  ) AS "t25"
  ASOF LEFT JOIN (
    SELECT
      "t0"."method" AS "own_method",
      "t0"."basis" AS "own_basis",
      "t0"."floor" AS "own_floor",
      "t0"."weights" AS "own_weights",
      "t0"."footnote" AS "own_footnote",
      "t0"."owner" AS "own_owner",
      CONCAT(
        CONCAT("t0"."rule_id", '@'),
        CONCAT(
          replaceAll(replaceAll(CAST("t0"."valid_from" AS Nullable(String)), ' ', 'T'), '.000', ''),
          'Z'
        )
      ) AS "own_allocated_method_id",
      "t0"."cost_type" AS "key_cost_type",
      "t0"."valid_from" AS "begins",
      "t0"."valid_to" AS "ends"
    FROM "allocation_rules" AS "t0"
    WHERE
      "t0"."valid_from" < "t0"."valid_to"
  ) AS "t16"
    ON "t25"."time" >= "t16"."begins" AND "t25"."cost_type" = "t16"."key_cost_type"
  ASOF LEFT JOIN (
    SELECT
      "t0"."method" AS "any_method",
      "t0"."basis" AS "any_basis",
      "t0"."floor" AS "any_floor",
      "t0"."weights" AS "any_weights",
      "t0"."footnote" AS "any_footnote",
      "t0"."owner" AS "any_owner",
      CONCAT(
        CONCAT("t0"."rule_id", '@'),
        CONCAT(
          replaceAll(replaceAll(CAST("t0"."valid_from" AS Nullable(String)), ' ', 'T'), '.000', ''),
          'Z'
        )
      ) AS "any_allocated_method_id",
      "t0"."cost_type" AS "key_cost_type",
      "t0"."valid_from" AS "begins",
      "t0"."valid_to" AS "ends"
    FROM "allocation_rules" AS "t0"
    WHERE
      "t0"."valid_from" < "t0"."valid_to"
  ) AS "t17"
    ON "t25"."time" >= "t17"."begins" AND "t25"."every_type" = "t17"."key_cost_type"
)
SELECT
  *
FROM (
  SELECT
    "t88"."charge_period_start" AS "charge_period_start",
    "t88"."charge_period_end" AS "charge_period_end",
    "t88"."cost_type" AS "cost_type",
    "t88"."app_id" AS "app_id",
    "t88"."team_id" AS "team_id",
    "t88"."cost_center" AS "cost_center",
    "t88"."environment" AS "environment",
    "t88"."lifecycle" AS "lifecycle",
    "t88"."effective_cost" AS "effective_cost",
    "t88"."billing_currency" AS "billing_currency",
    "t88"."allocated_method" AS "allocated_method",
    "t88"."allocated_method_id" AS "allocated_method_id",
    "t88"."allocated_resource_id" AS "allocated_resource_id",
    "t88"."allocated_ratio" AS "allocated_ratio",
    "t88"."allocated_basis" AS "allocated_basis",
    "t88"."allocated_quantity" AS "allocated_quantity",
    "t88"."footnote" AS "footnote",
    SUM("t88"."effective_cost") OVER (
      PARTITION BY "t88"."charge_period_start", "t88"."charge_period_end", "t88"."cost_type"
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "pool",
    countIf("t88"."app_id" <> '') OVER (
      PARTITION BY "t88"."charge_period_start", "t88"."charge_period_end", "t88"."cost_type"
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "bearers",
    SUM("t88"."allocated_quantity") OVER (
      PARTITION BY "t88"."charge_period_start", "t88"."charge_period_end", "t88"."cost_type"
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "whole_quantity"
  FROM (
    SELECT
      "t87"."charge_period_start" AS "charge_period_start",
      "t87"."charge_period_end" AS "charge_period_end",
      "t87"."cost_type" AS "cost_type",
      "t87"."app_id" AS "app_id",
      "t87"."team_id" AS "team_id",
      "t87"."cost_center" AS "cost_center",
      "t87"."environment" AS "environment",
      "t87"."lifecycle" AS "lifecycle",
      "t87"."share" AS "effective_cost",
      'USD' AS "billing_currency",
      "t87"."method" AS "allocated_method",
      "t87"."allocated_method_id" AS "allocated_method_id",
      CASE
        WHEN "t87"."app_id" <> ''
        THEN CONCAT('app/', "t87"."app_id")
        ELSE CAST(NULL AS Nullable(String))
      END AS "allocated_resource_id",
      "t87"."ratio" AS "allocated_ratio",
      CASE
        WHEN "t87"."method" = 'even'
        THEN 'active_apps'
        WHEN "t87"."method" = 'fixed'
        THEN 'weight'
        ELSE "t87"."basis"
      END AS "allocated_basis",
      "t87"."basis_quantity" AS "allocated_quantity",
      "t87"."footnote" AS "footnote"
    FROM (
      SELECT
        "t86"."charge_period_start" AS "charge_period_start",
        "t86"."charge_period_end" AS "charge_period_end",
        "t86"."app_id" AS "app_id",
        "t86"."team_id" AS "team_id",
        "t86"."cost_center" AS "cost_center",
        "t86"."environment" AS "environment",
        "t86"."lifecycle" AS "lifecycle",
        "t86"."cost_type" AS "cost_type",
        "t86"."pool" AS "pool",
        "t86"."method" AS "method",
        "t86"."basis" AS "basis",
        "t86"."floor" AS "floor",
        "t86"."footnote" AS "footnote",
        "t86"."allocated_method_id" AS "allocated_method_id",
        "t86"."variant" AS "variant",
        "t86"."pool_id" AS "pool_id",
        "t86"."basis_quantity" AS "basis_quantity",
        "t86"."weighed" AS "weighed",
        "t86"."amount" AS "amount",
        "t86"."least" AS "least",
        "t86"."heads" AS "heads",
        "t86"."total" AS "total",
        "t86"."whole" AS "whole",
        "t86"."part" AS "part",
        "t86"."left_over" AS "left_over",
        "t86"."missing" AS "missing",
        "t86"."rank" AS "rank",
        "t86"."got" AS "got",
        multiply(
          toDecimal256(
            CASE
              WHEN "t86"."pool" < CAST(0 AS Nullable(Decimal(76, 21)))
              THEN minus(toInt256(0), "t86"."got")
              ELSE "t86"."got"
            END,
            0
          ),
          CAST('0.000000000000000000001' AS Decimal(76, 21))
        ) AS "share",
        multiply(toDecimal256("t86"."part", 0), CAST('0.000000000000000000001' AS Decimal(76, 21))) AS "ratio"
      FROM (
        SELECT
          "t85"."charge_period_start" AS "charge_period_start",
          "t85"."charge_period_end" AS "charge_period_end",
          "t85"."app_id" AS "app_id",
          "t85"."team_id" AS "team_id",
          "t85"."cost_center" AS "cost_center",
          "t85"."environment" AS "environment",
          "t85"."lifecycle" AS "lifecycle",
          "t85"."cost_type" AS "cost_type",
          "t85"."pool" AS "pool",
          "t85"."method" AS "method",
          "t85"."basis" AS "basis",
          "t85"."floor" AS "floor",
          "t85"."footnote" AS "footnote",
          "t85"."allocated_method_id" AS "allocated_method_id",
          "t85"."variant" AS "variant",
          "t85"."pool_id" AS "pool_id",
          "t85"."basis_quantity" AS "basis_quantity",
          "t85"."weighed" AS "weighed",
          "t85"."amount" AS "amount",
          "t85"."least" AS "least",
          "t85"."heads" AS "heads",
          "t85"."total" AS "total",
          "t85"."whole" AS "whole",
          plus(
            "t85"."part",
            CASE
              WHEN toInt256("t85"."rank") < "t85"."missing"
              THEN toInt256(1)
              ELSE toInt256(0)
            END
          ) AS "part",
          "t85"."left_over" AS "left_over",
          "t85"."missing" AS "missing",
          "t85"."rank" AS "rank",
          "t85"."got" AS "got"
        FROM (
          SELECT
            "t84"."charge_period_start" AS "charge_period_start",
            "t84"."charge_period_end" AS "charge_period_end",
            "t84"."app_id" AS "app_id",
            "t84"."team_id" AS "team_id",
            "t84"."cost_center" AS "cost_center",
            "t84"."environment" AS "environment",
            "t84"."lifecycle" AS "lifecycle",
            "t84"."cost_type" AS "cost_type",
            "t84"."pool" AS "pool",
            "t84"."method" AS "method",
            "t84"."basis" AS "basis",
            "t84"."floor" AS "floor",
            "t84"."footnote" AS "footnote",
            "t84"."allocated_method_id" AS "allocated_method_id",
            "t84"."variant" AS "variant",
            "t84"."pool_id" AS "pool_id",
            "t84"."basis_quantity" AS "basis_quantity",
            "t84"."weighed" AS "weighed",
            "t84"."amount" AS "amount",
            "t84"."least" AS "least",
            "t84"."heads" AS "heads",
            "t84"."total" AS "total",
            "t84"."whole" AS "whole",
            "t84"."part" AS "part",
            "t84"."left_over" AS "left_over",
            minus(
              "t84"."whole",
              SUM("t84"."part") OVER (
                PARTITION BY "t84"."pool_id"
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              )
            ) AS "missing",
            ROW_NUMBER() OVER (
              PARTITION BY "t84"."pool_id"
              ORDER BY "t84"."left_over" DESC, "t84"."app_id" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "rank",
            "t84"."got" AS "got"
          FROM (
            SELECT
              "t83"."charge_period_start" AS "charge_period_start",
              "t83"."charge_period_end" AS "charge_period_end",
              "t83"."app_id" AS "app_id",
              "t83"."team_id" AS "team_id",
              "t83"."cost_center" AS "cost_center",
              "t83"."environment" AS "environment",
              "t83"."lifecycle" AS "lifecycle",
              "t83"."cost_type" AS "cost_type",
              "t83"."pool" AS "pool",
              "t83"."method" AS "method",
              "t83"."basis" AS "basis",
              "t83"."floor" AS "floor",
              "t83"."footnote" AS "footnote",
              "t83"."allocated_method_id" AS "allocated_method_id",
              "t83"."variant" AS "variant",
              "t83"."pool_id" AS "pool_id",
              "t83"."basis_quantity" AS "basis_quantity",
              "t83"."weighed" AS "weighed",
              "t83"."amount" AS "amount",
              "t83"."least" AS "least",
              "t83"."heads" AS "heads",
              "t83"."total" AS "total",
              "t83"."whole" AS "whole",
              intDiv(
                multiply(
                  plus(
                    "t83"."whole",
                    toInt256(
                      throwIf(
                        (
                          ABS(toFloat64("t83"."whole")) * ABS(toFloat64("t83"."total"))
                        ) > 5e+76,
                        'an amount times its weights has more than 76 digits'
                      )
                    )
                  ),
                  "t83"."weighed"
                ),
                "t83"."total"
              ) AS "part",
              modulo(
                multiply(
                  plus(
                    "t83"."whole",
                    toInt256(
                      throwIf(
                        (
                          ABS(toFloat64("t83"."whole")) * ABS(toFloat64("t83"."total"))
                        ) > 5e+76,
                        'an amount times its weights has more than 76 digits'
                      )
                    )
                  ),
                  "t83"."weighed"
                ),
                "t83"."total"
              ) AS "left_over",
              "t83"."missing" AS "missing",
              "t83"."rank" AS "rank",
              "t83"."got" AS "got"
            FROM (
              SELECT
                "t82"."charge_period_start" AS "charge_period_start",
                "t82"."charge_period_end" AS "charge_period_end",
                "t82"."app_id" AS "app_id",
                "t82"."team_id" AS "team_id",
                "t82"."cost_center" AS "cost_center",
                "t82"."environment" AS "environment",
                "t82"."lifecycle" AS "lifecycle",
                "t82"."cost_type" AS "cost_type",
                "t82"."pool" AS "pool",
                "t82"."method" AS "method",
                "t82"."basis" AS "basis",
                "t82"."floor" AS "floor",
                "t82"."footnote" AS "footnote",
                "t82"."allocated_method_id" AS "allocated_method_id",
                "t82"."variant" AS "variant",
                "t82"."pool_id" AS "pool_id",
                "t82"."basis_quantity" AS "basis_quantity",
                CASE WHEN "t82"."amount" = toInt256(0) THEN "t82"."weighed" ELSE "t82"."got" END AS "weighed",
                "t82"."amount" AS "amount",
                "t82"."least" AS "least",
                "t82"."heads" AS "heads",
                CASE WHEN "t82"."amount" = toInt256(0) THEN "t82"."total" ELSE "t82"."amount" END AS "total",
                reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))) AS "whole",
                "t82"."part" AS "part",
                "t82"."left_over" AS "left_over",
                "t82"."missing" AS "missing",
                "t82"."rank" AS "rank",
                "t82"."got" AS "got"
              FROM (
                SELECT
                  "t81"."charge_period_start" AS "charge_period_start",
                  "t81"."charge_period_end" AS "charge_period_end",
                  "t81"."app_id" AS "app_id",
                  "t81"."team_id" AS "team_id",
                  "t81"."cost_center" AS "cost_center",
                  "t81"."environment" AS "environment",
                  "t81"."lifecycle" AS "lifecycle",
                  "t81"."cost_type" AS "cost_type",
                  "t81"."pool" AS "pool",
                  "t81"."method" AS "method",
                  "t81"."basis" AS "basis",
                  "t81"."floor" AS "floor",
                  "t81"."footnote" AS "footnote",
                  "t81"."allocated_method_id" AS "allocated_method_id",
                  "t81"."variant" AS "variant",
                  "t81"."pool_id" AS "pool_id",
                  "t81"."basis_quantity" AS "basis_quantity",
                  "t81"."weighed" AS "weighed",
                  "t81"."amount" AS "amount",
                  "t81"."least" AS "least",
                  "t81"."heads" AS "heads",
                  "t81"."total" AS "total",
                  "t81"."whole" AS "whole",
                  "t81"."part" AS "part",
                  "t81"."left_over" AS "left_over",
                  "t81"."missing" AS "missing",
                  "t81"."rank" AS "rank",
                  plus("t81"."least", "t81"."part") AS "got"
                FROM (
                  SELECT
                    "t80"."charge_period_start" AS "charge_period_start",
                    "t80"."charge_period_end" AS "charge_period_end",
                    "t80"."app_id" AS "app_id",
                    "t80"."team_id" AS "team_id",
                    "t80"."cost_center" AS "cost_center",
                    "t80"."environment" AS "environment",
                    "t80"."lifecycle" AS "lifecycle",
                    "t80"."cost_type" AS "cost_type",
                    "t80"."pool" AS "pool",
                    "t80"."method" AS "method",
                    "t80"."basis" AS "basis",
                    "t80"."floor" AS "floor",
                    "t80"."footnote" AS "footnote",
                    "t80"."allocated_method_id" AS "allocated_method_id",
                    "t80"."variant" AS "variant",
                    "t80"."pool_id" AS "pool_id",
                    "t80"."basis_quantity" AS "basis_quantity",
                    "t80"."weighed" AS "weighed",
                    "t80"."amount" AS "amount",
                    "t80"."least" AS "least",
                    "t80"."heads" AS "heads",
                    "t80"."total" AS "total",
                    "t80"."whole" AS "whole",
                    plus(
                      "t80"."part",
                      CASE
                        WHEN toInt256("t80"."rank") < "t80"."missing"
                        THEN toInt256(1)
                        ELSE toInt256(0)
                      END
                    ) AS "part",
                    "t80"."left_over" AS "left_over",
                    "t80"."missing" AS "missing",
                    "t80"."rank" AS "rank"
                  FROM (
                    SELECT
                      "t79"."charge_period_start" AS "charge_period_start",
                      "t79"."charge_period_end" AS "charge_period_end",
                      "t79"."app_id" AS "app_id",
                      "t79"."team_id" AS "team_id",
                      "t79"."cost_center" AS "cost_center",
                      "t79"."environment" AS "environment",
                      "t79"."lifecycle" AS "lifecycle",
                      "t79"."cost_type" AS "cost_type",
                      "t79"."pool" AS "pool",
                      "t79"."method" AS "method",
                      "t79"."basis" AS "basis",
                      "t79"."floor" AS "floor",
                      "t79"."footnote" AS "footnote",
                      "t79"."allocated_method_id" AS "allocated_method_id",
                      "t79"."variant" AS "variant",
                      "t79"."pool_id" AS "pool_id",
                      "t79"."basis_quantity" AS "basis_quantity",
                      "t79"."weighed" AS "weighed",
                      "t79"."amount" AS "amount",
                      "t79"."least" AS "least",
                      "t79"."heads" AS "heads",
                      "t79"."total" AS "total",
                      "t79"."whole" AS "whole",
                      "t79"."part" AS "part",
                      "t79"."left_over" AS "left_over",
                      minus(
                        "t79"."whole",
                        SUM("t79"."part") OVER (
                          PARTITION BY "t79"."pool_id"
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        )
                      ) AS "missing",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t79"."pool_id"
                        ORDER BY "t79"."left_over" DESC, "t79"."app_id" ASC
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "rank"
                    FROM (
                      SELECT
                        "t78"."charge_period_start" AS "charge_period_start",
                        "t78"."charge_period_end" AS "charge_period_end",
                        "t78"."app_id" AS "app_id",
                        "t78"."team_id" AS "team_id",
                        "t78"."cost_center" AS "cost_center",
                        "t78"."environment" AS "environment",
                        "t78"."lifecycle" AS "lifecycle",
                        "t78"."cost_type" AS "cost_type",
                        "t78"."pool" AS "pool",
                        "t78"."method" AS "method",
                        "t78"."basis" AS "basis",
                        "t78"."floor" AS "floor",
                        "t78"."footnote" AS "footnote",
                        "t78"."allocated_method_id" AS "allocated_method_id",
                        "t78"."variant" AS "variant",
                        "t78"."pool_id" AS "pool_id",
                        "t78"."basis_quantity" AS "basis_quantity",
                        "t78"."weighed" AS "weighed",
                        "t78"."amount" AS "amount",
                        "t78"."least" AS "least",
                        "t78"."heads" AS "heads",
                        "t78"."total" AS "total",
                        "t78"."whole" AS "whole",
                        intDiv(
                          multiply(
                            plus(
                              "t78"."whole",
                              toInt256(
                                throwIf(
                                  (
                                    ABS(toFloat64("t78"."whole")) * ABS(toFloat64("t78"."total"))
                                  ) > 5e+76,
                                  'an amount times its weights has more than 76 digits'
                                )
                              )
                            ),
                            "t78"."weighed"
                          ),
                          "t78"."total"
                        ) AS "part",
                        modulo(
                          multiply(
                            plus(
                              "t78"."whole",
                              toInt256(
                                throwIf(
                                  (
                                    ABS(toFloat64("t78"."whole")) * ABS(toFloat64("t78"."total"))
                                  ) > 5e+76,
                                  'an amount times its weights has more than 76 digits'
                                )
                              )
                            ),
                            "t78"."weighed"
                          ),
                          "t78"."total"
                        ) AS "left_over"
                      FROM (
                        SELECT
                          "t77"."charge_period_start" AS "charge_period_start",
                          "t77"."charge_period_end" AS "charge_period_end",
                          "t77"."app_id" AS "app_id",
                          "t77"."team_id" AS "team_id",
                          "t77"."cost_center" AS "cost_center",
                          "t77"."environment" AS "environment",
                          "t77"."lifecycle" AS "lifecycle",
                          "t77"."cost_type" AS "cost_type",
                          "t77"."pool" AS "pool",
                          "t77"."method" AS "method",
                          "t77"."basis" AS "basis",
                          "t77"."floor" AS "floor",
                          "t77"."footnote" AS "footnote",
                          "t77"."allocated_method_id" AS "allocated_method_id",
                          "t77"."variant" AS "variant",
                          "t77"."pool_id" AS "pool_id",
                          "t77"."basis_quantity" AS "basis_quantity",
                          CASE
                            WHEN (
                              multiply("t77"."least", "t77"."heads") > "t77"."amount"
                            )
                            OR (
                              "t77"."total" = toInt256(0)
                            )
                            THEN toInt256(1)
                            ELSE "t77"."weighed"
                          END AS "weighed",
                          "t77"."amount" AS "amount",
                          CASE
                            WHEN multiply("t77"."least", "t77"."heads") > "t77"."amount"
                            THEN toInt256(0)
                            ELSE "t77"."least"
                          END AS "least",
                          "t77"."heads" AS "heads",
                          CASE
                            WHEN (
                              multiply("t77"."least", "t77"."heads") > "t77"."amount"
                            )
                            OR (
                              "t77"."total" = toInt256(0)
                            )
                            THEN "t77"."heads"
                            ELSE "t77"."total"
                          END AS "total",
                          minus(
                            "t77"."amount",
                            CASE
                              WHEN multiply("t77"."least", "t77"."heads") > "t77"."amount"
                              THEN toInt256(0)
                              ELSE multiply("t77"."least", "t77"."heads")
                            END
                          ) AS "whole"
                        FROM (
                          SELECT
                            "t76"."charge_period_start" AS "charge_period_start",
                            "t76"."charge_period_end" AS "charge_period_end",
                            "t76"."app_id" AS "app_id",
                            "t76"."team_id" AS "team_id",
                            "t76"."cost_center" AS "cost_center",
                            "t76"."environment" AS "environment",
                            "t76"."lifecycle" AS "lifecycle",
                            "t76"."cost_type" AS "cost_type",
                            "t76"."pool" AS "pool",
                            "t76"."method" AS "method",
                            "t76"."basis" AS "basis",
                            "t76"."floor" AS "floor",
                            "t76"."footnote" AS "footnote",
                            "t76"."allocated_method_id" AS "allocated_method_id",
                            "t76"."variant" AS "variant",
                            "t76"."pool_id" AS "pool_id",
                            "t76"."basis_quantity" AS "basis_quantity",
                            "t76"."weighed" AS "weighed",
                            toInt256(ABS(reinterpretAsInt256("t76"."pool"))) AS "amount",
                            reinterpretAsInt256("t76"."floor") AS "least",
                            toInt256(
                              COUNT(*) OVER (
                                PARTITION BY "t76"."pool_id"
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              )
                            ) AS "heads",
                            SUM("t76"."weighed") OVER (
                              PARTITION BY "t76"."pool_id"
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            ) AS "total"
                          FROM (
                            SELECT
                              "t75".*
                              EXCEPT ("given", "heads")
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t73"."charge_period_start" AS "charge_period_start",
                                  "t73"."charge_period_end" AS "charge_period_end",
                                  "t73"."app_id" AS "app_id",
                                  "t73"."team_id" AS "team_id",
                                  "t73"."cost_center" AS "cost_center",
                                  "t73"."environment" AS "environment",
                                  "t73"."lifecycle" AS "lifecycle",
                                  "t73"."cost_type" AS "cost_type",
                                  "t73"."pool" AS "pool",
                                  "t73"."method" AS "method",
                                  "t73"."basis" AS "basis",
                                  "t73"."floor" AS "floor",
                                  "t73"."footnote" AS "footnote",
                                  "t73"."allocated_method_id" AS "allocated_method_id",
                                  "t73"."variant" AS "variant",
                                  "t73"."pool_id" AS "pool_id",
                                  "t73"."basis_quantity" AS "basis_quantity",
                                  CASE
                                    WHEN "t73"."app_id" = ''
                                    THEN CASE
                                      WHEN "t73"."heads" = 1
                                      THEN reinterpretAsInt256(CAST(1 AS Decimal(76, 12)))
                                      ELSE CASE
                                        WHEN "t73"."method" = 'fixed'
                                        THEN minus(reinterpretAsInt256(CAST(1 AS Decimal(76, 12))), "t73"."given")
                                        ELSE toInt256(0)
                                      END
                                    END
                                    ELSE "t73"."weighed"
                                  END AS "weighed",
                                  "t73"."heads" AS "heads",
                                  "t73"."given" AS "given"
                                FROM (
                                  SELECT
                                    "t72"."charge_period_start" AS "charge_period_start",
                                    "t72"."charge_period_end" AS "charge_period_end",
                                    "t72"."app_id" AS "app_id",
                                    "t72"."team_id" AS "team_id",
                                    "t72"."cost_center" AS "cost_center",
                                    "t72"."environment" AS "environment",
                                    "t72"."lifecycle" AS "lifecycle",
                                    "t72"."cost_type" AS "cost_type",
                                    "t72"."pool" AS "pool",
                                    "t72"."method" AS "method",
                                    "t72"."basis" AS "basis",
                                    "t72"."floor" AS "floor",
                                    "t72"."footnote" AS "footnote",
                                    "t72"."allocated_method_id" AS "allocated_method_id",
                                    "t72"."variant" AS "variant",
                                    "t72"."pool_id" AS "pool_id",
                                    "t72"."basis_quantity" AS "basis_quantity",
                                    "t72"."weighed" AS "weighed",
                                    COUNT(*) OVER (
                                      PARTITION BY "t72"."pool_id"
                                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                    ) AS "heads",
                                    SUM("t72"."weighed") OVER (
                                      PARTITION BY "t72"."pool_id"
                                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                    ) AS "given"
                                  FROM (
                                    SELECT
                                      "t71"."charge_period_start" AS "charge_period_start",
                                      "t71"."charge_period_end" AS "charge_period_end",
                                      "t71"."app_id" AS "app_id",
                                      "t71"."team_id" AS "team_id",
                                      "t71"."cost_center" AS "cost_center",
                                      "t71"."environment" AS "environment",
                                      "t71"."lifecycle" AS "lifecycle",
                                      "t71"."cost_type" AS "cost_type",
                                      "t71"."pool" AS "pool",
                                      "t71"."method" AS "method",
                                      "t71"."basis" AS "basis",
                                      "t71"."floor" AS "floor",
                                      "t71"."footnote" AS "footnote",
                                      "t71"."allocated_method_id" AS "allocated_method_id",
                                      "t71"."variant" AS "variant",
                                      "t71"."pool_id" AS "pool_id",
                                      "t71"."basis_quantity" AS "basis_quantity",
                                      reinterpretAsInt256("t71"."basis_quantity") AS "weighed"
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t69".*
                                          EXCEPT ("owner", "pooled_digest", "pooled_events", "requests", "weights")
                                        FROM (
                                          SELECT
                                            "t68"."charge_period_start" AS "charge_period_start",
                                            "t68"."charge_period_end" AS "charge_period_end",
                                            "t68"."app_id" AS "app_id",
                                            toLowCardinality("t68"."team_id") AS "team_id",
                                            toLowCardinality("t68"."cost_center") AS "cost_center",
                                            toLowCardinality("t68"."environment") AS "environment",
                                            toLowCardinality("t68"."lifecycle") AS "lifecycle",
                                            "t68"."requests" AS "requests",
                                            toLowCardinality("t68"."cost_type") AS "cost_type",
                                            "t68"."pool" AS "pool",
                                            "t68"."pooled_events" AS "pooled_events",
                                            "t68"."pooled_digest" AS "pooled_digest",
                                            toLowCardinality("t68"."method") AS "method",
                                            toLowCardinality("t68"."basis") AS "basis",
                                            CASE
                                              WHEN (
                                                "t68"."method" = 'floor_plus_share'
                                              ) AND NOT (
                                                "t68"."app_id" = ''
                                              )
                                              THEN CAST("t68"."floor" AS Decimal(76, 21))
                                              ELSE CAST(0 AS Decimal(76, 21))
                                            END AS "floor",
                                            "t68"."weights" AS "weights",
                                            toLowCardinality("t68"."footnote") AS "footnote",
                                            "t68"."owner" AS "owner",
                                            toLowCardinality("t68"."allocated_method_id") AS "allocated_method_id",
                                            "t68"."variant" AS "variant",
                                            "t68"."pool_id" AS "pool_id",
                                            CAST(CASE
                                              WHEN "t68"."app_id" = ''
                                              THEN CAST(0 AS Decimal(76, 12))
                                              ELSE CASE
                                                WHEN "t68"."method" = 'even'
                                                THEN CAST(1 AS Decimal(76, 12))
                                                WHEN "t68"."method" = 'fixed'
                                                THEN CAST(CASE
                                                  WHEN mapContains("t68"."weights", "t68"."app_id")
                                                  THEN "t68"."weights"["t68"."app_id"]
                                                  ELSE CAST(0 AS Decimal(18, 9))
                                                END AS Decimal(76, 12))
                                                ELSE CASE
                                                  WHEN "t68"."basis" = 'requests'
                                                  THEN "t68"."requests"
                                                  ELSE CAST(throwIf(
                                                    "t68"."method" IN ('proportional', 'floor_plus_share')
                                                    AND NOT (
                                                      "t68"."basis" IN ('requests')
                                                    ),
                                                    'an allocation rule names a basis that was not asked for: add it to bases'
                                                  ) AS Decimal(76, 12))
                                                END
                                              END
                                            END AS Decimal(76, 12)) AS "basis_quantity"
                                          FROM (
                                            SELECT
                                              "t67"."charge_period_start" AS "charge_period_start",
                                              "t67"."charge_period_end" AS "charge_period_end",
                                              "t67"."app_id" AS "app_id",
                                              "t67"."team_id" AS "team_id",
                                              "t67"."cost_center" AS "cost_center",
                                              "t67"."environment" AS "environment",
                                              "t67"."lifecycle" AS "lifecycle",
                                              "t67"."requests" AS "requests",
                                              "t42"."cost_type" AS "cost_type",
                                              "t42"."pool" AS "pool",
                                              "t42"."pooled_events" AS "pooled_events",
                                              "t42"."pooled_digest" AS "pooled_digest",
                                              "t42"."method" AS "method",
                                              "t42"."basis" AS "basis",
                                              "t42"."floor" AS "floor",
                                              "t42"."weights" AS "weights",
                                              "t42"."footnote" AS "footnote",
                                              "t42"."owner" AS "owner",
                                              "t42"."allocated_method_id" AS "allocated_method_id",
                                              "t42"."variant" AS "variant",
                                              "t42"."pool_id" AS "pool_id"
                                            FROM (
                                              SELECT
                                                *
                                              FROM (
                                                SELECT
                                                  *
                                                FROM (
                                                  SELECT
                                                    CASE
                                                      WHEN "t49"."app_id" <> ''
                                                      THEN "t49"."charge_period_start"
                                                      ELSE "t63"."ran_charge_period_start"
                                                    END AS "charge_period_start",
                                                    CASE
                                                      WHEN "t49"."app_id" <> ''
                                                      THEN "t49"."charge_period_end"
                                                      ELSE "t63"."ran_charge_period_end"
                                                    END AS "charge_period_end",
                                                    CASE WHEN "t49"."app_id" <> '' THEN "t49"."app_id" ELSE "t63"."ran_app_id" END AS "app_id",
                                                    CASE
                                                      WHEN "t49"."app_id" <> ''
                                                      THEN "t49"."used_by_team_id"
                                                      ELSE "t63"."ran_by_team_id"
                                                    END AS "team_id",
                                                    CASE
                                                      WHEN "t49"."app_id" <> ''
                                                      THEN "t49"."used_by_cost_center"
                                                      ELSE "t63"."ran_by_cost_center"
                                                    END AS "cost_center",
                                                    CASE
                                                      WHEN "t49"."app_id" <> ''
                                                      THEN "t49"."used_by_environment"
                                                      ELSE "t63"."ran_by_environment"
                                                    END AS "environment",
                                                    CASE
                                                      WHEN "t49"."app_id" <> ''
                                                      THEN "t49"."used_by_lifecycle"
                                                      ELSE "t63"."ran_by_lifecycle"
                                                    END AS "lifecycle",
                                                    "t49"."requests" AS "requests"
                                                  FROM (
                                                    SELECT
                                                      "t47"."charge_period_start" AS "charge_period_start",
                                                      "t47"."charge_period_end" AS "charge_period_end",
                                                      "t47"."app_id" AS "app_id",
                                                      "t47"."requests" AS "requests",
                                                      splitByString('\x1f', CAST("t47"."latest" AS String))[2] AS "used_by_team_id",
                                                      splitByString('\x1f', CAST("t47"."latest" AS String))[3] AS "used_by_cost_center",
                                                      splitByString('\x1f', CAST("t47"."latest" AS String))[4] AS "used_by_environment",
                                                      splitByString('\x1f', CAST("t47"."latest" AS String))[5] AS "used_by_lifecycle"
                                                    FROM (
                                                      SELECT
                                                        "t41"."charge_period_start" AS "charge_period_start",
                                                        "t41"."charge_period_end" AS "charge_period_end",
                                                        "t41"."app_id" AS "app_id",
                                                        CAST(GREATEST(
                                                          COALESCE(
                                                            CAST(sumIf("t41"."consumed_quantity", "t41"."meter" = 'requests') AS Nullable(Decimal(76, 12))),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ),
                                                          CAST(0 AS Decimal(76, 12))
                                                        ) AS Decimal(76, 12)) AS "requests",
                                                        MAX(
                                                          CONCAT(
                                                            CONCAT(
                                                              CONCAT(
                                                                CONCAT(
                                                                  CONCAT(
                                                                    CONCAT(
                                                                      CONCAT(
                                                                        CONCAT(CAST(toRelativeSecondNum("t41"."hour") AS Nullable(String)), '\x1f'),
                                                                        "t41"."team_id"
                                                                      ),
                                                                      '\x1f'
                                                                    ),
                                                                    "t41"."cost_center"
                                                                  ),
                                                                  '\x1f'
                                                                ),
                                                                "t41"."environment"
                                                              ),
                                                              '\x1f'
                                                            ),
                                                            "t41"."lifecycle"
                                                          )
                                                        ) AS "latest"
                                                      FROM (
                                                        SELECT
                                                          "t26"."app_id" AS "app_id",
                                                          "t26"."team_id" AS "team_id",
                                                          "t26"."cost_center" AS "cost_center",
                                                          "t26"."environment" AS "environment",
                                                          "t26"."lifecycle" AS "lifecycle",
                                                          "t26"."meter" AS "meter",
                                                          "t26"."consumed_quantity" AS "consumed_quantity",
                                                          "t26"."consumed_unit" AS "consumed_unit",
                                                          "t26"."list_cost" AS "list_cost",
                                                          "t26"."effective_cost" AS "effective_cost",
                                                          "t26"."billed_cost" AS "billed_cost",
                                                          "t26"."attribution_rule" AS "attribution_rule",
                                                          "t26"."pricing_status" AS "pricing_status",
                                                          "t26"."event_count" AS "event_count",
                                                          "t26"."hour" AS "hour",
                                                          "t35"."charge_period_start" AS "charge_period_start",
                                                          "t35"."charge_period_end" AS "charge_period_end"
                                                        FROM (
                                                          SELECT
                                                            "t1"."app_id" AS "app_id",
                                                            "t1"."team_id" AS "team_id",
                                                            "t1"."cost_center" AS "cost_center",
                                                            "t1"."environment" AS "environment",
                                                            "t1"."lifecycle" AS "lifecycle",
                                                            "t1"."meter" AS "meter",
                                                            "t1"."consumed_quantity" AS "consumed_quantity",
                                                            "t1"."consumed_unit" AS "consumed_unit",
                                                            "t1"."list_cost" AS "list_cost",
                                                            "t1"."effective_cost" AS "effective_cost",
                                                            "t1"."billed_cost" AS "billed_cost",
                                                            "t1"."attribution_rule" AS "attribution_rule",
                                                            "t1"."pricing_status" AS "pricing_status",
                                                            "t1"."event_count" AS "event_count",
                                                            "t1"."charge_period_start" AS "hour"
                                                          FROM "charges" AS "t1"
                                                          WHERE
                                                            "t1"."meter" <> 'platform_cost'
                                                            AND "t1"."app_id" <> ''
                                                            AND "t1"."billing_currency" = 'USD'
                                                            AND "t1"."charge_date" >= (
                                                              SELECT
                                                                MIN(toDate("t12"."charge_period_start")) AS "Min(Date(charge_period_start))"
                                                              FROM "t9" AS "t12"
                                                            )
                                                        ) AS "t26"
                                                        INNER JOIN (
                                                          SELECT
                                                            "t27"."charge_period_start" AS "charge_period_start",
                                                            "t27"."charge_period_end" AS "charge_period_end",
                                                            toTimeZone(CAST(toDateTime("t27"."number" * 3600) AS DateTime64(0, 'UTC')), 'UTC') AS "hour"
                                                          FROM (
                                                            SELECT
                                                              "t12"."charge_period_start" AS "charge_period_start",
                                                              "t12"."charge_period_end" AS "charge_period_end",
                                                              arrayJoin(
                                                                range(
                                                                  CAST(FLOOR((
                                                                    toRelativeSecondNum("t12"."charge_period_start")
                                                                  ) / (
                                                                    3600
                                                                  )) AS Nullable(Int64)),
                                                                  CAST(FLOOR(
                                                                    (
                                                                      GREATEST(
                                                                        toRelativeSecondNum("t12"."charge_period_start"),
                                                                        toRelativeSecondNum("t12"."charge_period_end") - 1
                                                                      )
                                                                    ) / (
                                                                      3600
                                                                    )
                                                                  ) AS Nullable(Int64)) + 1,
                                                                  1
                                                                )
                                                              ) AS "number"
                                                            FROM "t9" AS "t12"
                                                          ) AS "t27"
                                                        ) AS "t35"
                                                          ON "t26"."hour" = "t35"."hour"
                                                      ) AS "t41"
                                                      GROUP BY
                                                        "t41"."charge_period_start",
                                                        "t41"."charge_period_end",
                                                        "t41"."app_id"
                                                    ) AS "t47"
                                                  ) AS "t49"
                                                  FULL OUTER JOIN (
                                                    SELECT
                                                      "t61"."charge_period_start" AS "ran_charge_period_start",
                                                      "t61"."charge_period_end" AS "ran_charge_period_end",
                                                      "t61"."app_id" AS "ran_app_id",
                                                      "t61"."ran_by_team_id" AS "ran_by_team_id",
                                                      CASE
                                                        WHEN "t61"."ran_by_cost_center" <> ''
                                                        THEN "t61"."ran_by_cost_center"
                                                        ELSE CASE WHEN "t61"."team_found" THEN "t61"."team_cost_center" ELSE '' END
                                                      END AS "ran_by_cost_center",
                                                      "t61"."ran_by_environment" AS "ran_by_environment",
                                                      "t61"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                      CAST(CAST("t61"."run_milliseconds" AS Decimal(76, 12)) / 3600000 AS Decimal(76, 12)) AS "run_hours"
                                                    FROM (
                                                      SELECT
                                                        "t60"."charge_period_start" AS "charge_period_start",
                                                        "t60"."charge_period_end" AS "charge_period_end",
                                                        "t60"."app_id" AS "app_id",
                                                        "t60"."run_milliseconds" AS "run_milliseconds",
                                                        "t60"."ended" AS "ended",
                                                        "t60"."time" AS "time",
                                                        "t60"."ran_by_team_id" AS "ran_by_team_id",
                                                        "t60"."ran_by_cost_center" AS "ran_by_cost_center",
                                                        "t60"."ran_by_environment" AS "ran_by_environment",
                                                        "t60"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                        "t60"."ran_by_found" AS "ran_by_found",
                                                        "t10"."team_cost_center" AS "team_cost_center",
                                                        "t60"."time" < "t10"."ends" AS "team_found"
                                                      FROM (
                                                        SELECT
                                                          *
                                                        FROM (
                                                          SELECT
                                                            "t57"."charge_period_start" AS "charge_period_start",
                                                            "t57"."charge_period_end" AS "charge_period_end",
                                                            "t57"."app_id" AS "app_id",
                                                            "t57"."run_milliseconds" AS "run_milliseconds",
                                                            "t57"."ended" AS "ended",
                                                            "t57"."time" AS "time",
                                                            "t11"."ran_by_team_id" AS "ran_by_team_id",
                                                            "t11"."ran_by_cost_center" AS "ran_by_cost_center",
                                                            "t11"."ran_by_environment" AS "ran_by_environment",
                                                            "t11"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                            "t57"."time" < "t11"."ends" AS "ran_by_found"
                                                          FROM (
                                                            SELECT
                                                              "t55"."charge_period_start" AS "charge_period_start",
                                                              "t55"."charge_period_end" AS "charge_period_end",
                                                              "t55"."app_id" AS "app_id",
                                                              "t55"."run_milliseconds" AS "run_milliseconds",
                                                              "t55"."ended" AS "ended",
                                                              subtractMilliseconds("t55"."ended", 1) AS "time"
                                                            FROM (
                                                              SELECT
                                                                "t54"."charge_period_start" AS "charge_period_start",
                                                                "t54"."charge_period_end" AS "charge_period_end",
                                                                "t54"."app_id" AS "app_id",
                                                                SUM(DATE_DIFF(MILLISECOND, "t54"."begins", "t54"."ends")) AS "run_milliseconds",
                                                                MAX("t54"."ends") AS "ended"
                                                              FROM (
                                                                SELECT
                                                                  *
                                                                FROM (
                                                                  SELECT
                                                                    "t52"."app_id" AS "app_id",
                                                                    GREATEST(
                                                                      "t52"."begins",
                                                                      "t52"."opens",
                                                                      toTimeZone(CAST(toDateTime("t52"."day" * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                                                                    ) AS "begins",
                                                                    LEAST(
                                                                      "t52"."ends",
                                                                      "t52"."closes",
                                                                      toTimeZone(CAST(toDateTime((
                                                                        "t52"."day" + 1
                                                                      ) * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                                                                    ) AS "ends",
                                                                    "t52"."day" AS "day",
                                                                    "t52"."charge_period_start" AS "charge_period_start",
                                                                    "t52"."charge_period_end" AS "charge_period_end",
                                                                    "t52"."opens" AS "opens",
                                                                    "t52"."closes" AS "closes"
                                                                  FROM (
                                                                    SELECT
                                                                      "t51"."app_id" AS "app_id",
                                                                      "t51"."begins" AS "begins",
                                                                      "t51"."ends" AS "ends",
                                                                      "t51"."day" AS "day",
                                                                      "t31"."charge_period_start" AS "charge_period_start",
                                                                      "t31"."charge_period_end" AS "charge_period_end",
                                                                      "t31"."opens" AS "opens",
                                                                      "t31"."closes" AS "closes"
                                                                    FROM (
                                                                      SELECT
                                                                        "t46"."app_id" AS "app_id",
                                                                        "t46"."begins" AS "begins",
                                                                        "t46"."ends" AS "ends",
                                                                        arrayJoin(
                                                                          range(
                                                                            CAST(FLOOR((
                                                                              toRelativeSecondNum("t46"."begins")
                                                                            ) / (
                                                                              86400
                                                                            )) AS Nullable(Int64)),
                                                                            GREATEST(
                                                                              CAST(FLOOR((
                                                                                toRelativeSecondNum("t46"."begins")
                                                                              ) / (
                                                                                86400
                                                                              )) AS Nullable(Int64)),
                                                                              CAST(FLOOR((
                                                                                (
                                                                                  toRelativeSecondNum("t46"."ends") + 86400
                                                                                ) - 1
                                                                              ) / (
                                                                                86400
                                                                              )) AS Nullable(Int64)) - 1
                                                                            ) + 1,
                                                                            1
                                                                          )
                                                                        ) AS "day"
                                                                      FROM (
                                                                        SELECT
                                                                          "t45"."app_id" AS "app_id",
                                                                          "t45"."run_start" AS "run_start",
                                                                          "t45"."run_end" AS "run_end",
                                                                          "t45"."first" AS "first",
                                                                          "t45"."last" AS "last",
                                                                          GREATEST("t45"."run_start", toTimeZone(CAST("t45"."first" AS DateTime64(3, 'UTC')), 'UTC')) AS "begins",
                                                                          LEAST("t45"."run_end", toTimeZone(CAST("t45"."last" AS DateTime64(3, 'UTC')), 'UTC')) AS "ends"
                                                                        FROM (
                                                                          SELECT
                                                                            "t44"."app_id" AS "app_id",
                                                                            "t44"."run_start" AS "run_start",
                                                                            "t44"."run_end" AS "run_end",
                                                                            "t21"."first" AS "first",
                                                                            "t21"."last" AS "last"
                                                                          FROM (
                                                                            SELECT
                                                                              "t39"."app_id" AS "app_id",
                                                                              "t39"."time" AS "run_start",
                                                                              CASE
                                                                                WHEN "t39"."following" >= "t39"."time"
                                                                                THEN "t39"."following"
                                                                                ELSE parseDateTimeBestEffort('2200-01-01T00:00:00+00:00', 'UTC')
                                                                              END AS "run_end"
                                                                            FROM (
                                                                              SELECT
                                                                                "t34"."source" AS "source",
                                                                                "t34"."event_id" AS "event_id",
                                                                                "t34"."time" AS "time",
                                                                                "t34"."received_at" AS "received_at",
                                                                                "t34"."resource_id" AS "resource_id",
                                                                                "t34"."app_id" AS "app_id",
                                                                                "t34"."environment" AS "environment",
                                                                                "t34"."lease_id" AS "lease_id",
                                                                                "t34"."is_authenticated" AS "is_authenticated",
                                                                                "t34"."event_digest" AS "event_digest",
                                                                                "t34"."action" AS "action",
                                                                                "t34"."attributes" AS "attributes",
                                                                                "t34"."before" AS "before",
                                                                                "t34"."step" AS "step",
                                                                                "t34"."running" AS "running",
                                                                                leadInFrame("t34"."time") OVER (
                                                                                  PARTITION BY "t34"."app_id"
                                                                                  ORDER BY "t34"."time" ASC, "t34"."action" ASC, "t34"."resource_id" ASC, "t34"."event_id" ASC
                                                                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                                                                ) AS "following"
                                                                              FROM (
                                                                                SELECT
                                                                                  *
                                                                                FROM (
                                                                                  SELECT
                                                                                    "t22"."source" AS "source",
                                                                                    "t22"."event_id" AS "event_id",
                                                                                    "t22"."time" AS "time",
                                                                                    "t22"."received_at" AS "received_at",
                                                                                    "t22"."resource_id" AS "resource_id",
                                                                                    "t22"."app_id" AS "app_id",
                                                                                    "t22"."environment" AS "environment",
                                                                                    "t22"."lease_id" AS "lease_id",
                                                                                    "t22"."is_authenticated" AS "is_authenticated",
                                                                                    "t22"."event_digest" AS "event_digest",
                                                                                    "t22"."action" AS "action",
                                                                                    "t22"."attributes" AS "attributes",
                                                                                    "t22"."before" AS "before",
                                                                                    "t22"."step" AS "step",
                                                                                    SUM("t22"."step") OVER (
                                                                                      PARTITION BY "t22"."app_id"
                                                                                      ORDER BY "t22"."time" ASC, "t22"."action" ASC, "t22"."resource_id" ASC, "t22"."event_id" ASC
                                                                                      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                                                                                    ) AS "running"
                                                                                  FROM (
                                                                                    SELECT
                                                                                      "t15"."source" AS "source",
                                                                                      "t15"."event_id" AS "event_id",
                                                                                      "t15"."time" AS "time",
                                                                                      "t15"."received_at" AS "received_at",
                                                                                      "t15"."resource_id" AS "resource_id",
                                                                                      "t15"."app_id" AS "app_id",
                                                                                      "t15"."environment" AS "environment",
                                                                                      "t15"."lease_id" AS "lease_id",
                                                                                      "t15"."is_authenticated" AS "is_authenticated",
                                                                                      "t15"."event_digest" AS "event_digest",
                                                                                      "t15"."action" AS "action",
                                                                                      "t15"."attributes" AS "attributes",
                                                                                      "t15"."before" AS "before",
                                                                                      CASE WHEN "t15"."action" = 'start' THEN 1 ELSE -1 END AS "step"
                                                                                    FROM (
                                                                                      SELECT
                                                                                        "t7"."source" AS "source",
                                                                                        "t7"."event_id" AS "event_id",
                                                                                        "t7"."time" AS "time",
                                                                                        "t7"."received_at" AS "received_at",
                                                                                        "t7"."resource_id" AS "resource_id",
                                                                                        "t7"."app_id" AS "app_id",
                                                                                        "t7"."environment" AS "environment",
                                                                                        "t7"."lease_id" AS "lease_id",
                                                                                        "t7"."is_authenticated" AS "is_authenticated",
                                                                                        "t7"."event_digest" AS "event_digest",
                                                                                        "t7"."action" AS "action",
                                                                                        "t7"."attributes" AS "attributes",
                                                                                        lagInFrame("t7"."action") OVER (
                                                                                          PARTITION BY "t7"."app_id", "t7"."resource_id"
                                                                                          ORDER BY "t7"."time" ASC, "t7"."action" ASC, "t7"."event_id" ASC
                                                                                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                                                                        ) AS "before"
                                                                                      FROM (
                                                                                        SELECT
                                                                                          *
                                                                                        FROM "lifecycle" AS "t4"
                                                                                        WHERE
                                                                                          "t4"."is_authenticated"
                                                                                          AND "t4"."app_id" <> ''
                                                                                          AND "t4"."action" IN ('start', 'stop')
                                                                                      ) AS "t7"
                                                                                    ) AS "t15"
                                                                                    WHERE
                                                                                      CASE
                                                                                        WHEN "t15"."action" = 'start'
                                                                                        THEN "t15"."before" <> 'start'
                                                                                        ELSE "t15"."before" = 'start'
                                                                                      END
                                                                                  ) AS "t22"
                                                                                ) AS "t28"
                                                                                WHERE
                                                                                  CASE WHEN "t28"."step" = 1 THEN "t28"."running" = 1 ELSE "t28"."running" = 0 END
                                                                              ) AS "t34"
                                                                            ) AS "t39"
                                                                            WHERE
                                                                              "t39"."step" = 1
                                                                            ORDER BY
                                                                              "t39"."app_id" ASC,
                                                                              "t39"."time" ASC
                                                                          ) AS "t44"
                                                                          CROSS JOIN (
                                                                            SELECT
                                                                              MIN("t12"."charge_period_start") AS "first",
                                                                              MAX("t12"."charge_period_end") AS "last"
                                                                            FROM "t9" AS "t12"
                                                                          ) AS "t21"
                                                                        ) AS "t45"
                                                                        WHERE
                                                                          GREATEST("t45"."run_start", toTimeZone(CAST("t45"."first" AS DateTime64(3, 'UTC')), 'UTC')) < LEAST("t45"."run_end", toTimeZone(CAST("t45"."last" AS DateTime64(3, 'UTC')), 'UTC'))
                                                                      ) AS "t46"
                                                                    ) AS "t51"
                                                                    INNER JOIN (
                                                                      SELECT
                                                                        "t12"."charge_period_start" AS "charge_period_start",
                                                                        "t12"."charge_period_end" AS "charge_period_end",
                                                                        toTimeZone(CAST("t12"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "opens",
                                                                        toTimeZone(CAST("t12"."charge_period_end" AS DateTime64(3, 'UTC')), 'UTC') AS "closes",
                                                                        arrayJoin(
                                                                          range(
                                                                            CAST(FLOOR((
                                                                              toRelativeSecondNum("t12"."charge_period_start")
                                                                            ) / (
                                                                              86400
                                                                            )) AS Nullable(Int64)),
                                                                            GREATEST(
                                                                              CAST(FLOOR((
                                                                                toRelativeSecondNum("t12"."charge_period_start")
                                                                              ) / (
                                                                                86400
                                                                              )) AS Nullable(Int64)),
                                                                              CAST(FLOOR(
                                                                                (
                                                                                  (
                                                                                    toRelativeSecondNum("t12"."charge_period_end") + 86400
                                                                                  ) - 1
                                                                                ) / (
                                                                                  86400
                                                                                )
                                                                              ) AS Nullable(Int64)) - 1
                                                                            ) + 1,
                                                                            1
                                                                          )
                                                                        ) AS "day"
                                                                      FROM "t9" AS "t12"
                                                                    ) AS "t31"
                                                                      ON "t51"."day" = "t31"."day"
                                                                  ) AS "t52"
                                                                ) AS "t53"
                                                                WHERE
                                                                  "t53"."begins" < "t53"."ends"
                                                              ) AS "t54"
                                                              GROUP BY
                                                                "t54"."charge_period_start",
                                                                "t54"."charge_period_end",
                                                                "t54"."app_id"
                                                            ) AS "t55"
                                                          ) AS "t57"
                                                          ASOF LEFT JOIN (
                                                            SELECT
                                                              "t3"."team_id" AS "ran_by_team_id",
                                                              "t3"."cost_center" AS "ran_by_cost_center",
                                                              "t3"."environment" AS "ran_by_environment",
                                                              "t3"."lifecycle" AS "ran_by_lifecycle",
                                                              "t3"."app_id" AS "key_app_id",
                                                              "t3"."valid_from" AS "begins",
                                                              "t3"."valid_to" AS "ends"
                                                            FROM "apps" AS "t3"
                                                            WHERE
                                                              "t3"."valid_from" < "t3"."valid_to"
                                                          ) AS "t11"
                                                            ON "t57"."time" >= "t11"."begins" AND "t57"."app_id" = "t11"."key_app_id"
                                                        ) AS "t58"
                                                        WHERE
                                                          "t58"."ran_by_found"
                                                      ) AS "t60"
                                                      ASOF LEFT JOIN (
                                                        SELECT
                                                          "t2"."cost_center" AS "team_cost_center",
                                                          "t2"."team_id" AS "key_team_id",
                                                          "t2"."valid_from" AS "begins",
                                                          "t2"."valid_to" AS "ends"
                                                        FROM "teams" AS "t2"
                                                        WHERE
                                                          "t2"."valid_from" < "t2"."valid_to"
                                                      ) AS "t10"
                                                        ON "t60"."time" >= "t10"."begins" AND "t60"."ran_by_team_id" = "t10"."key_team_id"
                                                    ) AS "t61"
                                                  ) AS "t63"
                                                    ON "t49"."charge_period_start" = "t63"."ran_charge_period_start"
                                                    AND "t49"."charge_period_end" = "t63"."ran_charge_period_end"
                                                    AND "t49"."app_id" = "t63"."ran_app_id"
                                                ) AS "t64"
                                                ORDER BY
                                                  "t64"."charge_period_start" ASC,
                                                  "t64"."charge_period_end" ASC,
                                                  "t64"."app_id" ASC
                                              ) AS "t65"
                                              UNION ALL
                                              SELECT
                                                *
                                              FROM (
                                                SELECT
                                                  "t36"."charge_period_start" AS "charge_period_start",
                                                  "t36"."charge_period_end" AS "charge_period_end",
                                                  '' AS "app_id",
                                                  '' AS "team_id",
                                                  'cc-platform' AS "cost_center",
                                                  '' AS "environment",
                                                  '' AS "lifecycle",
                                                  CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "requests"
                                                FROM (
                                                  SELECT DISTINCT
                                                    "t32"."charge_period_start" AS "charge_period_start",
                                                    "t32"."charge_period_end" AS "charge_period_end"
                                                  FROM "t30" AS "t32"
                                                  ORDER BY
                                                    "t32"."charge_period_start" ASC,
                                                    "t32"."charge_period_end" ASC,
                                                    "t32"."cost_type" ASC
                                                ) AS "t36"
                                              ) AS "t38"
                                            ) AS "t67"
                                            INNER JOIN (
                                              SELECT
                                                "t37"."charge_period_start" AS "charge_period_start",
                                                "t37"."charge_period_end" AS "charge_period_end",
                                                "t37"."cost_type" AS "cost_type",
                                                "t37"."pool" AS "pool",
                                                "t37"."pooled_events" AS "pooled_events",
                                                "t37"."pooled_digest" AS "pooled_digest",
                                                "t37"."method" AS "method",
                                                "t37"."basis" AS "basis",
                                                "t37"."floor" AS "floor",
                                                "t37"."weights" AS "weights",
                                                "t37"."footnote" AS "footnote",
                                                "t37"."owner" AS "owner",
                                                "t37"."allocated_method_id" AS "allocated_method_id",
                                                "t37"."variant" AS "variant",
                                                sipHash64(
                                                  "t37"."variant",
                                                  "t37"."charge_period_start",
                                                  "t37"."charge_period_end",
                                                  "t37"."cost_type"
                                                ) AS "pool_id"
                                              FROM (
                                                SELECT
                                                  "t32"."charge_period_start" AS "charge_period_start",
                                                  "t32"."charge_period_end" AS "charge_period_end",
                                                  "t32"."cost_type" AS "cost_type",
                                                  "t32"."pool" AS "pool",
                                                  "t32"."pooled_events" AS "pooled_events",
                                                  "t32"."pooled_digest" AS "pooled_digest",
                                                  CASE
                                                    WHEN "t32"."own_found"
                                                    THEN "t32"."own_method"
                                                    WHEN "t32"."any_found"
                                                    THEN "t32"."any_method"
                                                    ELSE ''
                                                  END AS "method",
                                                  CASE
                                                    WHEN "t32"."own_found"
                                                    THEN "t32"."own_basis"
                                                    WHEN "t32"."any_found"
                                                    THEN "t32"."any_basis"
                                                    ELSE ''
                                                  END AS "basis",
                                                  CASE
                                                    WHEN "t32"."own_found"
                                                    THEN "t32"."own_floor"
                                                    WHEN "t32"."any_found"
                                                    THEN "t32"."any_floor"
                                                    ELSE CAST(0 AS Decimal(38, 9))
                                                  END AS "floor",
                                                  CASE WHEN "t32"."own_found" THEN "t32"."own_weights" ELSE "t32"."any_weights" END AS "weights",
                                                  CASE
                                                    WHEN "t32"."own_found"
                                                    THEN "t32"."own_footnote"
                                                    WHEN "t32"."any_found"
                                                    THEN "t32"."any_footnote"
                                                    ELSE ''
                                                  END AS "footnote",
                                                  CASE
                                                    WHEN "t32"."own_found"
                                                    THEN "t32"."own_owner"
                                                    WHEN "t32"."any_found"
                                                    THEN "t32"."any_owner"
                                                    ELSE ''
                                                  END AS "owner",
                                                  CASE
                                                    WHEN "t32"."own_found"
                                                    THEN "t32"."own_allocated_method_id"
                                                    WHEN "t32"."any_found"
                                                    THEN "t32"."any_allocated_method_id"
                                                    ELSE ''
                                                  END AS "allocated_method_id",
                                                  0 AS "variant"
                                                FROM "t30" AS "t32"
                                                ORDER BY
                                                  "t32"."charge_period_start" ASC,
                                                  "t32"."charge_period_end" ASC,
                                                  "t32"."cost_type" ASC
                                              ) AS "t37"
                                            ) AS "t42"
                                              ON "t67"."charge_period_start" = "t42"."charge_period_start"
                                              AND "t67"."charge_period_end" = "t42"."charge_period_end"
                                          ) AS "t68"
                                        ) AS "t69"
                                      ) AS "t70"
                                      WHERE
                                        (
                                          "t70"."app_id" = ''
                                        )
                                        OR (
                                          "t70"."method" IN ('even', 'proportional', 'fixed', 'floor_plus_share')
                                          AND (
                                            (
                                              "t70"."method" <> 'fixed'
                                            )
                                            OR (
                                              "t70"."basis_quantity" > CAST(0 AS Decimal(76, 12))
                                            )
                                          )
                                        )
                                    ) AS "t71"
                                  ) AS "t72"
                                ) AS "t73"
                              ) AS "t74"
                              WHERE
                                (
                                  "t74"."app_id" <> ''
                                ) OR (
                                  "t74"."weighed" > toInt256(0)
                                )
                            ) AS "t75"
                          ) AS "t76"
                        ) AS "t77"
                      ) AS "t78"
                    ) AS "t79"
                  ) AS "t80"
                ) AS "t81"
              ) AS "t82"
            ) AS "t83"
          ) AS "t84"
        ) AS "t85"
      ) AS "t86"
    ) AS "t87"
    ORDER BY
      "t87"."charge_period_start" ASC,
      "t87"."charge_period_end" ASC,
      "t87"."cost_type" ASC,
      "t87"."app_id" ASC
  ) AS "t88"
) AS "t89"
WHERE
  "t89"."app_id" = 'chat'
  AND "t89"."team_id" = 'assist'
  AND "t89"."cost_center" = 'cc-1'
  AND "t89"."allocated_method_id" = 'even@2026-01-01T00:00:00Z'
ORDER BY
  "t89"."charge_period_start" ASC,
  "t89"."charge_period_end" ASC
