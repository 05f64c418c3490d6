SELECT
  MIN("t0"."charge_period_start") AS "first_start",
  MAX("t0"."charge_period_start") AS "last_start",
  MAX("t0"."charge_period_end") AS "last_end",
  COUNT(*) AS "charges"
FROM "charges" AS "t0"
