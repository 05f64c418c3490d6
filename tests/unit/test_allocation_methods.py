from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from billing.allocation_files import read_allocation_rules
from metrics.methods import BASES, parse_method


@pytest.mark.parametrize(
    "text",
    [
        "even",
        "direct",
        "proportional:requests",
        "proportional:active_hours",
        "floor:0.25:effective_cost",
        "fixed:app-a=0.6,app-b=0.4",
        "hybrid:load_balancer=even,x=fixed:a=0.5,b=0.5,support=proportional:tokens",
    ],
)
def test_a_method_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_method(text)) == text


def test_a_hybrid_needs_the_bases_of_its_parts() -> None:
    assert parse_method("hybrid:a=even,b=proportional:tokens,c=floor:1:requests").bases == {"tokens", "requests"}
    assert parse_method("hybrid:x=fixed:a=0.5,b=0.5").parts["x"].weights == {"a": Decimal("0.5"), "b": Decimal("0.5")}


def test_only_additive_measures_are_bases() -> None:
    assert "requests" in BASES
    assert "active_hours" in BASES
    assert "active_apps" not in BASES
    assert "cost_per_1k_requests" not in BASES


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("even:requests", "even takes nothing after it"),
        ("proportional", "names no basis; write proportional:requests"),
        ("proportional:cost_per_1k_requests", "is not additive"),
        ("floor:x:requests", "floor 'x' is no decimal number"),
        ("floor:-1:requests", "floor '-1' is not 0 or more"),
        ("floor:0.0000000001:requests", "more than 9 decimals"),
        ("floor:NaN:requests", "is not 0 or more"),
        ("floor:5", "names no basis; write floor:5:requests"),
        ("fixed:a=0.5", "weights sum to 0.5, not to 1"),
        ("fixed:a=0.5,a=0.5", "app 'a' occurs twice"),
        ("fixed:a", "'a' is no app and weight"),
        ("hybrid:", "names no cost type"),
        ("hybrid:even", "'even' is no cost type and method"),
        ("hybrid:a=even,a=even", "cost type 'a' occurs twice"),
        ("hybrid:a=hybrid:b=even", "is hybrid again"),
    ],
)
def test_what_is_no_method_is_said(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_method(text)


@pytest.mark.parametrize(("text", "meant"), [("evn", "even"), ("proportional:reqests", "requests")])
def test_a_misspelling_is_suggested(text: str, meant: str) -> None:
    with pytest.raises(KeyError, match=f"Did you mean '{meant}'"):
        parse_method(text)


def test_the_shipped_rules_are_valid_and_cover_every_type() -> None:
    rules = read_allocation_rules()
    assert "*" in {rule["cost_type"] for rule in rules}
    assert all(rule["owner"] and rule["footnote"] for rule in rules)


def test_a_wrong_rule_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "allocation.yml"
    file.write_text("rules:\n  lb: {method: evn, owner: o, footnote: f, valid_from: 2026-01-01}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"yml: rules.lb: method: unknown method 'evn'. Did you mean 'even'"):
        read_allocation_rules(file)
