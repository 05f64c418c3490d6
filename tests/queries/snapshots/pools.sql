SELECT
  "t10"."charge_period_start" AS "charge_period_start",
  "t10"."charge_period_end" AS "charge_period_end",
  "t10"."cost_type" AS "cost_type",
  "t10"."pool" AS "pool",
  "t10"."pooled_events" AS "pooled_events",
  "t10"."pooled_digest" AS "pooled_digest",
  CASE
    WHEN "t10"."own_found"
    THEN "t10"."own_method"
    WHEN "t10"."any_found"
    THEN "t10"."any_method"
    ELSE ''
  END AS "method",
  CASE
    WHEN "t10"."own_found"
    THEN "t10"."own_basis"
    WHEN "t10"."any_found"
    THEN "t10"."any_basis"
    ELSE ''
  END AS "basis",
  CASE
    WHEN "t10"."own_found"
    THEN "t10"."own_floor"
    WHEN "t10"."any_found"
    THEN "t10"."any_floor"
    ELSE CAST(0 AS Decimal(38, 9))
  END AS "floor",
  CASE WHEN "t10"."own_found" THEN "t10"."own_weights" ELSE "t10"."any_weights" END AS "weights",
  CASE
    WHEN "t10"."own_found"
    THEN "t10"."own_footnote"
    WHEN "t10"."any_found"
    THEN "t10"."any_footnote"
    ELSE ''
  END AS "footnote",
  CASE
    WHEN "t10"."own_found"
    THEN "t10"."own_owner"
    WHEN "t10"."any_found"
    THEN "t10"."any_owner"
    ELSE ''
  END AS "owner",
  CASE
    WHEN "t10"."own_found"
    THEN "t10"."own_allocated_method_id"
    WHEN "t10"."any_found"
    THEN "t10"."any_allocated_method_id"
    ELSE ''
  END AS "allocated_method_id"
FROM (
  SELECT
    "t9"."charge_period_start" AS "charge_period_start",
    "t9"."charge_period_end" AS "charge_period_end",
    "t9"."cost_type" AS "cost_type",
    "t9"."pool" AS "pool",
    "t9"."pooled_events" AS "pooled_events",
    "t9"."pooled_digest" AS "pooled_digest",
    "t9"."time" AS "time",
    "t9"."every_type" AS "every_type",
    "t5"."own_method" AS "own_method",
    "t5"."own_basis" AS "own_basis",
    "t5"."own_floor" AS "own_floor",
    "t5"."own_weights" AS "own_weights",
    "t5"."own_footnote" AS "own_footnote",
    "t5"."own_owner" AS "own_owner",
    "t5"."own_allocated_method_id" AS "own_allocated_method_id",
    "t9"."time" < "t5"."ends" AS "own_found",
    "t6"."any_method" AS "any_method",
    "t6"."any_basis" AS "any_basis",
    "t6"."any_floor" AS "any_floor",
    "t6"."any_weights" AS "any_weights",
    "t6"."any_footnote" AS "any_footnote",
    "t6"."any_owner" AS "any_owner",
    "t6"."any_allocated_method_id" AS "any_allocated_method_id",
    "t9"."time" < "t6"."ends" AS "any_found"
  FROM (
    SELECT
      "t7"."charge_period_start" AS "charge_period_start",
      "t7"."charge_period_end" AS "charge_period_end",
      "t7"."cost_type" AS "cost_type",
      "t7"."pool" AS "pool",
      "t7"."pooled_events" AS "pooled_events",
      "t7"."pooled_digest" AS "pooled_digest",
      toTimeZone(CAST("t7"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "time",
      '*' AS "every_type"
    FROM (
      SELECT
        "t2"."charge_period_start" AS "charge_period_start",
        "t2"."charge_period_end" AS "charge_period_end",
        "t2"."cost_type" AS "cost_type",
        CAST(COALESCE(SUM("t2"."effective_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS Decimal(76, 21)) AS "pool",
        SUM("t2"."event_count") AS "pooled_events",
        SUM("t2"."event_digest") AS "pooled_digest"
      FROM (
        SELECT
          "t1"."charge_period_start" AS "charge_period_start",
          "t1"."charge_period_end" AS "charge_period_end",
          "t1"."effective_cost" AS "effective_cost",
          "t1"."event_count" AS "event_count",
          "t1"."event_digest" AS "event_digest",
          SUBSTRING(
            "t1"."sku_id",
            CASE WHEN (
              14 + 1
            ) >= 1 THEN 14 + 1 ELSE 14 + 1 + LENGTH("t1"."sku_id") END
          ) AS "cost_type"
        FROM "charges" AS "t1"
        WHERE
          "t1"."billing_currency" IN ('USD')
          AND "t1"."meter" = 'platform_cost'
          AND "t1"."app_id" = ''
          AND (
            (
              "t1"."charge_category" <> 'Purchase'
            ) OR (
              "t1"."effective_cost" <> 0
            )
          )
      ) AS "t2"
      GROUP BY
        "t2"."charge_period_start",
        "t2"."charge_period_end",
        "t2"."cost_type"
    ) AS "t7"
  ) AS "t9"
  ASOF LEFT JOIN (
    SELECT
      "t0"."method" AS "own_method",
      "t0"."basis" AS "own_basis",
      "t0"."floor" AS "own_floor",
      "t0"."weights" AS "own_weights",
      "t0"."footnote" AS "own_footnote",
      "t0"."owner" AS "own_owner",
      CONCAT(
        CONCAT("t0"."rule_id", '@'),
        CONCAT(
          replaceAll(replaceAll(CAST("t0"."valid_from" AS Nullable(String)), ' ', 'T'), '.000', ''),
          'Z'
        )
      ) AS "own_allocated_method_id",
      "t0"."cost_type" AS "key_cost_type",
      "t0"."valid_from" AS "begins",
      "t0"."valid_to" AS "ends"
    FROM "allocation_rules" AS "t0"
    WHERE
      "t0"."valid_from" < "t0"."valid_to"
  ) AS "t5"
    ON "t9"."time" >= "t5"."begins" AND "t9"."cost_type" = "t5"."key_cost_type"
  ASOF LEFT JOIN (
    SELECT
      "t0"."method" AS "any_method",
      "t0"."basis" AS "any_basis",
      "t0"."floor" AS "any_floor",
      "t0"."weights" AS "any_weights",
      "t0"."footnote" AS "any_footnote",
      "t0"."owner" AS "any_owner",
      CONCAT(
        CONCAT("t0"."rule_id", '@'),
        CONCAT(
          replaceAll(replaceAll(CAST("t0"."valid_from" AS Nullable(String)), ' ', 'T'), '.000', ''),
          'Z'
        )
      ) AS "any_allocated_method_id",
      "t0"."cost_type" AS "key_cost_type",
      "t0"."valid_from" AS "begins",
      "t0"."valid_to" AS "ends"
    FROM "allocation_rules" AS "t0"
    WHERE
      "t0"."valid_from" < "t0"."valid_to"
  ) AS "t6"
    ON "t9"."time" >= "t6"."begins" AND "t9"."every_type" = "t6"."key_cost_type"
) AS "t10"
ORDER BY
  "t10"."charge_period_start" ASC,
  "t10"."charge_period_end" ASC,
  "t10"."cost_type" ASC
