-- What an app said at onboarding that it would use: expected calls and spend a month, in the store's currency.
CREATE TABLE IF NOT EXISTS app_declaration_records
(
    app_id              LowCardinality(String),
    expected_calls      Decimal(38, 9),
    expected_spend      Decimal(38, 9),
    valid_from          DateTime64(3, 'UTC'),
    valid_to            DateTime64(3, 'UTC'),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    recorded_by         String,
    evidence            String,
    CONSTRAINT half_open CHECK valid_from <= valid_to,
    CONSTRAINT declared CHECK expected_calls >= 0 AND expected_spend >= 0
)
ENGINE = MergeTree ORDER BY (app_id, valid_from, recorded_at)
{durable};

CREATE VIEW IF NOT EXISTS app_declarations AS SELECT * FROM app_declaration_records ORDER BY recorded_at DESC LIMIT 1 BY app_id, valid_from;

-- What speaks for whose a resource was: admissions, leases, deploys and commits, sessions, records of a control plane.
-- 'resource_id' may be a prefix (is_prefix): a name that the cluster completes. Nothing here owns anything by itself.
CREATE TABLE IF NOT EXISTS evidence_records
(
    evidence_id         String,
    kind                LowCardinality(String),
    resource_id         String,
    is_prefix           Bool,
    app_id              LowCardinality(String),
    team_id             LowCardinality(String),
    cost_center         LowCardinality(String),
    environment         LowCardinality(String),
    lifecycle           LowCardinality(String),
    created_by          String,
    starts_at           DateTime64(3, 'UTC'),
    ends_at             Nullable(DateTime64(3, 'UTC')),
    reconcile_by        Nullable(DateTime64(3, 'UTC')),
    reference           String,
    source              LowCardinality(String),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    CONSTRAINT kind CHECK kind IN ('admission', 'lease', 'deploy', 'commit', 'session', 'control_plane')
)
ENGINE = MergeTree ORDER BY (resource_id, starts_at, evidence_id, recorded_at)
{durable};

-- Of one evidence_id the row recorded last stands: a session that ended, a record that was completed.
CREATE VIEW IF NOT EXISTS evidence AS SELECT * FROM evidence_records ORDER BY recorded_at DESC LIMIT 1 BY evidence_id;

-- What people and rules said of usage that waits for an owner; the last word on a resource's piece of time stands.
CREATE TABLE IF NOT EXISTS reconciliation_words
(
    resource_id         String,
    starts_at           DateTime64(3, 'UTC'),
    ends_at             DateTime64(3, 'UTC'),
    word                LowCardinality(String),
    app_id              LowCardinality(String),
    team_id             LowCardinality(String),
    rule                LowCardinality(String),
    confidence          Decimal(9, 4),
    evidence_ids        Array(String),
    reason              String,
    said_at             DateTime64(6, 'UTC') DEFAULT now64(6),
    said_by             String,
    CONSTRAINT word CHECK word IN ('confirmed', 'undone', 'unresolved', 'accepted')
)
ENGINE = MergeTree ORDER BY (resource_id, starts_at, said_at)
{durable};
