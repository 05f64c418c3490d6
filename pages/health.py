"""Health: is everything in, priced, owned and adding up?"""

import streamlit as st

from queries.data_quality import data_quality
from queries.freshness import freshness
from queries.quarantine_reasons import quarantine_reasons
from queries.rating_lag import rating_lag
from queries.store_size import store_size
from queries.top_spend import top_spend
from queries.unpriced_usage import unpriced_usage
from ui.flag_panels import open_flags, until_words
from ui.formats import count, money, size
from ui.frame import card, header, panel, total
from ui.health_panels import background_jobs, bus, freshness_columns, laws, refusals, unpriced_columns
from ui.inputs import this_hour
from ui.quarantine_panel import quarantine
from ui.session import Everyones, ask, store
from ui.states import nothing_received
from ui.viewer import enter

viewer = enter("health")
with header("Health", f"Everything ever received, all time. Store {store().location}"):
    pass

received = ask(data_quality, "batches", "refusals")
reasons = ask(quarantine_reasons, "quarantine")
unpriced = ask(unpriced_usage, "charges")
no_owner = {"attribution_rule": ["default"]}
unowned = ask(top_spend, "charges", by="resource_id", where=no_owner, measures=("effective_cost", "event_count"))
sizes = ask(store_size, Everyones("parts"))
behind = total(ask(rating_lag, "batches", "charge_generations"), "is_behind")

with st.grid(6, min_column_width=150):
    card("Days to rate", behind, form="localized", explanation="Days with events that are not charged yet.")
    card("In quarantine", total(reasons, "open_events"), form="localized", explanation="Still undecided.")
    card("Duplicates", total(received, "duplicates"), form="localized", explanation="Sent again; counted once.")
    card("Unpriced events", total(unpriced, "event_count"), form="localized", explanation="All time.")
    card("Events without owner", total(unowned, "event_count"), form="localized", explanation="All time.")
    card("Store on disk", total(sizes, "bytes_on_disk"), form="bytes")

if not received.num_rows:
    nothing_received()
    with panel("Background jobs"):
        background_jobs()
    st.stop()

left, right = st.columns([2, 1])
with (
    left,
    panel("Received", "All time. Accepted, a duplicate, in quarantine or rejected: the difference is 0, always."),
):
    events = {name: count(name.capitalize()) for name in received.column_names if name != "event_type"}
    st.dataframe(received, hide_index=True, key="received", column_config={"event_type": "Type", **events})
    refusals()
with right, panel("Background jobs"):
    background_jobs()
    st.caption(f"Detection: {until_words()}.")
    open_flags(viewer)

left, right = st.columns([2, 1])
with left, panel("Freshness", "Stalest first; times are UTC."):
    st.dataframe(
        ask(freshness, "batches", as_of=this_hour()),
        hide_index=True,
        key="freshness",
        column_order=list(freshness_columns()),
        column_config=freshness_columns(),
    )
with right, panel("Laws of conservation"):
    laws()

bus()
with panel("Quarantine", "All time. What could not be taken, by reason. Nothing is dropped: it waits here."):
    quarantine(reasons, viewer)

left, right = st.columns(2)
with left, panel("Unpriced usage", "All time. Used without a price in force; its cost is unknown, not 0."):
    if not unpriced.num_rows:
        st.success("Everything has a price.", icon=":material/check_circle:")
    else:
        st.dataframe(
            unpriced,
            hide_index=True,
            key="unpriced",
            column_order=list(unpriced_columns()),
            column_config=unpriced_columns(),
        )
with (
    right,
    panel("Without owner", "All time. No tag, lease, ownership or environment explains these."),
):
    if not unowned.num_rows:
        st.success("Everything has an owner.", icon=":material/check_circle:")
    else:
        st.dataframe(
            unowned,
            hide_index=True,
            key="unowned",
            column_config={
                "resource_id": "Resource",
                "effective_cost": money("Effective cost"),
                "event_count": count("Events"),
            },
        )

with panel("Store", str(store().location)):
    st.dataframe(
        sizes,
        hide_index=True,
        key="sizes",
        column_config={
            "table": "Table",
            "rows": count("Rows"),
            "parts": count("Parts"),
            "bytes_on_disk": size("On disk"),
            "uncompressed_bytes": size("Uncompressed"),
        },
    )
