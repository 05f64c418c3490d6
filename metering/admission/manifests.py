"""Files of deploys: whose is what they make? Kubernetes and Knative, AWS SAM, the Serverless Framework, or plain.

A plain file is a mapping with the fields themselves, for pipelines that have a file of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from metering.admission.documents import NotAManifest, documents_of
from metering.admission.identity import FIELDS, Declared, Fault, Registry, faults
from metering.admission.kubernetes import TEMPLATES, carriers, kind_of

_MOST_KINDS = 20  # that are not judged and are named
_SAM = "AWS::Serverless-2016-10-31"
_FUNCTIONS = ("AWS::Serverless::Function", "AWS::Lambda::Function")
JUDGED = (*TEMPLATES, "functions of SAM and of the Serverless Framework")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One thing that a manifest makes, and what is wrong with what it says of itself."""

    name: str
    declared: Declared
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a manifest makes: the things that say, or should say, whose they are; and the kinds that are not judged."""

    things: tuple[Checked, ...]
    unjudged: tuple[str, ...]

    def said(self) -> dict[str, Any]:
        """Return it as JSON says it."""
        return {
            "valid": not any(thing.faults for thing in self.things),
            "things": [
                {
                    "name": thing.name,
                    **{name: getattr(thing.declared, name) for name in ("app_id", "team_id", "cost_center")},
                    "faults": [asdict(fault) for fault in thing.faults],
                }
                for thing in self.things
            ],
            "unjudged": list(self.unjudged),
        }


def judge(text: str, registry: Registry) -> Judged:
    """Return the things that a manifest (YAML or JSON, one document or several) makes, each with its faults.

    Raises:
        NotAManifest: it is none that can be read, of no kind that is known, or makes nothing that is judged.

    """
    documents = documents_of(text)
    if not documents:
        raise NotAManifest("it is empty")
    unjudged: set[str] = set()
    found = [thing for number, document in enumerate(documents, 1) for thing in _things(document, number, unjudged)]
    kinds = tuple(sorted(unjudged)[:_MOST_KINDS])
    if not found:
        raise NotAManifest(
            f"nothing in it was judged: {', '.join(kinds) or 'it is empty'}; judged are {', '.join(JUDGED)}"
        )
    things = tuple(Checked(name=name, declared=said, faults=faults(said, registry)) for name, said in found)
    return Judged(things=things, unjudged=kinds)


def _things(document: Any, number: int, unjudged: set[str]) -> Iterator[tuple[str, Declared]]:
    """Give what a document makes, and put the kinds that are not judged into ``unjudged``."""
    if not isinstance(document, Mapping):
        raise NotAManifest(f"document {number} is no mapping")
    if "apiVersion" in document and "kind" in document:
        yield from _kubernetes(document, unjudged)
    elif str(document.get("Transform") or "") == _SAM or "Resources" in document:
        yield from _sam(document, unjudged)
    elif "service" in document and "provider" in document:
        yield from _serverless(document, unjudged)
    elif set(FIELDS) & document.keys():
        yield f"document {number}", _declared(document)
    else:
        raise NotAManifest(
            f"document {number} is of no kind that is known: a Kubernetes object, a SAM template, a serverless.yml, or "
            f"the fields {', '.join(FIELDS)}"
        )


def _kubernetes(thing: Mapping[str, Any], unjudged: set[str]) -> Iterator[tuple[str, Declared]]:
    for one in _objects(thing):
        name = f"{one.get('kind')} {_mapping(one.get('metadata')).get('name') or ''}".strip()
        places = list(carriers(one))
        if not places:
            unjudged.add(_kind(one))
        for place in places:
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


def _kind(thing: Mapping[str, Any]) -> str:
    return f"{thing.get('kind') or 'an object without a kind'} {thing.get('apiVersion') or ''}".strip()[:100]


def _sam(template: Mapping[str, Any], unjudged: set[str]) -> Iterator[tuple[str, Declared]]:
    common = _tags(_mapping(_mapping(_mapping(template.get("Globals")).get("Function")).get("Tags")))
    resources = _mapping(template.get("Resources"))
    for name, resource in resources.items():
        kind = _mapping(resource).get("Type")
        if kind in _FUNCTIONS:
            own = _tags(_mapping(_mapping(resource).get("Properties")).get("Tags"))
            yield f"function {name}", _declared({**common, **own})
        else:
            unjudged.add(str(kind or f"{name} without a type")[:100])
    if not resources:
        unjudged.add("a template without resources")


def _serverless(document: Mapping[str, Any], unjudged: set[str]) -> Iterator[tuple[str, Declared]]:
    provider = _mapping(document.get("provider"))
    common = {**_tags(provider.get("stackTags")), **_tags(provider.get("tags"))}
    for name, function in _mapping(document.get("functions")).items():
        yield f"function {name}", _declared({**common, **_tags(_mapping(function).get("tags"))})
    more = _mapping(_mapping(document.get("resources")).get("Resources")).values()
    unjudged |= {str(kind)[:100] for one in more if (kind := _mapping(one).get("Type")) and kind not in _FUNCTIONS}
    if not document.get("functions"):
        unjudged.add("a service without functions")


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
