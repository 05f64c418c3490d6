"""A registry as it is written: cost centers, teams, apps, what they declared, and resources, in dated entries.

``docs/registry.md`` shows one. A file, a command and the API say the same, and this takes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from config.strict_yaml import instant
from warehouse.connect import Store
from warehouse.histories import BEGINNING, FOREVER, record

LONGEST_ID = 256


def _moment(value: Any) -> datetime:
    """An instant or a day, also as JSON writes it."""
    if not isinstance(value, str):
        return instant(value)
    try:
        return instant(date.fromisoformat(value) if len(value) == len("2026-01-31") else datetime.fromisoformat(value))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{value!r} is no date; write 2026-01-31 or 2026-01-31T08:00:00Z") from error


Instant = Annotated[datetime, BeforeValidator(_moment)]
Lifecycle = Literal["ephemeral", "persistent"]


class Dated(BaseModel):
    """What every entry may say. ``valid_to`` is exclusive; by default an entry ends where the next begins."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    valid_from: Instant = BEGINNING
    valid_to: Instant | None = None
    evidence: str = ""


class CostCenter(Dated):
    """A cost center and what it is shown: a report, a shadow invoice, or a booking."""

    cost_center_name: str = Field(default="", alias="name")
    mode: Literal["showback", "shadow", "chargeback"] = "showback"


class Team(Dated):
    """A team and where its apps are booked."""

    team_name: str = Field(default="", alias="name")
    cost_center: str = ""


class App(Dated):
    """An app and whose it is; without a cost center of its own it is booked where its team is."""

    app_name: str = Field(default="", alias="name")
    team_id: str = Field(alias="team")
    cost_center: str = ""
    environment: str = ""
    lifecycle: Lifecycle = "persistent"
    created_by: str = ""


class Declaration(Dated):
    """What an app expects to use in a month: calls, and spend in the store's currency. Zero says nothing."""

    expected_calls: Decimal = Field(default=Decimal(0), alias="calls", ge=0, max_digits=38, decimal_places=9)
    expected_spend: Decimal = Field(default=Decimal(0), alias="spend", ge=0, max_digits=38, decimal_places=9)


class Resource(Dated):
    """A resource and the app (or the team itself) that owns it."""

    app_id: str = Field(default="", alias="app")
    team_id: str = Field(default="", alias="team")
    cost_center: str = ""
    environment: str = ""
    lifecycle: Lifecycle | Literal[""] = ""


# Section of the file: the history it is recorded in, the key of that history, and what an entry says.
SECTIONS: dict[str, tuple[str, str, type[Dated]]] = {
    "cost_centers": ("cost_centers", "cost_center", CostCenter),
    "teams": ("teams", "team_id", Team),
    "apps": ("apps", "app_id", App),
    "declarations": ("app_declarations", "app_id", Declaration),
    "resources": ("ownerships", "resource_id", Resource),
}


def register(store: Store, content: Any, *, by: str, where: str = "registry") -> dict[str, int]:
    """Record what a registry says and return how many rows were new, by section. Twice is a no-op.

    Everything is checked before anything is written.

    Raises:
        ValueError: it is unusable, or names a team, app or cost center that neither it nor the store knows; the
            message says ``where``.
        OverlapError: an entry overlaps what the store knows.

    """
    rows = rows_of(content, where=where)
    with store.writing:
        _refuse_strangers(store, rows, where)
        return {
            section: record(store, SECTIONS[section][0], rows[section], by=by) for section in SECTIONS if rows[section]
        }


def rows_of(content: Any, *, where: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a registry by section.

    Raises:
        ValueError: an unknown section or field, or a value that is none; the message says ``where``.

    """
    if not isinstance(content, Mapping) or not content:
        raise ValueError(f"{where}: holds no registry; it has the sections {', '.join(SECTIONS)}")
    if unknown := sorted(set(map(str, content)) - set(SECTIONS)):
        raise ValueError(f"{where}: unknown section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    rows: dict[str, list[dict[str, Any]]] = {section: [] for section in SECTIONS}
    for section, entries in content.items():
        if not isinstance(entries, Mapping):
            raise ValueError(f"{where}: {section} is not a mapping of ids to entries")
        for name, said in entries.items():
            rows[section].extend(_rows(section, str(name), said, f"{where}: {section}.{name}"))
    return rows


def _rows(section: str, name: str, said: Any, where: str) -> Iterator[dict[str, Any]]:
    _, key, form = SECTIONS[section]
    if not name.isprintable() or not 1 <= len(name) <= LONGEST_ID:
        raise ValueError(f"{where!r}: an id has 1 to {LONGEST_ID} printable characters")
    try:
        entries = [form.model_validate(entry or {}) for entry in (said if isinstance(said, list) else [said])]
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, part['loc'])) or 'entry'}: {part['msg']}" for part in error.errors())
        raise ValueError(f"{where}: {'; '.join(problems)}") from error
    entries.sort(key=lambda entry: entry.valid_from)
    nexts = [*(entry.valid_from for entry in entries[1:]), FOREVER]
    for entry, begins in zip(entries, nexts, strict=True):
        yield {key: name, **entry.model_dump(), "valid_to": entry.valid_to or begins}


def _refuse_strangers(store: Store, rows: Mapping[str, list[dict[str, Any]]], where: str) -> None:
    """A typing error must not open a second team."""
    for section, key in (("cost_centers", "cost_center"), ("teams", "team_id"), ("apps", "app_id")):
        history = SECTIONS[section][0]
        known = {row[key] for row in (*rows[section], *store.rows(f"SELECT DISTINCT {key} FROM {history}"))}
        for other in SECTIONS:
            for row in rows[other]:
                named = row.get(key, "")
                if other != section and named and named not in known:
                    owner = f"{other}.{row[SECTIONS[other][1]]}"
                    raise ValueError(
                        f"{where}: {owner} names the {key} {named!r}: the store knows no {key} {named!r}; "
                        f"add it to {section}, or register it first: farthing {section.replace('_', '-')} register"
                    )
