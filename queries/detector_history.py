"""Which detectors were fitted, how good were they, and which is in use?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import truth


def detector_history(detector_versions: ir.Table, *, limit: int = 10) -> ir.Table:
    """Return detector versions with what they measured, the latest first; the newest one promoted is in use.

    Grain: one row per version, at most limit.
    """
    newest = detector_versions.made_at.max(where=detector_versions.is_promoted)
    told = detector_versions.mutate(
        is_in_use=truth(detector_versions.is_promoted & (detector_versions.made_at == newest))
    )
    return told.order_by(ibis.desc("made_at"), "version").limit(limit)
