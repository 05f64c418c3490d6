"""``POST /v1/registry``: cost centers, teams, apps and owners of resources, recorded while the app has the store."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from metering.api.body import JSON, media_type, read_body
from metering.api.intake import Intake, caller_of, intake_of
from metering.api.openapi import BEARER, problems
from metering.api.problems import Problem
from metering.credentials.caller import ADMIN, LOCAL, Caller
from metering.json_texts import NotJson, TooManyValues, value_of
from metering.registry import SECTIONS, register

router = APIRouter(prefix="/v1", tags=["registry"])
_LONGEST_NAME = 256
_SECTION = {"type": "object", "additionalProperties": {"type": ["object", "array"]}}
_BODY = {
    "security": BEARER,
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {
                    "type": "object",
                    "properties": {"by": {"type": "string"}, **dict.fromkeys(SECTIONS, _SECTION)},
                    "additionalProperties": False,
                },
                "example": {"by": "ada", "apps": {"query-explainer": {"team": "search", "environment": "production"}}},
            }
        },
    },
}


class Recorded(BaseModel):
    """How many rows were new, by section; what is known already is no news."""

    news: dict[str, int]


@router.post("/registry", responses=problems(400, 401, 403, 413, 415, 422, 503), openapi_extra=_BODY)
async def post_registry(request: Request) -> Recorded:
    """Record a registry, or a part of one: all of it, or nothing if an entry is wrong. Needs the scope `admin`.

    It says what a file of `farthing registry load` says, with the same sections; `by` is who says so.
    """
    caller = await caller_of(request, ADMIN)
    media_type(request, JSON)
    return await run_in_threadpool(_record, intake_of(request), caller, await read_body(request))


def _record(intake: Intake, caller: Caller, body: bytes) -> Recorded:
    try:
        said = value_of(body)
    except NotJson as error:
        raise Problem(400, "not_json", str(error)) from None
    except TooManyValues as error:
        raise Problem(413, "too_many_values", str(error)) from None
    by = _person(said, caller)
    try:
        content = {name: value for name, value in said.items() if name != "by"} if isinstance(said, dict) else said
        return Recorded(news=register(intake.store, content, by=by))
    except ValueError as error:
        raise Problem(422, "bad_registry", str(error)) from None


def _person(said: Any, caller: Caller) -> str:
    """Who is kept as the one who says so: a key behind a person's name, but for commands, who had the store itself."""
    by = said.get("by", "") if isinstance(said, dict) else ""
    if not isinstance(by, str) or not by.isprintable() or len(by) > _LONGEST_NAME:
        raise Problem(422, "bad_registry", f"by is a name of at most {_LONGEST_NAME} printable characters")
    if caller is LOCAL and by:
        return by
    return f"{by} ({caller.source})" if by else caller.source
