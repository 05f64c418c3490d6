SELECT
  *
FROM (
  SELECT
    "t0".*
    EXCEPT ("event_digest")
  FROM "invoice_lines" AS "t0"
) AS "t1"
WHERE
  "t1"."line_key" = 'BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB'
  AND COALESCE("t1"."corrects_period", "t1"."billing_period") = toDate('2026-02-01')
ORDER BY
  "t1"."billing_period" ASC,
  "t1"."line_id" ASC
