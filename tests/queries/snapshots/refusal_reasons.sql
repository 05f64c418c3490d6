SELECT
  *
FROM (
  SELECT
    "t0"."reason" AS "reason",
    "t0"."source" AS "source",
    SUM("t0"."requests") AS "requests",
    SUM("t0"."events") AS "events",
    MAX("t0"."at") AS "last_at",
    argMax(tuple("t0"."example"), "t0"."at").1 AS "example"
  FROM "refusals" AS "t0"
  GROUP BY
    "t0"."reason",
    "t0"."source"
) AS "t1"
ORDER BY
  "t1"."last_at" DESC,
  "t1"."reason" ASC,
  "t1"."source" ASC
