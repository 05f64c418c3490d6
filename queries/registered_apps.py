"""Which apps does the registry have from now on?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir


def registered_apps(apps: ir.Table, *, as_of: datetime) -> ir.Table:
    """Return every app that is registered at ``as_of`` or later, with its latest name. Grain: one row per app_id."""
    held = apps.filter((apps.valid_from < apps.valid_to) & (apps.valid_to > ibis.literal(as_of)))
    return held.group_by("app_id").agg(app_name=held.app_name.argmax(held.valid_from)).order_by("app_id")
