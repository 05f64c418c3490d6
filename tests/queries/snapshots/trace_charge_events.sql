SELECT
  "t57"."time" AS "time",
  "t57"."source" AS "source",
  "t57"."event_id" AS "event_id",
  "t57"."meter" AS "meter",
  "t57"."quantity" AS "quantity",
  "t57"."resource_id" AS "resource_id",
  "t57"."app_id" AS "app_id",
  "t57"."team_id" AS "team_id",
  "t57"."cost_center" AS "cost_center",
  "t57"."environment" AS "environment",
  "t57"."lifecycle" AS "lifecycle",
  "t57"."attribution_rule" AS "attribution_rule",
  "t57"."sku_id" AS "sku_id",
  "t57"."pricing_category" AS "pricing_category",
  "t57"."list_unit_price" AS "list_unit_price",
  "t57"."list_cost" AS "list_cost",
  "t57"."sku_price_id" AS "sku_price_id",
  "t57"."is_estimated" AS "is_estimated",
  "t57"."lease_id" AS "lease_id",
  "t57"."received_at" AS "received_at"
FROM (
  SELECT
    "t56"."time" AS "time",
    "t56"."source" AS "source",
    "t56"."event_id" AS "event_id",
    "t56"."meter" AS "meter",
    "t56"."quantity" AS "quantity",
    "t56"."resource_id" AS "resource_id",
    "t56"."lease_id" AS "lease_id",
    "t56"."is_authenticated" AS "is_authenticated",
    "t56"."sku_id" AS "sku_id",
    "t56"."is_spot" AS "is_spot",
    "t56"."is_estimated" AS "is_estimated",
    "t56"."call_input_tokens" AS "call_input_tokens",
    "t56"."received_at" AS "received_at",
    "t56"."app_id" AS "app_id",
    "t56"."team_id" AS "team_id",
    "t56"."cost_center" AS "cost_center",
    "t56"."environment" AS "environment",
    "t56"."lifecycle" AS "lifecycle",
    "t56"."attribution_rule" AS "attribution_rule",
    "t56"."is_reconciled" AS "is_reconciled",
    "t56"."has_price" AS "has_price",
    "t56"."pricing_block" AS "pricing_block",
    "t56"."pricing_unit" AS "pricing_unit",
    "t56"."list_unit_price" AS "list_unit_price",
    "t56"."sku_price_id" AS "sku_price_id",
    "t56"."charge_period_start" AS "charge_period_start",
    "t56"."pricing_category" AS "pricing_category",
    "t56"."known_price" AS "known_price",
    divide(
      multiply(CAST("t56"."quantity" AS Nullable(Decimal(76, 9))), "t56"."list_unit_price"),
      GREATEST("t56"."pricing_block", 1)
    ) AS "list_cost"
  FROM (
    SELECT
      "t55"."time" AS "time",
      "t55"."source" AS "source",
      "t55"."event_id" AS "event_id",
      "t55"."meter" AS "meter",
      "t55"."quantity" AS "quantity",
      "t55"."resource_id" AS "resource_id",
      "t55"."lease_id" AS "lease_id",
      "t55"."is_authenticated" AS "is_authenticated",
      "t55"."sku_id" AS "sku_id",
      "t55"."is_spot" AS "is_spot",
      "t55"."is_estimated" AS "is_estimated",
      "t55"."call_input_tokens" AS "call_input_tokens",
      "t55"."received_at" AS "received_at",
      "t55"."app_id" AS "app_id",
      "t55"."team_id" AS "team_id",
      "t55"."cost_center" AS "cost_center",
      "t55"."environment" AS "environment",
      "t55"."lifecycle" AS "lifecycle",
      "t55"."attribution_rule" AS "attribution_rule",
      "t55"."is_reconciled" AS "is_reconciled",
      "t55"."has_price" AS "has_price",
      "t55"."pricing_block" AS "pricing_block",
      "t55"."pricing_unit" AS "pricing_unit",
      "t55"."list_unit_price" AS "list_unit_price",
      "t55"."sku_price_id" AS "sku_price_id",
      "t55"."charge_period_start" AS "charge_period_start",
      "t55"."pricing_category" AS "pricing_category",
      "t55"."known_price" AS "known_price"
    FROM (
      SELECT
        "t53"."time" AS "time",
        "t53"."source" AS "source",
        "t53"."event_id" AS "event_id",
        "t53"."meter" AS "meter",
        "t53"."quantity" AS "quantity",
        "t53"."resource_id" AS "resource_id",
        "t53"."lease_id" AS "lease_id",
        "t53"."is_authenticated" AS "is_authenticated",
        "t53"."sku_id" AS "sku_id",
        "t53"."is_spot" AS "is_spot",
        "t53"."is_estimated" AS "is_estimated",
        "t53"."call_input_tokens" AS "call_input_tokens",
        "t53"."received_at" AS "received_at",
        "t53"."app_id" AS "app_id",
        "t53"."team_id" AS "team_id",
        "t53"."cost_center" AS "cost_center",
        "t53"."environment" AS "environment",
        "t53"."lifecycle" AS "lifecycle",
        "t53"."attribution_rule" AS "attribution_rule",
        "t53"."is_reconciled" AS "is_reconciled",
        "t53"."has_price" AS "has_price",
        "t53"."pricing_block" AS "pricing_block",
        "t53"."pricing_unit" AS "pricing_unit",
        CASE
          WHEN "t53"."has_price"
          THEN "t53"."list_unit_price"
          ELSE CAST(NULL AS Nullable(Decimal(38, 12)))
        END AS "list_unit_price",
        "t53"."sku_price_id" AS "sku_price_id",
        toTimeZone(CAST(dateTrunc('HOUR', "t53"."time") AS DateTime64(0, 'UTC')), 'UTC') AS "charge_period_start",
        CASE WHEN "t53"."is_spot" THEN 'Dynamic' ELSE 'Standard' END AS "pricing_category",
        CAST(CASE
          WHEN "t53"."has_price"
          THEN "t53"."list_unit_price"
          ELSE CAST(-1 AS Nullable(Decimal(38, 12)))
        END AS Decimal(38, 12)) AS "known_price"
      FROM (
        SELECT
          "t52"."time" AS "time",
          "t52"."source" AS "source",
          "t52"."event_id" AS "event_id",
          "t52"."meter" AS "meter",
          "t52"."quantity" AS "quantity",
          "t52"."resource_id" AS "resource_id",
          "t52"."lease_id" AS "lease_id",
          "t52"."is_authenticated" AS "is_authenticated",
          "t52"."sku_id" AS "sku_id",
          "t52"."is_spot" AS "is_spot",
          "t52"."is_estimated" AS "is_estimated",
          "t52"."call_input_tokens" AS "call_input_tokens",
          "t52"."received_at" AS "received_at",
          "t52"."app_id" AS "app_id",
          "t52"."team_id" AS "team_id",
          "t52"."cost_center" AS "cost_center",
          "t52"."environment" AS "environment",
          "t52"."lifecycle" AS "lifecycle",
          "t52"."attribution_rule" AS "attribution_rule",
          "t52"."is_reconciled" AS "is_reconciled",
          "t52"."has_price" AS "has_price",
          CAST(CASE WHEN "t52"."has_price" THEN "t52"."price_block" ELSE 0 END AS UInt64) AS "pricing_block",
          CASE WHEN "t52"."has_price" THEN "t52"."price_unit" ELSE '' END AS "pricing_unit",
          CASE
            WHEN "t52"."has_price" AND (
              "t52"."tier" > 0
            )
            THEN arrayElement("t52"."tier_prices", "t52"."tier")
            ELSE "t52"."base_price"
          END AS "list_unit_price",
          CASE
            WHEN NOT (
              "t52"."has_price"
            )
            THEN ''
            WHEN "t52"."tier" > 0
            THEN CONCAT(
              CONCAT("t52"."price_id", '>'),
              CAST(arrayElement("t52"."tier_starts", "t52"."tier") AS String)
            )
            ELSE "t52"."price_id"
          END AS "sku_price_id"
        FROM (
          SELECT
            "t51"."time" AS "time",
            "t51"."source" AS "source",
            "t51"."event_id" AS "event_id",
            "t51"."meter" AS "meter",
            "t51"."quantity" AS "quantity",
            "t51"."resource_id" AS "resource_id",
            "t51"."lease_id" AS "lease_id",
            "t51"."is_authenticated" AS "is_authenticated",
            "t51"."sku_id" AS "sku_id",
            "t51"."is_spot" AS "is_spot",
            "t51"."is_estimated" AS "is_estimated",
            "t51"."call_input_tokens" AS "call_input_tokens",
            "t51"."received_at" AS "received_at",
            "t51"."app_id" AS "app_id",
            "t51"."team_id" AS "team_id",
            "t51"."cost_center" AS "cost_center",
            "t51"."environment" AS "environment",
            "t51"."lifecycle" AS "lifecycle",
            "t51"."attribution_rule" AS "attribution_rule",
            "t51"."is_reconciled" AS "is_reconciled",
            "t21"."price_id" AS "price_id",
            "t21"."price_block" AS "price_block",
            "t21"."price_unit" AS "price_unit",
            "t21"."base_price" AS "base_price",
            "t21"."tier_starts" AS "tier_starts",
            "t21"."tier_prices" AS "tier_prices",
            "t51"."time" < "t21"."price_to" AS "has_price",
            length(
              arrayFilter(
                __ibis_param_start__ -> __ibis_param_start__ < "t51"."call_input_tokens",
                "t21"."tier_starts"
              )
            ) AS "tier"
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
              CASE
                WHEN "t49"."attribution_rule" = 'app_tag'
                THEN "t49"."claimed_app_id"
                ELSE "t49"."indirect_app_id"
              END AS "app_id",
              CASE
                WHEN "t49"."attribution_rule" = 'app_tag'
                THEN "t49"."tag_team_id"
                WHEN "t49"."app_found"
                AND (
                  "t49"."indirect_app_id" <> ''
                )
                AND (
                  "t49"."app_team_id" <> ''
                )
                THEN "t49"."app_team_id"
                WHEN "t49"."attribution_rule" = 'resource_owner'
                THEN "t49"."owner_team_id"
                ELSE ''
              END AS "team_id",
              COALESCE(
                nullIf(
                  CASE
                    WHEN "t49"."attribution_rule" = 'environment'
                    THEN "t49"."environment_cost_center"
                    ELSE CASE
                      WHEN "t49"."attribution_rule" = 'app_tag'
                      THEN "t49"."tag_cost_center"
                      WHEN "t49"."app_found"
                      AND (
                        "t49"."indirect_app_id" <> ''
                      )
                      AND (
                        "t49"."app_cost_center" <> ''
                      )
                      THEN "t49"."app_cost_center"
                      WHEN "t49"."attribution_rule" = 'resource_owner'
                      THEN "t49"."owner_cost_center"
                      ELSE ''
                    END
                  END,
                  ''
                ),
                'cc-unattributed'
              ) AS "cost_center",
              COALESCE(
                nullIf("t49"."claimed_environment", ''),
                CASE
                  WHEN "t49"."attribution_rule" = 'app_tag'
                  THEN "t49"."tag_environment"
                  WHEN "t49"."app_found"
                  AND (
                    "t49"."indirect_app_id" <> ''
                  )
                  AND (
                    "t49"."app_environment" <> ''
                  )
                  THEN "t49"."app_environment"
                  WHEN "t49"."attribution_rule" = 'resource_owner'
                  THEN "t49"."owner_environment"
                  ELSE ''
                END
              ) AS "environment",
              CASE
                WHEN "t49"."attribution_rule" = 'app_tag'
                THEN "t49"."tag_lifecycle"
                WHEN "t49"."app_found"
                AND (
                  "t49"."indirect_app_id" <> ''
                )
                AND (
                  "t49"."app_lifecycle" <> ''
                )
                THEN "t49"."app_lifecycle"
                WHEN "t49"."attribution_rule" = 'resource_owner'
                THEN "t49"."owner_lifecycle"
                ELSE ''
              END AS "lifecycle",
              "t49"."attribution_rule" AS "attribution_rule",
              (
                "t49"."attribution_rule" = 'resource_owner'
              )
              AND (
                "t49"."owner_evidence" <> ''
              ) AS "is_reconciled"
            FROM (
              SELECT
                "t48"."time" AS "time",
                "t48"."source" AS "source",
                "t48"."event_id" AS "event_id",
                "t48"."meter" AS "meter",
                "t48"."quantity" AS "quantity",
                "t48"."resource_id" AS "resource_id",
                "t48"."claimed_app_id" AS "claimed_app_id",
                "t48"."claimed_environment" AS "claimed_environment",
                "t48"."lease_id" AS "lease_id",
                "t48"."is_authenticated" AS "is_authenticated",
                "t48"."sku_id" AS "sku_id",
                "t48"."is_spot" AS "is_spot",
                "t48"."is_estimated" AS "is_estimated",
                "t48"."call_input_tokens" AS "call_input_tokens",
                "t48"."received_at" AS "received_at",
                "t48"."tag_team_id" AS "tag_team_id",
                "t48"."tag_cost_center" AS "tag_cost_center",
                "t48"."tag_environment" AS "tag_environment",
                "t48"."tag_lifecycle" AS "tag_lifecycle",
                "t48"."owner_team_id" AS "owner_team_id",
                "t48"."owner_cost_center" AS "owner_cost_center",
                "t48"."owner_environment" AS "owner_environment",
                "t48"."owner_lifecycle" AS "owner_lifecycle",
                "t48"."owner_evidence" AS "owner_evidence",
                "t48"."environment_cost_center" AS "environment_cost_center",
                "t48"."attribution_rule" AS "attribution_rule",
                "t48"."indirect_app_id" AS "indirect_app_id",
                "t44"."app_team_id" AS "app_team_id",
                "t44"."app_cost_center" AS "app_cost_center",
                "t44"."app_environment" AS "app_environment",
                "t44"."app_lifecycle" AS "app_lifecycle",
                "t48"."time" < "t44"."ends" AS "app_found"
              FROM (
                SELECT
                  "t46"."time" AS "time",
                  "t46"."source" AS "source",
                  "t46"."event_id" AS "event_id",
                  "t46"."meter" AS "meter",
                  "t46"."quantity" AS "quantity",
                  "t46"."resource_id" AS "resource_id",
                  "t46"."claimed_app_id" AS "claimed_app_id",
                  "t46"."claimed_environment" AS "claimed_environment",
                  "t46"."lease_id" AS "lease_id",
                  "t46"."is_authenticated" AS "is_authenticated",
                  "t46"."sku_id" AS "sku_id",
                  "t46"."is_spot" AS "is_spot",
                  "t46"."is_estimated" AS "is_estimated",
                  "t46"."call_input_tokens" AS "call_input_tokens",
                  "t46"."received_at" AS "received_at",
                  "t46"."tag_team_id" AS "tag_team_id",
                  "t46"."tag_cost_center" AS "tag_cost_center",
                  "t46"."tag_environment" AS "tag_environment",
                  "t46"."tag_lifecycle" AS "tag_lifecycle",
                  "t46"."owner_team_id" AS "owner_team_id",
                  "t46"."owner_cost_center" AS "owner_cost_center",
                  "t46"."owner_environment" AS "owner_environment",
                  "t46"."owner_lifecycle" AS "owner_lifecycle",
                  "t46"."owner_evidence" AS "owner_evidence",
                  "t46"."environment_cost_center" AS "environment_cost_center",
                  CASE
                    WHEN "t46"."tag_found"
                    AND "t46"."is_authenticated"
                    AND (
                      "t46"."claimed_app_id" <> ''
                    )
                    THEN 'app_tag'
                    WHEN "t46"."lease_found"
                    AND "t46"."is_authenticated"
                    AND (
                      "t46"."lease_id" <> ''
                    )
                    AND (
                      "t46"."resource_id" IN ('', "t46"."lease_resource_id")
                      OR (
                        "t46"."lease_resource_id" = ''
                      )
                    )
                    THEN 'lease'
                    WHEN "t46"."owner_found" AND (
                      "t46"."resource_id" <> ''
                    )
                    THEN 'resource_owner'
                    WHEN "t46"."environment_found" AND (
                      "t46"."claimed_environment" <> ''
                    )
                    THEN 'environment'
                    ELSE 'default'
                  END AS "attribution_rule",
                  CASE
                    WHEN "t46"."tag_found"
                    AND "t46"."is_authenticated"
                    AND (
                      "t46"."claimed_app_id" <> ''
                    )
                    THEN ''
                    WHEN "t46"."lease_found"
                    AND "t46"."is_authenticated"
                    AND (
                      "t46"."lease_id" <> ''
                    )
                    AND (
                      "t46"."resource_id" IN ('', "t46"."lease_resource_id")
                      OR (
                        "t46"."lease_resource_id" = ''
                      )
                    )
                    THEN "t46"."lease_app_id"
                    WHEN "t46"."owner_found" AND (
                      "t46"."resource_id" <> ''
                    )
                    THEN "t46"."owner_app_id"
                    ELSE ''
                  END AS "indirect_app_id"
                FROM (
                  SELECT
                    "t32"."time" AS "time",
                    "t32"."source" AS "source",
                    "t32"."event_id" AS "event_id",
                    "t32"."meter" AS "meter",
                    "t32"."quantity" AS "quantity",
                    "t32"."resource_id" AS "resource_id",
                    "t32"."claimed_app_id" AS "claimed_app_id",
                    "t32"."claimed_environment" AS "claimed_environment",
                    "t32"."lease_id" AS "lease_id",
                    "t32"."is_authenticated" AS "is_authenticated",
                    "t32"."sku_id" AS "sku_id",
                    "t32"."is_spot" AS "is_spot",
                    "t32"."is_estimated" AS "is_estimated",
                    "t32"."call_input_tokens" AS "call_input_tokens",
                    "t32"."received_at" AS "received_at",
                    "t45"."tag_team_id" AS "tag_team_id",
                    "t45"."tag_cost_center" AS "tag_cost_center",
                    "t45"."tag_environment" AS "tag_environment",
                    "t45"."tag_lifecycle" AS "tag_lifecycle",
                    "t32"."time" < "t45"."ends" AS "tag_found",
                    "t22"."lease_resource_id" AS "lease_resource_id",
                    "t22"."lease_app_id" AS "lease_app_id",
                    "t32"."time" < "t22"."ends" AS "lease_found",
                    "t23"."owner_app_id" AS "owner_app_id",
                    "t23"."owner_team_id" AS "owner_team_id",
                    "t23"."owner_cost_center" AS "owner_cost_center",
                    "t23"."owner_environment" AS "owner_environment",
                    "t23"."owner_lifecycle" AS "owner_lifecycle",
                    "t23"."owner_evidence" AS "owner_evidence",
                    "t32"."time" < "t23"."ends" AS "owner_found",
                    "t24"."environment_cost_center" AS "environment_cost_center",
                    "t32"."time" < "t24"."ends" AS "environment_found"
                  FROM (
                    SELECT
                      "t30"."time" AS "time",
                      "t30"."source" AS "source",
                      "t30"."event_id" AS "event_id",
                      "t30"."meter" AS "meter",
                      "t30"."quantity" AS "quantity",
                      "t30"."resource_id" AS "resource_id",
                      "t30"."app_id" AS "claimed_app_id",
                      "t30"."environment" AS "claimed_environment",
                      "t30"."lease_id" AS "lease_id",
                      "t30"."is_authenticated" AS "is_authenticated",
                      "t30"."sku_id" AS "sku_id",
                      "t30"."is_spot" AS "is_spot",
                      "t30"."is_estimated" AS "is_estimated",
                      "t30"."call_input_tokens" AS "call_input_tokens",
                      "t30"."received_at" AS "received_at"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM "usage" AS "t5"
                        WHERE
                          "t5"."time" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
                          AND "t5"."time" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
                      ) AS "t14"
                      WHERE
                        CAST("t14"."meter" IN (
                          SELECT
                            "t0"."meter" AS "meter"
                          FROM "charges" AS "t0"
                          WHERE
                            "t0"."charge_date" >= toDate('2026-02-01')
                            AND "t0"."charge_date" < toDate('2026-03-01')
                            AND "t0"."app_id" IN ('chat')
                            AND "t0"."billing_currency" IN ('USD')
                            AND "t0"."meter" <> 'platform_cost'
                        ) AS Nullable(Bool))
                        AND CAST("t14"."resource_id" IN (
                          SELECT
                            "t0"."resource_id" AS "resource_id"
                          FROM "charges" AS "t0"
                          WHERE
                            "t0"."charge_date" >= toDate('2026-02-01')
                            AND "t0"."charge_date" < toDate('2026-03-01')
                            AND "t0"."app_id" IN ('chat')
                            AND "t0"."billing_currency" IN ('USD')
                            AND "t0"."meter" <> 'platform_cost'
                        ) AS Nullable(Bool))
                    ) AS "t30"
                  ) AS "t32"
                  ASOF LEFT JOIN (
                    SELECT
                      "t41"."team_id" AS "tag_team_id",
                      "t41"."cost_center" AS "tag_cost_center",
                      "t41"."environment" AS "tag_environment",
                      "t41"."lifecycle" AS "tag_lifecycle",
                      "t41"."app_id" AS "key_app_id",
                      "t41"."starts" AS "begins",
                      "t41"."ends" AS "ends"
                    FROM (
                      SELECT
                        "t40".*
                        EXCEPT ("valid_from", "valid_to")
                      FROM (
                        SELECT
                          "t39"."app_id" AS "app_id",
                          "t39"."team_id" AS "team_id",
                          CASE
                            WHEN "t39"."cost_center" <> ''
                            THEN "t39"."cost_center"
                            ELSE CASE WHEN "t39"."starts" < "t39"."booked_to" THEN "t39"."booked_at" ELSE '' END
                          END AS "cost_center",
                          "t39"."environment" AS "environment",
                          "t39"."lifecycle" AS "lifecycle",
                          "t39"."valid_from" AS "valid_from",
                          "t39"."valid_to" AS "valid_to",
                          "t39"."starts" AS "starts",
                          "t39"."next_start" AS "next_start",
                          "t39"."ends" AS "ends",
                          "t39"."booked_team" AS "booked_team",
                          "t39"."booked_at" AS "booked_at",
                          "t39"."booked_from" AS "booked_from",
                          "t39"."booked_to" AS "booked_to"
                        FROM (
                          SELECT
                            "t38"."app_id" AS "app_id",
                            "t38"."team_id" AS "team_id",
                            "t38"."cost_center" AS "cost_center",
                            "t38"."environment" AS "environment",
                            "t38"."lifecycle" AS "lifecycle",
                            "t38"."valid_from" AS "valid_from",
                            "t38"."valid_to" AS "valid_to",
                            "t38"."starts" AS "starts",
                            "t38"."next_start" AS "next_start",
                            "t38"."ends" AS "ends",
                            "t25"."booked_team" AS "booked_team",
                            "t25"."booked_at" AS "booked_at",
                            "t25"."booked_from" AS "booked_from",
                            "t25"."booked_to" AS "booked_to"
                          FROM (
                            SELECT
                              "t36"."app_id" AS "app_id",
                              "t36"."team_id" AS "team_id",
                              "t36"."cost_center" AS "cost_center",
                              "t36"."environment" AS "environment",
                              "t36"."lifecycle" AS "lifecycle",
                              "t36"."valid_from" AS "valid_from",
                              "t36"."valid_to" AS "valid_to",
                              "t36"."starts" AS "starts",
                              "t36"."next_start" AS "next_start",
                              CASE
                                WHEN "t36"."next_start" > "t36"."starts"
                                THEN "t36"."next_start"
                                ELSE "t36"."valid_to"
                              END AS "ends"
                            FROM (
                              SELECT
                                "t35"."app_id" AS "app_id",
                                "t35"."team_id" AS "team_id",
                                "t35"."cost_center" AS "cost_center",
                                "t35"."environment" AS "environment",
                                "t35"."lifecycle" AS "lifecycle",
                                "t35"."valid_from" AS "valid_from",
                                "t35"."valid_to" AS "valid_to",
                                "t35"."starts" AS "starts",
                                leadInFrame("t35"."starts") OVER (
                                  PARTITION BY "t35"."app_id", "t35"."valid_from"
                                  ORDER BY "t35"."starts" ASC
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
                                ) AS "t18"
                                UNION DISTINCT
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    CAST("t33"."app_id" AS String) AS "app_id",
                                    CAST("t33"."team_id" AS String) AS "team_id",
                                    CAST("t33"."cost_center" AS String) AS "cost_center",
                                    CAST("t33"."environment" AS String) AS "environment",
                                    CAST("t33"."lifecycle" AS String) AS "lifecycle",
                                    toTimeZone(CAST("t33"."valid_from" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_from",
                                    toTimeZone(CAST("t33"."valid_to" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_to",
                                    toTimeZone(CAST("t33"."starts" AS DateTime64(3, 'UTC')), 'UTC') AS "starts"
                                  FROM (
                                    SELECT
                                      "t27"."app_id" AS "app_id",
                                      "t27"."team_id" AS "team_id",
                                      "t27"."cost_center" AS "cost_center",
                                      "t27"."environment" AS "environment",
                                      "t27"."lifecycle" AS "lifecycle",
                                      "t27"."valid_from" AS "valid_from",
                                      "t27"."valid_to" AS "valid_to",
                                      "t29"."edge" AS "starts"
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
                                    ) AS "t27"
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
                                      ) AS "t16"
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
                                      ) AS "t17"
                                    ) AS "t29"
                                      ON "t27"."team_id" = "t29"."booked_team"
                                      AND "t27"."valid_from" < "t29"."edge"
                                      AND "t29"."edge" < "t27"."valid_to"
                                  ) AS "t33"
                                ) AS "t34"
                              ) AS "t35"
                            ) AS "t36"
                          ) AS "t38"
                          ASOF LEFT JOIN (
                            SELECT
                              "t6"."team_id" AS "booked_team",
                              "t6"."cost_center" AS "booked_at",
                              "t6"."valid_from" AS "booked_from",
                              "t6"."valid_to" AS "booked_to"
                            FROM "teams" AS "t6"
                            WHERE
                              "t6"."valid_from" < "t6"."valid_to"
                          ) AS "t25"
                            ON "t38"."starts" >= "t25"."booked_from" AND "t38"."team_id" = "t25"."booked_team"
                        ) AS "t39"
                      ) AS "t40"
                    ) AS "t41"
                    WHERE
                      "t41"."starts" < "t41"."ends"
                    ORDER BY
                      "t41"."app_id" ASC,
                      "t41"."starts" ASC
                  ) AS "t45"
                    ON "t32"."time" >= "t45"."begins" AND "t32"."claimed_app_id" = "t45"."key_app_id"
                  ASOF LEFT JOIN (
                    SELECT
                      "t2"."resource_id" AS "lease_resource_id",
                      "t2"."app_id" AS "lease_app_id",
                      "t2"."lease_id" AS "key_lease_id",
                      "t2"."valid_from" AS "begins",
                      "t2"."valid_to" AS "ends"
                    FROM "leases" AS "t2"
                    WHERE
                      "t2"."valid_from" < "t2"."valid_to"
                  ) AS "t22"
                    ON "t32"."time" >= "t22"."begins" AND "t32"."lease_id" = "t22"."key_lease_id"
                  ASOF LEFT JOIN (
                    SELECT
                      "t3"."app_id" AS "owner_app_id",
                      "t3"."team_id" AS "owner_team_id",
                      "t3"."cost_center" AS "owner_cost_center",
                      "t3"."environment" AS "owner_environment",
                      "t3"."lifecycle" AS "owner_lifecycle",
                      "t3"."evidence" AS "owner_evidence",
                      "t3"."resource_id" AS "key_resource_id",
                      "t3"."valid_from" AS "begins",
                      "t3"."valid_to" AS "ends"
                    FROM "ownerships" AS "t3"
                    WHERE
                      "t3"."valid_from" < "t3"."valid_to"
                  ) AS "t23"
                    ON "t32"."time" >= "t23"."begins" AND "t32"."resource_id" = "t23"."key_resource_id"
                  ASOF LEFT JOIN (
                    SELECT
                      "t4"."cost_center" AS "environment_cost_center",
                      "t4"."environment" AS "key_environment",
                      "t4"."valid_from" AS "begins",
                      "t4"."valid_to" AS "ends"
                    FROM "environments" AS "t4"
                    WHERE
                      "t4"."valid_from" < "t4"."valid_to"
                  ) AS "t24"
                    ON "t32"."time" >= "t24"."begins"
                    AND "t32"."claimed_environment" = "t24"."key_environment"
                ) AS "t46"
              ) AS "t48"
              ASOF LEFT JOIN (
                SELECT
                  "t41"."team_id" AS "app_team_id",
                  "t41"."cost_center" AS "app_cost_center",
                  "t41"."environment" AS "app_environment",
                  "t41"."lifecycle" AS "app_lifecycle",
                  "t41"."app_id" AS "key_app_id",
                  "t41"."starts" AS "begins",
                  "t41"."ends" AS "ends"
                FROM (
                  SELECT
                    "t40".*
                    EXCEPT ("valid_from", "valid_to")
                  FROM (
                    SELECT
                      "t39"."app_id" AS "app_id",
                      "t39"."team_id" AS "team_id",
                      CASE
                        WHEN "t39"."cost_center" <> ''
                        THEN "t39"."cost_center"
                        ELSE CASE WHEN "t39"."starts" < "t39"."booked_to" THEN "t39"."booked_at" ELSE '' END
                      END AS "cost_center",
                      "t39"."environment" AS "environment",
                      "t39"."lifecycle" AS "lifecycle",
                      "t39"."valid_from" AS "valid_from",
                      "t39"."valid_to" AS "valid_to",
                      "t39"."starts" AS "starts",
                      "t39"."next_start" AS "next_start",
                      "t39"."ends" AS "ends",
                      "t39"."booked_team" AS "booked_team",
                      "t39"."booked_at" AS "booked_at",
                      "t39"."booked_from" AS "booked_from",
                      "t39"."booked_to" AS "booked_to"
                    FROM (
                      SELECT
                        "t38"."app_id" AS "app_id",
                        "t38"."team_id" AS "team_id",
                        "t38"."cost_center" AS "cost_center",
                        "t38"."environment" AS "environment",
                        "t38"."lifecycle" AS "lifecycle",
                        "t38"."valid_from" AS "valid_from",
                        "t38"."valid_to" AS "valid_to",
                        "t38"."starts" AS "starts",
                        "t38"."next_start" AS "next_start",
                        "t38"."ends" AS "ends",
                        "t25"."booked_team" AS "booked_team",
                        "t25"."booked_at" AS "booked_at",
                        "t25"."booked_from" AS "booked_from",
                        "t25"."booked_to" AS "booked_to"
                      FROM (
                        SELECT
                          "t36"."app_id" AS "app_id",
                          "t36"."team_id" AS "team_id",
                          "t36"."cost_center" AS "cost_center",
                          "t36"."environment" AS "environment",
                          "t36"."lifecycle" AS "lifecycle",
                          "t36"."valid_from" AS "valid_from",
                          "t36"."valid_to" AS "valid_to",
                          "t36"."starts" AS "starts",
                          "t36"."next_start" AS "next_start",
                          CASE
                            WHEN "t36"."next_start" > "t36"."starts"
                            THEN "t36"."next_start"
                            ELSE "t36"."valid_to"
                          END AS "ends"
                        FROM (
                          SELECT
                            "t35"."app_id" AS "app_id",
                            "t35"."team_id" AS "team_id",
                            "t35"."cost_center" AS "cost_center",
                            "t35"."environment" AS "environment",
                            "t35"."lifecycle" AS "lifecycle",
                            "t35"."valid_from" AS "valid_from",
                            "t35"."valid_to" AS "valid_to",
                            "t35"."starts" AS "starts",
                            leadInFrame("t35"."starts") OVER (
                              PARTITION BY "t35"."app_id", "t35"."valid_from"
                              ORDER BY "t35"."starts" ASC
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
                            ) AS "t18"
                            UNION DISTINCT
                            SELECT
                              *
                            FROM (
                              SELECT
                                CAST("t33"."app_id" AS String) AS "app_id",
                                CAST("t33"."team_id" AS String) AS "team_id",
                                CAST("t33"."cost_center" AS String) AS "cost_center",
                                CAST("t33"."environment" AS String) AS "environment",
                                CAST("t33"."lifecycle" AS String) AS "lifecycle",
                                toTimeZone(CAST("t33"."valid_from" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_from",
                                toTimeZone(CAST("t33"."valid_to" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_to",
                                toTimeZone(CAST("t33"."starts" AS DateTime64(3, 'UTC')), 'UTC') AS "starts"
                              FROM (
                                SELECT
                                  "t27"."app_id" AS "app_id",
                                  "t27"."team_id" AS "team_id",
                                  "t27"."cost_center" AS "cost_center",
                                  "t27"."environment" AS "environment",
                                  "t27"."lifecycle" AS "lifecycle",
                                  "t27"."valid_from" AS "valid_from",
                                  "t27"."valid_to" AS "valid_to",
                                  "t29"."edge" AS "starts"
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
                                ) AS "t27"
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
                                  ) AS "t16"
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
                                  ) AS "t17"
                                ) AS "t29"
                                  ON "t27"."team_id" = "t29"."booked_team"
                                  AND "t27"."valid_from" < "t29"."edge"
                                  AND "t29"."edge" < "t27"."valid_to"
                              ) AS "t33"
                            ) AS "t34"
                          ) AS "t35"
                        ) AS "t36"
                      ) AS "t38"
                      ASOF LEFT JOIN (
                        SELECT
                          "t6"."team_id" AS "booked_team",
                          "t6"."cost_center" AS "booked_at",
                          "t6"."valid_from" AS "booked_from",
                          "t6"."valid_to" AS "booked_to"
                        FROM "teams" AS "t6"
                        WHERE
                          "t6"."valid_from" < "t6"."valid_to"
                      ) AS "t25"
                        ON "t38"."starts" >= "t25"."booked_from" AND "t38"."team_id" = "t25"."booked_team"
                    ) AS "t39"
                  ) AS "t40"
                ) AS "t41"
                WHERE
                  "t41"."starts" < "t41"."ends"
                ORDER BY
                  "t41"."app_id" ASC,
                  "t41"."starts" ASC
              ) AS "t44"
                ON "t48"."time" >= "t44"."begins" AND "t48"."indirect_app_id" = "t44"."key_app_id"
            ) AS "t49"
          ) AS "t51"
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
          ) AS "t21"
            ON "t51"."time" >= "t21"."price_from" AND "t51"."sku_id" = "t21"."price_key"
        ) AS "t52"
      ) AS "t53"
    ) AS "t55"
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
        CAST(COALESCE("t0"."list_unit_price", CAST(-1 AS Nullable(Decimal(38, 12)))) AS Decimal(38, 12)) AS "known_price"
      FROM "charges" AS "t0"
      WHERE
        "t0"."charge_date" >= toDate('2026-02-01')
        AND "t0"."charge_date" < toDate('2026-03-01')
        AND "t0"."app_id" IN ('chat')
        AND "t0"."billing_currency" IN ('USD')
        AND "t0"."meter" <> 'platform_cost'
    ) AS "t28"
      ON "t55"."charge_period_start" = "t28"."charge_period_start"
      AND "t55"."resource_id" = "t28"."resource_id"
      AND "t55"."app_id" = "t28"."app_id"
      AND "t55"."team_id" = "t28"."team_id"
      AND "t55"."cost_center" = "t28"."cost_center"
      AND "t55"."environment" = "t28"."environment"
      AND "t55"."lifecycle" = "t28"."lifecycle"
      AND "t55"."attribution_rule" = "t28"."attribution_rule"
      AND "t55"."sku_id" = "t28"."sku_id"
      AND "t55"."pricing_category" = "t28"."pricing_category"
      AND "t55"."is_reconciled" = "t28"."is_reconciled"
      AND "t55"."is_estimated" = "t28"."is_estimated"
      AND "t55"."sku_price_id" = "t28"."sku_price_id"
      AND "t55"."known_price" = "t28"."known_price"
  ) AS "t56"
) AS "t57"
ORDER BY
  "t57"."list_cost" DESC,
  "t57"."quantity" DESC,
  "t57"."time" ASC,
  "t57"."source" ASC,
  "t57"."event_id" ASC,
  "t57"."meter" ASC
LIMIT 100
