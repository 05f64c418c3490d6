"""Provider-shaped token counts to disjoint meters: never count a token twice, never lose one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class LlmUsageError(ValueError):
    """A usage object that cannot be split into disjoint buckets; the message names the counts that disagree."""


def disjoint_quantities(usage: Any) -> dict[str, int]:
    """Return ``input_tokens`` (uncached), ``cache_read_tokens``, ``cache_write_tokens`` and ``output_tokens``.

    Raises:
        LlmUsageError: the object has no shape we know, or its counts do not add up.

    """
    if not isinstance(usage, Mapping):
        raise LlmUsageError("llm_usage is an object as the provider returned it")
    raise LlmUsageError(f"llm_usage has no shape we know: {sorted(usage)}")
