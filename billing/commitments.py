"""Reserved capacity on a bill, step by step: one question that asked it all would be planned for seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache

import ibis
import ibis.expr.types as ir

from metrics.lines import united
from queries.commitment_grants import commitment_grants
from queries.commitment_lines import commitment_lines
from queries.commitment_shares import commitment_shares
from queries.committed_hours import committed_hours
from queries.coverable_usage import coverable_usage
from warehouse.connect import Store
from warehouse.histories import BEGINNING, FOREVER
from warehouse.tables import table, to_sql

_STEPS = ("committed", "coverable", "granted", "borne")


@contextmanager
def borne_commitments(store: Store, mark: str, *, start: datetime, end: datetime, defined: str = "") -> Iterator[str]:
    """Lay out ``commitment_shares`` of ``[start, end)`` and yield the clause ``borne AS (...)`` that reads them.

    ``mark`` begins the names of the tables; ``defined`` are clauses that say which charges and commitments to read.
    """
    tables = {step: f"{mark}_{step}" for step in _STEPS}
    try:
        known = [defined] if defined else []
        for step, sql in zip(_STEPS, _steps_sql(start, end), strict=True):
            said = f"WITH {', '.join(known)} " if known else ""
            store.command(f"CREATE TABLE {tables[step]} ENGINE = Memory AS {said}SELECT * FROM ({sql})")
            known.append(f"{step} AS (SELECT * FROM {tables[step]})")
        yield known[-1]
    finally:
        for name in tables.values():
            store.command(f"DROP TABLE IF EXISTS {name} SYNC")


@lru_cache(maxsize=1)
def commitment_lines_sql() -> str:
    """Return the SQL of the invoice lines that ``borne`` adds up to."""
    *_, shares = _steps(BEGINNING, FOREVER)
    return to_sql(united(commitment_lines(ibis.table(shares.schema(), name="borne"), table("rate_rules"))))


@lru_cache(maxsize=32)
def _steps_sql(start: datetime, end: datetime) -> list[str]:
    return [to_sql(step) for step in _steps(start, end)]


def _steps(start: datetime, end: datetime) -> list[ir.Table]:
    hours = committed_hours(table("commitments"), start=start, end=end)
    committed = ibis.table(hours.schema(), name="committed")
    usage = coverable_usage(table("charges"), committed, start=start, end=end)
    coverable = ibis.table(usage.schema(), name="coverable")
    grants = commitment_grants(committed, coverable)
    shares = commitment_shares(ibis.table(grants.schema(), name="granted"), coverable)
    return [hours, usage, grants, shares]
