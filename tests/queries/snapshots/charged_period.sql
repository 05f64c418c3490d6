SELECT
  "t1"."first_start" AS "first_start",
  "t1"."last_start" AS "last_start",
  "t1"."last_end" AS "last_end",
  "t1"."charges" AS "charges",
  CASE
    WHEN "t1"."usage_end" > "t1"."first_start"
    THEN "t1"."usage_end"
    ELSE "t1"."last_end"
  END AS "last_usage_end"
FROM (
  SELECT
    MIN("t0"."charge_period_start") AS "first_start",
    MAX("t0"."charge_period_start") AS "last_start",
    MAX("t0"."charge_period_end") AS "last_end",
    maxIf("t0"."charge_period_end", "t0"."meter" <> 'platform_cost') AS "usage_end",
    COUNT(*) AS "charges"
  FROM "charges" AS "t0"
) AS "t1"
