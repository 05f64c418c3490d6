-- The time of a batch's latest accepted event: how fresh a source is, without reading its events.
ALTER TABLE batch_states ADD COLUMN IF NOT EXISTS last_event_time Nullable(DateTime64(3, 'UTC')) AFTER days;

CREATE OR REPLACE VIEW batches AS SELECT * FROM batch_states FINAL;
