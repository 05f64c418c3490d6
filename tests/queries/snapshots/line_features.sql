SELECT
  "t4"."app_id" AS "app_id",
  "t4"."meter" AS "meter",
  LN(
    (
      CASE
        WHEN isNotNull(CASE WHEN "t4"."age" >= 504 THEN "t4"."lag_504" ELSE NULL END)
        THEN GREATEST(
          LEAST(
            CASE WHEN "t4"."age" >= 168 THEN "t4"."lag_168" ELSE NULL END,
            CASE WHEN "t4"."age" >= 336 THEN "t4"."lag_336" ELSE NULL END
          ),
          LEAST(
            GREATEST(
              CASE WHEN "t4"."age" >= 168 THEN "t4"."lag_168" ELSE NULL END,
              CASE WHEN "t4"."age" >= 336 THEN "t4"."lag_336" ELSE NULL END
            ),
            CASE WHEN "t4"."age" >= 504 THEN "t4"."lag_504" ELSE NULL END
          )
        )
        WHEN isNotNull(CASE WHEN "t4"."age" >= 336 THEN "t4"."lag_336" ELSE NULL END)
        THEN (
          CASE WHEN "t4"."age" >= 168 THEN "t4"."lag_168" ELSE NULL END + CASE WHEN "t4"."age" >= 336 THEN "t4"."lag_336" ELSE NULL END
        ) / 2
        ELSE CASE WHEN "t4"."age" >= 168 THEN "t4"."lag_168" ELSE NULL END
      END + (
        (
          COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          ) * 0.03
        ) + 0.0001
      )
    ) / (
      COALESCE(
        CASE
          WHEN "t4"."age" < 48
          THEN CASE
            WHEN "t4"."age" >= 1
            THEN "t4"."young" / (
              (
                LEAST("t4"."age", 48) - 1
              ) + 1
            )
            ELSE NULL
          END
          ELSE CASE
            WHEN "t4"."age" >= 25
            THEN "t4"."week" / (
              (
                LEAST("t4"."age", 192) - 25
              ) + 1
            )
            ELSE NULL
          END
        END,
        0.0
      ) + (
        (
          COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          ) * 0.03
        ) + 0.0001
      )
    )
  ) AS "weeks",
  LN(
    (
      CASE
        WHEN isNotNull(CASE WHEN "t4"."age" >= 72 THEN "t4"."lag_72" ELSE NULL END)
        THEN GREATEST(
          LEAST(
            CASE WHEN "t4"."age" >= 24 THEN "t4"."lag_24" ELSE NULL END,
            CASE WHEN "t4"."age" >= 48 THEN "t4"."lag_48" ELSE NULL END
          ),
          LEAST(
            GREATEST(
              CASE WHEN "t4"."age" >= 24 THEN "t4"."lag_24" ELSE NULL END,
              CASE WHEN "t4"."age" >= 48 THEN "t4"."lag_48" ELSE NULL END
            ),
            CASE WHEN "t4"."age" >= 72 THEN "t4"."lag_72" ELSE NULL END
          )
        )
        WHEN isNotNull(CASE WHEN "t4"."age" >= 48 THEN "t4"."lag_48" ELSE NULL END)
        THEN (
          CASE WHEN "t4"."age" >= 24 THEN "t4"."lag_24" ELSE NULL END + CASE WHEN "t4"."age" >= 48 THEN "t4"."lag_48" ELSE NULL END
        ) / 2
        ELSE CASE WHEN "t4"."age" >= 24 THEN "t4"."lag_24" ELSE NULL END
      END + (
        (
          COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          ) * 0.03
        ) + 0.0001
      )
    ) / (
      COALESCE(
        CASE
          WHEN "t4"."age" < 48
          THEN CASE
            WHEN "t4"."age" >= 1
            THEN "t4"."young" / (
              (
                LEAST("t4"."age", 48) - 1
              ) + 1
            )
            ELSE NULL
          END
          ELSE CASE
            WHEN "t4"."age" >= 25
            THEN "t4"."week" / (
              (
                LEAST("t4"."age", 192) - 25
              ) + 1
            )
            ELSE NULL
          END
        END,
        0.0
      ) + (
        (
          COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          ) * 0.03
        ) + 0.0001
      )
    )
  ) AS "days",
  LN(
    (
      CASE WHEN "t4"."age" >= 24 THEN "t4"."lag_24" ELSE NULL END + (
        (
          COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          ) * 0.03
        ) + 0.0001
      )
    ) / (
      COALESCE(
        CASE
          WHEN "t4"."age" < 48
          THEN CASE
            WHEN "t4"."age" >= 1
            THEN "t4"."young" / (
              (
                LEAST("t4"."age", 48) - 1
              ) + 1
            )
            ELSE NULL
          END
          ELSE CASE
            WHEN "t4"."age" >= 25
            THEN "t4"."week" / (
              (
                LEAST("t4"."age", 192) - 25
              ) + 1
            )
            ELSE NULL
          END
        END,
        0.0
      ) + (
        (
          COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          ) * 0.03
        ) + 0.0001
      )
    )
  ) AS "day_before",
  LN(
    (
      CASE
        WHEN "t4"."age" >= 25
        THEN "t4"."day" / (
          (
            LEAST("t4"."age", 48) - 25
          ) + 1
        )
        ELSE NULL
      END + (
        (
          COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          ) * 0.03
        ) + 0.0001
      )
    ) / (
      COALESCE(
        CASE
          WHEN "t4"."age" < 48
          THEN CASE
            WHEN "t4"."age" >= 1
            THEN "t4"."young" / (
              (
                LEAST("t4"."age", 48) - 1
              ) + 1
            )
            ELSE NULL
          END
          ELSE CASE
            WHEN "t4"."age" >= 25
            THEN "t4"."week" / (
              (
                LEAST("t4"."age", 192) - 25
              ) + 1
            )
            ELSE NULL
          END
        END,
        0.0
      ) + (
        (
          COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          ) * 0.03
        ) + 0.0001
      )
    )
  ) AS "day_mean",
  LN(
    (
      CASE
        WHEN "t4"."age" >= 24
        THEN "t4"."near" / (
          (
            LEAST("t4"."age", 26) - 24
          ) + 1
        )
        ELSE NULL
      END + (
        (
          COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          ) * 0.03
        ) + 0.0001
      )
    ) / (
      COALESCE(
        CASE
          WHEN "t4"."age" < 48
          THEN CASE
            WHEN "t4"."age" >= 1
            THEN "t4"."young" / (
              (
                LEAST("t4"."age", 48) - 1
              ) + 1
            )
            ELSE NULL
          END
          ELSE CASE
            WHEN "t4"."age" >= 25
            THEN "t4"."week" / (
              (
                LEAST("t4"."age", 192) - 25
              ) + 1
            )
            ELSE NULL
          END
        END,
        0.0
      ) + (
        (
          COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          ) * 0.03
        ) + 0.0001
      )
    )
  ) AS "near_mean",
  CASE
    WHEN "t4"."age" < 48
    THEN LN(
      (
        CASE
          WHEN "t4"."age" >= 1
          THEN "t4"."six" / (
            (
              LEAST("t4"."age", 6) - 1
            ) + 1
          )
          ELSE NULL
        END + (
          (
            COALESCE(
              CASE
                WHEN "t4"."age" < 48
                THEN CASE
                  WHEN "t4"."age" >= 1
                  THEN "t4"."young" / (
                    (
                      LEAST("t4"."age", 48) - 1
                    ) + 1
                  )
                  ELSE NULL
                END
                ELSE CASE
                  WHEN "t4"."age" >= 25
                  THEN "t4"."week" / (
                    (
                      LEAST("t4"."age", 192) - 25
                    ) + 1
                  )
                  ELSE NULL
                END
              END,
              0.0
            ) * 0.03
          ) + 0.0001
        )
      ) / (
        COALESCE(
          CASE
            WHEN "t4"."age" < 48
            THEN CASE
              WHEN "t4"."age" >= 1
              THEN "t4"."young" / (
                (
                  LEAST("t4"."age", 48) - 1
                ) + 1
              )
              ELSE NULL
            END
            ELSE CASE
              WHEN "t4"."age" >= 25
              THEN "t4"."week" / (
                (
                  LEAST("t4"."age", 192) - 25
                ) + 1
              )
              ELSE NULL
            END
          END,
          0.0
        ) + (
          (
            COALESCE(
              CASE
                WHEN "t4"."age" < 48
                THEN CASE
                  WHEN "t4"."age" >= 1
                  THEN "t4"."young" / (
                    (
                      LEAST("t4"."age", 48) - 1
                    ) + 1
                  )
                  ELSE NULL
                END
                ELSE CASE
                  WHEN "t4"."age" >= 25
                  THEN "t4"."week" / (
                    (
                      LEAST("t4"."age", 192) - 25
                    ) + 1
                  )
                  ELSE NULL
                END
              END,
              0.0
            ) * 0.03
          ) + 0.0001
        )
      )
    )
    ELSE NULL
  END AS "last_hours",
  CASE
    WHEN "t4"."age" < 48
    THEN LN(
      (
        CASE WHEN "t4"."age" >= 1 THEN "t4"."lag_1" ELSE NULL END + (
          (
            COALESCE(
              CASE
                WHEN "t4"."age" < 48
                THEN CASE
                  WHEN "t4"."age" >= 1
                  THEN "t4"."young" / (
                    (
                      LEAST("t4"."age", 48) - 1
                    ) + 1
                  )
                  ELSE NULL
                END
                ELSE CASE
                  WHEN "t4"."age" >= 25
                  THEN "t4"."week" / (
                    (
                      LEAST("t4"."age", 192) - 25
                    ) + 1
                  )
                  ELSE NULL
                END
              END,
              0.0
            ) * 0.03
          ) + 0.0001
        )
      ) / (
        COALESCE(
          CASE
            WHEN "t4"."age" < 48
            THEN CASE
              WHEN "t4"."age" >= 1
              THEN "t4"."young" / (
                (
                  LEAST("t4"."age", 48) - 1
                ) + 1
              )
              ELSE NULL
            END
            ELSE CASE
              WHEN "t4"."age" >= 25
              THEN "t4"."week" / (
                (
                  LEAST("t4"."age", 192) - 25
                ) + 1
              )
              ELSE NULL
            END
          END,
          0.0
        ) + (
          (
            COALESCE(
              CASE
                WHEN "t4"."age" < 48
                THEN CASE
                  WHEN "t4"."age" >= 1
                  THEN "t4"."young" / (
                    (
                      LEAST("t4"."age", 48) - 1
                    ) + 1
                  )
                  ELSE NULL
                END
                ELSE CASE
                  WHEN "t4"."age" >= 25
                  THEN "t4"."week" / (
                    (
                      LEAST("t4"."age", 192) - 25
                    ) + 1
                  )
                  ELSE NULL
                END
              END,
              0.0
            ) * 0.03
          ) + 0.0001
        )
      )
    )
    ELSE NULL
  END AS "last",
  LN(
    (
      CASE
        WHEN "t4"."age" >= 24
        THEN GREATEST(
          "t4"."lag_24",
          "t4"."lag_48",
          "t4"."lag_72",
          "t4"."lag_96",
          "t4"."lag_120",
          "t4"."lag_144",
          "t4"."lag_168"
        )
        ELSE NULL
      END + (
        (
          COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          ) * 0.03
        ) + 0.0001
      )
    ) / (
      COALESCE(
        CASE
          WHEN "t4"."age" < 48
          THEN CASE
            WHEN "t4"."age" >= 1
            THEN "t4"."young" / (
              (
                LEAST("t4"."age", 48) - 1
              ) + 1
            )
            ELSE NULL
          END
          ELSE CASE
            WHEN "t4"."age" >= 25
            THEN "t4"."week" / (
              (
                LEAST("t4"."age", 192) - 25
              ) + 1
            )
            ELSE NULL
          END
        END,
        0.0
      ) + (
        (
          COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          ) * 0.03
        ) + 0.0001
      )
    )
  ) AS "peak",
  CASE
    WHEN "t4"."age" >= 25
    THEN SQRT(
      GREATEST(
        CASE
          WHEN "t4"."age" >= 25
          THEN "t4"."squares" / (
            (
              LEAST("t4"."age", 192) - 25
            ) + 1
          )
          ELSE NULL
        END - (
          COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          ) * COALESCE(
            CASE
              WHEN "t4"."age" < 48
              THEN CASE
                WHEN "t4"."age" >= 1
                THEN "t4"."young" / (
                  (
                    LEAST("t4"."age", 48) - 1
                  ) + 1
                )
                ELSE NULL
              END
              ELSE CASE
                WHEN "t4"."age" >= 25
                THEN "t4"."week" / (
                  (
                    LEAST("t4"."age", 192) - 25
                  ) + 1
                )
                ELSE NULL
              END
            END,
            0.0
          )
        ),
        0.0
      )
    ) / (
      COALESCE(
        CASE
          WHEN "t4"."age" < 48
          THEN CASE
            WHEN "t4"."age" >= 1
            THEN "t4"."young" / (
              (
                LEAST("t4"."age", 48) - 1
              ) + 1
            )
            ELSE NULL
          END
          ELSE CASE
            WHEN "t4"."age" >= 25
            THEN "t4"."week" / (
              (
                LEAST("t4"."age", 192) - 25
              ) + 1
            )
            ELSE NULL
          END
        END,
        0.0
      ) + 0.0001
    )
    ELSE NULL
  END AS "dispersion",
  1 - CASE
    WHEN "t4"."age" >= 25
    THEN "t4"."used" / (
      (
        LEAST("t4"."age", 192) - 25
      ) + 1
    )
    ELSE NULL
  END AS "resting",
  LN("t4"."age" + 1.0) AS "log_age",
  LN(
    COALESCE(
      CASE
        WHEN "t4"."age" < 48
        THEN CASE
          WHEN "t4"."age" >= 1
          THEN "t4"."young" / (
            (
              LEAST("t4"."age", 48) - 1
            ) + 1
          )
          ELSE NULL
        END
        ELSE CASE
          WHEN "t4"."age" >= 25
          THEN "t4"."week" / (
            (
              LEAST("t4"."age", 192) - 25
            ) + 1
          )
          ELSE NULL
        END
      END,
      0.0
    ) + 0.0001
  ) AS "log_reference",
  COALESCE(
    CASE
      WHEN "t4"."age" < 48
      THEN CASE
        WHEN "t4"."age" >= 1
        THEN "t4"."young" / (
          (
            LEAST("t4"."age", 48) - 1
          ) + 1
        )
        ELSE NULL
      END
      ELSE CASE
        WHEN "t4"."age" >= 25
        THEN "t4"."week" / (
          (
            LEAST("t4"."age", 192) - 25
          ) + 1
        )
        ELSE NULL
      END
    END,
    0.0
  ) AS "reference"
FROM (
  SELECT
    "t3"."app_id" AS "app_id",
    "t3"."meter" AS "meter",
    MAX("t3"."ago") AS "age",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 25 AND 192), 0.0) AS "week",
    COALESCE(sumIf("t3"."cost" * "t3"."cost", "t3"."ago" BETWEEN 25 AND 192), 0.0) AS "squares",
    COALESCE(
      sumIf(CAST("t3"."cost" > 0 AS Nullable(Float64)), "t3"."ago" BETWEEN 25 AND 192),
      0.0
    ) AS "used",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 25 AND 48), 0.0) AS "day",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 24 AND 26), 0.0) AS "near",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 1 AND 48), 0.0) AS "young",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 1 AND 6), 0.0) AS "six",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 1 AND 1), 0.0) AS "lag_1",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 24 AND 24), 0.0) AS "lag_24",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 48 AND 48), 0.0) AS "lag_48",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 72 AND 72), 0.0) AS "lag_72",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 96 AND 96), 0.0) AS "lag_96",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 120 AND 120), 0.0) AS "lag_120",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 144 AND 144), 0.0) AS "lag_144",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 168 AND 168), 0.0) AS "lag_168",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 336 AND 336), 0.0) AS "lag_336",
    COALESCE(sumIf("t3"."cost", "t3"."ago" BETWEEN 504 AND 504), 0.0) AS "lag_504"
  FROM (
    SELECT
      "t2"."app_id" AS "app_id",
      "t2"."meter" AS "meter",
      "t2"."amount" AS "amount",
      "t2"."quantity" AS "quantity",
      toTimeZone(CAST("t2"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC') AS "time",
      CAST(FLOOR(
        (
          CAST(toRelativeSecondNum(parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')) AS Nullable(Int64)) - CAST(toRelativeSecondNum(toTimeZone(CAST("t2"."charge_period_start" AS DateTime64(3, 'UTC')), 'UTC')) AS Nullable(Int64))
        ) / (
          3600
        )
      ) AS Nullable(Int64)) AS "ago",
      CAST("t2"."amount" AS Nullable(Float64)) AS "cost"
    FROM (
      SELECT
        "t1"."app_id" AS "app_id",
        "t1"."meter" AS "meter",
        "t1"."charge_period_start" AS "charge_period_start",
        CAST(SUM("t1"."effective_cost") AS Decimal(76, 21)) AS "amount",
        SUM("t1"."consumed_quantity") AS "quantity"
      FROM (
        SELECT
          *
        FROM "charges" AS "t0"
        WHERE
          "t0"."charge_date" >= toDate('2026-02-01')
          AND "t0"."charge_date" < toDate('2026-02-18')
          AND "t0"."charge_period_start" < parseDateTimeBestEffort('2026-02-17T12:00:00+00:00', 'UTC')
          AND "t0"."billing_currency" IN ('USD')
          AND "t0"."charge_category" = 'Usage'
          AND "t0"."pricing_status" = 'priced'
          AND "t0"."app_id" <> ''
      ) AS "t1"
      GROUP BY
        "t1"."app_id",
        "t1"."meter",
        "t1"."charge_period_start"
    ) AS "t2"
  ) AS "t3"
  GROUP BY
    "t3"."app_id",
    "t3"."meter"
) AS "t4"
ORDER BY
  "t4"."app_id" ASC,
  "t4"."meter" ASC
