"""A FOCUS and an AWS CUR bill, split over the servegen apps by each method: not a digit is lost."""

from __future__ import annotations

import csv
import gzip
import io
import re
from datetime import datetime, timedelta
from decimal import Decimal, localcontext
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from jobs.rate import rate
from metering.load import load
from metering.recipes.catalog import RECIPES
from queries.allocation_comparison import UNALLOCATED, allocation_comparison
from warehouse.connect import Store
from warehouse.tables import table

METHODS = (
    "even", "proportional:requests", "proportional:tokens", "proportional:active_hours", "floor:0.0001:requests",
    "fixed:{app}=0.25,gone=0.75", "hybrid:Compute=even,Storage=proportional:requests", "direct",
)  # fmt: skip
BASES = ["requests", "tokens", "active_hours"]
DAYS = 2
# The bills are of other months than the trace: moved into its first days, whole days, nothing else changed.
MOVED = {"billing/focus_1_0_sample_1000.csv.gz": "focus", "billing/aws_cur_sample.csv.gz": "aws-cur"}
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}(?=[T ]\d{2}:\d{2}:\d{2})")


def moved(source: Path, target: Path, first_day: datetime) -> Path:
    """Write the bill with every instant moved by the same whole days, so that it begins on ``first_day``."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    starts = [index for index, name in enumerate(rows[0]) if name in ("ChargePeriodStart", "lineItem/UsageStartDate")]
    earliest = min(row[starts[0]][:10] for row in rows[1:])
    by = first_day.date() - datetime.fromisoformat(earliest).date()
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(rows[0])
    for row in rows[1:]:
        writer.writerow([_STAMP.sub(lambda found: _later(found[0], by), cell) for cell in row])
    target.write_text(out.getvalue(), encoding="utf-8")
    return target


def _later(day: str, by: timedelta) -> str:
    return (datetime.fromisoformat(day) + by).date().isoformat()


@pytest.fixture
def billed(store: Store, data: Path, tmp_path: Path) -> Store:
    """The first days of servegen, and both bills moved over them."""
    windows = pq.read_table(data / "llm/servegen_requests_10min.parquet")
    early = windows.filter(pc.less(windows["window_start_s"], DAYS * 86_400))
    pq.write_table(early, tmp_path / "servegen_requests_10min.parquet")
    tokens = pq.read_table(data / "llm/servegen_tokens_6h.parquet")
    pq.write_table(tokens, tmp_path / "servegen_tokens_6h.parquet")
    load(store, RECIPES["servegen"], [tmp_path])
    first = datetime(2026, 1, 5)  # noqa: DTZ001
    for name, recipe in MOVED.items():
        (done,) = load(store, RECIPES[recipe], [moved(data / name, tmp_path / f"{recipe}.csv", first)])
        assert done.quarantined == 0
    rate(store)
    return store


def test_every_method_conserves_both_bills(billed: Store) -> None:
    (app,) = billed.rows(
        "SELECT app_id FROM charges WHERE meter = 'requests' "
        "GROUP BY app_id ORDER BY sum(consumed_quantity) DESC LIMIT 1"
    )
    methods = [text.format(app=app["app_id"]) for text in METHODS]
    whole = billed.scalar("SELECT sum(effective_cost) FROM charges WHERE meter = 'platform_cost' AND app_id = ''")
    tables = [table(name) for name in ("charges", "lifecycle", "apps", "teams", "allocation_rules")]
    rows = billed.rows(allocation_comparison(*tables, methods=methods, bases=BASES, by="app_id"))
    borne = {}
    with localcontext(prec=100):
        for number, method in enumerate(methods, 1):
            split = [row for row in rows if row["method_number"] == number]
            assert sum(row["effective_cost"] for row in split) == whole, method
            borne[method] = sum((row["effective_cost"] for row in split if row["app_id"] != UNALLOCATED), Decimal(0))
        assert borne["direct"] == 0
        assert all(borne[method] != 0 for method in methods if method != "direct")
