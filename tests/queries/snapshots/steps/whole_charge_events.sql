SELECT
  "t20".*
  EXCEPT ("reached")
FROM (
  SELECT
    "t19"."time" AS "time",
    "t19"."source" AS "source",
    "t19"."event_id" AS "event_id",
    "t19"."meter" AS "meter",
    "t19"."quantity" AS "quantity",
    "t19"."resource_id" AS "resource_id",
    "t19"."app_id" AS "app_id",
    "t19"."team_id" AS "team_id",
    "t19"."cost_center" AS "cost_center",
    "t19"."environment" AS "environment",
    "t19"."lifecycle" AS "lifecycle",
    "t19"."attribution_rule" AS "attribution_rule",
    "t19"."sku_id" AS "sku_id",
    "t19"."pricing_category" AS "pricing_category",
    "t19"."list_unit_price" AS "list_unit_price",
    "t19"."pricing_block" AS "pricing_block",
    "t19"."discount_rule_id" AS "discount_rule_id",
    "t19"."markup_rule_id" AS "markup_rule_id",
    "t19"."sku_price_id" AS "sku_price_id",
    "t19"."is_estimated" AS "is_estimated",
    "t19"."lease_id" AS "lease_id",
    "t19"."received_at" AS "received_at",
    "t19"."reached" AS "reached",
    "t19"."is_whole" AS "is_whole",
    minus(
      divide(
        multiply(CAST("t19"."reached" AS Nullable(Decimal(76, 9))), "t19"."list_unit_price"),
        GREATEST("t19"."pricing_block", 1)
      ),
      divide(
        multiply(
          CAST(minus("t19"."reached", "t19"."quantity") AS Nullable(Decimal(76, 9))),
          "t19"."list_unit_price"
        ),
        GREATEST("t19"."pricing_block", 1)
      )
    ) AS "list_cost",
    minus(
      CAST(multiply(
        divide(
          multiply(CAST("t19"."reached" AS Nullable(Decimal(76, 9))), "t19"."list_unit_price"),
          GREATEST("t19"."pricing_block", 1)
        ),
        1 - CASE
          WHEN "t19"."discount_rule_id" = 'less@2026-01-01T00:00:00Z'
          THEN toDecimal64(0.250000000, 9)
          ELSE CAST(0 AS Nullable(Decimal(18, 9)))
        END
      ) AS Nullable(Decimal(76, 21))),
      CAST(multiply(
        divide(
          multiply(
            CAST(minus("t19"."reached", "t19"."quantity") AS Nullable(Decimal(76, 9))),
            "t19"."list_unit_price"
          ),
          GREATEST("t19"."pricing_block", 1)
        ),
        1 - CASE
          WHEN "t19"."discount_rule_id" = 'less@2026-01-01T00:00:00Z'
          THEN toDecimal64(0.250000000, 9)
          ELSE CAST(0 AS Nullable(Decimal(18, 9)))
        END
      ) AS Nullable(Decimal(76, 21)))
    ) AS "effective_cost",
    minus(
      CAST(multiply(
        CAST(multiply(
          divide(
            multiply(CAST("t19"."reached" AS Nullable(Decimal(76, 9))), "t19"."list_unit_price"),
            GREATEST("t19"."pricing_block", 1)
          ),
          1 - CASE
            WHEN "t19"."discount_rule_id" = 'less@2026-01-01T00:00:00Z'
            THEN toDecimal64(0.250000000, 9)
            ELSE CAST(0 AS Nullable(Decimal(18, 9)))
          END
        ) AS Nullable(Decimal(76, 21))),
        CASE
          WHEN "t19"."markup_rule_id" = 'more@2026-01-01T00:00:00Z'
          THEN toDecimal64(0.100000000, 9)
          ELSE CAST(0 AS Nullable(Decimal(18, 9)))
        END + 1
      ) AS Nullable(Decimal(76, 21))),
      CAST(multiply(
        CAST(multiply(
          divide(
            multiply(
              CAST(minus("t19"."reached", "t19"."quantity") AS Nullable(Decimal(76, 9))),
              "t19"."list_unit_price"
            ),
            GREATEST("t19"."pricing_block", 1)
          ),
          1 - CASE
            WHEN "t19"."discount_rule_id" = 'less@2026-01-01T00:00:00Z'
            THEN toDecimal64(0.250000000, 9)
            ELSE CAST(0 AS Nullable(Decimal(18, 9)))
          END
        ) AS Nullable(Decimal(76, 21))),
        CASE
          WHEN "t19"."markup_rule_id" = 'more@2026-01-01T00:00:00Z'
          THEN toDecimal64(0.100000000, 9)
          ELSE CAST(0 AS Nullable(Decimal(18, 9)))
        END + 1
      ) AS Nullable(Decimal(76, 21)))
    ) AS "billed_cost"
  FROM (
    SELECT
      "t18"."time" AS "time",
      "t18"."source" AS "source",
      "t18"."event_id" AS "event_id",
      "t18"."meter" AS "meter",
      "t18"."quantity" AS "quantity",
      "t18"."resource_id" AS "resource_id",
      "t18"."app_id" AS "app_id",
      "t18"."team_id" AS "team_id",
      "t18"."cost_center" AS "cost_center",
      "t18"."environment" AS "environment",
      "t18"."lifecycle" AS "lifecycle",
      "t18"."attribution_rule" AS "attribution_rule",
      "t18"."sku_id" AS "sku_id",
      "t18"."pricing_category" AS "pricing_category",
      "t18"."list_unit_price" AS "list_unit_price",
      "t18"."pricing_block" AS "pricing_block",
      "t18"."discount_rule_id" AS "discount_rule_id",
      "t18"."markup_rule_id" AS "markup_rule_id",
      "t18"."sku_price_id" AS "sku_price_id",
      "t18"."is_estimated" AS "is_estimated",
      "t18"."lease_id" AS "lease_id",
      "t18"."received_at" AS "received_at",
      "t18"."reached" AS "reached",
      CAST(COUNT(*) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS UInt64) = (
        SELECT
          SUM("t8"."event_count") AS "sum_count_0(event_count)"
        FROM (
          SELECT
            "t0"."charge_period_start" AS "charge_period_start",
            "t0"."resource_id" AS "resource_id",
            "t0"."app_id" AS "app_id",
            "t0"."team_id" AS "team_id",
            "t0"."cost_center" AS "cost_center",
            "t0"."environment" AS "environment",
            "t0"."lifecycle" AS "lifecycle",
            "t0"."attribution_rule" AS "attribution_rule",
            "t0"."sku_id" AS "sku_id",
            "t0"."pricing_category" AS "pricing_category",
            "t0"."is_reconciled" AS "is_reconciled",
            "t0"."is_estimated" AS "is_estimated",
            "t0"."sku_price_id" AS "sku_price_id",
            CAST(COALESCE("t0"."list_unit_price", CAST(-1 AS Nullable(Decimal(38, 12)))) AS Decimal(38, 12)) AS "known_price",
            "t0"."discount_rule_id" AS "discount_rule_id",
            "t0"."markup_rule_id" AS "markup_rule_id",
            "t0"."list_unit_price" AS "list_unit_price",
            "t0"."pricing_block" AS "pricing_block",
            "t0"."event_count" AS "event_count",
            "t0"."event_digest" AS "event_digest"
          FROM "charges" AS "t0"
        ) AS "t8"
      ) AS "is_whole"
    FROM (
      SELECT
        "t17"."time" AS "time",
        "t17"."source" AS "source",
        "t17"."event_id" AS "event_id",
        "t17"."meter" AS "meter",
        "t17"."quantity" AS "quantity",
        "t17"."resource_id" AS "resource_id",
        "t17"."app_id" AS "app_id",
        "t17"."team_id" AS "team_id",
        "t17"."cost_center" AS "cost_center",
        "t17"."environment" AS "environment",
        "t17"."lifecycle" AS "lifecycle",
        "t17"."attribution_rule" AS "attribution_rule",
        "t17"."sku_id" AS "sku_id",
        "t17"."pricing_category" AS "pricing_category",
        "t17"."list_unit_price" AS "list_unit_price",
        "t17"."pricing_block" AS "pricing_block",
        "t17"."discount_rule_id" AS "discount_rule_id",
        "t17"."markup_rule_id" AS "markup_rule_id",
        "t17"."sku_price_id" AS "sku_price_id",
        "t17"."is_estimated" AS "is_estimated",
        "t17"."lease_id" AS "lease_id",
        "t17"."received_at" AS "received_at",
        SUM("t17"."quantity") OVER (
          PARTITION BY "t17"."charge_period_start", "t17"."resource_id", "t17"."sku_id", "t17"."claimed_app_id", "t17"."claimed_environment", "t17"."claimed_is_authenticated", "t17"."claimed_is_spot", "t17"."claimed_is_estimated", "t17"."charged_digest"
          ORDER BY "t17"."time" ASC, "t17"."source" ASC, "t17"."event_id" ASC, "t17"."meter" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS "reached"
      FROM (
        SELECT
          "t16"."time" AS "time",
          "t16"."source" AS "source",
          "t16"."event_id" AS "event_id",
          "t16"."meter" AS "meter",
          "t16"."quantity" AS "quantity",
          "t16"."resource_id" AS "resource_id",
          "t16"."app_id" AS "app_id",
          "t16"."team_id" AS "team_id",
          "t16"."cost_center" AS "cost_center",
          "t16"."environment" AS "environment",
          "t16"."lifecycle" AS "lifecycle",
          "t16"."attribution_rule" AS "attribution_rule",
          "t16"."sku_id" AS "sku_id",
          "t16"."pricing_category" AS "pricing_category",
          "t16"."list_unit_price" AS "list_unit_price",
          "t16"."pricing_block" AS "pricing_block",
          "t16"."discount_rule_id" AS "discount_rule_id",
          "t16"."markup_rule_id" AS "markup_rule_id",
          "t16"."sku_price_id" AS "sku_price_id",
          "t16"."is_estimated" AS "is_estimated",
          "t16"."lease_id" AS "lease_id",
          "t16"."received_at" AS "received_at",
          "t16"."claimed_app_id" AS "claimed_app_id",
          "t16"."claimed_environment" AS "claimed_environment",
          "t16"."claimed_is_authenticated" AS "claimed_is_authenticated",
          "t16"."claimed_is_spot" AS "claimed_is_spot",
          "t16"."claimed_is_estimated" AS "claimed_is_estimated",
          "t16"."charged_digest" AS "charged_digest",
          dateTrunc('HOUR', "t16"."time") AS "charge_period_start"
        FROM (
          SELECT
            "t15"."time" AS "time",
            "t15"."source" AS "source",
            "t15"."event_id" AS "event_id",
            "t15"."meter" AS "meter",
            "t15"."quantity" AS "quantity",
            "t15"."resource_id" AS "resource_id",
            "t5"."app_id" AS "app_id",
            "t5"."team_id" AS "team_id",
            "t5"."cost_center" AS "cost_center",
            "t5"."environment" AS "environment",
            "t5"."lifecycle" AS "lifecycle",
            "t5"."attribution_rule" AS "attribution_rule",
            "t15"."sku_id" AS "sku_id",
            "t5"."pricing_category" AS "pricing_category",
            "t5"."list_unit_price" AS "list_unit_price",
            "t5"."pricing_block" AS "pricing_block",
            "t5"."discount_rule_id" AS "discount_rule_id",
            "t5"."markup_rule_id" AS "markup_rule_id",
            "t5"."sku_price_id" AS "sku_price_id",
            "t5"."is_estimated" AS "is_estimated",
            "t15"."lease_id" AS "lease_id",
            "t15"."received_at" AS "received_at",
            "t15"."claimed_app_id" AS "claimed_app_id",
            "t15"."claimed_environment" AS "claimed_environment",
            "t15"."claimed_is_authenticated" AS "claimed_is_authenticated",
            "t15"."claimed_is_spot" AS "claimed_is_spot",
            "t15"."claimed_is_estimated" AS "claimed_is_estimated",
            "t15"."charged_digest" AS "charged_digest"
          FROM (
            SELECT
              "t13"."time" AS "time",
              "t13"."source" AS "source",
              "t13"."event_id" AS "event_id",
              "t13"."meter" AS "meter",
              "t13"."quantity" AS "quantity",
              "t13"."lease_id" AS "lease_id",
              "t13"."received_at" AS "received_at",
              "t13"."event_digest" AS "event_digest",
              "t13"."resource_id" AS "resource_id",
              "t13"."sku_id" AS "sku_id",
              "t13"."charge_period_start" AS "charge_period_start",
              "t13"."claimed_app_id" AS "claimed_app_id",
              "t13"."claimed_environment" AS "claimed_environment",
              "t13"."claimed_is_authenticated" AS "claimed_is_authenticated",
              "t13"."claimed_is_spot" AS "claimed_is_spot",
              "t13"."claimed_is_estimated" AS "claimed_is_estimated",
              "t13"."until_count" AS "until_count",
              "t13"."until_digest" AS "until_digest",
              "t13"."since_count" AS "since_count",
              "t13"."since_digest" AS "since_digest",
              "t13"."of_until" AS "of_until",
              "t13"."of_since" AS "of_since",
              GREATEST(
                MAX("t13"."of_until") OVER (
                  PARTITION BY "t13"."charge_period_start", "t13"."resource_id", "t13"."sku_id", "t13"."claimed_app_id", "t13"."claimed_environment", "t13"."claimed_is_authenticated", "t13"."claimed_is_spot", "t13"."claimed_is_estimated"
                  ORDER BY "t13"."time" ASC, "t13"."source" ASC, "t13"."event_id" ASC, "t13"."meter" ASC
                  ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
                ),
                MAX("t13"."of_since") OVER (
                  PARTITION BY "t13"."charge_period_start", "t13"."resource_id", "t13"."sku_id", "t13"."claimed_app_id", "t13"."claimed_environment", "t13"."claimed_is_authenticated", "t13"."claimed_is_spot", "t13"."claimed_is_estimated"
                  ORDER BY "t13"."time" ASC, "t13"."source" ASC, "t13"."event_id" ASC, "t13"."meter" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                )
              ) AS "charged_digest"
            FROM (
              SELECT
                "t12"."time" AS "time",
                "t12"."source" AS "source",
                "t12"."event_id" AS "event_id",
                "t12"."meter" AS "meter",
                "t12"."quantity" AS "quantity",
                "t12"."lease_id" AS "lease_id",
                "t12"."received_at" AS "received_at",
                "t12"."event_digest" AS "event_digest",
                "t12"."resource_id" AS "resource_id",
                "t12"."sku_id" AS "sku_id",
                "t12"."charge_period_start" AS "charge_period_start",
                "t12"."claimed_app_id" AS "claimed_app_id",
                "t12"."claimed_environment" AS "claimed_environment",
                "t12"."claimed_is_authenticated" AS "claimed_is_authenticated",
                "t12"."claimed_is_spot" AS "claimed_is_spot",
                "t12"."claimed_is_estimated" AS "claimed_is_estimated",
                "t12"."until_count" AS "until_count",
                "t12"."until_digest" AS "until_digest",
                "t12"."since_count" AS "since_count",
                "t12"."since_digest" AS "since_digest",
                "t6"."ends_here" AS "of_until",
                "t7"."ends_here" AS "of_since"
              FROM (
                SELECT
                  "t9"."time" AS "time",
                  "t9"."source" AS "source",
                  "t9"."event_id" AS "event_id",
                  "t9"."meter" AS "meter",
                  "t9"."quantity" AS "quantity",
                  "t9"."lease_id" AS "lease_id",
                  "t9"."received_at" AS "received_at",
                  "t9"."event_digest" AS "event_digest",
                  "t9"."resource_id" AS "resource_id",
                  "t9"."sku_id" AS "sku_id",
                  "t9"."charge_period_start" AS "charge_period_start",
                  "t9"."claimed_app_id" AS "claimed_app_id",
                  "t9"."claimed_environment" AS "claimed_environment",
                  "t9"."claimed_is_authenticated" AS "claimed_is_authenticated",
                  "t9"."claimed_is_spot" AS "claimed_is_spot",
                  "t9"."claimed_is_estimated" AS "claimed_is_estimated",
                  CAST(COUNT(*) OVER (
                    PARTITION BY "t9"."charge_period_start", "t9"."resource_id", "t9"."sku_id", "t9"."claimed_app_id", "t9"."claimed_environment", "t9"."claimed_is_authenticated", "t9"."claimed_is_spot", "t9"."claimed_is_estimated"
                    ORDER BY "t9"."time" ASC, "t9"."source" ASC, "t9"."event_id" ASC, "t9"."meter" ASC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                  ) AS UInt64) AS "until_count",
                  SUM("t9"."event_digest") OVER (
                    PARTITION BY "t9"."charge_period_start", "t9"."resource_id", "t9"."sku_id", "t9"."claimed_app_id", "t9"."claimed_environment", "t9"."claimed_is_authenticated", "t9"."claimed_is_spot", "t9"."claimed_is_estimated"
                    ORDER BY "t9"."time" ASC, "t9"."source" ASC, "t9"."event_id" ASC, "t9"."meter" ASC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                  ) AS "until_digest",
                  CAST(COUNT(*) OVER (
                    PARTITION BY "t9"."charge_period_start", "t9"."resource_id", "t9"."sku_id", "t9"."claimed_app_id", "t9"."claimed_environment", "t9"."claimed_is_authenticated", "t9"."claimed_is_spot", "t9"."claimed_is_estimated"
                    ORDER BY "t9"."time" ASC, "t9"."source" ASC, "t9"."event_id" ASC, "t9"."meter" ASC
                    ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
                  ) AS UInt64) AS "since_count",
                  SUM("t9"."event_digest") OVER (
                    PARTITION BY "t9"."charge_period_start", "t9"."resource_id", "t9"."sku_id", "t9"."claimed_app_id", "t9"."claimed_environment", "t9"."claimed_is_authenticated", "t9"."claimed_is_spot", "t9"."claimed_is_estimated"
                    ORDER BY "t9"."time" ASC, "t9"."source" ASC, "t9"."event_id" ASC, "t9"."meter" ASC
                    ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
                  ) AS "since_digest"
                FROM (
                  SELECT
                    "t1"."time" AS "time",
                    "t1"."source" AS "source",
                    "t1"."event_id" AS "event_id",
                    "t1"."meter" AS "meter",
                    "t1"."quantity" AS "quantity",
                    "t1"."lease_id" AS "lease_id",
                    "t1"."received_at" AS "received_at",
                    "t1"."event_digest" AS "event_digest",
                    "t1"."resource_id" AS "resource_id",
                    "t1"."sku_id" AS "sku_id",
                    toTimeZone(CAST(dateTrunc('HOUR', "t1"."time") AS DateTime64(0, 'UTC')), 'UTC') AS "charge_period_start",
                    "t1"."app_id" AS "claimed_app_id",
                    "t1"."environment" AS "claimed_environment",
                    "t1"."is_authenticated" AS "claimed_is_authenticated",
                    "t1"."is_spot" AS "claimed_is_spot",
                    "t1"."is_estimated" AS "claimed_is_estimated"
                  FROM "usage" AS "t1"
                ) AS "t9"
              ) AS "t12"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."charge_period_start" AS "until_charge_period_start",
                  "t0"."resource_id" AS "until_resource_id",
                  "t0"."sku_id" AS "until_sku_id",
                  "t0"."event_count" AS "event_count",
                  "t0"."event_digest" AS "ends_here"
                FROM "charges" AS "t0"
              ) AS "t6"
                ON "t12"."charge_period_start" = "t6"."until_charge_period_start"
                AND "t12"."resource_id" = "t6"."until_resource_id"
                AND "t12"."sku_id" = "t6"."until_sku_id"
                AND "t12"."until_count" = "t6"."event_count"
                AND "t12"."until_digest" = "t6"."ends_here"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."charge_period_start" AS "since_charge_period_start",
                  "t0"."resource_id" AS "since_resource_id",
                  "t0"."sku_id" AS "since_sku_id",
                  "t0"."event_count" AS "event_count",
                  "t0"."event_digest" AS "ends_here"
                FROM "charges" AS "t0"
              ) AS "t7"
                ON "t12"."charge_period_start" = "t7"."since_charge_period_start"
                AND "t12"."resource_id" = "t7"."since_resource_id"
                AND "t12"."sku_id" = "t7"."since_sku_id"
                AND "t12"."since_count" = "t7"."event_count"
                AND "t12"."since_digest" = "t7"."ends_here"
            ) AS "t13"
          ) AS "t15"
          INNER JOIN (
            SELECT
              "t0"."charge_period_start" AS "charge_period_start",
              "t0"."resource_id" AS "resource_id",
              "t0"."sku_id" AS "sku_id",
              "t0"."app_id" AS "app_id",
              "t0"."team_id" AS "team_id",
              "t0"."cost_center" AS "cost_center",
              "t0"."environment" AS "environment",
              "t0"."lifecycle" AS "lifecycle",
              "t0"."attribution_rule" AS "attribution_rule",
              "t0"."pricing_category" AS "pricing_category",
              "t0"."list_unit_price" AS "list_unit_price",
              "t0"."pricing_block" AS "pricing_block",
              "t0"."discount_rule_id" AS "discount_rule_id",
              "t0"."markup_rule_id" AS "markup_rule_id",
              "t0"."sku_price_id" AS "sku_price_id",
              "t0"."is_estimated" AS "is_estimated",
              "t0"."event_digest" AS "charged_digest"
            FROM "charges" AS "t0"
          ) AS "t5"
            ON "t15"."charge_period_start" = "t5"."charge_period_start"
            AND "t15"."resource_id" = "t5"."resource_id"
            AND "t15"."sku_id" = "t5"."sku_id"
            AND "t15"."charged_digest" = "t5"."charged_digest"
        ) AS "t16"
      ) AS "t17"
    ) AS "t18"
  ) AS "t19"
) AS "t20"
