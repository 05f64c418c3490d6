"""What a flag says of the changes around it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ui.flag_words import headline, sentences, span, status_words

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


def silent(*meters: str, **known: Any) -> dict[str, Any]:
    """A drop of lines of an app, of $49.10 in 11 hours."""
    return {
        "app_id": "part", "kind": "drop", "status": "running", "basis": "history", "started_at": START,
        "ended_at": None, "scored_until": START + timedelta(hours=11), "flagged_at": START + timedelta(hours=5),
        "actual": Decimal(0), "excess": Decimal("-49.10"), "meters": list(meters), **known,
    }  # fmt: skip


def test_a_drop_names_the_lines_that_fell_silent_not_the_app() -> None:
    one, _, goes_on = sentences(silent("output_tokens"), [], [], [], 0)
    assert one == (
        "Output tokens of part fell silent at Mon Nov 9, 10:00 UTC: $0.00 in 11 hours, "
        "$49.10 missing of the $49.10 expected."
    )
    assert headline(silent("output_tokens")) == "Output tokens: $0.00 in 11 hours, $49.10 missing of the expected"
    assert "app" not in goes_on  # its other lines may go on
    assert sentences(silent("gpu_seconds", "requests"), [], [], [], 0)[0].startswith("2 lines of part fell silent at")


@pytest.mark.parametrize(
    ("quantity", "price", "told"),
    [
        ("-20.43", "0", "Of output tokens $20.43 is missing: less use."),
        ("-24.43", "4", "Of output tokens $20.43 is missing: less use takes $24.43, another unit cost adds $4.00."),
    ],
)
def test_what_is_missing_of_a_line_is_never_an_excess(quantity: str, price: str, told: str) -> None:
    effects = {"quantity_effect": Decimal(quantity), "price_effect": Decimal(price)}
    row = {"meter": "output_tokens", "amount": Decimal(1), "unit_cost": None, "unit_cost_before": None, **effects}
    assert sentences(silent("output_tokens"), [row], [], [], 0)[1] == told
    spike = silent("output_tokens", kind="spike", projected_excess=Decimal(0))
    assert sentences(spike, [row], [], [], 0)[1].startswith("Output tokens made \N{MINUS SIGN}$20.43: less use")


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [("drop", "running", "Still silent"), ("drop", "over", "Over"), ("spike", "running", "Running")],
)
def test_what_fell_silent_does_not_run(kind: str, status: str, words: str) -> None:
    assert status_words({"kind": kind, "status": status}) == words
