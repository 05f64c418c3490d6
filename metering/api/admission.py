"""Identity at creation over HTTP: reviews of a cluster, and manifests of deploys."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from config.settings import settings
from metering.admission.documents import NotAManifest
from metering.admission.manifests import judge
from metering.admission.review import NotAReview, Profile, review
from metering.api.body import JSON, media_type, read_body
from metering.api.intake import Intake, caller_of, intake_of
from metering.api.openapi import BEARER, problems
from metering.api.problems import Problem
from metering.credentials.caller import ADMIT, Caller
from metering.json_texts import NotJson, TooManyValues, value_of
from metering.reconcile.evidence import note, of_admission

router = APIRouter(prefix="/v1", tags=["admission"])


class Manifest(BaseModel):
    """A manifest as a text: YAML or JSON, one document or several."""

    model_config = ConfigDict(extra="forbid")

    manifest: str = Field(min_length=1, max_length=1_000_000)


class FaultSaid(BaseModel):
    """One thing that is wrong, and how to mend it."""

    field: str
    value: str
    problem: str
    fix: str


class ThingSaid(BaseModel):
    """One thing that the manifest makes."""

    name: str
    app_id: str
    team_id: str
    cost_center: str
    faults: list[FaultSaid]


class Verdict(BaseModel):
    """Whether everything says whose it is."""

    valid: bool
    things: list[ThingSaid]
    unjudged: list[str] = Field(description="Kinds in it that run nothing that we know, and are not judged")


_SAID = problems(400, 401, 403, 413, 415, 422, 503)
_REVIEW = {
    "security": BEARER,
    "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}},
}
_MANIFEST = {
    "security": BEARER,
    "requestBody": {"required": True, "content": {"application/json": {"schema": Manifest.model_json_schema()}}},
}


@router.post("/admission", responses=_SAID, openapi_extra=_REVIEW)
async def admission(request: Request, profile: Annotated[Profile, Query()] = "deny") -> dict[str, Any]:
    """Judge an AdmissionReview v1 of a cluster. Needs a key with the scope `admit`."""
    said, caller = await _said(request)
    return await run_in_threadpool(_review, intake_of(request), caller, said, profile)


@router.post("/manifests/validate", responses=_SAID, openapi_extra=_MANIFEST)
async def validate(request: Request) -> Verdict:
    """Check whose what a manifest makes is, before it is deployed. Needs a key with the scope `admit`."""
    said, _ = await _said(request)
    try:
        manifest = Manifest.model_validate(said)
    except ValidationError as error:
        raise Problem(422, "no_manifest", "; ".join(part["msg"] for part in error.errors())) from None
    return await run_in_threadpool(_verdict, intake_of(request), manifest.manifest)


async def _said(request: Request) -> tuple[Any, Caller]:
    """Return the JSON of the body and who sends it: who they are first, so that nobody else's body is read."""
    caller = await caller_of(request, ADMIT)
    media_type(request, JSON)
    body = await read_body(request)
    try:
        return value_of(body), caller
    except TooManyValues as error:
        raise Problem(413, "too_many_values", str(error)) from None
    except NotJson as error:
        raise Problem(400, "no_json", f"the body {error}") from None


def _review(intake: Intake, caller: Caller, said: Any, profile: Profile) -> dict[str, Any]:
    now = datetime.now(UTC)
    center = settings().default_cost_center
    try:
        reviewed = review(said, intake.registry.now(), profile, default_center=center, now=now)
    except NotAReview as error:
        raise Problem(400, "no_review", str(error)) from None
    if reviewed.admission is not None:
        note(intake.store, [of_admission(reviewed.admission, at=now, source=caller.source)])
    return reviewed.answer


def _verdict(intake: Intake, text: str) -> Verdict:
    try:
        judged = judge(text, intake.registry.now())
    except NotAManifest as error:
        raise Problem(422, "no_manifest", str(error)) from None
    return Verdict.model_validate(judged.said())
