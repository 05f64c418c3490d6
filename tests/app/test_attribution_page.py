"""Attribution: what waits is shown, given to an app by a person, and taken back; the total never moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from jobs.giving import give
from jobs.moving import Move
from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from metering.reconcile.evidence import Evidence, note
from tests.sample_platform import build
from ui.attribution import _by_hand, _moves
from warehouse.histories import record

HOUR = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)


def lose_tags(store) -> None:
    """Two hours ago a pod used tokens and said nothing of whose it is; a session names somebody."""
    event = {
        "type": "usage", "source": "gw", "event_id": "lost", "time": HOUR.isoformat(), "resource_id": "pod-9",
        "meter": "input_tokens", "quantity": 1_000_000, "provider": "openai", "model": "gpt-4o",
    }  # fmt: skip
    for name, staged in decode_events([event]).items():
        admit(store, name, staged, history_terms("test"))
    rate(store)
    session = Evidence(kind="session", resource_id="pod-9", app_id="seo-audit", starts_at=HOUR - timedelta(hours=1))
    note(store, [session])


def cost_of(store, app: str) -> Decimal:
    sql = "SELECT sum(effective_cost) FROM charges WHERE resource_id = 'pod-9' AND app_id = {app:String}"
    return store.scalar(sql, {"app": app})


def texts(app) -> str:
    return " ".join(element.value for kind in ("markdown", "caption", "subheader") for element in app.get(kind))


@pytest.mark.parametrize("viewing_as", ["Analyst", "On-call", "Finance"])
def test_it_opens_for_whoever_looks_after_owners(open_page, platform, viewing_as: str) -> None:
    app = open_page("attribution", viewing_as)
    assert not app.exception
    assert {"Attributed", "Waiting", "For finance"} <= {metric.label for metric in app.metric}


def test_a_lead_does_not_open_it(open_page, platform) -> None:
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_page("attribution", "Lead of growth")


def test_what_waits_is_shown_with_who_may_own_it(open_page, store) -> None:
    build(store)
    lose_tags(store)
    app = open_page("attribution")
    assert not app.exception
    shown = next(table.value for table in app.dataframe if "hours_left" in table.value.columns)
    row = shown.set_index("resource_id").loc["pod-9"]
    assert (row["app_id"], row["cost_center"], row["rule"]) == ("seo-audit", "cc-growth", "session")
    assert (row["confidence"], row["moving_cost"], row["covered"]) == (Decimal("0.6"), Decimal("2.5"), "all of it")
    assert cost_of(store, "") == Decimal("2.5")
    assert "Take it in" in {button.label for button in app.button}


def test_a_suggestion_says_which_part_it_covers_and_none_is_shown_that_covers_nothing(open_page, store) -> None:
    build(store)
    lose_tags(store)
    late = {"kind": "deploy", "app_id": "seo-audit"}
    note(store, [Evidence(resource_id="pod-8", starts_at=HOUR + timedelta(minutes=30), **late)])
    for name, resource, minutes in (("a", "pod-8", 10), ("b", "pod-8", 40), ("c", "pod-7", 10)):
        event = {
            "type": "usage", "source": "gw", "event_id": name, "time": (HOUR + timedelta(minutes=minutes)).isoformat(),
            "resource_id": resource, "meter": "input_tokens", "quantity": 400_000, "provider": "openai",
            "model": "gpt-4o",
        }  # fmt: skip
        for kind, staged in decode_events([event]).items():
            admit(store, kind, staged, history_terms("test"))
    rate(store)
    note(store, [Evidence(resource_id="pod-7", starts_at=HOUR + timedelta(minutes=30), **late)])
    app = open_page("attribution")
    assert not app.exception
    shown = next(table.value for table in app.dataframe if "hours_left" in table.value.columns).set_index("resource_id")
    half, none = shown.loc["pod-8"], shown.loc["pod-7"]
    assert (half["app_id"], half["moving_cost"], half["effective_cost"]) == ("seo-audit", 1, 2)
    assert half["covered"].startswith(f"{HOUR + timedelta(minutes=30):%Y-%m-%d %H:%M} – ")
    assert (none["app_id"], none["covered"], none["rule"]) == ("", "", "")


def test_the_preview_says_what_moves_and_what_stays() -> None:
    row = {"resource_id": "pod-9", "begins": HOUR, "ends": HOUR + timedelta(hours=1), "effective_cost": Decimal(7)}
    move = Move(finding=_by_hand(row, "seo-audit"), effective_cost=Decimal("3.5"), event_count=1)
    assert _moves(row, move).startswith(r"\$3.50 of pod-9\: cc-unattributed → seo-audit; \$3.50 outside")
    whole = Move(finding=_by_hand(row, "seo-audit"), effective_cost=Decimal(7), event_count=2)
    assert _moves(row, whole) == r"\$7.00 of pod-9\: cc-unattributed → seo-audit"
    none = Move(finding=_by_hand(row, "seo-audit"), effective_cost=Decimal(0), event_count=0)
    assert r"Nothing moves\: nothing of" in _moves(row, none)


def test_usage_is_given_to_an_app_that_was_registered_just_now(open_page, store, monkeypatch) -> None:
    """It has no charges yet: that is why it has none."""
    build(store)
    lose_tags(store)
    now = datetime.now(UTC)
    gone = {"app_id": "app-gone", "team_id": "growth", "valid_to": now - timedelta(days=9)}
    record(store, "apps", [{"app_id": "app-new", "team_id": "growth"}, gone], by="ada")
    monkeypatch.setattr("ui.attribution._table", lambda waiting, *_, **__: waiting.to_pylist())  # every row is ticked
    app = open_page("attribution")
    assert not app.exception
    chosen = next(box for box in app.selectbox if box.label == "Give to")
    assert {"app-new", "seo-audit"} <= set(chosen.options)
    assert "app-gone" not in chosen.options
    app = chosen.set_value("app-new").run()
    assert "cc-unattributed → app-new" in texts(app)


def test_what_was_given_is_in_the_history_and_can_be_taken_back(open_page, store) -> None:
    build(store)
    lose_tags(store)
    total = store.scalar("SELECT sum(effective_cost) FROM charges")
    row = {"resource_id": "pod-9", "begins": HOUR, "ends": HOUR + timedelta(hours=1)}
    given = give(store, [_by_hand(row, "seo-audit")], by="Analyst", reason="asked the team")
    assert ([move.effective_cost for move in given.moves], given.rows) == ([Decimal("2.5")], 1)
    rate(store)
    app = open_page("attribution")
    assert not app.exception
    decided = next(table.value for table in app.dataframe if "what" in table.value.columns)
    assert decided.iloc[0][["what", "resource_id", "app_id", "said_by"]].tolist() == [
        "given", "pod-9", "seo-audit", "Analyst",
    ]  # fmt: skip
    assert store.scalar("SELECT sum(effective_cost) FROM charges WHERE is_reconciled") > 0
    # An ephemeral app pays its own discount: only the owner's terms move the sum.
    moved = Decimal("2.5") - cost_of(store, "seo-audit")
    assert store.scalar("SELECT sum(effective_cost) FROM charges") == total - moved
