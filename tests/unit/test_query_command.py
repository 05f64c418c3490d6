"""``farthing query``, through the command line in this process."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from jobs.cli import app
from tests.queries.conftest import charge, utc, write_charges
from warehouse.start import open_store


@pytest.fixture(scope="module")
def charged():
    """The default database of the test engine, where a command looks."""
    with open_store() as store:
        write_charges(
            store,
            [
                charge(utc(2026, 1, 5, 3), "1.000000000000000000001", billed_cost=2, is_estimated=False),
                charge(utc(2026, 1, 6, 3), "0.5", is_estimated=True),
                charge(utc(2026, 1, 6, 3), "7", billing_currency="EUR"),
            ],
        )
        yield
        store.command("TRUNCATE TABLE rated_charges")
        store.command("TRUNCATE TABLE rated_daily_charges")
        store.command("TRUNCATE TABLE charge_generations")


def run(*words: str):
    return CliRunner().invoke(app, ["query", *words], catch_exceptions=True)


def test_total_cost_is_exact_text_per_currency(charged) -> None:
    assert json.loads(run("total_cost", "--format", "json").stdout) == [
        {"billing_currency": "EUR", "list_cost": "7", "effective_cost": "7", "billed_cost": "7"},
        {
            "billing_currency": "USD",
            "list_cost": "1.500000000000000000001",
            "effective_cost": "1.500000000000000000001",
            "billed_cost": "2.5",
        },
    ]


def test_periods_filters_and_limits(charged) -> None:
    words = ("total_cost", "--start", "2026-01-06", "--where", "is_estimated=true", "--format", "csv")
    assert run(*words).stdout == "billing_currency,list_cost,effective_cost,billed_cost\nUSD,0.5,0.5,0.5\n"
    words = ("spend", "--grain", "day", "--measure", "event_count", "--limit", "1", "--format", "json")
    assert json.loads(run(*words).stdout) == [{"charge_date": "2026-01-05", "event_count": 1}]


def test_the_period_before_goes_without_saying(charged) -> None:
    words = ("spend_change", "--start", "2026-01-06", "--end", "2026-01-07", "--format", "json")
    (row,) = json.loads(run(*words).stdout)
    assert (row["previous_cost"], row["cost"]) == ("1.000000000000000000001", "0.5")


def test_now_goes_without_saying(charged) -> None:
    assert json.loads(run("top_movers", "--format", "json").stdout) == []


def test_sql_is_shown_without_a_store() -> None:
    sql = run("spend", "--by", "app_id", "--sql").stdout
    assert 'SUM("t1"."effective_cost")' in sql


def test_the_list_names_every_question() -> None:
    from jobs.questions import NAMES

    listed = json.loads(run("--list", "--format", "json").stdout)
    assert [row["question"] for row in listed] == list(NAMES)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("total_csot",), "unknown question 'total_csot'. Did you mean 'total_cost'?"),
        (("spend", "--measure", "cost"), "unknown measure 'cost'."),
        (("total_cost", "--grain", "day"), "total_cost has no option grain"),
        (("spend", "--start", "yesterday"), "start 'yesterday' is no day or time"),
        (("top_movers", "--option", "factor=x"), "factor 'x' is no whole number"),
    ],
)
def test_mistakes_are_one_clear_line(words: tuple[str, ...], message: str) -> None:
    error = run(*words).exception
    assert isinstance(error, ValueError | KeyError)
    assert message in error.args[0]
