SELECT
  "t2"."received_date" AS "received_date",
  "t2"."event_type" AS "event_type",
  "t2"."received" AS "received",
  "t2"."accepted" AS "accepted",
  "t2"."duplicates" AS "duplicates",
  "t2"."quarantined" AS "quarantined",
  "t2"."received" - (
    "t2"."accepted" + "t2"."duplicates" + "t2"."quarantined"
  ) AS "difference"
FROM (
  SELECT
    toDate("t1"."at") AS "received_date",
    "t1"."event_type" AS "event_type",
    SUM("t1"."received") AS "received",
    SUM("t1"."accepted") AS "accepted",
    SUM("t1"."duplicates") AS "duplicates",
    SUM("t1"."quarantined") AS "quarantined"
  FROM (
    SELECT
      *
    FROM "batches" AS "t0"
    WHERE
      "t0"."state" = 'stored'
      AND "t0"."at" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
      AND "t0"."at" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
  ) AS "t1"
  GROUP BY
    toDate("t1"."at"),
    "t1"."event_type"
) AS "t2"
ORDER BY
  "t2"."received_date" ASC,
  "t2"."event_type" ASC
