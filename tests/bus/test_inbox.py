"""Files dropped in a folder: loaded once, put away, and never lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from metering.bus.inbox import take, waiting
from warehouse.connect import Store


def dropped(path: Path, *events: str) -> Path:
    facts = {"source": "s", "time": "2026-01-05T12:00:00Z", "resource_id": "r", "meter": "requests", "quantity": 1}
    lines = [json.dumps({**facts, "event_id": event, "provider": "p", "model": "m"}) for event in events]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_finished_files_are_loaded_and_put_away(store: Store, tmp_path: Path) -> None:
    dropped(tmp_path / "a.jsonl", "1", "2")
    dropped(tmp_path / "b.jsonl", "2", "3")
    dropped(tmp_path / ".c.jsonl", "4")
    dropped(tmp_path / "d.jsonl.part", "5")
    taken = list(take(store, tmp_path))
    assert [(one.path.name, one.loaded.accepted, one.loaded.duplicates) for one in taken if one.loaded] == [
        ("a.jsonl", 2, 0),
        ("b.jsonl", 1, 1),
    ]
    assert store.scalar("SELECT count() FROM usage") == 3
    assert waiting(tmp_path) == []
    assert sorted(path.name for path in (tmp_path / "done").iterdir()) == ["a.jsonl", "b.jsonl"]


def test_a_file_that_a_crash_left_is_taken_again_for_nothing(store: Store, tmp_path: Path) -> None:
    path = dropped(tmp_path / "a.jsonl", "1")
    list(take(store, tmp_path))
    dropped(path, "1")
    (again,) = take(store, tmp_path)
    assert (again.path.name, again.loaded.accepted, again.loaded.skipped) == ("1-a.jsonl", 0, 1)
    assert store.scalar("SELECT count() FROM usage") == 1


def test_a_file_that_is_none_is_put_aside_with_the_reason(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(b"not parquet")
    dropped(tmp_path / "y.jsonl", "1")
    broken, good = take(store, tmp_path)
    assert broken.loaded is None
    assert "is not a Parquet file" in (tmp_path / "failed" / "x.parquet.why.txt").read_text(encoding="utf-8")
    assert good.loaded.accepted == 1


def test_a_json_file_is_one_document(store: Store, tmp_path: Path) -> None:
    dropped(tmp_path / "x.jsonl", "1", "2")
    events = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()]
    (tmp_path / "x.jsonl").unlink()
    (tmp_path / "array.json").write_text(json.dumps(events, indent=2), encoding="utf-8")
    (tmp_path / "object.json").write_text(json.dumps({**events[0], "event_id": "3"}, indent=2), encoding="utf-8")
    dropped(tmp_path / "lines.json", "4", "5")
    taken = {one.path.name: one.loaded for one in take(store, tmp_path)}
    assert {name: (one.accepted, one.quarantined) for name, one in taken.items() if one} == {
        "array.json": (2, 0), "object.json": (1, 0), "lines.json": (2, 0),
    }  # fmt: skip
    assert store.scalar("SELECT count() FROM usage") == 5


def test_a_file_in_which_nothing_is_json_and_a_link_are_put_aside(store: Store, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("bad.json", "bad.jsonl"):
        (inbox / name).write_bytes(b"\x00\xff\xfe binary\n[1, 2\n")
    (inbox / "number.json").write_text("17", encoding="utf-8")
    (inbox / "link.jsonl").symlink_to(dropped(tmp_path / "elsewhere.jsonl", "1"))
    (inbox / "dangling.jsonl").symlink_to(tmp_path / "nowhere.jsonl")
    assert {one.path.parent.name for one in take(store, inbox)} == {"failed"}
    reasons = {file.name: file.read_text(encoding="utf-8") for file in (inbox / "failed").glob("*.why.txt")}
    said = {"bad.json": "is not JSON", "bad.jsonl": "none of its first 2 lines is JSON",
            "number.json": "holds no event", "link.jsonl": "is a link", "dangling.jsonl": "is a link"}  # fmt: skip
    assert set(reasons) == {f"{name}.why.txt" for name in said}
    assert all(reason in reasons[f"{name}.why.txt"] for name, reason in said.items())
    assert store.scalar("SELECT count() FROM usage") + store.scalar("SELECT count() FROM quarantine") == 0
    assert waiting(inbox) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no folder; make it"):
        waiting(tmp_path / "nowhere")
