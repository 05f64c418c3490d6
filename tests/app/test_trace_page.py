"""Trace: sums are equal from a line to its raw events, by its address alone, for those who may see it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from billing.documents import draft_invoices
from billing.issue import issue
from billing.period import period_of
from jobs.closing import close
from tests.sample_platform import build


def line(store, team: str, kind: str = "usage", **held: str):
    found = [
        one
        for draft in draft_invoices(store, period_of(datetime.now(UTC)))
        for one in draft.lines
        if one.team_id == team
        and one.line_kind == kind
        and all(getattr(one, name) == value for name, value in held.items())
    ]
    return max(found, key=lambda one: one.exact_amount)


def step_rows(app) -> dict[str, dict]:
    return {row["step"]: row for row in app.dataframe[0].value.to_dict("records")}


def texts(app) -> str:
    return " ".join(element.value for kind in ("markdown", "caption", "subheader", "info") for element in app.get(kind))


def test_a_line_its_charges_and_its_events_are_equal(open_page, platform) -> None:
    one = line(platform, "search", sku_id="input_tokens/openai/gpt-4o")
    app = open_page("trace", "Lead of search", id=one.line_id)
    assert not app.exception
    rows = step_rows(app)
    assert list(rows) == ["Line", "Charges", "Raw events"]
    assert rows["Line"]["billed_cost"] == rows["Charges"]["billed_cost"] == one.exact_amount
    assert rows["Charges"]["equal"] == rows["Raw events"]["equal"] == "= equal"
    assert rows["Raw events"]["billed_cost"] == one.exact_amount
    assert f"raw events **{one.exact_amount.normalize():,f}".rstrip("0") in texts(app).replace("\\", "")
    assert {row["events"] for row in rows.values()} == {one.event_count}
    assert {row["quantity"] for row in rows.values()} == {one.quantity}
    charges, events = app.dataframe[1].value, app.dataframe[2].value
    assert set(charges["app_id"]) == {one.app_id}
    assert set(events["app_id"]) == {one.app_id}


def test_one_charge_shows_its_own_events(open_page, platform) -> None:
    one = line(platform, "search", sku_id="input_tokens/openai/gpt-4o")
    app = open_page("trace", id=one.line_id)
    row = app.dataframe[1].value.iloc[0]
    charge = f"{row['hour']:%Y-%m-%dT%H}|{row['resource_id']}|{row['sku_id']}"
    app = open_page("trace", id=one.line_id, charge=charge)
    assert not app.exception
    rows = step_rows(app)
    assert rows["The chosen charge"]["billed_cost"] == row["billed_cost"]
    assert rows["Raw events"]["equal"] == "= equal"
    assert list(app.dataframe[1].value["event_id"]) == [f"{one.app_id}/gpt-4o/{row['hour']:%Y%m%d%H}"]


@pytest.mark.parametrize("what", ["line_id", "app_id"])
def test_a_foreign_lead_sees_nothing(open_page, platform, what: str) -> None:
    one = line(platform, "payments")
    app = open_page("trace", "Lead of growth", id=getattr(one, what))
    assert not app.exception
    assert not app.dataframe
    assert "that you may see" in texts(app)
    assert open_page("trace", "Lead of payments", id=getattr(one, what)).dataframe


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ranker-lab", "App"),
        ("endpoint-ranker-lab", "Resource"),
        ("input_tokens/openai/gpt-4o", "SKU"),
        ("lb-1", "Event"),
    ],
)
def test_the_box_takes_any_id(open_page, platform, text: str, kind: str) -> None:
    app = open_page("trace", id=text)
    assert not app.exception
    assert app.dataframe
    assert f"{kind} {text}" in [element.value.replace("\\", "") for element in app.subheader]


def test_an_app_is_the_stores_cost(open_page, platform) -> None:
    app = open_page("trace", id="ranker-lab")
    billed = platform.scalar(
        "SELECT sum(billed_cost) FROM charges WHERE app_id = 'ranker-lab' "
        "AND toStartOfMonth(charge_date) = toStartOfMonth(now('UTC'))"
    )
    assert step_rows(app)["Charges"]["billed_cost"] == billed


def test_an_event_is_for_those_whose_charge_it_is(open_page, platform) -> None:
    event = platform.scalar("SELECT max(event_id) FROM usage WHERE app_id = 'query-rewriter'")
    app = open_page("trace", "Lead of search", id=event)
    assert not app.exception
    assert {str(value) for value in app.dataframe[-1].value["event_id"]} == {event}
    assert not open_page("trace", "Lead of growth", id=event).dataframe


def test_a_share_names_its_rule_and_a_lead_sees_the_own_alone(open_page, platform) -> None:
    one = line(platform, "search", "allocated")
    app = open_page("trace", "Lead of search", id=one.line_id)
    assert not app.exception
    assert list(step_rows(app)) == ["Line", "Shares"]
    assert len(app.dataframe) == 2
    [share] = app.dataframe[1].value.to_dict("records")
    assert share["effective_cost"] == one.exact_amount
    assert (share["pool"], share["bearers"]) == (Decimal("42.5"), 9)
    assert share["allocated_quantity"] * 9 == share["whole_quantity"]
    whole = open_page("trace", id=one.line_id)
    steps = step_rows(whole)
    assert steps["Pools shared"]["billed_cost"] == steps["Platform costs"]["billed_cost"] == Decimal("42.5")
    assert steps["Platform costs"]["equal"] == "= equal"
    assert sum(whole.dataframe[2].value["effective_cost"]) == Decimal("42.5")


def test_a_closed_line_is_what_it_was_closed_with(open_page, store) -> None:
    last = period_of(datetime.now(UTC)).previous
    build(store, until=last.start.replace(day=12))
    close(store, last, by="test", reason="test")
    (first, *_) = issue(store, last, by="test")
    app = open_page("trace", id=first.number)
    assert not app.exception
    lines = app.dataframe[0].value
    of_usage = lines[lines["kind"] == "usage"].iloc[0]
    app = open_page("trace", id=of_usage["line_id"])
    assert not app.exception
    rows = step_rows(app)
    assert rows["Charges"]["equal"] == rows["Raw events"]["equal"] == "= equal"
    assert rows["Line"]["billed_cost"] == of_usage["exact_amount"]
