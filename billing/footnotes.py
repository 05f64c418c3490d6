"""The sentences under an invoice: which rule shared, discounted, gave away or corrected an amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from billing.amortization import Purchase, purchases
from billing.behind_lines import OWNER, BehindLines
from billing.invoice import Footnote
from billing.period import Period, period_of
from billing.rounding import CENT
from config.settings import settings
from warehouse.connect import Store

_METHODS = {
    "direct": "goes to the app that it names; what names none rests with the platform",
    "even": "is shared evenly by the apps active in its period",
    "proportional": "is shared in proportion to {basis}",
    "fixed": "is shared by fixed weights",
    "floor_plus_share": "is shared as {floor} for every active app and the rest in proportion to {basis}",
    "": "is shared by no rule and rests with the platform",
}


@dataclass(slots=True)
class Footnotes:
    """Numbers sentences in the order in which lines first need them."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, kind: str, text: str) -> int:
        """Return the number of a sentence."""
        return self.numbers.setdefault((kind, text), len(self.numbers) + 1)

    def listed(self) -> tuple[Footnote, ...]:
        """Return the sentences in order."""
        return tuple(Footnote(number=number, kind=kind, text=text) for (kind, text), number in self.numbers.items())


@dataclass(frozen=True, slots=True)
class Sayings:
    """What rules and tariffs say of themselves, by the id that a line carries."""

    allocations: Mapping[tuple[str, datetime], Mapping[str, Any]]
    rates: Mapping[str, Mapping[str, Any]]
    tariffs: Mapping[str, Sequence[Mapping[str, Any]]]
    numbers: Mapping[tuple[str, Period], str]
    commitments: Mapping[str, Mapping[str, Any]]
    purchases: Sequence[Purchase]
    closed: Mapping[Period, datetime]
    behind: BehindLines

    def of_line(self, line: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return (kind, sentence) of everything a reader of the line should know, in a fixed order."""
        notes = []
        if line["corrects_period"]:
            notes.append(("correction", self._correction(line)))
        if line["line_kind"] == "allocated":
            notes.append(("allocation", self._allocation(line)))
        elif line["line_kind"] in ("commitment", "unused_commitment"):
            notes.append(("commitment", self._commitment(line)))
        elif line["allocation_rule_id"]:
            notes.append(("tariff", self._tariff(line)))
        if line["line_kind"] in ("allocated", "direct"):
            notes += [("amortization", text) for text in self._amortizations(line)]
        for kind in ("discount", "markup"):
            if rule := line[f"{kind}_rule_id"]:
                notes.append((kind, self._rate(kind, rule)))
        if line["attribution_rule_is_default"]:
            notes.append(
                (
                    "attribution",
                    "Attributed by default: no tag, lease, resource owner or environment claims these events, "
                    f"so they are booked on {settings().default_cost_center} until someone reconciles them.",
                )
            )
        return notes

    def _correction(self, line: Mapping[str, Any]) -> str:
        period = period_of(line["corrects_period"])
        number = self.numbers.get((line["cost_center"], period))
        invoice = f" (invoice {number})" if number else ""
        return f"Correction of {period}{invoice}: what arrived late, was re-owned or re-priced after it closed."

    def _allocation(self, line: Mapping[str, Any]) -> str:
        cost_type = line["sku_id"].partition("/")[2]
        rule = self._rule(line["allocation_rule_id"])
        method = line["allocation_method"]
        how = how_shared(method, rule.get("basis", ""), rule.get("floor", Decimal(0)))
        named = f" (rule {line['allocation_rule_id']})" if line["allocation_rule_id"] else ""
        said = f" {rule['footnote']}" if rule.get("footnote") else ""
        unborne = " Nobody could bear this part." if not line["app_id"] and method not in ("", "direct") else ""
        return f"Shared cost {cost_type!r} {how}{named}.{said}{self._exceptions(line, rule)}{unborne}"

    def _exceptions(self, line: Mapping[str, Any], rule: Mapping[str, Any]) -> str:
        """Where the method could not be kept: the floors were more than there was, or nobody had any of the basis."""
        if line["allocation_method"] not in ("proportional", "floor_plus_share"):
            return ""
        split = self._split(line, self.closed.get(period_of(line["billing_period"])))
        if split is None:
            return ""
        told = []
        basis = rule.get("basis", "").replace("_", " ")
        for starts, why in (
            (split["short"], "the floors came to more than the amount"),
            (split["idle"], f"there was nothing of the basis ({basis})"),
        ):
            if starts:
                among = f"{len(starts)} of {split['pools']} periods, the first from {starts[0]:%Y-%m-%d %H:%M} UTC"
                told.append(f" Shared evenly instead in {among}: {why}.")
        if split["credits"] and line["allocation_method"] == "floor_plus_share":
            told.append(" A credit is shared like a cost of its size, floors too, and given back.")
        return "".join(told)

    def _split(self, line: Mapping[str, Any], at: datetime | None) -> Mapping[str, Any] | None:
        month = period_of(line["corrects_period"] or line["billing_period"])
        return self.behind.split(line, month, at, self.closed.get(month))

    def _rule(self, named: str) -> Mapping[str, Any]:
        rule_id, _, since = named.rpartition("@")
        return self.allocations.get((rule_id, datetime.fromisoformat(since)), {}) if rule_id else {}

    def _commitment(self, line: Mapping[str, Any]) -> str:
        """Said once an invoice: what was covered and what nobody used stand on the lines."""
        slot = line["allocation_rule_id"]
        held = self.commitments[slot]
        cost, units = (f"{held[name].normalize():f}" for name in ("cost_per_hour", "units_per_hour"))
        paid = f"{cost} {settings().currency} an hour for {units} {line['unit']} of {held['sku_id']}, used or not"
        said = f" {held['footnote']}" if held["footnote"] else ""
        if line["line_kind"] == "unused_commitment":
            return f"Reserved capacity that nobody used: {paid} (commitment {slot}).{said}"
        shares = ", ".join(f"{holder} {share.normalize():f}" for holder, share in sorted(held["shares"].items()))
        how = f"reserved as {shares}" if shares else "shared by what each hour's usage took of it"
        return f"Reserved capacity instead of the price of the covered usage: {paid}, {how} (commitment {slot}).{said}"

    def _amortizations(self, line: Mapping[str, Any]) -> list[str]:
        """Parts of prepaid purchases that a line has: booked on its owner, or in the pools that it bears of.

        Of a correction it is what has changed since the closing before.
        """
        billed = period_of(line["billing_period"])
        month = period_of(line["corrects_period"]) if line["corrects_period"] else billed
        told = []
        for one in self.purchases:
            number, shares = one.share_of(month)
            if not 1 <= number <= shares or line["sku_id"] != f"platform_cost/{one.cost_type}":
                continue
            part = self._booked(one, line, month, self.closed.get(billed))
            if line["corrects_period"]:
                part -= self._booked(one, line, month, self.closed[billed.previous])
            if part:
                told.append(
                    f"Amortization: share {number} of {shares} of purchase {one.event_id} ({one.source}), "
                    f"{part.quantize(CENT)} of {one.amount.quantize(CENT)} {one.currency}, spread evenly over "
                    f"{one.begins:%Y-%m-%d} to {one.ends:%Y-%m-%d}."
                )
        return told

    def _booked(self, one: Purchase, line: Mapping[str, Any], month: Period, at: datetime | None) -> Decimal:
        """What a line's owner has of a purchase in a month; of a shared one what is in pools, if it bears of any."""
        slices = self.behind.slices(at)
        days = [(start, end, slices.get(one.slice_id(start))) for start, end in one.days()]
        held = [(start, end, row) for start, end, row in days if row and month.start <= start < month.end]
        if line["line_kind"] == "direct":
            own = [row for _, _, row in held if all(row[name] == line[name] for name in OWNER)]
        else:
            split = self._split(line, at)
            borne = set(zip(split["starts"], split["ends"], strict=True)) if split else set()
            shared = [(_second(start), _second(end), row) for start, end, row in held if not row["app_id"]]
            is_borne = any((start, end) in borne for start, end, _ in shared)
            own = [row for _, _, row in shared] if is_borne else []
        return sum((row["effective_cost"] for row in own), Decimal(0))

    def _tariff(self, line: Mapping[str, Any]) -> str:
        tariff = line["allocation_rule_id"]
        said = self._agreed(tariff, period_of(line["corrects_period"] or line["billing_period"]))
        return f"{line['line_kind'].capitalize()} by tariff {tariff}.{f' {said}' if said else ''}"

    def _agreed(self, tariff: str, month: Period) -> str:
        """Return the footnote of the entry that billed the month: as known when it was closed, or else as known now."""
        at, entries = self.closed.get(month), self.tariffs.get(tariff, ())
        known = {row["valid_from"]: row for row in entries if at is None or row["recorded_at"] <= at}
        held = (row["footnote"] for row in known.values() if row["valid_from"] <= month.start < row["valid_to"])
        return next(held, "")

    def _rate(self, kind: str, rule: str) -> str:
        rate = self.rates.get(rule.rpartition("@")[0], {}).get(rule)
        percent = f" of {f'{rate * 100:f}'.rstrip('0').rstrip('.')} %" if rate is not None else ""
        over = "list price" if kind == "discount" else "effective cost"
        return f"{kind.capitalize()}{percent} on {over} by rule {rule}; included in the amount."


def how_shared(method: str, basis: str, floor: Decimal) -> str:
    """Return how a method shares a cost, as an invoice says it: "is shared evenly by the apps ..."."""
    least = f"{floor.normalize():f} {settings().currency}"
    said = _METHODS.get(method, f"is shared by the method {method}")
    return said.format(basis=basis.replace("_", " "), floor=least)


def sayings(store: Store) -> Sayings:
    """Read what rules, tariffs and issued invoices say."""
    allocations = store.rows("SELECT rule_id, valid_from, basis, floor, footnote FROM allocation_rules")
    rules = store.rows("SELECT rule_id, valid_from, rate FROM rate_rules WHERE valid_from < valid_to")
    tariffs: dict[str, list[Mapping[str, Any]]] = {}
    for row in store.rows("SELECT * FROM tariff_records ORDER BY recorded_at"):
        tariffs.setdefault(row["tariff_id"], []).append(row)
    commitments = store.rows("SELECT * FROM commitments")
    closed = store.rows("SELECT billing_period, min(closed_at) AS at FROM closings GROUP BY billing_period")
    issued = store.rows("SELECT cost_center, billing_period, number FROM invoices")
    return Sayings(
        {(row["rule_id"], row["valid_from"]): row for row in allocations},
        _rates(rules),
        tariffs,
        {(row["cost_center"], Period(row["billing_period"])): row["number"] for row in issued},
        {f"{row['commitment_id']}@{row['valid_from']:%Y-%m-%dT%H:%M:%SZ}": row for row in commitments},
        purchases(store),
        {Period(row["billing_period"]): row["at"] for row in closed},
        BehindLines(store),
    )


def _second(instant: datetime) -> int:
    """Charges keep their periods to the second."""
    return int(instant.timestamp())


def _rates(rules: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    rates: dict[str, dict[str, Any]] = {}
    for rule in rules:
        start = rule["valid_from"].replace(tzinfo=None)
        exactly = "milliseconds" if start.microsecond else "seconds"
        key = f"{rule['rule_id']}@{start.isoformat(timespec=exactly)}Z"  # queries.ruled_usage.rule_key
        rates.setdefault(rule["rule_id"], {})[key] = rule["rate"]
    return rates
