"""``POST /v1/events`` and ``POST /v1/meter``: usage in; ``GET /v1/events/{id}``: what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from metering.api import body
from metering.api.intake import caller_of, intake_of
from metering.api.openapi import EVENTS, METER, SEEN
from metering.api.problems import Problem
from metering.api.taking import MOST_EVENTS, as_json, take
from metering.arrivals import MOST_EVENT_CHARACTERS, Arrivals, arrivals, plain_arrivals
from metering.cloudevents import from_cloudevent, is_cloudevent
from metering.credentials.caller import INGEST, READ, Caller
from metering.json_columns import columns_of, columns_of_lines
from metering.json_texts import events_of, events_of_lines
from metering.plain import from_plain, named
from metering.seen import seen

router = APIRouter()
_TAKEN = (body.JSON, *body.NDJSON, body.CLOUDEVENT, body.CLOUDEVENTS)


@router.post("/v1/events", **EVENTS)
async def post_events(request: Request) -> Response:
    """Take events; the answer comes when each of them is stored, a duplicate, in quarantine, or rejected.

    CloudEvents are answered as OpenMeter's clients expect, 204, where nothing has to be said about any of them
    (`Prefer: return=representation` asks for the 202 all the same).
    """
    if "ce-specversion" in request.headers:
        text = "CloudEvents in binary mode (ce-* headers) are not taken: send the event whole, as application/json"
        raise Problem(415, "binary_cloudevent", f"{text} or {body.CLOUDEVENT}")
    kind = body.media_type(request, *_TAKEN)
    if kind in body.NDJSON:
        return await take(request, _lines)
    is_known = kind in (body.CLOUDEVENT, body.CLOUDEVENTS)
    shapes = _Shapes(is_cloudevents=is_known)
    wants_all = "return=representation" in request.headers.get("prefer", "")

    def answer(told: Mapping[str, Any]) -> Response:
        return _brief(told) if shapes.is_cloudevents and not wants_all else as_json(told)

    return await take(request, shapes.decode, answer)


@router.post("/v1/meter", **METER)
@router.post("/meter", **METER)
async def post_meter(request: Request) -> Response:
    """Take one call as its app would say it: app, model, tokens, duration, instance."""
    body.media_type(request, body.JSON)
    shape, key = partial(from_plain, now=_now()), request.headers.get("idempotency-key", "")
    return await take(request, lambda sent, _: arrivals(named(events_of(sent, most=MOST_EVENTS), key), shape))


@router.get("/v1/events/{event_id:path}", **SEEN)
async def get_event(request: Request, event_id: str) -> Response:
    """Look up what the store has of an event: its rows, and what of it is in quarantine."""
    caller = await caller_of(request, READ, INGEST)
    sees_all = READ in caller.scopes and not caller.app_ids
    source = "" if sees_all else caller.source
    found = await run_in_threadpool(seen, intake_of(request).store, event_id, source)
    if found is None:
        raise Problem(404, "unknown_event", f"no event {event_id!r} is known from a source that you may see")
    return JSONResponse(found)


def _lines(sent: bytes, _: Caller) -> Arrivals:
    if (columns := columns_of_lines(sent, longest=MOST_EVENT_CHARACTERS, most=MOST_EVENTS)) is not None:
        return plain_arrivals(columns)
    return arrivals(events_of_lines(sent, most=MOST_EVENTS))


class _Shapes:
    """Decodes JSON; what calls itself a CloudEvent is one, whatever its media type says."""

    def __init__(self, *, is_cloudevents: bool) -> None:
        self.is_cloudevents = is_cloudevents

    def decode(self, sent: bytes, _: Caller) -> Arrivals:
        if (
            not self.is_cloudevents
            and (columns := columns_of(sent, longest=MOST_EVENT_CHARACTERS, most=MOST_EVENTS)) is not None
        ):
            return plain_arrivals(columns)
        reads = events_of(sent, most=MOST_EVENTS)
        if reads and all(is_cloudevent(read.value) for read in reads):
            self.is_cloudevents = True
        return arrivals(reads, partial(from_cloudevent, now=_now()) if self.is_cloudevents else None)


def _brief(told: Mapping[str, Any]) -> Response:
    return as_json(told) if told["quarantined"] or told["rejected"] else Response(status_code=204)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
