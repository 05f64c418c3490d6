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
    "t89"."method_number" AS "method_number",
    CASE
      WHEN "t89"."method_number" = 1
      THEN 'even'
      WHEN "t89"."method_number" = 2
      THEN 'proportional:effective_cost'
      ELSE NULL
    END AS "method",
    "t89"."bearer" AS "team_id",
    "t89"."cost_0" AS "todays_cost",
    CASE
      WHEN "t89"."method_number" = 1
      THEN "t89"."cost_1"
      WHEN "t89"."method_number" = 2
      THEN "t89"."cost_2"
      ELSE NULL
    END AS "effective_cost",
    minus(
      CASE
        WHEN "t89"."method_number" = 1
        THEN "t89"."cost_1"
        WHEN "t89"."method_number" = 2
        THEN "t89"."cost_2"
        ELSE NULL
      END,
      "t89"."cost_0"
    ) AS "change"
  FROM (
    SELECT
      "t88"."bearer" AS "bearer",
      "t88"."cost_0" AS "cost_0",
      "t88"."cost_1" AS "cost_1",
      "t88"."cost_2" AS "cost_2",
      arrayJoin(range(1, 3, 1)) AS "method_number"
    FROM (
      SELECT
        "t87"."bearer" AS "bearer",
        COALESCE(sumIf("t87"."share", "t87"."variant" = 0), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_0",
        COALESCE(sumIf("t87"."share", "t87"."variant" = 1), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_1",
        COALESCE(sumIf("t87"."share", "t87"."variant" = 2), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_2"
      FROM (
        SELECT
          "t86"."app_id" AS "app_id",
          "t86"."share" AS "share",
          "t86"."ratio" AS "ratio",
          CAST("t86"."labels".1 AS Int16) AS "variant",
          CAST("t86"."labels".2 AS DateTime64(0, 'UTC')) AS "charge_period_start",
          CAST("t86"."labels".3 AS DateTime64(0, 'UTC')) AS "charge_period_end",
          CAST("t86"."labels".4 AS String) AS "cost_type",
          CAST("t86"."labels".5 AS String) AS "method",
          CAST("t86"."labels".6 AS String) AS "basis",
          CAST("t86"."labels".7 AS String) AS "footnote",
          CAST("t86"."labels".8 AS String) AS "allocated_method_id",
          CAST("t86"."labels".9 AS String) AS "team_id",
          CAST("t86"."labels".10 AS String) AS "cost_center",
          CAST("t86"."labels".11 AS String) AS "environment",
          CAST("t86"."labels".12 AS String) AS "lifecycle",
          CAST("t86"."labels".13 AS Decimal(76, 12)) AS "basis_quantity",
          CASE
            WHEN "t86"."app_id" = ''
            THEN '(unallocated)'
            ELSE CAST("t86"."labels".9 AS String)
          END AS "bearer"
        FROM (
          SELECT
            "t85"."app_id" AS "app_id",
            "t85"."labels" AS "labels",
            multiply(
              toDecimal256(
                CASE
                  WHEN "t85"."is_credit"
                  THEN minus(toInt256(0), "t85"."got")
                  ELSE "t85"."got"
                END,
                0
              ),
              CAST('0.000000000000000000001' AS Decimal(76, 21))
            ) AS "share",
            multiply(toDecimal256("t85"."part", 0), CAST('0.000000000000000000001' AS Decimal(76, 21))) AS "ratio"
          FROM (
            SELECT
              "t84"."pool_id" AS "pool_id",
              "t84"."app_id" AS "app_id",
              "t84"."labels" AS "labels",
              "t84"."is_credit" AS "is_credit",
              "t84"."got" AS "got",
              plus(
                "t84"."part",
                CASE
                  WHEN toInt256("t84"."rank") < "t84"."missing"
                  THEN toInt256(1)
                  ELSE toInt256(0)
                END
              ) AS "part"
            FROM (
              SELECT
                "t83"."pool_id" AS "pool_id",
                "t83"."app_id" AS "app_id",
                "t83"."labels" AS "labels",
                "t83"."is_credit" AS "is_credit",
                "t83"."got" AS "got",
                "t83"."part" AS "part",
                minus(
                  "t83"."amount_cut",
                  SUM("t83"."part") OVER (
                    PARTITION BY "t83"."pool_id"
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  )
                ) AS "missing",
                ROW_NUMBER() OVER (
                  PARTITION BY "t83"."pool_id"
                  ORDER BY "t83"."left_over" DESC, "t83"."app_id" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "rank"
              FROM (
                SELECT
                  "t82"."pool_id" AS "pool_id",
                  "t82"."app_id" AS "app_id",
                  "t82"."labels" AS "labels",
                  "t82"."is_credit" AS "is_credit",
                  "t82"."got" AS "got",
                  reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))) AS "amount_cut",
                  intDiv(
                    multiply(
                      plus(
                        reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))),
                        toInt256(
                          throwIf(
                            (
                              ABS(toFloat64(reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))))) * ABS(toFloat64("t82"."total"))
                            ) > 5e+76,
                            'an amount times its weights has more than 76 digits'
                          )
                        )
                      ),
                      "t82"."weighed"
                    ),
                    "t82"."total"
                  ) AS "part",
                  modulo(
                    multiply(
                      plus(
                        reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))),
                        toInt256(
                          throwIf(
                            (
                              ABS(toFloat64(reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))))) * ABS(toFloat64("t82"."total"))
                            ) > 5e+76,
                            'an amount times its weights has more than 76 digits'
                          )
                        )
                      ),
                      "t82"."weighed"
                    ),
                    "t82"."total"
                  ) AS "left_over"
                FROM (
                  SELECT
                    "t81"."pool_id" AS "pool_id",
                    "t81"."app_id" AS "app_id",
                    "t81"."labels" AS "labels",
                    "t81"."is_credit" AS "is_credit",
                    "t81"."got" AS "got",
                    CASE WHEN "t81"."amount" = toInt256(0) THEN "t81"."weighed" ELSE "t81"."got" END AS "weighed",
                    CASE WHEN "t81"."amount" = toInt256(0) THEN "t81"."total" ELSE "t81"."amount" END AS "total"
                  FROM (
                    SELECT
                      "t80"."pool_id" AS "pool_id",
                      "t80"."app_id" AS "app_id",
                      "t80"."labels" AS "labels",
                      "t80"."is_credit" AS "is_credit",
                      "t80"."amount" AS "amount",
                      "t80"."floor" AS "floor",
                      "t80"."weighed" AS "weighed",
                      "t80"."total" AS "total",
                      "t80"."part" AS "part",
                      plus("t80"."floor", "t80"."part") AS "got"
                    FROM (
                      SELECT
                        "t79"."pool_id" AS "pool_id",
                        "t79"."app_id" AS "app_id",
                        "t79"."labels" AS "labels",
                        "t79"."is_credit" AS "is_credit",
                        "t79"."amount" AS "amount",
                        "t79"."floor" AS "floor",
                        "t79"."weighed" AS "weighed",
                        "t79"."total" AS "total",
                        plus(
                          "t79"."part",
                          CASE
                            WHEN toInt256("t79"."rank") < "t79"."missing"
                            THEN toInt256(1)
                            ELSE toInt256(0)
                          END
                        ) AS "part"
                      FROM (
                        SELECT
                          "t78"."pool_id" AS "pool_id",
                          "t78"."app_id" AS "app_id",
                          "t78"."labels" AS "labels",
                          "t78"."is_credit" AS "is_credit",
                          "t78"."amount" AS "amount",
                          "t78"."floor" AS "floor",
                          "t78"."weighed" AS "weighed",
                          "t78"."total" AS "total",
                          "t78"."part" AS "part",
                          minus(
                            "t78"."amount_cut",
                            SUM("t78"."part") OVER (
                              PARTITION BY "t78"."pool_id"
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            )
                          ) AS "missing",
                          ROW_NUMBER() OVER (
                            PARTITION BY "t78"."pool_id"
                            ORDER BY "t78"."left_over" DESC, "t78"."app_id" ASC
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          ) - 1 AS "rank"
                        FROM (
                          SELECT
                            "t77"."pool_id" AS "pool_id",
                            "t77"."app_id" AS "app_id",
                            "t77"."labels" AS "labels",
                            "t77"."is_credit" AS "is_credit",
                            "t77"."amount" AS "amount",
                            "t77"."floor" AS "floor",
                            "t77"."weighed" AS "weighed",
                            "t77"."total" AS "total",
                            "t77"."rest" AS "amount_cut",
                            intDiv(
                              multiply(
                                plus(
                                  "t77"."rest",
                                  toInt256(
                                    throwIf(
                                      (
                                        ABS(toFloat64("t77"."rest")) * ABS(toFloat64("t77"."total"))
                                      ) > 5e+76,
                                      'an amount times its weights has more than 76 digits'
                                    )
                                  )
                                ),
                                "t77"."weighed"
                              ),
                              "t77"."total"
                            ) AS "part",
                            modulo(
                              multiply(
                                plus(
                                  "t77"."rest",
                                  toInt256(
                                    throwIf(
                                      (
                                        ABS(toFloat64("t77"."rest")) * ABS(toFloat64("t77"."total"))
                                      ) > 5e+76,
                                      'an amount times its weights has more than 76 digits'
                                    )
                                  )
                                ),
                                "t77"."weighed"
                              ),
                              "t77"."total"
                            ) AS "left_over"
                          FROM (
                            SELECT
                              "t76"."pool_id" AS "pool_id",
                              "t76"."app_id" AS "app_id",
                              "t76"."labels" AS "labels",
                              "t76"."is_credit" AS "is_credit",
                              "t76"."amount" AS "amount",
                              CASE
                                WHEN multiply("t76"."floor", "t76"."heads") > "t76"."amount"
                                THEN toInt256(0)
                                ELSE "t76"."floor"
                              END AS "floor",
                              minus(
                                "t76"."amount",
                                CASE
                                  WHEN multiply("t76"."floor", "t76"."heads") > "t76"."amount"
                                  THEN toInt256(0)
                                  ELSE multiply("t76"."floor", "t76"."heads")
                                END
                              ) AS "rest",
                              CASE
                                WHEN (
                                  multiply("t76"."floor", "t76"."heads") > "t76"."amount"
                                )
                                OR (
                                  "t76"."total" = toInt256(0)
                                )
                                THEN toInt256(1)
                                ELSE "t76"."weighed"
                              END AS "weighed",
                              CASE
                                WHEN (
                                  multiply("t76"."floor", "t76"."heads") > "t76"."amount"
                                )
                                OR (
                                  "t76"."total" = toInt256(0)
                                )
                                THEN "t76"."heads"
                                ELSE "t76"."total"
                              END AS "total"
                            FROM (
                              SELECT
                                "t75"."pool_id" AS "pool_id",
                                "t75"."app_id" AS "app_id",
                                "t75"."amount" AS "amount",
                                "t75"."is_credit" AS "is_credit",
                                "t75"."floor" AS "floor",
                                "t75"."labels" AS "labels",
                                CASE WHEN "t75"."app_id" = '' THEN "t75"."left" ELSE "t75"."weighed" END AS "weighed",
                                plus(
                                  toInt256("t75"."others"),
                                  CASE WHEN "t75"."left" > toInt256(0) THEN toInt256(1) ELSE toInt256(0) END
                                ) AS "heads",
                                plus("t75"."given", "t75"."left") AS "total"
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    "t73"."pool_id" AS "pool_id",
                                    "t73"."app_id" AS "app_id",
                                    "t73"."method" AS "method",
                                    "t73"."amount" AS "amount",
                                    "t73"."is_credit" AS "is_credit",
                                    "t73"."floor" AS "floor",
                                    "t73"."weighed" AS "weighed",
                                    "t73"."labels" AS "labels",
                                    "t73"."others" AS "others",
                                    "t73"."given" AS "given",
                                    CASE
                                      WHEN CASE
                                        WHEN "t73"."others" = 0
                                        THEN reinterpretAsInt256(CAST(1 AS Decimal(76, 12)))
                                        ELSE CASE
                                          WHEN "t73"."method" = 'fixed'
                                          THEN minus(reinterpretAsInt256(CAST(1 AS Decimal(76, 12))), "t73"."given")
                                          ELSE toInt256(0)
                                        END
                                      END > toInt256(0)
                                      THEN CASE
                                        WHEN "t73"."others" = 0
                                        THEN reinterpretAsInt256(CAST(1 AS Decimal(76, 12)))
                                        ELSE CASE
                                          WHEN "t73"."method" = 'fixed'
                                          THEN minus(reinterpretAsInt256(CAST(1 AS Decimal(76, 12))), "t73"."given")
                                          ELSE toInt256(0)
                                        END
                                      END
                                      ELSE toInt256(0)
                                    END AS "left"
                                  FROM (
                                    SELECT
                                      "t72"."pool_id" AS "pool_id",
                                      "t72"."app_id" AS "app_id",
                                      "t72"."method" AS "method",
                                      "t72"."amount" AS "amount",
                                      "t72"."is_credit" AS "is_credit",
                                      "t72"."floor" AS "floor",
                                      "t72"."weighed" AS "weighed",
                                      "t72"."labels" AS "labels",
                                      countIf("t72"."app_id" <> '') OVER (
                                        PARTITION BY "t72"."pool_id"
                                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                      ) AS "others",
                                      SUM("t72"."weighed") OVER (
                                        PARTITION BY "t72"."pool_id"
                                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                      ) AS "given"
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t47"."pool_id" AS "pool_id",
                                          "t70"."app_id" AS "app_id",
                                          "t47"."method" AS "method",
                                          "t47"."amount" AS "amount",
                                          "t47"."is_credit" AS "is_credit",
                                          CASE WHEN "t70"."app_id" = '' THEN toInt256(0) ELSE "t47"."floor" END AS "floor",
                                          reinterpretAsInt256(
                                            CAST(CASE
                                              WHEN "t70"."app_id" = ''
                                              THEN CAST(0 AS Decimal(76, 12))
                                              ELSE CASE
                                                WHEN "t47"."method" = 'even'
                                                THEN CAST(1 AS Decimal(76, 12))
                                                WHEN "t47"."method" = 'fixed'
                                                THEN CAST(CASE
                                                  WHEN mapContains("t47"."weights", "t70"."app_id")
                                                  THEN "t47"."weights"["t70"."app_id"]
                                                  ELSE CAST(0 AS Decimal(18, 9))
                                                END AS Decimal(76, 12))
                                                ELSE CASE
                                                  WHEN "t47"."basis" = 'list_cost'
                                                  THEN "t70"."list_cost"
                                                  WHEN "t47"."basis" = 'effective_cost'
                                                  THEN "t70"."effective_cost"
                                                  WHEN "t47"."basis" = 'billed_cost'
                                                  THEN "t70"."billed_cost"
                                                  WHEN "t47"."basis" = 'unattributed_cost'
                                                  THEN "t70"."unattributed_cost"
                                                  WHEN "t47"."basis" = 'ephemeral_cost'
                                                  THEN "t70"."ephemeral_cost"
                                                  WHEN "t47"."basis" = 'requests'
                                                  THEN "t70"."requests"
                                                  WHEN "t47"."basis" = 'input_tokens'
                                                  THEN "t70"."input_tokens"
                                                  WHEN "t47"."basis" = 'cache_read_tokens'
                                                  THEN "t70"."cache_read_tokens"
                                                  WHEN "t47"."basis" = 'cache_write_tokens'
                                                  THEN "t70"."cache_write_tokens"
                                                  WHEN "t47"."basis" = 'output_tokens'
                                                  THEN "t70"."output_tokens"
                                                  WHEN "t47"."basis" = 'tokens'
                                                  THEN "t70"."tokens"
                                                  WHEN "t47"."basis" = 'cpu_core_hours'
                                                  THEN "t70"."cpu_core_hours"
                                                  WHEN "t47"."basis" = 'memory_gb_hours'
                                                  THEN "t70"."memory_gb_hours"
                                                  WHEN "t47"."basis" = 'instance_hours'
                                                  THEN "t70"."instance_hours"
                                                  WHEN "t47"."basis" = 'gpu_hours'
                                                  THEN "t70"."gpu_hours"
                                                  WHEN "t47"."basis" = 'storage_gb_hours'
                                                  THEN "t70"."storage_gb_hours"
                                                  WHEN "t47"."basis" = 'egress_gb'
                                                  THEN "t70"."egress_gb"
                                                  WHEN "t47"."basis" = 'event_count'
                                                  THEN "t70"."event_count"
                                                  WHEN "t47"."basis" = 'unpriced_events'
                                                  THEN "t70"."unpriced_events"
                                                  WHEN "t47"."basis" = 'token_cost'
                                                  THEN "t70"."token_cost"
                                                  WHEN "t47"."basis" = 'active_hours'
                                                  THEN "t70"."active_hours"
                                                  ELSE CAST(throwIf(
                                                    "t47"."method" IN ('proportional', 'floor_plus_share')
                                                    AND NOT (
                                                      "t47"."basis" IN (
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
                                            END AS Decimal(76, 12))
                                          ) AS "weighed",
                                          tuple(
                                            "t47"."variant",
                                            toTimeZone(CAST("t70"."charge_period_start" AS DateTime64(0, 'UTC')), 'UTC'),
                                            toTimeZone(CAST("t70"."charge_period_end" AS DateTime64(0, 'UTC')), 'UTC'),
                                            toLowCardinality("t47"."cost_type"),
                                            toLowCardinality("t47"."method"),
                                            toLowCardinality("t47"."basis"),
                                            toLowCardinality("t47"."footnote"),
                                            toLowCardinality("t47"."allocated_method_id"),
                                            toLowCardinality("t70"."team_id"),
                                            toLowCardinality("t70"."cost_center"),
                                            toLowCardinality("t70"."environment"),
                                            toLowCardinality("t70"."lifecycle"),
                                            CAST(CASE
                                              WHEN "t70"."app_id" = ''
                                              THEN CAST(0 AS Decimal(76, 12))
                                              ELSE CASE
                                                WHEN "t47"."method" = 'even'
                                                THEN CAST(1 AS Decimal(76, 12))
                                                WHEN "t47"."method" = 'fixed'
                                                THEN CAST(CASE
                                                  WHEN mapContains("t47"."weights", "t70"."app_id")
                                                  THEN "t47"."weights"["t70"."app_id"]
                                                  ELSE CAST(0 AS Decimal(18, 9))
                                                END AS Decimal(76, 12))
                                                ELSE CASE
                                                  WHEN "t47"."basis" = 'list_cost'
                                                  THEN "t70"."list_cost"
                                                  WHEN "t47"."basis" = 'effective_cost'
                                                  THEN "t70"."effective_cost"
                                                  WHEN "t47"."basis" = 'billed_cost'
                                                  THEN "t70"."billed_cost"
                                                  WHEN "t47"."basis" = 'unattributed_cost'
                                                  THEN "t70"."unattributed_cost"
                                                  WHEN "t47"."basis" = 'ephemeral_cost'
                                                  THEN "t70"."ephemeral_cost"
                                                  WHEN "t47"."basis" = 'requests'
                                                  THEN "t70"."requests"
                                                  WHEN "t47"."basis" = 'input_tokens'
                                                  THEN "t70"."input_tokens"
                                                  WHEN "t47"."basis" = 'cache_read_tokens'
                                                  THEN "t70"."cache_read_tokens"
                                                  WHEN "t47"."basis" = 'cache_write_tokens'
                                                  THEN "t70"."cache_write_tokens"
                                                  WHEN "t47"."basis" = 'output_tokens'
                                                  THEN "t70"."output_tokens"
                                                  WHEN "t47"."basis" = 'tokens'
                                                  THEN "t70"."tokens"
                                                  WHEN "t47"."basis" = 'cpu_core_hours'
                                                  THEN "t70"."cpu_core_hours"
                                                  WHEN "t47"."basis" = 'memory_gb_hours'
                                                  THEN "t70"."memory_gb_hours"
                                                  WHEN "t47"."basis" = 'instance_hours'
                                                  THEN "t70"."instance_hours"
                                                  WHEN "t47"."basis" = 'gpu_hours'
                                                  THEN "t70"."gpu_hours"
                                                  WHEN "t47"."basis" = 'storage_gb_hours'
                                                  THEN "t70"."storage_gb_hours"
                                                  WHEN "t47"."basis" = 'egress_gb'
                                                  THEN "t70"."egress_gb"
                                                  WHEN "t47"."basis" = 'event_count'
                                                  THEN "t70"."event_count"
                                                  WHEN "t47"."basis" = 'unpriced_events'
                                                  THEN "t70"."unpriced_events"
                                                  WHEN "t47"."basis" = 'token_cost'
                                                  THEN "t70"."token_cost"
                                                  WHEN "t47"."basis" = 'active_hours'
                                                  THEN "t70"."active_hours"
                                                  ELSE CAST(throwIf(
                                                    "t47"."method" IN ('proportional', 'floor_plus_share')
                                                    AND NOT (
                                                      "t47"."basis" IN (
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
                                            END AS Decimal(76, 12))
                                          ) AS "labels"
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
                                                        "t0"."charge_date" >= (
                                                          SELECT
                                                            MIN(toDate("t12"."charge_period_start")) AS "Min(Date(charge_period_start))"
                                                          FROM "t8" AS "t12"
                                                        )
                                                        AND "t0"."meter" <> 'platform_cost'
                                                        AND "t0"."app_id" <> ''
                                                        AND "t0"."billing_currency" = 'USD'
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
                                                                        "t45"."app_id" AS "app_id",
                                                                        "t45"."run_start" AS "run_start",
                                                                        "t45"."run_end" AS "run_end",
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
                                                                      ) AS "t45"
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
                                            CASE
                                              WHEN "t43"."method" = 'floor_plus_share'
                                              THEN reinterpretAsInt256(CAST("t43"."floor" AS Decimal(76, 21)))
                                              ELSE toInt256(0)
                                            END AS "floor",
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
                                            ) AS "pool_id",
                                            toInt256(ABS(reinterpretAsInt256("t43"."pool"))) AS "amount",
                                            "t43"."pool" < CAST(0 AS Nullable(Decimal(76, 21))) AS "is_credit"
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
                                        ) AS "t47"
                                          ON "t70"."charge_period_start" = "t47"."charge_period_start"
                                          AND "t70"."charge_period_end" = "t47"."charge_period_end"
                                      ) AS "t71"
                                      WHERE
                                        (
                                          "t71"."app_id" = ''
                                        )
                                        OR (
                                          "t71"."method" IN ('even', 'proportional', 'fixed', 'floor_plus_share')
                                          AND (
                                            (
                                              "t71"."method" <> 'fixed'
                                            ) OR (
                                              "t71"."weighed" > toInt256(0)
                                            )
                                          )
                                        )
                                    ) AS "t72"
                                  ) AS "t73"
                                ) AS "t74"
                                WHERE
                                  (
                                    "t74"."app_id" <> ''
                                  ) OR (
                                    "t74"."left" > toInt256(0)
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
      GROUP BY
        "t87"."bearer"
    ) AS "t88"
  ) AS "t89"
) AS "t90"
ORDER BY
  "t90"."method_number" ASC,
  "t90"."todays_cost" DESC,
  "t90"."team_id" ASC
