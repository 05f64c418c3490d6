"""FOCUS cost and usage exports (1.0 and later), CSV or Parquet: one platform cost per row.

The four costs and the currency are taken as reported. Stamps without a zone are UTC, as FOCUS says. The app is the
row's application tag; without one the cost goes to the owner of its resource, else to the default cost center.
A contracted cost of null (some providers leave it out) counts 0, as a sum over the file does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from metering.recipes.files import text_records
from metering.recipes.platform_costs import APP_TAGS, ENVIRONMENT_TAGS, attributes, cost_batch, tagged
from metering.recipes.recipe import Batch, Recipe, dataset_name, event_id

_REQUIRED = (
    "charge_period_start", "charge_period_end", "charge_category", "service_name", "billing_currency", "list_cost",
    "effective_cost", "billed_cost",
)  # fmt: skip


def read(paths: tuple[Path, ...]) -> Iterator[Batch]:
    """Give the rows of one export."""
    (path,) = paths
    dataset, row_no = dataset_name("focus", path), 0
    for records, fraction in text_records(path, _REQUIRED):
        rows = [_cost(dataset, number, record) for number, record in enumerate(records, row_no)]
        row_no += len(records)
        yield cost_batch(rows, fraction)


def _cost(dataset: str, row_no: int, record: Mapping[str, str]) -> dict[str, str]:
    tags = _tags(record.get("tags", ""))
    return {
        # One export per billing period.
        "source": "/".join(filter(None, ("focus", record.get("billing_period_start", "")[:10]))),
        "event_id": event_id(dataset, row_no),
        "time": _instant(record["charge_period_start"]),
        "period_end": _instant(record["charge_period_end"]),
        "app_id": tagged(tags, APP_TAGS),
        "environment": tagged(tags, ENVIRONMENT_TAGS),
        "resource_id": record.get("resource_id", ""),
        "cost_type": record.get("service_category") or record["service_name"],
        "charge_category": record["charge_category"],
        "provider": record.get("provider_name") or record.get("service_provider_name", ""),
        "service_name": record["service_name"],
        "region": record.get("region_id", ""),
        "currency": record["billing_currency"],
        "list_cost": record["list_cost"],
        "contracted_cost": record.get("contracted_cost") or "0",
        "effective_cost": record["effective_cost"],
        "billed_cost": record["billed_cost"],
        "attributes": attributes(
            tags=tags,
            sub_account_id=record.get("sub_account_id"),
            sku_id=record.get("sku_id"),
            sku_price_id=record.get("sku_price_id"),
            charge_description=record.get("charge_description"),
            charge_class=record.get("charge_class"),
            commitment_discount_id=record.get("commitment_discount_id"),
            commitment_discount_status=record.get("commitment_discount_status"),
        ),
    }


def _instant(stamp: str) -> str:
    """FOCUS times are UTC; exports write them with Z, with an offset, or with neither."""
    text = stamp.strip().replace(" ", "T").removesuffix("TUTC")
    has_zone = text.endswith("Z") or "+" in text or text.count("-") > 2
    return text if has_zone or not text else f"{text}Z"


def _tags(text: str) -> dict[str, object]:
    if not text:
        return {}
    try:
        tags = json.loads(text)
    except ValueError:
        return {"_": text}
    return tags if isinstance(tags, dict) else {"_": text}


RECIPE = Recipe(
    name="focus",
    description="FOCUS cost and usage (1.0 and later): one platform cost per row, in its own currency",
    files="a FOCUS export: .csv, .csv.gz or .parquet",
    read=read,
)
