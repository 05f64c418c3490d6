SELECT
  "t0"."proposal_id" AS "proposal_id",
  "t0"."cost_types" AS "cost_types",
  "t0"."method" AS "method",
  "t0"."from_date" AS "from_date",
  "t0"."footnote" AS "footnote",
  "t0"."owner" AS "owner",
  "t0"."proposed_by" AS "proposed_by",
  "t0"."proposed_at" AS "proposed_at"
FROM "allocation_proposals" AS "t0"
WHERE
  "t0"."state" = 'proposed'
ORDER BY
  "t0"."proposed_at" ASC,
  "t0"."proposal_id" ASC
