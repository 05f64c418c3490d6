"""API keys over HTTP: how commands and administrators make and end them while the app has the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, TypeVar

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from metering.api.body import SmallBody
from metering.api.intake import caller_of, intake_of
from metering.api.openapi import BEARER, problems
from metering.api.problems import Problem
from metering.credentials import keys
from metering.credentials.caller import ADMIN, INGEST

router = APIRouter(prefix="/v1/keys", tags=["keys"], route_class=SmallBody)
KeyId = Annotated[str, Path(pattern="^[0-9a-f]{12}$")]
_DAYS = 3650
Made = TypeVar("Made")


class KeyRequest(BaseModel):
    """A key that is wanted."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(min_length=1, max_length=64, pattern=keys.SOURCE)
    scopes: list[str] = Field(default=[INGEST], min_length=1)
    app_ids: list[str] = []
    days: int = Field(default=365, ge=1, le=_DAYS)


class Rotation(BaseModel):
    """How long the old key is good beside its successor, and how long that one lives."""

    model_config = ConfigDict(extra="forbid")

    overlap_hours: int = Field(default=24, ge=0, le=24 * 90)
    days: int = Field(default=365, ge=1, le=_DAYS)


class Key(BaseModel):
    """A key without its secret."""

    key_id: str
    source: str
    scopes: list[str]
    app_ids: list[str]
    valid_from: datetime
    valid_to: datetime


class MadeKey(Key):
    """A new key with its secret: this once, it is kept nowhere."""

    secret: str


@router.get("", responses=problems(401, 403, 503), openapi_extra={"security": BEARER})
async def listed(request: Request) -> list[Key]:
    """List every key, ended ones too."""
    await caller_of(request, ADMIN)
    return [_key(key) for key in await run_in_threadpool(keys.keys, intake_of(request).store)]


@router.post("", status_code=201, responses=problems(400, 401, 403, 413, 422, 503), openapi_extra={"security": BEARER})
async def create(request: Request, asked: KeyRequest) -> MadeKey:
    """Make a key."""
    caller = await caller_of(request, ADMIN)
    store = intake_of(request).store

    def make() -> MadeKey:
        try:
            key, secret = keys.create_key(store, **asked.model_dump(), by=caller.source)
        except ValueError as error:
            raise Problem(422, "bad_key", str(error)) from None
        return MadeKey(**_key(key).model_dump(), secret=secret)

    return await _changing(request, make)


@router.post(
    "/{key_id}/rotate",
    status_code=201,
    responses=problems(400, 401, 403, 404, 413, 422, 503),
    openapi_extra={"security": BEARER},
)
async def rotate(request: Request, key_id: KeyId, asked: Rotation) -> MadeKey:
    """Make a successor of a key; the old one is good for a while yet."""
    caller = await caller_of(request, ADMIN)
    store = intake_of(request).store

    def make() -> MadeKey:
        try:
            key, secret = keys.rotate_key(store, key_id, **asked.model_dump(), by=caller.source)
        except KeyError as error:
            raise Problem(404, "unknown_key", str(error.args[0])) from None
        return MadeKey(**_key(key).model_dump(), secret=secret)

    return await _changing(request, make)


@router.delete(
    "/{key_id}", status_code=204, responses=problems(401, 403, 404, 422, 503), openapi_extra={"security": BEARER}
)
async def revoke(request: Request, key_id: KeyId) -> Response:
    """End a key now."""
    caller = await caller_of(request, ADMIN)
    store = intake_of(request).store

    def make() -> Response:
        try:
            keys.revoke_key(store, key_id, by=caller.source)
        except KeyError as error:
            raise Problem(404, "unknown_key", str(error.args[0])) from None
        return Response(status_code=204)

    return await _changing(request, make)


async def _changing(request: Request, make: Callable[[], Made]) -> Made:
    made = await run_in_threadpool(make)
    intake_of(request).keyring.forget()
    return made


def _key(key: keys.ApiKey) -> Key:
    return Key(
        key_id=key.key_id,
        source=key.source,
        scopes=sorted(key.scopes),
        app_ids=sorted(key.app_ids),
        valid_from=key.valid_from,
        valid_to=key.valid_to,
    )
