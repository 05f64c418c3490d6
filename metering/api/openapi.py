"""What the OpenAPI document says of routes that read their bodies themselves."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from metering.api import body
from metering.event_types import EVENT_TYPES

BEARER = [{"bearer": list[str]()}]
SECURITY_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "An API key (`farthing keys create NAME`) or a lease"}
}


class Result(BaseModel):
    """What became of one event."""

    index: int = Field(ge=0, description="Its place in the body, from 0")
    status: Literal["accepted", "duplicate", "quarantined", "rejected"]
    reason: str = Field(description="A word to act on: conflict, too_old, unknown_meter, foreign_app, …")
    detail: str
    meters: dict[str, Literal["accepted", "duplicate", "quarantined"]] = Field(
        default={}, description="Of an event whose meters met different fates: each one's; `accepted` ones are stored"
    )


class Told(BaseModel):
    """What became of the events of a request: accepted + duplicates + quarantined + rejected = events in the body."""

    accepted: int = Field(ge=0, description="Stored now")
    duplicates: int = Field(ge=0, description="Stored before; counted once")
    quarantined: int = Field(ge=0, description="Kept with the reason; an operator may mend and replay them")
    rejected: int = Field(ge=0, description="Not kept: too large, or contradicting the credential")
    results: list[Result] = Field(description="Every event that was not simply accepted, by index")


class ProblemDetails(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    reason: str = Field(description="The word under which it is counted")


class Seen(BaseModel):
    """What the store has of an event."""

    event_id: str
    stored: list[dict[str, Any]]
    quarantined: list[dict[str, Any]]


_SAID = {
    400: "The body is not what it says it is",
    401: "No credential, or not one in force",
    403: "The credential is for something else: another app, another resource, another scope",
    404: "Nothing of that name is known to whoever asks",
    409: "Not now: the same request is still at work, or the lease is over",
    413: "Too large, as sent or decompressed; or an event of more than 65,536 characters",
    415: "A media type or an encoding that is not taken",
    422: "The body lacks something; or its Idempotency-Key was used for another body",
    429: "More events in a minute than the credential may send: see Retry-After",
    503: "Not stored, so not acknowledged: send the same again, after Retry-After",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the answers other than success."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return {
        status: {
            "description": _SAID[status],
            "content": content,
            **({"headers": {"Retry-After": _header("integer", "Seconds to wait")}} if status in (429, 503) else {}),
        }
        for status in statuses
    }


def _header(kind: str, text: str) -> dict[str, Any]:
    return {"description": text, "schema": {"type": kind}}


_LIMIT_HEADERS = {
    "RateLimit-Policy": _header("string", "Events a minute that the credential may send"),
    "RateLimit": _header("string", "How many are left, and the seconds until there are more"),
}
_TELLS = {
    "description": "Every event is stored, was stored before, is in quarantine, or is rejected as the results say",
    "model": Told,
    "headers": _LIMIT_HEADERS,
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "description": "The same key with the same body gets the same answer for 24 hours; with another body, 422",
}
_ENCODING = {
    "name": "Content-Encoding",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "enum": ["identity"]},
    "description": "gzip or zstd",
}
_EXAMPLE = {
    "event_id": "01928f7e-5c1a-7e1b-9a52-3f1f5c0a7d11",
    "time": "2026-01-05T12:00:00.000Z",
    "resource_id": "summarizer-7f9c",
    "provider": "openai",
    "model": "gpt-4o",
    "quantities": {"requests": 1, "input_tokens": 1200, "output_tokens": 300},
}
_CLOUDEVENT = {
    "specversion": "1.0",
    "type": "tokens",
    "id": "00001",
    "source": "chat",
    "subject": "summarizer-7f9c",
    "data": {"prompt_tokens": 5, "completion_tokens": 10, "model": "gpt-4o", "provider": "openai"},
}


_SCALARS = ["string", "number", "boolean", "object", "null"]


def event_schemas() -> dict[str, Any]:
    """Return the schema of each type of canonical event: what it may say. The door says what it must."""
    types: dict[str, Any] = {}
    for name, kind in EVENT_TYPES.items():
        fields: dict[str, Any] = {
            field: {"type": ["string", "number", "boolean", "object", "null"]} for field in kind.staged
        }
        fields |= {"event_id": {"type": "string", "maxLength": 128}, "time": {"type": "string", "format": "date-time"}}
        if name == "usage":
            fields |= {"quantities": {"type": "object"}, "llm_usage": {"type": "object"}}
        types[f"{name}_event"] = {
            "type": "object",
            "properties": {"type": {"const": name}, **fields},
            "required": ["event_id", "time"],
        }
    return types


# Any JSON is let in: an odd event is an answer of its own, not an error of the request.
_ANY = {"description": "A canonical event (see the schemas `*_event`), or anything else: then it is quarantined"}
_MANY = {"oneOf": [{"type": "array", "items": _ANY}, {"type": "object"}]}

EVENTS: dict[str, Any] = {
    "status_code": 202,
    "response_model": None,
    "responses": {
        202: _TELLS,
        204: {"description": "CloudEvents, each of them stored", "headers": _LIMIT_HEADERS},
        **problems(400, 401, 403, 409, 413, 415, 422, 429, 503),
    },
    "tags": ["events"],
    "summary": "Send events",
    "openapi_extra": {
        "security": BEARER,
        "parameters": [_KEY],
        "requestBody": {
            "required": True,
            "content": {
                body.JSON: {"schema": _MANY, "example": [_EXAMPLE]},
                body.NDJSON[0]: {"schema": {"type": "string"}},
                body.CLOUDEVENT: {"schema": {"type": "object"}, "example": _CLOUDEVENT},
                body.CLOUDEVENTS: {"schema": {"type": "array", "items": {}}, "example": [_CLOUDEVENT]},
            },
        },
    },
}
METER: dict[str, Any] = {
    "status_code": 202,
    "response_model": None,
    "responses": {202: _TELLS, **problems(400, 401, 403, 409, 413, 415, 422, 429, 503)},
    "tags": ["events"],
    "summary": "Send one call, plainly",
    "openapi_extra": {
        "security": BEARER,
        "parameters": [_KEY],
        "requestBody": {
            "required": True,
            "content": {
                body.JSON: {
                    "schema": _MANY,
                    "example": {
                        "request_id": "r-1",
                        "app_id": "summarizer",
                        "model": "gpt-4o",
                        "provider": "openai",
                        "input_tokens": 1200,
                        "output_tokens": 300,
                        "duration_ms": 840,
                        "instance_type": "g4dn.xlarge",
                        "region": "us-east-1",
                    },
                }
            },
        },
    },
}
_STATUS = {"application/json": {"schema": {"type": "object", "properties": {"message": {"type": "string"}}}}}
TRACES: dict[str, Any] = {
    "response_model": None,
    "responses": {
        200: {
            "description": "ExportTraceServiceResponse: partialSuccess says how many calls were not taken, and why",
            "content": {body.JSON: {"schema": {"type": "object"}}, body.PROTOBUF: {}},
            "headers": _LIMIT_HEADERS,
        },
        **{
            status: {"description": text, "content": {**_STATUS, body.PROTOBUF: {}}}
            for status, text in _SAID.items()
            if status in (400, 401, 403, 409, 413, 415, 422, 429, 503)
        },
    },
    "tags": ["events"],
    "summary": "Send traces (OTLP)",
    "openapi_extra": {
        "security": BEARER,
        "requestBody": {
            "required": True,
            "content": {body.JSON: {"schema": {"type": "object"}}, body.PROTOBUF: {}},
        },
    },
}
SEEN: dict[str, Any] = {
    "response_model": None,
    "responses": {200: {"model": Seen, "description": "What there is of it"}, **problems(401, 403, 404, 503)},
    "tags": ["events"],
    "summary": "Look an event up",
    "openapi_extra": {"security": BEARER},
}
