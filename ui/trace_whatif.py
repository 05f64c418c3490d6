"""What if: the same usage under the price book of another moment, the same shared costs under another rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from metrics.methods import Method, parse_method
from ui import words
from ui.allocation import OFFERED
from ui.formats import count, money, unit_price
from ui.frame import panel
from ui.inputs import FIRST_DAY, LAST_DAY
from ui.tables import table_panel
from ui.trail import Trail
from ui.viewer import Viewer
from ui.words import digits, escaped

_NOTHING = Decimal(0)


def prices(trail: Trail, name: str) -> None:
    """Ask for a price book by its day, and show what the charges would cost under it; ``?prices=2026-10-01``."""
    with panel("Under other prices", "The same usage, discounts and markups; only the price book is another."):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            day = _day()
            last = trail.month.previous.first
            st.button(
                f"Prices of {last:%b %-d, %Y}",
                on_click=_ask("prices", last),
                icon=":material/history:",
                key="last-prices",
            )
        if day is None:
            st.caption("Pick a day, or take the prices at the beginning of the month before.")
            return
        rows = trail.repriced(datetime(day.year, day.month, day.day, tzinfo=UTC))
        _compared(rows, f"prices of {day:%b %-d, %Y}")
        if kept := sorted(set(rows["kept"].to_pylist()) - {"", "not by a book"}):
            skus = [row["sku_id"] for row in rows.to_pylist() if row["kept"] in kept]
            said = f"Kept at what they cost ({', '.join(kept)}): {', '.join(skus[:5])}"
            st.caption(escaped(said + (" and others." if len(skus) > 5 else ".")))
    if rows.num_rows:
        caption = "Differences sum to the whole, to the last digit."
        table_panel("By SKU", caption, rows, _price_columns(), key="repriced", file_name=f"{name}-repriced")


def allocation(viewer: Viewer, trail: Trail, name: str) -> None:
    """Ask for a rule, and show what the app would bear under it; ``?allocation=even``."""
    with panel("Under another allocation rule", "The same shared costs and activity; only the rule is another."):
        text = st.selectbox(
            "Rule",
            list(dict.fromkeys([*OFFERED, *filter(None, [st.session_state.get("allocation")])])),
            index=None,
            key="allocation",
            bind="query-params",
            accept_new_options=True,
            placeholder="even, proportional:requests, floor:0.5:requests …",
            label_visibility="collapsed",
            width=360,
        )
        if not text:
            st.caption("Pick a rule, or write one as on the Allocation page.")
            return
        if (method := _method(text)) is None:
            return
        rows = trail.borne_under(viewer, method)
        if not rows.num_rows:
            st.caption("The app bears no shared cost in this month, under this rule or today's.")
            return
        _compared(rows, text)
    caption = "By shared cost; differences sum to the whole, to the last digit."
    table_panel("By shared cost", caption, rows, _rule_columns(), key="borne", file_name=f"{name}-allocation")


def _compared(rows: pa.Table, named: str) -> None:
    if not rows.num_rows:
        st.caption("There is nothing to price here.")
        return
    first = rows.slice(0, 1).to_pylist()[0]
    now, then, change = (first[f"all_{name}"] for name in ("cost_now", "cost_then", "change"))
    with st.container(horizontal=True):
        st.metric("As it is", words.amount(now), border=True, width=200)
        growth = f"{words.amount(change, signed=True)}" + (f" ({change / now:+.1%})" if now else "")
        # What would have cost more is bad news about the other book, so it is drawn in no color.
        st.metric(
            "Would be", words.amount(then), growth if change else None, delta_color="off", delta_arrow="off",
            border=True, width=240,
        )  # fmt: skip
    st.markdown(
        f"{escaped(named)} **{escaped(digits(then))}** − as it is **{escaped(digits(now))}** = "
        f"**{escaped(digits(change))}**"
    )


def _day() -> date | None:
    asked = st.query_params.get("prices")
    if asked and "prices" not in st.session_state:
        try:
            date.fromisoformat(asked)
        except ValueError:
            st.warning(escaped(f"The address asks for prices of {asked}, which is no day such as 2026-01-31."))
            st.query_params.pop("prices", None)
    chosen = st.date_input(
        "Prices as of", None, key="prices", bind="query-params", format="YYYY-MM-DD", width=160, min_value=FIRST_DAY,
        max_value=LAST_DAY,
    )  # fmt: skip
    return chosen if isinstance(chosen, date) else None


def _ask(key: str, value: Any) -> Callable[[], None]:
    def clicked() -> None:
        st.session_state[key] = value

    return clicked


def _method(text: str) -> Method | None:
    try:
        return parse_method(text)
    except (KeyError, ValueError) as error:
        st.error(escaped(f"The rule cannot be read: {error.args[0]}"), icon=":material/rule:")
        return None


def _costs() -> dict[str, Any]:
    exact = "%,.9f"
    return {
        "cost_now": money("As it is"),
        "cost_then": money("Would be"),
        "change": st.column_config.NumberColumn("Difference", format=exact),
    }


def _price_columns() -> dict[str, Any]:
    return {
        "sku_id": st.column_config.TextColumn("SKU", pinned=True),
        **_costs(),
        "price_now": unit_price("Price", help="The highest that was met."),
        "block_now": count("Per"),
        "price_then": unit_price("Price then"),
        "block_then": count("Per, then"),
        "quantity": count("Quantity"),
        "unit": "Unit",
        "events": count("Events"),
        "kept": st.column_config.TextColumn("Kept", help="Why it is kept at what it costs."),
    }


def _rule_columns() -> dict[str, Any]:
    return {"sku_id": st.column_config.TextColumn("Shared cost", pinned=True), **_costs(), "pools": count("Pools")}
