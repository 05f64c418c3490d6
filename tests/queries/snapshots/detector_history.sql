SELECT
  *
FROM "detector_versions" AS "t0"
ORDER BY
  "t0"."made_at" DESC,
  "t0"."version" ASC
LIMIT 10
