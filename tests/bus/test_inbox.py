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


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no folder; make it"):
        waiting(tmp_path / "nowhere")
