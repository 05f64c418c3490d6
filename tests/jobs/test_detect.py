"""Detection on a store: found in the first hours, told once, rescored when data come late, never from the future."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from config.settings import Settings, settings
from jobs.behind import usage_behind
from jobs.declaring import declare
from jobs.detect import DetectNewHours, detect
from jobs.detectors import learn
from jobs.explaining import asking, events_behind, explain
from jobs.scoring import Memory
from tests.spiking_platform import (
    AFTER_LATENESS,
    APPS,
    END,
    HOUR,
    SPIKE,
    SPIKE_HOURS,
    WILD,
    build,
    call,
    deploy,
    send,
    usage,
)
from ui.flag_words import sentences
from warehouse.connect import Store
from warehouse.histories import BEGINNING, record
from warehouse.start import open_store

OVER = SPIKE + SPIKE_HOURS * HOUR
LATE = call("mail", SPIKE - 3 * HOUR, 900_000) | {"event_id": "late"}
LATE_AT = SPIKE + 2 * HOUR  # it is there at this look


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[datetime, list[dict]]]:
    """What was known of the wild app's flags at the end of each hour, one look an hour, and the store at the end.

    From the second look on a fitted detector judges, and each look remembers the one before, as the job's do.
    """
    before = set(settings().models.glob("detector-*"))
    with open_store(Settings(store=f"{os.environ['FARTHING_STORE']}?database=detect_{os.getpid()}")) as store:
        build(store)
        send(store, [deploy(WILD, SPIKE - timedelta(minutes=12))])
        moments = [SPIKE + hours * HOUR for hours in (0, 1, 2, 4, 6, 13)]
        known, memory = {}, Memory()
        for moment in moments:
            if moment == LATE_AT:
                send(store, [LATE])
            detect(store, as_of=moment + AFTER_LATENESS, memory=memory)
            known[moment] = flags(store)
            if moment == SPIKE:
                learn(store)
        known["store"] = store
        yield known
        store.command(f"DROP DATABASE {store.location.database} SYNC")
    for path in set(settings().models.glob("detector-*")) - before:
        path.unlink()


def flags(store: Store, app: str = WILD) -> list[dict]:
    return store.rows(
        "SELECT * FROM flags WHERE app_id = {app:String} AND status != 'withdrawn' ORDER BY started_at", {"app": app}
    )


def counts(store: Store) -> list[int]:
    tables = ("scored_hours", "flag_findings", "flag_baseline_records", "detector_versions")
    return [store.scalar(f"SELECT count() FROM {name}") for name in tables]


def test_a_spike_is_found_in_its_first_hours(told) -> None:
    assert [flag for flag in told[SPIKE] if flag["started_at"] >= SPIKE] == []
    found = told[SPIKE + 2 * HOUR]
    assert [(flag["started_at"], flag["status"]) for flag in found if flag["started_at"] >= SPIKE] == [
        (SPIKE, "running")
    ]


def test_it_stays_one_flag_and_ends(told) -> None:
    spikes = {
        moment: [f for f in known if f["started_at"] >= SPIKE] for moment, known in told.items() if moment != "store"
    }
    assert {flag["flag_id"] for found in spikes.values() for flag in found} == {spikes[SPIKE + 2 * HOUR][0]["flag_id"]}
    excesses = [found[0]["excess"] for moment, found in spikes.items() if SPIKE + 2 * HOUR <= moment <= OVER]
    assert excesses == sorted(excesses)
    assert excesses[-1] > excesses[0] * Decimal("1.5")
    (last,) = spikes[SPIKE + 13 * HOUR]
    assert (last["status"], last["started_at"]) == ("over", SPIKE)
    assert last["projected_excess"] == last["excess"]
    assert spikes[SPIKE + 2 * HOUR][0]["projected_excess"] > spikes[SPIKE + 2 * HOUR][0]["excess"]
    assert SPIKE + 4 * HOUR <= last["ended_at"] <= OVER + 3 * HOUR


def test_an_incident_of_an_app_that_is_gone_ended_with_it(store: Store) -> None:
    begun, gone = END - 60 * HOUR, END - 56 * HOUR
    build(store, until=begun)
    later = [event for event in usage() if event["app_id"] != WILD and datetime.fromisoformat(event["time"]) >= begun]
    send(store, [*later, *(call(WILD, begun + hours * HOUR, 90_000_000) for hours in range(4))])
    heard: list[tuple[str, float]] = []
    detect(store, as_of=END + AFTER_LATENESS, tell=lambda *told: heard.append(told))
    flag, missed = [flag for flag in flags(store) if flag["started_at"] >= begun - HOUR]
    assert heard == sorted(heard, key=lambda one: one[1])
    assert [step for step, _ in heard][-1] == "raising flags"
    assert {step.split()[0] for step, _ in heard} == {"reading", "judging", "scoring", "raising"}
    assert 0 < heard[0][1] < heard[-1][1] < 1
    assert (flag["status"], flag["ended_at"], flag["scored_until"]) == ("over", gone, gone)
    assert flag["excess"] > 900  # and no hour without it lessens that
    assert (missed["kind"], missed["status"]) == ("drop", "running")
    assert missed["started_at"] >= gone


def test_nothing_else_is_loud(told) -> None:
    loud = told["store"].rows("SELECT app_id FROM flags WHERE NOT is_silent AND status != 'withdrawn'")
    assert {row["app_id"] for row in loud} == {WILD}


def test_looking_twice_adds_nothing(told) -> None:
    store, last = told["store"], SPIKE + 13 * HOUR
    before = counts(store)
    done = detect(store, as_of=last + AFTER_LATENESS)
    assert (done.hours, dict(done.changed)) == (0, {})
    assert counts(store) == before


def test_the_split_adds_up_and_so_do_the_events(told) -> None:
    store = told["store"]
    flag = next(flag for flag in flags(store) if flag["started_at"] == SPIKE)
    found = explain(asking(store), flag)
    assert sum(row["excess"] for row in found.drivers) == flag["excess"]
    assert all(row["quantity_effect"] + row["price_effect"] == row["excess"] for row in found.drivers)
    assert flag["actual"] - flag["expected"] == flag["excess"]
    events = usage_behind(store, **events_behind(flag))
    assert events["all_effective_cost"][0].as_py() == flag["actual"]
    assert [(row["action"], row["time"]) for row in found.markers] == [("deploy", SPIKE - timedelta(minutes=12))]
    # The price never changed: all of it is use.
    assert all(row["price_effect"] == 0 for row in found.drivers)


def test_the_expected_is_about_what_it_always_cost(told) -> None:
    flag = next(flag for flag in flags(told["store"]) if flag["started_at"] == SPIKE)
    assert Decimal(4) < flag["actual"] / flag["expected"] < Decimal(16)


def test_a_look_that_remembers_says_what_one_that_reads_all_says_and_neither_reads_the_future(told, store) -> None:
    build(store, until=LATE_AT)  # the future does not even exist
    send(store, [deploy(WILD, SPIKE - timedelta(minutes=12))])
    for at in (SPIKE, SPIKE + HOUR, LATE_AT):
        if at == LATE_AT:
            send(store, [LATE])
        done = detect(store, as_of=at + AFTER_LATENESS)
        if at == SPIKE:
            learn(store)
    assert done.hours == 2 * len(APPS) + 2 * 4  # the newest hour, and of mail what came after the late event
    columns = "app_id, meter, time, amount, expected, lower, upper, score, is_flagged, basis, evidence"
    asked = f"SELECT {columns} FROM line_scores WHERE time < '{LATE_AT:%Y-%m-%d %H:%M:%S}' ORDER BY app_id, meter, time"
    remembered, whole = told["store"].rows(asked), store.rows(asked)
    assert len(whole) > 1000
    for one, other in itertools.zip_longest(remembered, whole):
        assert one == other
    assert [flag["flag_id"] for flag in told[LATE_AT]] == [flag["flag_id"] for flag in flags(store)] != []


def test_late_events_are_scored_again(store: Store) -> None:
    build(store, until=SPIKE + 2 * HOUR)
    detect(store, as_of=SPIKE + 2 * HOUR + AFTER_LATENESS)
    before = next(flag for flag in flags(store) if flag["started_at"] == SPIKE)
    late = call(WILD, SPIKE, 50_000_000) | {"event_id": "late"}
    send(store, [late])
    done = detect(store, as_of=SPIKE + 2 * HOUR + AFTER_LATENESS)
    assert done.hours > 0
    after = next(flag for flag in flags(store) if flag["flag_id"] == before["flag_id"])
    assert after["actual"] - before["actual"] == Decimal(50) * Decimal("2.5") + Decimal(5) * Decimal(10)
    assert after["expected"] == before["expected"]
    assert detect(store, as_of=SPIKE + 2 * HOUR + AFTER_LATENESS).hours == 0


def test_an_hour_of_unowned_usage_only_is_scored(store: Store) -> None:
    """Nobody's usage is no line: the hour has news of none, and every living line cost nothing in it."""
    build(store, until=SPIKE)
    detect(store, as_of=SPIKE + AFTER_LATENESS)
    send(store, [call("", SPIKE, 1000)])
    done = detect(store, as_of=SPIKE + HOUR + AFTER_LATENESS)
    assert done.until == SPIKE + HOUR
    asked = f"SELECT sum(amount) AS cost, count() AS n FROM line_scores WHERE time = '{SPIKE:%Y-%m-%d %H:%M:%S}'"
    assert store.rows(asked) == [{"cost": 0, "n": done.hours}]
    assert done.hours > 0


def test_a_new_app_is_judged_by_what_it_declared(store: Store) -> None:
    """Two new apps spend $10 an hour from their first hour on: one said $9,000 a month, the other $150."""
    until = SPIKE
    build(store, until=until)
    born = until - 5 * HOUR
    new = {"announced": "9000", "runaway": "150"}
    rows = [{"app_id": app, "team_id": "growth", "environment": "production", "lifecycle": "ephemeral"} for app in new]
    record(store, "apps", rows, by="test")
    for app, spend in new.items():
        declare(store, app, {"expected_spend": Decimal(spend)}, by="test")
    send(store, [call(app, born + hour * HOUR, 3_000_000) for app in new for hour in range(5)])
    memory = Memory()
    detect(store, as_of=until - 2 * HOUR + AFTER_LATENESS, memory=memory)
    detect(store, as_of=until + AFTER_LATENESS, memory=memory)
    assert flags(store, "announced") == []
    (flag,) = flags(store, "runaway")
    assert (flag["kind"], flag["basis"], flag["status"]) == ("launch", "declared", "running")
    assert born <= flag["started_at"] <= born + 2 * HOUR
    assert flag["actual"] == int((until - flag["started_at"]) / HOUR) * Decimal("10.5")
    assert flag["expected"] < flag["actual"] / 4
    found = explain(asking(store), flag)
    assert any(
        "what its team declared" in line for line in sentences(flag, found.drivers, found.skus, found.markers, 0)
    )


def test_a_flag_follows_the_team_that_had_the_app(store: Store) -> None:
    build(store, until=SPIKE + 2 * HOUR)
    detect(store, as_of=SPIKE + 2 * HOUR + AFTER_LATENESS)
    assert {flag["team_id"] for flag in flags(store)} == {"payments"}
    row = {"app_id": WILD, "team_id": "search", "environment": "production", "lifecycle": "persistent"}
    record(store, "apps", [row | {"valid_from": BEGINNING}], by="test")  # it never was of payments
    send(store, [call("chat", SPIKE + 2 * HOUR, 1000)])
    detect(store, as_of=SPIKE + 3 * HOUR + AFTER_LATENESS)
    assert {flag["team_id"] for flag in flags(store)} == {"search"}


def test_an_app_that_fell_silent_stays_missed_when_its_lines_have_ended(store: Store) -> None:
    """After a day nothing of it is scored any longer: what it would have cost goes on."""
    build(store)
    send(store, [call(app, END + hour * HOUR, 9_000_000) for app in APPS if app != WILD for hour in range(30)])
    memory, known = Memory(), {}
    for hours in (10, 23, 30):
        detect(store, as_of=END + hours * HOUR + AFTER_LATENESS, memory=memory)
        (known[hours],) = [flag for flag in flags(store) if flag["kind"] == "drop"]
    assert {(flag["status"], flag["ended_at"], flag["started_at"]) for flag in known.values()} == {
        ("running", None, END)
    }
    assert [flag["scored_until"] for flag in known.values()] == [END + hours * HOUR for hours in known]
    assert known[30]["excess"] < known[23]["excess"] < known[10]["excess"] < -60


def test_a_store_with_nobodys_usage_alone_has_nothing_to_score(store: Store) -> None:
    """The first day of a store whose exporters name no app yet: charges, and no line."""
    send(store, [call("", SPIKE, 1000)])
    done = detect(store, as_of=SPIKE + HOUR + AFTER_LATENESS)
    assert (done.until, done.hours, str(done)) == (SPIKE + HOUR, 0, "0 hours of lines scored; flags: no news")


def test_an_empty_store_has_nothing_to_score(store: Store) -> None:
    done = detect(store, as_of=END)
    assert (done.until, done.hours, str(done)) == (None, 0, "0 hours of lines scored; flags: no news")
    job = DetectNewHours()
    assert job(store).startswith("0 hours")
    assert job(store) == "nothing to score"
