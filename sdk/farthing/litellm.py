"""A callback for LiteLLM: ``litellm.callbacks = [farthing.litellm.callback(meter)]``.

LiteLLM itself is the host's: it is imported when the callback is made, and not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from farthing.usage import Usage, from_openai, get

if TYPE_CHECKING:
    from farthing.recorder import Meter


def callback(meter: Meter) -> Any:
    """Return a LiteLLM ``CustomLogger`` that records every successful call.

    Raises:
        ImportError: LiteLLM is not installed.

    """
    from litellm.integrations.custom_logger import CustomLogger  # type: ignore[import-not-found]

    class Callback(CustomLogger):
        """LiteLLM calls the first for its synchronous calls and the second for the others, never both."""

        def log_success_event(self, kwargs: Any, response_obj: Any, *_: Any, **__: Any) -> None:
            meter.record(lambda: usage_of(kwargs, response_obj))

        async def async_log_success_event(self, kwargs: Any, response_obj: Any, *_: Any, **__: Any) -> None:
            meter.record(lambda: usage_of(kwargs, response_obj))

        def log_failure_event(self, *_: Any, **__: Any) -> None:
            """Nothing was answered, and nothing is billed."""

        async def async_log_failure_event(self, *_: Any, **__: Any) -> None:
            """As its synchronous twin."""

    return Callback()


def usage_of(kwargs: Any, response: Any) -> Usage | None:
    """Return the usage of one LiteLLM call: by the model and provider it was sent to."""
    told = get(kwargs, "standard_logging_object") or {}
    provider = str(get(told, "custom_llm_provider") or get(get(kwargs, "litellm_params"), "custom_llm_provider") or "")
    model = str(get(kwargs, "model") or get(told, "model") or "")
    if get(told, "cache_hit") is True or get(kwargs, "cache_hit") is True:
        return Usage(provider, model, {"requests": 1})  # from LiteLLM's own cache: the provider billed no token
    return from_openai(response, provider=provider, model=model)
