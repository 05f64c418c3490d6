"""Keys of exporters, and what was refused at the door."""

from __future__ import annotations

import ibis.expr.datatypes as dt

from warehouse.schemas.types import COUNT, INSTANT, TEXT, VALID

CREDENTIALS: dict[str, dict[str, dt.DataType]] = {
    "api_keys": {"key_id": TEXT, "secret_digest": TEXT, "source": TEXT, "scopes": TEXT, "app_ids": TEXT} | VALID,
    "refusals": {
        "at": INSTANT,
        "source": TEXT,
        "reason": TEXT,
        "requests": COUNT,
        "events": COUNT,
        "example": TEXT,
    },
}
