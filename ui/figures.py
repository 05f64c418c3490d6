"""How a measure looks in a card and in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from config.settings import settings
from metrics.catalog import DIMENSIONS, MEASURES
from ui.formats import count, moment, money, money_format, share, unit_price


def unit_of(name: str, currency: str | None = None) -> str:
    """Return a measure's unit, the currency (default: the store's) filled in."""
    return MEASURES[name].unit_in(settings().currency if currency is None else currency)


def is_money(name: str) -> bool:
    """Return whether a measure is money, or money per unit: of one currency or of none."""
    return "{currency}" in MEASURES[name].unit


def is_share(name: str) -> bool:
    """Return whether a measure is a share: its change is told in points."""
    return MEASURES[name].unit == "share"


def form_of(name: str, currency: str | None = None) -> str:
    """Return the format of a measure's value in a currency (default: the store's); see ``money_format``."""
    currency = settings().currency if currency is None else currency
    unit = MEASURES[name].unit
    if unit == "{currency}":
        return money_format(currency)
    if is_money(name):
        return "$%,.4f" if currency == "USD" else f"%,.4f {currency}".rstrip()
    return "percent" if is_share(name) else "localized"


def change_of(totals: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return how a card tells a measure's change: as growth, or in points for a share."""
    if is_share(name):
        return {"growth": totals[f"{name}_change"], "in_points": True}
    return {"growth": totals[f"{name}_growth"]}


def rising_is(name: str) -> str:
    """Return how a rise of a measure is to be read: more cost is bad, more use is neither."""
    return "bad" if is_money(name) or name.startswith("unpriced") else "neutral"


def figure_columns(
    by: Sequence[str], measures: Sequence[str], *, compared: bool, currency: str | None = None
) -> dict[str, Any]:
    """Return the columns of a split with its measures, in order: a name to a column's configuration.

    Compared, the first measure has its previous value and change as well, and every measure its growth.
    """
    columns: dict[str, Any] = {name: st.column_config.TextColumn(DIMENSIONS[name].label) for name in by}
    for name in measures:
        label, form = MEASURES[name].label, form_of(name, currency)
        columns[name] = st.column_config.NumberColumn(label, format=form, help=MEASURES[name].description)
        if compared and name == measures[0]:
            columns[f"previous_{name}"] = st.column_config.NumberColumn("Before", format=form)
            columns[f"{name}_change"] = st.column_config.NumberColumn("Change", format=form)
        if compared and is_share(name):
            columns[f"{name}_change"] = st.column_config.NumberColumn("Points", format="percent", width="small")
        elif compared:
            columns[f"{name}_growth"] = st.column_config.NumberColumn(f"{label}, %", format="percent")
    return columns


def app_columns(*, compared: bool = True) -> dict[str, Any]:
    """Return the columns of a team's apps: cost, its trend, what a unit of it costs and, compared, how that grew."""
    unit_costs = {
        name: st.column_config.NumberColumn(label, format=form_of(name), help=MEASURES[name].description)
        for name, label in (("cost_per_1k_requests", "per 1k requests"), ("cost_per_1m_tokens", "per 1M tokens"))
    }
    columns = {
        "app_id": st.column_config.TextColumn("App", pinned=True),
        "trend": st.column_config.AreaChartColumn("By day", y_min=0, width="small"),
        "effective_cost": money("Cost"),
        "previous_effective_cost": money("Before"),
        "effective_cost_change": money("Change"),
        "effective_cost_growth": share("Cost, %"),
        "cost_per_1k_requests": unit_costs["cost_per_1k_requests"],
        "cost_per_1k_requests_growth": share("per 1k, %"),
        "cost_per_1m_tokens": unit_costs["cost_per_1m_tokens"],
        "cost_per_1m_tokens_growth": share("per 1M, %"),
        "requests": count("Requests"),
        "tokens": count("Tokens"),
        "unpriced_events": count("Unpriced"),
    }
    return {name: kind for name, kind in columns.items() if compared or not name.endswith("_growth")}


def charge_columns(currency: str | None = None) -> dict[str, Any]:
    """Return the columns of a list of charges in a currency (default: the store's)."""
    return {
        "hour": moment("Hour (UTC)"),
        "app_id": "App",
        "resource_id": "Resource",
        "sku_id": "SKU",
        "consumed_quantity": count("Quantity"),
        "consumed_unit": "Unit",
        "list_unit_price": unit_price("List price", currency),
        "pricing_block": count("Price per"),
        "list_cost": money("List cost", currency),
        "effective_cost": money("Effective cost", currency),
        "billing_currency": "Currency",
        "pricing_status": "Pricing",
        "pricing_category": "Category",
        "discount_rule_id": "Discount",
        "attribution_rule": "Owner found by",
        "event_count": count("Events"),
    }


def event_columns() -> dict[str, Any]:
    """Return the columns of raw usage events."""
    return {
        "time": st.column_config.DatetimeColumn("Time (UTC)", format="YYYY-MM-DD HH:mm:ss.SSS", timezone="UTC"),
        "source": "Source",
        "event_id": "Event",
        "meter": "Meter",
        "quantity": count("Quantity"),
        "list_unit_price": unit_price("List price"),
        "list_cost": st.column_config.NumberColumn("List cost", format="%,.9f"),
        "app_id": "App",
        "resource_id": "Resource",
        "sku_id": "SKU",
        "attribution_rule": "Owner found by",
        "received_at": moment("Received (UTC)"),
    }


def costed_event_columns() -> dict[str, Any]:
    """Return the columns of raw usage events with what rules leave of their list cost."""
    columns: dict[str, Any] = {}
    for name, kind in event_columns().items():
        columns[name] = kind
        if name == "list_cost":
            columns["discount_rule_id"] = "Discount"
            columns["effective_cost"] = st.column_config.NumberColumn("Effective cost", format="%,.9f")
            columns["markup_rule_id"] = "Markup"
            columns["billed_cost"] = st.column_config.NumberColumn("Billed", format="%,.9f")
    return columns


def platform_cost_columns(currency: str | None = None) -> dict[str, Any]:
    """Return the columns of platform costs as reported, in a currency (default: the store's)."""
    return {
        "time": moment("From (UTC)"),
        "charge_period_end": moment("To (UTC)"),
        "source": "Source",
        "event_id": "Event",
        "service_name": "Service",
        "resource_id": "Resource",
        "sku_id": "SKU",
        "list_cost": money("List cost", currency),
        "effective_cost": money("Effective cost", currency),
        "billing_currency": "Currency",
        "received_at": moment("Received (UTC)"),
    }
