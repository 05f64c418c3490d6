"""Has anything changed? Short texts that differ when facts, histories, or what was made of them differ."""

from __future__ import annotations

from warehouse.connect import Store

HISTORIES = (
    *("ownership", "app", "team", "cost_center", "lease", "environment", "price"),
    *("rate_rule", "allocation_rule", "tariff", "app_declaration", "commitment"),
)

_RECORDS = " UNION ALL ".join(
    f"SELECT count() AS records, max(recorded_at) AS at FROM {name}_records" for name in HISTORIES
)
_VERSIONS = f"""
SELECT
    (SELECT toString(max(generation)) FROM charge_generations) AS charges,
    (SELECT concat(toString(count()), '@', toString(max(at))) FROM batch_states) AS events,
    (SELECT concat(toString(count()), '@', toString(max(decided_at))) FROM quarantine_decisions) AS decisions,
    (SELECT concat(toString(sum(records)), '@', toString(max(at))) FROM ({_RECORDS})) AS histories,
    concat((SELECT toString(max(closed_at)) FROM closings), '@', (SELECT toString(count()) FROM issued_invoices))
        AS invoices,
    (SELECT concat(toString(count()), '@', toString(max(said_at))) FROM allocation_proposal_words) AS proposals,
    (SELECT concat(toString(count()), '@', toString(max(recorded_at))) FROM evidence_records) AS evidence,
    (SELECT concat(toString(count()), '@', toString(max(said_at))) FROM reconciliation_words) AS reconciliation,
    (SELECT toString(max(noted_at)) FROM bus_position_notes) AS bus,
    (SELECT concat(toString(count()), '@', toString(max(at))) FROM refusal_records) AS refusals,
    (SELECT toString(max(at)) FROM
        (
            SELECT max(found_at) AS at FROM flag_findings UNION ALL SELECT max(decided_at) FROM flag_decisions
            UNION ALL SELECT max(muted_at) FROM flag_mutes UNION ALL SELECT max(scored_at) FROM scored_hours
            UNION ALL SELECT max(made_at) FROM detector_versions UNION ALL SELECT max(set_at) FROM alert_budgets
        )) AS flags
"""


def versions(store: Store) -> dict[str, str]:
    """Return the versions of what questions read: charges, events, histories, invoices, flags, refusals and others.

    Equal versions, equal answers: a batch, a decision, a record and a generation are only ever appended. (The engine
    may merge states of a batch, which makes a version differ without need.)
    """
    return store.rows(_VERSIONS)[0]
