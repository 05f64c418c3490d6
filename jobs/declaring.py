"""What an app says at onboarding that it will use in a month: the expectation that a new app is measured against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from warehouse.connect import Store
from warehouse.histories import BEGINNING, FOREVER, record, transfer

HISTORY = "app_declarations"


def declare(
    store: Store,
    app_id: str,
    said: Mapping[str, Decimal],
    *,
    by: str,
    at: datetime | None = None,
    evidence: str = "",
) -> dict[str, Any]:
    """Record ``expected_calls`` and ``expected_spend`` of a month, either or both, and return the row now in force.

    An app's first declaration holds always, a later one from now on, or from ``at``; what it does not say stays as it
    was. Zero says nothing. Declaring the same again changes nothing.

    Raises:
        KeyError: the app is not registered now, or at ``at``.
        ValueError: nothing is declared, or something negative.

    """
    if not said or any(amount < 0 for amount in said.values()):
        raise ValueError(f"{app_id!r} declares nothing; say --monthly-calls or --monthly-spend, zero or more")
    with store.writing:
        if not _is_registered(store, app_id, at or datetime.now(UTC)):
            raise KeyError(f"app {app_id!r} is not registered: `farthing apps register`")
        held = declarations(store, app_id)
        begins = at or (datetime.now(UTC).replace(microsecond=0) if held else BEGINNING)
        before = [row for row in held if row["valid_from"] <= begins < row["valid_to"]]
        if not before:
            ends = min((row["valid_from"] for row in held if row["valid_from"] > begins), default=FOREVER)
            row = {"app_id": app_id, "expected_calls": Decimal(0), "expected_spend": Decimal(0), **said}
            record(store, HISTORY, [{**row, "valid_from": begins, "valid_to": ends, "evidence": evidence}], by=by)
        elif any(before[0][name] != amount for name, amount in said.items()):
            transfer(store, HISTORY, app_id, begins, said, by=by, evidence=evidence)
        return next(row for row in declarations(store, app_id) if row["valid_from"] <= begins < row["valid_to"])


def declarations(store: Store, app_id: str = "") -> list[dict[str, Any]]:
    """Return every dated declaration in force at some time, of one app if it is named."""
    return store.rows(
        "SELECT app_id, expected_calls, expected_spend, valid_from, valid_to, recorded_by, evidence "
        "FROM app_declarations WHERE valid_from < valid_to AND {app:String} IN ('', app_id) "
        "ORDER BY app_id, valid_from",
        {"app": app_id},
    )


def _is_registered(store: Store, app_id: str, at: datetime) -> bool:
    """Whether the registry has an app at a moment or, registered ahead, later."""
    when = {"app": app_id, "at": f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"[:-3]}
    held = "SELECT 1 FROM apps WHERE app_id = {app:String} AND valid_from < valid_to AND {at:DateTime64(3)} < valid_to"
    return bool(store.rows(f"{held} LIMIT 1", when))
