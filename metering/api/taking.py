"""What every route that takes events does with them: vouch, limit, store, answer event by event."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from metering.api.body import read_body
from metering.api.intake import Intake, caller_of, intake_of
from metering.api.problems import Problem
from metering.arrivals import Arrivals
from metering.credentials.caller import INGEST, Caller
from metering.credentials.vouching import vouched
from metering.json_texts import NotJson, TooManyEvents, TooManyValues
from metering.texts import writable
from metering.writer import Full, NotStored, Outcomes

MOST_EVENTS = 20_000
_SMALL = 16_384  # bytes that are decoded at once: a thread would cost more

Decode = Callable[[bytes, Caller], Arrivals]
Answer = Callable[[Mapping[str, Any]], Response]


def as_json(said: Mapping[str, Any]) -> Response:
    """Return the usual answer."""
    return Response(json.dumps(said), 202, media_type="application/json")


async def take(request: Request, decode: Decode, answer: Answer = as_json) -> Response:
    """Take the events of a request, and answer when each of them is stored, refused, or known already.

    Raises:
        Problem: whatever keeps all of them out.

    """
    intake = intake_of(request)
    caller = await caller_of(request, INGEST)
    body = await read_body(request)

    async def answered() -> Response:
        small = len(body) <= _SMALL
        arrivals = (
            _decoded(intake, caller, decode, body)
            if small
            else await run_in_threadpool(_decoded, intake, caller, decode, body)
        )
        headers = intake.limit.spend(caller.source, arrivals.events)
        told = await _stored(intake, caller, arrivals)
        made = answer(told)
        made.headers.update(headers)
        return made

    return await intake.answers.once(request, caller.source, body, answered)


def _decoded(intake: Intake, caller: Caller, decode: Decode, body: bytes) -> Arrivals:
    try:
        arrivals = decode(body, caller)
    except NotJson as error:
        raise Problem(400, "not_json", str(error)) from None
    except TooManyEvents as error:
        raise Problem(413, "too_many_events", str(error)) from None
    except TooManyValues as error:
        raise Problem(413, "too_many_values", str(error)) from None
    if arrivals.events > MOST_EVENTS:  # of the formats that are read whole
        raise Problem(413, "too_many_events", f"more than {MOST_EVENTS:,} events in one request")
    return vouched(arrivals, caller, intake.keyring.lease)


async def _stored(intake: Intake, caller: Caller, arrivals: Arrivals) -> dict[str, Any]:
    if arrivals.refused and len(arrivals.refused) == arrivals.events:
        raise _nothing_taken(arrivals)
    try:
        waiting = intake.writer.submit(arrivals, is_authenticated=caller.is_authenticated)
        outcomes = await asyncio.shield(asyncio.wrap_future(waiting))
    except Full as error:
        raise Problem(503, "queue_full", str(error), headers={"Retry-After": "2"}) from error
    except NotStored as error:
        raise Problem(503, "not_stored", str(error), headers={"Retry-After": "5"}) from error
    for reason, detail in arrivals.refused.values():
        intake.writer.refusals.note(caller.source, reason, detail, events=1)
    return _told(arrivals, outcomes)


def _nothing_taken(arrivals: Arrivals) -> Problem:
    """A request of which nothing may be taken: too large, or foreign to its credential."""
    reason, detail = arrivals.refused[min(arrivals.refused)]
    status = 413 if reason == "event_too_large" else 403
    return Problem(
        status,
        reason,
        detail,
        events=arrivals.events,
        extension={
            "accepted": 0,
            "duplicates": 0,
            "quarantined": 0,
            "rejected": arrivals.events,
            "results": _results("rejected", arrivals.refused),
        },
    )


def _told(arrivals: Arrivals, outcomes: Outcomes) -> dict[str, Any]:
    """Return the counts of events, and every event that was not simply accepted."""
    partly = outcomes.parts.keys() - outcomes.quarantined.keys()
    odd = [
        *_results("duplicate", dict.fromkeys(outcomes.duplicates, ("", ""))),
        *_results("quarantined", outcomes.quarantined),
        *_results("rejected", arrivals.refused),
    ]
    results = [*odd, *_results("accepted", dict.fromkeys(partly, ("", "some of its meters were stored before")))]
    for result in results:
        if parts := outcomes.parts.get(result["index"]):
            result["meters"] = parts
            if result["status"] == "quarantined":
                result["detail"] += f" ({', '.join(f'{meter}: {fate}' for meter, fate in sorted(parts.items()))})"
    return {
        "accepted": arrivals.events - len(odd),
        "duplicates": len(outcomes.duplicates),
        "quarantined": len(outcomes.quarantined),
        "rejected": len(arrivals.refused),
        "results": sorted(results, key=lambda result: result["index"]),
    }


def _results(status: str, odd: Mapping[int, tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"index": place, "status": status, "reason": reason, "detail": writable(detail)}
        for place, (reason, detail) in odd.items()
    ]
