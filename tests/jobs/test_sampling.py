"""Hours that were not flagged are offered for a label once a week; it teaches the ranking like one on a flag."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from jobs.budget import Budget, set_budget
from jobs.decisions import decide, mute
from jobs.detect import detect
from jobs.detectors import detector_for, labels_of
from jobs.explaining import asking, explain
from jobs.lines import laid, read_lines
from jobs.sampling import WEEK, keep_samples, sample
from jobs.scoring import Memory
from models.context import candidates
from models.labels import label_rows
from tests.spiking_platform import AFTER_LATENESS, HOUR, SPIKE, START, build, call, send
from warehouse.connect import Store

NOW = SPIKE + 3 * HOUR
ODD = datetime(2026, 5, 15, 10, tzinfo=UTC)  # two apps' odd hour, in the full week before: unusual, and no flag
TOKENS = 15_000_000


@pytest.fixture
def odd(store: Store) -> tuple[Store, Memory]:
    """The spiking platform with an odd hour, scored; and what the look remembers."""
    build(store, until=NOW)
    send(store, [call(app, ODD, TOKENS) | {"event_id": f"odd/{app}"} for app in ("mail", "tags")])
    memory = Memory()
    detect(store, as_of=NOW + AFTER_LATENESS, memory=memory)
    return store, memory


def samples(store: Store) -> list[dict]:
    return store.rows("SELECT * FROM flags WHERE kind = 'sample' ORDER BY app_id")


def test_silent_hours_are_offered_once_a_week_and_teach_like_flags(odd: tuple[Store, Memory]) -> None:
    store, memory = odd
    assert sample(store, Memory(), until=NOW) == 0  # nothing is remembered: the next look will
    mute(store, "tags", datetime.now(UTC) + timedelta(hours=1), by="ana")
    set_budget(store, Budget(minimum_impact=Decimal(5_000)), by="ana")
    assert sample(store, memory, until=NOW) == 0  # what costs less than a tenth of it nobody can judge
    set_budget(store, Budget(minimum_impact=Decimal(300)), by="ana")
    assert sample(store, memory, until=NOW) == 1  # whoever is muted is not asked about, nor what was flagged
    (held,) = samples(store)
    assert (held["app_id"], held["team_id"], held["started_at"]) == ("mail", "growth", ODD)
    assert (held["ended_at"] - held["started_at"], held["is_silent"]) == (HOUR, True)
    assert held["actual"] - held["expected"] == held["excess"] > 30
    for later in (NOW, ODD + WEEK, datetime(2026, 5, 24, 23, tzinfo=UTC)):
        assert sample(store, memory, until=later) == 0

    # Nothing that looks at flags takes it for one: the next look does not withdraw it, nor does it count as earlier.
    flag = store.rows("SELECT * FROM flags WHERE kind != 'sample'")[0]
    assert explain(asking(store), flag | {"app_id": "mail"}).earlier == 0

    # The label is one of those that are learned from, and the ranker has rows of it.
    decide(store, held["flag_id"], "dismissed", by="ana")
    labels = labels_of(store)
    assert labels[["app_id", "label"]].to_numpy().tolist() == [["mail", "dismissed"]]
    lines = laid(store, read_lines(store, start=START, end=NOW))
    said = label_rows(lines, candidates(detector_for(store).detector.judge(lines)), labels)
    assert said.alerts == 1
    assert len(said.rows) == len(held["meters"]) == 2

    # What comes late to its hour changes what it cost, and nothing else of it.
    send(store, [call("mail", ODD, 1_000_000) | {"event_id": "late"}])
    detect(store, as_of=NOW + AFTER_LATENESS, memory=memory)
    (now,) = samples(store)
    assert now["actual"] > held["actual"]
    assert {name: now[name] for name in ("state", "status", "expected", "is_silent", "flagged_at")} == {
        name: held[name] for name in ("status", "expected", "is_silent", "flagged_at")
    } | {"state": "dismissed"}
    count = store.scalar("SELECT count() FROM flag_findings")
    keep_samples(store, {"mail"})
    assert store.scalar("SELECT count() FROM flag_findings") == count
