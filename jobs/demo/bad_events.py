"""What the door must refuse: a handful of broken events, with the reason each must be given."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from jobs.demo.plan import Plan


def make_bad_events(plan: Plan) -> list[tuple[str, str]]:
    """Return (reason, JSON line) of events that end in quarantine."""
    good: dict[str, Any] = {
        "type": "usage",
        "source": "beta-exporter",
        "time": (plan.until - timedelta(hours=5)).isoformat(),
        "resource_id": "fn/beta-exporter",
        "environment": "development",
        "region": "eu-west-1",
        "meter": "cpu_core_seconds",
        "quantity": "12.5",
    }
    cost = {
        "type": "platform_cost",
        "source": "cloud-billing",
        "cost_type": "support",
        "period_start": plan.start.isoformat(),
        "period_end": (plan.start + timedelta(days=1)).isoformat(),
        "amount": "12.00",
        "currency": "USD",
    }
    bad: list[tuple[str, dict[str, Any]]] = [
        ("unknown_meter", {**good, "meter": "cpu_seconds"}),
        ("unknown_meter", {**good, "meter": "tokens"}),
        ("unknown_unit", {**good, "unit": "Core-Fortnights"}),
        ("bad_quantity", {**good, "quantity": "-3.2"}),
        ("bad_quantity", {**good, "quantity": "1,250"}),
        ("bad_quantity", {**good, "quantity": "0"}),
        ("bad_quantity", {**good, "quantity": "0.0000000001"}),
        ("bad_time", {**good, "time": plan.until.replace(tzinfo=None).isoformat()}),
        ("too_old", {**good, "time": "1970-01-01T00:03:17Z"}),  # a node before its clock was set
        ("too_far_ahead", {**good, "time": "2106-02-07T06:28:15Z"}),
        ("malformed", {**good, "cost_usd": "4.20"}),
        ("missing_field", {**good, "source": ""}),
        (
            "bad_field",
            {**good, "type": "lifecycle", "meter": None, "quantity": None, "region": None, "action": "restart"},
        ),
        ("bad_currency", {**cost, "currency": "$"}),
        ("bad_amount", {**cost, "amount": "12.00 USD"}),
        ("bad_time", {**cost, "period_end": cost["period_start"]}),
    ]
    lines = [
        (
            reason,
            json.dumps({**{k: v for k, v in event.items() if v is not None}, "event_id": f"{plan.name}/bad/{number}"}),
        )
        for number, (reason, event) in enumerate(bad)
    ]
    taken = {**good, "event_id": f"{plan.name}/corrected", "quantity": "40"}
    lines.append(("malformed", '{"type":"usage","source":"beta-exporter","event_id":"cut-sho'))
    lines.append(("", json.dumps(taken)))
    lines.append(("conflict", json.dumps({**taken, "quantity": "41"})))
    return lines
