"""The spool on disk: whatever a crash leaves behind is read up to the last whole event, and nothing twice."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest
from farthing.journal import SEGMENT_BYTES, Journal, SpoolFull
from farthing.spool import Spool, default_folder
from hypothesis import given, settings
from hypothesis import strategies as st

EVENTS = [b'{"event_id":"%d","text":"%s"}' % (number, b"x" * (number % 7)) for number in range(12)]


def roomy() -> int:
    return SEGMENT_BYTES


def read_all(journal: Journal, *, by: int = 5) -> tuple[list[bytes], int]:
    found, torn = [], 0
    while (batch := journal.peek(by, 1 << 18)).events:
        found += batch.events
        torn += batch.torn
        journal.ack(batch)
    return found, torn + batch.torn


def written(folder: Path, events: list[bytes] = EVENTS) -> Path:
    """Return the folder of a journal whose process died."""
    journal = Spool(folder, 1 << 30).begin()
    for event in events:
        journal.append(event, roomy)
    journal.abandon()
    return journal.folder


def adopted(folder: Path) -> Journal:
    (journal,) = Spool(folder, 1 << 30).adopt()
    return journal


def test_a_write_cut_anywhere_loses_that_event_and_no_other(tmp_path: Path) -> None:
    left = written(tmp_path / "whole")
    (segment,) = left.glob("*.seg")
    whole = segment.read_bytes()
    last = len(whole) - len(whole.splitlines(keepends=True)[-1])
    for cut in range(last, len(whole)):
        copy = shutil.copytree(left.parent, tmp_path / f"cut-{cut}")
        (copy / left.name / segment.name).write_bytes(whole[:cut])
        journal = adopted(copy)
        assert journal.count() == len(EVENTS) - 1
        assert read_all(journal) == (EVENTS[:-1], int(cut > last))
        journal.close()
        assert not list(copy.iterdir())


@settings(max_examples=60)
@given(data=st.data())
def test_damage_costs_the_lines_it_is_in(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("damage")
    left = written(folder)
    (segment,) = left.glob("*.seg")
    lines = segment.read_bytes().splitlines(keepends=True)
    hurt = data.draw(st.sets(st.integers(0, len(lines) - 1), max_size=4))
    for number in hurt:
        at = data.draw(st.integers(0, len(lines[number]) - 2))
        byte = data.draw(st.integers(0, 255).filter(lambda byte: byte not in (lines[number][at], 10)))  # noqa: B023
        lines[number] = lines[number][:at] + bytes([byte]) + lines[number][at + 1 :]
    segment.write_bytes(b"".join(lines))
    journal = adopted(folder)
    found, torn = read_all(journal, by=data.draw(st.integers(1, 13)))
    journal.close()
    assert found == [event for number, event in enumerate(EVENTS) if number not in hurt]
    assert torn == len(hurt)


def test_what_was_dealt_with_is_not_read_again_after_a_crash(tmp_path: Path) -> None:
    left = written(tmp_path)
    journal = adopted(tmp_path)
    journal.ack(journal.peek(5, 1 << 18))
    journal.abandon()
    journal = adopted(tmp_path)
    assert read_all(journal)[0] == EVENTS[5:]
    journal.abandon()
    (left / "cursor").write_bytes(b"0000000001 00000000")  # torn itself: everything again rather than nothing
    journal = adopted(tmp_path)
    assert read_all(journal)[0] == EVENTS
    journal.close()


def test_segments_are_deleted_as_they_are_dealt_with(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "s", 4 * SEGMENT_BYTES)
    journal = spool.begin()
    event = b"x" * 60_000
    number = 0
    try:
        while number < 1000:
            journal.append(b"%d" % number + event, spool.room)
            number += 1
    except SpoolFull:
        pass
    held = sum(path.stat().st_size for path in spool.folder.rglob("*.seg"))
    assert number < 1000
    assert 3 * SEGMENT_BYTES - 100_000 < held <= 4 * SEGMENT_BYTES
    found, _ = read_all(journal)
    assert [int(said[: said.index(b"x")]) for said in found] == list(range(number))
    assert len(list(spool.folder.rglob("*.seg"))) == 1, "only the one that is written to"
    journal.append(b"again", spool.room)
    assert read_all(journal)[0] == [b"again"]
    journal.close()


def test_a_failed_write_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Spool(tmp_path / "s", 1 << 30).begin()
    journal.append(EVENTS[0], roomy)
    real = os.write
    monkeypatch.setattr(os, "write", lambda opened, data: real(opened, data[: len(data) // 2]))
    with pytest.raises(OSError, match="only part"):
        journal.append(EVENTS[1], roomy)
    monkeypatch.undo()
    journal.append(EVENTS[2], roomy)
    assert read_all(journal) == ([EVENTS[0], EVENTS[2]], 0)
    journal.close()


def test_the_journal_of_a_living_process_is_left_alone(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "s", 1 << 30)
    journal = spool.begin()
    journal.append(EVENTS[0], roomy)
    assert spool.adopt() == []
    journal.abandon()
    (orphan,) = spool.adopt()
    assert spool.adopt() == [], "adopted once"
    assert read_all(orphan)[0] == [EVENTS[0]]
    orphan.close()


def test_nobody_else_reads_the_spool(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "s", 1 << 30)
    journal = spool.begin()
    journal.append(EVENTS[0], roomy)
    assert spool.set_aside(b"{}")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in spool.folder.rglob("*") if path.is_file()}
    assert set(modes) == {"lock", "cursor", "0000000001.seg", "set_aside.ndjson"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(spool.folder.stat().st_mode) == 0o700
    journal.close()
    spool.folder.chmod(0o755)
    with pytest.raises(PermissionError, match="alone"):
        spool.begin()
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(OSError, match="link"):
        Spool(link, 1 << 30).begin()


def test_the_default_folder_is_one_that_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert default_folder() == tmp_path / "state" / "farthing"
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert default_folder().name == f"farthing-{os.getuid()}"
