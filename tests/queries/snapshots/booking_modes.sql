SELECT
  *
FROM (
  SELECT
    "t6"."cost_center" AS "cost_center",
    CASE
      WHEN COALESCE("t4"."known_name", '') <> ''
      THEN COALESCE("t4"."known_name", '')
      ELSE "t6"."cost_center"
    END AS "cost_center_name",
    CASE
      WHEN COALESCE("t4"."known_mode", '') <> ''
      THEN COALESCE("t4"."known_mode", '')
      ELSE 'showback'
    END AS "mode",
    "t6"."booked_cost" AS "effective_cost"
  FROM (
    SELECT
      "t2"."cost_center" AS "cost_center",
      COALESCE(SUM("t2"."effective_cost"), CAST(0 AS Nullable(Decimal(76, 21)))) AS "booked_cost"
    FROM (
      SELECT
        *
      FROM "charges" AS "t0"
      WHERE
        "t0"."charge_date" >= toDate('2026-02-01')
        AND "t0"."charge_date" < toDate('2026-03-01')
        AND "t0"."billing_currency" IN ('USD')
    ) AS "t2"
    GROUP BY
      "t2"."cost_center"
  ) AS "t6"
  LEFT OUTER JOIN (
    SELECT
      "t1"."cost_center" AS "known_center",
      "t1"."cost_center_name" AS "known_name",
      "t1"."mode" AS "known_mode"
    FROM "cost_centers" AS "t1"
    WHERE
      "t1"."valid_from" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
      AND "t1"."valid_to" >= parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
  ) AS "t4"
    ON "t6"."cost_center" = "t4"."known_center"
) AS "t7"
ORDER BY
  "t7"."effective_cost" DESC,
  "t7"."cost_center" ASC
