"""From charges to the facts they were made of. The one place where a viewer's charges open tables without a team."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from queries.trace_charge_events import trace_charge_events
from queries.trace_platform_costs import trace_platform_costs
from ui.session import fetch, table
from warehouse import tables

_INPUTS = ("leases", "ownerships", "apps", "teams", "environments", "prices")


def usage_behind(**options: Any) -> pa.Table:
    """Return the usage events behind the viewer's charges.

    Only the charges are scoped: an event is attributed anew and kept if it belongs to one of them, team included.
    """
    inputs = [tables.table(name) for name in _INPUTS]
    return fetch(trace_charge_events(tables.table("usage"), table("charges"), *inputs, **options))


def platform_costs_behind(**options: Any) -> pa.Table:
    """Return the platform costs behind the viewer's charges, as reported."""
    return fetch(trace_platform_costs(tables.table("platform_costs"), table("charges"), **options))
