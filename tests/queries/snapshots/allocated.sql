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
)
SELECT
  "t84"."charge_period_start" AS "charge_period_start",
  "t84"."charge_period_end" AS "charge_period_end",
  "t84"."cost_type" AS "cost_type",
  "t84"."app_id" AS "app_id",
  "t84"."team_id" AS "team_id",
  "t84"."cost_center" AS "cost_center",
  "t84"."environment" AS "environment",
  "t84"."lifecycle" AS "lifecycle",
  "t84"."share" AS "effective_cost",
  'USD' AS "billing_currency",
  "t84"."method" AS "allocated_method",
  "t84"."allocated_method_id" AS "allocated_method_id",
  CASE
    WHEN "t84"."app_id" <> ''
    THEN CONCAT('app/', "t84"."app_id")
    ELSE CAST(NULL AS Nullable(String))
  END AS "allocated_resource_id",
  "t84"."ratio" AS "allocated_ratio",
  CASE
    WHEN "t84"."method" = 'even'
    THEN 'active_apps'
    WHEN "t84"."method" = 'fixed'
    THEN 'weight'
    ELSE "t84"."basis"
  END AS "allocated_basis",
  "t84"."basis_quantity" AS "allocated_quantity",
  "t84"."footnote" AS "footnote"
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
    "t83"."got" AS "got",
    multiply(
      toDecimal256(
        CASE
          WHEN "t83"."pool" < CAST(0 AS Nullable(Decimal(76, 21)))
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
        ) - 1 AS "rank",
        "t81"."got" AS "got"
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
          ) AS "left_over",
          "t80"."missing" AS "missing",
          "t80"."rank" AS "rank",
          "t80"."got" AS "got"
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
            CASE WHEN "t79"."amount" = toInt256(0) THEN "t79"."weighed" ELSE "t79"."got" END AS "weighed",
            "t79"."amount" AS "amount",
            "t79"."least" AS "least",
            "t79"."heads" AS "heads",
            CASE WHEN "t79"."amount" = toInt256(0) THEN "t79"."total" ELSE "t79"."amount" END AS "total",
            reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))) AS "whole",
            "t79"."part" AS "part",
            "t79"."left_over" AS "left_over",
            "t79"."missing" AS "missing",
            "t79"."rank" AS "rank",
            "t79"."got" AS "got"
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
              "t78"."part" AS "part",
              "t78"."left_over" AS "left_over",
              "t78"."missing" AS "missing",
              "t78"."rank" AS "rank",
              plus("t78"."least", "t78"."part") AS "got"
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
                "t77"."weighed" AS "weighed",
                "t77"."amount" AS "amount",
                "t77"."least" AS "least",
                "t77"."heads" AS "heads",
                "t77"."total" AS "total",
                "t77"."whole" AS "whole",
                plus(
                  "t77"."part",
                  CASE
                    WHEN toInt256("t77"."rank") < "t77"."missing"
                    THEN toInt256(1)
                    ELSE toInt256(0)
                  END
                ) AS "part",
                "t77"."left_over" AS "left_over",
                "t77"."missing" AS "missing",
                "t77"."rank" AS "rank"
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
                  "t76"."amount" AS "amount",
                  "t76"."least" AS "least",
                  "t76"."heads" AS "heads",
                  "t76"."total" AS "total",
                  "t76"."whole" AS "whole",
                  "t76"."part" AS "part",
                  "t76"."left_over" AS "left_over",
                  minus(
                    "t76"."whole",
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
                    "t75"."weighed" AS "weighed",
                    "t75"."amount" AS "amount",
                    "t75"."least" AS "least",
                    "t75"."heads" AS "heads",
                    "t75"."total" AS "total",
                    "t75"."whole" AS "whole",
                    intDiv(
                      multiply(
                        plus(
                          "t75"."whole",
                          toInt256(
                            throwIf(
                              (
                                ABS(toFloat64("t75"."whole")) * ABS(toFloat64("t75"."total"))
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
                          "t75"."whole",
                          toInt256(
                            throwIf(
                              (
                                ABS(toFloat64("t75"."whole")) * ABS(toFloat64("t75"."total"))
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
                      CASE
                        WHEN (
                          multiply("t74"."least", "t74"."heads") > "t74"."amount"
                        )
                        OR (
                          "t74"."total" = toInt256(0)
                        )
                        THEN toInt256(1)
                        ELSE "t74"."weighed"
                      END AS "weighed",
                      "t74"."amount" AS "amount",
                      CASE
                        WHEN multiply("t74"."least", "t74"."heads") > "t74"."amount"
                        THEN toInt256(0)
                        ELSE "t74"."least"
                      END AS "least",
                      "t74"."heads" AS "heads",
                      CASE
                        WHEN (
                          multiply("t74"."least", "t74"."heads") > "t74"."amount"
                        )
                        OR (
                          "t74"."total" = toInt256(0)
                        )
                        THEN "t74"."heads"
                        ELSE "t74"."total"
                      END AS "total",
                      minus(
                        "t74"."amount",
                        CASE
                          WHEN multiply("t74"."least", "t74"."heads") > "t74"."amount"
                          THEN toInt256(0)
                          ELSE multiply("t74"."least", "t74"."heads")
                        END
                      ) AS "whole"
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
                        "t73"."weighed" AS "weighed",
                        toInt256(ABS(reinterpretAsInt256("t73"."pool"))) AS "amount",
                        reinterpretAsInt256("t73"."floor") AS "least",
                        toInt256(
                          COUNT(*) OVER (
                            PARTITION BY "t73"."pool_id"
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          )
                        ) AS "heads",
                        SUM("t73"."weighed") OVER (
                          PARTITION BY "t73"."pool_id"
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) AS "total"
                      FROM (
                        SELECT
                          "t72".*
                          EXCEPT ("given", "heads")
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t70"."charge_period_start" AS "charge_period_start",
                              "t70"."charge_period_end" AS "charge_period_end",
                              "t70"."app_id" AS "app_id",
                              "t70"."team_id" AS "team_id",
                              "t70"."cost_center" AS "cost_center",
                              "t70"."environment" AS "environment",
                              "t70"."lifecycle" AS "lifecycle",
                              "t70"."cost_type" AS "cost_type",
                              "t70"."pool" AS "pool",
                              "t70"."method" AS "method",
                              "t70"."basis" AS "basis",
                              "t70"."floor" AS "floor",
                              "t70"."footnote" AS "footnote",
                              "t70"."allocated_method_id" AS "allocated_method_id",
                              "t70"."variant" AS "variant",
                              "t70"."pool_id" AS "pool_id",
                              "t70"."basis_quantity" AS "basis_quantity",
                              CASE
                                WHEN "t70"."app_id" = ''
                                THEN CASE
                                  WHEN "t70"."heads" = 1
                                  THEN reinterpretAsInt256(CAST(1 AS Decimal(76, 12)))
                                  ELSE CASE
                                    WHEN "t70"."method" = 'fixed'
                                    THEN minus(reinterpretAsInt256(CAST(1 AS Decimal(76, 12))), "t70"."given")
                                    ELSE toInt256(0)
                                  END
                                END
                                ELSE "t70"."weighed"
                              END AS "weighed",
                              "t70"."heads" AS "heads",
                              "t70"."given" AS "given"
                            FROM (
                              SELECT
                                "t69"."charge_period_start" AS "charge_period_start",
                                "t69"."charge_period_end" AS "charge_period_end",
                                "t69"."app_id" AS "app_id",
                                "t69"."team_id" AS "team_id",
                                "t69"."cost_center" AS "cost_center",
                                "t69"."environment" AS "environment",
                                "t69"."lifecycle" AS "lifecycle",
                                "t69"."cost_type" AS "cost_type",
                                "t69"."pool" AS "pool",
                                "t69"."method" AS "method",
                                "t69"."basis" AS "basis",
                                "t69"."floor" AS "floor",
                                "t69"."footnote" AS "footnote",
                                "t69"."allocated_method_id" AS "allocated_method_id",
                                "t69"."variant" AS "variant",
                                "t69"."pool_id" AS "pool_id",
                                "t69"."basis_quantity" AS "basis_quantity",
                                "t69"."weighed" AS "weighed",
                                COUNT(*) OVER (
                                  PARTITION BY "t69"."pool_id"
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) AS "heads",
                                SUM("t69"."weighed") OVER (
                                  PARTITION BY "t69"."pool_id"
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) AS "given"
                              FROM (
                                SELECT
                                  "t68"."charge_period_start" AS "charge_period_start",
                                  "t68"."charge_period_end" AS "charge_period_end",
                                  "t68"."app_id" AS "app_id",
                                  "t68"."team_id" AS "team_id",
                                  "t68"."cost_center" AS "cost_center",
                                  "t68"."environment" AS "environment",
                                  "t68"."lifecycle" AS "lifecycle",
                                  "t68"."cost_type" AS "cost_type",
                                  "t68"."pool" AS "pool",
                                  "t68"."method" AS "method",
                                  "t68"."basis" AS "basis",
                                  "t68"."floor" AS "floor",
                                  "t68"."footnote" AS "footnote",
                                  "t68"."allocated_method_id" AS "allocated_method_id",
                                  "t68"."variant" AS "variant",
                                  "t68"."pool_id" AS "pool_id",
                                  "t68"."basis_quantity" AS "basis_quantity",
                                  reinterpretAsInt256("t68"."basis_quantity") AS "weighed"
                                FROM (
                                  SELECT
                                    "t67"."charge_period_start" AS "charge_period_start",
                                    "t67"."charge_period_end" AS "charge_period_end",
                                    "t67"."app_id" AS "app_id",
                                    "t67"."team_id" AS "team_id",
                                    "t67"."cost_center" AS "cost_center",
                                    "t67"."environment" AS "environment",
                                    "t67"."lifecycle" AS "lifecycle",
                                    "t67"."cost_type" AS "cost_type",
                                    "t67"."pool" AS "pool",
                                    "t67"."method" AS "method",
                                    "t67"."basis" AS "basis",
                                    "t67"."floor" AS "floor",
                                    "t67"."footnote" AS "footnote",
                                    "t67"."allocated_method_id" AS "allocated_method_id",
                                    "t67"."variant" AS "variant",
                                    "t67"."pool_id" AS "pool_id",
                                    "t67"."basis_quantity" AS "basis_quantity"
                                  FROM (
                                    SELECT
                                      "t66"."charge_period_start" AS "charge_period_start",
                                      "t66"."charge_period_end" AS "charge_period_end",
                                      "t66"."app_id" AS "app_id",
                                      toLowCardinality("t66"."team_id") AS "team_id",
                                      toLowCardinality("t66"."cost_center") AS "cost_center",
                                      toLowCardinality("t66"."environment") AS "environment",
                                      toLowCardinality("t66"."lifecycle") AS "lifecycle",
                                      "t66"."list_cost" AS "list_cost",
                                      "t66"."effective_cost" AS "effective_cost",
                                      "t66"."billed_cost" AS "billed_cost",
                                      "t66"."unattributed_cost" AS "unattributed_cost",
                                      "t66"."ephemeral_cost" AS "ephemeral_cost",
                                      "t66"."requests" AS "requests",
                                      "t66"."input_tokens" AS "input_tokens",
                                      "t66"."cache_read_tokens" AS "cache_read_tokens",
                                      "t66"."cache_write_tokens" AS "cache_write_tokens",
                                      "t66"."output_tokens" AS "output_tokens",
                                      "t66"."tokens" AS "tokens",
                                      "t66"."cpu_core_hours" AS "cpu_core_hours",
                                      "t66"."memory_gb_hours" AS "memory_gb_hours",
                                      "t66"."instance_hours" AS "instance_hours",
                                      "t66"."gpu_hours" AS "gpu_hours",
                                      "t66"."storage_gb_hours" AS "storage_gb_hours",
                                      "t66"."egress_gb" AS "egress_gb",
                                      "t66"."event_count" AS "event_count",
                                      "t66"."unpriced_events" AS "unpriced_events",
                                      "t66"."token_cost" AS "token_cost",
                                      "t66"."active_hours" AS "active_hours",
                                      toLowCardinality("t66"."cost_type") AS "cost_type",
                                      "t66"."pool" AS "pool",
                                      "t66"."pooled_events" AS "pooled_events",
                                      "t66"."pooled_digest" AS "pooled_digest",
                                      toLowCardinality("t66"."method") AS "method",
                                      toLowCardinality("t66"."basis") AS "basis",
                                      CASE
                                        WHEN (
                                          "t66"."method" = 'floor_plus_share'
                                        ) AND NOT (
                                          "t66"."app_id" = ''
                                        )
                                        THEN CAST("t66"."floor" AS Decimal(76, 21))
                                        ELSE CAST(0 AS Decimal(76, 21))
                                      END AS "floor",
                                      "t66"."weights" AS "weights",
                                      toLowCardinality("t66"."footnote") AS "footnote",
                                      "t66"."owner" AS "owner",
                                      toLowCardinality("t66"."allocated_method_id") AS "allocated_method_id",
                                      "t66"."variant" AS "variant",
                                      "t66"."pool_id" AS "pool_id",
                                      CAST(CASE
                                        WHEN "t66"."app_id" = ''
                                        THEN CAST(0 AS Decimal(76, 12))
                                        ELSE CASE
                                          WHEN "t66"."method" = 'even'
                                          THEN CAST(1 AS Decimal(76, 12))
                                          WHEN "t66"."method" = 'fixed'
                                          THEN CAST(CASE
                                            WHEN mapContains("t66"."weights", "t66"."app_id")
                                            THEN "t66"."weights"["t66"."app_id"]
                                            ELSE CAST(0 AS Decimal(18, 9))
                                          END AS Decimal(76, 12))
                                          ELSE CASE
                                            WHEN "t66"."basis" = 'list_cost'
                                            THEN "t66"."list_cost"
                                            WHEN "t66"."basis" = 'effective_cost'
                                            THEN "t66"."effective_cost"
                                            WHEN "t66"."basis" = 'billed_cost'
                                            THEN "t66"."billed_cost"
                                            WHEN "t66"."basis" = 'unattributed_cost'
                                            THEN "t66"."unattributed_cost"
                                            WHEN "t66"."basis" = 'ephemeral_cost'
                                            THEN "t66"."ephemeral_cost"
                                            WHEN "t66"."basis" = 'requests'
                                            THEN "t66"."requests"
                                            WHEN "t66"."basis" = 'input_tokens'
                                            THEN "t66"."input_tokens"
                                            WHEN "t66"."basis" = 'cache_read_tokens'
                                            THEN "t66"."cache_read_tokens"
                                            WHEN "t66"."basis" = 'cache_write_tokens'
                                            THEN "t66"."cache_write_tokens"
                                            WHEN "t66"."basis" = 'output_tokens'
                                            THEN "t66"."output_tokens"
                                            WHEN "t66"."basis" = 'tokens'
                                            THEN "t66"."tokens"
                                            WHEN "t66"."basis" = 'cpu_core_hours'
                                            THEN "t66"."cpu_core_hours"
                                            WHEN "t66"."basis" = 'memory_gb_hours'
                                            THEN "t66"."memory_gb_hours"
                                            WHEN "t66"."basis" = 'instance_hours'
                                            THEN "t66"."instance_hours"
                                            WHEN "t66"."basis" = 'gpu_hours'
                                            THEN "t66"."gpu_hours"
                                            WHEN "t66"."basis" = 'storage_gb_hours'
                                            THEN "t66"."storage_gb_hours"
                                            WHEN "t66"."basis" = 'egress_gb'
                                            THEN "t66"."egress_gb"
                                            WHEN "t66"."basis" = 'event_count'
                                            THEN "t66"."event_count"
                                            WHEN "t66"."basis" = 'unpriced_events'
                                            THEN "t66"."unpriced_events"
                                            WHEN "t66"."basis" = 'token_cost'
                                            THEN "t66"."token_cost"
                                            WHEN "t66"."basis" = 'active_hours'
                                            THEN "t66"."active_hours"
                                            ELSE CAST(throwIf(
                                              "t66"."method" IN ('proportional', 'floor_plus_share')
                                              AND NOT (
                                                "t66"."basis" IN (
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
                                        "t65"."charge_period_start" AS "charge_period_start",
                                        "t65"."charge_period_end" AS "charge_period_end",
                                        "t65"."app_id" AS "app_id",
                                        "t65"."team_id" AS "team_id",
                                        "t65"."cost_center" AS "cost_center",
                                        "t65"."environment" AS "environment",
                                        "t65"."lifecycle" AS "lifecycle",
                                        "t65"."list_cost" AS "list_cost",
                                        "t65"."effective_cost" AS "effective_cost",
                                        "t65"."billed_cost" AS "billed_cost",
                                        "t65"."unattributed_cost" AS "unattributed_cost",
                                        "t65"."ephemeral_cost" AS "ephemeral_cost",
                                        "t65"."requests" AS "requests",
                                        "t65"."input_tokens" AS "input_tokens",
                                        "t65"."cache_read_tokens" AS "cache_read_tokens",
                                        "t65"."cache_write_tokens" AS "cache_write_tokens",
                                        "t65"."output_tokens" AS "output_tokens",
                                        "t65"."tokens" AS "tokens",
                                        "t65"."cpu_core_hours" AS "cpu_core_hours",
                                        "t65"."memory_gb_hours" AS "memory_gb_hours",
                                        "t65"."instance_hours" AS "instance_hours",
                                        "t65"."gpu_hours" AS "gpu_hours",
                                        "t65"."storage_gb_hours" AS "storage_gb_hours",
                                        "t65"."egress_gb" AS "egress_gb",
                                        "t65"."event_count" AS "event_count",
                                        "t65"."unpriced_events" AS "unpriced_events",
                                        "t65"."token_cost" AS "token_cost",
                                        "t65"."active_hours" AS "active_hours",
                                        "t40"."cost_type" AS "cost_type",
                                        "t40"."pool" AS "pool",
                                        "t40"."pooled_events" AS "pooled_events",
                                        "t40"."pooled_digest" AS "pooled_digest",
                                        "t40"."method" AS "method",
                                        "t40"."basis" AS "basis",
                                        "t40"."floor" AS "floor",
                                        "t40"."weights" AS "weights",
                                        "t40"."footnote" AS "footnote",
                                        "t40"."owner" AS "owner",
                                        "t40"."allocated_method_id" AS "allocated_method_id",
                                        "t40"."variant" AS "variant",
                                        "t40"."pool_id" AS "pool_id"
                                      FROM (
                                        SELECT
                                          *
                                        FROM (
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              CASE
                                                WHEN "t47"."app_id" <> ''
                                                THEN "t47"."charge_period_start"
                                                ELSE "t61"."ran_charge_period_start"
                                              END AS "charge_period_start",
                                              CASE
                                                WHEN "t47"."app_id" <> ''
                                                THEN "t47"."charge_period_end"
                                                ELSE "t61"."ran_charge_period_end"
                                              END AS "charge_period_end",
                                              CASE WHEN "t47"."app_id" <> '' THEN "t47"."app_id" ELSE "t61"."ran_app_id" END AS "app_id",
                                              CASE
                                                WHEN "t47"."app_id" <> ''
                                                THEN "t47"."used_by_team_id"
                                                ELSE "t61"."ran_by_team_id"
                                              END AS "team_id",
                                              CASE
                                                WHEN "t47"."app_id" <> ''
                                                THEN "t47"."used_by_cost_center"
                                                ELSE "t61"."ran_by_cost_center"
                                              END AS "cost_center",
                                              CASE
                                                WHEN "t47"."app_id" <> ''
                                                THEN "t47"."used_by_environment"
                                                ELSE "t61"."ran_by_environment"
                                              END AS "environment",
                                              CASE
                                                WHEN "t47"."app_id" <> ''
                                                THEN "t47"."used_by_lifecycle"
                                                ELSE "t61"."ran_by_lifecycle"
                                              END AS "lifecycle",
                                              "t47"."list_cost" AS "list_cost",
                                              "t47"."effective_cost" AS "effective_cost",
                                              "t47"."billed_cost" AS "billed_cost",
                                              "t47"."unattributed_cost" AS "unattributed_cost",
                                              "t47"."ephemeral_cost" AS "ephemeral_cost",
                                              "t47"."requests" AS "requests",
                                              "t47"."input_tokens" AS "input_tokens",
                                              "t47"."cache_read_tokens" AS "cache_read_tokens",
                                              "t47"."cache_write_tokens" AS "cache_write_tokens",
                                              "t47"."output_tokens" AS "output_tokens",
                                              "t47"."tokens" AS "tokens",
                                              "t47"."cpu_core_hours" AS "cpu_core_hours",
                                              "t47"."memory_gb_hours" AS "memory_gb_hours",
                                              "t47"."instance_hours" AS "instance_hours",
                                              "t47"."gpu_hours" AS "gpu_hours",
                                              "t47"."storage_gb_hours" AS "storage_gb_hours",
                                              "t47"."egress_gb" AS "egress_gb",
                                              "t47"."event_count" AS "event_count",
                                              "t47"."unpriced_events" AS "unpriced_events",
                                              "t47"."token_cost" AS "token_cost",
                                              GREATEST("t47"."active_hours", "t61"."run_hours") AS "active_hours"
                                            FROM (
                                              SELECT
                                                "t45"."charge_period_start" AS "charge_period_start",
                                                "t45"."charge_period_end" AS "charge_period_end",
                                                "t45"."app_id" AS "app_id",
                                                "t45"."list_cost" AS "list_cost",
                                                "t45"."effective_cost" AS "effective_cost",
                                                "t45"."billed_cost" AS "billed_cost",
                                                "t45"."unattributed_cost" AS "unattributed_cost",
                                                "t45"."ephemeral_cost" AS "ephemeral_cost",
                                                "t45"."requests" AS "requests",
                                                "t45"."input_tokens" AS "input_tokens",
                                                "t45"."cache_read_tokens" AS "cache_read_tokens",
                                                "t45"."cache_write_tokens" AS "cache_write_tokens",
                                                "t45"."output_tokens" AS "output_tokens",
                                                "t45"."tokens" AS "tokens",
                                                "t45"."cpu_core_hours" AS "cpu_core_hours",
                                                "t45"."memory_gb_hours" AS "memory_gb_hours",
                                                "t45"."instance_hours" AS "instance_hours",
                                                "t45"."gpu_hours" AS "gpu_hours",
                                                "t45"."storage_gb_hours" AS "storage_gb_hours",
                                                "t45"."egress_gb" AS "egress_gb",
                                                "t45"."event_count" AS "event_count",
                                                "t45"."unpriced_events" AS "unpriced_events",
                                                "t45"."token_cost" AS "token_cost",
                                                "t45"."active_hours" AS "active_hours",
                                                splitByString('\x1f', CAST("t45"."latest" AS String))[2] AS "used_by_team_id",
                                                splitByString('\x1f', CAST("t45"."latest" AS String))[3] AS "used_by_cost_center",
                                                splitByString('\x1f', CAST("t45"."latest" AS String))[4] AS "used_by_environment",
                                                splitByString('\x1f', CAST("t45"."latest" AS String))[5] AS "used_by_lifecycle"
                                              FROM (
                                                SELECT
                                                  "t39"."charge_period_start" AS "charge_period_start",
                                                  "t39"."charge_period_end" AS "charge_period_end",
                                                  "t39"."app_id" AS "app_id",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(SUM("t39"."list_cost") AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "list_cost",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(SUM("t39"."effective_cost") AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "effective_cost",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(SUM("t39"."billed_cost") AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "billed_cost",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(COALESCE(
                                                        sumIf("t39"."effective_cost", "t39"."attribution_rule" = 'default'),
                                                        CAST(0 AS Nullable(Decimal(76, 21)))
                                                      ) AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "unattributed_cost",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(COALESCE(
                                                        sumIf("t39"."effective_cost", "t39"."lifecycle" = 'ephemeral'),
                                                        CAST(0 AS Nullable(Decimal(76, 21)))
                                                      ) AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "ephemeral_cost",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(sumIf("t39"."consumed_quantity", "t39"."meter" = 'requests') AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "requests",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(sumIf("t39"."consumed_quantity", "t39"."meter" = 'input_tokens') AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "input_tokens",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(sumIf("t39"."consumed_quantity", "t39"."meter" = 'cache_read_tokens') AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "cache_read_tokens",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(sumIf("t39"."consumed_quantity", "t39"."meter" = 'cache_write_tokens') AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "cache_write_tokens",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(sumIf("t39"."consumed_quantity", "t39"."meter" = 'output_tokens') AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "output_tokens",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(sumIf(
                                                        "t39"."consumed_quantity",
                                                        "t39"."meter" IN ('input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens')
                                                      ) AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "tokens",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(divide(
                                                        CAST(sumIf("t39"."consumed_quantity", "t39"."meter" = 'cpu_core_seconds') AS Decimal(76, 21)),
                                                        3600
                                                      ) AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "cpu_core_hours",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(divide(
                                                        CAST(sumIf("t39"."consumed_quantity", "t39"."meter" = 'memory_gb_seconds') AS Decimal(76, 21)),
                                                        3600
                                                      ) AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "memory_gb_hours",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(divide(
                                                        CAST(sumIf("t39"."consumed_quantity", "t39"."meter" = 'instance_seconds') AS Decimal(76, 21)),
                                                        3600
                                                      ) AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "instance_hours",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(divide(
                                                        CAST(sumIf("t39"."consumed_quantity", "t39"."meter" = 'gpu_seconds') AS Decimal(76, 21)),
                                                        3600
                                                      ) AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "gpu_hours",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(sumIf("t39"."consumed_quantity", "t39"."meter" = 'storage_gb_hours') AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "storage_gb_hours",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(divide(
                                                        CAST(sumIf("t39"."consumed_quantity", "t39"."meter" = 'egress_bytes') AS Decimal(76, 21)),
                                                        1000000000
                                                      ) AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "egress_gb",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(SUM("t39"."event_count") AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "event_count",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(sumIf("t39"."event_count", "t39"."pricing_status" = 'unpriced') AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "unpriced_events",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(sumIf("t39"."effective_cost", "t39"."consumed_unit" = 'Tokens') AS Nullable(Decimal(76, 12))),
                                                      CAST(0 AS Decimal(76, 12))
                                                    ),
                                                    CAST(0 AS Decimal(76, 12))
                                                  ) AS Decimal(76, 12)) AS "token_cost",
                                                  CAST(GREATEST(
                                                    COALESCE(
                                                      CAST(uniqExact(CAST(toRelativeSecondNum("t39"."hour") AS Nullable(String))) AS Nullable(Decimal(76, 12))),
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
                                                                  CONCAT(CAST(toRelativeSecondNum("t39"."hour") AS Nullable(String)), '\x1f'),
                                                                  "t39"."team_id"
                                                                ),
                                                                '\x1f'
                                                              ),
                                                              "t39"."cost_center"
                                                            ),
                                                            '\x1f'
                                                          ),
                                                          "t39"."environment"
                                                        ),
                                                        '\x1f'
                                                      ),
                                                      "t39"."lifecycle"
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
                                                  ) AS "t35"
                                                    ON "t26"."hour" = "t35"."hour"
                                                ) AS "t39"
                                                GROUP BY
                                                  "t39"."charge_period_start",
                                                  "t39"."charge_period_end",
                                                  "t39"."app_id"
                                              ) AS "t45"
                                            ) AS "t47"
                                            FULL OUTER JOIN (
                                              SELECT
                                                "t59"."charge_period_start" AS "ran_charge_period_start",
                                                "t59"."charge_period_end" AS "ran_charge_period_end",
                                                "t59"."app_id" AS "ran_app_id",
                                                "t59"."ran_by_team_id" AS "ran_by_team_id",
                                                CASE
                                                  WHEN "t59"."ran_by_cost_center" <> ''
                                                  THEN "t59"."ran_by_cost_center"
                                                  ELSE CASE WHEN "t59"."team_found" THEN "t59"."team_cost_center" ELSE '' END
                                                END AS "ran_by_cost_center",
                                                "t59"."ran_by_environment" AS "ran_by_environment",
                                                "t59"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                CAST(CAST("t59"."run_milliseconds" AS Decimal(76, 12)) / 3600000 AS Decimal(76, 12)) AS "run_hours"
                                              FROM (
                                                SELECT
                                                  "t58"."charge_period_start" AS "charge_period_start",
                                                  "t58"."charge_period_end" AS "charge_period_end",
                                                  "t58"."app_id" AS "app_id",
                                                  "t58"."run_milliseconds" AS "run_milliseconds",
                                                  "t58"."ended" AS "ended",
                                                  "t58"."time" AS "time",
                                                  "t58"."ran_by_team_id" AS "ran_by_team_id",
                                                  "t58"."ran_by_cost_center" AS "ran_by_cost_center",
                                                  "t58"."ran_by_environment" AS "ran_by_environment",
                                                  "t58"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                  "t58"."ran_by_found" AS "ran_by_found",
                                                  "t10"."team_cost_center" AS "team_cost_center",
                                                  "t58"."time" < "t10"."ends" AS "team_found"
                                                FROM (
                                                  SELECT
                                                    *
                                                  FROM (
                                                    SELECT
                                                      "t55"."charge_period_start" AS "charge_period_start",
                                                      "t55"."charge_period_end" AS "charge_period_end",
                                                      "t55"."app_id" AS "app_id",
                                                      "t55"."run_milliseconds" AS "run_milliseconds",
                                                      "t55"."ended" AS "ended",
                                                      "t55"."time" AS "time",
                                                      "t11"."ran_by_team_id" AS "ran_by_team_id",
                                                      "t11"."ran_by_cost_center" AS "ran_by_cost_center",
                                                      "t11"."ran_by_environment" AS "ran_by_environment",
                                                      "t11"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                      "t55"."time" < "t11"."ends" AS "ran_by_found"
                                                    FROM (
                                                      SELECT
                                                        "t53"."charge_period_start" AS "charge_period_start",
                                                        "t53"."charge_period_end" AS "charge_period_end",
                                                        "t53"."app_id" AS "app_id",
                                                        "t53"."run_milliseconds" AS "run_milliseconds",
                                                        "t53"."ended" AS "ended",
                                                        subtractMilliseconds("t53"."ended", 1) AS "time"
                                                      FROM (
                                                        SELECT
                                                          "t52"."charge_period_start" AS "charge_period_start",
                                                          "t52"."charge_period_end" AS "charge_period_end",
                                                          "t52"."app_id" AS "app_id",
                                                          SUM(DATE_DIFF(MILLISECOND, "t52"."begins", "t52"."ends")) AS "run_milliseconds",
                                                          MAX("t52"."ends") AS "ended"
                                                        FROM (
                                                          SELECT
                                                            *
                                                          FROM (
                                                            SELECT
                                                              "t50"."app_id" AS "app_id",
                                                              GREATEST(
                                                                "t50"."begins",
                                                                "t50"."opens",
                                                                toTimeZone(CAST(toDateTime("t50"."day" * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                                                              ) AS "begins",
                                                              LEAST(
                                                                "t50"."ends",
                                                                "t50"."closes",
                                                                toTimeZone(CAST(toDateTime((
                                                                  "t50"."day" + 1
                                                                ) * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                                                              ) AS "ends",
                                                              "t50"."day" AS "day",
                                                              "t50"."charge_period_start" AS "charge_period_start",
                                                              "t50"."charge_period_end" AS "charge_period_end",
                                                              "t50"."opens" AS "opens",
                                                              "t50"."closes" AS "closes"
                                                            FROM (
                                                              SELECT
                                                                "t49"."app_id" AS "app_id",
                                                                "t49"."begins" AS "begins",
                                                                "t49"."ends" AS "ends",
                                                                "t49"."day" AS "day",
                                                                "t31"."charge_period_start" AS "charge_period_start",
                                                                "t31"."charge_period_end" AS "charge_period_end",
                                                                "t31"."opens" AS "opens",
                                                                "t31"."closes" AS "closes"
                                                              FROM (
                                                                SELECT
                                                                  "t44"."app_id" AS "app_id",
                                                                  "t44"."begins" AS "begins",
                                                                  "t44"."ends" AS "ends",
                                                                  arrayJoin(
                                                                    range(
                                                                      CAST(FLOOR((
                                                                        toRelativeSecondNum("t44"."begins")
                                                                      ) / (
                                                                        86400
                                                                      )) AS Nullable(Int64)),
                                                                      GREATEST(
                                                                        CAST(FLOOR((
                                                                          toRelativeSecondNum("t44"."begins")
                                                                        ) / (
                                                                          86400
                                                                        )) AS Nullable(Int64)),
                                                                        CAST(FLOOR((
                                                                          (
                                                                            toRelativeSecondNum("t44"."ends") + 86400
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
                                                                    "t43"."app_id" AS "app_id",
                                                                    "t43"."run_start" AS "run_start",
                                                                    "t43"."run_end" AS "run_end",
                                                                    "t43"."first" AS "first",
                                                                    "t43"."last" AS "last",
                                                                    GREATEST("t43"."run_start", toTimeZone(CAST("t43"."first" AS DateTime64(3, 'UTC')), 'UTC')) AS "begins",
                                                                    LEAST("t43"."run_end", toTimeZone(CAST("t43"."last" AS DateTime64(3, 'UTC')), 'UTC')) AS "ends"
                                                                  FROM (
                                                                    SELECT
                                                                      "t42"."app_id" AS "app_id",
                                                                      "t42"."run_start" AS "run_start",
                                                                      "t42"."run_end" AS "run_end",
                                                                      "t21"."first" AS "first",
                                                                      "t21"."last" AS "last"
                                                                    FROM (
                                                                      SELECT
                                                                        "t38"."app_id" AS "app_id",
                                                                        "t38"."time" AS "run_start",
                                                                        CASE
                                                                          WHEN "t38"."following" >= "t38"."time"
                                                                          THEN "t38"."following"
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
                                                                        ) AS "t34"
                                                                      ) AS "t38"
                                                                      WHERE
                                                                        "t38"."step" = 1
                                                                      ORDER BY
                                                                        "t38"."app_id" ASC,
                                                                        "t38"."time" ASC
                                                                    ) AS "t42"
                                                                    CROSS JOIN (
                                                                      SELECT
                                                                        MIN("t12"."charge_period_start") AS "first",
                                                                        MAX("t12"."charge_period_end") AS "last"
                                                                      FROM "t8" AS "t12"
                                                                    ) AS "t21"
                                                                  ) AS "t43"
                                                                  WHERE
                                                                    GREATEST("t43"."run_start", toTimeZone(CAST("t43"."first" AS DateTime64(3, 'UTC')), 'UTC')) < LEAST("t43"."run_end", toTimeZone(CAST("t43"."last" AS DateTime64(3, 'UTC')), 'UTC'))
                                                                ) AS "t44"
                                                              ) AS "t49"
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
                                                                ON "t49"."day" = "t31"."day"
                                                            ) AS "t50"
                                                          ) AS "t51"
                                                          WHERE
                                                            "t51"."begins" < "t51"."ends"
                                                        ) AS "t52"
                                                        GROUP BY
                                                          "t52"."charge_period_start",
                                                          "t52"."charge_period_end",
                                                          "t52"."app_id"
                                                      ) AS "t53"
                                                    ) AS "t55"
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
                                                      ON "t55"."time" >= "t11"."begins" AND "t55"."app_id" = "t11"."key_app_id"
                                                  ) AS "t56"
                                                  WHERE
                                                    "t56"."ran_by_found"
                                                ) AS "t58"
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
                                                  ON "t58"."time" >= "t10"."begins" AND "t58"."ran_by_team_id" = "t10"."key_team_id"
                                              ) AS "t59"
                                            ) AS "t61"
                                              ON "t47"."charge_period_start" = "t61"."ran_charge_period_start"
                                              AND "t47"."charge_period_end" = "t61"."ran_charge_period_end"
                                              AND "t47"."app_id" = "t61"."ran_app_id"
                                          ) AS "t62"
                                          ORDER BY
                                            "t62"."charge_period_start" ASC,
                                            "t62"."charge_period_end" ASC,
                                            "t62"."app_id" ASC
                                        ) AS "t63"
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
                                      ) AS "t65"
                                      INNER JOIN (
                                        SELECT
                                          "t36"."charge_period_start" AS "charge_period_start",
                                          "t36"."charge_period_end" AS "charge_period_end",
                                          "t36"."cost_type" AS "cost_type",
                                          "t36"."pool" AS "pool",
                                          "t36"."pooled_events" AS "pooled_events",
                                          "t36"."pooled_digest" AS "pooled_digest",
                                          "t36"."method" AS "method",
                                          "t36"."basis" AS "basis",
                                          "t36"."floor" AS "floor",
                                          "t36"."weights" AS "weights",
                                          "t36"."footnote" AS "footnote",
                                          "t36"."owner" AS "owner",
                                          "t36"."allocated_method_id" AS "allocated_method_id",
                                          "t36"."variant" AS "variant",
                                          sipHash64(
                                            "t36"."variant",
                                            "t36"."charge_period_start",
                                            "t36"."charge_period_end",
                                            "t36"."cost_type"
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
                                          FROM (
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
                                          ) AS "t32"
                                          ORDER BY
                                            "t32"."charge_period_start" ASC,
                                            "t32"."charge_period_end" ASC,
                                            "t32"."cost_type" ASC
                                        ) AS "t36"
                                      ) AS "t40"
                                        ON "t65"."charge_period_start" = "t40"."charge_period_start"
                                        AND "t65"."charge_period_end" = "t40"."charge_period_end"
                                    ) AS "t66"
                                  ) AS "t67"
                                  WHERE
                                    (
                                      "t67"."app_id" = ''
                                    )
                                    OR (
                                      "t67"."method" IN ('even', 'proportional', 'fixed', 'floor_plus_share')
                                      AND (
                                        (
                                          "t67"."method" <> 'fixed'
                                        )
                                        OR (
                                          "t67"."basis_quantity" > CAST(0 AS Decimal(76, 12))
                                        )
                                      )
                                    )
                                ) AS "t68"
                              ) AS "t69"
                            ) AS "t70"
                          ) AS "t71"
                          WHERE
                            (
                              "t71"."app_id" <> ''
                            ) OR (
                              "t71"."weighed" > toInt256(0)
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
) AS "t84"
ORDER BY
  "t84"."charge_period_start" ASC,
  "t84"."charge_period_end" ASC,
  "t84"."cost_type" ASC,
  "t84"."app_id" ASC
