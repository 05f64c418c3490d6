SELECT
  *
FROM (
  SELECT
    "t0".*
    EXCEPT ("event_digest")
  FROM "invoice_lines" AS "t0"
) AS "t1"
WHERE
  "t1"."line_id" = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
ORDER BY
  "t1"."billing_period" ASC,
  "t1"."line_id" ASC
