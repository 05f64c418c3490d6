"""Who owns what a public trace leaves anonymous: a fixed, even spread of apps over teams and cost centers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

TEAMS = 24
COST_CENTERS = 8

Histories = Mapping[str, Sequence[Mapping[str, Any]]]


def team_of(app_id: str) -> int:
    """Return the number of the team that runs an app."""
    return int(hashlib.sha256(app_id.encode()).hexdigest()[:8], 16) % TEAMS


def lease_of(app_id: str) -> str:
    """Return the id of the lease that an imported app's resource holds."""
    return f"lease-{app_id}"


def endpoint_of(app_id: str) -> str:
    """Return the id of the resource that an imported app's calls went through."""
    return f"endpoint/{app_id}"


def registered(
    app_ids: Iterable[str],
    *,
    lifecycles: Mapping[str, str] | None = None,
    lives: Mapping[str, tuple[datetime, datetime]] | None = None,
    is_leased: bool = False,
) -> Histories:
    """Return the rows that register apps, their teams and cost centers, and a lease each if ``is_leased``.

    ``lives`` bounds an app (and its lease) to ``[created, deleted)``; without it an app has always been there.
    """
    known = sorted(set(app_ids))
    numbers = sorted({team_of(app_id) for app_id in known})
    apps = [
        {
            "app_id": app_id,
            "app_name": app_id,
            "team_id": f"team-{team_of(app_id):02d}",
            "lifecycle": (lifecycles or {}).get(app_id, "persistent"),
            **_life(app_id, lives),
        }
        for app_id in known
    ]
    leases = [
        {
            "lease_id": lease_of(app_id),
            "resource_id": endpoint_of(app_id),
            "app_id": app_id,
            **_life(app_id, lives),
        }
        for app_id in known
    ]
    return {
        "cost_centers": [
            {"cost_center": f"cc-{100 + number}", "cost_center_name": f"Cost center {100 + number}", "mode": "showback"}
            for number in sorted({number % COST_CENTERS for number in numbers})
        ],
        "teams": [
            {
                "team_id": f"team-{number:02d}",
                "team_name": f"Team {number:02d}",
                "cost_center": f"cc-{100 + number % COST_CENTERS}",
            }
            for number in numbers
        ],
        "apps": apps,
        **({"leases": leases} if is_leased else {}),
    }


def _life(app_id: str, lives: Mapping[str, tuple[datetime, datetime]] | None) -> dict[str, datetime]:
    if lives is None:
        return {}
    created, deleted = lives[app_id]
    return {"valid_from": created, "valid_to": deleted}
