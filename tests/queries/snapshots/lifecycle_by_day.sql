SELECT
  toTimeZone(CAST("t7"."day" AS DateTime64(0, 'UTC')), 'UTC') AS "time",
  "t7"."action" AS "action",
  "t7"."events" AS "events",
  CASE
    WHEN (
      length("t7"."names") - 4
    ) > 0
    THEN CONCAT(
      CONCAT(
        CONCAT(
          CASE
            WHEN length(
              arraySlice(
                "t7"."names",
                CASE WHEN 0 < 0 THEN 0 ELSE 0 + 1 END,
                CASE
                  WHEN 4 < 0
                  THEN 4
                  ELSE CASE
                    WHEN 0 < 0
                    THEN GREATEST(0, 4 - (
                      LENGTH("t7"."names") + 0
                    ))
                    ELSE GREATEST(0, 4 - 0)
                  END
                END
              )
            ) > 0
            THEN arrayStringConcat(
              arraySlice(
                "t7"."names",
                CASE WHEN 0 < 0 THEN 0 ELSE 0 + 1 END,
                CASE
                  WHEN 4 < 0
                  THEN 4
                  ELSE CASE
                    WHEN 0 < 0
                    THEN GREATEST(0, 4 - (
                      LENGTH("t7"."names") + 0
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
        CAST(length("t7"."names") - 4 AS Nullable(String))
      ),
      ' more'
    )
    ELSE CASE
      WHEN length(
        arraySlice(
          "t7"."names",
          CASE WHEN 0 < 0 THEN 0 ELSE 0 + 1 END,
          CASE
            WHEN 4 < 0
            THEN 4
            ELSE CASE
              WHEN 0 < 0
              THEN GREATEST(0, 4 - (
                LENGTH("t7"."names") + 0
              ))
              ELSE GREATEST(0, 4 - 0)
            END
          END
        )
      ) > 0
      THEN arrayStringConcat(
        arraySlice(
          "t7"."names",
          CASE WHEN 0 < 0 THEN 0 ELSE 0 + 1 END,
          CASE
            WHEN 4 < 0
            THEN 4
            ELSE CASE
              WHEN 0 < 0
              THEN GREATEST(0, 4 - (
                LENGTH("t7"."names") + 0
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
    toDate("t6"."time") AS "day",
    "t6"."kind" AS "action",
    COUNT(*) AS "events",
    arraySort(
      groupUniqArray(CASE WHEN "t6"."app_id" <> '' THEN "t6"."app_id" ELSE "t6"."resource_id" END)
    ) AS "names"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
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
      ) AS "t2"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t1"."starts_at" AS "time",
          "t1"."ends_at" AS "ends_at",
          "t1"."app_id" AS "app_id",
          "t1"."resource_id" AS "resource_id",
          CAST('alert' AS String) AS "kind",
          "t1"."name" AS "label",
          "t1"."labels" AS "detail",
          "t1"."event_id" AS "event_id"
        FROM "alerts" AS "t1"
        WHERE
          "t1"."starts_at" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
          AND (
            isNull("t1"."ends_at")
            OR (
              "t1"."ends_at" > parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
            )
          )
      ) AS "t3"
    ) AS "t4"
    WHERE
      "t4"."kind" IN ('deploy', 'scale', 'start', 'stop', 'alert')
    ORDER BY
      "t4"."time" ASC,
      "t4"."app_id" ASC,
      "t4"."kind" ASC,
      "t4"."event_id" ASC
    LIMIT 100000
  ) AS "t6"
  GROUP BY
    toDate("t6"."time"),
    "t6"."kind"
) AS "t7"
ORDER BY
  toTimeZone(CAST("t7"."day" AS DateTime64(0, 'UTC')), 'UTC') ASC,
  "t7"."action" ASC
