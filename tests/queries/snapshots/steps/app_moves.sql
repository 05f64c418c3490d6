SELECT
  *
FROM (
  SELECT
    "t1"."app_id" AS "app_id",
    "t1"."valid_from" AS "moved_at",
    "t1"."team_id" AS "to_team",
    lagInFrame("t1"."team_id") OVER (
      PARTITION BY "t1"."app_id"
      ORDER BY "t1"."valid_from" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "from_team"
  FROM (
    SELECT
      *
    FROM "apps" AS "t0"
    WHERE
      "t0"."valid_from" < "t0"."valid_to"
  ) AS "t1"
) AS "t2"
WHERE
  isNotNull("t2"."from_team")
  AND "t2"."from_team" <> ''
  AND "t2"."from_team" <> "t2"."to_team"
  AND (
    (
      "t2"."from_team" = 'assist'
    ) OR (
      "t2"."to_team" = 'assist'
    )
  )
  AND "t2"."moved_at" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
  AND "t2"."moved_at" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
ORDER BY
  "t2"."moved_at" ASC,
  "t2"."app_id" ASC
