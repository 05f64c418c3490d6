"""Quantities: how much of each meter was used, in the units people say, and how many events and apps there were."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.core import Measure
from metrics.exact import count_distinct, per_block, sum_count, sum_quantity

_TOKENS = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")


def _metered(name: str, label: str, unit: str, description: str, *, meters: tuple[str, ...], per: int = 1) -> Measure:
    """Return the measure of the summed quantity of some meters, in units of ``per`` canonical ones."""

    def expr(charges: ir.Table) -> ir.DecimalScalar:
        chosen = charges.meter == meters[0] if len(meters) == 1 else charges.meter.isin(meters)
        total = sum_quantity(charges.consumed_quantity, where=chosen)
        return total if per == 1 else per_block(total.cast("!decimal(76, 21)"), per)

    return Measure(name=name, label=label, unit=unit, description=description, expr=expr, additive=True)


REQUESTS = _metered("requests", "Requests", "Requests", "Requests served.", meters=("requests",))
INPUT_TOKENS = _metered(
    "input_tokens", "Input tokens", "Tokens", "Input tokens that no cache answered.", meters=("input_tokens",)
)
CACHE_READ_TOKENS = _metered(
    "cache_read_tokens", "Cache read tokens", "Tokens", "Input tokens read from a cache.", meters=("cache_read_tokens",)
)
CACHE_WRITE_TOKENS = _metered(
    "cache_write_tokens",
    "Cache write tokens",
    "Tokens",
    "Input tokens written to a cache.",
    meters=("cache_write_tokens",),
)
OUTPUT_TOKENS = _metered(
    "output_tokens", "Output tokens", "Tokens", "Output tokens, reasoning included.", meters=("output_tokens",)
)
TOKENS = _metered(
    "tokens", "Tokens", "Tokens", "Input, cache read, cache write and output tokens together.", meters=_TOKENS
)
CPU_CORE_HOURS = _metered(
    "cpu_core_hours",
    "CPU core-hours",
    "Core-Hours",
    "CPU core-seconds / 3600, truncated at the 21st decimal.",
    meters=("cpu_core_seconds",),
    per=3600,
)
MEMORY_GB_HOURS = _metered(
    "memory_gb_hours",
    "Memory GB-hours",
    "GB-Hours",
    "Memory GB-seconds / 3600, truncated at the 21st decimal.",
    meters=("memory_gb_seconds",),
    per=3600,
)
INSTANCE_HOURS = _metered(
    "instance_hours",
    "Instance hours",
    "Hours",
    "Instance seconds / 3600, truncated at the 21st decimal.",
    meters=("instance_seconds",),
    per=3600,
)
GPU_HOURS = _metered(
    "gpu_hours",
    "GPU hours",
    "Hours",
    "GPU seconds / 3600, truncated at the 21st decimal.",
    meters=("gpu_seconds",),
    per=3600,
)
STORAGE_GB_HOURS = _metered(
    "storage_gb_hours", "Storage GB-hours", "GB-Hours", "Storage held times its time.", meters=("storage_gb_hours",)
)
EGRESS_GB = _metered(
    "egress_gb", "Egress GB", "GB", "Bytes sent out / 1,000,000,000.", meters=("egress_bytes",), per=1_000_000_000
)


def _of_one_meter(charges: ir.Table, held: ir.BooleanValue) -> ir.DecimalScalar:
    """Tokens and bytes have no sum: the quantity is empty where several meters were used."""
    meters = count_distinct(charges.meter, where=held & (charges.consumed_quantity != 0))
    total = sum_quantity(charges.consumed_quantity, where=held)
    return ibis.ifelse(meters <= 1, total.cast("decimal(38, 9)"), ibis.null("decimal(38, 9)"))


CONSUMED_QUANTITY = Measure(
    name="consumed_quantity",
    label="Consumed quantity",
    unit="the meter's unit",
    description="Quantity in the meter's canonical unit. Empty where several meters were used.",
    expr=lambda charges: _of_one_meter(charges, ibis.literal(True)),
    additive=False,
)
EVENT_COUNT = Measure(
    name="event_count",
    label="Events",
    unit="Events",
    description="Usage rows and platform costs behind the charges. One LLM call is one row per meter.",
    expr=lambda charges: sum_count(charges.event_count),
    additive=True,
)
UNPRICED_EVENTS = Measure(
    name="unpriced_events",
    label="Unpriced events",
    unit="Events",
    description="Usage rows for which no price was known at their time.",
    expr=lambda charges: sum_count(charges.event_count, where=charges.pricing_status == "unpriced"),
    additive=True,
)
UNPRICED_QUANTITY = Measure(
    name="unpriced_quantity",
    label="Unpriced quantity",
    unit="the meter's unit",
    description="Quantity for which no price was known at its time. Empty where several meters were used.",
    expr=lambda charges: _of_one_meter(charges, charges.pricing_status == "unpriced"),
    additive=False,
)
ACTIVE_APPS = Measure(
    name="active_apps",
    label="Active apps",
    unit="Apps",
    description="Different apps with a charge.",
    expr=lambda charges: count_distinct(charges.app_id, where=charges.app_id != ""),
    additive=False,
)
