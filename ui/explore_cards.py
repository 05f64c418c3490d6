"""The explorer's totals: a card a measure, or a card a currency."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.catalog import MEASURES
from queries.compared_spend import compared_spend
from ui.explorer import Question
from ui.figures import change_of, form_of, rising_is
from ui.frame import card
from ui.session import ask


def totals_of(question: Question) -> list[dict[str, Any]]:
    """Return the measures of the whole question in both periods: one row, or one for each currency."""
    by = [] if question.currency else ["billing_currency"]
    measures = list(dict.fromkeys([*question.measures, "event_count"]))
    return ask(compared_spend, question.charges_of_both(), measures=measures, by=by, **question.both).to_pylist()


def cards(question: Question, totals: list[dict[str, Any]]) -> None:
    """Draw a card for every measure and the events; of several currencies the first measure, in each of them."""
    names = list(dict.fromkeys([*question.measures, "event_count"])) if question.currency else question.measures[:1]
    with st.grid(max(len(names), min(4, len(totals)))):
        for row in totals:
            currency = question.currency or row["billing_currency"]
            for name in names:
                label = MEASURES[name].label
                card(
                    label if question.currency else f"{label}, {currency}",
                    row[name],
                    form=form_of(name, currency),
                    versus=f"vs {question.before.label}" if question.before else "",
                    rising_is=rising_is(name),
                    explanation=MEASURES[name].description,
                    **(change_of(row, name) if question.before else {}),
                )
