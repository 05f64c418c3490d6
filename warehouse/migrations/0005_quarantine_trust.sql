-- Whether the source of a quarantined event had proved who it is: a replay must not trust it more than its arrival did.
ALTER TABLE quarantined_events ADD COLUMN IF NOT EXISTS is_authenticated Bool AFTER raw;

CREATE OR REPLACE VIEW quarantine AS
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
