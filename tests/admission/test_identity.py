"""What a created thing must say, and the one sentence for each thing that is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.admission.identity import Declared, Registry, faults

REGISTRY = Registry(
    apps={"chat": "search", "batch": "data"},
    teams={"search": "cc-product", "data": "cc-data"},
    cost_centers=frozenset({"cc-product", "cc-data"}),
)
GOOD = Declared(app_id="chat", team_id="search", lifecycle="ephemeral", created_by="ana@example.com")


def test_who_says_it_all_is_right() -> None:
    assert faults(GOOD, REGISTRY) == ()
    assert faults(replace(GOOD, team_id="", cost_center="cc-product"), REGISTRY) == ()


@pytest.mark.parametrize(
    ("change", "field", "problem"),
    [
        ({"app_id": ""}, "app_id", "is missing"),
        ({"app_id": "chatt"}, "app_id", "is not registered"),
        ({"team_id": ""}, "team_id", "is missing"),
        ({"team_id": "nobody"}, "team_id", "is not registered"),
        ({"team_id": "data"}, "team_id", "contradicts the registry"),
        ({"cost_center": "cc-other"}, "cost_center", "is not registered"),
        ({"cost_center": "cc-data"}, "cost_center", "contradicts the registry"),
        ({"lifecycle": ""}, "lifecycle", "is missing"),
        ({"lifecycle": "forever"}, "lifecycle", "is neither of its two values"),
        ({"created_by": ""}, "created_by", "is missing"),
    ],
)
def test_each_fault_is_named_with_its_value_and_its_mend(change: dict[str, str], field: str, problem: str) -> None:
    (fault,) = faults(replace(GOOD, **change), REGISTRY)
    assert (fault.field, fault.value, fault.problem) == (field, change[field], problem)
    assert fault.fix
    assert str(fault).startswith(field)


@pytest.mark.parametrize("value", ["ana@example.com", "-chat", "chat-", "a" * 64, "sp ace", "ümlaut"])
def test_what_a_cluster_takes_as_no_label_is_said_before_it_refuses(value: str) -> None:
    found = faults(replace(GOOD, team_id=value), REGISTRY)
    assert ("team_id", "is no label value") in [(fault.field, fault.problem) for fault in found]


def test_an_apps_own_cost_center_stands_and_the_default_one_contradicts_nothing() -> None:
    own = replace(REGISTRY, app_centers={"chat": "cc-data"}, default_center="cc-product")
    assert faults(replace(GOOD, cost_center="cc-data"), own) == ()
    assert faults(replace(GOOD, cost_center="cc-product"), own) == ()
    assert faults(replace(GOOD, cost_center="cc-product"), replace(own, default_center=""))
