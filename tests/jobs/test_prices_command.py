"""``farthing prices`` and the price recipes of ``farthing load``, as a person types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from billing.price_book import ConfigFiles, sync
from jobs.cli import app
from warehouse.connect import Store

Farthing = Callable[..., Result]
HEAD = "source: rate card\nchecked: 2026-01-01\nprices:\n  egress_bytes/us-east-1:\n"


@pytest.fixture
def farthing(store: Store, monkeypatch: pytest.MonkeyPatch) -> Farthing:
    """Run a command on the test's store; what it raises, raises."""
    monkeypatch.setattr("warehouse.start.open_store", lambda: nullcontext(store))
    return lambda *words: CliRunner().invoke(app, [*map(str, words), "--format", "json"], catch_exceptions=False)


def written(folder: Path, *entries: str) -> Path:
    folder.mkdir(exist_ok=True)
    text = "".join(f"    - {{{entry}}}\n" for entry in entries)
    (folder / "network.yml").write_text(HEAD + text, encoding="utf-8")
    return folder


def test_check_shows_what_the_next_rating_would_record(farthing: Farthing, store: Store, tmp_path: Path) -> None:
    folder = written(tmp_path / "prices", "valid_from: 2026-01-01, usd_per_gb: 0.09")
    checked = farthing("prices", "check", "--folder", folder)
    assert checked.exit_code == 0
    shown = [row for row in json.loads(checked.stdout) if row["history"] == "prices"]
    assert shown == [
        {
            "history": "prices",
            "change": "new",
            "key": "egress_bytes/us-east-1",
            "says": "0.09 / GB",
            "valid_from": "2026-01-01",
            "valid_to": "for ever",
        }
    ]
    sync(store, files=ConfigFiles(prices=folder))
    assert json.loads(farthing("prices", "check", "--folder", folder).stdout) == []

    written(folder, "valid_from: 2026-01-01, usd_per_gb: 0.09", "valid_from: 2026-03-01, usd_per_gb: 0.08")
    changes = json.loads(farthing("prices", "check", "--folder", folder).stdout)
    assert [(row["change"], row["says"], row["valid_to"]) for row in changes] == [
        ("ends", "0.09 / GB", "2026-03-01"),
        ("new", "0.08 / GB", "for ever"),
    ]


def test_check_fails_on_an_edit_and_records_nothing(farthing: Farthing, store: Store, tmp_path: Path) -> None:
    folder = written(tmp_path / "prices", "valid_from: 2026-01-01, usd_per_gb: 0.09")
    sync(store, files=ConfigFiles(prices=folder))
    written(folder, "valid_from: 2026-01-01, usd_per_gb: 0.10")
    checked = farthing("prices", "check", "--folder", folder)
    assert checked.exit_code == 1
    assert "has started as list_unit_price 0.09 (recorded by config/prices)" in checked.stderr
    assert "cannot become list_unit_price 0.1;" in checked.stderr
    with pytest.raises(ValueError, match=r"network\.yml: .*usd_per_hour"):
        farthing("prices", "check", "--folder", written(folder, "valid_from: 2026-01-01, usd_per_hour: 0.10"))
    assert store.scalar("SELECT count() FROM price_records") == 1


def test_list_shows_what_was_in_force_then(farthing: Farthing, store: Store, tmp_path: Path) -> None:
    entries = ("valid_from: 2026-01-01, usd_per_gb: 0.09", "valid_from: 2026-03-01, usd_per_gb: 0.08")
    sync(store, files=ConfigFiles(prices=written(tmp_path / "prices", *entries)))

    def price_at(at: str) -> list[str]:
        rows = json.loads(farthing("prices", "list", "--sku", "egress", "--at", at).stdout)
        return [row["list_unit_price"] for row in rows]

    assert price_at("2025-12-31") == []
    assert price_at("2026-02-28T23:59:59Z") == ["0.09"]
    assert price_at("2026-03-01") == ["0.08"]


def test_a_price_file_is_loaded_like_any_other(farthing: Farthing, tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(
        "instance_type,region,usd_per_hour,first_seen,next_change_seen\np5,us-east-1,98.32,2023-08-08,\n",
        encoding="utf-8",
    )
    for recorded in (1, 0):
        [row] = json.loads(farthing("load", "prices-ec2", path).stdout)
        assert row == {"recipe": "prices-ec2", "path": str(path), "prices": 1, "recorded": recorded}
    assert "prices-litellm" in {row["recipe"] for row in json.loads(farthing("load", "--list").stdout)}
    with pytest.raises(FileNotFoundError, match=r"no such file: .*nowhere\.csv"):
        farthing("load", "prices-ec2", tmp_path / "nowhere.csv")


def test_golden_usages_are_priced_in_a_store_of_their_own(data: Path, tmp_path: Path) -> None:
    # A process of its own: the engine has one store path per process.
    prices = data / "prices"
    checked = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("farthing")), "prices", "check"),
            *("--golden", str(prices / "llm_price_golden.csv.gz")),
            *("--data", str(prices / "genai_prices_data.json.gz")),
        ],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"FARTHING_STORE": f"chdb://{tmp_path}/store"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert "1539 of 1539 text-only usages priced exactly" in checked.stderr
    assert not (tmp_path / "store").exists()
