"""Commands while the app has the store: they have it done by the app, or say which app it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from jobs import cli
from metering.credentials.keys import create_key
from metering.credentials.local import Serving
from tests.sdk.serving import api_on, register
from warehouse.connect import Store
from warehouse.errors import StoreTaken

MANIFEST = """
{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app_id: shop, team_id: retail, lifecycle: ephemeral},
 annotations: {created_by: ana@example.com}}}
---
{apiVersion: v1, kind: ConfigMap}
"""
LINE = {"kind": "deploy", "resource_id": "pod-1", "app_id": "shop", "starts_at": "2026-01-05T11:00:00Z"}


@pytest.fixture
def url(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an app that has the store, so that no command can open it."""
    register(store)
    token = create_key(store, source="local-commands", scopes=["admin", "admit"], by="test")[1]

    def taken() -> None:
        raise StoreTaken("the store is in use by another process.")

    monkeypatch.setattr("warehouse.start.open_store", taken)
    with api_on(store) as address:
        monkeypatch.setattr("jobs.through._serving", lambda: Serving(address, token))
        yield address


def said(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words), catch_exceptions=False)


def test_manifests_are_checked_by_the_app(url: str, tmp_path: Path) -> None:
    good, bad, none = (tmp_path / f"{name}.yml" for name in ("good", "bad", "none"))
    good.write_text(MANIFEST, encoding="utf-8")
    bad.write_text(MANIFEST.replace("shop", "shopp"), encoding="utf-8")
    none.write_text("a: [", encoding="utf-8")
    fine = said("manifest", "check", str(good), "--format", "json")
    assert (fine.exit_code, [row["wrong"] for row in json.loads(fine.stdout)]) == (0, [""])
    assert "good.yml: not judged: ConfigMap v1" in fine.stderr
    wrong = said("manifest", "check", str(good), str(bad), "--format", "json")
    assert wrong.exit_code == 1
    assert [row["wrong"][:30] for row in json.loads(wrong.stdout)] == ["", "app_id=shopp is not registered"]
    with pytest.raises(ValueError, match=r"none\.yml: it is no YAML"):
        said("manifest", "check", str(none))


def test_evidence_is_taken_in_by_the_app(url: str, tmp_path: Path, store: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr("jobs.commands.reconcile._TOGETHER", 2)
    file = tmp_path / "deploys.jsonl"
    more = {"ends_at": "2026-01-05T13:00:00+01:00", "is_prefix": True, "reference": "4c1", "source": "ci"}
    lines = [LINE, {**LINE, "resource_id": "pod-2", **more}, {**LINE, "kind": "session"}]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert "3 records read, 3 of them new" in said("evidence", str(file)).stdout
    assert "3 records read, 0 of them new" in said("evidence", str(file)).stdout
    kept = store.rows(
        "SELECT kind, resource_id, is_prefix, toString(ends_at) AS ends, source FROM evidence ORDER BY ALL"
    )
    assert [tuple(row.values()) for row in kept] == [
        ("deploy", "pod-1", False, None, ""),
        ("deploy", "pod-2", True, "2026-01-05 12:00:00.000", "ci"),
        ("session", "pod-1", False, None, ""),
    ]


def test_apps_are_registered_by_the_app(url: str, tmp_path: Path, store: Store) -> None:
    file = tmp_path / "registry.yml"
    file.write_text(
        "teams: {growth: {cost_center: cc-retail}}\ncost_centers: {cc-retail: {mode: chargeback}}\n"
        "apps: {7: {team: growth, valid_from: 2026-02-01}}\n"
        "declarations: {shop: {spend: 1200.50, valid_from: 2026-02-01T08:00:00Z}}\n",
        encoding="utf-8",
    )
    loaded = json.loads(said("registry", "load", str(file), "--by", "ada", "--format", "json").stdout)
    assert {row["section"]: row["new_rows"] for row in loaded} == dict.fromkeys(
        ("cost_centers", "teams", "apps", "declarations"), 1
    )
    words = ("apps", "register", "ranker", "--team", "growth", "--at", "2026-03-01", "--by", "eve", "--format", "json")
    assert [json.loads(said(*words).stdout)[0]["recorded"] for _ in range(2)] == ["new", "known already"]
    said("owners", "register", "bucket/logs", "--app", "ranker")
    kept = store.rows("SELECT app_id, toString(valid_from) AS since FROM apps WHERE team_id = 'growth' ORDER BY app_id")
    assert [tuple(row.values()) for row in kept] == [
        ("7", "2026-02-01 00:00:00.000"), ("ranker", "2026-03-01 00:00:00.000"),
    ]  # fmt: skip
    assert store.scalar("SELECT app_id FROM ownerships WHERE resource_id = 'bucket/logs'") == "ranker"
    assert str(store.scalar("SELECT expected_spend FROM app_declarations")).startswith("1200.5")
    with pytest.raises(ValueError, match=r"apps\.x names the team_id 'grwoth'.*farthing teams register"):
        said("apps", "register", "x", "--team", "grwoth")
    file.write_text("apps: {x: {tem: growth}}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"registry\.yml: .*apps\.x: team: Field required"):
        said("registry", "load", str(file))


def test_what_the_app_refuses_is_said_in_its_words(url: str) -> None:
    with pytest.raises(ValueError, match="source: String should match pattern"):
        said("keys", "create", "Not A Name")
    with pytest.raises(ValueError, match="app nobody is not registered now"):
        said("keys", "create", "name", "--app", "nobody")


def test_what_only_the_store_can_do_says_which_app_has_it(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, way in (("reconcile list", f"use its page Attribution ({url}/attribution)"), ("rate", f"{url}/api")):
        monkeypatch.setattr("sys.argv", ["farthing", *words.split()])
        with pytest.raises(SystemExit):
            cli.main()
        text = capsys.readouterr().err
        assert "in use by another process" in text
        assert way in text
        assert text.count("It is the app") == 1


def test_an_app_that_was_killed_is_no_way(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    monkeypatch.setattr("warehouse.start.open_store", lambda: nullcontext(store))
    monkeypatch.setattr("jobs.through._serving", lambda: Serving("http://127.0.0.1:9", "gone"))
    done = said("keys", "list", "--format", "json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])
    assert "http://127.0.0.1:9 does not answer" in done.stderr
