"""Manifests of deploys, of every kind that is known."""

from __future__ import annotations

import pytest

from metering.admission.documents import NotAManifest
from metering.admission.manifests import judge
from tests.admission.test_identity import REGISTRY

KNATIVE = """
apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: chat
  labels: &labels {app_id: chat, team_id: search, lifecycle: ephemeral}
  annotations: &by {created_by: ana@example.com}
spec:
  template:
    metadata: {labels: *labels, annotations: *by}
---
apiVersion: v1
kind: Service
metadata: {name: only-a-name-in-the-network}
"""
SAM = """
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Tags: {team_id: search, lifecycle: ephemeral, created_by: ana}}}
Resources:
  Answer: {Type: AWS::Serverless::Function, Properties: {Tags: {app_id: chat}}}
  Nameless: {Type: AWS::Serverless::Function, Properties: {Tags: {app_id: !Ref App}}}
  Plain: {Type: AWS::Lambda::Function, Properties: {Tags: [{Key: app_id, Value: batch}, {Key: team_id, Value: data}]}}
  Bucket: {Type: AWS::S3::Bucket}
"""
SERVERLESS = """
service: chat
provider: {name: aws, tags: {team_id: search, lifecycle: ephemeral, created_by: ana}}
functions:
  answer: {handler: a.b, tags: {app_id: chat}}
  other: {handler: a.c}
"""


MULTIPLYING = "apiVersion: v1\nkind: List\nitems:\n- &l0 {apiVersion: v1, kind: List, items: []}\n" + "".join(
    f"- &l{n} {{apiVersion: v1, kind: List, items: [{', '.join([f'*l{n - 1}'] * 9)}]}}\n" for n in range(1, 9)
)


def wrong(text: str) -> dict[str, list[str]]:
    return {
        thing.name: [f"{fault.field} {fault.problem}" for fault in thing.faults]
        for thing in judge(text, REGISTRY).things
    }


def test_kubernetes_and_knative() -> None:
    assert wrong(KNATIVE) == {"Service chat": [], "Service chat (its pods)": []}
    assert wrong('{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}}')["Pod p"] == [
        "app_id is missing",
        "team_id is missing",
        "lifecycle is missing",
        "created_by is missing",
    ]


def test_an_email_is_an_annotation_and_no_label() -> None:
    said = KNATIVE.replace("lifecycle: ephemeral}", "lifecycle: ephemeral, created_by: ana@example.com}")
    assert wrong(said)["Service chat"] == ["created_by is no label value"]
    assert "annotation" in judge(said, REGISTRY).things[0].faults[0].fix
    assert (
        wrong(said.replace("created_by: ana@example.com}\n  annotations", "created_by: ana}\n  annotations"))[
            "Service chat"
        ]
        == []
    )


def test_a_list_of_objects_is_its_objects() -> None:
    text = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- {kind: Pod}\n"
    assert set(wrong(text)) == {"Pod a", "Pod"}


def test_sam_templates_inherit_their_globals() -> None:
    found = wrong(SAM.replace("!Ref App", "{Ref: App}"))
    assert found["function Answer"] == []
    assert found["function Nameless"] == ["app_id is missing"]
    assert found["function Plain"] == []
    assert len(found) == 3


def test_serverless_functions_inherit_their_provider() -> None:
    assert wrong(SERVERLESS) == {"function answer": [], "function other": ["app_id is missing"]}


def test_a_plain_file_has_the_fields_themselves() -> None:
    text = "app_id: chat\nteam_id: search\nlifecycle: ephemeral\ncreated_by: ana@example.com\n"
    assert wrong(text) == {"document 1": []}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (KNATIVE, ("Service v1",)),
        (SAM.replace("!Ref App", "{Ref: App}"), ("AWS::S3::Bucket",)),
        (
            "apiVersion: v1\nkind: List\nitems:\n- {kind: Pod}\n- {apiVersion: v1, kind: ConfigMap}\n"
            "- {apiVersion: argoproj.io/v1alpha1, kind: Rollout}\n- {apiVersion: v1, kind: ConfigMap}\n- {a: b}\n",
            ("ConfigMap v1", "Rollout argoproj.io/v1alpha1", "an object without a kind"),
        ),
        (
            SERVERLESS + "resources: {Resources: {Table: {Type: AWS::DynamoDB::Table}}}".replace("AWS::", "'AWS::", 1)
            .replace("::Table}", "::Table'}"),
            ("AWS::DynamoDB::Table",),
        ),
        (SERVERLESS, ()),
    ],
)  # fmt: skip
def test_kinds_that_are_not_judged_are_named_beside_those_that_are(text: str, kinds: tuple[str, ...]) -> None:
    judged = judge(text, REGISTRY)
    assert judged.things
    assert judged.unjudged == kinds
    assert judged.said()["unjudged"] == list(kinds)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is empty"),
        ("a: [", "no YAML"),
        ("- 1", "no mapping"),
        ("hello: world", "no kind that is known"),
        ("!!python/object/apply:os.system ['id']", "no YAML"),
        (SAM, "no YAML"),
        ("x" * 1_000_001, "at most 1,000,000"),
        ("&a {apiVersion: v1, kind: List, items: [*a]}", "aliases and merge keys refer to themselves"),
        (MULTIPLYING.replace("kind: List, items", "kind: Pod, metadata"), "aliases and merge keys refer to themselves"),
        (MULTIPLYING, "aliases and merge keys refer to themselves"),
        ("{apiVersion: apps/v1, kind: Deploymnt, metadata: {name: a}}", "nothing in it was judged: Deploymnt apps/v1"),
        ("{apiVersion: argoproj.io/v1alpha1, kind: Rollout}", "judged: Rollout argoproj.io/v1alpha1; judged are Pod"),
        ("{Resources: {Bucket: {Type: AWS::S3::Bucket}}}".replace("::", "--"), "nothing in it was judged"),
        ("{apiVersion: v1, kind: List, items: []}", "nothing in it was judged"),
    ],
)
def test_what_is_no_manifest_is_said(text: str, problem: str) -> None:
    with pytest.raises(NotAManifest, match=problem):
        judge(text, REGISTRY)
