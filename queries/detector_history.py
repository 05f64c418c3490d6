"""Which detectors were fitted, how good were they, and which is in use?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def detector_history(detector_versions: ir.Table, *, limit: int = 10) -> ir.Table:
    """Return detector versions with what they measured, the latest first. Grain: one row per version, at most limit."""
    return detector_versions.order_by(ibis.desc("made_at"), "version").limit(limit)
