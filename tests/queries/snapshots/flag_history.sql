SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t9"."found_at" AS "at",
        CONCAT('detector ', "t9"."detector_version") AS "who",
        "t9"."reason" AS "what",
        '' AS "note",
        "t9"."excess" AS "excess"
      FROM (
        SELECT
          "t5"."flag_id" AS "flag_id",
          "t5"."app_id" AS "app_id",
          "t5"."team_id" AS "team_id",
          "t5"."status" AS "status",
          "t5"."kind" AS "kind",
          "t5"."basis" AS "basis",
          "t5"."started_at" AS "started_at",
          "t5"."flagged_at" AS "flagged_at",
          "t5"."ended_at" AS "ended_at",
          "t5"."scored_until" AS "scored_until",
          "t5"."meters" AS "meters",
          "t5"."expected" AS "expected",
          "t5"."actual" AS "actual",
          "t5"."excess" AS "excess",
          "t5"."projected_excess" AS "projected_excess",
          "t5"."peak_score" AS "peak_score",
          "t5"."is_silent" AS "is_silent",
          "t5"."evidence" AS "evidence",
          "t5"."detector_version" AS "detector_version",
          "t5"."reason" AS "reason",
          "t5"."found_at" AS "found_at",
          "t8"."of_flag" AS "of_flag",
          "t8"."of_app" AS "of_app",
          "t8"."since" AS "since"
        FROM "flag_findings" AS "t5"
        INNER JOIN (
          SELECT
            "t3"."flag_id" AS "of_flag",
            "t3"."app_id" AS "of_app",
            "t3"."started_at" AS "since"
          FROM "flags" AS "t3"
          WHERE
            "t3"."flag_id" = 'F-1'
        ) AS "t8"
          ON "t5"."flag_id" = "t8"."of_flag"
      ) AS "t9"
      WHERE
        "t9"."reason" IN ('opened', 'sampled', 'escalated', 'ended', 'reopened', 'withdrawn', 'moved')
    ) AS "t14"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t6"."decided_at" AS "at",
          "t6"."decided_by" AS "who",
          "t6"."state" AS "what",
          "t6"."note" AS "note",
          CAST(NULL AS Nullable(Decimal(76, 21))) AS "excess"
        FROM "flag_decisions" AS "t6"
        INNER JOIN (
          SELECT
            "t3"."flag_id" AS "of_flag",
            "t3"."app_id" AS "of_app",
            "t3"."started_at" AS "since"
          FROM "flags" AS "t3"
          WHERE
            "t3"."flag_id" = 'F-1'
        ) AS "t8"
          ON "t6"."flag_id" = "t8"."of_flag"
      ) AS "t10"
    ) AS "t12"
  ) AS "t15"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t4"."muted_at" AS "at",
        "t4"."muted_by" AS "who",
        CASE
          WHEN "t4"."muted_until" > toTimeZone(CAST("t4"."muted_at" AS Nullable(DateTime64(3, 'UTC'))), 'UTC')
          THEN 'muted'
          ELSE 'unmuted'
        END AS "what",
        "t4"."note" AS "note",
        CAST(NULL AS Nullable(Decimal(76, 21))) AS "excess"
      FROM "flag_mutes" AS "t4"
      INNER JOIN (
        SELECT
          "t3"."flag_id" AS "of_flag",
          "t3"."app_id" AS "of_app",
          "t3"."started_at" AS "since"
        FROM "flags" AS "t3"
        WHERE
          "t3"."flag_id" = 'F-1'
      ) AS "t8"
        ON "t4"."app_id" = "t8"."of_app" AND "t4"."muted_at" >= "t8"."since"
    ) AS "t11"
  ) AS "t13"
) AS "t16"
ORDER BY
  "t16"."at" DESC,
  "t16"."who" ASC,
  "t16"."what" ASC
