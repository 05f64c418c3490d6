"""How a platform cost is split: the methods, and how people write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from metrics.catalog import MEASURES, unknown

ACTIVE_HOURS = "active_hours"
BASES = (*(name for name, measure in MEASURES.items() if measure.additive), ACTIVE_HOURS)
EVERY_TYPE = "*"
_WRITTEN = {
    "direct": "direct",
    "even": "even",
    "proportional": "proportional:requests",
    "floor": "floor:5:requests",
    "fixed": "fixed:app-a=0.6,app-b=0.4",
    "hybrid": "hybrid:load_balancer=even,support=proportional:effective_cost",
}
_PLACES = 9  # decimals that the store keeps of floors and weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A way to split a pool. ``parts`` (hybrid) are the methods by cost type; a type without one keeps its rule.

    ``basis`` is an additive measure or ``active_hours``, ``floor`` an amount of money for every active app of every
    pool, ``weights`` the stated share of each app.
    """

    name: str
    basis: str = ""
    floor: Decimal = Decimal(0)
    weights: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    parts: Mapping[str, Method] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        if self.name == "proportional":
            return f"proportional:{self.basis}"
        if self.name == "floor_plus_share":
            return f"floor:{self.floor:f}:{self.basis}"
        if self.name == "fixed":
            return "fixed:" + ",".join(f"{app}={weight:f}" for app, weight in self.weights.items())
        if self.name == "hybrid":
            return "hybrid:" + ",".join(f"{cost_type}={part}" for cost_type, part in self.parts.items())
        return self.name

    @property
    def bases(self) -> frozenset[str]:
        """The bases it needs."""
        return frozenset({self.basis} - {""}).union(*(part.bases for part in self.parts.values()))


def parse_method(text: str) -> Method:
    """Return the method that is written: ``even``, ``proportional:BASIS``, ``floor:AMOUNT:BASIS``, …

    Raises:
        KeyError: an unknown method or basis; the message suggests one.
        ValueError: a floor or a weight is no number, or weights do not sum to 1; the message says what to write.

    """
    name, _, rest = text.strip().partition(":")
    if name in ("direct", "even"):
        if rest:
            raise ValueError(f"method {text!r}: {name} takes nothing after it; write {name}")
        return Method(name=name)
    if name == "proportional":
        return Method(name=name, basis=_basis(text, rest))
    if name == "floor":
        amount, _, basis = rest.partition(":")
        floor = _number(text, amount, "floor")
        return Method(name="floor_plus_share", floor=floor, basis=_basis(text, basis))
    if name == "fixed":
        return Method(name=name, weights=_weights(text, rest))
    if name == "hybrid":
        return Method(name=name, parts=_parts(text, rest))
    raise unknown("method", name, _WRITTEN)


def _basis(text: str, name: str) -> str:
    if not name:
        raise ValueError(f"method {text!r} names no basis; write {_WRITTEN[text.strip().partition(':')[0]]}")
    if name not in BASES:
        if name in MEASURES:
            raise ValueError(
                f"method {text!r}: {name} is not additive, its parts are no shares; use one of {', '.join(BASES)}"
            )
        raise unknown("basis", name, dict.fromkeys(BASES))
    return name


def _weights(text: str, rest: str) -> dict[str, Decimal]:
    weights: dict[str, Decimal] = {}
    for pair in filter(None, rest.split(",")):
        app, found, weight = pair.rpartition("=")
        if not found or not app:
            raise ValueError(f"method {text!r}: {pair!r} is no app and weight; write {_WRITTEN['fixed']}")
        if app in weights:
            raise ValueError(f"method {text!r}: app {app!r} occurs twice; keep one weight")
        weights[app] = _number(text, weight, f"the weight of {app!r}")
    if sum(weights.values(), Decimal(0)) != 1:
        raise ValueError(f"method {text!r}: weights sum to {sum(weights.values(), Decimal(0)):f}, not to 1")
    return weights


def _parts(text: str, rest: str) -> dict[str, Method]:
    # A comma inside a fixed part is followed by app=weight, one between parts by cost_type=method.
    parts: dict[str, str] = {}
    last = ""
    for pair in filter(None, rest.split(",")):
        cost_type, found, written = pair.partition("=")
        if found and (written.partition(":")[0] in _WRITTEN or not last.startswith("fixed:")):
            if cost_type in parts:
                raise ValueError(f"method {text!r}: cost type {cost_type!r} occurs twice; keep one")
            parts[cost_type] = last = written
        elif parts:
            parts[next(reversed(parts))] += f",{pair}"
        else:
            raise ValueError(f"method {text!r}: {pair!r} is no cost type and method; write {_WRITTEN['hybrid']}")
    if not parts or "" in parts:
        raise ValueError(f"method {text!r} names no cost type; write {_WRITTEN['hybrid']}")
    methods = {cost_type: parse_method(part) for cost_type, part in parts.items()}
    if nested := [cost_type for cost_type, part in methods.items() if part.name == "hybrid"]:
        raise ValueError(f"method {text!r}: {nested[0]!r} is hybrid again; name its cost types beside the others")
    return methods


def _number(text: str, written: str, what: str) -> Decimal:
    try:
        value = Decimal(written)
    except InvalidOperation as error:
        raise ValueError(f"method {text!r}: {what} {written!r} is no decimal number, such as 0.25") from error
    if not value.is_finite() or value < 0:
        raise ValueError(f"method {text!r}: {what} {written!r} is not 0 or more")
    exponent = value.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_PLACES:
        raise ValueError(f"method {text!r}: {what} {written!r} has more than {_PLACES} decimals")
    if value >= Decimal(10) ** 15:
        raise ValueError(f"method {text!r}: {what} {written!r} is too large")
    return value
