"""What the API is measured against: an endpoint that reads the body and throws it away."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def discard(request: Request) -> Response:
    """Read, forget, answer."""
    await request.body()
    return Response(b'{"accepted": 0}', 202, media_type="application/json")


app = Starlette(routes=[Route("/api/v1/events", discard, methods=["POST"])])
