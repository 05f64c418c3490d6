"""The readers' tables as Ibis expressions.

They are unbound: a question is built and compiled without a connection, and whoever executes it chooses the store.
Types are the engine's own, non-null unless said; the SQL files in ``migrations`` stay the one place that creates them.
"""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from warehouse.schemas.billing import BILLING
from warehouse.schemas.bus import BUS
from warehouse.schemas.charges import CHARGES
from warehouse.schemas.credentials import CREDENTIALS
from warehouse.schemas.facts import FACTS
from warehouse.schemas.flags import FLAGS
from warehouse.schemas.histories import HISTORIES
from warehouse.schemas.reconciliation import RECONCILIATION

SCHEMAS: dict[str, dict[str, dt.DataType]] = {
    **FACTS,
    **HISTORIES,
    **CHARGES,
    **BILLING,
    **CREDENTIALS,
    **FLAGS,
    **BUS,
    **RECONCILIATION,
}
# All generations, the unfinished one included: for whoever rates.
SCHEMAS["rated_charges"] = SCHEMAS["charges"]
# The same charges by day, without the resource (resource_id is ''): for questions that need neither hour nor resource.
SCHEMAS["daily_charges"] = SCHEMAS["charges"]


def table(name: str) -> ir.Table:
    """Return a readers' table by name, as an unbound expression.

    Raises:
        KeyError: no such table; the message lists those there are.

    """
    if name not in SCHEMAS:
        raise KeyError(f"no table {name!r}; there are {', '.join(SCHEMAS)}")
    return ibis.table(SCHEMAS[name], name=name)


def stand_in(name: str, *, called: str) -> ir.Table:
    """Return a table shaped like ``name`` under another name, for a query that defines it (``WITH called AS``).

    What is compiled once this way can be asked again for other rows: compiling a large question costs more than a
    small answer.
    """
    return ibis.table(SCHEMAS[name], name=called)


def to_sql(question: ir.Expr) -> str:
    """Compile a question to the engine's SQL."""
    return str(ibis.to_sql(question, dialect="clickhouse"))
