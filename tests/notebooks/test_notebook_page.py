"""``make notebooks``: a notebook run in a process of its own becomes a page that needs nothing from anywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from notebooks.__main__ import HERE, TITLES, executed, write
from notebooks.page import to_html, vega_entry, vega_scripts

CELL = """import marimo

app = marimo.App()

with app.setup:
    import altair as alt
    import marimo as mo
    import pandas as pd


@app.cell(hide_code=True)
def _():
    mo.md("# Costs & </script>")
    return


@app.cell
def _():
    told = {told}
    alt.Chart(pd.DataFrame({{"cost": [1, 2]}})).mark_bar().encode(x="cost:Q")
    return (told,)
"""


def test_every_notebook_has_a_title() -> None:
    assert set(TITLES) == {path.stem for path in HERE.glob("*.py")} - {"__main__", "page"}
    for name, title in TITLES.items():
        assert f'app_title="{title}"' in (HERE / f"{name}.py").read_text(encoding="utf-8")
        assert f"# {title}\n" in (HERE / f"{name}.py").read_text(encoding="utf-8")


def test_a_page_holds_all_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notebooks.__main__.HERE", tmp_path)
    (tmp_path / "spend.py").write_text(CELL.format(told="1"), encoding="utf-8")
    notebook = executed("spend", {})
    write("spend", tmp_path, notebook)
    page = (tmp_path / "spend.html").read_text(encoding="utf-8")
    assert not re.findall(r'(?:src|href)="(?!data:|\w+\.html")', page), "nothing is fetched"
    assert page.count('data-chart="0"') == 1
    assert len(json.loads(re.search(r'type="application/json">(.*?)</script>', page)[1])) == 1
    kept = json.loads((tmp_path / "spend.ipynb").read_text(encoding="utf-8"))
    data = kept["cells"][2]["outputs"][0]["data"]
    assert [isinstance(chart, dict) for kind, chart in data.items() if "vegalite" in kind] == [True]


def test_a_cell_that_fails_stops_the_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notebooks.__main__.HERE", tmp_path)
    (tmp_path / "spend.py").write_text(CELL.format(told="1 / 0"), encoding="utf-8")
    with pytest.raises(RuntimeError, match="division by zero"):
        executed("spend", {})


def test_the_modules_of_vega_are_all_there() -> None:
    scripts = vega_scripts()
    assert vega_entry()[0] in scripts
    assert all(address.startswith("data:text/javascript;base64,") for address in scripts.values())
    assert len(scripts) > 5


def test_a_page_without_charts_carries_no_vega() -> None:
    cells = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Only words"]}]
    setup = {"cell_type": "code", "id": "setup", "metadata": {}, "source": ["import marimo"], "outputs": []}
    page = to_html({"cells": [setup, *cells]}, "Words", {})
    assert "Only words" in page
    assert "base64" not in page
