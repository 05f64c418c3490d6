"""One dimension deeper: from whose it is to what it was, down to its charges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from metrics.catalog import dimension

DEEPER = {
    "cost_center": "team_id",
    "team_id": "app_id",
    "app_id": "sku_id",
    "environment": "team_id",
    "lifecycle": "app_id",
    "service_category": "service_name",
    "service_name": "sku_id",
    "provider": "model",
    "model": "app_id",
    "meter": "sku_id",
    "region": "app_id",
    "instance_type": "app_id",
    "pricing_category": "app_id",
    "pricing_status": "sku_id",
    "attribution_rule": "resource_id",
    "charge_category": "service_name",
    "billing_currency": "service_name",
    "is_estimated": "app_id",
    "is_reconciled": "app_id",
}


def filter_text(name: str, value: str) -> str:
    """Return a filter as it stands in the address: ``app_id:chat``; nothing after the colon for an empty value."""
    return f"{name}:{value}"


def filters(texts: Iterable[str]) -> dict[str, list[str]]:
    """Return filters by dimension; several values of one dimension are alternatives.

    Raises:
        KeyError: an unknown dimension; the message suggests one.
        ValueError: no ``dimension:value``.

    """
    found: dict[str, list[str]] = {}
    for text in texts:
        name, colon, value = text.partition(":")
        if not colon:
            raise ValueError(f"a filter is dimension:value, such as app_id:chat, not {text!r}")
        values = found.setdefault(dimension(name).name, [])
        if name == "hour":
            value = _hour(value)
        if value not in values:
            values.append(value)
    return found


def deeper(where: Sequence[str], by: Sequence[str], picked: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the filters and the split after ``picked`` values were clicked; no split means: show the charges.

    A dimension that is held to one value by the filters is passed over.
    """
    held = [text for text in where if text.partition(":")[0] not in picked]
    held += [filter_text(name, value) for name, value in picked.items()]
    fixed = filters(held)
    following = DEEPER.get(by[-1])
    while following in fixed and len(fixed[following]) == 1:
        following = DEEPER.get(following)
    return held, [following] if following else []


def _hour(text: str) -> str:
    try:
        named = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no hour; write one such as hour:2026-11-17T13:00, in UTC") from error
    zoned = named.replace(tzinfo=UTC) if named.utcoffset() is None else named.astimezone(UTC)
    return zoned.replace(minute=0, second=0, microsecond=0).isoformat()
