"""Instance prices by type and region as a dated history (CSV): what changed, and when it was seen."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from billing.price_sources.json_file import read_text
from billing.prices import Price
from warehouse.histories import FOREVER

SOURCE = "prices-ec2"
COLUMNS = {"instance_type", "region", "usd_per_hour", "first_seen", "next_change_seen"}


def read_ec2(path: Path) -> list[Price]:
    """Return a price per row, in force in ``[first_seen, next_change_seen)`` or for ever.

    Raises:
        ValueError: a column is missing or a value unusable; the message names file, row, column and value.

    """
    reader = csv.DictReader(read_text(path).splitlines())
    if missing := sorted(COLUMNS - set(reader.fieldnames or ())):
        raise ValueError(f"{path}: has no column {', '.join(missing)}; an instance price history has {sorted(COLUMNS)}")
    prices = [_price(row, f"{path}, row {number}", path.name) for number, row in enumerate(reader, start=2)]
    return sorted(prices, key=lambda price: (price.sku_id, price.valid_from))


def _price(row: Mapping[str, str], where: str, name: str) -> Price:
    changed = row["next_change_seen"]
    return Price(
        sku_id=f"instance_seconds/{row['instance_type']}/{row['region']}",
        list_unit_price=_amount(row["usd_per_hour"], where),
        pricing_block=3600,
        pricing_unit="Hours",
        valid_from=_instant(row["first_seen"], f"{where}: first_seen"),
        valid_to=_instant(changed, f"{where}: next_change_seen") if changed else FOREVER,
        source=SOURCE,
        evidence=f"{name}: seen in commit {row['commit']}" if row.get("commit") else name,
    )


def _amount(text: str, where: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{where}: usd_per_hour: {text!r} is no number") from error
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"{where}: usd_per_hour: {text} is no price")
    return amount


def _instant(text: str, where: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{where}: {text!r} is no instant such as 2025-06-23 13:18:30+00:00") from error
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
