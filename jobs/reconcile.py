"""The reconciliation job: sure evidence gives usage its owner, and what the window left over goes to finance."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from config.settings import settings
from jobs.giving import give
from jobs.suggesting import suggestions
from metering.reconcile.decisions import Finding, settle, words
from queries.pending_usage import pending_usage
from queries.still_waiting import still_waiting
from queries.waiting_hours import PENDING, UNRESOLVED
from warehouse.connect import Store
from warehouse.tables import table
from warehouse.versions import versions

SURE = Decimal("0.95")  # from here on a rule decides without a person
BY_RULE = "rule"
LOOK_AGAIN_SECONDS = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What a run did: usage that got an owner, and usage whose window is over."""

    confirmed: tuple[Finding, ...]
    unresolved: tuple[Finding, ...]


def reconcile(store: Store, *, now: datetime | None = None, sure: Decimal = SURE) -> Reconciled:
    """Confirm what is sure and nobody contradicts, and say what is unresolved. Running again changes nothing.

    What a person undid is not confirmed again by a rule.
    """
    asked: dict[str, Any] = {"as_of": now or datetime.now(UTC), "hours": settings().reconciliation_hours}
    with store.writing:
        said = words(store)
        undone = {(row["resource_id"], row["app_id"]) for row in said if row["word"] == "undone"}
        named = suggestions(store, **asked)
        confirmed = [
            finding
            for finding in (one.finding for one in named if one.state == PENDING and not one.rivals)
            if finding.confidence >= sure and (finding.resource_id, finding.app_id) not in undone
        ]
        # What names an app that nobody registered gives nothing.
        confirmed = [move.finding for move in give(store, confirmed, by=BY_RULE).moves]
        known = {(row["resource_id"], row["starts_at"]) for row in said if row["word"] in ("unresolved", "accepted")}
        waiting = still_waiting(table("charges"), table("reconciliation_words"))
        over = [row for row in store.rows(pending_usage(waiting, **asked)) if row["state"] == UNRESOLVED]
        unresolved = [
            _left(row) for row in over if (row["resource_id"], row["begins"]) not in known and row["resource_id"]
        ]
        if unresolved:
            settle(store, unresolved, "unresolved", by=BY_RULE)
    return Reconciled(confirmed=tuple(confirmed), unresolved=tuple(unresolved))


def _left(row: dict[str, Any]) -> Finding:
    return Finding(
        resource_id=row["resource_id"],
        app_id="",
        owned_from=row["begins"],
        owned_to=row["ends"],
        rule="window",
        confidence=Decimal(0),
    )


class ReconcileUsage:
    """The job: looks when charges, histories or evidence changed, and now and then because windows end."""

    def __init__(self) -> None:
        self._seen: tuple[str, ...] = ()
        self._looked_at = -math.inf

    def __call__(self, store: Store) -> str:
        """Return in words what was found."""
        now = versions(store)
        state = (now["charges"], now["histories"], now["evidence"])
        if state == self._seen and time.monotonic() - self._looked_at < LOOK_AGAIN_SECONDS:
            return "nothing to reconcile"
        found = reconcile(store)
        self._seen, self._looked_at = state, time.monotonic()
        if not found.confirmed and not found.unresolved:
            return "nothing to reconcile"
        return f"{len(found.confirmed)} owners found by rule, {len(found.unresolved)} pieces of usage went to finance"
