"""Many tiny platforms side by side in one store, each with names and hours of its own, so that none meets another.

One run of the engine then judges all of them: what is said of a platform is what would be said of it alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.properties.oracle import Sent
from tests.properties.platforms import again, stamp
from warehouse.histories import BEGINNING, FOREVER

HOUR, TICK = timedelta(hours=1), timedelta(milliseconds=1)
HOURS = 6  # a platform's own, in each of two months
MONTHS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))
MOST = 28 * 24 // HOURS
ODD = timedelta(hours=1, minutes=34, seconds=56, milliseconds=789)
NAME = "p[0-9]{3}"

_SCOPE = dict.fromkeys(("lifecycle", "pricing_category", "meter", "cost_center", "app_id", "evidence"), "")
RATE_RULES: list[dict[str, Any]] = [
    {**_SCOPE, "rule_id": "ephemeral", "kind": "discount", "rate": Decimal("0.3"), "lifecycle": "ephemeral",
     "valid_from": MONTHS[0] + 70 * HOUR + ODD, "valid_to": MONTHS[1] + 500 * HOUR},
    {**_SCOPE, "rule_id": "platform", "kind": "markup", "rate": Decimal("0.333333333"),
     "valid_from": MONTHS[0] + 200 * HOUR + TICK, "valid_to": FOREVER},
]  # fmt: skip
_RULE: dict[str, Any] = {"basis": "", "floor": Decimal(0), "weights": {}, "footnote": "shared", "owner": "law"}
_TARIFF: dict[str, Any] = {
    "cost_center": "", "app_id": "", "meter": "", "amount": Decimal(0), "quantity": Decimal(0), "thresholds": [],
    "steps": [], "footnote": "",
}  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Tiny:
    """A platform: what it is at first, what is sent in time, and what is sent and recorded after a month was closed."""

    name: str
    histories: Rows
    agreements: Rows
    early: list[Sent]
    late: list[Sent]
    amended: Rows = field(default_factory=dict)

    @property
    def in_the_end(self) -> Rows:
        """Every history with what was recorded late."""
        return {name: [*rows, *self.amended.get(name, [])] for name, rows in self.histories.items()}


def many(first: int, count: int) -> list[Tiny]:
    """Return platforms from seeds that follow each other."""
    return [tiny(first + number, number) for number in range(count)]


def shrunk(fails: Callable[[Sequence[Tiny]], bool], platforms: Sequence[Tiny]) -> Sequence[Tiny]:
    """Return fewer platforms, with fewer events, that still fail."""
    while len(platforms) > 1:
        half = len(platforms) // 2
        smaller = next((some for some in (platforms[:half], platforms[half:]) if fails(some)), None)
        if smaller is None:
            return platforms
        platforms = smaller
    for kind in ("late", "early"):
        for item in list(getattr(platforms[0], kind)):
            left = [one for one in getattr(platforms[0], kind) if one is not item]
            fewer = [replace(platforms[0], **{kind: left})]
            platforms = fewer if fails(fewer) else platforms
    return platforms


def tiny(seed: int, number: int) -> Tiny:
    """Return the platform of a seed in the place of a number below ``MOST``."""
    assert number < MOST, f"there are hours for {MOST} platforms"
    return _Maker(Random(seed), number).platform()


class _Maker:
    """One platform in the making."""

    def __init__(self, random: Random, number: int) -> None:
        self.random = random
        self.name = f"p{number:03d}"
        self.opens = [month + number * HOURS * HOUR for month in MONTHS]
        self.cuts = sorted(at + offset for at in self.opens for offset in (2 * HOUR, ODD, 3 * HOUR + TICK))
        self.apps = self.named("a", "b", "c")[: random.choice((0, 1, 1, 2, 3))]
        self.teams, self.centers = self.named("t1", "t2"), self.named("cc1", "cc2")
        self.resources = self.named("r1", "r2")

    def named(self, *ids: str) -> list[str]:
        return [f"{self.name}-{one}" for one in ids]

    def one(self, values: Sequence[Any]) -> Any:
        return self.random.choice(values)

    def platform(self) -> Tiny:
        events = [self.usage(n) for n in range(self.one((0, 1, 3, 5, 8)))]
        events += [self.cost(n) for n in range(self.one((0, 1, 2, 3)))]
        sent = [Sent(event) for event in events]
        sent += [Sent(again(one(events), how, self.time())) for how in ("duplicate", "restamp", "conflict")
                 for one in (self.one,) if events and self.random.random() < 0.3]  # fmt: skip
        sent += [Sent(event) for event in self.turns()]
        self.random.shuffle(sent)
        cut = self.one((0, len(sent) // 2, len(sent) // 2, len(sent)))
        histories = self.histories()
        return Tiny(self.name, histories, self.agreements(), sent[:cut], sent[cut:], self.amended(histories))

    def time(self) -> str:
        opens = self.one(self.opens)
        places = (timedelta(0), HOUR, 2 * HOUR, ODD, 3 * HOUR + TICK, HOURS * HOUR - TICK)
        anywhere = timedelta(milliseconds=self.random.randrange(HOURS * 3_600_000))
        at = opens + self.one((*places, anywhere, anywhere)) + self.one((-TICK, timedelta(0), timedelta(0), TICK))
        return stamp(min(max(at, opens), opens + HOURS * HOUR - TICK))

    def usage(self, number: int) -> dict[str, Any]:
        event = {
            "type": "usage", "source": self.name, "event_id": f"e{number}", "time": self.time(),
            "resource_id": self.one((*self.resources, f"{self.name}-r3", "")),
            "app_id": self.one((*self.apps, *self.apps, f"{self.name}-new", "")),
            "environment": self.one((f"{self.name}-staging", "", "")), "lease_id": self.one((f"{self.name}-l1", "")),
            "is_spot": self.one((True, False)), "is_estimated": self.one((True, False, False)),
        }  # fmt: skip
        kind = self.one(("call", "call", "tokens", "cpu"))
        if kind == "cpu":
            amount = self.one(("0.1", "1e2", "33.333333333", "999999999999.999999999"))
            return event | {"meter": "cpu_core_seconds", "quantity": amount, "region": self.name}
        event |= {"provider": self.name, "model": "m"}
        if kind == "call":
            counts = [self.one(("0", "1", "6", "999", "1001")) for _ in range(2)]
            return event | {"quantities": {"requests": "1", "input_tokens": counts[0], "output_tokens": counts[1]}}
        return event | {"meter": "input_tokens", "quantity": self.one(("7", "1")), "call_input_tokens": "1001"}

    def cost(self, number: int) -> dict[str, Any]:
        start = self.one(self.opens) + self.one((timedelta(0), HOUR, 2 * HOUR, ODD))
        length = self.one((HOUR, 1.5 * HOUR, 4 * HOUR, timedelta(seconds=1)))
        return {
            "type": "platform_cost", "source": self.name, "event_id": f"c{number}", "period_start": stamp(start),
            "period_end": stamp(start + length), "resource_id": self.one((*self.resources, "", "")),
            "cost_type": self.one(self.named("lb", "net")), "currency": self.one(("USD", "USD", "USD", "EUR")),
            "amount": self.one(("12.5", "-3.333333333333333333", "0", "1e3", "0.000000000000000001", "-7")),
            "app_id": self.one((*self.apps, "", "", "")), "charge_category": self.one(("", "Credit")),
        }  # fmt: skip

    def turns(self) -> list[dict[str, Any]]:
        """A run of one app in each month, perhaps without any usage; it ends before another platform's hours."""
        if not self.apps or self.random.random() < 0.5:
            return []
        return [
            {"type": "lifecycle", "source": self.name, "event_id": f"l{number}{action}", "time": stamp(opens + after),
             "app_id": self.apps[-1], "resource_id": f"{self.name}-r9", "action": action}
            for number, opens in enumerate(self.opens)
            for action, after in (("start", ODD), ("stop", ODD + self.one((TICK, HOUR, 4 * HOUR))))
        ]  # fmt: skip

    def histories(self) -> Rows:
        owner: dict[str, Sequence[Any]] = {
            "team_id": (*self.teams, ""), "cost_center": (*self.centers, "", ""), "environment": ("production", ""),
            "lifecycle": ("ephemeral", "persistent", ""),
        }  # fmt: skip
        apps = self.apps or [f"{self.name}-gone"]
        return {
            "apps": self.rows("app_id", self.apps, **owner),
            "teams": self.rows("team_id", self.teams, cost_center=self.centers),
            "leases": self.rows(
                "lease_id", [f"{self.name}-l1"], resource_id=(*self.resources, ""), app_id=apps
            ),
            "ownerships": self.rows("resource_id", self.resources, app_id=apps, **owner),
            "environments": self.rows("environment", [f"{self.name}-staging"], cost_center=self.centers),
            "prices": [row for sku in self.skus() if self.random.random() < 0.9 for row in self.prices(sku)],
            "rate_rules": RATE_RULES,
        }  # fmt: skip

    def skus(self) -> list[str]:
        return [f"input_tokens/{self.name}/m", f"output_tokens/{self.name}/m", f"cpu_core_seconds/{self.name}"]

    def prices(self, sku: str) -> list[dict[str, Any]]:
        amounts = [Decimal(text) for text in ("2.5", "98.32", "0", "0.000000000001", "12345678.901234567891")]
        tiers = self.one(((), (), (1000,), (5, 1000)))
        return [
            {"sku_id": sku, "sku_price_id": f"{sku}#{start:%m%d%H%M%S%f}", "list_unit_price": self.one(amounts),
             "tier_starts": list(tiers), "tier_unit_prices": [self.one(amounts) for _ in tiers],
             "pricing_block": self.one((1, 1_000_000, 3600)), "pricing_unit": "unit", "evidence": "",
             "valid_from": start, "valid_to": end}
            for start, end in self.intervals()
        ]  # fmt: skip

    def intervals(self) -> list[tuple[datetime, datetime]]:
        cuts = sorted(self.random.sample(self.cuts, self.one((0, 0, 1, 1, 2))))
        pairs = list(itertools.pairwise([BEGINNING, *cuts, FOREVER]))
        return [pair for pair in pairs if self.random.random() < 0.9]

    def rows(self, key: str, ids: Sequence[str], **values: Sequence[Any]) -> list[dict[str, Any]]:
        return [
            {key: one, **{name: self.one(some) for name, some in values.items()}, "valid_from": start,
             "valid_to": end, "evidence": self.one(("", "deploy log"))}
            for one in ids
            for start, end in self.intervals()
        ]  # fmt: skip

    def agreements(self) -> Rows:
        """A method of its own for some cost types, the same for all time or changed; and what its apps agreed on."""
        rules = []
        for cost_type in self.named("lb", "net")[: self.one((0, 1, 2, 2))]:
            for start, end in self.intervals():
                method = self.one(("even", "proportional", "fixed", "floor_plus_share", "direct"))
                has_basis = method in ("proportional", "floor_plus_share")
                basis = self.one(("requests", "effective_cost", "event_count", "active_hours")) if has_basis else ""
                weights = {(self.apps or self.named("x"))[0]: Decimal("0.333333333"), "gone": Decimal("0.666666667")}
                rules.append(
                    {
                        **_RULE,
                        "cost_type": cost_type,
                        "rule_id": method,
                        "method": method,
                        "basis": basis,
                        "floor": self.one((Decimal(0), Decimal("0.25"), Decimal(60)))
                        if method == "floor_plus_share"
                        else Decimal(0),
                        "weights": weights if method == "fixed" else {},
                        "valid_from": start,
                        "valid_to": end,
                    }
                )
        tokens = {"meter": "input_tokens"}
        kinds = {
            "fee": {"amount": Decimal("1.005")},
            "allowance": {**tokens, "quantity": Decimal("6.5")},
            "tier": {**tokens, "thresholds": [Decimal(3), Decimal(7)], "steps": [Decimal("0.1"), Decimal("0.3")]},
        }
        tariffs = [
            {**_TARIFF, "tariff_id": f"{app}-{kind}", "kind": kind, "app_id": app, **says}
            for app in self.apps
            for kind, says in kinds.items()
            if self.random.random() < 0.3
        ]
        return {"allocation_rules": rules, "tariffs": tariffs}

    def amended(self, histories: Rows) -> Rows:
        """What is found out after the first month was closed, and holds from the beginning."""
        always = {"valid_from": BEGINNING, "valid_to": FOREVER, "evidence": "deploy log"}
        owner = {"team_id": self.teams[0], "cost_center": "", "environment": "", "lifecycle": ""}
        found: Rows = {}
        if self.apps and self.random.random() < 0.5:
            found["ownerships"] = [{"resource_id": f"{self.name}-r3", "app_id": self.apps[0], **owner, **always}]
        if self.random.random() < 0.3:
            found["apps"] = [{"app_id": f"{self.name}-new", **owner, **always}]
        priced = {row["sku_id"] for row in histories["prices"]}
        unpriced = [sku for sku in self.skus() if sku not in priced]
        if unpriced and self.random.random() < 0.7:
            amount = {"list_unit_price": Decimal("0.1"), "tier_starts": [], "tier_unit_prices": []}
            said = {"sku_price_id": "late", "pricing_block": 1000, "pricing_unit": "unit"}
            found["prices"] = [{"sku_id": unpriced[0], **amount, **said, **always, "evidence": ""}]
        return found
