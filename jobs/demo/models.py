"""The models that apps call, and how their calls look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Model:
    """A model and its typical call. ``calls_per_usd`` only sizes the apps; what a call costs, the price book says."""

    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    cached: float
    written: float
    calls_per_usd: float


GPT_4O = Model("openai", "gpt-4o", 1800, 350, 0.35, 0.0, 139)
GPT_4O_MINI = Model("openai", "gpt-4o-mini", 2400, 300, 0.25, 0.0, 2000)
SONNET = Model("anthropic", "claude-sonnet-4-5", 3200, 600, 0.50, 0.05, 68)
GEMINI = Model("google", "gemini-2.5-flash", 2500, 400, 0.0, 0.0, 570)
HOSTED = Model("in-house", "llama-3.3-70b", 2000, 350, 0.0, 0.0, 660)
UNPRICED = Model("in-house", "ticket-tuned-8b", 1500, 250, 0.0, 0.0, 1500)
