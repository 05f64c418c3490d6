"""What a number can be split by."""

from __future__ import annotations

from collections.abc import Callable

import ibis.expr.types as ir

from metrics.core import Dimension


def _column(name: str, label: str, description: str) -> Dimension:
    return Dimension(name=name, label=label, description=description, expr=lambda charges: charges[name])


def _moment(name: str, label: str, description: str, expr: Callable[[ir.Table], ir.Column]) -> Dimension:
    return Dimension(name=name, label=label, description=description, expr=expr)


HOUR = _moment(
    "hour",
    "Hour",
    "The UTC hour a charge's period starts in.",
    # The engine rounds to its 32-bit DateTime, which arrives as a bare number.
    lambda charges: charges.charge_period_start.truncate("h").cast("!timestamp('UTC', 0)"),
)
CHARGE_DATE = _column("charge_date", "Day", "The UTC day a charge's period starts in.")
WEEK = _moment(
    "week",
    "Week",
    "The Monday of the ISO week a charge's period starts in (UTC).",
    lambda charges: charges.charge_date.truncate("W"),
)
MONTH = _moment(
    "month",
    "Month",
    "The first day of the month a charge's period starts in (UTC).",
    lambda charges: charges.charge_date.truncate("M"),
)
TIMES = (HOUR, CHARGE_DATE, WEEK, MONTH)

APP = _column("app_id", "App", "The micro app; empty where none is known.")
TEAM = _column("team_id", "Team", "Who ran the app at the time.")
COST_CENTER = _column("cost_center", "Cost center", "Where the cost is booked.")
CURRENCY = _column("billing_currency", "Currency", "The currency a cost was reported or priced in; never converted.")
ATTRIBUTION_RULE = _column("attribution_rule", "Attribution rule", "Which rule found the owner.")

DIMENSION_LIST = (
    *TIMES,
    APP,
    TEAM,
    COST_CENTER,
    _column("environment", "Environment", "production, staging, development, …"),
    _column("lifecycle", "Lifecycle", "ephemeral or persistent."),
    _column("service_name", "Service", "What kind of service was used, as FOCUS names it."),
    _column("service_category", "Service category", "The FOCUS category of the service."),
    _column("meter", "Meter", "What is counted; platform_cost for costs that nobody metered."),
    _column("provider", "Provider", "Who sells the service."),
    _column("model", "Model", "The LLM."),
    _column("region", "Region", "Where the service ran."),
    _column("instance_type", "Instance type", "The machine."),
    _column("pricing_category", "Pricing category", "Standard, or Dynamic for spot."),
    _column("pricing_status", "Pricing status", "priced, unpriced, or counted (a meter without a price)."),
    ATTRIBUTION_RULE,
    _column("sku_id", "SKU", "What is priced: meter and attributes."),
    _column("sku_price_id", "Price", "The price in force at the time."),
    _column("resource_id", "Resource", "The container, function, endpoint or bucket."),
    _column("charge_category", "Charge category", "Usage, Purchase, Tax, Credit or Adjustment."),
    CURRENCY,
    _column("is_estimated", "Estimated", "Whether the quantity was estimated by its reporter."),
    _column("is_reconciled", "Reconciled", "Whether the owner was found by later evidence."),
)
