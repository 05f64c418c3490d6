"""A member of a consumer group: takes messages, stores their events, and commits offsets after the store has them.

A crash between the two means the same messages again, which the door knows by their identity. What cannot be read is
kept in quarantine with its reason, so no message ever stops a partition.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metering.arrivals import EVENT, arrivals
from metering.bus.messages import canonical, reads_of
from metering.bus.positions import Position, note
from metering.cloudevents import is_cloudevent
from metering.door import Receipt, Terms, admit, live_terms
from metering.json_texts import Read
from warehouse.connect import Store

if TYPE_CHECKING:
    from confluent_kafka import Consumer as Client
    from confluent_kafka import Message

log = logging.getLogger(__name__)

MOST_MESSAGES = 20_000
GATHER_SECONDS = 1.0  # how long a batch is waited for: a durable write costs the same for one row and for many
NOTE_SECONDS = 5.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 10.0
# What this consumer stands on, whatever the operator's file says.
_OURS = {"enable.auto.commit": False, "enable.auto.offset.store": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class BusOptions:
    """Where the bus is and what is read. ``properties`` are librdkafka's (security, timeouts); secrets live there.

    ``is_trusted`` says that who may write to the topics proved who they are (the bus's own access control), without
    which an ``app_id`` or a lease in an event counts for nothing.
    """

    servers: str
    topics: tuple[str, ...]
    group: str = "farthing"
    member: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    is_trusted: bool = True


@dataclass(slots=True)
class Counts:
    """What became of the rows of the messages so far."""

    messages: int = 0
    accepted: int = 0
    duplicates: int = 0
    quarantined: int = 0
    last_error: str = ""


def read_properties(path: Path) -> dict[str, str]:
    """Return librdkafka's properties from a file of ``name=value`` lines; ``#`` begins a comment.

    Raises:
        ValueError: a line is no property; the message names it, not its value.

    """
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise ValueError(f"{path}:{number} is no property; write name=value, as in security.protocol=SASL_SSL")
        found[name.strip()] = value.strip()
    return found


class Consumer:
    """Reads topics into a store until told to stop."""

    def __init__(self, store: Store, options: BusOptions, terms: Terms | None = None) -> None:
        """``terms`` fixes what times are taken; by default those of live events, looked at anew for every batch."""
        self._store = store
        self._options = options
        self._terms = terms
        self._noted_at = 0.0
        self.counts = Counts()

    def run(self, stopping: threading.Event, *, until_empty: bool = False) -> None:
        """Take messages until ``stopping``; with ``until_empty`` also end where every partition is read to its end.

        Raises:
            ValueError: the options cannot be used at all; whatever passes is tried again instead.

        """
        with self._client() as client:
            while not stopping.is_set():
                messages = self._messages(client)
                if messages:
                    self._take(client, messages, stopping)
                self._note(client, at_once=bool(until_empty and not messages))
                if until_empty and not messages and self._is_at_end(client):
                    return

    def _messages(self, client: Client) -> list[Message]:
        whole = []
        for message in client.consume(MOST_MESSAGES, GATHER_SECONDS):
            if (error := message.error()) is None:
                whole.append(message)
            else:
                self._say(f"{message.topic() or 'the bus'}: {error.str()}")
        return whole

    def _take(self, client: Client, messages: Sequence[Message], stopping: threading.Event) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                receipts = self._stored(messages)
                break
            except Exception as error:
                # The batch was undone; its messages stay ours, uncommitted, and are tried again.
                self._say(f"{len(messages)} messages were not stored: {error}")
                if stopping.is_set():
                    return
                with _paused(client):
                    stopping.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        self.counts.messages += len(messages)
        for receipt in receipts:
            self.counts.accepted += receipt.accepted
            self.counts.duplicates += receipt.duplicates
            self.counts.quarantined += receipt.quarantined
        log.info("bus: %d messages stored; so far %s", len(messages), self.counts)
        self._commit(client, messages)

    def _stored(self, messages: Sequence[Message]) -> list[Receipt]:
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        plain: list[Read] = []
        shaped: dict[str, list[Read]] = {}
        for message in messages:
            for read in reads_of(message):
                said = read.value
                is_plain = not is_cloudevent(said) and isinstance(said, dict) and said.get("source")
                (plain if is_plain else shaped.setdefault(_source(message), [])).append(read)
        parts = [arrivals(plain)] if plain else []
        parts += [arrivals(reads, partial(canonical, source=source, now=now)) for source, reads in shaped.items()]
        return [
            admit(self._store, name, staged.drop_columns([EVENT]), self._live_terms())
            for part in parts
            for name, staged in sorted(part.staged.items())
        ]

    def _live_terms(self) -> Terms:
        origin = f"bus:{','.join(self._options.topics)}"
        return self._terms or live_terms(origin, is_authenticated=self._options.is_trusted)

    def _commit(self, client: Client, messages: Sequence[Message]) -> None:
        from confluent_kafka import KafkaException, TopicPartition

        after: dict[tuple[str, int], int] = {}
        for message in messages:
            place = (message.topic() or "", message.partition() or 0)
            after[place] = max(after.get(place, 0), (message.offset() or 0) + 1)
        offsets = [TopicPartition(topic, partition, offset) for (topic, partition), offset in after.items()]
        try:
            client.commit(offsets=offsets, asynchronous=False)
        except KafkaException as error:
            # Others may have these partitions by now; they read the messages again, and the door knows them.
            self._say(f"offsets were not committed: {error}")

    def _note(self, client: Client, *, at_once: bool) -> None:
        if not at_once and time.monotonic() - self._noted_at < NOTE_SECONDS:
            return
        self._noted_at = time.monotonic()
        try:
            note(self._store, self._positions(client))
        except Exception as error:
            self._say(f"positions were not noted: {error}")

    def _positions(self, client: Client) -> Iterator[Position]:
        places = client.position(client.assignment())
        # Before its first message a member has no position: it goes on where the group has committed to.
        unread = [place for place in places if place.offset < 0]
        reached = client.committed(unread, timeout=5.0) if unread else []
        committed = {(one.topic, one.partition): one.offset for one in reached}
        for place in places:
            low, high = client.get_watermark_offsets(place, timeout=2.0, cached=True) or (0, 0)
            if high >= 0:
                known = (place.offset, committed.get((place.topic, place.partition), -1))
                following = next((offset for offset in known if offset >= 0), max(low, 0))
                yield Position(
                    consumer_group=self._options.group,
                    topic=place.topic,
                    partition=place.partition,
                    next_offset=following,
                    end_offset=max(high, following),
                )

    def _is_at_end(self, client: Client) -> bool:
        places = client.assignment()
        if not places:
            return False
        ends = {(one.topic, one.partition): client.get_watermark_offsets(one, timeout=5.0) for one in places}
        reached = {(one.topic, one.partition): one.offset for one in client.committed(places, timeout=5.0)}
        return all(end is not None and (end[1] <= 0 or reached[place] >= end[1]) for place, end in ends.items())

    @contextmanager
    def _client(self) -> Iterator[Client]:
        try:
            from confluent_kafka import Consumer as Client
            from confluent_kafka import KafkaException
        except ImportError as error:
            raise ValueError("reading a bus needs confluent-kafka: pip install 'farthing-workbench[kafka]'") from error
        options = self._options
        configured: dict[str, Any] = {
            "bootstrap.servers": options.servers,
            "group.id": options.group,
            "auto.offset.reset": "earliest",
            "error_cb": lambda error: self._say(error.str()),
            **options.properties,
            **_OURS,
        }
        if options.member:
            # A member that comes back under its name has its partitions at once.
            configured["group.instance.id"] = options.member
        try:
            client = Client(configured, logger=log)
            client.subscribe(list(options.topics))
        except KafkaException as error:
            raise ValueError(f"the bus cannot be read: {error.args[0].str()}") from error
        try:
            yield client
        finally:
            client.close()

    def _say(self, text: str) -> None:
        self.counts.last_error = text
        log.warning("bus: %s", text)


@contextmanager
def _paused(client: Client) -> Iterator[None]:
    """Stay a member of the group while nothing is taken."""
    places = client.assignment()
    client.pause(places)
    try:
        yield
        client.poll(0)
    finally:
        client.resume(places)


def _source(message: Message) -> str:
    return f"bus/{message.topic()}"
