"""Detected anomalies, what people said of them, and the detectors that found them."""

from __future__ import annotations

import ibis.expr.datatypes as dt

from warehouse.schemas.types import COUNT, EXPECTATION, FLAG, INSTANT, MICROSECOND, NUMBER, TEXT

_FINDING = {
    "flag_id": TEXT,
    "app_id": TEXT,
    "team_id": TEXT,
    "status": TEXT,
    "kind": TEXT,
    "basis": TEXT,
    "started_at": INSTANT,
    "flagged_at": INSTANT,
    "ended_at": dt.Timestamp("UTC", 3, nullable=True),
    "scored_until": INSTANT,
    "meters": dt.Array(TEXT, nullable=False),
    "expected": dt.Decimal(76, 21, nullable=False),
    "actual": dt.Decimal(76, 21, nullable=False),
    "excess": dt.Decimal(76, 21, nullable=False),
    "projected_excess": dt.Decimal(76, 21, nullable=False),
    "peak_score": NUMBER,
    "is_silent": FLAG,
    "evidence": dt.Map(TEXT, NUMBER, nullable=False),
    "detector_version": TEXT,
    "reason": TEXT,
    "found_at": MICROSECOND,
}

_MUTE = {"app_id": TEXT, "muted_until": INSTANT, "note": TEXT, "muted_by": TEXT, "muted_at": MICROSECOND}

FLAGS: dict[str, dict[str, dt.DataType]] = {
    "line_scores": {
        "app_id": TEXT,
        "meter": TEXT,
        "time": INSTANT,
        "amount": dt.Decimal(76, 21, nullable=False),
        "expected": EXPECTATION,
        "lower": EXPECTATION,
        "upper": EXPECTATION,
        "score": NUMBER,
        "is_flagged": FLAG,
        "basis": TEXT,
        "evidence": dt.Map(TEXT, NUMBER, nullable=False),
        "detector_version": TEXT,
        "scored_at": MICROSECOND,
    },
    "flag_findings": _FINDING,
    "flag_decisions": {
        "flag_id": TEXT,
        "state": TEXT,
        "note": TEXT,
        "decided_by": TEXT,
        "decided_at": MICROSECOND,
    },
    "flags": _FINDING | {"state": TEXT, "note": TEXT, "decided_by": TEXT, "decided_at": MICROSECOND},
    "flag_baselines": {
        "flag_id": TEXT,
        "app_id": TEXT,
        "meter": TEXT,
        "time": INSTANT,
        "expected": EXPECTATION,
        "lower": EXPECTATION,
        "upper": EXPECTATION,
        "recorded_at": MICROSECOND,
    },
    "flag_mutes": _MUTE,
    "mutes": _MUTE,
    "detector_versions": {
        "version": TEXT,
        "trained_until": INSTANT,
        "labels": COUNT,
        "metrics": dt.Map(TEXT, NUMBER, nullable=False),
        "is_promoted": FLAG,
        "reason": TEXT,
        "made_at": MICROSECOND,
    },
    "alert_budgets": {"alerts_per_day": NUMBER, "minimum_impact": EXPECTATION, "set_by": TEXT, "set_at": MICROSECOND},
}
