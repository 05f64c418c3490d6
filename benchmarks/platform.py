"""A synthetic platform for benchmarks: usage by the million, in the door's own staged form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from warehouse.connect import Store
from warehouse.histories import FOREVER, record

START = datetime(2026, 1, 1, tzinfo=UTC)
TEAMS, RESOURCES_PER_APP = 40, 6
MODELS = ("gpt-4o", "gpt-4o-mini", "o3-mini", "gpt-4.1")
TOKEN_METERS = ("input_tokens", "cache_read_tokens", "output_tokens")
COMPUTE_METERS = ("cpu_core_seconds", "memory_gb_seconds", "egress_bytes")
BATCH = 500_000


def register(store: Store, *, apps: int, days: int) -> None:
    """Record teams, apps, ownerships (half of the resources changed hands once) and dated prices."""
    middle = START + timedelta(days=days / 2, hours=1, minutes=23)
    record(
        store,
        "teams",
        [{"team_id": f"team-{n:02d}", "cost_center": f"cc-{n % 8}"} for n in range(TEAMS)],
        by="benchmark",
    )
    record(
        store,
        "apps",
        [
            {
                "app_id": f"app-{n:05d}",
                "team_id": f"team-{n % TEAMS:02d}",
                "environment": "production",
                "lifecycle": "ephemeral" if n % 2 else "persistent",
            }
            for n in range(apps)
        ],
        by="benchmark",
    )
    ownerships = []
    for n in range(apps * RESOURCES_PER_APP):
        resource, app = f"res-{n:06d}", n % apps
        ends = middle if n % 2 else FOREVER
        ownerships.append({"resource_id": resource, "app_id": f"app-{app:05d}", "valid_from": START, "valid_to": ends})
        if n % 2:
            ownerships.append({"resource_id": resource, "app_id": f"app-{(app + 1) % apps:05d}", "valid_from": middle})
    record(store, "ownerships", ownerships, by="benchmark")
    record(store, "prices", list(_prices(middle)), by="benchmark")


def staged_batches(*, events: int, days: int, apps: int, seed: int = 7) -> Iterator[pa.Table]:
    """Yield staged usage rows in time order; a tenth carries no tag and is found by its resource."""
    random = np.random.default_rng(seed)
    done = 0
    while done < events:
        size = min(BATCH, events - done)
        numbers = np.arange(done, done + size)
        app = random.zipf(1.3, size) % apps
        resource = app + apps * random.integers(0, RESOURCES_PER_APP, size)
        seconds = numbers / events * days * 86_400
        # A resource is of one kind: an endpoint of one model, or a container.
        is_token = resource % 5 < 3
        token = np.array(TOKEN_METERS)[random.integers(0, len(TOKEN_METERS), size)]
        compute = np.array(COMPUTE_METERS)[random.integers(0, len(COMPUTE_METERS), size)]
        amounts = random.integers(1, 20_000, size)
        model = np.array(MODELS)[resource % len(MODELS)]
        tagged = random.random(size) < 0.9
        yield _staged(
            {
                "source": pa.repeat(pa.scalar("benchmark"), size),
                "event_id": pc.binary_join_element_wise("event", pa.array(numbers).cast(pa.string()), "-"),
                "time": _instants(seconds),
                "resource_id": _numbered("res-", resource, 6),
                "app_id": pc.if_else(pa.array(tagged), _numbered("app-", app, 5), ""),
                "meter": pa.array(np.where(is_token, token, compute)),
                "quantity": pc.if_else(
                    pa.array(is_token),
                    pa.array(amounts).cast(pa.string()),
                    pc.binary_join_element_wise(pa.array(amounts).cast(pa.string()), "125", "."),
                ),
                "provider": pa.array(np.where(is_token, "openai", "")),
                "model": pa.array(np.where(is_token, model, "")),
                "region": pa.array(np.where(is_token, "", "us-east-1")),
                "call_input_tokens": pa.array(np.where(is_token, "1000", "")),
            },
        )
        done += size


def _prices(middle: datetime) -> Iterator[dict]:
    skus = [f"{meter}/openai/{model}" for meter in TOKEN_METERS for model in MODELS]
    skus += [f"{meter}/us-east-1" for meter in COMPUTE_METERS]
    for number, sku in enumerate(skus):
        block = 1_000_000 if "/openai/" in sku else 3600
        for version, (begins, ends) in enumerate(((START - timedelta(days=30), middle), (middle, FOREVER))):
            yield {
                "sku_id": sku,
                "sku_price_id": f"{sku}@{version}",
                "list_unit_price": Decimal("0.0375") * (number + 1) + version,
                "tier_starts": [],
                "tier_unit_prices": [],
                "pricing_block": block,
                "pricing_unit": f"{block} units",
                "valid_from": begins,
                "valid_to": ends,
            }


def _staged(columns: dict[str, pa.Array]) -> pa.Table:
    return pa.table({name: column.cast(pa.string()) for name, column in columns.items()})


def _numbered(prefix: str, numbers: np.ndarray, width: int) -> pa.Array:
    padded = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width=width, padding="0")
    return pc.binary_join_element_wise(prefix, padded, "")


def _instants(seconds: np.ndarray) -> pa.Array:
    stamps = pa.array((seconds * 1000).astype("int64") + int(START.timestamp() * 1000), pa.timestamp("ms", "UTC"))
    return pc.binary_join_element_wise(stamps.cast(pa.timestamp("ms")).cast(pa.string()), "Z", "")
