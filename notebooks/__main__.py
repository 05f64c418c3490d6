"""``python -m notebooks``: run every notebook and write what it says as HTML and as .ipynb.

On the store that FARTHING_STORE names; without it on a demo of its own, made once beside the documents.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.settings import ROOT, Settings
from notebooks.page import VEGA, to_html

HERE = Path(__file__).parent
TITLES = {
    "spend": "Where the money goes",
    "allocation": "Who should pay for what is shared?",
    "backtest": "Did the detector see it?",
    "closing": "A month closed and audited",
    "repricing": "The same month at other prices",
}
# A platform that is always the same, so that a document only changes when the program does.
APPS, DAYS, SEED, UNTIL = 120, 60, 7, datetime(2026, 11, 15, tzinfo=UTC)


def main() -> None:
    """Run the notebooks that are named, or all of them."""
    asked = argparse.ArgumentParser(prog="python -m notebooks", description=__doc__)
    asked.add_argument("names", nargs="*", help=f"of {', '.join(TITLES)}; all without")
    asked.add_argument("--to", type=Path, default=ROOT / ".farthing" / "notebooks", help="the folder to write into")
    options = asked.parse_args()
    if unknown := [name for name in options.names if name not in TITLES]:
        asked.error(f"no notebook {', '.join(unknown)}; there are {', '.join(TITLES)}")
    options.to.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ}
    if "FARTHING_STORE" not in environment:
        environment["FARTHING_STORE"] = demo_store(options.to)
    for name in options.names or TITLES:
        print(f"{options.to / name}.html", flush=True)
        write(name, options.to, executed(name, environment))


def demo_store(folder: Path) -> str:
    """Return the address of a demo store in a folder, made if it is not there."""
    from jobs.demo.run import run_demo
    from warehouse.start import open_store

    url = f"chdb://{folder / 'demo' / 'store'}"
    with open_store(Settings(store=url, backups=folder / "demo" / "backups")) as store:
        run_demo(store, apps=APPS, days=DAYS, seed=SEED, until=UNTIL)
    return url


def executed(name: str, environment: dict[str, str]) -> dict[str, Any]:
    """Run a notebook in a process of its own and return it with what it showed, as nbformat 4.

    Raises:
        RuntimeError: a cell failed, or complained; the message is what it said.

    """
    with tempfile.TemporaryDirectory() as folder:
        # A copy runs: marimo writes what it remembers of a run beside it.
        source, target = Path(folder) / f"{name}.py", Path(folder) / f"{name}.ipynb"
        shutil.copy(HERE / source.name, source)
        words = ["export", "ipynb", str(source), "--include-outputs", "--output", str(target)]
        done = subprocess.run(
            [sys.executable, "-m", "marimo", "-q", *words],
            env={**environment, "PYTHONWARNINGS": "ignore"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        notebook = json.loads(target.read_text(encoding="utf-8")) if target.exists() else {"cells": []}
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    failed = [f"{output['ename']}: {output['evalue']}" for output in outputs if output["output_type"] == "error"]
    failed += ["".join(output["text"]) for output in outputs if output.get("name") == "stderr"]
    if done.returncode or failed:
        raise RuntimeError(f"notebooks/{name}.py: {'; '.join(failed) or done.stderr}")
    for output in outputs:
        for kind, value in output.get("data", {}).items():
            if VEGA.fullmatch(kind) and not isinstance(value, dict):
                output["data"][kind] = json.loads("".join(value))  # as Jupyter reads it: an object, not its text
    return notebook


def write(name: str, folder: Path, notebook: dict[str, Any]) -> None:
    """Write an executed notebook as .ipynb and .html."""
    others = {f"{one}.html": title for one, title in TITLES.items()}
    (folder / f"{name}.ipynb").write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / f"{name}.html").write_text(to_html(notebook, TITLES[name], others), encoding="utf-8")


if __name__ == "__main__":
    main()
