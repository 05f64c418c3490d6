"""What the SDK promises about itself: nothing of ours, nothing of others, and the oldest Python it names."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SDK = ROOT / "sdk"
MODULES = sorted((SDK / "farthing").glob("*.py"))
OLDEST = (3, 9)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_it_is_written_in_the_oldest_python(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=OLDEST)
    assert "from __future__ import annotations" in text or len(text) < 200
    assert len(text.splitlines()) <= 400
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword):
            assert node.arg not in ("slots", "kw_only", "strict"), "3.10"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_it_imports_the_standard_library_and_itself(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(str(node.module).split(".")[0])
    hosts = {"litellm"} if path.name == "litellm.py" else set()
    assert imported <= sys.stdlib_module_names | {"farthing"} | hosts


def pythons() -> list[str]:
    """Interpreters on this machine other than ours; FARTHING_PYTHONS adds paths."""
    named = os.environ.get("FARTHING_PYTHONS", "").split(os.pathsep)
    found = [shutil.which(f"python3.{minor}") for minor in range(9, 16)]
    return sorted({path for path in (*named, *found) if path})


TRIAL = """
import sys, threading
before = set(sys.modules), threading.active_count()
import farthing
assert threading.active_count() == 1, "a thread at import"
assert not {"asyncio", "sqlite3"} & (set(sys.modules) - before[0]), "heavy imports"
from farthing import Meter
import farthing.litellm, farthing.readings, asyncio
meter = Meter(sys.argv[1], "key", app_id="shop", resource_id="r1", spool=sys.argv[2])
usage = {"prompt_tokens": 3, "completion_tokens": 1, "total_tokens": 4}
@meter.call
def plain(): return {"model": "m", "usage": usage}
@meter.call(provider="p")
async def later(): return {"model": "m", "usage": usage}
@meter.call
def stream(): yield {"model": "m", "usage": usage}
plain(); asyncio.run(later()); list(stream())
with meter.running(cpu_cores=1):
    meter.watch("memory_gb_seconds", farthing.readings.memory_gb)
    meter.tally("cpu_core_seconds", farthing.readings.cpu_seconds)
    meter.request(status=200, bytes_out=10, duration_ms=1.5)
    meter.usage("egress_bytes", 10)
assert meter.flush(20)
counts = meter.counters()
assert "internal_errors" not in counts and "invalid" not in counts and "gauges_failed" not in counts, counts
assert counts["pending"] == 0 and counts["accepted"] == counts["recorded"] >= 9, counts
print(sys.version_info[:2])
"""


def test_it_runs_on_every_python_here(tmp_path: Path) -> None:
    from tests.sdk.workbench import Workbench

    ran = []
    for number, python in enumerate([sys.executable, *pythons()]):
        with Workbench() as workbench:
            done = subprocess.run(
                [python, "-W", "error", "-c", TRIAL, workbench.url, str(tmp_path / str(number))],
                env={"PYTHONPATH": str(SDK), "PATH": os.environ["PATH"]},
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        if done.returncode == 127 or "not found" in done.stderr:
            continue  # a name on the path without an interpreter behind it
        assert done.returncode == 0, f"{python}: {done.stderr}"
        ran.append(done.stdout.strip())
    assert str(sys.version_info[:2]) in ran


def test_its_distribution_is_its_own(tmp_path: Path) -> None:
    import tomllib

    project = tomllib.loads((SDK / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "farthing"
    assert project["dependencies"] == []
    assert project["requires-python"] == ">=3.9"
    from farthing import __version__

    assert project["version"] == __version__
