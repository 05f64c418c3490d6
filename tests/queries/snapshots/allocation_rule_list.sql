SELECT
  "t0"."cost_type" AS "cost_type",
  "t0"."rule_id" AS "rule_id",
  "t0"."valid_from" AS "valid_from",
  "t0"."valid_to" AS "valid_to",
  "t0"."owner" AS "owner",
  "t0"."footnote" AS "footnote",
  "t0"."recorded_by" AS "recorded_by"
FROM "allocation_rules" AS "t0"
WHERE
  "t0"."valid_from" < "t0"."valid_to"
ORDER BY
  "t0"."cost_type" ASC,
  "t0"."valid_from" ASC
