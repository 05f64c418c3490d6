"""How large is the store?"""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

PARTS = {
    "database": dt.String(nullable=False),
    "table": dt.String(nullable=False),
    "active": dt.UInt8(nullable=False),
    "rows": dt.UInt64(nullable=False),
    "bytes_on_disk": dt.UInt64(nullable=False),
    "data_uncompressed_bytes": dt.UInt64(nullable=False),
}


@ibis.udf.scalar.builtin(name="currentDatabase")
def _current_database() -> dt.String:
    """The store's database."""


def parts() -> ir.Table:
    """Return the engine's own list of parts."""
    return ibis.table(PARTS, name="parts", database="system")


def store_size(parts: ir.Table) -> ir.Table:
    """Return rows, parts and bytes of every table of the store. Grain: one row per table, the largest first."""
    held = parts.filter(parts.database == _current_database(), parts.active == 1)
    sizes = held.group_by("table").agg(
        rows=held["rows"].sum(),
        parts=held.count(),
        bytes_on_disk=held.bytes_on_disk.sum(),
        uncompressed_bytes=held.data_uncompressed_bytes.sum(),
    )
    return sizes.order_by(sizes.bytes_on_disk.desc(), "table")
