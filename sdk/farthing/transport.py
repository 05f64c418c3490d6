"""Over the wire: one request, one answer, no exception."""

from __future__ import annotations

import gzip
import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

VERSION = "0.1.0"
_LONGEST_ANSWER = 8 * 1024 * 1024


class Answer(NamedTuple):
    """What the other side said; status 0 if nobody did."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_problem(self) -> bool:
        """Whether the store itself refuses, not some proxy on the way."""
        return self.headers.get("content-type", "").split(";")[0].strip() == "application/problem+json"

    def skew(self, now: float) -> float | None:
        """Return how many seconds this host's clock is ahead of the other side's; None if it did not say."""
        try:
            return now - parsedate_to_datetime(self.headers.get("date", "")).timestamp()
        except (TypeError, ValueError, IndexError, OverflowError):
            return None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would turn the post into a get, and take the credential to wherever it points."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Transport:
    """Posts to one store. Proxies are taken from the environment, as the standard library does."""

    def __init__(self, url: str, timeout: float) -> None:
        """``url`` is where the workbench is, such as https://farthing.example.com."""
        self._url = url.rstrip("/")
        self._timeout = timeout
        self._opener = urllib.request.build_opener(_NoRedirect)

    def post(self, path: str, body: bytes, *, token: str, content_type: str) -> Answer:
        """Post a body, compressed, and return the answer; the time out is per wait on the network."""
        headers = {"Content-Type": content_type, "Content-Encoding": "gzip"}
        return self._ask("POST", path, token, headers, gzip.compress(body, compresslevel=3, mtime=0))

    def send(self, method: str, path: str, token: str, body: Mapping[str, Any] | None) -> Answer:
        """Send a small JSON body, or none."""
        data = None if body is None else json.dumps(body).encode()
        return self._ask(method, path, token, {"Content-Type": "application/json"} if data else {}, data)

    def _ask(self, method: str, path: str, token: str, headers: Mapping[str, str], data: bytes | None) -> Answer:
        own = {"Authorization": f"Bearer {token}", "User-Agent": f"farthing-sdk/{VERSION}"}
        request = urllib.request.Request(self._url + path, data=data, headers={**own, **headers}, method=method)
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                return _read(response.status, response)
        except urllib.error.HTTPError as error:
            with error:
                try:
                    return _read(error.code, error)
                except (OSError, http.client.HTTPException):
                    return Answer(error.code, _headers(error.headers), b"")
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(0, {}, str(error).encode("utf-8", "replace"))


def is_address(url: str) -> bool:
    """Whether a URL is one that can be posted to."""
    return url.startswith(("http://", "https://"))


def _read(status: int, response: Any) -> Answer:
    return Answer(status, _headers(response.headers), response.read(_LONGEST_ANSWER))


def _headers(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
