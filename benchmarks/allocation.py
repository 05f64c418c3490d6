"""How long does the allocation of a month take, beside hand-written SQL for the same split?

By hand is one query that answers the same in every column: dated rules, periods of any length, owners at the last hour,
floors that are too high, a basis of nothing, credits and what nobody bears. It measures what the steps cost, not what a
shorter question would.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from benchmarks.report import Line
from benchmarks.timing import p50, spent
from billing.sharing import shares_of
from warehouse.connect import Store
from warehouse.histories import record

SIZES = (500, 50_000)
DAYS = 30
START = datetime(2027, 3, 1, tzinfo=UTC)  # beside what the other steps loaded
ROUNDS = 5
LIMIT = 1.5


def measure(store: Store) -> list[Line]:
    """Allocate a platform cost a day over all apps: even, by requests, and floor and share in turns."""
    rule = {"floor": Decimal(0), "weights": {}, "footnote": "as agreed", "owner": "benchmark", "basis": ""}
    rules = [
        {"cost_type": "bench_even", "rule_id": "even", "method": "even"},
        {"cost_type": "bench_share", "rule_id": "share", "method": "proportional", "basis": "requests"},
        {"cost_type": "bench_floor", "rule_id": "floor", "method": "floor_plus_share", "basis": "requests",
         "floor": Decimal("0.0005")},
    ]  # fmt: skip
    record(store, "allocation_rules", [{**rule, **each} for each in rules], by="benchmark")
    return [_line(store, apps, number) for number, apps in enumerate(SIZES)]


def _line(store: Store, apps: int, number: int) -> Line:
    start = START + timedelta(days=number * DAYS)
    bounds = {"first": start.date(), "last": (start + timedelta(days=DAYS)).date()}
    _fill(store, apps, start)
    hand_sql = (Path(__file__).parent / "sql" / "allocation.sql").read_text(encoding="utf-8")
    ours, hand = [], []
    first = spent(lambda: shares_of(store, "bench_shares", **bounds, bases=["requests"]))
    for _ in range(ROUNDS):
        ours.append(spent(lambda: shares_of(store, "bench_shares", **bounds, bases=["requests"])))
        hand.append(spent(lambda: store.arrow(hand_sql, bounds)))
    _same(first.result, hand[0].result)
    wall = p50([mine.wall / other.wall for mine, other in zip(ours, hand, strict=True)])
    cpu = p50([mine.cpu / other.cpu for mine, other in zip(ours, hand, strict=True)])
    figures = (
        f"{p50([mine.wall for mine in ours]):.3f} s for {first.result.num_rows:,} lines, {wall:.2f}x by hand "
        f"(cpu {cpu:.2f}x); the first time {first.wall:.2f} s"
    )
    return Line(f"allocate {DAYS} days over {apps:,} apps", figures, f"<= {LIMIT}x", wall <= LIMIT)


def _fill(store: Store, apps: int, start: datetime) -> None:
    """Write charges of their own: every app uses something every day, half of them also run by their lifecycle."""
    store.command(
        """
        INSERT INTO rated_charges (charge_date, generation, charge_period_start, charge_period_end, app_id, team_id,
            cost_center, environment, lifecycle, meter, sku_id, consumed_quantity, effective_cost, billing_currency,
            event_count, pricing_status)
        SELECT toDate({start:DateTime}) + day AS charge_date, 1 AS generation,
            toDateTime64(toDateTime({start:DateTime}, 'UTC') + day * 86400 + (app % 24) * 3600, 0, 'UTC'),
            toDateTime64(toDateTime({start:DateTime}, 'UTC') + day * 86400 + (app % 24 + 1) * 3600, 0, 'UTC'),
            'app-' || leftPad(toString(app), 5, '0'), 'team-' || toString(app % 40), 'cc-' || toString(app % 8),
            'production', 'persistent', 'requests', 'requests',
            toDecimal128(intHash32(app * 31 + day) % 100000, 9), toDecimal256(0, 21), 'USD', 1, 'counted'
        FROM (SELECT number % {apps:UInt32} AS app, intDiv(number, {apps:UInt32}) AS day
              FROM numbers({apps:UInt32} * {days:UInt32}))
        """,
        {"start": start, "apps": apps, "days": DAYS},
        {"max_partitions_per_insert_block": 0},
    )
    store.command(
        """
        INSERT INTO rated_charges (charge_date, generation, charge_period_start, charge_period_end, meter, sku_id,
            effective_cost, billing_currency, event_count, pricing_status)
        SELECT toDate({start:DateTime}) + number, 1,
            toDateTime64(toDateTime({start:DateTime}, 'UTC') + number * 86400, 0, 'UTC'),
            toDateTime64(toDateTime({start:DateTime}, 'UTC') + number * 86400 + 86400, 0, 'UTC'),
            'platform_cost', 'platform_cost/bench_' || ['even', 'share', 'floor'][number % 3 + 1],
            toDecimal256('123.456789', 21), 'USD', 1, 'priced'
        FROM numbers({days:UInt32})
        """,
        {"start": start, "days": DAYS},
        {"max_partitions_per_insert_block": 0},
    )
    store.command(
        "INSERT INTO charge_generations (charge_date, generation, events, inputs_digest) "
        "SELECT toDate({start:DateTime}) + number, 1, 1, 0 FROM numbers({days:UInt32})",
        {"start": start, "days": DAYS},
    )


def _same(ours: pa.Table, hand: pa.Table) -> None:
    if ours.column_names != hand.column_names:
        raise RuntimeError(f"the hand-written allocation answers {hand.column_names}, not {ours.column_names}")
    differing = [name for name in ours.column_names if not ours[name].cast(hand[name].type).equals(hand[name])]
    if differing:
        raise RuntimeError(f"the allocation differs from the hand-written one in {', '.join(differing)}")
