SELECT
  *
FROM (
  SELECT
    "t2".*
    EXCEPT ("evidence_ids", "nth", "team_id")
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t0"."resource_id" AS "resource_id",
        "t0"."starts_at" AS "starts_at",
        "t0"."ends_at" AS "ends_at",
        "t0"."word" AS "word",
        "t0"."app_id" AS "app_id",
        "t0"."team_id" AS "team_id",
        "t0"."rule" AS "rule",
        "t0"."confidence" AS "confidence",
        "t0"."evidence_ids" AS "evidence_ids",
        "t0"."reason" AS "reason",
        "t0"."said_at" AS "said_at",
        "t0"."said_by" AS "said_by",
        ROW_NUMBER() OVER (
          PARTITION BY "t0"."resource_id", "t0"."starts_at"
          ORDER BY "t0"."said_at" DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "nth"
      FROM "reconciliation_words" AS "t0"
    ) AS "t1"
    WHERE
      "t1"."nth" = 0
  ) AS "t2"
) AS "t3"
ORDER BY
  "t3"."said_at" DESC,
  "t3"."resource_id" ASC,
  "t3"."starts_at" ASC
LIMIT 200
