"""Opening a store for use: connected, migrated, the catalog mirrored, and what a crash left behind repaired."""

from __future__ import annotations

from config.meters import meters
from config.settings import Settings, settings
from warehouse.backup import finish_restore
from warehouse.connect import Store, connect
from warehouse.migrate import migrate
from warehouse.recover import recover


def open_store(options: Settings | None = None) -> Store:
    """Open the store that the settings name, ready for use. The gateway of an app that runs is ready as it is.

    Raises:
        StoreError: it cannot be opened, is taken, damaged, or newer than this program.

    """
    chosen = options or settings()
    store = connect(
        chosen.store,
        pool_size=chosen.pool_size,
        query_memory_bytes=chosen.query_memory_bytes,
        backups=chosen.backups,
    )
    if store.location.is_gateway:
        return store
    try:
        finish_restore(store)
        migrate(store)
        mirror_meters(store)
        recover(store)
    except BaseException:
        store.close()
        raise
    return store


def mirror_meters(store: Store) -> None:
    """Make ``meter_units`` say what ``config/meters.yml`` says."""
    store.command("TRUNCATE TABLE meter_units")
    store.insert_rows(
        "meter_units",
        [
            {"meter": meter.name, "unit": unit, "factor": factor, "sku_by": list(meter.sku_by)}
            for meter in meters().values()
            for unit, factor in meter.factors.items()
        ],
    )
