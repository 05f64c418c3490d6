"""The bus, for real: every message is stored once, poison is kept, a crash loses and doubles nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from config.settings import ROOT, Settings
from jobs.intake import ReadBus
from jobs.loop import JobLoop
from metering.bus.consumer import BusOptions, Consumer, Counts, read_properties
from metering.door import Terms, history_terms
from tests.bus.broker import QUICK, made_topic, send
from warehouse.connect import Store
from warehouse.start import open_store

MESSAGES = 100_000
NOW = f"{datetime.now(UTC):%Y-%m-%dT%H:00:00Z}"


def usage(number: int, **more: Any) -> dict[str, Any]:
    return {
        "type": "usage",
        "source": "exporter",
        "event_id": f"e{number}",
        "time": NOW,
        "resource_id": f"r{number % 7}",
        "meter": "requests",
        "quantity": 1,
        "provider": "p",
        "model": "m",
        **more,
    }


def consumer(store: Store, bus: str, topic: str, terms: Terms | None = None, **options: Any) -> Consumer:
    chosen = BusOptions(servers=bus, topics=(topic,), group=topic, member="one", properties=QUICK, **options)
    return Consumer(store, chosen, terms)


def read_all(store: Store, bus: str, topic: str, **options: Any) -> Consumer:
    made = consumer(store, bus, topic, **options)
    made.run(threading.Event(), until_empty=True)
    return made


@dataclass(frozen=True, slots=True)
class Outcome:
    """A topic that was read, into a store of its own; what a second member of the group found; what the job said."""

    store: Store
    counts: Counts
    again: Counts | None = None
    said: str = ""


@pytest.fixture(scope="module")
def read(bus: str) -> Iterator[dict[str, Outcome]]:
    """Four topics read at the same time: the broker deals out partitions six seconds after a group was joined."""
    with ExitStack() as held, ThreadPoolExecutor() as threads:
        opened = {
            name: (held.enter_context(store_called(name)), made_topic(bus, name, partitions=1 + (name == "mixed")))
            for name in ("mixed", "job", "untrusted", "away")
        }
        reading = {name: threads.submit(globals()[f"read_{name}"], *place, bus) for name, place in opened.items()}
        yield {name: one.result() for name, one in reading.items()}


@contextmanager
def store_called(name: str) -> Iterator[Store]:
    database = f"test_{os.getpid()}_bus_{name}"
    with open_store(Settings(store=f"{os.environ['FARTHING_STORE']}?database={database}")) as store:
        yield store
        store.command(f"DROP DATABASE {database} SYNC")


def read_mixed(store: Store, topic: str, bus: str) -> Outcome:
    lifecycle = {
        "type": "lifecycle",
        "source": "k8s",
        "event_id": "l1",
        "time": NOW,
        "resource_id": "r1",
        "action": "start",
    }
    poison = [b"{", {**usage(9), "quantity": -1}, {**usage(10), "cost": 5}]
    send(bus, topic, [usage(1), usage(1), [usage(2), usage(3)], lifecycle, *poison])
    # Behind the first of them in its partition: messages of other partitions may come in any order.
    send(bus, topic, [usage(1, quantity=2)])
    return Outcome(store, read_all(store, bus, topic).counts, again=read_all(store, bus, topic).counts)


def read_job(store: Store, topic: str, bus: str) -> Outcome:
    send(bus, topic, [usage(1), usage(2)])
    chosen = Settings(bus_servers=bus, bus_topics=topic, bus_group=topic)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("jobs.intake.settings", lambda: chosen)
        job = ReadBus()
        loop = JobLoop(store, pause=0.2, jobs={"bus": job})
        loop.start()
        deadline = time.monotonic() + 60
        while "2 rows accepted" not in loop.states["bus"].last_result:
            assert time.monotonic() < deadline, loop.states["bus"]
            time.sleep(0.2)
        loop.stop()
    return Outcome(store, Counts(), said=loop.states["bus"].last_result)


def read_untrusted(store: Store, topic: str, bus: str) -> Outcome:
    send(bus, topic, [usage(1, app_id="chat")])
    return Outcome(store, read_all(store, bus, topic, is_trusted=False).counts)


def read_away(store: Store, topic: str, bus: str) -> Outcome:
    send(bus, topic, [usage(number) for number in range(10)])
    insert, failures = store.insert_arrow, iter([True, True, False])

    def fails_twice(*said: Any, **options: Any) -> None:
        if next(failures, False):
            raise OSError("the disk is full")
        insert(*said, **options)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store, "insert_arrow", fails_twice)
        return Outcome(store, read_all(store, bus, topic, terms=history_terms("bus:away")).counts)


def test_messages_become_events_once_and_poison_is_kept(read: dict[str, Outcome]) -> None:
    store, counts = read["mixed"].store, read["mixed"].counts
    # usage(1) twice and a third time with another quantity.
    assert (counts.messages, counts.accepted, counts.duplicates, counts.quarantined) == (8, 4, 1, 4)
    assert store.scalar("SELECT count() FROM usage") == 3
    assert store.scalar("SELECT count() FROM lifecycle") == 1
    assert store.scalar("SELECT count() FROM quarantine") == 4
    # A second member of the group finds nothing left, and says that nothing is left.
    assert read["mixed"].again is not None
    assert read["mixed"].again.messages == 0
    (noted,) = store.rows("SELECT sum(end_offset - next_offset) AS lag, sum(next_offset) AS read FROM bus_positions")
    assert (noted["lag"], noted["read"]) == (0, 8)


def test_the_job_reads_on_and_says_what_it_read(read: dict[str, Outcome]) -> None:
    assert "2 messages read: 2 rows accepted" in read["job"].said
    assert not [thread for thread in threading.enumerate() if thread.name == "bus"]
    assert read["job"].store.scalar("SELECT count() FROM usage") == 2


def test_untrusted_topics_do_not_say_whose_an_event_is(read: dict[str, Outcome]) -> None:
    rows = read["untrusted"].store.rows("SELECT app_id, is_authenticated FROM usage")
    assert rows == [{"app_id": "chat", "is_authenticated": False}]


def test_a_store_that_is_away_for_a_while_loses_nothing(read: dict[str, Outcome]) -> None:
    counts = read["away"].counts
    assert (counts.accepted, counts.duplicates) == (10, 0)
    assert "the disk is full" in counts.last_error


def test_every_message_counts_once_though_the_consumer_is_killed_twice(bus: str, tmp_path: Path) -> None:
    topic = made_topic(bus, "killed")
    location = f"chdb://{tmp_path / 'store'}"
    with ThreadPoolExecutor() as threads:  # while they are sent, the first one starts and joins the group
        sent = threads.submit(send, bus, topic, (usage(number) for number in range(MESSAGES)))
        for batches in (1, 2):
            _consume(bus, topic, location, tmp_path, kill_after=batches)
        sent.result()
    _consume(bus, topic, location, tmp_path)
    counted = _counted(location)
    assert counted["usage"] == counted["names"] == counted["total"] == counted["accepted"] == MESSAGES
    assert counted["quarantined"] == 0
    assert counted["received"] == counted["accepted"] + counted["duplicates"]


def _counted(location: str) -> dict[str, int]:
    """Count what a store holds, in a process of its own: one process opens one embedded store."""
    read = (
        "import json; from warehouse.start import open_store\n"
        "with open_store() as store:\n"
        "    (usage,) = store.rows('SELECT count() AS usage, uniqExact(event_id) AS names, "
        "toUInt64(sum(quantity)) AS total FROM usage')\n"
        "    (ledger,) = store.rows('SELECT sum(received) AS received, sum(accepted) AS accepted, "
        "sum(duplicates) AS duplicates, sum(quarantined) AS quarantined FROM batches WHERE state = \\'stored\\'')\n"
        "    print(json.dumps({**usage, **ledger}))"
    )
    environment = {**os.environ, "FARTHING_STORE": location}
    done = subprocess.run([sys.executable, "-c", read], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    return {name: int(value) for name, value in json.loads(done.stdout).items()}


def _consume(bus: str, topic: str, location: str, folder: Path, *, kill_after: int = 0) -> None:
    """Run the command until it has read all, or kill it as soon as it says that so many batches are stored."""
    settings = folder / "client.properties"
    settings.write_text("".join(f"{name}={value}\n" for name, value in QUICK.items()), encoding="utf-8")
    words = ["--servers", bus, "--topic", topic, "--group", "killed", "--member", "one", "--properties", str(settings)]
    process = subprocess.Popen(
        [sys.executable, "-m", "jobs.cli", "consume", *words, "--until-empty"],
        cwd=ROOT,
        env={**os.environ, "FARTHING_STORE": location},
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stderr is not None
        stored = (line for line in process.stderr if "messages stored" in line)
        if kill_after:
            for _ in range(kill_after):
                assert next(stored, None), "everything was read before it could be killed"
            process.kill()
        else:
            assert list(stored)
    assert process.returncode == (-signal.SIGKILL if kill_after else 0)


def test_properties_are_read_and_a_bad_line_is_named_without_its_value(tmp_path: Path) -> None:
    path = tmp_path / "client.properties"
    path.write_text("# who we are\nsasl.username = farthing\n\nsasl.password=a=b\n", encoding="utf-8")
    assert read_properties(path) == {"sasl.username": "farthing", "sasl.password": "a=b"}
    path.write_text("secret-without-a-name\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"client.properties:1 is no property") as caught:
        read_properties(path)
    assert "secret" not in str(caught.value).replace(str(path), "")
