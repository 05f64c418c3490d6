"""AdmissionReview v1, as a cluster asks and as it expects to be answered."""

from __future__ import annotations

import base64
import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from metering.admission.review import NotAReview, Reviewed, review
from tests.admission.test_identity import REGISTRY

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LABELS = {"app_id": "chat", "team_id": "search", "lifecycle": "ephemeral"}


def pod(labels: dict[str, str] | None = None, **metadata: Any) -> dict[str, Any]:
    said = {"name": "chat-1", **({"labels": labels} if labels is not None else {}), **metadata}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": said, "spec": {"containers": []}}


def deployment(labels: dict[str, str], inside: dict[str, str]) -> dict[str, Any]:
    template = {"metadata": {"labels": inside}, "spec": {}}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "chat", "labels": labels},
        "spec": {"template": template},
    }


def asked(thing: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    kind = (thing or {}).get("kind", "Pod")
    request = {
        "uid": "705ab4f5",
        "operation": "CREATE",
        "namespace": "apps",
        "kind": {"group": "apps" if kind == "Deployment" else "", "version": "v1", "kind": kind},
        "userInfo": {"username": "ana@example.com"},
        "object": thing,
        **more,
    }
    return {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request}


def judged(thing: dict[str, Any] | None, profile: Any = "deny", **more: Any) -> Reviewed:
    return review(asked(thing, **more), REGISTRY, profile, default_center="cc-unattributed", now=NOW)


def patched(thing: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """Apply a JSON Patch of additions, as a cluster would."""
    made = copy.deepcopy(thing)
    for step in json.loads(base64.b64decode(answer["response"]["patch"])):
        assert step["op"] == "add"
        *way, last = [part.replace("~1", "/").replace("~0", "~") for part in step["path"].split("/")[1:]]
        at = made
        for part in way:
            at = at[part]  # an addition below nothing is an error in a cluster too
        at[last] = step["value"]
    return made


def test_a_pod_that_says_whose_it_is_gets_in_and_is_evidence() -> None:
    found = judged(pod(LABELS))
    assert found.answer == {
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "response": {"uid": "705ab4f5", "allowed": True},
    }
    assert found.admission is not None
    assert (found.admission.resource_id, found.admission.is_prefix) == ("pod/apps/chat-1", False)
    assert (found.admission.declared.app_id, found.admission.declared.created_by) == ("chat", "ana@example.com")
    assert found.admission.reconcile_by is None


def test_without_identity_it_is_refused_with_every_reason() -> None:
    response = judged(pod()).answer["response"]
    assert (response["allowed"], response["status"]["code"]) == (False, 403)
    for name in ("app_id is missing", "team_id is missing", "lifecycle is missing"):
        assert name in response["status"]["message"]
    assert judged(pod()).admission is None


def test_or_let_in_on_the_default_cost_center_with_a_day_to_mend_it() -> None:
    thing = pod()
    found = judged(thing, "warn-and-default")
    response = found.answer["response"]
    assert response["allowed"]
    assert any("app_id is missing" in warning for warning in response["warnings"])
    made = patched(thing, found.answer)
    assert made["metadata"]["labels"] == {"cost_center": "cc-unattributed"}
    assert made["metadata"]["annotations"] == {"farthing.io/reconcile-by": "2026-11-21T12:00:00Z"}
    assert found.admission is not None
    assert found.admission.reconcile_by == datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_what_is_already_there_is_kept() -> None:
    thing = pod({"app_id": "unknown-app", "tier": "gold"}, annotations={"note": "x"})
    made = patched(thing, judged(thing, "warn-and-default").answer)
    assert made["metadata"]["labels"] == {"app_id": "unknown-app", "tier": "gold", "cost_center": "cc-unattributed"}
    assert made["metadata"]["annotations"]["note"] == "x"


def test_the_pods_of_a_workload_must_say_it_too() -> None:
    assert judged(deployment(LABELS, LABELS)).answer["response"]["allowed"]
    assert not judged(deployment(LABELS, {})).answer["response"]["allowed"]
    thing = deployment({}, {})
    made = patched(thing, judged(thing, "warn-and-default").answer)
    assert made["spec"]["template"]["metadata"]["labels"] == {"cost_center": "cc-unattributed"}


def test_prefixed_labels_and_an_annotated_creator_count() -> None:
    labels = {"farthing.io/app-id": "chat", "farthing.io/team-id": "search", "farthing.io/lifecycle": "persistent"}
    thing = pod(labels, annotations={"farthing.io/created-by": "ana@example.com"})
    found = judged(thing, userInfo={"username": "system:serviceaccount:kube-system:replicaset-controller"})
    assert found.admission is not None
    assert found.admission.declared.created_by == "ana@example.com"


def test_an_email_as_a_label_is_refused_with_what_to_do_instead() -> None:
    for name in ("created_by", "farthing.io/created-by"):
        response = judged(pod({**LABELS, name: "ana@example.com"})).answer["response"]
        assert not response["allowed"]
        assert "created_by=ana@example.com is no label value: say it as an annotation" in response["status"]["message"]


def test_a_name_that_the_cluster_completes_is_the_beginning_of_one() -> None:
    thing = pod(LABELS)
    thing["metadata"] = {"generateName": "chat-7f9c-", "labels": LABELS}
    admission = judged(thing).admission
    assert admission is not None
    assert (admission.resource_id, admission.is_prefix) == ("pod/apps/chat-7f9c-", True)


@pytest.mark.parametrize("profile", ["deny", "warn-and-default"])
def test_a_trial_leaves_nothing_behind(profile: str) -> None:
    assert judged(pod(LABELS), profile, dryRun=True).admission is None
    assert judged(pod(), profile, dryRun=True).admission is None


def test_what_runs_nothing_or_ends_is_let_through() -> None:
    assert judged({"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "x"}}).answer["response"]["allowed"]
    assert judged(None, operation="DELETE").answer["response"]["allowed"]
    assert judged(pod(), operation="CONNECT").answer["response"]["allowed"]


def test_an_update_that_drops_its_labels_is_refused() -> None:
    found = judged(pod(), operation="UPDATE")
    assert not found.answer["response"]["allowed"]
    assert judged(pod(LABELS), operation="UPDATE").admission is None


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ([], "no AdmissionReview"),
        ({"kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1beta1"}, "no AdmissionReview"),
        ({"kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1"}, "no request"),
        (asked(pod(), uid=""), "no uid"),
        (asked(pod(), operation=3), "no operation"),
    ],
)
def test_what_is_no_review_is_said(body: Any, problem: str) -> None:
    with pytest.raises(NotAReview, match=problem):
        review(body, REGISTRY, "deny", default_center="x", now=NOW)


@pytest.mark.parametrize(
    "odd", [{"metadata": None}, {"metadata": {"labels": []}}, {"spec": 3}, {"metadata": {"labels": {"app_id": {}}}}]
)
def test_odd_objects_are_judged_not_stumbled_over(odd: dict[str, Any]) -> None:
    assert not judged({**deployment(LABELS, LABELS), **odd}).answer["response"]["allowed"]


@pytest.mark.parametrize("name", [{}, {"generateName": ""}, {"generateName": "ch-"}, {"name": "x" * 254}])
def test_what_names_no_object_is_no_evidence(name: dict[str, str]) -> None:
    thing = pod(LABELS)
    thing["metadata"] = {"labels": LABELS, **name}
    found = judged(thing)
    assert found.answer["response"]["allowed"]
    assert found.admission is None


@pytest.mark.parametrize("template", [{}, {"metadata": None}, {"metadata": {}}])
def test_a_template_without_metadata_is_given_some(template: dict[str, Any]) -> None:
    thing = deployment(LABELS, {})
    thing["spec"]["template"] = template
    made = patched(thing, judged(thing, "warn-and-default").answer)
    inside = made["spec"]["template"]["metadata"]
    assert inside["labels"] == {"cost_center": "cc-unattributed"}
    assert inside["annotations"] == {"farthing.io/reconcile-by": "2026-11-21T12:00:00Z"}


def test_nothing_is_added_to_a_template_that_is_not_there() -> None:
    thing = deployment(LABELS, {})
    thing["spec"] = {}
    assert "patch" not in judged(thing, "warn-and-default").answer["response"]


def test_a_uid_is_short() -> None:
    with pytest.raises(NotAReview, match="the uid of the request has more than 256 characters"):
        judged(pod(LABELS), uid="x" * 257)
