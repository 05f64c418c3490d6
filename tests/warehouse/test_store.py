"""Opening, sharing and refusing a store.

The server's form is only looked at as the options its client would be given: there is no server here to connect to, and
a pretended one would prove nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import warehouse.connect
import warehouse.migrate
from warehouse.connect import Store, client_options
from warehouse.errors import StoreError
from warehouse.location import parse_location
from warehouse.migrate import migrate

ROOT = Path(__file__).parents[2]
RATE = "import sys\nsys.argv = ['farthing', 'rate']\nfrom jobs.cli import main\nmain()"
OPEN = "from warehouse.start import open_store\nstore = open_store()\n"


def python(store: Path, code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "FARTHING_STORE": f"chdb://{store}", **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_migrations_are_recorded_and_applied_once(store: Store) -> None:
    files = sorted(path.stem for path in warehouse.migrate.MIGRATIONS.glob("*.sql"))
    assert [row["name"] for row in store.rows("SELECT name FROM migrations ORDER BY name")] == files
    assert migrate(store) == []
    # Cut short between its statements and its record, a file is applied again and harms nothing.
    store.command("TRUNCATE TABLE migrations")
    assert migrate(store) == files


def test_a_changed_migration_is_refused(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in warehouse.migrate.MIGRATIONS.glob("*.sql"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(warehouse.migrate, "MIGRATIONS", tmp_path)
    assert migrate(store) == []
    with (tmp_path / "0001_events.sql").open("a", encoding="utf-8") as file:
        file.write("-- one more word\n")
    with pytest.raises(StoreError, match=r"0001_events\.sql changed after it was applied"):
        migrate(store)


def test_a_newer_store_is_refused(store: Store) -> None:
    store.insert_rows("migrations", [{"name": "9999_future", "digest": "x"}])
    with pytest.raises(StoreError, match="migrated by a newer Farthing \\(9999_future\\)"):
        migrate(store)


def test_the_pool_lends_no_more_clients_than_it_has(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warehouse.connect, "WAIT_SECONDS", 0.05)
    with nested(store, 8), pytest.raises(StoreError, match="raise FARTHING_POOL_SIZE"):
        store.scalar("SELECT 1")
    assert store.scalar("SELECT 1") == 1

    most, now, lock = 0, 0, threading.Lock()
    monkeypatch.setattr(warehouse.connect, "WAIT_SECONDS", 30)

    def borrow() -> None:
        nonlocal most, now
        with store.client() as client:
            with lock:
                now += 1
                most = max(most, now)
            client.command("SELECT 1")
            time.sleep(0.01)
            with lock:
                now -= 1

    threads = [threading.Thread(target=borrow) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most <= 8


@contextmanager
def nested(store: Store, depth: int) -> Iterator[None]:
    if depth == 0:
        yield
        return
    with store.client(), nested(store, depth - 1):
        yield


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("chdb:///var/lib/farthing", "chdb:///var/lib/farthing"),
        ("chdb:///with%20space", "chdb:///with space"),
        ("clickhouse://me:s3cret@db.local:8123/farthing", "clickhouse://me@db.local:8123/farthing"),
        ("clickhouses://me:s3cr%40t@db.local", "clickhouses://me@db.local:8443/farthing"),
        ("clickhouse://db.local/other", "clickhouse://default@db.local:8123/other"),
        ("http://me:s3cret@127.0.0.1", "http://me@127.0.0.1:8501"),
    ],
)
def test_locations_are_shown_without_their_password(url: str, text: str) -> None:
    location = parse_location(url)
    assert str(location) == text
    assert "s3cr" not in f"{location} {location!r}"


@pytest.mark.parametrize(
    "url",
    [
        "chdb://relative/path", "chdb:", "clickhouse://", "mysql://x/y", "", "/just/a/path",
        "clickhouse://me:s3cret@host/bad-name", "chdb:///x?database=a;b", "clickhouse://me:s3cret@host:port/x",
        "clickhouse://me:s3cret@", "http://127.0.0.1:8501", "http://me:s3cret@", "https://me:s3cret@db.local",
    ],
)  # fmt: skip
def test_unusable_locations_are_refused_without_telling_the_password(url: str) -> None:
    with pytest.raises(StoreError) as caught:
        parse_location(url)
    assert "s3cret" not in str(caught.value)


def test_a_server_is_asked_as_the_location_says() -> None:
    options = client_options(parse_location("clickhouses://me:p%40ss@db.local:9440/spend"), 123, None)
    settings = options.pop("settings")
    assert options == {
        "host": "db.local",
        "port": 9440,
        "username": "me",
        "password": "p@ss",
        "secure": True,
        "database": "spend",
    }
    assert settings.pop("optimize_redundant_functions_in_order_by") == 0
    assert settings == {"max_memory_usage": 123, "session_timezone": "UTC", "join_use_nulls": 0}


def test_a_taken_store_is_a_sentence(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", f"{OPEN}print('open', flush=True)\ninput()"],
        cwd=ROOT,
        env={**os.environ, "FARTHING_STORE": f"chdb://{tmp_path / 's'}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline() == "open\n"
        second = python(tmp_path / "s", RATE)
        assert second.returncode == 1
        assert "is in use by another process" in second.stderr
        assert "Traceback" not in second.stderr
        holder.kill()
        holder.wait()
        assert python(tmp_path / "s", OPEN).returncode == 0, "a killed owner leaves no lock"
    finally:
        holder.kill()
        holder.wait()
        holder.stdin.close()
        holder.stdout.close()


def test_a_broken_part_is_refused_loudly(tmp_path: Path) -> None:
    store = tmp_path / "s"
    load = OPEN + (
        "from warehouse.histories import record\n"
        "record(store, 'apps', [{'app_id': 'a', 'team_id': 't'}], by='test')\n"
        "print(store.scalar(\"SELECT path FROM system.parts WHERE table = 'app_records' AND active \"\n"
        "                   \"AND database = 'farthing'\"))\nstore.close()\n"
    )
    part = Path(python(store, load).stdout.strip())
    part = part if part.is_absolute() else store / part
    data = next(part.glob("data.bin"))
    data.write_bytes(data.read_bytes()[:10])
    again = python(store, RATE)
    assert again.returncode == 1
    assert "damaged parts: app_records/broken-on-start" in again.stderr
    assert "farthing restore" in again.stderr


def test_the_zone_of_the_machine_changes_nothing(tmp_path: Path) -> None:
    code = OPEN + (
        "from datetime import datetime, UTC\n"
        "from metering.decode import decode_events\n"
        "from metering.door import admit, history_terms\n"
        "from warehouse.histories import record, transfer\n"
        "from jobs.rate import rate\n"
        "record(store, 'apps', [{'app_id': 'a', 'team_id': 't'}], by='test')\n"
        "transfer(store, 'apps', 'a', datetime(2026, 3, 8, 7, 0, tzinfo=UTC), {'team_id': 'u'}, by='test')\n"
        "times = [f'2026-03-{t}Z' for t in ('08T06:59:59.999', '08T07:00:00', '08T00:00:00', '07T23:59:59.999')]\n"
        "events = [{'source': 's', 'event_id': t, 'time': t, 'resource_id': 'r', 'app_id': 'a',\n"
        "           'meter': 'cpu_core_seconds', 'quantity': '1'} for t in times]\n"
        "admit(store, 'usage', decode_events(events)['usage'], history_terms('x'))\n"
        "print([str(day.charge_date) for day in rate(store)])\n"
        "columns = 'charge_date, charge_period_start, team_id, event_count'\n"
        "print(*store.rows(f'SELECT {columns} FROM charges ORDER BY ALL'), sep='\\n')\n"
    )
    answers = [python(tmp_path / zone.replace("/", "-"), code, TZ=zone) for zone in ("UTC", "America/New_York")]
    assert answers[0].returncode == 0, answers[0].stderr
    assert answers[0].stdout == answers[1].stdout
    assert "'team_id': 'u'" in answers[0].stdout
