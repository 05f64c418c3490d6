"""A long look of detection while it runs: how far it is, and the page anew when it is done."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from jobs.progress import Progress
from ui.session import jobs


def look_under_way() -> Progress | None:
    """Return how far a long look of this process is; None without one. A worker of its own is not seen from here."""
    loop = jobs()
    return loop.progress("detect") if loop else None


@st.fragment(run_every="2s")
def wait_for_the_look() -> None:
    """Draw how far the look is, and the page anew once it is over."""
    now = look_under_way()
    if now is None:
        st.rerun()
    else:
        seconds = (datetime.now(UTC) - now.since).total_seconds()
        text = f"**A look is under way**: {now.step}; {seconds:.0f} s so far. Flags appear here when it is done."
        st.progress(now.share, text=text)
