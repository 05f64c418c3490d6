"""Invoices that read like a story: events, prices and rules in, invoice.json out. ``--snapshot-update`` rewrites it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from billing.allocation_files import read_allocation_rules
from billing.commitment_files import read_commitments
from billing.dated_files import read_rate_rules
from billing.invoice import from_json
from billing.issue import issue
from billing.period import parse_period
from billing.price_files import read_price_file
from billing.tariff_files import read_tariffs
from config.strict_yaml import instant, load_yaml
from jobs.closing import close
from jobs.verify import verify_all
from metering.decode import decode_events
from metering.door import admit, history_terms
from warehouse.connect import Store
from warehouse.histories import record, transfer

CASES = sorted(path for path in (Path(__file__).parent / "invoices").iterdir() if path.is_dir())
LATER = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_invoices_are_as_told(case: Path, store: Store, request: pytest.FixtureRequest) -> None:
    story = load_yaml(case / "story.yml")
    _set_up(store, case, story)
    for step in story["steps"]:
        _take(store, case, step)
    told = []
    for period in story["invoices"]:
        issued = issue(store, parse_period(period), by="golden")
        assert all(found.is_equal for found in verify_all(store, issued))
        for one in issued:
            document = from_json(one.document)
            assert sum(Decimal(line["amount"]) for line in document["lines"]) == Decimal(document["total"])
            told.append(_without_clock(document))
    text = json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    file = case / "invoice.json"
    if request.config.getoption("--snapshot-update"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def _set_up(store: Store, case: Path, story: dict[str, Any]) -> None:
    by = "golden"
    teams = [{"team_id": team, "cost_center": center} for team, center in story["teams"].items()]
    record(store, "teams", teams, by=by)
    record(store, "apps", [{"app_id": app, "team_id": team} for app, team in story["apps"].items()], by=by)
    record(store, "prices", [price.row() for price in read_price_file(case / "prices.yml")], by=by)
    record(store, "allocation_rules", read_allocation_rules(case / "allocation.yml"), by=by)
    if (case / "rates.yml").exists():
        record(store, "rate_rules", read_rate_rules(case / "rates.yml"), by=by)
    if (case / "tariffs.yml").exists():
        record(store, "tariffs", read_tariffs(case / "tariffs.yml"), by=by)
    if (case / "commitments.yml").exists():
        record(store, "commitments", read_commitments(case / "commitments.yml"), by=by)


def _take(store: Store, case: Path, step: dict[str, Any]) -> None:
    if "send" in step:
        lines = (case / step["send"]).read_text(encoding="utf-8").splitlines()
        for kind, staged in decode_events(json.loads(line) for line in lines).items():
            receipt = admit(store, kind, staged, history_terms(f"{case.name}/{kind}"))
            assert receipt.accepted == receipt.received, receipt.rejected
    elif "transfer" in step:
        transfer(store, step["transfer"], step["key"], instant(step["at"]), step["changes"], by="golden")
    else:
        close(store, parse_period(step["close"]), by="golden", now=LATER)


def _without_clock(document: dict[str, Any]) -> dict[str, Any]:
    """Digests are over the events alone and stay; the instant of issue is the test's own."""
    return {name: value for name, value in document.items() if name != "issued_at"}
