"""``config/rates.yml`` and the environments of ``config/attribution.yml``: dated entries per key, as history rows."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from config.meters import meters
from config.settings import ROOT
from config.strict_yaml import instant, load_yaml
from warehouse.histories import FOREVER

RATES = ROOT / "config" / "rates.yml"
ATTRIBUTION = ROOT / "config" / "attribution.yml"

Instant = Annotated[datetime, BeforeValidator(instant)]


class Dated(BaseModel):
    """An entry in force from ``valid_from`` to ``valid_to``, or to the next entry of its key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    valid_from: Instant
    valid_to: Instant = FOREVER

    @model_validator(mode="after")
    def _starts_before_it_ends(self) -> Dated:
        if self.valid_from >= self.valid_to:
            raise ValueError(f"valid_to {self.valid_to:%Y-%m-%d} is not after valid_from {self.valid_from:%Y-%m-%d}")
        return self


class RateEntry(Dated):
    """A discount or a markup, and where it holds."""

    kind: Literal["discount", "markup"]
    rate: Annotated[Decimal, Field(gt=0, decimal_places=9)]
    lifecycle: Literal["", "ephemeral", "persistent"] = ""
    pricing_category: Literal["", "Standard", "Dynamic"] = ""
    meter: str = ""
    cost_center: str = ""
    app_id: str = ""

    @model_validator(mode="after")
    def _is_a_fraction(self) -> RateEntry:
        most = 1 if self.kind == "discount" else 10
        if self.rate > most:
            raise ValueError(f"rate {self.rate} is no fraction up to {most}; 30 % is written 0.30")
        if self.meter and self.meter not in meters():
            raise ValueError(f"meter {self.meter!r} is none of {', '.join(meters())}")
        return self


class EnvironmentEntry(Dated):
    """Where usage of an environment goes that nothing else explains."""

    cost_center: str = Field(min_length=1)


def read_rate_rules(path: Path = RATES) -> list[dict[str, Any]]:
    """Return the rules as rows of the history ``rate_rules``.

    Raises:
        ValueError: an entry is unusable; the message names file, key, value and fix.

    """
    return read_dated(path, "rules", "rule_id", RateEntry)


def read_environments(path: Path = ATTRIBUTION) -> list[dict[str, Any]]:
    """Return the environments' overrides as rows of the history ``environments``.

    Raises:
        ValueError: an entry is unusable; the message names file, key, value and fix.

    """
    return read_dated(path, "environments", "environment", EnvironmentEntry)


def read_dated(path: Path, section: str, key: str, kind: type[Dated]) -> list[dict[str, Any]]:
    """Return the dated entries of a file's section as rows; an entry ends where the next of its key begins.

    Raises:
        ValueError: an entry is unusable; the message names file, key, value and fix.

    """
    named = (load_yaml(path) or {}).get(section) or {}
    rows = []
    for name, written in named.items():
        where = f"{path}: {section}.{name}"
        entries = [_entry(kind, entry, where) for entry in (written if isinstance(written, list) else [written])]
        starts = [entry.valid_from for entry in entries]
        if not starts or starts != sorted(set(starts)):
            raise ValueError(f"{where}: valid_from must rise from entry to entry; append the newest at the end")
        for entry, end in zip(entries, [*starts[1:], FOREVER], strict=True):
            rows.append({key: str(name), **entry.model_dump(), "valid_to": min(entry.valid_to, end)})
    return rows


def _entry(kind: type[Dated], written: Any, where: str) -> Dated:
    try:
        return kind.model_validate(written)
    except ValidationError as error:
        problems = [
            f"{where}: {'.'.join(map(str, problem['loc'])) or 'entry'}: "
            f"{problem['msg'].removeprefix('Value error, ')} (is {problem['input']!r})"
            for problem in error.errors()
        ]
        raise ValueError("; ".join(problems)) from error
