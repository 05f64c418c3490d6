WITH "t1" AS (
  SELECT
    *
  FROM "charges" AS "t0"
  WHERE
    "t0"."billing_currency" IN ('USD')
)
SELECT
  *
FROM (
  SELECT
    CASE
      WHEN CAST("t2"."team_id" IN (
        SELECT
          "t5"."team_id" AS "team_id"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t2"."team_id" AS "team_id",
              SUM("t2"."effective_cost") AS "effective_cost"
            FROM "t1" AS "t2"
            GROUP BY
              "t2"."team_id"
          ) AS "t3"
          ORDER BY
            "t3"."effective_cost" DESC,
            "t3"."team_id" ASC
          LIMIT 8
        ) AS "t5"
      ) AS Nullable(Bool))
      THEN "t2"."team_id"
      ELSE '(other)'
    END AS "team_id",
    SUM("t2"."effective_cost") AS "effective_cost"
  FROM "t1" AS "t2"
  GROUP BY
    CASE
      WHEN CAST("t2"."team_id" IN (
        SELECT
          "t5"."team_id" AS "team_id"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t2"."team_id" AS "team_id",
              SUM("t2"."effective_cost") AS "effective_cost"
            FROM "t1" AS "t2"
            GROUP BY
              "t2"."team_id"
          ) AS "t3"
          ORDER BY
            "t3"."effective_cost" DESC,
            "t3"."team_id" ASC
          LIMIT 8
        ) AS "t5"
      ) AS Nullable(Bool))
      THEN "t2"."team_id"
      ELSE '(other)'
    END
) AS "t7"
ORDER BY
  "t7"."team_id" = '(other)' ASC,
  "t7"."effective_cost" DESC,
  "t7"."team_id" ASC
