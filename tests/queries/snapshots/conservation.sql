WITH "t18" AS (
  SELECT
    "t2"."billing_currency" AS "billing_currency",
    SUM("t2"."list_cost") AS "list_cost",
    SUM("t2"."effective_cost") AS "effective_cost",
    SUM("t2"."billed_cost") AS "billed_cost"
  FROM "platform_costs" AS "t2"
  GROUP BY
    "t2"."billing_currency"
), "t23" AS (
  SELECT
    "t3"."billing_currency" AS "billing_currency",
    SUM("t3"."event_count") AS "events",
    SUM("t3"."list_cost") AS "list_cost",
    SUM("t3"."effective_cost") AS "effective_cost",
    SUM("t3"."billed_cost") AS "billed_cost"
  FROM "charges" AS "t3"
  GROUP BY
    "t3"."billing_currency"
), "t25" AS (
  SELECT
    "t4"."billing_currency" AS "billing_currency",
    SUM("t4"."event_count") AS "events",
    SUM("t4"."list_cost") AS "list_cost",
    SUM("t4"."effective_cost") AS "effective_cost",
    SUM("t4"."billed_cost") AS "billed_cost"
  FROM "daily_charges" AS "t4"
  GROUP BY
    "t4"."billing_currency"
), "t26" AS (
  SELECT
    "t5"."meter" AS "meter",
    SUM("t5"."quantity") AS "quantity",
    COUNT(*) AS "events"
  FROM "usage" AS "t5"
  GROUP BY
    "t5"."meter"
), "t38" AS (
  SELECT
    "t19"."meter" AS "meter",
    SUM("t19"."consumed_quantity") AS "quantity",
    SUM("t19"."event_count") AS "events"
  FROM (
    SELECT
      *
    FROM "charges" AS "t3"
    WHERE
      "t3"."meter" <> 'platform_cost'
  ) AS "t19"
  GROUP BY
    "t19"."meter"
), "t39" AS (
  SELECT
    "t20"."billing_currency" AS "billing_currency",
    SUM("t20"."list_cost") AS "list_cost",
    SUM("t20"."effective_cost") AS "effective_cost",
    SUM("t20"."billed_cost") AS "billed_cost"
  FROM (
    SELECT
      *
    FROM "charges" AS "t3"
    WHERE
      "t3"."meter" = 'platform_cost'
  ) AS "t20"
  GROUP BY
    "t20"."billing_currency"
), "t58" AS (
  SELECT
    "t27"."event_type" AS "event_type",
    SUM("t27"."received") AS "received",
    SUM("t27"."accepted" + "t27"."duplicates" + "t27"."quarantined") AS "known",
    SUM("t27"."accepted") AS "accepted"
  FROM (
    SELECT
      *
    FROM "batches" AS "t7"
    WHERE
      "t7"."state" = 'stored'
  ) AS "t27"
  GROUP BY
    "t27"."event_type"
), "t60" AS (
  SELECT
    "t22"."billing_currency" AS "billing_currency",
    SUM(
      divide(
        multiply(
          CAST("t22"."consumed_quantity" AS Nullable(Decimal(76, 9))),
          "t22"."list_unit_price"
        ),
        GREATEST("t22"."pricing_block", 1)
      )
    ) AS "priced",
    SUM("t22"."list_cost") AS "charged"
  FROM (
    SELECT
      *
    FROM "charges" AS "t3"
    WHERE
      "t3"."meter" <> 'platform_cost' AND "t3"."pricing_status" = 'priced'
  ) AS "t22"
  GROUP BY
    "t22"."billing_currency"
)
SELECT
  *
FROM (
  SELECT
    "t97"."law" AS "law",
    "t97"."scope" AS "scope",
    "t97"."expected" AS "expected",
    "t97"."got" AS "got",
    minus("t97"."got", "t97"."expected") AS "difference"
  FROM (
    SELECT
      "t96"."law" AS "law",
      "t96"."scope" AS "scope",
      SUM("t96"."expected") AS "expected",
      SUM("t96"."got") AS "got"
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
                '15 silence' AS "law",
                'request stored' AS "scope",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                CAST("t8"."events" AS Nullable(Decimal(76, 21))) AS "got"
              FROM (
                SELECT
                  COUNT(*) AS "events"
                FROM "request_traces" AS "t0"
              ) AS "t8"
              WHERE
                (
                  SELECT
                    COUNT(*) AS "CountStar(request_traces)"
                  FROM "request_traces" AS "t0"
                ) > 0
            ) AS "t32"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                '15 silence' AS "law",
                'alert stored' AS "scope",
                CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                CAST("t10"."events" AS Nullable(Decimal(76, 21))) AS "got"
              FROM (
                SELECT
                  COUNT(*) AS "events"
                FROM "alerts" AS "t1"
              ) AS "t10"
              WHERE
                (
                  SELECT
                    COUNT(*) AS "CountStar(alerts)"
                  FROM "alerts" AS "t1"
                ) > 0
            ) AS "t33"
          ) AS "t37"
          UNION ALL
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
                CAST("t12"."events" AS Nullable(Decimal(76, 21))) AS "got"
              FROM (
                SELECT
                  COUNT(*) AS "events"
                FROM "platform_costs" AS "t2"
              ) AS "t12"
              WHERE
                (
                  SELECT
                    COUNT(*) AS "CountStar(platform_costs)"
                  FROM "platform_costs" AS "t2"
                ) > 0
            ) AS "t34"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  '5 usage' AS "law",
                  CONCAT("t31"."meter", ' quantity') AS "scope",
                  CAST("t31"."quantity" AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t26" AS "t31"
              ) AS "t45"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '5 usage' AS "law",
                  CONCAT("t41"."meter", ' quantity') AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST("t41"."quantity" AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t38" AS "t41"
              ) AS "t67"
            ) AS "t72"
          ) AS "t77"
        ) AS "t83"
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
                  '5 usage' AS "law",
                  CONCAT("t31"."meter", ' events') AS "scope",
                  CAST("t31"."events" AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t26" AS "t31"
              ) AS "t46"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '5 usage' AS "law",
                  CONCAT("t41"."meter", ' events') AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST("t41"."events" AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t38" AS "t41"
              ) AS "t68"
            ) AS "t73"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('platform ', "t28"."billing_currency"), ' list_cost') AS "scope",
                  COALESCE("t28"."list_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t18" AS "t28"
              ) AS "t47"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('platform ', "t28"."billing_currency"), ' effective_cost') AS "scope",
                  COALESCE("t28"."effective_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t18" AS "t28"
              ) AS "t48"
            ) AS "t59"
          ) AS "t78"
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
                  CONCAT(CONCAT('platform ', "t28"."billing_currency"), ' billed_cost') AS "scope",
                  COALESCE("t28"."billed_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t18" AS "t28"
              ) AS "t49"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('platform ', "t42"."billing_currency"), ' list_cost') AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  COALESCE("t42"."list_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "got"
                FROM "t39" AS "t42"
              ) AS "t74"
            ) AS "t79"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('platform ', "t42"."billing_currency"), ' effective_cost') AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  COALESCE("t42"."effective_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "got"
                FROM "t39" AS "t42"
              ) AS "t75"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('platform ', "t42"."billing_currency"), ' billed_cost') AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  COALESCE("t42"."billed_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "got"
                FROM "t39" AS "t42"
              ) AS "t76"
            ) AS "t80"
          ) AS "t84"
        ) AS "t86"
      ) AS "t90"
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
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('usage ', "t69"."billing_currency"), ' list_cost') AS "scope",
                  COALESCE("t69"."priced", CAST(0 AS Nullable(Decimal(76, 21)))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t60" AS "t69"
              ) AS "t87"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('usage ', "t69"."billing_currency"), ' list_cost') AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  COALESCE("t69"."charged", CAST(0 AS Nullable(Decimal(76, 21)))) AS "got"
                FROM "t60" AS "t69"
              ) AS "t88"
            ) AS "t91"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('by day ', "t29"."billing_currency"), ' events') AS "scope",
                  CAST("t29"."events" AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t23" AS "t29"
              ) AS "t50"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('by day ', "t29"."billing_currency"), ' list_cost') AS "scope",
                  COALESCE("t29"."list_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t23" AS "t29"
              ) AS "t51"
            ) AS "t61"
          ) AS "t93"
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
                  CONCAT(CONCAT('by day ', "t29"."billing_currency"), ' effective_cost') AS "scope",
                  COALESCE("t29"."effective_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t23" AS "t29"
              ) AS "t52"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('by day ', "t29"."billing_currency"), ' billed_cost') AS "scope",
                  COALESCE("t29"."billed_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t23" AS "t29"
              ) AS "t53"
            ) AS "t62"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  '5 usage' AS "law",
                  CONCAT(CONCAT('by day ', "t21"."meter"), ' quantity') AS "scope",
                  CAST("t21"."quantity" AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM (
                  SELECT
                    "t3"."meter" AS "meter",
                    SUM("t3"."consumed_quantity") AS "quantity"
                  FROM "charges" AS "t3"
                  GROUP BY
                    "t3"."meter"
                ) AS "t21"
              ) AS "t43"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('by day ', "t30"."billing_currency"), ' events') AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST("t30"."events" AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t25" AS "t30"
              ) AS "t54"
            ) AS "t63"
          ) AS "t70"
        ) AS "t94"
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
                  '6 money' AS "law",
                  CONCAT(CONCAT('by day ', "t30"."billing_currency"), ' list_cost') AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  COALESCE("t30"."list_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "got"
                FROM "t25" AS "t30"
              ) AS "t55"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('by day ', "t30"."billing_currency"), ' effective_cost') AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  COALESCE("t30"."effective_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "got"
                FROM "t25" AS "t30"
              ) AS "t56"
            ) AS "t64"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  '6 money' AS "law",
                  CONCAT(CONCAT('by day ', "t30"."billing_currency"), ' billed_cost') AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  COALESCE("t30"."billed_cost", CAST(0 AS Nullable(Decimal(76, 21)))) AS "got"
                FROM "t25" AS "t30"
              ) AS "t57"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '5 usage' AS "law",
                  CONCAT(CONCAT('by day ', "t24"."meter"), ' quantity') AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST("t24"."quantity" AS Nullable(Decimal(76, 21))) AS "got"
                FROM (
                  SELECT
                    "t4"."meter" AS "meter",
                    SUM("t4"."consumed_quantity") AS "quantity"
                  FROM "daily_charges" AS "t4"
                  GROUP BY
                    "t4"."meter"
                ) AS "t24"
              ) AS "t44"
            ) AS "t65"
          ) AS "t71"
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
                  CONCAT("t66"."event_type", ' received') AS "scope",
                  CAST("t66"."received" AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST("t66"."known" AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t58" AS "t66"
              ) AS "t81"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '15 silence' AS "law",
                  CONCAT("t66"."event_type", ' stored') AS "scope",
                  CAST("t66"."accepted" AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "got"
                FROM "t58" AS "t66"
              ) AS "t82"
            ) AS "t85"
            UNION ALL
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
                  CAST("t14"."events" AS Nullable(Decimal(76, 21))) AS "got"
                FROM (
                  SELECT
                    COUNT(*) AS "events"
                  FROM "usage" AS "t5"
                ) AS "t14"
                WHERE
                  (
                    SELECT
                      COUNT(*) AS "CountStar(usage)"
                    FROM "usage" AS "t5"
                  ) > 0
              ) AS "t35"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  '15 silence' AS "law",
                  'lifecycle stored' AS "scope",
                  CAST(0 AS Nullable(Decimal(76, 21))) AS "expected",
                  CAST("t16"."events" AS Nullable(Decimal(76, 21))) AS "got"
                FROM (
                  SELECT
                    COUNT(*) AS "events"
                  FROM "lifecycle" AS "t6"
                ) AS "t16"
                WHERE
                  (
                    SELECT
                      COUNT(*) AS "CountStar(lifecycle)"
                    FROM "lifecycle" AS "t6"
                  ) > 0
              ) AS "t36"
            ) AS "t40"
          ) AS "t89"
        ) AS "t92"
      ) AS "t95"
    ) AS "t96"
    GROUP BY
      "t96"."law",
      "t96"."scope"
  ) AS "t97"
) AS "t98"
ORDER BY
  "t98"."law" ASC,
  "t98"."scope" ASC
