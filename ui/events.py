"""From charges to the facts they were made of. The one place where a viewer's charges open tables without a team."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from config.rate_rules import RateRule
from jobs.asked_charges import answer_about
from jobs.behind import changes_behind, costs_behind, usage_behind
from jobs.rate import rate_rules_of
from ui.session import once, once_for_viewer, spelled, store, table
from warehouse.known import known_sql

_READ = ("charges", "usage", "prices")  # of each kind one: when none changed, neither did what is behind charges


def usage_of(**asked: Any) -> pa.Table:
    """Return the usage events behind the viewer's charges, each with its rules and costs; see ``usage_behind``.

    Only the charges are scoped: an event is attributed anew and kept if it belongs to one of them, team included.
    """
    return _found(usage_behind, asked)


def costs_of(**asked: Any) -> pa.Table:
    """Return the platform costs behind the viewer's charges, as reported."""
    return _found(costs_behind, asked)


def changes_of(**asked: Any) -> pa.Table:
    """Return the events that make the viewer's charges another amount than they had been billed before."""
    return _found(changes_behind, asked)


def charges_say(question: Callable[..., ir.Table], **asked: Any) -> pa.Table:
    """Return what a question about traced charges says of the viewer's; see ``answer_about``."""
    name = f"{question.__name__}|{spelled(asked)}"
    read = ("charges", "invoices")
    found: pa.Table = once_for_viewer(name, read, lambda: answer_about(store(), question, rows=table, **asked))
    return found


def sums_of(usage: pa.Table, charged: Decimal | None, *, currency: str = "") -> str:
    """Return in words what all usage events behind charges add up to, and whether the charges say so.

    The ``currency`` is said where all of them are in one.
    """
    if not usage.num_rows:
        return ""
    events, found, charged = usage["all_events"][0].as_py(), usage["all_effective_cost"][0].as_py(), charged or 0
    unit = f" {currency}" if currency else ""
    said = f"Effective cost of all {events:,} events {_plain(found)}{unit}"
    if found == charged:
        return f"{said} = their charges."
    return f"{said}, of their charges {_plain(charged)}{unit}: they differ by {_plain(found - charged)}{unit}."


def rate_rules(at: datetime | None = None) -> tuple[RateRule, ...]:
    """Return the discount and markup rules, as they were known at a moment."""
    held = known_sql("rate_rules", at) if at else "rate_rules"
    rules: tuple[RateRule, ...] = once(f"rate_rules/{at}", ("rate_rules",), lambda: rate_rules_of(store(), held))
    return rules


def _found(behind: Callable[..., pa.Table], asked: dict[str, Any]) -> pa.Table:
    name = f"{behind.__name__}|{spelled(asked)}"
    found: pa.Table = once_for_viewer(name, _READ, lambda: behind(store(), rows=table, **asked))
    return found


def _plain(cost: Decimal) -> str:
    digits = f"{cost:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
