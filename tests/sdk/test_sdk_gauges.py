"""Levels, tallies and gauges as the store gets them: whole, in the right hour, and to the second."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from farthing import Meter
from farthing import gauges as module
from farthing.gauges import Gauges, Level, Tally
from farthing.readings import cpu_seconds, folder_gb, memory_gb
from hypothesis import given
from hypothesis import strategies as st

from tests.sdk.conftest import settled
from tests.sdk.workbench import Workbench

NANO = 10**9


def usage(workbench: Workbench, meter: str) -> list[dict[str, Any]]:
    return [event for event in workbench.events if event.get("meter") == meter]


def total(workbench: Workbench, meter: str) -> Decimal:
    return sum((Decimal(event["quantity"]) for event in usage(workbench, meter)), Decimal(0))


@given(
    value=st.decimals(Decimal("0.001"), 10_000, places=3),
    steps=st.lists(st.integers(1, 10**12), min_size=1, max_size=20),
    meter=st.sampled_from(["cpu_core_seconds", "storage_gb_hours"]),
)
def test_a_level_is_exact_however_often_it_is_reported(value: Decimal, steps: list[int], meter: str) -> None:
    level = Level(meter, value, 0, {})
    now, taken = 0, Decimal(0)
    for step in steps:
        now += step
        taken += level.take(now, is_change=False)
    exact = value * now / NANO / (3600 if meter.endswith("hours") else 1)
    assert abs(taken - exact) <= Decimal("1e-9")


def test_a_tally_counts_what_grew_and_survives_a_reset() -> None:
    values = iter([100.25, 103.5, 103.5, 2.0, 2.5])
    tally = Tally("cpu_core_seconds", lambda: next(values), {})
    assert [tally.take(0, is_change=False) for _ in range(4)] == [Decimal("3.25"), 0, Decimal("2"), Decimal("0.5")]


def test_an_app_is_billed_to_the_millisecond_that_it_ran(meter: Meter, workbench: Workbench) -> None:
    began = time.monotonic()
    with meter.running(cpu_cores=2, memory_gb=0.5):
        at_least = time.monotonic()
        time.sleep(0.2)
        meter.scale(cpu_cores=4)
        scaled = time.monotonic()
        time.sleep(0.1)
        at_most = time.monotonic()
    ended = time.monotonic()
    assert meter.flush(20)
    cores, memory = float(total(workbench, "cpu_core_seconds")), float(total(workbench, "memory_gb_seconds"))
    assert 0.5 * (at_most - at_least) <= memory <= 0.5 * (ended - began)
    assert 2 * 0.2 + 4 * (at_most - scaled) <= cores <= 2 * (scaled - began) + 4 * (ended - scaled) + 0.01
    actions = [(event["action"], event.get("attributes")) for event in workbench.events if event["type"] == "lifecycle"]
    assert actions == [
        ("start", {"cpu_cores": "2", "memory_gb": "0.5"}),
        ("scale", {"cpu_cores": "4"}),
        ("stop", None),
    ]
    stop = next(event for event in workbench.events if event.get("action") == "stop")
    assert all(event["time"] <= stop["time"] for event in usage(workbench, "cpu_core_seconds")), "it lies in its life"
    assert settled(meter)["pending"] == 0


def test_an_exception_ends_what_ran(meter: Meter, workbench: Workbench) -> None:
    with pytest.raises(KeyError), meter.running(cpu_cores=1):
        raise KeyError("host")
    assert meter.flush(20)
    assert [event["action"] for event in workbench.events if event["type"] == "lifecycle"] == ["start", "stop"]


def test_a_level_of_its_own_has_its_attributes_and_ends_with_zero(meter: Meter, workbench: Workbench) -> None:
    where = {"instance_type": "p5.48xlarge", "region": "us-east-1"}
    meter.level("instance_seconds", 1, **where)
    meter.level("instance_seconds", 0, **where)
    before = len(workbench.stored)
    meter.close()
    events = usage(workbench, "instance_seconds")
    assert len(events) == 1
    assert before <= 1
    assert {name: events[0][name] for name in where} == where
    assert "is_estimated" not in events[0]


def test_usage_is_reported_on_the_borders_of_the_wall_clock(
    workbench: Workbench, new_meter: Callable[..., Meter], monkeypatch: pytest.MonkeyPatch
) -> None:
    # An hour's border half a second from now, by a wall clock that is moved there.
    real, start = time.time_ns, time.time_ns()
    border = (start // (3600 * NANO) + 2) * 3600 * NANO
    shift = border - NANO // 2 - start
    monkeypatch.setattr(time, "time_ns", lambda: real() + shift)
    meter = new_meter()
    meter.start(cpu_cores=3)
    deadline = time.monotonic() + 20
    while not usage(workbench, "cpu_core_seconds"):
        assert time.monotonic() < deadline
        meter.flush(1)
    meter.stop()
    assert meter.flush(20)
    first, last = usage(workbench, "cpu_core_seconds")
    assert first["time"].endswith(":59:59.999Z")
    assert datetime.fromisoformat(last["time"]).minute == 0
    assert Decimal(first["quantity"]) <= Decimal("1.5")
    assert Decimal(first["quantity"]) > Decimal("1.2")


def test_a_gauge_is_marked_as_estimated_and_its_error_is_said_at_the_stop(meter: Meter, workbench: Workbench) -> None:
    chance = random.Random(2)
    meter.start()
    meter.watch("memory_gb_seconds", lambda: 1 + chance.random(), region="us-east-1")
    time.sleep(0.3)
    meter.stop()
    assert meter.flush(20)
    (event,) = usage(workbench, "memory_gb_seconds")
    assert event["is_estimated"] is True
    assert event["region"] == "us-east-1"
    assert 0.25 < Decimal(event["quantity"]) < Decimal("0.9")
    stop = next(event for event in workbench.events if event.get("action") == "stop")
    stated = stop["attributes"]["sampling"]["memory_gb_seconds/region=us-east-1"]
    assert stated["readings"] >= 1
    assert math.isfinite(stated["standard_error"])


def test_a_gauge_that_cannot_be_read_is_given_up(meter: Meter, workbench: Workbench) -> None:
    def broken() -> float:
        raise RuntimeError("the host's own trouble")

    meter.watch("memory_gb_seconds", broken)
    meter.level("cpu_core_seconds", 1)
    deadline = time.monotonic() + 10
    while not meter.counters().get("gauges_failed"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    meter.stop()
    assert meter.flush(20)
    assert meter.counters()["gauges_failed"] == 1
    assert len(usage(workbench, "cpu_core_seconds")) == 1
    assert usage(workbench, "memory_gb_seconds") == []


def test_a_reading_that_hangs_holds_up_nobody() -> None:
    import threading

    hangs = threading.Event()
    taken: list[str] = []
    gauges = Gauges(lambda meter, *_: taken.append(meter), lambda: None)
    gauges.watch("slow", lambda: Tally("storage_gb_hours", lambda: float(hangs.wait(20)), {}))
    began = time.monotonic()
    gauges.set_level("a", "cpu_core_seconds", Decimal(1), {})
    gauges.changed()
    assert gauges.report(0.1) is False
    assert time.monotonic() - began < 1
    assert taken == ["cpu_core_seconds", "cpu_core_seconds"]
    hangs.set()
    assert gauges.report(10) is True
    gauges.close()


def test_reports_are_a_minute_apart_and_denser_after_a_change() -> None:
    gauges = Gauges(lambda *_: None, lambda: None)
    far = gauges._next_border() - time.monotonic_ns()
    assert 0 < far <= module.REPORT_SECONDS * NANO
    gauges.changed()
    assert 0 < gauges._next_border() - time.monotonic_ns() <= module.DENSE_REPORT_SECONDS * NANO


def test_readings_of_this_process(tmp_path: Path) -> None:
    before = cpu_seconds()
    sum(range(2_000_000))
    assert cpu_seconds() > before
    assert 0.001 < memory_gb() < 10_000
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "file").write_bytes(bytes(3000))
    (tmp_path / "link").symlink_to("nowhere")
    assert folder_gb(tmp_path)() == pytest.approx(3.007e-6, abs=1e-9)
    assert folder_gb(tmp_path / "not there")() == 0
