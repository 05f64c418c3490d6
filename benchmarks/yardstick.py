"""The same rating and the same question in DuckDB, on the same rows."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from benchmarks.report import Line
from benchmarks.timing import p50, spent
from jobs.rate import rate
from queries.spend import spend
from warehouse.connect import Store
from warehouse.tables import table, to_sql

VALID = "toUnixTimestamp64Milli(valid_from) AS valid_from, toUnixTimestamp64Milli(valid_to) AS valid_to"
# Instants travel as milliseconds: DuckDB's time zones are an extension that is not in its package.
EXPORTS = {
    "usage": "SELECT event_id, toUnixTimestamp64Milli(time) AS time, resource_id, app_id, meter, quantity, sku_id "
    "FROM usage",
    "apps": f"SELECT app_id, team_id, environment, lifecycle, {VALID} FROM apps",
    "teams": f"SELECT team_id, cost_center, {VALID} FROM teams",
    "ownerships": f"SELECT resource_id, app_id, {VALID} FROM ownerships",
    "prices": f"SELECT sku_id, sku_price_id, list_unit_price, pricing_block, {VALID} FROM prices",
}
QUESTION = """
    SELECT CAST(charge_period_start AS DATE) AS charge_date, team_id, sum(list_cost) AS list_cost
    FROM rated GROUP BY 1, 2 ORDER BY 1, 2
"""


def measure(store: Store, folder: Path) -> list[Line]:
    """Export the raw rows to Parquet, rate them in DuckDB, and ask for cost by team by day in both."""
    for name, sql in EXPORTS.items():
        target = folder / f"{name}.parquet"
        with store.client() as client:
            client.command(f"INSERT INTO FUNCTION file('{target}', Parquet) {sql}")
    duck = duckdb.connect(str(folder / "yardstick.duckdb"), config={"threads": 2})
    load = spent(lambda: [_load(duck, name, folder / f"{name}.parquet") for name in EXPORTS])
    rating = (Path(__file__).parent / "sql" / "duckdb_rating.sql").read_text(encoding="utf-8")
    theirs = spent(lambda: duck.execute(rating))
    ours = spent(lambda: rate(store, again=True))
    charges = table("charges")
    of_usage = charges.filter(charges.meter != "platform_cost")  # the invoices' step books costs that are not exported
    by_team = to_sql(spend(of_usage, measures=["list_cost"], by=["team_id"], grain="day"))
    asked = [spent(lambda: store.rows(by_team)) for _ in range(10)]
    duck_asked = [spent(lambda: duck.execute(QUESTION).fetchall()) for _ in range(10)]
    _same(asked[0].result, duck_asked[0].result)
    question = p50([done.wall for done in asked]) / p50([done.wall for done in duck_asked])
    return [
        Line(
            "DuckDB: load Parquet, rate the same rows",
            f"{load.wall:.1f} s + {theirs.wall:.1f} s (cpu {theirs.cpu:.1f} s)",
        ),
        Line(
            "  rating here, generations and digests included",
            f"{ours.wall:.1f} s, {ours.wall / theirs.wall:.2f}x DuckDB",
        ),
        Line("  cost by team by day here", f"{p50([d.wall for d in asked]) * 1000:.0f} ms, {question:.2f}x DuckDB"),
    ]


def _load(duck: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    instants = ("time",) if name == "usage" else ("valid_from", "valid_to")
    stamps = ", ".join(f"make_timestamp({instant} * 1000) AS {instant}" for instant in instants)
    duck.execute(f"CREATE TABLE {name} AS SELECT * REPLACE ({stamps}) FROM '{path}'")


def _same(ours: list[dict], theirs: list[tuple]) -> None:
    # DuckDB divides decimals as doubles, so its costs are good to about 15 digits.
    if len(ours) != len(theirs):
        raise RuntimeError(f"{len(ours)} team days here, {len(theirs)} in DuckDB")
    for mine, (day, team, cost) in zip(ours, theirs, strict=True):
        if (mine["charge_date"], mine["team_id"]) != (day, team) or abs(float(mine["list_cost"]) - cost) > 1e-9 * abs(
            cost
        ):
            raise RuntimeError(f"DuckDB disagrees: {json.dumps([mine, (day, team, cost)], default=str)}")
