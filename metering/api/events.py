"""``POST /v1/events``: events in, stored, answered one by one."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pyarrow as pa
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from metering.api import body
from metering.api.intake import Intake, caller_of, intake_of
from metering.api.problems import Problem
from metering.arrivals import Arrivals, decode_arrivals
from metering.credentials.caller import INGEST, Caller
from metering.writer import Full, NotStored, Outcomes

router = APIRouter()
TAKEN = (body.JSON, *body.NDJSON)


@router.post("/v1/events", status_code=202)
async def post_events(request: Request) -> Response:
    """Take events; 202 when each of them is stored, a duplicate, or in quarantine."""
    intake = intake_of(request)
    caller = caller_of(request, INGEST)
    kind = body.media_type(request, TAKEN)
    sent = await body.read_body(request)
    texts = body.lines(sent) if kind in body.NDJSON else body.members(sent)
    arrivals = decode_arrivals(texts)
    return await store(intake, caller, arrivals)


async def store(intake: Intake, caller: Caller, arrivals: Arrivals) -> Response:
    """Hand over a request's events, wait until they are stored, and say what became of them."""
    try:
        waiting = intake.writer.submit(_named(arrivals, caller), is_authenticated=caller.is_authenticated)
        outcomes = await asyncio.wrap_future(waiting)
    except Full as error:
        raise Problem(503, "queue_full", str(error), headers={"Retry-After": "2"}) from error
    except NotStored as error:
        raise Problem(503, "not_stored", str(error), headers={"Retry-After": "5"}) from error
    return Response(json.dumps(told(arrivals, outcomes)), 202, media_type="application/json")


def told(arrivals: Arrivals, outcomes: Outcomes) -> dict[str, Any]:
    """Return the answer: counts of events, and every event that was not simply accepted."""
    results = [{"index": place, "status": "duplicate", "reason": "", "detail": ""} for place in outcomes.duplicates]
    for status, odd in (("quarantined", outcomes.quarantined), ("rejected", arrivals.refused)):
        results += [
            {"index": place, "status": status, "reason": reason, "detail": detail}
            for place, (reason, detail) in odd.items()
        ]
    return {
        "accepted": arrivals.events - len(results),
        "duplicates": len(outcomes.duplicates),
        "quarantined": len(outcomes.quarantined),
        "rejected": len(arrivals.refused),
        "results": sorted(results, key=lambda result: result["index"]),
    }


def _named(arrivals: Arrivals, caller: Caller) -> Arrivals:
    staged = {}
    for name, table in arrivals.staged.items():
        place = table.column_names.index("source")
        staged[name] = table.set_column(place, "source", pa.array([caller.source] * table.num_rows))
    return Arrivals(events=arrivals.events, staged=staged, refused=arrivals.refused)
