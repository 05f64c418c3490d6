"""Every question by name: what it asks of which tables, and how options are written on a command line.

A question's positional parameters are the names of the tables it reads, its keyword-only ones are its options; both
are read from the function, so the names are all there is to keep.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from importlib import import_module
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import ibis.expr.types as ir

from metrics.catalog import unknown
from queries.store_size import parts
from warehouse.tables import table

# Files of queries/ that are not here are steps: what questions, rating and allocation are made of.
NAMES = (
    "activity",
    "allocated",
    "allocation_comparison",
    "allocation_rule_list",
    "app_lifecycle_markers",
    "app_list",
    "app_runs",
    "app_showback",
    "attribution_coverage",
    "booking_modes",
    "bus_lag",
    "change_contributors",
    "charge_list",
    "charged_period",
    "compared_spend",
    "conservation",
    "daily_spend",
    "daily_spend_beside",
    "data_quality",
    "detection_lag",
    "detector_history",
    "dimension_values",
    "flag_curve",
    "flag_drivers",
    "flag_history",
    "flag_hours",
    "flag_list",
    "flag_markers",
    "flag_skus",
    "foreign_currency_costs",
    "freshness",
    "hours_to_score",
    "label_counts",
    "lifecycle_by_day",
    "month_over_month",
    "month_to_date",
    "moving_apps",
    "new_and_gone_apps",
    "owner_candidates",
    "pending_usage",
    "pools",
    "price_changes",
    "prices_in_force",
    "quarantine_reasons",
    "rating_lag",
    "reconciliation_history",
    "refusal_reasons",
    "registered_apps",
    "registered_teams",
    "spend",
    "spend_change",
    "store_size",
    "top_movers",
    "top_spend",
    "total_cost",
    "trace_charge_events",
    "trace_platform_costs",
    "unpriced_usage",
    "waiting_proposals",
    "waiting_usage",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, the tables it reads and the types of its options; ``required`` ones have no default."""

    name: str
    function: Callable[..., ir.Table]
    tables: tuple[str, ...]
    options: Mapping[str, Any]
    required: frozenset[str]

    @property
    def summary(self) -> str:
        return (inspect.getdoc(inspect.getmodule(self.function)) or "").splitlines()[0]

    def ask(self, options: Mapping[str, Any]) -> ir.Table:
        """Return the question about the store's own tables, not executed.

        Raises:
            ValueError: an option that it does not take, or one that it needs is missing.

        """
        takes = ", ".join(f"{name} (needed)" if name in self.required else name for name in self.options) or "none"
        if strange := sorted(set(options) - set(self.options)):
            raise ValueError(f"{self.name} has no option {', '.join(strange)}; its options: {takes}")
        if missing := sorted(self.required - set(options)):
            raise ValueError(f"{self.name} needs {', '.join(missing)}; its options: {takes}")
        return self.function(*(_table(name) for name in self.tables), **options)


def question(name: str) -> Question:
    """Return a question by name.

    Raises:
        KeyError: there is none of that name; the message suggests one.

    """
    if name not in NAMES:
        raise unknown("question", name, dict.fromkeys(NAMES))
    return _question(getattr(import_module(f"queries.{name}"), name))


def all_questions() -> list[Question]:
    """Return every question, by name."""
    return [question(name) for name in NAMES]


def parse_option(name: str, hint: Any, texts: Sequence[str]) -> Any:
    """Return an option's value from what was written for it.

    Raises:
        ValueError: it is not what the option takes; the message says what is.

    """
    kind = _without_none(hint)
    shape = get_origin(kind)
    if shape is Mapping:
        return parse_where(texts)
    if shape is Sequence:
        return [part for text in texts for part in text.split(",")]
    if len(texts) != 1:
        raise ValueError(f"{name} is given {len(texts)} times; it takes one value")
    (text,) = texts
    if shape is Literal:
        if text not in get_args(kind):
            raise unknown(name, text, dict.fromkeys(get_args(kind)))
        return text
    try:
        return _PARSERS[kind](text)
    except (ValueError, InvalidOperation) as error:
        raise ValueError(f"{name} {text!r} is no {_WORDS[kind]}") from error


def parse_where(texts: Sequence[str]) -> dict[str, list[str]]:
    """Return ``name=value`` texts by name; a name given twice keeps both values.

    Raises:
        ValueError: a text without ``=``.

    """
    where: dict[str, list[str]] = {}
    for text in texts:
        name, found, value = text.partition("=")
        if not found:
            raise ValueError(f"where {text!r} says no value; write dimension=value, such as team_id=search")
        where.setdefault(name, []).append(value)
    return where


def parse_moment(text: str) -> datetime:
    """Return a day or an ISO 8601 time as an instant; without a zone it is UTC.

    Raises:
        ValueError: it is neither.

    """
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.utcoffset() is None else moment.astimezone(UTC)


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite():
        raise ValueError(text)
    return value


_PARSERS: dict[Any, Callable[[str], Any]] = {datetime: parse_moment, Decimal: _decimal, int: int, str: str}
_WORDS = {
    datetime: "day or time; write 2026-01-05 or 2026-01-05T12:00:00Z",
    Decimal: "decimal number",
    int: "whole number",
    str: "text",
}


def _question(function: Callable[..., ir.Table]) -> Question:
    parameters = inspect.signature(function).parameters.values()
    hints = get_type_hints(function)
    options = {one.name: one for one in parameters if one.kind is one.KEYWORD_ONLY}
    return Question(
        name=function.__name__,
        function=function,
        tables=tuple(one.name for one in parameters if one.kind is not one.KEYWORD_ONLY),
        options={name: hints[name] for name in options},
        required=frozenset(name for name, one in options.items() if one.default is one.empty),
    )


def _table(name: str) -> ir.Table:
    return parts() if name == "parts" else table(name)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (types.UnionType, Union):
        (hint,) = [part for part in get_args(hint) if part is not types.NoneType]
    return hint
