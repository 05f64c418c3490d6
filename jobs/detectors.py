"""The detector in use, and its successor: refitted every night with the labels, promoted only if it does not lose."""

from __future__ import annotations

import hashlib
import math
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from jobs.budget import alerts_set_at, budget
from jobs.decisions import LABELS
from jobs.fitting import BAR, Asked, Fit, FitBeside, Stopped, fit_here
from jobs.lines import HOUR, laid, read_lines
from jobs.scoring import BACKFILL, HISTORY, Chosen, scored_until
from models.detector import SpikeDetector
from models.proof import FEWEST, Proof
from models.shelf import get, put
from queries.flag_list import DROP
from warehouse.connect import Store

DAY = timedelta(days=1)
FIRST = "walk-forward"  # the version of scores that no fitted detector made
FIRST_ROWS = 25_000  # of one of its fits: a first look is to take seconds


def detector_for(store: Store) -> Chosen:
    """Return the detector in use: the last one promoted; before the first, one that walks forward through history."""
    version = version_in_use(store)
    kept = get(_file(store, version)) if version != FIRST else None
    if kept is None:
        return Chosen(version=FIRST, detector=SpikeDetector(bar=BAR, rows=FIRST_ROWS))
    return Chosen(version=version, detector=kept[0])


def version_in_use(store: Store) -> str:
    """Return the version that scores carry from now on."""
    version = in_use(store)
    return version["version"] if version else FIRST


def in_use(store: Store) -> dict[str, Any] | None:
    """Return the version that scores, if one was ever fitted."""
    rows = store.rows("SELECT * FROM detector_versions WHERE is_promoted ORDER BY made_at DESC LIMIT 1")
    return rows[0] if rows else None


def labels_of(store: Store) -> pd.DataFrame:
    """Return what people said of flags, as the models read it: app_id, started_at, ended_at, label.

    Those of drops are not among them: the ranking is of what costs too much, and silence has no rows in it.
    """
    rows = store.arrow(
        "SELECT app_id, started_at, coalesce(ended_at, scored_until) AS ended_at, state AS label FROM flags "
        "WHERE state IN {labels:Array(String)} AND kind != {drop:String} ORDER BY started_at, app_id",
        {"labels": list(LABELS), "drop": DROP},
    )
    return rows.to_pandas()


def learn(store: Store, *, fit: Fit = fit_here) -> str | None:
    """Fit a detector on the last weeks and all labels; return its version, or None if there is nothing new to learn.

    With labels it is tried on those of apps that it did not learn from. If it loses there against one without labels,
    or there were too few to tell, it is kept but not promoted, and the one without labels takes over.
    """
    until = scored_until(store)
    if until is None:
        return None
    labels, wanted = labels_of(store), budget(store)
    version = _name(until, labels, wanted.alerts_per_day)
    plain = _name(until, labels.iloc[:0], wanted.alerts_per_day)
    known = {row["version"] for row in store.rows("SELECT version FROM detector_versions")}
    if version in known:
        return None
    lines = laid(store, read_lines(store, start=until - BACKFILL - HISTORY, end=until))
    made = fit(Asked(lines=lines, labels=labels, alerts_per_day=wanted.wanted, is_plain_known=plain in known))
    proof, count = made.proof, len(labels)
    if proof is None or proof.holds:
        reason = "refitted" if proof is None else f"holds on labels of other apps ({proof.alerts} alerts)"
        _keep(store, version, made.detector, until, count, proof, reason=reason)
        return version
    said = f"would lose on labels of other apps: loss {proof.loss_after:.2f}, {proof.loss_before:.2f} without"
    if not proof.says_enough:
        said = f"tried on labels of {proof.alerts} alerts only: {FEWEST} are needed to tell whether it holds"
    _keep(store, version, made.detector, until, count, proof, reason=said, is_promoted=False)
    if made.plain is not None:
        _keep(store, plain, made.plain, until, 0, None, reason="refitted without labels")
    return version


class LearnNightly:
    """The job: a new version at the first look of a day (UTC), and when somebody set another alert budget.

    It fits in a process of its own, which lets the app pass.
    """

    def __init__(self) -> None:
        self._fit = FitBeside()

    def halt(self) -> None:
        """End what is being fitted; the next start begins it again."""
        self._fit.halt()

    def __call__(self, store: Store) -> str:
        """Return in words what was learned."""
        until, current = scored_until(store), in_use(store)
        if until is None:
            return "nothing to learn from"
        made = store.rows(
            "SELECT max(made_at) AS at, max(trained_until) AS until, count() AS n FROM detector_versions"
        )[0]
        # The first day is left to the detector that walks forward: nothing was labeled yet, and the app just started.
        begun = store.rows("SELECT min(scored_at) AS at FROM scored_hours")[0]["at"]
        is_new_day = until.date() > (made["until"] if made["n"] else begun).date()
        wished = alerts_set_at(store)
        if not is_new_day and (wished is None or (made["n"] and wished <= made["at"])):
            return f"detector {current['version'] if current else FIRST} in use"
        try:
            version = learn(store, fit=self._fit)
        except Stopped:
            return "stopped before it was learned"
        return f"learned {version}" if version else "nothing new to learn"


def _keep(
    store: Store,
    version: str,
    detector: SpikeDetector,
    until: datetime,
    labels: int,
    proof: Proof | None,
    *,
    reason: str,
    is_promoted: bool = True,
) -> None:
    metrics = {name: value for name, value in asdict(proof).items() if math.isfinite(value)} if proof else {}
    put(_file(store, version), detector, version=version, trained_until=until.isoformat(), **metrics)
    row = {
        "version": version,
        "trained_until": until,
        "labels": labels,
        "metrics": {name: float(value) for name, value in metrics.items()},
        "is_promoted": is_promoted,
        "reason": reason,
    }
    with store.writing:
        store.insert_rows("detector_versions", [row])


def _name(until: datetime, labels: pd.DataFrame, alerts_per_day: float) -> str:
    """Return a version's name: until when it learned, from how many labels, and a digest of them."""
    text = f"{alerts_per_day}|{labels.to_csv(index=False)}"
    return f"{until - HOUR:%Y-%m-%d.%H}-{len(labels)}-{hashlib.blake2b(text.encode(), digest_size=2).hexdigest()}"


def _file(store: Store, version: str) -> str:
    """Return the name of a version's file: stores that share a folder keep theirs apart."""
    place = hashlib.blake2b(f"{store.location}/{store.location.database}".encode(), digest_size=3).hexdigest()
    return f"detector-{place}-{version}"
