"""A flag in words that a tired person understands. Text only: the command line says the same as the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from billing.rounding import CENT, EXACT, rounded_lines, rounded_total
from config.meters import meters
from queries.flag_list import DROP, SAMPLE
from ui.words import amount, counted

KINDS = {
    "launch": "Launch",
    "deploy_linked": "After a deploy",
    "spike": "Spike",
    "leak": "Leak",
    "level_shift": "New level",
    DROP: "Drop",
    SAMPLE: "Not flagged",
}
STATES = {
    "open": "Open",
    "acknowledged": "Acknowledged",
    "confirmed": "Confirmed",
    "expected": "Expected",
    "dismissed": "Dismissed",
}
_STATUSES = {"running": "Running", "over": "Over", "withdrawn": "Withdrawn"}
# What the detector looked at: each with how it reads.
EVIDENCE = {
    "hour": "this hour alone",
    "bar": "this hour alone",
    "z1": "this hour alone",
    "r3": "the last 3 hours together",
    "r6": "the last 6 hours together",
    "r24": "the last 24 hours together",
    "long": "the last day beside the same weekdays before",
}
BASES = {
    "history": "its own history",
    "declared": "what its team declared, since it is younger than two days",
    "cohort": "apps of its kind, since it is younger than two days",
}
REACH = timedelta(hours=6)  # how long before a flag what happened is named
_MINUTE = timedelta(minutes=1)
_MOST = 2
_ACRONYMS = {"cpu": "CPU", "gpu": "GPU", "gb": "GB"}


def rounded_drivers(drivers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return drivers in cents that still add up: lines to the headline, effects to their line, costs to the total.

    Each figure is within a cent of its own; the expected is what is left of the cost without the excess.
    """
    effects = rounded_lines(
        {f"{row['meter']}|{name}": row[name] for row in drivers for name in ("quantity_effect", "price_effect")}
    )
    costs = rounded_lines({row["meter"]: row["amount"] for row in drivers})
    told = []
    for row in drivers:
        quantity, price = (effects[f"{row['meter']}|{name}"] for name in ("quantity_effect", "price_effect"))
        excess, cost = EXACT.add(quantity, price), costs[row["meter"]]
        told.append(
            {
                **row,
                "amount": cost,
                "expected": EXACT.subtract(cost, excess),
                "excess": excess,
                "quantity_effect": quantity,
                "price_effect": price,
            }
        )
    return told


def in_cents(flag: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return a flag's headline in cents: what it cost, was expected to, and the difference of the two."""
    excess, actual = (rounded_total({"": flag[name]}) for name in ("excess", "actual"))
    return {"actual": actual, "excess": excess, "expected": EXACT.subtract(actual, excess)}


def headline(flag: Mapping[str, Any]) -> str:
    """Return what a flag is about in a line: $275.18 in 5 hours, $238.25 more than expected."""
    cents = in_cents(flag)
    if flag["kind"] == DROP:
        cost = f"{amount(cents['actual'])} in {lasting(flag)}"
        return f"{_silent_lines(flag)}: {cost}, {missing(cents['excess'])} of the expected"
    more = "more" if cents["excess"] >= 0 else "less"
    return f"{amount(cents['actual'])} in {lasting(flag)}, {amount(abs(cents['excess']))} {more} than expected"


def missing(excess: Decimal) -> str:
    """Return what a drop is about: $42.00 missing; where its hours cost more after all, that."""
    return f"{amount(abs(excess))} {'missing' if excess <= 0 else 'over'}"


def status_words(flag: Mapping[str, Any]) -> str:
    """Return whether a flag goes on, as people say it: what fell silent does not run."""
    if flag["kind"] == DROP and flag["status"] == "running":
        return "Still silent"
    return _STATUSES.get(flag["status"], flag["status"])


def sentences(
    flag: Mapping[str, Any],
    drivers: Sequence[Mapping[str, Any]],
    skus: Sequence[Mapping[str, Any]],
    markers: Sequence[Mapping[str, Any]],
    earlier: int,
) -> list[str]:
    """Return a flag in a few sentences: how much, since when, which line and why, what happened, how often."""
    cents = in_cents(flag)
    more = "more" if cents["excess"] >= 0 else "less"
    told = [
        f"{flag['app_id']} cost {amount(cents['actual'])} in {lasting(flag)} from {when(flag['started_at'])} on: "
        f"{amount(abs(cents['excess']))} {more} than the {amount(cents['expected'])} expected"
        f"{_multiple(cents)}."
    ]
    if flag["kind"] == DROP:
        told = [
            f"{_silent_lines(flag)} of {flag['app_id']} fell silent at {when(flag['started_at'])}: "
            f"{amount(cents['actual'])} in {lasting(flag)}, {missing(cents['excess'])} "
            f"of the {amount(cents['expected'])} expected."
        ]
    told += [_driver(row, skus, flag["kind"]) for row in rounded_drivers(drivers)[:_MOST] if abs(row["excess"]) >= CENT]
    if flag["kind"] == SAMPLE:
        return [*told, "It was not flagged: it is offered for a label, so that the detector learns from silence too."]
    told.append(_what_happened(flag, markers))
    if flag["status"] == "running" and flag["kind"] == DROP:
        told.append("It goes on: an outage, a meter that stopped counting, or use that ended.")
    elif flag["status"] == "running":
        told.append(f"It goes on, and makes about {amount(flag['projected_excess'])} over the expected in all.")
    elif flag["status"] == "withdrawn":
        told.append("It was withdrawn: with what arrived since, the hours are not unusual.")
    else:
        told.append(f"It was over at {when(flag['ended_at'])}.")
    if flag["basis"] in ("declared", "cohort"):
        told.append(f"Expected is {BASES[flag['basis']]}.")
    if earlier:
        told.append(f"This app was flagged {counted(earlier, 'time')} in the three weeks before.")
    return [sentence for sentence in told if sentence]


def lasting_short(flag: Mapping[str, Any]) -> str:
    """Return how long a flag lasts so far where there is little room: 5 h, 2 d 3 h."""
    days, rest = divmod(round((_end(flag) - flag["started_at"]) / timedelta(hours=1)), 24)
    return " ".join(f"{count} {unit}" for count, unit in ((days, "d"), (rest, "h")) if count) or "0 h"


def lasting(flag: Mapping[str, Any]) -> str:
    """Return how long a flag lasts so far: 5 hours, 2 days 3 hours."""
    hours = round((_end(flag) - flag["started_at"]) / timedelta(hours=1))
    days, rest = divmod(hours, 24)
    if hours <= 48 or not rest:
        return counted(hours, "hour") if hours <= 48 else counted(days, "day")
    return f"{counted(days, 'day')} {counted(rest, 'hour')}"


def when(at: datetime) -> str:
    """Return a moment: Thu Nov 19, 14:00 UTC."""
    return f"{at:%a %b %-d, %H:%M} UTC"


def span(flag: Mapping[str, Any]) -> str:
    """Return from when on a flag goes on, or from when to when it went: Thu Nov 19, 14:00 to 19:00 UTC."""
    start, end = flag["started_at"], flag["ended_at"]
    if end is None:
        return f"since {when(start)}"
    return f"{start:%a %b %-d, %H:%M} to {f'{end:%H:%M} UTC' if end.date() == start.date() else when(end)}"


def offset(at: datetime, start: datetime) -> str:
    """Return how far a moment is from a flag's start: 25 min before, 2 h 10 min after."""
    apart = round(abs(at - start) / _MINUTE)
    if not apart:
        return "at its start"
    hours, minutes = divmod(apart, 60)
    text = " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "") if part)
    return f"{text} {'before' if at < start else 'after'}"


def likelihood(tail: float) -> str:
    """Return how rare an hour like this is, from -log10 of its probability: once in 2,000 hours."""
    return f"once in {round(10 ** min(tail, 9)):,} hours" if tail > 0 else "usual"


def meter_words(meter: str) -> str:
    """Return a meter as people say it: input tokens, CPU core seconds."""
    return " ".join(_ACRONYMS.get(word, word) for word in meter.split("_"))


def _end(flag: Mapping[str, Any]) -> datetime:
    return flag["ended_at"] or flag["scored_until"]


def _multiple(cents: Mapping[str, Decimal]) -> str:
    if cents["expected"] < CENT or cents["actual"] < 2 * cents["expected"]:
        return ""
    return f" ({cents['actual'] / cents['expected']:.1f} times)"


def _silent_lines(flag: Mapping[str, Any]) -> str:
    """Which lines of its app a drop is about: the others may go on."""
    lines = flag["meters"]
    return _begun(meter_words(lines[0])) if len(lines) == 1 else counted(len(lines), "line")


def _driver(row: Mapping[str, Any], skus: Sequence[Mapping[str, Any]], kind: str) -> str:
    line, is_missing = meter_words(row["meter"]), kind == DROP and row["excess"] < 0
    if not row["amount"] and row["excess"] < 0:
        return f"Of {line} {amount(-row['excess'])} is missing: there was none."
    share = f"{_begun(line)} made {amount(row['excess'], signed=True)}"
    if is_missing:
        share = f"Of {line} {amount(-row['excess'])} is missing"
    effects = _effects(row, skus)
    if is_missing and len(effects) == 1:
        return f"{share}: {effects[0][0]}."  # all of it is that
    parts = [
        f"{said} {_takes(effect) if is_missing else amount(effect, signed=True)}{moved}"
        for said, effect, moved in effects
    ]
    return f"{share}: {', '.join(parts)}." if parts else f"{share}."


def _effects(row: Mapping[str, Any], skus: Sequence[Mapping[str, Any]]) -> list[tuple[str, Decimal, str]]:
    """What a line's difference is made of, in words and money: use, and what a unit costs; with what moved."""
    price, quantity = row["price_effect"], row["quantity_effect"]
    parts = []
    if abs(quantity) >= CENT:
        parts.append((f"{'more' if quantity > 0 else 'less'} use", quantity, ""))
    if abs(price) >= CENT:
        times = row["unit_cost"] / row["unit_cost_before"] if row["unit_cost"] and row["unit_cost_before"] else None
        unit = meters()[row["meter"]].unit.removesuffix("s").lower() if row["meter"] in meters() else "unit"
        said = f"each {unit} {times:.1f} times as dear" if times and times >= Decimal("1.1") else "another unit cost"
        parts.append((said, price, _moved(row["meter"], skus)))
    return parts


def _takes(effect: Decimal) -> str:
    return f"{'takes' if effect < 0 else 'adds'} {amount(abs(effect))}"


def _begun(text: str) -> str:
    """Return text as a sentence begins with it."""
    return f"{text[:1].upper()}{text[1:]}"


def _moved(meter: str, skus: Sequence[Mapping[str, Any]]) -> str:
    """What the line is made of now and was before, if that is not the same."""
    own = [row for row in skus if row["meter"] == meter]
    now = max(own, key=lambda row: row["share"] or 0, default=None)
    before = max(own, key=lambda row: row["share_before"] or 0, default=None)
    if not now or not before or now["sku_id"] == before["sku_id"] or not before["share_before"]:
        return ""
    old, new = (row["sku_id"].removeprefix(f"{meter}/") for row in (before, now))
    return f" (mostly {new}, before {old})"


def _what_happened(flag: Mapping[str, Any], markers: Sequence[Mapping[str, Any]]) -> str:
    """The last change of the app before it became unusual, and the last one since that until it was flagged."""
    start, until = flag["started_at"], max(flag["flagged_at"], flag["started_at"])
    near = [row for row in markers if row["action"] in ("deploy", "scale", "start") and row["time"] <= until]
    before = max((row for row in near if row["time"] <= start), key=lambda row: row["time"], default=None)
    since = max((row for row in near if row["time"] > start), key=lambda row: row["time"], default=None)
    told = [_change(row, offset(row["time"], start)) for row in [before] if row]
    told += [_change(row, f"{offset(row['time'], start)} it began, before it was flagged") for row in [since] if row]
    told = told or ["Nothing was deployed, started or scaled in the 6 hours before."]
    return " ".join([*told, *_alerts(markers, start)])


def _alerts(markers: Sequence[Mapping[str, Any]], start: datetime) -> list[str]:
    """The alert that was rung for the app first, and how many more: monitoring may know of it too."""
    rung = sorted((row for row in markers if row["action"] == "alert"), key=lambda row: row["time"])
    if not rung:
        return []
    more = f", and {len(rung) - 1} more" if len(rung) > 1 else ""
    return [f"An alert rang {offset(rung[0]['time'], start)}: {rung[0]['detail']}{more}."]


def _change(row: Mapping[str, Any], moment: str) -> str:
    return f"The app was started {moment}." if row["action"] == "start" else f"A {row['action']} came {moment}."
