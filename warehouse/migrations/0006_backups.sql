-- Backups of this store, written before each is taken: so a backup carries what it holds, and a restore can count.
CREATE TABLE IF NOT EXISTS backup_records
(
    name                String,
    base                String,
    rows                Map(String, UInt64),
    state               LowCardinality(String),
    at                  DateTime64(3, 'UTC') DEFAULT now64(3),
    version             UInt8
)
ENGINE = ReplacingMergeTree(version)
ORDER BY name
{durable};

CREATE VIEW IF NOT EXISTS backups AS SELECT * FROM backup_records FINAL;
