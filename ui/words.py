"""Changes of cost in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from config.settings import settings

EFFECTS = {"price": "price", "volume": "volume", "mix": "mix", "new": "new app", "gone": "gone"}
_CENT = Decimal("0.005")
_NAMED = 2


def amount(value: Decimal, *, signed: bool = False, currency: str | None = None) -> str:
    """Return money as people read it, to the cent: +$412.20; other currencies by their code."""
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""
    currency = currency or settings().currency
    size = f"{abs(value):,.2f}"
    return f"{sign}${size}" if currency == "USD" else f"{sign}{size} {currency}"


def brief(value: Decimal) -> str:
    """Return money as short as it still says something: $84.2k, $1.27M, $310."""
    size = abs(value)
    for unit, name in ((Decimal(1_000_000), "M"), (Decimal(1000), "k")):
        if size >= unit:
            return amount(value / unit).replace(f"{size / unit:,.2f}", f"{size / unit:,.1f}{name}")
    return amount(value).removesuffix(".00") if size < 100 else amount(value.quantize(Decimal(1))).replace(".00", "")


def digits(value: Decimal) -> str:
    """Return every digit of an amount that says something: cents at least."""
    text = f"{value:,f}"
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest.rstrip('0').ljust(2, '0')}".replace("-", "−")


def unit_price(value: Decimal) -> str:
    """Return a unit price without the zeros after its last digit, but with cents: $2.50, $0.000125."""
    text = f"{value:,f}"
    whole, _, digits = text.partition(".")
    digits = digits.rstrip("0").ljust(2, "0")
    currency = settings().currency
    return f"${whole}.{digits}" if currency == "USD" else f"{whole}.{digits} {currency}"


def counted(number: int, noun: str) -> str:
    """Return a number of things: 1 event, 1,200 events."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def in_sentence(label: str) -> str:
    """Return a label as it stands inside a sentence: SKU stays, Cost center is cost center."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def why(change: Mapping[str, Any], prices: Iterable[Mapping[str, Any]] = ()) -> str:
    """Return the effects behind a change, the largest first, with the price changes behind a price effect.

    Effects under half a cent are left out: they are what is left of truncation. Markdown, its signs escaped.
    """
    effects = sorted(
        ((change[name], label) for name, label in EFFECTS.items() if abs(change[name]) >= _CENT),
        key=lambda effect: -abs(effect[0]),
    )
    told = []
    for value, label in effects:
        text = f"{label} {amount(value, signed=True)}"
        if label == "price" and (changed := [price_change(row) for row in prices]):
            more = f"; {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
            text += f" ({'; '.join(changed[:_NAMED])}{more})"
        told.append(text)
    return escaped(", ".join(told) or "less than a cent in all")


def price_change(row: Mapping[str, Any]) -> str:
    """Return a price change: input_tokens/openai/gpt-4o $2.50 → $3.00 per 1,000,000 Tokens from Nov 3, 2026."""
    unit = str(row["pricing_unit"]).removeprefix(f"{row['pricing_block']} ") or "unit"
    block = f"{row['pricing_block']:,} {unit}" if row["pricing_block"] != 1 else unit
    before = unit_price(row["previous_price"])
    if row["previous_block"] != row["pricing_block"]:
        before += f" per {row['previous_block']:,}"
    after = f"{unit_price(row['list_unit_price'])} per {block}"
    return f"{row['sku_id']} {before} → {after} from {row['changed_at']:%b %-d, %Y}"


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is: no formula between dollars, no emphasis, no link."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#$|~:" else sign for sign in text)
