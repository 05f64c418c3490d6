"""``config/allocation.yml``: dated rules by cost type, as rows of the history ``allocation_rules``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from billing.dated_files import Dated, read_dated
from config.settings import ROOT
from metrics.methods import EVERY_TYPE, Method, parse_method

ALLOCATION = ROOT / "config" / "allocation.yml"


def _written(text: str) -> str:
    try:
        method = parse_method(text)
    except KeyError as error:  # the message of a KeyError would come quoted
        raise ValueError(error.args[0]) from error
    if method.parts:
        raise ValueError("hybrid is written here as one rule for each cost type")
    return text


class AllocationEntry(Dated):
    """How a cost type is split, who answers for it, and what invoices say of it."""

    method: Annotated[str, AfterValidator(_written)]
    owner: str = Field(min_length=1)
    footnote: str = Field(min_length=1)


def read_allocation_rules(path: Path = ALLOCATION) -> list[dict[str, Any]]:
    """Return the rules as rows of the history ``allocation_rules``.

    Raises:
        ValueError: an entry is unusable; the message names file, key, value and fix.

    """
    rows = []
    for entry in read_dated(path, "rules", "cost_type", AllocationEntry):
        method = parse_method(entry["method"])
        row = rule_row(entry["cost_type"], method, owner=entry["owner"], footnote=entry["footnote"])
        rows.append({**row, "valid_from": entry["valid_from"], "valid_to": entry["valid_to"]})
    return rows


def rule_row(cost_type: str, method: Method, *, owner: str, footnote: str) -> dict[str, Any]:
    """Return a rule as the history's row, without its dates. Its id says what it is: ``support/even``."""
    return {
        "cost_type": cost_type,
        "rule_id": f"{'default' if cost_type == EVERY_TYPE else cost_type}/{method}",
        "method": method.name,
        "basis": method.basis,
        "floor": method.floor,
        "weights": dict(method.weights),
        "footnote": footnote,
        "owner": owner,
        "evidence": "",
    }
