SELECT
  "t1"."source" AS "source",
  "t1"."app_id" AS "app_id",
  "t1"."resource_id" AS "resource_id",
  "t1"."environment" AS "environment",
  "t1"."name" AS "name",
  "t1"."severity" AS "severity",
  "t1"."starts_at" AS "starts_at",
  "t1"."labels" AS "labels",
  "t1"."ended" AS "ends_at",
  "t1"."first_report" AS "event_id"
FROM (
  SELECT
    "t0"."source" AS "source",
    "t0"."app_id" AS "app_id",
    "t0"."resource_id" AS "resource_id",
    "t0"."environment" AS "environment",
    "t0"."name" AS "name",
    "t0"."severity" AS "severity",
    "t0"."starts_at" AS "starts_at",
    "t0"."labels" AS "labels",
    MAX("t0"."ends_at") AS "ended",
    MIN("t0"."event_id") AS "first_report"
  FROM "alerts" AS "t0"
  GROUP BY
    "t0"."source",
    "t0"."app_id",
    "t0"."resource_id",
    "t0"."environment",
    "t0"."name",
    "t0"."severity",
    "t0"."starts_at",
    "t0"."labels"
) AS "t1"
