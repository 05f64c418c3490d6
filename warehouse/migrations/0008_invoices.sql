-- What a cost center pays apart from usage. A fee is 'amount' an app and month; an allowance is 'quantity' canonical
-- units of a meter an app and month that cost nothing; tiers give steps[i] more discount on what exceeds thresholds[i]
-- (0.10 and 0.05: 10 %, then 15 %). 'parallel' is no line: what the old way charges a month, beside a center in shadow.
CREATE TABLE IF NOT EXISTS tariff_records
(
    tariff_id           LowCardinality(String),
    kind                LowCardinality(String),
    cost_center         LowCardinality(String),
    app_id              LowCardinality(String),
    meter               LowCardinality(String),
    amount              Decimal(38, 12),
    quantity            Decimal(38, 9),
    thresholds          Array(Decimal(38, 9)),
    steps               Array(Decimal(18, 9)),
    footnote            String,
    valid_from          DateTime64(3, 'UTC'),
    valid_to            DateTime64(3, 'UTC'),
    recorded_at         DateTime64(6, 'UTC') DEFAULT now64(6),
    recorded_by         String,
    evidence            String,
    CONSTRAINT half_open CHECK valid_from <= valid_to,
    CONSTRAINT kind CHECK kind IN ('fee', 'allowance', 'tier', 'parallel')
)
ENGINE = MergeTree ORDER BY (tariff_id, valid_from, recorded_at)
{durable};

CREATE VIEW IF NOT EXISTS tariffs AS SELECT * FROM tariff_records ORDER BY recorded_at DESC LIMIT 1 BY tariff_id, valid_from;

-- A closing freezes a month: its row here is written last and makes the pins and lines that name it count.
-- A crash before leaves rows of a closing that never was, which no view shows.
CREATE TABLE IF NOT EXISTS closings
(
    closing_id          UUID,
    billing_period      Date,
    currency            LowCardinality(String),
    checklist           String,
    reason              String,
    closed_at           DateTime64(6, 'UTC'),
    closed_by           String
)
ENGINE = MergeTree ORDER BY (billing_period, closed_at)
{durable};

-- Which generation of each day is billed: 'close' for the days of the month, 'corrected' for days of earlier months whose
-- later generation the month corrects to. The latest row of a day stands; generation 0 is a day without charges.
CREATE TABLE IF NOT EXISTS pinned_generations
(
    closing_id          UUID,
    billing_period      Date,
    charge_date         Date,
    generation          UInt64,
    kind                LowCardinality(String),
    closed_at           DateTime64(6, 'UTC'),
    closed_by           String
)
ENGINE = MergeTree ORDER BY (charge_date, closed_at)
{durable};

CREATE VIEW IF NOT EXISTS period_closings AS
SELECT * FROM pinned_generations WHERE closing_id IN (SELECT closing_id FROM closings);

-- The lines of closed months, exact, as they were when the month was closed; corrections name the month they correct.
CREATE TABLE IF NOT EXISTS billed_lines
(
    closing_id                   UUID,
    billing_period               Date,
    invoice_id                   String,
    line_id                      String,
    line_key                     String,
    charge_class                 LowCardinality(Nullable(String)),
    corrects_period              Nullable(Date),
    line_kind                    LowCardinality(String),
    cost_center                  LowCardinality(String),
    team_id                      LowCardinality(String),
    app_id                       LowCardinality(String),
    environment                  LowCardinality(String),
    sku_id                       LowCardinality(String),
    meter                        LowCardinality(String),
    service_name                 LowCardinality(String),
    sku_price_id                 String,
    list_unit_price              Nullable(Decimal(38, 12)),
    pricing_block                UInt64,
    pricing_unit                 LowCardinality(String),
    discount_rule_id             LowCardinality(String),
    markup_rule_id               LowCardinality(String),
    attribution_rule_is_default  Bool,
    allocation_rule_id           LowCardinality(String),
    allocation_method            LowCardinality(String),
    unit                         LowCardinality(String),
    quantity                     Decimal(38, 9),
    list_cost                    Decimal(76, 21),
    effective_cost               Decimal(76, 21),
    amount                       Decimal(76, 21),
    event_count                  Int64,
    event_digest                 UInt128
)
ENGINE = MergeTree
PARTITION BY billing_period
ORDER BY (cost_center, line_id)
{durable};

CREATE VIEW IF NOT EXISTS invoice_lines AS
SELECT * FROM billed_lines WHERE closing_id IN (SELECT closing_id FROM closings);

-- Issued invoices, for ever: the document is what was sent, byte for byte.
CREATE TABLE IF NOT EXISTS issued_invoices
(
    invoice_id          String,
    number              String,
    cost_center         LowCardinality(String),
    billing_period      Date,
    mode                LowCardinality(String),
    currency            LowCardinality(String),
    total               Decimal(38, 2),
    exact_total         Decimal(76, 21),
    document            String,
    document_digest     String,
    issued_at           DateTime64(6, 'UTC'),
    issued_by           String
)
ENGINE = MergeTree ORDER BY (billing_period, cost_center, issued_at)
{durable};

-- Of two for one month and cost center (which nobody should have written) the first stands.
CREATE VIEW IF NOT EXISTS invoices AS SELECT * FROM issued_invoices ORDER BY issued_at LIMIT 1 BY billing_period, cost_center;
