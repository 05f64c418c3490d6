"""Keys and leases: who may send what, for whom, and until when."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jobs.declaring import declare
from metering.credentials import keys as api_keys
from metering.credentials import leases
from tests.api.conftest import ago, event
from tests.api.test_events_api import told
from warehouse.histories import record


@pytest.fixture
def granted(anybody, key):
    """Return a function that gives resource r-1 of the app search a lease."""
    giver = anybody.signed(key("platform", scopes=["leases"]))

    def grant(seconds: int = 600, **asked) -> dict:
        answer = giver.post("/v1/leases", json={"resource_id": "r-1", "app_id": "search", "seconds": seconds, **asked})
        assert answer.status_code == 201, answer.text
        return answer.json()

    grant.giver = giver
    return grant


def refused(answer, status: int, reason: str) -> dict:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["reason"] == reason
    return answer.json()


def now_event(**more):
    return event(**{"time": ago(seconds=0), **more})


# Keys


def test_without_a_credential_nothing_is_taken(anybody, store) -> None:
    answer = anybody.take(event())
    refused(answer, 401, "no_credential")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert store.scalar("SELECT count() FROM batches") == 0


def test_unless_a_setting_says_so_and_then_a_claim_counts_for_nothing(anybody, store, monkeypatch) -> None:
    from config.settings import settings

    monkeypatch.setenv("FARTHING_ANONYMOUS_EVENTS", "true")
    settings.cache_clear()
    try:
        told(anybody.take(event(app_id="search")), 1, 0, 0, 0)
        assert not store.scalar("SELECT any(is_authenticated) FROM usage")
        refused(anybody.post("/v1/leases", json={"resource_id": "r", "app_id": "search"}), 401, "no_credential")
    finally:
        settings.cache_clear()


@pytest.mark.parametrize("secret", ["x", "fa_000000000000_" + "A" * 43, "a.b.c", "Bearer"])
def test_what_is_no_credential_of_ours_is_refused(anybody, secret) -> None:
    assert anybody.signed(secret).take(event()).status_code == 401


def test_a_wrong_secret_of_a_known_key_is_refused(anybody, key) -> None:
    made = key()
    forged = made[:-1] + ("A" if made[-1] != "A" else "B")
    refused(anybody.signed(forged).take(event()), 401, "unknown_key")


def test_secrets_are_kept_nowhere(store, anybody, key, granted, caplog) -> None:
    made, lease = key(), granted()
    anybody.signed(made).take(event(), event(meter="nope"))
    anybody.signed(made + "x").take(event())
    anybody.signed(lease["token"]).take(now_event())
    anybody.signed(lease["token"] + "x").take(now_event())
    secrets = [made.rpartition("_")[2], lease["token"].rpartition(".")[2][:40]]
    anybody.app.state.intake.writer.refusals.write(store)
    tables = [row["name"] for row in store.rows("SELECT name FROM system.tables WHERE database = currentDatabase()")]
    for name in tables:
        text = repr(store.rows(f"SELECT * FROM {name}"))
        assert not [secret for secret in secrets if secret in text], name
    assert not [secret for secret in secrets if secret in caplog.text]


def test_an_expired_key_is_refused(anybody, key, store, monkeypatch) -> None:
    secret = key()
    row = store.rows("SELECT * FROM api_key_records")[0]
    store.command("TRUNCATE TABLE api_key_records")
    past = {"valid_from": row["valid_from"] - timedelta(days=9), "valid_to": row["valid_from"] - timedelta(days=2)}
    store.insert_rows("api_key_records", [{**row, **past}])
    anybody.app.state.intake.keyring.forget()
    refused(anybody.signed(secret).take(event()), 401, "ended_key")


def test_a_revoked_key_is_refused_at_once(anybody, key, store) -> None:
    admin, secret = anybody.signed(key("boss", scopes=["admin"])), key("exporter")
    told(anybody.signed(secret).take(event()), 1, 0, 0, 0)
    (found,) = [row for row in admin.get("/v1/keys").json() if row["source"] == "exporter"]
    assert admin.delete(f"/v1/keys/{found['key_id']}").status_code == 204
    refused(anybody.signed(secret).take(event()), 401, "ended_key")
    refused(admin.delete(f"/v1/keys/{found['key_id']}"), 404, "unknown_key")


def test_a_rotated_key_and_its_successor_are_one_source(anybody, key) -> None:
    admin, secret, sent = anybody.signed(key("boss", scopes=["admin"])), key("exporter"), event()
    told(anybody.signed(secret).take(sent), 1, 0, 0, 0)
    (found,) = [row for row in admin.get("/v1/keys").json() if row["source"] == "exporter"]
    made = admin.post(f"/v1/keys/{found['key_id']}/rotate", json={"overlap_hours": 1}).json()
    told(anybody.signed(made["secret"]).take(sent), 0, 1, 0, 0)
    told(anybody.signed(secret).take(sent), 0, 1, 0, 0)
    gone = admin.post(f"/v1/keys/{made['key_id']}/rotate", json={"overlap_hours": 0}).json()
    refused(anybody.signed(made["secret"]).take(sent), 401, "ended_key")
    told(anybody.signed(gone["secret"]).take(sent), 0, 1, 0, 0)


def test_scopes_are_kept_apart(anybody, key) -> None:
    refused(anybody.signed(key("a", scopes=["leases"])).take(event()), 403, "missing_scope")
    sender = anybody.signed(key("b"))
    refused(sender.post("/v1/leases", json={"resource_id": "r", "app_id": "search"}), 403, "missing_scope")
    refused(sender.get("/v1/keys"), 403, "missing_scope")
    refused(sender.post("/v1/keys", json={"source": "c", "scopes": ["admin"]}), 403, "missing_scope")


def test_amounts_of_money_need_their_own_scope(anybody, key) -> None:
    cost = {
        "type": "platform_cost", "event_id": "c1", "period_start": ago(days=2), "period_end": ago(days=1),
        "cost_type": "support", "amount": "12.50", "currency": "USD",
    }  # fmt: skip
    refused(anybody.signed(key("a")).take(cost), 403, "missing_scope")
    told(anybody.signed(key("biller", scopes=["ingest", "costs"])).take(cost), 1, 0, 0, 0)


def test_a_key_of_one_app_speaks_for_it_and_nobody_else(anybody, key, store) -> None:
    own = anybody.signed(key("search-exporter", app_ids=["search"]))
    sent = event()
    results = told(own.take(sent, event(app_id="summarizer"), event(app_id="search")), 2, 0, 0, 1)
    assert (results[0]["index"], results[0]["reason"]) == (1, "foreign_app")
    assert {row["app_id"] for row in store.rows("SELECT app_id FROM usage")} == {"search"}
    refused(own.take(event(app_id="summarizer")), 403, "foreign_app")


def test_a_key_of_several_apps_is_told_to_say_which(anybody, key) -> None:
    both = anybody.signed(key("both", app_ids=["search", "summarizer"]))
    refused(both.take(event()), 403, "app_missing")
    told(both.take(event(app_id="search")), 1, 0, 0, 0)


@pytest.mark.parametrize("field", ["team_id", "cost_center", "cost", "owner"])
def test_an_owner_or_a_cost_in_a_body_counts_for_nothing(client, store, field) -> None:
    (result,) = told(client.take(event(**{field: "mine"})), 0, 0, 1, 0)
    assert result["reason"] == "malformed"
    assert field in result["detail"]


def test_a_key_is_made_only_for_what_there_is(registered) -> None:
    for wrong in (
        {"source": "Not A Name"},
        {"scopes": ["all"]},
        {"scopes": []},
        {"app_ids": ["nope"]},
        {"days": 0},
        {"scopes": ["query:"]},
        *({"source": name} for name in ("local", "anonymous", "bus", "inbox")),
    ):
        with pytest.raises(ValueError, match=r"."):
            api_keys.create_key(registered, **{"source": "fine", "by": "test", **wrong})


def test_registered_is_registered_now_and_a_key_is_rotated_all_the_same(registered) -> None:
    held = api_keys.create_key(registered, source="late", app_ids=["search"], by="test")[0]
    now = datetime.now(UTC)
    record(registered, "apps", [{"app_id": "search", "app_name": "search", "team_id": "blue", "valid_to": now}], by="t")
    ahead = {"app_id": "ahead", "team_id": "blue", "valid_from": now + timedelta(days=1)}
    record(registered, "apps", [ahead], by="t")
    for app in ("search", "ahead"):
        with pytest.raises(ValueError, match="is not registered now"):
            api_keys.create_key(registered, source="fine", app_ids=[app], by="test")
    with pytest.raises(KeyError, match="is not registered"):
        declare(registered, "search", {"expected_calls": Decimal(1)}, by="test")
    assert declare(registered, "ahead", {"expected_calls": Decimal(1)}, by="test")["expected_calls"] == 1
    # What happened while the app was there may still come, under the successor of its key.
    assert api_keys.rotate_key(registered, held.key_id, by="test")[0].app_ids == {"search"}


# Leases


def test_a_lease_sends_for_its_resource_and_app(anybody, granted, store) -> None:
    lease = granted()
    own = anybody.signed(lease["token"])
    told(
        own.take(now_event(), now_event(resource_id=""), now_event(app_id="search", lease_id=lease["lease_id"])),
        3,
        0,
        0,
        0,
    )
    rows = store.rows("SELECT DISTINCT source, resource_id, lease_id FROM usage")
    assert rows == [{"source": "/app/search", "resource_id": "r-1", "lease_id": lease["lease_id"]}]
    assert "token" not in json.dumps(rows)


def test_a_lease_says_where_its_app_is_booked(registered) -> None:
    def center() -> str:
        return leases.owner(registered, "search")["cost_center"]

    assert center() == "cc-blue"
    record(registered, "teams", [{"team_id": "blue", "cost_center": "cc-navy"}], by="test")
    assert center() == "cc-navy"
    own = {"app_id": "search", "app_name": "search", "team_id": "blue", "cost_center": "cc-own"}
    record(registered, "apps", [own], by="test")
    assert center() == "cc-own"


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ({"resource_id": "r-2"}, "foreign_resource"),
        ({"app_id": "summarizer"}, "foreign_app"),
        ({"lease_id": "ls_" + "0" * 24}, "foreign_lease"),
        ({"time": "2020-01-01T00:00:00Z"}, "outside_lease"),
    ],
)
def test_a_lease_speaks_for_nobody_else(anybody, granted, claim, reason) -> None:
    own = anybody.signed(granted()["token"])
    refused(own.take(now_event(**claim)), 403, reason)
    (result,) = told(own.take(now_event(), now_event(**claim)), 1, 0, 0, 1)
    assert result["reason"] == reason


def test_a_key_of_an_app_may_not_name_a_revoked_lease(anybody, granted, key) -> None:
    lease, own = granted(), anybody.signed(key("own", app_ids=["search"]))
    told(own.take(event(lease_id=lease["lease_id"])), 1, 0, 0, 0)
    assert granted.giver.post(f"/v1/leases/{lease['lease_id']}/revoke").status_code == 204
    refused(own.take(event(lease_id=lease["lease_id"])), 403, "revoked_lease")


def test_a_lease_of_another_app_is_foreign(anybody, granted) -> None:
    other = granted(app_id="summarizer")
    refused(anybody.signed(granted()["token"]).take(now_event(lease_id=other["lease_id"])), 403, "foreign_lease")


def test_what_an_earlier_lease_left_is_sent_under_a_later_one(anybody, granted, store) -> None:
    first, second = granted(), granted(resource_id="r-9")
    told(anybody.signed(second["token"]).take(now_event(lease_id=first["lease_id"])), 1, 0, 0, 0)
    row = store.rows("SELECT source, resource_id, lease_id FROM usage")[0]
    assert row == {"source": "/app/search", "resource_id": "r-1", "lease_id": first["lease_id"]}


def test_a_lease_that_ended_takes_what_happened_before(anybody, granted) -> None:
    lease = granted()
    own = anybody.signed(lease["token"])
    before = now_event()
    assert own.delete(f"/v1/leases/{lease['lease_id']}").status_code == 204
    told(own.take(before), 1, 0, 0, 0)
    after = now_event(time=(datetime.now(UTC) + timedelta(seconds=2)).isoformat())
    refused(own.take(after), 403, "outside_lease")
    refused(own.post(f"/v1/leases/{lease['lease_id']}/renew", json={}), 409, "ended_lease")


def test_a_revoked_lease_takes_nothing_at_all(anybody, granted) -> None:
    lease = granted()
    own = anybody.signed(lease["token"])
    before = now_event()
    refused(own.post(f"/v1/leases/{lease['lease_id']}/revoke"), 403, "missing_scope")
    assert granted.giver.post(f"/v1/leases/{lease['lease_id']}/revoke").status_code == 204
    refused(own.take(before), 401, "revoked_lease")


def test_a_lease_that_ended_can_still_be_revoked(anybody, granted, store) -> None:
    lease = granted()
    own, before = anybody.signed(lease["token"]), now_event()
    assert own.delete(f"/v1/leases/{lease['lease_id']}").status_code == 204
    assert granted.giver.post(f"/v1/leases/{lease['lease_id']}/revoke").status_code == 204
    refused(own.take(before), 401, "revoked_lease")
    assert leases.find(store, lease["lease_id"]).is_revoked


def test_a_lease_is_renewed_and_its_old_token_speaks_for_its_own_time(anybody, granted) -> None:
    lease = granted(seconds=1)
    renewed = anybody.signed(lease["token"]).post(f"/v1/leases/{lease['lease_id']}/renew", json={"seconds": 600}).json()
    assert renewed["lease_id"] == lease["lease_id"]
    assert renewed["valid_to"] > lease["valid_to"]
    later = now_event(time=(datetime.now(UTC) + timedelta(seconds=60)).isoformat())
    refused(anybody.signed(lease["token"]).take(later), 403, "outside_lease")
    told(anybody.signed(renewed["token"]).take(later), 1, 0, 0, 0)


def test_a_token_that_is_over_neither_renews_nor_ends_its_lease(anybody, granted, store) -> None:
    lease = granted()
    intake = anybody.app.state.intake
    held = leases.find(store, lease["lease_id"])
    # The same lease, by a token of its beginning that is over.
    now = datetime.now(UTC)
    over = replace(held, valid_from=now - timedelta(seconds=20), valid_to=now - timedelta(seconds=5))
    old = anybody.signed(leases.token(intake.keyring.signing, over, {}))
    refused(old.post(f"/v1/leases/{lease['lease_id']}/renew", json={"seconds": 3600}), 409, "ended_lease")
    refused(old.delete(f"/v1/leases/{lease['lease_id']}"), 409, "ended_lease")
    assert leases.find(store, lease["lease_id"]).valid_to == held.valid_to
    told(old.take(now_event(time=(now - timedelta(seconds=10)).isoformat())), 1, 0, 0, 0)
    fresh = anybody.signed(lease["token"])
    assert fresh.post(f"/v1/leases/{lease['lease_id']}/renew", json={"seconds": 3600}).status_code == 200
    assert fresh.delete(f"/v1/leases/{lease['lease_id']}").status_code == 204


def test_a_lease_long_over_proves_nothing(anybody, granted, store) -> None:
    lease = granted()
    row = store.rows("SELECT * FROM lease_records")[0]
    store.command("TRUNCATE TABLE lease_records")
    past = {"valid_from": row["valid_from"] - timedelta(days=5), "valid_to": row["valid_from"] - timedelta(days=4)}
    store.insert_rows("lease_records", [{**row, **past}])
    anybody.app.state.intake.keyring.forget()
    anybody.app.state.intake.keyring.refresh()
    refused(anybody.signed(lease["token"]).take(now_event()), 401, "ended_lease")


def test_leases_are_given_for_registered_apps_of_the_key(anybody, key) -> None:
    giver = anybody.signed(key("red", scopes=["leases"], app_ids=["search"]))
    ask = {"resource_id": "r-1", "seconds": 60}
    refused(giver.post("/v1/leases", json={**ask, "app_id": "summarizer"}), 403, "foreign_app")
    refused(
        anybody.signed(key("all", scopes=["leases"])).post("/v1/leases", json={**ask, "app_id": "no"}),
        404,
        "unknown_app",
    )
    for wrong in ({"seconds": 0}, {"seconds": 86_401}, {"resource_id": ""}, {"cost_center": "mine"}):
        refused(giver.post("/v1/leases", json={**ask, "app_id": "search", **wrong}), 422, "invalid")


def test_nobody_else_touches_a_lease(anybody, key, granted) -> None:
    lease, other = granted(), granted(resource_id="r-2", app_id="summarizer")
    for caller in (anybody.signed(other["token"]), anybody.signed(key("x", scopes=["leases"], app_ids=["summarizer"]))):
        refused(caller.delete(f"/v1/leases/{lease['lease_id']}"), 404, "unknown_lease")
        refused(caller.post(f"/v1/leases/{lease['lease_id']}/renew", json={}), 404, "unknown_lease")


def forgeries(real: str, signing) -> dict[str, str]:
    claims = jwt.decode(real, options={"verify_signature": False})
    header = {"kid": jwt.get_unverified_header(real)["kid"]}
    stranger = Ed25519PrivateKey.generate()
    public = signing.public[signing.key_id].public_bytes_raw()
    return {
        "no signature": jwt.encode(claims, None, algorithm="none", headers=header),
        "another key": jwt.encode(claims, stranger, algorithm="EdDSA", headers=header),
        "the public key as a secret": jwt.encode(claims, public, algorithm="HS256", headers=header),
        "an unknown key id": jwt.encode(claims, signing.private, algorithm="EdDSA", headers={"kid": "other"}),
        "no key id": jwt.encode(claims, signing.private, algorithm="EdDSA"),
        "another audience": jwt.encode({**claims, "aud": "else"}, signing.private, algorithm="EdDSA", headers=header),
        "another issuer": jwt.encode({**claims, "iss": "else"}, signing.private, algorithm="EdDSA", headers=header),
        "no end": jwt.encode({k: v for k, v in claims.items() if k != "exp"}, signing.private, "EdDSA", header),
        "no id": jwt.encode({k: v for k, v in claims.items() if k != "jti"}, signing.private, "EdDSA", header),
        "not yet": jwt.encode({**claims, "nbf": claims["exp"] + 9999}, signing.private, "EdDSA", header),
        "another payload": ".".join([real.split(".")[0], real.split(".")[1][:-4] + "AAAA", real.split(".")[2]]),
    }


def test_forged_tokens_prove_nothing(anybody, granted) -> None:
    real = granted()["token"]
    for name, forged in forgeries(real, anybody.app.state.intake.keyring.signing).items():
        assert anybody.signed(forged).take(now_event()).status_code == 401, name
    told(anybody.signed(real).take(now_event()), 1, 0, 0, 0)


def test_a_lease_that_was_never_given_proves_nothing(anybody, granted) -> None:
    signing = anybody.app.state.intake.keyring.signing
    claims = jwt.decode(granted()["token"], options={"verify_signature": False}) | {"jti": "ls_" + "1" * 24}
    unknown = jwt.encode(claims, signing.private, "EdDSA", {"kid": signing.key_id})
    refused(anybody.signed(unknown).take(now_event()), 401, "unknown_lease")


def test_signing_keys_are_for_their_owner_only(tmp_path) -> None:
    from config.settings import Settings
    from metering.credentials.signing import signing_keys
    from warehouse.location import parse_location

    where, file = parse_location(f"chdb://{tmp_path / 'store'}"), tmp_path / "keys.json"
    options = Settings(lease_keys=file)
    first, again = signing_keys(where, options), signing_keys(where, options)
    assert first.key_id == again.key_id
    assert oct(file.stat().st_mode)[-3:] == "600"
    file.chmod(0o644)
    with pytest.raises(PermissionError, match="chmod 600"):
        signing_keys(where, options)
    file.chmod(0o600)
    file.write_text('{"a": "no key"}', encoding="utf-8")
    with pytest.raises(ValueError, match="does not hold signing keys"):
        signing_keys(where, options)
