"""Invoices: what is shown is what would be billed, a lead sees the lines of the own team, finance closes and issues."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from billing.documents import draft_invoices
from billing.issue import issued
from billing.period import Period, period_of
from billing.period_lines import closings, period_lines
from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from tests.sample_platform import _call, build, close_until
from ui.invoice_panels import line_columns, told


def month() -> Period:
    return period_of(datetime.now(UTC))


def texts(app) -> str:
    return " ".join(element.value for kind in ("markdown", "caption", "subheader") for element in app.get(kind))


def table(app, index: int = 0):
    return app.dataframe[index].value


def still(lines):
    """Return the lines that are not gone since the month before."""
    return lines[~lines["why"].str.endswith("gone")]


def test_the_list_is_the_stores_drafts(open_page, platform) -> None:
    drafts = {draft.invoice_id: draft.total for draft in draft_invoices(platform, month())}
    app = open_page("invoices")
    assert not app.exception
    listed = table(app)
    held = listed[listed["status"] != "gone"]
    assert dict(zip(held["invoice"], held["total"], strict=True)) == drafts
    assert Decimal(app.metric[0].value) == sum(listed["total"]) == sum(drafts.values())
    assert Decimal(app.metric[1].value) == sum(listed["previous"])
    assert set(held["status"]) == {"draft"}


def test_lines_of_an_invoice_sum_to_its_total_and_say_why(open_page, platform) -> None:
    (draft,) = draft_invoices(platform, month(), cost_center="cc-growth")
    app = open_page("invoices", invoice=draft.invoice_id)
    assert not app.exception
    lines = table(app, 1)
    assert set(still(lines)["line_id"]) == {line.line_id for line in draft.lines}
    assert sum(lines["amount"]) == draft.total
    (before,) = draft_invoices(platform, month().previous, cost_center="cc-growth")
    assert (sum(lines["previous"]), sum(lines["change"])) == (before.total, draft.total - before.total)
    assert list(lines["amount"]) == sorted(lines["amount"], reverse=True)
    assert sum(lines["exact_amount"]) == draft.exact_total
    for note in draft.footnotes:
        assert f"[{note.number}" in texts(app)


def test_what_changed_stands_first_and_every_number_has_its_room() -> None:
    columns = line_columns()
    assert list(columns)[:5] == ["app_id", "amount", "change", "previous", "why"]
    numbers = [column for column in columns.values() if column["type_config"]["type"] == "number"]
    assert len(numbers) == 7
    assert all(column["width"] >= 90 for column in numbers)
    # On a phone of 390 pixels a table has 333, 33 of them for the ticks; at 1440 it has 1010.
    assert sum(columns[name]["width"] for name in list(columns)[:3]) <= 300
    assert sum(columns[name]["width"] for name in list(columns)[:7]) <= 1010 - 33


def test_amounts_of_the_card_look_like_those_beside_them() -> None:
    said = {
        "currency": "USD",
        "estimate": {"projected_total": "13767.36", "low": "13000.00", "high": "14000.50"},
        "comparison": {"basis": "list prices", "amount": "20000.00", "difference": "-6232.64"},
        "exact_total": "10539.561234000",
    }
    assert [text.replace("\\", "") for text in told(said)] == [
        "Month end $13,767.36, from $13,000.00 to $14,000.50 (80 %)",
        "List prices: $20,000.00, difference −$6,232.64",
        "Exact total 10,539.561234 USD; lines are rounded to sum to the total.",
    ]


def test_a_lead_sees_the_own_lines_only(open_page, platform) -> None:
    own = [line for draft in draft_invoices(platform, month()) for line in draft.lines if line.team_id == "growth"]
    app = open_page("invoices", "Lead of growth")
    assert not app.exception
    assert Decimal(app.metric[0].value) == sum(line.amount for line in own)
    assert {line.team_id for line in own} == set(table(app, 1)["team_id"])
    assert set(still(table(app, 1))["line_id"]) == {line.line_id for line in own}
    assert not [button for button in app.button if button.key in ("check", "close", "issue", "verify")]


@pytest.mark.parametrize("name", ["cc-search", "cc-payments"])
def test_another_cost_centers_invoice_in_the_address_shows_nothing_of_it(open_page, platform, name: str) -> None:
    app = open_page("invoices", "Lead of growth", invoice=f"{name}/{month()}")
    assert not app.exception
    assert name not in texts(app)
    assert {str(value) for element in app.dataframe for value in element.value.get("team_id", ["growth"])} == {"growth"}


def test_an_on_call_engineer_has_no_invoices(open_page, platform) -> None:
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_page("invoices", "On-call")


def test_an_unknown_month_shows_the_newest(open_page, platform) -> None:
    app = open_page("invoices", month="1999-01")
    assert not app.exception
    assert app.selectbox(key="month").value == str(month())


def test_check_close_issue_and_verify(open_page, store) -> None:
    last = month().previous
    build(store, until=last.start + timedelta(days=12))
    close_until(store, last.previous)
    app = open_page("invoices", month=str(last))
    assert "issue" not in {button.key for button in app.button}
    app.button(key="check").click().run()
    assert not app.exception
    assert "unpriced" in texts(app)
    app.text_input(key="close-reason").set_value("rehearsal").run()
    app.button(key="close").click().run()
    app.button(key="close-no").click().run()
    assert last not in closings(store)
    app.button(key="close").click().run()
    app.button(key="close-yes").click().run()
    assert not app.exception
    found = store.rows("SELECT reason FROM closings WHERE billing_period = {last:Date}", {"last": last.first})
    assert found == [{"reason": "rehearsal"}]
    assert set(table(app)["status"]) == {"closed"}
    app.button(key="issue").click().run()
    app.button(key="issue-yes").click().run()
    assert not app.exception
    sent = issued(store, last)
    assert list(table(app)["invoice"].sort_values()) == [one.number for one in sent]
    app.selectbox(key="invoice").set_value(sent[0].number).run()
    app.button(key="verify").click().run()
    assert not app.exception
    assert [element.value for element in app.success if "equal" in element.value]


def test_the_month_after_a_closed_one_is_offered_before_anything_is_charged_in_it(open_page, store) -> None:
    last = period_of(datetime.now(UTC)).previous
    build(store, until=last.end - timedelta(hours=1))
    assert open_page("invoices").selectbox(key="month").options[0] == str(last)
    close_until(store, last)
    late = _call(last.start.replace(day=3), "ranker-lab", "gpt-4o", 1_000_000) | {"event_id": "late"}
    for name, staged in decode_events([late]).items():
        admit(store, name, staged, history_terms("late"))
    rate(store)
    app = open_page("invoices")
    assert not app.exception
    assert app.selectbox(key="month").options[:2] == [str(last.next), str(last)]
    assert app.selectbox(key="month").value == str(last)
    corrections = open_page("invoices", month=str(last.next))
    assert not corrections.exception
    own = (one for one in period_lines(store, last.next) if one["app_id"] == "ranker-lab")
    line = next(one for one in own if one["line_kind"] == "usage")
    assert line["corrects_period"] == last.first
    assert set(corrections.dataframe[0].value["cost_center"])
    assert open_page("trace", id=line["line_id"]).dataframe
