from __future__ import annotations

from queries.app_list import app_list
from queries.new_and_gone_apps import new_and_gone_apps
from tests.queries.conftest import charge, utc
from warehouse.histories import record, transfer
from warehouse.tables import table

CHARGES, APPS = table("charges"), table("apps")


def test_app_list_beside_sql(platform) -> None:
    rows = platform.rows(app_list(CHARGES, APPS, start=utc(2026, 1, 10), end=utc(2026, 2, 3)))
    facts = platform.rows(
        """
        SELECT app_id, app_id AS app_name, any(c.team_id) AS team_id, any(c.lifecycle) AS lifecycle,
            sum(c.effective_cost) AS effective_cost, sum(c.list_cost) AS list_cost,
            sumIf(consumed_quantity, meter = 'requests') AS requests,
            sumIf(consumed_quantity, consumed_unit = 'Tokens') AS tokens,
            sumIf(c.event_count, c.effective_cost IS NULL) AS unpriced_events, sum(c.event_count) AS event_count,
            min(charge_period_start) AS first_seen, max(charge_period_start) AS last_seen
        FROM charges AS c
        WHERE billing_currency = 'USD' AND app_id != '' AND charge_date BETWEEN '2026-01-10' AND '2026-02-02'
        GROUP BY app_id ORDER BY sum(c.effective_cost) DESC, app_id
        """
    )
    assert len(facts) == 5
    assert [{name: row[name] for name in facts[0]} for row in rows] == facts


def test_app_list_names_apps_and_says_who_has_them_now(store, make_charges) -> None:
    record(store, "apps", [{"app_id": "chat", "app_name": "Chat", "team_id": "a"}], by="test")
    transfer(store, "apps", "chat", utc(2026, 1, 10), {"app_name": "Chat 2", "team_id": "b"}, by="test")
    make_charges(
        [
            charge(utc(2026, 1, 9), "5", app_id="chat", team_id="a"),
            charge(utc(2026, 1, 11), "1", app_id="chat", team_id="b"),
            charge(utc(2026, 1, 11), None, app_id="unpriced"),
            charge(utc(2026, 1, 11), "7", app_id="unregistered"),
        ]
    )
    rows = store.rows(app_list(CHARGES, APPS, limit=2))
    assert [(row["app_id"], row["app_name"], row["team_id"]) for row in rows] == [
        ("unregistered", "unregistered", "team-1"),
        ("chat", "Chat 2", "b"),
    ]
    assert store.rows(app_list(CHARGES, APPS))[2]["effective_cost"] is None


def test_new_and_gone_apps(store, make_charges) -> None:
    before, after = utc(2026, 1, 7, 23), utc(2026, 1, 8)
    make_charges(
        [
            charge(before, "1", app_id="stays"),
            charge(after, "2", app_id="stays"),
            charge(before, "3", app_id="gone", lifecycle="ephemeral"),
            charge(after, "4", app_id="new"),
            charge(after, "5", app_id="newer"),
            charge(after, None, app_id="unpriced"),
            charge(after, "9", app_id="foreign", billing_currency="EUR"),
            charge(utc(2026, 1, 15), "9", app_id="later"),
        ]
    )
    question = new_and_gone_apps(
        CHARGES,
        start=utc(2026, 1, 8),
        end=utc(2026, 1, 15),
        previous_start=utc(2026, 1, 1),
        previous_end=utc(2026, 1, 8),
    )
    assert [(row["state"], row["app_id"], row["effective_cost"]) for row in store.rows(question)] == [
        ("new", "newer", 5),
        ("new", "new", 4),
        ("new", "unpriced", 0),
        ("gone", "gone", 3),
    ]
