SELECT
  "t2"."event_type" AS "event_type",
  "t2"."origin" AS "origin",
  "t2"."last_received_at" AS "last_received_at",
  "t2"."last_event_time" AS "last_event_time",
  "t2"."batches" AS "batches",
  "t2"."accepted" AS "accepted",
  toRelativeSecondNum(parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')) - toRelativeSecondNum("t2"."last_received_at") AS "received_lag_seconds",
  toRelativeSecondNum(parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')) - toRelativeSecondNum("t2"."last_event_time") AS "event_lag_seconds"
FROM (
  SELECT
    "t1"."event_type" AS "event_type",
    "t1"."origin" AS "origin",
    MAX("t1"."at") AS "last_received_at",
    MAX("t1"."last_event_time") AS "last_event_time",
    COUNT(*) AS "batches",
    SUM("t1"."accepted") AS "accepted"
  FROM (
    SELECT
      "t0"."batch_id" AS "batch_id",
      "t0"."event_type" AS "event_type",
      replaceRegexpAll(
        replaceRegexpAll("t0"."origin", ':[0-9a-f]{64}:[0-9]+$', ''),
        '^(demo/.*)-[0-9]{4}$',
        '\\1'
      ) AS "origin",
      "t0"."state" AS "state",
      "t0"."received" AS "received",
      "t0"."accepted" AS "accepted",
      "t0"."duplicates" AS "duplicates",
      "t0"."quarantined" AS "quarantined",
      "t0"."days" AS "days",
      "t0"."last_event_time" AS "last_event_time",
      "t0"."at" AS "at"
    FROM "batches" AS "t0"
    WHERE
      "t0"."state" = 'stored'
  ) AS "t1"
  GROUP BY
    "t1"."event_type",
    "t1"."origin"
) AS "t2"
ORDER BY
  "t2"."last_received_at" ASC,
  "t2"."event_type" ASC,
  "t2"."origin" ASC
