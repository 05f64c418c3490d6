"""From charges to the facts they were made of. The one place where a viewer's charges open tables without a team."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa

from config.rate_rules import RateRule
from jobs.rate import rate_rules_of
from queries.costed_events import costed_events
from queries.event_sums import event_sums
from queries.trace_platform_costs import trace_platform_costs
from ui.session import Everyones, ask, once, store

_INPUTS = tuple(map(Everyones, ("leases", "ownerships", "apps", "teams", "environments", "prices")))


def usage_behind(**options: Any) -> pa.Table:
    """Return the usage events behind the viewer's charges, each with its rules and costs.

    Only the charges are scoped: an event is attributed anew and kept if it belongs to one of them, team included.
    """
    return ask(costed_events, Everyones("usage"), "charges", *_INPUTS, rate_rules=_rate_rules(), **options)


def sums_behind(**options: Any) -> str:
    """Return in words what all usage events behind the viewer's charges add up to, and whether the charges say so."""
    asked = (Everyones("usage"), "charges", *_INPUTS)
    [sums] = ask(event_sums, *asked, rate_rules=_rate_rules(), **options).to_pylist()
    said = f"Effective cost of all {sums['events']:,} events {_plain(sums['of_events'])}"
    if not sums["difference"]:
        return f"{said} = their charges."
    charges = f"of their charges {_plain(sums['of_charges'])}"
    return f"{said}, {charges}: they differ by {_plain(sums['difference'])}, as each is cut at the 21st decimal."


def platform_costs_behind(**options: Any) -> pa.Table:
    """Return the platform costs behind the viewer's charges, as reported."""
    return ask(trace_platform_costs, Everyones("platform_costs"), "charges", **options)


def _rate_rules() -> tuple[RateRule, ...]:
    rules: tuple[RateRule, ...] = once("rate_rules", ("rate_rules",), lambda: rate_rules_of(store()))
    return rules


def _plain(cost: Decimal) -> str:
    digits = f"{cost:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
