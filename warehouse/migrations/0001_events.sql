-- Raw facts: what was reported, when it was received, never edited.
-- ReplacingMergeTree is the second wall against duplicates; the first is the door's check of identities.
CREATE TABLE IF NOT EXISTS usage_events
(
    source              LowCardinality(String),
    event_id            String,
    meter               LowCardinality(String),
    time                DateTime64(3, 'UTC'),
    received_at         DateTime64(3, 'UTC'),
    resource_id         LowCardinality(String),
    app_id              LowCardinality(String),
    environment         LowCardinality(String),
    lease_id            String,
    is_authenticated    Bool,
    quantity            Decimal(38, 9),
    sku_id              LowCardinality(String),
    provider            LowCardinality(String),
    model               LowCardinality(String),
    instance_type       LowCardinality(String),
    region              LowCardinality(String),
    is_spot             Bool,
    is_estimated        Bool,
    call_input_tokens   UInt64,
    event_digest        UInt128,
    batch_id            UUID,
    version             UInt64 MATERIALIZED bitNot(toUInt64(toUnixTimestamp64Milli(received_at))),
    INDEX event_id_bloom event_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(time)
ORDER BY (meter, resource_id, time, source, event_id)
{durable}, min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

CREATE VIEW IF NOT EXISTS usage AS SELECT * FROM usage_events FINAL;

CREATE TABLE IF NOT EXISTS lifecycle_events
(
    source              LowCardinality(String),
    event_id            String,
    time                DateTime64(3, 'UTC'),
    received_at         DateTime64(3, 'UTC'),
    resource_id         String,
    app_id              LowCardinality(String),
    environment         LowCardinality(String),
    lease_id            String,
    is_authenticated    Bool,
    action              LowCardinality(String),
    attributes          String,
    event_digest        UInt128,
    batch_id            UUID,
    version             UInt64 MATERIALIZED bitNot(toUInt64(toUnixTimestamp64Milli(received_at)))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(time)
ORDER BY (app_id, resource_id, time, source, event_id)
{durable};

CREATE VIEW IF NOT EXISTS lifecycle AS SELECT * FROM lifecycle_events FINAL;

CREATE TABLE IF NOT EXISTS request_events
(
    source              LowCardinality(String),
    event_id            String,
    time                DateTime64(3, 'UTC'),
    received_at         DateTime64(3, 'UTC'),
    resource_id         LowCardinality(String),
    app_id              LowCardinality(String),
    environment         LowCardinality(String),
    lease_id            String,
    is_authenticated    Bool,
    request_id          String,
    bytes_in            UInt64,
    bytes_out           UInt64,
    duration_ms         Decimal(18, 3),
    status              UInt16,
    event_digest        UInt128,
    batch_id            UUID,
    version             UInt64 MATERIALIZED bitNot(toUInt64(toUnixTimestamp64Milli(received_at)))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(time)
ORDER BY (resource_id, time, source, event_id)
{durable};

CREATE VIEW IF NOT EXISTS request_traces AS SELECT * FROM request_events FINAL;

CREATE TABLE IF NOT EXISTS alert_events
(
    source              LowCardinality(String),
    event_id            String,
    time                DateTime64(3, 'UTC'),
    received_at         DateTime64(3, 'UTC'),
    resource_id         String,
    app_id              LowCardinality(String),
    environment         LowCardinality(String),
    lease_id            String,
    is_authenticated    Bool,
    name                LowCardinality(String),
    severity            LowCardinality(String),
    starts_at           DateTime64(3, 'UTC'),
    ends_at             Nullable(DateTime64(3, 'UTC')),
    labels              String,
    event_digest        UInt128,
    batch_id            UUID,
    version             UInt64 MATERIALIZED bitNot(toUInt64(toUnixTimestamp64Milli(received_at)))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(time)
ORDER BY (app_id, time, source, event_id)
{durable};

CREATE VIEW IF NOT EXISTS alerts AS SELECT * FROM alert_events FINAL;

-- time is the start of the period the cost is for; amounts are as reported, in their own currency.
CREATE TABLE IF NOT EXISTS platform_cost_events
(
    source              LowCardinality(String),
    event_id            String,
    time                DateTime64(3, 'UTC'),
    received_at         DateTime64(3, 'UTC'),
    resource_id         String,
    app_id              LowCardinality(String),
    environment         LowCardinality(String),
    lease_id            String,
    is_authenticated    Bool,
    cost_type           LowCardinality(String),
    charge_category     LowCardinality(String),
    charge_period_end   DateTime64(3, 'UTC'),
    provider            LowCardinality(String),
    service_name        LowCardinality(String),
    region              LowCardinality(String),
    billing_currency    LowCardinality(String),
    list_cost           Decimal(76, 21),
    contracted_cost     Decimal(76, 21),
    effective_cost      Decimal(76, 21),
    billed_cost         Decimal(76, 21),
    attributes          String,
    event_digest        UInt128,
    batch_id            UUID,
    version             UInt64 MATERIALIZED bitNot(toUInt64(toUnixTimestamp64Milli(received_at)))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(time)
ORDER BY (provider, service_name, time, source, event_id)
{durable};

CREATE VIEW IF NOT EXISTS platform_costs AS SELECT * FROM platform_cost_events FINAL;

-- Every identity that was ever accepted, whatever its time stamp: (type, source, event_id, meter) -> payload.
-- The time is not part of the payload, so a re-stamped retry is a duplicate.
CREATE TABLE IF NOT EXISTS event_identities
(
    identity            UInt128,
    payload             UInt64,
    batch_id            UUID
)
ENGINE = MergeTree
ORDER BY identity
{durable}, index_granularity = 1024;

-- One row a state of a batch. A batch is acknowledged by its row 'stored'; any other batch is undone at start-up.
CREATE TABLE IF NOT EXISTS batch_states
(
    batch_id            UUID,
    event_type          LowCardinality(String),
    origin              String,
    state               LowCardinality(String),
    received            UInt64,
    accepted            UInt64,
    duplicates          UInt64,
    quarantined         UInt64,
    days                Map(Date, UInt64),
    at                  DateTime64(3, 'UTC') DEFAULT now64(3),
    version             UInt8
)
ENGINE = ReplacingMergeTree(version)
ORDER BY batch_id
{durable};

CREATE VIEW IF NOT EXISTS batches AS SELECT * FROM batch_states FINAL;

-- What could not be taken, as it came, with the reason. The same bad event is kept once however often it is sent.
CREATE TABLE IF NOT EXISTS quarantined_events
(
    quarantine_id       UInt128,
    event_type          LowCardinality(String),
    source              String,
    event_id            String,
    meter               LowCardinality(String),
    reason              LowCardinality(String),
    detail              String,
    raw                 String,
    received_at         DateTime64(3, 'UTC'),
    batch_id            UUID,
    version             UInt64 MATERIALIZED bitNot(toUInt64(toUnixTimestamp64Milli(received_at)))
)
ENGINE = ReplacingMergeTree(version)
ORDER BY quarantine_id
{durable};

-- What people did about it: replayed (with the outcome) or dismissed. Appended, latest stands.
CREATE TABLE IF NOT EXISTS quarantine_decisions
(
    quarantine_id       UInt128,
    decision            LowCardinality(String),
    detail              String,
    decided_by          String,
    decided_at          DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = MergeTree
ORDER BY (quarantine_id, decided_at)
{durable};

CREATE VIEW IF NOT EXISTS quarantine AS
SELECT
    q.*,
    d.decision AS decision,
    d.decided_by AS decided_by,
    d.decided_at AS decided_at
FROM (SELECT * FROM quarantined_events FINAL) AS q
LEFT JOIN
(
    SELECT
        quarantine_id,
        argMax(quarantine_decisions.decision, quarantine_decisions.decided_at) AS decision,
        argMax(quarantine_decisions.decided_by, quarantine_decisions.decided_at) AS decided_by,
        max(quarantine_decisions.decided_at) AS decided_at
    FROM quarantine_decisions
    GROUP BY quarantine_id
) AS d USING (quarantine_id);

-- The meter catalog as the engine sees it: rewritten from config at every start.
CREATE TABLE IF NOT EXISTS meter_units
(
    meter               LowCardinality(String),
    unit                LowCardinality(String),
    factor              Decimal(38, 12),
    sku_by              Array(String)
)
ENGINE = MergeTree
ORDER BY (meter, unit);
