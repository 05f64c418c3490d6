"""Which rules could answer for each fact? What its tag, its lease and its resource say at its own time."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from queries.as_of import as_of

OWNER = ("team_id", "cost_center", "environment", "lifecycle")


def claims(
    facts: ir.Table, leases: ir.Table, ownerships: ir.Table, owners: ir.Table, environments: ir.Table
) -> ir.Table:
    """Return facts with is_tag, is_lease, is_owner and is_environment, and what each of them says.

    ``tag_*`` is the registry by the claimed app, ``app_*`` the registry by the app that a lease or an ownership names
    (``indirect_app_id``), ``owner_*`` the ownership row itself, ``environment_*`` the environment's override. Of tag,
    lease and owner at most one is set: the first that answers. Grain: one row per fact.
    """
    known = facts.rename(claimed_app_id="app_id", claimed_environment="environment")
    known = as_of(known, owners, "tag", on={"claimed_app_id": "app_id"}, says=OWNER)
    known = as_of(known, leases, "lease", on={"lease_id": "lease_id"}, says=("resource_id", "app_id"))
    known = as_of(known, ownerships, "owner", on={"resource_id": "resource_id"}, says=("app_id", *OWNER, "evidence"))

    # A key of '' is no key: two rows that both lack a lease do not share one.
    is_tag = known.is_authenticated & known.tag_found & (known.claimed_app_id != "")
    # A lease id is no secret: it counts from an authenticated source, for the resource it was given to.
    is_leased = (
        (known.resource_id == "") | (known.lease_resource_id == "") | (known.resource_id == known.lease_resource_id)
    )
    is_lease = ~is_tag & known.is_authenticated & known.lease_found & (known.lease_id != "") & is_leased
    is_owner = ~is_tag & ~is_lease & known.owner_found & (known.resource_id != "")
    known = known.mutate(
        is_tag=is_tag,
        is_lease=is_lease,
        is_owner=is_owner,
        indirect_app_id=ibis.cases((is_lease, known.lease_app_id), (is_owner, known.owner_app_id), else_=""),
    )
    known = as_of(known, owners, "app", on={"indirect_app_id": "app_id"}, says=OWNER)
    known = as_of(known, environments, "environment", on={"claimed_environment": "environment"}, says=("cost_center",))
    is_environment = known.environment_found & (known.claimed_environment != "")
    return known.mutate(is_environment=~is_tag & ~is_lease & ~is_owner & is_environment)
