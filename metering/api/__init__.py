"""The HTTP API, under ``/api`` wherever it is served: in the app, or alone by ``uvicorn metering.api:app``.

Nothing is opened at import. Whoever mounts ``api`` lets it serve a store with ``served``.
"""

from __future__ import annotations

from metering.api.factory import PREFIX, api, app, mounted, served

__all__ = ["PREFIX", "api", "app", "mounted", "served"]
