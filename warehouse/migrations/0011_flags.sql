-- What a line (an app and a meter) cost in an hour beside what was expected of it, as it was scored. An hour is scored
-- once; when its charges change it is scored again, and the latest row stands. 'amount' is what was scored, exact.
CREATE TABLE IF NOT EXISTS scored_hours
(
    app_id              LowCardinality(String),
    meter               LowCardinality(String),
    time                DateTime64(3, 'UTC'),
    amount              Decimal(76, 21),
    expected            Decimal(38, 9),
    lower               Decimal(38, 9),
    upper               Decimal(38, 9),
    score               Float64,
    is_flagged          Bool,
    basis               LowCardinality(String),
    evidence            Map(LowCardinality(String), Float64),
    detector_version    LowCardinality(String),
    scored_at           DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ReplacingMergeTree(scored_at)
PARTITION BY toYYYYMM(time)
ORDER BY (app_id, meter, time)
{durable};

CREATE VIEW IF NOT EXISTS line_scores AS SELECT * FROM scored_hours FINAL;

-- What the detector found, appended whenever any of it changes: the latest row of a flag stands. Money is exact sums of
-- charges in [started_at, ended_at), or to scored_until while it runs, beside the expectation frozen at the start.
CREATE TABLE IF NOT EXISTS flag_findings
(
    flag_id             String,
    app_id              LowCardinality(String),
    team_id             LowCardinality(String),
    status              LowCardinality(String),
    kind                LowCardinality(String),
    basis               LowCardinality(String),
    started_at          DateTime64(3, 'UTC'),
    flagged_at          DateTime64(3, 'UTC'),
    ended_at            Nullable(DateTime64(3, 'UTC')),
    scored_until        DateTime64(3, 'UTC'),
    meters              Array(String),
    expected            Decimal(76, 21),
    actual              Decimal(76, 21),
    excess              Decimal(76, 21),
    projected_excess    Decimal(76, 21),
    peak_score          Float64,
    is_silent           Bool,
    evidence            Map(String, Float64),
    detector_version    LowCardinality(String),
    reason              LowCardinality(String),
    found_at            DateTime64(6, 'UTC') DEFAULT now64(6),
    CONSTRAINT status CHECK status IN ('running', 'over', 'withdrawn')
)
ENGINE = MergeTree ORDER BY (flag_id, found_at)
{durable};

-- What people made of a flag: taken up, or labeled. The latest decision stands; undoing is a decision too.
CREATE TABLE IF NOT EXISTS flag_decisions
(
    flag_id             String,
    state               LowCardinality(String),
    note                String,
    decided_by          String,
    decided_at          DateTime64(6, 'UTC') DEFAULT now64(6),
    CONSTRAINT state CHECK state IN ('open', 'acknowledged', 'confirmed', 'expected', 'dismissed')
)
ENGINE = MergeTree ORDER BY (flag_id, decided_at)
{durable};

CREATE VIEW IF NOT EXISTS flags AS
SELECT
    f.*,
    if(d.state = '', 'open', d.state) AS state,
    d.note AS note,
    d.decided_by AS decided_by,
    d.decided_at AS decided_at
FROM (SELECT * FROM flag_findings ORDER BY found_at DESC LIMIT 1 BY flag_id) AS f
LEFT JOIN (SELECT * FROM flag_decisions ORDER BY decided_at DESC LIMIT 1 BY flag_id) AS d USING (flag_id);

-- The expectation that a flag is measured against, hour by hour and line by line: frozen when the hour is first part of
-- the flag. Of one flag, meter and hour the row recorded last stands.
CREATE TABLE IF NOT EXISTS flag_baseline_records
(
    flag_id             String,
    app_id              LowCardinality(String),
    meter               LowCardinality(String),
    time                DateTime64(3, 'UTC'),
    expected            Decimal(38, 9),
    lower               Decimal(38, 9),
    upper               Decimal(38, 9),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = MergeTree ORDER BY (flag_id, meter, time, recorded_at)
{durable};

CREATE VIEW IF NOT EXISTS flag_baselines AS
SELECT * FROM flag_baseline_records ORDER BY recorded_at DESC LIMIT 1 BY flag_id, meter, time;

-- Whose flags are to be quiet until when. The latest row of an app stands; one that ends when it was recorded undoes it.
CREATE TABLE IF NOT EXISTS flag_mutes
(
    app_id              LowCardinality(String),
    muted_until         DateTime64(3, 'UTC'),
    note                String,
    muted_by            String,
    muted_at            DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = MergeTree ORDER BY (app_id, muted_at)
{durable};

CREATE VIEW IF NOT EXISTS mutes AS SELECT * FROM flag_mutes ORDER BY muted_at DESC LIMIT 1 BY app_id;

-- Every detector that was fitted, with what it measured, and whether it took over from the one before.
CREATE TABLE IF NOT EXISTS detector_versions
(
    version             String,
    trained_until       DateTime64(3, 'UTC'),
    labels              UInt64,
    metrics             Map(String, Float64),
    is_promoted         Bool,
    reason              String,
    made_at             DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = MergeTree ORDER BY (version, made_at)
{durable};

-- How loud detection is, as people set it. The latest row stands; before the first one the program's defaults do.
CREATE TABLE IF NOT EXISTS alert_budgets
(
    alerts_per_day      Float64,
    minimum_impact      Decimal(38, 9),
    set_by              String,
    set_at              DateTime64(6, 'UTC') DEFAULT now64(6),
    CONSTRAINT sensible CHECK alerts_per_day > 0 AND minimum_impact >= 0
)
ENGINE = MergeTree ORDER BY set_at
{durable};
