SELECT
  CAST(countIf((
    "t1"."state" = 'confirmed'
  ) AND NOT (
    "t1"."kind" = 'sample'
  )) AS UInt64) AS "confirmed",
  CAST(countIf((
    "t1"."state" = 'expected'
  ) AND NOT (
    "t1"."kind" = 'sample'
  )) AS UInt64) AS "expected",
  CAST(countIf((
    "t1"."state" = 'dismissed'
  ) AND NOT (
    "t1"."kind" = 'sample'
  )) AS UInt64) AS "dismissed",
  CAST(countIf(
    "t1"."state" IN ('confirmed', 'expected', 'dismissed')
    AND (
      "t1"."kind" = 'sample'
    )
  ) AS UInt64) AS "samples",
  CAST(countIf(
    NOT (
      "t1"."state" IN ('confirmed', 'expected', 'dismissed')
    )
    AND (
      "t1"."status" <> 'withdrawn'
    )
    AND NOT (
      "t1"."kind" = 'sample'
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
    AND NOT (
      "t1"."kind" = 'sample'
    )
    AND (
      "t1"."kind" <> 'drop'
    )
  ) AS "excess",
  CAST(countIf(
    NOT (
      "t1"."state" IN ('confirmed', 'expected', 'dismissed')
    )
    AND (
      "t1"."status" <> 'withdrawn'
    )
    AND NOT (
      "t1"."kind" = 'sample'
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
    ) OR (
      "t0"."kind" = 'sample'
    )
) AS "t1"
