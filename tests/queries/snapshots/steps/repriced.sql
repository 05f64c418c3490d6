SELECT
  *
FROM (
  SELECT
    "t17"."sku_id" AS "sku_id",
    "t17"."unit" AS "unit",
    "t17"."quantity" AS "quantity",
    "t17"."events" AS "events",
    "t17"."price_now" AS "price_now",
    "t17"."block_now" AS "block_now",
    "t17"."price_then" AS "price_then",
    "t17"."block_then" AS "block_then",
    "t17"."cost_now" AS "cost_now",
    "t17"."cost_then" AS "cost_then",
    "t17"."kept" AS "kept",
    "t17"."change" AS "change",
    SUM("t17"."cost_now") OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "all_cost_now",
    SUM("t17"."cost_then") OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "all_cost_then",
    SUM("t17"."change") OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "all_change"
  FROM (
    SELECT
      "t16"."sku_id" AS "sku_id",
      "t16"."unit" AS "unit",
      "t16"."quantity" AS "quantity",
      "t16"."events" AS "events",
      "t16"."price_now" AS "price_now",
      "t16"."block_now" AS "block_now",
      "t16"."price_then" AS "price_then",
      "t16"."block_then" AS "block_then",
      "t16"."costs_now" AS "cost_now",
      "t16"."costs_then" AS "cost_then",
      "t16"."why_kept" AS "kept",
      "t16"."change" AS "change"
    FROM (
      SELECT
        "t15"."sku_id" AS "sku_id",
        "t15"."unit" AS "unit",
        "t15"."quantity" AS "quantity",
        "t15"."events" AS "events",
        "t15"."price_now" AS "price_now",
        "t15"."block_now" AS "block_now",
        "t15"."price_then" AS "price_then",
        "t15"."block_then" AS "block_then",
        "t15"."costs_now" AS "costs_now",
        "t15"."costs_then" AS "costs_then",
        "t15"."why_kept" AS "why_kept",
        minus("t15"."costs_then", "t15"."costs_now") AS "change"
      FROM (
        SELECT
          "t14"."sku_id" AS "sku_id",
          MAX("t14"."consumed_unit") AS "unit",
          SUM("t14"."consumed_quantity") AS "quantity",
          SUM("t14"."event_count") AS "events",
          MAX("t14"."list_unit_price") AS "price_now",
          MAX("t14"."pricing_block") AS "block_now",
          MAX("t14"."priced_then") AS "price_then",
          MAX(
            CASE
              WHEN isNotNull("t14"."priced_then")
              THEN "t14"."book_block"
              ELSE CAST(NULL AS Nullable(UInt64))
            END
          ) AS "block_then",
          SUM("t14"."cost_now") AS "costs_now",
          SUM("t14"."cost_then") AS "costs_then",
          MAX("t14"."kept") AS "why_kept"
        FROM (
          SELECT
            "t13"."charge_date" AS "charge_date",
            "t13"."generation" AS "generation",
            "t13"."charge_period_start" AS "charge_period_start",
            "t13"."charge_period_end" AS "charge_period_end",
            "t13"."charge_category" AS "charge_category",
            "t13"."charge_class" AS "charge_class",
            "t13"."resource_id" AS "resource_id",
            "t13"."app_id" AS "app_id",
            "t13"."team_id" AS "team_id",
            "t13"."cost_center" AS "cost_center",
            "t13"."environment" AS "environment",
            "t13"."lifecycle" AS "lifecycle",
            "t13"."attribution_rule" AS "attribution_rule",
            "t13"."is_reconciled" AS "is_reconciled",
            "t13"."is_estimated" AS "is_estimated",
            "t13"."meter" AS "meter",
            "t13"."service_name" AS "service_name",
            "t13"."service_category" AS "service_category",
            "t13"."provider" AS "provider",
            "t13"."model" AS "model",
            "t13"."instance_type" AS "instance_type",
            "t13"."region" AS "region",
            "t13"."pricing_category" AS "pricing_category",
            "t13"."pricing_status" AS "pricing_status",
            "t13"."sku_id" AS "sku_id",
            "t13"."sku_price_id" AS "sku_price_id",
            "t13"."discount_rule_id" AS "discount_rule_id",
            "t13"."markup_rule_id" AS "markup_rule_id",
            "t13"."consumed_quantity" AS "consumed_quantity",
            "t13"."consumed_unit" AS "consumed_unit",
            "t13"."list_unit_price" AS "list_unit_price",
            "t13"."pricing_block" AS "pricing_block",
            "t13"."pricing_unit" AS "pricing_unit",
            "t13"."list_cost" AS "list_cost",
            "t13"."effective_cost" AS "effective_cost",
            "t13"."billed_cost" AS "billed_cost",
            "t13"."billing_currency" AS "billing_currency",
            "t13"."event_count" AS "event_count",
            "t13"."event_digest" AS "event_digest",
            "t13"."base_price" AS "base_price",
            "t13"."above" AS "above",
            "t13"."book_sku" AS "book_sku",
            "t13"."book_base" AS "book_base",
            "t13"."book_starts" AS "book_starts",
            "t13"."book_tiers" AS "book_tiers",
            "t13"."book_block" AS "book_block",
            "t13"."own_sku" AS "own_sku",
            "t13"."own_price" AS "own_price",
            "t13"."own_starts" AS "own_starts",
            "t13"."own_forms" AS "own_forms",
            "t13"."upto" AS "upto",
            "t13"."kept" AS "kept",
            "t13"."book_unit_price" AS "book_unit_price",
            "t13"."cost_now" AS "cost_now",
            CASE
              WHEN (
                "t13"."kept" = ''
              ) AND (
                "t13"."book_block" > 0
              )
              THEN "t13"."billed_cost"
              WHEN "t13"."kept" = ''
              THEN CAST(0 AS Nullable(Decimal(76, 21)))
              ELSE "t13"."cost_now"
            END AS "cost_then",
            CASE
              WHEN (
                "t13"."kept" = ''
              ) AND (
                "t13"."book_block" > 0
              )
              THEN "t13"."book_unit_price"
              ELSE CAST(NULL AS Nullable(Decimal(38, 12)))
            END AS "priced_then"
          FROM (
            SELECT
              "t12"."charge_date" AS "charge_date",
              "t12"."generation" AS "generation",
              "t12"."charge_period_start" AS "charge_period_start",
              "t12"."charge_period_end" AS "charge_period_end",
              "t12"."charge_category" AS "charge_category",
              "t12"."charge_class" AS "charge_class",
              "t12"."resource_id" AS "resource_id",
              "t12"."app_id" AS "app_id",
              "t12"."team_id" AS "team_id",
              "t12"."cost_center" AS "cost_center",
              "t12"."environment" AS "environment",
              "t12"."lifecycle" AS "lifecycle",
              "t12"."attribution_rule" AS "attribution_rule",
              "t12"."is_reconciled" AS "is_reconciled",
              "t12"."is_estimated" AS "is_estimated",
              "t12"."meter" AS "meter",
              "t12"."service_name" AS "service_name",
              "t12"."service_category" AS "service_category",
              "t12"."provider" AS "provider",
              "t12"."model" AS "model",
              "t12"."instance_type" AS "instance_type",
              "t12"."region" AS "region",
              "t12"."pricing_category" AS "pricing_category",
              "t12"."pricing_status" AS "pricing_status",
              "t12"."sku_id" AS "sku_id",
              "t12"."sku_price_id" AS "sku_price_id",
              "t12"."discount_rule_id" AS "discount_rule_id",
              "t12"."markup_rule_id" AS "markup_rule_id",
              "t12"."consumed_quantity" AS "consumed_quantity",
              "t12"."consumed_unit" AS "consumed_unit",
              "t12"."list_unit_price" AS "list_unit_price",
              "t12"."pricing_block" AS "pricing_block",
              "t12"."pricing_unit" AS "pricing_unit",
              "t12"."list_cost" AS "list_cost",
              "t12"."effective_cost" AS "effective_cost",
              CAST(multiply(
                "t12"."effective_cost",
                CASE
                  WHEN "t12"."markup_rule_id" = 'more@2026-01-01T00:00:00Z'
                  THEN toDecimal64(0.100000000, 9)
                  ELSE CAST(0 AS Nullable(Decimal(18, 9)))
                END + 1
              ) AS Nullable(Decimal(76, 21))) AS "billed_cost",
              "t12"."billing_currency" AS "billing_currency",
              "t12"."event_count" AS "event_count",
              "t12"."event_digest" AS "event_digest",
              "t12"."base_price" AS "base_price",
              "t12"."above" AS "above",
              "t12"."book_sku" AS "book_sku",
              "t12"."book_base" AS "book_base",
              "t12"."book_starts" AS "book_starts",
              "t12"."book_tiers" AS "book_tiers",
              "t12"."book_block" AS "book_block",
              "t12"."own_sku" AS "own_sku",
              "t12"."own_price" AS "own_price",
              "t12"."own_starts" AS "own_starts",
              "t12"."own_forms" AS "own_forms",
              "t12"."upto" AS "upto",
              "t12"."kept" AS "kept",
              "t12"."book_unit_price" AS "book_unit_price",
              "t12"."cost_now" AS "cost_now"
            FROM (
              SELECT
                "t11"."charge_date" AS "charge_date",
                "t11"."generation" AS "generation",
                "t11"."charge_period_start" AS "charge_period_start",
                "t11"."charge_period_end" AS "charge_period_end",
                "t11"."charge_category" AS "charge_category",
                "t11"."charge_class" AS "charge_class",
                "t11"."resource_id" AS "resource_id",
                "t11"."app_id" AS "app_id",
                "t11"."team_id" AS "team_id",
                "t11"."cost_center" AS "cost_center",
                "t11"."environment" AS "environment",
                "t11"."lifecycle" AS "lifecycle",
                "t11"."attribution_rule" AS "attribution_rule",
                "t11"."is_reconciled" AS "is_reconciled",
                "t11"."is_estimated" AS "is_estimated",
                "t11"."meter" AS "meter",
                "t11"."service_name" AS "service_name",
                "t11"."service_category" AS "service_category",
                "t11"."provider" AS "provider",
                "t11"."model" AS "model",
                "t11"."instance_type" AS "instance_type",
                "t11"."region" AS "region",
                "t11"."pricing_category" AS "pricing_category",
                "t11"."pricing_status" AS "pricing_status",
                "t11"."sku_id" AS "sku_id",
                "t11"."sku_price_id" AS "sku_price_id",
                "t11"."discount_rule_id" AS "discount_rule_id",
                "t11"."markup_rule_id" AS "markup_rule_id",
                "t11"."consumed_quantity" AS "consumed_quantity",
                "t11"."consumed_unit" AS "consumed_unit",
                "t11"."list_unit_price" AS "list_unit_price",
                "t11"."pricing_block" AS "pricing_block",
                "t11"."pricing_unit" AS "pricing_unit",
                "t11"."list_cost" AS "list_cost",
                CAST(multiply(
                  "t11"."list_cost",
                  1 - CASE
                    WHEN "t11"."discount_rule_id" = 'less@2026-01-01T00:00:00Z'
                    THEN toDecimal64(0.250000000, 9)
                    ELSE CAST(0 AS Nullable(Decimal(18, 9)))
                  END
                ) AS Nullable(Decimal(76, 21))) AS "effective_cost",
                "t11"."billed_cost" AS "billed_cost",
                "t11"."billing_currency" AS "billing_currency",
                "t11"."event_count" AS "event_count",
                "t11"."event_digest" AS "event_digest",
                "t11"."base_price" AS "base_price",
                "t11"."above" AS "above",
                "t11"."book_sku" AS "book_sku",
                "t11"."book_base" AS "book_base",
                "t11"."book_starts" AS "book_starts",
                "t11"."book_tiers" AS "book_tiers",
                "t11"."book_block" AS "book_block",
                "t11"."own_sku" AS "own_sku",
                "t11"."own_price" AS "own_price",
                "t11"."own_starts" AS "own_starts",
                "t11"."own_forms" AS "own_forms",
                "t11"."upto" AS "upto",
                "t11"."kept" AS "kept",
                "t11"."book_unit_price" AS "book_unit_price",
                "t11"."cost_now" AS "cost_now"
              FROM (
                SELECT
                  "t10"."charge_date" AS "charge_date",
                  "t10"."generation" AS "generation",
                  "t10"."charge_period_start" AS "charge_period_start",
                  "t10"."charge_period_end" AS "charge_period_end",
                  "t10"."charge_category" AS "charge_category",
                  "t10"."charge_class" AS "charge_class",
                  "t10"."resource_id" AS "resource_id",
                  "t10"."app_id" AS "app_id",
                  "t10"."team_id" AS "team_id",
                  "t10"."cost_center" AS "cost_center",
                  "t10"."environment" AS "environment",
                  "t10"."lifecycle" AS "lifecycle",
                  "t10"."attribution_rule" AS "attribution_rule",
                  "t10"."is_reconciled" AS "is_reconciled",
                  "t10"."is_estimated" AS "is_estimated",
                  "t10"."meter" AS "meter",
                  "t10"."service_name" AS "service_name",
                  "t10"."service_category" AS "service_category",
                  "t10"."provider" AS "provider",
                  "t10"."model" AS "model",
                  "t10"."instance_type" AS "instance_type",
                  "t10"."region" AS "region",
                  "t10"."pricing_category" AS "pricing_category",
                  "t10"."pricing_status" AS "pricing_status",
                  "t10"."sku_id" AS "sku_id",
                  "t10"."sku_price_id" AS "sku_price_id",
                  "t10"."discount_rule_id" AS "discount_rule_id",
                  "t10"."markup_rule_id" AS "markup_rule_id",
                  "t10"."consumed_quantity" AS "consumed_quantity",
                  "t10"."consumed_unit" AS "consumed_unit",
                  "t10"."list_unit_price" AS "list_unit_price",
                  "t10"."pricing_block" AS "pricing_block",
                  "t10"."pricing_unit" AS "pricing_unit",
                  divide(
                    multiply(
                      CAST("t10"."consumed_quantity" AS Nullable(Decimal(76, 9))),
                      "t10"."book_unit_price"
                    ),
                    GREATEST("t10"."book_block", 1)
                  ) AS "list_cost",
                  "t10"."effective_cost" AS "effective_cost",
                  "t10"."billed_cost" AS "billed_cost",
                  "t10"."billing_currency" AS "billing_currency",
                  "t10"."event_count" AS "event_count",
                  "t10"."event_digest" AS "event_digest",
                  "t10"."base_price" AS "base_price",
                  "t10"."above" AS "above",
                  "t10"."book_sku" AS "book_sku",
                  "t10"."book_base" AS "book_base",
                  "t10"."book_starts" AS "book_starts",
                  "t10"."book_tiers" AS "book_tiers",
                  "t10"."book_block" AS "book_block",
                  "t10"."own_sku" AS "own_sku",
                  "t10"."own_price" AS "own_price",
                  "t10"."own_starts" AS "own_starts",
                  "t10"."own_forms" AS "own_forms",
                  "t10"."upto" AS "upto",
                  "t10"."kept" AS "kept",
                  "t10"."book_unit_price" AS "book_unit_price",
                  COALESCE("t10"."billed_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost_now"
                FROM (
                  SELECT
                    "t9"."charge_date" AS "charge_date",
                    "t9"."generation" AS "generation",
                    "t9"."charge_period_start" AS "charge_period_start",
                    "t9"."charge_period_end" AS "charge_period_end",
                    "t9"."charge_category" AS "charge_category",
                    "t9"."charge_class" AS "charge_class",
                    "t9"."resource_id" AS "resource_id",
                    "t9"."app_id" AS "app_id",
                    "t9"."team_id" AS "team_id",
                    "t9"."cost_center" AS "cost_center",
                    "t9"."environment" AS "environment",
                    "t9"."lifecycle" AS "lifecycle",
                    "t9"."attribution_rule" AS "attribution_rule",
                    "t9"."is_reconciled" AS "is_reconciled",
                    "t9"."is_estimated" AS "is_estimated",
                    "t9"."meter" AS "meter",
                    "t9"."service_name" AS "service_name",
                    "t9"."service_category" AS "service_category",
                    "t9"."provider" AS "provider",
                    "t9"."model" AS "model",
                    "t9"."instance_type" AS "instance_type",
                    "t9"."region" AS "region",
                    "t9"."pricing_category" AS "pricing_category",
                    "t9"."pricing_status" AS "pricing_status",
                    "t9"."sku_id" AS "sku_id",
                    "t9"."sku_price_id" AS "sku_price_id",
                    "t9"."discount_rule_id" AS "discount_rule_id",
                    "t9"."markup_rule_id" AS "markup_rule_id",
                    "t9"."consumed_quantity" AS "consumed_quantity",
                    "t9"."consumed_unit" AS "consumed_unit",
                    "t9"."list_unit_price" AS "list_unit_price",
                    "t9"."pricing_block" AS "pricing_block",
                    "t9"."pricing_unit" AS "pricing_unit",
                    "t9"."list_cost" AS "list_cost",
                    "t9"."effective_cost" AS "effective_cost",
                    "t9"."billed_cost" AS "billed_cost",
                    "t9"."billing_currency" AS "billing_currency",
                    "t9"."event_count" AS "event_count",
                    "t9"."event_digest" AS "event_digest",
                    "t9"."base_price" AS "base_price",
                    "t9"."above" AS "above",
                    "t9"."book_sku" AS "book_sku",
                    "t9"."book_base" AS "book_base",
                    "t9"."book_starts" AS "book_starts",
                    "t9"."book_tiers" AS "book_tiers",
                    "t9"."book_block" AS "book_block",
                    "t9"."own_sku" AS "own_sku",
                    "t9"."own_price" AS "own_price",
                    "t9"."own_starts" AS "own_starts",
                    "t9"."own_forms" AS "own_forms",
                    CASE
                      WHEN length(
                        arrayFilter(__ibis_param_start__ -> __ibis_param_start__ > "t9"."above", "t9"."own_starts")
                      ) > 0
                      THEN arrayFilter(__ibis_param_start__ -> __ibis_param_start__ > "t9"."above", "t9"."own_starts")[1]
                      ELSE 9223372036854775808
                    END AS "upto",
                    CASE
                      WHEN "t9"."meter" = 'platform_cost'
                      THEN 'not by a book'
                      WHEN NOT (
                        "t9"."book_block" > 0
                      ) AND NOT (
                        "t9"."meter" IN ('requests')
                      )
                      THEN 'no price then'
                      WHEN (
                        "t9"."book_block" > 0
                      )
                      AND (
                        (
                          length(
                            arrayFilter(
                              __ibis_param_start__ -> (
                                __ibis_param_start__ > "t9"."above"
                              )
                              AND (
                                __ibis_param_start__ < CASE
                                  WHEN length(
                                    arrayFilter(__ibis_param_start__ -> __ibis_param_start__ > "t9"."above", "t9"."own_starts")
                                  ) > 0
                                  THEN arrayFilter(__ibis_param_start__ -> __ibis_param_start__ > "t9"."above", "t9"."own_starts")[1]
                                  ELSE 9223372036854775808
                                END
                              ),
                              "t9"."book_starts"
                            )
                          ) > 0
                        )
                        OR (
                          "t9"."own_forms" > 1
                        )
                      )
                      THEN 'other tiers then'
                      ELSE ''
                    END AS "kept",
                    CASE
                      WHEN length(
                        arrayFilter(__ibis_param_start__ -> __ibis_param_start__ <= "t9"."above", "t9"."book_starts")
                      ) > 0
                      THEN "t9"."book_tiers"[CASE
                        WHEN (
                          length(
                            arrayFilter(__ibis_param_start__ -> "t9"."above" >= __ibis_param_start__, "t9"."book_starts")
                          ) - 1
                        ) >= 0
                        THEN length(
                          arrayFilter(__ibis_param_start__ -> "t9"."above" >= __ibis_param_start__, "t9"."book_starts")
                        ) - 1
                        ELSE length(
                          arrayFilter(__ibis_param_start__ -> "t9"."above" >= __ibis_param_start__, "t9"."book_starts")
                        ) - 1 - 1
                      END + 1]
                      ELSE "t9"."book_base"
                    END AS "book_unit_price"
                  FROM (
                    SELECT
                      "t6"."charge_date" AS "charge_date",
                      "t6"."generation" AS "generation",
                      "t6"."charge_period_start" AS "charge_period_start",
                      "t6"."charge_period_end" AS "charge_period_end",
                      "t6"."charge_category" AS "charge_category",
                      "t6"."charge_class" AS "charge_class",
                      "t6"."resource_id" AS "resource_id",
                      "t6"."app_id" AS "app_id",
                      "t6"."team_id" AS "team_id",
                      "t6"."cost_center" AS "cost_center",
                      "t6"."environment" AS "environment",
                      "t6"."lifecycle" AS "lifecycle",
                      "t6"."attribution_rule" AS "attribution_rule",
                      "t6"."is_reconciled" AS "is_reconciled",
                      "t6"."is_estimated" AS "is_estimated",
                      "t6"."meter" AS "meter",
                      "t6"."service_name" AS "service_name",
                      "t6"."service_category" AS "service_category",
                      "t6"."provider" AS "provider",
                      "t6"."model" AS "model",
                      "t6"."instance_type" AS "instance_type",
                      "t6"."region" AS "region",
                      "t6"."pricing_category" AS "pricing_category",
                      "t6"."pricing_status" AS "pricing_status",
                      "t6"."sku_id" AS "sku_id",
                      "t6"."sku_price_id" AS "sku_price_id",
                      "t6"."discount_rule_id" AS "discount_rule_id",
                      "t6"."markup_rule_id" AS "markup_rule_id",
                      "t6"."consumed_quantity" AS "consumed_quantity",
                      "t6"."consumed_unit" AS "consumed_unit",
                      "t6"."list_unit_price" AS "list_unit_price",
                      "t6"."pricing_block" AS "pricing_block",
                      "t6"."pricing_unit" AS "pricing_unit",
                      "t6"."list_cost" AS "list_cost",
                      "t6"."effective_cost" AS "effective_cost",
                      "t6"."billed_cost" AS "billed_cost",
                      "t6"."billing_currency" AS "billing_currency",
                      "t6"."event_count" AS "event_count",
                      "t6"."event_digest" AS "event_digest",
                      "t6"."base_price" AS "base_price",
                      "t6"."above" AS "above",
                      "t4"."book_sku" AS "book_sku",
                      "t4"."book_base" AS "book_base",
                      "t4"."book_starts" AS "book_starts",
                      "t4"."book_tiers" AS "book_tiers",
                      "t4"."book_block" AS "book_block",
                      "t8"."own_sku" AS "own_sku",
                      "t8"."own_price" AS "own_price",
                      "t8"."own_starts" AS "own_starts",
                      "t8"."own_forms" AS "own_forms"
                    FROM (
                      SELECT
                        "t0"."charge_date" AS "charge_date",
                        "t0"."generation" AS "generation",
                        "t0"."charge_period_start" AS "charge_period_start",
                        "t0"."charge_period_end" AS "charge_period_end",
                        "t0"."charge_category" AS "charge_category",
                        "t0"."charge_class" AS "charge_class",
                        "t0"."resource_id" AS "resource_id",
                        "t0"."app_id" AS "app_id",
                        "t0"."team_id" AS "team_id",
                        "t0"."cost_center" AS "cost_center",
                        "t0"."environment" AS "environment",
                        "t0"."lifecycle" AS "lifecycle",
                        "t0"."attribution_rule" AS "attribution_rule",
                        "t0"."is_reconciled" AS "is_reconciled",
                        "t0"."is_estimated" AS "is_estimated",
                        "t0"."meter" AS "meter",
                        "t0"."service_name" AS "service_name",
                        "t0"."service_category" AS "service_category",
                        "t0"."provider" AS "provider",
                        "t0"."model" AS "model",
                        "t0"."instance_type" AS "instance_type",
                        "t0"."region" AS "region",
                        "t0"."pricing_category" AS "pricing_category",
                        "t0"."pricing_status" AS "pricing_status",
                        "t0"."sku_id" AS "sku_id",
                        "t0"."sku_price_id" AS "sku_price_id",
                        "t0"."discount_rule_id" AS "discount_rule_id",
                        "t0"."markup_rule_id" AS "markup_rule_id",
                        "t0"."consumed_quantity" AS "consumed_quantity",
                        "t0"."consumed_unit" AS "consumed_unit",
                        "t0"."list_unit_price" AS "list_unit_price",
                        "t0"."pricing_block" AS "pricing_block",
                        "t0"."pricing_unit" AS "pricing_unit",
                        "t0"."list_cost" AS "list_cost",
                        "t0"."effective_cost" AS "effective_cost",
                        CASE
                          WHEN "t0"."meter" = 'platform_cost'
                          THEN "t0"."effective_cost"
                          ELSE "t0"."billed_cost"
                        END AS "billed_cost",
                        "t0"."billing_currency" AS "billing_currency",
                        "t0"."event_count" AS "event_count",
                        "t0"."event_digest" AS "event_digest",
                        replaceRegexpAll("t0"."sku_price_id", '>(\\d+)$', '') AS "base_price",
                        COALESCE(
                          accurateCastOrNull(
                            CASE
                              WHEN notEmpty(
                                extractGroups(CAST("t0"."sku_price_id" AS String), CONCAT('(', '>(\\d+)$', ')'))[2]
                              )
                              THEN extractGroups(CAST("t0"."sku_price_id" AS String), CONCAT('(', '>(\\d+)$', ')'))[2]
                              ELSE NULL
                            END,
                            'Nullable(UInt64)'
                          ),
                          0
                        ) AS "above"
                      FROM "charges" AS "t0"
                      WHERE
                        "t0"."charge_date" >= toDate('2026-02-01')
                        AND "t0"."charge_date" < toDate('2026-03-01')
                        AND "t0"."billing_currency" IN ('USD')
                        AND "t0"."pricing_status" = 'priced'
                        AND "t0"."consumed_unit" = 'Tokens'
                        AND "t0"."cost_center" = 'cc-1'
                        AND "t0"."team_id" = 'assist'
                        AND "t0"."app_id" = 'chat'
                        AND "t0"."environment" = 'production'
                        AND "t0"."sku_id" = 'input_tokens/a'
                        AND "t0"."meter" = 'input_tokens'
                        AND "t0"."service_name" = 'Inference'
                        AND "t0"."sku_price_id" = 'p-1'
                        AND "t0"."pricing_unit" = 'Tokens'
                        AND "t0"."discount_rule_id" = ''
                        AND "t0"."markup_rule_id" = ''
                        AND NOT (
                          "t0"."attribution_rule" = 'default'
                        )
                        AND "t0"."pricing_block" = 1000000
                        AND "t0"."list_unit_price" = toDecimal128(2.500000000000, 12)
                    ) AS "t6"
                    LEFT OUTER JOIN (
                      SELECT
                        "t1"."sku_id" AS "book_sku",
                        "t1"."list_unit_price" AS "book_base",
                        "t1"."tier_starts" AS "book_starts",
                        "t1"."tier_unit_prices" AS "book_tiers",
                        "t1"."pricing_block" AS "book_block"
                      FROM "prices" AS "t1"
                      WHERE
                        "t1"."valid_from" < "t1"."valid_to"
                        AND "t1"."valid_from" <= parseDateTimeBestEffort('2026-01-01T00:00:00+00:00', 'UTC')
                        AND parseDateTimeBestEffort('2026-01-01T00:00:00+00:00', 'UTC') < "t1"."valid_to"
                    ) AS "t4"
                      ON "t6"."sku_id" = "t4"."book_sku"
                    LEFT OUTER JOIN (
                      SELECT
                        "t2"."sku_id" AS "own_sku",
                        "t2"."sku_price_id" AS "own_price",
                        any("t2"."tier_starts") AS "own_starts",
                        uniqExact(CAST("t2"."tier_starts" AS Nullable(String))) AS "own_forms"
                      FROM (
                        SELECT
                          *
                        FROM "prices" AS "t1"
                        WHERE
                          "t1"."valid_from" < "t1"."valid_to"
                      ) AS "t2"
                      GROUP BY
                        "t2"."sku_id",
                        "t2"."sku_price_id"
                    ) AS "t8"
                      ON "t6"."sku_id" = "t8"."own_sku" AND "t6"."base_price" = "t8"."own_price"
                  ) AS "t9"
                ) AS "t10"
              ) AS "t11"
            ) AS "t12"
          ) AS "t13"
        ) AS "t14"
        GROUP BY
          "t14"."sku_id"
      ) AS "t15"
    ) AS "t16"
  ) AS "t17"
) AS "t18"
ORDER BY
  ABS("t18"."change") DESC,
  "t18"."cost_now" DESC,
  "t18"."sku_id" ASC
