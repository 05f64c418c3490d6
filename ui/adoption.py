"""Making a method the rule from a day on: alone where costs are only shown, by two people where they are charged."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from billing.allocation import adopt, charged_centers
from billing.people import is_same, name_of
from billing.period import Period
from billing.proposals import adopt_proposal, propose, reject, withdraw
from metrics.methods import EVERY_TYPE, Method, parse_method
from queries.waiting_proposals import waiting_proposals
from ui.allocation import Asked, footnote_of
from ui.confirm import confirmed
from ui.inputs import as_of
from ui.session import ask, forget, store
from ui.viewer import Viewer
from ui.words import escaped

ADOPTING = frozenset({"analyst", "finance", "admin"})
DECIDING = frozenset({"finance", "admin"})
_SAID = "adoption-said"


def adoption(viewer: Viewer, asked: Asked) -> None:
    """Let a method be the rule from a day on, for those who may, or propose it."""
    if said := st.session_state.pop(_SAID, None):
        st.success(said, icon=":material/check_circle:")
    if not viewer.roles & ADOPTING:
        st.caption("Analysts, finance and administrators adopt rules.")
        return
    left, right = st.columns([2, 1])
    text = left.selectbox("Method", asked.methods, key="adopt-method")
    earliest = max(as_of().date(), date.today())  # noqa: DTZ011  the past of the wall clock, not of the data
    starts = right.date_input("From (UTC)", Period(earliest.replace(day=1)).next.first, earliest, key="adopt-from")
    footnote = st.text_input("Footnote on invoices", footnote_of(text), key=f"adopt-footnote/{text}")
    method = parse_method(text)
    # What was compared is what is adopted: a rule for every cost type of the month's pools.
    compared = asked.cost_types or sorted(set(asked.pools()["cost_type"].to_pylist()))
    types = [EVERY_TYPE] if method.parts else compared
    what = ", ".join(method.parts or compared)
    st.caption(f"It will split {escaped(what)}.")
    if paying := charged_centers(store(), starts):
        _propose(viewer, types, method, starts, footnote, what, paying)
        return
    question = f"From {starts} on, {what} is split by {text}. What is before keeps its rule."
    if confirmed("Adopt", question, key="adopt", disabled=not footnote.strip()):
        _do(
            lambda: adopt(store(), types, method, starts, by=viewer.person, footnote=footnote),
            f"{text} splits {what} from {starts} on.",
        )


def waiting(viewer: Viewer) -> None:
    """Draw the proposals that wait for a second person, with what this viewer may do about each."""
    held = ask(waiting_proposals, "allocation_proposals").to_pylist()
    if not held:
        st.caption("No rule waits for a second person.")
    for proposal in held:
        with st.container(border=True):
            _proposal(viewer, proposal)


def _propose(
    viewer: Viewer, types: list[str], method: Method, starts: date, footnote: str, what: str, paying: list[str]
) -> None:
    are = "is" if len(paying) == 1 else "are"
    st.info(
        f"{', '.join(map(escaped, paying))} {are} charged, not only shown: "
        "a second person, of finance or an administrator, adopts what you propose.",
        icon=":material/supervisor_account:",
    )
    if st.button("Propose", key="propose", icon=":material/how_to_vote:", disabled=not footnote.strip()):
        _do(
            lambda: propose(store(), types, method, starts, by=viewer.person, footnote=footnote),
            f"Proposed: {method} splits {what} from {starts} on. It waits for a second person.",
        )


def _proposal(viewer: Viewer, held: dict[str, Any]) -> None:
    number, by = held["proposal_id"], held["proposed_by"]
    is_hybrid = held["cost_types"] == [EVERY_TYPE]
    what = (
        ", ".join(parse_method(held["method"]).parts or held["cost_types"])
        if is_hybrid
        else ", ".join(held["cost_types"])
    )
    st.markdown(f"**{escaped(what)}** by `{held['method']}` from **{held['from_date']}**")
    st.caption(
        f"{escaped(name_of(by))} proposed it {held['proposed_at']:%Y-%m-%d %H:%M} UTC. {escaped(held['footnote'])}"
    )
    if is_same(by, viewer.person):
        if confirmed("Withdraw", "Nobody can adopt it then.", key=f"withdraw-{number}"):
            _do(lambda: withdraw(store(), number, by=viewer.person), "Withdrawn.")
        return
    if not viewer.roles & DECIDING:
        st.caption("Finance or an administrator adopts it.")
        return
    question = f"From {held['from_date']} on, {what} is split by {held['method']}, and charged."
    if confirmed("Adopt", question, key=f"adopt-{number}"):
        _do(lambda: adopt_proposal(store(), number, by=viewer.person), f"{held['method']} is adopted.")
    with st.popover("Reject", icon=":material/block:"):
        reason = st.text_input("Why", key=f"reason-{number}", placeholder="Whoever proposed it reads this")
        if st.button("Reject", key=f"reject-{number}", disabled=not reason.strip()):
            _do(lambda: reject(store(), number, by=viewer.person, reason=reason), "Rejected.")


def _do(act: Any, said: str) -> None:
    try:
        act()
    except (ValueError, PermissionError) as error:
        st.error(str(error), icon=":material/block:")
        return
    st.session_state[_SAID] = said
    forget()
    st.rerun()
