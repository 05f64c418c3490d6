-- Charges by generation: a day is rated into a new generation, then the pointer flips by one row of charge_generations.
-- Costs are null while no price is known (pricing_status 'unpriced').
CREATE TABLE IF NOT EXISTS rated_charges
(
    charge_date             Date,
    generation              UInt64,
    charge_period_start     DateTime64(0, 'UTC'),
    charge_period_end       DateTime64(0, 'UTC'),
    charge_category         LowCardinality(String),
    charge_class            LowCardinality(Nullable(String)),
    resource_id             LowCardinality(String),
    app_id                  LowCardinality(String),
    team_id                 LowCardinality(String),
    cost_center             LowCardinality(String),
    environment             LowCardinality(String),
    lifecycle               LowCardinality(String),
    attribution_rule        LowCardinality(String),
    is_reconciled           Bool,
    is_estimated            Bool,
    meter                   LowCardinality(String),
    service_name            LowCardinality(String),
    service_category        LowCardinality(String),
    provider                LowCardinality(String),
    model                   LowCardinality(String),
    instance_type           LowCardinality(String),
    region                  LowCardinality(String),
    pricing_category        LowCardinality(String),
    pricing_status          LowCardinality(String),
    sku_id                  LowCardinality(String),
    sku_price_id            String,
    discount_rule_id        LowCardinality(String),
    markup_rule_id          LowCardinality(String),
    consumed_quantity       Decimal(38, 9),
    consumed_unit           LowCardinality(String),
    list_unit_price         Nullable(Decimal(38, 12)),
    pricing_block           UInt64,
    pricing_unit            LowCardinality(String),
    list_cost               Nullable(Decimal(76, 21)),
    effective_cost          Nullable(Decimal(76, 21)),
    billed_cost             Nullable(Decimal(76, 21)),
    billing_currency        LowCardinality(String),
    event_count             UInt64,
    event_digest            UInt128
)
ENGINE = MergeTree
PARTITION BY (charge_date, generation)
ORDER BY (team_id, app_id, meter, charge_period_start)
{durable};

-- The pointer: the newest generation of a day is the day's charges. inputs_digest is what it was rated from.
CREATE TABLE IF NOT EXISTS charge_generations
(
    charge_date             Date,
    generation              UInt64,
    events                  UInt64,
    inputs_digest           UInt128,
    rated_at                DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(generation)
ORDER BY charge_date
{durable};

CREATE VIEW IF NOT EXISTS charges AS
SELECT * FROM rated_charges
WHERE (charge_date, generation) IN (SELECT charge_date, max(generation) FROM charge_generations GROUP BY charge_date);
