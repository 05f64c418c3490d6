"""The SDK against the real API and the real store: what it says is what is stored."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from farthing import Meter
from farthing.readings import memory_gb

from jobs.rating import sync_and_rate
from tests.sdk.conftest import settled
from tests.sdk.serving import api_on, key_for, register
from warehouse.connect import Store

NewMeter = Callable[..., Meter]
CHAT = {
    "model": "gpt-4o",
    "usage": {
        "prompt_tokens": 100,
        "completion_tokens": 20,
        "total_tokens": 120,
        "prompt_tokens_details": {"cached_tokens": 30, "audio_tokens": 0},
    },
}


@pytest.fixture
def url(store: Store) -> Iterator[str]:
    register(store)
    with api_on(store) as address:
        yield address


def rows(store: Store, table: str, columns: str) -> list[dict[str, Any]]:
    return store.rows(f"SELECT {columns} FROM {table} ORDER BY time, event_id, {columns.split(', ')[0]}")


def test_all_that_a_meter_says_is_taken(store: Store, url: str, new_meter: NewMeter) -> None:
    meter = new_meter(url=url, token=key_for(store), resource_id="container/1", environment="production")
    meter.start(cpu_cores=2, attributes={"image": "shop:1"})
    meter.watch("memory_gb_seconds", memory_gb, region="us-east-1")

    @meter.call
    def ask() -> dict[str, Any]:
        return CHAT

    ask()
    meter.usage("egress_bytes", Decimal("1.5"), unit="GB", region="us-east-1")
    meter.request(request_id="q1", bytes_in=10, bytes_out=2000, duration_ms=12.3456, status=503)
    meter.deploy("1.1")
    meter.from_openai({"model": "gpt-4o-audio", "usage": {**CHAT["usage"], "total_tokens": 7}})
    meter.usage("gold_ounces", 1)
    time.sleep(0.2)
    meter.stop()
    assert meter.flush(30)
    counts = settled(meter)
    assert (counts["quarantined"], counts["pending"]) == (2, 0)
    assert counts["accepted"] == counts["recorded"] - 2

    usage = rows(store, "usage_events", "meter, quantity, sku_id, is_estimated, app_id, environment, is_authenticated")
    said = {row["meter"]: row for row in usage}
    tokens = {meter: said[meter]["quantity"] for meter in ("input_tokens", "cache_read_tokens", "output_tokens")}
    assert tokens == {"input_tokens": 70, "cache_read_tokens": 30, "output_tokens": 20}
    assert said["egress_bytes"]["quantity"] == 1_500_000_000
    assert said["input_tokens"]["sku_id"] == "input_tokens/openai/gpt-4o"
    assert said["memory_gb_seconds"]["is_estimated"]
    assert said["memory_gb_seconds"]["quantity"] > 0
    assert not said["cpu_core_seconds"]["is_estimated"]
    assert all(row["is_authenticated"] and row["app_id"] == "shop" for row in usage)
    (trace,) = rows(store, "request_events", "request_id, bytes_out, duration_ms, status, event_id")
    assert (trace["bytes_out"], trace["duration_ms"], trace["status"]) == (2000, Decimal("12.346"), 503)
    assert [row["action"] for row in rows(store, "lifecycle_events", "action")] == ["start", "deploy", "stop"]
    reasons = {row["meter"] or "llm": row["reason"] for row in store.rows("SELECT meter, reason FROM quarantine")}
    assert reasons == {"gold_ounces": "unknown_meter", "llm": "malformed"}


def test_sampled_traces_keep_the_count_of_requests(store: Store, url: str, new_meter: NewMeter) -> None:
    meter = new_meter(url=url, token=key_for(store), traces_per_second=1)
    meter._traces._dense_until = 0  # as if it had run for a while
    for number in range(3000):
        meter.request(request_id=f"q{number}", bytes_out=100, duration_ms=1, status=200)
    assert meter.flush(30)
    kept = store.scalar("SELECT count() FROM request_events")
    estimated = store.scalar("SELECT sum(quantity) FROM usage_events WHERE meter = 'requests'")
    stated = meter.sampling()["requests/2xx"]
    assert kept == stated["kept"]
    assert kept < 1500
    assert abs(estimated - 3000) <= stated["count_error"]
    weighed = store.scalar(
        "SELECT sum(bytes_out * quantity) FROM request_events AS trace JOIN usage_events AS weight "
        "ON weight.event_id = concat(trace.event_id, '-requests')"
    )
    assert weighed == 100 * estimated
    assert settled(meter)["sampled_out"] == 3000 - kept


def test_an_app_of_a_moment_is_billed_with_its_lease_after_its_death(
    store: Store, url: str, new_meter: NewMeter
) -> None:
    meter = new_meter(
        url=url, token=key_for(store, "ingest", "leases"), resource_id="fn/7", region="us-east-1", lease=True
    )
    meter.start(cpu_cores=1)
    deadline = time.monotonic() + 20
    while not meter.lease_id:
        assert time.monotonic() < deadline
        meter.flush(1)
    meter.usage("egress_bytes", 5)
    time.sleep(0.1)
    meter.stop()
    assert meter.flush(30)
    (lease,) = store.rows("SELECT lease_id, app_id, resource_id, valid_to FROM leases")
    assert (lease["app_id"], lease["resource_id"]) == ("shop", "fn/7")
    assert lease["valid_to"].timestamp() < time.time(), "ended with its resource"
    carried = rows(store, "usage_events", "meter, lease_id, time")
    assert {row["lease_id"] for row in carried if row["meter"] == "egress_bytes"} == {lease["lease_id"]}
    assert all(row["time"] <= lease["valid_to"] for row in carried)
    assert settled(meter)["pending"] == 0
    assert meter.lease_id == ""
    sync_and_rate(store)
    (charge,) = store.rows(
        "SELECT sum(consumed_quantity) AS seconds, sum(list_cost) AS cost, any(app_id) AS app_id, "
        "any(cost_center) AS cost_center FROM charges WHERE sku_id = 'cpu_core_seconds/us-east-1'"
    )
    lived = store.scalar("SELECT dateDiff('millisecond', min(time), max(time)) FROM lifecycle_events") / 1000
    assert abs(float(charge["seconds"]) - lived) <= 0.003, "one core, from its start to its stop"
    assert (charge["app_id"], charge["cost_center"]) == ("shop", "cc-retail")
    assert abs(charge["cost"] - charge["seconds"] * Decimal("0.04048") / 3600) < Decimal("1e-12")


def test_a_lease_that_was_handed_over_says_whose_events_these_are(store: Store, url: str, new_meter: NewMeter) -> None:
    import json
    import urllib.request

    key = key_for(store, "leases")
    asked = urllib.request.Request(
        f"{url}/api/v1/leases",
        data=json.dumps({"app_id": "shop", "resource_id": "pod/3", "seconds": 6}).encode(),
        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked) as answer:
        granted = json.load(answer)
    meter = new_meter(url=url, token=granted["token"], app_id="liar", resource_id="pod/4")
    assert (meter.app_id, meter.resource_id, meter.lease_id) == ("shop", "pod/3", granted["lease_id"])
    meter.usage("egress_bytes", 1)
    assert meter.flush(20)
    ends = "SELECT max(valid_to) FROM leases"
    first = store.scalar(ends)
    deadline = time.monotonic() + 20
    while store.scalar(ends) == first:
        assert time.monotonic() < deadline, "it was not renewed at half of its time"
        meter.flush(1)
    meter.usage("egress_bytes", 2)
    assert meter.flush(20)
    stored = rows(store, "usage_events", "quantity, app_id, resource_id, lease_id, source")
    assert [row["quantity"] for row in stored] == [1, 2]
    assert {(row["app_id"], row["resource_id"], row["source"]) for row in stored} == {("shop", "pod/3", "/app/shop")}
    assert settled(meter)["accepted"] == 2
    with_another = new_meter(url=url, token=granted["token"])
    with_another.app_id = "checkout"
    with_another.usage("egress_bytes", 1)
    assert with_another.flush(20)
    assert settled(with_another)["set_aside"] == 1, "refused for good, and kept"


def test_a_key_that_may_not_send_keeps_the_events(store: Store, url: str, new_meter: NewMeter) -> None:
    meter = new_meter(url=url, token=key_for(store, "read"))
    meter.usage("egress_bytes", 1)
    assert not meter.flush(0.5)
    assert settled(meter)["pending"] == 1
    nobody = new_meter(url=url, token="fa_000000000000_" + "x" * 43)
    nobody.usage("egress_bytes", 2)
    assert not nobody.flush(0.5)
    assert nobody.counters()["retries.http_401"] >= 1
    store_key = new_meter(url=url, token=key_for(store))
    meter.close()
    nobody.close()
    store_key.usage("egress_bytes", 3)
    deadline = time.monotonic() + 20
    while settled(store_key).get("recovered", 0) < 2:
        assert time.monotonic() < deadline
        store_key.flush(1)
    assert store_key.flush(20)
    assert store.scalar("SELECT sum(quantity) FROM usage_events") == 6
