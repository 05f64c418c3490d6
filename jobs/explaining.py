"""What is behind a flag: which lines, more use or a dearer unit, what happened to the app, which events.

The questions are the same for the page and the command line; who asks says through which tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from queries.flag_drivers import flag_drivers
from queries.flag_list import SAMPLE, flag_list
from queries.flag_markers import flag_markers
from queries.flag_skus import flag_skus
from warehouse.connect import Store
from warehouse.tables import table

REACH = timedelta(hours=6)  # before the start: what happened then may be why
RECURRENCE = timedelta(days=21)

# Answers a question about tables by name, with its options.
Ask = Callable[..., pa.Table]
Flag = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A flag's drivers (``flag_drivers``), SKUs (``flag_skus``) and markers (``flag_markers``, from six hours before).

    ``earlier`` is how often its app was flagged in the three weeks before.
    """

    drivers: Sequence[Mapping[str, Any]]
    skus: Sequence[Mapping[str, Any]]
    markers: Sequence[Mapping[str, Any]]
    earlier: int


def explain(ask: Ask, flag: Flag) -> Explanation:
    """Return what is behind a flag (a row of ``flags``), exactly as its charges and its baseline say."""
    inside = hours_of(flag)
    lines = {"app_id": flag["app_id"], "meters": list(flag["meters"])}
    reach = {"start": inside["start"] - REACH, "end": inside["end"]}
    flags = ask(flag_list, "flags", "mutes", as_of=inside["start"], app_id=flag["app_id"]).to_pylist()
    since = flag["started_at"] - RECURRENCE
    stood = [row for row in flags if row["status"] != "withdrawn" and row["kind"] != SAMPLE]
    earlier = [row for row in stood if since <= row["started_at"] < flag["started_at"]]
    return Explanation(
        drivers=ask(flag_drivers, "charges", "flag_baselines", flag_id=flag["flag_id"], **lines, **inside).to_pylist(),
        skus=ask(flag_skus, "charges", **lines, **inside).to_pylist(),
        markers=ask(flag_markers, "lifecycle", "alerts", app_id=flag["app_id"], **reach).to_pylist(),
        earlier=len(earlier),
    )


def events_behind(flag: Flag) -> dict[str, Any]:
    """Return how the raw usage events of a flag's hours and lines are asked for (``jobs.behind.usage_behind``)."""
    return {"where": {"app_id": [flag["app_id"]], "meter": list(flag["meters"])}, **hours_of(flag)}


def hours_of(flag: Flag) -> dict[str, datetime]:
    """Return the hours of a flag as options: from its start to its end, or to where it was scored while it runs."""
    return {"start": flag["started_at"], "end": flag["ended_at"] or flag["scored_until"]}


def asking(store: Store) -> Ask:
    """Return an ``Ask`` about all rows of a store: for the command line."""
    return lambda question, *names, **options: store.arrow(question(*map(table, names), **options))
