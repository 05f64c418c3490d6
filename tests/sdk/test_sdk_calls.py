"""``meter.call``: whatever it is put around behaves as before, and is metered."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from farthing import Meter

from tests.sdk.workbench import Workbench

CHAT = {"model": "gpt-4o", "usage": {"prompt_tokens": 10, "completion_tokens": 4, "total_tokens": 14}}
MESSAGE = {"model": "claude-sonnet-4-5", "usage": {"input_tokens": 10, "output_tokens": 4}}
QUANTITIES = {"requests": 1, "input_tokens": 10, "output_tokens": 4}


class Stored:
    """What the store has of a meter's calls."""

    def __init__(self, meter: Meter, workbench: Workbench) -> None:
        self._meter, self._workbench = meter, workbench

    def calls(self) -> list[tuple[str, str, dict[str, int]]]:
        assert self._meter.flush(20)
        return [
            (event.get("provider", ""), event.get("model", ""), event["quantities"]) for event in self._workbench.events
        ]


@pytest.fixture
def stored(meter: Meter, workbench: Workbench) -> Stored:
    return Stored(meter, workbench)


OPENAI = ("openai", "gpt-4o", QUANTITIES)
ANTHROPIC = ("anthropic", "claude-sonnet-4-5", QUANTITIES)


def test_a_function_keeps_all_that_can_be_seen_of_it(meter: Meter, stored: Stored) -> None:
    @meter.call
    def ask(question: str, *, loud: bool = False) -> dict:
        """Ask it."""
        return CHAT | {"question": question, "loud": loud}

    assert ask("why", loud=True) == CHAT | {"question": "why", "loud": True}
    assert (ask.__name__, ask.__doc__) == ("ask", "Ask it.")
    assert str(inspect.signature(ask)) == "(question: 'str', *, loud: 'bool' = False) -> 'dict'"
    with pytest.raises(TypeError, match="question"):
        ask()
    assert stored.calls() == [OPENAI]


def test_an_exception_goes_through_and_nothing_is_recorded(meter: Meter, workbench: Workbench) -> None:
    error = KeyError("mine")

    @meter.call(provider="openai")
    def fail() -> None:
        raise error

    with pytest.raises(KeyError) as raised:
        fail()
    assert raised.value is error
    with pytest.raises(KeyError), meter.call(provider="openai"):
        raise error
    assert meter.counters() == {"calls_failed": 1, "pending": 0}
    assert workbench.requests == []


def test_a_method_a_coroutine_and_a_lambda(meter: Meter, stored: Stored) -> None:
    class Client:
        @meter.call
        def ask(self) -> dict:
            return CHAT

        @meter.call(provider="azure", model="my-deployment")
        async def ask_later(self) -> dict:
            await asyncio.sleep(0)
            return CHAT

    assert Client().ask() is CHAT
    assert inspect.iscoroutinefunction(Client.ask_later)
    assert asyncio.run(Client().ask_later()) is CHAT
    assert asyncio.run(meter.call(lambda: Client.ask_later.__wrapped__(Client()))()) is CHAT
    assert stored.calls() == [OPENAI, ("azure", "my-deployment", QUANTITIES), OPENAI]


def stream() -> Iterator[dict]:
    yield {"choices": [1], "usage": None}
    yield {"choices": [2], "usage": None}
    yield {"choices": [], **CHAT}


def test_a_generator_streams_on(meter: Meter, stored: Stored) -> None:
    metered = meter.call(stream)
    assert inspect.isgeneratorfunction(metered)
    assert list(metered()) == list(stream())
    assert stored.calls() == [OPENAI]


def test_a_generator_hears_what_it_is_sent_and_thrown(meter: Meter) -> None:
    heard: list[Any] = []

    @meter.call
    def talk() -> Iterator[int]:
        try:
            heard.append((yield 1))
            try:
                yield 2
            except ValueError as error:
                heard.append(error)
            yield 3
        finally:
            heard.append("closed")
        return CHAT

    talking, error = talk(), ValueError("thrown")
    assert (next(talking), talking.send("sent"), talking.throw(error)) == (1, 2, 3)
    with pytest.raises(StopIteration) as end:
        next(talking)
    assert end.value.value is CHAT
    assert heard == ["sent", error, "closed"]
    heard.clear()
    talking = talk()
    next(talking)
    talking.close()
    assert heard == ["closed"]
    talking = talk()
    next(talking)
    with pytest.raises(KeyError):
        talking.throw(KeyError("out"))


def test_an_asynchronous_generator_streams_on(meter: Meter, stored: Stored) -> None:
    heard: list[Any] = []

    @meter.call
    async def talk() -> AsyncIterator[Any]:
        try:
            heard.append((yield {"usage": None}))
            try:
                yield 2
            except ValueError as error:
                heard.append(error)
            yield CHAT
        finally:
            await asyncio.sleep(0)
            heard.append("closed")

    async def listen() -> None:
        error = ValueError("thrown")
        talking = talk()
        assert await talking.asend(None) == {"usage": None}
        assert await talking.asend("sent") == 2
        assert await talking.athrow(error) is CHAT
        with pytest.raises(StopAsyncIteration):
            await talking.__anext__()
        assert heard == ["sent", error, "closed"]
        heard.clear()
        talking = talk()
        await talking.__anext__()
        await talking.aclose()
        assert heard == ["closed"]
        assert [chunk async for chunk in talk()] == [{"usage": None}, 2, CHAT]

    assert inspect.isasyncgenfunction(talk)
    asyncio.run(listen())
    assert [quantities for _, _, quantities in stored.calls()] == [QUANTITIES, {"requests": 1}, QUANTITIES]


def anthropic_stream() -> Iterator[dict]:
    start = {"input_tokens": 10, "cache_read_input_tokens": 0, "output_tokens": 1}
    yield {"type": "message_start", "message": {"model": "claude-sonnet-4-5", "usage": start}}
    yield {"type": "content_block_delta", "delta": {"text": "so"}}
    yield {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 4}}
    yield {"type": "message_stop"}


def responses_stream() -> Iterator[dict]:
    yield {"type": "response.created", "response": {"usage": None}}
    usage = {"input_tokens": 10, "output_tokens": 4, "input_tokens_details": {"cached_tokens": 0}, "total_tokens": 14}
    yield {"type": "response.completed", "response": {"model": "gpt-4o", "object": "response", "usage": usage}}


@pytest.mark.parametrize(
    ("chunks", "call"), [(anthropic_stream, ANTHROPIC), (responses_stream, OPENAI), (stream, OPENAI)]
)
def test_streams_of_all_shapes(meter: Meter, stored: Stored, chunks: Callable, call: tuple) -> None:
    with meter.call() as watched:
        assert list(watched.stream(chunks())) == list(chunks())

    async def later() -> AsyncIterator[dict]:
        for chunk in chunks():
            yield chunk

    async def listen() -> None:
        async with meter.call() as watched:
            assert [chunk async for chunk in watched.astream(later())] == list(chunks())

    asyncio.run(listen())
    assert stored.calls() == [call, call]


def test_a_stream_that_is_left_early_counts_what_is_known(meter: Meter, stored: Stored, workbench: Workbench) -> None:
    with meter.call() as call:
        for chunk in call.stream(anthropic_stream()):
            if chunk["type"] == "content_block_delta":
                break
    assert stored.calls() == [
        ("anthropic", "claude-sonnet-4-5", {"requests": 1, "input_tokens": 10, "output_tokens": 1})
    ]
    assert workbench.events[0]["is_estimated"] is True


def test_a_context_takes_what_it_is_told(meter: Meter, stored: Stored) -> None:
    with meter.call(provider="azure") as call:
        call.from_openai(CHAT)
    with meter.call() as call:
        call.from_anthropic(MESSAGE)
    with meter.call(provider="in-house", model="tiny") as call:
        call.tokens(input_tokens=10, output_tokens=4)
    with meter.call(provider="in-house", model="tiny") as call:
        call.see(object())
    assert stored.calls() == [
        ("azure", "gpt-4o", QUANTITIES),
        ANTHROPIC,
        ("in-house", "tiny", QUANTITIES),
        ("in-house", "tiny", {"requests": 1}),
    ]
    assert meter.counters()["calls_without_usage"] == 1


def test_tokens_that_were_used_before_a_failure_are_recorded(meter: Meter, stored: Stored) -> None:
    def fail() -> None:
        with meter.call() as call:
            call.from_openai(CHAT)
            raise ValueError("late")

    with pytest.raises(ValueError, match="late"):
        fail()
    assert stored.calls() == [OPENAI]


def test_one_site_in_many_threads_and_tasks(meter: Meter, stored: Stored) -> None:
    site = meter.call(provider="p")
    barrier = threading.Barrier(8)

    def threaded(number: int) -> None:
        with site as call:
            barrier.wait()
            call.tokens(input_tokens=number)
            barrier.wait()

    async def task(number: int) -> None:
        async with site as call:
            await asyncio.sleep(0)
            with site as inner:
                await asyncio.sleep(0)
                inner.tokens(output_tokens=number)
            call.tokens(input_tokens=number)

    async def tasks() -> None:
        await asyncio.gather(*(task(100 + number) for number in range(8)))

    threads = [threading.Thread(target=threaded, args=(number + 1,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asyncio.run(tasks())
    quantities = [said for _, _, said in stored.calls()]
    assert sorted(said["input_tokens"] for said in quantities if "input_tokens" in said) == [
        *range(1, 9),
        *range(100, 108),
    ]
    assert sorted(said["output_tokens"] for said in quantities if "output_tokens" in said) == list(range(100, 108))


def test_a_context_that_is_left_elsewhere(meter: Meter, stored: Stored) -> None:
    """A generator's ``with`` may be left in another context than it was entered in."""

    def held() -> Iterator[None]:
        with meter.call(provider="p", model="m") as call:
            call.tokens(input_tokens=3)
            yield

    holding = held()
    contextvars.copy_context().run(next, holding)
    holding.close()
    assert stored.calls() == [("p", "m", {"requests": 1, "input_tokens": 3})]


def test_answers_pass_through_the_adapters(meter: Meter, stored: Stored) -> None:
    assert meter.from_openai(CHAT) is CHAT
    assert meter.from_anthropic(MESSAGE) is MESSAGE
    assert meter.from_openai(None) is None
    assert stored.calls() == [OPENAI, ANTHROPIC]
