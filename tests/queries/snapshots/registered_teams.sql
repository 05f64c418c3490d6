SELECT
  *
FROM (
  SELECT
    "t1"."team_id" AS "team_id",
    argMax(tuple("t1"."team_name"), "t1"."valid_from").1 AS "team_name"
  FROM (
    SELECT
      *
    FROM "teams" AS "t0"
    WHERE
      "t0"."valid_from" < "t0"."valid_to"
  ) AS "t1"
  GROUP BY
    "t1"."team_id"
) AS "t2"
ORDER BY
  "t2"."team_id" ASC
