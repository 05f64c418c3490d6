"""A few hours a week that were not flagged, offered for a label: or people only ever speak of what was flagged."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd

from jobs.budget import budget
from jobs.findings import Draft, columns, draft_of, priced
from jobs.flagging import Teams, scores_of
from jobs.lines import BETWEEN, HOUR
from jobs.scoring import Memory
from models.context import candidates
from queries.flag_list import SAMPLE
from warehouse.connect import Store

WEEK = timedelta(days=7)
A_WEEK = 3  # as many as a person answers in passing
STAKE = Decimal("0.1")  # of the minimum impact: nobody can judge an hour of some cents
NEAR = 0.01  # of a score, where 1 is flagged: below, nobody would have called it
_MOST = 5000  # of the strongest hours are looked at

Hour = tuple[str, datetime]  # of an app


def sample(store: Store, memory: Memory, *, until: datetime) -> int:
    """Offer the strongest hours of the last full week (UTC) that were no flag, one an app; return how many.

    Only hours that the ranker sees are offered, so that a label on one teaches it like a label on a flag, and only such
    as cost a tenth of the minimum impact over what was expected: whether cents are odd nobody can say. Apps that were
    flagged in that week or are muted are left out. A week is sampled once; before it is over, and without the
    memory of a look, there is nothing to do.
    """
    end = until.replace(hour=0, minute=0) - timedelta(days=until.weekday())
    start = end - WEEK
    if memory.lines is None or _is_done(store, start, end):
        return 0
    chosen = _chosen(store, _seen_by_the_ranker(memory, start, end), start, end)
    scores = scores_of(store, sorted({app for app, _ in chosen}), start=start, end=end)
    teams, version = Teams(store), memory.last()[0].version
    drafts = [
        _draft(hour, meters, scores[scores["app_id"] == hour[0]], teams.of(*hour), version)
        for hour, meters in chosen.items()
    ]
    with store.writing:
        store.insert_rows("flag_findings", [finding for finding, _ in priced(store, drafts)])
    return len(drafts)


def keep_samples(store: Store, apps: Collection[str]) -> None:
    """Keep what samples of these apps cost now, where late data changed it."""
    nothing = pd.DataFrame(columns=["meter", "ts"])
    held = store.rows("SELECT * FROM flags WHERE kind = {kind:String}", {"kind": SAMPLE})
    drafts = [Draft(finding=columns(row), before=row, scores=nothing) for row in held if row["app_id"] in apps]
    with store.writing:
        told = priced(store, drafts)
        changed = [finding for finding, before in told if before is not None and finding != columns(before)]
        store.insert_rows("flag_findings", [finding | {"reason": "updated"} for finding in changed])


def _is_done(store: Store, start: datetime, end: datetime) -> bool:
    return bool(
        store.scalar(
            "SELECT count() FROM flag_findings WHERE kind = {kind:String} "
            "AND started_at >= {start:DateTime64(3)} AND started_at < {end:DateTime64(3)}",
            {"kind": SAMPLE, **_span(start, end)},
        )
    )


def _seen_by_the_ranker(memory: Memory, start: datetime, end: datetime) -> dict[Hour, list[str]]:
    """Return the lines' meters of every hour of an app in the week that has a candidate."""
    _, lines, judged = memory.last()
    first = max(lines.hour(start), 0)
    rows, hours = candidates(judged, since=np.full(len(lines.keys), first)).cells
    found: dict[Hour, list[str]] = {}
    for row, hour in zip(rows.tolist(), hours.tolist(), strict=True):
        at = lines.start + hour * HOUR
        if at < end:
            app, meter = lines.keys[row]
            found.setdefault((app, at), []).append(meter)
    return found


def _chosen(store: Store, seen: Mapping[Hour, list[str]], start: datetime, end: datetime) -> dict[Hour, list[str]]:
    """Return the strongest hours among those seen, one an app, with their lines."""
    stake = budget(store).minimum_impact * STAKE
    strongest = store.rows(
        "SELECT app_id, time, max(score) AS peak, "
        "mapFromArrays(groupArray(toString(meter)), groupArray(amount - expected)) AS over FROM line_scores "
        "WHERE time >= {start:DateTime64(3)} AND time < {end:DateTime64(3)} AND amount > upper "
        "AND score >= {near:Float64} AND app_id NOT IN "
        "(SELECT app_id FROM flags WHERE status != 'withdrawn' AND kind != {kind:String} "
        "AND started_at < {end:DateTime64(3)} AND scored_until > {start:DateTime64(3)}) "
        "AND app_id NOT IN (SELECT app_id FROM mutes WHERE muted_until > now()) "
        "GROUP BY app_id, time HAVING NOT max(is_flagged) AND sum(amount - expected) >= {stake:Decimal(38, 9)} "
        "ORDER BY peak DESC, app_id, time LIMIT {most:UInt32}",
        {"kind": SAMPLE, "near": NEAR, "stake": str(stake), "most": _MOST, **_span(start, end)},
    )
    chosen: dict[Hour, list[str]] = {}
    apps: set[str] = set()
    for row in strongest:
        app, hour = row["app_id"], (row["app_id"], row["time"])
        if hour not in seen or app in apps or len(apps) >= A_WEEK:
            continue
        if sum(dict(row["over"]).get(meter, Decimal(0)) for meter in seen[hour]) >= stake:
            apps.add(app)
            chosen[hour] = seen[hour]
    return chosen


def _draft(hour: Hour, meters: list[str], scores: pd.DataFrame, team_id: str, version: str) -> Draft:
    app, at = hour
    own = scores[(scores["ts"] == at) & scores["meter"].isin(meters)]
    incident = {
        "started_at": at,
        "flagged_at": at,
        "ended_at": at + HOUR,
        "kind": SAMPLE,
        "peak_score": own["score"].max(),
        "projected_excess": 0.0,
        "lines": [f"{app}{BETWEEN}{meter}" for meter in meters],
    }
    draft = draft_of(app, incident, None, scores, until=at + HOUR, team_id=team_id, version=version)
    # A name of its own: a flag may begin in the same hour one day.
    digest = hashlib.blake2b(f"{app}|{at.isoformat()}".encode(), digest_size=5).hexdigest()
    return replace(draft, finding=draft.finding | {"flag_id": f"S-{digest.upper()}", "reason": "sampled"})


def _span(start: datetime, end: datetime) -> dict[str, str]:
    return {name: f"{at:%Y-%m-%d %H:%M:%S}" for name, at in (("start", start), ("end", end))}
