"""``farthing flags``: what was found, why, and what to make of it."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from jobs.output import Format, plain, show

flags = typer.Typer(name="flags", help="List, explain, acknowledge, label and mute flags.", no_args_is_help=True)

FlagId = Annotated[str, typer.Argument(metavar="FLAG")]
Form = Annotated[Format, typer.Option("--format")]
By = Annotated[str, typer.Option(help="Who decides.", default_factory=getpass.getuser, show_default="your login")]
Why = Annotated[str, typer.Option(help="Why.")]
_INSTEAD = "flags are listed, explained and labeled at {url}/anomalies"
_TOLD = ("flag_id", "app_id", "kind", "state", "status", "impact", "started_at")
_LISTED = (
    "flag_id", "app_id", "team_id", "kind", "state", "status", "impact", "actual", "expected", "excess",
    "started_at", "ended_at",
)  # fmt: skip
_DRIVERS = ("meter", "amount", "expected", "excess", "quantity_effect", "price_effect", "unit_cost", "unit_cost_before")
# What is missing of a drop, as a table says it: the same figures, turned round.
_MISSING = {"excess": "missing", "quantity_effect": "less_use", "price_effect": "cheaper_unit"}
_EVENTS = ("time", "source", "event_id", "meter", "sku_id", "quantity", "effective_cost")


@flags.command("list")
def list_flags(
    view: Annotated[str, typer.Option(help="open, labeled, silent, worth_a_look or all.")] = "open",
    app: Annotated[str | None, typer.Option(help="Only this app's.")] = None,
    limit: Annotated[int, typer.Option(min=1)] = 100,
    form: Form = Format.TABLE,
) -> None:
    """List flags: running ones first, then the largest impact first."""
    from jobs.questions import parse_option, question
    from jobs.through import opened
    from queries.flag_list import DROP, flag_list
    from ui.flag_words import KINDS, status_words
    from warehouse.tables import table

    chosen = parse_option("view", question("flag_list").options["view"], [view])
    asked = flag_list(table("flags"), table("mutes"), as_of=datetime.now(UTC), view=chosen, app_id=app, limit=limit)
    with opened(_INSTEAD) as store:
        rows = store.rows(asked)
    names = _TOLD if form is Format.TABLE else _LISTED
    told = [{name: _short(row[name], form) for name in names} for row in rows]
    if form is Format.TABLE:
        for row, flag in zip(told, rows, strict=True):
            row |= {"kind": KINDS.get(flag["kind"], flag["kind"]), "status": status_words(flag).lower()}
            if flag["kind"] == DROP:
                row["impact"] = f"{_short(-flag['impact'], form)} missing"
    show(told, form, spare=("state", "status", "started_at"))


@flags.command("show")
def show_flag(flag_id: FlagId, form: Form = Format.TABLE) -> None:
    """Explain a flag: sentences, drivers that add up to its excess, what happened, events, and who did what."""
    from jobs.behind import usage_behind
    from jobs.decisions import flag_of
    from jobs.explaining import asking, events_behind, explain
    from jobs.through import opened
    from queries.flag_history import flag_history
    from queries.flag_list import DROP
    from ui.flag_words import KINDS, offset, rounded_drivers, sentences, status_words

    with opened(_INSTEAD) as store:
        flag, ask = flag_of(store, flag_id), asking(store)
        found = explain(ask, flag)
        events = usage_behind(store, limit=10, **events_behind(flag)).to_pylist()
        tables = ("flags", "flag_findings", "flag_decisions", "flag_mutes")
        history = ask(flag_history, *tables, flag_id=flag_id).to_pylist()
    said = sentences(flag, found.drivers, found.skus, found.markers, found.earlier)
    drivers = found.drivers if form is not Format.TABLE else rounded_drivers(found.drivers)
    parts: dict[str, list[dict[str, Any]]] = {
        "drivers": [{name: row[name] for name in _DRIVERS} for row in drivers],
        "markers": [
            {
                "time": row["time"],
                "offset": offset(row["time"], flag["started_at"]),
                "what": row["action"],
                "of": row["detail"],
            }
            for row in found.markers
        ],
        "events": [{name: row[name] for name in _EVENTS} for row in events],
        "history": history,
    }
    if form is Format.TABLE:
        if flag["kind"] == DROP:
            parts["drivers"], parts["history"] = _missing(parts["drivers"]), _missing(history)
        kind = KINDS.get(flag["kind"], flag["kind"])
        typer.echo(f"{flag_id} · {kind} · {flag['state']} · {status_words(flag).lower()}\n" + "\n".join(said))
        for name, rows in parts.items():
            typer.echo(f"\n{name}:")
            show([{key: _short(value, form) for key, value in row.items()} for row in rows], form)
        return
    plainly = {
        name: [{key: plain(value) for key, value in row.items()} for row in rows] for name, rows in parts.items()
    }
    show([{**flag, "sentences": said, **plainly}], form)


@flags.command("acknowledge")
def acknowledge_flag(flag_id: FlagId, by: By, why: Why = "") -> None:
    """Say that somebody looks at it."""
    _decide(flag_id, "acknowledged", by, why)


@flags.command("label")
def label_flag(
    flag_id: FlagId,
    label: Annotated[str, typer.Argument(help="confirmed, expected (planned) or dismissed (no anomaly).")],
    by: By,
    why: Why = "",
) -> None:
    """Say what it was; the detector learns from it."""
    from jobs.decisions import LABELS

    if label not in LABELS:
        raise ValueError(f"a label is {', '.join(LABELS)}, not {label!r}")
    _decide(flag_id, label, by, why)


@flags.command("undo")
def undo_flag(flag_id: FlagId, by: By) -> None:
    """Take the last decision about it back: the one before it stands again."""
    from jobs.decisions import undo
    from jobs.through import opened

    with opened(_INSTEAD) as store:
        state = undo(store, flag_id, by=by)
    typer.echo(f"{flag_id} is {state} again", err=True)


@flags.command("mute")
def mute_app(
    app_id: Annotated[str, typer.Argument(metavar="APP")],
    by: By,
    hours: Annotated[float, typer.Option(min=0, help="For how long; 0 ends a mute.")] = 24,
    why: Why = "",
) -> None:
    """Keep an app's flags silent for some hours."""
    from jobs.decisions import mute
    from jobs.through import opened

    until = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=hours)
    with opened(_INSTEAD) as store:
        mute(store, app_id, until, by=by, note=why)
    typer.echo(f"{app_id} is muted until {until:%Y-%m-%d %H:%M} UTC", err=True)


def _decide(flag_id: str, state: str, by: str, why: str) -> None:
    from jobs.decisions import decide
    from jobs.through import opened

    with opened(_INSTEAD) as store:
        decide(store, flag_id, state, by=by, note=why)
    typer.echo(f"{flag_id} is {state}", err=True)


def _missing(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say what is missing of a drop rather than an excess below 0."""
    return [
        {
            _MISSING.get(name, name): -value if name in _MISSING and value is not None else value
            for name, value in row.items()
        }
        for row in rows
    ]


def _short(value: Any, form: Format) -> Any:
    """Shorten for people: money to cents, times to the minute."""
    from decimal import Decimal

    if form is not Format.TABLE:
        return value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return f"{value:,.2f}" if abs(value) >= Decimal("0.005") or not value else f"{value:.3g}"
    return value
