SELECT
  *
FROM (
  SELECT
    "t7"."charge_date" AS "charge_date",
    "t7"."accepted" AS "accepted",
    "t4"."rated" AS "rated",
    toBool("t7"."accepted" <> "t4"."rated") AS "is_behind",
    "t7"."last_received_at" AS "last_received_at",
    CASE
      WHEN "t4"."generation" > 0
      THEN "t4"."rated_at"
      ELSE CAST(NULL AS Nullable(DateTime64(3, 'UTC')))
    END AS "rated_at",
    CASE
      WHEN "t4"."generation" > 0
      THEN toRelativeSecondNum("t4"."rated_at") - toRelativeSecondNum("t7"."last_received_at")
      ELSE CAST(NULL AS Nullable(Int64))
    END AS "lag_seconds"
  FROM (
    SELECT
      "t5"."charge_date" AS "charge_date",
      SUM(
        CASE
          WHEN mapContains("t5"."days", "t5"."charge_date")
          THEN "t5"."days"["t5"."charge_date"]
          ELSE NULL
        END
      ) AS "accepted",
      MAX("t5"."at") AS "last_received_at"
    FROM (
      SELECT
        "t3"."at" AS "at",
        "t3"."days" AS "days",
        arrayJoin(mapKeys("t3"."days")) AS "charge_date"
      FROM (
        SELECT
          *
        FROM "batches" AS "t1"
        WHERE
          "t1"."state" = 'stored' AND "t1"."event_type" IN ('usage', 'platform_cost')
      ) AS "t3"
    ) AS "t5"
    GROUP BY
      "t5"."charge_date"
  ) AS "t7"
  LEFT OUTER JOIN (
    SELECT
      "t0"."charge_date" AS "charge_date",
      argMax(tuple("t0"."events"), "t0"."generation").1 AS "rated",
      argMax(tuple("t0"."rated_at"), "t0"."generation").1 AS "rated_at",
      MAX("t0"."generation") AS "generation"
    FROM "charge_generations" AS "t0"
    GROUP BY
      "t0"."charge_date"
  ) AS "t4"
    ON "t7"."charge_date" = "t4"."charge_date"
) AS "t8"
ORDER BY
  "t8"."charge_date" DESC
