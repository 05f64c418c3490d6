"""``farthing keys``: on the store itself, and through the app while the app has the store."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from jobs.commands.keys import keys
from tests.api.conftest import event
from tests.sdk.serving import ApiProcess


@pytest.fixture
def api(tmp_path: Path):
    made = ApiProcess(tmp_path)
    made.environment["FARTHING_URL"] = made.url
    yield made
    made.kill()


def farthing(api: ApiProcess, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from jobs.cli import main; main()", "keys", *arguments]
    return subprocess.run(command, env=api.environment, capture_output=True, text=True, check=False, timeout=120)


def post(api: ApiProcess, secret: str) -> int:
    request = urllib.request.Request(
        f"{api.url}/api/v1/events",
        json.dumps([event()]).encode(),
        {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_keys_are_made_and_ended_while_the_app_runs(api: ApiProcess, tmp_path: Path) -> None:
    before = farthing(api, "create", "early").stdout.strip()
    api.start()
    announced = tmp_path / "store.serving.json"
    assert oct(announced.stat().st_mode)[-3:] == "600"
    secret = farthing(api, "create", "exporter").stdout.strip()
    assert (post(api, before), post(api, secret)) == (202, 202)
    listed = json.loads(farthing(api, "list", "--format", "json").stdout)
    assert [key["source"] for key in listed] == ["early", "exporter"]
    assert "secret" not in listed[0]
    ended = farthing(api, "revoke", listed[1]["key_id"])
    assert ended.returncode == 0
    assert (post(api, before), post(api, secret)) == (202, 401)
    api.kill()
    alone = farthing(api, "create", "later")
    assert alone.stdout.startswith("fa_")


def test_the_commands_are_all_there() -> None:
    assert {command.name or command.callback.__name__ for command in keys.registered_commands} == {
        "create", "list", "rotate", "revoke",
    }  # fmt: skip
