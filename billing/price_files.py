"""``config/prices/*.yml``: the operator's own prices, dated, with the unit in the key's name.

A wrong unit is a price that is wrong a thousandfold and looks right, so every doubt is refused with file, key, value
and fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from billing.prices import DECIMALS, Price
from billing.pricing_units import PRICING_UNITS, units_of
from config.meters import Meter, meters
from config.settings import ROOT, settings
from config.strict_yaml import instant, load_yaml
from warehouse.histories import FOREVER

PRICES = ROOT / "config" / "prices"

_PRICE_KEY = re.compile(r"([a-z]{3})_per_([a-z_]+)")


class PriceFile(BaseModel):
    """A file: where its prices come from, when somebody last looked, and the entries per SKU."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(min_length=3)
    checked: date
    prices: dict[str, list[PriceEntry]] = Field(min_length=1)


class PriceEntry(BaseModel):
    """One dated price. The price itself is the extra field ``usd_per_<unit>``."""

    model_config = ConfigDict(extra="allow", frozen=True)

    valid_from: Annotated[datetime, BeforeValidator(instant)]
    tiers: tuple[dict[str, Any], ...] = ()
    source: str = ""
    checked: date | None = None


def read_price_files(folder: Path = PRICES) -> list[Price]:
    """Return every price of the folder's files; a price ends where the next one of its SKU begins.

    Raises:
        ValueError: a file, key or value is unusable; the message says which, why and what to write.

    """
    prices: list[Price] = []
    written_in: dict[str, Path] = {}
    for path in sorted(folder.glob("*.yml")):
        for price in read_price_file(path):
            first = written_in.setdefault(price.sku_id, path)
            if first != path:
                raise ValueError(f"{path}: prices.{price.sku_id} is priced in {first} too; keep a SKU in one file")
            prices.append(price)
    return prices


def read_price_file(path: Path) -> Iterator[Price]:
    """Read one file of prices; see ``read_price_files``."""
    try:
        file = PriceFile.model_validate(load_yaml(path))
    except ValidationError as error:
        raise ValueError("; ".join(f"{path}: {_named(problem)}" for problem in error.errors())) from error
    if file.checked > datetime.now(UTC).date():
        raise ValueError(f"{path}: checked: {file.checked} is in the future; write the day somebody looked")
    for sku_id, entries in file.prices.items():
        where = f"{path}: prices.{sku_id}"
        meter = _meter(sku_id, where)
        if not entries:
            raise ValueError(f"{where}: is empty; write an entry, or remove the key")
        starts = [entry.valid_from for entry in entries]
        if starts != sorted(set(starts)):
            raise ValueError(f"{where}: valid_from must rise from entry to entry; append the newest at the end")
        for entry, end in zip(entries, [*starts[1:], FOREVER], strict=True):
            at = f"{where}[{entry.valid_from:%Y-%m-%d}]"
            yield _price(file, sku_id, meter, entry, end, at)


def _price(file: PriceFile, sku_id: str, meter: Meter, entry: PriceEntry, end: datetime, where: str) -> Price:
    key, amount = _amount(entry.model_extra or {}, meter, where)
    unit = PRICING_UNITS[key.split("_per_")[1]]
    return Price(
        sku_id=sku_id,
        list_unit_price=amount,
        tiers=tuple(_tiers(entry.tiers, key, meter, where)),
        pricing_block=unit.blocks[meter.unit],
        pricing_unit=unit.name,
        valid_from=entry.valid_from,
        valid_to=end,
        source="config/prices",
        evidence=f"{entry.source or file.source} (checked {entry.checked or file.checked})",
    )


def _tiers(tiers: tuple[dict[str, Any], ...], key: str, meter: Meter, where: str) -> Iterator[tuple[int, Decimal]]:
    if tiers and meter.unit != "Tokens":
        raise ValueError(f"{where}.tiers: only token meters have tiers (by the call's input), not {meter.name}")
    last = 0
    for tier in tiers:
        start = tier.get("above_tokens")
        if not isinstance(start, int) or start <= last:
            raise ValueError(f"{where}.tiers.above_tokens: {start!r} is no whole number above {last}")
        named, amount = _amount({name: value for name, value in tier.items() if name != "above_tokens"}, meter, where)
        if named != key:
            raise ValueError(f"{where}.tiers: {named} is another unit than the base price's {key}")
        last = start
        yield start, amount


def _amount(fields: dict[str, Any], meter: Meter, where: str) -> tuple[str, Decimal]:
    """The one field that is the price, checked: its currency, its unit for this meter, its value."""
    currency = settings().currency.lower()
    wanted = " or ".join(f"{currency}_per_{unit}" for unit in units_of(meter))
    if len(fields) != 1:
        raise ValueError(f"{where}: has {', '.join(fields) or 'no price'}; write exactly one of {wanted}")
    [(key, value)] = fields.items()
    match = _PRICE_KEY.fullmatch(key)
    if match is None:
        raise ValueError(f"{where}.{key}: {value} is no price key; write {wanted}")
    if match[1] != currency:
        raise ValueError(f"{where}.{key}: {value} is not in the store's currency; write {wanted}")
    if match[2] not in units_of(meter):
        raise ValueError(f"{where}.{key}: {value} cannot price {meter.name}, counted in {meter.unit}; write {wanted}")
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise ValueError(f"{where}.{key}: {value!r} is no number; write it bare, such as 0.045")
    amount = Decimal(value)
    if not amount.is_finite() or not 0 <= amount < 10**12 or amount % DECIMALS:
        raise ValueError(f"{where}.{key}: {value} is no price from 0 up with at most 12 decimals")
    return key, amount


def _meter(sku_id: str, where: str) -> Meter:
    name, *attributes = sku_id.split("/")
    if name not in meters():
        raise ValueError(f"{where}: there is no meter {name!r}; meters are {', '.join(meters())}")
    meter = meters()[name]
    shape = "/".join((name, *(f"<{attribute}>" for attribute in meter.sku_by)))
    too_many = len(attributes) > len(meter.sku_by) and "model" not in meter.sku_by
    if "" in attributes or too_many or (meter.sku_by and not attributes):
        raise ValueError(f"{where}: a SKU of {name} is written {shape}")
    return meter


def _named(problem: Any) -> str:
    place = ".".join(str(part) for part in problem["loc"]) or "the file"
    value = "" if problem["type"] == "missing" else f" (is {problem['input']!r})"
    return f"{place}: {problem['msg'].removeprefix('Value error, ')}{value}"
