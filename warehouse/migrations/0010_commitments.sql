-- Capacity that is paid for by the hour, used or not: units_per_hour of one SKU, in the meter's canonical unit, for
-- cost_per_hour in the store's currency. shares reserve parts of it ('app/chat': 0.6, 'cost_center/cc-1': 0.4; none:
-- whoever uses the SKU). What nobody uses is borne by cost_center ('': the platform's). Hours are whole.
CREATE TABLE IF NOT EXISTS commitment_records
(
    commitment_id       String,
    sku_id              String,
    units_per_hour      Decimal(38, 9),
    cost_per_hour       Decimal(38, 12),
    shares              Map(String, Decimal(18, 9)),
    cost_center         LowCardinality(String),
    footnote            String,
    valid_from          DateTime64(3, 'UTC'),
    valid_to            DateTime64(3, 'UTC'),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    recorded_by         String,
    evidence            String,
    CONSTRAINT half_open CHECK valid_from <= valid_to,
    CONSTRAINT whole_hours CHECK toStartOfHour(valid_from) = valid_from AND toStartOfHour(valid_to) = valid_to,
    CONSTRAINT units CHECK units_per_hour > 0,
    CONSTRAINT cost CHECK cost_per_hour >= 0,
    CONSTRAINT shares CHECK empty(shares) OR arraySum(mapValues(shares)) = 1
)
ENGINE = MergeTree ORDER BY (commitment_id, valid_from, recorded_at)
{durable};

CREATE VIEW IF NOT EXISTS commitments AS SELECT * FROM commitment_records ORDER BY recorded_at DESC LIMIT 1 BY commitment_id, valid_from;
