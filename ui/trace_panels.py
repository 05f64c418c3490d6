"""The panels of the trace page: the box, what is found, charges and raw events, the timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from charts.timeline import timeline
from queries.app_lifecycle_markers import app_lifecycle_markers
from queries.lifecycle_by_day import lifecycle_by_day
from queries.quarantined_as import quarantined_as
from ui.asked import say_unknown
from ui.drawing import draw
from ui.figures import charge_columns, costed_event_columns, platform_cost_columns, unit_of
from ui.formats import moment, money, share
from ui.frame import panel
from ui.session import ask
from ui.tables import rows_caption, table_panel
from ui.trail import Trail
from ui.viewer import Viewer
from ui.words import escaped

CHARGES, EVENTS, MARKERS = 500, 200, 1000  # rows at most
GRAINS = ("day", "hour")
_RESOURCES = 100  # whose markers without an app are asked for


def box() -> str:
    """Return what is to be traced; ``?id=``."""
    return st.text_input(
        "Trace",
        key="id",
        bind="query-params",
        placeholder="An invoice or its number, a line, a charge, an app, resource, SKU or event",
        label_visibility="collapsed",
        icon=":material/manage_search:",
        on_change=all_charges,
    ).strip()


def all_charges() -> None:
    """Take the chosen charge out of the address; for callbacks."""
    st.query_params.pop("charge", None)


def chosen_charge(trail: Trail) -> Trail:
    """Return the trail of one of its charges, ``?charge=``; itself if the address names none, or none of them."""
    asked = st.query_params.get("charge")
    chosen = trail.of_charge(asked)
    if asked and (chosen is trail or not chosen.totals()["charges"]):
        said = f"The address asks for the charge {asked}, and there is none here. Shown are all charges."
        st.warning(escaped(said), icon=":material/link_off:")
        return trail
    return chosen


def trace_instead(name: str) -> Callable[[], None]:
    """Return what opens the trace of another id; for callbacks."""

    def clicked() -> None:
        all_charges()
        st.session_state["id"] = name

    return clicked


def on_charge(key: str, charges: pa.Table) -> Callable[[], None]:
    """Return what happens when a charge is clicked: its raw events, and the charge in the address."""

    def clicked() -> None:
        if rows := st.session_state[key]["selection"]["rows"]:
            row = charges.slice(rows[0], 1).to_pylist()[0]
            st.query_params["charge"] = f"{row['hour']:%Y-%m-%dT%H}|{row['resource_id']}|{row['sku_id']}"

    return clicked


def on_line(key: str, lines: pa.Table) -> Callable[[], None]:
    """Return what happens when a line of an invoice is clicked: it is traced."""

    def clicked() -> None:
        if rows := st.session_state[key]["selection"]["rows"]:
            trace_instead(lines["line_id"][rows[0]].as_py())()

    return clicked


def heading(trail: Trail, billing: Mapping[str, Any] | None) -> None:
    """Say what is traced, of which month and state, and lead to the line that bills it."""
    st.subheader(title_of(trail), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(trail.kind, color="blue")
        st.badge(f"{trail.month}", color="gray")
        if trail.at is not None:
            st.badge("as it was closed", color="green")
        if trail.is_correction:
            st.badge(f"corrects {trail.start:%Y-%m}", color="orange")
        if billing is not None:
            name = billing["line_id"]
            st.button("Its invoice line", on_click=trace_instead(name), icon=":material/receipt_long:", key="to-line")


def over_time(trail: Trail, charges: pa.Table) -> None:
    """Draw the billed cost by day or hour, with what happened to the apps and which alerts rang; ``?by=``."""
    with panel("Over time", "Billed cost, with what happened to the apps and which alerts rang"):
        say_unknown("by", "the step of time", GRAINS, instead="day")
        grain = (
            st.segmented_control(
                "By", GRAINS, default="day", key="by", bind="query-params", required=True, label_visibility="collapsed"
            )
            or "day"
        )
        look = {"time": "time", "value": "cost", "label": "billed", "unit": unit_of("effective_cost"), "grain": grain}
        found = markers(trail, charges, grain)
        draw(
            timeline,
            trail.over_time(grain),
            key=f"over-{grain}",
            alt_text="Billed cost over time",
            markers=found,
            **look,
        )
        if not found.num_rows:
            st.caption("No deploy, start, scaling, stop or alert of these apps is known in this time.")


def markers(trail: Trail, charges: pa.Table, grain: str) -> pa.Table:
    """Return what happened meanwhile to the apps of charges: lifecycle and alerts, day by day or one by one."""
    apps = sorted(set(charges["app_id"].to_pylist()) - {""})
    resources = sorted(set(charges["resource_id"].to_pylist()) - {""})[:_RESOURCES]
    of = {"start": trail.start, "end": trail.end, "apps": apps, "resources": resources}
    if grain == "day":
        return ask(lifecycle_by_day, "lifecycle", "alerts", **of)
    found = ask(app_lifecycle_markers, "lifecycle", "alerts", limit=MARKERS, **of)
    first, last = (pa.scalar(moment, found["time"].type) for moment in (trail.start, trail.end))
    # An alert that rang before or rings on is drawn within the time that is shown.
    begins = pc.if_else(pc.less(found["time"], first), first, found["time"])
    ends = pc.if_else(pc.greater(found["ends_at"], last), last, found["ends_at"])
    what = pc.binary_join_element_wise(found["label"], found["app_id"], found["detail"], " ")
    return pa.table({"time": begins, "until": ends, "action": found["kind"], "detail": what})


def charges_panel(charges: pa.Table, name: str) -> None:
    """List charges; a click on one shows its raw events."""
    table_panel(
        "Charges",
        rows_caption(charges, CHARGES, "charges, by hour, SKU and rule", "to see its raw events"),
        charges,
        _columns(charges),
        key="charges",
        file_name=f"{name}-charges",
        on_row=on_charge("charges", charges),
    )


def events_panel(usage: pa.Table | None, costs: pa.Table | None, name: str) -> None:
    """List raw events at what they cost, the costliest first, each with its part of the whole."""
    if usage is not None and usage.num_rows:
        caption = "As received, at what each costs; the billed column of all sums to the charges."
        rows, shown = _parts(usage), _event_columns()
        caption = f"{caption} {rows_caption(usage, EVENTS, 'raw events')}"
        table_panel("Raw events", caption, rows, shown, key="raw-events", file_name=f"{name}-raw-events")
    if costs is not None and costs.num_rows:
        costs_panel(costs, name)


def costs_panel(costs: pa.Table, name: str) -> None:
    """List platform costs as reported."""
    caption = f"As received, the costliest first. {rows_caption(costs, EVENTS, 'platform costs')}"
    kinds = platform_cost_columns()
    table_panel("Platform costs", caption, costs, kinds, key="platform-costs", file_name=f"{name}-platform-costs")


def title_of(trail: Trail) -> str:
    """Return what is traced, in words."""
    if trail.line is None:
        return escaped(f"{trail.kind} {trail.name}")
    line = trail.line
    what = " · ".join(filter(None, (line["app_id"] or "(no app)", line["sku_id"] or line["line_kind"])))
    return escaped(f"{line['line_kind'].replace('_', ' ').capitalize()}: {what}")


def unknown(viewer: Viewer, text: str, month: str) -> None:
    """Say that there is nothing of this name that the viewer may see: the same, whether it exists or not."""
    held = ask(quarantined_as, "quarantine", event=text).to_pylist() if viewer.sees_all_teams else []
    for row in held:
        st.warning(
            escaped(f"{row['source']}/{row['event_id']} is in quarantine: {row['reason']}, {row['detail']}"),
            icon=":material/report:",
        )
    if held:
        return
    st.info(f"Nothing called {escaped(text)} that you may see.", icon=":material/search_off:")
    st.caption(
        f"Apps, resources and SKUs are looked for in {month}: choose another month above. Invoices go by their number "
        "(FA-2026-11-0001) or as cost-center/2026-11, lines by their 32 digits, charges as 2026-11-03T10|resource|SKU, "
        "events by their id or as source/id. An event that was taken has a charge once its day is rated."
    )


def _columns(charges: pa.Table) -> dict[str, Any]:
    listed = {name: kind for name, kind in charge_columns().items() if name in charges.column_names}
    listed.pop("effective_cost")
    what = {name: listed.pop(name) for name in ("app_id", "sku_id", "resource_id")}
    costs = {"list_cost": listed.pop("list_cost"), "effective_cost": money("Effective")}
    # On a phone the hour, the amount and the app.
    first = {"hour": moment("Hour (UTC)", width=130), "billed_cost": money("Billed", width=90)}
    listed.pop("hour")
    return {**first, **what, **costs, **listed, "markup_rule_id": "Markup"}


def _event_columns() -> dict[str, Any]:
    kinds = costed_event_columns()
    kinds["part"] = share("Of all", help="Its part of what all of them bill.")
    kinds |= {"sku_price_id": "Price", "lease_id": "Lease"}
    first = ("time", "billed_cost", "part", "event_id", "meter", "quantity", "effective_cost", "list_cost")
    return {name: kinds[name] for name in (*first, *(name for name in kinds if name not in first))}


def _parts(usage: pa.Table) -> pa.Table:
    """Events with each one's part of what all of them bill; only to be looked at, so floats will do."""
    billed, whole = (usage[name].cast(pa.float64()) for name in ("billed_cost", "all_billed_cost"))
    part = pc.if_else(pc.equal(whole, 0.0), None, pc.divide(billed, whole))
    return usage.append_column("part", part)
