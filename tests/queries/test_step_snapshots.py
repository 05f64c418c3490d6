"""The SQL of the steps that Trace and the pages are made of, as text under review; see ``test_snapshots``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pytest

from config.rate_rules import RateRule
from queries.app_moves import app_moves
from queries.app_owners import app_owners
from queries.billed_then import billed_then
from queries.borne_shares import borne_shares
from queries.borne_under import borne_under
from queries.costed_events import RULES as NAMED
from queries.costed_events import costed_events
from queries.event_changes import event_changes
from queries.event_places import event_places
from queries.lines_by_id import lines_by_id
from queries.platform_events import platform_events
from queries.pool_coverage import pool_coverage
from queries.priced_events import keys_of
from queries.quarantined_as import quarantined_as
from queries.repriced import repriced
from queries.rung_alerts import rung_alerts
from queries.team_lifecycle_by_day import team_lifecycle_by_day
from queries.traced_charges import traced_charges
from queries.traced_days import traced_days
from queries.traced_totals import traced_totals
from queries.whole_charge_events import whole_charge_events
from tests.queries.conftest import utc
from tests.queries.test_snapshots import written
from warehouse.tables import table

SNAPSHOTS = Path(__file__).parent / "snapshots" / "steps"
FEBRUARY = {"start": utc(2026, 2, 1), "end": utc(2026, 3, 1)}
LINE = {
    "line_kind": "usage", "cost_center": "cc-1", "team_id": "assist", "app_id": "chat", "environment": "production",
    "sku_id": "input_tokens/a", "meter": "input_tokens", "service_name": "Inference", "sku_price_id": "p-1",
    "list_unit_price": Decimal("2.5"), "pricing_block": 1000000, "pricing_unit": "Tokens", "discount_rule_id": "",
    "markup_rule_id": "", "attribution_rule_is_default": False, "allocation_rule_id": "", "allocation_method": "",
    "unit": "Tokens",
}  # fmt: skip
EVEN = "even@2026-01-01T00:00:00Z"
SHARE = LINE | {"line_kind": "allocated", "sku_id": "platform_cost/support", "allocation_rule_id": EVEN}
YEAR = {"valid_from": utc(2026, 1, 1), "valid_to": utc(2027, 1, 1)}
RULES = (
    RateRule(rule_id="less", kind="discount", rate=Decimal("0.25"), app_id="chat", **YEAR),
    RateRule(rule_id="more", kind="markup", rate=Decimal("0.1"), **YEAR),
)
SHARING = ("charges", "lifecycle", "apps", "teams", "allocation_rules")
OWNERS = ("leases", "ownerships", "environments")


def costed() -> ir.Table:
    leases, ownerships, environments = map(table, OWNERS)
    owners = app_owners(table("apps"), table("teams"))
    return costed_events(
        table("usage"),
        keys_of(table("charges"), *NAMED),
        leases,
        ownerships,
        owners,
        environments,
        table("prices"),
        rate_rules=RULES,
    )


def of_platform() -> ir.Table:
    leases, ownerships, environments = map(table, OWNERS)
    owners = app_owners(table("apps"), table("teams"))
    return platform_events(table("platform_costs"), table("charges"), leases, ownerships, owners, environments)


def changed() -> ir.Table:
    sides = (ibis.table(costed().schema(), name=name) for name in ("side_now", "side_before"))
    return event_changes(*sides, since=utc(2026, 2, 10))


def whole() -> ir.Table:
    charges = table("charges")
    held = keys_of(charges, *NAMED, "list_unit_price", "pricing_block", "event_count", "event_digest")
    return whole_charge_events(table("usage"), held, rate_rules=RULES)


STEPS: dict[str, Callable[[], ir.Table]] = {
    "app_moves": lambda: app_moves(table("apps"), team_id="assist", **FEBRUARY),
    "billed_then": lambda: billed_then(table("rated_charges"), table("period_closings"), at=utc(2026, 3, 2)),
    "borne_shares": lambda: borne_shares(*map(table, SHARING), line=SHARE, bases=["requests"], **FEBRUARY),
    "borne_under": lambda: borne_under(
        *map(table, SHARING), line=SHARE, app_id="chat", method="even", bases=[], team_ids=["assist"], **FEBRUARY
    ),
    "costed_events": costed,
    "event_changes": changed,
    "event_places": lambda: event_places(table("usage"), table("platform_costs"), event="gateway/e-1"),
    "lines_by_id": lambda: lines_by_id(table("invoice_lines"), line_id="A" * 32),
    "lines_by_key": lambda: lines_by_id(table("invoice_lines"), line_key="B" * 32, of_month=FEBRUARY["start"].date()),
    "platform_events": of_platform,
    "pool_coverage": lambda: pool_coverage(table("charges"), **FEBRUARY),
    "quarantined_as": lambda: quarantined_as(table("quarantine"), event="gateway/e-1"),
    "repriced": lambda: repriced(
        table("charges"), table("prices"), prices_as_of=utc(2026, 1, 1), rate_rules=RULES, line=LINE, **FEBRUARY
    ),
    "rung_alerts": lambda: rung_alerts(table("alerts")),
    "team_lifecycle_by_day": lambda: team_lifecycle_by_day(
        table("lifecycle"), table("apps"), team_id="assist", **FEBRUARY
    ),
    "traced_charges": lambda: traced_charges(table("charges"), line=LINE, **FEBRUARY),
    "traced_days": lambda: traced_days(table("charges"), where={"app_id": ["chat"]}, grain="hour", **FEBRUARY),
    "traced_totals": lambda: traced_totals(table("charges"), line=LINE, **FEBRUARY),
    "whole_charge_events": whole,
}


@pytest.mark.parametrize("name", STEPS)
def test_sql_is_as_reviewed(name: str, request: pytest.FixtureRequest) -> None:
    sql = written(STEPS[name]())
    file = SNAPSHOTS / f"{name}.sql"
    if request.config.getoption("--snapshot-update"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(sql, encoding="utf-8")
    assert file.exists(), f"{file.name} is missing: run with --snapshot-update and review it"
    assert sql == file.read_text(encoding="utf-8")


def test_every_snapshot_has_its_step() -> None:
    assert {file.stem for file in SNAPSHOTS.glob("*.sql")} == set(STEPS)


@pytest.mark.parametrize("name", sorted({*STEPS} - {"event_changes"}))  # its two sides are laid out by a trace
def test_every_step_runs(name: str, platform) -> None:
    platform.arrow(STEPS[name]())
