"""Apps that fall silent: missed within hours, until they are back; nobody misses what rests or was stopped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jobs.decisions import decide
from jobs.detect import detect
from jobs.detectors import labels_of
from jobs.explaining import asking, explain
from jobs.scoring import Memory
from jobs.stops import Stop, unmissed
from tests.spiking_platform import AFTER_LATENESS, HOUR, build, call, deploy, send
from ui.flag_words import headline, sentences
from warehouse.connect import Store
from warehouse.histories import BEGINNING, record

BEGIN = datetime(2026, 4, 29, tzinfo=UTC)  # a Wednesday
SILENT = BEGIN + timedelta(days=21)
BACK = 31 * HOUR
APPS = ("chat", "rank", "mail", "tags", "week", "held", "gone")
STEADY = ("chat", "rank")


def tokens(app: str, at: datetime) -> int:
    """What an app uses in an hour: `rank` and `chat` always; `mail` falls silent and comes back, others end."""
    after = at - SILENT
    if app == "week" and at.weekday() >= 5:
        return 0
    if app not in (*STEADY, "week") and after >= timedelta() and (app != "mail" or after < BACK):
        return 0
    return 2_000_000


def events(begin: datetime, end: datetime) -> Iterator[dict[str, Any]]:
    for number in range(int((end - begin) / HOUR)):
        at = begin + number * HOUR
        yield from (call(app, at, tokens(app, at)) for app in APPS if tokens(app, at))


def stop(app: str, at: datetime, action: str = "stop") -> dict[str, Any]:
    return deploy(app, at) | {"event_id": f"{action}/{app}/{at:%Y%m%d%H%M}", "action": action}


def drops(store: Store) -> dict[str, dict]:
    rows = store.rows("SELECT * FROM flags WHERE kind = 'drop' AND status != 'withdrawn' ORDER BY app_id")
    assert len({row["app_id"] for row in rows}) == len(rows)
    return {row["app_id"]: row for row in rows}


def test_what_falls_silent_is_missed_until_it_is_back(store: Store) -> None:
    build(store, until=BEGIN - timedelta(days=30))
    price = {"valid_from": BEGINNING, "team_id": "growth", "environment": "production", "lifecycle": "persistent"}
    record(store, "apps", [{"app_id": app, **price} for app in ("week", "held")], by="test")
    ends = price | {"app_id": "gone", "valid_to": SILENT + 2 * HOUR}
    record(store, "apps", [ends], by="test")
    send(store, events(BEGIN, SILENT))
    send(store, [stop("held", SILENT - timedelta(minutes=20))])
    memory, known = Memory(), {}
    told_until = SILENT
    for hours in (0, 5, 6, 24, 30, 32):
        send(store, events(told_until, SILENT + hours * HOUR))
        told_until = SILENT + hours * HOUR
        if hours == 24:
            send(store, [stop("tags", SILENT + timedelta(hours=22, minutes=10))])
        detect(store, as_of=told_until + AFTER_LATENESS, memory=memory)
        known[hours] = drops(store)
    assert [list(known[hours]) for hours in known] == [[], [], *([["mail", "tags"]] * 4)]
    mail = [known[hours]["mail"] for hours in (6, 24, 30, 32)]
    assert {(flag["flag_id"], flag["started_at"], flag["flagged_at"]) for flag in mail} == {
        (mail[0]["flag_id"], SILENT, SILENT + 5 * HOUR)
    }
    assert [(flag["status"], flag["ended_at"]) for flag in mail] == [("running", None)] * 3 + [("over", SILENT + BACK)]
    assert [flag["is_silent"] for flag in mail] == [False] * 4
    assert (known[24]["tags"]["status"], known[24]["tags"]["ended_at"]) == ("over", SILENT + 23 * HOUR)
    for flag in (*mail[:1], mail[-1]):
        found = explain(asking(store), flag)
        hours = (flag["ended_at"] or flag["scored_until"]) - flag["started_at"]
        assert flag["actual"] == 0
        assert -flag["excess"] == flag["expected"] == pytest.approx(Decimal(7) * int(hours / HOUR), rel=Decimal("0.2"))
        if flag is mail[-1]:
            assert sum(row["excess"] for row in found.drivers) == flag["excess"]
            assert all(row["quantity_effect"] + row["price_effect"] == row["excess"] for row in found.drivers)
        said = " ".join([headline(flag), *sentences(flag, found.drivers, found.skus, found.markers, 0)])
        assert "missing" in said
        assert "over the expected" not in said
        assert "\N{MINUS SIGN}" not in said
    decide(store, mail[-1]["flag_id"], "confirmed", by="ana")
    assert labels_of(store).empty  # the ranking is of what costs too much
    send(store, [call("mail", SILENT + number * HOUR, 2_000_000) for number in range(int(BACK / HOUR))])
    detect(store, as_of=told_until + AFTER_LATENESS, memory=memory)
    (gone,) = store.rows("SELECT * FROM flags WHERE flag_id = {flag:String}", {"flag": mail[-1]["flag_id"]})
    assert gone["status"] == "withdrawn"
    assert gone["actual"] > 200
    assert sum(row["excess"] for row in explain(asking(store), gone).drivers) == gone["excess"] > mail[-1]["excess"]


def test_a_stop_near_the_silence_is_its_reason_and_a_later_one_ends_it() -> None:
    drop = {"started_at": SILENT, "flagged_at": SILENT + 5 * HOUR}

    def missed(stopped: list[Stop], used_until: datetime = SILENT) -> datetime | None:
        return unmissed(drop, stopped, used_until=used_until)

    assert missed([]) is None
    assert missed([Stop(SILENT - timedelta(days=3))]) is None  # it went on all the same
    assert missed([Stop(SILENT - 2 * HOUR, SILENT - HOUR)]) is None  # it was started again
    assert missed([Stop(SILENT - HOUR), Stop(SILENT + 30 * HOUR)]) == SILENT
    assert missed([Stop(SILENT + 6 * HOUR)]) == SILENT
    assert missed([Stop(SILENT + timedelta(hours=8, minutes=5))]) == SILENT + 9 * HOUR
    # It was stopped at night, when nothing much is missing yet.
    assert missed([Stop(SILENT - 10 * HOUR)], SILENT - 10 * HOUR) == SILENT
    assert missed([Stop(SILENT - 10 * HOUR)], SILENT - 2 * HOUR) is None
