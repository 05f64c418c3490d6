SELECT
  *
FROM (
  SELECT
    "t1"."app_id" AS "app_id",
    argMax(tuple("t1"."app_name"), "t1"."valid_from").1 AS "app_name"
  FROM (
    SELECT
      *
    FROM "apps" AS "t0"
    WHERE
      "t0"."valid_from" < "t0"."valid_to"
      AND "t0"."valid_to" > parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
  ) AS "t1"
  GROUP BY
    "t1"."app_id"
) AS "t2"
ORDER BY
  "t2"."app_id" ASC
