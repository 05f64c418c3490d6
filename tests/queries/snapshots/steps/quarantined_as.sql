SELECT
  "t0"."source" AS "source",
  "t0"."event_id" AS "event_id",
  "t0"."meter" AS "meter",
  "t0"."reason" AS "reason",
  "t0"."detail" AS "detail",
  "t0"."received_at" AS "received_at"
FROM "quarantine" AS "t0"
WHERE
  "t0"."decision" = ''
  AND "t0"."event_id" IN ('gateway/e-1', 'e-1')
  AND (
    (
      "t0"."event_id" = 'gateway/e-1'
    )
    OR (
      CONCAT(CONCAT("t0"."source", '/'), "t0"."event_id") = 'gateway/e-1'
    )
  )
ORDER BY
  "t0"."received_at" DESC,
  "t0"."source" ASC,
  "t0"."event_id" ASC,
  "t0"."meter" ASC
LIMIT 5
