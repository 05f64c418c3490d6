"""The explorer's answers: charts and groups, charges, or the raw events behind them."""

from __future__ import annotations

import streamlit as st

from charts.over_time import lines_over_time, stacked_over_time
from charts.pixels import drawable
from charts.ranking import ranked_bars
from metrics.catalog import DIMENSIONS, MEASURES
from queries.charge_list import charge_list
from queries.compared_spend import compared_spend
from queries.spend import GRAINS, spend
from queries.top_spend import top_spend
from queries.traced_totals import traced_totals
from ui.currencies import SEVERAL
from ui.drawing import draw
from ui.events import costs_of, sums_of, usage_of
from ui.explorer import Question, on_bar, on_charge, on_row
from ui.figures import charge_columns, costed_event_columns, figure_columns, is_money, platform_cost_columns, unit_of
from ui.frame import panel
from ui.session import ask, sql_of
from ui.tables import rows_caption, table_panel
from ui.words import counted, in_sentence

GROUPS, CHARGES, EVENTS = 2000, 500, 200  # rows at most
TRACED = 50_000  # events at most


def over_time(question: Question) -> None:
    """Draw the first measure over time, split by the first dimension, with the largest groups beside it."""
    first, by, currency = question.measures[0], question.by, question.currency
    build = stacked_over_time if MEASURES[first].additive else lines_over_time
    label, title = MEASURES[first].label, question.period.label[:1].upper() + question.period.label[1:]
    drawn = {"value": first, "unit": unit_of(first, currency), "label": label}
    by_time = {"time": GRAINS[question.grain].name, "grain": question.grain, **drawn}
    if currency == SEVERAL and is_money(first):
        st.info("Currencies are never added or drawn together. Select a row to see its currency alone.")
    elif by:
        top = {"by": by[0], "measures": [first], "rank_by": first, **question.scope}
        largest = ask(top_spend, question.charges(), **top)
        order = drawable(largest.select([by[0]]), by[0])[by[0]].tolist()
        left, right = st.columns([2, 1])
        with left, panel(f"{label} by {in_sentence(DIMENSIONS[by[0]].label)}", title):
            rows = ask(top_spend, question.charges(question.grain), grain=question.grain, **top)
            look, key = {"series": by[0], "order": order, "legend": False, **by_time}, question.key("over_time")
            draw(build, rows, key=key, on_select=on_bar(question, key), alt_text=f"{label} over time", **look)
        with right, panel("Largest", "Click one to look inside"):
            look, key = {"name": by[0], "colored": True, **drawn}, question.key("largest")
            draw(ranked_bars, largest, key=key, on_select=on_bar(question, key), alt_text="The largest groups", **look)
    else:
        with panel(label, title):
            options = {"measures": [first], "grain": question.grain, **question.scope}
            rows = ask(spend, question.charges(question.grain), **options)
            draw(build, rows, key="over_time", alt_text=f"{label} over time", **by_time)


def groups(question: Question, file_name: str) -> None:
    """List the measures by group."""
    by, compared, key = question.by, question.before is not None, question.key("groups")
    asked = compared_spend, question.charges_of_both()
    options = {"measures": question.measures, "by": by, "limit": GROUPS, **question.both}
    rows = ask(*asked, **options)
    table_panel(
        "Groups",
        rows_caption(rows, GROUPS, "groups", "to look inside" if by else ""),
        rows,
        figure_columns(by, question.measures, compared=compared, currency=question.currency),
        key=key,
        file_name=f"{file_name}-{'-'.join(by) or 'total'}",
        on_row=on_row(question, key, rows) if by else None,
    )
    show_sql(sql_of(*asked, **options))


def charges(question: Question, file_name: str) -> None:
    """List the charges, the largest first."""
    options, key = {"limit": CHARGES, **question.scope}, question.key("charges")
    rows = ask(charge_list, "charges", **options)
    table_panel(
        "Charges",
        rows_caption(rows, CHARGES, "charges", "to see its raw events"),
        rows,
        charge_columns(question.currency),
        key=key,
        file_name=f"{file_name}-charges",
        on_row=on_charge(key, rows),
    )
    show_sql(sql_of(charge_list, "charges", **options))


def raw_events(question: Question, file_name: str, events: int) -> None:
    """List the facts behind the charges. While they are traced, nothing of an earlier answer stands here."""
    if events > TRACED:
        st.info(f"{events:,} events are too many to trace at once. Filter to an app, a resource or an hour.")
        return
    place, options = st.empty(), {"limit": EVENTS, **question.scope}
    with st.spinner(f"Tracing {counted(events, 'event')}"):
        usage, costs = usage_of(**options), costs_of(**options)
    with place.container():
        for title, rows, columns in (
            ("Usage events", usage, costed_event_columns()),
            ("Platform costs", costs, platform_cost_columns(question.currency)),
        ):
            if rows.num_rows:
                caption, name = rows_caption(rows, EVENTS, title.lower()), title.lower().replace(" ", "-")
                if rows is usage:
                    [totals] = ask(traced_totals, "charges", **question.scope).to_pylist()
                    caption = f"{caption} {sums_of(usage, totals['usage_effective_total'])}"
                table_panel(title, f"As received. {caption}", rows, columns, key=name, file_name=f"{file_name}-{name}")


def show_sql(text: str) -> None:
    """Offer the SQL that answered."""
    with st.expander("The SQL behind it", icon=":material/code:"):
        st.code(text, language="sql")
