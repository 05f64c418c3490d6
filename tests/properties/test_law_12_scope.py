"""Law 12, where tables are handed out: a lead gets the own teams' rows and no others, of any table."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.engine import emptied, rated, record_all, send
from tests.properties.platforms import TEAMS, Platform, platforms
from ui.scope import OPEN, OWNED_THEN, scoped
from ui.viewer import Viewer
from warehouse.connect import Store
from warehouse.tables import SCHEMAS, table


@given(platform=platforms(), own=st.sets(st.sampled_from((*TEAMS, "nobody's", ""))))
@settings(max_examples=3)
def test_a_lead_gets_no_row_of_another_team(reused_store: Store, platform: Platform, own: set[str]) -> None:
    store = emptied(reused_store)
    record_all(store, platform.histories)
    send(store, platform.sent)
    rated(store)
    lead = Viewer(name="lead", roles=frozenset({"lead"}), team_ids=frozenset(own))
    for name in set(SCHEMAS) - OPEN:
        if "team_id" in SCHEMAS[name]:
            whole = store.rows(table(name).order_by(*SCHEMAS[name]))
            seen = store.rows(scoped(name, lead).order_by(*SCHEMAS[name]))
            assert seen == [row for row in whole if row["team_id"] in own], name
        elif name not in OWNED_THEN:
            with pytest.raises(PermissionError):
                scoped(name, lead)
