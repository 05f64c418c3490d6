"""Which row of a history is in force at the time of each fact?"""

from __future__ import annotations

import ibis.expr.types as ir


def as_of(facts: ir.Table, history: ir.Table, prefix: str, *, on: dict[str, str]) -> ir.Table:
    """Join to every fact the history row in force at ``facts.time``; its columns get the prefix.

    ``<prefix>_found`` says whether there was one. ``on`` maps columns of ``facts`` to keys of ``history``.
    Grain: one row per fact. The engine's ASOF join takes the latest start at or before the time; rows of a key never
    overlap (``warehouse.histories``), so that row is in force or none is.
    """
    # A withdrawn row (empty interval) must not hide the one before it.
    held = history.filter(history.valid_from < history.valid_to)
    held = held.rename({f"{prefix}_{name}": name for name in held.columns})
    keys = [facts[left] == held[f"{prefix}_{right}"] for left, right in on.items()]
    joined = facts.asof_join(held, facts.time >= held[f"{prefix}_valid_from"], predicates=keys)
    # An unmatched row comes with the epoch as valid_to: never in force.
    return joined.mutate(**{f"{prefix}_found": joined.time < joined[f"{prefix}_valid_to"]})
