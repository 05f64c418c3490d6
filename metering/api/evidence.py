"""``POST /v1/evidence``: records of whose a resource was, from those who run deploys and control planes."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from metering.api.body import NDJSON, media_type, read_body
from metering.api.intake import Intake, caller_of, intake_of
from metering.api.openapi import BEARER, problems
from metering.api.problems import Problem
from metering.credentials.caller import ADMIN
from metering.json_texts import TooManyValues, require_few_values
from metering.reconcile.evidence import note, read_evidence

router = APIRouter(prefix="/v1", tags=["reconciliation"])
MOST_RECORDS = 20_000
_EXAMPLE = (
    '{"kind": "deploy", "resource_id": "pod/apps/chat-7f9c", "app_id": "chat", "starts_at": "2026-01-05T11:00:00Z", '
    '"reference": "4c1e77a"}\n'
)
_LINES = {
    "security": BEARER,
    "requestBody": {"required": True, "content": {NDJSON[0]: {"schema": {"type": "string"}, "example": _EXAMPLE}}},
}


class Noted(BaseModel):
    """What became of the records: all are kept, ``news`` of them were not known, or say more than before."""

    records: int = Field(ge=0)
    news: int = Field(ge=0)


@router.post("/evidence", responses=problems(400, 401, 403, 413, 415, 422, 503), openapi_extra=_LINES)
async def post_evidence(request: Request) -> Noted:
    """Take evidence, a record a line: all of it, or none if a line is no evidence. Needs the scope `admin`.

    Sure evidence gives usage to an app by itself, so this is nothing for exporters.
    """
    await caller_of(request, ADMIN)
    media_type(request, *NDJSON)
    return await run_in_threadpool(_note, intake_of(request), await read_body(request))


def _note(intake: Intake, body: bytes) -> Noted:
    if body.count(b"\n") > MOST_RECORDS:
        raise Problem(413, "too_many_records", f"more than {MOST_RECORDS:,} lines in one request")
    try:
        require_few_values(body)
        records = read_evidence(body, name="line")
    except TooManyValues as error:
        raise Problem(413, "too_many_values", str(error)) from None
    except ValueError as error:
        raise Problem(422, "no_evidence", str(error)) from None
    return Noted(records=len(records), news=note(intake.store, records))
