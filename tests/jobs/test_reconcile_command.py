"""``farthing reconcile`` and ``farthing evidence`` as people type them."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from jobs.cli import app
from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from warehouse.connect import Store
from warehouse.errors import StoreTaken
from warehouse.histories import record

HOUR = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=3)


@pytest.fixture
def served(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with an app, and a pod that nobody owns."""
    record(store, "teams", [{"team_id": "red", "cost_center": "cc-red"}], by="test")
    record(store, "apps", [{"app_id": "chat", "team_id": "red"}], by="test")
    event = {"type": "usage", "source": "s", "event_id": "1", "time": HOUR.isoformat(), "resource_id": "pod-1",
             "meter": "requests", "quantity": 1, "provider": "p", "model": "m"}  # fmt: skip
    for name, staged in decode_events([event]).items():
        admit(store, name, staged, history_terms("test"))
    rate(store)
    monkeypatch.setattr("warehouse.start.open_store", lambda: nullcontext(store))
    return store


def said(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def records(*words: str) -> list[dict[str, Any]]:
    result = said("reconcile", *words, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_evidence_gives_a_suggestion_that_is_confirmed_and_undone(served: Store, tmp_path: Path) -> None:
    file = tmp_path / "deploys.jsonl"
    line = {
        "kind": "deploy",
        "resource_id": "pod-1",
        "app_id": "chat",
        "starts_at": HOUR.isoformat(),
        "reference": "4c1",
    }
    file.write_text(json.dumps(line) + "\n\n", encoding="utf-8")
    assert "1 records read, 1 of them new" in said("evidence", str(file)).stdout
    assert "1 records read, 0 of them new" in said("evidence", str(file)).stdout
    (waiting,) = records("list")
    assert (waiting["resource_id"], waiting["app_id"], waiting["cost_center"]) == ("pod-1", "chat", "cc-red")
    assert records("run") == []  # a deploy is not sure enough for a rule alone
    (given,) = records("confirm", "pod-1", "--by", "ana")
    assert (given["what"], given["app_id"], given["rule"]) == ("given", "chat", "deploy")
    assert served.scalar("SELECT any(app_id) FROM charges") == "chat"
    assert records("list") == []
    assert "taken back from chat" in said("reconcile", "undo", "pod-1", "--by", "ana", "--reason", "wrong").stdout
    assert served.scalar("SELECT any(cost_center) FROM charges") == "cc-unattributed"
    assert [word["word"] for word in records("history")] == ["undone"]


def test_what_nobody_is_named_for_needs_an_app(served: Store) -> None:
    with pytest.raises(ValueError, match="say --app"):
        said("reconcile", "confirm", "pod-1", "--by", "ana")
    with pytest.raises(ValueError, match="'nope' was not registered"):
        said("reconcile", "confirm", "pod-1", "--by", "ana", "--app", "nope")
    with pytest.raises(KeyError, match="waits for an owner"):
        said("reconcile", "confirm", "pod-2", "--by", "ana", "--app", "chat")
    (given,) = records("confirm", "pod-1", "--by", "ana", "--app", "chat")
    assert (given["rule"], given["app_id"]) == ("person", "chat")


def test_a_state_that_is_none_is_said(served: Store) -> None:
    with pytest.raises(ValueError, match="neither pending nor unresolved"):
        said("reconcile", "list", "--state", "lost")


def test_a_terminal_shows_what_matters_and_programs_get_everything(served: Store, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = said("reconcile", "list").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert sum("pod-1" in line for line in lines) == 1
    assert {"rule", "rivals", "cost_center", "deadline"} <= records("list")[0].keys()


def test_while_the_app_has_the_store_its_page_is_named(served: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken() -> None:
        raise StoreTaken("the store is in use by another process.")

    monkeypatch.setattr("warehouse.start.open_store", taken)
    with pytest.raises(StoreTaken, match=r"use its page Attribution \(http.*/attribution\), or stop it"):
        said("reconcile", "list")
