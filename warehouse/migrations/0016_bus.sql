-- How far the bus is read: for people to see the lag. What was read is known to the bus and, by identity, to the events.
CREATE TABLE IF NOT EXISTS bus_position_notes
(
    consumer_group      LowCardinality(String),
    topic               LowCardinality(String),
    partition           UInt32,
    next_offset         UInt64,
    end_offset          UInt64,
    noted_at            DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(noted_at) ORDER BY (consumer_group, topic, partition);

CREATE VIEW IF NOT EXISTS bus_positions AS SELECT * FROM bus_position_notes FINAL;
