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
    "t84"."charge_period_start" AS "charge_period_start",
    "t84"."charge_period_end" AS "charge_period_end",
    "t84"."cost_type" AS "cost_type",
    "t84"."app_id" AS "app_id",
    "t84"."team_id" AS "team_id",
    "t84"."cost_center" AS "cost_center",
    "t84"."environment" AS "environment",
    "t84"."lifecycle" AS "lifecycle",
    "t84"."effective_cost" AS "effective_cost",
    "t84"."billing_currency" AS "billing_currency",
    "t84"."allocated_method" AS "allocated_method",
    "t84"."allocated_method_id" AS "allocated_method_id",
    "t84"."allocated_resource_id" AS "allocated_resource_id",
    "t84"."allocated_ratio" AS "allocated_ratio",
    "t84"."allocated_basis" AS "allocated_basis",
    "t84"."allocated_quantity" AS "allocated_quantity",
    "t84"."footnote" AS "footnote",
    SUM("t84"."effective_cost") OVER (
      PARTITION BY "t84"."charge_period_start", "t84"."charge_period_end", "t84"."cost_type"
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "pool",
    countIf("t84"."app_id" <> '') OVER (
      PARTITION BY "t84"."charge_period_start", "t84"."charge_period_end", "t84"."cost_type"
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "bearers",
    SUM("t84"."allocated_quantity") OVER (
      PARTITION BY "t84"."charge_period_start", "t84"."charge_period_end", "t84"."cost_type"
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "whole_quantity"
  FROM (
    SELECT
      CAST("t83"."labels".2 AS DateTime64(0, 'UTC')) AS "charge_period_start",
      CAST("t83"."labels".3 AS DateTime64(0, 'UTC')) AS "charge_period_end",
      CAST("t83"."labels".4 AS String) AS "cost_type",
      "t83"."app_id" AS "app_id",
      CAST("t83"."labels".9 AS String) AS "team_id",
      CAST("t83"."labels".10 AS String) AS "cost_center",
      CAST("t83"."labels".11 AS String) AS "environment",
      CAST("t83"."labels".12 AS String) AS "lifecycle",
      "t83"."share" AS "effective_cost",
      'USD' AS "billing_currency",
      CAST("t83"."labels".5 AS String) AS "allocated_method",
      CAST("t83"."labels".8 AS String) AS "allocated_method_id",
      CASE
        WHEN "t83"."app_id" <> ''
        THEN CONCAT('app/', "t83"."app_id")
        ELSE CAST(NULL AS Nullable(String))
      END AS "allocated_resource_id",
      "t83"."ratio" AS "allocated_ratio",
      CASE
        WHEN CAST("t83"."labels".5 AS String) = 'even'
        THEN 'active_apps'
        WHEN CAST("t83"."labels".5 AS String) = 'fixed'
        THEN 'weight'
        ELSE CAST("t83"."labels".6 AS String)
      END AS "allocated_basis",
      CAST("t83"."labels".13 AS Decimal(76, 12)) AS "allocated_quantity",
      CAST("t83"."labels".7 AS String) AS "footnote"
    FROM (
      SELECT
        "t82"."app_id" AS "app_id",
        "t82"."labels" AS "labels",
        multiply(
          toDecimal256(
            CASE
              WHEN "t82"."is_credit"
              THEN minus(toInt256(0), "t82"."got")
              ELSE "t82"."got"
            END,
            0
          ),
          CAST('0.000000000000000000001' AS Decimal(76, 21))
        ) AS "share",
        multiply(toDecimal256("t82"."part", 0), CAST('0.000000000000000000001' AS Decimal(76, 21))) AS "ratio"
      FROM (
        SELECT
          "t81"."pool_id" AS "pool_id",
          "t81"."app_id" AS "app_id",
          "t81"."labels" AS "labels",
          "t81"."is_credit" AS "is_credit",
          "t81"."got" AS "got",
          plus(
            "t81"."part",
            CASE
              WHEN toInt256("t81"."rank") < "t81"."missing"
              THEN toInt256(1)
              ELSE toInt256(0)
            END
          ) AS "part"
        FROM (
          SELECT
            "t80"."pool_id" AS "pool_id",
            "t80"."app_id" AS "app_id",
            "t80"."labels" AS "labels",
            "t80"."is_credit" AS "is_credit",
            "t80"."got" AS "got",
            "t80"."part" AS "part",
            minus(
              "t80"."amount_cut",
              SUM("t80"."part") OVER (
                PARTITION BY "t80"."pool_id"
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              )
            ) AS "missing",
            ROW_NUMBER() OVER (
              PARTITION BY "t80"."pool_id"
              ORDER BY "t80"."left_over" DESC, "t80"."app_id" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "rank"
          FROM (
            SELECT
              "t79"."pool_id" AS "pool_id",
              "t79"."app_id" AS "app_id",
              "t79"."labels" AS "labels",
              "t79"."is_credit" AS "is_credit",
              "t79"."got" AS "got",
              reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))) AS "amount_cut",
              intDiv(
                multiply(
                  plus(
                    reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))),
                    toInt256(
                      throwIf(
                        (
                          ABS(toFloat64(reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))))) * ABS(toFloat64("t79"."total"))
                        ) > 5e+76,
                        'an amount times its weights has more than 76 digits'
                      )
                    )
                  ),
                  "t79"."weighed"
                ),
                "t79"."total"
              ) AS "part",
              modulo(
                multiply(
                  plus(
                    reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))),
                    toInt256(
                      throwIf(
                        (
                          ABS(toFloat64(reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))))) * ABS(toFloat64("t79"."total"))
                        ) > 5e+76,
                        'an amount times its weights has more than 76 digits'
                      )
                    )
                  ),
                  "t79"."weighed"
                ),
                "t79"."total"
              ) AS "left_over"
            FROM (
              SELECT
                "t78"."pool_id" AS "pool_id",
                "t78"."app_id" AS "app_id",
                "t78"."labels" AS "labels",
                "t78"."is_credit" AS "is_credit",
                "t78"."got" AS "got",
                CASE WHEN "t78"."amount" = toInt256(0) THEN "t78"."weighed" ELSE "t78"."got" END AS "weighed",
                CASE WHEN "t78"."amount" = toInt256(0) THEN "t78"."total" ELSE "t78"."amount" END AS "total"
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
                  "t77"."part" AS "part",
                  plus("t77"."floor", "t77"."part") AS "got"
                FROM (
                  SELECT
                    "t76"."pool_id" AS "pool_id",
                    "t76"."app_id" AS "app_id",
                    "t76"."labels" AS "labels",
                    "t76"."is_credit" AS "is_credit",
                    "t76"."amount" AS "amount",
                    "t76"."floor" AS "floor",
                    "t76"."weighed" AS "weighed",
                    "t76"."total" AS "total",
                    plus(
                      "t76"."part",
                      CASE
                        WHEN toInt256("t76"."rank") < "t76"."missing"
                        THEN toInt256(1)
                        ELSE toInt256(0)
                      END
                    ) AS "part"
                  FROM (
                    SELECT
                      "t75"."pool_id" AS "pool_id",
                      "t75"."app_id" AS "app_id",
                      "t75"."labels" AS "labels",
                      "t75"."is_credit" AS "is_credit",
                      "t75"."amount" AS "amount",
                      "t75"."floor" AS "floor",
                      "t75"."weighed" AS "weighed",
                      "t75"."total" AS "total",
                      "t75"."part" AS "part",
                      minus(
                        "t75"."amount_cut",
                        SUM("t75"."part") OVER (
                          PARTITION BY "t75"."pool_id"
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        )
                      ) AS "missing",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t75"."pool_id"
                        ORDER BY "t75"."left_over" DESC, "t75"."app_id" ASC
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "rank"
                    FROM (
                      SELECT
                        "t74"."pool_id" AS "pool_id",
                        "t74"."app_id" AS "app_id",
                        "t74"."labels" AS "labels",
                        "t74"."is_credit" AS "is_credit",
                        "t74"."amount" AS "amount",
                        "t74"."floor" AS "floor",
                        "t74"."weighed" AS "weighed",
                        "t74"."total" AS "total",
                        "t74"."rest" AS "amount_cut",
                        intDiv(
                          multiply(
                            plus(
                              "t74"."rest",
                              toInt256(
                                throwIf(
                                  (
                                    ABS(toFloat64("t74"."rest")) * ABS(toFloat64("t74"."total"))
                                  ) > 5e+76,
                                  'an amount times its weights has more than 76 digits'
                                )
                              )
                            ),
                            "t74"."weighed"
                          ),
                          "t74"."total"
                        ) AS "part",
                        modulo(
                          multiply(
                            plus(
                              "t74"."rest",
                              toInt256(
                                throwIf(
                                  (
                                    ABS(toFloat64("t74"."rest")) * ABS(toFloat64("t74"."total"))
                                  ) > 5e+76,
                                  'an amount times its weights has more than 76 digits'
                                )
                              )
                            ),
                            "t74"."weighed"
                          ),
                          "t74"."total"
                        ) AS "left_over"
                      FROM (
                        SELECT
                          "t73"."pool_id" AS "pool_id",
                          "t73"."app_id" AS "app_id",
                          "t73"."labels" AS "labels",
                          "t73"."is_credit" AS "is_credit",
                          "t73"."amount" AS "amount",
                          CASE
                            WHEN multiply("t73"."floor", "t73"."heads") > "t73"."amount"
                            THEN toInt256(0)
                            ELSE "t73"."floor"
                          END AS "floor",
                          minus(
                            "t73"."amount",
                            CASE
                              WHEN multiply("t73"."floor", "t73"."heads") > "t73"."amount"
                              THEN toInt256(0)
                              ELSE multiply("t73"."floor", "t73"."heads")
                            END
                          ) AS "rest",
                          CASE
                            WHEN (
                              multiply("t73"."floor", "t73"."heads") > "t73"."amount"
                            )
                            OR (
                              "t73"."total" = toInt256(0)
                            )
                            THEN toInt256(1)
                            ELSE "t73"."weighed"
                          END AS "weighed",
                          CASE
                            WHEN (
                              multiply("t73"."floor", "t73"."heads") > "t73"."amount"
                            )
                            OR (
                              "t73"."total" = toInt256(0)
                            )
                            THEN "t73"."heads"
                            ELSE "t73"."total"
                          END AS "total"
                        FROM (
                          SELECT
                            "t72"."pool_id" AS "pool_id",
                            "t72"."app_id" AS "app_id",
                            "t72"."amount" AS "amount",
                            "t72"."is_credit" AS "is_credit",
                            "t72"."floor" AS "floor",
                            "t72"."labels" AS "labels",
                            CASE WHEN "t72"."app_id" = '' THEN "t72"."left" ELSE "t72"."weighed" END AS "weighed",
                            plus(
                              toInt256("t72"."others"),
                              CASE WHEN "t72"."left" > toInt256(0) THEN toInt256(1) ELSE toInt256(0) END
                            ) AS "heads",
                            plus("t72"."given", "t72"."left") AS "total"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t70"."pool_id" AS "pool_id",
                                "t70"."app_id" AS "app_id",
                                "t70"."method" AS "method",
                                "t70"."amount" AS "amount",
                                "t70"."is_credit" AS "is_credit",
                                "t70"."floor" AS "floor",
                                "t70"."weighed" AS "weighed",
                                "t70"."labels" AS "labels",
                                "t70"."others" AS "others",
                                "t70"."given" AS "given",
                                CASE
                                  WHEN CASE
                                    WHEN "t70"."others" = 0
                                    THEN reinterpretAsInt256(CAST(1 AS Decimal(76, 12)))
                                    ELSE CASE
                                      WHEN "t70"."method" = 'fixed'
                                      THEN minus(reinterpretAsInt256(CAST(1 AS Decimal(76, 12))), "t70"."given")
                                      ELSE toInt256(0)
                                    END
                                  END > toInt256(0)
                                  THEN CASE
                                    WHEN "t70"."others" = 0
                                    THEN reinterpretAsInt256(CAST(1 AS Decimal(76, 12)))
                                    ELSE CASE
                                      WHEN "t70"."method" = 'fixed'
                                      THEN minus(reinterpretAsInt256(CAST(1 AS Decimal(76, 12))), "t70"."given")
                                      ELSE toInt256(0)
                                    END
                                  END
                                  ELSE toInt256(0)
                                END AS "left"
                              FROM (
                                SELECT
                                  "t69"."pool_id" AS "pool_id",
                                  "t69"."app_id" AS "app_id",
                                  "t69"."method" AS "method",
                                  "t69"."amount" AS "amount",
                                  "t69"."is_credit" AS "is_credit",
                                  "t69"."floor" AS "floor",
                                  "t69"."weighed" AS "weighed",
                                  "t69"."labels" AS "labels",
                                  countIf("t69"."app_id" <> '') OVER (
                                    PARTITION BY "t69"."pool_id"
                                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                  ) AS "others",
                                  SUM("t69"."weighed") OVER (
                                    PARTITION BY "t69"."pool_id"
                                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                  ) AS "given"
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      "t42"."pool_id" AS "pool_id",
                                      "t67"."app_id" AS "app_id",
                                      "t42"."method" AS "method",
                                      "t42"."amount" AS "amount",
                                      "t42"."is_credit" AS "is_credit",
                                      CASE WHEN "t67"."app_id" = '' THEN toInt256(0) ELSE "t42"."floor" END AS "floor",
                                      reinterpretAsInt256(
                                        CAST(CASE
                                          WHEN "t67"."app_id" = ''
                                          THEN CAST(0 AS Decimal(76, 12))
                                          ELSE CASE
                                            WHEN "t42"."method" = 'even'
                                            THEN CAST(1 AS Decimal(76, 12))
                                            WHEN "t42"."method" = 'fixed'
                                            THEN CAST(CASE
                                              WHEN mapContains("t42"."weights", "t67"."app_id")
                                              THEN "t42"."weights"["t67"."app_id"]
                                              ELSE CAST(0 AS Decimal(18, 9))
                                            END AS Decimal(76, 12))
                                            ELSE CASE
                                              WHEN "t42"."basis" = 'requests'
                                              THEN "t67"."requests"
                                              ELSE CAST(throwIf(
                                                "t42"."method" IN ('proportional', 'floor_plus_share')
                                                AND NOT (
                                                  "t42"."basis" IN ('requests')
                                                ),
                                                'an allocation rule names a basis that was not asked for: add it to bases'
                                              ) AS Decimal(76, 12))
                                            END
                                          END
                                        END AS Decimal(76, 12))
                                      ) AS "weighed",
                                      tuple(
                                        "t42"."variant",
                                        toTimeZone(CAST("t67"."charge_period_start" AS DateTime64(0, 'UTC')), 'UTC'),
                                        toTimeZone(CAST("t67"."charge_period_end" AS DateTime64(0, 'UTC')), 'UTC'),
                                        toLowCardinality("t42"."cost_type"),
                                        toLowCardinality("t42"."method"),
                                        toLowCardinality("t42"."basis"),
                                        toLowCardinality("t42"."footnote"),
                                        toLowCardinality("t42"."allocated_method_id"),
                                        toLowCardinality("t67"."team_id"),
                                        toLowCardinality("t67"."cost_center"),
                                        toLowCardinality("t67"."environment"),
                                        toLowCardinality("t67"."lifecycle"),
                                        CAST(CASE
                                          WHEN "t67"."app_id" = ''
                                          THEN CAST(0 AS Decimal(76, 12))
                                          ELSE CASE
                                            WHEN "t42"."method" = 'even'
                                            THEN CAST(1 AS Decimal(76, 12))
                                            WHEN "t42"."method" = 'fixed'
                                            THEN CAST(CASE
                                              WHEN mapContains("t42"."weights", "t67"."app_id")
                                              THEN "t42"."weights"["t67"."app_id"]
                                              ELSE CAST(0 AS Decimal(18, 9))
                                            END AS Decimal(76, 12))
                                            ELSE CASE
                                              WHEN "t42"."basis" = 'requests'
                                              THEN "t67"."requests"
                                              ELSE CAST(throwIf(
                                                "t42"."method" IN ('proportional', 'floor_plus_share')
                                                AND NOT (
                                                  "t42"."basis" IN ('requests')
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
                                                "t40"."charge_period_start" AS "charge_period_start",
                                                "t40"."charge_period_end" AS "charge_period_end",
                                                "t40"."app_id" AS "app_id",
                                                CAST(GREATEST(
                                                  COALESCE(
                                                    CAST(sumIf("t40"."consumed_quantity", "t40"."meter" = 'requests') AS Nullable(Decimal(76, 12))),
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
                                                                CONCAT(CAST(toRelativeSecondNum("t40"."hour") AS Nullable(String)), '\x1f'),
                                                                "t40"."team_id"
                                                              ),
                                                              '\x1f'
                                                            ),
                                                            "t40"."cost_center"
                                                          ),
                                                          '\x1f'
                                                        ),
                                                        "t40"."environment"
                                                      ),
                                                      '\x1f'
                                                    ),
                                                    "t40"."lifecycle"
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
                                                    "t1"."charge_date" >= (
                                                      SELECT
                                                        MIN(toDate("t12"."charge_period_start")) AS "Min(Date(charge_period_start))"
                                                      FROM "t9" AS "t12"
                                                    )
                                                    AND "t1"."meter" <> 'platform_cost'
                                                    AND "t1"."app_id" <> ''
                                                    AND "t1"."billing_currency" = 'USD'
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
                                              ) AS "t40"
                                              GROUP BY
                                                "t40"."charge_period_start",
                                                "t40"."charge_period_end",
                                                "t40"."app_id"
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
                                        CASE
                                          WHEN "t37"."method" = 'floor_plus_share'
                                          THEN reinterpretAsInt256(CAST("t37"."floor" AS Decimal(76, 21)))
                                          ELSE toInt256(0)
                                        END AS "floor",
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
                                        ) AS "pool_id",
                                        toInt256(ABS(reinterpretAsInt256("t37"."pool"))) AS "amount",
                                        "t37"."pool" < CAST(0 AS Nullable(Decimal(76, 21))) AS "is_credit"
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
                                  WHERE
                                    (
                                      "t68"."app_id" = ''
                                    )
                                    OR (
                                      "t68"."method" IN ('even', 'proportional', 'fixed', 'floor_plus_share')
                                      AND (
                                        (
                                          "t68"."method" <> 'fixed'
                                        ) OR (
                                          "t68"."weighed" > toInt256(0)
                                        )
                                      )
                                    )
                                ) AS "t69"
                              ) AS "t70"
                            ) AS "t71"
                            WHERE
                              (
                                "t71"."app_id" <> ''
                              ) OR (
                                "t71"."left" > toInt256(0)
                              )
                          ) AS "t72"
                        ) AS "t73"
                      ) AS "t74"
                    ) AS "t75"
                  ) AS "t76"
                ) AS "t77"
              ) AS "t78"
            ) AS "t79"
          ) AS "t80"
        ) AS "t81"
      ) AS "t82"
    ) AS "t83"
    ORDER BY
      CAST("t83"."labels".2 AS DateTime64(0, 'UTC')) ASC,
      CAST("t83"."labels".3 AS DateTime64(0, 'UTC')) ASC,
      CAST("t83"."labels".4 AS String) ASC,
      "t83"."app_id" ASC
  ) AS "t84"
) AS "t85"
WHERE
  "t85"."app_id" = 'chat'
  AND "t85"."team_id" = 'assist'
  AND "t85"."cost_center" = 'cc-1'
  AND "t85"."allocated_method_id" = 'even@2026-01-01T00:00:00Z'
ORDER BY
  "t85"."charge_period_start" ASC,
  "t85"."charge_period_end" ASC
