"""Which row of a history is in force at the time of each fact?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir


def as_of(
    facts: ir.Table, history: ir.Table | None, prefix: str, *, on: dict[str, str], says: Sequence[str]
) -> ir.Table:
    """Join to every fact what the history row in force at ``facts.time`` says: the columns ``says``, with the prefix.

    ``<prefix>_found`` says whether there was one. ``on`` maps columns of ``facts`` to keys of ``history``; None is a
    history of texts that is known to be empty, which saves the engine a join.
    Grain: one row per fact. The engine's ASOF join takes the latest start at or before the time; rows of a key never
    overlap (``warehouse.histories``), so that row is in force or none is.
    """
    if history is None:
        nothing = {f"{prefix}_{name}": ibis.literal("", "!string") for name in says}
        return facts.mutate(**nothing, **{f"{prefix}_found": ibis.literal(False, "!boolean")})
    # A withdrawn row (empty interval) must not hide the one before it.
    held = history.filter(history.valid_from < history.valid_to)
    held = held.select(
        **{f"{prefix}_{name}": held[name] for name in says},
        **{f"key_{name}": held[name] for name in on.values()},
        begins=held.valid_from,
        ends=held.valid_to,
    )
    keys = [facts[left] == held[f"key_{right}"] for left, right in on.items()]
    joined = facts.asof_join(held, facts.time >= held.begins, predicates=keys)
    # An unmatched row comes with the epoch as its end: never in force.
    found = {f"{prefix}_found": facts.time < held.ends}
    return joined.select(*facts.columns, *(f"{prefix}_{name}" for name in says), **found)
