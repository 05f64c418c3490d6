"""What changed on an invoice, line by line: each beside its own of the month before, and why it is another amount."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Line = Mapping[str, Any]  # of a document: decimals are text

# What a line is for. Its price and the rules in its footnotes may change, and a month may have several of both.
_WHAT = ("corrects_period", "team_id", "app_id", "environment", "line_kind", "service_name", "sku_id", "unit")
_PRICE = ("unit_price", "pricing_block")
_NOTHING = Decimal(0)
_LEAST = Decimal("0.0005")  # growth that rounds to 0.0 % is none


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """A line of either month, or one of both. ``change`` is ``amount - previous``, in cents."""

    line: Line | None
    past: Line | None
    why: str

    @property
    def either(self) -> Line:
        """The line, or the one that is gone."""
        found = self.line or self.past
        assert found is not None
        return found

    @property
    def amount(self) -> Decimal:
        """What it is now; 0 if it is gone."""
        return _amount(self.line)

    @property
    def previous(self) -> Decimal:
        """What it was the month before; 0 if it is new."""
        return _amount(self.past)

    @property
    def change(self) -> Decimal:
        """How much more it is."""
        return self.amount - self.previous


def line_changes(
    lines: Sequence[Line],
    before: Sequence[Line],
    *,
    notes: Mapping[int, str],
    notes_before: Mapping[int, str],
) -> list[LineChange]:
    """Return the lines of a month beside those of the month before, the largest amount first.

    Every line of both is in exactly one row, so amounts, previous amounts and changes sum to those of the invoices.
    Of what has several lines, for it has several prices or rules, those of one price and the same footnotes
    (``notes`` by number) are compared first, then those of one price, then what is left, each time the largest first.

    ``why``: another price, volume, or part of the list price that rules leave; mix if it was or is billed, but
    at other prices or by other rules; new or gone if nothing of it was or is.
    """
    now, past = _by_what(lines, notes), _by_what(before, notes_before)
    found = []
    for what in {**now, **past}:
        is_both = what in now and what in past
        for line, was in _paired(now.get(what, []), past.get(what, [])):
            found.append(LineChange(line=line, past=was, why=_why(line, was, is_both=is_both)))
    return sorted(found, key=lambda row: (-row.amount, -row.previous, row.either["line_id"]))


@dataclass(frozen=True, slots=True)
class _Priced:
    """A line, and by what it is found again: its price and rules, or its price, or nothing but what it is for."""

    line: Line
    keys: tuple[tuple[Any, ...], ...]


def _by_what(lines: Sequence[Line], notes: Mapping[int, str]) -> dict[tuple[Any, ...], list[_Priced]]:
    groups: dict[tuple[Any, ...], list[_Priced]] = {}
    for line in lines:
        price = tuple(line[name] for name in _PRICE)
        rules = tuple(sorted(notes[number] for number in line["footnotes"]))
        one = _Priced(line, ((price, rules), price, ()))
        groups.setdefault(tuple(line[name] for name in _WHAT), []).append(one)
    return groups


def _paired(now: list[_Priced], past: list[_Priced]) -> Iterator[tuple[Line | None, Line | None]]:
    for level in range(3):
        waiting: dict[tuple[Any, ...], list[_Priced]] = {}
        for one in _largest_first(past):
            waiting.setdefault(one.keys[level], []).append(one)
        alone = []
        for one in _largest_first(now):
            if same := waiting.get(one.keys[level]):
                yield one.line, same.pop(0).line
            else:
                alone.append(one)
        now, past = alone, [one for same in waiting.values() for one in same]
    yield from ((one.line, None) for one in now)
    yield from ((None, one.line) for one in past)


def _largest_first(found: list[_Priced]) -> list[_Priced]:
    return sorted(found, key=lambda one: (-_amount(one.line), one.line["line_id"]))


def _why(line: Line | None, past: Line | None, *, is_both: bool) -> str:
    either = line or past or {}
    if either["corrects_period"]:
        return f"corrects {either['corrects_invoice'] or either['corrects_period']}" + ("" if line else ", once")
    if line is None:
        return "mix: price or rule gone" if is_both else "gone"
    if past is None:
        return "mix: new price or rule" if is_both else "new"
    told = []
    if line["unit_price"] != past["unit_price"]:
        told.append(f"price {past['unit_price']} → {line['unit_price']}")
    if line["pricing_block"] != past["pricing_block"]:
        told.append(f"price per {past['pricing_block']:,} → {line['pricing_block']:,}")
    left, was_left = _left_by_rules(line), _left_by_rules(past)
    if left != was_left and left and was_left:
        told.append(f"rules leave {was_left} → {left} of list")
    if line["unit"]:
        told += _growth("volume", line["quantity"], past["quantity"])
    return ", ".join(told or _growth("cost", line["amount"], past["amount"])) or _as_it_was(line, past)


def _left_by_rules(line: Line) -> str:
    """Which part of the list price discounts and markups leave; empty of what has none."""
    whole = Decimal(line["list_amount"] or 0)
    return f"{Decimal(line['exact_amount']) / whole:.1%}" if line["line_kind"] == "usage" and whole else ""


def _growth(what: str, now: str | None, past: str | None) -> list[str]:
    after, before = Decimal(now or 0), Decimal(past or 0)
    if after * before <= 0 or abs(growth := after / before - 1) < _LEAST:
        return []
    return [f"{what} {growth:+.1%}"]


def _as_it_was(line: Line, past: Line) -> str:
    return "as before" if line["amount"] == past["amount"] else "another amount"


def _amount(line: Line | None) -> Decimal:
    return Decimal(line["amount"]) if line else _NOTHING
