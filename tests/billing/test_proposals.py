"""Where cost centers are charged, a rule needs two people: one proposes, another decides."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from billing.allocation import SecondPersonError, adopt, charged_centers
from billing.proposals import adopt_proposal, proposals, propose, reject, withdraw
from metrics.methods import parse_method
from warehouse.connect import Store
from warehouse.histories import record

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
FIRST = date(2026, 12, 1)
EVEN = parse_method("even")


def proposed(store: Store, *cost_types: str, method: str = "even", by: str = "ana") -> str:
    return propose(store, cost_types, parse_method(method), FIRST, by=by, footnote="Evenly.", now=NOW)


def rules(store: Store) -> list[tuple[str, str, str, str]]:
    return [
        tuple(row.values())
        for row in store.rows(
            "SELECT cost_type, method, recorded_by, evidence FROM allocation_rules ORDER BY cost_type"
        )
    ]


def test_a_proposal_changes_nothing_until_another_person_adopts_it_for_all_its_pools(store: Store) -> None:
    number = proposed(store, "lb", "cdn")
    assert rules(store) == []
    with pytest.raises(SecondPersonError, match="ana proposed"):
        adopt_proposal(store, number, by="ana", now=NOW)
    assert adopt_proposal(store, number, by="fin", now=NOW) == 2
    evidence = f"proposal {number} by ana"
    assert rules(store) == [("cdn", "even", "fin", evidence), ("lb", "even", "fin", evidence)]
    (held,) = proposals(store)
    assert (held["state"], held["proposed_by"], held["decided_by"]) == ("adopted", "ana", "fin")
    with pytest.raises(ValueError, match="was adopted by fin"):
        adopt_proposal(store, number, by="fin", now=NOW)


def test_fixed_weights_come_out_as_they_went_in(store: Store) -> None:
    adopt_proposal(store, proposed(store, "lb", method="fixed:a=0.6,b=0.4"), by="fin", now=NOW)
    (row,) = store.rows("SELECT weights FROM allocation_rules")
    assert {app: str(weight.normalize()) for app, weight in row["weights"].items()} == {"a": "0.6", "b": "0.4"}


def test_a_proposal_is_rejected_by_another_and_withdrawn_by_who_made_it(store: Store) -> None:
    number = proposed(store, "lb")
    with pytest.raises(SecondPersonError):
        reject(store, number, by="ana", reason="changed my mind")
    with pytest.raises(ValueError, match="say why"):
        reject(store, number, by="fin", reason=" ")
    with pytest.raises(SecondPersonError):
        withdraw(store, number, by="fin")
    reject(store, number, by="fin", reason="too early")
    again = proposed(store, "lb")
    withdraw(store, again, by="ana")
    assert [(held["state"], held["reason"]) for held in proposals(store)] == [
        ("rejected", "too early"),
        ("withdrawn", ""),
    ]
    assert rules(store) == []
    with pytest.raises(ValueError, match="no proposal 'nope'"):
        withdraw(store, "nope", by="ana")


def test_one_pool_waits_for_one_decision_at_a_time(store: Store) -> None:
    number = proposed(store, "lb", "cdn")
    with pytest.raises(ValueError, match=f"ana has proposed even for cdn, lb from 2026-12-01 \\({number}\\)"):
        proposed(store, "cdn", method="direct", by="bea")


def test_a_hybrid_is_about_the_pools_that_it_names(store: Store) -> None:
    number = proposed(store, "*", method="hybrid:lb=even,cdn=direct")
    with pytest.raises(ValueError, match=f"ana has proposed hybrid:.* for cdn, lb from 2026-12-01 .{number}"):
        proposed(store, "lb", by="bea")
    other = proposed(store, "support", by="bea")
    with pytest.raises(ValueError, match=f"bea has proposed even for support from 2026-12-01 .{other}"):
        proposed(store, "*", method="hybrid:support=direct")
    proposed(store, "*")  # every type without a rule of its own: no pool that waits


@pytest.mark.parametrize("ana", ["ana ", " Ana", "ANA", "a\u200bna", "\uff41na", "Ana  <4711>"])
def test_nobody_is_a_second_person_by_writing_the_name_otherwise(store: Store, ana: str) -> None:
    record(store, "cost_centers", [{"cost_center": "a", "cost_center_name": "A", "mode": "chargeback"}], by="test")
    number = proposed(store, "lb", by="ana")
    with pytest.raises(SecondPersonError, match="proposed"):
        adopt_proposal(store, number, by=ana, now=NOW)
    with pytest.raises(SecondPersonError):
        adopt(store, ["lb"], EVEN, FIRST, by=ana, proposed_by="ana", footnote="Evenly.", now=NOW)
    assert rules(store) == []
    withdraw(store, number, by=ana)


def test_whoever_signed_in_is_known_by_the_subject_not_by_the_name(store: Store) -> None:
    number = proposed(store, "lb", by="Ana Lee <4711>")
    with pytest.raises(SecondPersonError, match=r"^Fin Roy proposed"):
        adopt_proposal(store, number, by="Fin Roy <4711>", now=NOW)
    assert adopt_proposal(store, number, by="Ana Lee <4712>", now=NOW) == 1
    (rule,) = store.rows("SELECT recorded_by, owner FROM allocation_rules")
    assert rule == {"recorded_by": "Ana Lee <4712>", "owner": "Ana Lee"}


@pytest.mark.parametrize("nobody", ["", " ", "\u200b"])
def test_somebody_decides(store: Store, nobody: str) -> None:
    number = proposed(store, "lb")
    with pytest.raises(ValueError, match="names nobody"):
        proposed(store, "cdn", by=nobody)
    for decide in (adopt_proposal, withdraw):
        with pytest.raises(ValueError, match="names nobody"):
            decide(store, number, by=nobody)
    with pytest.raises(ValueError, match="names nobody"):
        reject(store, number, by=nobody, reason="why not")
    with pytest.raises(ValueError, match="names nobody"):
        adopt(store, ["lb"], EVEN, FIRST, by=nobody, footnote="Evenly.", now=NOW)
    assert len(proposals(store, state="proposed")) == 1


def test_nobody_changes_alone_what_cost_centers_pay(store: Store) -> None:
    record(store, "cost_centers", [{"cost_center": "a", "cost_center_name": "A", "mode": "chargeback"}], by="test")
    alone = {"by": "ana", "footnote": "Evenly.", "now": NOW}
    for proposed_by in ("", "ana"):
        with pytest.raises(SecondPersonError, match="A pay what it splits"):
            adopt(store, ["lb"], EVEN, FIRST, proposed_by=proposed_by, **alone)
    assert rules(store) == []
    assert adopt_proposal(store, proposed(store, "lb"), by="fin", now=NOW) == 1


def test_a_day_that_passed_while_it_waited_is_refused(store: Store) -> None:
    number = proposed(store, "lb")
    with pytest.raises(ValueError, match="cannot start on 2026-12-01"):
        adopt_proposal(store, number, by="fin", now=NOW + timedelta(days=20))
    assert [held["state"] for held in proposals(store, state="proposed")] == ["proposed"]


def test_a_rule_cannot_start_in_a_closed_month(store: Store) -> None:
    store.command(
        "INSERT INTO closings (closing_id, billing_period, closed_at) VALUES (generateUUIDv4(), '2026-12-01', now64(6))"
    )
    with pytest.raises(ValueError, match="that month is closed; the first open day is 2027-01-01"):
        proposed(store, "lb")


def test_charged_centers_are_those_of_the_day_and_after(store: Store) -> None:
    begins, ended = datetime(2027, 1, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    rows = [
        {"cost_center": "a", "cost_center_name": "A", "mode": "chargeback", "valid_to": ended},
        {"cost_center": "b", "cost_center_name": "", "mode": "chargeback", "valid_from": begins},
        {"cost_center": "c", "cost_center_name": "C", "mode": "shadow"},
    ]
    record(store, "cost_centers", rows, by="test")
    assert charged_centers(store, FIRST) == ["b"]
    assert charged_centers(store, date(2026, 5, 31)) == ["A", "b"]
