"""The registry commands and the registry file, on the real histories."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jobs.cli import app
from jobs.registry_file import load_registry, read_registry
from warehouse.connect import Store
from warehouse.histories import OverlapError, record

DOCUMENTED = re.search(
    r"```yaml\n(.*?)```", (Path(__file__).parents[2] / "docs" / "registry.md").read_text(encoding="utf-8"), re.DOTALL
)
Farthing = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def farthing(store: Store, monkeypatch: pytest.MonkeyPatch) -> Farthing:
    """Run a command on the test's store and return the records it prints; what it raises, raises."""
    monkeypatch.setattr("warehouse.start.open_store", lambda: nullcontext(store))

    def run(*words: str) -> list[dict[str, Any]]:
        result = CliRunner().invoke(app, [*words, "--format", "json"], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return run


@pytest.fixture
def two_teams(farthing: Farthing) -> Farthing:
    for center in ("cc-1", "cc-2"):
        farthing("cost-centers", "register", center, "--mode", "chargeback")
    farthing("teams", "register", "search", "--name", "Search", "--cost-center", "cc-1")
    farthing("teams", "register", "growth", "--cost-center", "cc-2")
    return farthing


def test_an_app_is_registered_transferred_and_listed_as_of_then(two_teams: Farthing) -> None:
    two_teams(
        "apps", "register", "ranker", "--team", "search", "--at", "2026-01-01", "--by", "ada", "--evidence", "T-1"
    )
    two_teams("apps", "transfer", "ranker", "--team", "growth", "--at", "2026-03-02T13:15:00Z", "--by", "eve")

    def team_at(at: str) -> list[str]:
        return [row["team_id"] for row in two_teams("apps", "list", "--at", at)]

    assert team_at("2025-12-31") == []
    assert team_at("2026-03-02T13:14:59Z") == ["search"]
    assert team_at("2026-03-02T13:15:00Z") == ["growth"]
    history = two_teams("apps", "list", "--history")
    assert [(row["valid_from"], row["valid_to"], row["recorded_by"]) for row in history] == [
        ("2026-01-01T00:00:00Z", "2026-03-02T13:15:00Z", "eve"),
        ("2026-03-02T13:15:00Z", "2200-01-01T00:00:00Z", "eve"),
    ]
    assert history[0]["evidence"] == "T-1"


def test_registering_again_is_no_news_and_an_overlap_is_refused(two_teams: Farthing) -> None:
    words = ("apps", "register", "ranker", "--team", "search", "--at", "2026-01-01")
    assert two_teams(*words)[0]["recorded"] == "new"
    assert two_teams(*words)[0]["recorded"] == "known already"
    with pytest.raises(OverlapError, match="'ranker' would have two rows at once"):
        two_teams("apps", "register", "ranker", "--team", "growth", "--at", "2026-02-01")


def test_owners_of_resources_and_cost_centers_of_teams_change_too(two_teams: Farthing) -> None:
    two_teams("apps", "register", "ranker", "--team", "search")
    two_teams("owners", "register", "bucket/logs", "--app", "ranker", "--evidence", "commit 4f2c1aa")
    two_teams("owners", "transfer", "bucket/logs", "--team", "growth", "--at", "2026-02-01")
    two_teams("teams", "transfer", "search", "--cost-center", "cc-2", "--at", "2026-02-01")
    assert [(row["app_id"], row["team_id"]) for row in two_teams("owners", "list", "--at", "2026-01-31")] == [
        ("ranker", "")
    ]
    centers = {row["team_id"]: row["cost_center"] for row in two_teams("teams", "list", "--at", "2026-02-01")}
    assert centers == {"search": "cc-2", "growth": "cc-2"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("apps", "register", "x", "--team", "serach"), "knows no team_id 'serach'"),
        (("apps", "register", "x", "--team", "search", "--lifecycle", "forever"), "neither ephemeral nor persistent"),
        (("apps", "register", "x", "--team", "search", "--at", "2026-03-01T12:00"), "has no zone"),
        (("apps", "register", "x", "--team", "search", "--at", "yesterday"), "'yesterday' is no instant"),
        (("apps", "transfer", "ranker"), "nothing would change"),
        (("owners", "register", "bucket/logs"), "nobody would own"),
        (("owners", "register", "bucket/logs", "--app", "nope"), "knows no app_id 'nope'"),
        (("apps", "declare", "ranker", "--monthly-calls", "many"), "'many' is no number"),
        (("apps", "declare", "ranker", "--monthly-spend", "NaN"), "'NaN' is no amount"),
        (("apps", "declare", "ranker", "--monthly-spend", "-1"), "'ranker' declares nothing"),
        (("apps", "declare", "ranker"), "'ranker' declares nothing"),
        (("cost-centers", "register", "cc-3", "--mode", "invoice"), "none of showback, shadow, chargeback"),
    ],
)
def test_mistakes_are_named(two_teams: Farthing, words: tuple[str, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        two_teams(*words)
    assert two_teams("apps", "list") == []


def test_what_an_app_declares_at_onboarding_is_a_history(two_teams: Farthing, store: Store) -> None:
    two_teams("apps", "register", "ranker", "--team", "search")
    first = ("apps", "declare", "ranker", "--monthly-spend", "1200.50", "--by", "ada", "--evidence", "OPS-7")
    two_teams(*first)
    two_teams(*first)  # the same again is no news
    assert store.scalar("SELECT count() FROM app_declaration_records") == 1
    changed = two_teams("apps", "declare", "ranker", "--monthly-calls", "250000", "--at", "2026-02-01T08:00:00Z")
    assert [changed[0][name] for name in ("expected_calls", "expected_spend")] == ["250000", "1200.5"]
    two_teams("apps", "declare", "ranker", "--monthly-calls", "300000")  # from now on
    said = [
        (Decimal(row["expected_calls"]), Decimal(row["expected_spend"]), row["valid_from"], row["evidence"])
        for row in two_teams("apps", "declarations", "--app", "ranker")
    ]
    assert said[:2] == [
        (Decimal(0), Decimal("1200.5"), "2000-01-01T00:00:00Z", "OPS-7"),
        (Decimal(250_000), Decimal("1200.5"), "2026-02-01T08:00:00Z", ""),
    ]
    assert (len(said), said[2][0]) == (3, 300_000)


def test_strangers_declare_nothing(farthing: Farthing) -> None:
    with pytest.raises(KeyError, match="'ranker' is not registered"):
        farthing("apps", "declare", "ranker", "--monthly-spend", "5")


def test_what_is_not_there_cannot_be_transferred(two_teams: Farthing) -> None:
    with pytest.raises(KeyError, match="nothing is in force for app_id 'ranker'"):
        two_teams("apps", "transfer", "ranker", "--team", "growth")


def test_the_documented_file_loads_and_loading_it_twice_changes_nothing(
    store: Store, farthing: Farthing, tmp_path: Path
) -> None:
    assert DOCUMENTED
    file = tmp_path / "registry.yml"
    file.write_text(DOCUMENTED[1], encoding="utf-8")
    first = {row["section"]: row["new_rows"] for row in farthing("registry", "load", str(file), "--by", "ada")}
    assert first == {"cost_centers": 2, "teams": 3, "apps": 1, "declarations": 1, "resources": 2}
    assert not any(row["new_rows"] for row in farthing("registry", "load", str(file)))
    moved = store.rows(
        "SELECT cost_center, valid_from FROM teams WHERE team_id = 'personalization' ORDER BY valid_from"
    )
    assert moved[1] == {"cost_center": "cc-platform-dev", "valid_from": datetime(2026, 2, 1, 12, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("apps: {x: {team: nope}}", r"apps\.x names the team_id 'nope'.*add it to teams"),
        ("apps: {x: {tem: search}}", r"apps\.x: team: Field required; tem: Extra inputs"),
        ("declarations: {nope: {spend: 5}}", r"declarations\.nope names the app_id 'nope'.*add it to apps"),
        ("declarations: {x: {spend: -5}}", r"declarations\.x: spend: Input should be greater than or equal to 0"),
        ("squads: {}", "unknown section squads; there are cost_centers, teams"),
        ("teams: [search]", "teams is not a mapping"),
        ("teams: {search: {valid_from: 2026-01-01T12:00:00}}", "has no zone"),
        ("", "holds no registry"),
        ("teams: {a: {}, a: {}}", "'a' occurs twice"),
    ],
)
def test_a_broken_file_is_refused_whole(store: Store, tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "registry.yml"
    file.write_text(f"{text}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_registry(store, file, by="ada")
    assert store.scalar("SELECT count() FROM team_records") == 0


def test_a_file_may_name_what_the_store_knows(store: Store, tmp_path: Path) -> None:
    record(store, "teams", [{"team_id": "search", "cost_center": "cc-1"}], by="ada")
    file = tmp_path / "registry.yml"
    file.write_text("apps: {ranker: {team: search, lifecycle: ephemeral}}\n", encoding="utf-8")
    assert load_registry(store, file, by="ada") == {"apps": 1}


def test_dated_entries_end_where_the_next_begins(tmp_path: Path) -> None:
    file = tmp_path / "registry.yml"
    file.write_text(
        "teams:\n  a:\n    - {cost_center: x, valid_from: 2026-02-01}\n    - {cost_center: y}\n", encoding="utf-8"
    )
    rows = read_registry(file)["teams"]
    assert [(row["cost_center"], row["valid_to"]) for row in rows] == [
        ("y", datetime(2026, 2, 1, tzinfo=UTC)),
        ("x", datetime(2200, 1, 1, tzinfo=UTC)),
    ]
