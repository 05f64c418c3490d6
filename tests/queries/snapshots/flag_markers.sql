SELECT
  "t6"."time" AS "time",
  "t6"."kind" AS "action",
  CASE WHEN "t6"."kind" = 'alert' THEN "t6"."label" ELSE "t6"."resource_id" END AS "detail",
  "t6"."event_id" AS "event_id"
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
        "t1"."starts_at" AS "time",
        "t1"."ends_at" AS "ends_at",
        "t1"."app_id" AS "app_id",
        "t1"."resource_id" AS "resource_id",
        CAST('alert' AS String) AS "kind",
        "t1"."name" AS "label",
        "t1"."labels" AS "detail",
        "t1"."event_id" AS "event_id"
      FROM "alerts" AS "t1"
      WHERE
        "t1"."starts_at" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
        AND (
          isNull("t1"."ends_at")
          OR (
            "t1"."ends_at" > parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
          )
        )
    ) AS "t3"
  ) AS "t4"
  WHERE
    "t4"."kind" IN ('deploy', 'scale', 'start', 'stop', 'alert')
    AND "t4"."app_id" IN ('chat')
  ORDER BY
    "t4"."time" ASC,
    "t4"."app_id" ASC,
    "t4"."kind" ASC,
    "t4"."event_id" ASC
  LIMIT 200
) AS "t6"
ORDER BY
  "t6"."time" ASC,
  "t6"."event_id" ASC
