WITH "t6" AS (
  SELECT DISTINCT
    "t0"."charge_period_start" AS "charge_period_start",
    "t0"."charge_period_end" AS "charge_period_end"
  FROM "charges" AS "t0"
  WHERE
    "t0"."billing_currency" IN ('USD')
    AND "t0"."meter" = 'platform_cost'
    AND "t0"."app_id" = ''
)
SELECT
  "t88"."charge_period_start" AS "charge_period_start",
  "t88"."charge_period_end" AS "charge_period_end",
  "t88"."cost_type" AS "cost_type",
  "t88"."app_id" AS "app_id",
  "t88"."team_id" AS "team_id",
  "t88"."cost_center" AS "cost_center",
  "t88"."environment" AS "environment",
  "t88"."lifecycle" AS "lifecycle",
  "t88"."share" AS "effective_cost",
  'USD' AS "billing_currency",
  "t88"."method" AS "allocated_method",
  "t88"."allocated_method_id" AS "allocated_method_id",
  CASE
    WHEN "t88"."app_id" <> ''
    THEN CONCAT('app/', "t88"."app_id")
    ELSE CAST(NULL AS Nullable(String))
  END AS "allocated_resource_id",
  "t88"."ratio" AS "allocated_ratio",
  CASE
    WHEN "t88"."method" = 'even'
    THEN 'active_apps'
    WHEN "t88"."method" = 'fixed'
    THEN 'weight'
    ELSE "t88"."basis"
  END AS "allocated_basis",
  "t88"."basis_quantity" AS "allocated_quantity",
  "t88"."footnote" AS "footnote"
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
    "t87"."part" AS "part",
    "t87"."left_over" AS "left_over",
    "t87"."missing" AS "missing",
    "t87"."rank" AS "rank",
    "t87"."got" AS "got",
    multiply(
      toDecimal256(
        CASE
          WHEN "t87"."pool" < CAST(0 AS Nullable(Decimal(76, 21)))
          THEN minus(toInt256(0), "t87"."got")
          ELSE "t87"."got"
        END,
        0
      ),
      CAST('0.000000000000000000001' AS Decimal(76, 21))
    ) AS "share",
    multiply(toDecimal256("t87"."part", 0), CAST('0.000000000000000000001' AS Decimal(76, 21))) AS "ratio"
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
      plus(
        "t86"."part",
        CASE
          WHEN toInt256("t86"."rank") < "t86"."missing"
          THEN toInt256(1)
          ELSE toInt256(0)
        END
      ) AS "part",
      "t86"."left_over" AS "left_over",
      "t86"."missing" AS "missing",
      "t86"."rank" AS "rank",
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
        "t85"."part" AS "part",
        "t85"."left_over" AS "left_over",
        minus(
          "t85"."whole",
          SUM("t85"."part") OVER (
            PARTITION BY "t85"."pool_id"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          )
        ) AS "missing",
        ROW_NUMBER() OVER (
          PARTITION BY "t85"."pool_id"
          ORDER BY "t85"."left_over" DESC, "t85"."app_id" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank",
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
          intDiv(
            multiply(
              plus(
                "t84"."whole",
                toInt256(
                  throwIf(
                    (
                      ABS(toFloat64("t84"."whole")) * ABS(toFloat64("t84"."total"))
                    ) > 5e+76,
                    'an amount times its weights has more than 76 digits'
                  )
                )
              ),
              "t84"."weighed"
            ),
            "t84"."total"
          ) AS "part",
          modulo(
            multiply(
              plus(
                "t84"."whole",
                toInt256(
                  throwIf(
                    (
                      ABS(toFloat64("t84"."whole")) * ABS(toFloat64("t84"."total"))
                    ) > 5e+76,
                    'an amount times its weights has more than 76 digits'
                  )
                )
              ),
              "t84"."weighed"
            ),
            "t84"."total"
          ) AS "left_over",
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
            CASE WHEN "t83"."amount" = toInt256(0) THEN "t83"."weighed" ELSE "t83"."got" END AS "weighed",
            "t83"."amount" AS "amount",
            "t83"."least" AS "least",
            "t83"."heads" AS "heads",
            CASE WHEN "t83"."amount" = toInt256(0) THEN "t83"."total" ELSE "t83"."amount" END AS "total",
            reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))) AS "whole",
            "t83"."part" AS "part",
            "t83"."left_over" AS "left_over",
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
              "t82"."weighed" AS "weighed",
              "t82"."amount" AS "amount",
              "t82"."least" AS "least",
              "t82"."heads" AS "heads",
              "t82"."total" AS "total",
              "t82"."whole" AS "whole",
              "t82"."part" AS "part",
              "t82"."left_over" AS "left_over",
              "t82"."missing" AS "missing",
              "t82"."rank" AS "rank",
              plus("t82"."least", "t82"."part") AS "got"
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
                plus(
                  "t81"."part",
                  CASE
                    WHEN toInt256("t81"."rank") < "t81"."missing"
                    THEN toInt256(1)
                    ELSE toInt256(0)
                  END
                ) AS "part",
                "t81"."left_over" AS "left_over",
                "t81"."missing" AS "missing",
                "t81"."rank" AS "rank"
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
                  "t80"."part" AS "part",
                  "t80"."left_over" AS "left_over",
                  minus(
                    "t80"."whole",
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
                    intDiv(
                      multiply(
                        plus(
                          "t79"."whole",
                          toInt256(
                            throwIf(
                              (
                                ABS(toFloat64("t79"."whole")) * ABS(toFloat64("t79"."total"))
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
                          "t79"."whole",
                          toInt256(
                            throwIf(
                              (
                                ABS(toFloat64("t79"."whole")) * ABS(toFloat64("t79"."total"))
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
                      CASE
                        WHEN (
                          multiply("t78"."least", "t78"."heads") > "t78"."amount"
                        )
                        OR (
                          "t78"."total" = toInt256(0)
                        )
                        THEN toInt256(1)
                        ELSE "t78"."weighed"
                      END AS "weighed",
                      "t78"."amount" AS "amount",
                      CASE
                        WHEN multiply("t78"."least", "t78"."heads") > "t78"."amount"
                        THEN toInt256(0)
                        ELSE "t78"."least"
                      END AS "least",
                      "t78"."heads" AS "heads",
                      CASE
                        WHEN (
                          multiply("t78"."least", "t78"."heads") > "t78"."amount"
                        )
                        OR (
                          "t78"."total" = toInt256(0)
                        )
                        THEN "t78"."heads"
                        ELSE "t78"."total"
                      END AS "total",
                      minus(
                        "t78"."amount",
                        CASE
                          WHEN multiply("t78"."least", "t78"."heads") > "t78"."amount"
                          THEN toInt256(0)
                          ELSE multiply("t78"."least", "t78"."heads")
                        END
                      ) AS "whole"
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
                        toInt256(ABS(reinterpretAsInt256("t77"."pool"))) AS "amount",
                        reinterpretAsInt256("t77"."floor") AS "least",
                        toInt256(
                          COUNT(*) OVER (
                            PARTITION BY "t77"."pool_id"
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          )
                        ) AS "heads",
                        SUM("t77"."weighed") OVER (
                          PARTITION BY "t77"."pool_id"
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) AS "total"
                      FROM (
                        SELECT
                          "t76".*
                          EXCEPT ("given", "heads")
                        FROM (
                          SELECT
                            *
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
                                WHEN "t74"."app_id" = ''
                                THEN CASE
                                  WHEN "t74"."heads" = 1
                                  THEN reinterpretAsInt256(CAST(1 AS Decimal(76, 12)))
                                  ELSE CASE
                                    WHEN "t74"."method" = 'fixed'
                                    THEN minus(reinterpretAsInt256(CAST(1 AS Decimal(76, 12))), "t74"."given")
                                    ELSE toInt256(0)
                                  END
                                END
                                ELSE "t74"."weighed"
                              END AS "weighed",
                              "t74"."heads" AS "heads",
                              "t74"."given" AS "given"
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
                                COUNT(*) OVER (
                                  PARTITION BY "t73"."pool_id"
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) AS "heads",
                                SUM("t73"."weighed") OVER (
                                  PARTITION BY "t73"."pool_id"
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) AS "given"
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
                                  reinterpretAsInt256("t72"."basis_quantity") AS "weighed"
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
                                    "t71"."basis_quantity" AS "basis_quantity"
                                  FROM (
                                    SELECT
                                      "t70"."charge_period_start" AS "charge_period_start",
                                      "t70"."charge_period_end" AS "charge_period_end",
                                      "t70"."app_id" AS "app_id",
                                      toLowCardinality("t70"."team_id") AS "team_id",
                                      toLowCardinality("t70"."cost_center") AS "cost_center",
                                      toLowCardinality("t70"."environment") AS "environment",
                                      toLowCardinality("t70"."lifecycle") AS "lifecycle",
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
                                      toLowCardinality("t70"."cost_type") AS "cost_type",
                                      "t70"."pool" AS "pool",
                                      "t70"."pooled_events" AS "pooled_events",
                                      "t70"."pooled_digest" AS "pooled_digest",
                                      toLowCardinality("t70"."method") AS "method",
                                      toLowCardinality("t70"."basis") AS "basis",
                                      CASE
                                        WHEN (
                                          "t70"."method" = 'floor_plus_share'
                                        ) AND NOT (
                                          "t70"."app_id" = ''
                                        )
                                        THEN CAST("t70"."floor" AS Decimal(76, 21))
                                        ELSE CAST(0 AS Decimal(76, 21))
                                      END AS "floor",
                                      "t70"."weights" AS "weights",
                                      toLowCardinality("t70"."footnote") AS "footnote",
                                      "t70"."owner" AS "owner",
                                      toLowCardinality("t70"."allocated_method_id") AS "allocated_method_id",
                                      "t70"."variant" AS "variant",
                                      "t70"."pool_id" AS "pool_id",
                                      CAST(CASE
                                        WHEN "t70"."app_id" = ''
                                        THEN CAST(0 AS Decimal(76, 12))
                                        ELSE CASE
                                          WHEN "t70"."method" = 'even'
                                          THEN CAST(1 AS Decimal(76, 12))
                                          WHEN "t70"."method" = 'fixed'
                                          THEN CAST(CASE
                                            WHEN mapContains("t70"."weights", "t70"."app_id")
                                            THEN "t70"."weights"["t70"."app_id"]
                                            ELSE CAST(0 AS Decimal(18, 9))
                                          END AS Decimal(76, 12))
                                          ELSE CASE
                                            WHEN "t70"."basis" = 'list_cost'
                                            THEN "t70"."list_cost"
                                            WHEN "t70"."basis" = 'effective_cost'
                                            THEN "t70"."effective_cost"
                                            WHEN "t70"."basis" = 'billed_cost'
                                            THEN "t70"."billed_cost"
                                            WHEN "t70"."basis" = 'unattributed_cost'
                                            THEN "t70"."unattributed_cost"
                                            WHEN "t70"."basis" = 'ephemeral_cost'
                                            THEN "t70"."ephemeral_cost"
                                            WHEN "t70"."basis" = 'requests'
                                            THEN "t70"."requests"
                                            WHEN "t70"."basis" = 'input_tokens'
                                            THEN "t70"."input_tokens"
                                            WHEN "t70"."basis" = 'cache_read_tokens'
                                            THEN "t70"."cache_read_tokens"
                                            WHEN "t70"."basis" = 'cache_write_tokens'
                                            THEN "t70"."cache_write_tokens"
                                            WHEN "t70"."basis" = 'output_tokens'
                                            THEN "t70"."output_tokens"
                                            WHEN "t70"."basis" = 'tokens'
                                            THEN "t70"."tokens"
                                            WHEN "t70"."basis" = 'cpu_core_hours'
                                            THEN "t70"."cpu_core_hours"
                                            WHEN "t70"."basis" = 'memory_gb_hours'
                                            THEN "t70"."memory_gb_hours"
                                            WHEN "t70"."basis" = 'instance_hours'
                                            THEN "t70"."instance_hours"
                                            WHEN "t70"."basis" = 'gpu_hours'
                                            THEN "t70"."gpu_hours"
                                            WHEN "t70"."basis" = 'storage_gb_hours'
                                            THEN "t70"."storage_gb_hours"
                                            WHEN "t70"."basis" = 'egress_gb'
                                            THEN "t70"."egress_gb"
                                            WHEN "t70"."basis" = 'event_count'
                                            THEN "t70"."event_count"
                                            WHEN "t70"."basis" = 'unpriced_events'
                                            THEN "t70"."unpriced_events"
                                            WHEN "t70"."basis" = 'token_cost'
                                            THEN "t70"."token_cost"
                                            WHEN "t70"."basis" = 'active_hours'
                                            THEN "t70"."active_hours"
                                            ELSE CAST(throwIf(
                                              "t70"."method" IN ('proportional', 'floor_plus_share')
                                              AND NOT (
                                                "t70"."basis" IN (
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
                                        "t69"."charge_period_start" AS "charge_period_start",
                                        "t69"."charge_period_end" AS "charge_period_end",
                                        "t69"."app_id" AS "app_id",
                                        "t69"."team_id" AS "team_id",
                                        "t69"."cost_center" AS "cost_center",
                                        "t69"."environment" AS "environment",
                                        "t69"."lifecycle" AS "lifecycle",
                                        "t69"."list_cost" AS "list_cost",
                                        "t69"."effective_cost" AS "effective_cost",
                                        "t69"."billed_cost" AS "billed_cost",
                                        "t69"."unattributed_cost" AS "unattributed_cost",
                                        "t69"."ephemeral_cost" AS "ephemeral_cost",
                                        "t69"."requests" AS "requests",
                                        "t69"."input_tokens" AS "input_tokens",
                                        "t69"."cache_read_tokens" AS "cache_read_tokens",
                                        "t69"."cache_write_tokens" AS "cache_write_tokens",
                                        "t69"."output_tokens" AS "output_tokens",
                                        "t69"."tokens" AS "tokens",
                                        "t69"."cpu_core_hours" AS "cpu_core_hours",
                                        "t69"."memory_gb_hours" AS "memory_gb_hours",
                                        "t69"."instance_hours" AS "instance_hours",
                                        "t69"."gpu_hours" AS "gpu_hours",
                                        "t69"."storage_gb_hours" AS "storage_gb_hours",
                                        "t69"."egress_gb" AS "egress_gb",
                                        "t69"."event_count" AS "event_count",
                                        "t69"."unpriced_events" AS "unpriced_events",
                                        "t69"."token_cost" AS "token_cost",
                                        "t69"."active_hours" AS "active_hours",
                                        "t47"."cost_type" AS "cost_type",
                                        "t47"."pool" AS "pool",
                                        "t47"."pooled_events" AS "pooled_events",
                                        "t47"."pooled_digest" AS "pooled_digest",
                                        "t47"."method" AS "method",
                                        "t47"."basis" AS "basis",
                                        "t47"."floor" AS "floor",
                                        "t47"."weights" AS "weights",
                                        "t47"."footnote" AS "footnote",
                                        "t47"."owner" AS "owner",
                                        "t47"."allocated_method_id" AS "allocated_method_id",
                                        "t47"."variant" AS "variant",
                                        "t47"."pool_id" AS "pool_id"
                                      FROM (
                                        SELECT
                                          *
                                        FROM (
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              CASE
                                                WHEN "t51"."app_id" <> ''
                                                THEN "t51"."charge_period_start"
                                                ELSE "t65"."ran_charge_period_start"
                                              END AS "charge_period_start",
                                              CASE
                                                WHEN "t51"."app_id" <> ''
                                                THEN "t51"."charge_period_end"
                                                ELSE "t65"."ran_charge_period_end"
                                              END AS "charge_period_end",
                                              CASE WHEN "t51"."app_id" <> '' THEN "t51"."app_id" ELSE "t65"."ran_app_id" END AS "app_id",
                                              CASE
                                                WHEN "t51"."app_id" <> ''
                                                THEN "t51"."used_by_team_id"
                                                ELSE "t65"."ran_by_team_id"
                                              END AS "team_id",
                                              CASE
                                                WHEN "t51"."app_id" <> ''
                                                THEN "t51"."used_by_cost_center"
                                                ELSE "t65"."ran_by_cost_center"
                                              END AS "cost_center",
                                              CASE
                                                WHEN "t51"."app_id" <> ''
                                                THEN "t51"."used_by_environment"
                                                ELSE "t65"."ran_by_environment"
                                              END AS "environment",
                                              CASE
                                                WHEN "t51"."app_id" <> ''
                                                THEN "t51"."used_by_lifecycle"
                                                ELSE "t65"."ran_by_lifecycle"
                                              END AS "lifecycle",
                                              "t51"."list_cost" AS "list_cost",
                                              "t51"."effective_cost" AS "effective_cost",
                                              "t51"."billed_cost" AS "billed_cost",
                                              "t51"."unattributed_cost" AS "unattributed_cost",
                                              "t51"."ephemeral_cost" AS "ephemeral_cost",
                                              "t51"."requests" AS "requests",
                                              "t51"."input_tokens" AS "input_tokens",
                                              "t51"."cache_read_tokens" AS "cache_read_tokens",
                                              "t51"."cache_write_tokens" AS "cache_write_tokens",
                                              "t51"."output_tokens" AS "output_tokens",
                                              "t51"."tokens" AS "tokens",
                                              "t51"."cpu_core_hours" AS "cpu_core_hours",
                                              "t51"."memory_gb_hours" AS "memory_gb_hours",
                                              "t51"."instance_hours" AS "instance_hours",
                                              "t51"."gpu_hours" AS "gpu_hours",
                                              "t51"."storage_gb_hours" AS "storage_gb_hours",
                                              "t51"."egress_gb" AS "egress_gb",
                                              "t51"."event_count" AS "event_count",
                                              "t51"."unpriced_events" AS "unpriced_events",
                                              "t51"."token_cost" AS "token_cost",
                                              GREATEST("t51"."active_hours", "t65"."run_hours") AS "active_hours"
                                            FROM (
                                              SELECT
                                                "t49"."charge_period_start" AS "charge_period_start",
                                                "t49"."charge_period_end" AS "charge_period_end",
                                                "t49"."app_id" AS "app_id",
                                                "t49"."list_cost" AS "list_cost",
                                                "t49"."effective_cost" AS "effective_cost",
                                                "t49"."billed_cost" AS "billed_cost",
                                                "t49"."unattributed_cost" AS "unattributed_cost",
                                                "t49"."ephemeral_cost" AS "ephemeral_cost",
                                                "t49"."requests" AS "requests",
                                                "t49"."input_tokens" AS "input_tokens",
                                                "t49"."cache_read_tokens" AS "cache_read_tokens",
                                                "t49"."cache_write_tokens" AS "cache_write_tokens",
                                                "t49"."output_tokens" AS "output_tokens",
                                                "t49"."tokens" AS "tokens",
                                                "t49"."cpu_core_hours" AS "cpu_core_hours",
                                                "t49"."memory_gb_hours" AS "memory_gb_hours",
                                                "t49"."instance_hours" AS "instance_hours",
                                                "t49"."gpu_hours" AS "gpu_hours",
                                                "t49"."storage_gb_hours" AS "storage_gb_hours",
                                                "t49"."egress_gb" AS "egress_gb",
                                                "t49"."event_count" AS "event_count",
                                                "t49"."unpriced_events" AS "unpriced_events",
                                                "t49"."token_cost" AS "token_cost",
                                                "t49"."active_hours" AS "active_hours",
                                                splitByString('\x1f', CAST("t49"."latest" AS String))[2] AS "used_by_team_id",
                                                splitByString('\x1f', CAST("t49"."latest" AS String))[3] AS "used_by_cost_center",
                                                splitByString('\x1f', CAST("t49"."latest" AS String))[4] AS "used_by_environment",
                                                splitByString('\x1f', CAST("t49"."latest" AS String))[5] AS "used_by_lifecycle"
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
                                                    "t27"."app_id" AS "app_id",
                                                    "t27"."team_id" AS "team_id",
                                                    "t27"."cost_center" AS "cost_center",
                                                    "t27"."environment" AS "environment",
                                                    "t27"."lifecycle" AS "lifecycle",
                                                    "t27"."meter" AS "meter",
                                                    "t27"."consumed_quantity" AS "consumed_quantity",
                                                    "t27"."consumed_unit" AS "consumed_unit",
                                                    "t27"."list_cost" AS "list_cost",
                                                    "t27"."effective_cost" AS "effective_cost",
                                                    "t27"."billed_cost" AS "billed_cost",
                                                    "t27"."attribution_rule" AS "attribution_rule",
                                                    "t27"."pricing_status" AS "pricing_status",
                                                    "t27"."event_count" AS "event_count",
                                                    "t27"."hour" AS "hour",
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
                                                          MIN(toDate("t10"."charge_period_start")) AS "Min(Date(charge_period_start))"
                                                        FROM "t6" AS "t10"
                                                      )
                                                  ) AS "t27"
                                                  INNER JOIN (
                                                    SELECT
                                                      "t29"."charge_period_start" AS "charge_period_start",
                                                      "t29"."charge_period_end" AS "charge_period_end",
                                                      toTimeZone(CAST(toDateTime("t29"."number" * 3600) AS DateTime64(0, 'UTC')), 'UTC') AS "hour"
                                                    FROM (
                                                      SELECT
                                                        "t10"."charge_period_start" AS "charge_period_start",
                                                        "t10"."charge_period_end" AS "charge_period_end",
                                                        arrayJoin(
                                                          range(
                                                            CAST(FLOOR((
                                                              toRelativeSecondNum("t10"."charge_period_start")
                                                            ) / (
                                                              3600
                                                            )) AS Nullable(Int64)),
                                                            CAST(FLOOR(
                                                              (
                                                                GREATEST(
                                                                  toRelativeSecondNum("t10"."charge_period_start"),
                                                                  toRelativeSecondNum("t10"."charge_period_end") - 1
                                                                )
                                                              ) / (
                                                                3600
                                                              )
                                                            ) AS Nullable(Int64)) + 1,
                                                            1
                                                          )
                                                        ) AS "number"
                                                      FROM "t6" AS "t10"
                                                    ) AS "t29"
                                                  ) AS "t35"
                                                    ON "t27"."hour" = "t35"."hour"
                                                ) AS "t39"
                                                GROUP BY
                                                  "t39"."charge_period_start",
                                                  "t39"."charge_period_end",
                                                  "t39"."app_id"
                                              ) AS "t49"
                                            ) AS "t51"
                                            FULL OUTER JOIN (
                                              SELECT
                                                "t63"."charge_period_start" AS "ran_charge_period_start",
                                                "t63"."charge_period_end" AS "ran_charge_period_end",
                                                "t63"."app_id" AS "ran_app_id",
                                                "t63"."ran_by_team_id" AS "ran_by_team_id",
                                                CASE
                                                  WHEN "t63"."ran_by_cost_center" <> ''
                                                  THEN "t63"."ran_by_cost_center"
                                                  ELSE CASE
                                                    WHEN "t63"."time" < "t63"."team_valid_to"
                                                    THEN "t63"."team_cost_center"
                                                    ELSE ''
                                                  END
                                                END AS "ran_by_cost_center",
                                                "t63"."ran_by_environment" AS "ran_by_environment",
                                                "t63"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                CAST(CAST("t63"."run_milliseconds" AS Decimal(76, 12)) / 3600000 AS Decimal(76, 12)) AS "run_hours"
                                              FROM (
                                                SELECT
                                                  "t62"."charge_period_start" AS "charge_period_start",
                                                  "t62"."charge_period_end" AS "charge_period_end",
                                                  "t62"."app_id" AS "app_id",
                                                  "t62"."run_milliseconds" AS "run_milliseconds",
                                                  "t62"."ended" AS "ended",
                                                  "t62"."time" AS "time",
                                                  "t62"."ran_by_app_id" AS "ran_by_app_id",
                                                  "t62"."ran_by_app_name" AS "ran_by_app_name",
                                                  "t62"."ran_by_team_id" AS "ran_by_team_id",
                                                  "t62"."ran_by_cost_center" AS "ran_by_cost_center",
                                                  "t62"."ran_by_environment" AS "ran_by_environment",
                                                  "t62"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                  "t62"."ran_by_created_by" AS "ran_by_created_by",
                                                  "t62"."ran_by_valid_from" AS "ran_by_valid_from",
                                                  "t62"."ran_by_valid_to" AS "ran_by_valid_to",
                                                  "t62"."ran_by_found" AS "ran_by_found",
                                                  "t11"."team_team_id" AS "team_team_id",
                                                  "t11"."team_team_name" AS "team_team_name",
                                                  "t11"."team_cost_center" AS "team_cost_center",
                                                  "t11"."team_valid_from" AS "team_valid_from",
                                                  "t11"."team_valid_to" AS "team_valid_to"
                                                FROM (
                                                  SELECT
                                                    "t60"."charge_period_start" AS "charge_period_start",
                                                    "t60"."charge_period_end" AS "charge_period_end",
                                                    "t60"."app_id" AS "app_id",
                                                    "t60"."run_milliseconds" AS "run_milliseconds",
                                                    "t60"."ended" AS "ended",
                                                    "t60"."time" AS "time",
                                                    "t60"."ran_by_app_id" AS "ran_by_app_id",
                                                    "t60"."ran_by_app_name" AS "ran_by_app_name",
                                                    "t60"."ran_by_team_id" AS "ran_by_team_id",
                                                    "t60"."ran_by_cost_center" AS "ran_by_cost_center",
                                                    "t60"."ran_by_environment" AS "ran_by_environment",
                                                    "t60"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                    "t60"."ran_by_created_by" AS "ran_by_created_by",
                                                    "t60"."ran_by_valid_from" AS "ran_by_valid_from",
                                                    "t60"."ran_by_valid_to" AS "ran_by_valid_to",
                                                    "t60"."time" < "t60"."ran_by_valid_to" AS "ran_by_found"
                                                  FROM (
                                                    SELECT
                                                      "t59"."charge_period_start" AS "charge_period_start",
                                                      "t59"."charge_period_end" AS "charge_period_end",
                                                      "t59"."app_id" AS "app_id",
                                                      "t59"."run_milliseconds" AS "run_milliseconds",
                                                      "t59"."ended" AS "ended",
                                                      "t59"."time" AS "time",
                                                      "t13"."ran_by_app_id" AS "ran_by_app_id",
                                                      "t13"."ran_by_app_name" AS "ran_by_app_name",
                                                      "t13"."ran_by_team_id" AS "ran_by_team_id",
                                                      "t13"."ran_by_cost_center" AS "ran_by_cost_center",
                                                      "t13"."ran_by_environment" AS "ran_by_environment",
                                                      "t13"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                      "t13"."ran_by_created_by" AS "ran_by_created_by",
                                                      "t13"."ran_by_valid_from" AS "ran_by_valid_from",
                                                      "t13"."ran_by_valid_to" AS "ran_by_valid_to"
                                                    FROM (
                                                      SELECT
                                                        "t57"."charge_period_start" AS "charge_period_start",
                                                        "t57"."charge_period_end" AS "charge_period_end",
                                                        "t57"."app_id" AS "app_id",
                                                        "t57"."run_milliseconds" AS "run_milliseconds",
                                                        "t57"."ended" AS "ended",
                                                        subtractMilliseconds("t57"."ended", 1) AS "time"
                                                      FROM (
                                                        SELECT
                                                          "t56"."charge_period_start" AS "charge_period_start",
                                                          "t56"."charge_period_end" AS "charge_period_end",
                                                          "t56"."app_id" AS "app_id",
                                                          SUM(DATE_DIFF(MILLISECOND, "t56"."begins", "t56"."ends")) AS "run_milliseconds",
                                                          MAX("t56"."ends") AS "ended"
                                                        FROM (
                                                          SELECT
                                                            *
                                                          FROM (
                                                            SELECT
                                                              "t54"."app_id" AS "app_id",
                                                              GREATEST(
                                                                "t54"."begins",
                                                                "t54"."opens",
                                                                toTimeZone(CAST(toDateTime("t54"."day" * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                                                              ) AS "begins",
                                                              LEAST(
                                                                "t54"."ends",
                                                                "t54"."closes",
                                                                toTimeZone(CAST(toDateTime((
                                                                  "t54"."day" + 1
                                                                ) * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                                                              ) AS "ends",
                                                              "t54"."day" AS "day",
                                                              "t54"."charge_period_start" AS "charge_period_start",
                                                              "t54"."charge_period_end" AS "charge_period_end",
                                                              "t54"."opens" AS "opens",
                                                              "t54"."closes" AS "closes"
                                                            FROM (
                                                              SELECT
                                                                "t53"."app_id" AS "app_id",
                                                                "t53"."begins" AS "begins",
                                                                "t53"."ends" AS "ends",
                                                                "t53"."day" AS "day",
                                                                "t32"."charge_period_start" AS "charge_period_start",
                                                                "t32"."charge_period_end" AS "charge_period_end",
                                                                "t32"."opens" AS "opens",
                                                                "t32"."closes" AS "closes"
                                                              FROM (
                                                                SELECT
                                                                  "t48"."app_id" AS "app_id",
                                                                  "t48"."begins" AS "begins",
                                                                  "t48"."ends" AS "ends",
                                                                  arrayJoin(
                                                                    range(
                                                                      CAST(FLOOR((
                                                                        toRelativeSecondNum("t48"."begins")
                                                                      ) / (
                                                                        86400
                                                                      )) AS Nullable(Int64)),
                                                                      GREATEST(
                                                                        CAST(FLOOR((
                                                                          toRelativeSecondNum("t48"."begins")
                                                                        ) / (
                                                                          86400
                                                                        )) AS Nullable(Int64)),
                                                                        CAST(FLOOR((
                                                                          (
                                                                            toRelativeSecondNum("t48"."ends") + 86400
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
                                                                      "t20"."first" AS "first",
                                                                      "t20"."last" AS "last"
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
                                                                          "t37"."source" AS "source",
                                                                          "t37"."event_id" AS "event_id",
                                                                          "t37"."time" AS "time",
                                                                          "t37"."received_at" AS "received_at",
                                                                          "t37"."resource_id" AS "resource_id",
                                                                          "t37"."app_id" AS "app_id",
                                                                          "t37"."environment" AS "environment",
                                                                          "t37"."lease_id" AS "lease_id",
                                                                          "t37"."is_authenticated" AS "is_authenticated",
                                                                          "t37"."event_digest" AS "event_digest",
                                                                          "t37"."action" AS "action",
                                                                          "t37"."attributes" AS "attributes",
                                                                          "t37"."before" AS "before",
                                                                          "t37"."step" AS "step",
                                                                          "t37"."running" AS "running",
                                                                          leadInFrame("t37"."time") OVER (
                                                                            PARTITION BY "t37"."app_id"
                                                                            ORDER BY "t37"."time" ASC, "t37"."action" ASC, "t37"."resource_id" ASC, "t37"."event_id" ASC
                                                                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                                                          ) AS "following"
                                                                        FROM (
                                                                          SELECT
                                                                            *
                                                                          FROM (
                                                                            SELECT
                                                                              "t26"."source" AS "source",
                                                                              "t26"."event_id" AS "event_id",
                                                                              "t26"."time" AS "time",
                                                                              "t26"."received_at" AS "received_at",
                                                                              "t26"."resource_id" AS "resource_id",
                                                                              "t26"."app_id" AS "app_id",
                                                                              "t26"."environment" AS "environment",
                                                                              "t26"."lease_id" AS "lease_id",
                                                                              "t26"."is_authenticated" AS "is_authenticated",
                                                                              "t26"."event_digest" AS "event_digest",
                                                                              "t26"."action" AS "action",
                                                                              "t26"."attributes" AS "attributes",
                                                                              "t26"."before" AS "before",
                                                                              "t26"."step" AS "step",
                                                                              SUM("t26"."step") OVER (
                                                                                PARTITION BY "t26"."app_id"
                                                                                ORDER BY "t26"."time" ASC, "t26"."action" ASC, "t26"."resource_id" ASC, "t26"."event_id" ASC
                                                                                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                                                                              ) AS "running"
                                                                            FROM (
                                                                              SELECT
                                                                                "t18"."source" AS "source",
                                                                                "t18"."event_id" AS "event_id",
                                                                                "t18"."time" AS "time",
                                                                                "t18"."received_at" AS "received_at",
                                                                                "t18"."resource_id" AS "resource_id",
                                                                                "t18"."app_id" AS "app_id",
                                                                                "t18"."environment" AS "environment",
                                                                                "t18"."lease_id" AS "lease_id",
                                                                                "t18"."is_authenticated" AS "is_authenticated",
                                                                                "t18"."event_digest" AS "event_digest",
                                                                                "t18"."action" AS "action",
                                                                                "t18"."attributes" AS "attributes",
                                                                                "t18"."before" AS "before",
                                                                                CASE WHEN "t18"."action" = 'start' THEN 1 ELSE -1 END AS "step"
                                                                              FROM (
                                                                                SELECT
                                                                                  "t9"."source" AS "source",
                                                                                  "t9"."event_id" AS "event_id",
                                                                                  "t9"."time" AS "time",
                                                                                  "t9"."received_at" AS "received_at",
                                                                                  "t9"."resource_id" AS "resource_id",
                                                                                  "t9"."app_id" AS "app_id",
                                                                                  "t9"."environment" AS "environment",
                                                                                  "t9"."lease_id" AS "lease_id",
                                                                                  "t9"."is_authenticated" AS "is_authenticated",
                                                                                  "t9"."event_digest" AS "event_digest",
                                                                                  "t9"."action" AS "action",
                                                                                  "t9"."attributes" AS "attributes",
                                                                                  lagInFrame("t9"."action") OVER (
                                                                                    PARTITION BY "t9"."app_id", "t9"."resource_id"
                                                                                    ORDER BY "t9"."time" ASC, "t9"."action" ASC, "t9"."event_id" ASC
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
                                                                                ) AS "t9"
                                                                              ) AS "t18"
                                                                              WHERE
                                                                                CASE
                                                                                  WHEN "t18"."action" = 'start'
                                                                                  THEN "t18"."before" <> 'start'
                                                                                  ELSE "t18"."before" = 'start'
                                                                                END
                                                                            ) AS "t26"
                                                                          ) AS "t31"
                                                                          WHERE
                                                                            CASE WHEN "t31"."step" = 1 THEN "t31"."running" = 1 ELSE "t31"."running" = 0 END
                                                                        ) AS "t37"
                                                                      ) AS "t40"
                                                                      WHERE
                                                                        "t40"."step" = 1
                                                                      ORDER BY
                                                                        "t40"."app_id" ASC,
                                                                        "t40"."time" ASC
                                                                    ) AS "t44"
                                                                    CROSS JOIN (
                                                                      SELECT
                                                                        MIN("t10"."charge_period_start") AS "first",
                                                                        MAX("t10"."charge_period_end") AS "last"
                                                                      FROM "t6" AS "t10"
                                                                    ) AS "t20"
                                                                  ) AS "t45"
                                                                  WHERE
                                                                    GREATEST("t45"."run_start", toTimeZone(CAST("t45"."first" AS DateTime64(3, 'UTC')), 'UTC')) < LEAST("t45"."run_end", toTimeZone(CAST("t45"."last" AS DateTime64(3, 'UTC')), 'UTC'))
                                                                ) AS "t48"
                                                              ) AS "t53"
                                                              INNER JOIN (
                                                                SELECT
                                                                  "t10"."charge_period_start" AS "charge_period_start",
                                                                  "t10"."charge_period_end" AS "charge_period_end",
                                                                  toTimeZone(CAST("t10"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "opens",
                                                                  toTimeZone(CAST("t10"."charge_period_end" AS DateTime64(3, 'UTC')), 'UTC') AS "closes",
                                                                  arrayJoin(
                                                                    range(
                                                                      CAST(FLOOR((
                                                                        toRelativeSecondNum("t10"."charge_period_start")
                                                                      ) / (
                                                                        86400
                                                                      )) AS Nullable(Int64)),
                                                                      GREATEST(
                                                                        CAST(FLOOR((
                                                                          toRelativeSecondNum("t10"."charge_period_start")
                                                                        ) / (
                                                                          86400
                                                                        )) AS Nullable(Int64)),
                                                                        CAST(FLOOR(
                                                                          (
                                                                            (
                                                                              toRelativeSecondNum("t10"."charge_period_end") + 86400
                                                                            ) - 1
                                                                          ) / (
                                                                            86400
                                                                          )
                                                                        ) AS Nullable(Int64)) - 1
                                                                      ) + 1,
                                                                      1
                                                                    )
                                                                  ) AS "day"
                                                                FROM "t6" AS "t10"
                                                              ) AS "t32"
                                                                ON "t53"."day" = "t32"."day"
                                                            ) AS "t54"
                                                          ) AS "t55"
                                                          WHERE
                                                            "t55"."begins" < "t55"."ends"
                                                        ) AS "t56"
                                                        GROUP BY
                                                          "t56"."charge_period_start",
                                                          "t56"."charge_period_end",
                                                          "t56"."app_id"
                                                      ) AS "t57"
                                                    ) AS "t59"
                                                    ASOF LEFT JOIN (
                                                      SELECT
                                                        "t5"."app_id" AS "ran_by_app_id",
                                                        "t5"."app_name" AS "ran_by_app_name",
                                                        "t5"."team_id" AS "ran_by_team_id",
                                                        "t5"."cost_center" AS "ran_by_cost_center",
                                                        "t5"."environment" AS "ran_by_environment",
                                                        "t5"."lifecycle" AS "ran_by_lifecycle",
                                                        "t5"."created_by" AS "ran_by_created_by",
                                                        "t5"."valid_from" AS "ran_by_valid_from",
                                                        "t5"."valid_to" AS "ran_by_valid_to"
                                                      FROM (
                                                        SELECT
                                                          "t3".*
                                                          EXCEPT ("evidence", "recorded_at", "recorded_by")
                                                        FROM "apps" AS "t3"
                                                      ) AS "t5"
                                                      WHERE
                                                        "t5"."valid_from" < "t5"."valid_to"
                                                    ) AS "t13"
                                                      ON "t59"."time" >= "t13"."ran_by_valid_from"
                                                      AND "t59"."app_id" = "t13"."ran_by_app_id"
                                                  ) AS "t60"
                                                  WHERE
                                                    "t60"."time" < "t60"."ran_by_valid_to"
                                                ) AS "t62"
                                                ASOF LEFT JOIN (
                                                  SELECT
                                                    "t2"."team_id" AS "team_team_id",
                                                    "t2"."team_name" AS "team_team_name",
                                                    "t2"."cost_center" AS "team_cost_center",
                                                    "t2"."valid_from" AS "team_valid_from",
                                                    "t2"."valid_to" AS "team_valid_to"
                                                  FROM "teams" AS "t2"
                                                  WHERE
                                                    "t2"."valid_from" < "t2"."valid_to"
                                                ) AS "t11"
                                                  ON "t62"."time" >= "t11"."team_valid_from"
                                                  AND "t62"."ran_by_team_id" = "t11"."team_team_id"
                                              ) AS "t63"
                                            ) AS "t65"
                                              ON "t51"."charge_period_start" = "t65"."ran_charge_period_start"
                                              AND "t51"."charge_period_end" = "t65"."ran_charge_period_end"
                                              AND "t51"."app_id" = "t65"."ran_app_id"
                                          ) AS "t66"
                                          ORDER BY
                                            "t66"."charge_period_start" ASC,
                                            "t66"."charge_period_end" ASC,
                                            "t66"."app_id" ASC
                                        ) AS "t67"
                                        UNION ALL
                                        SELECT
                                          *
                                        FROM (
                                          SELECT
                                            toTimeZone(CAST("t10"."charge_period_start" AS Nullable(DateTime64(0, 'UTC'))), 'UTC') AS "charge_period_start",
                                            toTimeZone(CAST("t10"."charge_period_end" AS Nullable(DateTime64(0, 'UTC'))), 'UTC') AS "charge_period_end",
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
                                          FROM "t6" AS "t10"
                                        ) AS "t14"
                                      ) AS "t69"
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
                                            "t41"."charge_period_start" AS "charge_period_start",
                                            "t41"."charge_period_end" AS "charge_period_end",
                                            "t41"."cost_type" AS "cost_type",
                                            "t41"."pool" AS "pool",
                                            "t41"."pooled_events" AS "pooled_events",
                                            "t41"."pooled_digest" AS "pooled_digest",
                                            CASE
                                              WHEN "t41"."own_found"
                                              THEN "t41"."own_method"
                                              WHEN "t41"."time" < "t41"."any_valid_to"
                                              THEN "t41"."any_method"
                                              ELSE ''
                                            END AS "method",
                                            CASE
                                              WHEN "t41"."own_found"
                                              THEN "t41"."own_basis"
                                              WHEN "t41"."time" < "t41"."any_valid_to"
                                              THEN "t41"."any_basis"
                                              ELSE ''
                                            END AS "basis",
                                            CASE
                                              WHEN "t41"."own_found"
                                              THEN "t41"."own_floor"
                                              WHEN "t41"."time" < "t41"."any_valid_to"
                                              THEN "t41"."any_floor"
                                              ELSE CAST(0 AS Decimal(38, 9))
                                            END AS "floor",
                                            CASE WHEN "t41"."own_found" THEN "t41"."own_weights" ELSE "t41"."any_weights" END AS "weights",
                                            CASE
                                              WHEN "t41"."own_found"
                                              THEN "t41"."own_footnote"
                                              WHEN "t41"."time" < "t41"."any_valid_to"
                                              THEN "t41"."any_footnote"
                                              ELSE ''
                                            END AS "footnote",
                                            CASE
                                              WHEN "t41"."own_found"
                                              THEN "t41"."own_owner"
                                              WHEN "t41"."time" < "t41"."any_valid_to"
                                              THEN "t41"."any_owner"
                                              ELSE ''
                                            END AS "owner",
                                            CASE
                                              WHEN "t41"."own_found"
                                              THEN "t41"."own_allocated_method_id"
                                              WHEN "t41"."time" < "t41"."any_valid_to"
                                              THEN "t41"."any_allocated_method_id"
                                              ELSE ''
                                            END AS "allocated_method_id",
                                            0 AS "variant"
                                          FROM (
                                            SELECT
                                              "t38"."charge_period_start" AS "charge_period_start",
                                              "t38"."charge_period_end" AS "charge_period_end",
                                              "t38"."cost_type" AS "cost_type",
                                              "t38"."pool" AS "pool",
                                              "t38"."pooled_events" AS "pooled_events",
                                              "t38"."pooled_digest" AS "pooled_digest",
                                              "t38"."time" AS "time",
                                              "t38"."every_type" AS "every_type",
                                              "t38"."own_cost_type" AS "own_cost_type",
                                              "t38"."own_method" AS "own_method",
                                              "t38"."own_basis" AS "own_basis",
                                              "t38"."own_floor" AS "own_floor",
                                              "t38"."own_weights" AS "own_weights",
                                              "t38"."own_footnote" AS "own_footnote",
                                              "t38"."own_owner" AS "own_owner",
                                              "t38"."own_allocated_method_id" AS "own_allocated_method_id",
                                              "t38"."own_valid_from" AS "own_valid_from",
                                              "t38"."own_valid_to" AS "own_valid_to",
                                              "t38"."own_found" AS "own_found",
                                              "t22"."any_cost_type" AS "any_cost_type",
                                              "t22"."any_method" AS "any_method",
                                              "t22"."any_basis" AS "any_basis",
                                              "t22"."any_floor" AS "any_floor",
                                              "t22"."any_weights" AS "any_weights",
                                              "t22"."any_footnote" AS "any_footnote",
                                              "t22"."any_owner" AS "any_owner",
                                              "t22"."any_allocated_method_id" AS "any_allocated_method_id",
                                              "t22"."any_valid_from" AS "any_valid_from",
                                              "t22"."any_valid_to" AS "any_valid_to"
                                            FROM (
                                              SELECT
                                                "t33"."charge_period_start" AS "charge_period_start",
                                                "t33"."charge_period_end" AS "charge_period_end",
                                                "t33"."cost_type" AS "cost_type",
                                                "t33"."pool" AS "pool",
                                                "t33"."pooled_events" AS "pooled_events",
                                                "t33"."pooled_digest" AS "pooled_digest",
                                                "t33"."time" AS "time",
                                                "t33"."every_type" AS "every_type",
                                                "t33"."own_cost_type" AS "own_cost_type",
                                                "t33"."own_method" AS "own_method",
                                                "t33"."own_basis" AS "own_basis",
                                                "t33"."own_floor" AS "own_floor",
                                                "t33"."own_weights" AS "own_weights",
                                                "t33"."own_footnote" AS "own_footnote",
                                                "t33"."own_owner" AS "own_owner",
                                                "t33"."own_allocated_method_id" AS "own_allocated_method_id",
                                                "t33"."own_valid_from" AS "own_valid_from",
                                                "t33"."own_valid_to" AS "own_valid_to",
                                                "t33"."time" < "t33"."own_valid_to" AS "own_found"
                                              FROM (
                                                SELECT
                                                  "t28"."charge_period_start" AS "charge_period_start",
                                                  "t28"."charge_period_end" AS "charge_period_end",
                                                  "t28"."cost_type" AS "cost_type",
                                                  "t28"."pool" AS "pool",
                                                  "t28"."pooled_events" AS "pooled_events",
                                                  "t28"."pooled_digest" AS "pooled_digest",
                                                  "t28"."time" AS "time",
                                                  "t28"."every_type" AS "every_type",
                                                  "t23"."own_cost_type" AS "own_cost_type",
                                                  "t23"."own_method" AS "own_method",
                                                  "t23"."own_basis" AS "own_basis",
                                                  "t23"."own_floor" AS "own_floor",
                                                  "t23"."own_weights" AS "own_weights",
                                                  "t23"."own_footnote" AS "own_footnote",
                                                  "t23"."own_owner" AS "own_owner",
                                                  "t23"."own_allocated_method_id" AS "own_allocated_method_id",
                                                  "t23"."own_valid_from" AS "own_valid_from",
                                                  "t23"."own_valid_to" AS "own_valid_to"
                                                FROM (
                                                  SELECT
                                                    "t21"."charge_period_start" AS "charge_period_start",
                                                    "t21"."charge_period_end" AS "charge_period_end",
                                                    "t21"."cost_type" AS "cost_type",
                                                    "t21"."pool" AS "pool",
                                                    "t21"."pooled_events" AS "pooled_events",
                                                    "t21"."pooled_digest" AS "pooled_digest",
                                                    toTimeZone(CAST("t21"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "time",
                                                    '*' AS "every_type"
                                                  FROM (
                                                    SELECT
                                                      "t7"."charge_period_start" AS "charge_period_start",
                                                      "t7"."charge_period_end" AS "charge_period_end",
                                                      "t7"."cost_type" AS "cost_type",
                                                      CAST(COALESCE(SUM("t7"."effective_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS Decimal(76, 21)) AS "pool",
                                                      SUM("t7"."event_count") AS "pooled_events",
                                                      SUM("t7"."event_digest") AS "pooled_digest"
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
                                                    ) AS "t7"
                                                    GROUP BY
                                                      "t7"."charge_period_start",
                                                      "t7"."charge_period_end",
                                                      "t7"."cost_type"
                                                  ) AS "t21"
                                                ) AS "t28"
                                                ASOF LEFT JOIN (
                                                  SELECT
                                                    "t1"."cost_type" AS "own_cost_type",
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
                                                    "t1"."valid_from" AS "own_valid_from",
                                                    "t1"."valid_to" AS "own_valid_to"
                                                  FROM "allocation_rules" AS "t1"
                                                  WHERE
                                                    "t1"."valid_from" < "t1"."valid_to"
                                                ) AS "t23"
                                                  ON "t28"."time" >= "t23"."own_valid_from"
                                                  AND "t28"."cost_type" = "t23"."own_cost_type"
                                              ) AS "t33"
                                            ) AS "t38"
                                            ASOF LEFT JOIN (
                                              SELECT
                                                "t1"."cost_type" AS "any_cost_type",
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
                                                "t1"."valid_from" AS "any_valid_from",
                                                "t1"."valid_to" AS "any_valid_to"
                                              FROM "allocation_rules" AS "t1"
                                              WHERE
                                                "t1"."valid_from" < "t1"."valid_to"
                                            ) AS "t22"
                                              ON "t38"."time" >= "t22"."any_valid_from"
                                              AND "t38"."every_type" = "t22"."any_cost_type"
                                          ) AS "t41"
                                          ORDER BY
                                            "t41"."charge_period_start" ASC,
                                            "t41"."charge_period_end" ASC,
                                            "t41"."cost_type" ASC
                                        ) AS "t43"
                                      ) AS "t47"
                                        ON "t69"."charge_period_start" = "t47"."charge_period_start"
                                        AND "t69"."charge_period_end" = "t47"."charge_period_end"
                                    ) AS "t70"
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
                                        )
                                        OR (
                                          "t71"."basis_quantity" > CAST(0 AS Decimal(76, 12))
                                        )
                                      )
                                    )
                                ) AS "t72"
                              ) AS "t73"
                            ) AS "t74"
                          ) AS "t75"
                          WHERE
                            (
                              "t75"."app_id" <> ''
                            ) OR (
                              "t75"."weighed" > toInt256(0)
                            )
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
) AS "t88"
ORDER BY
  "t88"."charge_period_start" ASC,
  "t88"."charge_period_end" ASC,
  "t88"."cost_type" ASC,
  "t88"."app_id" ASC
