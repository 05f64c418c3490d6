WITH "t6" AS (
  SELECT DISTINCT
    "t0"."charge_period_start" AS "charge_period_start",
    "t0"."charge_period_end" AS "charge_period_end"
  FROM "charges" AS "t0"
  WHERE
    "t0"."billing_currency" IN ('USD')
    AND "t0"."meter" = 'platform_cost'
    AND "t0"."app_id" = ''
), "t41" AS (
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
)
SELECT
  *
FROM (
  SELECT
    "t96"."method_number" AS "method_number",
    CASE
      WHEN "t96"."method_number" = 1
      THEN 'even'
      WHEN "t96"."method_number" = 2
      THEN 'proportional:effective_cost'
      ELSE NULL
    END AS "method",
    "t96"."bearer" AS "team_id",
    "t96"."cost_0" AS "todays_cost",
    CASE
      WHEN "t96"."method_number" = 1
      THEN "t96"."cost_1"
      WHEN "t96"."method_number" = 2
      THEN "t96"."cost_2"
      ELSE NULL
    END AS "effective_cost",
    minus(
      CASE
        WHEN "t96"."method_number" = 1
        THEN "t96"."cost_1"
        WHEN "t96"."method_number" = 2
        THEN "t96"."cost_2"
        ELSE NULL
      END,
      "t96"."cost_0"
    ) AS "change"
  FROM (
    SELECT
      "t95"."bearer" AS "bearer",
      "t95"."cost_0" AS "cost_0",
      "t95"."cost_1" AS "cost_1",
      "t95"."cost_2" AS "cost_2",
      arrayJoin(range(1, 3, 1)) AS "method_number"
    FROM (
      SELECT
        "t94"."bearer" AS "bearer",
        COALESCE(sumIf("t94"."share", "t94"."variant" = 0), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_0",
        COALESCE(sumIf("t94"."share", "t94"."variant" = 1), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_1",
        COALESCE(sumIf("t94"."share", "t94"."variant" = 2), CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_2"
      FROM (
        SELECT
          "t93"."charge_period_start" AS "charge_period_start",
          "t93"."charge_period_end" AS "charge_period_end",
          "t93"."app_id" AS "app_id",
          "t93"."team_id" AS "team_id",
          "t93"."cost_center" AS "cost_center",
          "t93"."environment" AS "environment",
          "t93"."lifecycle" AS "lifecycle",
          "t93"."cost_type" AS "cost_type",
          "t93"."pool" AS "pool",
          "t93"."method" AS "method",
          "t93"."basis" AS "basis",
          "t93"."floor" AS "floor",
          "t93"."footnote" AS "footnote",
          "t93"."allocated_method_id" AS "allocated_method_id",
          "t93"."variant" AS "variant",
          "t93"."pool_id" AS "pool_id",
          "t93"."basis_quantity" AS "basis_quantity",
          "t93"."weighed" AS "weighed",
          "t93"."share" AS "share",
          "t93"."ratio" AS "ratio",
          CASE WHEN "t93"."app_id" = '' THEN '(unallocated)' ELSE "t93"."team_id" END AS "bearer"
        FROM (
          SELECT
            "t92"."charge_period_start" AS "charge_period_start",
            "t92"."charge_period_end" AS "charge_period_end",
            "t92"."app_id" AS "app_id",
            "t92"."team_id" AS "team_id",
            "t92"."cost_center" AS "cost_center",
            "t92"."environment" AS "environment",
            "t92"."lifecycle" AS "lifecycle",
            "t92"."cost_type" AS "cost_type",
            "t92"."pool" AS "pool",
            "t92"."method" AS "method",
            "t92"."basis" AS "basis",
            "t92"."floor" AS "floor",
            "t92"."footnote" AS "footnote",
            "t92"."allocated_method_id" AS "allocated_method_id",
            "t92"."variant" AS "variant",
            "t92"."pool_id" AS "pool_id",
            "t92"."basis_quantity" AS "basis_quantity",
            "t92"."weighed" AS "weighed",
            "t92"."amount" AS "amount",
            "t92"."least" AS "least",
            "t92"."heads" AS "heads",
            "t92"."total" AS "total",
            "t92"."whole" AS "whole",
            "t92"."part" AS "part",
            "t92"."left_over" AS "left_over",
            "t92"."missing" AS "missing",
            "t92"."rank" AS "rank",
            "t92"."got" AS "got",
            multiply(
              toDecimal256(
                CASE
                  WHEN "t92"."pool" < CAST(0 AS Nullable(Decimal(76, 21)))
                  THEN minus(toInt256(0), "t92"."got")
                  ELSE "t92"."got"
                END,
                0
              ),
              CAST('0.000000000000000000001' AS Decimal(76, 21))
            ) AS "share",
            multiply(toDecimal256("t92"."part", 0), CAST('0.000000000000000000001' AS Decimal(76, 21))) AS "ratio"
          FROM (
            SELECT
              "t91"."charge_period_start" AS "charge_period_start",
              "t91"."charge_period_end" AS "charge_period_end",
              "t91"."app_id" AS "app_id",
              "t91"."team_id" AS "team_id",
              "t91"."cost_center" AS "cost_center",
              "t91"."environment" AS "environment",
              "t91"."lifecycle" AS "lifecycle",
              "t91"."cost_type" AS "cost_type",
              "t91"."pool" AS "pool",
              "t91"."method" AS "method",
              "t91"."basis" AS "basis",
              "t91"."floor" AS "floor",
              "t91"."footnote" AS "footnote",
              "t91"."allocated_method_id" AS "allocated_method_id",
              "t91"."variant" AS "variant",
              "t91"."pool_id" AS "pool_id",
              "t91"."basis_quantity" AS "basis_quantity",
              "t91"."weighed" AS "weighed",
              "t91"."amount" AS "amount",
              "t91"."least" AS "least",
              "t91"."heads" AS "heads",
              "t91"."total" AS "total",
              "t91"."whole" AS "whole",
              plus(
                "t91"."part",
                CASE
                  WHEN toInt256("t91"."rank") < "t91"."missing"
                  THEN toInt256(1)
                  ELSE toInt256(0)
                END
              ) AS "part",
              "t91"."left_over" AS "left_over",
              "t91"."missing" AS "missing",
              "t91"."rank" AS "rank",
              "t91"."got" AS "got"
            FROM (
              SELECT
                "t90"."charge_period_start" AS "charge_period_start",
                "t90"."charge_period_end" AS "charge_period_end",
                "t90"."app_id" AS "app_id",
                "t90"."team_id" AS "team_id",
                "t90"."cost_center" AS "cost_center",
                "t90"."environment" AS "environment",
                "t90"."lifecycle" AS "lifecycle",
                "t90"."cost_type" AS "cost_type",
                "t90"."pool" AS "pool",
                "t90"."method" AS "method",
                "t90"."basis" AS "basis",
                "t90"."floor" AS "floor",
                "t90"."footnote" AS "footnote",
                "t90"."allocated_method_id" AS "allocated_method_id",
                "t90"."variant" AS "variant",
                "t90"."pool_id" AS "pool_id",
                "t90"."basis_quantity" AS "basis_quantity",
                "t90"."weighed" AS "weighed",
                "t90"."amount" AS "amount",
                "t90"."least" AS "least",
                "t90"."heads" AS "heads",
                "t90"."total" AS "total",
                "t90"."whole" AS "whole",
                "t90"."part" AS "part",
                "t90"."left_over" AS "left_over",
                minus(
                  "t90"."whole",
                  SUM("t90"."part") OVER (
                    PARTITION BY "t90"."pool_id"
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  )
                ) AS "missing",
                ROW_NUMBER() OVER (
                  PARTITION BY "t90"."pool_id"
                  ORDER BY "t90"."left_over" DESC, "t90"."app_id" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "rank",
                "t90"."got" AS "got"
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
                  "t89"."amount" AS "amount",
                  "t89"."least" AS "least",
                  "t89"."heads" AS "heads",
                  "t89"."total" AS "total",
                  "t89"."whole" AS "whole",
                  intDiv(
                    multiply(
                      plus(
                        "t89"."whole",
                        toInt256(
                          throwIf(
                            (
                              ABS(toFloat64("t89"."whole")) * ABS(toFloat64("t89"."total"))
                            ) > 5e+76,
                            'an amount times its weights has more than 76 digits'
                          )
                        )
                      ),
                      "t89"."weighed"
                    ),
                    "t89"."total"
                  ) AS "part",
                  modulo(
                    multiply(
                      plus(
                        "t89"."whole",
                        toInt256(
                          throwIf(
                            (
                              ABS(toFloat64("t89"."whole")) * ABS(toFloat64("t89"."total"))
                            ) > 5e+76,
                            'an amount times its weights has more than 76 digits'
                          )
                        )
                      ),
                      "t89"."weighed"
                    ),
                    "t89"."total"
                  ) AS "left_over",
                  "t89"."missing" AS "missing",
                  "t89"."rank" AS "rank",
                  "t89"."got" AS "got"
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
                    CASE WHEN "t88"."amount" = toInt256(0) THEN "t88"."weighed" ELSE "t88"."got" END AS "weighed",
                    "t88"."amount" AS "amount",
                    "t88"."least" AS "least",
                    "t88"."heads" AS "heads",
                    CASE WHEN "t88"."amount" = toInt256(0) THEN "t88"."total" ELSE "t88"."amount" END AS "total",
                    reinterpretAsInt256(CAST(1 AS Nullable(Decimal(76, 21)))) AS "whole",
                    "t88"."part" AS "part",
                    "t88"."left_over" AS "left_over",
                    "t88"."missing" AS "missing",
                    "t88"."rank" AS "rank",
                    "t88"."got" AS "got"
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
                      plus("t87"."least", "t87"."part") AS "got"
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
                        "t86"."rank" AS "rank"
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
                          ) - 1 AS "rank"
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
                            ) AS "left_over"
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
                              CASE
                                WHEN (
                                  multiply("t83"."least", "t83"."heads") > "t83"."amount"
                                )
                                OR (
                                  "t83"."total" = toInt256(0)
                                )
                                THEN toInt256(1)
                                ELSE "t83"."weighed"
                              END AS "weighed",
                              "t83"."amount" AS "amount",
                              CASE
                                WHEN multiply("t83"."least", "t83"."heads") > "t83"."amount"
                                THEN toInt256(0)
                                ELSE "t83"."least"
                              END AS "least",
                              "t83"."heads" AS "heads",
                              CASE
                                WHEN (
                                  multiply("t83"."least", "t83"."heads") > "t83"."amount"
                                )
                                OR (
                                  "t83"."total" = toInt256(0)
                                )
                                THEN "t83"."heads"
                                ELSE "t83"."total"
                              END AS "total",
                              minus(
                                "t83"."amount",
                                CASE
                                  WHEN multiply("t83"."least", "t83"."heads") > "t83"."amount"
                                  THEN toInt256(0)
                                  ELSE multiply("t83"."least", "t83"."heads")
                                END
                              ) AS "whole"
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
                                toInt256(ABS(reinterpretAsInt256("t82"."pool"))) AS "amount",
                                reinterpretAsInt256("t82"."floor") AS "least",
                                toInt256(
                                  COUNT(*) OVER (
                                    PARTITION BY "t82"."pool_id"
                                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                  )
                                ) AS "heads",
                                SUM("t82"."weighed") OVER (
                                  PARTITION BY "t82"."pool_id"
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) AS "total"
                              FROM (
                                SELECT
                                  "t81".*
                                  EXCEPT ("given", "heads")
                                FROM (
                                  SELECT
                                    *
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
                                        WHEN "t79"."app_id" = ''
                                        THEN CASE
                                          WHEN "t79"."heads" = 1
                                          THEN reinterpretAsInt256(CAST(1 AS Decimal(76, 12)))
                                          ELSE CASE
                                            WHEN "t79"."method" = 'fixed'
                                            THEN minus(reinterpretAsInt256(CAST(1 AS Decimal(76, 12))), "t79"."given")
                                            ELSE toInt256(0)
                                          END
                                        END
                                        ELSE "t79"."weighed"
                                      END AS "weighed",
                                      "t79"."heads" AS "heads",
                                      "t79"."given" AS "given"
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
                                        COUNT(*) OVER (
                                          PARTITION BY "t78"."pool_id"
                                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                        ) AS "heads",
                                        SUM("t78"."weighed") OVER (
                                          PARTITION BY "t78"."pool_id"
                                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                        ) AS "given"
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
                                          reinterpretAsInt256("t77"."basis_quantity") AS "weighed"
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
                                            "t76"."basis_quantity" AS "basis_quantity"
                                          FROM (
                                            SELECT
                                              "t75"."charge_period_start" AS "charge_period_start",
                                              "t75"."charge_period_end" AS "charge_period_end",
                                              "t75"."app_id" AS "app_id",
                                              toLowCardinality("t75"."team_id") AS "team_id",
                                              toLowCardinality("t75"."cost_center") AS "cost_center",
                                              toLowCardinality("t75"."environment") AS "environment",
                                              toLowCardinality("t75"."lifecycle") AS "lifecycle",
                                              "t75"."list_cost" AS "list_cost",
                                              "t75"."effective_cost" AS "effective_cost",
                                              "t75"."billed_cost" AS "billed_cost",
                                              "t75"."unattributed_cost" AS "unattributed_cost",
                                              "t75"."ephemeral_cost" AS "ephemeral_cost",
                                              "t75"."requests" AS "requests",
                                              "t75"."input_tokens" AS "input_tokens",
                                              "t75"."cache_read_tokens" AS "cache_read_tokens",
                                              "t75"."cache_write_tokens" AS "cache_write_tokens",
                                              "t75"."output_tokens" AS "output_tokens",
                                              "t75"."tokens" AS "tokens",
                                              "t75"."cpu_core_hours" AS "cpu_core_hours",
                                              "t75"."memory_gb_hours" AS "memory_gb_hours",
                                              "t75"."instance_hours" AS "instance_hours",
                                              "t75"."gpu_hours" AS "gpu_hours",
                                              "t75"."storage_gb_hours" AS "storage_gb_hours",
                                              "t75"."egress_gb" AS "egress_gb",
                                              "t75"."event_count" AS "event_count",
                                              "t75"."unpriced_events" AS "unpriced_events",
                                              "t75"."token_cost" AS "token_cost",
                                              "t75"."active_hours" AS "active_hours",
                                              toLowCardinality("t75"."cost_type") AS "cost_type",
                                              "t75"."pool" AS "pool",
                                              "t75"."pooled_events" AS "pooled_events",
                                              "t75"."pooled_digest" AS "pooled_digest",
                                              toLowCardinality("t75"."method") AS "method",
                                              toLowCardinality("t75"."basis") AS "basis",
                                              CASE
                                                WHEN (
                                                  "t75"."method" = 'floor_plus_share'
                                                ) AND NOT (
                                                  "t75"."app_id" = ''
                                                )
                                                THEN CAST("t75"."floor" AS Decimal(76, 21))
                                                ELSE CAST(0 AS Decimal(76, 21))
                                              END AS "floor",
                                              "t75"."weights" AS "weights",
                                              toLowCardinality("t75"."footnote") AS "footnote",
                                              "t75"."owner" AS "owner",
                                              toLowCardinality("t75"."allocated_method_id") AS "allocated_method_id",
                                              "t75"."variant" AS "variant",
                                              "t75"."pool_id" AS "pool_id",
                                              CAST(CASE
                                                WHEN "t75"."app_id" = ''
                                                THEN CAST(0 AS Decimal(76, 12))
                                                ELSE CASE
                                                  WHEN "t75"."method" = 'even'
                                                  THEN CAST(1 AS Decimal(76, 12))
                                                  WHEN "t75"."method" = 'fixed'
                                                  THEN CAST(CASE
                                                    WHEN mapContains("t75"."weights", "t75"."app_id")
                                                    THEN "t75"."weights"["t75"."app_id"]
                                                    ELSE CAST(0 AS Decimal(18, 9))
                                                  END AS Decimal(76, 12))
                                                  ELSE CASE
                                                    WHEN "t75"."basis" = 'list_cost'
                                                    THEN "t75"."list_cost"
                                                    WHEN "t75"."basis" = 'effective_cost'
                                                    THEN "t75"."effective_cost"
                                                    WHEN "t75"."basis" = 'billed_cost'
                                                    THEN "t75"."billed_cost"
                                                    WHEN "t75"."basis" = 'unattributed_cost'
                                                    THEN "t75"."unattributed_cost"
                                                    WHEN "t75"."basis" = 'ephemeral_cost'
                                                    THEN "t75"."ephemeral_cost"
                                                    WHEN "t75"."basis" = 'requests'
                                                    THEN "t75"."requests"
                                                    WHEN "t75"."basis" = 'input_tokens'
                                                    THEN "t75"."input_tokens"
                                                    WHEN "t75"."basis" = 'cache_read_tokens'
                                                    THEN "t75"."cache_read_tokens"
                                                    WHEN "t75"."basis" = 'cache_write_tokens'
                                                    THEN "t75"."cache_write_tokens"
                                                    WHEN "t75"."basis" = 'output_tokens'
                                                    THEN "t75"."output_tokens"
                                                    WHEN "t75"."basis" = 'tokens'
                                                    THEN "t75"."tokens"
                                                    WHEN "t75"."basis" = 'cpu_core_hours'
                                                    THEN "t75"."cpu_core_hours"
                                                    WHEN "t75"."basis" = 'memory_gb_hours'
                                                    THEN "t75"."memory_gb_hours"
                                                    WHEN "t75"."basis" = 'instance_hours'
                                                    THEN "t75"."instance_hours"
                                                    WHEN "t75"."basis" = 'gpu_hours'
                                                    THEN "t75"."gpu_hours"
                                                    WHEN "t75"."basis" = 'storage_gb_hours'
                                                    THEN "t75"."storage_gb_hours"
                                                    WHEN "t75"."basis" = 'egress_gb'
                                                    THEN "t75"."egress_gb"
                                                    WHEN "t75"."basis" = 'event_count'
                                                    THEN "t75"."event_count"
                                                    WHEN "t75"."basis" = 'unpriced_events'
                                                    THEN "t75"."unpriced_events"
                                                    WHEN "t75"."basis" = 'token_cost'
                                                    THEN "t75"."token_cost"
                                                    WHEN "t75"."basis" = 'active_hours'
                                                    THEN "t75"."active_hours"
                                                    ELSE CAST(throwIf(
                                                      "t75"."method" IN ('proportional', 'floor_plus_share')
                                                      AND NOT (
                                                        "t75"."basis" IN (
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
                                                "t74"."charge_period_start" AS "charge_period_start",
                                                "t74"."charge_period_end" AS "charge_period_end",
                                                "t74"."app_id" AS "app_id",
                                                "t74"."team_id" AS "team_id",
                                                "t74"."cost_center" AS "cost_center",
                                                "t74"."environment" AS "environment",
                                                "t74"."lifecycle" AS "lifecycle",
                                                "t74"."list_cost" AS "list_cost",
                                                "t74"."effective_cost" AS "effective_cost",
                                                "t74"."billed_cost" AS "billed_cost",
                                                "t74"."unattributed_cost" AS "unattributed_cost",
                                                "t74"."ephemeral_cost" AS "ephemeral_cost",
                                                "t74"."requests" AS "requests",
                                                "t74"."input_tokens" AS "input_tokens",
                                                "t74"."cache_read_tokens" AS "cache_read_tokens",
                                                "t74"."cache_write_tokens" AS "cache_write_tokens",
                                                "t74"."output_tokens" AS "output_tokens",
                                                "t74"."tokens" AS "tokens",
                                                "t74"."cpu_core_hours" AS "cpu_core_hours",
                                                "t74"."memory_gb_hours" AS "memory_gb_hours",
                                                "t74"."instance_hours" AS "instance_hours",
                                                "t74"."gpu_hours" AS "gpu_hours",
                                                "t74"."storage_gb_hours" AS "storage_gb_hours",
                                                "t74"."egress_gb" AS "egress_gb",
                                                "t74"."event_count" AS "event_count",
                                                "t74"."unpriced_events" AS "unpriced_events",
                                                "t74"."token_cost" AS "token_cost",
                                                "t74"."active_hours" AS "active_hours",
                                                "t54"."cost_type" AS "cost_type",
                                                "t54"."pool" AS "pool",
                                                "t54"."pooled_events" AS "pooled_events",
                                                "t54"."pooled_digest" AS "pooled_digest",
                                                "t54"."method" AS "method",
                                                "t54"."basis" AS "basis",
                                                "t54"."floor" AS "floor",
                                                "t54"."weights" AS "weights",
                                                "t54"."footnote" AS "footnote",
                                                "t54"."owner" AS "owner",
                                                "t54"."allocated_method_id" AS "allocated_method_id",
                                                "t54"."variant" AS "variant",
                                                "t54"."pool_id" AS "pool_id"
                                              FROM (
                                                SELECT
                                                  *
                                                FROM (
                                                  SELECT
                                                    *
                                                  FROM (
                                                    SELECT
                                                      CASE
                                                        WHEN "t56"."app_id" <> ''
                                                        THEN "t56"."charge_period_start"
                                                        ELSE "t70"."ran_charge_period_start"
                                                      END AS "charge_period_start",
                                                      CASE
                                                        WHEN "t56"."app_id" <> ''
                                                        THEN "t56"."charge_period_end"
                                                        ELSE "t70"."ran_charge_period_end"
                                                      END AS "charge_period_end",
                                                      CASE WHEN "t56"."app_id" <> '' THEN "t56"."app_id" ELSE "t70"."ran_app_id" END AS "app_id",
                                                      CASE
                                                        WHEN "t56"."app_id" <> ''
                                                        THEN "t56"."used_by_team_id"
                                                        ELSE "t70"."ran_by_team_id"
                                                      END AS "team_id",
                                                      CASE
                                                        WHEN "t56"."app_id" <> ''
                                                        THEN "t56"."used_by_cost_center"
                                                        ELSE "t70"."ran_by_cost_center"
                                                      END AS "cost_center",
                                                      CASE
                                                        WHEN "t56"."app_id" <> ''
                                                        THEN "t56"."used_by_environment"
                                                        ELSE "t70"."ran_by_environment"
                                                      END AS "environment",
                                                      CASE
                                                        WHEN "t56"."app_id" <> ''
                                                        THEN "t56"."used_by_lifecycle"
                                                        ELSE "t70"."ran_by_lifecycle"
                                                      END AS "lifecycle",
                                                      "t56"."list_cost" AS "list_cost",
                                                      "t56"."effective_cost" AS "effective_cost",
                                                      "t56"."billed_cost" AS "billed_cost",
                                                      "t56"."unattributed_cost" AS "unattributed_cost",
                                                      "t56"."ephemeral_cost" AS "ephemeral_cost",
                                                      "t56"."requests" AS "requests",
                                                      "t56"."input_tokens" AS "input_tokens",
                                                      "t56"."cache_read_tokens" AS "cache_read_tokens",
                                                      "t56"."cache_write_tokens" AS "cache_write_tokens",
                                                      "t56"."output_tokens" AS "output_tokens",
                                                      "t56"."tokens" AS "tokens",
                                                      "t56"."cpu_core_hours" AS "cpu_core_hours",
                                                      "t56"."memory_gb_hours" AS "memory_gb_hours",
                                                      "t56"."instance_hours" AS "instance_hours",
                                                      "t56"."gpu_hours" AS "gpu_hours",
                                                      "t56"."storage_gb_hours" AS "storage_gb_hours",
                                                      "t56"."egress_gb" AS "egress_gb",
                                                      "t56"."event_count" AS "event_count",
                                                      "t56"."unpriced_events" AS "unpriced_events",
                                                      "t56"."token_cost" AS "token_cost",
                                                      GREATEST("t56"."active_hours", "t70"."run_hours") AS "active_hours"
                                                    FROM (
                                                      SELECT
                                                        "t53"."charge_period_start" AS "charge_period_start",
                                                        "t53"."charge_period_end" AS "charge_period_end",
                                                        "t53"."app_id" AS "app_id",
                                                        "t53"."list_cost" AS "list_cost",
                                                        "t53"."effective_cost" AS "effective_cost",
                                                        "t53"."billed_cost" AS "billed_cost",
                                                        "t53"."unattributed_cost" AS "unattributed_cost",
                                                        "t53"."ephemeral_cost" AS "ephemeral_cost",
                                                        "t53"."requests" AS "requests",
                                                        "t53"."input_tokens" AS "input_tokens",
                                                        "t53"."cache_read_tokens" AS "cache_read_tokens",
                                                        "t53"."cache_write_tokens" AS "cache_write_tokens",
                                                        "t53"."output_tokens" AS "output_tokens",
                                                        "t53"."tokens" AS "tokens",
                                                        "t53"."cpu_core_hours" AS "cpu_core_hours",
                                                        "t53"."memory_gb_hours" AS "memory_gb_hours",
                                                        "t53"."instance_hours" AS "instance_hours",
                                                        "t53"."gpu_hours" AS "gpu_hours",
                                                        "t53"."storage_gb_hours" AS "storage_gb_hours",
                                                        "t53"."egress_gb" AS "egress_gb",
                                                        "t53"."event_count" AS "event_count",
                                                        "t53"."unpriced_events" AS "unpriced_events",
                                                        "t53"."token_cost" AS "token_cost",
                                                        "t53"."active_hours" AS "active_hours",
                                                        splitByString('\x1f', CAST("t53"."latest" AS String))[2] AS "used_by_team_id",
                                                        splitByString('\x1f', CAST("t53"."latest" AS String))[3] AS "used_by_cost_center",
                                                        splitByString('\x1f', CAST("t53"."latest" AS String))[4] AS "used_by_environment",
                                                        splitByString('\x1f', CAST("t53"."latest" AS String))[5] AS "used_by_lifecycle"
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
                                                      ) AS "t53"
                                                    ) AS "t56"
                                                    FULL OUTER JOIN (
                                                      SELECT
                                                        "t68"."charge_period_start" AS "ran_charge_period_start",
                                                        "t68"."charge_period_end" AS "ran_charge_period_end",
                                                        "t68"."app_id" AS "ran_app_id",
                                                        "t68"."ran_by_team_id" AS "ran_by_team_id",
                                                        CASE
                                                          WHEN "t68"."ran_by_cost_center" <> ''
                                                          THEN "t68"."ran_by_cost_center"
                                                          ELSE CASE
                                                            WHEN "t68"."time" < "t68"."team_valid_to"
                                                            THEN "t68"."team_cost_center"
                                                            ELSE ''
                                                          END
                                                        END AS "ran_by_cost_center",
                                                        "t68"."ran_by_environment" AS "ran_by_environment",
                                                        "t68"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                        CAST(CAST("t68"."run_milliseconds" AS Decimal(76, 12)) / 3600000 AS Decimal(76, 12)) AS "run_hours"
                                                      FROM (
                                                        SELECT
                                                          "t67"."charge_period_start" AS "charge_period_start",
                                                          "t67"."charge_period_end" AS "charge_period_end",
                                                          "t67"."app_id" AS "app_id",
                                                          "t67"."run_milliseconds" AS "run_milliseconds",
                                                          "t67"."ended" AS "ended",
                                                          "t67"."time" AS "time",
                                                          "t67"."ran_by_app_id" AS "ran_by_app_id",
                                                          "t67"."ran_by_app_name" AS "ran_by_app_name",
                                                          "t67"."ran_by_team_id" AS "ran_by_team_id",
                                                          "t67"."ran_by_cost_center" AS "ran_by_cost_center",
                                                          "t67"."ran_by_environment" AS "ran_by_environment",
                                                          "t67"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                          "t67"."ran_by_created_by" AS "ran_by_created_by",
                                                          "t67"."ran_by_valid_from" AS "ran_by_valid_from",
                                                          "t67"."ran_by_valid_to" AS "ran_by_valid_to",
                                                          "t67"."ran_by_found" AS "ran_by_found",
                                                          "t11"."team_team_id" AS "team_team_id",
                                                          "t11"."team_team_name" AS "team_team_name",
                                                          "t11"."team_cost_center" AS "team_cost_center",
                                                          "t11"."team_valid_from" AS "team_valid_from",
                                                          "t11"."team_valid_to" AS "team_valid_to"
                                                        FROM (
                                                          SELECT
                                                            "t65"."charge_period_start" AS "charge_period_start",
                                                            "t65"."charge_period_end" AS "charge_period_end",
                                                            "t65"."app_id" AS "app_id",
                                                            "t65"."run_milliseconds" AS "run_milliseconds",
                                                            "t65"."ended" AS "ended",
                                                            "t65"."time" AS "time",
                                                            "t65"."ran_by_app_id" AS "ran_by_app_id",
                                                            "t65"."ran_by_app_name" AS "ran_by_app_name",
                                                            "t65"."ran_by_team_id" AS "ran_by_team_id",
                                                            "t65"."ran_by_cost_center" AS "ran_by_cost_center",
                                                            "t65"."ran_by_environment" AS "ran_by_environment",
                                                            "t65"."ran_by_lifecycle" AS "ran_by_lifecycle",
                                                            "t65"."ran_by_created_by" AS "ran_by_created_by",
                                                            "t65"."ran_by_valid_from" AS "ran_by_valid_from",
                                                            "t65"."ran_by_valid_to" AS "ran_by_valid_to",
                                                            "t65"."time" < "t65"."ran_by_valid_to" AS "ran_by_found"
                                                          FROM (
                                                            SELECT
                                                              "t64"."charge_period_start" AS "charge_period_start",
                                                              "t64"."charge_period_end" AS "charge_period_end",
                                                              "t64"."app_id" AS "app_id",
                                                              "t64"."run_milliseconds" AS "run_milliseconds",
                                                              "t64"."ended" AS "ended",
                                                              "t64"."time" AS "time",
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
                                                                "t62"."charge_period_start" AS "charge_period_start",
                                                                "t62"."charge_period_end" AS "charge_period_end",
                                                                "t62"."app_id" AS "app_id",
                                                                "t62"."run_milliseconds" AS "run_milliseconds",
                                                                "t62"."ended" AS "ended",
                                                                subtractMilliseconds("t62"."ended", 1) AS "time"
                                                              FROM (
                                                                SELECT
                                                                  "t61"."charge_period_start" AS "charge_period_start",
                                                                  "t61"."charge_period_end" AS "charge_period_end",
                                                                  "t61"."app_id" AS "app_id",
                                                                  SUM(DATE_DIFF(MILLISECOND, "t61"."begins", "t61"."ends")) AS "run_milliseconds",
                                                                  MAX("t61"."ends") AS "ended"
                                                                FROM (
                                                                  SELECT
                                                                    *
                                                                  FROM (
                                                                    SELECT
                                                                      "t59"."app_id" AS "app_id",
                                                                      GREATEST(
                                                                        "t59"."begins",
                                                                        "t59"."opens",
                                                                        toTimeZone(CAST(toDateTime("t59"."day" * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                                                                      ) AS "begins",
                                                                      LEAST(
                                                                        "t59"."ends",
                                                                        "t59"."closes",
                                                                        toTimeZone(CAST(toDateTime((
                                                                          "t59"."day" + 1
                                                                        ) * 86400) AS DateTime64(3, 'UTC')), 'UTC')
                                                                      ) AS "ends",
                                                                      "t59"."day" AS "day",
                                                                      "t59"."charge_period_start" AS "charge_period_start",
                                                                      "t59"."charge_period_end" AS "charge_period_end",
                                                                      "t59"."opens" AS "opens",
                                                                      "t59"."closes" AS "closes"
                                                                    FROM (
                                                                      SELECT
                                                                        "t58"."app_id" AS "app_id",
                                                                        "t58"."begins" AS "begins",
                                                                        "t58"."ends" AS "ends",
                                                                        "t58"."day" AS "day",
                                                                        "t32"."charge_period_start" AS "charge_period_start",
                                                                        "t32"."charge_period_end" AS "charge_period_end",
                                                                        "t32"."opens" AS "opens",
                                                                        "t32"."closes" AS "closes"
                                                                      FROM (
                                                                        SELECT
                                                                          "t52"."app_id" AS "app_id",
                                                                          "t52"."begins" AS "begins",
                                                                          "t52"."ends" AS "ends",
                                                                          arrayJoin(
                                                                            range(
                                                                              CAST(FLOOR((
                                                                                toRelativeSecondNum("t52"."begins")
                                                                              ) / (
                                                                                86400
                                                                              )) AS Nullable(Int64)),
                                                                              GREATEST(
                                                                                CAST(FLOOR((
                                                                                  toRelativeSecondNum("t52"."begins")
                                                                                ) / (
                                                                                  86400
                                                                                )) AS Nullable(Int64)),
                                                                                CAST(FLOOR((
                                                                                  (
                                                                                    toRelativeSecondNum("t52"."ends") + 86400
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
                                                                          ) AS "t48"
                                                                          WHERE
                                                                            GREATEST("t48"."run_start", toTimeZone(CAST("t48"."first" AS DateTime64(3, 'UTC')), 'UTC')) < LEAST("t48"."run_end", toTimeZone(CAST("t48"."last" AS DateTime64(3, 'UTC')), 'UTC'))
                                                                        ) AS "t52"
                                                                      ) AS "t58"
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
                                                                        ON "t58"."day" = "t32"."day"
                                                                    ) AS "t59"
                                                                  ) AS "t60"
                                                                  WHERE
                                                                    "t60"."begins" < "t60"."ends"
                                                                ) AS "t61"
                                                                GROUP BY
                                                                  "t61"."charge_period_start",
                                                                  "t61"."charge_period_end",
                                                                  "t61"."app_id"
                                                              ) AS "t62"
                                                            ) AS "t64"
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
                                                              ON "t64"."time" >= "t13"."ran_by_valid_from"
                                                              AND "t64"."app_id" = "t13"."ran_by_app_id"
                                                          ) AS "t65"
                                                          WHERE
                                                            "t65"."time" < "t65"."ran_by_valid_to"
                                                        ) AS "t67"
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
                                                          ON "t67"."time" >= "t11"."team_valid_from"
                                                          AND "t67"."ran_by_team_id" = "t11"."team_team_id"
                                                      ) AS "t68"
                                                    ) AS "t70"
                                                      ON "t56"."charge_period_start" = "t70"."ran_charge_period_start"
                                                      AND "t56"."charge_period_end" = "t70"."ran_charge_period_end"
                                                      AND "t56"."app_id" = "t70"."ran_app_id"
                                                  ) AS "t71"
                                                  ORDER BY
                                                    "t71"."charge_period_start" ASC,
                                                    "t71"."charge_period_end" ASC,
                                                    "t71"."app_id" ASC
                                                ) AS "t72"
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
                                              ) AS "t74"
                                              INNER JOIN (
                                                SELECT
                                                  "t50"."charge_period_start" AS "charge_period_start",
                                                  "t50"."charge_period_end" AS "charge_period_end",
                                                  "t50"."cost_type" AS "cost_type",
                                                  "t50"."pool" AS "pool",
                                                  "t50"."pooled_events" AS "pooled_events",
                                                  "t50"."pooled_digest" AS "pooled_digest",
                                                  "t50"."method" AS "method",
                                                  "t50"."basis" AS "basis",
                                                  "t50"."floor" AS "floor",
                                                  "t50"."weights" AS "weights",
                                                  "t50"."footnote" AS "footnote",
                                                  "t50"."owner" AS "owner",
                                                  "t50"."allocated_method_id" AS "allocated_method_id",
                                                  "t50"."variant" AS "variant",
                                                  sipHash64(
                                                    "t50"."variant",
                                                    "t50"."charge_period_start",
                                                    "t50"."charge_period_end",
                                                    "t50"."cost_type"
                                                  ) AS "pool_id"
                                                FROM (
                                                  SELECT
                                                    *
                                                  FROM (
                                                    SELECT
                                                      "t42"."charge_period_start" AS "charge_period_start",
                                                      "t42"."charge_period_end" AS "charge_period_end",
                                                      "t42"."cost_type" AS "cost_type",
                                                      "t42"."pool" AS "pool",
                                                      "t42"."pooled_events" AS "pooled_events",
                                                      "t42"."pooled_digest" AS "pooled_digest",
                                                      CASE
                                                        WHEN TRUE
                                                        THEN 'proportional'
                                                        ELSE CASE
                                                          WHEN "t42"."own_found"
                                                          THEN "t42"."own_method"
                                                          WHEN "t42"."time" < "t42"."any_valid_to"
                                                          THEN "t42"."any_method"
                                                          ELSE ''
                                                        END
                                                      END AS "method",
                                                      CASE
                                                        WHEN TRUE
                                                        THEN 'effective_cost'
                                                        ELSE CASE
                                                          WHEN "t42"."own_found"
                                                          THEN "t42"."own_basis"
                                                          WHEN "t42"."time" < "t42"."any_valid_to"
                                                          THEN "t42"."any_basis"
                                                          ELSE ''
                                                        END
                                                      END AS "basis",
                                                      CASE
                                                        WHEN TRUE
                                                        THEN toDecimal128(0E-9, 9)
                                                        ELSE CASE
                                                          WHEN "t42"."own_found"
                                                          THEN "t42"."own_floor"
                                                          WHEN "t42"."time" < "t42"."any_valid_to"
                                                          THEN "t42"."any_floor"
                                                          ELSE CAST(0 AS Decimal(38, 9))
                                                        END
                                                      END AS "floor",
                                                      CASE
                                                        WHEN TRUE
                                                        THEN CAST(tuple([''], [toDecimal64(0E-9, 9)]) AS Map(String, Nullable(Decimal(18, 9))))
                                                        ELSE CASE WHEN "t42"."own_found" THEN "t42"."own_weights" ELSE "t42"."any_weights" END
                                                      END AS "weights",
                                                      CASE
                                                        WHEN "t42"."own_found"
                                                        THEN "t42"."own_footnote"
                                                        WHEN "t42"."time" < "t42"."any_valid_to"
                                                        THEN "t42"."any_footnote"
                                                        ELSE ''
                                                      END AS "footnote",
                                                      CASE
                                                        WHEN "t42"."own_found"
                                                        THEN "t42"."own_owner"
                                                        WHEN "t42"."time" < "t42"."any_valid_to"
                                                        THEN "t42"."any_owner"
                                                        ELSE ''
                                                      END AS "owner",
                                                      CASE
                                                        WHEN "t42"."own_found"
                                                        THEN "t42"."own_allocated_method_id"
                                                        WHEN "t42"."time" < "t42"."any_valid_to"
                                                        THEN "t42"."any_allocated_method_id"
                                                        ELSE ''
                                                      END AS "allocated_method_id",
                                                      2 AS "variant"
                                                    FROM "t41" AS "t42"
                                                    ORDER BY
                                                      "t42"."charge_period_start" ASC,
                                                      "t42"."charge_period_end" ASC,
                                                      "t42"."cost_type" ASC
                                                  ) AS "t46"
                                                  UNION ALL
                                                  SELECT
                                                    *
                                                  FROM (
                                                    SELECT
                                                      *
                                                    FROM (
                                                      SELECT
                                                        "t42"."charge_period_start" AS "charge_period_start",
                                                        "t42"."charge_period_end" AS "charge_period_end",
                                                        "t42"."cost_type" AS "cost_type",
                                                        "t42"."pool" AS "pool",
                                                        "t42"."pooled_events" AS "pooled_events",
                                                        "t42"."pooled_digest" AS "pooled_digest",
                                                        CASE
                                                          WHEN "t42"."own_found"
                                                          THEN "t42"."own_method"
                                                          WHEN "t42"."time" < "t42"."any_valid_to"
                                                          THEN "t42"."any_method"
                                                          ELSE ''
                                                        END AS "method",
                                                        CASE
                                                          WHEN "t42"."own_found"
                                                          THEN "t42"."own_basis"
                                                          WHEN "t42"."time" < "t42"."any_valid_to"
                                                          THEN "t42"."any_basis"
                                                          ELSE ''
                                                        END AS "basis",
                                                        CASE
                                                          WHEN "t42"."own_found"
                                                          THEN "t42"."own_floor"
                                                          WHEN "t42"."time" < "t42"."any_valid_to"
                                                          THEN "t42"."any_floor"
                                                          ELSE CAST(0 AS Decimal(38, 9))
                                                        END AS "floor",
                                                        CASE WHEN "t42"."own_found" THEN "t42"."own_weights" ELSE "t42"."any_weights" END AS "weights",
                                                        CASE
                                                          WHEN "t42"."own_found"
                                                          THEN "t42"."own_footnote"
                                                          WHEN "t42"."time" < "t42"."any_valid_to"
                                                          THEN "t42"."any_footnote"
                                                          ELSE ''
                                                        END AS "footnote",
                                                        CASE
                                                          WHEN "t42"."own_found"
                                                          THEN "t42"."own_owner"
                                                          WHEN "t42"."time" < "t42"."any_valid_to"
                                                          THEN "t42"."any_owner"
                                                          ELSE ''
                                                        END AS "owner",
                                                        CASE
                                                          WHEN "t42"."own_found"
                                                          THEN "t42"."own_allocated_method_id"
                                                          WHEN "t42"."time" < "t42"."any_valid_to"
                                                          THEN "t42"."any_allocated_method_id"
                                                          ELSE ''
                                                        END AS "allocated_method_id",
                                                        0 AS "variant"
                                                      FROM "t41" AS "t42"
                                                      ORDER BY
                                                        "t42"."charge_period_start" ASC,
                                                        "t42"."charge_period_end" ASC,
                                                        "t42"."cost_type" ASC
                                                    ) AS "t45"
                                                    UNION ALL
                                                    SELECT
                                                      *
                                                    FROM (
                                                      SELECT
                                                        "t42"."charge_period_start" AS "charge_period_start",
                                                        "t42"."charge_period_end" AS "charge_period_end",
                                                        "t42"."cost_type" AS "cost_type",
                                                        "t42"."pool" AS "pool",
                                                        "t42"."pooled_events" AS "pooled_events",
                                                        "t42"."pooled_digest" AS "pooled_digest",
                                                        CASE
                                                          WHEN TRUE
                                                          THEN 'even'
                                                          ELSE CASE
                                                            WHEN "t42"."own_found"
                                                            THEN "t42"."own_method"
                                                            WHEN "t42"."time" < "t42"."any_valid_to"
                                                            THEN "t42"."any_method"
                                                            ELSE ''
                                                          END
                                                        END AS "method",
                                                        CASE
                                                          WHEN TRUE
                                                          THEN ''
                                                          ELSE CASE
                                                            WHEN "t42"."own_found"
                                                            THEN "t42"."own_basis"
                                                            WHEN "t42"."time" < "t42"."any_valid_to"
                                                            THEN "t42"."any_basis"
                                                            ELSE ''
                                                          END
                                                        END AS "basis",
                                                        CASE
                                                          WHEN TRUE
                                                          THEN toDecimal128(0E-9, 9)
                                                          ELSE CASE
                                                            WHEN "t42"."own_found"
                                                            THEN "t42"."own_floor"
                                                            WHEN "t42"."time" < "t42"."any_valid_to"
                                                            THEN "t42"."any_floor"
                                                            ELSE CAST(0 AS Decimal(38, 9))
                                                          END
                                                        END AS "floor",
                                                        CASE
                                                          WHEN TRUE
                                                          THEN CAST(tuple([''], [toDecimal64(0E-9, 9)]) AS Map(String, Nullable(Decimal(18, 9))))
                                                          ELSE CASE WHEN "t42"."own_found" THEN "t42"."own_weights" ELSE "t42"."any_weights" END
                                                        END AS "weights",
                                                        CASE
                                                          WHEN "t42"."own_found"
                                                          THEN "t42"."own_footnote"
                                                          WHEN "t42"."time" < "t42"."any_valid_to"
                                                          THEN "t42"."any_footnote"
                                                          ELSE ''
                                                        END AS "footnote",
                                                        CASE
                                                          WHEN "t42"."own_found"
                                                          THEN "t42"."own_owner"
                                                          WHEN "t42"."time" < "t42"."any_valid_to"
                                                          THEN "t42"."any_owner"
                                                          ELSE ''
                                                        END AS "owner",
                                                        CASE
                                                          WHEN "t42"."own_found"
                                                          THEN "t42"."own_allocated_method_id"
                                                          WHEN "t42"."time" < "t42"."any_valid_to"
                                                          THEN "t42"."any_allocated_method_id"
                                                          ELSE ''
                                                        END AS "allocated_method_id",
                                                        1 AS "variant"
                                                      FROM "t41" AS "t42"
                                                      ORDER BY
                                                        "t42"."charge_period_start" ASC,
                                                        "t42"."charge_period_end" ASC,
                                                        "t42"."cost_type" ASC
                                                    ) AS "t47"
                                                  ) AS "t49"
                                                ) AS "t50"
                                              ) AS "t54"
                                                ON "t74"."charge_period_start" = "t54"."charge_period_start"
                                                AND "t74"."charge_period_end" = "t54"."charge_period_end"
                                            ) AS "t75"
                                          ) AS "t76"
                                          WHERE
                                            (
                                              "t76"."app_id" = ''
                                            )
                                            OR (
                                              "t76"."method" IN ('even', 'proportional', 'fixed', 'floor_plus_share')
                                              AND (
                                                (
                                                  "t76"."method" <> 'fixed'
                                                )
                                                OR (
                                                  "t76"."basis_quantity" > CAST(0 AS Decimal(76, 12))
                                                )
                                              )
                                            )
                                        ) AS "t77"
                                      ) AS "t78"
                                    ) AS "t79"
                                  ) AS "t80"
                                  WHERE
                                    (
                                      "t80"."app_id" <> ''
                                    ) OR (
                                      "t80"."weighed" > toInt256(0)
                                    )
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
            ) AS "t91"
          ) AS "t92"
        ) AS "t93"
      ) AS "t94"
      GROUP BY
        "t94"."bearer"
    ) AS "t95"
  ) AS "t96"
) AS "t97"
ORDER BY
  "t97"."method_number" ASC,
  "t97"."todays_cost" DESC,
  "t97"."team_id" ASC
