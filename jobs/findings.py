"""What a flag says: its hours and lines, its frozen baseline, its money as exact sums."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Any

import ibis
import pandas as pd

from models.baseline import frozen
from queries.flag_list import DROP
from queries.flag_totals import SPANS, flag_totals
from warehouse.connect import Store
from warehouse.schemas.flags import FLAGS
from warehouse.tables import table, to_sql

DAY = 24  # hours
HOUR = pd.Timedelta(hours=1)
BAND = ("expected", "lower", "upper")
MONEY = ("expected", "actual", "excess")
_PLACES = Decimal("0.000000001")  # as the store keeps expectations
_COLUMNS = tuple(name for name in FLAGS["flag_findings"] if name != "found_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A finding without its money, the flag it goes on with if there is one, and the scores of its lines."""

    finding: dict[str, Any]
    before: Mapping[str, Any] | None
    scores: pd.DataFrame

    @property
    def start(self) -> datetime:
        return self.finding["started_at"]

    @property
    def end(self) -> datetime:
        return self.finding["scored_until"]


def draft_of(
    app: str,
    incident: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    scores: pd.DataFrame,
    *,
    until: datetime,
    team_id: str,
    version: str,
) -> Draft:
    """Return an incident of an app as a finding; ``scores`` are the app's, the models' long table with ``meter``."""
    started, ended = moment(incident["started_at"]), moment(incident["ended_at"])
    flagged = moment(incident["flagged_at"])
    meters = sorted(name[len(app) + 1 :] for name in incident["lines"])
    own = scores[scores["meter"].isin(meters)]
    first = own[own["ts"] == flagged].sort_values(["score", "meter"], ascending=[False, True]).head(1)
    evidence = first.filter(like="evidence_").iloc[0].dropna().to_dict() if len(first) else {}
    finding = {
        "flag_id": before["flag_id"] if before else flag_name(app, started),
        "app_id": app,
        "team_id": team_id,
        "status": "over" if ended else "running",
        "kind": incident["kind"],
        "basis": first["basis"].iloc[0] if len(first) else "history",
        "started_at": started,
        "flagged_at": flagged,
        "ended_at": ended,
        "scored_until": ended or until,
        "meters": meters,
        "projected_excess": quantized(incident["projected_excess"]),
        "peak_score": float(incident["peak_score"]),
        "is_silent": True,
        "evidence": {name.removeprefix("evidence_"): float(value) for name, value in evidence.items()},
        "detector_version": before["detector_version"] if before else version,
        "reason": "opened",
    }
    return Draft(finding=finding, before=before, scores=own)


def priced(store: Store, drafts: Sequence[Draft]) -> list[tuple[dict[str, Any], Mapping[str, Any] | None]]:
    """Keep the drafts' baselines, and return each finding with its money, beside the flag it goes on with.

    What a flag cost, was expected to cost, and the difference are summed by the engine, exactly.
    """
    if not drafts:
        return []
    _keep_baselines(store, drafts)
    findings = repriced(store, [draft.finding for draft in drafts])
    return [(finding, draft.before) for finding, draft in zip(findings, drafts, strict=True)]


def repriced(store: Store, findings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return findings with their money as their charges and the kept baselines are now."""
    spans = [(finding, meter) for finding in findings for meter in finding["meters"]]
    if not spans:
        return [dict(finding) for finding in findings]
    parameters = {
        "flag_ids": [finding["flag_id"] for finding, _ in spans],
        "app_ids": [finding["app_id"] for finding, _ in spans],
        "meters": [meter for _, meter in spans],
        "starts": [_text(finding["started_at"]) for finding, _ in spans],
        "ends": [_text(finding["ended_at"] or finding["scored_until"]) for finding, _ in spans],
        "first_day": min(finding["started_at"] for finding in findings).date(),
    }
    totals = {row["flag_id"]: row for row in store.rows(_totals_sql(), parameters)}
    nothing = dict.fromkeys(MONEY, Decimal(0))
    return [_settled(finding, totals.get(finding["flag_id"], nothing)) for finding in findings]


def columns(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a finding out of a row of ``flags``."""
    return {name: row[name] for name in _COLUMNS}


def flag_name(app: str, started: datetime) -> str:
    """Return the name of a flag: the same for the same app and start."""
    digest = hashlib.blake2b(f"{app}|{started.isoformat()}".encode(), digest_size=5).hexdigest()
    return f"F-{digest.upper()}"


def moment(value: Any) -> datetime | None:
    """Return a moment of a frame as the store has it; None for none."""
    return None if pd.isna(value) else pd.Timestamp(value).to_pydatetime().astimezone(UTC)


def quantized(value: float) -> Decimal:
    """Return a number of the model as money, once: nine decimals, and exact from there."""
    return Decimal(repr(float(value))).quantize(_PLACES, rounding=ROUND_HALF_EVEN)


def _settled(finding: Mapping[str, Any], money: Mapping[str, Any]) -> dict[str, Any]:
    """Return a finding with its money; only what costs more and goes on is projected."""
    said = {**finding, **{name: money[name] for name in MONEY}}
    is_open = said["status"] == "running" and said["kind"] != DROP
    return said if is_open else said | {"projected_excess": said["excess"]}


def _keep_baselines(store: Store, drafts: Sequence[Draft]) -> None:
    """Keep what was expected of each flag's hours: once, whatever a later detector would say."""
    held = store.rows(
        "SELECT flag_id, meter, time FROM flag_baselines WHERE flag_id IN {ids:Array(String)}",
        {"ids": [draft.finding["flag_id"] for draft in drafts]},
    )
    known = {(row["flag_id"], row["meter"], row["time"]) for row in held}
    fresh = []
    for draft in drafts:
        flag_id, app = draft.finding["flag_id"], draft.finding["app_id"]
        for meter, at, *band in _frozen(draft).itertuples(index=False):
            if (flag_id, meter, moment(at)) not in known:
                said = {name: quantized(value) for name, value in zip(BAND, band, strict=True)}
                fresh.append({"flag_id": flag_id, "app_id": app, "meter": meter, "time": moment(at), **said})
    store.insert_rows("flag_baseline_records", fresh)


def _frozen(draft: Draft) -> pd.DataFrame:
    """Return meter, ts, expected, lower and upper of a flag's hours, as foreseen where it began (``models.baseline``).

    What the model expects later has the incident in its past. The band keeps its width in proportion.
    """
    parts = []
    for meter, rows in draft.scores.groupby("meter", sort=True):
        hours = pd.date_range(rows["ts"].min(), pd.Timestamp(draft.end) - HOUR, freq="h")
        held = rows.set_index("ts")[["value", *BAND]].reindex(hours, fill_value=0.0)
        begin = max(int((pd.Timestamp(draft.start) - hours[0]) / HOUR), 0) if len(hours) else 0
        if begin >= len(hours):
            continue
        calm = frozen(held["value"].to_numpy(), held["expected"].to_numpy(), begin, len(hours), DAY, first=0)
        live = held.iloc[begin:]
        wide = live[["lower", "upper"]].div(live["expected"].where(live["expected"] > 0), axis=0).fillna(1.0)
        band = {name: calm * wide[name].to_numpy() for name in ("lower", "upper")}
        parts.append(pd.DataFrame({"meter": meter, "ts": hours[begin:], "expected": calm, **band}))
    return pd.concat(parts) if parts else pd.DataFrame(columns=["meter", "ts", *BAND])


@lru_cache(maxsize=1)
def _totals_sql() -> str:
    # Compiled once: the flags are parameters.
    asked = flag_totals(table("charges"), table("flag_baselines"), ibis.table(SPANS, name="spans"))
    zipped = "arrayJoin(arrayZip({flag_ids:Array(String)}, {app_ids:Array(String)}, {meters:Array(String)}, "
    zipped += "{starts:Array(String)}, {ends:Array(String)})) AS span"
    named = "span.1 AS flag_id, span.2 AS app_id, span.3 AS meter"
    times = "toDateTime64(span.4, 3, 'UTC') AS starts_at, toDateTime64(span.5, 3, 'UTC') AS ends_at"
    return (
        f"WITH spans AS (SELECT {named}, {times} FROM (SELECT {zipped})), charges AS (SELECT * FROM charges "
        "WHERE charge_date >= {first_day:Date} AND app_id IN {app_ids:Array(String)}), "
        "flag_baselines AS (SELECT * FROM flag_baselines WHERE flag_id IN {flag_ids:Array(String)}) "
        f"SELECT * FROM ({to_sql(asked)})"
    )


def _text(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
