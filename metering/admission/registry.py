"""The registry as admission asks it: read once in a few seconds, not once a pod."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

from config.settings import settings
from metering.admission.identity import Registry
from warehouse.connect import Store

BELIEVED_SECONDS = 5.0


def registry_of(store: Store, at: datetime) -> Registry:
    """Return the apps, teams and cost centers in force at an instant."""
    when = {"at": at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:23]}
    in_force = "valid_from <= {at:DateTime64(3)} AND {at:DateTime64(3)} < valid_to"
    apps = store.rows(f"SELECT app_id, team_id, cost_center FROM apps WHERE {in_force}", when)
    teams = store.rows(f"SELECT team_id, cost_center FROM teams WHERE {in_force}", when)
    centers = store.rows(f"SELECT cost_center FROM cost_centers WHERE {in_force}", when)
    return Registry(
        apps={row["app_id"]: row["team_id"] for row in apps},
        teams={row["team_id"]: row["cost_center"] for row in teams},
        cost_centers=frozenset(row["cost_center"] for row in centers)
        | {row["cost_center"] for row in (*teams, *apps) if row["cost_center"]},
        app_centers={row["app_id"]: row["cost_center"] for row in apps if row["cost_center"]},
        default_center=settings().default_cost_center,
    )


class KnownRegistry:
    """The registry of now, believed for a few seconds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._held: Registry | None = None
        self._read_at = 0.0

    def now(self) -> Registry:
        """Return the registry."""
        with self._lock:
            if self._held is None or time.monotonic() - self._read_at > BELIEVED_SECONDS:
                self._held = registry_of(self._store, datetime.now(UTC))
                self._read_at = time.monotonic()
            return self._held
