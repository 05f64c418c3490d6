"""Labels teach the detector: the next version ranks differently, and takes over only if it does not lose."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from config.settings import settings
from jobs.budget import Budget, alerts_set_at, set_budget
from jobs.decisions import decide, mute, undo, unmute
from jobs.detect import detect
from jobs.detectors import FIRST, LearnNightly, detector_for, in_use, learn
from jobs.fitting import Asked, FitBeside, Made, fit_here
from jobs.lines import laid, read_lines
from models.proof import FEWEST, Proof
from queries.detector_history import detector_history
from queries.flag_list import flag_list
from tests.spiking_platform import AFTER_LATENESS, HOUR, SPIKE, START, WILD, build
from tests.thin_prior import thinned
from warehouse.connect import Store
from warehouse.tables import table

NOW = SPIKE + 3 * HOUR


@pytest.fixture
def spiked(store: Store) -> Iterator[Store]:
    """The spiking platform three hours into the spike, scored; what is fitted on it is removed at the end."""
    before = set(settings().models.glob("detector-*"))
    build(store, until=NOW)
    detect(store, as_of=NOW + AFTER_LATENESS)
    yield store
    for path in set(settings().models.glob("detector-*")) - before:
        path.unlink()


def flag(store: Store) -> dict:
    return store.rows("SELECT * FROM flags WHERE app_id = {app:String} AND status = 'running'", {"app": WILD})[0]


def strongest(store: Store) -> float:
    """Return the highest score that the detector in use gives to the wild app's hours since the spike began."""
    scores = detector_for(store).detector.score(laid(store, read_lines(store, start=START, end=NOW)))
    chosen = (scores["app_id"].astype(str) == WILD) & (scores["ts"] >= pd.Timestamp(SPIKE))
    return float(scores.loc[chosen, "score"].max())


def test_a_label_changes_the_next_versions_ranking(spiked: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("models.detector", "models.proof"):
        monkeypatch.setattr(f"{module}.shipped", thinned)
    assert detector_for(spiked).version == FIRST
    plain = learn(spiked)
    assert learn(spiked) is None  # nothing new
    before = strongest(spiked)
    # Too few labels say nothing, however well they are told: the version is kept, the one without them stays.
    better = Proof(alerts=FEWEST - 1, precision_before=0.5, precision_after=0.9, loss_before=0.6, loss_after=0.3)
    made = Made(detector=detector_for(spiked).detector, proof=better)
    decide(spiked, flag(spiked)["flag_id"], "expected", by="ana")
    few = learn(spiked, fit=lambda _: made)
    assert in_use(spiked)["version"] == plain != few
    monkeypatch.setattr("models.proof.FEWEST", 1)
    decide(spiked, flag(spiked)["flag_id"], "dismissed", by="ana", note="a load test")
    labeled = learn(spiked)
    assert in_use(spiked)["version"] == labeled != plain
    assert in_use(spiked)["labels"] == 1
    assert strongest(spiked) < before

    worse = Proof(alerts=9, precision_before=0.9, precision_after=0.5, loss_before=0.3, loss_after=0.6)
    monkeypatch.setattr("jobs.fitting.prove", lambda *_: worse)
    decide(spiked, flag(spiked)["flag_id"], "confirmed", by="ben")
    lost = learn(spiked)
    held = {row["version"]: row for row in spiked.rows("SELECT * FROM detector_versions")}
    assert not held[lost]["is_promoted"]
    assert (
        held[few]["reason"]
        == f"tried on labels of {FEWEST - 1} alerts only: {FEWEST} are needed to tell whether it holds"
    )
    told = spiked.rows(detector_history(table("detector_versions")))
    assert [row["version"] for row in told if row["is_in_use"]] == [labeled]  # one, though two were promoted
    assert sum(row["is_promoted"] for row in told) == 2
    assert held[lost]["metrics"]["precision_after"] == 0.5
    assert "would lose" in held[lost]["reason"]
    assert in_use(spiked)["version"] == labeled  # the plain one is known already: what was promoted last stays


def test_the_first_day_is_left_to_what_ships(spiked: Store) -> None:
    job = LearnNightly()
    assert job(spiked) == f"detector {FIRST} in use"
    set_budget(spiked, Budget(minimum_impact=Decimal(40)), by="ana")  # no other detector for that
    assert job(spiked) == f"detector {FIRST} in use"
    assert spiked.scalar("SELECT count() FROM detector_versions") == 0
    assert alerts_set_at(spiked) is None
    first = "SELECT min(set_at) AS at FROM alert_budgets WHERE alerts_per_day = 2"
    for loud, least in ((2.0, 40), (2.0, 50)):
        set_budget(spiked, Budget(alerts_per_day=loud, minimum_impact=Decimal(least)), by="ana")
    assert alerts_set_at(spiked) == spiked.rows(first)[0]["at"]


def test_the_nightly_fit_is_a_process_of_its_own_and_makes_the_same(spiked: Store) -> None:
    beside, asked = FitBeside(), []

    def both(wanted: Asked) -> Made:
        asked.append(wanted)
        return beside(wanted)

    version = learn(spiked, fit=both)
    here = fit_here(asked[0]).detector.score(asked[0].lines)
    made = detector_for(spiked)
    assert made.version == version
    pd.testing.assert_frame_equal(made.detector.score(asked[0].lines), here)


def test_a_fit_that_is_in_the_way_ends_and_one_that_fails_says_why(spiked: Store) -> None:
    job = LearnNightly()
    set_budget(spiked, Budget(alerts_per_day=3.0), by="ana")
    halting = threading.Thread(target=lambda: halt_when_it_runs(job))
    halting.start()
    assert job(spiked) == "stopped before it was learned"
    halting.join()
    assert spiked.scalar("SELECT count() FROM detector_versions") == 0
    with pytest.raises(RuntimeError, match="has no len"):
        FitBeside()(Asked(lines=None, labels=None, alerts_per_day=None))


def halt_when_it_runs(job: LearnNightly) -> None:
    deadline = time.monotonic() + 30
    while job._fit._child is None and time.monotonic() < deadline:
        time.sleep(0.01)
    job.halt()


def test_what_was_taken_back_the_former_way_stays_so(store: Store) -> None:
    """Taking a label back once took all labels since the acknowledgment back."""
    store.insert_rows("flag_findings", [{"flag_id": "F-1", "app_id": "chat", "status": "over"}])
    told = [("acknowledged", ""), ("confirmed", ""), ("expected", ""), ("acknowledged", "takes back: expected")]
    for state, note in told:
        store.insert_rows("flag_decisions", [{"flag_id": "F-1", "state": state, "note": note, "decided_by": "ana"}])
    assert undo(store, "F-1", by="ana") == "open"


def test_unmuted_is_heard_in_the_minute_that_runs(store: Store) -> None:
    store.insert_rows("flag_findings", [{"flag_id": "F-1", "app_id": "chat", "status": "running"}])
    for quiet in (lambda: unmute(store, "chat", by="ana", note="mended"), lambda: mute(store, "chat", NOW, by="ana")):
        mute(store, "chat", datetime.now(UTC) + timedelta(hours=1), by="ana")
        quiet()
        this_minute = datetime.now(UTC).replace(second=0, microsecond=0)
        assert len(store.rows(flag_list(table("flags"), table("mutes"), as_of=this_minute, view="open"))) == 1
    assert store.scalar("SELECT count() FROM flag_mutes WHERE note = 'mended'") == 1


def test_decisions_are_kept_and_taken_back(store: Store) -> None:
    for flag_id in ("F-1", "F-2"):
        store.insert_rows("flag_findings", [{"flag_id": flag_id, "app_id": "chat", "status": "over"}])
    decide(store, "F-1", "acknowledged", by="ana", note="on it")
    decide(store, "F-1", "acknowledged", by="ben", note="on it")  # no news
    decide(store, "F-1", "confirmed", by="ben", note="a loop")
    assert undo(store, "F-1", by="ana") == "acknowledged"
    assert undo(store, "F-1", by="ana") == "open"
    told = store.rows("SELECT state, decided_by, note FROM flag_decisions ORDER BY decided_at")
    assert [(row["state"], row["decided_by"]) for row in told] == [
        ("acknowledged", "ana"),
        ("confirmed", "ben"),
        ("acknowledged", "ana"),
        ("open", "ana"),
    ]
    assert [row["note"] for row in told] == ["on it", "a loop", "takes back: confirmed", "takes back: acknowledged"]
    assert store.scalar("SELECT state FROM flags WHERE flag_id = 'F-2'") == "open"
    for state in ("confirmed", "dismissed", "expected"):
        decide(store, "F-2", state, by="ana")
    # Each undo takes one decision back, the last that stands.
    assert undo(store, "F-2", by="ben", note="the wrong flag") == "dismissed"
    assert store.scalar("SELECT note FROM flags WHERE flag_id = 'F-2'") == "takes back: expected; the wrong flag"
    assert undo(store, "F-2", by="ben") == "confirmed"
    decide(store, "F-2", "confirmed", by="ana", note="a loop")
    decide(store, "F-2", "expected", by="ana")
    assert [undo(store, "F-2", by="ben") for _ in range(3)] == ["confirmed", "confirmed", "open"]
    assert store.scalar("SELECT count() FROM flag_decisions WHERE flag_id = 'F-2'") == 10  # nothing is removed
    with pytest.raises(ValueError, match="nothing was decided"):
        undo(store, "F-2", by="ana")
    with pytest.raises(KeyError, match="no flag F-3"):
        decide(store, "F-3", "confirmed", by="ana")
    with pytest.raises(ValueError, match="a flag is open, acknowledged"):
        decide(store, "F-1", "great", by="ana")
    with pytest.raises(KeyError, match="no app 'chta'"):
        mute(store, "chta", NOW, by="ana")
    with pytest.raises(ValueError, match="a mute needs an app"):
        mute(store, "", NOW, by="ana")
    with pytest.raises(ValueError, match="above 0"):
        set_budget(store, Budget(alerts_per_day=0.0), by="ana")
    with pytest.raises(ValueError, match="above 0"):
        set_budget(store, Budget(minimum_impact=Decimal(-1)), by="ana")
