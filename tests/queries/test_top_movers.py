from __future__ import annotations

from decimal import Decimal

from queries.top_movers import top_movers
from tests.queries.conftest import charge, utc
from warehouse.tables import table

AS_OF = utc(2026, 1, 26)
EARLIER, PREVIOUS, CURRENT = utc(2026, 1, 5), utc(2026, 1, 18, 23), utc(2026, 1, 19)


def movers(store, **options) -> dict[str, dict]:
    return {row["app_id"]: row for row in store.rows(top_movers(table("charges"), as_of=AS_OF, **options))}


def test_the_3x_rule_needs_a_factor_a_minimum_and_an_age(store, make_charges) -> None:
    apps = {
        "tripled": ("100", "300"),
        "grew": ("100", "299.999999999999999999999"),
        "small": ("10", "49"),
        "woke": (None, "60"),
        "slept": ("60", None),
    }
    charges = [charge(EARLIER, "1", app_id=app) for app in apps]
    for app, (previous, current) in apps.items():
        charges += [charge(PREVIOUS, previous, app_id=app)] if previous else []
        charges += [charge(CURRENT, current, app_id=app)] if current else []
    # Two weeks before as_of, to the second: old enough. A moment later: new, never a spike.
    for app, born in (("old enough", utc(2026, 1, 12)), ("too young", utc(2026, 1, 12, 1))):
        charges += [charge(born, "1", app_id=app), charge(CURRENT, "900", app_id=app)]
    charges += [charge(AS_OF, "9999", app_id="grew"), charge(CURRENT, "9999", app_id="")]
    make_charges(charges)
    rows = movers(store)

    assert {app for app, row in rows.items() if row["is_spike"]} == {"tripled", "woke", "old enough"}
    assert {app for app, row in rows.items() if row["is_new"]} == {"too young"}
    assert list(rows) == ["old enough", "too young", "tripled", "grew", "woke", "small", "slept"]
    assert (rows["woke"]["growth"], rows["slept"]["growth"], rows["tripled"]["growth"]) == (None, 0, 3)
    assert rows["slept"]["change"] == Decimal(-60)
    assert {app for app, row in movers(store, minimum_spend=Decimal(49)).items() if row["is_spike"]} >= {"small"}
    assert list(movers(store, limit=2)) == ["old enough", "too young"]


def test_weeks_beside_sql(platform) -> None:
    rows = platform.rows(top_movers(table("charges"), as_of=AS_OF, factor=2))
    facts = platform.rows(
        """
        SELECT app_id, current_cost, previous_cost, current_cost - previous_cost AS change,
            first_seen > '2026-01-12 00:00:00' AS is_new,
            not(is_new) AND current_cost >= 50 AND current_cost >= 2 * previous_cost AS is_spike
        FROM
        (
            SELECT app_id, min(charge_period_start) AS first_seen,
                sumIf(ifNull(effective_cost, 0), charge_date BETWEEN '2026-01-19' AND '2026-01-25') AS current_cost,
                sumIf(ifNull(effective_cost, 0), charge_date BETWEEN '2026-01-12' AND '2026-01-18') AS previous_cost
            FROM charges WHERE billing_currency = 'USD' AND app_id != '' GROUP BY app_id
        )
        ORDER BY current_cost DESC, app_id
        """
    )
    assert facts
    assert [{name: row[name] for name in facts[0]} for row in rows] == facts
