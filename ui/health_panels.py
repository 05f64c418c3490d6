"""The panels of the health page that act: jobs that run, laws that are checked, quarantine that is decided."""

from __future__ import annotations

import streamlit as st

from queries.bus_lag import bus_lag
from queries.conservation import conservation
from queries.refusal_reasons import refusal_reasons
from ui.formats import count, moment
from ui.frame import panel
from ui.inputs import this_hour
from ui.session import ask, jobs

EVERY_TABLE = (
    "batches",
    "usage",
    "lifecycle",
    "request_traces",
    "alerts",
    "platform_costs",
    "charges",
    "daily_charges",
)
LAWS = {
    "5 usage": "Every accepted quantity and event is charged exactly once, by hour and by day",
    "6 money": "Charges are the rated usage and the reported platform costs, to the last decimal",
    "15 silence": "Received is accepted, duplicate, quarantined or rejected, and all that was accepted is stored",
}


@st.fragment(run_every="10s")
def background_jobs() -> None:
    """How the jobs of this process are doing; looks again every ten seconds."""
    loop = jobs()
    if loop is None:
        st.info("The jobs run in a process of their own: `farthing worker`.", icon=":material/dns:")
        return
    for state in loop.states.values():
        with st.container(horizontal=True, vertical_alignment="center"):
            if not loop.is_running:
                st.badge("stopped", color="red", icon=":material/stop_circle:")
            elif state.is_failing:
                st.badge("failing", color="red", icon=":material/error:")
            else:
                st.badge("running", color="green", icon=":material/check_circle:")
            doing = loop.progress(state.name)
            st.markdown(f"**{state.name}** · " + (f"{doing.step} ({doing.share:.0%})" if doing else state.last_result))
        ran = f"last at {state.last_run_at:%H:%M:%S} UTC in {state.last_seconds:.2f} s" if state.last_run_at else ""
        st.caption(f"{state.runs} runs, {state.failures} failed; {ran}")
        if state.is_failing:
            st.error(state.last_error)


def bus() -> None:
    """How far each partition of the bus is read; nothing where no bus was ever read."""
    positions = ask(bus_lag, "bus_positions", as_of=this_hour())
    if not positions.num_rows:
        return
    with panel("Bus", "Messages of each partition that are not taken yet."):
        st.dataframe(
            positions,
            hide_index=True,
            key="bus",
            column_order=["topic", "partition", "lag", "next_offset", "noted_at", "consumer_group"],
            column_config={
                "topic": "Topic",
                "partition": "Partition",
                "lag": count("Waiting"),
                "next_offset": count("Read up to"),
                "noted_at": moment("Looked at"),
                "consumer_group": "Group",
            },
        )


def refusals() -> None:
    """What the API refused and why; nothing where it refused nothing."""
    found = ask(refusal_reasons, "refusals")
    if not found.num_rows:
        return
    st.caption("Refused by the API. A refused request is its sender's to mend; a rejected event is not kept.")
    st.dataframe(
        found,
        hide_index=True,
        key="refusals",
        column_order=["reason", "source", "requests", "events", "last_at", "example"],
        column_config={
            "reason": "Reason",
            "source": "Source",
            "requests": count("Requests"),
            "events": count("Events rejected"),
            "last_at": moment("Last"),
            "example": st.column_config.TextColumn("What the sender was told", width="large"),
        },
    )


@st.fragment
def laws() -> None:
    """The laws of conservation, checked against every event when somebody asks."""
    if not st.button("Check now", key="check-laws", icon=":material/balance:"):
        st.caption("Reads every stored event, so it is done when you ask. `farthing doctor` does the same.")
        return
    with st.spinner("Reading every event"):
        answer = ask(conservation, *EVERY_TABLE)
    broken = [row for row in answer.to_pylist() if row["difference"]]
    for law, sentence in LAWS.items():
        holds = not any(row["law"] == law for row in broken)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(
                "holds" if holds else "broken",
                color="green" if holds else "red",
                icon=":material/check_circle:" if holds else ":material/error:",
            )
            st.markdown(sentence)
    if broken:
        st.dataframe(broken, hide_index=True, key="broken")
    else:
        st.caption(f"{answer.num_rows} sums compared; every difference is 0.")


def freshness_columns() -> dict[str, object]:
    """The columns of what each origin sent."""
    return {
        "event_type": "Type",
        "origin": st.column_config.TextColumn("Origin", width="medium"),
        "last_received_at": moment("Last received"),
        "last_event_time": moment("Latest event"),
        "accepted": count("Accepted"),
    }


def unpriced_columns() -> dict[str, object]:
    """The columns of what has no price, by SKU."""
    return {
        "sku_id": "SKU",
        "quantity": count("Quantity"),
        "unit": "Unit",
        "event_count": count("Events"),
        "apps": count("Apps"),
        "last_seen": moment("Last seen"),
    }
