"""The ledger of refusals: what cannot be written holds nothing else back, and nothing is lost."""

from __future__ import annotations

import json

import pytest

from metering.api.problems import Problem
from metering.refusals import Refusals
from warehouse.connect import Store


def ledger(store: Store) -> dict[str, tuple[int, int, str]]:
    rows = store.rows("SELECT reason, requests, events, example FROM refusal_records")
    return {row["reason"]: (row["requests"], row["events"], row["example"]) for row in rows}


def test_half_a_character_is_written_as_its_escape(store) -> None:
    refusals = Refusals()
    refusals.note("a\udc00", "odd\ud800", "said \ud800", requests=1)
    refusals.note("b", "other", "well", events=2)
    refusals.write(store)
    assert ledger(store) == {"odd\\ud800": (1, 0, "said \\ud800"), "other": (0, 2, "well")}


def test_a_row_that_cannot_be_written_holds_back_only_itself(store) -> None:
    """More than there can be: the counts of a kind outgrow their column."""
    refusals = Refusals()
    for number in range(5):
        refusals.note("a", f"too-many-{number}", "x", requests=2**70)
    refusals.note("b", "other", "well", events=2)
    for _ in range(2):
        with pytest.raises(Exception, match=r"."):
            refusals.write(store)
    assert ledger(store) == {"other": (0, 2, "well")}
    refusals.note("c", "later", "x", requests=1)
    for _ in range(2):
        with pytest.raises(Exception, match=r"."):
            refusals.write(store)
    assert set(ledger(store)) == {"other", "later"}


def test_nothing_is_lost_while_the_store_is_gone(store) -> None:
    refusals = Refusals()
    for number in range(5):
        refusals.note("a", f"r-{number}", "x", requests=1)
    store.command("RENAME TABLE refusal_records TO gone")
    with pytest.raises(Exception, match="refusal_records"):
        refusals.write(store)
    store.command("RENAME TABLE gone TO refusal_records")
    refusals.write(store)
    assert ledger(store) == {f"r-{number}": (1, 0, "x") for number in range(5)}


def test_an_answer_says_no_half_character() -> None:
    problem = Problem(422, "no_manifest", "it says \ud800")
    assert json.loads(bytes(problem.response().body))["detail"] == str(problem) == "it says \\ud800"
