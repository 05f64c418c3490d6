"""The usage of a streamed answer: providers say it in some of the chunks."""

from __future__ import annotations

from typing import Any

from farthing.usage import Usage, from_anthropic, from_openai, from_response, get, plain

_RESPONSES_END = ("response.completed", "response.incomplete", "response.failed")


class Watch:
    """Sees the chunks of one answer go by and knows in the end what it used.

    A stream that is left early still cost what was generated: Anthropic has said the input by then (the usage is then
    marked as estimated), OpenAI says nothing before the last chunk, and only with ``stream_options.include_usage``.
    """

    def __init__(self, provider: str = "", model: str = "") -> None:
        self._provider, self._model = provider, model
        self._last: Usage | None = None
        self._message: dict[str, Any] = {}
        self._served = ""
        self._is_whole = False

    def see(self, chunk: Any) -> None:
        """Look at a chunk, or at a whole answer."""
        kind = get(chunk, "type")
        if kind == "message_start":
            message = get(chunk, "message")
            self._message = plain(get(message, "usage")) or {}
            self._served = str(get(message, "model") or "")
        elif kind == "message_delta":
            # Its counts are cumulative: they replace those of the start.
            self._message.update(plain(get(chunk, "usage")) or {})
            self._is_whole = True
        elif kind in _RESPONSES_END:
            self._keep(from_openai(get(chunk, "response"), provider=self._provider or "openai", model=self._model))
        else:
            self._keep(from_response(chunk, provider=self._provider, model=self._model))

    def usage(self) -> Usage | None:
        """Return what is known so far; None if nothing is."""
        if not self._message:
            return self._last
        answer = {"usage": self._message, "model": self._served}
        usage = from_anthropic(answer, provider=self._provider or "anthropic", model=self._model)
        return usage._replace(is_estimated=not self._is_whole) if usage else None

    def _keep(self, usage: Usage | None) -> None:
        self._last = usage or self._last
