"""Who is what: the map from an identity provider's claims to roles and teams."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from config.settings import ROOT

Role = Literal["analyst", "lead", "oncall", "finance", "admin"]


class Claims(BaseModel):
    """The names of the claims to read; of ``name`` the first that is there. ``subject`` says who it is for good."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    groups: str
    teams: str
    name: tuple[str, ...] = Field(min_length=1)
    subject: str = "sub"


class RoleMap(BaseModel):
    """Roles by the groups that have them.

    Raises:
        pydantic.ValidationError: an unknown role, or a missing key.

    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    claims: Claims
    roles: dict[Role, tuple[str, ...]]

    def of(self, groups: frozenset[str]) -> frozenset[str]:
        """Return the roles that membership in ``groups`` gives."""
        return frozenset(role for role, having in self.roles.items() if groups & set(having))


@lru_cache(maxsize=1)
def role_map() -> RoleMap:
    """Return ``config/roles.yml``, read once."""
    text = (ROOT / "config" / "roles.yml").read_text(encoding="utf-8")
    return RoleMap.model_validate(yaml.safe_load(text))
