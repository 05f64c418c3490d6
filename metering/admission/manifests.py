"""Files of deploys: whose is what they make? Kubernetes and Knative, AWS SAM, the Serverless Framework, or plain.

A plain file is a mapping with the fields themselves, for pipelines that have a file of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from metering.admission.identity import FIELDS, Declared, Fault, Registry, faults
from metering.admission.kubernetes import TEMPLATES, carriers, kind_of

MOST_CHARACTERS = 1_000_000
_MOST_EXPANDED = 2 * MOST_CHARACTERS  # with every alias written out
_SAM = "AWS::Serverless-2016-10-31"
_FUNCTIONS = ("AWS::Serverless::Function", "AWS::Lambda::Function")
JUDGED = (*TEMPLATES, "functions of SAM and of the Serverless Framework")


class NotAManifest(ValueError):
    """A text that is no manifest; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One thing that a manifest makes, and what is wrong with what it says of itself."""

    name: str
    declared: Declared
    faults: tuple[Fault, ...]


def check(text: str, registry: Registry) -> list[Checked]:
    """Return the things that a manifest (YAML or JSON, one document or several) makes, each with its faults.

    Raises:
        NotAManifest: it is too long, no YAML, of no kind that is known, or makes nothing that is judged.

    """
    if len(text) > MOST_CHARACTERS:
        raise NotAManifest(f"a manifest has at most {MOST_CHARACTERS:,} characters, not {len(text):,}")
    try:
        documents = [document for document in yaml.safe_load_all(text) if document is not None]
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise NotAManifest(f"it is no YAML: {' '.join(str(error).split())[:300]}") from error
    if not documents:
        raise NotAManifest("it is empty")
    _bounded(documents)
    found = [thing for number, document in enumerate(documents, 1) for thing in _things(document, number)]
    if not found:
        kinds = sorted({_kind(object_) for document in documents for object_ in _objects(document)})[:20]
        raise NotAManifest(f"nothing in it was judged: {', '.join(kinds)}; judged are {', '.join(JUDGED)}")
    return [Checked(name=name, declared=said, faults=faults(said, registry)) for name, said in found]


def _things(document: Any, number: int) -> Iterator[tuple[str, Declared]]:
    if not isinstance(document, Mapping):
        raise NotAManifest(f"document {number} is no mapping")
    if "apiVersion" in document and "kind" in document:
        yield from _kubernetes(document)
    elif str(document.get("Transform") or "") == _SAM or "Resources" in document:
        yield from _sam(document)
    elif "service" in document and "provider" in document:
        yield from _serverless(document)
    elif set(FIELDS) & document.keys():
        yield f"document {number}", _declared(document)
    else:
        raise NotAManifest(
            f"document {number} is of no kind that is known: a Kubernetes object, a SAM template, a serverless.yml, or "
            f"the fields {', '.join(FIELDS)}"
        )


def _kubernetes(thing: Mapping[str, Any]) -> Iterator[tuple[str, Declared]]:
    for one in _objects(thing):
        name = f"{one.get('kind')} {_mapping(one.get('metadata')).get('name') or ''}".strip()
        for place in carriers(one):
            inside = "" if place.path == "/metadata" else " (its pods)" if TEMPLATES[kind_of(one)] else ""
            yield f"{name}{inside}", place.declared


def _objects(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Give the objects of a document, those of a List among them."""
    waiting = [document]
    while waiting:
        thing = waiting.pop()
        if thing.get("kind") == "List":
            waiting += map(_mapping, reversed(_list(thing.get("items"))))
        else:
            yield thing


def _bounded(documents: list[Any]) -> None:
    """Refuse what aliases make endless, or much more of than was written."""
    waiting, size = list(documents), 0
    while waiting:
        value = waiting.pop()
        size += 1 + len(value) if isinstance(value, (str, list, Mapping)) else 1
        if size > _MOST_EXPANDED:
            raise NotAManifest("its aliases refer to themselves, or multiply what they stand for")
        if isinstance(value, Mapping):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value


def _kind(thing: Mapping[str, Any]) -> str:
    return f"{thing.get('kind') or 'a template without functions'} {thing.get('apiVersion') or ''}".strip()[:100]


def _sam(template: Mapping[str, Any]) -> Iterator[tuple[str, Declared]]:
    common = _tags(_mapping(_mapping(_mapping(template.get("Globals")).get("Function")).get("Tags")))
    for name, resource in _mapping(template.get("Resources")).items():
        if _mapping(resource).get("Type") in _FUNCTIONS:
            own = _tags(_mapping(_mapping(resource).get("Properties")).get("Tags"))
            yield f"function {name}", _declared({**common, **own})


def _serverless(document: Mapping[str, Any]) -> Iterator[tuple[str, Declared]]:
    provider = _mapping(document.get("provider"))
    common = {**_tags(provider.get("stackTags")), **_tags(provider.get("tags"))}
    for name, function in _mapping(document.get("functions")).items():
        yield f"function {name}", _declared({**common, **_tags(_mapping(function).get("tags"))})


def _tags(said: Any) -> dict[str, Any]:
    """Return tags that are a mapping, or CloudFormation's list of keys and values."""
    if isinstance(said, Mapping):
        return dict(said)
    pairs = [_mapping(pair) for pair in _list(said)]
    return {str(pair.get("Key")): pair.get("Value") for pair in pairs}


def _declared(said: Mapping[str, Any]) -> Declared:
    names = (*FIELDS, "environment")
    # Anything but a text is somebody's typing slip: {Ref: ...} and lists name no app.
    return Declared(**{name: value if isinstance(value := said.get(name), str) else "" for name in names})


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
