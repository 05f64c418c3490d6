"""Fitting a detector: here, or in a process of its own that lets everybody pass.

A fit is minutes of work once a night. Beside the app it runs at the lowest priority and on one thread, and it has
nothing of the store: what it learns from is handed over in a file, and so is what it made.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import joblib
import pandas as pd

from config.settings import ROOT
from models.detector import SpikeDetector
from models.panel import Panel
from models.proof import Proof, prove

BAR = "1h"
KINDNESS = 15  # how far the child stands back


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What to learn from. ``is_plain_known``: a detector without labels is there already."""

    lines: Panel
    labels: pd.DataFrame
    alerts_per_day: float | None
    is_plain_known: bool = False


@dataclass(frozen=True, kw_only=True)
class Made:
    """A detector, its proof if there were labels, and one without labels if it may not be used."""

    detector: SpikeDetector
    proof: Proof | None = None
    plain: SpikeDetector | None = None


Fit = Callable[[Asked], Made]


class Stopped(RuntimeError):
    """The fit was ended from outside."""


def fit_here(asked: Asked) -> Made:
    """Fit with labels if there are any, and try what was learned on labels of other apps."""
    detector = _unfitted(asked).fit(asked.lines, labels=asked.labels if len(asked.labels) else None)
    proof = prove(detector, asked.lines, asked.labels) if len(asked.labels) else None
    if proof is None or proof.holds or asked.is_plain_known:
        return Made(detector=detector, proof=proof)
    return Made(detector=detector, proof=proof, plain=_unfitted(asked).fit(asked.lines))


class FitBeside:
    """Fits in a process of its own; ``halt`` ends it."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None

    def __call__(self, asked: Asked) -> Made:
        """Return what ``fit_here`` would.

        Raises:
            Stopped: it was halted.
            RuntimeError: the child failed; its last words are the message.

        """
        with tempfile.TemporaryDirectory(prefix="farthing-fit-") as folder:
            joblib.dump(asked, _asked(folder))
            self._child = subprocess.Popen(
                [sys.executable, "-m", "jobs.fitting", folder],
                cwd=ROOT,
                env=os.environ | {"OMP_NUM_THREADS": "1"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            said, code = self._child.communicate()[1], self._child.returncode
            self._child = None
            if code < 0:
                raise Stopped("the fit was ended")
            if code:
                raise RuntimeError((said.strip().splitlines() or ["the fit failed"])[-1])
            made: Made = joblib.load(_made(folder))
            return made

    def halt(self) -> None:
        """End a fit that runs."""
        if self._child is not None:
            self._child.terminate()


def _unfitted(asked: Asked) -> SpikeDetector:
    return SpikeDetector(bar=BAR, alerts_per_day=asked.alerts_per_day)


def _asked(folder: str) -> Path:
    return Path(folder) / "asked.joblib"


def _made(folder: str) -> Path:
    return Path(folder) / "made.joblib"


def main(folder: str) -> None:
    """Fit what a folder asks for; the child's whole life."""
    from jobs import fitting  # by its name: what is handed back is not of __main__

    os.nice(KINDNESS)
    joblib.dump(fitting.fit_here(joblib.load(_asked(folder))), _made(folder))


if __name__ == "__main__":
    main(sys.argv[1])
