SELECT
  "t6"."app_id" AS "app_id",
  "t6"."time" AS "run_start",
  CASE
    WHEN "t6"."following" >= "t6"."time"
    THEN "t6"."following"
    ELSE parseDateTimeBestEffort('2200-01-01T00:00:00+00:00', 'UTC')
  END AS "run_end"
FROM (
  SELECT
    "t5"."source" AS "source",
    "t5"."event_id" AS "event_id",
    "t5"."time" AS "time",
    "t5"."received_at" AS "received_at",
    "t5"."resource_id" AS "resource_id",
    "t5"."app_id" AS "app_id",
    "t5"."environment" AS "environment",
    "t5"."lease_id" AS "lease_id",
    "t5"."is_authenticated" AS "is_authenticated",
    "t5"."event_digest" AS "event_digest",
    "t5"."action" AS "action",
    "t5"."attributes" AS "attributes",
    "t5"."before" AS "before",
    "t5"."step" AS "step",
    "t5"."running" AS "running",
    leadInFrame("t5"."time") OVER (
      PARTITION BY "t5"."app_id"
      ORDER BY "t5"."time" ASC, "t5"."action" ASC, "t5"."resource_id" ASC, "t5"."event_id" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "following"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t3"."source" AS "source",
        "t3"."event_id" AS "event_id",
        "t3"."time" AS "time",
        "t3"."received_at" AS "received_at",
        "t3"."resource_id" AS "resource_id",
        "t3"."app_id" AS "app_id",
        "t3"."environment" AS "environment",
        "t3"."lease_id" AS "lease_id",
        "t3"."is_authenticated" AS "is_authenticated",
        "t3"."event_digest" AS "event_digest",
        "t3"."action" AS "action",
        "t3"."attributes" AS "attributes",
        "t3"."before" AS "before",
        "t3"."step" AS "step",
        SUM("t3"."step") OVER (
          PARTITION BY "t3"."app_id"
          ORDER BY "t3"."time" ASC, "t3"."action" ASC, "t3"."resource_id" ASC, "t3"."event_id" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS "running"
      FROM (
        SELECT
          "t2"."source" AS "source",
          "t2"."event_id" AS "event_id",
          "t2"."time" AS "time",
          "t2"."received_at" AS "received_at",
          "t2"."resource_id" AS "resource_id",
          "t2"."app_id" AS "app_id",
          "t2"."environment" AS "environment",
          "t2"."lease_id" AS "lease_id",
          "t2"."is_authenticated" AS "is_authenticated",
          "t2"."event_digest" AS "event_digest",
          "t2"."action" AS "action",
          "t2"."attributes" AS "attributes",
          "t2"."before" AS "before",
          CASE WHEN "t2"."action" = 'start' THEN 1 ELSE -1 END AS "step"
        FROM (
          SELECT
            "t1"."source" AS "source",
            "t1"."event_id" AS "event_id",
            "t1"."time" AS "time",
            "t1"."received_at" AS "received_at",
            "t1"."resource_id" AS "resource_id",
            "t1"."app_id" AS "app_id",
            "t1"."environment" AS "environment",
            "t1"."lease_id" AS "lease_id",
            "t1"."is_authenticated" AS "is_authenticated",
            "t1"."event_digest" AS "event_digest",
            "t1"."action" AS "action",
            "t1"."attributes" AS "attributes",
            lagInFrame("t1"."action") OVER (
              PARTITION BY "t1"."app_id", "t1"."resource_id"
              ORDER BY "t1"."time" ASC, "t1"."action" ASC, "t1"."event_id" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) AS "before"
          FROM (
            SELECT
              *
            FROM "lifecycle" AS "t0"
            WHERE
              "t0"."is_authenticated"
              AND "t0"."app_id" <> ''
              AND "t0"."action" IN ('start', 'stop')
          ) AS "t1"
        ) AS "t2"
        WHERE
          CASE
            WHEN "t2"."action" = 'start'
            THEN "t2"."before" <> 'start'
            ELSE "t2"."before" = 'start'
          END
      ) AS "t3"
    ) AS "t4"
    WHERE
      CASE WHEN "t4"."step" = 1 THEN "t4"."running" = 1 ELSE "t4"."running" = 0 END
  ) AS "t5"
) AS "t6"
WHERE
  "t6"."step" = 1
ORDER BY
  "t6"."app_id" ASC,
  "t6"."time" ASC
