"""What a created thing must say of itself, and what is wrong with what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

FIELDS = ("app_id", "team_id", "cost_center", "lifecycle", "created_by")
LIFECYCLES = ("ephemeral", "persistent")
# Kubernetes' rule for label values; the other ways of making things take no more than it does.
LABEL_VALUE = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """Whose a thing is, as whoever makes it says."""

    app_id: str = ""
    team_id: str = ""
    cost_center: str = ""
    lifecycle: str = ""
    created_by: str = ""
    environment: str = ""
    created_by_label: str = ""  # who made it, where a label says so: an annotation may be any text


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong: the field, its value, and how to mend it."""

    field: str
    value: str
    problem: str
    fix: str

    def __str__(self) -> str:
        said = f"{self.field}={self.value}" if self.value else self.field
        return f"{said} {self.problem}: {self.fix}"


@dataclass(frozen=True, slots=True)
class Registry:
    """Who there is at an instant: app -> team, team -> cost center, and the cost centers.

    ``app_centers`` are of the apps with a cost center of their own; anything may be on the default one until it is
    mended.
    """

    apps: Mapping[str, str]
    teams: Mapping[str, str]
    cost_centers: frozenset[str]
    app_centers: Mapping[str, str] = field(default_factory=dict)
    default_center: str = ""

    def center_of(self, app_id: str) -> str:
        """Return where an app is booked; '' if that is not known."""
        return self.app_centers.get(app_id, "") or self.teams.get(self.apps.get(app_id, ""), "")


def faults(declared: Declared, registry: Registry) -> tuple[Fault, ...]:
    """Return what is wrong, in the order of the fields; nothing if the thing may be made."""
    found = [fault for name in FIELDS if (fault := _label_fault(name, getattr(declared, name)))]
    if not declared.app_id:
        found.append(_missing("app_id", "name the app, as `farthing apps list` has it"))
    elif declared.app_id not in registry.apps:
        fix = "register it first: `farthing apps register`"
        found.append(Fault(field="app_id", value=declared.app_id, problem="is not registered", fix=fix))
    if not declared.team_id and not declared.cost_center:
        found.append(_missing("team_id", "name the team, or a cost_center"))
    found += _team_faults(declared, registry)
    found += _center_faults(declared, registry)
    if declared.lifecycle not in LIFECYCLES:
        problem = "is neither of its two values" if declared.lifecycle else "is missing"
        fix = f"say {' or '.join(LIFECYCLES)}"
        found.append(Fault(field="lifecycle", value=declared.lifecycle, problem=problem, fix=fix))
    if not LABEL_VALUE.fullmatch(declared.created_by_label):
        fix = "say it as an annotation of that name: a label has no @"
        problem = "is no label value"
        found.append(Fault(field="created_by", value=declared.created_by_label, problem=problem, fix=fix))
    elif not declared.created_by:
        found.append(_missing("created_by", "say who made it, as an annotation: an e-mail is no label value"))
    return tuple(found)


def _team_faults(declared: Declared, registry: Registry) -> list[Fault]:
    team = declared.team_id
    if not team:
        return []
    if team not in registry.teams:
        fix = "register it first: `farthing teams register`"
        return [Fault(field="team_id", value=team, problem="is not registered", fix=fix)]
    owner = registry.apps.get(declared.app_id, "")
    if owner and owner != team:
        fix = f"{declared.app_id} is {owner}'s; `farthing apps transfer` moves an app"
        return [Fault(field="team_id", value=team, problem="contradicts the registry", fix=fix)]
    return []


def _center_faults(declared: Declared, registry: Registry) -> list[Fault]:
    center = declared.cost_center
    if not center:
        return []
    if center not in registry.cost_centers:
        fix = f"there are {', '.join(sorted(registry.cost_centers)) or 'none yet'}"
        return [Fault(field="cost_center", value=center, problem="is not registered", fix=fix)]
    booked = registry.center_of(declared.app_id)
    if booked and center not in (booked, registry.default_center):
        fix = f"{declared.app_id} is booked on {booked}: say that, or no cost_center beside the team_id"
        return [Fault(field="cost_center", value=center, problem="contradicts the registry", fix=fix)]
    return []


def _label_fault(name: str, value: str) -> Fault | None:
    if name == "created_by" or LABEL_VALUE.fullmatch(value):
        return None
    fix = "at most 63 of A-Z a-z 0-9 . _ - that begin and end with a letter or a digit"
    return Fault(field=name, value=value, problem="is no label value", fix=fix)


def _missing(name: str, fix: str) -> Fault:
    return Fault(field=name, value="", problem="is missing", fix=fix)
