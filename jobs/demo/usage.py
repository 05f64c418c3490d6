"""What every app consumed, hour by hour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jobs.demo import rhythm
from jobs.demo.apps import App
from jobs.demo.models import GPT_4O, HOSTED, SONNET, Model
from jobs.demo.pile import TEXTS, Pile, Rows, mix, salt
from jobs.demo.plan import Plan
from jobs.demo.story import Incident, Story

HOURS_A_MONTH = 730
HOUR_MS = 3_600_000
STORAGE_EVERY = 6
TAGS_MISSING = 15  # of a thousand events of apps that name themselves

# Reported units that a dollar buys, roughly: it only sizes the apps. What usage costs, the price book says.
PER_USD = {
    "cpu": 1000 * 3600 / 0.0405,
    "memory": 1000 * 3600 / 0.00445,
    "storage": 1000 * 730 / 0.023,
    "egress": 1e9 / 0.09,
}
GPU_PER_USD = {"g4dn.xlarge": 3600 / 0.526, "g5.xlarge": 3600 / 1.006}

Floats = NDArray[np.float64]


def make_usage(plan: Plan, apps: Sequence[App], story: Story) -> tuple[Rows, list[str]]:
    """Return the usage of all apps, and the texts that its codes stand for."""
    pile = Pile()
    of_app = {incident.app_id: incident for incident in story.incidents}
    for app in apps:
        _AppUsage(plan, app, of_app.get(app.app_id), pile).make()
    rows = pile.rows()
    app_ids = rows.codes[TEXTS.index("app_id")]
    app_ids[(rows.key >> np.uint64(12)) % np.uint64(1000) < TAGS_MISSING] = pile.code("")
    return rows, list(pile.words)


class _AppUsage:
    """The usage of one app while it is made."""

    def __init__(self, plan: Plan, app: App, incident: Incident | None, pile: Pile) -> None:
        self.plan, self.app, self.incident, self.pile = plan, app, incident, pile
        self.chance = plan.random(3, app.number)
        self.salt = salt(plan.name)
        self.first_ms = int(plan.start.timestamp()) * 1000
        clock = np.arange(plan.hours)
        self.alive = (clock >= app.born) & (clock < app.died)
        self.activity = _activity(plan, app, self.chance) * self.alive
        lived = _activity(plan, app, plan.random(4, app.number))
        self.usd = app.usd_per_month / HOURS_A_MONTH / max(float(lived.mean()), 0.05)

    def make(self) -> None:
        for stream, (model, share) in enumerate(self.app.models):
            self._calls(stream, model, share)
        self._compute()
        if "gpu" in self.app.kind.usd:
            self._gpu()
        if "storage" in self.app.kind.usd:
            self._storage()
        if "egress" in self.app.kind.usd:
            self._metered(8, "edge", "egress", "egress_bytes", "B", self.activity)

    def _calls(self, stream: int, model: Model, share: float) -> None:
        hours = self.plan.hours
        wanted = self.usd * self.app.kind.usd["llm"] * share * model.calls_per_usd * self.activity
        longer = np.ones(hours)
        answered = np.ones(hours)
        incident = self.incident
        if incident and incident.kind in ("retry_storm", "launch"):
            wanted = np.where(incident.during(hours), wanted * incident.factor, wanted)
            if incident.kind == "retry_storm":
                answered = np.where(incident.during(hours), 0.2, 1.0)
        if incident and incident.kind in ("runaway_loop", "launch_runaway"):
            steady = self.usd * self.app.kind.usd["llm"] * share * model.calls_per_usd * 0.6
            wanted = np.where(incident.during(hours), np.maximum(wanted, steady) * incident.factor, wanted)
        if incident and incident.kind == "runaway_loop":
            longer = 1 + incident.ramp(hours)  # the loop drags its history along
        calls = self.chance.poisson(wanted)
        if incident and incident.kind == "model_misroute" and stream == 0:
            dearer = SONNET if model is HOSTED else GPT_4O
            self._call_rows(7, dearer, calls * incident.during(hours), longer, answered)
            calls = calls * ~incident.during(hours)
        self._call_rows(stream, model, calls, longer, answered)

    def _call_rows(self, stream: int, model: Model, calls: NDArray[np.int64], longer: Floats, answered: Floats) -> None:
        spread = self.chance.gamma(60, 1 / 60, (2, self.plan.hours))
        whole = np.rint(calls * model.input_tokens * longer * spread[0]).astype(np.int64)
        read = (whole * model.cached).astype(np.int64)
        written = (whole * model.written).astype(np.int64)
        quantities = {
            "requests": calls,
            "input_tokens": whole - read - written,
            "cache_read_tokens": read,
            "cache_write_tokens": written,
            "output_tokens": np.rint(calls * model.output_tokens * answered * spread[1]).astype(np.int64),
        }
        key, time = self._events(stream)
        # The event is an hour of calls; a price goes up with what one of them puts in.
        call_input = np.rint(whole / np.maximum(calls, 1)).astype(np.int64)
        for meter, quantity in quantities.items():
            self._add(key, time, quantity, call_input, part="model", source="llm-gateway", meter=meter, unit="",
                      provider=model.provider, model=model.model)  # fmt: skip

    def _compute(self) -> None:
        floor = 0.35 if self.app.kind.rhythm != "nightly" else 0.0
        self._metered(5, "fn", "cpu", "cpu_core_seconds", "Millicore-Seconds", self.activity)
        held = floor * self.alive + (1 - floor) * self.activity
        if self.incident and self.incident.kind == "leak":
            held = held * (1 + self.incident.ramp(self.plan.hours) * self.incident.factor)
        self._metered(5, "fn", "memory", "memory_gb_seconds", "MB-Seconds", held)

    def _gpu(self) -> None:
        wanted = self.usd * self.app.kind.usd["gpu"] * GPU_PER_USD[self.app.gpu] * self.activity
        cards = np.ceil(wanted / 3600)
        busy = np.where(cards > 0, np.minimum(wanted, cards * 3600), 0)
        key, time = self._events(6)
        self._add(key, time, np.rint(busy).astype(np.int64), part="gpu", source="node-exporter", meter="gpu_seconds",
                  unit="", instance_type=self.app.gpu)  # fmt: skip

    def _storage(self) -> None:
        clock = np.arange(self.plan.hours)
        grown = self.alive * (1 + clock / HOURS_A_MONTH * 0.12) * (clock % STORAGE_EVERY == 0) * STORAGE_EVERY
        usd = self.app.usd_per_month / HOURS_A_MONTH * self.app.kind.usd["storage"]
        key, time = self._events(9)
        self._add(key, time, np.rint(grown * usd * PER_USD["storage"]).astype(np.int64), part="bucket",
                  source="storage-inventory", meter="storage_gb_hours", unit="MB-Hours")  # fmt: skip

    def _metered(self, stream: int, part: str, item: str, meter: str, unit: str, activity: Floats) -> None:
        noise = self.chance.gamma(40, 1 / 40, self.plan.hours)
        amount = activity * noise * self.usd * self.app.kind.usd[item] * PER_USD[item]
        key, time = self._events(stream)
        source = "edge-exporter" if part == "edge" else "node-exporter"
        self._add(key, time, np.rint(amount).astype(np.int64), part=part, source=source, meter=meter, unit=unit)

    def _events(self, stream: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """One event an hour: its id, and a time within the hour that is the same for all its rows."""
        clock = np.arange(self.plan.hours, dtype=np.uint64)
        key = mix(
            (np.uint64(self.app.number) << np.uint64(40)) | (np.uint64(stream) << np.uint64(32)) | clock, self.salt
        )
        within = (key % np.uint64(HOUR_MS)).astype(np.int64)
        return key, self.first_ms + clock.astype(np.int64) * HOUR_MS + within

    def _add(
        self,
        key: NDArray[np.uint64],
        time: NDArray[np.int64],
        quantity: NDArray[np.int64],
        call_input: NDArray[np.int64] | None = None,
        *,
        part: str,
        **texts: str,
    ) -> None:
        app = self.app
        self.pile.add(
            key, time, quantity, call_input,
            resource_id=app.resource(part),
            app_id=app.app_id if app.identity == "tag" else "",
            environment=app.environment,
            lease_id=app.lease_id,
            region=app.region,
            is_spot="true" if app.is_spot and part in ("fn", "gpu") else "",
            **texts,
        )  # fmt: skip


def _activity(plan: Plan, app: App, chance: np.random.Generator) -> Floats:
    offset = app.team.utc_offset
    if app.kind.rhythm == "office":
        quiet = 0.0 if app.lifecycle == "ephemeral" else 0.06
        shape = rhythm.office(plan.start, plan.hours, offset, night=quiet, weekend=0.18)
        shape = np.where(shape < 0.02, 0, shape)
    elif app.kind.rhythm == "nightly":
        shape = rhythm.nightly(plan.start, plan.hours, offset)
    else:
        shape = rhythm.customers(plan.start, plan.hours, offset)
    days = plan.hours // 24 + 1
    daily = np.repeat(chance.gamma(50, 1 / 50, days), 24)[: plan.hours]
    trend = 1 + chance.normal(0.10, 0.18) * np.linspace(-0.5, 0.5, plan.hours) * plan.days / 30
    return shape * daily * np.clip(trend, 0.3, None)
