WITH "t8" AS (
  SELECT DISTINCT
    "t0"."charge_period_start" AS "charge_period_start",
    "t0"."charge_period_end" AS "charge_period_end"
  FROM "charges" AS "t0"
  WHERE
    "t0"."charge_date" >= toDate('2026-02-01')
    AND "t0"."charge_date" < toDate('2026-03-01')
    AND "t0"."billing_currency" IN ('USD')
    AND "t0"."meter" = 'platform_cost'
    AND "t0"."app_id" = ''
    AND (
      (
        "t0"."charge_category" <> 'Purchase'
      ) OR (
        "t0"."effective_cost" <> 0
      )
    )
    AND SUBSTRING(
      "t0"."sku_id",
      CASE WHEN (
        14 + 1
      ) >= 1 THEN 14 + 1 ELSE 14 + 1 + LENGTH("t0"."sku_id") END
    ) IN ('support')
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
          "t0"."charge_date" >= toDate('2026-02-01')
          AND "t0"."charge_date" < toDate('2026-03-01')
          AND "t0"."billing_currency" IN ('USD')
          AND "t0"."meter" = 'platform_cost'
          AND "t0"."app_id" = ''
          AND (
            (
              "t0"."charge_category" <> 'Purchase'
            ) OR (
              "t0"."effective_cost" <> 0
            )
          )
          AND SUBSTRING(
            "t0"."sku_id",
            CASE WHEN (
              14 + 1
            ) >= 1 THEN 14 + 1 ELSE 14 + 1 + LENGTH("t0"."sku_id") END
          ) IN ('support')
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
    "t87"."sku_id" AS "sku_id",
    "t87"."pools" AS "pools",
    "t87"."cost_now" AS "cost_now",
    "t87"."cost_then" AS "cost_then",
    "t87"."change" AS "change",
    SUM("t87"."cost_now") OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "all_cost_now",
    SUM("t87"."cost_then") OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "all_cost_then",
    SUM("t87"."change") OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "all_change"
  FROM (
    SELECT
      "t86"."sku_id" AS "sku_id",
      "t86"."pools" AS "pools",
      "t86"."cost_now" AS "cost_now",
      "t86"."cost_then" AS "cost_then",
      minus("t86"."cost_then", "t86"."cost_now") AS "change"
    FROM (
      SELECT
        CONCAT('platform_cost/', "t85"."cost_type") AS "sku_id",
        countIf("t85"."variant" = 0) AS "pools",
        COALESCE(sumIf("t85"."share", "t85"."variant" = 0), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_now",
        COALESCE(sumIf("t85"."share", "t85"."variant" = 1), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_then"
      FROM (
        SELECT
          "t84"."app_id" AS "app_id",
          "t84"."share" AS "share",
          "t84"."ratio" AS "ratio",
          CAST("t84"."labels".1 AS Int16) AS "variant",
          CAST("t84"."labels".2 AS DateTime64(0, 'UTC')) AS "charge_period_start",
          CAST("t84"."labels".3 AS DateTime64(0, 'UTC')) AS "charge_period_end",
          CAST("t84"."labels".4 AS String) AS "cost_type",
          CAST("t84"."labels".5 AS String) AS "method",
          CAST("t84"."labels".6 AS String) AS "basis",
          CAST("t84"."labels".7 AS String) AS "footnote",
          CAST("t84"."labels".8 AS String) AS "allocated_method_id",
          CAST("t84"."labels".9 AS String) AS "team_id",
          CAST("t84"."labels".10 AS String) AS "cost_center",
          CAST("t84"."labels".11 AS String) AS "environment",
          CAST("t84"."labels".12 AS String) AS "lifecycle",
          CAST("t84"."labels".13 AS Decimal(76, 12)) AS "basis_quantity"
        FROM (
          SELECT
            "t83"."app_id" AS "app_id",
            "t83"."labels" AS "labels",
            multiply(
              toDecimal256(
                CASE
                  WHEN "t83"."is_credit"
                  THEN minus(toInt256(0), "t83"."got")
                  ELSE "t83"."got"
                END,
                0
              ),
              CAST('0.000000000000000000001' AS Decimal(76, 21))
            ) AS "share",
            multiply(toDecimal256("t83"."part", 0), CAST('0.000000000000000000001' AS Decimal(76, 21))) AS "ratio"
          FROM (
            SELECT
              "t82"."pool_id" AS "pool_id",
              "t82"."app_id" AS "app_id",
              "t82"."labels" AS "labels",
              "t82"."is_credit" AS "is_credit",
              "t82"."got" AS "got",
              plus(
                "t82"."part",
                CASE
                  WHEN toInt256("t82"."rank") < "t82"."missing"
                  THEN toInt256(1)
                  ELSE toInt256(0)
                END
              ) AS "part"
            FROM (
              SELECT
                "t81"."pool_id" AS "pool_id",
                "t81"."app_id" AS "app_id",
                "t81"."labels" AS "labels",
                "t81"."is_credit" AS "is_credit",
                "t81"."got" AS "got",
                "t81"."part" AS "part",
                minus(
                  "t81"."amount_cut",
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
                  "t80"."pool_id" AS "pool_id",
                  "t80"."app_id" AS "app_id",
                  "t80"."labels" AS "labels",
                  "t80"."is_credit" AS "is_credit",
                  "t80"."got" AS "got",
                  reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))) AS "amount_cut",
                  intDiv(
                    multiply(
                      plus(
                        reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))),
                        toInt256(
                          throwIf(
                            (
                              ABS(toFloat64(reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))))) * ABS(toFloat64("t80"."total"))
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
                        reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))),
                        toInt256(
                          throwIf(
                            (
                              ABS(toFloat64(reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))))) * ABS(toFloat64("t80"."total"))
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
                    "t79"."pool_id" AS "pool_id",
                    "t79"."app_id" AS "app_id",
                    "t79"."labels" AS "labels",
                    "t79"."is_credit" AS "is_credit",
                    "t79"."got" AS "got",
                    CASE WHEN "t79"."amount" = toInt256(0) THEN "t79"."weighed" ELSE "t79"."got" END AS "weighed",
                    CASE WHEN "t79"."amount" = toInt256(0) THEN "t79"."total" ELSE "t79"."amount" END AS "total"
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
                      plus("t78"."floor", "t78"."part") AS "got"
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
                        plus(
                          "t77"."part",
                          CASE
                            WHEN toInt256("t77"."rank") < "t77"."missing"
                            THEN toInt256(1)
                            ELSE toInt256(0)
                          END
                        ) AS "part"
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
                          "t76"."part" AS "part",
                          minus(
                            "t76"."amount_cut",
                            SUM("t76"."part") OVER (
                              PARTITION BY "t76"."pool_id"
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            )
                          ) AS "missing",
                          ROW_NUMBER() OVER (
                            PARTITION BY "t76"."pool_id"
                            ORDER BY "t76"."left_over" DESC, "t76"."app_id" ASC
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          ) - 1 AS "rank"
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
                            "t75"."rest" AS "amount_cut",
                            intDiv(
                              multiply(
                                plus(
                                  "t75"."rest",
                                  toInt256(
                                    throwIf(
                                      (
                                        ABS(toFloat64("t75"."rest")) * ABS(toFloat64("t75"."total"))
                                      ) > 5e+76,
                                      'an amount times its weights has more than 76 digits'
                                    )
                                  )
                                ),
                                "t75"."weighed"
                              ),
                              "t75"."total"
                            ) AS "part",
                            modulo(
                              multiply(
                                plus(
                                  "t75"."rest",
                                  toInt256(
                                    throwIf(
                                      (
                                        ABS(toFloat64("t75"."rest")) * ABS(toFloat64("t75"."total"))
                                      ) > 5e+76,
                                      'an amount times its weights has more than 76 digits'
                                    )
                                  )
                                ),
                                "t75"."weighed"
                              ),
                              "t75"."total"
                            ) AS "left_over"
                          FROM (
                            SELECT
                              "t74"."pool_id" AS "pool_id",
                              "t74"."app_id" AS "app_id",
                              "t74"."labels" AS "labels",
                              "t74"."is_credit" AS "is_credit",
                              "t74"."amount" AS "amount",
                              CASE
                                WHEN multiply("t74"."floor", "t74"."heads") > "t74"."amount"
                                THEN toInt256(0)
                                ELSE "t74"."floor"
                              END AS "floor",
                              minus(
                                "t74"."amount",
                                CASE
                                  WHEN multiply("t74"."floor", "t74"."heads") > "t74"."amount"
                                  THEN toInt256(0)
                                  ELSE multiply("t74"."floor", "t74"."heads")
                                END
                              ) AS "rest",
                              CASE
                                WHEN (
                                  multiply("t74"."floor", "t74"."heads") > "t74"."amount"
                                )
                                OR (
                                  "t74"."total" = toInt256(0)
                                )
                                THEN toInt256(1)
                                ELSE "t74"."weighed"
                              END AS "weighed",
                              CASE
                                WHEN (
                                  multiply("t74"."floor", "t74"."heads") > "t74"."amount"
                                )
                                OR (
                                  "t74"."total" = toInt256(0)
                                )
                                THEN "t74"."heads"
                                ELSE "t74"."total"
                              END AS "total"
                            FROM (
                              SELECT
                                "t73"."pool_id" AS "pool_id",
                                "t73"."app_id" AS "app_id",
                                "t73"."amount" AS "amount",
                                "t73"."is_credit" AS "is_credit",
                                "t73"."floor" AS "floor",
                                "t73"."labels" AS "labels",
                                CASE WHEN "t73"."app_id" = '' THEN "t73"."left" ELSE "t73"."weighed" END AS "weighed",
                                plus(
                                  toInt256("t73"."others"),
                                  CASE WHEN "t73"."left" > toInt256(0) THEN toInt256(1) ELSE toInt256(0) END
                                ) AS "heads",
                                plus("t73"."given", "t73"."left") AS "total"
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    "t71"."pool_id" AS "pool_id",
                                    "t71"."app_id" AS "app_id",
                                    "t71"."method" AS "method",
                                    "t71"."amount" AS "amount",
                                    "t71"."is_credit" AS "is_credit",
                                    "t71"."floor" AS "floor",
                                    "t71"."weighed" AS "weighed",
                                    "t71"."labels" AS "labels",
                                    "t71"."others" AS "others",
                                    "t71"."given" AS "given",
                                    CASE
                                      WHEN CASE
                                        WHEN "t71"."others" = 0
                                        THEN reinterpretAsInt256(CAST(1 AS Decimal(76, 12)))
                                        ELSE CASE
                                          WHEN "t71"."method" = 'fixed'
                                          THEN minus(reinterpretAsInt256(CAST(1 AS Decimal(76, 12))), "t71"."given")
                                          ELSE toInt256(0)
                                        END
                                      END > toInt256(0)
                                      THEN CASE
                                        WHEN "t71"."others" = 0
                                        THEN reinterpretAsInt256(CAST(1 AS Decimal(76, 12)))
                                        ELSE CASE
                                          WHEN "t71"."method" = 'fixed'
                                          THEN minus(reinterpretAsInt256(CAST(1 AS Decimal(76, 12))), "t71"."given")
                                          ELSE toInt256(0)
                                        END
                                      END
                                      ELSE toInt256(0)
                                    END AS "left"
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
                                      countIf("t70"."app_id" <> '') OVER (
                                        PARTITION BY "t70"."pool_id"
                                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                      ) AS "others",
                                      SUM("t70"."weighed") OVER (
                                        PARTITION BY "t70"."pool_id"
                                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                      ) AS "given"
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t45"."pool_id" AS "pool_id",
                                          "t68"."app_id" AS "app_id",
                                          "t45"."method" AS "method",
                                          "t45"."amount" AS "amount",
                                          "t45"."is_credit" AS "is_credit",
                                          CASE WHEN "t68"."app_id" = '' THEN toInt256(0) ELSE "t45"."floor" END AS "floor",
                                          reinterpretAsInt256(
                                            CASE
                                              WHEN "t68"."app_id" = ''
                                              THEN CAST(0 AS Decimal(76, 12))
                                              ELSE CASE
                                                WHEN "t45"."method" = 'even'
                                                THEN CAST(1 AS Decimal(76, 12))
                                                WHEN "t45"."method" = 'fixed'
                                                THEN CAST(CASE
                                                  WHEN mapContains("t45"."weights", "t68"."app_id")
                                                  THEN "t45"."weights"["t68"."app_id"]
                                                  ELSE CAST(0 AS Decimal(18, 9))
                                                END AS Decimal(76, 12))
                                                ELSE CAST(throwIf(
                                                  "t45"."method" IN ('proportional', 'floor_plus_share') AND NOT (
                                                    FALSE
                                                  ),
                                                  'an allocation rule names a basis that was not asked for: add it to bases'
                                                ) AS Decimal(76, 12))
                                              END
                                            END
                                          ) AS "weighed",
                                          tuple(
                                            "t45"."variant",
                                            toTimeZone(CAST("t68"."charge_period_start" AS DateTime64(0, 'UTC')), 'UTC'),
                                            toTimeZone(CAST("t68"."charge_period_end" AS DateTime64(0, 'UTC')), 'UTC'),
                                            toLowCardinality("t45"."cost_type"),
                                            toLowCardinality("t45"."method"),
                                            toLowCardinality("t45"."basis"),
                                            toLowCardinality("t45"."footnote"),
                                            toLowCardinality("t45"."allocated_method_id"),
                                            toLowCardinality("t68"."team_id"),
                                            toLowCardinality("t68"."cost_center"),
                                            toLowCardinality("t68"."environment"),
                                            toLowCardinality("t68"."lifecycle"),
                                            CASE
                                              WHEN "t68"."app_id" = ''
                                              THEN CAST(0 AS Decimal(76, 12))
                                              ELSE CASE
                                                WHEN "t45"."method" = 'even'
                                                THEN CAST(1 AS Decimal(76, 12))
                                                WHEN "t45"."method" = 'fixed'
                                                THEN CAST(CASE
                                                  WHEN mapContains("t45"."weights", "t68"."app_id")
                                                  THEN "t45"."weights"["t68"."app_id"]
                                                  ELSE CAST(0 AS Decimal(18, 9))
                                                END AS Decimal(76, 12))
                                                ELSE CAST(throwIf(
                                                  "t45"."method" IN ('proportional', 'floor_plus_share') AND NOT (
                                                    FALSE
                                                  ),
                                                  'an allocation rule names a basis that was not asked for: add it to bases'
                                                ) AS Decimal(76, 12))
                                              END
                                            END
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
                                                  WHEN "t50"."app_id" <> ''
                                                  THEN "t50"."charge_period_start"
                                                  ELSE "t64"."ran_charge_period_start"
                                                END AS "charge_period_start",
                                                CASE
                                                  WHEN "t50"."app_id" <> ''
                                                  THEN "t50"."charge_period_end"
                                                  ELSE "t64"."ran_charge_period_end"
                                                END AS "charge_period_end",
                                                CASE WHEN "t50"."app_id" <> '' THEN "t50"."app_id" ELSE "t64"."ran_app_id" END AS "app_id",
                                                CASE
                                                  WHEN "t50"."app_id" <> ''
                                                  THEN "t50"."used_by_team_id"
                                                  ELSE "t64"."ran_by_team_id"
                                                END AS "team_id",
                                                CASE
                                                  WHEN "t50"."app_id" <> ''
                                                  THEN "t50"."used_by_cost_center"
                                                  ELSE "t64"."ran_by_cost_center"
                                                END AS "cost_center",
                                                CASE
                                                  WHEN "t50"."app_id" <> ''
                                                  THEN "t50"."used_by_environment"
                                                  ELSE "t64"."ran_by_environment"
                                                END AS "environment",
                                                CASE
                                                  WHEN "t50"."app_id" <> ''
                                                  THEN "t50"."used_by_lifecycle"
                                                  ELSE "t64"."ran_by_lifecycle"
                                                END AS "lifecycle"
                                              FROM (
                                                SELECT
                                                  "t48"."charge_period_start" AS "charge_period_start",
                                                  "t48"."charge_period_end" AS "charge_period_end",
                                                  "t48"."app_id" AS "app_id",
                                                  splitByString('\x1f', CAST("t48"."latest" AS String))[2] AS "used_by_team_id",
                                                  splitByString('\x1f', CAST("t48"."latest" AS String))[3] AS "used_by_cost_center",
                                                  splitByString('\x1f', CAST("t48"."latest" AS String))[4] AS "used_by_environment",
                                                  splitByString('\x1f', CAST("t48"."latest" AS String))[5] AS "used_by_lifecycle"
                                                FROM (
                                                  SELECT
                                                    "t41"."charge_period_start" AS "charge_period_start",
                                                    "t41"."charge_period_end" AS "charge_period_end",
                                                    "t41"."app_id" AS "app_id",
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
                                                  ) AS "t41"
                                                  GROUP BY
                                                    "t41"."charge_period_start",
                                                    "t41"."charge_period_end",
                                                    "t41"."app_id"
                                                ) AS "t48"
                                              ) AS "t50"
                                              FULL OUTER JOIN (
                                                SELECT
                                                  "t62"."charge_period_start" AS "ran_charge_period_start",
                                                  "t62"."charge_period_end" AS "ran_charge_period_end",
                                                  "t62"."app_id" AS "ran_app_id",
                                                  "t62"."ran_by_team_id" AS "ran_by_team_id",
                                                  CASE
                                                    WHEN "t62"."ran_by_cost_center" <> ''
                                                    THEN "t62"."ran_by_cost_center"
                                                    ELSE CASE WHEN "t62"."team_found" THEN "t62"."team_cost_center" ELSE '' END
                                                  END AS "ran_by_cost_center",
                                                  "t62"."ran_by_environment" AS "ran_by_environment",
                                                  "t62"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                  CAST(CAST("t62"."run_milliseconds" AS Decimal(76, 12)) / 3600000 AS Decimal(76, 12)) AS "run_hours"
                                                FROM (
                                                  SELECT
                                                    "t61"."charge_period_start" AS "charge_period_start",
                                                    "t61"."charge_period_end" AS "charge_period_end",
                                                    "t61"."app_id" AS "app_id",
                                                    "t61"."run_milliseconds" AS "run_milliseconds",
                                                    "t61"."ended" AS "ended",
                                                    "t61"."time" AS "time",
                                                    "t61"."ran_by_team_id" AS "ran_by_team_id",
                                                    "t61"."ran_by_cost_center" AS "ran_by_cost_center",
                                                    "t61"."ran_by_environment" AS "ran_by_environment",
                                                    "t61"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                    "t61"."ran_by_found" AS "ran_by_found",
                                                    "t10"."team_cost_center" AS "team_cost_center",
                                                    "t61"."time" < "t10"."ends" AS "team_found"
                                                  FROM (
                                                    SELECT
                                                      *
                                                    FROM (
                                                      SELECT
                                                        "t58"."charge_period_start" AS "charge_period_start",
                                                        "t58"."charge_period_end" AS "charge_period_end",
                                                        "t58"."app_id" AS "app_id",
                                                        "t58"."run_milliseconds" AS "run_milliseconds",
                                                        "t58"."ended" AS "ended",
                                                        "t58"."time" AS "time",
                                                        "t11"."ran_by_team_id" AS "ran_by_team_id",
                                                        "t11"."ran_by_cost_center" AS "ran_by_cost_center",
                                                        "t11"."ran_by_environment" AS "ran_by_environment",
                                                        "t11"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                        "t58"."time" < "t11"."ends" AS "ran_by_found"
                                                      FROM (
                                                        SELECT
                                                          "t56"."charge_period_start" AS "charge_period_start",
                                                          "t56"."charge_period_end" AS "charge_period_end",
                                                          "t56"."app_id" AS "app_id",
                                                          "t56"."run_milliseconds" AS "run_milliseconds",
                                                          "t56"."ended" AS "ended",
                                                          subtractMilliseconds("t56"."ended", 1) AS "time"
                                                        FROM (
                                                          SELECT
                                                            "t55"."charge_period_start" AS "charge_period_start",
                                                            "t55"."charge_period_end" AS "charge_period_end",
                                                            "t55"."app_id" AS "app_id",
                                                            SUM(DATE_DIFF(MILLISECOND, "t55"."begins", "t55"."ends")) AS "run_milliseconds",
                                                            MAX("t55"."ends") AS "ended"
                                                          FROM (
                                                            SELECT
                                                              *
                                                            FROM (
                                                              SELECT
                                                                "t53"."app_id" AS "app_id",
                                                                GREATEST(
                                                                  "t53"."begins",
                                                                  "t53"."opens",
                                                                  toTimeZone(CAST(toDateTime("t53"."day" * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                                                                ) AS "begins",
                                                                LEAST(
                                                                  "t53"."ends",
                                                                  "t53"."closes",
                                                                  toTimeZone(CAST(toDateTime((
                                                                    "t53"."day" + 1
                                                                  ) * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                                                                ) AS "ends",
                                                                "t53"."day" AS "day",
                                                                "t53"."charge_period_start" AS "charge_period_start",
                                                                "t53"."charge_period_end" AS "charge_period_end",
                                                                "t53"."opens" AS "opens",
                                                                "t53"."closes" AS "closes"
                                                              FROM (
                                                                SELECT
                                                                  "t52"."app_id" AS "app_id",
                                                                  "t52"."begins" AS "begins",
                                                                  "t52"."ends" AS "ends",
                                                                  "t52"."day" AS "day",
                                                                  "t31"."charge_period_start" AS "charge_period_start",
                                                                  "t31"."charge_period_end" AS "charge_period_end",
                                                                  "t31"."opens" AS "opens",
                                                                  "t31"."closes" AS "closes"
                                                                FROM (
                                                                  SELECT
                                                                    "t47"."app_id" AS "app_id",
                                                                    "t47"."begins" AS "begins",
                                                                    "t47"."ends" AS "ends",
                                                                    arrayJoin(
                                                                      range(
                                                                        CAST(FLOOR((
                                                                          toRelativeSecondNum("t47"."begins")
                                                                        ) / (
                                                                          86400
                                                                        )) AS Nullable(Int64)),
                                                                        GREATEST(
                                                                          CAST(FLOOR((
                                                                            toRelativeSecondNum("t47"."begins")
                                                                          ) / (
                                                                            86400
                                                                          )) AS Nullable(Int64)),
                                                                          CAST(FLOOR((
                                                                            (
                                                                              toRelativeSecondNum("t47"."ends") + 86400
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
                                                                      "t46"."app_id" AS "app_id",
                                                                      "t46"."run_start" AS "run_start",
                                                                      "t46"."run_end" AS "run_end",
                                                                      "t46"."first" AS "first",
                                                                      "t46"."last" AS "last",
                                                                      GREATEST("t46"."run_start", toTimeZone(CAST("t46"."first" AS DateTime64(3, 'UTC')), 'UTC')) AS "begins",
                                                                      LEAST("t46"."run_end", toTimeZone(CAST("t46"."last" AS DateTime64(3, 'UTC')), 'UTC')) AS "ends"
                                                                    FROM (
                                                                      SELECT
                                                                        "t44"."app_id" AS "app_id",
                                                                        "t44"."run_start" AS "run_start",
                                                                        "t44"."run_end" AS "run_end",
                                                                        "t21"."first" AS "first",
                                                                        "t21"."last" AS "last"
                                                                      FROM (
                                                                        SELECT
                                                                          "t40"."app_id" AS "app_id",
                                                                          "t40"."time" AS "run_start",
                                                                          CASE
                                                                            WHEN "t40"."following" >= "t40"."time"
                                                                            THEN "t40"."following"
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
                                                                        ) AS "t40"
                                                                        WHERE
                                                                          "t40"."step" = 1
                                                                        ORDER BY
                                                                          "t40"."app_id" ASC,
                                                                          "t40"."time" ASC
                                                                      ) AS "t44"
                                                                      CROSS JOIN (
                                                                        SELECT
                                                                          MIN("t12"."charge_period_start") AS "first",
                                                                          MAX("t12"."charge_period_end") AS "last"
                                                                        FROM "t8" AS "t12"
                                                                      ) AS "t21"
                                                                    ) AS "t46"
                                                                    WHERE
                                                                      GREATEST("t46"."run_start", toTimeZone(CAST("t46"."first" AS DateTime64(3, 'UTC')), 'UTC')) < LEAST("t46"."run_end", toTimeZone(CAST("t46"."last" AS DateTime64(3, 'UTC')), 'UTC'))
                                                                  ) AS "t47"
                                                                ) AS "t52"
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
                                                                  ON "t52"."day" = "t31"."day"
                                                              ) AS "t53"
                                                            ) AS "t54"
                                                            WHERE
                                                              "t54"."begins" < "t54"."ends"
                                                          ) AS "t55"
                                                          GROUP BY
                                                            "t55"."charge_period_start",
                                                            "t55"."charge_period_end",
                                                            "t55"."app_id"
                                                        ) AS "t56"
                                                      ) AS "t58"
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
                                                        ON "t58"."time" >= "t11"."begins" AND "t58"."app_id" = "t11"."key_app_id"
                                                    ) AS "t59"
                                                    WHERE
                                                      "t59"."ran_by_found"
                                                  ) AS "t61"
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
                                                    ON "t61"."time" >= "t10"."begins" AND "t61"."ran_by_team_id" = "t10"."key_team_id"
                                                ) AS "t62"
                                              ) AS "t64"
                                                ON "t50"."charge_period_start" = "t64"."ran_charge_period_start"
                                                AND "t50"."charge_period_end" = "t64"."ran_charge_period_end"
                                                AND "t50"."app_id" = "t64"."ran_app_id"
                                            ) AS "t65"
                                            ORDER BY
                                              "t65"."charge_period_start" ASC,
                                              "t65"."charge_period_end" ASC,
                                              "t65"."app_id" ASC
                                          ) AS "t66"
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
                                              '' AS "lifecycle"
                                            FROM "t8" AS "t12"
                                          ) AS "t16"
                                        ) AS "t68"
                                        INNER JOIN (
                                          SELECT
                                            "t39"."charge_period_start" AS "charge_period_start",
                                            "t39"."charge_period_end" AS "charge_period_end",
                                            "t39"."cost_type" AS "cost_type",
                                            "t39"."pool" AS "pool",
                                            "t39"."pooled_events" AS "pooled_events",
                                            "t39"."pooled_digest" AS "pooled_digest",
                                            "t39"."method" AS "method",
                                            "t39"."basis" AS "basis",
                                            CASE
                                              WHEN "t39"."method" = 'floor_plus_share'
                                              THEN reinterpretAsInt256(CAST("t39"."floor" AS Decimal(76, 21)))
                                              ELSE toInt256(0)
                                            END AS "floor",
                                            "t39"."weights" AS "weights",
                                            "t39"."footnote" AS "footnote",
                                            "t39"."owner" AS "owner",
                                            "t39"."allocated_method_id" AS "allocated_method_id",
                                            "t39"."variant" AS "variant",
                                            sipHash64(
                                              "t39"."variant",
                                              "t39"."charge_period_start",
                                              "t39"."charge_period_end",
                                              "t39"."cost_type"
                                            ) AS "pool_id",
                                            toInt256(ABS(reinterpretAsInt256("t39"."pool"))) AS "amount",
                                            "t39"."pool" < CAST(0 AS Nullable(Decimal(76, 21))) AS "is_credit"
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
                                            ) AS "t38"
                                          ) AS "t39"
                                        ) AS "t45"
                                          ON "t68"."charge_period_start" = "t45"."charge_period_start"
                                          AND "t68"."charge_period_end" = "t45"."charge_period_end"
                                      ) AS "t69"
                                      WHERE
                                        (
                                          "t69"."app_id" = ''
                                        )
                                        OR (
                                          "t69"."method" IN ('even', 'proportional', 'fixed', 'floor_plus_share')
                                          AND (
                                            (
                                              "t69"."method" <> 'fixed'
                                            ) OR (
                                              "t69"."weighed" > toInt256(0)
                                            )
                                          )
                                        )
                                    ) AS "t70"
                                  ) AS "t71"
                                ) AS "t72"
                                WHERE
                                  (
                                    "t72"."app_id" <> ''
                                  ) OR (
                                    "t72"."left" > toInt256(0)
                                  )
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
        ) AS "t84"
        WHERE
          "t84"."app_id" = 'chat'
          AND CAST("t84"."labels".9 AS String) IN ('assist')
          AND CAST("t84"."labels".9 AS String) = 'assist'
          AND CAST("t84"."labels".10 AS String) = 'cc-1'
          AND CAST("t84"."labels".8 AS String) = 'even@2026-01-01T00:00:00Z'
      ) AS "t85"
      GROUP BY
        CONCAT('platform_cost/', "t85"."cost_type")
    ) AS "t86"
  ) AS "t87"
) AS "t88"
ORDER BY
  ABS("t88"."change") DESC,
  "t88"."sku_id" ASC
