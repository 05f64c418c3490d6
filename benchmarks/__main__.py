"""``make bench``: the whole pipeline measured in one run, as a table with ratios."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.report import Line, show
from benchmarks.step import STEPS


def main() -> int:
    """Run the steps; exit code 1 if a target was missed or a step failed."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--apps", type=int, default=500)
    parser.add_argument("--steps", nargs="+", default=STEPS, choices=STEPS)
    parser.add_argument("--keep", type=Path, help="a folder to keep the store in, and to go on from")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="farthing-bench-") as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        lines = [line for step in chosen.steps for line in _step(step, folder, chosen)]
    size = f"{chosen.events:,} usage events, {chosen.days} days, {chosen.apps} apps"
    show(f"{size}; {os.cpu_count()} processors, Python {platform.python_version()}", lines)
    return 1 if any(line.is_met is False for line in lines) else 0


def _step(step: str, folder: Path, chosen: argparse.Namespace) -> list[Line]:
    print(f"{step} …", file=sys.stderr, flush=True)
    size = ["--events", str(chosen.events), "--days", str(chosen.days), "--apps", str(chosen.apps)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.step", step, "--folder", str(folder), *size],
        check=False,
        stdout=subprocess.PIPE,
        env={**os.environ, "STREAMLIT_LOGGER_LEVEL": "error"},
    )
    if done.returncode:  # its traceback is on stderr; what the other steps measured is not lost with it
        return [Line(f"{step}: failed with exit code {done.returncode}", "", is_met=False)]
    return [Line(**line) for line in json.loads(done.stdout)]


if __name__ == "__main__":
    sys.exit(main())
