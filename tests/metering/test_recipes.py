"""Every recipe against the control totals of the real data that need no prices."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from jobs.rate import rate
from metering.door import admit, history_terms
from metering.load import load
from metering.recipes.catalog import RECIPES
from metering.recipes.recipe import BATCH_ROWS
from queries.total_cost import total_cost
from warehouse.connect import Store
from warehouse.tables import table

FILES = {
    "azure-llm": "llm/azure_llm_2023_conv.parquet",
    "mooncake": "llm/mooncake_conversation_trace.parquet",
    "servegen": "llm",
    "focus": "billing/focus_1_0_sample_1000.csv.gz",
    "aws-cur": "billing/aws_cur_sample.csv.gz",
    "azure-ea": "billing/azure_ea_sample.csv.gz",
}


def loaded(store: Store, data: Path, name: str, *, again: bool = False) -> dict[str, int]:
    (done,) = load(store, RECIPES[name], [data / FILES[name]], again=again)
    assert done.accepted + done.duplicates + done.quarantined == done.received
    return {key: getattr(done, key) for key in ("received", "accepted", "duplicates", "quarantined", "skipped")}


def quantities(store: Store) -> dict[str, Decimal]:
    rows = store.rows("SELECT meter, sum(quantity) AS quantity FROM usage GROUP BY meter ORDER BY meter")
    return {row["meter"]: row["quantity"] for row in rows}


def costs(store: Store) -> dict[str, tuple[Decimal, Decimal, Decimal]]:
    rate(store)
    return {
        row["billing_currency"]: (row["list_cost"], row["effective_cost"], row["billed_cost"])
        for row in store.rows(total_cost(table("charges")))
    }


def test_azure_llm(store: Store, data: Path) -> None:
    loaded(store, data, "azure-llm")
    assert quantities(store) == {"input_tokens": 22_361_870, "output_tokens": 4_088_665, "requests": 19_366}
    (skus,) = store.rows("SELECT arraySort(groupUniqArray(sku_id)) AS skus FROM usage WHERE meter != 'requests'")
    assert skus["skus"] == ["input_tokens/openai/gpt-4o", "output_tokens/openai/gpt-4o"]
    # Zipf: the first app alone makes about a fifth of the calls, and nobody is outside the 200.
    (top,) = store.rows(
        "SELECT app_id, count() / (SELECT count() FROM usage WHERE meter = 'requests') AS share "
        "FROM usage WHERE meter = 'requests' GROUP BY app_id ORDER BY share DESC LIMIT 1"
    )
    assert top["app_id"] == "az-000"
    assert 0.19 < top["share"] < 0.25
    assert store.scalar("SELECT max(app_id) FROM usage") <= "az-199"


def test_mooncake(store: Store, data: Path) -> None:
    loaded(store, data, "mooncake")
    found = quantities(store)
    assert found["input_tokens"] + found["cache_read_tokens"] == 144_793_823
    assert found["cache_read_tokens"] == 54_098_411
    assert found["output_tokens"] == 4_122_048
    assert found["requests"] == 12_031
    assert store.scalar("SELECT max(call_input_tokens) FROM usage") == 126_195


def test_servegen(store: Store, data: Path) -> None:
    loaded(store, data, "servegen")
    by_model = "SELECT model, sum(quantity) AS quantity FROM usage WHERE meter = 'requests' {} GROUP BY model"
    assert {row["model"]: row["quantity"] for row in store.rows(by_model.format(""))} == {
        "qwen-max": 200_907_005,
        "qwen-plus": 1_919_985_720,
        "deepseek-r1": 704_741,
        "mm-image": 611_943,
    }
    own = {row["model"]: row["quantity"] for row in store.rows(by_model.format("AND NOT is_estimated"))}
    assert own == {
        "qwen-plus": 1_459_403_938,
        "qwen-max": 114_141_148,
        "deepseek-r1": 704_741,
        "mm-image": 611_943,
    }
    _tokens_are_requests_times_the_exact_mean(store, data)
    _apps_live_from_their_first_window_to_the_end_of_their_last(store)


def _tokens_are_requests_times_the_exact_mean(store: Store, data: Path) -> None:
    means = {
        (row["app_id"], row["window_start_s"]): Decimal(row["mean"])
        for row in pq.read_table(data / "llm/servegen_tokens_6h.parquet").to_pylist()
        if row["field"] == "input_tokens" and row["app_id"] == "m-large-000"
    }
    windows = [
        (row["requests"], mean)
        for row in pq.read_table(data / "llm/servegen_requests_10min.parquet").to_pylist()
        if (mean := means.get((row["app_id"], row["window_start_s"] // 21600 * 21600))) is not None
    ]
    assert len(windows) > 1000
    expected = sum((requests * mean).quantize(Decimal("1e-9")) for requests, mean in windows)
    got = store.scalar(
        "SELECT sum(quantity) FROM usage WHERE app_id = 'm-large-000' AND meter = 'input_tokens' AND NOT is_estimated"
    )
    assert got == expected


def _apps_live_from_their_first_window_to_the_end_of_their_last(store: Store) -> None:
    lives = {row["lifecycle"]: row["n"] for row in store.rows("SELECT lifecycle, count() AS n FROM apps GROUP BY 1")}
    assert lives == {"ephemeral": 150, "persistent": 135}
    (events,) = store.rows(
        "SELECT countIf(action = 'start') AS starts, countIf(action = 'stop') AS stops FROM lifecycle"
    )
    assert events == {"starts": 285, "stops": 285}
    outside = store.scalar(
        "SELECT count() FROM usage AS u INNER JOIN apps AS a ON u.app_id = a.app_id "
        "WHERE u.time < a.valid_from OR u.time >= a.valid_to"
    )
    assert outside == 0


def test_focus(store: Store, data: Path) -> None:
    loaded(store, data, "focus")
    assert costs(store) == {"USD": (Decimal("20.39090575119"), Decimal("14.97651418586"), Decimal("20.52022672899"))}
    assert store.scalar("SELECT sum(contracted_cost) FROM platform_costs") == Decimal("14.97626039326")
    by_provider = "SELECT provider, sum(billed_cost) AS cost FROM charges GROUP BY provider"
    assert {row["provider"]: round(row["cost"], 8) for row in store.rows(by_provider)} == {
        "AWS": Decimal("18.00663862"),
        "Microsoft": Decimal("1.97651419"),
        "Oracle": Decimal("0.53707392"),
    }
    by_app = store.rows("SELECT app_id, sum(billed_cost) AS cost FROM charges GROUP BY app_id ORDER BY cost DESC")
    cost = {row["app_id"]: round(row["cost"], 8) for row in by_app}
    assert cost[""] == Decimal("0.27416449")
    assert by_app[0]["app_id"] == "BrightPathMatrix"
    assert cost["BrightPathMatrix"] == Decimal("15.95809932")
    assert store.scalar("SELECT count() FROM platform_costs WHERE app_id = ''") == 340


def test_aws_cur(store: Store, data: Path) -> None:
    assert loaded(store, data, "aws-cur")["accepted"] == 1281
    assert costs(store)["USD"][2] == Decimal("1.6823086974")
    by_category = "SELECT charge_category, sum(billed_cost) AS cost FROM charges GROUP BY 1"
    found = {row["charge_category"]: row["cost"] for row in store.rows(by_category)}
    assert found == {"Usage": Decimal("1.6023086974"), "Tax": Decimal("0.08")}
    s3 = store.scalar("SELECT sum(billed_cost) FROM charges WHERE service_name = 'AmazonS3'")
    assert s3 == Decimal("1.4405653565")


def test_azure_ea_stays_in_its_currency(store: Store, data: Path) -> None:
    assert loaded(store, data, "azure-ea")["accepted"] == 27
    amount = Decimal("1.26136926505726")
    assert costs(store) == {"CAD": (amount, amount, amount)}


def totals(store: Store) -> tuple[object, ...]:
    return quantities(store), costs(store), store.scalar("SELECT sum(event_digest) FROM charges")


@pytest.mark.parametrize("name", ["azure-llm", "mooncake", "focus", "aws-cur", "azure-ea"])
def test_loading_again_and_re_stamped_moves_nothing(store: Store, data: Path, name: str) -> None:
    first = loaded(store, data, name)
    before = totals(store)

    skipped = loaded(store, data, name)
    assert (skipped["received"], skipped["skipped"]) == (0, first["received"])
    again = loaded(store, data, name, again=True)
    assert (again["accepted"], again["duplicates"]) == (0, first["received"])

    for batch in RECIPES[name].read((data / FILES[name],)):
        # A retry with another time stamp is the same event.
        times = [f"{time[:-1]}.001Z" if len(time) == 20 else time for time in batch.staged.column("time").to_pylist()]
        again_later = _shuffled(_with(batch.staged, "time", times))
        receipt = admit(store, batch.event_type, again_later, history_terms("test:again"))
        assert (receipt.duplicates, receipt.received) == (batch.staged.num_rows,) * 2
    assert totals(store) == before


@pytest.mark.parametrize("name", ["azure-llm", "mooncake", "focus", "aws-cur"])
def test_shuffled_and_one_in_a_hundred_late_is_the_same(store: Store, data: Path, name: str) -> None:
    loaded(store, data, name)
    before = totals(store)
    for emptied in ("usage_events", "platform_cost_events", "event_identities", "batch_states"):
        store.command(f"TRUNCATE TABLE {emptied}")

    (batch,) = RECIPES[name].read((data / FILES[name],))
    shuffled = _shuffled(batch.staged)
    late = pa.array([row % 100 == 0 for row in range(shuffled.num_rows)])
    for piece in (shuffled.filter(pc.invert(late)), shuffled.filter(late)):
        assert admit(store, batch.event_type, piece, history_terms("test:late")).accepted == piece.num_rows
        rate(store)
    assert totals(store) == before


def _shuffled(staged: pa.Table) -> pa.Table:
    return staged.take(pa.array(sorted(range(staged.num_rows), key=lambda row: row * 2654435761 % 2**32)))


def _with(staged: pa.Table, name: str, values: list[str]) -> pa.Table:
    return staged.set_column(staged.column_names.index(name), name, pa.array(values))


@pytest.mark.parametrize("name", list(FILES))
def test_batches_are_bounded_and_the_same_every_time(data: Path, name: str) -> None:
    recipe = RECIPES[name]
    (given,) = recipe.inputs([data / FILES[name]])
    first, second = list(recipe.read(given)), list(recipe.read(given))
    assert [batch.staged for batch in first] == [batch.staged for batch in second]
    assert max(batch.staged.num_rows for batch in first) <= BATCH_ROWS
