SELECT
  *
FROM (
  SELECT
    "t8"."charge_date" AS "charge_date",
    COALESCE("t9"."now_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "cost",
    CASE
      WHEN "t8"."charge_date" < toDate('2026-03-04')
      THEN COALESCE("t11"."before_cost", CAST(0 AS Nullable(Decimal(76, 21))))
      ELSE CAST(NULL AS Nullable(Decimal(76, 21)))
    END AS "previous_cost"
  FROM (
    SELECT
      toDate('2026-02-01') + INTERVAL (CAST("t1"."n" AS Nullable(Int64))) DAY AS "charge_date"
    FROM (
      SELECT
        arrayJoin(range(0, 28, 1)) AS "n"
    ) AS "t1"
  ) AS "t8"
  LEFT OUTER JOIN (
    SELECT
      "t4"."charge_date" AS "cost_date",
      "t4"."cost" AS "now_cost"
    FROM (
      SELECT
        "t2"."charge_date" AS "charge_date",
        SUM("t2"."effective_cost") AS "cost"
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
        "t2"."charge_date"
    ) AS "t4"
  ) AS "t9"
    ON "t8"."charge_date" = "t9"."cost_date"
  LEFT OUTER JOIN (
    SELECT
      "t5"."charge_date" + INTERVAL '31' DAY AS "before_date",
      "t5"."cost" AS "before_cost"
    FROM (
      SELECT
        "t3"."charge_date" AS "charge_date",
        SUM("t3"."effective_cost") AS "cost"
      FROM (
        SELECT
          *
        FROM "charges" AS "t0"
        WHERE
          "t0"."charge_date" >= toDate('2026-01-01')
          AND "t0"."charge_date" < toDate('2026-01-29')
          AND "t0"."billing_currency" IN ('USD')
      ) AS "t3"
      GROUP BY
        "t3"."charge_date"
    ) AS "t5"
  ) AS "t11"
    ON "t8"."charge_date" = "t11"."before_date"
) AS "t12"
ORDER BY
  "t12"."charge_date" ASC
