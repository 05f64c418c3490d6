SELECT
  "t0"."consumer_group" AS "consumer_group",
  "t0"."topic" AS "topic",
  "t0"."partition" AS "partition",
  "t0"."next_offset" AS "next_offset",
  "t0"."end_offset" AS "end_offset",
  "t0"."noted_at" AS "noted_at",
  "t0"."end_offset" - "t0"."next_offset" AS "lag",
  toRelativeSecondNum(parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')) - toRelativeSecondNum("t0"."noted_at") AS "noted_lag_seconds"
FROM "bus_positions" AS "t0"
ORDER BY
  "t0"."end_offset" - "t0"."next_offset" DESC,
  "t0"."consumer_group" ASC,
  "t0"."topic" ASC,
  "t0"."partition" ASC
