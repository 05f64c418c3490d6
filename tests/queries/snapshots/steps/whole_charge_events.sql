SELECT
  "t11".*
  EXCEPT ("reached")
FROM (
  SELECT
    "t10"."time" AS "time",
    "t10"."source" AS "source",
    "t10"."event_id" AS "event_id",
    "t10"."meter" AS "meter",
    "t10"."quantity" AS "quantity",
    "t10"."resource_id" AS "resource_id",
    "t10"."app_id" AS "app_id",
    "t10"."team_id" AS "team_id",
    "t10"."cost_center" AS "cost_center",
    "t10"."environment" AS "environment",
    "t10"."lifecycle" AS "lifecycle",
    "t10"."attribution_rule" AS "attribution_rule",
    "t10"."sku_id" AS "sku_id",
    "t10"."pricing_category" AS "pricing_category",
    "t10"."list_unit_price" AS "list_unit_price",
    "t10"."pricing_block" AS "pricing_block",
    "t10"."discount_rule_id" AS "discount_rule_id",
    "t10"."markup_rule_id" AS "markup_rule_id",
    "t10"."sku_price_id" AS "sku_price_id",
    "t10"."is_estimated" AS "is_estimated",
    "t10"."lease_id" AS "lease_id",
    "t10"."received_at" AS "received_at",
    "t10"."reached" AS "reached",
    "t10"."is_whole" AS "is_whole",
    minus(
      divide(
        multiply(CAST("t10"."reached" AS Nullable(Decimal(76, 9))), "t10"."list_unit_price"),
        GREATEST("t10"."pricing_block", 1)
      ),
      divide(
        multiply(
          CAST(minus("t10"."reached", "t10"."quantity") AS Nullable(Decimal(76, 9))),
          "t10"."list_unit_price"
        ),
        GREATEST("t10"."pricing_block", 1)
      )
    ) AS "list_cost",
    minus(
      CAST(multiply(
        divide(
          multiply(CAST("t10"."reached" AS Nullable(Decimal(76, 9))), "t10"."list_unit_price"),
          GREATEST("t10"."pricing_block", 1)
        ),
        1 - CASE
          WHEN "t10"."discount_rule_id" = 'less@2026-01-01T00:00:00Z'
          THEN toDecimal64(0.250000000, 9)
          ELSE CAST(0 AS Nullable(Decimal(18, 9)))
        END
      ) AS Nullable(Decimal(76, 21))),
      CAST(multiply(
        divide(
          multiply(
            CAST(minus("t10"."reached", "t10"."quantity") AS Nullable(Decimal(76, 9))),
            "t10"."list_unit_price"
          ),
          GREATEST("t10"."pricing_block", 1)
        ),
        1 - CASE
          WHEN "t10"."discount_rule_id" = 'less@2026-01-01T00:00:00Z'
          THEN toDecimal64(0.250000000, 9)
          ELSE CAST(0 AS Nullable(Decimal(18, 9)))
        END
      ) AS Nullable(Decimal(76, 21)))
    ) AS "effective_cost",
    minus(
      CAST(multiply(
        CAST(multiply(
          divide(
            multiply(CAST("t10"."reached" AS Nullable(Decimal(76, 9))), "t10"."list_unit_price"),
            GREATEST("t10"."pricing_block", 1)
          ),
          1 - CASE
            WHEN "t10"."discount_rule_id" = 'less@2026-01-01T00:00:00Z'
            THEN toDecimal64(0.250000000, 9)
            ELSE CAST(0 AS Nullable(Decimal(18, 9)))
          END
        ) AS Nullable(Decimal(76, 21))),
        CASE
          WHEN "t10"."markup_rule_id" = 'more@2026-01-01T00:00:00Z'
          THEN toDecimal64(0.100000000, 9)
          ELSE CAST(0 AS Nullable(Decimal(18, 9)))
        END + 1
      ) AS Nullable(Decimal(76, 21))),
      CAST(multiply(
        CAST(multiply(
          divide(
            multiply(
              CAST(minus("t10"."reached", "t10"."quantity") AS Nullable(Decimal(76, 9))),
              "t10"."list_unit_price"
            ),
            GREATEST("t10"."pricing_block", 1)
          ),
          1 - CASE
            WHEN "t10"."discount_rule_id" = 'less@2026-01-01T00:00:00Z'
            THEN toDecimal64(0.250000000, 9)
            ELSE CAST(0 AS Nullable(Decimal(18, 9)))
          END
        ) AS Nullable(Decimal(76, 21))),
        CASE
          WHEN "t10"."markup_rule_id" = 'more@2026-01-01T00:00:00Z'
          THEN toDecimal64(0.100000000, 9)
          ELSE CAST(0 AS Nullable(Decimal(18, 9)))
        END + 1
      ) AS Nullable(Decimal(76, 21)))
    ) AS "billed_cost"
  FROM (
    SELECT
      "t9"."time" AS "time",
      "t9"."source" AS "source",
      "t9"."event_id" AS "event_id",
      "t9"."meter" AS "meter",
      "t9"."quantity" AS "quantity",
      "t9"."resource_id" AS "resource_id",
      "t9"."app_id" AS "app_id",
      "t9"."team_id" AS "team_id",
      "t9"."cost_center" AS "cost_center",
      "t9"."environment" AS "environment",
      "t9"."lifecycle" AS "lifecycle",
      "t9"."attribution_rule" AS "attribution_rule",
      "t9"."sku_id" AS "sku_id",
      "t9"."pricing_category" AS "pricing_category",
      "t9"."list_unit_price" AS "list_unit_price",
      "t9"."pricing_block" AS "pricing_block",
      "t9"."discount_rule_id" AS "discount_rule_id",
      "t9"."markup_rule_id" AS "markup_rule_id",
      "t9"."sku_price_id" AS "sku_price_id",
      "t9"."is_estimated" AS "is_estimated",
      "t9"."lease_id" AS "lease_id",
      "t9"."received_at" AS "received_at",
      "t9"."reached" AS "reached",
      CAST(COUNT(*) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS UInt64) = (
        SELECT
          SUM("t5"."event_count") AS "sum_count_0(event_count)"
        FROM (
          SELECT
            "t1"."charge_period_start" AS "charge_period_start",
            "t1"."resource_id" AS "resource_id",
            "t1"."app_id" AS "app_id",
            "t1"."team_id" AS "team_id",
            "t1"."cost_center" AS "cost_center",
            "t1"."environment" AS "environment",
            "t1"."lifecycle" AS "lifecycle",
            "t1"."attribution_rule" AS "attribution_rule",
            "t1"."sku_id" AS "sku_id",
            "t1"."pricing_category" AS "pricing_category",
            "t1"."is_reconciled" AS "is_reconciled",
            "t1"."is_estimated" AS "is_estimated",
            "t1"."sku_price_id" AS "sku_price_id",
            CAST(COALESCE("t1"."list_unit_price", CAST(-1 AS Nullable(Decimal(38, 12)))) AS Decimal(38, 12)) AS "known_price",
            "t1"."discount_rule_id" AS "discount_rule_id",
            "t1"."markup_rule_id" AS "markup_rule_id",
            "t1"."list_unit_price" AS "list_unit_price",
            "t1"."pricing_block" AS "pricing_block",
            "t1"."event_count" AS "event_count",
            "t1"."event_digest" AS "event_digest"
          FROM "charges" AS "t1"
        ) AS "t5"
      ) AS "is_whole"
    FROM (
      SELECT
        "t8"."time" AS "time",
        "t8"."source" AS "source",
        "t8"."event_id" AS "event_id",
        "t8"."meter" AS "meter",
        "t8"."quantity" AS "quantity",
        "t8"."resource_id" AS "resource_id",
        "t3"."app_id" AS "app_id",
        "t3"."team_id" AS "team_id",
        "t3"."cost_center" AS "cost_center",
        "t3"."environment" AS "environment",
        "t3"."lifecycle" AS "lifecycle",
        "t3"."attribution_rule" AS "attribution_rule",
        "t8"."sku_id" AS "sku_id",
        "t3"."pricing_category" AS "pricing_category",
        "t3"."list_unit_price" AS "list_unit_price",
        "t3"."pricing_block" AS "pricing_block",
        "t3"."discount_rule_id" AS "discount_rule_id",
        "t3"."markup_rule_id" AS "markup_rule_id",
        "t3"."sku_price_id" AS "sku_price_id",
        "t3"."is_estimated" AS "is_estimated",
        "t8"."lease_id" AS "lease_id",
        "t8"."received_at" AS "received_at",
        "t8"."reached" AS "reached"
      FROM (
        SELECT
          "t4"."time" AS "time",
          "t4"."source" AS "source",
          "t4"."event_id" AS "event_id",
          "t4"."meter" AS "meter",
          "t4"."quantity" AS "quantity",
          "t4"."lease_id" AS "lease_id",
          "t4"."received_at" AS "received_at",
          "t4"."charge_period_start" AS "charge_period_start",
          "t4"."resource_id" AS "resource_id",
          "t4"."sku_id" AS "sku_id",
          SUM("t4"."quantity") OVER (
            PARTITION BY "t4"."charge_period_start", "t4"."resource_id", "t4"."sku_id", "t4"."claimed_app_id", "t4"."claimed_environment", "t4"."claimed_is_authenticated", "t4"."claimed_is_spot", "t4"."claimed_is_estimated"
            ORDER BY "t4"."time" ASC, "t4"."source" ASC, "t4"."event_id" ASC, "t4"."meter" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS "reached",
          CAST(COUNT(*) OVER (
            PARTITION BY "t4"."charge_period_start", "t4"."resource_id", "t4"."sku_id", "t4"."claimed_app_id", "t4"."claimed_environment", "t4"."claimed_is_authenticated", "t4"."claimed_is_spot", "t4"."claimed_is_estimated"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS UInt64) AS "event_count",
          SUM("t4"."event_digest") OVER (
            PARTITION BY "t4"."charge_period_start", "t4"."resource_id", "t4"."sku_id", "t4"."claimed_app_id", "t4"."claimed_environment", "t4"."claimed_is_authenticated", "t4"."claimed_is_spot", "t4"."claimed_is_estimated"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "event_digest"
        FROM (
          SELECT
            "t0"."time" AS "time",
            "t0"."source" AS "source",
            "t0"."event_id" AS "event_id",
            "t0"."meter" AS "meter",
            "t0"."quantity" AS "quantity",
            "t0"."lease_id" AS "lease_id",
            "t0"."received_at" AS "received_at",
            "t0"."event_digest" AS "event_digest",
            "t0"."resource_id" AS "resource_id",
            "t0"."sku_id" AS "sku_id",
            toTimeZone(CAST(dateTrunc('HOUR', "t0"."time") AS DateTime64(0, 'UTC')), 'UTC') AS "charge_period_start",
            "t0"."app_id" AS "claimed_app_id",
            "t0"."environment" AS "claimed_environment",
            "t0"."is_authenticated" AS "claimed_is_authenticated",
            "t0"."is_spot" AS "claimed_is_spot",
            "t0"."is_estimated" AS "claimed_is_estimated"
          FROM "usage" AS "t0"
        ) AS "t4"
      ) AS "t8"
      INNER JOIN (
        SELECT
          "t1"."charge_period_start" AS "charge_period_start",
          "t1"."resource_id" AS "resource_id",
          "t1"."sku_id" AS "sku_id",
          "t1"."app_id" AS "app_id",
          "t1"."team_id" AS "team_id",
          "t1"."cost_center" AS "cost_center",
          "t1"."environment" AS "environment",
          "t1"."lifecycle" AS "lifecycle",
          "t1"."attribution_rule" AS "attribution_rule",
          "t1"."pricing_category" AS "pricing_category",
          "t1"."list_unit_price" AS "list_unit_price",
          "t1"."pricing_block" AS "pricing_block",
          "t1"."discount_rule_id" AS "discount_rule_id",
          "t1"."markup_rule_id" AS "markup_rule_id",
          "t1"."sku_price_id" AS "sku_price_id",
          "t1"."is_estimated" AS "is_estimated",
          "t1"."event_count" AS "event_count",
          "t1"."event_digest" AS "event_digest"
        FROM "charges" AS "t1"
      ) AS "t3"
        ON "t8"."charge_period_start" = "t3"."charge_period_start"
        AND "t8"."resource_id" = "t3"."resource_id"
        AND "t8"."sku_id" = "t3"."sku_id"
        AND "t8"."event_count" = "t3"."event_count"
        AND "t8"."event_digest" = "t3"."event_digest"
    ) AS "t9"
  ) AS "t10"
) AS "t11"
