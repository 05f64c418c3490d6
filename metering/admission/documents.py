"""YAML of strangers: bounded as it is read, before anything is built of it.

A few hundred characters can stand for gigabytes: aliases and merge keys multiply what they name, and brackets within
brackets are read in the square of their number. So nodes are composed first, which takes no more than was written.
"""

from __future__ import annotations

from typing import Any

import yaml

MOST_CHARACTERS = 1_000_000
_MOST_EXPANDED = 2 * MOST_CHARACTERS  # with every alias and merge key written out
_DEEPEST = 100
_LONGEST_INTEGER = 100  # of base 60, a long one takes minutes
_INTEGER, _MERGE = "tag:yaml.org,2002:int", "tag:yaml.org,2002:merge"


class NotAManifest(ValueError):
    """A text that is no manifest; the message says what is wrong with it."""


def documents_of(text: str) -> list[Any]:
    """Return what the documents of a YAML text say, the empty ones left out.

    Raises:
        NotAManifest: it is too long, no YAML, too deep, more than was written, or says a key twice.

    """
    if len(text) > MOST_CHARACTERS:
        raise NotAManifest(f"a manifest has at most {MOST_CHARACTERS:,} characters, not {len(text):,}")
    try:
        loader = _Bounded(text)
        try:
            found = []
            expanded = 0
            while loader.check_node():
                node = loader.get_node()
                if node is not None:
                    expanded += _checked(node, {})
                    _require_few(expanded)
                    found.append(loader.construct_document(node))
        finally:
            loader.dispose()
    except NotAManifest:
        raise
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise NotAManifest(f"it is no YAML: {' '.join(str(error).split())[:300]}") from error
    return [document for document in found if document is not None]


class _Bounded(yaml.SafeLoader):
    """The safe loader, of things within things up to a depth."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        self._depth += 1
        _require_flat(self._depth)
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1

    def fetch_flow_collection_start(self, token: Any) -> None:
        # The scanner looks far ahead of what is composed.
        _require_flat(self.flow_level)
        super().fetch_flow_collection_start(token)


def _require_flat(depth: int) -> None:
    if depth > _DEEPEST:
        raise NotAManifest(f"it has things within things, more than {_DEEPEST} deep")


def _require_few(expanded: int) -> None:
    if expanded > _MOST_EXPANDED:
        raise NotAManifest("its aliases and merge keys refer to themselves, or multiply what they stand for")


def _checked(node: yaml.Node, sizes: dict[int, int]) -> int:
    """Return how much a node is with every alias written out, each looked at once; one inside of itself is endless."""
    if isinstance(node, yaml.ScalarNode):
        node.value = _text(node.value)
        if node.tag == _INTEGER and len(node.value) > _LONGEST_INTEGER:
            raise NotAManifest(f"it has a number of {len(node.value):,} characters")
        return 1 + len(node.value)
    if id(node) not in sizes:
        sizes[id(node)] = _MOST_EXPANDED + 1  # as long as it is not known
        if isinstance(node, yaml.MappingNode):
            _require_each_once(node)
            parts = [part for pair in node.value for part in pair]
        else:
            parts = node.value
        sizes[id(node)] = 1 + len(parts) + sum(_checked(part, sizes) for part in parts)
    return sizes[id(node)]


def _require_each_once(node: yaml.MappingNode) -> None:
    said: set[tuple[str, str]] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag == _MERGE:
            continue
        if (key.tag, key.value) in said:
            raise NotAManifest(f"line {key.start_mark.line + 1} says {key.value[:100]!r} a second time; keep one")
        said.add((key.tag, key.value))


def _text(value: str) -> str:
    """Join the halves of characters that JSON escapes one by one."""
    if value.isascii():
        return value
    try:
        return value.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise NotAManifest("it has half a character (a lone surrogate), which is no text") from None
