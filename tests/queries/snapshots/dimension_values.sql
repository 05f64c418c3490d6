SELECT
  *
FROM (
  SELECT
    "t1"."value" AS "value",
    COUNT(*) AS "charges"
  FROM (
    SELECT
      CAST("t0"."team_id" AS Nullable(String)) AS "value"
    FROM "charges" AS "t0"
  ) AS "t1"
  GROUP BY
    "t1"."value"
) AS "t2"
ORDER BY
  "t2"."value" ASC
