"""``make evaluate``: detection measured beside every baseline, written to ``docs/evaluation.md``.

Exit code 1 when a floor that was measured is missed or the second stage loses to the first.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from config.settings import ROOT
from models.evaluation import billing, calibrated, family_a, family_b, feedback, foretold, public, shared_sets
from models.evaluation.floors import measured
from models.evaluation.report import TITLES, document, floors_table
from models.evaluation.scale import QUICK, WHOLE, Scale
from models.evaluation.told import Told


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen sections, keep their figures, write the document of all figures known."""
    parser = argparse.ArgumentParser(prog="python -m models.evaluation", description=__doc__)
    parser.add_argument("--only", help=f"sections, by comma: {', '.join(TITLES)}")
    parser.add_argument("--write", action="store_true", help="measure nothing: write the document of the figures kept")
    parser.add_argument("--quick", action="store_true", help="small histories: says that it runs, not how good it is")
    parser.add_argument("--data", type=Path, help="the shared sets (default FARTHING_REAL_DATA, or shared/data)")
    parser.add_argument("--kept", type=Path, default=ROOT / ".farthing" / "evaluation", help="where figures are kept")
    parser.add_argument("--report", type=Path, default=ROOT / "docs" / "evaluation.md", help="the document to write")
    chosen = parser.parse_args(arguments)
    names = chosen.only.split(",") if chosen.only else list(TITLES)
    unknown = set(names) - set(TITLES)
    if unknown:
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(TITLES)}")
    detector = _commit()
    data = shared_sets.folder(chosen.data)
    scale = QUICK if chosen.quick else WHOLE
    walked: dict[int, Told] = {}
    results: dict[str, Any] = {}
    for name in names:
        result = None if chosen.write else _section(name, scale, data, walked)
        if result is not None:
            chosen.kept.mkdir(parents=True, exist_ok=True)
            (chosen.kept / f"{name}.json").write_text(
                json.dumps(result | {"commit": detector}, indent=1), encoding="utf-8"
            )
        kept = {one: chosen.kept / f"{one}.json" for one in TITLES}
        results = {one: json.loads(path.read_text(encoding="utf-8")) for one, path in kept.items() if path.is_file()}
        text = document(results, _changed(results), _since(results))
        chosen.report.write_text(text, encoding="utf-8")  # after each section: a long run may be stopped
    ran = {name: results[name] for name in names if name in results}
    sys.stdout.write(floors_table(ran) + "\n")
    return 0 if all(floor.is_met(got) for floor, got in measured(ran)) else 1


def _section(name: str, scale: Scale, data: Path, walked: dict[int, Told]) -> dict[str, Any] | None:
    """Run one section; None, with the reason told, where its series are absent.

    ``walked`` holds what the detector said of family B, for the two sections that share it.
    """
    began = time.monotonic()

    def tell(what: str) -> None:
        sys.stderr.write(f"{name}: {what} ({time.monotonic() - began:.0f} s)\n")
        sys.stderr.flush()

    # Incidents from the first day on: warm-ups of real accounts are not clean.
    harder = replace(scale, warm_up_days=0, tuning=scale.tuning[:1], judged_from=scale.begin)
    drawn: dict[str, Callable[[], dict[str, Any]]] = {
        "billing": lambda: billing.run(family_a.history, scale, tell),
        "transfer": lambda: billing.run(family_b.history, scale, tell, kept=walked),
        "feedback": lambda: feedback.run(family_b.history, scale, tell, kept=walked),
        "harder": lambda: billing.run(partial(family_a.history, noise=2.0), harder, tell),
        "calibration": lambda: calibrated.run(family_a.history, scale, tell),
        "forecast": lambda: foretold.run({"A": family_a.history, "B": family_b.history}, scale, tell),
    }
    if name in drawn:
        result = drawn[name]() | {"seeds": _seeds(name, harder if name == "harder" else scale)}
    else:
        load = {"nab": shared_sets.nab, "microsoft": shared_sets.microsoft, "injected": shared_sets.injected}[name]
        shared = load(data)
        if shared is None:
            tell(f"left out: its series are not in {data} (--data or FARTHING_REAL_DATA names another folder)")
            return None
        if name == "nab":
            result = public.nab(shared, tell, threads=scale.threads, data=data)
        else:
            result = public.precision(shared, tell, threads=scale.threads)
    when = datetime.now(UTC).date().isoformat()
    return result | {"when": when, "seconds": time.monotonic() - began}


def _seeds(name: str, scale: Scale) -> dict[str, Any]:
    """Return which seeds a section's figures are of, and which its thresholds or labels."""
    tuning = () if name in ("calibration", "forecast") else scale.tuning
    return {"test": scale.testing, "tuning": tuning, "apps": scale.apps}


def _commit() -> str:
    """Return the commit that last changed the detector; a plus says that files differ from it."""
    return _git("log", "-1", "--format=%h") + ("+" if _git("status", "--porcelain") else "")


def _changed(results: dict[str, Any]) -> list[str]:
    """Return the detector's files that differ between the commits that sections were measured at."""
    told = [result for name, result in results.items() if name != "forecast"]
    commits = sorted({str(result.get("commit", "")).rstrip("+") for result in told} - {""})
    found = {name for one, other in pairwise(commits) for name in _git("diff", "--name-only", one, other).split()}
    return sorted(found)


def _since(results: dict[str, Any]) -> list[str]:
    """Return the detector's files that are not as they were when it was measured last."""
    commits = {str(result.get("commit", "")).rstrip("+") for name, result in results.items() if name != "forecast"}
    if not (commits := commits - {""}):
        return []
    last = _git("log", "-1", "--format=%h", *commits)
    return sorted(_git("diff", "--name-only", last).split()) if last else []


def _git(*command: str) -> str:
    """Return what git says of the detector's files; nothing outside of a repository."""
    ours = ["--", "models", ":!models/evaluation", ":!models/baselines"]
    asked = subprocess.run(["git", "-C", str(ROOT), *command, *ours], capture_output=True, text=True, check=False)
    return asked.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
