"""Files through the door: resumable, accounted for, and refused in one line when they are something else."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metering.load import Loaded, load
from metering.recipes import aws_cur, events, files
from metering.recipes.catalog import RECIPES
from metering.recipes.recipe import RecipeError
from warehouse.connect import Store
from warehouse.histories import record, transfer

EVENTS = RECIPES["events"]


def usage(number: int, **more: object) -> dict[str, object]:
    return {
        "type": "usage",
        "source": "test",
        "event_id": f"e{number}",
        "time": "2026-01-05T12:00:00Z",
        "resource_id": "r",
        "meter": "requests",
        "quantity": 1,
        "provider": "p",
        "model": "m",
        **more,
    }


def lines(path: Path, *said: object) -> Path:
    path.write_text("".join(json.dumps(event) + "\n" for event in said), encoding="utf-8")
    return path


def one(store: Store, path: Path, **options: bool) -> Loaded:
    (loaded,) = load(store, EVENTS, [path], **options)
    assert loaded.accepted + loaded.duplicates + loaded.quarantined == loaded.received
    return loaded


def test_json_lines_of_every_type(store: Store, tmp_path: Path) -> None:
    facts = {"source": "test", "resource_id": "r"}
    call = {"prompt_tokens": 10, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 4}}
    path = lines(
        tmp_path / "events.jsonl",
        {key: value for key, value in usage(1, llm_usage=call).items() if key not in ("meter", "quantity")},
        {**facts, "type": "lifecycle", "event_id": "l", "time": "2026-01-05T12:00:00Z", "action": "deploy"},
        {**facts, "type": "request", "event_id": "q", "time": "2026-01-05T12:00:00Z", "request_id": "x"},
        {**facts, "type": "alert", "event_id": "a", "starts_at": "2026-01-05T12:00:00Z", "name": "Slow"},
        {
            **facts, "type": "platform_cost", "event_id": "c", "period_start": "2026-01-05T00:00:00Z",
            "period_end": "2026-01-06T00:00:00Z", "cost_type": "support", "amount": "12.50", "currency": "USD",
        },
    )  # fmt: skip
    assert one(store, path).accepted == 8
    quantities = store.rows("SELECT meter, quantity FROM usage ORDER BY meter")
    assert {row["meter"]: row["quantity"] for row in quantities} == {
        "requests": 1,
        "input_tokens": 6,
        "cache_read_tokens": 4,
        "output_tokens": 2,
    }
    assert store.scalar("SELECT effective_cost FROM platform_costs") == Decimal("12.5")


def test_a_compressed_copy_is_a_duplicate_of_the_plain_file(store: Store, tmp_path: Path) -> None:
    plain = lines(tmp_path / "events.jsonl", *(usage(number) for number in range(50)))
    packed = tmp_path / "events.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert one(store, plain).accepted == 50
    assert one(store, packed).duplicates == 50


def test_parquet_and_json_lines_of_the_same_events_are_duplicates(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    rows = [usage(number, quantity=Decimal("0.290000000")) for number in range(20)]
    noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    pq.write_table(pa.Table.from_pylist([{**row, "time": noon} for row in rows]), path)
    assert one(store, path).accepted == 20
    again = lines(tmp_path / "events.jsonl", *({**row, "quantity": "0.29"} for row in rows))
    assert one(store, again).duplicates == 20


def test_parquet_floats_are_their_shortest_decimal_and_mixed_types_split(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    facts = {"source": "test", "time": noon, "resource_id": "r"}
    pq.write_table(
        pa.Table.from_pylist(
            [
                {**facts, "type": "usage", "event_id": "u", "meter": "egress_bytes", "quantity": 0.29, "action": None},
                {**facts, "type": "lifecycle", "event_id": "l", "meter": None, "quantity": None, "action": "start"},
            ]
        ),
        path,
    )
    assert one(store, path).accepted == 2
    assert store.scalar("SELECT quantity FROM usage") == Decimal("0.29")
    assert store.scalar("SELECT action FROM lifecycle") == "start"


def test_an_interrupted_load_resumes_and_again_proves_the_door(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "_LINES", 10)
    path = lines(tmp_path / "events.jsonl", *(usage(number) for number in range(35)))

    def stop(progress: object) -> None:
        if progress.loaded.batches == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(store, EVENTS, [path], on_batch=stop)
    resumed = one(store, path)
    assert (resumed.skipped, resumed.received, resumed.accepted) == (20, 15, 15)
    copied = tmp_path / "other-name.jsonl"
    copied.write_bytes(path.read_bytes())
    assert (one(store, copied).skipped, one(store, copied).received) == (35, 0)
    again = one(store, path, again=True)
    assert (again.skipped, again.duplicates) == (0, 35)
    assert store.scalar("SELECT count() FROM usage") == 35


def test_batches_cut_differently_than_before_are_not_skipped(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lines(tmp_path / "events.jsonl", *(usage(number) for number in range(30)))
    monkeypatch.setattr(events, "_LINES", 10)
    with pytest.raises(KeyboardInterrupt):
        load(store, EVENTS, [path], on_batch=_stop)
    monkeypatch.setattr(events, "_LINES", 25)
    resumed = one(store, path)
    assert (resumed.skipped, resumed.duplicates, resumed.accepted) == (0, 10, 20)


def _stop(_progress: object) -> None:
    raise KeyboardInterrupt


def test_bad_lines_are_quarantined_and_the_rest_is_taken(store: Store, tmp_path: Path) -> None:
    path = lines(tmp_path / "events.jsonl", usage(1), usage(2, quantity=-1), usage(3, meter="gpu_hours"))
    path.write_bytes(path.read_bytes() + b"not json\n\xff\n")
    loaded = one(store, path)
    assert (loaded.accepted, loaded.quarantined) == (1, 4)
    reasons = {row["reason"] for row in store.rows("SELECT reason FROM quarantine")}
    assert reasons == {"bad_quantity", "unknown_meter", "malformed"}


def test_an_import_leaves_known_owners_alone(store: Store, data: Path) -> None:
    path = data / "llm/azure_llm_2023_conv.parquet"
    load(store, RECIPES["azure-llm"], [path])
    before = store.rows("SELECT * FROM apps ORDER BY app_id, valid_from")
    moved = datetime(2023, 11, 16, 18, 30, tzinfo=UTC)
    record(store, "teams", [{"team_id": "team-new", "team_name": "New", "cost_center": "cc-new"}], by="test")
    transfer(store, "apps", "az-000", moved, {"team_id": "team-new"}, by="test")
    load(store, RECIPES["azure-llm"], [path], again=True)
    after = store.rows("SELECT * FROM apps ORDER BY app_id, valid_from")
    assert len(after) == len(before) + 1
    assert {row["team_id"] for row in after if row["app_id"] == "az-000"} == {before[0]["team_id"], "team-new"}


def test_a_missing_path_is_one_line_and_loads_nothing(store: Store, tmp_path: Path) -> None:
    there = lines(tmp_path / "there.jsonl", usage(1))
    with pytest.raises(FileNotFoundError, match=r"^\S+nowhere.jsonl does not exist; events reads JSON lines"):
        load(store, EVENTS, [there, tmp_path / "nowhere.jsonl"])
    assert store.scalar("SELECT count() FROM usage") == 0


@pytest.mark.parametrize("name", [name for name in RECIPES if name not in ("events", "servegen")])
def test_a_file_of_another_shape_is_one_line(store: Store, tmp_path: Path, name: str) -> None:
    path = tmp_path / ("other.parquet" if "parquet" in RECIPES[name].files.lower() else "other.csv")
    if path.suffix == ".csv":
        path.write_text("a,b\n1,2\n", encoding="utf-8")
    else:
        pq.write_table(pa.table({"a": [1]}), path)
    said = r"is not JSON" if name == "alertmanager" else r"has no column .*; it has a"
    with pytest.raises(RecipeError, match=said):
        load(store, RECIPES[name], [path])


@pytest.mark.parametrize("name", ["azure-llm", "mooncake", "servegen", "focus"])
def test_what_is_no_parquet_is_one_line(store: Store, tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"hello")
    with pytest.raises(RecipeError, match="is not a Parquet file"):
        load(store, RECIPES[name], [path])


def test_a_cut_off_gzip_is_one_line(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl.gz"
    path.write_bytes(gzip.compress(b"".join(json.dumps(usage(n)).encode() + b"\n" for n in range(1000)))[:-200])
    with pytest.raises(RecipeError, match="is not a whole gzip file"):
        load(store, EVENTS, [path])


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pa.table({"source": ["s"], "event_id": ["e"], "colour": ["red"]}), "no event has: colour"),
        (pa.table({"source": ["s"], "meter": ["requests"]}), "no columns source and event_id"),
        (pa.table({"source": ["s"], "event_id": ["e"], "time": [datetime(2026, 1, 5)]}), "says no time zone"),  # noqa: DTZ001
        (pa.table({"source": ["s"], "event_id": ["e"], "quantity": [[1]]}), "quantity is nested"),
        (pa.table({"source": ["s"], "event_id": ["e"], "type": ["bill"]}), "type 'bill' is none of"),
        (pa.table({"source": ["s"], "event_id": ["e"], "action": ["start"]}), "usage events have no action"),
    ],
)
def test_parquet_that_is_not_canonical_is_one_line(store: Store, tmp_path: Path, table: pa.Table, message: str) -> None:
    path = tmp_path / "events.parquet"
    pq.write_table(table, path)
    with pytest.raises(RecipeError, match=message):
        load(store, EVENTS, [path])


def test_a_servegen_requests_file_alone_says_what_is_missing(store: Store, tmp_path: Path, data: Path) -> None:
    path = tmp_path / "servegen_requests_10min.parquet"
    path.write_bytes((data / "llm/servegen_requests_10min.parquet").read_bytes())
    with pytest.raises(RecipeError, match="with its tokens file"):
        load(store, RECIPES["servegen"], [path])


def test_one_column_name_however_it_is_written() -> None:
    assert files.snake("lineItem/UsageStartDate") == files.snake("line_item_usage_start_date")
    assert files.snake("CostInBillingCurrency") == "cost_in_billing_currency"
    assert files.snake("pricing/publicOnDemandCost") == "pricing_public_on_demand_cost"
    assert files.snake("resourceTags/user:application") == "resource_tags_user_application"


def test_a_line_item_under_a_savings_plan_counts_its_effective_cost_once(store: Store, tmp_path: Path) -> None:
    """AWS's amortized cost: 3 USD on demand, covered at 2, by a commitment of 5 of which 2 is used."""
    path = tmp_path / "cur.csv"
    common = ["2026-01-05T00:00:00Z/2026-01-06T00:00:00Z", "2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z", "EC2", "USD"]
    header = [
        "identity/LineItemId", "lineItem/LineItemType", "lineItem/UnblendedCost", "pricing/publicOnDemandCost",
        "savingsPlan/SavingsPlanEffectiveCost", "savingsPlan/TotalCommitmentToDate", "savingsPlan/UsedCommitment",
        "resourceTags/user:application", "identity/TimeInterval", "lineItem/UsageStartDate", "lineItem/UsageEndDate",
        "lineItem/ProductCode", "lineItem/CurrencyCode",
    ]  # fmt: skip
    rows = [
        ["1", "SavingsPlanCoveredUsage", "3", "3", "2", "", "", "shop", *common],
        ["2", "SavingsPlanNegation", "-3", "0", "", "", "", "", *common],
        ["3", "SavingsPlanRecurringFee", "5", "0", "", "5", "2", "", *common],
    ]
    path.write_text("\n".join(",".join(row) for row in (header, *rows)) + "\n", encoding="utf-8")
    (loaded,) = load(store, aws_cur.RECIPE, [path])
    assert loaded.accepted == 3
    (sums,) = store.rows(
        "SELECT sum(list_cost) AS list, sum(effective_cost) AS effective, sum(billed_cost) AS billed "
        "FROM platform_costs"
    )
    assert sums == {"list": 3, "effective": 5, "billed": 5}
    assert store.rows("SELECT app_id, effective_cost AS c FROM platform_costs WHERE app_id != ''") == [
        {"app_id": "shop", "c": 2}
    ]


def test_hostile_lines_are_quarantined_one_by_one(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    facts = '"source":"s","time":"2026-01-05T12:00:00Z"'
    hostile = [
        b"\xef\xbb\xbf" + json.dumps(usage(1)).encode(),
        f'{{{facts},"event_id":"sur\\ud800","meter":"requests","quantity":1}}'.encode(),
        f'{{{facts},"event_id":"big","quantities":{{"input_tokens":{"9" * 5000}}}}}'.encode(),
        f'{{{facts},"event_id":"bad'.encode() + b'\xff\xfe","meter":"requests","quantity":1}',
        f'{{{facts},"event_id":"bad'.encode() + b'\xfe\xfd","meter":"requests","quantity":5}',
        json.dumps(usage(2)).encode(),
    ]
    path.write_bytes(b"\n".join(hostile))
    loaded = one(store, path)
    assert (loaded.accepted, loaded.quarantined) == (2, 4)
    found = store.rows("SELECT reason, count() AS n FROM quarantine GROUP BY reason ORDER BY reason")
    assert found == [{"reason": "bad_quantity", "n": 1}, {"reason": "malformed", "n": 3}]


def test_parquet_without_a_type_is_usage_and_may_name_its_start(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    at = "2026-01-05T12:00:00Z"
    rows = [
        {"event_id": "1", "type": None, "meter": "requests", "quantity": "1", "time": at},
        {"event_id": "2", "type": "alert", "name": "Slow", "starts_at": at},
        {"event_id": "3", "type": "alert", "name": "Slow", "time": at},
    ]
    names = {name for row in rows for name in row}
    full = [{"source": "s", **dict.fromkeys(names), **row} for row in rows]
    pq.write_table(pa.Table.from_pylist(full), path)
    assert one(store, path).accepted == 3
    assert store.scalar("SELECT count() FROM alerts") == 2


@pytest.mark.parametrize("name", ["events.jsonl", "events.parquet"])
def test_no_batch_cuts_a_call(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    calls = [
        {"source": "s", "event_id": f"c{number:02}", "time": "2026-01-05T12:00:00Z", "meter": meter, "quantity": count}
        for number in range(12)
        for meter, count in (("requests", "1"), ("output_tokens", "5"), ("input_tokens", "40"))
    ]
    path = tmp_path / name
    if name == "events.parquet":
        pq.write_table(pa.Table.from_pylist(calls), path)
        monkeypatch.setattr(events, "parquet_tables", partial(files.parquet_tables, rows=7))
    else:
        buckets = {call["meter"]: call["quantity"] for call in calls[:3]}
        facts = {"source": "s", "time": "2026-01-05T12:00:00Z", "quantities": buckets}
        lines(path, *({**facts, "event_id": f"c{number:02}"} for number in range(12)))
        monkeypatch.setattr(events, "BATCH_ROWS", 7)
    loaded = one(store, path)
    assert (loaded.accepted, loaded.quarantined) == (36, 0)
    assert loaded.batches > 4
    assert store.rows("SELECT DISTINCT call_input_tokens AS put_in FROM usage") == [{"put_in": 40}]


def test_a_copy_under_another_name_is_the_same_rows_and_another_file_is_others(store: Store, tmp_path: Path) -> None:
    header = "Date,MeterCategory,CostInBillingCurrency,BillingCurrencyCode,ChargeType,Tags\n"
    first = tmp_path / "costs.csv"
    first.write_text(header + "01/05/2026,VM,1.5,CAD,Usage,\n", encoding="utf-8")
    copy, packed = tmp_path / "copy-of-it.csv", tmp_path / "packed.csv.gz"
    copy.write_bytes(first.read_bytes())
    packed.write_bytes(gzip.compress(first.read_bytes()))
    recipe = RECIPES["azure-ea"]
    assert load(store, recipe, [first])[0].accepted == 1
    for path in (copy, packed):
        (again,) = load(store, recipe, [path], again=True)
        assert (again.accepted, again.duplicates, again.quarantined) == (0, 1, 0)
    (tmp_path / "next").mkdir()
    other = tmp_path / "next" / "costs.csv"
    other.write_text(header + "01/06/2026,VM,1.5,CAD,Usage,\n", encoding="utf-8")
    assert load(store, recipe, [other])[0].accepted == 1
