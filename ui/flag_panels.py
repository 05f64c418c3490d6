"""The flags: which there are, how good the detector was so far, and how loud it may be."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from jobs.budget import AS_THEY_COME, Budget, budget, set_budget
from models.threshold import NEAR_MISSES
from queries.detection_lag import detection_lag
from queries.detector_history import detector_history
from queries.flag_list import DROP, SAMPLE, flag_list
from queries.label_counts import label_counts
from ui.asked import say_unknown
from ui.flag_words import KINDS, STATES, headline, missing, span, status_words, when
from ui.formats import moment, money
from ui.frame import marks
from ui.links import go
from ui.session import Everyones, ask, forget, state_of, store
from ui.tables import table_panel
from ui.under_way import look_under_way
from ui.viewer import Viewer
from ui.words import amount, counted, escaped

ACTING = frozenset({"analyst", "oncall", "admin"})
VIEWS = {"Open": "open", "Labeled": "labeled", "Silent": "silent", "All": "all"}
CARDS = 8
_LEFT = "flag-left"
HUES = {"open": "red", "acknowledged": "orange", "confirmed": "violet", "expected": "green", "dismissed": "gray"}
LOUD = {
    "As they come": AS_THEY_COME,
    "2 a week": 2 / 7,
    "1 a day": 1.0,
    "2 a day": 2.0,
    "5 a day": 5.0,
    "20 a day": 20.0,
}


def until_words() -> str:
    """Return until when hours are scored, as the page's subtitle."""
    lag = ask(detection_lag, Everyones("line_scores")).to_pylist()[0]
    if not lag["until"]:
        return "the first look is under way" if look_under_way() else "nothing was scored yet"
    return f"scored until {when(lag['until'])}"


@st.fragment(run_every="10s")
def watch() -> None:
    """Draw the page anew by itself when hours were scored, a look began or somebody acted: nobody reloads at night."""
    now = (state_of("flags"), look_under_way() is None)
    if st.session_state.setdefault("flags-state", now) != now:
        st.session_state["flags-state"] = now
        st.rerun()


def pick_view() -> str:
    """Return which flags are to be seen; ``?view=``."""
    say_unknown("view", "the view", VIEWS, instead="Open")
    chosen = st.segmented_control(
        "View",
        list(VIEWS),
        default="Open",
        key="view",
        bind="query-params",
        required=True,
        label_visibility="collapsed",
    )
    return VIEWS[chosen or "Open"]


def flags_of(view: str, **chosen: str) -> pa.Table:
    """Return the viewer's flags, of an ``app_id`` or one ``flag_id``; running ones first, then the largest impact."""
    this_minute = datetime.now(UTC).replace(second=0, microsecond=0)
    return ask(flag_list, "flags", Everyones("mutes"), as_of=this_minute, view=view, **chosen)


def open_flag(flag_id: str) -> None:
    """Show one flag; for callbacks."""
    st.query_params["flag"] = flag_id


def all_flags() -> None:
    """Show the list again; for callbacks."""
    st.query_params.pop("flag", None)
    st.session_state.pop(_LEFT, None)


def leave(flag_id: str) -> None:
    """Remember the flag that another screen is opened from: the browser's own way back forgets which it was."""
    st.session_state[_LEFT] = flag_id


def way_back() -> None:
    """Lead back to the flag that was left for another screen."""
    flag_id = st.session_state.get(_LEFT, "")
    left = flags_of("all", flag_id=flag_id).to_pylist() if flag_id else []
    if left:
        label = f"Back to {escaped(left[0]['app_id'])}"
        st.button(label, key="way-back", on_click=open_flag, args=(flag_id,), icon=":material/undo:", type="tertiary")


def cards(flags: pa.Table) -> None:
    """Draw the first flags as cards: readable on a phone, one touch to open."""
    for flag in flags.slice(0, CARDS).to_pylist():
        impact = missing(flag["impact"]) if flag["kind"] == DROP else amount(flag["impact"], signed=True)
        row = {"horizontal": True, "vertical_alignment": "center"}
        with st.container(border=True, horizontal_alignment="distribute", key=f"card-{flag['flag_id']}", **row):
            with st.container(width="content", gap=None):
                st.markdown(f"**{escaped(flag['app_id'])}** · {escaped(impact)}")
                st.caption(escaped(f"{headline(flag)} · {span(flag)}"))
            with st.container(width="content", **row):
                badges(flag)
                st.button("Details", key=f"open/{flag['flag_id']}", on_click=open_flag, args=(flag["flag_id"],))


def badges(flag: dict[str, Any]) -> None:
    """Draw what kind of flag it is, whether it goes on, and what people said of it."""
    st.badge(KINDS.get(flag["kind"], flag["kind"]), color="blue")
    if flag["status"] == "running":
        icon = "power_off" if flag["kind"] == DROP else "local_fire_department"
        st.badge(status_words(flag), color="red", icon=f":material/{icon}:")
    elif flag["status"] == "withdrawn":
        st.badge("Withdrawn", color="gray")
    if flag["state"] != "open":
        st.badge(STATES[flag["state"]], color=HUES[flag["state"]])
    if flag["is_silent"] and flag["kind"] != SAMPLE:
        st.badge("Below the minimum impact", color="gray", icon=":material/notifications_off:")
    if flag["is_muted"]:
        st.badge(f"Muted until {flag['muted_until']:%b %-d, %H:%M}", color="gray", icon=":material/notifications_off:")


def flag_table(flags: pa.Table) -> None:
    """Draw all flags of a view as a table with its CSV; a click opens one."""
    columns = {
        "app_id": st.column_config.TextColumn("App", pinned=True),
        "impact": money("Impact"),
        "kind": "Kind",
        "state": "State",
        "status": "Status",
        "started_at": moment("From (UTC)"),
        "ended_at": moment("To (UTC)"),
        "actual": money("Cost"),
        "expected": money("Expected"),
        "excess": money("Cost less expected"),
        "team_id": "Team",
        "flag_id": "Flag",
    }

    def clicked() -> None:
        if rows := st.session_state["flags"]["selection"]["rows"]:
            open_flag(flags["flag_id"][rows[0]].as_py())

    samples = flags["kind"].to_pylist().count(SAMPLE)
    beside = f" and {counted(samples, 'sample')} of what was not flagged" if samples else ""
    count = counted(flags.num_rows - samples, "flag")
    caption = f"{count}{beside}, running ones first, then by impact. Select one to open it."
    table_panel("All of them", caption, worded(flags), columns, key="flags", file_name="farthing-flags", on_row=clicked)


def worded(flags: pa.Table) -> pa.Table:
    """Say kinds and states as people do."""
    words = {
        "status": [status_words(flag) for flag in flags.select(["kind", "status"]).to_pylist()],
        "kind": [KINDS.get(kind, kind) for kind in flags["kind"].to_pylist()],
        "state": [STATES.get(state, state) for state in flags["state"].to_pylist()],
    }
    for name, said in words.items():
        flags = flags.set_column(flags.column_names.index(name), name, pa.array(said, type=pa.string()))
    return flags


def nothing_flagged(view: str) -> None:
    """Say why there is nothing to see, and what to do; while a look is under way it is said how far that is instead."""
    if look_under_way():
        return
    if ask(detection_lag, Everyones("line_scores")).to_pylist()[0]["until"] is None:
        st.info(
            "Nothing was scored yet. The background job scores hours a while after they end; `farthing detect` does "
            "it at once. Lines need two days of charges to be judged by their own history.",
            icon=":material/hourglass_empty:",
        )
        return
    said = {
        "open": "Nothing waits for you. Labeled and silent flags are in the other views.",
        "labeled": "Nobody has labeled a flag yet. Open one and say what it was: the detector learns from it.",
        "silent": "No flag is below the minimum impact, and no app is muted.",
        "all": "No flag was ever raised for your teams.",
    }
    st.success(said[view], icon=":material/check_circle:")


def open_flags(viewer: Viewer) -> None:
    """Say on another page how many flags wait, and what they cost; it leads to them."""
    said = ask(label_counts, "flags").to_pylist()[0]
    if not viewer.may_open("anomalies") or not said["waiting"]:
        return
    over = f": {amount(said['excess'])} over the expected" if said["excess"] else ""
    running = f", {said['running']} of them running" if said["running"] else ""
    label = f"{counted(said['waiting'], 'open flag')}{running}{over}"
    icon = ":material/notification_important:"
    if st.button(escaped(label), key="open-flags", icon=icon, type="primary" if running else "secondary"):
        go("anomalies")


def learned(viewer: Viewer) -> None:
    """Say how many labels were given, what share of the flags was real, and what that did to the detector."""
    said = ask(label_counts, "flags").to_pylist()[0]
    labels = said["confirmed"] + said["expected"] + said["dismissed"]
    precision = f"{said['confirmed'] / labels:.0%} of them were real" if labels else "label flags to teach the detector"
    st.markdown(
        f"**{counted(labels, 'label')}**: {said['confirmed']} confirmed, {said['expected']} expected, "
        f"{said['dismissed']} dismissed; {precision}. {said['waiting']} wait for a word."
        + (f" {counted(said['samples'], 'sample')} of what was not flagged had one too." if said["samples"] else "")
    )
    if not viewer.sees_all_teams:
        return
    versions = ask(detector_history, "detector_versions").to_pylist(maps_as_pydicts="strict")
    if not versions:
        st.caption("The first version of this platform's own is fitted tonight. Until then what ships decides.")
        return
    st.dataframe(
        [
            {
                "version": row["version"],
                "used": ["in use" if row["is_in_use"] else "was in use" if row["is_promoted"] else "not promoted"],
                "labels": row["labels"],
                "before": row["metrics"].get("precision_before"),
                "after": row["metrics"].get("precision_after"),
                "reason": row["reason"],
                "made_at": row["made_at"],
            }
            for row in versions
        ],
        hide_index=True,
        key="versions",
        column_config={
            "version": "Version",
            "used": marks("", {"in use": "green", "was in use": "blue", "not promoted": "gray"}, width="small"),
            "labels": "Labels",
            "before": st.column_config.NumberColumn("Precision before", format="percent"),
            "after": st.column_config.NumberColumn("after", format="percent"),
            "reason": st.column_config.TextColumn("Why", width="large"),
            "made_at": moment("Made (UTC)"),
        },
    )


def loudness(viewer: Viewer) -> None:
    """Say how loud detection is, and let those who act set it: alerts a day and the least impact, never a score."""
    held, names = budget(store()), list(LOUD)
    closest = min(names, key=lambda name: abs(1 / LOUD[name] - 1 / held.alerts_per_day))
    if not viewer.roles & ACTING:
        st.caption(escaped(f"Alerts: {closest.lower()}, from {amount(held.minimum_impact)} on."))
        return
    with st.popover(f"Alerts: {closest.lower()}", icon=":material/tune:"):
        chosen = st.select_slider("Alerts, over all apps", names, closest, key="alerts-per-day")
        least = st.number_input("Silent below an impact of", 0.0, 1e6, float(held.minimum_impact), 5.0, key="impact")
        st.caption(
            "As they come, whoever has many that are almost alerts is told fewer: the bar rises until no more than "
            f"{NEAR_MISSES:.0f} a day per 1,000 apps fall just short of it. The impact holds from the next hour on, "
            "alerts a day as soon as a detector is fitted to them, in minutes. What is silent is kept and can be seen."
        )
        if st.button("Set", type="primary", key="set-budget"):
            wanted = Budget(alerts_per_day=LOUD[chosen], minimum_impact=Decimal(str(least)))
            set_budget(store(), wanted, by=viewer.name)
            forget()
            st.rerun()
