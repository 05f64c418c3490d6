SELECT
  CASE
    WHEN "t1"."scores" = 0
    THEN CAST(NULL AS Nullable(DateTime64(3, 'UTC')))
    ELSE "t1"."until"
  END AS "until",
  CASE
    WHEN "t1"."scores" = 0
    THEN CAST(NULL AS Nullable(DateTime64(6, 'UTC')))
    ELSE "t1"."scored_at"
  END AS "scored_at",
  "t1"."scores" AS "scores"
FROM (
  SELECT
    toTimeZone(
      CAST(MAX("t0"."time") + INTERVAL '1' HOUR AS Nullable(DateTime64(3, 'UTC'))),
      'UTC'
    ) AS "until",
    MAX("t0"."scored_at") AS "scored_at",
    CAST(COUNT(*) AS UInt64) AS "scores"
  FROM "line_scores" AS "t0"
) AS "t1"
