"""What an answer of the store means for the events that were sent."""

from __future__ import annotations

import json
from typing import NamedTuple, Union

from farthing.backoff import retry_after
from farthing.transport import Answer

_COUNTS = {"accepted": "accepted", "duplicate": "duplicates", "quarantined": "quarantined", "rejected": "rejected"}
_ALL_REFUSED = (403, 413)  # may come with a result for each event
_NOT_THIS_BATCH = (400, 413, 422)  # about what was sent; all other refusals are about who sends, or when


class Taken(NamedTuple):
    """The store answers for the batch: a result for each event, in order, and what it says of a rejected one."""

    results: list[str]
    details: list[str]


class TooMuch(NamedTuple):
    """The batch as it is will never be taken; a smaller one may."""

    detail: str


class Later(NamedTuple):
    """Nothing is known to be stored: the same events again, not before ``asked`` seconds if the store said so."""

    reason: str
    asked: float | None


Verdict = Union[Taken, TooMuch, Later]


def judge(answer: Answer, sent: int) -> Verdict:
    """Return what to do with a batch of ``sent`` events. Only the store's own word lets go of an event."""
    if answer.status in (200, 202):
        taken = _results(answer.body, sent)
        # A sign-in page of some proxy is an answer as well, and stores nothing.
        return taken or Later("not_an_acknowledgement", retry_after(answer.headers))
    if answer.status in _ALL_REFUSED and answer.is_problem:
        refused = _results(answer.body, sent)
        if refused:
            return refused
    if answer.status == 413 or (answer.status in _NOT_THIS_BATCH and answer.is_problem):
        return TooMuch(f"{answer.status} {_text(answer.body)}")
    return Later(f"http_{answer.status}" if answer.status else "unreachable", retry_after(answer.headers))


def _results(body: bytes, sent: int) -> Taken | None:
    """Read an acknowledgement: counts that add up to what was sent, and a result for each event not just accepted."""
    results, details = ["accepted"] * sent, [""] * sent
    try:
        said = json.loads(body)
        for result in said["results"]:
            index = int(result["index"])
            if index < 0:
                return None
            results[index] = result["status"]
            details[index] = f"{result.get('reason', '')}: {result.get('detail', '')}"
        if any(said[count] != results.count(result) for result, count in _COUNTS.items()):
            return None
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None
    return Taken(results, details) if set(results) <= set(_COUNTS) else None


def _text(body: bytes) -> str:
    return body[:500].decode("utf-8", "replace")
