"""The price book: what the operator's files, imported lists and the genai-prices package say, as one history.

Where several name a price for a SKU, the operator stands before imported files and those before genai-prices. Nothing
that has started is edited: a newer price ends it, by rows that are appended, and the days it touches are rated again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from billing.commitment_files import COMMITMENTS, read_commitments
from billing.dated_files import ATTRIBUTION, RATES, read_environments, read_rate_rules
from billing.plans import Plan, held_rows, plan
from billing.price_files import PRICES, read_price_files
from billing.price_sources.genai import PriceList, package_list
from billing.prices import TOKEN_METERS, Price, rank_of
from billing.tariff_files import TARIFFS, read_tariffs
from billing.timeline import Row, minus
from config.settings import settings
from queries.unpriced_skus import unpriced_skus
from queries.used_skus import used_skus
from warehouse.connect import Store
from warehouse.histories import HISTORIES
from warehouse.tables import table

LIST_CURRENCY = "USD"  # what genai-prices, LiteLLM and the instance history are written in


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFiles:
    """Where the operator's files are."""

    prices: Path = PRICES
    rates: Path = RATES
    attribution: Path = ATTRIBUTION
    tariffs: Path = TARIFFS
    commitments: Path = COMMITMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedSku:
    """A token SKU as usage names it, and the days it was used."""

    sku_id: str
    meter: str
    provider: str
    model: str
    days: tuple[date, ...]


def sync(store: Store, *, files: ConfigFiles | None = None, listed: PriceList | None = None) -> dict[str, int]:
    """Record what the operator's files say and the list prices of models in use; return rows appended per history.

    Appends only news, so it may run every few seconds. ``listed`` replaces the package's own list.

    Raises:
        ValueError: a file is unusable.
        EditRefusedError: a file changed what has started; nothing of that history is written.

    """
    with store.writing:
        appended = {
            planned.history: planned.carry_out(store, by=f"config/{name}")
            for name, planned in config_plans(store, files or ConfigFiles()).items()
        }
        appended["prices"] += list_plan(store, listed or package_list()).carry_out(store, by="genai-prices")
    return appended


def config_plans(store: Store, files: ConfigFiles) -> dict[str, Plan]:
    """Return what the operator's files would append, by the file's name: prices, rates, tariffs and so on."""
    prices = [price.row() for price in read_price_files(files.prices)]
    rules = [{**row, "recorded_by": "config/rates"} for row in read_rate_rules(files.rates)]
    tariffs = [{**row, "recorded_by": "config/tariffs"} for row in read_tariffs(files.tariffs)]
    environments = [{**row, "recorded_by": "config/attribution"} for row in read_environments(files.attribution)]
    reserved = [{**row, "recorded_by": "config/commitments"} for row in read_commitments(files.commitments)]
    return {
        "prices": plan(
            "prices", _held(store, "prices", prices, "config/prices"), prices, rank=_rank, owner="config/prices"
        ),
        "rates": plan("rate_rules", _held(store, "rate_rules", rules, "config/rates"), rules, owner="config/rates"),
        "attribution": plan(
            "environments",
            _held(store, "environments", environments, "config/attribution"),
            environments,
            owner="config/attribution",
        ),
        "tariffs": plan("tariffs", _held(store, "tariffs", tariffs, "config/tariffs"), tariffs, owner="config/tariffs"),
        "commitments": plan(
            "commitments",
            _held(store, "commitments", reserved, "config/commitments"),
            reserved,
            owner="config/commitments",
        ),
    }


def list_plan(store: Store, listed: PriceList) -> Plan:
    """Return the list prices to append for models that usage to be rated, or unpriced charges, name."""
    if settings().currency != LIST_CURRENCY:
        return Plan("prices")  # a price in dollars is no price in the store's currency
    prices: list[Price] = []
    for sku in models_in_use(store):
        if (model := listed.find(sku.provider, sku.model)) is not None:
            prices += listed.prices(model, {sku.sku_id: sku.meter}, days=sku.days)
    rows = [price.row() for price in prices]
    held = held_rows(store, "prices", {row["sku_id"] for row in rows}) if rows else {}
    return plan("prices", held, rows, rank=_rank, keeps_edits=True)


def models_in_use(store: Store) -> list[UsedSku]:
    """Return the token SKUs of days with events that are not rated yet, and of unpriced charges."""
    rows = store.rows(unpriced_skus(table("charges"), meters=TOKEN_METERS))
    if days := _days_with_new_events(store):
        rows += store.rows(used_skus(table("usage"), days=days, meters=TOKEN_METERS))
    return _by_sku(rows)


def record_snapshot(store: Store, prices: Iterable[Price], *, now: datetime | None = None) -> int:
    """Record an imported list without dates of its own and return the rows appended.

    A SKU the store has no imported price for gets the list's as it is (from the beginning); where the list differs
    from what was imported before, it holds from now on: nobody knows when the change was.
    """
    _refuse_currency()
    moment = (now or datetime.now(UTC)).replace(microsecond=0)
    offered = list(prices)
    with store.writing:
        held = held_rows(store, "prices", {price.sku_id for price in offered})
        rows = [row for price in offered for row in _news(price, held[price.sku_id], moment)]
        return plan("prices", held, rows, rank=_rank, now=moment).carry_out(
            store, by=offered[0].source if offered else ""
        )


def record_dated(store: Store, prices: Iterable[Price]) -> int:
    """Record an imported list that dates its prices and return the rows appended.

    Raises:
        EditRefusedError: it contradicts a price that has started.

    """
    _refuse_currency()
    rows = [price.row() for price in prices]
    with store.writing:
        held = held_rows(store, "prices", {row["sku_id"] for row in rows})
        return plan("prices", held, rows, rank=_rank).carry_out(store, by=rows[0]["recorded_by"] if rows else "")


def _news(price: Price, held: Sequence[Row], now: datetime) -> list[dict[str, Any]]:
    beside = [row for row in held if _rank(row) == rank_of(price.source)]
    free = minus([(price.valid_from, price.valid_to)], beside)
    rows = [replace(price, valid_from=begin, valid_to=end).row() for begin, end in free]
    if not beside:
        return [price.row()]
    starts = max(price.valid_from, now)
    standing = next((row for row in beside if row["valid_from"] <= starts < row["valid_to"]), None)
    if standing is not None and starts < price.valid_to and not _is_same(standing, price.row()):
        rows.append(replace(price, valid_from=starts).row())
    return rows


def _is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one[name] == other[name] for name in HISTORIES["prices"].values if name != "sku_price_id")


def _rank(row: Row) -> int:
    return rank_of(row["recorded_by"])


def _held(store: Store, history: str, wanted: Sequence[Row], owner: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of the keys in a file, and of those that were recorded from it before."""
    kind = HISTORIES[history]
    recorded = store.rows(
        f"SELECT DISTINCT {kind.key} AS name FROM {kind.records} WHERE recorded_by = {{owner:String}}", {"owner": owner}
    )
    return held_rows(store, history, {row[kind.key] for row in wanted} | {row["name"] for row in recorded})


def _days_with_new_events(store: Store) -> list[date]:
    rows = store.rows(
        """
        SELECT arrived.day AS day FROM
        (
            SELECT day, sum(events) AS events FROM
            (
                SELECT arrayJoin(mapKeys(days)) AS day, days[day] AS events FROM batches
                WHERE state = 'stored' AND event_type IN ('usage', 'platform_cost')
            )
            GROUP BY day
        ) AS arrived
        LEFT JOIN
        (
            SELECT charge_date, argMax(charge_generations.events, generation) AS events
            FROM charge_generations GROUP BY charge_date
        ) AS rated ON rated.charge_date = arrived.day
        WHERE arrived.events != rated.events
        ORDER BY day
        """
    )
    return [row["day"] for row in rows]


def _by_sku(rows: Iterable[Mapping[str, Any]]) -> list[UsedSku]:
    days: dict[str, set[date]] = {}
    named: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        days.setdefault(row["sku_id"], set()).add(row["usage_date"])
        named[row["sku_id"]] = row
    return [
        UsedSku(
            sku_id=sku_id,
            meter=row["meter"],
            provider=row["provider"],
            model=row["model"],
            days=tuple(sorted(days[sku_id])),
        )
        for sku_id, row in sorted(named.items())
    ]


def _refuse_currency() -> None:
    if settings().currency != LIST_CURRENCY:
        raise ValueError(
            f"list prices are in {LIST_CURRENCY}, this store counts in {settings().currency}; "
            "write prices in your currency in config/prices"
        )
