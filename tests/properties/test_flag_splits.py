"""Every flag's split adds up to its headline, exactly and in cents; its events sum to the flagged charges."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal, localcontext

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jobs.behind import usage_behind
from jobs.explaining import asking, events_behind, explain
from jobs.findings import MONEY, Draft, draft_of, priced
from tests.properties.engine import emptied, rated, record_all, send
from tests.properties.oracle import EXACT
from tests.properties.platforms import DAYS, FIRST_DAY, Platform, platforms
from ui.flag_words import in_cents, rounded_drivers, sentences
from warehouse.connect import Store

HOUR = timedelta(hours=1)
HOURS = DAYS * 24
# An event's cost is cut at the 21st decimal, and an hour's charge once.
CUT = Decimal("1e-20")
FLOATS = st.floats(0, 1e6, allow_nan=False, allow_subnormal=False)


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    first = draw(st.integers(0, HOURS - 1))
    return first, draw(st.integers(first + 1, HOURS))


def draft(app: str, meters: list[str], span: tuple[int, int], expected: list[float]) -> Draft:
    """Return an incident that a model found: any hours and lines of an app, any expectation of each hour."""
    start, end = (pd.Timestamp(FIRST_DAY + hour * HOUR) for hour in span)
    times = pd.date_range(start, end, freq="h", inclusive="left")
    scores = pd.concat(
        [
            pd.DataFrame(
                {
                    "meter": meter,
                    "ts": times,
                    "expected": expected[place % len(expected)],
                    "score": 2.0,
                    "basis": "history",
                }
            )
            for place, meter in enumerate(meters)
        ]
    ).assign(value=1.0, lower=0.0, upper=lambda rows: rows["expected"] * 2)
    incident = {
        "started_at": start,
        "flagged_at": start,
        "ended_at": end,
        "kind": "spike",
        "peak_score": 2.0,
        "projected_excess": 1.0,
        "lines": [f"{app}/{meter}" for meter in meters],
    }
    return draft_of(app, incident, None, scores, until=end.to_pydatetime(), team_id="", version="any")


@given(platform=platforms(repeats=False), at=spans(), expected=st.lists(FLOATS, min_size=1, max_size=3), data=st.data())
@settings(max_examples=4)
def test_every_split_adds_up(
    reused_store: Store, platform: Platform, at: tuple[int, int], expected: list[float], data: st.DataObject
) -> None:
    store = emptied(reused_store)
    record_all(store, platform.histories)
    send(store, platform.sent)
    lines: dict[str, set[str]] = {}
    for charge in rated(store):
        if charge["app_id"] and charge["meter"] != "platform_cost":
            lines.setdefault(charge["app_id"], set()).add(charge["meter"])
    assume(lines)
    drafts = [draft(app, sorted(meters), at, expected) for app, meters in sorted(lines.items())]
    found = [finding for finding, _ in priced(store, drafts)]
    store.insert_rows("flag_findings", found)
    assert priced(store, drafts) == [(finding, None) for finding in found]  # nothing new the second time
    chosen = data.draw(st.sampled_from(store.rows("SELECT * FROM flags ORDER BY flag_id")))
    with localcontext(EXACT):
        adds_up(store, chosen)


def adds_up(store: Store, flag: dict) -> None:
    told = explain(asking(store), flag)
    sums = {
        "actual": sum(row["amount"] for row in told.drivers),
        "expected": sum(row["expected"] for row in told.drivers),
        "excess": sum(row["excess"] for row in told.drivers),
    }
    assert sums == {name: flag[name] for name in MONEY}
    for row in told.drivers:
        assert row["quantity_effect"] + row["price_effect"] == row["excess"] == row["amount"] - row["expected"]
    cents, shown = in_cents(flag), rounded_drivers(told.drivers)
    for headline, name in (("actual", "amount"), ("expected", "expected"), ("excess", "excess")):
        assert sum(row[name] for row in shown) == cents[headline]
    for row, exact in zip(shown, told.drivers, strict=True):
        assert row["quantity_effect"] + row["price_effect"] == row["excess"] == row["amount"] - row["expected"]
        assert abs(row["amount"] - exact["amount"]) < Decimal("0.01")
    assert sentences(flag, told.drivers, told.skus, told.markers, told.earlier)
    events = usage_behind(store, limit=1, **events_behind(flag))
    of_events = (events["all_effective_cost"][0].as_py() or 0) if events.num_rows else Decimal(0)
    count = events["all_events"][0].as_py() if events.num_rows else 0
    charged = store.scalar("SELECT count() FROM charges")
    assert abs(of_events - flag["actual"]) <= CUT * (count + charged)
