import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from jobs.output import Format, plain, show


def test_decimals_are_exact_text_without_exponent() -> None:
    assert plain(Decimal("0E-21")) == "0"
    assert plain(Decimal("96.791325000")) == "96.791325"
    assert plain(Decimal("1E+3")) == "1000"


def test_times_are_utc() -> None:
    assert plain(datetime(2026, 1, 5, 12, tzinfo=UTC)) == "2026-01-05T12:00:00Z"


ROW = {
    "cost_center": "cc-search",
    "app": "query-rewriter",
    "sku": "input_tokens/openai/gpt-4o",
    "quantity": Decimal("123456789.125"),
    "unit_price": "2.50",
    "amount": Decimal("308.642"),
}


def test_a_narrow_terminal_does_without_what_can_be_spared(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "64")
    show([ROW], Format.TABLE, spare=("cost_center", "unit_price", "app"))
    said = capsys.readouterr().out
    assert all(len(line) <= 64 for line in said.splitlines())
    assert "cost_center, unit_price: no room at this width" in said.replace("\n", " ")
    assert "123456789.125" in said  # numbers are never broken
    monkeypatch.setenv("COLUMNS", "200")
    show([ROW], Format.TABLE, spare=("cost_center", "unit_price", "app"))
    said = capsys.readouterr().out
    assert "cc-search" in said
    assert "no room" not in said
    show([ROW], Format.JSON, spare=tuple(ROW))
    assert json.loads(capsys.readouterr().out)[0].keys() == ROW.keys()


def test_a_spreadsheet_runs_nothing_of_a_csv(capsys: pytest.CaptureFixture[str]) -> None:
    show([{"app": "=cmd|calc", "=1+1": "@SUM(A1)", "change": Decimal("-4.20"), "said": "-0.5"}], Format.CSV)
    assert capsys.readouterr().out.splitlines() == ["app,'=1+1,change,said", "'=cmd|calc,'@SUM(A1),-4.2,-0.5"]


def test_what_fits_is_laid_out_so_that_no_id_is_broken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    row = {"flag_id": "F-9CA331FDA7", "app_id": "listing-explainer", "kind": "After a deploy", "status": "over"}
    show([row | {"impact": "1,134.05", "started_at": "2026-11-12 11:00"}], Format.TABLE)
    lines = capsys.readouterr().out.splitlines()
    assert any("F-9CA331FDA7" in line and "listing-explainer" in line for line in lines)
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(lines[0]) <= 80
