"""Usage that came without an owner: found by sure evidence, left to people where it is not, never lost meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jobs.giving import give
from jobs.moving import moves
from jobs.rate import rate
from jobs.reconcile import reconcile
from jobs.suggesting import Suggestion, suggestions, waiting
from metering.decode import decode_events
from metering.door import admit, history_terms
from metering.reconcile.decisions import Finding, confirm, settle, undo, words
from metering.reconcile.evidence import Evidence, note, parse_evidence, read_evidence
from queries.owner_candidates import owner_candidates
from queries.pending_usage import pending_usage
from warehouse.connect import Store
from warehouse.histories import record, transfer
from warehouse.tables import table

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
NOW = NOON + timedelta(hours=30)
ASKED: dict[str, Any] = {"as_of": NOW, "hours": 72}


@pytest.fixture
def platform(store: Store) -> Store:
    """Two apps of two teams, a price, and nothing used yet."""
    teams = [{"team_id": team, "cost_center": f"cc-{team}"} for team in ("red", "blue")]
    record(store, "teams", teams, by="test")
    apps = [{"app_id": "chat", "team_id": "red"}, {"app_id": "batch", "team_id": "blue"}]
    record(store, "apps", apps, by="test")
    price = {"sku_price_id": "p", "list_unit_price": Decimal(2), "tier_starts": [], "tier_unit_prices": [],
             "pricing_block": 1, "pricing_unit": "Requests"}  # fmt: skip
    record(store, "prices", [{"sku_id": "requests/p/m", **price}], by="test")
    return store


def use(store: Store, *resources: str, at: datetime = NOON, is_last: bool = True, **more: Any) -> None:
    """Use each resource once, for 2 USD; rated if it is the last use for now."""
    facts = {"type": "usage", "source": "s", "meter": "requests", "quantity": 1, "provider": "p", "model": "m"}
    events = [
        {
            **facts,
            "event_id": f"{resource}{at.isoformat()}{more}",
            "time": at.isoformat(),
            "resource_id": resource,
            **more,
        }
        for resource in resources
    ]
    for name, staged in decode_events(events).items():
        admit(store, name, staged, history_terms("test"))
    if is_last:
        rate(store)


def costs(store: Store) -> dict[tuple[str, str, bool], Decimal]:
    rows = store.rows(
        "SELECT app_id, cost_center, is_reconciled, sum(effective_cost) AS cost FROM charges GROUP BY ALL ORDER BY ALL"
    )
    return {(row["app_id"], row["cost_center"], row["is_reconciled"]): row["cost"] for row in rows}


def total(store: Store) -> Decimal:
    return sum(costs(store).values(), Decimal(0))


def suggested(store: Store) -> list[tuple[str, str, str, Decimal, int]]:
    return [(*_named(one), one.rivals) for one in suggestions(store, **ASKED)]


def _named(one: Suggestion) -> tuple[str, str, str, Decimal]:
    finding = one.finding
    return finding.resource_id, finding.app_id, finding.rule, finding.confidence


def evidence(kind: Any = "admission", resource: str = "pod-1", app: str = "chat", **more: Any) -> Evidence:
    return Evidence(kind=kind, resource_id=resource, app_id=app, starts_at=NOON - timedelta(hours=1), **more)


def test_what_has_no_owner_waits_with_its_deadline(platform: Store) -> None:
    use(platform, "pod-1", "pod-2", is_last=False)
    use(platform, "pod-1", at=NOON + timedelta(hours=2))
    rows = platform.rows(pending_usage(table("charges"), **ASKED))
    assert [(row["resource_id"], row["state"], row["effective_cost"], row["event_count"]) for row in rows] == [
        ("pod-1", "pending", 4, 2),
        ("pod-2", "pending", 2, 1),
    ]
    assert (rows[0]["begins"], rows[0]["ends"]) == (NOON, NOON + timedelta(hours=3))
    assert rows[0]["deadline"] == NOON + timedelta(hours=72)
    late = {"as_of": NOON + timedelta(hours=73), "hours": 72}
    states = {
        (row["resource_id"], row["state"]): row["effective_cost"]
        for row in platform.rows(pending_usage(table("charges"), **late))
    }
    assert states == {("pod-1", "pending"): 2, ("pod-1", "unresolved"): 2, ("pod-2", "unresolved"): 2}


def test_each_kind_of_evidence_has_its_confidence(platform: Store) -> None:
    for number, kind in enumerate(("admission", "control_plane", "deploy", "commit", "session"), 1):
        use(platform, f"r-{number}", is_last=False)
        note(platform, [evidence(kind, f"r-{number}")])
    use(platform, "chat-7f9c-x2", is_last=False)
    note(platform, [evidence("admission", "chat-7f9c-", is_prefix=True)])
    use(platform, "leased", is_last=False)
    record(
        platform, "leases", [{"lease_id": "l1", "resource_id": "leased", "app_id": "chat", "valid_from": NOON}], by="t"
    )
    use(platform, "shared", is_last=False)
    use(platform, "shared", at=NOON + timedelta(hours=20), app_id="chat")
    assert {(resource, rule): confidence for resource, _, rule, confidence, _ in suggested(platform)} == {
        ("r-1", "admission"): Decimal("0.98"),
        ("r-2", "control_plane"): Decimal("0.95"),
        ("r-3", "deploy"): Decimal("0.80"),
        ("r-4", "commit"): Decimal("0.70"),
        ("r-5", "session"): Decimal("0.60"),
        ("chat-7f9c-x2", "admission_by_prefix"): Decimal("0.90"),
        ("leased", "lease"): Decimal("0.99"),
        ("shared", "same_resource"): Decimal("0.85"),
    }


def test_evidence_of_another_time_or_resource_says_nothing(platform: Store) -> None:
    use(platform, "pod-1")
    note(platform, [evidence(resource="pod-11"), evidence("session", ends_at=NOON - timedelta(minutes=1))])
    note(platform, [Evidence(kind="session", resource_id="pod-1", app_id="chat", starts_at=NOON + timedelta(hours=1))])
    assert suggested(platform) == []


def test_sure_evidence_gives_usage_back_and_the_total_stays(platform: Store) -> None:
    use(platform, "pod-1", "pod-2")
    note(platform, [evidence(), evidence("session", "pod-2", "batch")])
    assert costs(platform) == {("", "cc-unattributed", False): Decimal(4)}
    found = reconcile(platform, now=NOW)
    assert [(finding.resource_id, finding.app_id) for finding in found.confirmed] == [("pod-1", "chat")]
    rate(platform)
    assert costs(platform) == {("", "cc-unattributed", False): Decimal(2), ("chat", "cc-red", True): Decimal(2)}
    assert [(word["word"], word["rule"], word["said_by"]) for word in words(platform)] == [
        ("confirmed", "admission", "rule")
    ]
    again = reconcile(platform, now=NOW)
    assert (again.confirmed, again.unresolved) == ((), ())


def test_running_before_the_next_rating_says_nothing_twice(platform: Store) -> None:
    use(platform, "pod-1")
    note(platform, [evidence()])
    reconcile(platform, now=NOW)
    reconcile(platform, now=NOW)
    assert platform.scalar("SELECT count() FROM reconciliation_words") == 1
    assert platform.scalar("SELECT count() FROM ownership_records") == 1


def test_the_beginning_of_a_name_decides_nothing_by_itself(platform: Store) -> None:
    use(platform, "=sum(1)", "chat-7f9c")
    note(platform, [evidence(kind, prefix, is_prefix=True) for kind in ("control_plane", "lease") for prefix in "=c"])
    assert {(rule, sure) for _, _, rule, sure, _ in suggested(platform)} == {
        ("control_plane_by_prefix", Decimal("0.9"))
    }
    assert reconcile(platform, now=NOW).confirmed == ()


def test_evidence_that_contradicts_itself_is_left_to_people(platform: Store) -> None:
    use(platform, "pod-1")
    note(platform, [evidence(), evidence("control_plane", app="batch")])
    assert [(app, rivals) for _, app, _, _, rivals in suggested(platform)] == [("chat", 1), ("batch", 1)]
    assert reconcile(platform, now=NOW).confirmed == ()


def test_what_the_window_left_over_goes_to_finance_once(platform: Store) -> None:
    use(platform, "pod-1")
    late = NOON + timedelta(hours=80)
    first = reconcile(platform, now=late)
    assert [(left.resource_id, left.owned_from) for left in first.unresolved] == [("pod-1", NOON)]
    assert reconcile(platform, now=late).unresolved == ()
    settle(platform, first.unresolved, "accepted", by="fin", reason="too small to follow")
    assert [(word["word"], word["said_by"]) for word in words(platform)] == [("accepted", "fin")]
    assert costs(platform) == {("", "cc-unattributed", False): Decimal(2)}
    with pytest.raises(ValueError, match="is not said of waiting usage"):
        settle(platform, first.unresolved, "forgotten", by="fin")


def test_what_finance_left_where_it_is_waits_no_more_and_later_usage_does(platform: Store) -> None:
    def left_over(now: datetime) -> list[tuple[str, datetime, Decimal]]:
        asked: dict[str, Any] = {"as_of": now, "hours": 72, "state": "unresolved"}
        rows = waiting(platform, **asked).to_pylist()
        return [(row["resource_id"], row["begins"], row["effective_cost"]) for row in rows]

    use(platform, "pod-1", "pod-2")
    late = NOON + timedelta(hours=80)
    pieces = reconcile(platform, now=late).unresolved
    assert left_over(late) == [("pod-1", NOON, 2), ("pod-2", NOON, 2)]
    settle(platform, [piece for piece in pieces if piece.resource_id == "pod-1"], "accepted", by="fin", reason="small")
    assert left_over(late) == [("pod-2", NOON, 2)]
    use(platform, "pod-1", at=NOON + timedelta(hours=5))
    assert left_over(late) == [("pod-1", NOON + timedelta(hours=5), 2), ("pod-2", NOON, 2)]
    assert [piece.owned_from for piece in reconcile(platform, now=late).unresolved] == [NOON + timedelta(hours=5)]
    assert total(platform) == 6


def test_a_word_says_whose_the_app_was(platform: Store) -> None:
    use(platform, "pod-1")
    transfer(platform, "apps", "chat", NOON + timedelta(days=1), {"team_id": "blue"}, by="test")
    note(platform, [evidence()])
    reconcile(platform, now=NOW)
    assert [(word["app_id"], word["team_id"]) for word in words(platform)] == [("chat", "red")]


def test_a_person_confirms_undoes_and_no_rule_does_it_again(platform: Store) -> None:
    use(platform, "pod-1")
    note(platform, [evidence()])
    (suggestion,) = suggestions(platform, **ASKED)
    assert confirm(platform, [suggestion.finding], by="ana") == 1
    rate(platform)
    assert ("chat", "cc-red", True) in costs(platform)
    undo(platform, "pod-1", NOON, by="ana", reason="wrong pod")
    rate(platform)
    assert costs(platform) == {("", "cc-unattributed", False): Decimal(2)}
    assert reconcile(platform, now=NOW).confirmed == ()
    with pytest.raises(KeyError, match="nothing confirmed stands"):
        undo(platform, "pod-1", NOON, by="ana", reason="again")
    assert [word["word"] for word in words(platform)] == ["undone"]
    assert total(platform) == 2


def test_an_owner_that_is_there_stays(platform: Store) -> None:
    owned = {"resource_id": "pod-1", "app_id": "batch", "valid_from": NOON + timedelta(hours=1),
             "valid_to": NOON + timedelta(hours=2)}  # fmt: skip
    record(platform, "ownerships", [owned], by="registry")
    for hour in range(4):
        use(platform, "pod-1", at=NOON + timedelta(hours=hour), is_last=hour == 3)
    note(platform, [evidence()])
    reconcile(platform, now=NOW)
    rate(platform)
    assert costs(platform) == {("batch", "cc-blue", False): Decimal(2), ("chat", "cc-red", True): Decimal(6)}


def test_what_cannot_be_given_is_named(platform: Store) -> None:
    finding = Finding(resource_id="pod-1", app_id="nobody", owned_from=NOON, owned_to=NOW, rule="person",
                      confidence=Decimal(1))  # fmt: skip
    with pytest.raises(KeyError, match="'nobody' was not registered"):
        confirm(platform, [finding], by="ana")
    nameless = Finding(resource_id="", app_id="chat", owned_from=NOON, owned_to=NOW, rule="person",
                       confidence=Decimal(1))  # fmt: skip
    with pytest.raises(ValueError, match="must name one"):
        confirm(platform, [nameless], by="ana")
    assert platform.scalar("SELECT count() FROM ownership_records") == 0


def test_the_same_record_is_kept_once_and_its_end_is_news(store: Store) -> None:
    session = evidence("session", reference="s-1", source="ide")
    assert (note(store, [session, session]), note(store, [session])) == (1, 0)
    ended = evidence("session", reference="s-1", source="ide", ends_at=NOON)
    assert note(store, [ended]) == 1
    assert store.rows("SELECT ends_at FROM evidence") == [{"ends_at": NOON}]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "rumor"}, "kind"),
        ({"app_id": ""}, "app_id"),
        ({"starts_at": "2026-01-05T11:00:00"}, "starts_at"),
        ({"ends_at": "2026-01-05T10:00:00Z"}, "before it starts"),
        ({"cost_center": "cc-red"}, "cost_center"),
        ({"resource_id": "=", "is_prefix": True}, "at least 4 characters"),
    ],
)
def test_a_record_that_is_no_evidence_is_named(change: dict[str, Any], problem: str) -> None:
    said = {"kind": "deploy", "resource_id": "pod-1", "app_id": "chat", "starts_at": "2026-01-05T11:00:00Z"}
    assert parse_evidence(said, where="f:1").starts_at == NOON - timedelta(hours=1)
    with pytest.raises(ValueError, match=rf"f:7 is no evidence.*{problem}"):
        parse_evidence({**said, **change}, where="f:7")


def test_evidence_of_a_time_without_waiting_usage_gives_nothing(platform: Store) -> None:
    """Between two pieces of usage, and in an hour of which it holds another part; an app that nobody registered."""
    for hours in (0, 3):
        use(platform, "pod-1", at=NOON + timedelta(hours=hours, minutes=45))
    use(platform, "pod-2", "pod-3", at=NOON + timedelta(minutes=30))
    sure: dict[str, Any] = {"kind": "control_plane", "app_id": "chat"}
    between = {"starts_at": NOON + timedelta(hours=1), "ends_at": NOON + timedelta(hours=2)}
    note(
        platform,
        [
            Evidence(resource_id="pod-1", **sure, **between),
            Evidence(resource_id="pod-2", **sure, starts_at=NOON + timedelta(minutes=45)),
            evidence("control_plane", "pod-3", "nobody"),
        ],
    )
    assert reconcile(platform, now=NOW).confirmed == ()
    assert platform.scalar("SELECT count() FROM reconciliation_words") == 0
    use(platform, "pod-2", at=NOON + timedelta(minutes=50))
    assert [one.resource_id for one in reconcile(platform, now=NOW).confirmed] == ["pod-2"]


def test_only_registered_apps_are_suggested_and_others_are_rivals(platform: Store) -> None:
    use(platform, "pod-1", "pod-2")
    note(platform, [evidence(app="a-nobody"), evidence("control_plane"), evidence("admission", "pod-2", "a-nobody")])
    rows = waiting(platform, **ASKED).to_pylist()
    named = {row["resource_id"]: (row["app_id"], row["cost_center"], row["rivals"]) for row in rows}
    assert (named["pod-1"], named["pod-2"][:2]) == (("chat", "cc-red", 1), ("", ""))


def test_what_moves_is_said_before_and_moves(platform: Store) -> None:
    """Evidence from the middle of an hour: what came before it stays, of that hour too."""
    for minutes in (-195, 10, 50, 60):
        use(platform, "pod-1", at=NOON + timedelta(minutes=minutes))
    deploy = {"kind": "deploy", "resource_id": "pod-1", "app_id": "chat"}
    note(platform, [Evidence(**deploy, starts_at=NOON + timedelta(minutes=30))])
    (suggestion,) = suggestions(platform, **ASKED)
    move, finding = suggestion.move, suggestion.finding
    assert (move.effective_cost, move.event_count, move.problem) == (4, 2, "")
    given = give(platform, [finding], by="ana")
    assert (given.rows, given.problems) == (1, ())
    rate(platform)
    assert costs(platform) == {("", "cc-unattributed", False): Decimal(4), ("chat", "cc-red", True): Decimal(4)}
    # What is left lies before the evidence: nothing would move.
    assert suggestions(platform, **ASKED) == []
    again = give(platform, [finding], by="ana")
    assert (again.moves, again.rows) == ((), 0)
    assert "nothing of 'pod-1' stands on the default cost center in [2026-01-05T12:30:00Z" in again.problems[0]


def test_candidates_are_laid_against_the_usage_and_many_findings_at_once(platform: Store) -> None:
    """What covers no usage neither stands nor rivals; the surest that covers some does; each finding is by itself."""
    for minutes in (10, 50, 130, 170):
        use(platform, "pod-1", at=NOON + timedelta(minutes=minutes), is_last=False)
    use(platform, "pod-2", at=NOON + timedelta(minutes=30))

    def said(kind: Any, app: str, begins: int, ends: int) -> Evidence:
        times = {"starts_at": NOON + timedelta(minutes=begins), "ends_at": NOON + timedelta(minutes=ends)}
        return Evidence(kind=kind, resource_id="pod-1", app_id=app, reference=f"{kind}-{begins}", **times)

    note(
        platform,
        [
            said("control_plane", "chat", 60, 120),  # between two pieces of usage
            said("deploy", "chat", 40, 135),  # two cut hours, one event of each
            said("session", "chat", 0, 180),  # all of it, but less sure
            said("admission", "batch", 11, 49),  # inside an hour, beside its usage
        ],
    )
    (one,) = suggestions(platform, **ASKED)
    assert (_named(one), one.rivals) == (("pod-1", "chat", "deploy", Decimal("0.80")), 0)
    assert (one.move.effective_cost, one.move.event_count, one.cost_center) == (4, 2, "cc-red")
    (row, other) = waiting(platform, **ASKED).to_pylist()
    assert (row["moving_cost"], row["moving_events"], row["event_count"]) == (4, 2, 4)
    assert (row["owned_from"], row["owned_to"]) == (NOON + timedelta(minutes=40), NOON + timedelta(minutes=135))
    assert (other["resource_id"], other["app_id"], other["moving_cost"]) == ("pod-2", "", None)
    parts = [(0, 240), (0, 15), (15, 55), (60, 120), (170, 171)]
    findings = [
        Finding(resource_id="pod-1", app_id="chat", owned_from=NOON + timedelta(minutes=begins), rule="person",
                owned_to=NOON + timedelta(minutes=ends), confidence=Decimal(1))
        for begins, ends in parts
    ]  # fmt: skip
    assert [(move.effective_cost, move.event_count) for move in moves(platform, findings)] == [
        (8, 4), (2, 1), (2, 1), (0, 0), (2, 1),
    ]  # fmt: skip
    assert (
        platform.rows("SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE 'staged%'") == []
    )


def test_an_app_is_suggested_and_given_to_only_where_the_registry_had_it(platform: Store) -> None:
    gone = {"app_id": "gone", "team_id": "red", "valid_to": NOON - timedelta(hours=1)}
    came = {"app_id": "came", "team_id": "red", "valid_from": NOON + timedelta(minutes=20)}
    record(platform, "apps", [gone, came], by="test")
    use(platform, "pod-1", "pod-2", at=NOON + timedelta(minutes=30))
    note(platform, [evidence(app="gone"), evidence(resource="pod-2", app="came")])
    assert {row["resource_id"]: row["app_id"] for row in waiting(platform, **ASKED).to_pylist()} == {
        "pod-1": "", "pod-2": "came",
    }  # fmt: skip
    assert [one.app_id for one in reconcile(platform, now=NOW).confirmed] == ["came"]


def test_giving_many_gives_those_that_can_be_given_and_names_the_rest(platform: Store) -> None:
    use(platform, "pod-1", "pod-2")
    shared = {"owned_from": NOON, "owned_to": NOON + timedelta(hours=1), "rule": "person", "confidence": Decimal(1)}
    given = give(
        platform,
        [Finding(resource_id="pod-1", app_id="chat", **shared), Finding(resource_id="pod-2", app_id="no", **shared)],
        by="ana",
    )
    assert ([move.finding.resource_id for move in given.moves], given.rows) == (["pod-1"], 1)
    assert given.problems == ("'pod-2': app 'no' was not registered then: `farthing apps register`",)


def test_a_revoked_lease_speaks_for_what_came_before_its_end_alone(platform: Store) -> None:
    ended = {"valid_from": NOON, "valid_to": NOON + timedelta(minutes=20), "evidence": "revoked by ops"}
    leases = [{"lease_id": pod, "resource_id": pod, "app_id": "chat", **ended} for pod in ("before", "after")]
    record(platform, "leases", leases, by="ops")
    use(platform, "before", at=NOON + timedelta(minutes=10))
    use(platform, "after", at=NOON + timedelta(minutes=40))
    assert [one.resource_id for one in reconcile(platform, now=NOW).confirmed] == ["before"]


def test_evidence_that_names_a_lease_speaks_for_the_time_of_that_lease_alone(platform: Store) -> None:
    """A revoked one until its revocation, one withdrawn at once never; a reference that is no lease is a note."""
    ends = {"cut": NOON + timedelta(minutes=20), "void": NOON}
    leases = [
        {"lease_id": f"ls-{name}", "resource_id": "elsewhere", "app_id": "chat", "valid_from": NOON, "valid_to": end}
        for name, end in ends.items()
    ]
    record(platform, "leases", leases, by="ops")
    for name in ("cut", "void", "note"):
        for minutes in (-5, 10, 40):
            use(platform, f"pod-{name}", at=NOON + timedelta(minutes=minutes), is_last=False)
    rate(platform)
    note(platform, [evidence("lease", f"pod-{name}", reference=f"ls-{name}") for name in ("cut", "void", "note")])
    note(platform, [evidence("session", "pod-void", "batch", reference="ls-cut")])
    found = {one.finding.resource_id: one for one in suggestions(platform, **ASKED)}
    assert {name: (one.finding.rule, one.move.event_count) for name, one in found.items()} == {
        "pod-cut": ("lease", 1), "pod-note": ("lease", 3), "pod-void": ("session", 3),
    }  # fmt: skip
    assert found["pod-cut"].finding.owned_to == NOON + timedelta(minutes=20)


def test_however_many_records_say_the_same_there_is_one_candidate(platform: Store) -> None:
    """Each pod of a controller is admitted with the same beginning: 300 records are one reason, and are all kept."""
    use(platform, "pod/a/chat-7f9c-1", "pod/a/chat-7f9c-2")
    times = [NOON - timedelta(hours=1, seconds=second) for second in range(300)]
    pod: dict[str, Any] = {"resource_id": "pod/a/chat-7f9c-", "is_prefix": True, "app_id": "chat"}
    note(platform, [Evidence(kind="admission", starts_at=at, reference=f"u-{at}", **pod) for at in times])
    # Apart from each other and from the usage: no reason at all.
    short = timedelta(milliseconds=1)
    note(platform, [Evidence(kind="session", starts_at=at, ends_at=at + short, **pod) for at in times])
    asked = [table(name) for name in ("charges", "evidence", "leases")]
    rows = platform.rows(owner_candidates(*asked, **ASKED))
    assert [(row["resource_id"][-1], row["rule"], row["records"]) for row in rows] == [
        ("1", "admission_by_prefix", 300), ("2", "admission_by_prefix", 300),
    ]  # fmt: skip
    assert [(row["app_id"], row["records"]) for row in waiting(platform, **ASKED).to_pylist()] == [("chat", 300)] * 2
    assert platform.scalar("SELECT count() FROM evidence") == 600


def test_of_times_apart_the_one_with_usage_inside_is_suggested(platform: Store) -> None:
    """Beside it in the same hour, inside that hour, and an hour that is held whole."""
    use(platform, "cut", at=NOON + timedelta(minutes=40), is_last=False)
    for hour in (0, 2):
        use(platform, "whole", at=NOON + timedelta(hours=hour, minutes=40))

    def session(resource: str, begins: int, ends: int) -> Evidence:
        times = {"starts_at": NOON + timedelta(minutes=begins), "ends_at": NOON + timedelta(minutes=ends)}
        return Evidence(kind="session", resource_id=resource, app_id="chat", **times)

    spans = {"cut": [(0, 10), (35, 50)], "whole": [(0, 10), (60, 110), (115, 190)]}
    note(platform, [session(resource, *span) for resource, times in spans.items() for span in times])
    found = {one.finding.resource_id: one for one in suggestions(platform, **ASKED)}
    assert {name: (one.finding.owned_from, one.move.event_count) for name, one in found.items()} == {
        "cut": (NOON + timedelta(minutes=35), 1), "whole": (NOON + timedelta(minutes=115), 1),
    }  # fmt: skip


def test_a_line_that_is_not_json_is_named_by_its_file_and_number() -> None:
    good = b'{"kind": "deploy", "resource_id": "pod-1", "app_id": "chat", "starts_at": "2026-01-05T11:00:00Z"}'
    assert [one.resource_id for one in read_evidence(b"\xef\xbb\xbf" + good + b"\n\n", name="f.jsonl")] == ["pod-1"]
    for bad in (b"{", b"\xff"):
        with pytest.raises(ValueError, match=r"f\.jsonl:3 is not JSON"):
            read_evidence(good + b"\n\n" + bad, name="f.jsonl")
