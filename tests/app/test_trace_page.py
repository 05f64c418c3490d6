"""Trace: sums are equal from a line to its raw events, by its address alone, for those who may see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from billing.documents import draft_invoices
from billing.issue import issue
from billing.period import period_of
from billing.period_lines import period_lines
from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from tests.sample_platform import _call, build, close_until
from warehouse.histories import record, transfer


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


EXACT = ("list_cost", "effective_cost", "billed_cost", "quantity")


def step_rows(app) -> dict[str, dict]:
    """The steps by name; sums are shown as text, to the last digit."""
    rows = app.dataframe[0].value.to_dict("records")
    return {
        row["step"]: {name: exact(value) if name in EXACT else value for name, value in row.items()} for row in rows
    }


def exact(text: object) -> Decimal | None:
    return Decimal(text.replace(",", "").replace("−", "-")) if isinstance(text, str) else None


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


def test_an_invoice_is_its_lines(open_page, platform) -> None:
    (draft,) = draft_invoices(platform, period_of(datetime.now(UTC)), cost_center="cc-growth")
    app = open_page("trace", id=draft.invoice_id)
    assert not app.exception
    said = texts(app).replace("\\", "")
    assert (
        f"invoice {draft.invoice_id} **{draft.total:,.2f}** = {len(draft.lines)} lines **{draft.total:,.2f}**" in said
    )
    assert "Every sum is equal" in said
    assert sum(app.dataframe[0].value["amount"]) == draft.total


def test_a_line_may_be_typed_in_lower_case(open_page, platform) -> None:
    one = line(platform, "search", sku_id="input_tokens/openai/gpt-4o")
    app = open_page("trace", "Lead of search", id=one.line_id.lower())
    assert not app.exception
    assert step_rows(app)["Line"]["billed_cost"] == one.exact_amount
    assert not open_page("trace", "Lead of growth", id=one.line_id.lower()).dataframe


def test_quantities_of_several_units_are_not_added_up(open_page, platform) -> None:
    app = open_page("trace", id="query-rewriter")
    assert not app.exception
    units = platform.scalar("SELECT uniqExact(consumed_unit) FROM charges WHERE app_id = 'query-rewriter'")
    rows = step_rows(app)
    assert units > 1
    assert "Raw events" in rows
    assert not [row for row in rows.values() if "quantity" in row]


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
    close_until(store, last)
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


def test_prices_of_an_earlier_day_by_sku(open_page, platform) -> None:
    app = open_page("trace", "Lead of search", id="ranker-lab", prices="2026-01-01")
    assert not app.exception
    rows = app.dataframe[-1].value.set_index("sku_id")
    assert sum(rows["change"]) == sum(rows["cost_then"]) - sum(rows["cost_now"]) == 0
    assert f"− as it is **{step_rows(app)['Charges']['billed_cost'].normalize():,f}" in texts(app).replace("\\", "")


def test_a_share_under_another_rule(open_page, platform) -> None:
    one = line(platform, "search", "allocated")
    app = open_page("trace", "Lead of search", id=one.line_id, allocation=f"fixed:{one.app_id}=0.5,seo-audit=0.5")
    assert not app.exception
    [row] = app.dataframe[-1].value.to_dict("records")
    assert (row["cost_now"], row["cost_then"]) == (one.exact_amount, Decimal("21.25"))
    assert row["change"] == row["cost_then"] - row["cost_now"]
    wrong = open_page("trace", "Lead of search", id=one.line_id, allocation="evenly")
    assert not wrong.exception
    assert "cannot be read" in wrong.error[0].value


def test_a_charge_and_an_event_lead_to_the_line_that_bills_them(open_page, platform) -> None:
    one = line(platform, "search", sku_id="output_tokens/openai/gpt-4o")
    event = platform.scalar(
        "SELECT max(concat(source, '/', event_id)) FROM usage WHERE app_id = {app:String}", {"app": one.app_id}
    )
    at = f"{event[-10:-6]}-{event[-6:-4]}-{event[-4:-2]}T{event[-2:]}"
    charge = f"{at}|endpoint-{one.app_id}|{one.sku_id}"
    app = open_page("trace", "Lead of search", id=charge)
    assert not app.exception
    (to_line,) = [button for button in app.button if button.label == "Its invoice line"]
    to_line.click().run()
    assert app.session_state["id"] == one.line_id
    app = open_page("trace", "Lead of search", id=event)
    assert list(step_rows(app)) == ["The event", "The charge it is part of"]
    foreign = open_page("trace", "Lead of growth", id=charge)
    assert not foreign.dataframe
    assert not [button for button in foreign.button if button.label == "Its invoice line"]


def test_quarantine_is_told_to_those_who_see_all(open_page, platform) -> None:
    assert "unknown" in open_page("trace", id="bad-1").warning[0].value
    lead = open_page("trace", "Lead of growth", id="bad-1")
    assert not lead.warning
    assert "that you may see" in texts(lead)


def test_what_was_late_and_re_owned_is_on_corrections(open_page, store) -> None:
    last = period_of(datetime.now(UTC)).previous
    tariff = {
        "cost_center": "", "app_id": "", "meter": "input_tokens", "amount": Decimal(0), "footnote": "",
        "quantity": Decimal(0), "thresholds": [], "steps": [],
    }  # fmt: skip
    tariffs = [
        tariff | {"tariff_id": "fee", "kind": "fee", "meter": "", "amount": Decimal(5)},
        tariff | {"tariff_id": "free", "kind": "allowance", "quantity": Decimal(1_000_001)},
        tariff | {"tariff_id": "more", "kind": "tier", "thresholds": [Decimal(3)], "steps": [Decimal("0.1")]},
    ]
    record(store, "tariffs", tariffs, by="test")
    build(store, until=last.end + timedelta(hours=3))
    close_until(store, last)
    transfer(store, "apps", "query-rewriter", last.start.replace(day=9), {"team_id": "growth"}, by="test")
    late = _call(last.start.replace(day=3), "ranker-lab", "gpt-4o", 1_000_000) | {"event_id": "late"}
    for name, staged in decode_events([late]).items():
        admit(store, name, staged, history_terms("late"))
    rate(store)
    lines = period_lines(store, last.next)
    for app_id, team, why in (
        ("ranker-lab", "search", {"came late"}),
        ("query-rewriter", "growth", {"counted here now"}),
        ("query-rewriter", "search", {"counted elsewhere now"}),
    ):
        sought = ("usage", app_id, team, last.first)
        names = ("line_kind", "app_id", "team_id", "corrects_period")
        one = next(line for line in lines if tuple(line[name] for name in names) == sought)
        app = open_page("trace", f"Lead of {team}", id=one["line_id"])
        assert not app.exception
        rows = step_rows(app)
        assert rows["Now − before"]["equal"] == rows["Events that changed"]["equal"] == "= equal"
        assert rows["Line"]["billed_cost"] == rows["Events that changed"]["billed_cost"] == one["amount"]
        assert set(app.dataframe[1].value["why"]) == why
    for kind in ("fee", "allowance", "tier"):
        one = next(line for line in period_lines(store, last) if line["line_kind"] == kind)
        app = open_page("trace", id=one["line_id"])
        assert not app.exception
        assert app.dataframe[0].value["value"].iloc[-1] == one["amount"]
        assert "Every sum is equal" in " ".join(element.value for element in app.markdown)
