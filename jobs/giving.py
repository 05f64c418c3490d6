"""Giving usage without an owner to apps: those that can be given, and of the others why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobs.moving import Move, moves
from metering.reconcile.decisions import Finding, confirm, unregistered
from warehouse.connect import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What became of findings: those given, the ownership rows recorded, and why the others were not."""

    moves: tuple[Move, ...]
    rows: int
    problems: tuple[str, ...]


def give(store: Store, findings: Sequence[Finding], *, by: str, reason: str = "") -> Given:
    """Give what can be given to its apps, all at once, and say of the rest why not."""
    with store.writing:
        unknown = unregistered(store, findings)
        strange = [
            f"{one.resource_id!r}: app {one.app_id!r} was not registered then: `farthing apps register`"
            for one in unknown
        ]
        asked = moves(store, [finding for finding in findings if finding not in unknown])
        possible = tuple(move for move in asked if not move.problem)
        rows = confirm(store, [move.finding for move in possible], by=by, reason=reason) if possible else 0
    return Given(moves=possible, rows=rows, problems=(*strange, *(move.problem for move in asked if move.problem)))
