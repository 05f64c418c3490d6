"""Whose is it? The owner of every fact as of its own time."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from queries.claims import claims


def attributed(
    facts: ir.Table,
    leases: ir.Table,
    ownerships: ir.Table,
    owners: ir.Table,
    environments: ir.Table,
    *,
    default_cost_center: str,
) -> ir.Table:
    """Return ``facts`` with app_id, team_id, cost_center, environment, lifecycle, attribution_rule and is_reconciled.

    The first rule that answers at the fact's own time wins (domain: attribution): ``app_tag`` (registered, from an
    authenticated source), ``lease``, ``resource_owner``, ``environment``, ``default``. ``owners`` is ``app_owners``.
    Grain: one row per fact, none lost, none twice. Intervals are half-open.
    """
    known = claims(facts, leases, ownerships, owners, environments)
    rule = ibis.cases(
        (known.is_tag, "app_tag"),
        (known.is_lease, "lease"),
        (known.is_owner, "resource_owner"),
        (known.is_environment, "environment"),
        else_="default",
    )
    cost_center = ibis.ifelse(known.is_environment, known.environment_cost_center, _owner(known, "cost_center"))
    owned = known.mutate(
        attribution_rule=rule,
        app_id=ibis.ifelse(known.is_tag, known.claimed_app_id, known.indirect_app_id),
        team_id=_owner(known, "team_id"),
        cost_center=ibis.ifelse(cost_center != "", cost_center, default_cost_center),
        environment=ibis.ifelse(
            known.claimed_environment != "", known.claimed_environment, _owner(known, "environment")
        ),
        lifecycle=_owner(known, "lifecycle"),
        is_reconciled=known.is_owner & (known.owner_evidence != ""),
    )
    added = ("app_id", "team_id", "cost_center", "environment", "lifecycle", "attribution_rule", "is_reconciled")
    return owned.select(*facts.drop("app_id", "environment").columns, *added)


def _owner(known: ir.Table, name: str) -> ir.StringValue:
    """What the registry says of the app; where it says nothing, what the ownership row itself says."""
    by_app, by_owner = known[f"app_{name}"], known[f"owner_{name}"]
    return ibis.cases(
        (known.is_tag, known[f"tag_{name}"]),
        (known.app_found & (known.indirect_app_id != "") & (by_app != ""), by_app),
        (known.is_owner, by_owner),
        else_="",
    )
