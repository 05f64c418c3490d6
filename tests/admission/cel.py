"""As much of the Common Expression Language as the policy is written in: for tests, on what a cluster would give it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Scope = Mapping[str, Any]
Term = Callable[[Scope], Any]
_TOKEN = re.compile(r"\s*('[^']*'|\d+|[A-Za-z_]\w*|&&|\|\||==|!=|[-+!?:.,()\[\]{}])")


class CelError(Exception):
    """No expression of this part of the language, or one that fails on what it was given."""


def evaluate(expression: str, scope: Scope) -> Any:
    """Return the value of an expression.

    Raises:
        CelError: it cannot be read, or asks for what is not there.

    """
    reader = _Reader(expression)
    term = reader.choice()
    if reader.tokens:
        raise CelError(f"{reader.tokens[0]!r} is too much in {expression!r}")
    return term(scope)


class _Reader:
    def __init__(self, expression: str) -> None:
        self.tokens: list[str] = []
        at, end = 0, len(expression.rstrip())
        while at < end:
            found = _TOKEN.match(expression, at)
            if not found:
                raise CelError(f"{expression[at:]!r} cannot be read")
            self.tokens.append(found[0].strip())
            at = found.end()

    def take(self, *wanted: str) -> str:
        """Take the next token if it is one of these."""
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else ""

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise CelError(f"{wanted!r} is missing before {self.tokens[:3]}")

    def choice(self) -> Term:
        condition = self.either()
        if not self.take("?"):
            return condition
        yes = self.choice()
        self.need(":")
        no = self.choice()
        return lambda scope: yes(scope) if condition(scope) else no(scope)

    def either(self) -> Term:
        left = self.both()
        while self.take("||"):
            left = _or(left, self.both())
        return left

    def both(self) -> Term:
        left = self.compared()
        while self.take("&&"):
            left = _and(left, self.compared())
        return left

    def compared(self) -> Term:
        left = self.added()
        while mark := self.take("==", "!=", "in"):
            left = _compared(mark, left, self.added())
        return left

    def added(self) -> Term:
        left = self.member()
        while self.take("+"):
            left = _added(left, self.member())
        return left

    def member(self) -> Term:
        if self.take("!"):
            denied = self.member()
            return lambda scope: not denied(scope)
        term = self.primary()
        while mark := self.take(".", "["):
            if mark == "[":
                term = _indexed(term, self.choice())
                self.need("]")
                continue
            name = self.tokens.pop(0)
            term = self.called(term, name) if self.take("(") else _field(term, name)
        return term

    def called(self, term: Term, name: str) -> Term:
        if name in ("all", "exists", "map"):
            variable = self.tokens.pop(0)
            self.need(",")
            body = self.choice()
            self.need(")")
            fold = {"all": all, "exists": any, "map": list}[name]
            return lambda scope: fold([body({**scope, variable: item}) for item in term(scope)])
        if name != "split":
            raise CelError(f"{name} is no function of this part of the language")
        separator = self.choice()
        self.need(")")
        return lambda scope: term(scope).split(separator(scope))

    def primary(self) -> Term:
        if self.take("("):
            inner = self.choice()
            self.need(")")
            return inner
        if self.take("["):
            items = []
            while not self.take("]"):
                items.append(self.choice())
                self.take(",")
            return lambda scope: [item(scope) for item in items]
        if self.take("{"):
            self.need("}")
            return lambda _: {}
        token = self.tokens.pop(0)
        if token == "has":
            self.need("(")
            asked = self.member()
            self.need(")")
            return lambda scope: _is_there(asked, scope)
        if token.startswith("'"):
            return lambda _: token[1:-1]
        if token.isdigit():
            return lambda _: int(token)
        return lambda scope: _looked_up(scope, token)


def _or(left: Term, right: Term) -> Term:
    return lambda scope: left(scope) or right(scope)


def _and(left: Term, right: Term) -> Term:
    return lambda scope: left(scope) and right(scope)


def _added(left: Term, right: Term) -> Term:
    return lambda scope: left(scope) + right(scope)


def _compared(mark: str, left: Term, right: Term) -> Term:
    if mark == "in":
        return lambda scope: left(scope) in right(scope)
    return lambda scope: (left(scope) == right(scope)) is (mark == "==")


def _indexed(term: Term, key: Term) -> Term:
    return lambda scope: _looked_up(term(scope), key(scope))


def _field(term: Term, name: str) -> Term:
    return lambda scope: _looked_up(term(scope), name)


def _looked_up(among: Any, key: Any) -> Any:
    try:
        return among[key]
    except (KeyError, IndexError, TypeError) as error:
        raise CelError(f"there is no {key!r}") from error


def _is_there(asked: Term, scope: Scope) -> bool:
    try:
        asked(scope)
    except CelError:
        return False
    return True
