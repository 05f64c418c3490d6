-- The same charges without the hour and the resource: what questions about days and longer read (engine: a month of
-- 10M events answers about ten times faster). Written with each generation, before its pointer flips.
CREATE TABLE IF NOT EXISTS rated_daily_charges AS rated_charges
ENGINE = MergeTree
PARTITION BY (charge_date, generation)
ORDER BY (team_id, app_id, meter, sku_id)
{durable};

CREATE VIEW IF NOT EXISTS daily_charges AS
SELECT * FROM rated_daily_charges
WHERE (charge_date, generation) IN (SELECT charge_date, max(generation) FROM charge_generations GROUP BY charge_date);
