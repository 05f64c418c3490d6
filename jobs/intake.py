"""Events that come by themselves while the app runs: the bus in a thread of its own, the inbox at every turn."""

from __future__ import annotations

import logging
import threading

from config.settings import settings
from metering.bus.consumer import BusOptions, Consumer, read_properties
from metering.bus.inbox import take
from warehouse.connect import Store

log = logging.getLogger(__name__)


class ReadBus:
    """Keep a consumer running, and say at every turn how it is doing.

    Raises at a turn what ended the consumer or went wrong since the last one; it is started again at the next.
    """

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._consumer: Consumer | None = None
        self._ended_by: Exception | None = None

    def __call__(self, store: Store) -> str:
        """Return in words what was read."""
        if self._thread is None or not self._thread.is_alive():
            self._start(store)
        assert self._consumer is not None
        counts, ended_by = self._consumer.counts, self._ended_by
        trouble, counts.last_error, self._ended_by = counts.last_error, "", None
        if ended_by is not None:
            raise ended_by
        if trouble:
            raise ConnectionError(trouble)
        return (
            f"{counts.messages:,} messages read: {counts.accepted:,} rows accepted, {counts.duplicates:,} known, "
            f"{counts.quarantined:,} in quarantine"
        )

    def close(self) -> None:
        """Finish the batch at hand and leave the group."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _start(self, store: Store) -> None:
        self._stopping.clear()
        chosen = settings()
        options = BusOptions(
            servers=chosen.bus_servers,
            topics=tuple(topic.strip() for topic in chosen.bus_topics.split(",") if topic.strip()),
            group=chosen.bus_group,
            member=chosen.bus_member,
            properties=read_properties(chosen.bus_properties) if chosen.bus_properties else {},
            is_trusted=chosen.bus_is_trusted,
        )
        self._consumer = Consumer(store, options)
        self._thread = threading.Thread(target=self._run, args=(self._consumer,), name="bus", daemon=True)
        self._thread.start()

    def _run(self, consumer: Consumer) -> None:
        try:
            consumer.run(self._stopping)
        except Exception as error:
            # Said at the next turn, and shown on the health page.
            log.exception("the bus consumer ended")
            self._ended_by = error


class TakeInbox:
    """Load the files that wait in ``FARTHING_INBOX``."""

    def __init__(self) -> None:
        self._files = 0
        self._failed = 0

    def __call__(self, store: Store) -> str:
        """Return in words what was loaded."""
        folder = settings().inbox
        assert folder is not None
        for taken in take(store, folder):
            self._files += 1
            self._failed += taken.loaded is None
        return f"{self._files} files taken, {self._failed} of them put aside as unreadable"
