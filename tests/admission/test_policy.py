"""The policy for clusters: it is one, and it admits and refuses what the endpoint does with its profile deny."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from config.settings import ROOT
from metering.admission.kubernetes import TEMPLATES
from metering.admission.review import review
from tests.admission.cel import CelError, evaluate
from tests.admission.test_identity import REGISTRY
from tests.admission.test_review import NOW

FOLDER = ROOT / "config" / "kubernetes"
POLICY, BINDING, CENTERS = yaml.safe_load_all((FOLDER / "policy.yaml").read_text(encoding="utf-8"))
WEBHOOK = next(yaml.safe_load_all((FOLDER / "webhook.yaml").read_text(encoding="utf-8")))
SPEC = POLICY["spec"]
KINDS = {"pods": "Pod", "deployments": "Deployment", "statefulsets": "StatefulSet", "daemonsets": "DaemonSet",
         "replicasets": "ReplicaSet", "jobs": "Job", "cronjobs": "CronJob",
         "services": "Service.serving.knative.dev"}  # fmt: skip
PARAMS = {"data": {"cost_centers": " ".join(sorted(REGISTRY.cost_centers))}}


def refusals(thing: dict[str, Any], operation: str = "CREATE") -> list[str]:
    """What the policy says against an object: a cluster that fails on an expression refuses (failurePolicy: Fail)."""
    variables: dict[str, Any] = {}
    scope = {"object": thing, "request": {"operation": operation}, "params": PARAMS, "variables": variables}
    try:
        if not all(evaluate(condition["expression"], scope) for condition in SPEC["matchConditions"]):
            return []
        for variable in SPEC["variables"]:
            variables[variable["name"]] = evaluate(variable["expression"], scope)
        return [
            rule["message"] if "message" in rule else evaluate(rule["messageExpression"], scope)
            for rule in SPEC["validations"]
            if not evaluate(rule["expression"], scope)
        ]
    except CelError as error:
        return [str(error)]


def is_admitted(thing: dict[str, Any], operation: str = "CREATE") -> bool:
    """What the endpoint says of the same object."""
    request = {"uid": "1", "operation": operation, "userInfo": {"username": "ana@example.com"}, "object": thing}
    body = {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request}
    found = review(body, REGISTRY, "deny", default_center="cc-unattributed", now=NOW)
    return bool(found.answer["response"]["allowed"])


def thing_of(kind: str, labels: Any, inside: Any) -> dict[str, Any]:
    name, _, group = kind.partition(".")
    made: dict[str, Any] = {
        "apiVersion": f"{group}/v1" if group else "v1",
        "kind": name,
        "metadata": {"name": "chat", **labels},
    }
    at = made
    for step in TEMPLATES[kind]:
        at = at.setdefault(step, {})
    return made if at is made else (at.update(metadata=inside) or made)


def of_field(name: str, *values: str) -> st.SearchStrategy[dict[str, str]]:
    """Labels that say a field plainly, with the prefix, both or not at all."""
    said = st.sampled_from(["", *values])
    return st.fixed_dictionaries({}, optional={name: said, f"farthing.io/{name.replace('_', '-')}": said})


CENTER = REGISTRY.center_of("chat")
LABELS = st.tuples(
    of_field("app_id", "chat"), of_field("team_id", REGISTRY.apps["chat"]),
    of_field("cost_center", CENTER, "cc-nobodys"),
    of_field("lifecycle", "ephemeral", "persistent", "forever"),
).map(lambda parts: {name: value for part in parts for name, value in part.items()})  # fmt: skip
SOUND = st.just({"app_id": "chat", "cost_center": CENTER, "farthing.io/lifecycle": "ephemeral"})
METADATA = st.one_of(st.fixed_dictionaries({"labels": SOUND | LABELS}), st.just({}))


@settings(max_examples=400)
@given(kind=st.sampled_from(sorted(KINDS.values())), labels=METADATA, inside=METADATA)
def test_the_policy_and_the_endpoint_agree(kind: str, labels: dict[str, Any], inside: dict[str, Any]) -> None:
    thing = thing_of(kind, labels, inside)
    assert (refusals(thing) == []) is is_admitted(thing)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ({"app_id": "chat", "cost_center": CENTER, "lifecycle": "persistent"}, None),
        ({"cost_center": CENTER, "lifecycle": "persistent"}, "app_id is missing"),
        ({"app_id": "chat", "lifecycle": "persistent"}, "team_id is missing"),
        ({"app_id": "chat", "cost_center": "cc-x", "lifecycle": "persistent"}, "there are cc-data cc-product"),
        ({"app_id": "chat", "cost_center": CENTER}, "lifecycle is missing"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", sorted(KINDS.values()))
def test_each_fault_has_its_message(kind: str, labels: dict[str, str], message: str | None) -> None:
    said = refusals(thing_of(kind, {"labels": labels}, {"labels": labels}))
    assert said == [] if message is None else len(said) == 1 and message in said[0]


@pytest.mark.parametrize("kind", sorted(KINDS.values()))
def test_what_is_being_deleted_may_lose_its_finalizers(kind: str) -> None:
    ending = thing_of(kind, {"deletionTimestamp": "2026-11-20T12:00:00Z", "labels": {}}, {})
    assert refusals(ending, "UPDATE") == []
    assert is_admitted(ending, "UPDATE")
    # Nothing is made by saying that it ends.
    assert refusals(ending)
    assert not is_admitted(ending)


def test_a_template_that_says_nothing_is_refused() -> None:
    thing = thing_of("Deployment", {"labels": {}}, {})
    del thing["spec"]["template"]["metadata"]
    assert refusals(thing)
    assert not is_admitted(thing)


def test_it_is_a_policy_as_clusters_from_1_30_take_it() -> None:
    assert [POLICY["kind"], BINDING["kind"]] == ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"]
    assert {POLICY["apiVersion"], BINDING["apiVersion"]} == {"admissionregistration.k8s.io/v1"}
    assert set(SPEC) == {
        "failurePolicy",
        "paramKind",
        "matchConstraints",
        "matchConditions",
        "variables",
        "validations",
    }
    assert (SPEC["failurePolicy"], SPEC["paramKind"]) == ("Fail", {"apiVersion": "v1", "kind": CENTERS["kind"]})
    for rule in SPEC["validations"]:
        assert len({"message", "messageExpression"} & set(rule)) == 1
        assert set(rule) <= {"expression", "message", "messageExpression"}
    assert BINDING["spec"]["policyName"] == POLICY["metadata"]["name"]
    actions = set(BINDING["spec"]["validationActions"])
    assert actions <= {"Deny", "Warn", "Audit"}
    assert not {"Deny", "Warn"} <= actions, "a cluster takes only one of the two"
    asked, held = BINDING["spec"]["paramRef"], CENTERS["metadata"]
    assert (asked["name"], asked["namespace"]) == (held["name"], held["namespace"])
    assert asked["parameterNotFoundAction"] in ("Allow", "Deny")
    assert CENTERS["data"]["cost_centers"].split()


def test_policy_and_webhook_watch_the_same_things() -> None:
    def watched(rules: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
        return {
            (group, resource, operation)
            for rule in rules
            for group in rule["apiGroups"]
            for resource in rule["resources"]
            for operation in rule["operations"]
        }

    (hook,) = WEBHOOK["webhooks"]
    found = watched(SPEC["matchConstraints"]["resourceRules"])
    assert found == watched(hook["rules"])
    assert {KINDS[resource] for _, resource, _ in found} == set(TEMPLATES)
    excluded = BINDING["spec"]["matchResources"]["namespaceSelector"]
    assert excluded == hook["namespaceSelector"]
