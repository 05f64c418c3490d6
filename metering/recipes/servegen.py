"""ServeGen (Apache-2.0, Alibaba Cloud Model Studio): requests per client and 10 minutes, tokens per request by 6 hours.

One event per window: ``requests`` as counted, tokens as requests x the mean of the client's own 6-hour window.
A window without one takes the client's last known mean, else the model's (request-weighted), and is estimated.

The means are 32-bit floats, which are exact binary fractions. Their product with a request count is exact in 64 bits
and is rounded once, half-even, to the 9 decimals that a quantity has; no sum of a client moves by more than
5e-10 tokens a window.

Models are taken as ``dashscope/qwen-turbo`` (m-small), ``-plus`` (m-mid), ``-max`` (m-large) and
``deepseek/deepseek-r1``: an assumption, as the public trace hides them. ``mm-image`` has no counterpart; its usage
stays unpriced and visible. Image and text tokens of its input are one count. Times begin at 2026-01-05 00:00 +08:00.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from metering.recipes.calls import instants, staged_calls
from metering.recipes.files import parquet_tables
from metering.recipes.owners import endpoint_of, lease_of, registered
from metering.recipes.recipe import Batch, Recipe, RecipeError, dataset_name, event_id

START = pd.Timestamp("2026-01-05T00:00:00+08:00").tz_convert("UTC")
WINDOW = pd.Timedelta(seconds=600)
MEAN_SECONDS = 6 * 3600
EPHEMERAL_SHARE = 0.25  # of the windows of its kind of trace; below it an app is ephemeral
MODELS = {
    "m-small": ("dashscope", "qwen-turbo"),
    "m-mid": ("dashscope", "qwen-plus"),
    "m-large": ("dashscope", "qwen-max"),
    "deepseek-r1": ("deepseek", "deepseek-r1"),
}
_REQUESTS = ("app_id", "category", "model", "window_start_s", "requests")
_TOKENS = ("app_id", "model", "window_start_s", "field", "mean")
_METERS = ("requests", "input_tokens", "output_tokens")
_QUANTUM = Decimal("1e-9")


def inputs(paths: Sequence[Path]) -> list[tuple[Path, ...]]:
    """Pair every requests file with its tokens file: both given, or side by side in one folder.

    Raises:
        RecipeError: a file has no partner.

    """
    files = [file for path in paths for file in (sorted(path.glob("servegen_*.parquet")) if path.is_dir() else [path])]
    tokens = {file for file in files if "field" in _columns(file)}
    pairs: list[tuple[Path, ...]] = []
    for requests in (file for file in files if file not in tokens):
        beside = {file for file in requests.parent.glob("*.parquet") if "field" in _columns(file)} - {requests}
        partners = sorted(tokens or beside)
        if len(partners) != 1:
            raise RecipeError(
                f"{requests}: servegen reads it with its tokens file (servegen_tokens_6h.parquet); "
                f"{len(partners)} found. Name both: farthing load servegen REQUESTS TOKENS"
            )
        pairs.append((requests, partners[0]))
    if not pairs:
        raise RecipeError(
            f"{', '.join(map(str, paths))}: no requests file (servegen_requests_10min.parquet) among them"
        )
    return pairs


def read(paths: tuple[Path, ...]) -> Iterator[Batch]:
    """Give the lifecycle of every client, then its windows."""
    requests_path, tokens_path = paths
    windows = _table(requests_path, _REQUESTS)
    dataset = dataset_name("servegen", requests_path)
    lives = _lives(windows)
    spans = {row.app_id: (row.created.to_pydatetime(), row.deleted.to_pydatetime()) for row in lives.itertuples()}
    histories = registered(
        lives["app_id"], lifecycles=dict(zip(lives["app_id"], lives["lifecycle"], strict=True)), lives=spans,
        is_leased=True,
    )  # fmt: skip
    yield Batch(event_type="lifecycle", staged=_lifecycle(dataset, lives), histories=histories, fraction=0.05)
    calls = _calls(dataset, windows, mean_tokens(windows, _table(tokens_path, _TOKENS)))
    done = 0
    for held, staged in staged_calls("servegen", calls, _METERS):
        done += len(held)
        yield Batch(event_type="usage", staged=staged, fraction=done / len(calls))


def mean_tokens(windows: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Return input_mean, output_mean (float64, exact) and is_estimated for every row of ``windows``, in its order."""
    means = tokens.pivot_table(index=["app_id", "window_start_s"], columns="field", values="mean", aggfunc="first")
    means = means.astype("float64")
    # Multimodal clients tell text and image apart; both are input.
    inputs = means["input_tokens"].fillna(means["text_tokens"] + means["image_tokens"])
    known = pd.DataFrame({"input_mean": inputs, "output_mean": means["output_tokens"]}).dropna().reset_index()
    known = known.rename(columns={"window_start_s": "known_s"}).sort_values("known_s")

    ordered = windows.reset_index().sort_values("window_start_s")
    joined = pd.merge_asof(ordered, known, left_on="window_start_s", right_on="known_s", by="app_id")
    joined = joined.set_index("index").sort_index()
    own = joined["known_s"] == joined["window_start_s"] // MEAN_SECONDS * MEAN_SECONDS

    told = joined[own]
    weighted = told[["input_mean", "output_mean"]].mul(told["requests"], axis=0).groupby(told["model"]).sum()
    of_model = weighted.div(told.groupby("model")["requests"].sum(), axis=0).reindex(joined["model"])
    of_model.index = joined.index
    filled = joined[["input_mean", "output_mean"]].fillna(of_model)
    if filled.isna().to_numpy().any():
        models = sorted(set(joined.loc[filled["input_mean"].isna(), "model"]))
        raise RecipeError(f"the tokens file says nothing about {', '.join(models)}")
    return filled.assign(is_estimated=~own)


def tokens_text(requests: pd.Series, means: pd.Series) -> list[str]:
    """Return requests x mean as decimals, rounded half-even at the 9th decimal."""
    products = requests.astype("float64") * means
    return [
        format(Decimal(product).quantize(_QUANTUM, ROUND_HALF_EVEN).normalize(), "f") for product in products.tolist()
    ]


def _calls(dataset: str, windows: pd.DataFrame, means: pd.DataFrame) -> pd.DataFrame:
    served = [MODELS.get(model, ("dashscope", model)) for model in windows["model"]]
    return pd.DataFrame(
        {
            "event_id": [event_id(dataset, row) for row in range(len(windows))],
            "time": instants(START + pd.to_timedelta(windows["window_start_s"], unit="s")),
            "app_id": windows["app_id"],
            "provider": [provider for provider, _ in served],
            "model": [model for _, model in served],
            # The mean call's input, for prices with tiers: the window's sum is no call.
            "call_input_tokens": means["input_mean"].round().astype("int64").astype(str),
            "is_estimated": means["is_estimated"].map({True: "true", False: "false"}),
            "requests": windows["requests"].astype(str),
            "input_tokens": tokens_text(windows["requests"], means["input_mean"]),
            "output_tokens": tokens_text(windows["requests"], means["output_mean"]),
        }
    )


def _lives(windows: pd.DataFrame) -> pd.DataFrame:
    """Return created, deleted and lifecycle of every app."""
    seconds = windows.groupby("app_id")["window_start_s"]
    category = windows.groupby("app_id")["category"].first()
    in_trace = windows.groupby("category")["window_start_s"].agg(lambda starts: starts.max() // 600 + 1)
    share = seconds.nunique() / category.map(in_trace)
    return pd.DataFrame(
        {
            "created": START + pd.to_timedelta(seconds.min(), unit="s"),
            "deleted": START + pd.to_timedelta(seconds.max(), unit="s") + WINDOW,
            "lifecycle": share.lt(EPHEMERAL_SHARE).map({True: "ephemeral", False: "persistent"}),
        }
    ).reset_index()


def _lifecycle(dataset: str, lives: pd.DataFrame) -> pa.Table:
    both = [(action, moment) for action, moment in (("start", "created"), ("stop", "deleted"))]
    pieces = [
        pa.table(
            {
                "source": pa.repeat("servegen", len(lives)),
                "event_id": [event_id(dataset, f"{app_id}|{action}") for app_id in lives["app_id"]],
                "time": instants(lives[moment]),
                "resource_id": [endpoint_of(app_id) for app_id in lives["app_id"]],
                "app_id": lives["app_id"].tolist(),
                "lease_id": [lease_of(app_id) for app_id in lives["app_id"]],
                "action": pa.repeat(action, len(lives)),
                "attributes": [f'{{"lifecycle": "{lifecycle}"}}' for lifecycle in lives["lifecycle"]],
            }
        )
        for action, moment in both
    ]
    return pa.concat_tables(pieces)


def _table(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    table = pa.concat_tables([piece for piece, _ in parquet_tables(path, columns)]).unify_dictionaries()
    text = [name for name in ("app_id", "category", "model", "field") if name in columns]
    return table.to_pandas().astype(dict.fromkeys(text, "str"))


def _columns(path: Path) -> list[str]:
    try:
        return list(pq.read_schema(path).names)
    except (pa.ArrowInvalid, OSError) as error:
        raise RecipeError(f"{path} is not a Parquet file: {error}") from error


RECIPE = Recipe(
    name="servegen",
    description="ServeGen: requests per client and 10 minutes x mean tokens by 6 hours, as Qwen and DeepSeek models",
    files="servegen_requests_10min.parquet with servegen_tokens_6h.parquet beside it, both, or their folder",
    read=read,
    inputs=inputs,
)
