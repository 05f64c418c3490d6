"""Usage without an owner on the screen: what it is, whose it may be, and giving it to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from config.settings import settings
from jobs.giving import Given, give
from jobs.moving import Move, moves
from jobs.suggesting import TABLES, finding_of, suggestions, with_suggestions
from metering.reconcile.decisions import Finding, settle, undo
from metering.reconcile.evidence import note, read_evidence
from queries.claims import DEFAULT
from queries.dimension_values import dimension_values
from queries.registered_apps import registered_apps
from queries.waiting_usage import waiting_usage
from ui.confirm import confirmed
from ui.formats import count, moment, money, money_format, share
from ui.frame import card
from ui.inputs import this_hour
from ui.periods import Period
from ui.session import Everyones, ask, forget, once, store
from ui.viewer import Viewer
from ui.words import amount, counted, escaped

GIVING = frozenset({"analyst", "admin", "oncall"})
SETTLING = frozenset({"finance", "admin", "analyst"})
RULES = "App tags, leases, owners of resources, overrides of environments; the default is nobody."
BY_HAND = "person"
_SAID = "attribution-outcome"
_WORDS = {"confirmed": "given", "undone": "taken back", "unresolved": "window over", "accepted": "left as it is"}


def waiting_of(state: str) -> pa.Table:
    """Return the usage in a state (``pending``, ``unresolved``) as of this hour, and what evidence covers of it."""
    asked = {"as_of": this_hour(), "hours": settings().reconciliation_hours}
    usage = ask(waiting_usage, "charges", "reconciliation_words", **asked, state=state)
    named = once(f"suggestions of {asked}", TABLES, lambda: suggestions(store(), **asked))
    found = with_suggestions(usage, named)
    return found.append_column("covered", pa.array([_covered(row) for row in found.to_pylist()], pa.string()))


def cards(rules: pa.Table, waiting: pa.Table, left_over: pa.Table, period: Period) -> None:
    """Draw the figures of the page: what is attributed, what waits, what went to finance."""
    shares = {row["attribution_rule"]: row["share"] for row in rules.to_pylist()}
    attributed = 1 - (shares.get(DEFAULT) or Decimal(0)) if shares else None
    sure = [row for row in waiting.to_pylist() if row["app_id"]]
    with st.grid(4, min_column_width=150):
        card(
            "Attributed",
            "–" if attributed is None else f"{attributed:.1%}",
            explanation=f"Share of effective cost with an owner, {period.label}.",
        )
        card("Waiting", total_of(waiting), form=money_format(), explanation="Its window is open, all time.")
        card("With a suggestion", len(sure), form="localized", explanation="Resources whose owner evidence names.")
        card("For finance", total_of(left_over), form=money_format(), explanation="Its window is over, all time.")


def pending(viewer: Viewer, waiting: pa.Table) -> None:
    """Draw what waits, with suggestions; give ticked rows to the app that is suggested or to a chosen one."""
    if said := st.session_state.pop(_SAID, None):
        st.success(escaped(said), icon=":material/check_circle:")
    if not waiting.num_rows:
        st.success("Everything has an owner, or its window is over.", icon=":material/check_circle:")
        return
    ticked = _table(waiting, "waiting", with_suggestion=True)
    if not viewer.roles & GIVING:
        st.caption("Analysts, on-call and administrators give usage to apps.")
    elif not ticked:
        st.caption("Tick rows to see what would move, and give them to their apps.")
    else:
        _give(viewer, ticked, key="give")


def bring_evidence(viewer: Viewer) -> None:
    """Take a file of evidence in: the app has the store, so a command cannot."""
    if not viewer.roles & GIVING:
        return
    with st.expander("Bring evidence"):
        file = st.file_uploader("JSON lines: deploys, commits, sessions, a control plane's records", key="evidence")
        if st.button("Take it in", key="evidence-in", disabled=file is None) and file is not None:
            _do(lambda: _taken(file.getvalue(), file.name))


def _taken(content: bytes, name: str) -> str:
    records = read_evidence(content, name=name)
    return f"{counted(len(records), 'record')} read, {note(store(), records):,} of them new."


def finance(viewer: Viewer, left_over: pa.Table) -> None:
    """Draw what the window left over; give it to an app after all, or leave it where it is, and say so."""
    if not left_over.num_rows:
        st.success("Nothing was left over.", icon=":material/check_circle:")
        return
    ticked = _table(left_over, "left-over", with_suggestion=False)
    if not ticked or not viewer.roles & SETTLING:
        st.caption("Tick rows to give them to an app after all, or to note that they stay.")
        return
    _give(viewer, ticked, key="give-late")
    reason = st.text_input("Why it stays", key="stay-reason", placeholder="Kept with your name")
    question = f"{amount(_sum(ticked))} stays on {settings().default_cost_center}: {reason}"
    if confirmed("Leave it there", question, key="stay", disabled=not reason.strip()):
        pieces = [_by_hand(row, "") for row in ticked]
        _do(lambda: settle(store(), pieces, "accepted", by=viewer.name, reason=reason.strip()), "Noted: it stays.")


def history(viewer: Viewer, said: pa.Table) -> None:
    """Draw the last words, each that gave usage to an app with a way to take it back."""
    if not said.num_rows:
        st.caption("Nothing was decided yet.")
        return
    rows = said.to_pylist()
    shown = said.append_column("what", pa.array([_WORDS[row["word"]] for row in rows]))
    chosen = st.dataframe(
        shown,
        hide_index=True,
        key="decided",
        on_select="rerun",
        selection_mode="single-row",
        column_order=["said_at", "what", "resource_id", "app_id", "rule", "confidence", "said_by", "reason"],
        column_config={
            "said_at": moment("When"),
            "what": "What",
            "resource_id": "Resource",
            "app_id": "App",
            "rule": "By",
            "confidence": share("Sure"),
            "said_by": "Who",
            "reason": "Why",
        },
    ).selection.rows  # type: ignore[attr-defined]
    if not chosen or not viewer.roles & GIVING:
        return
    row = rows[chosen[0]]
    if row["word"] != "confirmed":
        st.caption("Only what was given to an app can be taken back.")
        return
    reason = st.text_input("Why take it back", key="undo-reason")
    question = f"{row['resource_id']} is taken back from {row['app_id']}; its cost returns to the default cost center."
    if confirmed("Take it back", question, key="undo", disabled=not reason.strip()):
        begins = row["starts_at"].replace(tzinfo=UTC)
        _do(
            lambda: undo(store(), row["resource_id"], begins, by=viewer.name, reason=reason.strip()),
            f"{row['resource_id']} was taken back. Its hours are rated again within a minute.",
        )


def total_of(waiting: pa.Table) -> Decimal:
    """Return what waiting usage costs."""
    return _sum(waiting.to_pylist())


def _table(waiting: pa.Table, key: str, *, with_suggestion: bool) -> list[dict[str, Any]]:
    suggested = ["app_id", "moving_cost", "covered", "cost_center", "rule", "confidence", "rivals"]
    chosen = st.dataframe(
        waiting,
        hide_index=True,
        key=key,
        on_select="rerun",
        selection_mode="multi-row",
        column_order=[
            *("resource_id", "effective_cost", "event_count", "begins"),
            *(["hours_left"] if with_suggestion else ["ends"]),
            *suggested,
        ],
        column_config={
            "resource_id": st.column_config.TextColumn("Resource", pinned=True),
            "effective_cost": money("Cost"),
            "event_count": count("Events"),
            "begins": moment("Since"),
            "ends": moment("Until"),
            "hours_left": st.column_config.ProgressColumn(
                "Hours left", format="%d h", min_value=0, max_value=settings().reconciliation_hours
            ),
            "app_id": "Suggested app",
            "moving_cost": money("Would move"),
            "covered": st.column_config.TextColumn("Of it", help="The part of the usage that the evidence covers, UTC"),
            "cost_center": "Its cost center",
            "rule": "Because of",
            "confidence": share("Sure"),
            "rivals": count("Others named"),
        },
    ).selection.rows  # type: ignore[attr-defined]
    rows = waiting.to_pylist()
    return [rows[number] for number in chosen if number < len(rows)]


def _give(viewer: Viewer, ticked: Sequence[dict[str, Any]], *, key: str) -> None:
    apps = _apps()
    suggestion = "the suggested app" if all(row["app_id"] for row in ticked) else None
    options = [*([suggestion] if suggestion else []), *apps]
    chosen = st.selectbox(
        "Give to", options, index=0 if suggestion else None, key=f"{key}-app", placeholder="Choose an app", width=320
    )
    if chosen is None:
        return
    named = [row for row in ticked if row["resource_id"]]
    if len(named) < len(ticked):
        st.warning("Usage that names no resource cannot be given to an app: its exporter must name one.")
    if not named:
        return
    findings = [finding_of(row) if chosen == suggestion else _by_hand(row, chosen) for row in named]
    st.markdown("**What moves**")
    moving = moves(store(), findings)
    for row, move in zip(named, moving, strict=True):
        st.caption(_moves(row, move))
    reason = st.text_input("Why", key=f"{key}-reason", placeholder="Kept with your name")
    able = [move for move in moving if not move.problem]
    total = sum((move.effective_cost for move in able), Decimal(0))
    whole = f"{amount(total)} of {counted(len(able), 'resource')}"
    question = f"{whole} leave the default cost center. Their owners' own discounts apply when they are rated again."
    if confirmed("Give", question, key=key, disabled=not able):
        _do(lambda: _told(give(store(), findings, by=viewer.name, reason=reason.strip())))


def _apps() -> list[str]:
    """The apps of the registry, newly registered ones too, and those that were charged before they left it."""
    charged = ask(dimension_values, Everyones("daily_charges"), by="app_id")["value"].to_pylist()
    registered = ask(registered_apps, Everyones("apps"), as_of=this_hour())["app_id"].to_pylist()
    return sorted({*charged, *registered} - {""})


def _covered(row: dict[str, Any]) -> str:
    """Which part of waiting usage would move to the app that is suggested."""
    if not row["app_id"]:
        return ""
    if row["moving_events"] == row["event_count"]:
        return "all of it"
    begins, ends = row["owned_from"], row["owned_to"]
    is_one_day = begins.date() == ends.date()
    return f"{begins:%Y-%m-%d %H:%M} – {ends:{'%H:%M' if is_one_day else '%Y-%m-%d %H:%M'}}"


def _moves(row: dict[str, Any], move: Move) -> str:
    if move.problem:
        return escaped(f"Nothing moves: {move.problem}")
    stays = (row["effective_cost"] or Decimal(0)) - move.effective_cost
    rest = f"; {amount(stays)} outside the evidence's time stays" if stays > 0 else ""
    return escaped(
        f"{amount(move.effective_cost)} of {row['resource_id']}: "
        f"{settings().default_cost_center} → {move.finding.app_id}{rest}"
    )


def _told(given: Given) -> str:
    if not given.moves:
        raise ValueError("; ".join(given.problems))
    total = sum((move.effective_cost for move in given.moves), Decimal(0))
    said = (
        f"{amount(total)} of {counted(len(given.moves), 'resource')} were given "
        f"({counted(given.rows, 'row')} recorded). Their hours are rated again within a minute."
    )
    return f"{said} Not given: {'; '.join(given.problems)}." if given.problems else said


def _by_hand(row: dict[str, Any], app_id: str) -> Finding:
    return Finding(
        resource_id=row["resource_id"],
        app_id=app_id,
        owned_from=_utc(row["begins"]),
        owned_to=_utc(row["ends"]),
        rule=BY_HAND,
        confidence=Decimal(1),
    )


def _utc(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC)


def _sum(rows: Sequence[dict[str, Any]]) -> Decimal:
    return sum((row["effective_cost"] or Decimal(0) for row in rows), Decimal(0))


def _do(act: Callable[[], object], said: str = "") -> None:
    """Do it and say so: ``said``, or what it says itself."""
    try:
        answer = act()
    except (ValueError, KeyError) as error:
        st.error(str(error.args[0] if error.args else error), icon=":material/block:")
        return
    st.session_state[_SAID] = said or answer
    forget()
    st.rerun()
