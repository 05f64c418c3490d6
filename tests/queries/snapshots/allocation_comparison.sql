WITH "t8" AS (
  SELECT DISTINCT
    "t0"."charge_period_start" AS "charge_period_start",
    "t0"."charge_period_end" AS "charge_period_end"
  FROM "charges" AS "t0"
  WHERE
    "t0"."billing_currency" IN ('USD')
    AND "t0"."meter" = 'platform_cost'
    AND "t0"."app_id" = ''
    AND (
      (
        "t0"."charge_category" <> 'Purchase'
      ) OR (
        "t0"."effective_cost" <> 0
      )
    )
), "t32" AS (
  SELECT
    "t27"."charge_period_start" AS "charge_period_start",
    "t27"."charge_period_end" AS "charge_period_end",
    "t27"."cost_type" AS "cost_type",
    "t27"."pool" AS "pool",
    "t27"."pooled_events" AS "pooled_events",
    "t27"."pooled_digest" AS "pooled_digest",
    "t27"."time" AS "time",
    "t27"."every_type" AS "every_type",
    "t18"."own_method" AS "own_method",
    "t18"."own_basis" AS "own_basis",
    "t18"."own_floor" AS "own_floor",
    "t18"."own_weights" AS "own_weights",
    "t18"."own_footnote" AS "own_footnote",
    "t18"."own_owner" AS "own_owner",
    "t18"."own_allocated_method_id" AS "own_allocated_method_id",
    "t27"."time" < "t18"."ends" AS "own_found",
    "t19"."any_method" AS "any_method",
    "t19"."any_basis" AS "any_basis",
    "t19"."any_floor" AS "any_floor",
    "t19"."any_weights" AS "any_weights",
    "t19"."any_footnote" AS "any_footnote",
    "t19"."any_owner" AS "any_owner",
    "t19"."any_allocated_method_id" AS "any_allocated_method_id",
    "t27"."time" < "t19"."ends" AS "any_found"
  FROM (
    SELECT
      "t22"."charge_period_start" AS "charge_period_start",
      "t22"."charge_period_end" AS "charge_period_end",
      "t22"."cost_type" AS "cost_type",
      "t22"."pool" AS "pool",
      "t22"."pooled_events" AS "pooled_events",
      "t22"."pooled_digest" AS "pooled_digest",
      toTimeZone(CAST("t22"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "time",
      '*' AS "every_type"
    FROM (
      SELECT
        "t9"."charge_period_start" AS "charge_period_start",
        "t9"."charge_period_end" AS "charge_period_end",
        "t9"."cost_type" AS "cost_type",
        CAST(COALESCE(SUM("t9"."effective_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS Decimal(76, 21)) AS "pool",
        SUM("t9"."event_count") AS "pooled_events",
        SUM("t9"."event_digest") AS "pooled_digest"
      FROM (
        SELECT
          "t0"."charge_period_start" AS "charge_period_start",
          "t0"."charge_period_end" AS "charge_period_end",
          "t0"."effective_cost" AS "effective_cost",
          "t0"."event_count" AS "event_count",
          "t0"."event_digest" AS "event_digest",
          SUBSTRING(
            "t0"."sku_id",
            CASE WHEN (
              14 + 1
            ) >= 1 THEN 14 + 1 ELSE 14 + 1 + LENGTH("t0"."sku_id") END
          ) AS "cost_type"
        FROM "charges" AS "t0"
        WHERE
          "t0"."billing_currency" IN ('USD')
          AND "t0"."meter" = 'platform_cost'
          AND "t0"."app_id" = ''
          AND (
            (
              "t0"."charge_category" <> 'Purchase'
            ) OR (
              "t0"."effective_cost" <> 0
            )
          )
      ) AS "t9"
      GROUP BY
        "t9"."charge_period_start",
        "t9"."charge_period_end",
        "t9"."cost_type"
    ) AS "t22"
  ) AS "t27"
  ASOF LEFT JOIN (
    SELECT
      "t1"."method" AS "own_method",
      "t1"."basis" AS "own_basis",
      "t1"."floor" AS "own_floor",
      "t1"."weights" AS "own_weights",
      "t1"."footnote" AS "own_footnote",
      "t1"."owner" AS "own_owner",
      CONCAT(
        CONCAT("t1"."rule_id", '@'),
        CONCAT(
          replaceAll(replaceAll(CAST("t1"."valid_from" AS Nullable(String)), ' ', 'T'), '.000', ''),
          'Z'
        )
      ) AS "own_allocated_method_id",
      "t1"."cost_type" AS "key_cost_type",
      "t1"."valid_from" AS "begins",
      "t1"."valid_to" AS "ends"
    FROM "allocation_rules" AS "t1"
    WHERE
      "t1"."valid_from" < "t1"."valid_to"
  ) AS "t18"
    ON "t27"."time" >= "t18"."begins" AND "t27"."cost_type" = "t18"."key_cost_type"
  ASOF LEFT JOIN (
    SELECT
      "t1"."method" AS "any_method",
      "t1"."basis" AS "any_basis",
      "t1"."floor" AS "any_floor",
      "t1"."weights" AS "any_weights",
      "t1"."footnote" AS "any_footnote",
      "t1"."owner" AS "any_owner",
      CONCAT(
        CONCAT("t1"."rule_id", '@'),
        CONCAT(
          replaceAll(replaceAll(CAST("t1"."valid_from" AS Nullable(String)), ' ', 'T'), '.000', ''),
          'Z'
        )
      ) AS "any_allocated_method_id",
      "t1"."cost_type" AS "key_cost_type",
      "t1"."valid_from" AS "begins",
      "t1"."valid_to" AS "ends"
    FROM "allocation_rules" AS "t1"
    WHERE
      "t1"."valid_from" < "t1"."valid_to"
  ) AS "t19"
    ON "t27"."time" >= "t19"."begins" AND "t27"."every_type" = "t19"."key_cost_type"
)
SELECT
  *
FROM (
  SELECT
    "t92"."method_number" AS "method_number",
    CASE
      WHEN "t92"."method_number" = 1
      THEN 'even'
      WHEN "t92"."method_number" = 2
      THEN 'proportional:effective_cost'
      ELSE NULL
    END AS "method",
    "t92"."bearer" AS "team_id",
    "t92"."cost_0" AS "todays_cost",
    CASE
      WHEN "t92"."method_number" = 1
      THEN "t92"."cost_1"
      WHEN "t92"."method_number" = 2
      THEN "t92"."cost_2"
      ELSE NULL
    END AS "effective_cost",
    minus(
      CASE
        WHEN "t92"."method_number" = 1
        THEN "t92"."cost_1"
        WHEN "t92"."method_number" = 2
        THEN "t92"."cost_2"
        ELSE NULL
      END,
      "t92"."cost_0"
    ) AS "change"
  FROM (
    SELECT
      "t91"."bearer" AS "bearer",
      "t91"."cost_0" AS "cost_0",
      "t91"."cost_1" AS "cost_1",
      "t91"."cost_2" AS "cost_2",
      arrayJoin(range(1, 3, 1)) AS "method_number"
    FROM (
      SELECT
        "t90"."bearer" AS "bearer",
        COALESCE(sumIf("t90"."share", "t90"."variant" = 0), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_0",
        COALESCE(sumIf("t90"."share", "t90"."variant" = 1), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_1",
        COALESCE(sumIf("t90"."share", "t90"."variant" = 2), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_2"
      FROM (
        SELECT
          "t89"."charge_period_start" AS "charge_period_start",
          "t89"."charge_period_end" AS "charge_period_end",
          "t89"."app_id" AS "app_id",
          "t89"."team_id" AS "team_id",
          "t89"."cost_center" AS "cost_center",
          "t89"."environment" AS "environment",
          "t89"."lifecycle" AS "lifecycle",
          "t89"."cost_type" AS "cost_type",
          "t89"."pool" AS "pool",
          "t89"."method" AS "method",
          "t89"."basis" AS "basis",
          "t89"."floor" AS "floor",
          "t89"."footnote" AS "footnote",
          "t89"."allocated_method_id" AS "allocated_method_id",
          "t89"."variant" AS "variant",
          "t89"."pool_id" AS "pool_id",
          "t89"."basis_quantity" AS "basis_quantity",
          "t89"."weighed" AS "weighed",
          "t89"."share" AS "share",
          "t89"."ratio" AS "ratio",
          CASE WHEN "t89"."app_id" = '' THEN '(unallocated)' ELSE "t89"."team_id" END AS "bearer"
        FROM (
          SELECT
            "t88"."charge_period_start" AS "charge_period_start",
            "t88"."charge_period_end" AS "charge_period_end",
            "t88"."app_id" AS "app_id",
            "t88"."team_id" AS "team_id",
            "t88"."cost_center" AS "cost_center",
            "t88"."environment" AS "environment",
            "t88"."lifecycle" AS "lifecycle",
            "t88"."cost_type" AS "cost_type",
            "t88"."pool" AS "pool",
            "t88"."method" AS "method",
            "t88"."basis" AS "basis",
            "t88"."floor" AS "floor",
            "t88"."footnote" AS "footnote",
            "t88"."allocated_method_id" AS "allocated_method_id",
            "t88"."variant" AS "variant",
            "t88"."pool_id" AS "pool_id",
            "t88"."basis_quantity" AS "basis_quantity",
            "t88"."weighed" AS "weighed",
            "t88"."amount" AS "amount",
            "t88"."least" AS "least",
            "t88"."heads" AS "heads",
            "t88"."total" AS "total",
            "t88"."whole" AS "whole",
            "t88"."part" AS "part",
            "t88"."left_over" AS "left_over",
            "t88"."missing" AS "missing",
            "t88"."rank" AS "rank",
            "t88"."got" AS "got",
            multiply(
              toDecimal256(
                CASE
                  WHEN "t88"."pool" < CAST(0 AS Nullable(Decimal(76, 21)))
                  THEN minus(toInt256(0), "t88"."got")
                  ELSE "t88"."got"
                END,
                0
              ),
              CAST('0.000000000000000000001' AS Decimal(76, 21))
            ) AS "share",
            multiply(toDecimal256("t88"."part", 0), CAST('0.000000000000000000001' AS Decimal(76, 21))) AS "ratio"
          FROM (
            SELECT
              "t87"."charge_period_start" AS "charge_period_start",
              "t87"."charge_period_end" AS "charge_period_end",
              "t87"."app_id" AS "app_id",
              "t87"."team_id" AS "team_id",
              "t87"."cost_center" AS "cost_center",
              "t87"."environment" AS "environment",
              "t87"."lifecycle" AS "lifecycle",
              "t87"."cost_type" AS "cost_type",
              "t87"."pool" AS "pool",
              "t87"."method" AS "method",
              "t87"."basis" AS "basis",
              "t87"."floor" AS "floor",
              "t87"."footnote" AS "footnote",
              "t87"."allocated_method_id" AS "allocated_method_id",
              "t87"."variant" AS "variant",
              "t87"."pool_id" AS "pool_id",
              "t87"."basis_quantity" AS "basis_quantity",
              "t87"."weighed" AS "weighed",
              "t87"."amount" AS "amount",
              "t87"."least" AS "least",
              "t87"."heads" AS "heads",
              "t87"."total" AS "total",
              "t87"."whole" AS "whole",
              plus(
                "t87"."part",
                CASE
                  WHEN toInt256("t87"."rank") < "t87"."missing"
                  THEN toInt256(1)
                  ELSE toInt256(0)
                END
              ) AS "part",
              "t87"."left_over" AS "left_over",
              "t87"."missing" AS "missing",
              "t87"."rank" AS "rank",
              "t87"."got" AS "got"
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
                minus(
                  "t86"."whole",
                  SUM("t86"."part") OVER (
                    PARTITION BY "t86"."pool_id"
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  )
                ) AS "missing",
                ROW_NUMBER() OVER (
                  PARTITION BY "t86"."pool_id"
                  ORDER BY "t86"."left_over" DESC, "t86"."app_id" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "rank",
                "t86"."got" AS "got"
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
                  intDiv(
                    multiply(
                      plus(
                        "t85"."whole",
                        toInt256(
                          throwIf(
                            (
                              ABS(toFloat64("t85"."whole")) * ABS(toFloat64("t85"."total"))
                            ) > 5e+76,
                            'an amount times its weights has more than 76 digits'
                          )
                        )
                      ),
                      "t85"."weighed"
                    ),
                    "t85"."total"
                  ) AS "part",
                  modulo(
                    multiply(
                      plus(
                        "t85"."whole",
                        toInt256(
                          throwIf(
                            (
                              ABS(toFloat64("t85"."whole")) * ABS(toFloat64("t85"."total"))
                            ) > 5e+76,
                            'an amount times its weights has more than 76 digits'
                          )
                        )
                      ),
                      "t85"."weighed"
                    ),
                    "t85"."total"
                  ) AS "left_over",
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
                    CASE WHEN "t84"."amount" = toInt256(0) THEN "t84"."weighed" ELSE "t84"."got" END AS "weighed",
                    "t84"."amount" AS "amount",
                    "t84"."least" AS "least",
                    "t84"."heads" AS "heads",
                    CASE WHEN "t84"."amount" = toInt256(0) THEN "t84"."total" ELSE "t84"."amount" END AS "total",
                    reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))) AS "whole",
                    "t84"."part" AS "part",
                    "t84"."left_over" AS "left_over",
                    "t84"."missing" AS "missing",
                    "t84"."rank" AS "rank",
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
                      "t83"."part" AS "part",
                      "t83"."left_over" AS "left_over",
                      "t83"."missing" AS "missing",
                      "t83"."rank" AS "rank",
                      plus("t83"."least", "t83"."part") AS "got"
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
                        "t82"."weighed" AS "weighed",
                        "t82"."amount" AS "amount",
                        "t82"."least" AS "least",
                        "t82"."heads" AS "heads",
                        "t82"."total" AS "total",
                        "t82"."whole" AS "whole",
                        plus(
                          "t82"."part",
                          CASE
                            WHEN toInt256("t82"."rank") < "t82"."missing"
                            THEN toInt256(1)
                            ELSE toInt256(0)
                          END
                        ) AS "part",
                        "t82"."left_over" AS "left_over",
                        "t82"."missing" AS "missing",
                        "t82"."rank" AS "rank"
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
                          minus(
                            "t81"."whole",
                            SUM("t81"."part") OVER (
                              PARTITION BY "t81"."pool_id"
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            )
                          ) AS "missing",
                          ROW_NUMBER() OVER (
                            PARTITION BY "t81"."pool_id"
                            ORDER BY "t81"."left_over" DESC, "t81"."app_id" ASC
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          ) - 1 AS "rank"
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
                            intDiv(
                              multiply(
                                plus(
                                  "t80"."whole",
                                  toInt256(
                                    throwIf(
                                      (
                                        ABS(toFloat64("t80"."whole")) * ABS(toFloat64("t80"."total"))
                                      ) > 5e+76,
                                      'an amount times its weights has more than 76 digits'
                                    )
                                  )
                                ),
                                "t80"."weighed"
                              ),
                              "t80"."total"
                            ) AS "part",
                            modulo(
                              multiply(
                                plus(
                                  "t80"."whole",
                                  toInt256(
                                    throwIf(
                                      (
                                        ABS(toFloat64("t80"."whole")) * ABS(toFloat64("t80"."total"))
                                      ) > 5e+76,
                                      'an amount times its weights has more than 76 digits'
                                    )
                                  )
                                ),
                                "t80"."weighed"
                              ),
                              "t80"."total"
                            ) AS "left_over"
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
                              CASE
                                WHEN (
                                  multiply("t79"."least", "t79"."heads") > "t79"."amount"
                                )
                                OR (
                                  "t79"."total" = toInt256(0)
                                )
                                THEN toInt256(1)
                                ELSE "t79"."weighed"
                              END AS "weighed",
                              "t79"."amount" AS "amount",
                              CASE
                                WHEN multiply("t79"."least", "t79"."heads") > "t79"."amount"
                                THEN toInt256(0)
                                ELSE "t79"."least"
                              END AS "least",
                              "t79"."heads" AS "heads",
                              CASE
                                WHEN (
                                  multiply("t79"."least", "t79"."heads") > "t79"."amount"
                                )
                                OR (
                                  "t79"."total" = toInt256(0)
                                )
                                THEN "t79"."heads"
                                ELSE "t79"."total"
                              END AS "total",
                              minus(
                                "t79"."amount",
                                CASE
                                  WHEN multiply("t79"."least", "t79"."heads") > "t79"."amount"
                                  THEN toInt256(0)
                                  ELSE multiply("t79"."least", "t79"."heads")
                                END
                              ) AS "whole"
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
                                toInt256(ABS(reinterpretAsInt256("t78"."pool"))) AS "amount",
                                reinterpretAsInt256("t78"."floor") AS "least",
                                toInt256(
                                  COUNT(*) OVER (
                                    PARTITION BY "t78"."pool_id"
                                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                  )
                                ) AS "heads",
                                SUM("t78"."weighed") OVER (
                                  PARTITION BY "t78"."pool_id"
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) AS "total"
                              FROM (
                                SELECT
                                  "t77".*
                                  EXCEPT ("given", "heads")
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      "t75"."charge_period_start" AS "charge_period_start",
                                      "t75"."charge_period_end" AS "charge_period_end",
                                      "t75"."app_id" AS "app_id",
                                      "t75"."team_id" AS "team_id",
                                      "t75"."cost_center" AS "cost_center",
                                      "t75"."environment" AS "environment",
                                      "t75"."lifecycle" AS "lifecycle",
                                      "t75"."cost_type" AS "cost_type",
                                      "t75"."pool" AS "pool",
                                      "t75"."method" AS "method",
                                      "t75"."basis" AS "basis",
                                      "t75"."floor" AS "floor",
                                      "t75"."footnote" AS "footnote",
                                      "t75"."allocated_method_id" AS "allocated_method_id",
                                      "t75"."variant" AS "variant",
                                      "t75"."pool_id" AS "pool_id",
                                      "t75"."basis_quantity" AS "basis_quantity",
                                      CASE
                                        WHEN "t75"."app_id" = ''
                                        THEN CASE
                                          WHEN "t75"."heads" = 1
                                          THEN reinterpretAsInt256(CAST(1 AS Decimal(76, 12)))
                                          ELSE CASE
                                            WHEN "t75"."method" = 'fixed'
                                            THEN minus(reinterpretAsInt256(CAST(1 AS Decimal(76, 12))), "t75"."given")
                                            ELSE toInt256(0)
                                          END
                                        END
                                        ELSE "t75"."weighed"
                                      END AS "weighed",
                                      "t75"."heads" AS "heads",
                                      "t75"."given" AS "given"
                                    FROM (
                                      SELECT
                                        "t74"."charge_period_start" AS "charge_period_start",
                                        "t74"."charge_period_end" AS "charge_period_end",
                                        "t74"."app_id" AS "app_id",
                                        "t74"."team_id" AS "team_id",
                                        "t74"."cost_center" AS "cost_center",
                                        "t74"."environment" AS "environment",
                                        "t74"."lifecycle" AS "lifecycle",
                                        "t74"."cost_type" AS "cost_type",
                                        "t74"."pool" AS "pool",
                                        "t74"."method" AS "method",
                                        "t74"."basis" AS "basis",
                                        "t74"."floor" AS "floor",
                                        "t74"."footnote" AS "footnote",
                                        "t74"."allocated_method_id" AS "allocated_method_id",
                                        "t74"."variant" AS "variant",
                                        "t74"."pool_id" AS "pool_id",
                                        "t74"."basis_quantity" AS "basis_quantity",
                                        "t74"."weighed" AS "weighed",
                                        COUNT(*) OVER (
                                          PARTITION BY "t74"."pool_id"
                                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                        ) AS "heads",
                                        SUM("t74"."weighed") OVER (
                                          PARTITION BY "t74"."pool_id"
                                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                        ) AS "given"
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
                                          reinterpretAsInt256("t73"."basis_quantity") AS "weighed"
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
                                            "t72"."basis_quantity" AS "basis_quantity"
                                          FROM (
                                            SELECT
                                              "t71"."charge_period_start" AS "charge_period_start",
                                              "t71"."charge_period_end" AS "charge_period_end",
                                              "t71"."app_id" AS "app_id",
                                              toLowCardinality("t71"."team_id") AS "team_id",
                                              toLowCardinality("t71"."cost_center") AS "cost_center",
                                              toLowCardinality("t71"."environment") AS "environment",
                                              toLowCardinality("t71"."lifecycle") AS "lifecycle",
                                              "t71"."list_cost" AS "list_cost",
                                              "t71"."effective_cost" AS "effective_cost",
                                              "t71"."billed_cost" AS "billed_cost",
                                              "t71"."unattributed_cost" AS "unattributed_cost",
                                              "t71"."ephemeral_cost" AS "ephemeral_cost",
                                              "t71"."requests" AS "requests",
                                              "t71"."input_tokens" AS "input_tokens",
                                              "t71"."cache_read_tokens" AS "cache_read_tokens",
                                              "t71"."cache_write_tokens" AS "cache_write_tokens",
                                              "t71"."output_tokens" AS "output_tokens",
                                              "t71"."tokens" AS "tokens",
                                              "t71"."cpu_core_hours" AS "cpu_core_hours",
                                              "t71"."memory_gb_hours" AS "memory_gb_hours",
                                              "t71"."instance_hours" AS "instance_hours",
                                              "t71"."gpu_hours" AS "gpu_hours",
                                              "t71"."storage_gb_hours" AS "storage_gb_hours",
                                              "t71"."egress_gb" AS "egress_gb",
                                              "t71"."event_count" AS "event_count",
                                              "t71"."unpriced_events" AS "unpriced_events",
                                              "t71"."token_cost" AS "token_cost",
                                              "t71"."active_hours" AS "active_hours",
                                              toLowCardinality("t71"."cost_type") AS "cost_type",
                                              "t71"."pool" AS "pool",
                                              "t71"."pooled_events" AS "pooled_events",
                                              "t71"."pooled_digest" AS "pooled_digest",
                                              toLowCardinality("t71"."method") AS "method",
                                              toLowCardinality("t71"."basis") AS "basis",
                                              CASE
                                                WHEN (
                                                  "t71"."method" = 'floor_plus_share'
                                                ) AND NOT (
                                                  "t71"."app_id" = ''
                                                )
                                                THEN CAST("t71"."floor" AS Decimal(76, 21))
                                                ELSE CAST(0 AS Decimal(76, 21))
                                              END AS "floor",
                                              "t71"."weights" AS "weights",
                                              toLowCardinality("t71"."footnote") AS "footnote",
                                              "t71"."owner" AS "owner",
                                              toLowCardinality("t71"."allocated_method_id") AS "allocated_method_id",
                                              "t71"."variant" AS "variant",
                                              "t71"."pool_id" AS "pool_id",
                                              CAST(CASE
                                                WHEN "t71"."app_id" = ''
                                                THEN CAST(0 AS Decimal(76, 12))
                                                ELSE CASE
                                                  WHEN "t71"."method" = 'even'
                                                  THEN CAST(1 AS Decimal(76, 12))
                                                  WHEN "t71"."method" = 'fixed'
                                                  THEN CAST(CASE
                                                    WHEN mapContains("t71"."weights", "t71"."app_id")
                                                    THEN "t71"."weights"["t71"."app_id"]
                                                    ELSE CAST(0 AS Decimal(18, 9))
                                                  END AS Decimal(76, 12))
                                                  ELSE CASE
                                                    WHEN "t71"."basis" = 'list_cost'
                                                    THEN "t71"."list_cost"
                                                    WHEN "t71"."basis" = 'effective_cost'
                                                    THEN "t71"."effective_cost"
                                                    WHEN "t71"."basis" = 'billed_cost'
                                                    THEN "t71"."billed_cost"
                                                    WHEN "t71"."basis" = 'unattributed_cost'
                                                    THEN "t71"."unattributed_cost"
                                                    WHEN "t71"."basis" = 'ephemeral_cost'
                                                    THEN "t71"."ephemeral_cost"
                                                    WHEN "t71"."basis" = 'requests'
                                                    THEN "t71"."requests"
                                                    WHEN "t71"."basis" = 'input_tokens'
                                                    THEN "t71"."input_tokens"
                                                    WHEN "t71"."basis" = 'cache_read_tokens'
                                                    THEN "t71"."cache_read_tokens"
                                                    WHEN "t71"."basis" = 'cache_write_tokens'
                                                    THEN "t71"."cache_write_tokens"
                                                    WHEN "t71"."basis" = 'output_tokens'
                                                    THEN "t71"."output_tokens"
                                                    WHEN "t71"."basis" = 'tokens'
                                                    THEN "t71"."tokens"
                                                    WHEN "t71"."basis" = 'cpu_core_hours'
                                                    THEN "t71"."cpu_core_hours"
                                                    WHEN "t71"."basis" = 'memory_gb_hours'
                                                    THEN "t71"."memory_gb_hours"
                                                    WHEN "t71"."basis" = 'instance_hours'
                                                    THEN "t71"."instance_hours"
                                                    WHEN "t71"."basis" = 'gpu_hours'
                                                    THEN "t71"."gpu_hours"
                                                    WHEN "t71"."basis" = 'storage_gb_hours'
                                                    THEN "t71"."storage_gb_hours"
                                                    WHEN "t71"."basis" = 'egress_gb'
                                                    THEN "t71"."egress_gb"
                                                    WHEN "t71"."basis" = 'event_count'
                                                    THEN "t71"."event_count"
                                                    WHEN "t71"."basis" = 'unpriced_events'
                                                    THEN "t71"."unpriced_events"
                                                    WHEN "t71"."basis" = 'token_cost'
                                                    THEN "t71"."token_cost"
                                                    WHEN "t71"."basis" = 'active_hours'
                                                    THEN "t71"."active_hours"
                                                    ELSE CAST(throwIf(
                                                      "t71"."method" IN ('proportional', 'floor_plus_share')
                                                      AND NOT (
                                                        "t71"."basis" IN (
                                                          'list_cost',
                                                          'effective_cost',
                                                          'billed_cost',
                                                          'unattributed_cost',
                                                          'ephemeral_cost',
                                                          'requests',
                                                          'input_tokens',
                                                          'cache_read_tokens',
                                                          'cache_write_tokens',
                                                          'output_tokens',
                                                          'tokens',
                                                          'cpu_core_hours',
                                                          'memory_gb_hours',
                                                          'instance_hours',
                                                          'gpu_hours',
                                                          'storage_gb_hours',
                                                          'egress_gb',
                                                          'event_count',
                                                          'unpriced_events',
                                                          'token_cost',
                                                          'active_hours'
                                                        )
                                                      ),
                                                      'an allocation rule names a basis that was not asked for: add it to bases'
                                                    ) AS Decimal(76, 12))
                                                  END
                                                END
                                              END AS Decimal(76, 12)) AS "basis_quantity"
                                            FROM (
                                              SELECT
                                                "t70"."charge_period_start" AS "charge_period_start",
                                                "t70"."charge_period_end" AS "charge_period_end",
                                                "t70"."app_id" AS "app_id",
                                                "t70"."team_id" AS "team_id",
                                                "t70"."cost_center" AS "cost_center",
                                                "t70"."environment" AS "environment",
                                                "t70"."lifecycle" AS "lifecycle",
                                                "t70"."list_cost" AS "list_cost",
                                                "t70"."effective_cost" AS "effective_cost",
                                                "t70"."billed_cost" AS "billed_cost",
                                                "t70"."unattributed_cost" AS "unattributed_cost",
                                                "t70"."ephemeral_cost" AS "ephemeral_cost",
                                                "t70"."requests" AS "requests",
                                                "t70"."input_tokens" AS "input_tokens",
                                                "t70"."cache_read_tokens" AS "cache_read_tokens",
                                                "t70"."cache_write_tokens" AS "cache_write_tokens",
                                                "t70"."output_tokens" AS "output_tokens",
                                                "t70"."tokens" AS "tokens",
                                                "t70"."cpu_core_hours" AS "cpu_core_hours",
                                                "t70"."memory_gb_hours" AS "memory_gb_hours",
                                                "t70"."instance_hours" AS "instance_hours",
                                                "t70"."gpu_hours" AS "gpu_hours",
                                                "t70"."storage_gb_hours" AS "storage_gb_hours",
                                                "t70"."egress_gb" AS "egress_gb",
                                                "t70"."event_count" AS "event_count",
                                                "t70"."unpriced_events" AS "unpriced_events",
                                                "t70"."token_cost" AS "token_cost",
                                                "t70"."active_hours" AS "active_hours",
                                                "t46"."cost_type" AS "cost_type",
                                                "t46"."pool" AS "pool",
                                                "t46"."pooled_events" AS "pooled_events",
                                                "t46"."pooled_digest" AS "pooled_digest",
                                                "t46"."method" AS "method",
                                                "t46"."basis" AS "basis",
                                                "t46"."floor" AS "floor",
                                                "t46"."weights" AS "weights",
                                                "t46"."footnote" AS "footnote",
                                                "t46"."owner" AS "owner",
                                                "t46"."allocated_method_id" AS "allocated_method_id",
                                                "t46"."variant" AS "variant",
                                                "t46"."pool_id" AS "pool_id"
                                              FROM (
                                                SELECT
                                                  *
                                                FROM (
                                                  SELECT
                                                    *
                                                  FROM (
                                                    SELECT
                                                      CASE
                                                        WHEN "t52"."app_id" <> ''
                                                        THEN "t52"."charge_period_start"
                                                        ELSE "t66"."ran_charge_period_start"
                                                      END AS "charge_period_start",
                                                      CASE
                                                        WHEN "t52"."app_id" <> ''
                                                        THEN "t52"."charge_period_end"
                                                        ELSE "t66"."ran_charge_period_end"
                                                      END AS "charge_period_end",
                                                      CASE WHEN "t52"."app_id" <> '' THEN "t52"."app_id" ELSE "t66"."ran_app_id" END AS "app_id",
                                                      CASE
                                                        WHEN "t52"."app_id" <> ''
                                                        THEN "t52"."used_by_team_id"
                                                        ELSE "t66"."ran_by_team_id"
                                                      END AS "team_id",
                                                      CASE
                                                        WHEN "t52"."app_id" <> ''
                                                        THEN "t52"."used_by_cost_center"
                                                        ELSE "t66"."ran_by_cost_center"
                                                      END AS "cost_center",
                                                      CASE
                                                        WHEN "t52"."app_id" <> ''
                                                        THEN "t52"."used_by_environment"
                                                        ELSE "t66"."ran_by_environment"
                                                      END AS "environment",
                                                      CASE
                                                        WHEN "t52"."app_id" <> ''
                                                        THEN "t52"."used_by_lifecycle"
                                                        ELSE "t66"."ran_by_lifecycle"
                                                      END AS "lifecycle",
                                                      "t52"."list_cost" AS "list_cost",
                                                      "t52"."effective_cost" AS "effective_cost",
                                                      "t52"."billed_cost" AS "billed_cost",
                                                      "t52"."unattributed_cost" AS "unattributed_cost",
                                                      "t52"."ephemeral_cost" AS "ephemeral_cost",
                                                      "t52"."requests" AS "requests",
                                                      "t52"."input_tokens" AS "input_tokens",
                                                      "t52"."cache_read_tokens" AS "cache_read_tokens",
                                                      "t52"."cache_write_tokens" AS "cache_write_tokens",
                                                      "t52"."output_tokens" AS "output_tokens",
                                                      "t52"."tokens" AS "tokens",
                                                      "t52"."cpu_core_hours" AS "cpu_core_hours",
                                                      "t52"."memory_gb_hours" AS "memory_gb_hours",
                                                      "t52"."instance_hours" AS "instance_hours",
                                                      "t52"."gpu_hours" AS "gpu_hours",
                                                      "t52"."storage_gb_hours" AS "storage_gb_hours",
                                                      "t52"."egress_gb" AS "egress_gb",
                                                      "t52"."event_count" AS "event_count",
                                                      "t52"."unpriced_events" AS "unpriced_events",
                                                      "t52"."token_cost" AS "token_cost",
                                                      GREATEST("t52"."active_hours", "t66"."run_hours") AS "active_hours"
                                                    FROM (
                                                      SELECT
                                                        "t50"."charge_period_start" AS "charge_period_start",
                                                        "t50"."charge_period_end" AS "charge_period_end",
                                                        "t50"."app_id" AS "app_id",
                                                        "t50"."list_cost" AS "list_cost",
                                                        "t50"."effective_cost" AS "effective_cost",
                                                        "t50"."billed_cost" AS "billed_cost",
                                                        "t50"."unattributed_cost" AS "unattributed_cost",
                                                        "t50"."ephemeral_cost" AS "ephemeral_cost",
                                                        "t50"."requests" AS "requests",
                                                        "t50"."input_tokens" AS "input_tokens",
                                                        "t50"."cache_read_tokens" AS "cache_read_tokens",
                                                        "t50"."cache_write_tokens" AS "cache_write_tokens",
                                                        "t50"."output_tokens" AS "output_tokens",
                                                        "t50"."tokens" AS "tokens",
                                                        "t50"."cpu_core_hours" AS "cpu_core_hours",
                                                        "t50"."memory_gb_hours" AS "memory_gb_hours",
                                                        "t50"."instance_hours" AS "instance_hours",
                                                        "t50"."gpu_hours" AS "gpu_hours",
                                                        "t50"."storage_gb_hours" AS "storage_gb_hours",
                                                        "t50"."egress_gb" AS "egress_gb",
                                                        "t50"."event_count" AS "event_count",
                                                        "t50"."unpriced_events" AS "unpriced_events",
                                                        "t50"."token_cost" AS "token_cost",
                                                        "t50"."active_hours" AS "active_hours",
                                                        splitByString('\x1f', CAST("t50"."latest" AS String))[2] AS "used_by_team_id",
                                                        splitByString('\x1f', CAST("t50"."latest" AS String))[3] AS "used_by_cost_center",
                                                        splitByString('\x1f', CAST("t50"."latest" AS String))[4] AS "used_by_environment",
                                                        splitByString('\x1f', CAST("t50"."latest" AS String))[5] AS "used_by_lifecycle"
                                                      FROM (
                                                        SELECT
                                                          "t42"."charge_period_start" AS "charge_period_start",
                                                          "t42"."charge_period_end" AS "charge_period_end",
                                                          "t42"."app_id" AS "app_id",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(SUM("t42"."list_cost") AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "list_cost",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(SUM("t42"."effective_cost") AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "effective_cost",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(SUM("t42"."billed_cost") AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "billed_cost",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(COALESCE(
                                                                sumIf("t42"."effective_cost", "t42"."attribution_rule" = 'default'),
                                                                CAST(0 AS Nullable(Decimal(76, 21)))
                                                              ) AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "unattributed_cost",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(COALESCE(
                                                                sumIf("t42"."effective_cost", "t42"."lifecycle" = 'ephemeral'),
                                                                CAST(0 AS Nullable(Decimal(76, 21)))
                                                              ) AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "ephemeral_cost",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(sumIf("t42"."consumed_quantity", "t42"."meter" = 'requests') AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "requests",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(sumIf("t42"."consumed_quantity", "t42"."meter" = 'input_tokens') AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "input_tokens",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(sumIf("t42"."consumed_quantity", "t42"."meter" = 'cache_read_tokens') AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "cache_read_tokens",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(sumIf("t42"."consumed_quantity", "t42"."meter" = 'cache_write_tokens') AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "cache_write_tokens",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(sumIf("t42"."consumed_quantity", "t42"."meter" = 'output_tokens') AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "output_tokens",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(sumIf(
                                                                "t42"."consumed_quantity",
                                                                "t42"."meter" IN ('input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens')
                                                              ) AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "tokens",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(divide(
                                                                CAST(sumIf("t42"."consumed_quantity", "t42"."meter" = 'cpu_core_seconds') AS Decimal(76, 21)),
                                                                3600
                                                              ) AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "cpu_core_hours",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(divide(
                                                                CAST(sumIf("t42"."consumed_quantity", "t42"."meter" = 'memory_gb_seconds') AS Decimal(76, 21)),
                                                                3600
                                                              ) AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "memory_gb_hours",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(divide(
                                                                CAST(sumIf("t42"."consumed_quantity", "t42"."meter" = 'instance_seconds') AS Decimal(76, 21)),
                                                                3600
                                                              ) AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "instance_hours",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(divide(
                                                                CAST(sumIf("t42"."consumed_quantity", "t42"."meter" = 'gpu_seconds') AS Decimal(76, 21)),
                                                                3600
                                                              ) AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "gpu_hours",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(sumIf("t42"."consumed_quantity", "t42"."meter" = 'storage_gb_hours') AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "storage_gb_hours",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(divide(
                                                                CAST(sumIf("t42"."consumed_quantity", "t42"."meter" = 'egress_bytes') AS Decimal(76, 21)),
                                                                1000000000
                                                              ) AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "egress_gb",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(SUM("t42"."event_count") AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "event_count",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(sumIf("t42"."event_count", "t42"."pricing_status" = 'unpriced') AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "unpriced_events",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(sumIf("t42"."effective_cost", "t42"."consumed_unit" = 'Tokens') AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "token_cost",
                                                          CAST(GREATEST(
                                                            COALESCE(
                                                              CAST(uniqExact(CAST(toRelativeSecondNum("t42"."hour") AS Nullable(String))) AS Nullable(Decimal(76, 12))),
                                                              CAST(0 AS Decimal(76, 12))
                                                            ),
                                                            CAST(0 AS Decimal(76, 12))
                                                          ) AS Decimal(76, 12)) AS "active_hours",
                                                          MAX(
                                                            CONCAT(
                                                              CONCAT(
                                                                CONCAT(
                                                                  CONCAT(
                                                                    CONCAT(
                                                                      CONCAT(
                                                                        CONCAT(
                                                                          CONCAT(CAST(toRelativeSecondNum("t42"."hour") AS Nullable(String)), '\x1f'),
                                                                          "t42"."team_id"
                                                                        ),
                                                                        '\x1f'
                                                                      ),
                                                                      "t42"."cost_center"
                                                                    ),
                                                                    '\x1f'
                                                                  ),
                                                                  "t42"."environment"
                                                                ),
                                                                '\x1f'
                                                              ),
                                                              "t42"."lifecycle"
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
                                                            "t36"."charge_period_start" AS "charge_period_start",
                                                            "t36"."charge_period_end" AS "charge_period_end"
                                                          FROM (
                                                            SELECT
                                                              "t0"."app_id" AS "app_id",
                                                              "t0"."team_id" AS "team_id",
                                                              "t0"."cost_center" AS "cost_center",
                                                              "t0"."environment" AS "environment",
                                                              "t0"."lifecycle" AS "lifecycle",
                                                              "t0"."meter" AS "meter",
                                                              "t0"."consumed_quantity" AS "consumed_quantity",
                                                              "t0"."consumed_unit" AS "consumed_unit",
                                                              "t0"."list_cost" AS "list_cost",
                                                              "t0"."effective_cost" AS "effective_cost",
                                                              "t0"."billed_cost" AS "billed_cost",
                                                              "t0"."attribution_rule" AS "attribution_rule",
                                                              "t0"."pricing_status" AS "pricing_status",
                                                              "t0"."event_count" AS "event_count",
                                                              "t0"."charge_period_start" AS "hour"
                                                            FROM "charges" AS "t0"
                                                            WHERE
                                                              "t0"."meter" <> 'platform_cost'
                                                              AND "t0"."app_id" <> ''
                                                              AND "t0"."billing_currency" = 'USD'
                                                              AND "t0"."charge_date" >= (
                                                                SELECT
                                                                  MIN(toDate("t12"."charge_period_start")) AS "Min(Date(charge_period_start))"
                                                                FROM "t8" AS "t12"
                                                              )
                                                          ) AS "t26"
                                                          INNER JOIN (
                                                            SELECT
                                                              "t28"."charge_period_start" AS "charge_period_start",
                                                              "t28"."charge_period_end" AS "charge_period_end",
                                                              toTimeZone(CAST(toDateTime("t28"."number" * 3600) AS DateTime64(0, 'UTC')), 'UTC') AS "hour"
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
                                                              FROM "t8" AS "t12"
                                                            ) AS "t28"
                                                          ) AS "t36"
                                                            ON "t26"."hour" = "t36"."hour"
                                                        ) AS "t42"
                                                        GROUP BY
                                                          "t42"."charge_period_start",
                                                          "t42"."charge_period_end",
                                                          "t42"."app_id"
                                                      ) AS "t50"
                                                    ) AS "t52"
                                                    FULL OUTER JOIN (
                                                      SELECT
                                                        "t64"."charge_period_start" AS "ran_charge_period_start",
                                                        "t64"."charge_period_end" AS "ran_charge_period_end",
                                                        "t64"."app_id" AS "ran_app_id",
                                                        "t64"."ran_by_team_id" AS "ran_by_team_id",
                                                        CASE
                                                          WHEN "t64"."ran_by_cost_center" <> ''
                                                          THEN "t64"."ran_by_cost_center"
                                                          ELSE CASE WHEN "t64"."team_found" THEN "t64"."team_cost_center" ELSE '' END
                                                        END AS "ran_by_cost_center",
                                                        "t64"."ran_by_environment" AS "ran_by_environment",
                                                        "t64"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                        CAST(CAST("t64"."run_milliseconds" AS Decimal(76, 12)) / 3600000 AS Decimal(76, 12)) AS "run_hours"
                                                      FROM (
                                                        SELECT
                                                          "t63"."charge_period_start" AS "charge_period_start",
                                                          "t63"."charge_period_end" AS "charge_period_end",
                                                          "t63"."app_id" AS "app_id",
                                                          "t63"."run_milliseconds" AS "run_milliseconds",
                                                          "t63"."ended" AS "ended",
                                                          "t63"."time" AS "time",
                                                          "t63"."ran_by_team_id" AS "ran_by_team_id",
                                                          "t63"."ran_by_cost_center" AS "ran_by_cost_center",
                                                          "t63"."ran_by_environment" AS "ran_by_environment",
                                                          "t63"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                          "t63"."ran_by_found" AS "ran_by_found",
                                                          "t10"."team_cost_center" AS "team_cost_center",
                                                          "t63"."time" < "t10"."ends" AS "team_found"
                                                        FROM (
                                                          SELECT
                                                            *
                                                          FROM (
                                                            SELECT
                                                              "t60"."charge_period_start" AS "charge_period_start",
                                                              "t60"."charge_period_end" AS "charge_period_end",
                                                              "t60"."app_id" AS "app_id",
                                                              "t60"."run_milliseconds" AS "run_milliseconds",
                                                              "t60"."ended" AS "ended",
                                                              "t60"."time" AS "time",
                                                              "t11"."ran_by_team_id" AS "ran_by_team_id",
                                                              "t11"."ran_by_cost_center" AS "ran_by_cost_center",
                                                              "t11"."ran_by_environment" AS "ran_by_environment",
                                                              "t11"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                              "t60"."time" < "t11"."ends" AS "ran_by_found"
                                                            FROM (
                                                              SELECT
                                                                "t58"."charge_period_start" AS "charge_period_start",
                                                                "t58"."charge_period_end" AS "charge_period_end",
                                                                "t58"."app_id" AS "app_id",
                                                                "t58"."run_milliseconds" AS "run_milliseconds",
                                                                "t58"."ended" AS "ended",
                                                                subtractMilliseconds("t58"."ended", 1) AS "time"
                                                              FROM (
                                                                SELECT
                                                                  "t57"."charge_period_start" AS "charge_period_start",
                                                                  "t57"."charge_period_end" AS "charge_period_end",
                                                                  "t57"."app_id" AS "app_id",
                                                                  SUM(DATE_DIFF(MILLISECOND, "t57"."begins", "t57"."ends")) AS "run_milliseconds",
                                                                  MAX("t57"."ends") AS "ended"
                                                                FROM (
                                                                  SELECT
                                                                    *
                                                                  FROM (
                                                                    SELECT
                                                                      "t55"."app_id" AS "app_id",
                                                                      GREATEST(
                                                                        "t55"."begins",
                                                                        "t55"."opens",
                                                                        toTimeZone(CAST(toDateTime("t55"."day" * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                                                                      ) AS "begins",
                                                                      LEAST(
                                                                        "t55"."ends",
                                                                        "t55"."closes",
                                                                        toTimeZone(CAST(toDateTime((
                                                                          "t55"."day" + 1
                                                                        ) * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                                                                      ) AS "ends",
                                                                      "t55"."day" AS "day",
                                                                      "t55"."charge_period_start" AS "charge_period_start",
                                                                      "t55"."charge_period_end" AS "charge_period_end",
                                                                      "t55"."opens" AS "opens",
                                                                      "t55"."closes" AS "closes"
                                                                    FROM (
                                                                      SELECT
                                                                        "t54"."app_id" AS "app_id",
                                                                        "t54"."begins" AS "begins",
                                                                        "t54"."ends" AS "ends",
                                                                        "t54"."day" AS "day",
                                                                        "t31"."charge_period_start" AS "charge_period_start",
                                                                        "t31"."charge_period_end" AS "charge_period_end",
                                                                        "t31"."opens" AS "opens",
                                                                        "t31"."closes" AS "closes"
                                                                      FROM (
                                                                        SELECT
                                                                          "t49"."app_id" AS "app_id",
                                                                          "t49"."begins" AS "begins",
                                                                          "t49"."ends" AS "ends",
                                                                          arrayJoin(
                                                                            range(
                                                                              CAST(FLOOR((
                                                                                toRelativeSecondNum("t49"."begins")
                                                                              ) / (
                                                                                86400
                                                                              )) AS Nullable(Int64)),
                                                                              GREATEST(
                                                                                CAST(FLOOR((
                                                                                  toRelativeSecondNum("t49"."begins")
                                                                                ) / (
                                                                                  86400
                                                                                )) AS Nullable(Int64)),
                                                                                CAST(FLOOR((
                                                                                  (
                                                                                    toRelativeSecondNum("t49"."ends") + 86400
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
                                                                            "t48"."app_id" AS "app_id",
                                                                            "t48"."run_start" AS "run_start",
                                                                            "t48"."run_end" AS "run_end",
                                                                            "t48"."first" AS "first",
                                                                            "t48"."last" AS "last",
                                                                            GREATEST("t48"."run_start", toTimeZone(CAST("t48"."first" AS DateTime64(3, 'UTC')), 'UTC')) AS "begins",
                                                                            LEAST("t48"."run_end", toTimeZone(CAST("t48"."last" AS DateTime64(3, 'UTC')), 'UTC')) AS "ends"
                                                                          FROM (
                                                                            SELECT
                                                                              "t47"."app_id" AS "app_id",
                                                                              "t47"."run_start" AS "run_start",
                                                                              "t47"."run_end" AS "run_end",
                                                                              "t21"."first" AS "first",
                                                                              "t21"."last" AS "last"
                                                                            FROM (
                                                                              SELECT
                                                                                "t41"."app_id" AS "app_id",
                                                                                "t41"."time" AS "run_start",
                                                                                CASE
                                                                                  WHEN "t41"."following" >= "t41"."time"
                                                                                  THEN "t41"."following"
                                                                                  ELSE parseDateTimeBestEffort('2200-01-01T00:00:00+00:00', 'UTC')
                                                                                END AS "run_end"
                                                                              FROM (
                                                                                SELECT
                                                                                  "t35"."source" AS "source",
                                                                                  "t35"."event_id" AS "event_id",
                                                                                  "t35"."time" AS "time",
                                                                                  "t35"."received_at" AS "received_at",
                                                                                  "t35"."resource_id" AS "resource_id",
                                                                                  "t35"."app_id" AS "app_id",
                                                                                  "t35"."environment" AS "environment",
                                                                                  "t35"."lease_id" AS "lease_id",
                                                                                  "t35"."is_authenticated" AS "is_authenticated",
                                                                                  "t35"."event_digest" AS "event_digest",
                                                                                  "t35"."action" AS "action",
                                                                                  "t35"."attributes" AS "attributes",
                                                                                  "t35"."before" AS "before",
                                                                                  "t35"."step" AS "step",
                                                                                  "t35"."running" AS "running",
                                                                                  leadInFrame("t35"."time") OVER (
                                                                                    PARTITION BY "t35"."app_id"
                                                                                    ORDER BY "t35"."time" ASC, "t35"."action" ASC, "t35"."resource_id" ASC, "t35"."event_id" ASC
                                                                                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                                                                  ) AS "following"
                                                                                FROM (
                                                                                  SELECT
                                                                                    *
                                                                                  FROM (
                                                                                    SELECT
                                                                                      "t23"."source" AS "source",
                                                                                      "t23"."event_id" AS "event_id",
                                                                                      "t23"."time" AS "time",
                                                                                      "t23"."received_at" AS "received_at",
                                                                                      "t23"."resource_id" AS "resource_id",
                                                                                      "t23"."app_id" AS "app_id",
                                                                                      "t23"."environment" AS "environment",
                                                                                      "t23"."lease_id" AS "lease_id",
                                                                                      "t23"."is_authenticated" AS "is_authenticated",
                                                                                      "t23"."event_digest" AS "event_digest",
                                                                                      "t23"."action" AS "action",
                                                                                      "t23"."attributes" AS "attributes",
                                                                                      "t23"."before" AS "before",
                                                                                      "t23"."step" AS "step",
                                                                                      SUM("t23"."step") OVER (
                                                                                        PARTITION BY "t23"."app_id"
                                                                                        ORDER BY "t23"."time" ASC, "t23"."action" ASC, "t23"."resource_id" ASC, "t23"."event_id" ASC
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
                                                                                    ) AS "t23"
                                                                                  ) AS "t29"
                                                                                  WHERE
                                                                                    CASE WHEN "t29"."step" = 1 THEN "t29"."running" = 1 ELSE "t29"."running" = 0 END
                                                                                ) AS "t35"
                                                                              ) AS "t41"
                                                                              WHERE
                                                                                "t41"."step" = 1
                                                                              ORDER BY
                                                                                "t41"."app_id" ASC,
                                                                                "t41"."time" ASC
                                                                            ) AS "t47"
                                                                            CROSS JOIN (
                                                                              SELECT
                                                                                MIN("t12"."charge_period_start") AS "first",
                                                                                MAX("t12"."charge_period_end") AS "last"
                                                                              FROM "t8" AS "t12"
                                                                            ) AS "t21"
                                                                          ) AS "t48"
                                                                          WHERE
                                                                            GREATEST("t48"."run_start", toTimeZone(CAST("t48"."first" AS DateTime64(3, 'UTC')), 'UTC')) < LEAST("t48"."run_end", toTimeZone(CAST("t48"."last" AS DateTime64(3, 'UTC')), 'UTC'))
                                                                        ) AS "t49"
                                                                      ) AS "t54"
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
                                                                        FROM "t8" AS "t12"
                                                                      ) AS "t31"
                                                                        ON "t54"."day" = "t31"."day"
                                                                    ) AS "t55"
                                                                  ) AS "t56"
                                                                  WHERE
                                                                    "t56"."begins" < "t56"."ends"
                                                                ) AS "t57"
                                                                GROUP BY
                                                                  "t57"."charge_period_start",
                                                                  "t57"."charge_period_end",
                                                                  "t57"."app_id"
                                                              ) AS "t58"
                                                            ) AS "t60"
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
                                                              ON "t60"."time" >= "t11"."begins" AND "t60"."app_id" = "t11"."key_app_id"
                                                          ) AS "t61"
                                                          WHERE
                                                            "t61"."ran_by_found"
                                                        ) AS "t63"
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
                                                          ON "t63"."time" >= "t10"."begins" AND "t63"."ran_by_team_id" = "t10"."key_team_id"
                                                      ) AS "t64"
                                                    ) AS "t66"
                                                      ON "t52"."charge_period_start" = "t66"."ran_charge_period_start"
                                                      AND "t52"."charge_period_end" = "t66"."ran_charge_period_end"
                                                      AND "t52"."app_id" = "t66"."ran_app_id"
                                                  ) AS "t67"
                                                  ORDER BY
                                                    "t67"."charge_period_start" ASC,
                                                    "t67"."charge_period_end" ASC,
                                                    "t67"."app_id" ASC
                                                ) AS "t68"
                                                UNION ALL
                                                SELECT
                                                  *
                                                FROM (
                                                  SELECT
                                                    toTimeZone(CAST("t12"."charge_period_start" AS Nullable(DateTime64(0, 'UTC'))), 'UTC') AS "charge_period_start",
                                                    toTimeZone(CAST("t12"."charge_period_end" AS Nullable(DateTime64(0, 'UTC'))), 'UTC') AS "charge_period_end",
                                                    '' AS "app_id",
                                                    '' AS "team_id",
                                                    'cc-platform' AS "cost_center",
                                                    '' AS "environment",
                                                    '' AS "lifecycle",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "list_cost",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "effective_cost",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "billed_cost",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "unattributed_cost",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "ephemeral_cost",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "requests",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "input_tokens",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "cache_read_tokens",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "cache_write_tokens",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "output_tokens",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "tokens",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "cpu_core_hours",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "memory_gb_hours",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "instance_hours",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "gpu_hours",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "storage_gb_hours",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "egress_gb",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "event_count",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "unpriced_events",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "token_cost",
                                                    CAST(CAST(0 AS Decimal(76, 12)) AS Nullable(Decimal(76, 12))) AS "active_hours"
                                                  FROM "t8" AS "t12"
                                                ) AS "t16"
                                              ) AS "t70"
                                              INNER JOIN (
                                                SELECT
                                                  "t43"."charge_period_start" AS "charge_period_start",
                                                  "t43"."charge_period_end" AS "charge_period_end",
                                                  "t43"."cost_type" AS "cost_type",
                                                  "t43"."pool" AS "pool",
                                                  "t43"."pooled_events" AS "pooled_events",
                                                  "t43"."pooled_digest" AS "pooled_digest",
                                                  "t43"."method" AS "method",
                                                  "t43"."basis" AS "basis",
                                                  "t43"."floor" AS "floor",
                                                  "t43"."weights" AS "weights",
                                                  "t43"."footnote" AS "footnote",
                                                  "t43"."owner" AS "owner",
                                                  "t43"."allocated_method_id" AS "allocated_method_id",
                                                  "t43"."variant" AS "variant",
                                                  sipHash64(
                                                    "t43"."variant",
                                                    "t43"."charge_period_start",
                                                    "t43"."charge_period_end",
                                                    "t43"."cost_type"
                                                  ) AS "pool_id"
                                                FROM (
                                                  SELECT
                                                    *
                                                  FROM (
                                                    SELECT
                                                      "t33"."charge_period_start" AS "charge_period_start",
                                                      "t33"."charge_period_end" AS "charge_period_end",
                                                      "t33"."cost_type" AS "cost_type",
                                                      "t33"."pool" AS "pool",
                                                      "t33"."pooled_events" AS "pooled_events",
                                                      "t33"."pooled_digest" AS "pooled_digest",
                                                      CASE
                                                        WHEN TRUE
                                                        THEN 'proportional'
                                                        ELSE CASE
                                                          WHEN "t33"."own_found"
                                                          THEN "t33"."own_method"
                                                          WHEN "t33"."any_found"
                                                          THEN "t33"."any_method"
                                                          ELSE ''
                                                        END
                                                      END AS "method",
                                                      CASE
                                                        WHEN TRUE
                                                        THEN 'effective_cost'
                                                        ELSE CASE
                                                          WHEN "t33"."own_found"
                                                          THEN "t33"."own_basis"
                                                          WHEN "t33"."any_found"
                                                          THEN "t33"."any_basis"
                                                          ELSE ''
                                                        END
                                                      END AS "basis",
                                                      CASE
                                                        WHEN TRUE
                                                        THEN toDecimal128(0E-9, 9)
                                                        ELSE CASE
                                                          WHEN "t33"."own_found"
                                                          THEN "t33"."own_floor"
                                                          WHEN "t33"."any_found"
                                                          THEN "t33"."any_floor"
                                                          ELSE CAST(0 AS Decimal(38, 9))
                                                        END
                                                      END AS "floor",
                                                      CASE
                                                        WHEN TRUE
                                                        THEN CAST(tuple([''], [toDecimal64(0E-9, 9)]) AS Map(String, Nullable(Decimal(18, 9))))
                                                        ELSE CASE WHEN "t33"."own_found" THEN "t33"."own_weights" ELSE "t33"."any_weights" END
                                                      END AS "weights",
                                                      CASE
                                                        WHEN "t33"."own_found"
                                                        THEN "t33"."own_footnote"
                                                        WHEN "t33"."any_found"
                                                        THEN "t33"."any_footnote"
                                                        ELSE ''
                                                      END AS "footnote",
                                                      CASE
                                                        WHEN "t33"."own_found"
                                                        THEN "t33"."own_owner"
                                                        WHEN "t33"."any_found"
                                                        THEN "t33"."any_owner"
                                                        ELSE ''
                                                      END AS "owner",
                                                      CASE
                                                        WHEN "t33"."own_found"
                                                        THEN "t33"."own_allocated_method_id"
                                                        WHEN "t33"."any_found"
                                                        THEN "t33"."any_allocated_method_id"
                                                        ELSE ''
                                                      END AS "allocated_method_id",
                                                      2 AS "variant"
                                                    FROM "t32" AS "t33"
                                                    ORDER BY
                                                      "t33"."charge_period_start" ASC,
                                                      "t33"."charge_period_end" ASC,
                                                      "t33"."cost_type" ASC
                                                  ) AS "t38"
                                                  UNION ALL
                                                  SELECT
                                                    *
                                                  FROM (
                                                    SELECT
                                                      *
                                                    FROM (
                                                      SELECT
                                                        "t33"."charge_period_start" AS "charge_period_start",
                                                        "t33"."charge_period_end" AS "charge_period_end",
                                                        "t33"."cost_type" AS "cost_type",
                                                        "t33"."pool" AS "pool",
                                                        "t33"."pooled_events" AS "pooled_events",
                                                        "t33"."pooled_digest" AS "pooled_digest",
                                                        CASE
                                                          WHEN "t33"."own_found"
                                                          THEN "t33"."own_method"
                                                          WHEN "t33"."any_found"
                                                          THEN "t33"."any_method"
                                                          ELSE ''
                                                        END AS "method",
                                                        CASE
                                                          WHEN "t33"."own_found"
                                                          THEN "t33"."own_basis"
                                                          WHEN "t33"."any_found"
                                                          THEN "t33"."any_basis"
                                                          ELSE ''
                                                        END AS "basis",
                                                        CASE
                                                          WHEN "t33"."own_found"
                                                          THEN "t33"."own_floor"
                                                          WHEN "t33"."any_found"
                                                          THEN "t33"."any_floor"
                                                          ELSE CAST(0 AS Decimal(38, 9))
                                                        END AS "floor",
                                                        CASE WHEN "t33"."own_found" THEN "t33"."own_weights" ELSE "t33"."any_weights" END AS "weights",
                                                        CASE
                                                          WHEN "t33"."own_found"
                                                          THEN "t33"."own_footnote"
                                                          WHEN "t33"."any_found"
                                                          THEN "t33"."any_footnote"
                                                          ELSE ''
                                                        END AS "footnote",
                                                        CASE
                                                          WHEN "t33"."own_found"
                                                          THEN "t33"."own_owner"
                                                          WHEN "t33"."any_found"
                                                          THEN "t33"."any_owner"
                                                          ELSE ''
                                                        END AS "owner",
                                                        CASE
                                                          WHEN "t33"."own_found"
                                                          THEN "t33"."own_allocated_method_id"
                                                          WHEN "t33"."any_found"
                                                          THEN "t33"."any_allocated_method_id"
                                                          ELSE ''
                                                        END AS "allocated_method_id",
                                                        0 AS "variant"
                                                      FROM "t32" AS "t33"
                                                      ORDER BY
                                                        "t33"."charge_period_start" ASC,
                                                        "t33"."charge_period_end" ASC,
                                                        "t33"."cost_type" ASC
                                                    ) AS "t37"
                                                    UNION ALL
                                                    SELECT
                                                      *
                                                    FROM (
                                                      SELECT
                                                        "t33"."charge_period_start" AS "charge_period_start",
                                                        "t33"."charge_period_end" AS "charge_period_end",
                                                        "t33"."cost_type" AS "cost_type",
                                                        "t33"."pool" AS "pool",
                                                        "t33"."pooled_events" AS "pooled_events",
                                                        "t33"."pooled_digest" AS "pooled_digest",
                                                        CASE
                                                          WHEN TRUE
                                                          THEN 'even'
                                                          ELSE CASE
                                                            WHEN "t33"."own_found"
                                                            THEN "t33"."own_method"
                                                            WHEN "t33"."any_found"
                                                            THEN "t33"."any_method"
                                                            ELSE ''
                                                          END
                                                        END AS "method",
                                                        CASE
                                                          WHEN TRUE
                                                          THEN ''
                                                          ELSE CASE
                                                            WHEN "t33"."own_found"
                                                            THEN "t33"."own_basis"
                                                            WHEN "t33"."any_found"
                                                            THEN "t33"."any_basis"
                                                            ELSE ''
                                                          END
                                                        END AS "basis",
                                                        CASE
                                                          WHEN TRUE
                                                          THEN toDecimal128(0E-9, 9)
                                                          ELSE CASE
                                                            WHEN "t33"."own_found"
                                                            THEN "t33"."own_floor"
                                                            WHEN "t33"."any_found"
                                                            THEN "t33"."any_floor"
                                                            ELSE CAST(0 AS Decimal(38, 9))
                                                          END
                                                        END AS "floor",
                                                        CASE
                                                          WHEN TRUE
                                                          THEN CAST(tuple([''], [toDecimal64(0E-9, 9)]) AS Map(String, Nullable(Decimal(18, 9))))
                                                          ELSE CASE WHEN "t33"."own_found" THEN "t33"."own_weights" ELSE "t33"."any_weights" END
                                                        END AS "weights",
                                                        CASE
                                                          WHEN "t33"."own_found"
                                                          THEN "t33"."own_footnote"
                                                          WHEN "t33"."any_found"
                                                          THEN "t33"."any_footnote"
                                                          ELSE ''
                                                        END AS "footnote",
                                                        CASE
                                                          WHEN "t33"."own_found"
                                                          THEN "t33"."own_owner"
                                                          WHEN "t33"."any_found"
                                                          THEN "t33"."any_owner"
                                                          ELSE ''
                                                        END AS "owner",
                                                        CASE
                                                          WHEN "t33"."own_found"
                                                          THEN "t33"."own_allocated_method_id"
                                                          WHEN "t33"."any_found"
                                                          THEN "t33"."any_allocated_method_id"
                                                          ELSE ''
                                                        END AS "allocated_method_id",
                                                        1 AS "variant"
                                                      FROM "t32" AS "t33"
                                                      ORDER BY
                                                        "t33"."charge_period_start" ASC,
                                                        "t33"."charge_period_end" ASC,
                                                        "t33"."cost_type" ASC
                                                    ) AS "t39"
                                                  ) AS "t40"
                                                ) AS "t43"
                                              ) AS "t46"
                                                ON "t70"."charge_period_start" = "t46"."charge_period_start"
                                                AND "t70"."charge_period_end" = "t46"."charge_period_end"
                                            ) AS "t71"
                                          ) AS "t72"
                                          WHERE
                                            (
                                              "t72"."app_id" = ''
                                            )
                                            OR (
                                              "t72"."method" IN ('even', 'proportional', 'fixed', 'floor_plus_share')
                                              AND (
                                                (
                                                  "t72"."method" <> 'fixed'
                                                )
                                                OR (
                                                  "t72"."basis_quantity" > CAST(0 AS Decimal(76, 12))
                                                )
                                              )
                                            )
                                        ) AS "t73"
                                      ) AS "t74"
                                    ) AS "t75"
                                  ) AS "t76"
                                  WHERE
                                    (
                                      "t76"."app_id" <> ''
                                    ) OR (
                                      "t76"."weighed" > toInt256(0)
                                    )
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
          ) AS "t88"
        ) AS "t89"
      ) AS "t90"
      GROUP BY
        "t90"."bearer"
    ) AS "t91"
  ) AS "t92"
) AS "t93"
ORDER BY
  "t93"."method_number" ASC,
  "t93"."todays_cost" DESC,
  "t93"."team_id" ASC
