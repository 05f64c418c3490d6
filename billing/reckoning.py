"""How a line that is agreed was reckoned: a fee, an allowance or a tier, step by step from the usage beside it.

The same arithmetic as ``queries.allowances`` and ``queries.volume_tiers``, told for one line, so that people can follow
it with a pocket calculator; the page and the command line compare its end with the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal, localcontext
from typing import Any

from billing.period import Period
from metrics.lines import LINE_KEY
from queries.agreed import SCOPE
from warehouse.connect import Store
from warehouse.known import instant_sql, known_sql

AGREED = ("fee", "allowance", "tier")
_QUANTITY, _RATIO, _MONEY = Decimal("1e-9"), Decimal("1e-30"), Decimal("1e-21")
_NO_KEY = ("line_kind", "allocation_rule_id", "unit")
_NOTHING = Decimal(0)
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One step: what it is, how it follows from the steps before, its value and the value's unit."""

    what: str
    how: str
    value: Decimal
    unit: str


def reckoned(line: Line, lines: Sequence[Line], tariffs: Sequence[Line], currency: str) -> list[Part]:
    """Return the steps to the amount of a line of an ``AGREED`` kind; the last is the amount they come to.

    ``lines`` are all lines of the month (corrections are left out), ``tariffs`` those in force at its start.

    Raises:
        LookupError: the tariff or the usage that the line was made of is not among them.

    """
    tariff = next((one for one in tariffs if one["tariff_id"] == line["allocation_rule_id"]), None)
    if tariff is None:
        raise LookupError(f"tariff {line['allocation_rule_id']} was not in force at the start of the month")
    own = _net([one for one in lines if not one["corrects_period"] and one["app_id"] == line["app_id"]])
    with localcontext(prec=120):
        if line["line_kind"] == "fee":
            return _fee(line, own, tariff, currency)
        same = [one for one in own if one["meter"] == line["meter"]]
        reckon = _allowance if line["line_kind"] == "allowance" else _tier
        return reckon(line, same, tariff, tariffs, currency)


def tariffs_in(store: Store, period: Period, known: datetime | None) -> list[dict[str, Any]]:
    """Return the tariffs in force at the start of a month, today's or those ``known`` when it was closed."""
    held = known_sql("tariffs", known) if known else "tariffs"
    return store.rows(
        f"SELECT * FROM {held} AS held WHERE valid_from <= {instant_sql(period.start)} "
        f"AND valid_to > {instant_sql(period.start)} ORDER BY tariff_id"
    )


def usage_of(line: Line, lines: Iterable[Line]) -> Line | None:
    """Return the usage line that an allowance or a tier takes something off."""
    same = [one for one in lines if one["line_kind"] == "usage" and not one["corrects_period"]]
    return next((one for one in same if _key(one) == _key(line)), None)


def _net(lines: Sequence[Line]) -> list[Line]:
    """The lines, each of usage with what reserved capacity changed of it: as ``queries.tariff_lines`` takes them."""
    changed: dict[tuple[Any, ...], Decimal] = {}
    for one in lines:
        if one["line_kind"] == "commitment":
            changed[_key(one)] = changed.get(_key(one), _NOTHING) + one["amount"]
    return [
        {**one, "amount": one["amount"] + changed.get(_key(one), _NOTHING)} if one["line_kind"] == "usage" else one
        for one in lines
        if one["line_kind"] != "commitment"
    ]


def _fee(line: Line, own: Sequence[Line], tariff: Line, currency: str) -> list[Part]:
    homes = {(one["cost_center"], one["team_id"], one["environment"]) for one in own if one["line_kind"] not in AGREED}
    at_home = [one for one in own if one["line_kind"] not in AGREED and one["cost_center"] == line["cost_center"]]
    at_home = [one for one in at_home if (one["team_id"], one["environment"]) == (line["team_id"], line["environment"])]
    whole, amount = sum((one["amount"] for one in at_home), _NOTHING), Decimal(tariff["amount"])
    once = "once, where the app cost most" if len(homes) > 1 else "once, where the app is booked"
    return [
        Part(what="Billed of the app here", how="it bills something, so a fee is due", value=whole, unit=currency),
        Part(what="Fee", how=f"tariff {tariff['tariff_id']}, an app and month", value=amount, unit=currency),
        Part(what="The fee", how=f"{once}: {line['cost_center']}", value=amount, unit=currency),
    ]


def _allowance(line: Line, same: Sequence[Line], tariff: Line, tariffs: Sequence[Line], currency: str) -> list[Part]:
    held = _under(same, tariff, tariffs)
    own = _usage(line, held)
    unit, used = own["unit"], sum((one["quantity"] for one in held), _NOTHING)
    free = min(Decimal(tariff["quantity"]), used)
    part = _cut(_cut(own["quantity"] * free / used, _RATIO), _QUANTITY)
    taken = -_cut(_cut(own["amount"] * free / used, _RATIO), _MONEY)
    granted = f"{_plain(tariff['quantity'])} free by tariff {tariff['tariff_id']}, never more than was used"
    return [
        Part(what="Used in this month", how=_counted(held, line), value=used, unit=unit),
        Part(what="Free", how=granted, value=free, unit=unit),
        Part(what="Used on this line", how="the usage line beside it", value=own["quantity"], unit=unit),
        Part(what="Free of this line", how="used on this line × free / used in this month", value=part, unit=unit),
        Part(
            what="Its price in this month",
            how="the usage line, with its reserved part",
            value=own["amount"],
            unit=currency,
        ),
        Part(what="Given back", how="− its amount × free / used in this month", value=taken, unit=currency),
    ]


def _tier(line: Line, same: Sequence[Line], tariff: Line, tariffs: Sequence[Line], currency: str) -> list[Part]:
    held = _under(same, tariff, tariffs)
    own = _usage(line, held)
    free = {_key(one): one for one in same if one["line_kind"] == "allowance"}
    paid = {_key(one): one["quantity"] - _of(free, one, "quantity") for one in held}
    whole, unit = sum(paid.values(), _NOTHING), own["unit"]
    parts = [Part(what="Used and not free", how=_counted(held, line), value=whole, unit=unit)]
    less = _NOTHING
    for start, step in zip(tariff["thresholds"], tariff["steps"], strict=True):
        above = whole - start
        if above > 0:
            weighed = _cut(above * step, _QUANTITY)
            how = f"{_plain(above)} above {_plain(start)} × {_plain(step * 100)} %"
            parts.append(Part(what=f"Tier above {_plain(start)}", how=how, value=weighed, unit=unit))
            less += weighed
    left = own["amount"] + _of(free, own, "amount")
    taken = -_cut(_cut(left * less / whole, _RATIO), _MONEY)
    ratio = (less / whole).quantize(Decimal("1e-12")).normalize()
    return [
        *parts,
        Part(what="Worth", how=f"all tiers together: {_plain(ratio * 100)} % of what is used", value=less, unit=unit),
        Part(what="This line after what is free", how="its usage and its allowance", value=left, unit=currency),
        Part(what="Taken off", how="− this line × worth / used and not free", value=taken, unit=currency),
    ]


def _under(lines: Sequence[Line], tariff: Line, tariffs: Sequence[Line]) -> list[Line]:
    """The usage lines that the tariff holds for: of several of its kind the first by name stands (``agreed``)."""
    of_kind = sorted((one for one in tariffs if one["kind"] == tariff["kind"]), key=lambda one: one["tariff_id"])
    held = []
    for line in lines:
        if line["line_kind"] == "usage" and line["app_id"]:
            fits = (one for one in of_kind if all(not one[name] or one[name] == line[name] for name in SCOPE))
            if (first := next(fits, None)) is not None and first["tariff_id"] == tariff["tariff_id"]:
                held.append(line)
    return held


def _usage(line: Line, held: Sequence[Line]) -> Line:
    found = usage_of(line, held)
    if found is None:
        raise LookupError("the usage line that it takes something off is not there")
    return found


def _of(lines: Mapping[tuple[Any, ...], Line], line: Line, name: str) -> Decimal:
    # What is free is stated above 0 as a quantity and below 0 as an amount.
    return Decimal(lines[_key(line)][name]) if _key(line) in lines else _NOTHING


def _counted(held: Sequence[Line], line: Line) -> str:
    noun = "line" if len(held) == 1 else "lines"
    return f"{line['meter']} of {line['app_id']} on {len(held)} usage {noun}"


def _key(line: Line) -> tuple[Any, ...]:
    return tuple(line[name] for name in LINE_KEY if name not in _NO_KEY)


def _cut(value: Decimal, places: Decimal) -> Decimal:
    return value.quantize(places, rounding=ROUND_DOWN)


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
