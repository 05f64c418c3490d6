"""The explorer's question beside hand-written SQL."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from metrics.catalog import DIMENSIONS, MEASURES
from queries.daily_spend import daily_spend
from queries.spend import spend
from queries.total_cost import total_cost
from tests.queries.conftest import charge, utc
from warehouse.tables import table

CHARGES = table("charges")
MONTH = {"start": utc(2026, 1, 10), "end": utc(2026, 2, 3)}
IN_MONTH = "charge_period_start >= '2026-01-10 00:00:00' AND charge_period_start < '2026-02-03 00:00:00'"


def test_by_app_and_day(platform) -> None:
    question = spend(
        CHARGES, **MONTH, by=["app_id"], grain="day", measures=["effective_cost", "requests", "event_count"]
    )
    assert platform.rows(question) == platform.rows(
        f"""
        SELECT charge_date, app_id, sum(effective_cost) AS effective_cost,
            sumIf(consumed_quantity, meter = 'requests') AS requests, sum(event_count) AS event_count
        FROM charges WHERE billing_currency = 'USD' AND {IN_MONTH}
        GROUP BY charge_date, app_id ORDER BY charge_date, app_id
        """
    )


@pytest.mark.parametrize(
    ("grain", "name", "sql"),
    [
        ("hour", "hour", "toDateTime64(toStartOfHour(charge_period_start), 0, 'UTC')"),
        ("day", "charge_date", "toDate(charge_period_start)"),
        ("week", "week", "toMonday(charge_date)"),
        ("month", "month", "toStartOfMonth(charge_date)"),
    ],
)
def test_grains(platform, grain: str, name: str, sql: str) -> None:
    rows = platform.rows(spend(CHARGES, grain=grain, measures=["list_cost"]))
    assert rows == platform.rows(
        f"SELECT {sql} AS {name}, sum(list_cost) AS list_cost FROM charges WHERE billing_currency = 'USD' "
        f"GROUP BY {name} ORDER BY {name}"
    )


def test_unit_costs_divide_the_whole_once(platform) -> None:
    measures = ["cost_per_1k_requests", "cost_per_1m_tokens", "attributed_share", "ephemeral_share", "active_apps"]
    (row,) = platform.rows(spend(CHARGES, measures=measures))
    (sums,) = platform.rows(
        """
        SELECT sum(effective_cost) AS cost, sumIf(effective_cost, consumed_unit = 'Tokens') AS token_cost,
            sumIf(consumed_quantity, meter = 'requests') AS requests,
            sumIf(consumed_quantity, meter LIKE '%_tokens') AS tokens,
            sumIf(effective_cost, attribution_rule != 'default') AS attributed,
            sumIf(effective_cost, lifecycle = 'ephemeral') AS ephemeral,
            uniqExactIf(app_id, app_id != '') AS apps
        FROM charges WHERE billing_currency = 'USD'
        """
    )
    assert row == {
        "cost_per_1k_requests": _truncated(sums["cost"] * 1000, sums["requests"]),
        "cost_per_1m_tokens": _truncated(sums["token_cost"] * 1_000_000, sums["tokens"]),
        "attributed_share": _truncated(sums["attributed"], sums["cost"]),
        "ephemeral_share": _truncated(sums["ephemeral"], sums["cost"]),
        "active_apps": sums["apps"],
    }


def _truncated(part: Decimal, whole: Decimal) -> Decimal:
    """Part / whole at 21 decimals, by integers: no context rounds it."""
    numerator, denominator = int(part.scaleb(60)), int(whole.scaleb(60))
    return Decimal(numerator * 10**21 // denominator).scaleb(-21)


def test_nothing_served_has_no_unit_cost_and_nothing_spent_no_share(platform) -> None:
    ratios = [name for name, measure in MEASURES.items() if "per_1" in name or name.endswith("_share")]
    (row,) = platform.rows(spend(CHARGES, start=utc(2030, 1, 1), measures=ratios))
    assert set(row.values()) == {None}


@pytest.mark.parametrize("name", DIMENSIONS)
def test_every_dimension_splits_without_loss(platform, name: str) -> None:
    measures = [name for name, measure in MEASURES.items() if measure.additive]
    parts = platform.rows(spend(CHARGES, by=[name], measures=measures, where={"billing_currency": ["USD"]}))
    (whole,) = platform.rows(spend(CHARGES, measures=measures))
    inexact = Decimal(len(parts)).scaleb(-21)  # hours are seconds / 3600, truncated in every part
    for measure in measures:
        total = sum((part[measure] or 0 for part in parts), Decimal(0))
        assert 0 <= (whole[measure] or 0) - total <= (inexact if "_hours" in measure else 0)


def test_filters_keep_what_they_name(platform) -> None:
    where = {"is_estimated": ["true"], "app_id": ["chat", "lab"], "charge_date": ["2026-01-12", "2026-01-13"]}
    assert platform.rows(spend(CHARGES, where=where)) == platform.rows(
        "SELECT sum(effective_cost) AS effective_cost FROM charges WHERE billing_currency = 'USD' AND is_estimated "
        "AND app_id IN ('chat', 'lab') AND charge_date IN ('2026-01-12', '2026-01-13')"
    )


def test_a_border_inside_a_day_is_half_open(platform) -> None:
    noon, evening = utc(2026, 1, 12, 12), utc(2026, 1, 13, 18)
    assert platform.rows(spend(CHARGES, start=noon, end=evening, measures=["event_count"])) == platform.rows(
        "SELECT sum(event_count) AS event_count FROM charges WHERE billing_currency = 'USD' AND "
        "charge_period_start >= '2026-01-12 12:00:00' AND charge_period_start < '2026-01-13 18:00:00'"
    )


def test_currencies_are_never_added(platform) -> None:
    by_currency = platform.rows(total_cost(CHARGES))
    assert by_currency == platform.rows(
        "SELECT billing_currency, sum(list_cost) AS list_cost, sum(effective_cost) AS effective_cost, "
        "sum(billed_cost) AS billed_cost FROM charges GROUP BY billing_currency ORDER BY billing_currency"
    )
    assert [row["billing_currency"] for row in by_currency] == ["EUR", "USD"]
    (euros,) = platform.rows(spend(CHARGES, where={"billing_currency": ["EUR"]}))
    (dollars,) = platform.rows(spend(CHARGES))
    assert [euros["effective_cost"], dollars["effective_cost"]] == [row["effective_cost"] for row in by_currency]
    with pytest.raises(ValueError, match="EUR, USD are never added"):
        spend(CHARGES, where={"billing_currency": ["EUR", "USD"]})


def test_total_cost_takes_splits_and_filters(platform) -> None:
    question = total_cost(CHARGES, by=["team_id"], where={"is_estimated": ["false"], "billing_currency": ["USD"]})
    assert platform.rows(question) == platform.rows(
        "SELECT billing_currency, team_id, sum(list_cost) AS list_cost, sum(effective_cost) AS effective_cost, "
        "sum(billed_cost) AS billed_cost FROM charges WHERE NOT is_estimated AND billing_currency = 'USD' "
        "GROUP BY billing_currency, team_id ORDER BY billing_currency, team_id"
    )


def test_daily_spend(platform) -> None:
    assert platform.rows(daily_spend(CHARGES, **MONTH, where={"team_id": ["data"]})) == platform.rows(
        f"""
        SELECT charge_date, sum(list_cost) AS list_cost, sum(effective_cost) AS effective_cost,
            sum(billed_cost) AS billed_cost
        FROM charges WHERE billing_currency = 'USD' AND team_id = 'data' AND {IN_MONTH}
        GROUP BY charge_date ORDER BY charge_date
        """
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measures": ["billed_costs"]}, "unknown measure 'billed_costs'. Did you mean 'billed_cost'?"),
        ({"by": ["team"]}, "unknown dimension 'team'. Did you mean 'team_id'?"),
        ({"where": {"modle": ["x"]}}, "unknown dimension 'modle'. Did you mean 'model'?"),
        ({"grain": "days"}, "unknown grain 'days'. Did you mean 'day'?"),
    ],
)
def test_unknown_names_are_suggested(options: dict, message: str) -> None:
    with pytest.raises(KeyError) as error:
        spend(CHARGES, **options)
    assert error.value.args[0] == message


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"start": datetime(2026, 1, 5)}, "has no zone"),  # noqa: DTZ001
        ({"where": {"app_id": []}}, "where app_id: no values"),
        ({"where": {"is_estimated": ["maybe"]}}, "is_estimated 'maybe' is neither true nor false"),
        ({"where": {"charge_date": ["5 Jan"]}}, "charge_date '5 Jan' is no day"),
    ],
)
def test_what_cannot_be_asked_is_refused(options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        spend(CHARGES, **options)


def test_quantities_of_several_meters_have_no_sum(store, make_charges) -> None:
    at, quantities = utc(2026, 1, 5), ["consumed_quantity", "unpriced_quantity"]
    make_charges(
        [
            charge(at, "1", meter="input_tokens", consumed_quantity=Decimal(7)),
            charge(at, None, meter="input_tokens", consumed_quantity=Decimal(5)),
            charge(at, "1", meter="egress_bytes", consumed_quantity=Decimal(1000)),
            charge(at, "9", meter="platform_cost", consumed_quantity=Decimal(0)),
        ]
    )
    [whole] = store.rows(spend(table("charges"), measures=quantities))
    assert whole == {"consumed_quantity": None, "unpriced_quantity": 5}
    by_meter = store.rows(spend(table("charges"), measures=quantities, by=["meter"]))
    of_meter = {row["meter"]: row["consumed_quantity"] for row in by_meter}
    assert of_meter == {"input_tokens": 12, "egress_bytes": 1000, "platform_cost": 0}
