SELECT
  *
FROM (
  SELECT
    "t0"."version" AS "version",
    "t0"."trained_until" AS "trained_until",
    "t0"."labels" AS "labels",
    "t0"."metrics" AS "metrics",
    "t0"."is_promoted" AS "is_promoted",
    "t0"."reason" AS "reason",
    "t0"."made_at" AS "made_at",
    toBool(
      "t0"."is_promoted"
      AND (
        "t0"."made_at" = maxIf("t0"."made_at", "t0"."is_promoted") OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
      )
    ) AS "is_in_use"
  FROM "detector_versions" AS "t0"
) AS "t1"
ORDER BY
  "t1"."made_at" DESC,
  "t1"."version" ASC
LIMIT 10
