"""Objects of a cluster: what their labels and annotations say, and which of them run something.

A workload says it twice: of itself, and in the template of its pods, which is what runs and is metered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from metering.admission.identity import Declared

PREFIX = "farthing.io/"
SHORTEST_PREFIX = 4  # characters: less is the beginning of too much
LONGEST_NAME = 253  # of Kubernetes
CREATED_BY = ("created_by", f"{PREFIX}created-by")
# Where the pods' template is, by kind; a pod is its own.
TEMPLATES = {
    "Pod": (),
    "Deployment": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    "Service.serving.knative.dev": ("spec", "template"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A place of an object that carries labels: its path (as JSON Patch has it) and what it says.

    ``is_there`` is whether the object has what the place is of: a template may be missing altogether.
    """

    path: str
    declared: Declared
    is_there: bool
    has_metadata: bool
    has_labels: bool
    has_annotations: bool


def kind_of(thing: Mapping[str, Any]) -> str:
    """Return an object's kind, with its group where another group has a kind of the same name."""
    kind, group = str(thing.get("kind") or ""), str(thing.get("apiVersion") or "").partition("/")[0]
    return f"{kind}.{group}" if group == "serving.knative.dev" else kind


def carriers(thing: Mapping[str, Any], *, username: str = "") -> Iterator[Carrier]:
    """Give the places of an object that must say whose it is; none for a kind that runs nothing.

    ``username`` is who asked the cluster for it. It knows better than an annotation who a person is; of what its own
    controllers make it knows only the controller.
    """
    path = TEMPLATES.get(kind_of(thing))
    if path is None:
        return
    yield _carrier(thing, "", username)
    if path:
        template: Any = thing
        for step in path:
            template = template.get(step) if isinstance(template, Mapping) else None
        yield _carrier(template, "/" + "/".join(path), username)


def is_ending(thing: Mapping[str, Any]) -> bool:
    """Whether an object is being deleted: its finalizers must go, whatever it says of itself."""
    return bool(_mapping(thing.get("metadata")).get("deletionTimestamp"))


def resource_of(thing: Mapping[str, Any], namespace: str) -> tuple[str, bool] | None:
    """Return the resource id of an object, and whether it is only the beginning: the cluster completes some names.

    None where it names no object: without a name, or by too short a beginning of one.
    """
    metadata = _mapping(thing.get("metadata"))
    name, begins = str(metadata.get("name") or ""), str(metadata.get("generateName") or "")
    where = namespace or str(metadata.get("namespace") or "default")
    kind = str(thing.get("kind") or "").lower()
    if not (1 if name else SHORTEST_PREFIX) <= len(name or begins) <= LONGEST_NAME:
        return None
    return f"{kind}/{where}/{name or begins}", not name


def _carrier(thing: Any, path: str, username: str) -> Carrier:
    held = _mapping(thing).get("metadata")
    metadata = _mapping(held)
    labels, annotations = _mapping(metadata.get("labels")), _mapping(metadata.get("annotations"))

    def said(name: str) -> str:
        return str(labels.get(name) or labels.get(PREFIX + name.replace("_", "-")) or "")

    created_by = next((str(annotations[name]) for name in CREATED_BY if annotations.get(name)), "")
    label = said("created_by")
    return Carrier(
        path=f"{path}/metadata",
        is_there=isinstance(thing, Mapping),
        has_metadata=isinstance(held, Mapping),
        has_labels=bool(labels),
        has_annotations=bool(annotations),
        declared=Declared(
            app_id=said("app_id"),
            team_id=said("team_id"),
            cost_center=said("cost_center"),
            lifecycle=said("lifecycle"),
            environment=said("environment"),
            created_by=_creator(username, created_by or label),
            created_by_label=label,
        ),
    )


def _creator(username: str, annotated: str) -> str:
    is_person = bool(username) and not username.startswith("system:")
    return username if is_person else annotated or username


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
