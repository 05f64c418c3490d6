"""Azure EA cost details, CSV: one platform cost per row and day, in the billing currency.

Dates are month/day/year. Tags are JSON members without the braces. The format has one cost column: it stands for
list, contracted, effective and billed alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from metering.recipes.files import text_records
from metering.recipes.platform_costs import APP_TAGS, ENVIRONMENT_TAGS, attributes, cost_batch, tagged
from metering.recipes.recipe import Batch, Recipe, RecipeError, dataset_name, event_id

_REQUIRED = ("date", "meter_category", "cost_in_billing_currency", "billing_currency_code", "charge_type", "tags")
# FOCUS charge categories. A type that is not here keeps its name and is quarantined, never guessed.
_CATEGORIES = {
    "Usage": "Usage",
    "UnusedReservation": "Usage",
    "UnusedSavingsPlan": "Usage",
    "Purchase": "Purchase",
    "Refund": "Adjustment",
    "RoundingAdjustment": "Adjustment",
    "Tax": "Tax",
}


def read(paths: tuple[Path, ...]) -> Iterator[Batch]:
    """Give the rows of one cost details file."""
    (path,) = paths
    dataset, row_no = dataset_name("azure-ea", path), 0
    for records, fraction in text_records(path, _REQUIRED):
        rows = [_cost(path, dataset, number, record) for number, record in enumerate(records, row_no)]
        row_no += len(records)
        yield cost_batch(rows, fraction)


def _cost(path: Path, dataset: str, row_no: int, record: Mapping[str, str]) -> dict[str, str]:
    day = _day(path, row_no, record["date"])
    tags = _tags(record["tags"])
    return {
        "source": f"azure-ea/{day:%Y-%m}",
        "event_id": event_id(dataset, row_no),
        "time": f"{day}T00:00:00Z",
        "period_end": f"{day + timedelta(days=1)}T00:00:00Z",
        "app_id": tagged(tags, APP_TAGS),
        "environment": tagged(tags, ENVIRONMENT_TAGS),
        "resource_id": record.get("resource_id", ""),
        "cost_type": record["meter_category"],
        "charge_category": _CATEGORIES.get(record["charge_type"], record["charge_type"]),
        "provider": "Microsoft",
        "service_name": record["meter_category"],
        "region": record.get("resource_location", ""),
        "currency": record["billing_currency_code"],
        "amount": record["cost_in_billing_currency"],
        "attributes": attributes(
            tags=tags,
            subscription_id=record.get("subscription_id"),
            resource_group=record.get("resource_group"),
            meter_id=record.get("meter_id"),
            meter_name=record.get("meter_name"),
            product_name=record.get("product_name"),
            pricing_model=record.get("pricing_model"),
            part_number=record.get("part_number"),
        ),
    }


def _day(path: Path, row_no: int, text: str) -> date:
    for form in ("%m/%d/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a calendar day, in UTC by the format's rule
        except ValueError:
            continue
    raise RecipeError(f"{path} row {row_no}: Date {text!r} is neither month/day/year nor year-month-day")


def _tags(text: str) -> dict[str, object]:
    if not text.strip():
        return {}
    body = text if text.lstrip().startswith("{") else f"{{{text}}}"
    try:
        tags = json.loads(body)
    except ValueError:
        return {"_": text}
    return tags if isinstance(tags, dict) else {"_": text}


RECIPE = Recipe(
    name="azure-ea",
    description="Azure EA cost details: one platform cost per row and day, in its billing currency",
    files="a cost details file: .csv, .csv.gz or .parquet",
    read=read,
)
