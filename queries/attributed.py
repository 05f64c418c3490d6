"""Whose is it? The owner of every fact as of its own time."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from queries.claims import ENVIRONMENT, OWNER, RESOURCE, TAG, claims


def attributed(
    facts: ir.Table,
    leases: ir.Table | None,
    ownerships: ir.Table | None,
    owners: ir.Table | None,
    environments: ir.Table | None,
    *,
    default_cost_center: str,
) -> ir.Table:
    """Return ``facts`` with app_id, team_id, cost_center, environment, lifecycle, attribution_rule and is_reconciled.

    The first rule that answers at the fact's own time wins (domain: attribution): ``app_tag`` (registered, from an
    authenticated source), ``lease``, ``resource_owner``, ``environment``, ``default``. ``owners`` is ``app_owners``.
    None stands for a history without any row (``as_of``).
    Grain: one row per fact, none lost, none twice. Intervals are half-open.
    """
    known = claims(facts, leases, ownerships, owners, environments)
    own = {name: _owner(known, name) for name in OWNER}
    booked = ibis.ifelse(known.attribution_rule == ENVIRONMENT, known.environment_cost_center, own["cost_center"])
    owned = known.mutate(
        app_id=ibis.ifelse(known.attribution_rule == TAG, known.claimed_app_id, known.indirect_app_id),
        team_id=own["team_id"],
        cost_center=ibis.coalesce(booked.nullif(""), default_cost_center),
        environment=ibis.coalesce(known.claimed_environment.nullif(""), own["environment"]),
        lifecycle=own["lifecycle"],
        is_reconciled=(known.attribution_rule == RESOURCE) & (known.owner_evidence != ""),
    )
    added = ("app_id", "team_id", "cost_center", "environment", "lifecycle", "attribution_rule", "is_reconciled")
    return owned.select(*facts.drop("app_id", "environment").columns, *added)


def _owner(known: ir.Table, name: str) -> ir.StringValue:
    """What the registry says of the app; where it says nothing, what the ownership row itself says."""
    by_app, by_owner = known[f"app_{name}"], known[f"owner_{name}"]
    return ibis.cases(
        (known.attribution_rule == TAG, known[f"tag_{name}"]),
        (known.app_found & (known.indirect_app_id != "") & (by_app != ""), by_app),
        (known.attribution_rule == RESOURCE, by_owner),
        else_="",
    )
