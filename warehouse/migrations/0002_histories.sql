-- Histories: half-open [valid_from, valid_to). Rows are appended, never updated: for one key and valid_from the row
-- recorded last stands; valid_to = valid_from withdraws it. Current rows never overlap (refused at write).
CREATE TABLE IF NOT EXISTS ownership_records
(
    resource_id         LowCardinality(String),
    app_id              LowCardinality(String),
    team_id             LowCardinality(String),
    cost_center         LowCardinality(String),
    environment         LowCardinality(String),
    lifecycle           LowCardinality(String),
    valid_from          DateTime64(3, 'UTC'),
    valid_to            DateTime64(3, 'UTC'),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    recorded_by         String,
    evidence            String,
    CONSTRAINT half_open CHECK valid_from <= valid_to
)
ENGINE = MergeTree ORDER BY (resource_id, valid_from, recorded_at)
{durable};

CREATE TABLE IF NOT EXISTS app_records
(
    app_id              LowCardinality(String),
    app_name            String,
    team_id             LowCardinality(String),
    cost_center         LowCardinality(String),
    environment         LowCardinality(String),
    lifecycle           LowCardinality(String),
    created_by          String,
    valid_from          DateTime64(3, 'UTC'),
    valid_to            DateTime64(3, 'UTC'),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    recorded_by         String,
    evidence            String,
    CONSTRAINT half_open CHECK valid_from <= valid_to
)
ENGINE = MergeTree ORDER BY (app_id, valid_from, recorded_at)
{durable};

CREATE TABLE IF NOT EXISTS team_records
(
    team_id             LowCardinality(String),
    team_name           String,
    cost_center         LowCardinality(String),
    valid_from          DateTime64(3, 'UTC'),
    valid_to            DateTime64(3, 'UTC'),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    recorded_by         String,
    evidence            String,
    CONSTRAINT half_open CHECK valid_from <= valid_to
)
ENGINE = MergeTree ORDER BY (team_id, valid_from, recorded_at)
{durable};

CREATE TABLE IF NOT EXISTS cost_center_records
(
    cost_center         LowCardinality(String),
    cost_center_name    String,
    mode                LowCardinality(String),
    valid_from          DateTime64(3, 'UTC'),
    valid_to            DateTime64(3, 'UTC'),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    recorded_by         String,
    evidence            String,
    CONSTRAINT half_open CHECK valid_from <= valid_to
)
ENGINE = MergeTree ORDER BY (cost_center, valid_from, recorded_at)
{durable};

CREATE TABLE IF NOT EXISTS lease_records
(
    lease_id            String,
    resource_id         LowCardinality(String),
    app_id              LowCardinality(String),
    valid_from          DateTime64(3, 'UTC'),
    valid_to            DateTime64(3, 'UTC'),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    recorded_by         String,
    evidence            String,
    CONSTRAINT half_open CHECK valid_from <= valid_to
)
ENGINE = MergeTree ORDER BY (lease_id, valid_from, recorded_at)
{durable};

CREATE TABLE IF NOT EXISTS environment_records
(
    environment         LowCardinality(String),
    cost_center         LowCardinality(String),
    valid_from          DateTime64(3, 'UTC'),
    valid_to            DateTime64(3, 'UTC'),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    recorded_by         String,
    evidence            String,
    CONSTRAINT half_open CHECK valid_from <= valid_to
)
ENGINE = MergeTree ORDER BY (environment, valid_from, recorded_at)
{durable};

-- list_unit_price is USD (the store's currency) for pricing_block canonical units: 2.50 for 1000000 Tokens.
-- A call whose input reaches tier_starts[i] (tokens, exclusive) is priced at tier_unit_prices[i].
CREATE TABLE IF NOT EXISTS price_records
(
    sku_id              LowCardinality(String),
    sku_price_id        String,
    list_unit_price     Decimal(38, 12),
    tier_starts         Array(UInt64),
    tier_unit_prices    Array(Decimal(38, 12)),
    pricing_block       UInt64,
    pricing_unit        LowCardinality(String),
    valid_from          DateTime64(3, 'UTC'),
    valid_to            DateTime64(3, 'UTC'),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    recorded_by         String,
    evidence            String,
    CONSTRAINT half_open CHECK valid_from <= valid_to,
    CONSTRAINT block CHECK pricing_block > 0
)
ENGINE = MergeTree ORDER BY (sku_id, valid_from, recorded_at)
{durable};

-- effective cost = list cost x (1 - rate) for kind 'discount'; billed cost = effective cost x (1 + rate) for 'markup'.
-- A rule applies where every non-empty scope column matches; of several of one kind the first by rule_id stands.
CREATE TABLE IF NOT EXISTS rate_rule_records
(
    rule_id             LowCardinality(String),
    kind                LowCardinality(String),
    rate                Decimal(18, 9),
    lifecycle           LowCardinality(String),
    pricing_category    LowCardinality(String),
    meter               LowCardinality(String),
    cost_center         LowCardinality(String),
    app_id              LowCardinality(String),
    valid_from          DateTime64(3, 'UTC'),
    valid_to            DateTime64(3, 'UTC'),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    recorded_by         String,
    evidence            String,
    CONSTRAINT half_open CHECK valid_from <= valid_to,
    CONSTRAINT kind CHECK kind IN ('discount', 'markup')
)
ENGINE = MergeTree ORDER BY (rule_id, valid_from, recorded_at)
{durable};

CREATE VIEW IF NOT EXISTS ownerships AS SELECT * FROM ownership_records ORDER BY recorded_at DESC LIMIT 1 BY resource_id, valid_from;
CREATE VIEW IF NOT EXISTS apps AS SELECT * FROM app_records ORDER BY recorded_at DESC LIMIT 1 BY app_id, valid_from;
CREATE VIEW IF NOT EXISTS teams AS SELECT * FROM team_records ORDER BY recorded_at DESC LIMIT 1 BY team_id, valid_from;
CREATE VIEW IF NOT EXISTS cost_centers AS SELECT * FROM cost_center_records ORDER BY recorded_at DESC LIMIT 1 BY cost_center, valid_from;
CREATE VIEW IF NOT EXISTS leases AS SELECT * FROM lease_records ORDER BY recorded_at DESC LIMIT 1 BY lease_id, valid_from;
CREATE VIEW IF NOT EXISTS environments AS SELECT * FROM environment_records ORDER BY recorded_at DESC LIMIT 1 BY environment, valid_from;
CREATE VIEW IF NOT EXISTS prices AS SELECT * FROM price_records ORDER BY recorded_at DESC LIMIT 1 BY sku_id, valid_from;
CREATE VIEW IF NOT EXISTS rate_rules AS SELECT * FROM rate_rule_records ORDER BY recorded_at DESC LIMIT 1 BY rule_id, valid_from;
