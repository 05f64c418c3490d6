-- API keys, as a history: a key is in force in [valid_from, valid_to). The secret itself is kept nowhere.
CREATE TABLE IF NOT EXISTS api_key_records
(
    key_id              String,
    secret_digest       String,
    source              LowCardinality(String),
    scopes              String,
    app_ids             String,
    valid_from          DateTime64(3, 'UTC'),
    valid_to            DateTime64(3, 'UTC'),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    recorded_by         String,
    evidence            String,
    CONSTRAINT half_open CHECK valid_from <= valid_to
)
ENGINE = MergeTree ORDER BY (key_id, valid_from, recorded_at)
{durable};

CREATE VIEW IF NOT EXISTS api_keys AS SELECT * FROM api_key_records ORDER BY recorded_at DESC LIMIT 1 BY key_id, valid_from;

-- What the API answered to a request that carried an Idempotency-Key: the same request gets the same answer.
CREATE TABLE IF NOT EXISTS idempotency_records
(
    source              LowCardinality(String),
    idempotency_key     String,
    body_digest         String,
    status              UInt16,
    response            String,
    answered_at         DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(answered_at)
ORDER BY (source, idempotency_key)
TTL toDateTime(answered_at) + INTERVAL 2 DAY
{durable};

-- What the API refused and did not keep, counted by reason: with the batches, everything that was ever received.
-- events is 0 where a request was refused before its events could be told apart.
CREATE TABLE IF NOT EXISTS refusal_records
(
    at                  DateTime64(3, 'UTC'),
    source              LowCardinality(String),
    reason              LowCardinality(String),
    requests            UInt64,
    events              UInt64,
    example             String
)
ENGINE = MergeTree
ORDER BY (at, source, reason)
{durable};

CREATE VIEW IF NOT EXISTS refusals AS SELECT * FROM refusal_records;
