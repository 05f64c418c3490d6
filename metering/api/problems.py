"""What went wrong, said as RFC 9457 says it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from metering.texts import writable

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """An answer other than success: its status, and what the caller can do about it.

    ``reason`` is the word under which it is counted in the ledger of refusals; ``events`` are those that were refused
    for good, and are counted with it.
    """

    def __init__(
        self,
        status: int,
        reason: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        type: str = "",
        events: int = 0,
        extension: Mapping[str, Any] | None = None,
    ) -> None:
        detail = writable(detail)
        super().__init__(detail)
        self.status = status
        self.reason = reason
        self.detail = detail
        self.headers = dict(headers or {})
        self.type = type or f"urn:farthing:problem:{reason}"
        self.events = events
        self.extension = dict(extension or {})

    def response(self) -> Response:
        """Return the answer."""
        said = {
            "type": self.type,
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "reason": self.reason,
            **self.extension,
        }
        return Response(json.dumps(said), self.status, self.headers, MEDIA_TYPE)
