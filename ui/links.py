"""Ways from one screen to another, with the question in the address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from ui.inputs import COMPARISON_LABELS, PERIOD_LABELS
from ui.periods import Period
from ui.screens import SCREENS

_ARRIVING = "arriving"


def _option(labels: dict[str, str]) -> Callable[[str], str]:
    return {label: name for name, label in labels.items()}.__getitem__


# Pickers that several screens have: what the address says of them, as their value.
SHARED: dict[str, Callable[[str], Any]] = {
    "period": _option(PERIOD_LABELS),
    "compare": _option(COMPARISON_LABELS),
    "from": date.fromisoformat,
    "to": date.fromisoformat,
}


def days_of(period: Period) -> dict[str, str]:
    """Return a period as address parameters: fixed days, so that a link shows the same tomorrow."""
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def go(screen: str, **parameters: str | list[str]) -> None:
    """Open a screen in the same tab, with these parameters in its address. Does not return."""
    st.session_state[_ARRIVING] = (screen, parameters)
    st.rerun()


def arrive() -> None:
    """Finish what ``go`` began: the router calls this before any picker of the page is drawn.

    The address of a picker that is on the screen cannot be written; its value can, but only before it is drawn.
    """
    screen, parameters = st.session_state.pop(_ARRIVING, (None, {}))
    if screen is None:
        return
    rest = {}
    for name, value in parameters.items():
        if name in SHARED and name in st.session_state:
            st.session_state[name] = SHARED[name](value)
        else:
            rest[name] = value
    st.switch_page(SCREENS[screen].path, query_params=rest)
