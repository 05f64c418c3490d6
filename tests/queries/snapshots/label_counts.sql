SELECT
  CAST(countIf("t1"."state" = 'confirmed') AS UInt64) AS "confirmed",
  CAST(countIf("t1"."state" = 'expected') AS UInt64) AS "expected",
  CAST(countIf("t1"."state" = 'dismissed') AS UInt64) AS "dismissed",
  CAST(countIf(
    NOT (
      "t1"."state" IN ('confirmed', 'expected', 'dismissed')
    )
    AND (
      "t1"."status" <> 'withdrawn'
    )
  ) AS UInt64) AS "waiting",
  sumIf(
    "t1"."excess",
    NOT (
      "t1"."state" IN ('confirmed', 'expected', 'dismissed')
    )
    AND (
      "t1"."status" <> 'withdrawn'
    )
  ) AS "excess",
  CAST(countIf(
    NOT (
      "t1"."state" IN ('confirmed', 'expected', 'dismissed')
    )
    AND (
      "t1"."status" <> 'withdrawn'
    )
    AND (
      "t1"."status" = 'running'
    )
  ) AS UInt64) AS "running"
FROM (
  SELECT
    *
  FROM "flags" AS "t0"
  WHERE
    NOT (
      "t0"."is_silent"
    )
) AS "t1"
