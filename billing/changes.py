"""What a correction is made of where it is no usage: shares and platform costs that are others than were billed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from billing.rounding import EXACT

_PART = ("charge_period_start", "charge_period_end", "cost_type")
_EVENT = ("time", "source", "event_id", "sku_id")
_NOTHING = Decimal(0)
NO_EVENTS = (
    "It has no raw events of its own: it is reckoned anew from the usage of its month, less what was billed. Events "
    "that came late or count elsewhere are on the corrections of that usage."
)
_DIFFERENT = {
    "pool": "another pool",
    "allocated_quantity": "the app has more or less of the basis",
    "whole_quantity": "all apps have more or less of the basis",
    "bearers": "more or fewer apps",
}


def share_changes(now: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the parts of a shared cost (``borne_shares``) that are another amount than before, the largest first.

    Changes sum to the difference of both sides. Grain: one row per pool, with ``why`` in words.
    """
    rows = []
    for key, part, was in _sides(now, before, _PART):
        cost_now, cost_before = _cost(part), _cost(was)
        if cost_now == cost_before:
            continue
        if part is None or was is None:
            why = "billed before, no share now" if part is None else "a share now, not billed before"
        else:
            why = ", ".join(said for name, said in _DIFFERENT.items() if part[name] != was[name])
        pools = {"pool_now": part["pool"] if part else None, "pool_before": was["pool"] if was else None}
        rows.append(key | _change(cost_now, cost_before, why or "the last digit") | pools)
    return _largest(rows)


def cost_changes(now: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the platform costs (``platform_events``) behind one side only, or at another amount, the largest first.

    Changes sum to the difference of both sides. Grain: one row per event.
    """
    rows = []
    for key, cost, was in _sides(now, before, _EVENT):
        cost_now, cost_before = _cost(cost), _cost(was)
        if cost_now != cost_before:
            why = "another amount" if cost and was else "counted here now" if cost else "counted elsewhere now"
            rows.append(key | _change(cost_now, cost_before, why))
    return _largest(rows)


def _sides(
    now: Iterable[Mapping[str, Any]], before: Iterable[Mapping[str, Any]], names: Sequence[str]
) -> list[tuple[dict[str, Any], Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    held, was = ({tuple(row[name] for name in names): row for row in side} for side in (now, before))
    return [(dict(zip(names, key, strict=True)), held.get(key), was.get(key)) for key in {**held, **was}]


def _cost(row: Mapping[str, Any] | None) -> Decimal:
    return (row["effective_cost"] if row else None) or _NOTHING


def _change(now: Decimal, before: Decimal, why: str) -> dict[str, Any]:
    return {"why": why, "cost_before": before, "cost_now": now, "change": EXACT.subtract(now, before)}


def _largest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: abs(row["change"]), reverse=True)
