SELECT
  "t6"."received_date" AS "received_date",
  "t6"."event_type" AS "event_type",
  "t6"."received" AS "received",
  "t6"."accepted" AS "accepted",
  "t6"."duplicates" AS "duplicates",
  "t6"."quarantined" AS "quarantined",
  "t6"."rejected" AS "rejected",
  "t6"."received" - (
    "t6"."accepted" + "t6"."duplicates" + "t6"."quarantined" + "t6"."rejected"
  ) AS "difference"
FROM (
  SELECT
    toDate("t5"."at") AS "received_date",
    "t5"."event_type" AS "event_type",
    SUM("t5"."received") AS "received",
    SUM("t5"."accepted") AS "accepted",
    SUM("t5"."duplicates") AS "duplicates",
    SUM("t5"."quarantined") AS "quarantined",
    SUM("t5"."rejected") AS "rejected"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t0"."event_type" AS "event_type",
          "t0"."at" AS "at",
          "t0"."received" AS "received",
          "t0"."accepted" AS "accepted",
          "t0"."duplicates" AS "duplicates",
          "t0"."quarantined" AS "quarantined",
          0 AS "rejected"
        FROM "batches" AS "t0"
        WHERE
          "t0"."state" = 'stored'
      ) AS "t2"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          CAST('refused' AS String) AS "event_type",
          "t1"."at" AS "at",
          "t1"."events" AS "received",
          0 AS "accepted",
          0 AS "duplicates",
          0 AS "quarantined",
          "t1"."events" AS "rejected"
        FROM "refusals" AS "t1"
        WHERE
          "t1"."events" > 0
      ) AS "t3"
    ) AS "t4"
    WHERE
      "t4"."at" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
      AND "t4"."at" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
  ) AS "t5"
  GROUP BY
    toDate("t5"."at"),
    "t5"."event_type"
) AS "t6"
ORDER BY
  "t6"."received_date" ASC,
  "t6"."event_type" ASC
