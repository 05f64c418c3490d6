"""How pages get answers: tables already scoped to the viewer, and questions answered once per state of the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import streamlit as st

from billing.as_known import as_known
from jobs.loop import JobLoop
from queries.hours_on import hours_on
from queries.store_size import parts
from ui.scope import scoped
from ui.viewer import Viewer, viewer
from warehouse.connect import Store
from warehouse.errors import StoreError
from warehouse.tables import table as whole
from warehouse.tables import to_sql
from warehouse.versions import versions

VERSION_SECONDS = 1  # how long the state of the data is believed without looking
READING = "Reading…"  # shown where an answer takes longer than half a second

# What changes when a table does: answers are kept until the version of one of these moves.
_PARTS = {
    **dict.fromkeys(("charges", "daily_charges", "charge_generations"), ("charges",)),
    **dict.fromkeys(("usage", "lifecycle", "request_traces", "alerts", "platform_costs", "batches"), ("events",)),
    "refusals": ("refusals",),
    "parts": ("charges", "events"),
    "quarantine": ("events", "decisions"),
    "rated_charges": ("charges",),
    **dict.fromkeys(("period_closings", "invoice_lines", "invoices"), ("invoices",)),
    **dict.fromkeys(("line_scores", "flag_findings", "flag_decisions", "flags", "flag_baselines"), ("flags",)),
    **dict.fromkeys(("flag_mutes", "mutes", "detector_versions", "alert_budgets"), ("flags",)),
    "allocation_proposals": ("proposals",),
    "bus_positions": ("bus",),
    "evidence": ("evidence",),
    "reconciliation_words": ("reconciliation",),
}

_served: Store | None = None
_jobs: JobLoop | None = None


def serve(opened: Store | None, jobs: JobLoop | None = None) -> None:
    """Say which store this process's pages read, and which jobs it runs; the app does so once, at its start."""
    global _served, _jobs
    _served, _jobs = opened, jobs


def jobs() -> JobLoop | None:
    """Return the background jobs of this process; None where a worker of its own runs them."""
    return _jobs


def store() -> Store:
    """Return the open store, unscoped: for actions and for what has no rows of a team.

    Raises:
        StoreError: the pages run without the app around them.

    """
    if _served is None:
        raise StoreError("no store is open: start the app with `farthing serve` or `streamlit run app.py`")
    return _served


def table(name: str) -> ir.Table:
    """Return the rows of a table that the viewer may see.

    Raises:
        PermissionError: nobody is signed in, or the table cannot be scoped to this viewer.

    """
    return scoped(name, _signed_in())


class Everyones(str):
    """A table by name, all of its rows whoever looks: for questions that read them and do not show them."""

    __slots__ = ()


class Cut(str):
    """Charges by day as a table by name, but by hour on the days that ``moments`` cut: sums up to them are exact."""

    moments: tuple[datetime, ...]
    __slots__ = ("moments",)


def cut(*moments: datetime) -> str:
    """Return the name of the charges by day, cut at moments; see ``Cut``."""
    named = Cut("daily_charges")
    named.moments = tuple(sorted(moment for moment in moments if moment.time() != time()))
    return named if named.moments else "daily_charges"


class Then(str):
    """A table by name as it stood at ``at`` (``billing.as_known``); ``is_whole``: all of its rows whoever looks."""

    at: datetime
    is_whole: bool
    __slots__ = ("at", "is_whole")


def then(name: str, at: datetime | None, *, is_whole: bool = False) -> str:
    """Return the name of a table as it stood at a moment, or as it is: the viewer's rows, or ``is_whole`` all of them.

    Raises:
        PermissionError: only charges are kept by team.

    """
    if at is None:
        return Everyones(name) if is_whole else name
    if name != "charges" and not is_whole:
        raise PermissionError(f"{name} as of {at:%Y-%m-%d} cannot be split by team")
    named = Then(name)
    named.at, named.is_whole = at, is_whole
    return named


def ask(question: Callable[..., ir.Table], *tables: str, **options: Any) -> pa.Table:
    """Answer a question about tables by name, scoped to the viewer. It is built only when not yet known."""
    who, key = _signed_in(), _key(question, tables, options)
    return _answer(key, _version(tables), who.scope, lambda: sql_of(question, *tables, **options))


def ask_for_all(question: Callable[..., ir.Table], *tables: str) -> pa.Table:
    """Answer a question about whole tables, whoever asks: for what is no secret, such as the names of demo sign-in."""
    name = f"{question.__module__}.{question.__qualname__}"
    key = "|".join((name, *tables))
    return _answer(key, _version(tables), "all", lambda: to_sql(question(*(whole(table) for table in tables))))


def once(name: str, tables: tuple[str, ...], make: Callable[[], Any]) -> Any:
    """Return what ``make`` makes of whole tables, kept until one of them changes. Nobody's view: scope what it says."""
    return _made(name, _version(tables), make)


def once_for_viewer(name: str, tables: tuple[str, ...], make: Callable[[], Any]) -> Any:
    """Return what ``make`` makes of rows that the viewer may see (``table``), kept until one of the tables changes."""
    return _made(f"{_signed_in().scope}|{name}", _version(tables), make)


def sql_of(question: Callable[..., ir.Table], *tables: str, **options: Any) -> str:
    """Return the SQL that ``ask`` runs for this viewer."""
    rows = [_rows(name) for name in tables]
    return _sql(_key(question, tables, options), _signed_in().scope, lambda: to_sql(question(*rows, **options)))


def state_of(*tables: str) -> str:
    """Return a text that differs once one of these tables does: for what is drawn anew by itself."""
    return _version(tables)


def forget() -> None:
    """Look at the state of the data again at once: after the viewer changed something."""
    _versions.clear()


def spelled(value: Any) -> str:
    """Return an unambiguous text of an option; measures and dimensions go by their names.

    Raises:
        TypeError: no text stands for such a value.

    """
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}={spelled(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(spelled(item) for item in value) + "]"
    if isinstance(value, set | frozenset):
        return "<" + ",".join(sorted(spelled(item) for item in value)) + ">"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool) or type(value).__name__ == "Decimal":
        return repr(value)
    if is_dataclass(value) and not hasattr(value, "name"):
        return type(value).__name__ + spelled({field.name: getattr(value, field.name) for field in fields(value)})
    name = getattr(value, "name", None)
    if isinstance(name, str):
        return f"{type(value).__name__}:{name}"
    raise TypeError(f"no key for an option of type {type(value).__name__}")


def _key(question: Callable[..., ir.Table], tables: tuple[str, ...], options: Mapping[str, Any]) -> str:
    named = map(_named, tables)
    return "|".join((f"{question.__module__}.{question.__qualname__}", *named, spelled(options)))


def _named(name: str) -> str:
    if isinstance(name, Cut):
        return f"{name} cut at {spelled(name.moments)}"
    if isinstance(name, Then):
        return f"{'everyone' if name.is_whole else 'the viewer'}'s {name} as of {name.at.isoformat()}"
    return f"everyone's {name}" if isinstance(name, Everyones) else name


def _rows(name: str) -> ir.Table:
    if isinstance(name, Cut):
        return hours_on(table("charges"), table(name), moments=name.moments)
    if isinstance(name, Then):
        return as_known(name, name.at, whole if name.is_whole else table)
    if not isinstance(name, Everyones):
        return table(name)
    return parts() if name == "parts" else whole(name)


def _signed_in() -> Viewer:
    who = viewer()
    if who is None:
        raise PermissionError("nobody is signed in")
    return who


def _version(tables: tuple[str, ...] | list[str]) -> str:
    opened = store()
    versions = _versions(f"{opened.location}/{opened.location.database}")
    parts = {part for name in tables for part in _PARTS.get(name, ("histories",))}
    return "|".join([opened.location.database, *(f"{part}={versions[part]}" for part in sorted(parts))])


@st.cache_resource(ttl=VERSION_SECONDS, max_entries=64, show_spinner=False)
def _versions(location: str) -> dict[str, str]:  # noqa: ARG001
    return versions(store())


@st.cache_resource(max_entries=512, show_spinner=False)
def _sql(key: str, scope: str, _build: Callable[[], str]) -> str:  # noqa: ARG001
    # Compiling a question costs more than a small answer, and is the same whatever the data.
    return _build()


@st.cache_resource(ttl=900, max_entries=512, show_spinner=READING)
def _answer(key: str, version: str, scope: str, _sql: Callable[[], str]) -> pa.Table:  # noqa: ARG001
    # Arrow tables are immutable, so sessions may share them (a hit costs 0.06 ms; a copy of the data 6 ms).
    return store().arrow(_sql())


@st.cache_resource(ttl=900, max_entries=64, show_spinner=READING)
def _made(name: str, version: str, _make: Callable[[], Any]) -> Any:  # noqa: ARG001
    return _make()
