SELECT
  *
FROM (
  SELECT
    CASE
      WHEN "t8"."seen_now"
      THEN "t8"."now_effective_cost"
      ELSE CAST(0 AS Nullable(Decimal(76, 21)))
    END AS "effective_cost",
    CASE
      WHEN "t8"."seen_before"
      THEN "t8"."before_effective_cost"
      ELSE CAST(0 AS Nullable(Decimal(76, 21)))
    END AS "previous_effective_cost",
    minus(
      CASE
        WHEN "t8"."seen_now"
        THEN "t8"."now_effective_cost"
        ELSE CAST(0 AS Nullable(Decimal(76, 21)))
      END,
      CASE
        WHEN "t8"."seen_before"
        THEN "t8"."before_effective_cost"
        ELSE CAST(0 AS Nullable(Decimal(76, 21)))
      END
    ) AS "effective_cost_change",
    divide(
      minus(
        CASE
          WHEN "t8"."seen_now"
          THEN "t8"."now_effective_cost"
          ELSE CAST(0 AS Nullable(Decimal(76, 21)))
        END,
        CASE
          WHEN "t8"."seen_before"
          THEN "t8"."before_effective_cost"
          ELSE CAST(0 AS Nullable(Decimal(76, 21)))
        END
      ),
      nullIf(
        CASE
          WHEN "t8"."seen_before"
          THEN "t8"."before_effective_cost"
          ELSE CAST(0 AS Nullable(Decimal(76, 21)))
        END,
        CAST(0 AS Nullable(Decimal(76, 21)))
      )
    ) AS "effective_cost_growth"
  FROM (
    SELECT
      maxIf("t7"."effective_cost", NOT (
        "t7"."is_current"
      )) AS "before_effective_cost",
      maxIf("t7"."effective_cost", "t7"."is_current") AS "now_effective_cost",
      MAX("t7"."is_current") AS "seen_now",
      MAX(NOT (
        "t7"."is_current"
      )) AS "seen_before"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t3"."effective_cost" AS "effective_cost",
          TRUE AS "is_current"
        FROM (
          SELECT
            SUM("t1"."effective_cost") AS "effective_cost"
          FROM (
            SELECT
              *
            FROM "charges" AS "t0"
            WHERE
              "t0"."charge_date" >= toDate('2026-02-01')
              AND "t0"."charge_date" < toDate('2026-03-01')
              AND "t0"."billing_currency" IN ('USD')
          ) AS "t1"
        ) AS "t3"
      ) AS "t5"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t4"."effective_cost" AS "effective_cost",
          FALSE AS "is_current"
        FROM (
          SELECT
            SUM("t2"."effective_cost") AS "effective_cost"
          FROM (
            SELECT
              *
            FROM "charges" AS "t0"
            WHERE
              "t0"."charge_date" >= toDate('2026-01-01')
              AND "t0"."charge_date" < toDate('2026-02-01')
              AND "t0"."billing_currency" IN ('USD')
          ) AS "t2"
        ) AS "t4"
      ) AS "t6"
    ) AS "t7"
  ) AS "t8"
) AS "t9"
ORDER BY
  "t9"."effective_cost" DESC
