"""Allocation rules that wait for a second person: where cost centers pay what is split, nobody changes it alone."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from billing.allocation import SecondPersonError, adopt, check
from billing.people import is_same, name_of, named
from metrics.methods import Method, parse_method
from warehouse.connect import Store


def propose(
    store: Store,
    cost_types: Sequence[str],
    method: Method,
    from_date: date,
    *,
    by: str,
    footnote: str,
    owner: str = "",
    now: datetime | None = None,
) -> str:
    """Ask for ``method`` to split cost types from a day on, and return the proposal's id. No rule changes.

    Raises:
        ValueError: it could not be adopted today (see ``adopt``), or one for any of them from that day waits already.

    """
    moment, by = now or datetime.now(UTC), named(by)
    with store.writing:
        split = check(store, cost_types, method, from_date, footnote=footnote, now=moment)
        for waiting in proposals(store, state="proposed"):
            if split.keys() & _split_by(waiting) and waiting["from_date"] == from_date:
                raise ValueError(
                    f"{name_of(waiting['proposed_by'])} has proposed {waiting['method']} for "
                    f"{', '.join(sorted(_split_by(waiting)))} from "
                    f"{from_date} ({waiting['proposal_id']}): adopt, reject or withdraw that first"
                )
        proposal_id = uuid.uuid4().hex[:8]
        said = {
            "cost_types": list(cost_types),
            "method": str(method),
            "from_date": from_date,
            "footnote": footnote.strip(),
            "owner": owner or name_of(by),
        }
        _say(store, proposal_id, "proposed", by=by, said=said)
    return proposal_id


def adopt_proposal(store: Store, proposal_id: str, *, by: str, now: datetime | None = None) -> int:
    """Make a proposed rule the rule, as its second person, and return the rows appended.

    Raises:
        SecondPersonError: ``by`` proposed it, however it is written (``billing.people``).
        ValueError: ``by`` is nobody, no such proposal waits, or its day has passed meanwhile.

    """
    by = named(by)
    with store.writing:
        held = _waiting(store, proposal_id)
        _refuse_same(held, by)
        recorded = adopt(
            store,
            held["cost_types"],
            parse_method(held["method"]),
            held["from_date"],
            by=by,
            footnote=held["footnote"],
            owner=held["owner"],
            proposed_by=held["proposed_by"],
            evidence=f"proposal {proposal_id} by {held['proposed_by']}",
            now=now,
        )
        _say(store, proposal_id, "adopted", by=by)
    return recorded


def reject(store: Store, proposal_id: str, *, by: str, reason: str) -> None:
    """Turn a proposal down, as its second person.

    Raises:
        SecondPersonError: ``by`` proposed it; that person withdraws.
        ValueError: no such proposal waits, or no reason is given.

    """
    if not reason.strip():
        raise ValueError("say why: whoever proposed it reads the reason")
    by = named(by)
    with store.writing:
        _refuse_same(_waiting(store, proposal_id), by)
        _say(store, proposal_id, "rejected", by=by, reason=reason.strip())


def withdraw(store: Store, proposal_id: str, *, by: str) -> None:
    """Take a proposal back, as the one who made it.

    Raises:
        SecondPersonError: somebody else proposed it; that person's is rejected.
        ValueError: no such proposal waits.

    """
    by = named(by)
    with store.writing:
        held = _waiting(store, proposal_id)
        if not is_same(held["proposed_by"], by):
            raise SecondPersonError(
                f"{name_of(held['proposed_by'])} proposed {proposal_id}: only they withdraw it; reject it"
            )
        _say(store, proposal_id, "withdrawn", by=by)


def proposals(store: Store, *, state: str = "") -> list[dict[str, Any]]:
    """Return the proposals, the oldest first; with ``state`` only those in it."""
    return store.rows(
        "SELECT * FROM allocation_proposals WHERE {state:String} IN ('', state) ORDER BY proposed_at, proposal_id",
        {"state": state},
    )


def _split_by(proposal: Mapping[str, Any]) -> set[str]:
    """Return the cost types that a proposal is about: a hybrid names its own."""
    return set(parse_method(proposal["method"]).parts or proposal["cost_types"])


def _waiting(store: Store, proposal_id: str) -> dict[str, Any]:
    for held in proposals(store):
        if held["proposal_id"] == proposal_id:
            if held["state"] == "proposed":
                return held
            raise ValueError(f"proposal {proposal_id} was {held['state']} by {held['decided_by']}; make a new one")
    raise ValueError(f"no proposal {proposal_id!r}; `farthing allocate proposals` lists them")


def _refuse_same(held: Mapping[str, Any], by: str) -> None:
    if is_same(held["proposed_by"], by):
        who = name_of(by)
        raise SecondPersonError(f"{who} proposed {held['proposal_id']}: a second person decides, or {who} withdraws it")


def _say(
    store: Store, proposal_id: str, word: str, *, by: str, reason: str = "", said: Mapping[str, Any] | None = None
) -> None:
    nothing = {"cost_types": [], "method": "", "from_date": date(1970, 1, 1), "footnote": "", "owner": ""}
    row = {"proposal_id": proposal_id, "word": word, "reason": reason, "said_by": by, **(said or nothing)}
    store.insert_rows("allocation_proposal_words", [row])
