"""Law 9: every line resolves to raw events whose rated sum is the line; every billed event is in exactly one line."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.verify import verify_all
from tests.properties.invoicing import FEBRUARY, JANUARY, PHASES, begun, billed
from tests.properties.platforms import Platform, platforms
from warehouse.connect import Store

OWN = "line_kind IN ('usage', 'direct')"
BILLED = "pricing_status = 'priced' AND billing_currency = 'USD' AND NOT (meter = 'platform_cost' AND app_id = '')"


@given(platform=platforms(repeats=False), has_tariffs=st.booleans())
@settings(max_examples=2, phases=PHASES)
def test_every_line_is_its_raw_events(reused_store: Store, platform: Platform, has_tariffs: bool) -> None:
    store = begun(reused_store, platform, platform.sent, has_tariffs=has_tariffs)
    for period in (JANUARY, FEBRUARY):
        for found in verify_all(store, billed(store, period)):
            assert found.is_equal, found
        lines, charges = (
            store.rows(
                f"SELECT toInt64(sum(event_count)) AS events, hex(sum(event_digest)) AS digest FROM {rows} "
                f"WHERE {of} AND {month} = {{month:Date}}",
                {"month": period.first},
            )
            for rows, of, month in (
                ("invoice_lines", OWN, "billing_period"),
                ("charges", BILLED, "toStartOfMonth(charge_date)"),
            )
        )
        assert lines == charges
