"""One flag: what it is in a sentence, its curve, its drivers, what happened, the events behind it, who did what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from charts.flag_curve import flag_curve as drawing
from config.settings import settings
from jobs.explaining import Explanation, events_behind, explain, hours_of
from queries.flag_curve import flag_curve
from queries.flag_history import flag_history
from queries.flag_list import DROP
from queries.flag_markers import flag_markers
from ui.drawing import draw
from ui.events import sums_of, usage_of
from ui.figures import costed_event_columns
from ui.flag_panels import all_flags, badges, flags_of, leave, open_flag, worded
from ui.flag_words import (
    BASES,
    EVIDENCE,
    STATES,
    in_cents,
    lasting,
    lasting_short,
    likelihood,
    meter_words,
    missing,
    offset,
    rounded_drivers,
    sentences,
    when,
)
from ui.formats import moment, money, money_format
from ui.frame import card, panel
from ui.links import go
from ui.session import Everyones, ask
from ui.tables import table_panel
from ui.viewer import Viewer
from ui.words import amount, escaped

# The browser keeps how far the list was scrolled: a flag begins at its name. Runs once for each flag that is opened.
_TOP = "<script>document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0) // {flag_id}</script>"
BEFORE, AFTER = timedelta(hours=72), timedelta(hours=24)
EVENTS = 20
_DIFFERENCES = ("excess", "quantity_effect", "price_effect")  # above 0 where more was spent than expected
_SCOPED = {"flags", "lifecycle", "alerts"}


def chosen_flag(flag_id: str) -> dict[str, Any] | None:
    """Return the flag that the address names, if the viewer may see it."""
    held = flags_of("all", flag_id=flag_id).to_pylist(maps_as_pydicts="strict")
    return held[0] if held else None


def unknown_flag(flag_id: str) -> None:
    """Say that there is no such flag that the viewer may see: the same, whether it exists or not."""
    st.warning(escaped(f"There is no flag {flag_id} that you may see."), icon=":material/link_off:")
    st.button("All flags", on_click=all_flags, icon=":material/arrow_back:")


def title_row(flag: dict[str, Any]) -> Explanation:
    """Draw what the flag is; return what is behind it."""
    found = explain(_ask, flag)
    st.html(_TOP.format(flag_id=flag["flag_id"]), unsafe_allow_javascript=True)
    st.button("All flags", on_click=all_flags, icon=":material/arrow_back:", type="tertiary")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(escaped(flag["app_id"]), anchor=False, width="content")
        badges(flag)
    first, *others = sentences(flag, found.drivers, found.skus, found.markers, found.earlier)
    st.markdown("  \n".join([f"**{escaped(first)}**", *map(escaped, others)]))
    return found


def figures(flag: dict[str, Any]) -> None:
    """Draw the headline: in cents, and adding up."""
    cents, form = in_cents(flag), money_format()
    span = f"of {lasting(flag)}"
    with st.grid(4, min_column_width=150):
        card("Cost", cents["actual"], form=form, explanation=f"Effective cost {span} of the flagged lines.")
        card("Expected", cents["expected"], form=form, explanation="Frozen when the flag began.")
        is_running, is_drop = flag["status"] == "running", flag["kind"] == DROP
        name, said = ("Missing", "Expected less cost") if is_drop else ("Excess", "Cost less expected")
        size = -cents["excess"] if is_drop else cents["excess"]
        name = f"{name} so far" if is_running else name
        card(name, size, form=form, explanation=f"{said}; the drivers add up to it.")
        if is_running and not is_drop:
            card("Projected", flag["projected_excess"], form=form, explanation="The excess if it goes on as it does.")
        else:
            card(
                "Lasted",
                lasting_short(flag),
                explanation=f"{lasting(flag).capitalize()}, from the first flagged hour to the end of the last.",
            )


def curve(flag: dict[str, Any]) -> None:
    """Draw cost and expected by the hour, with what happened to the app."""
    inside = hours_of(flag)
    view = {"view_start": inside["start"] - BEFORE, "view_end": inside["end"] + AFTER}
    lines = {"flag_id": flag["flag_id"], "app_id": flag["app_id"], "meters": list(flag["meters"])}
    hours = _ask(flag_curve, "charges", "line_scores", "flag_baselines", **lines, **inside, **view)
    reach = {"start": view["view_start"], "end": view["view_end"]}
    with panel("By the hour", "The flagged lines together. Gray: the expected and its band. Red: the flagged hours."):
        draw(
            drawing,
            hours,
            markers=_ask(flag_markers, "lifecycle", "alerts", app_id=flag["app_id"], **reach),
            unit=settings().currency,
            key="curve",
            alt_text="Cost by hour beside the expected, flagged hours marked",
        )


def drivers(flag: dict[str, Any], found: Explanation) -> None:
    """Draw which lines made the excess, by more use and by a dearer unit: adding up to the headline to the cent."""
    rows = rounded_drivers(found.drivers)
    names = ("amount", "expected", *_DIFFERENCES)
    shown = [
        {
            "line": meter_words(row["meter"]),
            **{name: row[name] for name in names},
            "times": row["unit_cost"] / row["unit_cost_before"]
            if row["unit_cost_before"] and row["unit_cost"]
            else None,
        }
        for row in rows
    ]
    if len(rows) > 1:
        shown.append({"line": "Together", **{name: sum(row[name] for row in rows) for name in names}, "times": None})
    excess, is_drop = in_cents(flag)["excess"], flag["kind"] == DROP
    headline = f"{amount(-excess)} that is missing" if is_drop else f"excess of {amount(excess)}"
    if is_drop:
        shown = [{**row, **{name: -row[name] for name in _DIFFERENCES}} for row in shown]
    difference, use, unit = (
        ("Missing", "Less use", "Cheaper unit") if is_drop else ("Excess", "More use", "Dearer unit")
    )
    beyond, more = ("Use short of", "less") if is_drop else ("Use beyond", "more")
    with panel("Drivers", f"They add up to the {headline}, to the cent.".replace("$", "\\$")):
        st.dataframe(
            shown,
            hide_index=True,
            key="drivers",
            placeholder="",
            column_config={
                "line": st.column_config.TextColumn("Line", pinned=True),
                "excess": money(difference),
                "quantity_effect": money(use, help=f"{beyond} the expected, at the unit cost of the week before."),
                "price_effect": money(unit, help=f"What a unit costs {more} than in the week before, times the use."),
                "amount": money("Cost"),
                "expected": money("Expected"),
                "times": st.column_config.NumberColumn("Unit cost, times", format="%.2fx"),
            },
            column_order=("line", "excess", "quantity_effect", "price_effect", "amount", "expected", "times"),
        )
        late = sum(row["amount"] for row in found.drivers) - flag["actual"]
        if late:
            st.warning(
                escaped(f"Charges changed by {amount(late, signed=True)} since; the flag is scored again soon."),
                icon=":material/history_toggle_off:",
            )


def around(flag: dict[str, Any], found: Explanation) -> None:
    """Draw what happened to the app near the flag, and why the detector spoke."""
    left, right = st.columns(2)
    with left, panel("What happened", "Lifecycle and alerts from six hours before, by their distance to its start"):
        if not found.markers:
            st.caption("Nothing was deployed, scaled, started or stopped, and no alert rang.")
        else:
            rows = [(offset(row["time"], flag["started_at"]), row["action"], row["detail"]) for row in found.markers]
            _read(("When", "What", "Of"), rows)
    why_now = "Why it is missed" if flag["kind"] == DROP else "Why now"
    with right, panel(why_now, escaped(f"Expected is {BASES.get(flag['basis'], flag['basis'])}")):
        fired = sorted(flag["evidence"].items(), key=lambda item: -item[1])
        if fired and flag["kind"] != DROP:  # it tells how rare it is to cost so much
            _read(("Looked at", "Unusual like"), [(EVIDENCE.get(name, name), likelihood(tail)) for name, tail in fired])
        why = f"Score {flag['peak_score']:.1f} at its peak, where 1 is flagged."
        if flag["kind"] == DROP:
            why = "Six hours brought less than a tenth of the expected, and of the same hours of the two weeks before."
        st.caption(f"{why} Found by {flag['detector_version']}; flagged from {when(flag['flagged_at'])}.")


def events(viewer: Viewer, flag: dict[str, Any]) -> None:
    """Draw the costliest raw events of the flagged hours, and the ways to trace and showback."""
    rows = usage_of(limit=EVENTS, **events_behind(flag))
    kinds = costed_event_columns()
    first = ("time", "effective_cost", "meter", "quantity", "event_id", "sku_id", "source", "resource_id")
    picked: list[str] = []

    def clicked() -> None:
        if chosen := st.session_state["events"]["selection"]["rows"]:
            picked.append(rows["event_id"][chosen[0]].as_py())
            st.session_state["traced-event"] = picked[0]

    may_trace = viewer.may_open("trace")
    caption = f"The {rows.num_rows} costliest of the flagged hours and lines, as received." + (
        " Select one to trace it." if may_trace else ""
    )
    if not rows.num_rows:
        caption = "None came in the flagged hours and lines."
    table_panel(
        "Raw events",
        caption,
        rows,
        {name: kinds[name] for name in first},
        key="events",
        file_name=f"farthing-{flag['flag_id']}-events",
        on_row=clicked if may_trace else None,
    )
    st.caption(escaped(sums_of(rows, flag["actual"], currency=settings().currency)))
    if (event_id := st.session_state.pop("traced-event", None)) is not None:
        leave(flag["flag_id"])
        go("trace", id=event_id)
    month = f"{flag['started_at']:%Y-%m}"
    with st.container(horizontal=True):
        if may_trace and st.button("Trace the app", key="to-trace", icon=":material/manage_search:"):
            leave(flag["flag_id"])
            go("trace", id=flag["app_id"], month=month)
        if viewer.may_open("showback") and st.button("Its showback", key="to-showback", icon=":material/receipt_long:"):
            leave(flag["flag_id"])
            go("showback", team=flag["team_id"], app=flag["app_id"], month=month)


def history(flag: dict[str, Any]) -> None:
    """Draw who did what when, and the app's other flags."""
    tables = ("flags", Everyones("flag_findings"), Everyones("flag_decisions"), Everyones("flag_mutes"))
    told = ask(flag_history, *tables, flag_id=flag["flag_id"]).to_pylist()
    left, right = st.columns(2)
    with left, panel("Who did what", "The latest first; nothing of it is ever changed"):
        rows = [
            (
                f"{row['at']:%b %-d, %H:%M}",
                STATES.get(row["what"], row["what"].capitalize()),
                row["who"],
                row["note"] or _beside(flag, row["excess"]),
            )
            for row in told
        ]
        _read(("When (UTC)", "What", "Who", "Why"), rows)
    others = flags_of("all", app_id=flag["app_id"])
    others = others.filter(pc.not_equal(others["flag_id"], flag["flag_id"]))
    with (
        right,
        panel("Other flags of this app", "One that comes back at the same time of day is a job, not an accident"),
    ):
        if not others.num_rows:
            st.caption("There is none.")
            return
        picked = st.dataframe(
            worded(others).select(["started_at", "kind", "excess", "state", "flag_id"]),
            hide_index=True,
            key="others",
            on_select="rerun",
            selection_mode="single-row",
            column_config={
                "started_at": moment("From (UTC)"),
                "kind": "Kind",
                "excess": money("Cost less expected"),
                "state": "State",
                "flag_id": "Flag",
            },
        )
        if rows := picked["selection"]["rows"]:
            open_flag(others["flag_id"][rows[0]].as_py())
            st.rerun()


def _beside(flag: dict[str, Any], excess: Decimal | None) -> str:
    """How far a flag was from the expected when something was told of it; nothing where that says nothing."""
    if excess is None:
        return ""
    return missing(excess) if flag["kind"] == DROP else f"excess {amount(excess)}"


def _read(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Draw a short table to be read, not worked with: it wraps on a phone, and nothing covers it."""
    said = [{name: escaped(text) for name, text in zip(columns, row, strict=True)} for row in rows]
    st.table(said, hide_index=True, border="horizontal")


def _ask(question: Any, *tables: str, **options: Any) -> pa.Table:
    """Ask about a flag that the viewer may see: whoever may see it sees all of it."""
    named = [name if name in _SCOPED else Everyones(name) for name in tables]
    return ask(question, *named, **options)
