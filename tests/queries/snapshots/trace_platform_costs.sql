SELECT
  *
FROM (
  SELECT
    "t44"."time" AS "time",
    "t44"."charge_period_end" AS "charge_period_end",
    "t44"."source" AS "source",
    "t44"."event_id" AS "event_id",
    "t44"."resource_id" AS "resource_id",
    "t44"."app_id" AS "app_id",
    "t44"."sku_id" AS "sku_id",
    "t44"."service_name" AS "service_name",
    "t44"."list_cost" AS "list_cost",
    "t44"."effective_cost" AS "effective_cost",
    "t44"."billed_cost" AS "billed_cost",
    "t44"."billing_currency" AS "billing_currency",
    "t44"."received_at" AS "received_at"
  FROM (
    SELECT
      "t42"."source" AS "source",
      "t42"."event_id" AS "event_id",
      "t42"."time" AS "time",
      "t42"."received_at" AS "received_at",
      "t42"."resource_id" AS "resource_id",
      "t42"."lease_id" AS "lease_id",
      "t42"."is_authenticated" AS "is_authenticated",
      "t42"."event_digest" AS "event_digest",
      "t42"."cost_type" AS "cost_type",
      "t42"."charge_category" AS "charge_category",
      "t42"."charge_period_end" AS "charge_period_end",
      "t42"."provider" AS "provider",
      "t42"."service_name" AS "service_name",
      "t42"."region" AS "region",
      "t42"."billing_currency" AS "billing_currency",
      "t42"."list_cost" AS "list_cost",
      "t42"."contracted_cost" AS "contracted_cost",
      "t42"."effective_cost" AS "effective_cost",
      "t42"."billed_cost" AS "billed_cost",
      "t42"."attributes" AS "attributes",
      "t42"."charge_period_start" AS "charge_period_start",
      "t42"."sku_id" AS "sku_id",
      CASE
        WHEN "t42"."attribution_rule" = 'app_tag'
        THEN "t42"."claimed_app_id"
        ELSE "t42"."indirect_app_id"
      END AS "app_id",
      CASE
        WHEN "t42"."attribution_rule" = 'app_tag'
        THEN "t42"."tag_team_id"
        WHEN "t42"."app_found"
        AND (
          "t42"."indirect_app_id" <> ''
        )
        AND (
          "t42"."app_team_id" <> ''
        )
        THEN "t42"."app_team_id"
        WHEN "t42"."attribution_rule" = 'resource_owner'
        THEN "t42"."owner_team_id"
        ELSE ''
      END AS "team_id",
      COALESCE(
        nullIf(
          CASE
            WHEN "t42"."attribution_rule" = 'environment'
            THEN "t42"."environment_cost_center"
            ELSE CASE
              WHEN "t42"."attribution_rule" = 'app_tag'
              THEN "t42"."tag_cost_center"
              WHEN "t42"."app_found"
              AND (
                "t42"."indirect_app_id" <> ''
              )
              AND (
                "t42"."app_cost_center" <> ''
              )
              THEN "t42"."app_cost_center"
              WHEN "t42"."attribution_rule" = 'resource_owner'
              THEN "t42"."owner_cost_center"
              ELSE ''
            END
          END,
          ''
        ),
        'cc-unattributed'
      ) AS "cost_center",
      COALESCE(
        nullIf("t42"."claimed_environment", ''),
        CASE
          WHEN "t42"."attribution_rule" = 'app_tag'
          THEN "t42"."tag_environment"
          WHEN "t42"."app_found"
          AND (
            "t42"."indirect_app_id" <> ''
          )
          AND (
            "t42"."app_environment" <> ''
          )
          THEN "t42"."app_environment"
          WHEN "t42"."attribution_rule" = 'resource_owner'
          THEN "t42"."owner_environment"
          ELSE ''
        END
      ) AS "environment",
      CASE
        WHEN "t42"."attribution_rule" = 'app_tag'
        THEN "t42"."tag_lifecycle"
        WHEN "t42"."app_found"
        AND (
          "t42"."indirect_app_id" <> ''
        )
        AND (
          "t42"."app_lifecycle" <> ''
        )
        THEN "t42"."app_lifecycle"
        WHEN "t42"."attribution_rule" = 'resource_owner'
        THEN "t42"."owner_lifecycle"
        ELSE ''
      END AS "lifecycle",
      "t42"."attribution_rule" AS "attribution_rule",
      (
        "t42"."attribution_rule" = 'resource_owner'
      )
      AND (
        "t42"."owner_evidence" <> ''
      ) AS "is_reconciled"
    FROM (
      SELECT
        "t41"."source" AS "source",
        "t41"."event_id" AS "event_id",
        "t41"."time" AS "time",
        "t41"."received_at" AS "received_at",
        "t41"."resource_id" AS "resource_id",
        "t41"."claimed_app_id" AS "claimed_app_id",
        "t41"."claimed_environment" AS "claimed_environment",
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
        "t41"."tag_team_id" AS "tag_team_id",
        "t41"."tag_cost_center" AS "tag_cost_center",
        "t41"."tag_environment" AS "tag_environment",
        "t41"."tag_lifecycle" AS "tag_lifecycle",
        "t41"."owner_team_id" AS "owner_team_id",
        "t41"."owner_cost_center" AS "owner_cost_center",
        "t41"."owner_environment" AS "owner_environment",
        "t41"."owner_lifecycle" AS "owner_lifecycle",
        "t41"."owner_evidence" AS "owner_evidence",
        "t41"."environment_cost_center" AS "environment_cost_center",
        "t41"."attribution_rule" AS "attribution_rule",
        "t41"."indirect_app_id" AS "indirect_app_id",
        "t37"."app_team_id" AS "app_team_id",
        "t37"."app_cost_center" AS "app_cost_center",
        "t37"."app_environment" AS "app_environment",
        "t37"."app_lifecycle" AS "app_lifecycle",
        "t41"."time" < "t37"."ends" AS "app_found"
      FROM (
        SELECT
          "t39"."source" AS "source",
          "t39"."event_id" AS "event_id",
          "t39"."time" AS "time",
          "t39"."received_at" AS "received_at",
          "t39"."resource_id" AS "resource_id",
          "t39"."claimed_app_id" AS "claimed_app_id",
          "t39"."claimed_environment" AS "claimed_environment",
          "t39"."lease_id" AS "lease_id",
          "t39"."is_authenticated" AS "is_authenticated",
          "t39"."event_digest" AS "event_digest",
          "t39"."cost_type" AS "cost_type",
          "t39"."charge_category" AS "charge_category",
          "t39"."charge_period_end" AS "charge_period_end",
          "t39"."provider" AS "provider",
          "t39"."service_name" AS "service_name",
          "t39"."region" AS "region",
          "t39"."billing_currency" AS "billing_currency",
          "t39"."list_cost" AS "list_cost",
          "t39"."contracted_cost" AS "contracted_cost",
          "t39"."effective_cost" AS "effective_cost",
          "t39"."billed_cost" AS "billed_cost",
          "t39"."attributes" AS "attributes",
          "t39"."charge_period_start" AS "charge_period_start",
          "t39"."sku_id" AS "sku_id",
          "t39"."tag_team_id" AS "tag_team_id",
          "t39"."tag_cost_center" AS "tag_cost_center",
          "t39"."tag_environment" AS "tag_environment",
          "t39"."tag_lifecycle" AS "tag_lifecycle",
          "t39"."owner_team_id" AS "owner_team_id",
          "t39"."owner_cost_center" AS "owner_cost_center",
          "t39"."owner_environment" AS "owner_environment",
          "t39"."owner_lifecycle" AS "owner_lifecycle",
          "t39"."owner_evidence" AS "owner_evidence",
          "t39"."environment_cost_center" AS "environment_cost_center",
          CASE
            WHEN "t39"."tag_found"
            AND "t39"."is_authenticated"
            AND (
              "t39"."claimed_app_id" <> ''
            )
            THEN 'app_tag'
            WHEN "t39"."lease_found"
            AND "t39"."is_authenticated"
            AND (
              "t39"."lease_id" <> ''
            )
            AND (
              "t39"."resource_id" IN ('', "t39"."lease_resource_id")
              OR (
                "t39"."lease_resource_id" = ''
              )
            )
            THEN 'lease'
            WHEN "t39"."owner_found" AND (
              "t39"."resource_id" <> ''
            )
            THEN 'resource_owner'
            WHEN "t39"."environment_found" AND (
              "t39"."claimed_environment" <> ''
            )
            THEN 'environment'
            ELSE 'default'
          END AS "attribution_rule",
          CASE
            WHEN "t39"."tag_found"
            AND "t39"."is_authenticated"
            AND (
              "t39"."claimed_app_id" <> ''
            )
            THEN ''
            WHEN "t39"."lease_found"
            AND "t39"."is_authenticated"
            AND (
              "t39"."lease_id" <> ''
            )
            AND (
              "t39"."resource_id" IN ('', "t39"."lease_resource_id")
              OR (
                "t39"."lease_resource_id" = ''
              )
            )
            THEN "t39"."lease_app_id"
            WHEN "t39"."owner_found" AND (
              "t39"."resource_id" <> ''
            )
            THEN "t39"."owner_app_id"
            ELSE ''
          END AS "indirect_app_id"
        FROM (
          SELECT
            "t24"."source" AS "source",
            "t24"."event_id" AS "event_id",
            "t24"."time" AS "time",
            "t24"."received_at" AS "received_at",
            "t24"."resource_id" AS "resource_id",
            "t24"."claimed_app_id" AS "claimed_app_id",
            "t24"."claimed_environment" AS "claimed_environment",
            "t24"."lease_id" AS "lease_id",
            "t24"."is_authenticated" AS "is_authenticated",
            "t24"."event_digest" AS "event_digest",
            "t24"."cost_type" AS "cost_type",
            "t24"."charge_category" AS "charge_category",
            "t24"."charge_period_end" AS "charge_period_end",
            "t24"."provider" AS "provider",
            "t24"."service_name" AS "service_name",
            "t24"."region" AS "region",
            "t24"."billing_currency" AS "billing_currency",
            "t24"."list_cost" AS "list_cost",
            "t24"."contracted_cost" AS "contracted_cost",
            "t24"."effective_cost" AS "effective_cost",
            "t24"."billed_cost" AS "billed_cost",
            "t24"."attributes" AS "attributes",
            "t24"."charge_period_start" AS "charge_period_start",
            "t24"."sku_id" AS "sku_id",
            "t38"."tag_team_id" AS "tag_team_id",
            "t38"."tag_cost_center" AS "tag_cost_center",
            "t38"."tag_environment" AS "tag_environment",
            "t38"."tag_lifecycle" AS "tag_lifecycle",
            "t24"."time" < "t38"."ends" AS "tag_found",
            "t18"."lease_resource_id" AS "lease_resource_id",
            "t18"."lease_app_id" AS "lease_app_id",
            "t24"."time" < "t18"."ends" AS "lease_found",
            "t19"."owner_app_id" AS "owner_app_id",
            "t19"."owner_team_id" AS "owner_team_id",
            "t19"."owner_cost_center" AS "owner_cost_center",
            "t19"."owner_environment" AS "owner_environment",
            "t19"."owner_lifecycle" AS "owner_lifecycle",
            "t19"."owner_evidence" AS "owner_evidence",
            "t24"."time" < "t19"."ends" AS "owner_found",
            "t20"."environment_cost_center" AS "environment_cost_center",
            "t24"."time" < "t20"."ends" AS "environment_found"
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
            WHERE
              "t1"."time" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
              AND "t1"."time" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
          ) AS "t24"
          ASOF LEFT JOIN (
            SELECT
              "t34"."team_id" AS "tag_team_id",
              "t34"."cost_center" AS "tag_cost_center",
              "t34"."environment" AS "tag_environment",
              "t34"."lifecycle" AS "tag_lifecycle",
              "t34"."app_id" AS "key_app_id",
              "t34"."starts" AS "begins",
              "t34"."ends" AS "ends"
            FROM (
              SELECT
                "t33".*
                EXCEPT ("valid_from", "valid_to")
              FROM (
                SELECT
                  "t32"."app_id" AS "app_id",
                  "t32"."team_id" AS "team_id",
                  CASE
                    WHEN "t32"."cost_center" <> ''
                    THEN "t32"."cost_center"
                    ELSE CASE WHEN "t32"."starts" < "t32"."booked_to" THEN "t32"."booked_at" ELSE '' END
                  END AS "cost_center",
                  "t32"."environment" AS "environment",
                  "t32"."lifecycle" AS "lifecycle",
                  "t32"."valid_from" AS "valid_from",
                  "t32"."valid_to" AS "valid_to",
                  "t32"."starts" AS "starts",
                  "t32"."next_start" AS "next_start",
                  "t32"."ends" AS "ends",
                  "t32"."booked_team" AS "booked_team",
                  "t32"."booked_at" AS "booked_at",
                  "t32"."booked_from" AS "booked_from",
                  "t32"."booked_to" AS "booked_to"
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
                    "t31"."next_start" AS "next_start",
                    "t31"."ends" AS "ends",
                    "t21"."booked_team" AS "booked_team",
                    "t21"."booked_at" AS "booked_at",
                    "t21"."booked_from" AS "booked_from",
                    "t21"."booked_to" AS "booked_to"
                  FROM (
                    SELECT
                      "t29"."app_id" AS "app_id",
                      "t29"."team_id" AS "team_id",
                      "t29"."cost_center" AS "cost_center",
                      "t29"."environment" AS "environment",
                      "t29"."lifecycle" AS "lifecycle",
                      "t29"."valid_from" AS "valid_from",
                      "t29"."valid_to" AS "valid_to",
                      "t29"."starts" AS "starts",
                      "t29"."next_start" AS "next_start",
                      CASE
                        WHEN "t29"."next_start" > "t29"."starts"
                        THEN "t29"."next_start"
                        ELSE "t29"."valid_to"
                      END AS "ends"
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
                        leadInFrame("t28"."starts") OVER (
                          PARTITION BY "t28"."app_id", "t28"."valid_from"
                          ORDER BY "t28"."starts" ASC
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
                            CAST("t26"."app_id" AS String) AS "app_id",
                            CAST("t26"."team_id" AS String) AS "team_id",
                            CAST("t26"."cost_center" AS String) AS "cost_center",
                            CAST("t26"."environment" AS String) AS "environment",
                            CAST("t26"."lifecycle" AS String) AS "lifecycle",
                            toTimeZone(CAST("t26"."valid_from" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_from",
                            toTimeZone(CAST("t26"."valid_to" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_to",
                            toTimeZone(CAST("t26"."starts" AS DateTime64(3, 'UTC')), 'UTC') AS "starts"
                          FROM (
                            SELECT
                              "t23"."app_id" AS "app_id",
                              "t23"."team_id" AS "team_id",
                              "t23"."cost_center" AS "cost_center",
                              "t23"."environment" AS "environment",
                              "t23"."lifecycle" AS "lifecycle",
                              "t23"."valid_from" AS "valid_from",
                              "t23"."valid_to" AS "valid_to",
                              "t25"."edge" AS "starts"
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
                            ) AS "t23"
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
                            ) AS "t25"
                              ON "t23"."team_id" = "t25"."booked_team"
                              AND "t23"."valid_from" < "t25"."edge"
                              AND "t25"."edge" < "t23"."valid_to"
                          ) AS "t26"
                        ) AS "t27"
                      ) AS "t28"
                    ) AS "t29"
                  ) AS "t31"
                  ASOF LEFT JOIN (
                    SELECT
                      "t5"."team_id" AS "booked_team",
                      "t5"."cost_center" AS "booked_at",
                      "t5"."valid_from" AS "booked_from",
                      "t5"."valid_to" AS "booked_to"
                    FROM "teams" AS "t5"
                    WHERE
                      "t5"."valid_from" < "t5"."valid_to"
                  ) AS "t21"
                    ON "t31"."starts" >= "t21"."booked_from" AND "t31"."team_id" = "t21"."booked_team"
                ) AS "t32"
              ) AS "t33"
            ) AS "t34"
            WHERE
              "t34"."starts" < "t34"."ends"
            ORDER BY
              "t34"."app_id" ASC,
              "t34"."starts" ASC
          ) AS "t38"
            ON "t24"."time" >= "t38"."begins" AND "t24"."claimed_app_id" = "t38"."key_app_id"
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
          ) AS "t18"
            ON "t24"."time" >= "t18"."begins" AND "t24"."lease_id" = "t18"."key_lease_id"
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
          ) AS "t19"
            ON "t24"."time" >= "t19"."begins" AND "t24"."resource_id" = "t19"."key_resource_id"
          ASOF LEFT JOIN (
            SELECT
              "t4"."cost_center" AS "environment_cost_center",
              "t4"."environment" AS "key_environment",
              "t4"."valid_from" AS "begins",
              "t4"."valid_to" AS "ends"
            FROM "environments" AS "t4"
            WHERE
              "t4"."valid_from" < "t4"."valid_to"
          ) AS "t20"
            ON "t24"."time" >= "t20"."begins"
            AND "t24"."claimed_environment" = "t20"."key_environment"
        ) AS "t39"
      ) AS "t41"
      ASOF LEFT JOIN (
        SELECT
          "t34"."team_id" AS "app_team_id",
          "t34"."cost_center" AS "app_cost_center",
          "t34"."environment" AS "app_environment",
          "t34"."lifecycle" AS "app_lifecycle",
          "t34"."app_id" AS "key_app_id",
          "t34"."starts" AS "begins",
          "t34"."ends" AS "ends"
        FROM (
          SELECT
            "t33".*
            EXCEPT ("valid_from", "valid_to")
          FROM (
            SELECT
              "t32"."app_id" AS "app_id",
              "t32"."team_id" AS "team_id",
              CASE
                WHEN "t32"."cost_center" <> ''
                THEN "t32"."cost_center"
                ELSE CASE WHEN "t32"."starts" < "t32"."booked_to" THEN "t32"."booked_at" ELSE '' END
              END AS "cost_center",
              "t32"."environment" AS "environment",
              "t32"."lifecycle" AS "lifecycle",
              "t32"."valid_from" AS "valid_from",
              "t32"."valid_to" AS "valid_to",
              "t32"."starts" AS "starts",
              "t32"."next_start" AS "next_start",
              "t32"."ends" AS "ends",
              "t32"."booked_team" AS "booked_team",
              "t32"."booked_at" AS "booked_at",
              "t32"."booked_from" AS "booked_from",
              "t32"."booked_to" AS "booked_to"
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
                "t31"."next_start" AS "next_start",
                "t31"."ends" AS "ends",
                "t21"."booked_team" AS "booked_team",
                "t21"."booked_at" AS "booked_at",
                "t21"."booked_from" AS "booked_from",
                "t21"."booked_to" AS "booked_to"
              FROM (
                SELECT
                  "t29"."app_id" AS "app_id",
                  "t29"."team_id" AS "team_id",
                  "t29"."cost_center" AS "cost_center",
                  "t29"."environment" AS "environment",
                  "t29"."lifecycle" AS "lifecycle",
                  "t29"."valid_from" AS "valid_from",
                  "t29"."valid_to" AS "valid_to",
                  "t29"."starts" AS "starts",
                  "t29"."next_start" AS "next_start",
                  CASE
                    WHEN "t29"."next_start" > "t29"."starts"
                    THEN "t29"."next_start"
                    ELSE "t29"."valid_to"
                  END AS "ends"
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
                    leadInFrame("t28"."starts") OVER (
                      PARTITION BY "t28"."app_id", "t28"."valid_from"
                      ORDER BY "t28"."starts" ASC
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
                        CAST("t26"."app_id" AS String) AS "app_id",
                        CAST("t26"."team_id" AS String) AS "team_id",
                        CAST("t26"."cost_center" AS String) AS "cost_center",
                        CAST("t26"."environment" AS String) AS "environment",
                        CAST("t26"."lifecycle" AS String) AS "lifecycle",
                        toTimeZone(CAST("t26"."valid_from" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_from",
                        toTimeZone(CAST("t26"."valid_to" AS DateTime64(3, 'UTC')), 'UTC') AS "valid_to",
                        toTimeZone(CAST("t26"."starts" AS DateTime64(3, 'UTC')), 'UTC') AS "starts"
                      FROM (
                        SELECT
                          "t23"."app_id" AS "app_id",
                          "t23"."team_id" AS "team_id",
                          "t23"."cost_center" AS "cost_center",
                          "t23"."environment" AS "environment",
                          "t23"."lifecycle" AS "lifecycle",
                          "t23"."valid_from" AS "valid_from",
                          "t23"."valid_to" AS "valid_to",
                          "t25"."edge" AS "starts"
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
                        ) AS "t23"
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
                        ) AS "t25"
                          ON "t23"."team_id" = "t25"."booked_team"
                          AND "t23"."valid_from" < "t25"."edge"
                          AND "t25"."edge" < "t23"."valid_to"
                      ) AS "t26"
                    ) AS "t27"
                  ) AS "t28"
                ) AS "t29"
              ) AS "t31"
              ASOF LEFT JOIN (
                SELECT
                  "t5"."team_id" AS "booked_team",
                  "t5"."cost_center" AS "booked_at",
                  "t5"."valid_from" AS "booked_from",
                  "t5"."valid_to" AS "booked_to"
                FROM "teams" AS "t5"
                WHERE
                  "t5"."valid_from" < "t5"."valid_to"
              ) AS "t21"
                ON "t31"."starts" >= "t21"."booked_from" AND "t31"."team_id" = "t21"."booked_team"
            ) AS "t32"
          ) AS "t33"
        ) AS "t34"
        WHERE
          "t34"."starts" < "t34"."ends"
        ORDER BY
          "t34"."app_id" ASC,
          "t34"."starts" ASC
      ) AS "t37"
        ON "t41"."time" >= "t37"."begins" AND "t41"."indirect_app_id" = "t37"."key_app_id"
    ) AS "t42"
  ) AS "t44"
  LEFT SEMI JOIN (
    SELECT
      *
    FROM "charges" AS "t0"
    WHERE
      "t0"."charge_date" >= toDate('2026-02-01')
      AND "t0"."charge_date" < toDate('2026-03-01')
      AND "t0"."billing_currency" IN ('USD')
      AND "t0"."meter" = 'platform_cost'
  ) AS "t16"
    ON "t44"."charge_period_start" = "t16"."charge_period_start"
    AND "t44"."charge_period_end" = "t16"."charge_period_end"
    AND "t44"."service_name" = "t16"."service_name"
    AND "t44"."region" = "t16"."region"
    AND "t44"."billing_currency" = "t16"."billing_currency"
    AND "t44"."resource_id" = "t16"."resource_id"
    AND "t44"."app_id" = "t16"."app_id"
    AND "t44"."team_id" = "t16"."team_id"
    AND "t44"."cost_center" = "t16"."cost_center"
    AND "t44"."environment" = "t16"."environment"
    AND "t44"."lifecycle" = "t16"."lifecycle"
    AND "t44"."attribution_rule" = "t16"."attribution_rule"
    AND "t44"."sku_id" = "t16"."sku_id"
) AS "t45"
ORDER BY
  "t45"."effective_cost" DESC,
  "t45"."time" ASC,
  "t45"."source" ASC,
  "t45"."event_id" ASC
LIMIT 100
