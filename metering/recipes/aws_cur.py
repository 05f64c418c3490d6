"""AWS Cost and Usage Report (legacy), CSV or Parquet: one platform cost per line item.

A line item's id is not unique; with its time interval it is, and so a re-delivered report is no news. Billed is the
unblended cost, list the public on-demand cost, effective what AWS calls amortized: covered usage at the commitment's
rate, the commitment's fee only as far as it went unused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from metering.recipes.files import text_records
from metering.recipes.platform_costs import APP_TAGS, ENVIRONMENT_TAGS, attributes, cost_batch, tagged
from metering.recipes.recipe import Batch, Recipe, event_id

_REQUIRED = (
    "identity_line_item_id", "identity_time_interval", "line_item_line_item_type", "line_item_usage_start_date",
    "line_item_usage_end_date", "line_item_product_code", "line_item_currency_code", "line_item_unblended_cost",
)  # fmt: skip
_TAG_PREFIX = "resource_tags_user_"

# FOCUS charge categories. A type that is not here keeps its name and is quarantined, never guessed.
_CATEGORIES = {
    "Usage": "Usage",
    "DiscountedUsage": "Usage",
    "SavingsPlanCoveredUsage": "Usage",
    "SavingsPlanNegation": "Usage",
    "Fee": "Purchase",
    "RIFee": "Purchase",
    "SavingsPlanUpfrontFee": "Purchase",
    "SavingsPlanRecurringFee": "Purchase",
    "Tax": "Tax",
    "Credit": "Credit",
    "Refund": "Credit",
    "BundledDiscount": "Credit",
    "EdpDiscount": "Credit",
    "PrivateRateDiscount": "Credit",
    "RiVolumeDiscount": "Credit",
}

Record = Mapping[str, str]

_EFFECTIVE: dict[str, Callable[[Record], str]] = {
    "DiscountedUsage": lambda record: record["reservation_effective_cost"],
    "RIFee": lambda record: _sum(
        record["reservation_unused_amortized_upfront_fee_for_billing_period"],
        record["reservation_unused_recurring_fee"],
    ),
    "SavingsPlanCoveredUsage": lambda record: record["savings_plan_savings_plan_effective_cost"],
    "SavingsPlanRecurringFee": lambda record: _sum(
        record["savings_plan_total_commitment_to_date"], f"-{record['savings_plan_used_commitment'] or 0}"
    ),
    "SavingsPlanNegation": lambda _: "0",
    "SavingsPlanUpfrontFee": lambda _: "0",
}


def read(paths: tuple[Path, ...]) -> Iterator[Batch]:
    """Give the line items of one report file."""
    (path,) = paths
    for records, fraction in text_records(path, _REQUIRED):
        yield cost_batch([_cost(record) for record in records], fraction)


def _cost(record: Record) -> dict[str, str]:
    kind = record["line_item_line_item_type"]
    tags = {
        name.removeprefix(_TAG_PREFIX): value
        for name, value in record.items()
        if name.startswith(_TAG_PREFIX) and value
    }
    product = record["line_item_product_code"]
    return {
        "source": "aws-cur",
        "event_id": event_id("aws_cur", f"{record['identity_line_item_id']}|{record['identity_time_interval']}"),
        "time": record["line_item_usage_start_date"],
        "period_end": record["line_item_usage_end_date"],
        "app_id": tagged(tags, APP_TAGS),
        "environment": tagged(tags, ENVIRONMENT_TAGS),
        "resource_id": record.get("line_item_resource_id", ""),
        "cost_type": record.get("product_product_family") or ("Tax" if kind == "Tax" else product),
        "charge_category": _CATEGORIES.get(kind, kind),
        "provider": "AWS",
        "service_name": product,
        "region": record.get("product_region_code") or record.get("product_region", ""),
        "currency": record["line_item_currency_code"],
        "amount": record["line_item_unblended_cost"],
        "list_cost": record.get("pricing_public_on_demand_cost", ""),
        "effective_cost": _EFFECTIVE[kind](record) if kind in _EFFECTIVE else "",
        "attributes": attributes(
            tags=tags,
            usage_account_id=record.get("line_item_usage_account_id"),
            line_item_type=kind,
            usage_type=record.get("line_item_usage_type"),
            operation=record.get("line_item_operation"),
            charge_description=record.get("line_item_line_item_description"),
            sku_id=record.get("product_sku"),
        ),
    }


def _sum(*amounts: str) -> str:
    return format(sum((Decimal(amount or 0) for amount in amounts), Decimal(0)), "f")


RECIPE = Recipe(
    name="aws-cur",
    description="AWS Cost and Usage Report (legacy): one platform cost per line item, unblended and amortized",
    files="a report file: .csv, .csv.gz or .parquet",
    read=read,
)
