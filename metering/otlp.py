"""OpenTelemetry traces to usage events: a span of an LLM call that says its tokens is one event.

Spans that run a model count; those around them (an agent's, a workflow's, a tool's) may repeat the tokens of their
children, and are left out, as is every span without tokens. The identity is the trace and span id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue

from metering.decode import STRICT
from metering.json_texts import NotJson, TooManyValues, require_few_values

USAGE = "gen_ai.usage."
# gen_ai.operation.name of spans that run a model. One without a name is taken for such.
INFERENCE = ("", "chat", "text_completion", "generate_content", "embeddings")

# The first bytes of all fields that are messages, each of which may take 180 bytes of memory: a body with three million
# such bytes, those inside of texts counted as well, takes 500 MB at most. 16 MiB of real traces have fewer.
_TAGS = tuple(bytes([number << 3 | 2]) for number in (1, 2, 3, 4, 5, 6, 9, 11, 13, 15))
_MOST_TAGS = 3_000_000
_MOST_SPANS = 100_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_IDS = re.compile(r"[0-9a-f]{32}/[0-9a-f]{16}")
# The first of these that is said names what the event says; on the span or on its resource.
_SAID = {
    "provider": ("gen_ai.provider.name", "gen_ai.system"),
    "model": ("gen_ai.response.model", "gen_ai.request.model"),
    "app_id": ("farthing.app_id", "app_id", "k8s.pod.label.app_id"),
    "lease_id": ("farthing.lease_id",),
    "environment": ("deployment.environment.name", "deployment.environment"),
    "region": ("cloud.region",),
}
_RESOURCE = ("farthing.resource_id", "service.instance.id", "k8s.pod.uid", "container.id", "service.name")

Attributes = dict[str, Any]


def events_of_protobuf(body: bytes, *, names_resource: bool) -> list[dict[str, Any]]:
    """Return the usage events of an ``ExportTraceServiceRequest``; ``names_resource`` if they say what used it.

    Raises:
        NotJson: it is none.
        TooManyValues: it would fill the memory.

    """
    if (tags := sum(map(body.count, _TAGS))) > _MOST_TAGS:
        raise TooManyValues(f"the body has {tags:,} bytes that begin messages; at most {_MOST_TAGS:,}: send less")
    try:
        said = ExportTraceServiceRequest.FromString(body)
    except DecodeError as error:
        raise NotJson(f"the body is no ExportTraceServiceRequest: {error}") from None
    _require_few_spans(said)
    return [
        _event(span.trace_id.hex(), span.span_id.hex(), span.end_time_unix_nano, resource | own, names_resource)
        for part in said.resource_spans
        for resource in (dict(_from_protobuf(part.resource.attributes)),)
        for scope in part.scope_spans
        for span in scope.spans
        if _is_usage(own := dict(_from_protobuf(span.attributes)))
    ]


def _require_few_spans(said: ExportTraceServiceRequest) -> None:
    """Most of a body of millions of empty spans is the time that it takes to look at each."""
    found = len(said.resource_spans)
    for part in said.resource_spans[:_MOST_SPANS]:
        found += len(part.scope_spans)
        for scope in part.scope_spans[:_MOST_SPANS]:
            found += len(scope.spans)
        if found > _MOST_SPANS:
            break
    if found > _MOST_SPANS:
        raise TooManyValues(f"more than {_MOST_SPANS:,} spans, or parts that hold them: send less")


def events_of_json(body: bytes, *, names_resource: bool) -> list[dict[str, Any]]:
    """Return the usage events of the same request in JSON: hex ids, and 64-bit numbers as text.

    Raises:
        NotJson: it is none.
        TooManyValues: it would fill the memory.

    """
    require_few_values(body)
    try:
        said = STRICT.decode(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotJson(f"the body is not JSON: {error}") from None
    if not isinstance(said, Mapping):
        raise NotJson("the body is no ExportTraceServiceRequest")
    return [
        _event(
            str(span.get("traceId", "")).lower(),
            str(span.get("spanId", "")).lower(),
            _nanoseconds(span.get("endTimeUnixNano")),
            resource | own,
            names_resource,
        )
        for part in _objects(said, "resourceSpans")
        for resource in (dict(_from_json(_object(part, "resource"))),)
        for scope in _objects(part, "scopeSpans")
        for span in _objects(scope, "spans")
        if _is_usage(own := dict(_from_json(span)))
    ]


def _is_usage(attributes: Attributes) -> bool:
    return attributes.get("gen_ai.operation.name", "") in INFERENCE and any(key.startswith(USAGE) for key in attributes)


def _event(trace: str, span: str, ended: int, said: Attributes, names_resource: bool) -> dict[str, Any]:
    identity = f"{trace}/{span}"
    is_whole = _IDS.fullmatch(identity) and trace.strip("0") and span.strip("0")
    facts = {name: next((said[key] for key in keys if said.get(key)), "") for name, keys in _SAID.items()}
    if names_resource:
        facts["resource_id"] = next((said[key] for key in _RESOURCE if said.get(key)), "")
    return {
        **{name: value for name, value in facts.items() if value},
        "event_id": identity if is_whole else "",
        "time": _instant(ended),
        "llm_usage": {key: _count(value) for key, value in said.items() if key.startswith(USAGE)},
    }


def _instant(nanoseconds: int) -> str:
    """The millisecond that the store keeps; nothing where there is none, which the door refuses."""
    try:
        instant = _EPOCH + timedelta(microseconds=nanoseconds // 1000)
    except OverflowError:
        return ""
    return instant.isoformat(timespec="milliseconds") if nanoseconds > 0 else ""


def _count(value: Any) -> Any:
    """A whole number may come as a double: 12.0 tokens are 12."""
    text = str(value)
    return text[:-2] if text.endswith(".0") else text


def _from_protobuf(attributes: Iterable[KeyValue]) -> Iterator[tuple[str, Any]]:
    for attribute in attributes:
        kind = attribute.value.WhichOneof("value")
        if kind in ("string_value", "int_value", "double_value", "bool_value"):
            yield attribute.key, getattr(attribute.value, kind)


def _from_json(holder: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for attribute in _objects(holder, "attributes"):
        for value in _object(attribute, "value").values():
            if isinstance(value, str | bool):
                yield str(attribute.get("key", "")), value


def _objects(holder: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    members = holder.get(name) or []
    if not isinstance(members, list) or not all(isinstance(member, Mapping) for member in members):
        raise NotJson(f"{name} is an array of objects")
    return members


def _object(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    member = holder.get(name) or {}
    if not isinstance(member, Mapping):
        raise NotJson(f"{name} is an object")
    return member


def _nanoseconds(value: Any) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 20 else 0
