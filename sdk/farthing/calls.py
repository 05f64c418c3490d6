"""``meter.call``: a decorator and a context manager around whatever calls a model."""

from __future__ import annotations

import contextvars
import functools
import inspect
from collections.abc import AsyncIterator, Iterator
from typing import Any, Callable

from farthing.streams import Watch
from farthing.usage import Usage, buckets, from_anthropic, from_openai

# Entered and not yet left, innermost last: one site may be entered by many threads and tasks at once.
_open: contextvars.ContextVar[tuple[Call, ...]] = contextvars.ContextVar("farthing_open_calls", default=())


class Call:
    """One call as it goes on. Tell it what was used, or let it see the answer."""

    def __init__(self, provider: str, model: str) -> None:
        self.provider, self.model = provider, model
        self._watch = Watch(provider, model)
        self._usage: Usage | None = None
        self._is_broken = False

    def see(self, answer: Any) -> Any:
        """Look for usage in an answer or a chunk of one, of OpenAI's or Anthropic's shape; return it as it came."""
        try:
            self._watch.see(answer)
        except Exception:
            self._is_broken = True  # an answer like none we know: its owner gets it all the same
        return answer

    def stream(self, chunks: Any) -> Iterator[Any]:
        """Go through a stream and look for usage in it."""
        for chunk in chunks:
            yield self.see(chunk)

    async def astream(self, chunks: Any) -> AsyncIterator[Any]:
        """Go through an asynchronous stream and look for usage in it."""
        async for chunk in chunks:
            yield self.see(chunk)

    def from_openai(self, response: Any) -> None:
        """Take the usage of an answer in OpenAI's shape."""
        self._usage = from_openai(response, provider=self.provider or "openai", model=self.model)

    def from_anthropic(self, response: Any) -> None:
        """Take the usage of an answer in Anthropic's shape."""
        self._usage = from_anthropic(response, provider=self.provider or "anthropic", model=self.model)

    def tokens(
        self, *, input_tokens: int = 0, cache_read_tokens: int = 0, cache_write_tokens: int = 0, output_tokens: int = 0
    ) -> None:
        """Say what was used, each token once: ``input_tokens`` are those neither read from nor written to a cache."""
        counts = buckets(input_tokens, cache_read_tokens, cache_write_tokens, output_tokens)
        self._usage = Usage(self.provider, self.model, counts)

    @property
    def usage(self) -> Usage | None:
        """What was used, as far as it is known."""
        return self._usage or self._watch.usage()


Record = Callable[[Call, bool], None]


class CallSite:
    """What ``meter.call(...)`` returns: decorate a function with it, or enter it."""

    def __init__(self, record: Record, provider: str, model: str) -> None:
        """``record(call, was_answered)`` is told of every call when it is over, and never raises."""
        self._record, self._provider, self._model = record, provider, model
        self._entered: list[Call] = []

    def __enter__(self) -> Call:
        call = self._begin()
        self._entered.append(call)
        _open.set((*_open.get(), call))
        return call

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        # Left in another context than it was entered in (a generator that somebody else finishes): the newest of ours.
        mine = [call for call in _open.get() if call in self._entered] or self._entered
        call = mine[-1]
        self._entered.remove(call)
        _open.set(tuple(other for other in _open.get() if other is not call))
        self._record(call, error is None)

    async def __aenter__(self) -> Call:
        return self.__enter__()

    async def __aexit__(self, kind: object, error: object, trace: object) -> None:
        self.__exit__(kind, error, trace)

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, metered: same signature, same results, same exceptions."""
        if inspect.isasyncgenfunction(function):
            return self._asynchronous_generator(function)
        if inspect.isgeneratorfunction(function):
            return self._generator(function)
        if inspect.iscoroutinefunction(function):
            return self._coroutine(function)
        return self._plain(function)

    def _begin(self) -> Call:
        return Call(self._provider, self._model)

    def _plain(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def metered(*args: Any, **kwargs: Any) -> Any:
            call = self._begin()
            result = function(*args, **kwargs)
            if inspect.iscoroutine(result):
                return self._awaited(call, result)
            self._record_result(call, result)
            return result

        return metered

    def _coroutine(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        async def metered(*args: Any, **kwargs: Any) -> Any:
            return await self._awaited(self._begin(), function(*args, **kwargs))

        return metered

    async def _awaited(self, call: Call, coroutine: Any) -> Any:
        result = await coroutine
        self._record_result(call, result)
        return result

    def _record_result(self, call: Call, result: Any) -> None:
        call.see(result)
        self._record(call, True)

    def _generator(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def metered(*args: Any, **kwargs: Any) -> Any:
            call, chunks, was_answered = self._begin(), function(*args, **kwargs), False
            try:
                chunk = next(chunks)
                while True:
                    was_answered = True
                    call.see(chunk)
                    try:
                        sent = yield chunk
                    except GeneratorExit:
                        chunks.close()
                        raise
                    except BaseException as error:
                        chunk = chunks.throw(error)
                    else:
                        chunk = chunks.send(sent)
            except StopIteration as end:
                call.see(end.value)
                return end.value
            finally:
                self._record(call, was_answered)

        return metered

    def _asynchronous_generator(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        async def metered(*args: Any, **kwargs: Any) -> Any:
            call, chunks, was_answered = self._begin(), function(*args, **kwargs), False
            try:
                chunk = await chunks.__anext__()
                while True:
                    was_answered = True
                    call.see(chunk)
                    try:
                        sent = yield chunk
                    except GeneratorExit:
                        await chunks.aclose()
                        raise
                    except BaseException as error:
                        chunk = await chunks.athrow(error)
                    else:
                        chunk = await chunks.asend(sent)
            except StopAsyncIteration:
                return
            finally:
                self._record(call, was_answered)

        return metered
