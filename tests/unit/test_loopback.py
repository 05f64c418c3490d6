"""Demo sign-in answers this machine only."""

from __future__ import annotations

import pytest

from ui.loopback import is_local

HERE, THERE = ("127.0.0.1", 8501), ("10.1.2.3", 5000)


def scope(
    host: str = "localhost:8501", client: object = HERE, server: object = HERE, **headers: str
) -> dict[str, object]:
    sent = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return {
        "type": "http",
        "client": client,
        "server": server,
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_this_machine_is_answered(host: str) -> None:
    assert is_local(scope(host))


@pytest.mark.parametrize(
    "foreign",
    [
        scope(client=THERE),
        scope(server=THERE),
        scope(client=None),
        scope(host="rebound.example.com:8501"),
        scope(host=""),
        scope(x_forwarded_for="10.1.2.3"),
        scope(forwarded="for=10.1.2.3"),
    ],
    ids=["from elsewhere", "to elsewhere", "from nowhere", "rebound name", "no name", "proxied", "forwarded"],
)
def test_nobody_else_is(foreign: dict[str, object]) -> None:
    assert not is_local(foreign)
