SELECT
  toTimeZone(CAST("t9"."day" AS DateTime64(0, 'UTC')), 'UTC') AS "time",
  "t9"."action" AS "action",
  "t9"."events" AS "events",
  CASE
    WHEN (
      length("t9"."names") - 4
    ) > 0
    THEN CONCAT(
      CONCAT(
        CONCAT(
          CASE
            WHEN length(
              arraySlice(
                "t9"."names",
                CASE WHEN 0 < 0 THEN 0 ELSE 0 + 1 END,
                CASE
                  WHEN 4 < 0
                  THEN 4
                  ELSE CASE
                    WHEN 0 < 0
                    THEN GREATEST(0, 4 - (
                      LENGTH("t9"."names") + 0
                    ))
                    ELSE GREATEST(0, 4 - 0)
                  END
                END
              )
            ) > 0
            THEN arrayStringConcat(
              arraySlice(
                "t9"."names",
                CASE WHEN 0 < 0 THEN 0 ELSE 0 + 1 END,
                CASE
                  WHEN 4 < 0
                  THEN 4
                  ELSE CASE
                    WHEN 0 < 0
                    THEN GREATEST(0, 4 - (
                      LENGTH("t9"."names") + 0
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
        CAST(length("t9"."names") - 4 AS Nullable(String))
      ),
      ' more'
    )
    ELSE CASE
      WHEN length(
        arraySlice(
          "t9"."names",
          CASE WHEN 0 < 0 THEN 0 ELSE 0 + 1 END,
          CASE
            WHEN 4 < 0
            THEN 4
            ELSE CASE
              WHEN 0 < 0
              THEN GREATEST(0, 4 - (
                LENGTH("t9"."names") + 0
              ))
              ELSE GREATEST(0, 4 - 0)
            END
          END
        )
      ) > 0
      THEN arrayStringConcat(
        arraySlice(
          "t9"."names",
          CASE WHEN 0 < 0 THEN 0 ELSE 0 + 1 END,
          CASE
            WHEN 4 < 0
            THEN 4
            ELSE CASE
              WHEN 0 < 0
              THEN GREATEST(0, 4 - (
                LENGTH("t9"."names") + 0
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
    toDate("t8"."time") AS "day",
    "t8"."kind" AS "action",
    COUNT(*) AS "events",
    arraySort(
      groupUniqArray(CASE WHEN "t8"."app_id" <> '' THEN "t8"."app_id" ELSE "t8"."resource_id" END)
    ) AS "names"
  FROM (
    SELECT
      GREATEST("t7"."time", parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')) AS "time",
      "t7"."ends_at" AS "ends_at",
      "t7"."app_id" AS "app_id",
      "t7"."resource_id" AS "resource_id",
      "t7"."kind" AS "kind",
      "t7"."label" AS "label",
      "t7"."detail" AS "detail",
      "t7"."event_id" AS "event_id"
    FROM (
      SELECT
        "t5"."time" AS "time",
        CAST(NULL AS Nullable(DateTime64(3, 'UTC'))) AS "ends_at",
        "t5"."app_id" AS "app_id",
        "t5"."resource_id" AS "resource_id",
        "t5"."action" AS "kind",
        "t5"."action" AS "label",
        "t5"."attributes" AS "detail",
        "t5"."event_id" AS "event_id"
      FROM (
        SELECT
          "t2"."source" AS "source",
          "t2"."event_id" AS "event_id",
          "t2"."time" AS "time",
          "t2"."received_at" AS "received_at",
          "t2"."resource_id" AS "resource_id",
          "t2"."app_id" AS "app_id",
          "t2"."environment" AS "environment",
          "t2"."lease_id" AS "lease_id",
          "t2"."is_authenticated" AS "is_authenticated",
          "t2"."event_digest" AS "event_digest",
          "t2"."action" AS "action",
          "t2"."attributes" AS "attributes"
        FROM "lifecycle" AS "t2"
        INNER JOIN (
          SELECT
            "t1"."app_id" AS "owned_app",
            "t1"."valid_from" AS "owned_from",
            "t1"."valid_to" AS "owned_to"
          FROM "apps" AS "t1"
          WHERE
            "t1"."team_id" IN ('assist')
        ) AS "t4"
          ON "t2"."app_id" = "t4"."owned_app"
          AND "t2"."time" >= "t4"."owned_from"
          AND "t2"."time" < "t4"."owned_to"
      ) AS "t5"
      WHERE
        "t5"."time" >= parseDateTimeBestEffort('2026-02-01T00:00:00+00:00', 'UTC')
        AND "t5"."time" < parseDateTimeBestEffort('2026-03-01T00:00:00+00:00', 'UTC')
        AND "t5"."action" IN ('deploy', 'scale', 'start', 'stop', 'alert')
      ORDER BY
        "t5"."time" ASC,
        "t5"."app_id" ASC,
        "t5"."action" ASC,
        "t5"."event_id" ASC
      LIMIT 100000
    ) AS "t7"
  ) AS "t8"
  GROUP BY
    toDate("t8"."time"),
    "t8"."kind"
) AS "t9"
ORDER BY
  toTimeZone(CAST("t9"."day" AS DateTime64(0, 'UTC')), 'UTC') ASC,
  "t9"."action" ASC
