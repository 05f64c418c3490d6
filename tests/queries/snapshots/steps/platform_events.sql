SELECT
  "t43"."time" AS "time",
  "t43"."charge_period_end" AS "charge_period_end",
  "t43"."source" AS "source",
  "t43"."event_id" AS "event_id",
  "t43"."resource_id" AS "resource_id",
  "t43"."app_id" AS "app_id",
  "t43"."sku_id" AS "sku_id",
  "t43"."service_name" AS "service_name",
  "t43"."list_cost" AS "list_cost",
  "t43"."effective_cost" AS "effective_cost",
  "t43"."billed_cost" AS "billed_cost",
  "t43"."billing_currency" AS "billing_currency",
  "t43"."received_at" AS "received_at"
FROM (
  SELECT
    "t41"."source" AS "source",
    "t41"."event_id" AS "event_id",
    "t41"."time" AS "time",
    "t41"."received_at" AS "received_at",
    "t41"."resource_id" AS "resource_id",
    "t41"."lease_id" AS "lease_id",
    "t41"."is_authenticated" AS "is_authenticated",
    "t41"."event_digest" AS "event_digest",
    "t41"."cost_type" AS "cost_type",
    "t41"."charge_category" AS "charge_category",
    "t41"."charge_period_end" AS "charge_period_end",
    "t41"."provider" AS "provider",
    "t41"."service_name" AS "service_name",
    "t41"."region" AS "region",
    "t41"."billing_currency" AS "billing_currency",
    "t41"."list_cost" AS "list_cost",
    "t41"."contracted_cost" AS "contracted_cost",
    "t41"."effective_cost" AS "effective_cost",
    "t41"."billed_cost" AS "billed_cost",
    "t41"."attributes" AS "attributes",
    "t41"."charge_period_start" AS "charge_period_start",
    "t41"."sku_id" AS "sku_id",
    CASE
      WHEN "t41"."attribution_rule" = 'app_tag'
      THEN "t41"."claimed_app_id"
      ELSE "t41"."indirect_app_id"
    END AS "app_id",
    CASE
      WHEN "t41"."attribution_rule" = 'app_tag'
      THEN "t41"."tag_team_id"
      WHEN "t41"."app_found"
      AND (
        "t41"."indirect_app_id" <> ''
      )
      AND (
        "t41"."app_team_id" <> ''
      )
      THEN "t41"."app_team_id"
      WHEN "t41"."attribution_rule" = 'resource_owner'
      THEN "t41"."owner_team_id"
      ELSE ''
    END AS "team_id",
    COALESCE(
      nullIf(
        CASE
          WHEN "t41"."attribution_rule" = 'environment'
          THEN "t41"."environment_cost_center"
          ELSE CASE
            WHEN "t41"."attribution_rule" = 'app_tag'
            THEN "t41"."tag_cost_center"
            WHEN "t41"."app_found"
            AND (
              "t41"."indirect_app_id" <> ''
            )
            AND (
              "t41"."app_cost_center" <> ''
            )
            THEN "t41"."app_cost_center"
            WHEN "t41"."attribution_rule" = 'resource_owner'
            THEN "t41"."owner_cost_center"
            ELSE ''
          END
        END,
        ''
      ),
      'cc-unattributed'
    ) AS "cost_center",
    COALESCE(
      nullIf("t41"."claimed_environment", ''),
      CASE
        WHEN "t41"."attribution_rule" = 'app_tag'
        THEN "t41"."tag_environment"
        WHEN "t41"."app_found"
        AND (
          "t41"."indirect_app_id" <> ''
        )
        AND (
          "t41"."app_environment" <> ''
        )
        THEN "t41"."app_environment"
        WHEN "t41"."attribution_rule" = 'resource_owner'
        THEN "t41"."owner_environment"
        ELSE ''
      END
    ) AS "environment",
    CASE
      WHEN "t41"."attribution_rule" = 'app_tag'
      THEN "t41"."tag_lifecycle"
      WHEN "t41"."app_found"
      AND (
        "t41"."indirect_app_id" <> ''
      )
      AND (
        "t41"."app_lifecycle" <> ''
      )
      THEN "t41"."app_lifecycle"
      WHEN "t41"."attribution_rule" = 'resource_owner'
      THEN "t41"."owner_lifecycle"
      ELSE ''
    END AS "lifecycle",
    "t41"."attribution_rule" AS "attribution_rule",
    (
      "t41"."attribution_rule" = 'resource_owner'
    )
    AND (
      "t41"."owner_evidence" <> ''
    ) AS "is_reconciled"
  FROM (
    SELECT
      "t40"."source" AS "source",
      "t40"."event_id" AS "event_id",
      "t40"."time" AS "time",
      "t40"."received_at" AS "received_at",
      "t40"."resource_id" AS "resource_id",
      "t40"."claimed_app_id" AS "claimed_app_id",
      "t40"."claimed_environment" AS "claimed_environment",
      "t40"."lease_id" AS "lease_id",
      "t40"."is_authenticated" AS "is_authenticated",
      "t40"."event_digest" AS "event_digest",
      "t40"."cost_type" AS "cost_type",
      "t40"."charge_category" AS "charge_category",
      "t40"."charge_period_end" AS "charge_period_end",
      "t40"."provider" AS "provider",
      "t40"."service_name" AS "service_name",
      "t40"."region" AS "region",
      "t40"."billing_currency" AS "billing_currency",
      "t40"."list_cost" AS "list_cost",
      "t40"."contracted_cost" AS "contracted_cost",
      "t40"."effective_cost" AS "effective_cost",
      "t40"."billed_cost" AS "billed_cost",
      "t40"."attributes" AS "attributes",
      "t40"."charge_period_start" AS "charge_period_start",
      "t40"."sku_id" AS "sku_id",
      "t40"."tag_team_id" AS "tag_team_id",
      "t40"."tag_cost_center" AS "tag_cost_center",
      "t40"."tag_environment" AS "tag_environment",
      "t40"."tag_lifecycle" AS "tag_lifecycle",
      "t40"."owner_team_id" AS "owner_team_id",
      "t40"."owner_cost_center" AS "owner_cost_center",
      "t40"."owner_environment" AS "owner_environment",
      "t40"."owner_lifecycle" AS "owner_lifecycle",
      "t40"."owner_evidence" AS "owner_evidence",
      "t40"."environment_cost_center" AS "environment_cost_center",
      "t40"."attribution_rule" AS "attribution_rule",
      "t40"."indirect_app_id" AS "indirect_app_id",
      "t36"."app_team_id" AS "app_team_id",
      "t36"."app_cost_center" AS "app_cost_center",
      "t36"."app_environment" AS "app_environment",
      "t36"."app_lifecycle" AS "app_lifecycle",
      "t40"."time" < "t36"."ends" AS "app_found"
    FROM (
      SELECT
        "t38"."source" AS "source",
        "t38"."event_id" AS "event_id",
        "t38"."time" AS "time",
        "t38"."received_at" AS "received_at",
        "t38"."resource_id" AS "resource_id",
        "t38"."claimed_app_id" AS "claimed_app_id",
        "t38"."claimed_environment" AS "claimed_environment",
        "t38"."lease_id" AS "lease_id",
        "t38"."is_authenticated" AS "is_authenticated",
        "t38"."event_digest" AS "event_digest",
        "t38"."cost_type" AS "cost_type",
        "t38"."charge_category" AS "charge_category",
        "t38"."charge_period_end" AS "charge_period_end",
        "t38"."provider" AS "provider",
        "t38"."service_name" AS "service_name",
        "t38"."region" AS "region",
        "t38"."billing_currency" AS "billing_currency",
        "t38"."list_cost" AS "list_cost",
        "t38"."contracted_cost" AS "contracted_cost",
        "t38"."effective_cost" AS "effective_cost",
        "t38"."billed_cost" AS "billed_cost",
        "t38"."attributes" AS "attributes",
        "t38"."charge_period_start" AS "charge_period_start",
        "t38"."sku_id" AS "sku_id",
        "t38"."tag_team_id" AS "tag_team_id",
        "t38"."tag_cost_center" AS "tag_cost_center",
        "t38"."tag_environment" AS "tag_environment",
        "t38"."tag_lifecycle" AS "tag_lifecycle",
        "t38"."owner_team_id" AS "owner_team_id",
        "t38"."owner_cost_center" AS "owner_cost_center",
        "t38"."owner_environment" AS "owner_environment",
        "t38"."owner_lifecycle" AS "owner_lifecycle",
        "t38"."owner_evidence" AS "owner_evidence",
        "t38"."environment_cost_center" AS "environment_cost_center",
        CASE
          WHEN "t38"."tag_found"
          AND "t38"."is_authenticated"
          AND (
            "t38"."claimed_app_id" <> ''
          )
          THEN 'app_tag'
          WHEN "t38"."lease_found"
          AND "t38"."is_authenticated"
          AND (
            "t38"."lease_id" <> ''
          )
          AND (
            "t38"."resource_id" IN ('', "t38"."lease_resource_id")
            OR (
              "t38"."lease_resource_id" = ''
            )
          )
          THEN 'lease'
          WHEN "t38"."owner_found" AND (
            "t38"."resource_id" <> ''
          )
          THEN 'resource_owner'
          WHEN "t38"."environment_found" AND (
            "t38"."claimed_environment" <> ''
          )
          THEN 'environment'
          ELSE 'default'
        END AS "attribution_rule",
        CASE
          WHEN "t38"."tag_found"
          AND "t38"."is_authenticated"
          AND (
            "t38"."claimed_app_id" <> ''
          )
          THEN ''
          WHEN "t38"."lease_found"
          AND "t38"."is_authenticated"
          AND (
            "t38"."lease_id" <> ''
          )
          AND (
            "t38"."resource_id" IN ('', "t38"."lease_resource_id")
            OR (
              "t38"."lease_resource_id" = ''
            )
          )
          THEN "t38"."lease_app_id"
          WHEN "t38"."owner_found" AND (
            "t38"."resource_id" <> ''
          )
          THEN "t38"."owner_app_id"
          ELSE ''
        END AS "indirect_app_id"
      FROM (
        SELECT
          "t23"."source" AS "source",
          "t23"."event_id" AS "event_id",
          "t23"."time" AS "time",
          "t23"."received_at" AS "received_at",
          "t23"."resource_id" AS "resource_id",
          "t23"."claimed_app_id" AS "claimed_app_id",
          "t23"."claimed_environment" AS "claimed_environment",
          "t23"."lease_id" AS "lease_id",
          "t23"."is_authenticated" AS "is_authenticated",
          "t23"."event_digest" AS "event_digest",
          "t23"."cost_type" AS "cost_type",
          "t23"."charge_category" AS "charge_category",
          "t23"."charge_period_end" AS "charge_period_end",
          "t23"."provider" AS "provider",
          "t23"."service_name" AS "service_name",
          "t23"."region" AS "region",
          "t23"."billing_currency" AS "billing_currency",
          "t23"."list_cost" AS "list_cost",
          "t23"."contracted_cost" AS "contracted_cost",
          "t23"."effective_cost" AS "effective_cost",
          "t23"."billed_cost" AS "billed_cost",
          "t23"."attributes" AS "attributes",
          "t23"."charge_period_start" AS "charge_period_start",
          "t23"."sku_id" AS "sku_id",
          "t37"."tag_team_id" AS "tag_team_id",
          "t37"."tag_cost_center" AS "tag_cost_center",
          "t37"."tag_environment" AS "tag_environment",
          "t37"."tag_lifecycle" AS "tag_lifecycle",
          "t23"."time" < "t37"."ends" AS "tag_found",
          "t17"."lease_resource_id" AS "lease_resource_id",
          "t17"."lease_app_id" AS "lease_app_id",
          "t23"."time" < "t17"."ends" AS "lease_found",
          "t18"."owner_app_id" AS "owner_app_id",
          "t18"."owner_team_id" AS "owner_team_id",
          "t18"."owner_cost_center" AS "owner_cost_center",
          "t18"."owner_environment" AS "owner_environment",
          "t18"."owner_lifecycle" AS "owner_lifecycle",
          "t18"."owner_evidence" AS "owner_evidence",
          "t23"."time" < "t18"."ends" AS "owner_found",
          "t19"."environment_cost_center" AS "environment_cost_center",
          "t23"."time" < "t19"."ends" AS "environment_found"
        FROM (
          SELECT
            "t1"."source" AS "source",
            "t1"."event_id" AS "event_id",
            "t1"."time" AS "time",
            "t1"."received_at" AS "received_at",
            "t1"."resource_id" AS "resource_id",
            "t1"."app_id" AS "claimed_app_id",
            "t1"."environment" AS "claimed_environment",
            "t1"."lease_id" AS "lease_id",
            "t1"."is_authenticated" AS "is_authenticated",
            "t1"."event_digest" AS "event_digest",
            "t1"."cost_type" AS "cost_type",
            "t1"."charge_category" AS "charge_category",
            toTimeZone(
              CAST(dateTrunc('SECOND', toDateTime64("t1"."charge_period_end", 3)) AS DateTime64(0, 'UTC')),
              'UTC'
            ) AS "charge_period_end",
            "t1"."provider" AS "provider",
            "t1"."service_name" AS "service_name",
            "t1"."region" AS "region",
            "t1"."billing_currency" AS "billing_currency",
            "t1"."list_cost" AS "list_cost",
            "t1"."contracted_cost" AS "contracted_cost",
            "t1"."effective_cost" AS "effective_cost",
            "t1"."billed_cost" AS "billed_cost",
            "t1"."attributes" AS "attributes",
            toTimeZone(
              CAST(dateTrunc('SECOND', toDateTime64("t1"."time", 3)) AS DateTime64(0, 'UTC')),
              'UTC'
            ) AS "charge_period_start",
            CAST(CONCAT('platform_cost/', "t1"."cost_type") AS String) AS "sku_id"
          FROM "platform_costs" AS "t1"
        ) AS "t23"
        ASOF LEFT JOIN (
          SELECT
            "t33"."team_id" AS "tag_team_id",
            "t33"."cost_center" AS "tag_cost_center",
            "t33"."environment" AS "tag_environment",
            "t33"."lifecycle" AS "tag_lifecycle",
            "t33"."app_id" AS "key_app_id",
            "t33"."starts" AS "begins",
            "t33"."ends" AS "ends"
          FROM (
            SELECT
              "t32".*
              EXCEPT ("valid_from", "valid_to")
            FROM (
              SELECT
                "t31"."app_id" AS "app_id",
                "t31"."team_id" AS "team_id",
                CASE
                  WHEN "t31"."cost_center" <> ''
                  THEN "t31"."cost_center"
                  ELSE CASE WHEN "t31"."starts" < "t31"."booked_to" THEN "t31"."booked_at" ELSE '' END
                END AS "cost_center",
                "t31"."environment" AS "environment",
                "t31"."lifecycle" AS "lifecycle",
                "t31"."valid_from" AS "valid_from",
                "t31"."valid_to" AS "valid_to",
                "t31"."starts" AS "starts",
                "t31"."next_start" AS "next_start",
                "t31"."ends" AS "ends",
                "t31"."booked_team" AS "booked_team",
                "t31"."booked_at" AS "booked_at",
                "t31"."booked_from" AS "booked_from",
                "t31"."booked_to" AS "booked_to"
              FROM (
                SELECT
                  "t30"."app_id" AS "app_id",
                  "t30"."team_id" AS "team_id",
                  "t30"."cost_center" AS "cost_center",
                  "t30"."environment" AS "environment",
                  "t30"."lifecycle" AS "lifecycle",
                  "t30"."valid_from" AS "valid_from",
                  "t30"."valid_to" AS "valid_to",
                  "t30"."starts" AS "starts",
                  "t30"."next_start" AS "next_start",
                  "t30"."ends" AS "ends",
                  "t20"."booked_team" AS "booked_team",
                  "t20"."booked_at" AS "booked_at",
                  "t20"."booked_from" AS "booked_from",
                  "t20"."booked_to" AS "booked_to"
                FROM (
                  SELECT
                    "t28"."app_id" AS "app_id",
                    "t28"."team_id" AS "team_id",
                    "t28"."cost_center" AS "cost_center",
                    "t28"."environment" AS "environment",
                    "t28"."lifecycle" AS "lifecycle",
                    "t28"."valid_from" AS "valid_from",
                    "t28"."valid_to" AS "valid_to",
                    "t28"."starts" AS "starts",
                    "t28"."next_start" AS "next_start",
                    CASE
                      WHEN "t28"."next_start" > "t28"."starts"
                      THEN "t28"."next_start"
                      ELSE "t28"."valid_to"
                    END AS "ends"
                  FROM (
                    SELECT
                      "t27"."app_id" AS "app_id",
                      "t27"."team_id" AS "team_id",
                      "t27"."cost_center" AS "cost_center",
                      "t27"."environment" AS "environment",
                      "t27"."lifecycle" AS "lifecycle",
                      "t27"."valid_from" AS "valid_from",
                      "t27"."valid_to" AS "valid_to",
                      "t27"."starts" AS "starts",
                      leadInFrame("t27"."starts") OVER (
                        PARTITION BY "t27"."app_id", "t27"."valid_from"
                        ORDER BY "t27"."starts" ASC
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
                      ) AS "t14"
                      UNION DISTINCT
                      SELECT
                        *
                      FROM (
                        SELECT
                          CAST("t25"."app_id" AS String) AS "app_id",
                          CAST("t25"."team_id" AS String) AS "team_id",
                          CAST("t25"."cost_center" AS String) AS "cost_center",
                          CAST("t25"."environment" AS String) AS "environment",
                          CAST("t25"."lifecycle" AS String) AS "lifecycle",
                          toTimeZone(CAST("t25"."valid_from" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_from",
                          toTimeZone(CAST("t25"."valid_to" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_to",
                          toTimeZone(CAST("t25"."starts" AS DateTime64(3, 'UTC')), 'UTC') AS "starts"
                        FROM (
                          SELECT
                            "t22"."app_id" AS "app_id",
                            "t22"."team_id" AS "team_id",
                            "t22"."cost_center" AS "cost_center",
                            "t22"."environment" AS "environment",
                            "t22"."lifecycle" AS "lifecycle",
                            "t22"."valid_from" AS "valid_from",
                            "t22"."valid_to" AS "valid_to",
                            "t24"."edge" AS "starts"
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
                          ) AS "t22"
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
                            ) AS "t12"
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
                            ) AS "t13"
                          ) AS "t24"
                            ON "t22"."team_id" = "t24"."booked_team"
                            AND "t22"."valid_from" < "t24"."edge"
                            AND "t24"."edge" < "t22"."valid_to"
                        ) AS "t25"
                      ) AS "t26"
                    ) AS "t27"
                  ) AS "t28"
                ) AS "t30"
                ASOF LEFT JOIN (
                  SELECT
                    "t5"."team_id" AS "booked_team",
                    "t5"."cost_center" AS "booked_at",
                    "t5"."valid_from" AS "booked_from",
                    "t5"."valid_to" AS "booked_to"
                  FROM "teams" AS "t5"
                  WHERE
                    "t5"."valid_from" < "t5"."valid_to"
                ) AS "t20"
                  ON "t30"."starts" >= "t20"."booked_from" AND "t30"."team_id" = "t20"."booked_team"
              ) AS "t31"
            ) AS "t32"
          ) AS "t33"
          WHERE
            "t33"."starts" < "t33"."ends"
          ORDER BY
            "t33"."app_id" ASC,
            "t33"."starts" ASC
        ) AS "t37"
          ON "t23"."time" >= "t37"."begins" AND "t23"."claimed_app_id" = "t37"."key_app_id"
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
        ) AS "t17"
          ON "t23"."time" >= "t17"."begins" AND "t23"."lease_id" = "t17"."key_lease_id"
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
        ) AS "t18"
          ON "t23"."time" >= "t18"."begins" AND "t23"."resource_id" = "t18"."key_resource_id"
        ASOF LEFT JOIN (
          SELECT
            "t4"."cost_center" AS "environment_cost_center",
            "t4"."environment" AS "key_environment",
            "t4"."valid_from" AS "begins",
            "t4"."valid_to" AS "ends"
          FROM "environments" AS "t4"
          WHERE
            "t4"."valid_from" < "t4"."valid_to"
        ) AS "t19"
          ON "t23"."time" >= "t19"."begins"
          AND "t23"."claimed_environment" = "t19"."key_environment"
      ) AS "t38"
    ) AS "t40"
    ASOF LEFT JOIN (
      SELECT
        "t33"."team_id" AS "app_team_id",
        "t33"."cost_center" AS "app_cost_center",
        "t33"."environment" AS "app_environment",
        "t33"."lifecycle" AS "app_lifecycle",
        "t33"."app_id" AS "key_app_id",
        "t33"."starts" AS "begins",
        "t33"."ends" AS "ends"
      FROM (
        SELECT
          "t32".*
          EXCEPT ("valid_from", "valid_to")
        FROM (
          SELECT
            "t31"."app_id" AS "app_id",
            "t31"."team_id" AS "team_id",
            CASE
              WHEN "t31"."cost_center" <> ''
              THEN "t31"."cost_center"
              ELSE CASE WHEN "t31"."starts" < "t31"."booked_to" THEN "t31"."booked_at" ELSE '' END
            END AS "cost_center",
            "t31"."environment" AS "environment",
            "t31"."lifecycle" AS "lifecycle",
            "t31"."valid_from" AS "valid_from",
            "t31"."valid_to" AS "valid_to",
            "t31"."starts" AS "starts",
            "t31"."next_start" AS "next_start",
            "t31"."ends" AS "ends",
            "t31"."booked_team" AS "booked_team",
            "t31"."booked_at" AS "booked_at",
            "t31"."booked_from" AS "booked_from",
            "t31"."booked_to" AS "booked_to"
          FROM (
            SELECT
              "t30"."app_id" AS "app_id",
              "t30"."team_id" AS "team_id",
              "t30"."cost_center" AS "cost_center",
              "t30"."environment" AS "environment",
              "t30"."lifecycle" AS "lifecycle",
              "t30"."valid_from" AS "valid_from",
              "t30"."valid_to" AS "valid_to",
              "t30"."starts" AS "starts",
              "t30"."next_start" AS "next_start",
              "t30"."ends" AS "ends",
              "t20"."booked_team" AS "booked_team",
              "t20"."booked_at" AS "booked_at",
              "t20"."booked_from" AS "booked_from",
              "t20"."booked_to" AS "booked_to"
            FROM (
              SELECT
                "t28"."app_id" AS "app_id",
                "t28"."team_id" AS "team_id",
                "t28"."cost_center" AS "cost_center",
                "t28"."environment" AS "environment",
                "t28"."lifecycle" AS "lifecycle",
                "t28"."valid_from" AS "valid_from",
                "t28"."valid_to" AS "valid_to",
                "t28"."starts" AS "starts",
                "t28"."next_start" AS "next_start",
                CASE
                  WHEN "t28"."next_start" > "t28"."starts"
                  THEN "t28"."next_start"
                  ELSE "t28"."valid_to"
                END AS "ends"
              FROM (
                SELECT
                  "t27"."app_id" AS "app_id",
                  "t27"."team_id" AS "team_id",
                  "t27"."cost_center" AS "cost_center",
                  "t27"."environment" AS "environment",
                  "t27"."lifecycle" AS "lifecycle",
                  "t27"."valid_from" AS "valid_from",
                  "t27"."valid_to" AS "valid_to",
                  "t27"."starts" AS "starts",
                  leadInFrame("t27"."starts") OVER (
                    PARTITION BY "t27"."app_id", "t27"."valid_from"
                    ORDER BY "t27"."starts" ASC
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
                  ) AS "t14"
                  UNION DISTINCT
                  SELECT
                    *
                  FROM (
                    SELECT
                      CAST("t25"."app_id" AS String) AS "app_id",
                      CAST("t25"."team_id" AS String) AS "team_id",
                      CAST("t25"."cost_center" AS String) AS "cost_center",
                      CAST("t25"."environment" AS String) AS "environment",
                      CAST("t25"."lifecycle" AS String) AS "lifecycle",
                      toTimeZone(CAST("t25"."valid_from" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_from",
                      toTimeZone(CAST("t25"."valid_to" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_to",
                      toTimeZone(CAST("t25"."starts" AS DateTime64(3, 'UTC')), 'UTC') AS "starts"
                    FROM (
                      SELECT
                        "t22"."app_id" AS "app_id",
                        "t22"."team_id" AS "team_id",
                        "t22"."cost_center" AS "cost_center",
                        "t22"."environment" AS "environment",
                        "t22"."lifecycle" AS "lifecycle",
                        "t22"."valid_from" AS "valid_from",
                        "t22"."valid_to" AS "valid_to",
                        "t24"."edge" AS "starts"
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
                      ) AS "t22"
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
                        ) AS "t12"
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
                        ) AS "t13"
                      ) AS "t24"
                        ON "t22"."team_id" = "t24"."booked_team"
                        AND "t22"."valid_from" < "t24"."edge"
                        AND "t24"."edge" < "t22"."valid_to"
                    ) AS "t25"
                  ) AS "t26"
                ) AS "t27"
              ) AS "t28"
            ) AS "t30"
            ASOF LEFT JOIN (
              SELECT
                "t5"."team_id" AS "booked_team",
                "t5"."cost_center" AS "booked_at",
                "t5"."valid_from" AS "booked_from",
                "t5"."valid_to" AS "booked_to"
              FROM "teams" AS "t5"
              WHERE
                "t5"."valid_from" < "t5"."valid_to"
            ) AS "t20"
              ON "t30"."starts" >= "t20"."booked_from" AND "t30"."team_id" = "t20"."booked_team"
          ) AS "t31"
        ) AS "t32"
      ) AS "t33"
      WHERE
        "t33"."starts" < "t33"."ends"
      ORDER BY
        "t33"."app_id" ASC,
        "t33"."starts" ASC
    ) AS "t36"
      ON "t40"."time" >= "t36"."begins" AND "t40"."indirect_app_id" = "t36"."key_app_id"
  ) AS "t41"
) AS "t43"
LEFT SEMI JOIN "charges" AS "t7"
  ON "t43"."charge_period_start" = "t7"."charge_period_start"
  AND "t43"."charge_period_end" = "t7"."charge_period_end"
  AND "t43"."service_name" = "t7"."service_name"
  AND "t43"."region" = "t7"."region"
  AND "t43"."billing_currency" = "t7"."billing_currency"
  AND "t43"."resource_id" = "t7"."resource_id"
  AND "t43"."app_id" = "t7"."app_id"
  AND "t43"."team_id" = "t7"."team_id"
  AND "t43"."cost_center" = "t7"."cost_center"
  AND "t43"."environment" = "t7"."environment"
  AND "t43"."lifecycle" = "t7"."lifecycle"
  AND "t43"."attribution_rule" = "t7"."attribution_rule"
  AND "t43"."sku_id" = "t7"."sku_id"
