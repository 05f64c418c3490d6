SELECT
  *
FROM (
  SELECT
    "t66"."time" AS "time",
    "t66"."source" AS "source",
    "t66"."event_id" AS "event_id",
    "t66"."meter" AS "meter",
    "t66"."quantity" AS "quantity",
    "t66"."resource_id" AS "resource_id",
    "t66"."app_id" AS "app_id",
    "t66"."team_id" AS "team_id",
    "t66"."cost_center" AS "cost_center",
    "t66"."environment" AS "environment",
    "t66"."lifecycle" AS "lifecycle",
    "t66"."attribution_rule" AS "attribution_rule",
    "t66"."sku_id" AS "sku_id",
    "t66"."pricing_category" AS "pricing_category",
    "t66"."list_unit_price" AS "list_unit_price",
    "t66"."list_cost" AS "list_cost",
    "t66"."sku_price_id" AS "sku_price_id",
    "t66"."is_estimated" AS "is_estimated",
    "t66"."lease_id" AS "lease_id",
    "t66"."received_at" AS "received_at"
  FROM (
    SELECT
      "t64"."source" AS "source",
      "t64"."event_id" AS "event_id",
      "t64"."time" AS "time",
      "t64"."received_at" AS "received_at",
      "t64"."resource_id" AS "resource_id",
      "t64"."lease_id" AS "lease_id",
      "t64"."is_authenticated" AS "is_authenticated",
      "t64"."event_digest" AS "event_digest",
      "t64"."meter" AS "meter",
      "t64"."quantity" AS "quantity",
      "t64"."sku_id" AS "sku_id",
      "t64"."provider" AS "provider",
      "t64"."model" AS "model",
      "t64"."instance_type" AS "instance_type",
      "t64"."region" AS "region",
      "t64"."is_spot" AS "is_spot",
      "t64"."is_estimated" AS "is_estimated",
      "t64"."call_input_tokens" AS "call_input_tokens",
      "t64"."charge_period_start" AS "charge_period_start",
      "t64"."app_id" AS "app_id",
      "t64"."team_id" AS "team_id",
      "t64"."cost_center" AS "cost_center",
      "t64"."environment" AS "environment",
      "t64"."lifecycle" AS "lifecycle",
      "t64"."attribution_rule" AS "attribution_rule",
      "t64"."is_reconciled" AS "is_reconciled",
      "t64"."priced_sku" AS "priced_sku",
      "t64"."sku_price_id" AS "sku_price_id",
      "t64"."base_unit_price" AS "base_unit_price",
      "t64"."tier_starts" AS "tier_starts",
      "t64"."tier_unit_prices" AS "tier_unit_prices",
      "t64"."pricing_block" AS "pricing_block",
      "t64"."pricing_unit" AS "pricing_unit",
      "t64"."price_from" AS "price_from",
      "t64"."price_to" AS "price_to",
      "t64"."has_price" AS "has_price",
      CASE
        WHEN "t64"."has_price"
        THEN "t64"."list_unit_price"
        ELSE CAST(NULL AS Nullable(Decimal(38, 12)))
      END AS "list_unit_price",
      CASE WHEN "t64"."is_spot" THEN 'Dynamic' ELSE 'Standard' END AS "pricing_category",
      CASE
        WHEN "t64"."has_price"
        THEN divide(
          multiply(CAST("t64"."quantity" AS Nullable(Decimal(76, 9))), "t64"."list_unit_price"),
          GREATEST("t64"."pricing_block", 1)
        )
        ELSE CAST(NULL AS Nullable(Decimal(76, 21)))
      END AS "list_cost"
    FROM (
      SELECT
        "t63"."source" AS "source",
        "t63"."event_id" AS "event_id",
        "t63"."time" AS "time",
        "t63"."received_at" AS "received_at",
        "t63"."resource_id" AS "resource_id",
        "t63"."lease_id" AS "lease_id",
        "t63"."is_authenticated" AS "is_authenticated",
        "t63"."event_digest" AS "event_digest",
        "t63"."meter" AS "meter",
        "t63"."quantity" AS "quantity",
        "t63"."sku_id" AS "sku_id",
        "t63"."provider" AS "provider",
        "t63"."model" AS "model",
        "t63"."instance_type" AS "instance_type",
        "t63"."region" AS "region",
        "t63"."is_spot" AS "is_spot",
        "t63"."is_estimated" AS "is_estimated",
        "t63"."call_input_tokens" AS "call_input_tokens",
        "t63"."charge_period_start" AS "charge_period_start",
        "t63"."app_id" AS "app_id",
        "t63"."team_id" AS "team_id",
        "t63"."cost_center" AS "cost_center",
        "t63"."environment" AS "environment",
        "t63"."lifecycle" AS "lifecycle",
        "t63"."attribution_rule" AS "attribution_rule",
        "t63"."is_reconciled" AS "is_reconciled",
        "t63"."priced_sku" AS "priced_sku",
        CASE
          WHEN NOT (
            "t63"."time" < "t63"."price_to"
          )
          THEN ''
          WHEN length(
            arrayFilter(
              __ibis_param_start__ -> __ibis_param_start__ < "t63"."call_input_tokens",
              "t63"."tier_starts"
            )
          ) > 0
          THEN CONCAT(
            CONCAT("t63"."sku_price_id", '>'),
            CAST("t63"."tier_starts"[CASE
              WHEN (
                length(
                  arrayFilter(
                    __ibis_param_start__ -> "t63"."call_input_tokens" > __ibis_param_start__,
                    "t63"."tier_starts"
                  )
                ) - 1
              ) >= 0
              THEN length(
                arrayFilter(
                  __ibis_param_start__ -> "t63"."call_input_tokens" > __ibis_param_start__,
                  "t63"."tier_starts"
                )
              ) - 1
              ELSE length(
                arrayFilter(
                  __ibis_param_start__ -> "t63"."call_input_tokens" > __ibis_param_start__,
                  "t63"."tier_starts"
                )
              ) - 1 - 1
            END + 1] AS Nullable(String))
          )
          ELSE "t63"."sku_price_id"
        END AS "sku_price_id",
        "t63"."base_unit_price" AS "base_unit_price",
        "t63"."tier_starts" AS "tier_starts",
        "t63"."tier_unit_prices" AS "tier_unit_prices",
        CAST(CASE WHEN "t63"."time" < "t63"."price_to" THEN "t63"."pricing_block" ELSE 0 END AS UInt64) AS "pricing_block",
        CASE WHEN "t63"."time" < "t63"."price_to" THEN "t63"."pricing_unit" ELSE '' END AS "pricing_unit",
        "t63"."price_from" AS "price_from",
        "t63"."price_to" AS "price_to",
        "t63"."time" < "t63"."price_to" AS "has_price",
        CASE
          WHEN (
            "t63"."time" < "t63"."price_to"
          )
          AND (
            length(
              arrayFilter(
                __ibis_param_start__ -> __ibis_param_start__ < "t63"."call_input_tokens",
                "t63"."tier_starts"
              )
            ) > 0
          )
          THEN "t63"."tier_unit_prices"[CASE
            WHEN (
              length(
                arrayFilter(
                  __ibis_param_start__ -> "t63"."call_input_tokens" > __ibis_param_start__,
                  "t63"."tier_starts"
                )
              ) - 1
            ) >= 0
            THEN length(
              arrayFilter(
                __ibis_param_start__ -> "t63"."call_input_tokens" > __ibis_param_start__,
                "t63"."tier_starts"
              )
            ) - 1
            ELSE length(
              arrayFilter(
                __ibis_param_start__ -> "t63"."call_input_tokens" > __ibis_param_start__,
                "t63"."tier_starts"
              )
            ) - 1 - 1
          END + 1]
          ELSE "t63"."base_unit_price"
        END AS "list_unit_price"
      FROM (
        SELECT
          "t62"."source" AS "source",
          "t62"."event_id" AS "event_id",
          "t62"."time" AS "time",
          "t62"."received_at" AS "received_at",
          "t62"."resource_id" AS "resource_id",
          "t62"."lease_id" AS "lease_id",
          "t62"."is_authenticated" AS "is_authenticated",
          "t62"."event_digest" AS "event_digest",
          "t62"."meter" AS "meter",
          "t62"."quantity" AS "quantity",
          "t62"."sku_id" AS "sku_id",
          "t62"."provider" AS "provider",
          "t62"."model" AS "model",
          "t62"."instance_type" AS "instance_type",
          "t62"."region" AS "region",
          "t62"."is_spot" AS "is_spot",
          "t62"."is_estimated" AS "is_estimated",
          "t62"."call_input_tokens" AS "call_input_tokens",
          "t62"."charge_period_start" AS "charge_period_start",
          "t62"."app_id" AS "app_id",
          "t62"."team_id" AS "team_id",
          "t62"."cost_center" AS "cost_center",
          "t62"."environment" AS "environment",
          "t62"."lifecycle" AS "lifecycle",
          "t62"."attribution_rule" AS "attribution_rule",
          "t62"."is_reconciled" AS "is_reconciled",
          "t31"."priced_sku" AS "priced_sku",
          "t31"."sku_price_id" AS "sku_price_id",
          "t31"."base_unit_price" AS "base_unit_price",
          "t31"."tier_starts" AS "tier_starts",
          "t31"."tier_unit_prices" AS "tier_unit_prices",
          "t31"."pricing_block" AS "pricing_block",
          "t31"."pricing_unit" AS "pricing_unit",
          "t31"."price_from" AS "price_from",
          "t31"."price_to" AS "price_to"
        FROM (
          SELECT
            "t60"."source" AS "source",
            "t60"."event_id" AS "event_id",
            "t60"."time" AS "time",
            "t60"."received_at" AS "received_at",
            "t60"."resource_id" AS "resource_id",
            "t60"."lease_id" AS "lease_id",
            "t60"."is_authenticated" AS "is_authenticated",
            "t60"."event_digest" AS "event_digest",
            "t60"."meter" AS "meter",
            "t60"."quantity" AS "quantity",
            "t60"."sku_id" AS "sku_id",
            "t60"."provider" AS "provider",
            "t60"."model" AS "model",
            "t60"."instance_type" AS "instance_type",
            "t60"."region" AS "region",
            "t60"."is_spot" AS "is_spot",
            "t60"."is_estimated" AS "is_estimated",
            "t60"."call_input_tokens" AS "call_input_tokens",
            "t60"."charge_period_start" AS "charge_period_start",
            CASE
              WHEN "t60"."is_tag"
              THEN "t60"."claimed_app_id"
              ELSE "t60"."indirect_app_id"
            END AS "app_id",
            CASE
              WHEN "t60"."is_tag"
              THEN "t60"."tag_team_id"
              WHEN "t60"."app_found"
              AND (
                "t60"."indirect_app_id" <> ''
              )
              AND (
                "t60"."app_team_id" <> ''
              )
              THEN "t60"."app_team_id"
              WHEN "t60"."is_owner"
              THEN "t60"."owner_team_id"
              ELSE ''
            END AS "team_id",
            CASE
              WHEN CASE
                WHEN NOT (
                  "t60"."is_tag"
                )
                AND NOT (
                  "t60"."is_lease"
                )
                AND NOT (
                  "t60"."is_owner"
                )
                AND (
                  (
                    "t60"."time" < "t60"."environment_valid_to"
                  )
                  AND (
                    "t60"."claimed_environment" <> ''
                  )
                )
                THEN "t60"."environment_cost_center"
                ELSE CASE
                  WHEN "t60"."is_tag"
                  THEN "t60"."tag_cost_center"
                  WHEN "t60"."app_found"
                  AND (
                    "t60"."indirect_app_id" <> ''
                  )
                  AND (
                    "t60"."app_cost_center" <> ''
                  )
                  THEN "t60"."app_cost_center"
                  WHEN "t60"."is_owner"
                  THEN "t60"."owner_cost_center"
                  ELSE ''
                END
              END <> ''
              THEN CASE
                WHEN NOT (
                  "t60"."is_tag"
                )
                AND NOT (
                  "t60"."is_lease"
                )
                AND NOT (
                  "t60"."is_owner"
                )
                AND (
                  (
                    "t60"."time" < "t60"."environment_valid_to"
                  )
                  AND (
                    "t60"."claimed_environment" <> ''
                  )
                )
                THEN "t60"."environment_cost_center"
                ELSE CASE
                  WHEN "t60"."is_tag"
                  THEN "t60"."tag_cost_center"
                  WHEN "t60"."app_found"
                  AND (
                    "t60"."indirect_app_id" <> ''
                  )
                  AND (
                    "t60"."app_cost_center" <> ''
                  )
                  THEN "t60"."app_cost_center"
                  WHEN "t60"."is_owner"
                  THEN "t60"."owner_cost_center"
                  ELSE ''
                END
              END
              ELSE 'cc-unattributed'
            END AS "cost_center",
            CASE
              WHEN "t60"."claimed_environment" <> ''
              THEN "t60"."claimed_environment"
              ELSE CASE
                WHEN "t60"."is_tag"
                THEN "t60"."tag_environment"
                WHEN "t60"."app_found"
                AND (
                  "t60"."indirect_app_id" <> ''
                )
                AND (
                  "t60"."app_environment" <> ''
                )
                THEN "t60"."app_environment"
                WHEN "t60"."is_owner"
                THEN "t60"."owner_environment"
                ELSE ''
              END
            END AS "environment",
            CASE
              WHEN "t60"."is_tag"
              THEN "t60"."tag_lifecycle"
              WHEN "t60"."app_found"
              AND (
                "t60"."indirect_app_id" <> ''
              )
              AND (
                "t60"."app_lifecycle" <> ''
              )
              THEN "t60"."app_lifecycle"
              WHEN "t60"."is_owner"
              THEN "t60"."owner_lifecycle"
              ELSE ''
            END AS "lifecycle",
            CASE
              WHEN "t60"."is_tag"
              THEN 'app_tag'
              WHEN "t60"."is_lease"
              THEN 'lease'
              WHEN "t60"."is_owner"
              THEN 'resource_owner'
              WHEN NOT (
                "t60"."is_tag"
              )
              AND NOT (
                "t60"."is_lease"
              )
              AND NOT (
                "t60"."is_owner"
              )
              AND (
                (
                  "t60"."time" < "t60"."environment_valid_to"
                )
                AND (
                  "t60"."claimed_environment" <> ''
                )
              )
              THEN 'environment'
              ELSE 'default'
            END AS "attribution_rule",
            "t60"."is_owner" AND (
              "t60"."owner_evidence" <> ''
            ) AS "is_reconciled"
          FROM (
            SELECT
              "t59"."source" AS "source",
              "t59"."event_id" AS "event_id",
              "t59"."time" AS "time",
              "t59"."received_at" AS "received_at",
              "t59"."resource_id" AS "resource_id",
              "t59"."claimed_app_id" AS "claimed_app_id",
              "t59"."claimed_environment" AS "claimed_environment",
              "t59"."lease_id" AS "lease_id",
              "t59"."is_authenticated" AS "is_authenticated",
              "t59"."event_digest" AS "event_digest",
              "t59"."meter" AS "meter",
              "t59"."quantity" AS "quantity",
              "t59"."sku_id" AS "sku_id",
              "t59"."provider" AS "provider",
              "t59"."model" AS "model",
              "t59"."instance_type" AS "instance_type",
              "t59"."region" AS "region",
              "t59"."is_spot" AS "is_spot",
              "t59"."is_estimated" AS "is_estimated",
              "t59"."call_input_tokens" AS "call_input_tokens",
              "t59"."charge_period_start" AS "charge_period_start",
              "t59"."tag_app_id" AS "tag_app_id",
              "t59"."tag_team_id" AS "tag_team_id",
              "t59"."tag_cost_center" AS "tag_cost_center",
              "t59"."tag_environment" AS "tag_environment",
              "t59"."tag_lifecycle" AS "tag_lifecycle",
              "t59"."tag_valid_from" AS "tag_valid_from",
              "t59"."tag_valid_to" AS "tag_valid_to",
              "t59"."tag_found" AS "tag_found",
              "t59"."lease_lease_id" AS "lease_lease_id",
              "t59"."lease_resource_id" AS "lease_resource_id",
              "t59"."lease_app_id" AS "lease_app_id",
              "t59"."lease_valid_from" AS "lease_valid_from",
              "t59"."lease_valid_to" AS "lease_valid_to",
              "t59"."lease_found" AS "lease_found",
              "t59"."owner_resource_id" AS "owner_resource_id",
              "t59"."owner_app_id" AS "owner_app_id",
              "t59"."owner_team_id" AS "owner_team_id",
              "t59"."owner_cost_center" AS "owner_cost_center",
              "t59"."owner_environment" AS "owner_environment",
              "t59"."owner_lifecycle" AS "owner_lifecycle",
              "t59"."owner_valid_from" AS "owner_valid_from",
              "t59"."owner_valid_to" AS "owner_valid_to",
              "t59"."owner_evidence" AS "owner_evidence",
              "t59"."owner_found" AS "owner_found",
              "t59"."is_tag" AS "is_tag",
              "t59"."is_lease" AS "is_lease",
              "t59"."is_owner" AS "is_owner",
              "t59"."indirect_app_id" AS "indirect_app_id",
              "t59"."app_app_id" AS "app_app_id",
              "t59"."app_team_id" AS "app_team_id",
              "t59"."app_cost_center" AS "app_cost_center",
              "t59"."app_environment" AS "app_environment",
              "t59"."app_lifecycle" AS "app_lifecycle",
              "t59"."app_valid_from" AS "app_valid_from",
              "t59"."app_valid_to" AS "app_valid_to",
              "t59"."app_found" AS "app_found",
              "t20"."environment_environment" AS "environment_environment",
              "t20"."environment_cost_center" AS "environment_cost_center",
              "t20"."environment_valid_from" AS "environment_valid_from",
              "t20"."environment_valid_to" AS "environment_valid_to",
              "t20"."environment_evidence" AS "environment_evidence"
            FROM (
              SELECT
                "t57"."source" AS "source",
                "t57"."event_id" AS "event_id",
                "t57"."time" AS "time",
                "t57"."received_at" AS "received_at",
                "t57"."resource_id" AS "resource_id",
                "t57"."claimed_app_id" AS "claimed_app_id",
                "t57"."claimed_environment" AS "claimed_environment",
                "t57"."lease_id" AS "lease_id",
                "t57"."is_authenticated" AS "is_authenticated",
                "t57"."event_digest" AS "event_digest",
                "t57"."meter" AS "meter",
                "t57"."quantity" AS "quantity",
                "t57"."sku_id" AS "sku_id",
                "t57"."provider" AS "provider",
                "t57"."model" AS "model",
                "t57"."instance_type" AS "instance_type",
                "t57"."region" AS "region",
                "t57"."is_spot" AS "is_spot",
                "t57"."is_estimated" AS "is_estimated",
                "t57"."call_input_tokens" AS "call_input_tokens",
                "t57"."charge_period_start" AS "charge_period_start",
                "t57"."tag_app_id" AS "tag_app_id",
                "t57"."tag_team_id" AS "tag_team_id",
                "t57"."tag_cost_center" AS "tag_cost_center",
                "t57"."tag_environment" AS "tag_environment",
                "t57"."tag_lifecycle" AS "tag_lifecycle",
                "t57"."tag_valid_from" AS "tag_valid_from",
                "t57"."tag_valid_to" AS "tag_valid_to",
                "t57"."tag_found" AS "tag_found",
                "t57"."lease_lease_id" AS "lease_lease_id",
                "t57"."lease_resource_id" AS "lease_resource_id",
                "t57"."lease_app_id" AS "lease_app_id",
                "t57"."lease_valid_from" AS "lease_valid_from",
                "t57"."lease_valid_to" AS "lease_valid_to",
                "t57"."lease_found" AS "lease_found",
                "t57"."owner_resource_id" AS "owner_resource_id",
                "t57"."owner_app_id" AS "owner_app_id",
                "t57"."owner_team_id" AS "owner_team_id",
                "t57"."owner_cost_center" AS "owner_cost_center",
                "t57"."owner_environment" AS "owner_environment",
                "t57"."owner_lifecycle" AS "owner_lifecycle",
                "t57"."owner_valid_from" AS "owner_valid_from",
                "t57"."owner_valid_to" AS "owner_valid_to",
                "t57"."owner_evidence" AS "owner_evidence",
                "t57"."owner_found" AS "owner_found",
                "t57"."is_tag" AS "is_tag",
                "t57"."is_lease" AS "is_lease",
                "t57"."is_owner" AS "is_owner",
                "t57"."indirect_app_id" AS "indirect_app_id",
                "t57"."app_app_id" AS "app_app_id",
                "t57"."app_team_id" AS "app_team_id",
                "t57"."app_cost_center" AS "app_cost_center",
                "t57"."app_environment" AS "app_environment",
                "t57"."app_lifecycle" AS "app_lifecycle",
                "t57"."app_valid_from" AS "app_valid_from",
                "t57"."app_valid_to" AS "app_valid_to",
                "t57"."time" < "t57"."app_valid_to" AS "app_found"
              FROM (
                SELECT
                  "t56"."source" AS "source",
                  "t56"."event_id" AS "event_id",
                  "t56"."time" AS "time",
                  "t56"."received_at" AS "received_at",
                  "t56"."resource_id" AS "resource_id",
                  "t56"."claimed_app_id" AS "claimed_app_id",
                  "t56"."claimed_environment" AS "claimed_environment",
                  "t56"."lease_id" AS "lease_id",
                  "t56"."is_authenticated" AS "is_authenticated",
                  "t56"."event_digest" AS "event_digest",
                  "t56"."meter" AS "meter",
                  "t56"."quantity" AS "quantity",
                  "t56"."sku_id" AS "sku_id",
                  "t56"."provider" AS "provider",
                  "t56"."model" AS "model",
                  "t56"."instance_type" AS "instance_type",
                  "t56"."region" AS "region",
                  "t56"."is_spot" AS "is_spot",
                  "t56"."is_estimated" AS "is_estimated",
                  "t56"."call_input_tokens" AS "call_input_tokens",
                  "t56"."charge_period_start" AS "charge_period_start",
                  "t56"."tag_app_id" AS "tag_app_id",
                  "t56"."tag_team_id" AS "tag_team_id",
                  "t56"."tag_cost_center" AS "tag_cost_center",
                  "t56"."tag_environment" AS "tag_environment",
                  "t56"."tag_lifecycle" AS "tag_lifecycle",
                  "t56"."tag_valid_from" AS "tag_valid_from",
                  "t56"."tag_valid_to" AS "tag_valid_to",
                  "t56"."tag_found" AS "tag_found",
                  "t56"."lease_lease_id" AS "lease_lease_id",
                  "t56"."lease_resource_id" AS "lease_resource_id",
                  "t56"."lease_app_id" AS "lease_app_id",
                  "t56"."lease_valid_from" AS "lease_valid_from",
                  "t56"."lease_valid_to" AS "lease_valid_to",
                  "t56"."lease_found" AS "lease_found",
                  "t56"."owner_resource_id" AS "owner_resource_id",
                  "t56"."owner_app_id" AS "owner_app_id",
                  "t56"."owner_team_id" AS "owner_team_id",
                  "t56"."owner_cost_center" AS "owner_cost_center",
                  "t56"."owner_environment" AS "owner_environment",
                  "t56"."owner_lifecycle" AS "owner_lifecycle",
                  "t56"."owner_valid_from" AS "owner_valid_from",
                  "t56"."owner_valid_to" AS "owner_valid_to",
                  "t56"."owner_evidence" AS "owner_evidence",
                  "t56"."owner_found" AS "owner_found",
                  "t56"."is_tag" AS "is_tag",
                  "t56"."is_lease" AS "is_lease",
                  "t56"."is_owner" AS "is_owner",
                  "t56"."indirect_app_id" AS "indirect_app_id",
                  "t46"."app_app_id" AS "app_app_id",
                  "t46"."app_team_id" AS "app_team_id",
                  "t46"."app_cost_center" AS "app_cost_center",
                  "t46"."app_environment" AS "app_environment",
                  "t46"."app_lifecycle" AS "app_lifecycle",
                  "t46"."app_valid_from" AS "app_valid_from",
                  "t46"."app_valid_to" AS "app_valid_to"
                FROM (
                  SELECT
                    "t54"."source" AS "source",
                    "t54"."event_id" AS "event_id",
                    "t54"."time" AS "time",
                    "t54"."received_at" AS "received_at",
                    "t54"."resource_id" AS "resource_id",
                    "t54"."claimed_app_id" AS "claimed_app_id",
                    "t54"."claimed_environment" AS "claimed_environment",
                    "t54"."lease_id" AS "lease_id",
                    "t54"."is_authenticated" AS "is_authenticated",
                    "t54"."event_digest" AS "event_digest",
                    "t54"."meter" AS "meter",
                    "t54"."quantity" AS "quantity",
                    "t54"."sku_id" AS "sku_id",
                    "t54"."provider" AS "provider",
                    "t54"."model" AS "model",
                    "t54"."instance_type" AS "instance_type",
                    "t54"."region" AS "region",
                    "t54"."is_spot" AS "is_spot",
                    "t54"."is_estimated" AS "is_estimated",
                    "t54"."call_input_tokens" AS "call_input_tokens",
                    "t54"."charge_period_start" AS "charge_period_start",
                    "t54"."tag_app_id" AS "tag_app_id",
                    "t54"."tag_team_id" AS "tag_team_id",
                    "t54"."tag_cost_center" AS "tag_cost_center",
                    "t54"."tag_environment" AS "tag_environment",
                    "t54"."tag_lifecycle" AS "tag_lifecycle",
                    "t54"."tag_valid_from" AS "tag_valid_from",
                    "t54"."tag_valid_to" AS "tag_valid_to",
                    "t54"."tag_found" AS "tag_found",
                    "t54"."lease_lease_id" AS "lease_lease_id",
                    "t54"."lease_resource_id" AS "lease_resource_id",
                    "t54"."lease_app_id" AS "lease_app_id",
                    "t54"."lease_valid_from" AS "lease_valid_from",
                    "t54"."lease_valid_to" AS "lease_valid_to",
                    "t54"."lease_found" AS "lease_found",
                    "t54"."owner_resource_id" AS "owner_resource_id",
                    "t54"."owner_app_id" AS "owner_app_id",
                    "t54"."owner_team_id" AS "owner_team_id",
                    "t54"."owner_cost_center" AS "owner_cost_center",
                    "t54"."owner_environment" AS "owner_environment",
                    "t54"."owner_lifecycle" AS "owner_lifecycle",
                    "t54"."owner_valid_from" AS "owner_valid_from",
                    "t54"."owner_valid_to" AS "owner_valid_to",
                    "t54"."owner_evidence" AS "owner_evidence",
                    "t54"."time" < "t54"."owner_valid_to" AS "owner_found",
                    "t54"."is_authenticated"
                    AND "t54"."tag_found"
                    AND (
                      "t54"."claimed_app_id" <> ''
                    ) AS "is_tag",
                    NOT (
                      "t54"."is_authenticated"
                      AND "t54"."tag_found"
                      AND (
                        "t54"."claimed_app_id" <> ''
                      )
                    )
                    AND "t54"."is_authenticated"
                    AND "t54"."lease_found"
                    AND (
                      "t54"."lease_id" <> ''
                    )
                    AND (
                      (
                        "t54"."resource_id" = ''
                      )
                      OR (
                        "t54"."lease_resource_id" = ''
                      )
                      OR (
                        "t54"."resource_id" = "t54"."lease_resource_id"
                      )
                    ) AS "is_lease",
                    NOT (
                      "t54"."is_authenticated"
                      AND "t54"."tag_found"
                      AND (
                        "t54"."claimed_app_id" <> ''
                      )
                    )
                    AND NOT (
                      NOT (
                        "t54"."is_authenticated"
                        AND "t54"."tag_found"
                        AND (
                          "t54"."claimed_app_id" <> ''
                        )
                      )
                      AND "t54"."is_authenticated"
                      AND "t54"."lease_found"
                      AND (
                        "t54"."lease_id" <> ''
                      )
                      AND (
                        (
                          "t54"."resource_id" = ''
                        )
                        OR (
                          "t54"."lease_resource_id" = ''
                        )
                        OR (
                          "t54"."resource_id" = "t54"."lease_resource_id"
                        )
                      )
                    )
                    AND (
                      "t54"."time" < "t54"."owner_valid_to"
                    )
                    AND (
                      "t54"."resource_id" <> ''
                    ) AS "is_owner",
                    CASE
                      WHEN NOT (
                        "t54"."is_authenticated"
                        AND "t54"."tag_found"
                        AND (
                          "t54"."claimed_app_id" <> ''
                        )
                      )
                      AND "t54"."is_authenticated"
                      AND "t54"."lease_found"
                      AND (
                        "t54"."lease_id" <> ''
                      )
                      AND (
                        (
                          "t54"."resource_id" = ''
                        )
                        OR (
                          "t54"."lease_resource_id" = ''
                        )
                        OR (
                          "t54"."resource_id" = "t54"."lease_resource_id"
                        )
                      )
                      THEN "t54"."lease_app_id"
                      WHEN NOT (
                        "t54"."is_authenticated"
                        AND "t54"."tag_found"
                        AND (
                          "t54"."claimed_app_id" <> ''
                        )
                      )
                      AND NOT (
                        NOT (
                          "t54"."is_authenticated"
                          AND "t54"."tag_found"
                          AND (
                            "t54"."claimed_app_id" <> ''
                          )
                        )
                        AND "t54"."is_authenticated"
                        AND "t54"."lease_found"
                        AND (
                          "t54"."lease_id" <> ''
                        )
                        AND (
                          (
                            "t54"."resource_id" = ''
                          )
                          OR (
                            "t54"."lease_resource_id" = ''
                          )
                          OR (
                            "t54"."resource_id" = "t54"."lease_resource_id"
                          )
                        )
                      )
                      AND (
                        "t54"."time" < "t54"."owner_valid_to"
                      )
                      AND (
                        "t54"."resource_id" <> ''
                      )
                      THEN "t54"."owner_app_id"
                      ELSE ''
                    END AS "indirect_app_id"
                  FROM (
                    SELECT
                      "t53"."source" AS "source",
                      "t53"."event_id" AS "event_id",
                      "t53"."time" AS "time",
                      "t53"."received_at" AS "received_at",
                      "t53"."resource_id" AS "resource_id",
                      "t53"."claimed_app_id" AS "claimed_app_id",
                      "t53"."claimed_environment" AS "claimed_environment",
                      "t53"."lease_id" AS "lease_id",
                      "t53"."is_authenticated" AS "is_authenticated",
                      "t53"."event_digest" AS "event_digest",
                      "t53"."meter" AS "meter",
                      "t53"."quantity" AS "quantity",
                      "t53"."sku_id" AS "sku_id",
                      "t53"."provider" AS "provider",
                      "t53"."model" AS "model",
                      "t53"."instance_type" AS "instance_type",
                      "t53"."region" AS "region",
                      "t53"."is_spot" AS "is_spot",
                      "t53"."is_estimated" AS "is_estimated",
                      "t53"."call_input_tokens" AS "call_input_tokens",
                      "t53"."charge_period_start" AS "charge_period_start",
                      "t53"."tag_app_id" AS "tag_app_id",
                      "t53"."tag_team_id" AS "tag_team_id",
                      "t53"."tag_cost_center" AS "tag_cost_center",
                      "t53"."tag_environment" AS "tag_environment",
                      "t53"."tag_lifecycle" AS "tag_lifecycle",
                      "t53"."tag_valid_from" AS "tag_valid_from",
                      "t53"."tag_valid_to" AS "tag_valid_to",
                      "t53"."tag_found" AS "tag_found",
                      "t53"."lease_lease_id" AS "lease_lease_id",
                      "t53"."lease_resource_id" AS "lease_resource_id",
                      "t53"."lease_app_id" AS "lease_app_id",
                      "t53"."lease_valid_from" AS "lease_valid_from",
                      "t53"."lease_valid_to" AS "lease_valid_to",
                      "t53"."lease_found" AS "lease_found",
                      "t27"."owner_resource_id" AS "owner_resource_id",
                      "t27"."owner_app_id" AS "owner_app_id",
                      "t27"."owner_team_id" AS "owner_team_id",
                      "t27"."owner_cost_center" AS "owner_cost_center",
                      "t27"."owner_environment" AS "owner_environment",
                      "t27"."owner_lifecycle" AS "owner_lifecycle",
                      "t27"."owner_valid_from" AS "owner_valid_from",
                      "t27"."owner_valid_to" AS "owner_valid_to",
                      "t27"."owner_evidence" AS "owner_evidence"
                    FROM (
                      SELECT
                        "t51"."source" AS "source",
                        "t51"."event_id" AS "event_id",
                        "t51"."time" AS "time",
                        "t51"."received_at" AS "received_at",
                        "t51"."resource_id" AS "resource_id",
                        "t51"."claimed_app_id" AS "claimed_app_id",
                        "t51"."claimed_environment" AS "claimed_environment",
                        "t51"."lease_id" AS "lease_id",
                        "t51"."is_authenticated" AS "is_authenticated",
                        "t51"."event_digest" AS "event_digest",
                        "t51"."meter" AS "meter",
                        "t51"."quantity" AS "quantity",
                        "t51"."sku_id" AS "sku_id",
                        "t51"."provider" AS "provider",
                        "t51"."model" AS "model",
                        "t51"."instance_type" AS "instance_type",
                        "t51"."region" AS "region",
                        "t51"."is_spot" AS "is_spot",
                        "t51"."is_estimated" AS "is_estimated",
                        "t51"."call_input_tokens" AS "call_input_tokens",
                        "t51"."charge_period_start" AS "charge_period_start",
                        "t51"."tag_app_id" AS "tag_app_id",
                        "t51"."tag_team_id" AS "tag_team_id",
                        "t51"."tag_cost_center" AS "tag_cost_center",
                        "t51"."tag_environment" AS "tag_environment",
                        "t51"."tag_lifecycle" AS "tag_lifecycle",
                        "t51"."tag_valid_from" AS "tag_valid_from",
                        "t51"."tag_valid_to" AS "tag_valid_to",
                        "t51"."tag_found" AS "tag_found",
                        "t51"."lease_lease_id" AS "lease_lease_id",
                        "t51"."lease_resource_id" AS "lease_resource_id",
                        "t51"."lease_app_id" AS "lease_app_id",
                        "t51"."lease_valid_from" AS "lease_valid_from",
                        "t51"."lease_valid_to" AS "lease_valid_to",
                        "t51"."time" < "t51"."lease_valid_to" AS "lease_found"
                      FROM (
                        SELECT
                          "t50"."source" AS "source",
                          "t50"."event_id" AS "event_id",
                          "t50"."time" AS "time",
                          "t50"."received_at" AS "received_at",
                          "t50"."resource_id" AS "resource_id",
                          "t50"."claimed_app_id" AS "claimed_app_id",
                          "t50"."claimed_environment" AS "claimed_environment",
                          "t50"."lease_id" AS "lease_id",
                          "t50"."is_authenticated" AS "is_authenticated",
                          "t50"."event_digest" AS "event_digest",
                          "t50"."meter" AS "meter",
                          "t50"."quantity" AS "quantity",
                          "t50"."sku_id" AS "sku_id",
                          "t50"."provider" AS "provider",
                          "t50"."model" AS "model",
                          "t50"."instance_type" AS "instance_type",
                          "t50"."region" AS "region",
                          "t50"."is_spot" AS "is_spot",
                          "t50"."is_estimated" AS "is_estimated",
                          "t50"."call_input_tokens" AS "call_input_tokens",
                          "t50"."charge_period_start" AS "charge_period_start",
                          "t50"."tag_app_id" AS "tag_app_id",
                          "t50"."tag_team_id" AS "tag_team_id",
                          "t50"."tag_cost_center" AS "tag_cost_center",
                          "t50"."tag_environment" AS "tag_environment",
                          "t50"."tag_lifecycle" AS "tag_lifecycle",
                          "t50"."tag_valid_from" AS "tag_valid_from",
                          "t50"."tag_valid_to" AS "tag_valid_to",
                          "t50"."tag_found" AS "tag_found",
                          "t22"."lease_lease_id" AS "lease_lease_id",
                          "t22"."lease_resource_id" AS "lease_resource_id",
                          "t22"."lease_app_id" AS "lease_app_id",
                          "t22"."lease_valid_from" AS "lease_valid_from",
                          "t22"."lease_valid_to" AS "lease_valid_to"
                        FROM (
                          SELECT
                            "t48"."source" AS "source",
                            "t48"."event_id" AS "event_id",
                            "t48"."time" AS "time",
                            "t48"."received_at" AS "received_at",
                            "t48"."resource_id" AS "resource_id",
                            "t48"."claimed_app_id" AS "claimed_app_id",
                            "t48"."claimed_environment" AS "claimed_environment",
                            "t48"."lease_id" AS "lease_id",
                            "t48"."is_authenticated" AS "is_authenticated",
                            "t48"."event_digest" AS "event_digest",
                            "t48"."meter" AS "meter",
                            "t48"."quantity" AS "quantity",
                            "t48"."sku_id" AS "sku_id",
                            "t48"."provider" AS "provider",
                            "t48"."model" AS "model",
                            "t48"."instance_type" AS "instance_type",
                            "t48"."region" AS "region",
                            "t48"."is_spot" AS "is_spot",
                            "t48"."is_estimated" AS "is_estimated",
                            "t48"."call_input_tokens" AS "call_input_tokens",
                            "t48"."charge_period_start" AS "charge_period_start",
                            "t48"."tag_app_id" AS "tag_app_id",
                            "t48"."tag_team_id" AS "tag_team_id",
                            "t48"."tag_cost_center" AS "tag_cost_center",
                            "t48"."tag_environment" AS "tag_environment",
                            "t48"."tag_lifecycle" AS "tag_lifecycle",
                            "t48"."tag_valid_from" AS "tag_valid_from",
                            "t48"."tag_valid_to" AS "tag_valid_to",
                            "t48"."time" < "t48"."tag_valid_to" AS "tag_found"
                          FROM (
                            SELECT
                              "t36"."source" AS "source",
                              "t36"."event_id" AS "event_id",
                              "t36"."time" AS "time",
                              "t36"."received_at" AS "received_at",
                              "t36"."resource_id" AS "resource_id",
                              "t36"."claimed_app_id" AS "claimed_app_id",
                              "t36"."claimed_environment" AS "claimed_environment",
                              "t36"."lease_id" AS "lease_id",
                              "t36"."is_authenticated" AS "is_authenticated",
                              "t36"."event_digest" AS "event_digest",
                              "t36"."meter" AS "meter",
                              "t36"."quantity" AS "quantity",
                              "t36"."sku_id" AS "sku_id",
                              "t36"."provider" AS "provider",
                              "t36"."model" AS "model",
                              "t36"."instance_type" AS "instance_type",
                              "t36"."region" AS "region",
                              "t36"."is_spot" AS "is_spot",
                              "t36"."is_estimated" AS "is_estimated",
                              "t36"."call_input_tokens" AS "call_input_tokens",
                              "t36"."charge_period_start" AS "charge_period_start",
                              "t47"."tag_app_id" AS "tag_app_id",
                              "t47"."tag_team_id" AS "tag_team_id",
                              "t47"."tag_cost_center" AS "tag_cost_center",
                              "t47"."tag_environment" AS "tag_environment",
                              "t47"."tag_lifecycle" AS "tag_lifecycle",
                              "t47"."tag_valid_from" AS "tag_valid_from",
                              "t47"."tag_valid_to" AS "tag_valid_to"
                            FROM (
                              SELECT
                                "t33"."source" AS "source",
                                "t33"."event_id" AS "event_id",
                                "t33"."time" AS "time",
                                "t33"."received_at" AS "received_at",
                                "t33"."resource_id" AS "resource_id",
                                "t33"."app_id" AS "claimed_app_id",
                                "t33"."environment" AS "claimed_environment",
                                "t33"."lease_id" AS "lease_id",
                                "t33"."is_authenticated" AS "is_authenticated",
                                "t33"."event_digest" AS "event_digest",
                                "t33"."meter" AS "meter",
                                "t33"."quantity" AS "quantity",
                                "t33"."sku_id" AS "sku_id",
                                "t33"."provider" AS "provider",
                                "t33"."model" AS "model",
                                "t33"."instance_type" AS "instance_type",
                                "t33"."region" AS "region",
                                "t33"."is_spot" AS "is_spot",
                                "t33"."is_estimated" AS "is_estimated",
                                "t33"."call_input_tokens" AS "call_input_tokens",
                                "t33"."charge_period_start" AS "charge_period_start"
                              FROM (
                                SELECT
                                  "t29"."source" AS "source",
                                  "t29"."event_id" AS "event_id",
                                  "t29"."time" AS "time",
                                  "t29"."received_at" AS "received_at",
                                  "t29"."resource_id" AS "resource_id",
                                  "t29"."app_id" AS "app_id",
                                  "t29"."environment" AS "environment",
                                  "t29"."lease_id" AS "lease_id",
                                  "t29"."is_authenticated" AS "is_authenticated",
                                  "t29"."event_digest" AS "event_digest",
                                  "t29"."meter" AS "meter",
                                  "t29"."quantity" AS "quantity",
                                  "t29"."sku_id" AS "sku_id",
                                  "t29"."provider" AS "provider",
                                  "t29"."model" AS "model",
                                  "t29"."instance_type" AS "instance_type",
                                  "t29"."region" AS "region",
                                  "t29"."is_spot" AS "is_spot",
                                  "t29"."is_estimated" AS "is_estimated",
                                  "t29"."call_input_tokens" AS "call_input_tokens",
                                  "t29"."charge_period_start" AS "charge_period_start"
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
                                    "t7"."meter" AS "meter",
                                    "t7"."quantity" AS "quantity",
                                    "t7"."sku_id" AS "sku_id",
                                    "t7"."provider" AS "provider",
                                    "t7"."model" AS "model",
                                    "t7"."instance_type" AS "instance_type",
                                    "t7"."region" AS "region",
                                    "t7"."is_spot" AS "is_spot",
                                    "t7"."is_estimated" AS "is_estimated",
                                    "t7"."call_input_tokens" AS "call_input_tokens",
                                    toTimeZone(CAST(dateTrunc('HOUR', "t7"."time") AS DateTime64(0, 'UTC')), 'UTC') AS "charge_period_start"
                                  FROM "usage" AS "t7"
                                  WHERE
                                    "t7"."time" >= parseDateTimeBestEffort('2026-01-31T23:00:00+00:00', 'UTC')
                                    AND "t7"."time" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
                                ) AS "t29"
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
                                    "t0"."is_estimated" AS "is_estimated",
                                    "t0"."sku_price_id" AS "sku_price_id"
                                  FROM "charges" AS "t0"
                                  WHERE
                                    "t0"."charge_date" >= toDate('2026-02-01')
                                    AND "t0"."charge_date" < toDate('2026-03-01')
                                    AND "t0"."app_id" IN ('chat')
                                    AND "t0"."billing_currency" IN ('USD')
                                    AND "t0"."meter" <> 'platform_cost'
                                ) AS "t18"
                                  ON "t29"."charge_period_start" = "t18"."charge_period_start"
                                  AND "t29"."resource_id" = "t18"."resource_id"
                                  AND "t29"."sku_id" = "t18"."sku_id"
                              ) AS "t33"
                            ) AS "t36"
                            ASOF LEFT JOIN (
                              SELECT
                                "t43"."app_id" AS "tag_app_id",
                                "t43"."team_id" AS "tag_team_id",
                                "t43"."cost_center" AS "tag_cost_center",
                                "t43"."environment" AS "tag_environment",
                                "t43"."lifecycle" AS "tag_lifecycle",
                                "t43"."starts" AS "tag_valid_from",
                                "t43"."ends" AS "tag_valid_to"
                              FROM (
                                SELECT
                                  "t42".*
                                  EXCEPT ("valid_from", "valid_to")
                                FROM (
                                  SELECT
                                    "t41"."app_id" AS "app_id",
                                    "t41"."team_id" AS "team_id",
                                    CASE
                                      WHEN "t41"."cost_center" <> ''
                                      THEN "t41"."cost_center"
                                      ELSE CASE WHEN "t41"."starts" < "t41"."booked_to" THEN "t41"."booked_at" ELSE '' END
                                    END AS "cost_center",
                                    "t41"."environment" AS "environment",
                                    "t41"."lifecycle" AS "lifecycle",
                                    "t41"."valid_from" AS "valid_from",
                                    "t41"."valid_to" AS "valid_to",
                                    "t41"."starts" AS "starts",
                                    "t41"."next_start" AS "next_start",
                                    "t41"."ends" AS "ends",
                                    "t41"."booked_team" AS "booked_team",
                                    "t41"."booked_at" AS "booked_at",
                                    "t41"."booked_from" AS "booked_from",
                                    "t41"."booked_to" AS "booked_to"
                                  FROM (
                                    SELECT
                                      "t40"."app_id" AS "app_id",
                                      "t40"."team_id" AS "team_id",
                                      "t40"."cost_center" AS "cost_center",
                                      "t40"."environment" AS "environment",
                                      "t40"."lifecycle" AS "lifecycle",
                                      "t40"."valid_from" AS "valid_from",
                                      "t40"."valid_to" AS "valid_to",
                                      "t40"."starts" AS "starts",
                                      "t40"."next_start" AS "next_start",
                                      "t40"."ends" AS "ends",
                                      "t23"."booked_team" AS "booked_team",
                                      "t23"."booked_at" AS "booked_at",
                                      "t23"."booked_from" AS "booked_from",
                                      "t23"."booked_to" AS "booked_to"
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
                                        CASE
                                          WHEN "t38"."next_start" > "t38"."starts"
                                          THEN "t38"."next_start"
                                          ELSE "t38"."valid_to"
                                        END AS "ends"
                                      FROM (
                                        SELECT
                                          "t37"."app_id" AS "app_id",
                                          "t37"."team_id" AS "team_id",
                                          "t37"."cost_center" AS "cost_center",
                                          "t37"."environment" AS "environment",
                                          "t37"."lifecycle" AS "lifecycle",
                                          "t37"."valid_from" AS "valid_from",
                                          "t37"."valid_to" AS "valid_to",
                                          "t37"."starts" AS "starts",
                                          leadInFrame("t37"."starts") OVER (
                                            PARTITION BY "t37"."app_id", "t37"."valid_from"
                                            ORDER BY "t37"."starts" ASC
                                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                          ) AS "next_start"
                                        FROM (
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              "t6"."app_id" AS "app_id",
                                              "t6"."team_id" AS "team_id",
                                              "t6"."cost_center" AS "cost_center",
                                              "t6"."environment" AS "environment",
                                              "t6"."lifecycle" AS "lifecycle",
                                              "t6"."valid_from" AS "valid_from",
                                              "t6"."valid_to" AS "valid_to",
                                              "t6"."valid_from" AS "starts"
                                            FROM "apps" AS "t6"
                                            WHERE
                                              "t6"."valid_from" < "t6"."valid_to"
                                          ) AS "t16"
                                          UNION DISTINCT
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              CAST("t32"."app_id" AS String) AS "app_id",
                                              CAST("t32"."team_id" AS String) AS "team_id",
                                              CAST("t32"."cost_center" AS String) AS "cost_center",
                                              CAST("t32"."environment" AS String) AS "environment",
                                              CAST("t32"."lifecycle" AS String) AS "lifecycle",
                                              toTimeZone(CAST("t32"."valid_from" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_from",
                                              toTimeZone(CAST("t32"."valid_to" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_to",
                                              toTimeZone(CAST("t32"."starts" AS DateTime64(3, 'UTC')), 'UTC') AS "starts"
                                            FROM (
                                              SELECT
                                                "t25"."app_id" AS "app_id",
                                                "t25"."team_id" AS "team_id",
                                                "t25"."cost_center" AS "cost_center",
                                                "t25"."environment" AS "environment",
                                                "t25"."lifecycle" AS "lifecycle",
                                                "t25"."valid_from" AS "valid_from",
                                                "t25"."valid_to" AS "valid_to",
                                                "t28"."edge" AS "starts"
                                              FROM (
                                                SELECT
                                                  "t6"."app_id" AS "app_id",
                                                  "t6"."team_id" AS "team_id",
                                                  "t6"."cost_center" AS "cost_center",
                                                  "t6"."environment" AS "environment",
                                                  "t6"."lifecycle" AS "lifecycle",
                                                  "t6"."valid_from" AS "valid_from",
                                                  "t6"."valid_to" AS "valid_to"
                                                FROM "apps" AS "t6"
                                                WHERE
                                                  "t6"."valid_from" < "t6"."valid_to"
                                              ) AS "t25"
                                              INNER JOIN (
                                                SELECT
                                                  *
                                                FROM (
                                                  SELECT
                                                    "t5"."team_id" AS "booked_team",
                                                    "t5"."valid_from" AS "edge"
                                                  FROM "teams" AS "t5"
                                                  WHERE
                                                    "t5"."valid_from" < "t5"."valid_to"
                                                ) AS "t14"
                                                UNION ALL
                                                SELECT
                                                  *
                                                FROM (
                                                  SELECT
                                                    "t5"."team_id" AS "booked_team",
                                                    "t5"."valid_to" AS "edge"
                                                  FROM "teams" AS "t5"
                                                  WHERE
                                                    "t5"."valid_from" < "t5"."valid_to"
                                                ) AS "t15"
                                              ) AS "t28"
                                                ON "t25"."team_id" = "t28"."booked_team"
                                                AND "t25"."valid_from" < "t28"."edge"
                                                AND "t28"."edge" < "t25"."valid_to"
                                            ) AS "t32"
                                          ) AS "t35"
                                        ) AS "t37"
                                      ) AS "t38"
                                    ) AS "t40"
                                    ASOF LEFT JOIN (
                                      SELECT
                                        "t5"."team_id" AS "booked_team",
                                        "t5"."cost_center" AS "booked_at",
                                        "t5"."valid_from" AS "booked_from",
                                        "t5"."valid_to" AS "booked_to"
                                      FROM "teams" AS "t5"
                                      WHERE
                                        "t5"."valid_from" < "t5"."valid_to"
                                    ) AS "t23"
                                      ON "t40"."starts" >= "t23"."booked_from" AND "t40"."team_id" = "t23"."booked_team"
                                  ) AS "t41"
                                ) AS "t42"
                              ) AS "t43"
                              WHERE
                                "t43"."starts" < "t43"."ends"
                              ORDER BY
                                "t43"."app_id" ASC,
                                "t43"."starts" ASC
                            ) AS "t47"
                              ON "t36"."time" >= "t47"."tag_valid_from"
                              AND "t36"."claimed_app_id" = "t47"."tag_app_id"
                          ) AS "t48"
                        ) AS "t50"
                        ASOF LEFT JOIN (
                          SELECT
                            "t4"."lease_id" AS "lease_lease_id",
                            "t4"."resource_id" AS "lease_resource_id",
                            "t4"."app_id" AS "lease_app_id",
                            "t4"."valid_from" AS "lease_valid_from",
                            "t4"."valid_to" AS "lease_valid_to"
                          FROM "leases" AS "t4"
                          WHERE
                            "t4"."valid_from" < "t4"."valid_to"
                        ) AS "t22"
                          ON "t50"."time" >= "t22"."lease_valid_from"
                          AND "t50"."lease_id" = "t22"."lease_lease_id"
                      ) AS "t51"
                    ) AS "t53"
                    ASOF LEFT JOIN (
                      SELECT
                        "t8"."resource_id" AS "owner_resource_id",
                        "t8"."app_id" AS "owner_app_id",
                        "t8"."team_id" AS "owner_team_id",
                        "t8"."cost_center" AS "owner_cost_center",
                        "t8"."environment" AS "owner_environment",
                        "t8"."lifecycle" AS "owner_lifecycle",
                        "t8"."valid_from" AS "owner_valid_from",
                        "t8"."valid_to" AS "owner_valid_to",
                        "t8"."evidence" AS "owner_evidence"
                      FROM (
                        SELECT
                          "t3".*
                          EXCEPT ("recorded_at", "recorded_by")
                        FROM "ownerships" AS "t3"
                      ) AS "t8"
                      WHERE
                        "t8"."valid_from" < "t8"."valid_to"
                    ) AS "t27"
                      ON "t53"."time" >= "t27"."owner_valid_from"
                      AND "t53"."resource_id" = "t27"."owner_resource_id"
                  ) AS "t54"
                ) AS "t56"
                ASOF LEFT JOIN (
                  SELECT
                    "t43"."app_id" AS "app_app_id",
                    "t43"."team_id" AS "app_team_id",
                    "t43"."cost_center" AS "app_cost_center",
                    "t43"."environment" AS "app_environment",
                    "t43"."lifecycle" AS "app_lifecycle",
                    "t43"."starts" AS "app_valid_from",
                    "t43"."ends" AS "app_valid_to"
                  FROM (
                    SELECT
                      "t42".*
                      EXCEPT ("valid_from", "valid_to")
                    FROM (
                      SELECT
                        "t41"."app_id" AS "app_id",
                        "t41"."team_id" AS "team_id",
                        CASE
                          WHEN "t41"."cost_center" <> ''
                          THEN "t41"."cost_center"
                          ELSE CASE WHEN "t41"."starts" < "t41"."booked_to" THEN "t41"."booked_at" ELSE '' END
                        END AS "cost_center",
                        "t41"."environment" AS "environment",
                        "t41"."lifecycle" AS "lifecycle",
                        "t41"."valid_from" AS "valid_from",
                        "t41"."valid_to" AS "valid_to",
                        "t41"."starts" AS "starts",
                        "t41"."next_start" AS "next_start",
                        "t41"."ends" AS "ends",
                        "t41"."booked_team" AS "booked_team",
                        "t41"."booked_at" AS "booked_at",
                        "t41"."booked_from" AS "booked_from",
                        "t41"."booked_to" AS "booked_to"
                      FROM (
                        SELECT
                          "t40"."app_id" AS "app_id",
                          "t40"."team_id" AS "team_id",
                          "t40"."cost_center" AS "cost_center",
                          "t40"."environment" AS "environment",
                          "t40"."lifecycle" AS "lifecycle",
                          "t40"."valid_from" AS "valid_from",
                          "t40"."valid_to" AS "valid_to",
                          "t40"."starts" AS "starts",
                          "t40"."next_start" AS "next_start",
                          "t40"."ends" AS "ends",
                          "t23"."booked_team" AS "booked_team",
                          "t23"."booked_at" AS "booked_at",
                          "t23"."booked_from" AS "booked_from",
                          "t23"."booked_to" AS "booked_to"
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
                            CASE
                              WHEN "t38"."next_start" > "t38"."starts"
                              THEN "t38"."next_start"
                              ELSE "t38"."valid_to"
                            END AS "ends"
                          FROM (
                            SELECT
                              "t37"."app_id" AS "app_id",
                              "t37"."team_id" AS "team_id",
                              "t37"."cost_center" AS "cost_center",
                              "t37"."environment" AS "environment",
                              "t37"."lifecycle" AS "lifecycle",
                              "t37"."valid_from" AS "valid_from",
                              "t37"."valid_to" AS "valid_to",
                              "t37"."starts" AS "starts",
                              leadInFrame("t37"."starts") OVER (
                                PARTITION BY "t37"."app_id", "t37"."valid_from"
                                ORDER BY "t37"."starts" ASC
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) AS "next_start"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t6"."app_id" AS "app_id",
                                  "t6"."team_id" AS "team_id",
                                  "t6"."cost_center" AS "cost_center",
                                  "t6"."environment" AS "environment",
                                  "t6"."lifecycle" AS "lifecycle",
                                  "t6"."valid_from" AS "valid_from",
                                  "t6"."valid_to" AS "valid_to",
                                  "t6"."valid_from" AS "starts"
                                FROM "apps" AS "t6"
                                WHERE
                                  "t6"."valid_from" < "t6"."valid_to"
                              ) AS "t16"
                              UNION DISTINCT
                              SELECT
                                *
                              FROM (
                                SELECT
                                  CAST("t32"."app_id" AS String) AS "app_id",
                                  CAST("t32"."team_id" AS String) AS "team_id",
                                  CAST("t32"."cost_center" AS String) AS "cost_center",
                                  CAST("t32"."environment" AS String) AS "environment",
                                  CAST("t32"."lifecycle" AS String) AS "lifecycle",
                                  toTimeZone(CAST("t32"."valid_from" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_from",
                                  toTimeZone(CAST("t32"."valid_to" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_to",
                                  toTimeZone(CAST("t32"."starts" AS DateTime64(3, 'UTC')), 'UTC') AS "starts"
                                FROM (
                                  SELECT
                                    "t25"."app_id" AS "app_id",
                                    "t25"."team_id" AS "team_id",
                                    "t25"."cost_center" AS "cost_center",
                                    "t25"."environment" AS "environment",
                                    "t25"."lifecycle" AS "lifecycle",
                                    "t25"."valid_from" AS "valid_from",
                                    "t25"."valid_to" AS "valid_to",
                                    "t28"."edge" AS "starts"
                                  FROM (
                                    SELECT
                                      "t6"."app_id" AS "app_id",
                                      "t6"."team_id" AS "team_id",
                                      "t6"."cost_center" AS "cost_center",
                                      "t6"."environment" AS "environment",
                                      "t6"."lifecycle" AS "lifecycle",
                                      "t6"."valid_from" AS "valid_from",
                                      "t6"."valid_to" AS "valid_to"
                                    FROM "apps" AS "t6"
                                    WHERE
                                      "t6"."valid_from" < "t6"."valid_to"
                                  ) AS "t25"
                                  INNER JOIN (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        "t5"."team_id" AS "booked_team",
                                        "t5"."valid_from" AS "edge"
                                      FROM "teams" AS "t5"
                                      WHERE
                                        "t5"."valid_from" < "t5"."valid_to"
                                    ) AS "t14"
                                    UNION ALL
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        "t5"."team_id" AS "booked_team",
                                        "t5"."valid_to" AS "edge"
                                      FROM "teams" AS "t5"
                                      WHERE
                                        "t5"."valid_from" < "t5"."valid_to"
                                    ) AS "t15"
                                  ) AS "t28"
                                    ON "t25"."team_id" = "t28"."booked_team"
                                    AND "t25"."valid_from" < "t28"."edge"
                                    AND "t28"."edge" < "t25"."valid_to"
                                ) AS "t32"
                              ) AS "t35"
                            ) AS "t37"
                          ) AS "t38"
                        ) AS "t40"
                        ASOF LEFT JOIN (
                          SELECT
                            "t5"."team_id" AS "booked_team",
                            "t5"."cost_center" AS "booked_at",
                            "t5"."valid_from" AS "booked_from",
                            "t5"."valid_to" AS "booked_to"
                          FROM "teams" AS "t5"
                          WHERE
                            "t5"."valid_from" < "t5"."valid_to"
                        ) AS "t23"
                          ON "t40"."starts" >= "t23"."booked_from" AND "t40"."team_id" = "t23"."booked_team"
                      ) AS "t41"
                    ) AS "t42"
                  ) AS "t43"
                  WHERE
                    "t43"."starts" < "t43"."ends"
                  ORDER BY
                    "t43"."app_id" ASC,
                    "t43"."starts" ASC
                ) AS "t46"
                  ON "t56"."time" >= "t46"."app_valid_from"
                  AND "t56"."indirect_app_id" = "t46"."app_app_id"
              ) AS "t57"
            ) AS "t59"
            ASOF LEFT JOIN (
              SELECT
                "t2"."environment" AS "environment_environment",
                "t2"."cost_center" AS "environment_cost_center",
                "t2"."valid_from" AS "environment_valid_from",
                "t2"."valid_to" AS "environment_valid_to",
                "t2"."evidence" AS "environment_evidence"
              FROM "environments" AS "t2"
              WHERE
                "t2"."valid_from" < "t2"."valid_to"
            ) AS "t20"
              ON "t59"."time" >= "t20"."environment_valid_from"
              AND "t59"."claimed_environment" = "t20"."environment_environment"
          ) AS "t60"
        ) AS "t62"
        ASOF LEFT JOIN (
          SELECT
            "t19"."sku_id" AS "priced_sku",
            "t19"."sku_price_id" AS "sku_price_id",
            "t19"."list_unit_price" AS "base_unit_price",
            "t19"."tier_starts" AS "tier_starts",
            "t19"."tier_unit_prices" AS "tier_unit_prices",
            "t19"."pricing_block" AS "pricing_block",
            "t19"."pricing_unit" AS "pricing_unit",
            "t19"."valid_from" AS "price_from",
            "t19"."valid_to" AS "price_to"
          FROM (
            SELECT
              "t10".*
              EXCEPT ("evidence", "recorded_at", "recorded_by")
            FROM (
              SELECT
                *
              FROM "prices" AS "t1"
              WHERE
                "t1"."valid_from" < "t1"."valid_to"
            ) AS "t10"
          ) AS "t19"
        ) AS "t31"
          ON "t62"."time" >= "t31"."price_from" AND "t62"."sku_id" = "t31"."priced_sku"
      ) AS "t63"
    ) AS "t64"
  ) AS "t66"
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
      "t0"."is_estimated" AS "is_estimated",
      "t0"."sku_price_id" AS "sku_price_id"
    FROM "charges" AS "t0"
    WHERE
      "t0"."charge_date" >= toDate('2026-02-01')
      AND "t0"."charge_date" < toDate('2026-03-01')
      AND "t0"."app_id" IN ('chat')
      AND "t0"."billing_currency" IN ('USD')
      AND "t0"."meter" <> 'platform_cost'
  ) AS "t18"
    ON "t66"."charge_period_start" = "t18"."charge_period_start"
    AND "t66"."resource_id" = "t18"."resource_id"
    AND "t66"."app_id" = "t18"."app_id"
    AND "t66"."team_id" = "t18"."team_id"
    AND "t66"."cost_center" = "t18"."cost_center"
    AND "t66"."environment" = "t18"."environment"
    AND "t66"."lifecycle" = "t18"."lifecycle"
    AND "t66"."attribution_rule" = "t18"."attribution_rule"
    AND "t66"."sku_id" = "t18"."sku_id"
    AND "t66"."pricing_category" = "t18"."pricing_category"
    AND "t66"."is_estimated" = "t18"."is_estimated"
    AND "t66"."sku_price_id" = "t18"."sku_price_id"
) AS "t67"
ORDER BY
  "t67"."list_cost" DESC,
  "t67"."quantity" DESC,
  "t67"."time" ASC,
  "t67"."source" ASC,
  "t67"."event_id" ASC,
  "t67"."meter" ASC
LIMIT 100
