"""What a credential proves about whoever sends with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

INGEST = "ingest"  # send events
COSTS = "costs"  # send platform costs: amounts of money
LEASES = "leases"  # give leases to resources
READ = "read"  # look an event up
ADMIT = "admit"  # ask whether things may be made: clusters and pipelines
QUERY = "query"  # read the store by SQL, through the gateway; query:TEAM only that team's rows
ADMIN = "admin"  # make and end keys, bring evidence
SCOPES = (INGEST, COSTS, LEASES, READ, ADMIT, QUERY, ADMIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A lease as the registry has it: in force in ``[valid_from, valid_to)``."""

    lease_id: str
    resource_id: str
    app_id: str
    valid_from: datetime
    valid_to: datetime
    is_revoked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who sends. ``source`` names them in every event; without ``app_ids`` they may report for any app."""

    source: str
    scopes: frozenset[str]
    app_ids: frozenset[str] = frozenset()
    lease: Lease | None = None
    is_authenticated: bool = True


ANONYMOUS = Caller(source="anonymous", scopes=frozenset({INGEST}), is_authenticated=False)
# Whoever can read the file beside the store owns the store anyway.
LOCAL = Caller(source="local", scopes=frozenset({LEASES, READ, ADMIT, QUERY, ADMIN}))
