"""What do agreements add to a month's bill: platform fees, free allowances, volume tiers?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.lines import united
from queries.allowances import allowances
from queries.fees import fees
from queries.volume_tiers import volume_tiers


def tariff_lines(lines: ir.Table, tariffs: ir.Table, *, at: datetime) -> ir.Table:
    """Return fees, allowances and tiers for a month's ``lines`` (``billed_charges``) under the tariffs in force ``at``.

    Of several tariffs of a kind that hold for an app (and meter), the first by tariff_id stands.
    Grain: one row per line touched and kind; allowances and tiers take away, never below zero.
    """
    moment = ibis.literal(at)
    held = tariffs.filter(tariffs.valid_from <= moment, moment < tariffs.valid_to)
    kinds = {kind: held.filter(held.kind == kind) for kind in ("fee", "allowance", "tier")}
    usage = lines.filter(lines.line_kind == "usage", lines.app_id != "")
    free = allowances(usage, kinds["allowance"])
    return united(fees(lines, kinds["fee"]), free, volume_tiers(usage, free, kinds["tier"]))
