"""AdmissionReview v1: may this object be made?

``deny`` refuses what does not say whose it is. ``warn-and-default`` lets it in, books it on the default cost center,
warns whoever makes it, and marks it to be reconciled within a day. Either way the answer changes nothing by itself:
what was admitted is evidence, which is kept unless the cluster only tries (``dryRun``).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from metering.admission.identity import Declared, Fault, Registry, faults
from metering.admission.kubernetes import PREFIX, Carrier, carriers, is_ending, resource_of

Profile = Literal["deny", "warn-and-default"]
PROFILES: tuple[Profile, ...] = ("deny", "warn-and-default")
API_VERSION = "admission.k8s.io/v1"
RECONCILE_HOURS = 24
JUDGED = ("CREATE", "UPDATE")
_LONGEST_NAME = 256
_MOST_WARNINGS, _LONGEST_WARNING = 20, 240  # a cluster cuts what is longer (4,096 characters in all)


class NotAReview(ValueError):
    """A body that is no AdmissionReview v1; the message says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """An object that was let in: what speaks for whose it is."""

    uid: str
    resource_id: str
    is_prefix: bool
    declared: Declared
    reconcile_by: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """The answer, and what was admitted (None: nothing that runs, refused, or only tried)."""

    answer: dict[str, Any]
    admission: Admission | None
    faults: tuple[Fault, ...]


def review(body: Any, registry: Registry, profile: Profile, *, default_center: str, now: datetime) -> Reviewed:
    """Judge one AdmissionReview.

    Raises:
        NotAReview: the body is none.

    """
    request = _request(body)
    thing = request.get("object")
    if request["operation"] not in JUDGED or not isinstance(thing, Mapping):
        return _admitted(request, (), None)
    # The cluster alone says that something ends, and only of what there is: a new thing may say it as it likes.
    if request["operation"] == "UPDATE" and is_ending(thing):
        return _admitted(request, (), None)
    user = request.get("userInfo")
    username = str(user.get("username") or "") if isinstance(user, Mapping) else ""
    places = list(carriers({**_kind(request), **thing}, username=username))
    wrong = _distinct(fault for place in places for fault in faults(place.declared, registry))
    if not wrong:
        return _admitted(request, (), _admission(request, thing, places, None))
    if profile == "deny":
        return _denied(request, wrong)
    due = now + timedelta(hours=RECONCILE_HOURS)
    patch = [step for place in places for step in _defaults(place, registry, default_center, due)]
    return _admitted(request, wrong, _admission(request, thing, places, due), patch=patch)


def _request(body: Any) -> Mapping[str, Any]:
    if not isinstance(body, Mapping) or body.get("kind") != "AdmissionReview" or body.get("apiVersion") != API_VERSION:
        raise NotAReview(f"the body is no AdmissionReview of {API_VERSION}")
    request = body.get("request")
    if not isinstance(request, Mapping):
        raise NotAReview("the review has no request")
    for name in ("uid", "operation"):
        if not isinstance(request.get(name), str) or not request[name]:
            raise NotAReview(f"the request has no {name}")
        if len(request[name]) > _LONGEST_NAME:
            raise NotAReview(f"the {name} of the request has more than {_LONGEST_NAME} characters")
    return request


def _kind(request: Mapping[str, Any]) -> dict[str, Any]:
    said = request.get("kind")
    if not isinstance(said, Mapping):
        return {}
    group, version = str(said.get("group") or ""), str(said.get("version") or "")
    return {"kind": said.get("kind"), "apiVersion": f"{group}/{version}" if group else version}


def _admission(
    request: Mapping[str, Any], thing: Mapping[str, Any], places: list[Carrier], due: datetime | None
) -> Admission | None:
    if not places or request.get("dryRun") or request["operation"] != "CREATE":
        return None
    named = resource_of({**_kind(request), **thing}, str(request.get("namespace") or ""))
    if named is None:
        return None
    resource, is_prefix = named
    return Admission(
        uid=request["uid"],
        resource_id=resource,
        is_prefix=is_prefix,
        declared=places[-1].declared,
        reconcile_by=due,
    )


def _defaults(place: Carrier, registry: Registry, center: str, due: datetime) -> list[dict[str, Any]]:
    """The JSON Patch that books an object on the default cost center and says until when that is looked at."""
    steps: list[dict[str, Any]] = []
    if not place.is_there:
        return steps  # nothing can be added to what is not there; the cluster refuses the object
    wrong = {fault.field for fault in faults(place.declared, registry)}
    if wrong and not place.has_metadata:
        steps.append({"op": "add", "path": place.path, "value": {}})
    if wrong & {"app_id", "team_id", "cost_center"}:
        if not place.has_labels:
            steps.append({"op": "add", "path": f"{place.path}/labels", "value": {}})
        steps.append({"op": "add", "path": f"{place.path}/labels/cost_center", "value": center})
    if wrong:
        if not place.has_annotations:
            steps.append({"op": "add", "path": f"{place.path}/annotations", "value": {}})
        name = f"{PREFIX}reconcile-by".replace("/", "~1")
        steps.append({"op": "add", "path": f"{place.path}/annotations/{name}", "value": f"{due:%Y-%m-%dT%H:%M:%SZ}"})
    return steps


def _admitted(
    request: Mapping[str, Any],
    wrong: tuple[Fault, ...],
    admission: Admission | None,
    *,
    patch: list[dict[str, Any]] | None = None,
) -> Reviewed:
    response: dict[str, Any] = {"uid": request["uid"], "allowed": True}
    if wrong:
        response["warnings"] = [str(fault)[:_LONGEST_WARNING] for fault in wrong][:_MOST_WARNINGS]
    if patch:
        response["patchType"] = "JSONPatch"
        response["patch"] = base64.b64encode(json.dumps(patch).encode()).decode()
    return Reviewed(answer=_review(response), admission=admission, faults=wrong)


def _denied(request: Mapping[str, Any], wrong: tuple[Fault, ...]) -> Reviewed:
    message = "; ".join(map(str, wrong))
    response = {"uid": request["uid"], "allowed": False, "status": {"code": 403, "message": message}}
    return Reviewed(answer=_review(response), admission=None, faults=wrong)


def _review(response: dict[str, Any]) -> dict[str, Any]:
    return {"apiVersion": API_VERSION, "kind": "AdmissionReview", "response": response}


def _distinct(found: Any) -> tuple[Fault, ...]:
    return tuple(dict.fromkeys(found))
