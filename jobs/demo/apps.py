"""What the teams run: names that people would give, a long tail of sizes, half of it short-lived."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from jobs.demo.models import GEMINI, GPT_4O, GPT_4O_MINI, HOSTED, SONNET, UNPRICED, Model
from jobs.demo.plan import Plan
from jobs.demo.teams import TEAMS, Team

HOSTED_APP = 1  # a lasting agent on the in-house model
UNPRICED_APP = 8  # a short-lived one that tries a model nobody has priced yet
PERSISTENT_USD, EPHEMERAL_USD = 700.0, 260.0  # a month, on average, while it runs


_CAST = {HOSTED_APP: ((HOSTED, 0.7), (GPT_4O, 0.3)), UNPRICED_APP: ((UNPRICED, 1.0),)}

# What an app's events carry (tag, lease, owner, none), by whether it is short-lived and in production
_IDENTITIES = {
    (False, True): (0.84, 0.00, 0.14, 0.02),
    (False, False): (0.70, 0.00, 0.10, 0.20),
    (True, True): (0.50, 0.40, 0.07, 0.03),
    (True, False): (0.40, 0.38, 0.04, 0.18),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of app: its rhythm, what its name ends in, and how its dollars split over meters."""

    name: str
    share: float
    rhythm: str
    roles: tuple[str, ...]
    usd: dict[str, float] = field(hash=False)
    ephemeral: float
    spot: float = 0.0


KINDS = (
    Kind(
        "assistant", 0.32, "office", ("assistant", "copilot", "writer", "explainer", "summarizer", "digest"),
        {"llm": 0.86, "cpu": 0.08, "memory": 0.05, "egress": 0.01}, 0.62,
    ),
    Kind(
        "agent", 0.22, "office", ("agent", "triage", "reviewer", "researcher", "router"),
        {"llm": 0.78, "cpu": 0.13, "memory": 0.07, "egress": 0.02}, 0.68,
    ),
    Kind(
        "storefront", 0.12, "customers", ("concierge", "guide", "widget", "finder"),
        {"llm": 0.52, "cpu": 0.22, "memory": 0.12, "egress": 0.12, "storage": 0.02}, 0.20,
    ),
    Kind(
        "pipeline", 0.18, "nightly", ("indexer", "enricher", "extractor", "scorer", "classifier", "sync"),
        {"llm": 0.34, "cpu": 0.38, "memory": 0.16, "storage": 0.12}, 0.55, 0.45,
    ),
    Kind(
        "service", 0.12, "customers", ("gateway", "api", "dashboard", "monitor", "webhook"),
        {"cpu": 0.52, "memory": 0.24, "egress": 0.16, "storage": 0.08}, 0.35, 0.10,
    ),
    Kind(
        "trainer", 0.04, "nightly", ("trainer", "embedder", "reranker", "vision"),
        {"gpu": 0.84, "cpu": 0.06, "memory": 0.05, "storage": 0.05}, 0.50, 0.35,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class App:
    """An app, as its makers know it. ``born`` and ``died`` are hours after the plan's start; ``died`` is exclusive.

    ``identity`` is what its events carry: the app's own id (``tag``), a lease, nothing but a resource that somebody
    owns (``owner``), or nothing that leads anywhere (``none``).
    """

    number: int
    app_id: str
    app_name: str
    team: Team
    created_by: str
    kind: Kind
    environment: str
    lifecycle: str
    region: str
    usd_per_month: float
    models: tuple[tuple[Model, float], ...]
    gpu: str
    is_spot: bool
    identity: str
    born: int
    died: int

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """What it is made of: a function always, and what its dollars go to."""
        also = {"llm": "model", "gpu": "gpu", "storage": "bucket", "egress": "edge"}
        return ("fn", *(part for meter, part in also.items() if meter in self.kind.usd))

    def resource(self, part: str) -> str:
        """Return the id of one of its resources."""
        return f"{part}/{self.app_id}"

    @property
    def lease_id(self) -> str:
        """Return the lease it was created with, or ''."""
        return f"lease-{self.app_id}" if self.identity == "lease" else ""


def make_apps(plan: Plan) -> list[App]:
    """Return the apps of a platform, in a stable order."""
    chance = plan.random(1)
    kinds = chance.choice(len(KINDS), plan.apps, p=[kind.share for kind in KINDS])
    # The story needs a lasting app of each kind, and a short-lived one that calls a model.
    kinds[: len(KINDS)] = np.arange(len(KINDS))
    kinds[UNPRICED_APP] = 1
    ephemeral = chance.random(plan.apps) < np.array([KINDS[kind].ephemeral for kind in kinds])
    ephemeral[: len(KINDS)] = False
    ephemeral[UNPRICED_APP] = True
    sizes = _sizes(chance, ephemeral)
    taken: set[str] = set()
    return [
        _make_app(plan, number, KINDS[kind], bool(short), float(size), taken)
        for number, (kind, short, size) in enumerate(zip(kinds, ephemeral, sizes, strict=True))
    ]


def _sizes(chance: np.random.Generator, ephemeral: np.ndarray) -> np.ndarray:
    """A long tail in dollars a month: the largest of 150 lasting apps makes about a tenth."""
    tail = 1 / (np.arange(len(ephemeral)) + 2.5) ** 0.95
    sizes = np.empty(len(ephemeral))
    for short, mean in ((False, PERSISTENT_USD), (True, EPHEMERAL_USD)):
        chosen = ephemeral == short
        ranked = tail[: chosen.sum()]
        sizes[chosen] = chance.permutation(ranked) / ranked.mean() * mean if chosen.any() else 0
    return sizes


def _make_app(plan: Plan, number: int, kind: Kind, short: bool, size: float, taken: set[str]) -> App:
    chance = plan.random(2, number)
    team = TEAMS[number % len(TEAMS) if number < len(TEAMS) else chance.integers(len(TEAMS))]
    app_id = _name(chance, team, kind, short, taken)
    born, died = _life(chance, plan, short)
    environment = chance.choice(
        ("production", "staging", "development"), p=(0.50, 0.22, 0.28) if short else (0.88, 0.09, 0.03)
    )
    identity = chance.choice(("tag", "lease", "owner", "none"), p=_IDENTITIES[short, environment == "production"])
    if size > 3 * PERSISTENT_USD or number < len(KINDS):
        environment, identity = "production", "tag"
    if size > PERSISTENT_USD and identity == "none":
        identity = "tag"  # somebody looks for whoever is that dear
    return App(
        number=number,
        app_id=app_id,
        app_name=app_id.replace("-", " ").capitalize(),
        team=team,
        created_by=f"{chance.choice(team.people)}@example.com",
        kind=kind,
        environment=str(environment),
        lifecycle="ephemeral" if short else "persistent",
        region=team.region if chance.random() < 0.8 else "us-east-1",
        usd_per_month=size,
        models=_CAST.get(number) or _models(chance, kind),
        gpu=str(chance.choice(("g4dn.xlarge", "g5.xlarge"))),
        is_spot=bool(chance.random() < kind.spot),
        identity=str(identity),
        born=born,
        died=died,
    )


def _name(chance: np.random.Generator, team: Team, kind: Kind, short: bool, taken: set[str]) -> str:
    names = [f"{subject}-{role}" for subject in team.subjects for role in kind.roles]
    suffix = str(chance.choice(("", "", "-pilot", "-preview", "-hack"))) if short else ""
    free = [name + suffix for name in names if name + suffix not in taken]
    name = str(chance.choice(free or names)) if free else f"{chance.choice(names)}-{len(taken)}"
    taken.add(name)
    return name


def _life(chance: np.random.Generator, plan: Plan, short: bool) -> tuple[int, int]:
    if short:
        born = int(chance.integers(0, max(1, plan.hours - 3)))
        return born, min(plan.hours, born + int(np.clip(chance.lognormal(4.4, 1.1), 3, 600)))
    if chance.random() < 0.08:  # launched on the way
        return int(chance.integers(plan.hours // 4, plan.hours - 24)), plan.hours
    if chance.random() < 0.04:  # retired on the way
        return 0, int(chance.integers(plan.hours // 3, plan.hours - 24))
    return 0, plan.hours


def _models(chance: np.random.Generator, kind: Kind) -> tuple[tuple[Model, float], ...]:
    if "llm" not in kind.usd:
        return ()
    common = {
        "assistant": ((GPT_4O, SONNET, GEMINI, HOSTED, GPT_4O_MINI), (0.42, 0.22, 0.14, 0.12, 0.10)),
        "agent": ((SONNET, GPT_4O, HOSTED, GEMINI), (0.55, 0.25, 0.12, 0.08)),
        "storefront": ((GPT_4O_MINI, GEMINI, GPT_4O), (0.50, 0.30, 0.20)),
        "pipeline": ((HOSTED, GPT_4O_MINI, GEMINI), (0.45, 0.35, 0.20)),
    }
    choices, weights = common[kind.name]
    first = choices[chance.choice(len(choices), p=weights)]
    if chance.random() < 0.3:
        second = choices[chance.choice(len(choices), p=weights)]
        if second is not first:
            return ((first, 0.75), (second, 0.25))
    return ((first, 1.0),)
