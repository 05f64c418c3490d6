from __future__ import annotations

from pathlib import Path

import pytest

from metrics.catalog import DIMENSIONS, MEASURES, dimension, measure, reference
from warehouse.tables import table

DOCS = Path(__file__).parents[2] / "docs"


def test_docs_say_what_the_catalog_says() -> None:
    text = (DOCS / "metrics.md").read_text(encoding="utf-8")
    assert text == reference(), "docs/metrics.md is out of date: python -m metrics.catalog > docs/metrics.md"


@pytest.mark.parametrize("name", MEASURES)
def test_measures_are_complete(name: str) -> None:
    one = measure(name)
    assert one.name == name
    assert one.label
    assert one.unit_in("EUR")
    assert "{" not in one.unit_in("EUR")
    assert one.description.endswith(".")
    one.expr(table("charges"))


@pytest.mark.parametrize("name", DIMENSIONS)
def test_dimensions_are_complete(name: str) -> None:
    one = dimension(name)
    assert (one.name, bool(one.label)) == (name, True)
    assert one.description.endswith((".", "…"))
    assert one.expr(table("charges")).get_name()


def test_no_name_is_both_a_measure_and_a_dimension() -> None:
    assert not set(MEASURES) & set(DIMENSIONS)


def test_money_is_in_the_stores_currency() -> None:
    assert measure("effective_cost").unit_in("EUR") == "EUR"
    assert measure("cost_per_1m_tokens").unit_in("USD") == "USD per 1000000 Tokens"
    assert measure("requests").unit_in("USD") == "Requests"


@pytest.mark.parametrize(
    ("find", "name", "message"),
    [
        (measure, "billed_costs", "unknown measure 'billed_costs'. Did you mean 'billed_cost'?"),
        (dimension, "app", "unknown dimension 'app'. Did you mean 'app_id'?"),
    ],
)
def test_unknown_names_are_suggested(find, name: str, message: str) -> None:
    with pytest.raises(KeyError) as error:
        find(name)
    assert error.value.args[0] == message


def test_a_name_like_no_other_lists_them_all() -> None:
    with pytest.raises(KeyError, match="There are hour, charge_date, week"):
        dimension("zzzzzz")
