-- Rules that wait for a second person, because cost centers pay what they split. What was said of a proposal is appended;
-- the last word stands.
CREATE TABLE IF NOT EXISTS allocation_proposal_words
(
    proposal_id         String,
    word                LowCardinality(String),
    cost_types          Array(String),
    method              String,
    from_date           Date,
    footnote            String,
    owner               String,
    reason              String,
    said_at             DateTime64(6, 'UTC') DEFAULT now64(6),
    said_by             String,
    CONSTRAINT word CHECK word IN ('proposed', 'adopted', 'rejected', 'withdrawn')
)
ENGINE = MergeTree ORDER BY (proposal_id, said_at)
{durable};

CREATE VIEW IF NOT EXISTS allocation_proposals AS
SELECT
    proposal_id,
    argMax(word, at) AS state,
    argMin(cost_types, at) AS cost_types,
    argMin(method, at) AS method,
    argMin(from_date, at) AS from_date,
    argMin(footnote, at) AS footnote,
    argMin(owner, at) AS owner,
    argMin(said_by, at) AS proposed_by,
    min(at) AS proposed_at,
    if(state = 'proposed', '', argMax(said_by, at)) AS decided_by,
    if(state = 'proposed', NULL, max(at)) AS decided_at,
    argMax(reason, at) AS reason
FROM (SELECT *, said_at AS at FROM allocation_proposal_words)
GROUP BY proposal_id;
