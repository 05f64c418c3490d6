from __future__ import annotations

import ast
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from jobs.questions import NAMES, all_questions, parse_moment, parse_option, question

QUERIES = Path(__file__).parents[2] / "queries"


def modules() -> list[Path]:
    return [path for path in sorted(QUERIES.glob("*.py")) if path.stem != "__init__"]


def test_every_question_is_a_file() -> None:
    assert set(NAMES) <= {path.stem for path in modules()}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_a_module_has_a_function_of_its_name_and_says_what_it_asks(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert ast.get_docstring(functions[path.stem])
    assert (ast.get_docstring(tree) or "").splitlines()[0].count("?") >= 1


@pytest.mark.parametrize("name", NAMES)
def test_a_question_states_its_grain(name: str) -> None:
    asked = question(name)
    assert "Grain: one row" in (asked.function.__doc__ or "")
    assert asked.summary.endswith("?")
    assert asked.tables


def test_names_are_in_order_and_suggested() -> None:
    assert list(NAMES) == sorted(NAMES) == [asked.name for asked in all_questions()]
    with pytest.raises(KeyError, match="Did you mean 'total_cost'"):
        question("total_csot")


def test_options_that_are_strange_or_missing_are_named() -> None:
    with pytest.raises(ValueError, match="total_cost has no option grain; its options: start, end, by, where"):
        question("total_cost").ask({"grain": "day"})
    with pytest.raises(ValueError, match=r"top_movers needs as_of; its options: as_of \(needed\), minimum_spend"):
        question("top_movers").ask({})


@pytest.mark.parametrize(
    ("name", "option", "texts", "value"),
    [
        ("spend", "start", ["2026-01-05"], datetime(2026, 1, 5, tzinfo=UTC)),
        ("spend", "end", ["2026-01-05T12:00:00+02:00"], datetime(2026, 1, 5, 10, tzinfo=UTC)),
        ("spend", "by", ["app_id", "team_id,meter"], ["app_id", "team_id", "meter"]),
        ("spend", "where", ["app_id=a", "app_id=b=c", "meter=m"], {"app_id": ["a", "b=c"], "meter": ["m"]}),
        ("spend", "grain", ["week"], "week"),
        ("top_movers", "minimum_spend", ["0.10"], Decimal("0.10")),
        ("top_movers", "factor", ["4"], 4),
        ("data_quality", "grain", ["day"], "day"),
        ("top_spend", "by", ["app_id"], "app_id"),
    ],
)
def test_options_are_parsed(name: str, option: str, texts: list[str], value: object) -> None:
    assert parse_option(option, question(name).options[option], texts) == value


@pytest.mark.parametrize(
    ("name", "option", "texts", "message"),
    [
        ("spend", "start", ["5 Jan"], "start '5 Jan' is no day or time; write 2026-01-05"),
        ("spend", "start", ["2026-01-05", "2026-01-06"], "start is given 2 times; it takes one value"),
        ("spend", "where", ["app_id"], "where 'app_id' says no value; write dimension=value"),
        ("top_movers", "minimum_spend", ["ten"], "minimum_spend 'ten' is no decimal number"),
        ("top_movers", "minimum_spend", ["NaN"], "minimum_spend 'NaN' is no decimal number"),
        ("top_movers", "limit", ["1.5"], "limit '1.5' is no whole number"),
    ],
)
def test_what_cannot_be_parsed_is_said(name: str, option: str, texts: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_option(option, question(name).options[option], texts)


def test_a_choice_suggests() -> None:
    with pytest.raises(KeyError, match="Did you mean 'day'"):
        parse_option("grain", question("data_quality").options["grain"], ["days"])


def test_a_moment_without_a_zone_is_utc() -> None:
    assert parse_moment("2026-01-05T12:30") == parse_moment("2026-01-05T12:30:00Z")
