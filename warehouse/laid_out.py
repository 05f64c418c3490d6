"""Answers laid out as small tables in memory, for the questions that read them next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from warehouse.connect import Store

_SHAPES: dict[str, str] = {}


def lay_out(
    store: Store, name: str, question: str, *, known: str = "", parameters: Mapping[str, Any] | None = None
) -> None:
    """Make a table in memory of a question's answer; whoever makes it drops it.

    ``known`` are ``name AS (...)`` clauses for what the question reads. The columns of a question are looked up once
    in a process: the engine would plan ``CREATE TABLE AS`` twice.
    """
    asked = f"{f'WITH {known} ' if known else ''}SELECT * FROM ({question})"
    if question not in _SHAPES:
        columns = store.rows(f"DESCRIBE TABLE ({asked})", parameters)
        _SHAPES[question] = ", ".join(f"`{column['name']}` {column['type']}" for column in columns)
    store.command(f"CREATE TABLE {name} ({_SHAPES[question]}) ENGINE = Memory")
    store.command(f"INSERT INTO {name} {asked}", parameters)
