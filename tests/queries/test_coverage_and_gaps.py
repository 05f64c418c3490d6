"""What is attributed, what is unpriced, what is in another currency: beside hand-written SQL."""

from __future__ import annotations

from queries.attribution_coverage import attribution_coverage
from queries.foreign_currency_costs import foreign_currency_costs
from queries.unpriced_usage import unpriced_usage
from tests.queries.conftest import utc
from warehouse.tables import table

CHARGES = table("charges")
PERIOD = {"start": utc(2026, 1, 10), "end": utc(2026, 2, 3)}
IN_PERIOD = "charge_date BETWEEN '2026-01-10' AND '2026-02-02'"


def test_attribution_coverage(platform) -> None:
    assert platform.rows(attribution_coverage(CHARGES, **PERIOD)) == platform.rows(
        f"""
        SELECT attribution_rule, sum(effective_cost) AS effective_cost, sum(event_count) AS event_count,
            effective_cost / (SELECT sum(effective_cost) FROM charges WHERE billing_currency = 'USD' AND {IN_PERIOD})
                AS share
        FROM charges WHERE billing_currency = 'USD' AND {IN_PERIOD}
        GROUP BY attribution_rule ORDER BY attribution_rule
        """
    )


def test_attribution_coverage_of_each_day_is_of_that_day(platform) -> None:
    rows = platform.rows(attribution_coverage(CHARGES, **PERIOD, grain="day"))
    assert rows == platform.rows(
        f"""
        SELECT charge_date, attribution_rule, cost AS effective_cost, events AS event_count, cost / whole AS share
        FROM (SELECT charge_date, attribution_rule, sum(effective_cost) AS cost, sum(event_count) AS events
              FROM charges WHERE billing_currency = 'USD' AND {IN_PERIOD}
              GROUP BY charge_date, attribution_rule) AS part
        JOIN (SELECT charge_date, sum(effective_cost) AS whole
              FROM charges WHERE billing_currency = 'USD' GROUP BY charge_date) AS day USING (charge_date)
        ORDER BY charge_date, attribution_rule
        """
    )
    assert {row["attribution_rule"] for row in rows} == {"app_tag", "default"}


def test_unpriced_usage(platform) -> None:
    rows = platform.rows(unpriced_usage(CHARGES, **PERIOD))
    assert rows == platform.rows(
        f"""
        SELECT sku_id, meter, consumed_unit AS unit, sum(consumed_quantity) AS quantity,
            sum(event_count) AS event_count, uniqExact(app_id) AS apps,
            min(charge_period_start) AS first_seen, max(charge_period_start) AS last_seen
        FROM charges WHERE list_cost IS NULL AND billing_currency = 'USD' AND {IN_PERIOD}
        GROUP BY sku_id, meter, unit ORDER BY event_count DESC, sku_id
        """
    )
    assert rows


def test_foreign_currency_costs(platform) -> None:
    rows = platform.rows(foreign_currency_costs(CHARGES, **PERIOD))
    assert rows == platform.rows(
        f"""
        SELECT billing_currency, provider, service_name, sum(list_cost) AS list_cost,
            sum(effective_cost) AS effective_cost, sum(billed_cost) AS billed_cost, sum(event_count) AS event_count,
            min(charge_period_start) AS first_seen, max(charge_period_start) AS last_seen
        FROM charges WHERE billing_currency = 'EUR' AND {IN_PERIOD}
        GROUP BY billing_currency, provider, service_name
        """
    )
    assert [row["billing_currency"] for row in platform.rows(foreign_currency_costs(CHARGES, currency="EUR"))] == [
        "USD",
        "USD",
    ]
