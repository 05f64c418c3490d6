SELECT
  *
FROM (
  SELECT
    "t1"."table" AS "table",
    SUM("t1"."rows") AS "rows",
    COUNT(*) AS "parts",
    SUM("t1"."bytes_on_disk") AS "bytes_on_disk",
    SUM("t1"."data_uncompressed_bytes") AS "uncompressed_bytes"
  FROM (
    SELECT
      *
    FROM "system"."parts" AS "t0"
    WHERE
      "t0"."database" = CURRENT_DATABASE() AND "t0"."active" = 1
  ) AS "t1"
  GROUP BY
    "t1"."table"
) AS "t2"
ORDER BY
  "t2"."bytes_on_disk" DESC,
  "t2"."table" ASC
