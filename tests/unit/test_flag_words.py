"""What a flag says of the changes around it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from ui.flag_words import sentences, span

START = datetime(2026, 11, 9, 10, tzinfo=UTC)
FLAGGED = timedelta(hours=38)
NOTHING = "Nothing was deployed, started or scaled in the 6 hours before."


def told(*changes: tuple[str, timedelta]) -> str:
    """What is said of changes of an app that crept up until it was flagged."""
    flag = {
        "app_id": "gateway", "kind": "leak", "status": "over", "basis": "history", "started_at": START,
        "ended_at": START + 2 * FLAGGED, "flagged_at": START + FLAGGED, "actual": Decimal(144), "excess": Decimal(113),
    }  # fmt: skip
    markers = [{"action": action, "time": START + apart, "detail": "fn/gateway"} for action, apart in changes]
    _, happened, _ = sentences(flag, [], [], markers, 0)
    return happened


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], NOTHING),
        ([("stop", timedelta(hours=-1))], NOTHING),
        ([("alert", timedelta(minutes=24))], f"{NOTHING} An alert rang 24 min after: fn/gateway."),
        (
            [("deploy", timedelta()), ("alert", timedelta(hours=9)), ("alert", timedelta(hours=-1))],
            "A deploy came at its start. An alert rang 1 h before: fn/gateway, and 1 more.",
        ),
        ([("deploy", FLAGGED + timedelta(hours=1))], NOTHING),
        ([("deploy", timedelta(hours=-5)), ("scale", timedelta(hours=-4))], "A scale came 4 h before."),
        ([("deploy", timedelta())], "A deploy came at its start."),
        ([("start", timedelta(hours=-2))], "The app was started 2 h before."),
        ([("deploy", FLAGGED)], "A deploy came 38 h after it began, before it was flagged."),
    ],
)
def test_the_last_change_before_a_flag_is_named(changes: list[tuple[str, timedelta]], said: str) -> None:
    assert told(*changes) == said


def test_a_change_while_it_crept_up_does_not_hide_the_one_that_began_it() -> None:
    assert told(("deploy", timedelta(hours=-4)), ("deploy", timedelta(hours=24))) == (
        "A deploy came 4 h before. A deploy came 24 h after it began, before it was flagged."
    )


@pytest.mark.parametrize(
    ("ended_at", "said"),
    [
        (None, "since Mon Nov 9, 10:00 UTC"),
        (START + timedelta(hours=3), "Mon Nov 9, 10:00 to 13:00 UTC"),
        (START + timedelta(hours=14), "Mon Nov 9, 10:00 to Tue Nov 10, 00:00 UTC"),
    ],
)
def test_a_flag_that_is_over_says_until_when_it_went(ended_at: datetime | None, said: str) -> None:
    assert span({"started_at": START, "ended_at": ended_at}) == said
