"""From charges to the facts they were made of. The one place where a viewer's charges open tables without a team."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from queries.trace_charge_events import trace_charge_events
from queries.trace_platform_costs import trace_platform_costs
from ui.session import Everyones, ask

_INPUTS = tuple(map(Everyones, ("leases", "ownerships", "apps", "teams", "environments", "prices")))


def usage_behind(**options: Any) -> pa.Table:
    """Return the usage events behind the viewer's charges.

    Only the charges are scoped: an event is attributed anew and kept if it belongs to one of them, team included.
    """
    return ask(trace_charge_events, Everyones("usage"), "charges", *_INPUTS, **options)


def platform_costs_behind(**options: Any) -> pa.Table:
    """Return the platform costs behind the viewer's charges, as reported."""
    return ask(trace_platform_costs, Everyones("platform_costs"), "charges", **options)
