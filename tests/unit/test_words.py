"""Changes in words say what the numbers say."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from ui.words import amount, escaped, price_change, unit_price, why

PRICE = {
    "sku_id": "input_tokens/openai/gpt-4o",
    "previous_price": Decimal("2.500000000000"),
    "list_unit_price": Decimal("3.000000000000"),
    "previous_block": 1_000_000,
    "pricing_block": 1_000_000,
    "pricing_unit": "1000000 Tokens",
    "changed_at": datetime(2026, 11, 3, tzinfo=UTC),
}


def change(**effects: str) -> dict[str, Decimal]:
    return {name: Decimal(effects.get(name, 0)) for name in ("price", "volume", "mix", "new", "gone")}


def plain(markdown: str) -> str:
    return markdown.replace("\\", "")


def test_effects_run_from_the_largest_and_name_their_prices() -> None:
    text = plain(why(change(price="300.10", volume="112", mix="-0.004"), [PRICE]))
    assert text == (
        "price +$300.10 (input_tokens/openai/gpt-4o $2.50 → $3.00 per 1,000,000 Tokens from Nov 3, 2026), "
        "volume +$112.00"
    )


def test_a_price_change_without_a_price_effect_is_not_blamed() -> None:
    assert plain(why(change(volume="5"), [PRICE])) == "volume +$5.00"


def test_what_is_left_of_truncation_is_nothing() -> None:
    assert plain(why(change(price="0.0000000001"))) == "less than a cent in all"


def test_many_price_changes_are_counted_not_listed() -> None:
    assert plain(why(change(price="-9"), [PRICE] * 5)).endswith("; 3 more)")


def test_new_and_gone_apps_say_so() -> None:
    assert plain(why(change(new="8.25"))) == "new app +$8.25"
    assert plain(why(change(gone="-8.25"))) == "gone −$8.25"


@pytest.mark.parametrize(
    ("value", "text"),
    [("2.500000000000", "$2.50"), ("0.000000125000", "$0.000000125"), ("98.32", "$98.32"), ("1200", "$1,200.00")],
)
def test_unit_prices_keep_their_digits_and_their_cents(value: str, text: str) -> None:
    assert unit_price(Decimal(value)) == text


def test_a_changed_block_is_told() -> None:
    told = price_change({**PRICE, "previous_block": 1000})
    assert told.startswith("input_tokens/openai/gpt-4o $2.50 per 1,000 → $3.00 per 1,000,000 Tokens")


def test_amounts() -> None:
    assert amount(Decimal("-1234.567")) == "−$1,234.57"
    assert amount(Decimal(0), signed=True) == "$0.00"


def test_markdown_is_shown_as_it_is() -> None:
    assert escaped("$5 *x* [a](b)") == r"\$5 \*x\* \[a\]\(b\)"
