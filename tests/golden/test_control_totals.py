"""The control totals of the real data, from the command line, on a store of their own.

Each figure is exact arithmetic over a published file (docs/control-totals.md); each run is what a person would type.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from metering.recipes.catalog import RECIPES

FARTHING = Path(sys.executable).with_name("farthing")
AZURE = "llm/azure_llm_2023_conv.parquet"
MOONCAKE = "llm/mooncake_conversation_trace.parquet"


class CommandLine:
    """``farthing`` on one fresh store, a process per command."""

    def __init__(self, folder: Path) -> None:
        self._env = {**os.environ, "FARTHING_STORE": f"chdb://{folder / 'store'}"}

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [FARTHING, *map(str, words)], env=self._env, capture_output=True, text=True, timeout=240, check=False
        )

    def json(self, *words: object) -> list[dict]:
        done = self.run(*words, "--format", "json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def load(self, recipe: str, *words: object) -> dict[str, int]:
        (done,) = self.json("load", recipe, *words)
        if "received" in done:
            assert done["accepted"] + done["duplicates"] + done["quarantined"] == done["received"]
        return done

    def total(self, *words: object) -> dict[str, Decimal]:
        """Rate, and return the billed cost by currency; without rates of the operator's, list and effective are it."""
        self.json("rate")
        rows = self.json("query", "total_cost", *words)
        return {row["billing_currency"]: Decimal(row["billed_cost"]) for row in rows}


@pytest.fixture
def farthing(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.mark.parametrize(
    ("recipe", "file", "rows", "expected"),
    [
        ("azure-llm", AZURE, 58_098, {"USD": Decimal("96.791325")}),
        ("mooncake", MOONCAKE, 48_005, {"USD": Decimal("350.1464793")}),
        ("focus", "billing/focus_1_0_sample_1000.csv.gz", 1_000, {"USD": Decimal("20.52022672899")}),
        ("aws-cur", "billing/aws_cur_sample.csv.gz", 1_281, {"USD": Decimal("1.6823086974")}),
        ("azure-ea", "billing/azure_ea_sample.csv.gz", 27, {"CAD": Decimal("1.26136926505726")}),
    ],
)
def test_control_total_once_and_twice(
    farthing: CommandLine, data: Path, recipe: str, file: str, rows: int, expected: dict[str, Decimal]
) -> None:
    assert farthing.load(recipe, data / file)["accepted"] == rows
    assert farthing.load(recipe, data / file, "--again")["duplicates"] == rows
    assert farthing.total() == expected


def test_azure_llm_shuffled_with_one_in_a_hundred_late(farthing: CommandLine, data: Path, tmp_path: Path) -> None:
    staged = pa.concat_tables([batch.staged for batch in RECIPES["azure-llm"].read((data / AZURE,))])
    shuffled = staged.take(pa.array(sorted(range(staged.num_rows), key=lambda row: row * 2654435761 % 2**32)))
    is_late = pa.array([row % 100 == 0 for row in range(staged.num_rows)])
    prompt, late = tmp_path / "prompt.parquet", tmp_path / "late.parquet"
    pq.write_table(shuffled.filter(pc.invert(is_late)), prompt)
    pq.write_table(shuffled.filter(is_late), late)

    farthing.load("events", prompt)
    assert farthing.total()["USD"] < Decimal("96.791325")
    farthing.load("events", late)
    assert farthing.load("azure-llm", data / AZURE)["duplicates"] == staged.num_rows
    assert farthing.total() == {"USD": Decimal("96.791325")}


def test_servegen_at_litellm_prices(farthing: CommandLine, data: Path) -> None:
    farthing.load("prices-litellm", data / "prices/litellm_model_prices.json.gz")
    farthing.load("servegen", data / "llm")
    farthing.total()
    by = ("--by", "model", "--by", "is_estimated", "--measure", "list_cost", "--measure", "requests")
    found = {(row["model"], row["is_estimated"]): row for row in farthing.json("query", "spend", *by)}
    requests = {key: int(Decimal(row["requests"])) for key, row in found.items()}
    assert requests["qwen-max", False] + requests["qwen-max", True] == 200_907_005
    assert requests["qwen-plus", False] + requests["qwen-plus", True] == 1_919_985_720
    assert requests["deepseek-r1", False] == 704_741
    assert requests["mm-image", False] == 611_943
    assert requests["qwen-plus", False] == 1_459_403_938
    assert requests["qwen-max", False] == 114_141_148
    costs = {model: Decimal(row["list_cost"]) for (model, estimated), row in found.items() if not estimated}
    assert round(costs["qwen-plus"], 2) == Decimal("270109.77")
    assert round(costs["qwen-max"], 2) == Decimal("300849.38")
    assert round(costs["deepseek-r1"], 2) == Decimal("2375.22")
    for model, exact in exact_servegen_costs(data).items():
        assert abs(costs[model] - exact) < Decimal("1e-6")


def exact_servegen_costs(data: Path) -> dict[str, Decimal]:
    """Requests x mean x price over the windows with a token row of their own, without any rounding."""
    prices = {
        "m-mid": ("qwen-plus", Decimal("4e-7"), Decimal("1.2e-6")),
        "m-large": ("qwen-max", Decimal("1.6e-6"), Decimal("6.4e-6")),
        "deepseek-r1": ("deepseek-r1", Decimal("5.5e-7"), Decimal("2.19e-6")),
    }
    means = {
        (row["app_id"], row["window_start_s"], row["field"]): Decimal(row["mean"])
        for row in pq.read_table(
            data / "llm/servegen_tokens_6h.parquet", columns=["app_id", "window_start_s", "field", "mean"]
        ).to_pylist()
    }
    costs = dict.fromkeys((model for model, _, _ in prices.values()), Decimal(0))
    for row in pq.read_table(data / "llm/servegen_requests_10min.parquet").to_pylist():
        window = (row["app_id"], row["window_start_s"] // 21600 * 21600)
        if row["model"] in prices and (*window, "input_tokens") in means:
            model, price_in, price_out = prices[row["model"]]
            per_call = means[*window, "input_tokens"] * price_in + means[*window, "output_tokens"] * price_out
            costs[model] += row["requests"] * per_call
    return costs


def test_focus_by_provider_and_application(farthing: CommandLine, data: Path) -> None:
    farthing.load("focus", data / "billing/focus_1_0_sample_1000.csv.gz")
    farthing.json("rate")
    (total,) = farthing.json("query", "total_cost")
    assert (total["list_cost"], total["effective_cost"]) == ("20.39090575119", "14.97651418586")
    by_provider = farthing.json("query", "spend", "--by", "provider", "--measure", "billed_cost")
    assert {row["provider"]: round(Decimal(row["billed_cost"]), 8) for row in by_provider} == {
        "AWS": Decimal("18.00663862"),
        "Microsoft": Decimal("1.97651419"),
        "Oracle": Decimal("0.53707392"),
    }
    by_app = farthing.json("query", "spend", "--by", "app_id", "--measure", "billed_cost")
    cost = {row["app_id"]: Decimal(row["billed_cost"]) for row in by_app}
    assert cost["BrightPathMatrix"] == max(cost.values()) == Decimal("15.9580993182")
    assert cost[""] == Decimal("0.27416448666")


def test_the_price_cut_of_an_instance_falls_on_the_right_side(
    farthing: CommandLine, data: Path, tmp_path: Path
) -> None:
    farthing.load("prices-ec2", data / "prices/ec2_ondemand_us_east_1_history.csv.gz")
    expected = {"2025-04-01": "983.2", "2025-07-01": "550.4"}
    for day, cost in expected.items():
        event = {
            "type": "usage", "source": "test", "event_id": day, "time": f"{day}T12:00:00Z", "resource_id": "i-1",
            "meter": "instance_seconds", "quantity": 10, "unit": "Hours", "instance_type": "p5.48xlarge",
            "region": "us-east-1",
        }  # fmt: skip
        path = tmp_path / f"{day}.jsonl"
        path.write_text(json.dumps(event) + "\n", encoding="utf-8")
        farthing.load("events", path)
        assert farthing.total("--start", day) == {"USD": Decimal(cost)}


def test_what_cannot_be_loaded_is_one_line_and_a_failure(farthing: CommandLine, data: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("not json\n", encoding="utf-8")
    said = {
        ("load", "azure", data / AZURE): "no recipe is named 'azure'; there are events, azure-llm",
        ("load", "azure-llm"): "needs a RECIPE and at least one PATH",
        ("load", "azure-llm", tmp_path / "gone.parquet"): "gone.parquet does not exist; azure-llm reads a Parquet file",
        ("load", "azure-llm", data / MOONCAKE): "has no column ts_utc, context_tokens, generated_tokens; it has ts_ms",
        ("load", "events", bad): "nothing was taken: all 1 rows that events read are in quarantine",
    }
    for words, message in said.items():
        done = farthing.run(*words)
        assert done.returncode == 1
        assert message in done.stderr.splitlines()[-1]
        assert "Traceback" not in done.stderr
