"""The demo's story, told to the real engine: what it claims is what the charges say."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from config.meters import meters
from config.settings import Settings
from jobs.declaring import declarations
from jobs.demo.apps import App, make_apps
from jobs.demo.arrival import arrive
from jobs.demo.bad_events import make_bad_events
from jobs.demo.load import Loaded, load_demo, plan_demo
from jobs.demo.pile import TEXTS, Rows
from jobs.demo.plan import Plan
from jobs.demo.run import run_demo
from jobs.demo.story import Story, tell
from jobs.demo.usage import make_usage
from jobs.detect import detect
from jobs.explaining import asking, explain
from queries.conservation import conservation
from ui.flag_words import sentences
from warehouse.connect import Store
from warehouse.errors import StoreError
from warehouse.start import open_store
from warehouse.tables import table

UNTIL = datetime(2026, 5, 20, 16, tzinfo=UTC)
PLAN = Plan(apps=40, days=14, seed=7, until=UNTIL)


@dataclass(frozen=True)
class Platform:
    store: Store
    apps: list[App]
    story: Story
    rows: Rows
    words: list[str]
    repeated: int
    loaded: Loaded
    manifest: dict

    def texts(self, name: str) -> np.ndarray:
        return np.array(self.words)[self.rows.codes[TEXTS.index(name)]]

    def charged(self, what: str, where: str, **parameters: object) -> object:
        return self.store.scalar(f"SELECT {what} FROM charges WHERE {where}", parameters)


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    with open_store(Settings(store=f"{os.environ['FARTHING_STORE']}?database=demo_story")) as store:
        path = tmp_path_factory.mktemp("demo") / "demo-incidents.json"
        loaded = run_demo(store, apps=40, days=14, seed=7, until=UNTIL, manifest=path)
        apps = make_apps(PLAN)
        story = tell(PLAN, apps)
        rows, words = make_usage(PLAN, apps, story)
        repeated = arrive(PLAN, rows)[1]
        yield Platform(store, apps, story, rows, words, repeated, loaded, json.loads(path.read_text()))
        store.command("DROP DATABASE demo_story SYNC")


def milliseconds(instant: datetime) -> int:
    return int(instant.timestamp()) * 1000


def test_what_was_made_once_is_charged_once_per_meter(platform: Platform) -> None:
    made: dict[str, Decimal] = {}
    factor = {(name, unit): factor for name, meter in meters().items() for unit, factor in meter.factors.items()}
    units = {(name, ""): Decimal(1) for name in meters()} | factor
    texts = zip(platform.texts("meter"), platform.texts("unit"), platform.rows.quantity.tolist(), strict=True)
    for meter, unit, quantity in texts:
        made[meter] = made.get(meter, Decimal(0)) + quantity * units[meter, unit]
    made["cpu_core_seconds"] += 40  # the good one among the bad events
    charged = platform.store.rows(
        "SELECT meter, sum(consumed_quantity) AS quantity FROM charges WHERE meter != 'platform_cost' GROUP BY meter"
    )
    assert {row["meter"]: row["quantity"] for row in charged} == made


def test_late_repeated_and_restamped_events_count_once(platform: Platform) -> None:
    usage = platform.store.rows("SELECT * FROM batches WHERE state = 'stored' AND event_type = 'usage'")
    assert sum(row["duplicates"] for row in usage) == platform.repeated > 100
    stored = platform.store.rows("SELECT count() AS n, min(time) AS first, max(time) AS last FROM usage")[0]
    assert stored["n"] == len(platform.rows) + 1
    assert stored["last"] < UNTIL


def test_quarantine_holds_exactly_what_was_planted(platform: Platform) -> None:
    planted = Counter(reason for reason, _ in make_bad_events(PLAN) if reason)
    held = platform.store.rows("SELECT reason, count() AS events FROM quarantine GROUP BY reason")
    assert {row["reason"]: row["events"] for row in held} == planted
    assert len(planted) >= 10


def test_accepted_duplicate_and_quarantined_are_what_was_received(platform: Platform) -> None:
    loaded = platform.loaded
    assert loaded.accepted + loaded.duplicates + loaded.quarantined == loaded.received
    names = ("batches", "usage", "lifecycle", "request_traces", "alerts", "platform_costs", "charges", "daily_charges")
    laws = platform.store.rows(conservation(*(table(name) for name in names)))
    assert {row["law"] for row in laws} == {"5 usage", "6 money", "15 silence"}
    assert [row for row in laws if row["difference"]] == []


def test_the_price_change_splits_its_day_exactly(platform: Platform) -> None:
    at = platform.story.repriced_at
    day = milliseconds(at.replace(hour=0, minute=0))
    hosted = platform.texts("model") == "llama-3.3-70b"
    today = (platform.rows.time >= day) & (platform.rows.time < day + 86_400_000)
    for meter, old, new in zip(("input_tokens", "output_tokens"), *platform.story.hosted_prices, strict=True):
        chosen = hosted & today & (platform.texts("meter") == meter)
        made: dict[tuple[int, Decimal], int] = {}
        for time, quantity in zip(
            platform.rows.time[chosen].tolist(), platform.rows.quantity[chosen].tolist(), strict=True
        ):
            key = ((time - day) // 3_600_000, old if time < milliseconds(at) else new)
            made[key] = made.get(key, 0) + quantity
        assert {price for _, price in made} == {old, new}
        charged = platform.store.rows(
            "SELECT toHour(charge_period_start) AS hour, list_unit_price, sum(consumed_quantity) AS tokens, "
            "sum(list_cost) AS cost FROM charges WHERE sku_id = {sku:String} AND charge_date = {day:Date} "
            "GROUP BY hour, list_unit_price",
            {"sku": f"{meter}/in-house/llama-3.3-70b", "day": at.date()},
        )
        assert {(row["hour"], row["list_unit_price"]): row["tokens"] for row in charged} == made
        assert all(row["cost"] == row["tokens"] * row["list_unit_price"] / 1_000_000 for row in charged)


def test_the_reorganization_moves_money_at_its_instant(platform: Platform) -> None:
    story = platform.story
    moved = np.isin(platform.texts("app_id"), list(story.moved_apps))
    assert moved.any()
    before = platform.rows.time < milliseconds(story.moved_at)
    for meter in ("requests", "input_tokens", "output_tokens"):
        chosen = moved & (platform.texts("meter") == meter)
        for side, team in ((before, story.moved_from), (~before, story.moved_to)):
            expected = int(platform.rows.quantity[chosen & side].sum())
            assert expected
            assert expected == platform.charged(
                "sum(consumed_quantity)",
                "app_id IN {apps:Array(String)} AND attribution_rule = 'app_tag' AND meter = {meter:String} "
                "AND team_id = {team:String}",
                apps=list(story.moved_apps),
                meter=meter,
                team=team,
            )
    centers = platform.store.rows(
        "SELECT DISTINCT team_id, cost_center FROM charges WHERE app_id IN {apps:Array(String)} ORDER BY team_id",
        {"apps": list(story.moved_apps)},
    )
    assert [(row["team_id"], row["cost_center"]) for row in centers] == [
        ("growth", "cc-commercial"),
        ("personalization", "cc-product"),
    ]


def test_every_attribution_rule_answers_for_some_usage(platform: Platform) -> None:
    rows = platform.store.rows(
        "SELECT attribution_rule, count() AS charges FROM charges WHERE meter != 'platform_cost' GROUP BY 1"
    )
    assert {row["attribution_rule"] for row in rows} == {"app_tag", "lease", "resource_owner", "environment", "default"}


def test_an_hour_of_small_calls_is_not_charged_as_one_large_one(platform: Platform) -> None:
    start = platform.store.scalar(
        "SELECT min(tier_starts[1]) FROM prices WHERE sku_id = 'input_tokens/anthropic/claude-sonnet-4-5' "
        "AND notEmpty(tier_starts)"
    )
    hours = platform.store.rows(
        "SELECT sumIf(quantity, meter = 'requests') AS calls, max(call_input_tokens) AS put_in, "
        "uniqExact(call_input_tokens) AS said, sumIf(quantity, meter IN ('input_tokens', 'cache_read_tokens', "
        "'cache_write_tokens')) AS tokens FROM usage WHERE model = 'claude-sonnet-4-5' GROUP BY source, event_id"
    )
    assert max(hour["tokens"] for hour in hours) > start > 0
    assert all(hour["said"] == 1 for hour in hours)
    assert all(abs(hour["put_in"] * hour["calls"] - hour["tokens"]) <= hour["calls"] / 2 for hour in hours)
    assert platform.charged("count()", "model = 'claude-sonnet-4-5' AND pricing_status = 'priced'")
    assert not platform.charged("count()", "position(sku_price_id, '>') > 0")


def test_one_model_has_no_price_and_says_so(platform: Platform) -> None:
    unpriced = platform.store.rows("SELECT DISTINCT model FROM charges WHERE pricing_status = 'unpriced'")
    assert unpriced == [{"model": "ticket-tuned-8b"}]


def test_one_cost_is_in_another_currency_and_never_added(platform: Platform) -> None:
    costs = platform.store.rows(
        "SELECT billing_currency, count() AS costs FROM charges WHERE meter = 'platform_cost' GROUP BY 1 ORDER BY 1"
    )
    assert costs == [{"billing_currency": "CAD", "costs": 14}, {"billing_currency": "USD", "costs": 70 + 1 + 14}]


def test_incidents_cost_more_than_the_week_before(platform: Platform) -> None:
    incidents = platform.manifest["incidents"]
    assert {incident["kind"] for incident in incidents} >= {"retry_storm", "runaway_loop", "model_misroute", "leak"}

    def spent(incident: dict, earlier: timedelta) -> Decimal:
        start, end = (datetime.fromisoformat(incident[name]) - earlier for name in ("start", "end"))
        where = (
            "app_id = {app:String} AND charge_period_start >= {start:DateTime} AND charge_period_start < {end:DateTime}"
        )
        cost = platform.charged("sum(list_cost)", where, app=incident["app_id"], start=start, end=end)
        return cost or Decimal(0)

    for incident in incidents:
        assert spent(incident, timedelta()) > spent(incident, timedelta(days=7)) * Decimal("1.2"), incident


def test_alerts_and_deploys_stand_beside_incidents(platform: Platform) -> None:
    for incident in platform.manifest["incidents"]:
        alerts = platform.store.scalar(
            "SELECT count() FROM alerts WHERE app_id = {app:String} "
            "AND starts_at >= {start:DateTime} AND starts_at < {end:DateTime} AND severity IN ('warning', 'critical')",
            {
                "app": incident["app_id"],
                "start": datetime.fromisoformat(incident["start"]),
                "end": datetime.fromisoformat(incident["end"]),
            },
        )
        assert alerts or incident["is_expected"]
    actions = platform.store.rows("SELECT DISTINCT action FROM lifecycle ORDER BY action")
    assert [row["action"] for row in actions] == ["deploy", "scale", "start", "stop"]


def test_a_runaway_at_a_launch_is_judged_by_what_was_declared(platform: Platform) -> None:
    incident = next(one for one in platform.manifest["incidents"] if one["kind"] == "launch_runaway")
    start, end = (datetime.fromisoformat(incident[name]) for name in ("start", "end"))
    app = next(app for app in platform.apps if app.app_id == incident["app_id"])
    assert start - PLAN.instant(app.born) < timedelta(hours=6)
    declared = declarations(platform.store)
    assert app.app_id in {row["app_id"] for row in declared}
    assert {row["valid_from"] for row in declared} <= {PLAN.instant(app.born) for app in platform.apps}
    detect(platform.store, as_of=UNTIL + timedelta(hours=2))
    (flag,) = platform.store.rows(
        "SELECT * FROM flags WHERE basis = 'declared' AND NOT is_silent AND status != 'withdrawn'"
    )
    assert flag["app_id"] == app.app_id
    assert start <= flag["flagged_at"] < end
    assert flag["kind"] == "launch"
    assert flag["actual"] > 3 * flag["expected"]
    found = explain(asking(platform.store), flag)
    said = sentences(flag, found.drivers, found.skus, found.markers, found.earlier)
    assert "Expected is what its team declared, since it is younger than two days." in said


def test_what_starts_and_ends_an_incident_is_deployed(platform: Platform) -> None:
    for incident in platform.manifest["incidents"]:
        if incident["kind"] in ("model_misroute", "runaway_loop", "leak"):
            deploys = platform.store.rows(
                "SELECT time, attributes FROM lifecycle WHERE app_id = {app:String} AND action = 'deploy' "
                "AND time IN ({start:DateTime}, {end:DateTime}) ORDER BY time",
                {
                    "app": incident["app_id"],
                    "start": datetime.fromisoformat(incident["start"]),
                    "end": datetime.fromisoformat(incident["end"]),
                },
            )
            assert "reason" not in json.loads(deploys[0]["attributes"])
            if len(deploys) > 1:  # the last one may go on
                assert json.loads(deploys[1]["attributes"])["reason"] == "rollback"


def test_making_the_same_demo_again_changes_nothing(platform: Platform, tmp_path: Path) -> None:
    before = platform.store.rows("SELECT * FROM charge_generations ORDER BY charge_date, generation")
    assert run_demo(platform.store, manifest=tmp_path / "again.json") == platform.loaded
    assert platform.store.rows("SELECT * FROM charge_generations ORDER BY charge_date, generation") == before
    assert json.loads((tmp_path / "again.json").read_text()) == platform.manifest


def test_a_second_demo_is_refused(platform: Platform) -> None:
    for append in (False, True):
        with pytest.raises(StoreError, match="already has a demo"):
            load_demo(platform.store, Plan(40, 14, 8, UNTIL), append=append)


def test_a_demo_that_was_cut_short_is_continued(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.demo.load.BATCH_ROWS", 4_000)
    plan = Plan(apps=12, days=5, seed=3, until=UNTIL)

    def stop(_: str, done: int, __: int) -> None:
        if done > 4_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_demo(store, plan, progress=stop)
    assert plan_demo(store) == plan
    loaded = load_demo(store, plan)
    apps = make_apps(plan)
    rows, _ = make_usage(plan, apps, tell(plan, apps))
    assert store.scalar("SELECT count() FROM usage") == len(rows) + 1
    assert loaded.accepted + loaded.duplicates + loaded.quarantined == loaded.received


def test_other_data_is_left_alone_unless_appending(store: Store) -> None:
    from metering.decode import decode_events
    from metering.door import admit, history_terms

    event = {"source": "s", "event_id": "1", "time": "2026-05-01T00:00:00Z", "meter": "requests", "quantity": "1"}
    admit(store, "usage", decode_events([event])["usage"], history_terms("elsewhere"))
    plan = Plan(apps=10, days=3, seed=3, until=UNTIL)
    with pytest.raises(StoreError, match="already has data"):
        load_demo(store, plan)
    assert store.scalar("SELECT count() FROM apps") == 0
    load_demo(store, plan, append=True)
    assert store.scalar("SELECT count() FROM usage WHERE source = 's'") == 1
