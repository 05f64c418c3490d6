"""Which rule answers for each fact? What its tag, its lease, its resource and its environment say at its own time."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from queries.as_of import as_of

OWNER = ("team_id", "cost_center", "environment", "lifecycle")
TAG, LEASE, RESOURCE, ENVIRONMENT, DEFAULT = "app_tag", "lease", "resource_owner", "environment", "default"


def claims(
    facts: ir.Table,
    leases: ir.Table | None,
    ownerships: ir.Table | None,
    owners: ir.Table | None,
    environments: ir.Table | None,
) -> ir.Table:
    """Return facts with attribution_rule, the first rule that answers, and what each of the sources says.

    ``tag_*`` is the registry by the claimed app, ``app_*`` the registry by the app that a lease or an ownership names
    (``indirect_app_id``), ``owner_*`` the ownership row itself, ``environment_*`` the environment's override. None
    stands for an empty history.

    Grain: one row per fact.
    """
    claimed = facts.rename(claimed_app_id="app_id", claimed_environment="environment")
    known = claimed
    asked = (
        (owners, "tag", {"claimed_app_id": "app_id"}, OWNER),
        (leases, "lease", {"lease_id": "lease_id"}, ("resource_id", "app_id")),
        (ownerships, "owner", {"resource_id": "resource_id"}, ("app_id", *OWNER, "evidence")),
        (environments, "environment", {"claimed_environment": "environment"}, ("cost_center",)),
    )
    for history, prefix, on, says in sorted(asked, key=lambda one: one[0] is None):  # joins in a row are one step
        known = as_of(known, history, prefix, on=on, says=says)

    # A key of '' is no key: two rows that both lack a lease do not share one.
    is_tag = known.tag_found & known.is_authenticated & (known.claimed_app_id != "")
    # A lease id is no secret: it counts from an authenticated source, for the resource it was given to.
    is_leased = known.resource_id.isin(["", known.lease_resource_id]) | (known.lease_resource_id == "")
    is_lease = known.lease_found & known.is_authenticated & (known.lease_id != "") & is_leased
    is_owner = known.owner_found & (known.resource_id != "")
    is_environment = known.environment_found & (known.claimed_environment != "")
    known = known.select(
        *claimed.columns,
        *(f"{source}_{name}" for source in ("tag", "owner") for name in OWNER),
        *("owner_evidence", "environment_cost_center"),
        attribution_rule=ibis.cases(
            (is_tag, TAG), (is_lease, LEASE), (is_owner, RESOURCE), (is_environment, ENVIRONMENT), else_=DEFAULT
        ),
        indirect_app_id=ibis.cases(
            (is_tag, ""), (is_lease, known.lease_app_id), (is_owner, known.owner_app_id), else_=""
        ),
    )
    return as_of(known, owners, "app", on={"indirect_app_id": "app_id"}, says=OWNER)
