SELECT
  toTimeZone(CAST("t3"."day" AS DateTime64(0, 'UTC')), 'UTC') AS "time",
  "t3"."action" AS "action",
  "t3"."events" AS "events",
  CASE
    WHEN (
      length("t3"."names") - 4
    ) > 0
    THEN CONCAT(
      CONCAT(
        CONCAT(
          CASE
            WHEN length(
              arraySlice(
                "t3"."names",
                CASE WHEN 0 < 0 THEN 0 ELSE 0 + 1 END,
                CASE
                  WHEN 4 < 0
                  THEN 4
                  ELSE CASE
                    WHEN 0 < 0
                    THEN GREATEST(0, 4 - (
                      LENGTH("t3"."names") + 0
                    ))
                    ELSE GREATEST(0, 4 - 0)
                  END
                END
              )
            ) > 0
            THEN arrayStringConcat(
              arraySlice(
                "t3"."names",
                CASE WHEN 0 < 0 THEN 0 ELSE 0 + 1 END,
                CASE
                  WHEN 4 < 0
                  THEN 4
                  ELSE CASE
                    WHEN 0 < 0
                    THEN GREATEST(0, 4 - (
                      LENGTH("t3"."names") + 0
                    ))
                    ELSE GREATEST(0, 4 - 0)
                  END
                END
              ),
              ', '
            )
            ELSE NULL
          END,
          ' and '
        ),
        CAST(length("t3"."names") - 4 AS Nullable(String))
      ),
      ' more'
    )
    ELSE CASE
      WHEN length(
        arraySlice(
          "t3"."names",
          CASE WHEN 0 < 0 THEN 0 ELSE 0 + 1 END,
          CASE
            WHEN 4 < 0
            THEN 4
            ELSE CASE
              WHEN 0 < 0
              THEN GREATEST(0, 4 - (
                LENGTH("t3"."names") + 0
              ))
              ELSE GREATEST(0, 4 - 0)
            END
          END
        )
      ) > 0
      THEN arrayStringConcat(
        arraySlice(
          "t3"."names",
          CASE WHEN 0 < 0 THEN 0 ELSE 0 + 1 END,
          CASE
            WHEN 4 < 0
            THEN 4
            ELSE CASE
              WHEN 0 < 0
              THEN GREATEST(0, 4 - (
                LENGTH("t3"."names") + 0
              ))
              ELSE GREATEST(0, 4 - 0)
            END
          END
        ),
        ', '
      )
      ELSE NULL
    END
  END AS "detail"
FROM (
  SELECT
    toDate("t2"."time") AS "day",
    "t2"."kind" AS "action",
    COUNT(*) AS "events",
    arraySort(
      groupUniqArray(CASE WHEN "t2"."app_id" <> '' THEN "t2"."app_id" ELSE "t2"."resource_id" END)
    ) AS "names"
  FROM (
    SELECT
      "t0"."time" AS "time",
      CAST(NULL AS Nullable(DateTime64(3, 'UTC'))) AS "ends_at",
      "t0"."app_id" AS "app_id",
      "t0"."resource_id" AS "resource_id",
      "t0"."action" AS "kind",
      "t0"."action" AS "label",
      "t0"."attributes" AS "detail",
      "t0"."event_id" AS "event_id"
    FROM "lifecycle" AS "t0"
    WHERE
      "t0"."time" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
      AND "t0"."time" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
      AND "t0"."action" IN ('deploy', 'scale', 'start', 'stop')
    ORDER BY
      "t0"."time" ASC,
      "t0"."app_id" ASC,
      "t0"."action" ASC,
      "t0"."event_id" ASC
    LIMIT 100000
  ) AS "t2"
  GROUP BY
    toDate("t2"."time"),
    "t2"."kind"
) AS "t3"
ORDER BY
  toTimeZone(CAST("t3"."day" AS DateTime64(0, 'UTC')), 'UTC') ASC,
  "t3"."action" ASC
