-- How platform costs that name no app are split, by cost type ('*': every type without a rule of its own). Dated like
-- every history: of one cost type and valid_from the row recorded last stands; valid_to = valid_from withdraws it.
CREATE TABLE IF NOT EXISTS allocation_rule_records
(
    cost_type           LowCardinality(String),
    rule_id             String,
    method              LowCardinality(String),
    basis               LowCardinality(String),
    floor               Decimal(38, 9),
    weights             Map(String, Decimal(18, 9)),
    footnote            String,
    owner               String,
    valid_from          DateTime64(3, 'UTC'),
    valid_to            DateTime64(3, 'UTC'),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    recorded_by         String,
    evidence            String,
    CONSTRAINT half_open CHECK valid_from <= valid_to,
    CONSTRAINT method CHECK method IN ('direct', 'even', 'proportional', 'fixed', 'floor_plus_share'),
    CONSTRAINT floor CHECK floor >= 0
)
ENGINE = MergeTree ORDER BY (cost_type, valid_from, recorded_at)
{durable};

CREATE VIEW IF NOT EXISTS allocation_rules AS SELECT * FROM allocation_rule_records ORDER BY recorded_at DESC LIMIT 1 BY cost_type, valid_from;
