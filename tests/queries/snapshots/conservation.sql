WITH "t17" AS (
  SELECT
    "t0"."meter" AS "meter",
    SUM("t0"."quantity") AS "quantity",
    COUNT(*) AS "events"
  FROM "usage" AS "t0"
  GROUP BY
    "t0"."meter"
), "t18" AS (
  SELECT
    "t4"."billing_currency" AS "billing_currency",
    SUM("t4"."list_cost") AS "list_cost",
    SUM("t4"."effective_cost") AS "effective_cost",
    SUM("t4"."billed_cost") AS "billed_cost"
  FROM "platform_costs" AS "t4"
  GROUP BY
    "t4"."billing_currency"
), "t32" AS (
  SELECT
    "t19"."billing_currency" AS "billing_currency",
    SUM("t19"."list_cost") AS "list_cost",
    SUM("t19"."effective_cost") AS "effective_cost",
    SUM("t19"."billed_cost") AS "billed_cost"
  FROM (
    SELECT
      *
    FROM "charges" AS "t5"
    WHERE
      "t5"."meter" = 'platform_cost'
  ) AS "t19"
  GROUP BY
    "t19"."billing_currency"
), "t33" AS (
  SELECT
    "t20"."meter" AS "meter",
    SUM("t20"."consumed_quantity") AS "quantity",
    SUM("t20"."event_count") AS "events"
  FROM (
    SELECT
      *
    FROM "charges" AS "t5"
    WHERE
      "t5"."meter" <> 'platform_cost'
  ) AS "t20"
  GROUP BY
    "t20"."meter"
), "t42" AS (
  SELECT
    "t22"."event_type" AS "event_type",
    SUM("t22"."received") AS "received",
    SUM("t22"."accepted" + "t22"."duplicates" + "t22"."quarantined") AS "known",
    SUM("t22"."accepted") AS "accepted"
  FROM (
    SELECT
      *
    FROM "batches" AS "t6"
    WHERE
      "t6"."state" = 'stored'
  ) AS "t22"
  GROUP BY
    "t22"."event_type"
), "t44" AS (
  SELECT
    "t21"."billing_currency" AS "billing_currency",
    SUM(
      divide(
        multiply(
          CAST("t21"."consumed_quantity" AS Nullable(Decimal(76, 9))),
          "t21"."list_unit_price"
        ),
        GREATEST("t21"."pricing_block", 1)
      )
    ) AS "priced",
    SUM("t21"."list_cost") AS "charged"
  FROM (
    SELECT
      *
    FROM "charges" AS "t5"
    WHERE
      "t5"."meter" <> 'platform_cost' AND "t5"."pricing_status" = 'priced'
  ) AS "t21"
  GROUP BY
    "t21"."billing_currency"
)
SELECT
  *
FROM (
  SELECT
    "t70"."law" AS "law",
    "t70"."scope" AS "scope",
    "t70"."expected" AS "expected",
    "t70"."got" AS "got",
    minus("t70"."got", "t70"."expected") AS "difference"
  FROM (
    SELECT
      "t69"."law" AS "law",
      "t69"."scope" AS "scope",
      SUM("t69"."expected") AS "expected",
      SUM("t69"."got") AS "got"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                '6 money' AS "law",
                CONCAT(CONCAT('platform ', "t24"."billing_currency"), ' billed_cost') AS "scope",
                COALESCE("t24"."billed_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "expected",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
              FROM "t18" AS "t24"
            ) AS "t39"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                '6 money' AS "law",
                CONCAT(CONCAT('platform ', "t37"."billing_currency"), ' list_cost') AS "scope",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                COALESCE("t37"."list_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "got"
              FROM "t32" AS "t37"
            ) AS "t49"
          ) AS "t54"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                '6 money' AS "law",
                CONCAT(CONCAT('platform ', "t37"."billing_currency"), ' effective_cost') AS "scope",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                COALESCE("t37"."effective_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "got"
              FROM "t32" AS "t37"
            ) AS "t50"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                '6 money' AS "law",
                CONCAT(CONCAT('platform ', "t37"."billing_currency"), ' billed_cost') AS "scope",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                COALESCE("t37"."billed_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "got"
              FROM "t32" AS "t37"
            ) AS "t51"
          ) AS "t55"
        ) AS "t60"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                '6 money' AS "law",
                CONCAT(CONCAT('usage ', "t48"."billing_currency"), ' list_cost') AS "scope",
                COALESCE("t48"."priced", CAST(0 AS Nullable(Decimal(76, 21)))) AS "expected",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
              FROM "t44" AS "t48"
            ) AS "t64"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                '6 money' AS "law",
                CONCAT(CONCAT('usage ', "t48"."billing_currency"), ' list_cost') AS "scope",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                COALESCE("t48"."charged", CAST(0 AS Nullable(Decimal(76, 21)))) AS "got"
              FROM "t44" AS "t48"
            ) AS "t65"
          ) AS "t66"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                '15 silence' AS "law",
                CONCAT("t45"."event_type", ' received') AS "scope",
                CAST("t45"."received" AS Nullable(Decimal(76, 21))) AS "expected",
                CAST("t45"."known" AS Nullable(Decimal(76, 21))) AS "got"
              FROM "t42" AS "t45"
            ) AS "t58"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                '15 silence' AS "law",
                CONCAT("t45"."event_type", ' stored') AS "scope",
                CAST("t45"."accepted" AS Nullable(Decimal(76, 21))) AS "expected",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
              FROM "t42" AS "t45"
            ) AS "t59"
          ) AS "t62"
        ) AS "t67"
      ) AS "t68"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                '15 silence' AS "law",
                'usage stored' AS "scope",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                CAST("t7"."events" AS Nullable(Decimal(76, 21))) AS "got"
              FROM (
                SELECT
                  COUNT(*) AS "events"
                FROM "usage" AS "t0"
              ) AS "t7"
              WHERE
                (
                  SELECT
                    COUNT(*) AS "CountStar(usage)"
                  FROM "usage" AS "t0"
                ) > 0
            ) AS "t25"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                '15 silence' AS "law",
                'lifecycle stored' AS "scope",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                CAST("t9"."events" AS Nullable(Decimal(76, 21))) AS "got"
              FROM (
                SELECT
                  COUNT(*) AS "events"
                FROM "lifecycle" AS "t1"
              ) AS "t9"
              WHERE
                (
                  SELECT
                    COUNT(*) AS "CountStar(lifecycle)"
                  FROM "lifecycle" AS "t1"
                ) > 0
            ) AS "t26"
          ) AS "t30"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                '15 silence' AS "law",
                'request stored' AS "scope",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                CAST("t11"."events" AS Nullable(Decimal(76, 21))) AS "got"
              FROM (
                SELECT
                  COUNT(*) AS "events"
                FROM "request_traces" AS "t2"
              ) AS "t11"
              WHERE
                (
                  SELECT
                    COUNT(*) AS "CountStar(request_traces)"
                  FROM "request_traces" AS "t2"
                ) > 0
            ) AS "t27"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                '15 silence' AS "law",
                'alert stored' AS "scope",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                CAST("t13"."events" AS Nullable(Decimal(76, 21))) AS "got"
              FROM (
                SELECT
                  COUNT(*) AS "events"
                FROM "alerts" AS "t3"
              ) AS "t13"
              WHERE
                (
                  SELECT
                    COUNT(*) AS "CountStar(alerts)"
                  FROM "alerts" AS "t3"
                ) > 0
            ) AS "t28"
          ) AS "t31"
        ) AS "t36"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                '15 silence' AS "law",
                'platform_cost stored' AS "scope",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                CAST("t15"."events" AS Nullable(Decimal(76, 21))) AS "got"
              FROM (
                SELECT
                  COUNT(*) AS "events"
                FROM "platform_costs" AS "t4"
              ) AS "t15"
              WHERE
                (
                  SELECT
                    COUNT(*) AS "CountStar(platform_costs)"
                  FROM "platform_costs" AS "t4"
                ) > 0
            ) AS "t29"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  '5 usage' AS "law",
                  CONCAT("t23"."meter", ' quantity') AS "scope",
                  CAST("t23"."quantity" AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t17" AS "t23"
              ) AS "t34"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '5 usage' AS "law",
                  CONCAT("t38"."meter", ' quantity') AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST("t38"."quantity" AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t33" AS "t38"
              ) AS "t46"
            ) AS "t52"
          ) AS "t56"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  '5 usage' AS "law",
                  CONCAT("t23"."meter", ' events') AS "scope",
                  CAST("t23"."events" AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t17" AS "t23"
              ) AS "t35"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '5 usage' AS "law",
                  CONCAT("t38"."meter", ' events') AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST("t38"."events" AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t33" AS "t38"
              ) AS "t47"
            ) AS "t53"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('platform ', "t24"."billing_currency"), ' list_cost') AS "scope",
                  COALESCE("t24"."list_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t18" AS "t24"
              ) AS "t40"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('platform ', "t24"."billing_currency"), ' effective_cost') AS "scope",
                  COALESCE("t24"."effective_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t18" AS "t24"
              ) AS "t41"
            ) AS "t43"
          ) AS "t57"
        ) AS "t61"
      ) AS "t63"
    ) AS "t69"
    GROUP BY
      "t69"."law",
      "t69"."scope"
  ) AS "t70"
) AS "t71"
ORDER BY
  "t71"."law" ASC,
  "t71"."scope" ASC
