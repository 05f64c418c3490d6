"""What would each day be rated from? A digest of the histories as they are seen within the day."""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from metrics.exact import sum_digest


@ibis.udf.scalar.builtin(name="sipHash128")
def _sip_hash(text: dt.String) -> dt.String:
    """128-bit hash."""


@ibis.udf.scalar.builtin(name="reinterpretAsUInt128")
def _as_number(digest: dt.String) -> dt.String:
    """The hash as a number that can be summed; typed as text, see ``exact.sum_digest``."""


@ibis.udf.scalar.builtin(name="hex")
def _hex(digest: dt.String) -> dt.String:
    """The number as text."""


def day_inputs(days: ir.Table, histories: dict[str, ir.Table], day_skus: ir.Table) -> ir.Table:
    """Return a digest of the history rows in force on each day, clipped to the day.

    A change outside a day leaves the day's digest alone, and so does a row that is split at midnight: only a day whose
    charges may differ changes. Of the price history only SKUs used that day count (``day_skus``: charge_date, sku_id).

    Grain: one row per ``days.charge_date`` that any history row touches; ``inputs_digest`` is hexadecimal.
    """
    seen = [_digest(days, name, history, day_skus if name == "prices" else None) for name, history in histories.items()]
    rows = ibis.union(*seen) if len(seen) > 1 else seen[0]
    summed = rows.group_by("charge_date").agg(total=sum_digest(rows.digest))
    return summed.select("charge_date", inputs_digest=_hex(summed.total)).order_by("charge_date")


def _digest(days: ir.Table, name: str, history: ir.Table, day_skus: ir.Table | None) -> ir.Table:
    said = [column for column in history.columns if column not in ("recorded_at", "recorded_by")]
    begins = days.charge_date.cast("!timestamp('UTC', 3)")
    ends = (days.charge_date + ibis.interval(days=1)).cast("!timestamp('UTC', 3)")
    held = history.filter(history.valid_from < history.valid_to).select(said)
    near = days.inner_join(held, [held.valid_from < ends, begins < held.valid_to])
    if day_skus is not None:
        near = near.semi_join(day_skus, [days.charge_date == day_skus.charge_date, held.sku_id == day_skus.sku_id])
    parts = [ibis.literal(name)]
    for column in said:
        value = held[column]
        # A charge names its rule by the rule's own start, wherever that is.
        if column == "valid_from" and name != "rate_rules":
            value = ibis.greatest(value, begins)
        elif column == "valid_to":
            value = ibis.least(value, ends)
        parts.append(value.cast("!string"))
    # An array's text quotes its members: no two rows share one.
    digest = _as_number(_sip_hash(ibis.array(parts).cast("!string")))
    return near.select("charge_date", digest=digest)
