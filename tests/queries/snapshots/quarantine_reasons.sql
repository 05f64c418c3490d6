SELECT
  *
FROM (
  SELECT
    "t0"."event_type" AS "event_type",
    "t0"."reason" AS "reason",
    COUNT(*) AS "events",
    countIf("t0"."decision" = '') AS "open_events",
    uniqExact("t0"."source") AS "sources",
    MIN("t0"."received_at") AS "first_received_at",
    MAX("t0"."received_at") AS "last_received_at",
    argMax(tuple("t0"."detail"), "t0"."received_at").1 AS "example"
  FROM "quarantine" AS "t0"
  GROUP BY
    "t0"."event_type",
    "t0"."reason"
) AS "t1"
ORDER BY
  "t1"."open_events" DESC,
  "t1"."events" DESC,
  "t1"."event_type" ASC,
  "t1"."reason" ASC
