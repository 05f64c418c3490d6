"""``POST /otlp/v1/traces``: OpenTelemetry's protocol over HTTP, protobuf or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import APIRouter
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTracePartialSuccess,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Status
from starlette.requests import Request
from starlette.responses import Response

from metering.api import body
from metering.api.openapi import TRACES
from metering.api.problems import Problem
from metering.api.taking import take
from metering.arrivals import Arrivals, arrivals
from metering.credentials.caller import Caller
from metering.json_texts import Read
from metering.otlp import events_of_json, events_of_protobuf

router = APIRouter()
_LONGEST = 1_000


@router.post("/otlp/v1/traces", **TRACES)
async def post_traces(request: Request) -> Response:
    """Take the LLM calls among the spans, with their tokens; other spans are not kept.

    `partialSuccess` counts the calls that were not taken: in quarantine, or refused.
    """
    request.state.render = partial(_failed, body.PROTOBUF)
    kind = body.media_type(request, body.PROTOBUF, body.JSON)
    request.state.render = partial(_failed, kind)
    return await take(request, partial(_decoded, kind), partial(_answered, kind))


def _decoded(kind: str, sent: bytes, caller: Caller) -> Arrivals:
    events_of = events_of_protobuf if kind == body.PROTOBUF else events_of_json
    # A lease says which resource it is; what the spans call it is another name for it.
    events = events_of(sent, names_resource=caller.lease is None)
    return arrivals([Read(event, "") for event in events])


def _answered(kind: str, told: Mapping[str, Any]) -> Response:
    rejected = told["quarantined"] + told["rejected"]
    odd = [result for result in told["results"] if result["status"] not in ("duplicate", "accepted")]
    text = f"{odd[0]['reason']}: {odd[0]['detail']}"[:_LONGEST] if odd else ""
    if kind == body.JSON:
        partly = {"partialSuccess": {"rejectedSpans": str(rejected), "errorMessage": text}} if rejected else {}
        return Response(json.dumps(partly), 200, media_type=body.JSON)
    success = ExportTracePartialSuccess(rejected_spans=rejected, error_message=text) if rejected else None
    return Response(ExportTraceServiceResponse(partial_success=success).SerializeToString(), 200, media_type=kind)


def _failed(kind: str, problem: Problem) -> Response:
    """A google.rpc.Status, as the protocol wants it."""
    if kind == body.JSON:
        content = json.dumps({"message": problem.detail}).encode()
    else:
        # Its message has the same number in the status of a span, of which we have the code.
        content = Status(message=problem.detail).SerializeToString()
    return Response(content, problem.status, problem.headers, kind)
