"""Owners found for usage that came without one: confirmed by a rule or a person, undone by a new row, never edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from warehouse.connect import Store
from warehouse.histories import record

_EVIDENCE = "reconciled by "  # how the evidence of ownership that was found here begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An owner for a resource in ``[owned_from, owned_to)``, by which rule, and how sure that is."""

    resource_id: str
    app_id: str
    owned_from: datetime
    owned_to: datetime
    rule: str
    confidence: Decimal
    reference: str = ""


def confirm(store: Store, findings: Sequence[Finding], *, by: str, reason: str = "") -> int:
    """Make the findings ownership, all or none, and return the rows appended.

    Where the resource has an owner already, that owner stays: only the rest is recorded. The hours touched are rated
    again by the next rating, and their charges say ``reconciled``.

    Raises:
        KeyError: an app was not registered at that time.
        ValueError: a resource has no name, or two findings of one resource overlap.

    """
    with store.writing:
        _require_apps(store, findings)
        pieces = list(zip(findings, free(store, findings), strict=True))
        rows = [
            {
                "resource_id": finding.resource_id,
                "app_id": finding.app_id,
                "valid_from": begins,
                "valid_to": ends,
                "evidence": f"{_EVIDENCE}{finding.rule}: {finding.reference or reason or 'confirmed'}",
            }
            for finding, parts in pieces
            for begins, ends in parts
        ]
        recorded = record(store, "ownerships", rows, by=by) if rows else 0
        _say(store, "confirmed", [finding for finding, parts in pieces if parts], by=by, reason=reason)
    return recorded


def undo(store: Store, resource_id: str, starts_at: datetime, *, by: str, reason: str) -> int:
    """Withdraw what was confirmed for a resource from ``starts_at`` on, and return the rows appended.

    Raises:
        KeyError: nothing was confirmed there, or it is undone already.

    """
    with store.writing:
        standing = [one for one in words(store, resource_id) if one["starts_at"] == starts_at]
        if not standing or standing[0]["word"] != "confirmed":
            raise KeyError(f"nothing confirmed stands for {resource_id!r} from {starts_at.isoformat()}")
        said = standing[0]
        rows = store.rows(
            "SELECT * EXCEPT (recorded_at, recorded_by) FROM ownerships WHERE resource_id = {resource:String} "
            "AND valid_from < valid_to AND startsWith(evidence, 'reconciled by ') "
            "AND app_id = {app:String} AND valid_from >= {begins:DateTime64(3)} AND valid_to <= {ends:DateTime64(3)}",
            {
                "resource": resource_id,
                "app": said["app_id"],
                "begins": _text(starts_at),
                "ends": _text(said["ends_at"]),
            },
        )
        withdrawn = [{**row, "valid_to": row["valid_from"], "evidence": f"undone: {reason}"} for row in rows]
        recorded = record(store, "ownerships", withdrawn, by=by) if withdrawn else 0
        _say(store, "undone", [_finding(said)], by=by, reason=reason)
    return recorded


def free(store: Store, findings: Sequence[Finding]) -> list[list[tuple[datetime, datetime]]]:
    """Return the parts of each finding's time in which nobody owns the resource, in order.

    Raises:
        ValueError: a resource has no name.

    """
    held = _owned(store, [finding.resource_id for finding in findings])
    return [_free(finding, held.get(finding.resource_id, [])) for finding in findings]


def settle(store: Store, findings: Sequence[Finding], word: str, *, by: str, reason: str = "") -> None:
    """Say ``unresolved`` (the window is over) or ``accepted`` (finance leaves it on the default cost center)."""
    if word not in ("unresolved", "accepted"):
        raise ValueError(f"{word!r} is not said of waiting usage; say unresolved or accepted")
    _say(store, word, findings, by=by, reason=reason)


def words(store: Store, resource_id: str = "") -> list[dict[str, Any]]:
    """Return the last word on every piece of usage, the newest first; of one resource if it is named."""
    return store.rows(
        "SELECT * FROM reconciliation_words WHERE {resource:String} IN ('', resource_id) "
        "ORDER BY said_at DESC, resource_id, starts_at LIMIT 1 BY resource_id, starts_at",
        {"resource": resource_id},
    )


def unregistered(store: Store, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings whose app the registry does not have at any moment of the finding's time."""
    rows = store.rows(
        "SELECT app_id, valid_from, valid_to FROM apps WHERE app_id IN {apps:Array(String)} AND valid_from < valid_to",
        {"apps": sorted({finding.app_id for finding in findings})},
    )
    held: dict[str, list[tuple[datetime, datetime]]] = {}
    for row in rows:
        held.setdefault(row["app_id"], []).append((row["valid_from"], row["valid_to"]))

    def is_held(one: Finding) -> bool:
        return any(begins < one.owned_to and one.owned_from < ends for begins, ends in held.get(one.app_id, ()))

    return [finding for finding in findings if not is_held(finding)]


def _require_apps(store: Store, findings: Sequence[Finding]) -> None:
    if unknown := sorted({finding.app_id for finding in unregistered(store, findings)}):
        raise KeyError(f"app {', '.join(map(repr, unknown))} was not registered then: `farthing apps register`")


def _owned(store: Store, resources: Sequence[str]) -> dict[str, list[tuple[datetime, datetime]]]:
    rows = store.rows(
        "SELECT resource_id, valid_from, valid_to FROM ownerships WHERE resource_id IN {resources:Array(String)} "
        "AND valid_from < valid_to ORDER BY resource_id, valid_from",
        {"resources": sorted(set(resources))},
    )
    held: dict[str, list[tuple[datetime, datetime]]] = {}
    for row in rows:
        held.setdefault(row["resource_id"], []).append((row["valid_from"], row["valid_to"]))
    return held


def _free(finding: Finding, owned: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """The parts of a finding's time in which nobody owns the resource."""
    if not finding.resource_id:
        raise ValueError("usage without a resource cannot be given to anybody: its exporter must name one")
    free, begins = [], finding.owned_from
    for since, until in owned:
        if since > begins and since < finding.owned_to:
            free.append((begins, since))
        if until > begins and since < finding.owned_to:
            begins = max(begins, until)
    return [*free, (begins, finding.owned_to)] if begins < finding.owned_to else free


def _finding(said: dict[str, Any]) -> Finding:
    return Finding(
        resource_id=said["resource_id"],
        app_id=said["app_id"],
        owned_from=said["starts_at"],
        owned_to=said["ends_at"],
        rule=said["rule"],
        confidence=said["confidence"],
    )


def _say(store: Store, word: str, findings: Sequence[Finding], *, by: str, reason: str) -> None:
    teams = _teams(store, findings)
    store.insert_rows(
        "reconciliation_words",
        [
            {
                "resource_id": finding.resource_id,
                "starts_at": finding.owned_from,
                "ends_at": finding.owned_to,
                "word": word,
                "app_id": finding.app_id,
                "team_id": teams(finding),
                "rule": finding.rule,
                "confidence": finding.confidence,
                "evidence_ids": [finding.reference] if finding.reference else [],
                "reason": reason,
                "said_by": by,
            }
            for finding in findings
        ],
    )


def _teams(store: Store, findings: Sequence[Finding]) -> Callable[[Finding], str]:
    """Return who says whose the app of a finding was when its usage began; '' without an app."""
    asked = {"apps": sorted({finding.app_id for finding in findings})}
    held = store.rows(
        "SELECT app_id, team_id, valid_from, valid_to FROM apps WHERE app_id IN {apps:Array(String)}", asked
    )

    def team(finding: Finding) -> str:
        begins = finding.owned_from
        of_app = (row for row in held if row["app_id"] == finding.app_id)
        return next((row["team_id"] for row in of_app if row["valid_from"] <= begins < row["valid_to"]), "")

    return team


def _text(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%d %H:%M:%S.%f")[:23]
