"""The screens: one entry each. The router shows them and every page checks itself against them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).resolve().parents[1] / "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A page and who may open it. The file is ``pages/<name>.py`` and the address ``/<name>``."""

    name: str
    title: str
    icon: str
    roles: frozenset[str]

    @property
    def path(self) -> Path:
        return PAGES / f"{self.name}.py"


SCREENS = {
    screen.name: screen
    for screen in (
        Screen(
            name="overview",
            title="Overview",
            icon=":material/space_dashboard:",
            roles=frozenset({"analyst", "lead", "oncall", "finance", "admin"}),
        ),
        Screen(
            name="anomalies",
            title="Anomalies",
            icon=":material/notification_important:",
            roles=frozenset({"analyst", "lead", "oncall", "admin"}),
        ),
        Screen(
            name="explore",
            title="Explore",
            icon=":material/query_stats:",
            roles=frozenset({"analyst", "lead", "finance", "admin"}),
        ),
        Screen(
            name="showback",
            title="Showback",
            icon=":material/receipt_long:",
            roles=frozenset({"analyst", "lead", "finance", "admin"}),
        ),
        Screen(
            name="invoices",
            title="Invoices",
            icon=":material/request_quote:",
            roles=frozenset({"analyst", "lead", "finance", "admin"}),
        ),
        Screen(
            name="allocation",
            title="Allocation",
            icon=":material/call_split:",
            roles=frozenset({"analyst", "finance", "admin"}),
        ),
        Screen(
            name="trace",
            title="Trace",
            icon=":material/manage_search:",
            roles=frozenset({"analyst", "lead", "oncall", "finance", "admin"}),
        ),
        Screen(
            name="attribution",
            title="Attribution",
            icon=":material/how_to_reg:",
            roles=frozenset({"analyst", "oncall", "finance", "admin"}),
        ),
        Screen(
            name="health",
            title="Health",
            icon=":material/monitor_heart:",
            roles=frozenset({"analyst", "oncall", "admin"}),
        ),
    )
}
