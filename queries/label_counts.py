"""What did people say of the flags?"""

from __future__ import annotations

import ibis.expr.types as ir

from metrics.exact import sum_money
from queries.flag_list import DROP, LABELS, SAMPLE


def label_counts(flags: ir.Table) -> ir.Table:
    """Return how many flags that were not silent are confirmed, expected, dismissed, and wait for a word.

    ``samples`` of what was not flagged had a word too; they are in none of the others.
    ``running`` ones are among those that wait; ``excess`` is what these cost over the expected, null without any;
    what is missing of drops is not set against it.
    Grain: one row. A withdrawn flag counts if it was labeled. Money in the store's currency.
    """
    loud = flags.filter(~flags.is_silent | (flags.kind == SAMPLE))
    is_sample = loud.kind == SAMPLE
    waiting = ~loud.state.isin(LABELS) & (loud.status != "withdrawn") & ~is_sample
    return loud.agg(
        **{label: loud.count(where=(loud.state == label) & ~is_sample).cast("!uint64") for label in LABELS},
        samples=loud.count(where=loud.state.isin(LABELS) & is_sample).cast("!uint64"),
        waiting=loud.count(where=waiting).cast("!uint64"),
        excess=sum_money(loud.excess, where=waiting & (loud.kind != DROP)),
        running=loud.count(where=waiting & (loud.status == "running")).cast("!uint64"),
    )
