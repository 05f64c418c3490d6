SELECT
  *
FROM (
  SELECT
    "t6"."flag_id" AS "flag_id",
    "t6"."app_id" AS "app_id",
    "t6"."team_id" AS "team_id",
    "t6"."status" AS "status",
    "t6"."kind" AS "kind",
    "t6"."basis" AS "basis",
    "t6"."started_at" AS "started_at",
    "t6"."flagged_at" AS "flagged_at",
    "t6"."ended_at" AS "ended_at",
    "t6"."scored_until" AS "scored_until",
    "t6"."meters" AS "meters",
    "t6"."expected" AS "expected",
    "t6"."actual" AS "actual",
    "t6"."excess" AS "excess",
    "t6"."projected_excess" AS "projected_excess",
    "t6"."peak_score" AS "peak_score",
    "t6"."is_silent" AS "is_silent",
    "t6"."evidence" AS "evidence",
    "t6"."detector_version" AS "detector_version",
    "t6"."reason" AS "reason",
    "t6"."found_at" AS "found_at",
    "t6"."state" AS "state",
    "t6"."note" AS "note",
    "t6"."decided_by" AS "decided_by",
    "t6"."decided_at" AS "decided_at",
    "t6"."muted_until" AS "muted_until",
    toBool("t6"."status" = 'running') AS "is_running",
    toBool("t6"."muted_until" > parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')) AS "is_muted",
    toBool("t6"."state" IN ('confirmed', 'expected', 'dismissed')) AS "is_labeled",
    CASE
      WHEN (
        "t6"."status" = 'running'
      ) AND (
        "t6"."kind" <> 'drop'
      )
      THEN GREATEST("t6"."excess", "t6"."projected_excess")
      ELSE "t6"."excess"
    END AS "impact"
  FROM (
    SELECT
      "t5".*
      EXCEPT ("muted_app")
    FROM (
      SELECT
        "t2"."flag_id" AS "flag_id",
        "t2"."app_id" AS "app_id",
        "t2"."team_id" AS "team_id",
        "t2"."status" AS "status",
        "t2"."kind" AS "kind",
        "t2"."basis" AS "basis",
        "t2"."started_at" AS "started_at",
        "t2"."flagged_at" AS "flagged_at",
        "t2"."ended_at" AS "ended_at",
        "t2"."scored_until" AS "scored_until",
        "t2"."meters" AS "meters",
        "t2"."expected" AS "expected",
        "t2"."actual" AS "actual",
        "t2"."excess" AS "excess",
        "t2"."projected_excess" AS "projected_excess",
        "t2"."peak_score" AS "peak_score",
        "t2"."is_silent" AS "is_silent",
        "t2"."evidence" AS "evidence",
        "t2"."detector_version" AS "detector_version",
        "t2"."reason" AS "reason",
        "t2"."found_at" AS "found_at",
        "t2"."state" AS "state",
        "t2"."note" AS "note",
        "t2"."decided_by" AS "decided_by",
        "t2"."decided_at" AS "decided_at",
        "t4"."muted_app" AS "muted_app",
        "t4"."muted_until" AS "muted_until"
      FROM "flags" AS "t2"
      LEFT OUTER JOIN (
        SELECT
          "t1"."app_id" AS "muted_app",
          "t1"."muted_until" AS "muted_until"
        FROM "mutes" AS "t1"
      ) AS "t4"
        ON "t2"."app_id" = "t4"."muted_app"
    ) AS "t5"
  ) AS "t6"
) AS "t7"
WHERE
  TRUE
ORDER BY
  "t7"."is_running" DESC,
  CASE
    WHEN "t7"."impact" < CAST(0 AS Nullable(Decimal(76, 21)))
    THEN -(
      "t7"."impact"
    )
    ELSE "t7"."impact"
  END DESC,
  "t7"."started_at" ASC,
  "t7"."flag_id" ASC
LIMIT 500
