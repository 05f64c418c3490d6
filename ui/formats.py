"""How numbers look, once. Values stay exact decimals; only their drawing is rounded."""

from __future__ import annotations

from typing import Any

import streamlit as st

from config.settings import settings


def money_format(currency: str | None = None) -> str:
    """Return the format of money in metrics and tables: two decimals, in a currency (default: the store's).

    An empty one stands for several: then each row names its own.
    """
    currency = settings().currency if currency is None else currency
    return "dollar" if currency == "USD" else f"%,.2f {currency}".rstrip()


def money(label: str, currency: str | None = None, **options: Any) -> Any:
    """A table column of money."""
    return st.column_config.NumberColumn(label, format=money_format(currency), **options)


def unit_price(label: str, currency: str | None = None, **options: Any) -> Any:
    """A table column of unit prices: nine decimals, since a token costs a hundred-millionth."""
    sign = "$" if (currency or settings().currency) == "USD" else ""
    return st.column_config.NumberColumn(label, format=f"{sign}%,.9f", **options)


def share(label: str, **options: Any) -> Any:
    """A table column of fractions of one, drawn as percent."""
    return st.column_config.NumberColumn(label, format="percent", **options)


def count(label: str, **options: Any) -> Any:
    """A table column of whole numbers and quantities."""
    return st.column_config.NumberColumn(label, format="localized", **options)


def moment(label: str, **options: Any) -> Any:
    """A table column of UTC times."""
    return st.column_config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm", timezone="UTC", **options)


def multiple(label: str, **options: Any) -> Any:
    """A table column of factors: 3.0x as much."""
    return st.column_config.NumberColumn(label, format="%.1fx", **options)


def size(label: str, **options: Any) -> Any:
    """A table column of bytes."""
    return st.column_config.NumberColumn(label, format="bytes", **options)
