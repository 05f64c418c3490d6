"""``farthing consume``: events from a Kafka bus, or from files dropped in a folder."""

from __future__ import annotations

import logging
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.output import Format, show

if TYPE_CHECKING:
    from metering.bus.inbox import Taken
    from warehouse.connect import Store

LOOK_SECONDS = 2.0


def consume(
    servers: Annotated[str, typer.Option(help="Bootstrap servers of the bus: host:port,…")] = "",
    topic: Annotated[list[str] | None, typer.Option(help="A topic to read. Repeat for more.")] = None,
    group: Annotated[str, typer.Option(help="The consumer group.")] = "farthing",
    member: Annotated[str, typer.Option(help="A lasting name in the group: a restart goes on at once.")] = "",
    properties: Annotated[Path | None, typer.Option(help="librdkafka's properties: security and the like.")] = None,
    trusted: Annotated[bool, typer.Option(help="Whoever writes to the topics proved who they are.")] = True,
    folder: Annotated[Path | None, typer.Option(help="Read files dropped here instead of a bus.")] = None,
    until_empty: Annotated[bool, typer.Option("--until-empty", help="End when everything is read.")] = False,
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Take events from a bus or a folder until interrupted; offsets are committed after the store has them."""
    from warehouse.start import open_store

    if bool(servers) == bool(folder):
        raise ValueError("say where events come from: --servers HOST:PORT --topic NAME, or --folder PATH")
    if servers and not topic:
        raise ValueError("--servers needs at least one --topic")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    stopping = threading.Event()
    for interrupt in (signal.SIGTERM, signal.SIGINT):
        signal.signal(interrupt, lambda *_: stopping.set())
    with open_store() as store:
        if folder:
            taken = _inbox(store, folder, stopping, until_empty=until_empty)
            show([_told(one) for one in taken], form)
            return
        from metering.bus.consumer import BusOptions, Consumer, read_properties

        consumer = Consumer(
            store,
            BusOptions(
                servers=servers,
                topics=tuple(topic or ()),
                group=group,
                member=member,
                properties=read_properties(properties) if properties else {},
                is_trusted=trusted,
            ),
        )
        consumer.run(stopping, until_empty=until_empty)
        counts = consumer.counts
    show(
        [
            {
                "messages": counts.messages,
                "accepted": counts.accepted,
                "duplicates": counts.duplicates,
                "quarantined": counts.quarantined,
            }
        ],
        form,
    )


def _inbox(store: Store, folder: Path, stopping: threading.Event, *, until_empty: bool) -> list[Taken]:
    from metering.bus.inbox import take

    taken: list[Taken] = []
    while not stopping.is_set():
        for one in take(store, folder):
            taken.append(one)
            typer.echo(f"{one.path}: {one.problem or 'loaded'}", err=True)
        if until_empty:
            break
        stopping.wait(LOOK_SECONDS)
    return taken


def _told(taken: Taken) -> dict[str, object]:
    loaded = taken.loaded
    return {
        "file": str(taken.path),
        "accepted": loaded.accepted if loaded else 0,
        "duplicates": loaded.duplicates if loaded else 0,
        "quarantined": loaded.quarantined if loaded else 0,
        "problem": taken.problem,
    }
