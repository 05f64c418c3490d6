"""Lines that rest and come back: their return says nothing of the hours before it, and their past stays known."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np

from jobs.detect import detect
from jobs.detectors import FIRST_ROWS, learn
from jobs.fitting import BAR
from jobs.lines import ALIVE_HOURS, Lines, laid, read_lines
from jobs.scoring import Memory, score_anew
from models.context import candidates
from models.detector import SpikeDetector
from models.resting import living
from models.sampling import share_per_bar
from models.threshold import Recent
from tests.spiking_platform import AFTER_LATENESS, END, HOUR, SPIKE, START, build, call, send, usage
from warehouse.connect import Store

SILENT = START + timedelta(days=2)  # mail is used no more
BACK = SPIKE + 2 * HOUR


def fill(store: Store, until: datetime) -> None:
    """Fill a store with the platform, of which one app falls silent."""
    build(store, until=SILENT)
    moments = ((event, datetime.fromisoformat(event["time"])) for event in usage())
    send(store, [event for event, at in moments if SILENT <= at < until and event["app_id"] != "mail"])


def judged(store: Store, end: datetime) -> list[np.ndarray]:
    """Return everything that is said of the hours before ``SPIKE``, read until ``end``, in order of the lines."""
    panel = laid(store, read_lines(store, start=START, end=end))
    panel = panel.take(np.argsort(panel.ids))
    detector = SpikeDetector(bar=BAR, rows=FIRST_ROWS)
    said = detector.judge(panel)
    hours = slice(0, round((SPIKE - START) / HOUR))
    found = candidates(said)
    days = Recent.of(panel, found, np.zeros(len(found.rows)), until=hours.stop)
    shares = share_per_bar(panel, 100)[: hours.stop // 24 * 24]
    matrices = (panel.alive(), *said.matrices(), detector.scores(said))
    return [matrix[:, hours] for matrix in matrices] + [np.array(days.app_days), shares]


def test_a_return_after_weeks_moves_nothing_of_the_hours_before(store: Store) -> None:
    fill(store, SPIKE)
    before = judged(store, SPIKE)
    send(store, [call("mail", BACK, 3_000_000)])
    later = judged(store, BACK + HOUR)
    for was, is_ in zip(before, later, strict=True):
        np.testing.assert_array_equal(was, is_)


def test_a_look_that_remembers_a_resting_line_says_what_one_that_reads_all_says(store: Store) -> None:
    fill(store, SPIKE)
    detect(store, as_of=SPIKE + AFTER_LATENESS)
    learn(store)
    memory = Memory()
    send(store, [call("chat", SPIKE, 1_000_000)])
    detect(store, as_of=SPIKE + HOUR + AFTER_LATENESS, memory=memory)
    send(store, [call("mail", BACK, 3_000_000), call("chat", BACK + HOUR, 1_000_000)])
    for hours in (3, 4):
        detect(store, as_of=SPIKE + hours * HOUR + AFTER_LATENESS, memory=memory)
    remembered = scores(store)
    assert [row["time"] for row in remembered if (row["app_id"], row["meter"]) == ("mail", "input_tokens")] == [
        *(START + hour * HOUR for hour in range(int((SILENT - START) / HOUR) + ALIVE_HOURS)), BACK, BACK + HOUR,
    ]  # fmt: skip
    chosen, since = memory.last()[0], SPIKE + 2 * HOUR
    score_anew(store, chosen, Memory(), found=None, since=since, until=BACK + 2 * HOUR)
    assert scores(store) == remembered


def scores(store: Store) -> list[dict[str, Any]]:
    return store.rows("SELECT * EXCEPT (scored_at) FROM line_scores ORDER BY app_id, meter, time")


def test_a_line_lives_for_a_day_after_each_use_and_keeps_its_first_hour() -> None:
    amounts = np.full((3, 100), np.nan)
    amounts[0, [5, 29, 60]] = 1.0
    amounts[1, 99] = 0.0
    first, last, lived = Lines(END, [("a", "x"), ("b", "x"), ("c", "x")], amounts).life()
    assert first.tolist() == [5, 99, 100]
    assert last.tolist() == [85, 100, 0]
    assert np.flatnonzero(lived[0]).tolist() == [*range(5, 54), *range(60, 85)]
    assert lived[1:].sum() == 1


def test_living_reaches_as_far_as_it_says() -> None:
    used = np.zeros((1, 60), dtype=bool)
    used[0, 3] = True
    for rest in (0, 1, 2, 7, 24, 30):
        assert np.flatnonzero(living(used, rest)[0]).tolist() == list(range(3, 4 + rest))
