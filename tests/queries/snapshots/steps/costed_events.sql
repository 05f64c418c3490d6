SELECT
  "t53".*
  EXCEPT ("reached")
FROM (
  SELECT
    "t52"."time" AS "time",
    "t52"."source" AS "source",
    "t52"."event_id" AS "event_id",
    "t52"."meter" AS "meter",
    "t52"."quantity" AS "quantity",
    "t52"."resource_id" AS "resource_id",
    "t52"."app_id" AS "app_id",
    "t52"."team_id" AS "team_id",
    "t52"."cost_center" AS "cost_center",
    "t52"."environment" AS "environment",
    "t52"."lifecycle" AS "lifecycle",
    "t52"."attribution_rule" AS "attribution_rule",
    "t52"."sku_id" AS "sku_id",
    "t52"."pricing_category" AS "pricing_category",
    "t52"."list_unit_price" AS "list_unit_price",
    "t52"."pricing_block" AS "pricing_block",
    "t52"."discount_rule_id" AS "discount_rule_id",
    "t52"."markup_rule_id" AS "markup_rule_id",
    "t52"."sku_price_id" AS "sku_price_id",
    "t52"."is_estimated" AS "is_estimated",
    "t52"."lease_id" AS "lease_id",
    "t52"."received_at" AS "received_at",
    "t52"."reached" AS "reached",
    minus(
      divide(
        multiply(CAST("t52"."reached" AS Nullable(Decimal(76, 9))), "t52"."list_unit_price"),
        GREATEST("t52"."pricing_block", 1)
      ),
      divide(
        multiply(
          CAST(minus("t52"."reached", "t52"."quantity") AS Nullable(Decimal(76, 9))),
          "t52"."list_unit_price"
        ),
        GREATEST("t52"."pricing_block", 1)
      )
    ) AS "list_cost",
    minus(
      CAST(multiply(
        divide(
          multiply(CAST("t52"."reached" AS Nullable(Decimal(76, 9))), "t52"."list_unit_price"),
          GREATEST("t52"."pricing_block", 1)
        ),
        1 - CASE
          WHEN "t52"."discount_rule_id" = 'less@2026-01-01T00:00:00Z'
          THEN toDecimal64(0.250000000, 9)
          ELSE CAST(0 AS Nullable(Decimal(18, 9)))
        END
      ) AS Nullable(Decimal(76, 21))),
      CAST(multiply(
        divide(
          multiply(
            CAST(minus("t52"."reached", "t52"."quantity") AS Nullable(Decimal(76, 9))),
            "t52"."list_unit_price"
          ),
          GREATEST("t52"."pricing_block", 1)
        ),
        1 - CASE
          WHEN "t52"."discount_rule_id" = 'less@2026-01-01T00:00:00Z'
          THEN toDecimal64(0.250000000, 9)
          ELSE CAST(0 AS Nullable(Decimal(18, 9)))
        END
      ) AS Nullable(Decimal(76, 21)))
    ) AS "effective_cost",
    minus(
      CAST(multiply(
        CAST(multiply(
          divide(
            multiply(CAST("t52"."reached" AS Nullable(Decimal(76, 9))), "t52"."list_unit_price"),
            GREATEST("t52"."pricing_block", 1)
          ),
          1 - CASE
            WHEN "t52"."discount_rule_id" = 'less@2026-01-01T00:00:00Z'
            THEN toDecimal64(0.250000000, 9)
            ELSE CAST(0 AS Nullable(Decimal(18, 9)))
          END
        ) AS Nullable(Decimal(76, 21))),
        CASE
          WHEN "t52"."markup_rule_id" = 'more@2026-01-01T00:00:00Z'
          THEN toDecimal64(0.100000000, 9)
          ELSE CAST(0 AS Nullable(Decimal(18, 9)))
        END + 1
      ) AS Nullable(Decimal(76, 21))),
      CAST(multiply(
        CAST(multiply(
          divide(
            multiply(
              CAST(minus("t52"."reached", "t52"."quantity") AS Nullable(Decimal(76, 9))),
              "t52"."list_unit_price"
            ),
            GREATEST("t52"."pricing_block", 1)
          ),
          1 - CASE
            WHEN "t52"."discount_rule_id" = 'less@2026-01-01T00:00:00Z'
            THEN toDecimal64(0.250000000, 9)
            ELSE CAST(0 AS Nullable(Decimal(18, 9)))
          END
        ) AS Nullable(Decimal(76, 21))),
        CASE
          WHEN "t52"."markup_rule_id" = 'more@2026-01-01T00:00:00Z'
          THEN toDecimal64(0.100000000, 9)
          ELSE CAST(0 AS Nullable(Decimal(18, 9)))
        END + 1
      ) AS Nullable(Decimal(76, 21)))
    ) AS "billed_cost"
  FROM (
    SELECT
      "t51"."time" AS "time",
      "t51"."source" AS "source",
      "t51"."event_id" AS "event_id",
      "t51"."meter" AS "meter",
      "t51"."quantity" AS "quantity",
      "t51"."resource_id" AS "resource_id",
      "t51"."app_id" AS "app_id",
      "t51"."team_id" AS "team_id",
      "t51"."cost_center" AS "cost_center",
      "t51"."environment" AS "environment",
      "t51"."lifecycle" AS "lifecycle",
      "t51"."attribution_rule" AS "attribution_rule",
      "t51"."sku_id" AS "sku_id",
      "t51"."pricing_category" AS "pricing_category",
      "t51"."list_unit_price" AS "list_unit_price",
      "t51"."pricing_block" AS "pricing_block",
      "t51"."discount_rule_id" AS "discount_rule_id",
      "t51"."markup_rule_id" AS "markup_rule_id",
      "t51"."sku_price_id" AS "sku_price_id",
      "t51"."is_estimated" AS "is_estimated",
      "t51"."lease_id" AS "lease_id",
      "t51"."received_at" AS "received_at",
      SUM("t51"."quantity") OVER (
        PARTITION BY "t51"."charge_period_start", "t51"."resource_id", "t51"."app_id", "t51"."team_id", "t51"."cost_center", "t51"."environment", "t51"."lifecycle", "t51"."attribution_rule", "t51"."sku_id", "t51"."pricing_category", "t51"."is_reconciled", "t51"."is_estimated", "t51"."sku_price_id", "t51"."known_price", "t51"."discount_rule_id", "t51"."markup_rule_id", "t51"."pricing_block"
        ORDER BY "t51"."time" ASC, "t51"."source" ASC, "t51"."event_id" ASC, "t51"."meter" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS "reached"
    FROM (
      SELECT
        "t49"."time" AS "time",
        "t49"."source" AS "source",
        "t49"."event_id" AS "event_id",
        "t49"."meter" AS "meter",
        "t49"."quantity" AS "quantity",
        "t49"."resource_id" AS "resource_id",
        "t49"."lease_id" AS "lease_id",
        "t49"."is_authenticated" AS "is_authenticated",
        "t49"."sku_id" AS "sku_id",
        "t49"."is_spot" AS "is_spot",
        "t49"."is_estimated" AS "is_estimated",
        "t49"."call_input_tokens" AS "call_input_tokens",
        "t49"."received_at" AS "received_at",
        "t49"."app_id" AS "app_id",
        "t49"."team_id" AS "team_id",
        "t49"."cost_center" AS "cost_center",
        "t49"."environment" AS "environment",
        "t49"."lifecycle" AS "lifecycle",
        "t49"."attribution_rule" AS "attribution_rule",
        "t49"."is_reconciled" AS "is_reconciled",
        "t49"."has_price" AS "has_price",
        "t49"."pricing_block" AS "pricing_block",
        "t49"."pricing_unit" AS "pricing_unit",
        CASE
          WHEN "t49"."has_price"
          THEN "t49"."list_unit_price"
          ELSE CAST(NULL AS Nullable(Decimal(38, 12)))
        END AS "list_unit_price",
        "t49"."sku_price_id" AS "sku_price_id",
        toTimeZone(CAST(dateTrunc('HOUR', "t49"."time") AS DateTime64(0, 'UTC')), 'UTC') AS "charge_period_start",
        CASE WHEN "t49"."is_spot" THEN 'Dynamic' ELSE 'Standard' END AS "pricing_category",
        CAST(CASE
          WHEN "t49"."has_price"
          THEN "t49"."list_unit_price"
          ELSE CAST(-1 AS Nullable(Decimal(38, 12)))
        END AS Decimal(38, 12)) AS "known_price",
        CASE
          WHEN (
            "t49"."time" >= parseDateTimeBestEffort('2026-01-01T00:00:00+00:00', 'UTC')
          )
          AND (
            "t49"."time" < parseDateTimeBestEffort('2027-01-01T00:00:00+00:00', 'UTC')
          )
          AND (
            "t49"."app_id" = 'chat'
          )
          THEN 'less@2026-01-01T00:00:00Z'
          ELSE ''
        END AS "discount_rule_id",
        CASE
          WHEN (
            "t49"."time" >= parseDateTimeBestEffort('2026-01-01T00:00:00+00:00', 'UTC')
          )
          AND (
            "t49"."time" < parseDateTimeBestEffort('2027-01-01T00:00:00+00:00', 'UTC')
          )
          THEN 'more@2026-01-01T00:00:00Z'
          ELSE ''
        END AS "markup_rule_id"
      FROM (
        SELECT
          "t48"."time" AS "time",
          "t48"."source" AS "source",
          "t48"."event_id" AS "event_id",
          "t48"."meter" AS "meter",
          "t48"."quantity" AS "quantity",
          "t48"."resource_id" AS "resource_id",
          "t48"."lease_id" AS "lease_id",
          "t48"."is_authenticated" AS "is_authenticated",
          "t48"."sku_id" AS "sku_id",
          "t48"."is_spot" AS "is_spot",
          "t48"."is_estimated" AS "is_estimated",
          "t48"."call_input_tokens" AS "call_input_tokens",
          "t48"."received_at" AS "received_at",
          "t48"."app_id" AS "app_id",
          "t48"."team_id" AS "team_id",
          "t48"."cost_center" AS "cost_center",
          "t48"."environment" AS "environment",
          "t48"."lifecycle" AS "lifecycle",
          "t48"."attribution_rule" AS "attribution_rule",
          "t48"."is_reconciled" AS "is_reconciled",
          "t48"."has_price" AS "has_price",
          CAST(CASE WHEN "t48"."has_price" THEN "t48"."price_block" ELSE 0 END AS UInt64) AS "pricing_block",
          CASE WHEN "t48"."has_price" THEN "t48"."price_unit" ELSE '' END AS "pricing_unit",
          CASE
            WHEN "t48"."has_price" AND (
              "t48"."tier" > 0
            )
            THEN arrayElement("t48"."tier_prices", "t48"."tier")
            ELSE "t48"."base_price"
          END AS "list_unit_price",
          CASE
            WHEN NOT (
              "t48"."has_price"
            )
            THEN ''
            WHEN "t48"."tier" > 0
            THEN CONCAT(
              CONCAT("t48"."price_id", '>'),
              CAST(arrayElement("t48"."tier_starts", "t48"."tier") AS String)
            )
            ELSE "t48"."price_id"
          END AS "sku_price_id"
        FROM (
          SELECT
            "t47"."time" AS "time",
            "t47"."source" AS "source",
            "t47"."event_id" AS "event_id",
            "t47"."meter" AS "meter",
            "t47"."quantity" AS "quantity",
            "t47"."resource_id" AS "resource_id",
            "t47"."lease_id" AS "lease_id",
            "t47"."is_authenticated" AS "is_authenticated",
            "t47"."sku_id" AS "sku_id",
            "t47"."is_spot" AS "is_spot",
            "t47"."is_estimated" AS "is_estimated",
            "t47"."call_input_tokens" AS "call_input_tokens",
            "t47"."received_at" AS "received_at",
            "t47"."app_id" AS "app_id",
            "t47"."team_id" AS "team_id",
            "t47"."cost_center" AS "cost_center",
            "t47"."environment" AS "environment",
            "t47"."lifecycle" AS "lifecycle",
            "t47"."attribution_rule" AS "attribution_rule",
            "t47"."is_reconciled" AS "is_reconciled",
            "t20"."price_id" AS "price_id",
            "t20"."price_block" AS "price_block",
            "t20"."price_unit" AS "price_unit",
            "t20"."base_price" AS "base_price",
            "t20"."tier_starts" AS "tier_starts",
            "t20"."tier_prices" AS "tier_prices",
            "t47"."time" < "t20"."price_to" AS "has_price",
            length(
              arrayFilter(
                __ibis_param_start__ -> __ibis_param_start__ < "t47"."call_input_tokens",
                "t20"."tier_starts"
              )
            ) AS "tier"
          FROM (
            SELECT
              "t45"."time" AS "time",
              "t45"."source" AS "source",
              "t45"."event_id" AS "event_id",
              "t45"."meter" AS "meter",
              "t45"."quantity" AS "quantity",
              "t45"."resource_id" AS "resource_id",
              "t45"."lease_id" AS "lease_id",
              "t45"."is_authenticated" AS "is_authenticated",
              "t45"."sku_id" AS "sku_id",
              "t45"."is_spot" AS "is_spot",
              "t45"."is_estimated" AS "is_estimated",
              "t45"."call_input_tokens" AS "call_input_tokens",
              "t45"."received_at" AS "received_at",
              CASE
                WHEN "t45"."attribution_rule" = 'app_tag'
                THEN "t45"."claimed_app_id"
                ELSE "t45"."indirect_app_id"
              END AS "app_id",
              CASE
                WHEN "t45"."attribution_rule" = 'app_tag'
                THEN "t45"."tag_team_id"
                WHEN "t45"."app_found"
                AND (
                  "t45"."indirect_app_id" <> ''
                )
                AND (
                  "t45"."app_team_id" <> ''
                )
                THEN "t45"."app_team_id"
                WHEN "t45"."attribution_rule" = 'resource_owner'
                THEN "t45"."owner_team_id"
                ELSE ''
              END AS "team_id",
              COALESCE(
                nullIf(
                  CASE
                    WHEN "t45"."attribution_rule" = 'environment'
                    THEN "t45"."environment_cost_center"
                    ELSE CASE
                      WHEN "t45"."attribution_rule" = 'app_tag'
                      THEN "t45"."tag_cost_center"
                      WHEN "t45"."app_found"
                      AND (
                        "t45"."indirect_app_id" <> ''
                      )
                      AND (
                        "t45"."app_cost_center" <> ''
                      )
                      THEN "t45"."app_cost_center"
                      WHEN "t45"."attribution_rule" = 'resource_owner'
                      THEN "t45"."owner_cost_center"
                      ELSE ''
                    END
                  END,
                  ''
                ),
                'cc-unattributed'
              ) AS "cost_center",
              COALESCE(
                nullIf("t45"."claimed_environment", ''),
                CASE
                  WHEN "t45"."attribution_rule" = 'app_tag'
                  THEN "t45"."tag_environment"
                  WHEN "t45"."app_found"
                  AND (
                    "t45"."indirect_app_id" <> ''
                  )
                  AND (
                    "t45"."app_environment" <> ''
                  )
                  THEN "t45"."app_environment"
                  WHEN "t45"."attribution_rule" = 'resource_owner'
                  THEN "t45"."owner_environment"
                  ELSE ''
                END
              ) AS "environment",
              CASE
                WHEN "t45"."attribution_rule" = 'app_tag'
                THEN "t45"."tag_lifecycle"
                WHEN "t45"."app_found"
                AND (
                  "t45"."indirect_app_id" <> ''
                )
                AND (
                  "t45"."app_lifecycle" <> ''
                )
                THEN "t45"."app_lifecycle"
                WHEN "t45"."attribution_rule" = 'resource_owner'
                THEN "t45"."owner_lifecycle"
                ELSE ''
              END AS "lifecycle",
              "t45"."attribution_rule" AS "attribution_rule",
              (
                "t45"."attribution_rule" = 'resource_owner'
              )
              AND (
                "t45"."owner_evidence" <> ''
              ) AS "is_reconciled"
            FROM (
              SELECT
                "t44"."time" AS "time",
                "t44"."source" AS "source",
                "t44"."event_id" AS "event_id",
                "t44"."meter" AS "meter",
                "t44"."quantity" AS "quantity",
                "t44"."resource_id" AS "resource_id",
                "t44"."claimed_app_id" AS "claimed_app_id",
                "t44"."claimed_environment" AS "claimed_environment",
                "t44"."lease_id" AS "lease_id",
                "t44"."is_authenticated" AS "is_authenticated",
                "t44"."sku_id" AS "sku_id",
                "t44"."is_spot" AS "is_spot",
                "t44"."is_estimated" AS "is_estimated",
                "t44"."call_input_tokens" AS "call_input_tokens",
                "t44"."received_at" AS "received_at",
                "t44"."tag_team_id" AS "tag_team_id",
                "t44"."tag_cost_center" AS "tag_cost_center",
                "t44"."tag_environment" AS "tag_environment",
                "t44"."tag_lifecycle" AS "tag_lifecycle",
                "t44"."owner_team_id" AS "owner_team_id",
                "t44"."owner_cost_center" AS "owner_cost_center",
                "t44"."owner_environment" AS "owner_environment",
                "t44"."owner_lifecycle" AS "owner_lifecycle",
                "t44"."owner_evidence" AS "owner_evidence",
                "t44"."environment_cost_center" AS "environment_cost_center",
                "t44"."attribution_rule" AS "attribution_rule",
                "t44"."indirect_app_id" AS "indirect_app_id",
                "t40"."app_team_id" AS "app_team_id",
                "t40"."app_cost_center" AS "app_cost_center",
                "t40"."app_environment" AS "app_environment",
                "t40"."app_lifecycle" AS "app_lifecycle",
                "t44"."time" < "t40"."ends" AS "app_found"
              FROM (
                SELECT
                  "t42"."time" AS "time",
                  "t42"."source" AS "source",
                  "t42"."event_id" AS "event_id",
                  "t42"."meter" AS "meter",
                  "t42"."quantity" AS "quantity",
                  "t42"."resource_id" AS "resource_id",
                  "t42"."claimed_app_id" AS "claimed_app_id",
                  "t42"."claimed_environment" AS "claimed_environment",
                  "t42"."lease_id" AS "lease_id",
                  "t42"."is_authenticated" AS "is_authenticated",
                  "t42"."sku_id" AS "sku_id",
                  "t42"."is_spot" AS "is_spot",
                  "t42"."is_estimated" AS "is_estimated",
                  "t42"."call_input_tokens" AS "call_input_tokens",
                  "t42"."received_at" AS "received_at",
                  "t42"."tag_team_id" AS "tag_team_id",
                  "t42"."tag_cost_center" AS "tag_cost_center",
                  "t42"."tag_environment" AS "tag_environment",
                  "t42"."tag_lifecycle" AS "tag_lifecycle",
                  "t42"."owner_team_id" AS "owner_team_id",
                  "t42"."owner_cost_center" AS "owner_cost_center",
                  "t42"."owner_environment" AS "owner_environment",
                  "t42"."owner_lifecycle" AS "owner_lifecycle",
                  "t42"."owner_evidence" AS "owner_evidence",
                  "t42"."environment_cost_center" AS "environment_cost_center",
                  CASE
                    WHEN "t42"."tag_found"
                    AND "t42"."is_authenticated"
                    AND (
                      "t42"."claimed_app_id" <> ''
                    )
                    THEN 'app_tag'
                    WHEN "t42"."lease_found"
                    AND "t42"."is_authenticated"
                    AND (
                      "t42"."lease_id" <> ''
                    )
                    AND (
                      "t42"."resource_id" IN ('', "t42"."lease_resource_id")
                      OR (
                        "t42"."lease_resource_id" = ''
                      )
                    )
                    THEN 'lease'
                    WHEN "t42"."owner_found" AND (
                      "t42"."resource_id" <> ''
                    )
                    THEN 'resource_owner'
                    WHEN "t42"."environment_found" AND (
                      "t42"."claimed_environment" <> ''
                    )
                    THEN 'environment'
                    ELSE 'default'
                  END AS "attribution_rule",
                  CASE
                    WHEN "t42"."tag_found"
                    AND "t42"."is_authenticated"
                    AND (
                      "t42"."claimed_app_id" <> ''
                    )
                    THEN ''
                    WHEN "t42"."lease_found"
                    AND "t42"."is_authenticated"
                    AND (
                      "t42"."lease_id" <> ''
                    )
                    AND (
                      "t42"."resource_id" IN ('', "t42"."lease_resource_id")
                      OR (
                        "t42"."lease_resource_id" = ''
                      )
                    )
                    THEN "t42"."lease_app_id"
                    WHEN "t42"."owner_found" AND (
                      "t42"."resource_id" <> ''
                    )
                    THEN "t42"."owner_app_id"
                    ELSE ''
                  END AS "indirect_app_id"
                FROM (
                  SELECT
                    "t10"."time" AS "time",
                    "t10"."source" AS "source",
                    "t10"."event_id" AS "event_id",
                    "t10"."meter" AS "meter",
                    "t10"."quantity" AS "quantity",
                    "t10"."resource_id" AS "resource_id",
                    "t10"."claimed_app_id" AS "claimed_app_id",
                    "t10"."claimed_environment" AS "claimed_environment",
                    "t10"."lease_id" AS "lease_id",
                    "t10"."is_authenticated" AS "is_authenticated",
                    "t10"."sku_id" AS "sku_id",
                    "t10"."is_spot" AS "is_spot",
                    "t10"."is_estimated" AS "is_estimated",
                    "t10"."call_input_tokens" AS "call_input_tokens",
                    "t10"."received_at" AS "received_at",
                    "t41"."tag_team_id" AS "tag_team_id",
                    "t41"."tag_cost_center" AS "tag_cost_center",
                    "t41"."tag_environment" AS "tag_environment",
                    "t41"."tag_lifecycle" AS "tag_lifecycle",
                    "t10"."time" < "t41"."ends" AS "tag_found",
                    "t21"."lease_resource_id" AS "lease_resource_id",
                    "t21"."lease_app_id" AS "lease_app_id",
                    "t10"."time" < "t21"."ends" AS "lease_found",
                    "t22"."owner_app_id" AS "owner_app_id",
                    "t22"."owner_team_id" AS "owner_team_id",
                    "t22"."owner_cost_center" AS "owner_cost_center",
                    "t22"."owner_environment" AS "owner_environment",
                    "t22"."owner_lifecycle" AS "owner_lifecycle",
                    "t22"."owner_evidence" AS "owner_evidence",
                    "t10"."time" < "t22"."ends" AS "owner_found",
                    "t23"."environment_cost_center" AS "environment_cost_center",
                    "t10"."time" < "t23"."ends" AS "environment_found"
                  FROM (
                    SELECT
                      "t2"."time" AS "time",
                      "t2"."source" AS "source",
                      "t2"."event_id" AS "event_id",
                      "t2"."meter" AS "meter",
                      "t2"."quantity" AS "quantity",
                      "t2"."resource_id" AS "resource_id",
                      "t2"."app_id" AS "claimed_app_id",
                      "t2"."environment" AS "claimed_environment",
                      "t2"."lease_id" AS "lease_id",
                      "t2"."is_authenticated" AS "is_authenticated",
                      "t2"."sku_id" AS "sku_id",
                      "t2"."is_spot" AS "is_spot",
                      "t2"."is_estimated" AS "is_estimated",
                      "t2"."call_input_tokens" AS "call_input_tokens",
                      "t2"."received_at" AS "received_at"
                    FROM "usage" AS "t2"
                  ) AS "t10"
                  ASOF LEFT JOIN (
                    SELECT
                      "t37"."team_id" AS "tag_team_id",
                      "t37"."cost_center" AS "tag_cost_center",
                      "t37"."environment" AS "tag_environment",
                      "t37"."lifecycle" AS "tag_lifecycle",
                      "t37"."app_id" AS "key_app_id",
                      "t37"."starts" AS "begins",
                      "t37"."ends" AS "ends"
                    FROM (
                      SELECT
                        "t36".*
                        EXCEPT ("valid_from", "valid_to")
                      FROM (
                        SELECT
                          "t35"."app_id" AS "app_id",
                          "t35"."team_id" AS "team_id",
                          CASE
                            WHEN "t35"."cost_center" <> ''
                            THEN "t35"."cost_center"
                            ELSE CASE WHEN "t35"."starts" < "t35"."booked_to" THEN "t35"."booked_at" ELSE '' END
                          END AS "cost_center",
                          "t35"."environment" AS "environment",
                          "t35"."lifecycle" AS "lifecycle",
                          "t35"."valid_from" AS "valid_from",
                          "t35"."valid_to" AS "valid_to",
                          "t35"."starts" AS "starts",
                          "t35"."next_start" AS "next_start",
                          "t35"."ends" AS "ends",
                          "t35"."booked_team" AS "booked_team",
                          "t35"."booked_at" AS "booked_at",
                          "t35"."booked_from" AS "booked_from",
                          "t35"."booked_to" AS "booked_to"
                        FROM (
                          SELECT
                            "t34"."app_id" AS "app_id",
                            "t34"."team_id" AS "team_id",
                            "t34"."cost_center" AS "cost_center",
                            "t34"."environment" AS "environment",
                            "t34"."lifecycle" AS "lifecycle",
                            "t34"."valid_from" AS "valid_from",
                            "t34"."valid_to" AS "valid_to",
                            "t34"."starts" AS "starts",
                            "t34"."next_start" AS "next_start",
                            "t34"."ends" AS "ends",
                            "t24"."booked_team" AS "booked_team",
                            "t24"."booked_at" AS "booked_at",
                            "t24"."booked_from" AS "booked_from",
                            "t24"."booked_to" AS "booked_to"
                          FROM (
                            SELECT
                              "t32"."app_id" AS "app_id",
                              "t32"."team_id" AS "team_id",
                              "t32"."cost_center" AS "cost_center",
                              "t32"."environment" AS "environment",
                              "t32"."lifecycle" AS "lifecycle",
                              "t32"."valid_from" AS "valid_from",
                              "t32"."valid_to" AS "valid_to",
                              "t32"."starts" AS "starts",
                              "t32"."next_start" AS "next_start",
                              CASE
                                WHEN "t32"."next_start" > "t32"."starts"
                                THEN "t32"."next_start"
                                ELSE "t32"."valid_to"
                              END AS "ends"
                            FROM (
                              SELECT
                                "t31"."app_id" AS "app_id",
                                "t31"."team_id" AS "team_id",
                                "t31"."cost_center" AS "cost_center",
                                "t31"."environment" AS "environment",
                                "t31"."lifecycle" AS "lifecycle",
                                "t31"."valid_from" AS "valid_from",
                                "t31"."valid_to" AS "valid_to",
                                "t31"."starts" AS "starts",
                                leadInFrame("t31"."starts") OVER (
                                  PARTITION BY "t31"."app_id", "t31"."valid_from"
                                  ORDER BY "t31"."starts" ASC
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) AS "next_start"
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    "t7"."app_id" AS "app_id",
                                    "t7"."team_id" AS "team_id",
                                    "t7"."cost_center" AS "cost_center",
                                    "t7"."environment" AS "environment",
                                    "t7"."lifecycle" AS "lifecycle",
                                    "t7"."valid_from" AS "valid_from",
                                    "t7"."valid_to" AS "valid_to",
                                    "t7"."valid_from" AS "starts"
                                  FROM "apps" AS "t7"
                                  WHERE
                                    "t7"."valid_from" < "t7"."valid_to"
                                ) AS "t17"
                                UNION DISTINCT
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    CAST("t29"."app_id" AS String) AS "app_id",
                                    CAST("t29"."team_id" AS String) AS "team_id",
                                    CAST("t29"."cost_center" AS String) AS "cost_center",
                                    CAST("t29"."environment" AS String) AS "environment",
                                    CAST("t29"."lifecycle" AS String) AS "lifecycle",
                                    toTimeZone(CAST("t29"."valid_from" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_from",
                                    toTimeZone(CAST("t29"."valid_to" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_to",
                                    toTimeZone(CAST("t29"."starts" AS DateTime64(3, 'UTC')), 'UTC') AS "starts"
                                  FROM (
                                    SELECT
                                      "t26"."app_id" AS "app_id",
                                      "t26"."team_id" AS "team_id",
                                      "t26"."cost_center" AS "cost_center",
                                      "t26"."environment" AS "environment",
                                      "t26"."lifecycle" AS "lifecycle",
                                      "t26"."valid_from" AS "valid_from",
                                      "t26"."valid_to" AS "valid_to",
                                      "t28"."edge" AS "starts"
                                    FROM (
                                      SELECT
                                        "t7"."app_id" AS "app_id",
                                        "t7"."team_id" AS "team_id",
                                        "t7"."cost_center" AS "cost_center",
                                        "t7"."environment" AS "environment",
                                        "t7"."lifecycle" AS "lifecycle",
                                        "t7"."valid_from" AS "valid_from",
                                        "t7"."valid_to" AS "valid_to"
                                      FROM "apps" AS "t7"
                                      WHERE
                                        "t7"."valid_from" < "t7"."valid_to"
                                    ) AS "t26"
                                    INNER JOIN (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t6"."team_id" AS "booked_team",
                                          "t6"."valid_from" AS "edge"
                                        FROM "teams" AS "t6"
                                        WHERE
                                          "t6"."valid_from" < "t6"."valid_to"
                                      ) AS "t15"
                                      UNION ALL
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t6"."team_id" AS "booked_team",
                                          "t6"."valid_to" AS "edge"
                                        FROM "teams" AS "t6"
                                        WHERE
                                          "t6"."valid_from" < "t6"."valid_to"
                                      ) AS "t16"
                                    ) AS "t28"
                                      ON "t26"."team_id" = "t28"."booked_team"
                                      AND "t26"."valid_from" < "t28"."edge"
                                      AND "t28"."edge" < "t26"."valid_to"
                                  ) AS "t29"
                                ) AS "t30"
                              ) AS "t31"
                            ) AS "t32"
                          ) AS "t34"
                          ASOF LEFT JOIN (
                            SELECT
                              "t6"."team_id" AS "booked_team",
                              "t6"."cost_center" AS "booked_at",
                              "t6"."valid_from" AS "booked_from",
                              "t6"."valid_to" AS "booked_to"
                            FROM "teams" AS "t6"
                            WHERE
                              "t6"."valid_from" < "t6"."valid_to"
                          ) AS "t24"
                            ON "t34"."starts" >= "t24"."booked_from" AND "t34"."team_id" = "t24"."booked_team"
                        ) AS "t35"
                      ) AS "t36"
                    ) AS "t37"
                    WHERE
                      "t37"."starts" < "t37"."ends"
                    ORDER BY
                      "t37"."app_id" ASC,
                      "t37"."starts" ASC
                  ) AS "t41"
                    ON "t10"."time" >= "t41"."begins" AND "t10"."claimed_app_id" = "t41"."key_app_id"
                  ASOF LEFT JOIN (
                    SELECT
                      "t3"."resource_id" AS "lease_resource_id",
                      "t3"."app_id" AS "lease_app_id",
                      "t3"."lease_id" AS "key_lease_id",
                      "t3"."valid_from" AS "begins",
                      "t3"."valid_to" AS "ends"
                    FROM "leases" AS "t3"
                    WHERE
                      "t3"."valid_from" < "t3"."valid_to"
                  ) AS "t21"
                    ON "t10"."time" >= "t21"."begins" AND "t10"."lease_id" = "t21"."key_lease_id"
                  ASOF LEFT JOIN (
                    SELECT
                      "t4"."app_id" AS "owner_app_id",
                      "t4"."team_id" AS "owner_team_id",
                      "t4"."cost_center" AS "owner_cost_center",
                      "t4"."environment" AS "owner_environment",
                      "t4"."lifecycle" AS "owner_lifecycle",
                      "t4"."evidence" AS "owner_evidence",
                      "t4"."resource_id" AS "key_resource_id",
                      "t4"."valid_from" AS "begins",
                      "t4"."valid_to" AS "ends"
                    FROM "ownerships" AS "t4"
                    WHERE
                      "t4"."valid_from" < "t4"."valid_to"
                  ) AS "t22"
                    ON "t10"."time" >= "t22"."begins" AND "t10"."resource_id" = "t22"."key_resource_id"
                  ASOF LEFT JOIN (
                    SELECT
                      "t5"."cost_center" AS "environment_cost_center",
                      "t5"."environment" AS "key_environment",
                      "t5"."valid_from" AS "begins",
                      "t5"."valid_to" AS "ends"
                    FROM "environments" AS "t5"
                    WHERE
                      "t5"."valid_from" < "t5"."valid_to"
                  ) AS "t23"
                    ON "t10"."time" >= "t23"."begins"
                    AND "t10"."claimed_environment" = "t23"."key_environment"
                ) AS "t42"
              ) AS "t44"
              ASOF LEFT JOIN (
                SELECT
                  "t37"."team_id" AS "app_team_id",
                  "t37"."cost_center" AS "app_cost_center",
                  "t37"."environment" AS "app_environment",
                  "t37"."lifecycle" AS "app_lifecycle",
                  "t37"."app_id" AS "key_app_id",
                  "t37"."starts" AS "begins",
                  "t37"."ends" AS "ends"
                FROM (
                  SELECT
                    "t36".*
                    EXCEPT ("valid_from", "valid_to")
                  FROM (
                    SELECT
                      "t35"."app_id" AS "app_id",
                      "t35"."team_id" AS "team_id",
                      CASE
                        WHEN "t35"."cost_center" <> ''
                        THEN "t35"."cost_center"
                        ELSE CASE WHEN "t35"."starts" < "t35"."booked_to" THEN "t35"."booked_at" ELSE '' END
                      END AS "cost_center",
                      "t35"."environment" AS "environment",
                      "t35"."lifecycle" AS "lifecycle",
                      "t35"."valid_from" AS "valid_from",
                      "t35"."valid_to" AS "valid_to",
                      "t35"."starts" AS "starts",
                      "t35"."next_start" AS "next_start",
                      "t35"."ends" AS "ends",
                      "t35"."booked_team" AS "booked_team",
                      "t35"."booked_at" AS "booked_at",
                      "t35"."booked_from" AS "booked_from",
                      "t35"."booked_to" AS "booked_to"
                    FROM (
                      SELECT
                        "t34"."app_id" AS "app_id",
                        "t34"."team_id" AS "team_id",
                        "t34"."cost_center" AS "cost_center",
                        "t34"."environment" AS "environment",
                        "t34"."lifecycle" AS "lifecycle",
                        "t34"."valid_from" AS "valid_from",
                        "t34"."valid_to" AS "valid_to",
                        "t34"."starts" AS "starts",
                        "t34"."next_start" AS "next_start",
                        "t34"."ends" AS "ends",
                        "t24"."booked_team" AS "booked_team",
                        "t24"."booked_at" AS "booked_at",
                        "t24"."booked_from" AS "booked_from",
                        "t24"."booked_to" AS "booked_to"
                      FROM (
                        SELECT
                          "t32"."app_id" AS "app_id",
                          "t32"."team_id" AS "team_id",
                          "t32"."cost_center" AS "cost_center",
                          "t32"."environment" AS "environment",
                          "t32"."lifecycle" AS "lifecycle",
                          "t32"."valid_from" AS "valid_from",
                          "t32"."valid_to" AS "valid_to",
                          "t32"."starts" AS "starts",
                          "t32"."next_start" AS "next_start",
                          CASE
                            WHEN "t32"."next_start" > "t32"."starts"
                            THEN "t32"."next_start"
                            ELSE "t32"."valid_to"
                          END AS "ends"
                        FROM (
                          SELECT
                            "t31"."app_id" AS "app_id",
                            "t31"."team_id" AS "team_id",
                            "t31"."cost_center" AS "cost_center",
                            "t31"."environment" AS "environment",
                            "t31"."lifecycle" AS "lifecycle",
                            "t31"."valid_from" AS "valid_from",
                            "t31"."valid_to" AS "valid_to",
                            "t31"."starts" AS "starts",
                            leadInFrame("t31"."starts") OVER (
                              PARTITION BY "t31"."app_id", "t31"."valid_from"
                              ORDER BY "t31"."starts" ASC
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            ) AS "next_start"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t7"."app_id" AS "app_id",
                                "t7"."team_id" AS "team_id",
                                "t7"."cost_center" AS "cost_center",
                                "t7"."environment" AS "environment",
                                "t7"."lifecycle" AS "lifecycle",
                                "t7"."valid_from" AS "valid_from",
                                "t7"."valid_to" AS "valid_to",
                                "t7"."valid_from" AS "starts"
                              FROM "apps" AS "t7"
                              WHERE
                                "t7"."valid_from" < "t7"."valid_to"
                            ) AS "t17"
                            UNION DISTINCT
                            SELECT
                              *
                            FROM (
                              SELECT
                                CAST("t29"."app_id" AS String) AS "app_id",
                                CAST("t29"."team_id" AS String) AS "team_id",
                                CAST("t29"."cost_center" AS String) AS "cost_center",
                                CAST("t29"."environment" AS String) AS "environment",
                                CAST("t29"."lifecycle" AS String) AS "lifecycle",
                                toTimeZone(CAST("t29"."valid_from" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_from",
                                toTimeZone(CAST("t29"."valid_to" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_to",
                                toTimeZone(CAST("t29"."starts" AS DateTime64(3, 'UTC')), 'UTC') AS "starts"
                              FROM (
                                SELECT
                                  "t26"."app_id" AS "app_id",
                                  "t26"."team_id" AS "team_id",
                                  "t26"."cost_center" AS "cost_center",
                                  "t26"."environment" AS "environment",
                                  "t26"."lifecycle" AS "lifecycle",
                                  "t26"."valid_from" AS "valid_from",
                                  "t26"."valid_to" AS "valid_to",
                                  "t28"."edge" AS "starts"
                                FROM (
                                  SELECT
                                    "t7"."app_id" AS "app_id",
                                    "t7"."team_id" AS "team_id",
                                    "t7"."cost_center" AS "cost_center",
                                    "t7"."environment" AS "environment",
                                    "t7"."lifecycle" AS "lifecycle",
                                    "t7"."valid_from" AS "valid_from",
                                    "t7"."valid_to" AS "valid_to"
                                  FROM "apps" AS "t7"
                                  WHERE
                                    "t7"."valid_from" < "t7"."valid_to"
                                ) AS "t26"
                                INNER JOIN (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      "t6"."team_id" AS "booked_team",
                                      "t6"."valid_from" AS "edge"
                                    FROM "teams" AS "t6"
                                    WHERE
                                      "t6"."valid_from" < "t6"."valid_to"
                                  ) AS "t15"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      "t6"."team_id" AS "booked_team",
                                      "t6"."valid_to" AS "edge"
                                    FROM "teams" AS "t6"
                                    WHERE
                                      "t6"."valid_from" < "t6"."valid_to"
                                  ) AS "t16"
                                ) AS "t28"
                                  ON "t26"."team_id" = "t28"."booked_team"
                                  AND "t26"."valid_from" < "t28"."edge"
                                  AND "t28"."edge" < "t26"."valid_to"
                              ) AS "t29"
                            ) AS "t30"
                          ) AS "t31"
                        ) AS "t32"
                      ) AS "t34"
                      ASOF LEFT JOIN (
                        SELECT
                          "t6"."team_id" AS "booked_team",
                          "t6"."cost_center" AS "booked_at",
                          "t6"."valid_from" AS "booked_from",
                          "t6"."valid_to" AS "booked_to"
                        FROM "teams" AS "t6"
                        WHERE
                          "t6"."valid_from" < "t6"."valid_to"
                      ) AS "t24"
                        ON "t34"."starts" >= "t24"."booked_from" AND "t34"."team_id" = "t24"."booked_team"
                    ) AS "t35"
                  ) AS "t36"
                ) AS "t37"
                WHERE
                  "t37"."starts" < "t37"."ends"
                ORDER BY
                  "t37"."app_id" ASC,
                  "t37"."starts" ASC
              ) AS "t40"
                ON "t44"."time" >= "t40"."begins" AND "t44"."indirect_app_id" = "t40"."key_app_id"
            ) AS "t45"
          ) AS "t47"
          ASOF LEFT JOIN (
            SELECT
              "t1"."sku_id" AS "price_key",
              "t1"."valid_from" AS "price_from",
              "t1"."valid_to" AS "price_to",
              "t1"."sku_price_id" AS "price_id",
              "t1"."pricing_block" AS "price_block",
              "t1"."pricing_unit" AS "price_unit",
              "t1"."list_unit_price" AS "base_price",
              "t1"."tier_starts" AS "tier_starts",
              "t1"."tier_unit_prices" AS "tier_prices"
            FROM "prices" AS "t1"
            WHERE
              "t1"."valid_from" < "t1"."valid_to"
          ) AS "t20"
            ON "t47"."time" >= "t20"."price_from" AND "t47"."sku_id" = "t20"."price_key"
        ) AS "t48"
      ) AS "t49"
    ) AS "t51"
    LEFT SEMI JOIN (
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
        "t0"."markup_rule_id" AS "markup_rule_id"
      FROM "charges" AS "t0"
    ) AS "t27"
      ON "t51"."charge_period_start" = "t27"."charge_period_start"
      AND "t51"."resource_id" = "t27"."resource_id"
      AND "t51"."app_id" = "t27"."app_id"
      AND "t51"."team_id" = "t27"."team_id"
      AND "t51"."cost_center" = "t27"."cost_center"
      AND "t51"."environment" = "t27"."environment"
      AND "t51"."lifecycle" = "t27"."lifecycle"
      AND "t51"."attribution_rule" = "t27"."attribution_rule"
      AND "t51"."sku_id" = "t27"."sku_id"
      AND "t51"."pricing_category" = "t27"."pricing_category"
      AND "t51"."is_reconciled" = "t27"."is_reconciled"
      AND "t51"."is_estimated" = "t27"."is_estimated"
      AND "t51"."sku_price_id" = "t27"."sku_price_id"
      AND "t51"."known_price" = "t27"."known_price"
      AND "t51"."discount_rule_id" = "t27"."discount_rule_id"
      AND "t51"."markup_rule_id" = "t27"."markup_rule_id"
  ) AS "t52"
) AS "t53"
