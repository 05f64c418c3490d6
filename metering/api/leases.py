"""Leases over HTTP: given to a resource at its creation, renewed while it lives, ended with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from metering.api.body import SmallBody
from metering.api.intake import Intake, caller_of, intake_of
from metering.api.openapi import BEARER, problems
from metering.api.problems import Problem
from metering.credentials import leases
from metering.credentials.caller import INGEST, LEASES, Caller, Lease

router = APIRouter(prefix="/v1/leases", tags=["leases"], route_class=SmallBody)
LeaseId = Annotated[str, Path(pattern="^ls_[0-9a-f]{24}$")]


class LeaseRequest(BaseModel):
    """What a lease is asked for. Its owner is not: the registry says whose the app is."""

    model_config = ConfigDict(extra="forbid")

    resource_id: str = Field(min_length=1, max_length=256)
    app_id: str = Field(min_length=1, max_length=256)
    seconds: int = Field(default=3600, ge=1, le=leases.LONGEST_SECONDS)


class Renewal(BaseModel):
    """How much longer a lease is wanted, from now."""

    model_config = ConfigDict(extra="forbid")

    seconds: int = Field(default=3600, ge=1, le=leases.LONGEST_SECONDS)


class Granted(BaseModel):
    """A lease, and the token that its holder sends events with. Events carry ``lease_id``, never the token."""

    lease_id: str
    resource_id: str
    app_id: str
    valid_from: datetime
    valid_to: datetime
    token: str


@router.post(
    "", status_code=201, responses=problems(400, 401, 403, 404, 413, 422, 503), openapi_extra={"security": BEARER}
)
async def create(request: Request, asked: LeaseRequest) -> Granted:
    """Give a resource a lease. Needs a key with the scope `leases`, for the app."""
    caller = await caller_of(request, LEASES)
    if caller.app_ids and asked.app_id not in caller.app_ids:
        raise Problem(403, "foreign_app", f"{caller.source} may not give leases for app {asked.app_id!r}")
    return await run_in_threadpool(_create, intake_of(request), caller, asked)


@router.post(
    "/{lease_id}/renew", responses=problems(400, 401, 403, 404, 409, 413, 422, 503), openapi_extra={"security": BEARER}
)
async def renew(request: Request, lease_id: LeaseId, asked: Renewal) -> Granted:
    """Go on: by the lease itself, or by a key with the scope `leases`. The answer has a new token of the same lease."""
    lease, caller = await _held(request, lease_id)
    return await run_in_threadpool(_renew, intake_of(request), lease, asked.seconds, caller)


@router.delete(
    "/{lease_id}", status_code=204, responses=problems(401, 403, 404, 409, 422, 503), openapi_extra={"security": BEARER}
)
async def end(request: Request, lease_id: LeaseId) -> Response:
    """End a lease: the resource is gone. What happened before is still taken."""
    lease, caller = await _held(request, lease_id)
    await run_in_threadpool(_end, intake_of(request), lease, caller)
    return Response(status_code=204)


@router.post(
    "/{lease_id}/revoke",
    status_code=204,
    responses=problems(401, 403, 404, 422, 503),
    openapi_extra={"security": BEARER},
)
async def revoke(request: Request, lease_id: LeaseId) -> Response:
    """Make a lease's tokens void at once, for what happened before too. Needs a key with the scope `leases`."""
    caller = await caller_of(request, LEASES)
    lease = await run_in_threadpool(_find, intake_of(request), lease_id, caller)
    await run_in_threadpool(_revoke, intake_of(request), lease, caller)
    return Response(status_code=204)


async def _held(request: Request, lease_id: str) -> tuple[Lease, Caller]:
    caller = await caller_of(request, LEASES, INGEST)
    lease = await run_in_threadpool(_find, intake_of(request), lease_id, caller)
    # A token that is over still brings what happened in its time; the lease itself is out of its hands.
    if caller.lease is not None and caller.lease.valid_to <= datetime.now(UTC) < lease.valid_to:
        text = f"the token was good until {caller.lease.valid_to.isoformat()}: use the one of the last renewal"
        raise Problem(409, "ended_lease", text)
    return lease, caller


def _find(intake: Intake, lease_id: str, caller: Caller) -> Lease:
    """Return a lease that the caller may change. Whose is not theirs is as if it were not there."""
    lease = leases.find(intake.store, lease_id)
    is_own = caller.lease is not None and caller.lease.lease_id == lease_id
    is_given = LEASES in caller.scopes and (not caller.app_ids or (lease and lease.app_id in caller.app_ids))
    if lease is None or not (is_own or is_given):
        raise Problem(404, "unknown_lease", f"no lease {lease_id!r} that {caller.source} may change")
    return lease


def _create(intake: Intake, caller: Caller, asked: LeaseRequest) -> Granted:
    try:
        lease = leases.grant(
            intake.store, resource_id=asked.resource_id, app_id=asked.app_id, seconds=asked.seconds, by=caller.source
        )
    except KeyError as error:
        raise Problem(404, "unknown_app", str(error.args[0])) from None
    return _granted(intake, lease)


def _renew(intake: Intake, lease: Lease, seconds: int, caller: Caller) -> Granted:
    try:
        return _granted(intake, leases.renew(intake.store, lease, seconds=seconds, by=caller.source))
    except leases.LeaseEnded as error:
        raise Problem(409, "ended_lease", str(error)) from None
    except KeyError as error:
        raise Problem(404, "unknown_app", str(error.args[0])) from None


def _end(intake: Intake, lease: Lease, caller: Caller) -> None:
    intake.keyring.put(leases.end(intake.store, lease, by=caller.source))


def _revoke(intake: Intake, lease: Lease, caller: Caller) -> None:
    intake.keyring.put(leases.revoke(intake.store, lease, by=caller.source))


def _granted(intake: Intake, lease: Lease) -> Granted:
    owned = leases.owner(intake.store, lease.app_id)
    intake.keyring.put(lease)
    return Granted(
        lease_id=lease.lease_id,
        resource_id=lease.resource_id,
        app_id=lease.app_id,
        valid_from=lease.valid_from,
        valid_to=lease.valid_to,
        token=leases.token(intake.keyring.signing, lease, owned),
    )
