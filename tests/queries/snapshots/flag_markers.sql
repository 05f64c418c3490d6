SELECT
  "t7"."time" AS "time",
  "t7"."kind" AS "action",
  CASE WHEN "t7"."kind" = 'alert' THEN "t7"."label" ELSE "t7"."resource_id" END AS "detail",
  "t7"."event_id" AS "event_id"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t0"."time" AS "time",
        CAST(NULL AS Nullable(DateTime64(3, 'UTC'))) AS "ends_at",
        "t0"."app_id" AS "app_id",
        "t0"."resource_id" AS "resource_id",
        "t0"."action" AS "kind",
        "t0"."action" AS "label",
        "t0"."attributes" AS "detail",
        "t0"."event_id" AS "event_id"
      FROM "lifecycle" AS "t0"
      WHERE
        "t0"."time" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
        AND "t0"."time" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
    ) AS "t2"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t3"."starts_at" AS "time",
        "t3"."ended" AS "ends_at",
        "t3"."app_id" AS "app_id",
        "t3"."resource_id" AS "resource_id",
        CAST('alert' AS String) AS "kind",
        "t3"."name" AS "label",
        "t3"."labels" AS "detail",
        "t3"."first_report" AS "event_id"
      FROM (
        SELECT
          "t1"."source" AS "source",
          "t1"."app_id" AS "app_id",
          "t1"."resource_id" AS "resource_id",
          "t1"."environment" AS "environment",
          "t1"."name" AS "name",
          "t1"."severity" AS "severity",
          "t1"."starts_at" AS "starts_at",
          "t1"."labels" AS "labels",
          MAX("t1"."ends_at") AS "ended",
          MIN("t1"."event_id") AS "first_report"
        FROM "alerts" AS "t1"
        GROUP BY
          "t1"."source",
          "t1"."app_id",
          "t1"."resource_id",
          "t1"."environment",
          "t1"."name",
          "t1"."severity",
          "t1"."starts_at",
          "t1"."labels"
      ) AS "t3"
      WHERE
        "t3"."starts_at" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
        AND (
          isNull("t3"."ended")
          OR (
            "t3"."ended" > parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
          )
        )
    ) AS "t4"
  ) AS "t5"
  WHERE
    "t5"."kind" IN ('deploy', 'scale', 'start', 'stop', 'alert')
    AND (
      "t5"."app_id" IN ('chat') OR (
        (
          "t5"."app_id" = ''
        ) AND FALSE
      )
    )
  ORDER BY
    "t5"."time" ASC,
    "t5"."app_id" ASC,
    "t5"."kind" ASC,
    "t5"."event_id" ASC
  LIMIT 200
) AS "t7"
ORDER BY
  "t7"."time" ASC,
  "t7"."event_id" ASC
