"""Which currency figures are in, and what a page leaves out because it is in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from config.settings import settings
from queries.spend import spend
from ui.periods import Period
from ui.resolution import charges_for
from ui.session import ask
from ui.words import amount, escaped

SEVERAL = ""  # in the place of a currency: every row names its own


def currency_of(where: Mapping[str, Sequence[str]], by: Sequence[str] = ()) -> str:
    """Return the currency of a question's figures: the one that it names, the store's, or ``SEVERAL``."""
    named = where.get("billing_currency", [])
    if len(named) == 1:
        return named[0]
    return SEVERAL if "billing_currency" in by else settings().currency


def say_not_included(period: Period, where: Mapping[str, Sequence[str]] | None = None) -> None:
    """Say what was charged in other currencies in the period: nothing converts it, so no figure holds it."""
    asked = dict(where or {})
    if "billing_currency" in asked:
        return
    scope = {"start": period.start, "end": period.end, "where": asked}
    costs = ask(spend, charges_for(asked), by=["billing_currency"], **scope).to_pylist()
    others = [
        amount(row["effective_cost"], currency=row["billing_currency"])
        for row in costs
        if row["billing_currency"] != settings().currency and row["effective_cost"]
    ]
    if others:
        st.caption(escaped(f"{', '.join(others)} not included: currencies are never added."))
