"""A gateway served by a real server, and its ordinary client."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import clickhouse_connect
import uvicorn
from clickhouse_connect.driver.client import Client
from starlette.applications import Starlette

from ui.loopback import is_local
from warehouse.connect import Store
from warehouse.gateway import Gateway, routes


@contextmanager
def serving(gateway_of: Callable[[], Gateway | None]) -> Iterator[int]:
    """Serve a gateway on a port of this machine and give the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = Starlette(routes=routes("/clickhouse", gateway_of, is_local))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.05)
    yield port
    server.should_exit = True
    thread.join()


def client(port: int, token: str) -> Client:
    """Return an ordinary client of a gateway."""
    return clickhouse_connect.get_client(
        host="127.0.0.1", port=port, proxy_path="/clickhouse", username="notebook", password=token
    )


def drop(store: Store) -> None:
    """Drop the databases of a store's readers."""
    like = {"n": f"{store.location.database}_reads_"}
    for row in store.rows("SELECT name FROM system.databases WHERE startsWith(name, {n:String})", like):
        store.command(f"DROP DATABASE {row['name']} SYNC")
