"""Small platforms that try to break things: hostile ids, instants on every boundary, gaps, duplicates, bad events."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from config.meters import meters
from tests.properties.oracle import Sent
from warehouse.histories import BEGINNING, FOREVER

FIRST_DAY = datetime(2026, 1, 30, tzinfo=UTC)  # the days cross a month
DAYS = 3
TICK = timedelta(milliseconds=1)

# Midnights, an hour, an odd instant; each with the tick before and after.
CUTS = tuple(
    FIRST_DAY + offset
    for offset in (
        timedelta(0),
        timedelta(hours=9),
        timedelta(hours=12, minutes=34, seconds=56, milliseconds=789),
        timedelta(days=1),
        timedelta(days=1, hours=17, milliseconds=1),
        timedelta(days=2),
    )
)
INSTANTS = tuple(sorted({cut + tick for cut in CUTS for tick in (-TICK, timedelta(0), TICK)} - {FIRST_DAY - TICK}))

APPS = ("chat", "007", 'o\'brien \\ "x"', "über-東京\nnew line", "{app:String} %s")
TEAMS = ("growth", "42")
COST_CENTERS = ("cc-1", "0815", "")
ENVIRONMENTS = ("production", "staging", "")
LIFECYCLES = ("ephemeral", "persistent", "")
RESOURCES = ("r1", "1", "r'2\\")
LEASES = ("l1", "2")
ANONYMOUS = "exp'orter\\"  # the one source that never proves who it is
MODELS = (("openai", "gpt-4o"), ("o'pen\\ai", "模型"), ("", "local"))


@dataclass
class Platform:
    """What is sent, in order, and the histories it meets."""

    sent: list[Sent]
    histories: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@st.composite
def intervals(draw: st.DrawFn) -> list[tuple[datetime, datetime]]:
    """Half-open, not overlapping, perhaps with gaps, perhaps none."""
    cuts = [BEGINNING, *sorted(draw(st.sets(st.sampled_from(CUTS[1:]), max_size=3))), FOREVER]
    pairs = list(itertools.pairwise(cuts))
    kept = draw(st.lists(st.sampled_from((True, True, True, False)), min_size=len(pairs), max_size=len(pairs)))
    return [pair for pair, keep in zip(pairs, kept, strict=True) if keep]


# Compiling the rating of a new set of rules costs more than rating a small platform: laws about other things share one.
_SOME_RULES = [
    {
        "rule_id": "ephemeral",
        "kind": "discount",
        "rate": Decimal("0.3"),
        "lifecycle": "ephemeral",
        "valid_from": CUTS[2],
        "valid_to": CUTS[4],
    },
    {
        "rule_id": "platform",
        "kind": "markup",
        "rate": Decimal("0.333333333"),
        "valid_from": CUTS[1],
        "valid_to": FOREVER,
    },
]
_NO_SCOPE = dict.fromkeys(("lifecycle", "pricing_category", "meter", "cost_center", "app_id", "evidence"), "")


@st.composite
def histories(draw: st.DrawFn, *, any_rules: bool = False) -> dict[str, list[dict[str, Any]]]:
    """Histories of everything; of discounts and markups one fixed set unless ``any_rules``."""

    def rows(key: str, names: tuple[str, ...], **values: st.SearchStrategy[Any]) -> list[dict[str, Any]]:
        return [
            {
                key: name,
                **{column: draw(value) for column, value in values.items()},
                "valid_from": start,
                "valid_to": end,
                "evidence": draw(st.sampled_from(("", "deploy log"))),
            }
            for name in names
            for start, end in draw(intervals())
        ]

    owner = {
        "team_id": st.sampled_from((*TEAMS, "")),
        "cost_center": st.sampled_from(COST_CENTERS),
        "environment": st.sampled_from(ENVIRONMENTS),
        "lifecycle": st.sampled_from(LIFECYCLES),
    }
    apps = st.sampled_from(APPS)
    return {
        "apps": rows("app_id", APPS[:-1], **owner),
        "teams": rows("team_id", TEAMS, cost_center=st.sampled_from(COST_CENTERS)),
        "leases": rows("lease_id", LEASES, resource_id=st.sampled_from(RESOURCES), app_id=apps),
        "ownerships": rows("resource_id", RESOURCES[:2], app_id=apps, **owner),
        "environments": rows("environment", ("staging",), cost_center=st.sampled_from(COST_CENTERS[:2])),
        "prices": prices(draw),
        "rate_rules": [_NO_SCOPE | rule for rule in _SOME_RULES]
        if not any_rules
        else rows(
            "rule_id",
            ("r1", "r'2"),
            kind=st.sampled_from(("discount", "markup")),
            rate=st.sampled_from([Decimal(text) for text in ("0", "0.1", "0.333333333", "1", "0.000000001")]),
            lifecycle=st.sampled_from(("", "", "ephemeral")),
            pricing_category=st.sampled_from(("", "", "Dynamic")),
            meter=st.sampled_from(("", "", "input_tokens")),
            cost_center=st.sampled_from(("", "", "cc-1", "cc-unattributed")),
            app_id=st.one_of(st.just(""), st.just(""), apps),
        ),
    }


def skus() -> list[str]:
    """Every SKU that the generated usage can have, and a few more."""
    tokens = [name for name in meters() if name.endswith("_tokens")]
    return [
        *("/".join(part for part in (meter, *model) if part) for meter in tokens[:2] for model in MODELS),
        *(f"instance_seconds/p5.48xlarge/{region}" for region in ("us-east-1", "eu")),
        "cpu_core_seconds",
        "egress_bytes/eu",
    ]


def prices(draw: st.DrawFn) -> list[dict[str, Any]]:
    amount = st.sampled_from([Decimal(t) for t in ("2.5", "98.32", "0", "0.000000000001", "12345678.901234567891")])
    rows = []
    for sku in skus():
        for number, (start, end) in enumerate(draw(intervals())):
            tiers = draw(st.sampled_from(((), (1000,), (5, 1000))))
            rows.append(
                {
                    "sku_id": sku,
                    "sku_price_id": draw(st.sampled_from((f"{sku}#{number}", "list"))),
                    "list_unit_price": draw(amount),
                    "tier_starts": list(tiers),
                    "tier_unit_prices": [draw(amount) for _ in tiers],
                    "pricing_block": draw(st.sampled_from((1, 1000000, 3600))),
                    "pricing_unit": "unit",
                    "valid_from": start,
                    "valid_to": end,
                    "evidence": "",
                }
            )
    return rows


def times() -> st.SearchStrategy[str]:
    anywhere = st.integers(0, DAYS * 86_400_000 - 1).map(lambda ms: FIRST_DAY + timedelta(milliseconds=ms))
    return st.one_of(st.sampled_from(INSTANTS), st.sampled_from(INSTANTS), anywhere).map(stamp)


def stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@st.composite
def usage(draw: st.DrawFn, number: int) -> dict[str, Any]:
    event = {
        "type": "usage",
        "source": draw(st.sampled_from(("meter-1", "meter-1", "1", ANONYMOUS))),
        "event_id": f"e{number}",
        "time": draw(times()),
        "resource_id": draw(st.sampled_from((*RESOURCES, ""))),
        "app_id": draw(st.sampled_from((*APPS, ""))),
        "environment": draw(st.sampled_from(ENVIRONMENTS)),
        "lease_id": draw(st.sampled_from((*LEASES, "", ""))),
        "is_spot": draw(st.booleans()),
        "is_estimated": draw(st.sampled_from((False, False, True))),
    }
    kind = draw(st.sampled_from(("call", "call", "bucket", "instance", "cpu", "egress")))
    if kind in ("call", "bucket"):
        event |= dict(zip(("provider", "model"), draw(st.sampled_from(MODELS)), strict=True))
    if kind == "call":
        counts = st.sampled_from(("0", "1", "5", "6", "999", "1001", "123456789012"))
        tokens = ("input_tokens", "cache_read_tokens", "output_tokens")
        return event | {"quantities": {"requests": "1", **{meter: draw(counts) for meter in tokens}}}
    if kind == "bucket":
        count, whole = draw(st.sampled_from((("7", "1001"), ("12", "6"), ("1", "5"))))
        return event | {"meter": "input_tokens", "quantity": count, "call_input_tokens": whole}
    if kind == "instance":
        amount, unit = draw(st.sampled_from((("3600", "Seconds"), ("0.25", "Hours"), ("0.000000001", ""))))
        region = draw(st.sampled_from(("us-east-1", "eu")))
        return event | {
            "meter": "instance_seconds",
            "quantity": amount,
            "unit": unit,
            "instance_type": "p5.48xlarge",
            "region": region,
            "provider": draw(st.sampled_from(("", "aws"))),  # no part of this SKU
        }
    if kind == "cpu":
        amount = draw(st.sampled_from(("0.1", "1e2", "999999999999999999.999999999", "33.333333333")))
        return event | {"meter": "cpu_core_seconds", "quantity": amount}
    amount = draw(st.sampled_from(("1", "1.5", "2E-3")))
    return event | {"meter": "egress_bytes", "quantity": amount, "unit": "GiB", "region": "eu"}


@st.composite
def platform_cost(draw: st.DrawFn, number: int) -> dict[str, Any]:
    start = draw(times())
    length = draw(st.sampled_from((timedelta(hours=1), timedelta(days=1), timedelta(days=28))))
    amounts = st.sampled_from(("12.5", "-3.333333333333333333", "0", "1e3", "0.000000000000000001"))
    event = {
        "type": "platform_cost",
        "source": draw(st.sampled_from(("bill", "bill", ANONYMOUS))),
        "event_id": f"e{number}",
        "period_start": start,
        "period_end": stamp(datetime.fromisoformat(start) + length),
        "cost_type": draw(st.sampled_from(("load_balancer", "credit 'x'"))),
        "charge_category": draw(st.sampled_from(("", "Credit", "Tax"))),
        "currency": draw(st.sampled_from(("USD", "USD", "EUR"))),
        "provider": "aws",
        "service_name": draw(st.sampled_from(("ELB", ""))),
        "resource_id": draw(st.sampled_from((*RESOURCES, ""))),
        "app_id": draw(st.sampled_from((*APPS, ""))),
        "environment": draw(st.sampled_from(ENVIRONMENTS)),
    }
    if draw(st.booleans()):
        return event | {"amount": draw(amounts)}
    names = ("list_cost", "contracted_cost", "effective_cost", "billed_cost")
    return event | {name: draw(amounts) for name in names}


_WRONG: tuple[tuple[str, dict[str, Any]], ...] = (
    ("unknown_meter", {"meter": "unicorns"}),
    ("unknown_unit", {"unit": "Parsecs"}),
    ("bad_quantity", {"quantity": "-1"}),
    ("bad_quantity", {"quantity": "0"}),
    ("bad_quantity", {"quantity": "NaN"}),
    ("bad_quantity", {"quantity": "1e18"}),
    ("bad_quantity", {"quantity": "1e57"}),
    ("bad_quantity", {"quantity": "0.0000000001"}),
    ("bad_quantity", {"quantity": "1.000000000000000001e-5"}),
    ("bad_quantity", {"quantity": "0.1234567890"[:-1] + "1"}),
    ("bad_time", {"time": "2026-01-30T12:00:00"}),
    ("bad_time", {"time": "2026-02-30T12:00:00Z"}),
    ("bad_time", {"time": "1769774400"}),
    ("too_old", {"time": "1999-12-31T23:59:59.999Z"}),
    ("missing_field", {"source": ""}),
    ("missing_field", {"event_id": ""}),
    ("bad_field", {"event_id": "x" * 129}),
    ("malformed", {"team_id": "mine"}),
)


@st.composite
def wrong(draw: st.DrawFn, number: int) -> Sent:
    reason, change = draw(st.sampled_from(_WRONG))
    sound = {
        "source": "meter-1",
        "event_id": f"w{number}",
        "time": draw(times()),
        "resource_id": "r1",
        "meter": "cpu_core_seconds",
        "quantity": "1",
    }
    return Sent(sound | change, reason)


def again(event: dict[str, Any], how: str, time: str) -> dict[str, Any]:
    """A second sending of an event: as it was, with another time, or with another payload."""
    if how == "duplicate":
        return event
    if how == "restamp":
        # The end of a cost's period is payload; only its start may move.
        return event if event["type"] == "platform_cost" else event | {"time": time}
    return event | {"resource_id": event["resource_id"] + "-other"}


@st.composite
def platforms(draw: st.DrawFn, *, most: int = 24, repeats: bool = True, any_rules: bool = False) -> Platform:
    """A platform of a few dozen events; ``repeats`` adds duplicates, re-stamped retries and conflicts."""
    sent: list[Sent] = []
    for number in range(draw(st.integers(1, most))):
        kind = draw(st.sampled_from(("usage",) * 6 + ("platform_cost", "wrong")))
        if kind == "wrong":
            sent.append(draw(wrong(number)))
            continue
        event = draw(usage(number) if kind == "usage" else platform_cost(number))
        sent.append(Sent(event, is_authenticated=event["source"] != ANONYMOUS))
    sound = [item for item in sent if not item.reason]
    if repeats and sound:
        for _ in range(draw(st.integers(0, 6))):
            item = draw(st.sampled_from(sound))
            how = draw(st.sampled_from(("duplicate", "restamp", "conflict")))
            at = draw(st.integers(sent.index(item) + 1, len(sent)))
            sent.insert(at, Sent(again(item.event, how, draw(times())), "", item.is_authenticated))
    return Platform(sent, draw(histories(any_rules=any_rules)))
