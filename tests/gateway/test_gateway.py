"""The gateway answers ordinary clients as the store does, and nobody gets past its guard or their scope."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from base64 import b64encode
from decimal import Decimal
from pathlib import Path

import ibis
import pytest
from clickhouse_connect.driver.exceptions import DatabaseError

from config.settings import Settings
from queries.daily_spend import daily_spend
from queries.spend import spend
from tests.gateway.conftest import Served
from warehouse.errors import StoreError
from warehouse.gateway import MOST_MEMORY_BYTES
from warehouse.start import open_store
from warehouse.tables import table, to_sql

HOSTILE = (
    "DROP TABLE charges",
    "INSERT INTO charges SELECT * FROM charges",
    "SELECT * FROM file('/etc/passwd', 'LineAsString')",
    "SELECT file('/etc/passwd')",
    "SELECT FILE('/etc/passwd')",
    "SELECT `file`('/etc/passwd')",
    "DESCRIBE file('/etc/passwd', 'LineAsString')",
    "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')",
    "SELECT * FROM remote('127.0.0.1', 'system', 'one')",
    "SELECT * FROM executable('id', 'TSV', 'x String')",
    "SELECT * FROM python('x')",
    "SELECT * FROM eval('SELECT 1')",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE charges",
    "SELECT * FROM system.users",
    "SELECT * FROM system.query_log",
    "SET readonly = 0",
    "CREATE TEMPORARY TABLE t (x String)",
    "SELECT 1 INTO OUTFILE '/tmp/farthing-was-here'",
    "SELECT 1 SETTINGS max_execution_time = 9999",
    "SELECT * FROM {main}.charges",
    "SELECT * FROM `{main}`.`api_keys`",
    "SELECT * FROM {{d:Identifier}}.charges",
    "SELECT count() FROM charges WHERE app_id IN {main}.charges",
    "SELECT 'x' IN {main}.api_key_records",
    "SELECT in('x', {main}.api_key_records)",
    "SELECT arrayMap(x -> x IN {main}.api_key_records, ['a'])",
    "SELECT (SELECT count() FROM {main}.charges)",
    "SELECT * FROM charges UNION ALL SELECT * FROM {main}.charges",
    "WITH t AS (SELECT * FROM {main}.charges) SELECT * FROM t",
    "SELECT * FROM merge('{main}', '.*')",
    "SELECT * FROM loop({main}.charges)",
    "SELECT * FROM loop('{main}', 'charges')",
    "SELECT * FROM viewIfPermitted(SELECT 1 AS x ELSE null('x UInt8'))",
    "SELECT * FROM mergeTreeIndex('{main}', 'usage_events')",
    "SELECT joinGet('{main}.charges', 'app_id', 'x')",
    "SELECT dictGet('{main}.d', 'x', 1)",
    "SELECT hasColumnInTable('{main}', 'charges', 'app_id')",
    "SHOW TABLES FROM {main}",
    "SHOW DATABASES",
    "SHOW CREATE TABLE charges",
    "SHOW PROCESSLIST",
    "EXISTS TABLE {main}.charges",
    "KILL QUERY WHERE 1",
    "SYSTEM SHUTDOWN",
    "BACKUP DATABASE {main} TO File('x')",
    "ATTACH TABLE x",
    "USE {main}",
    "GRANT ALL ON *.* TO x",
    "SELECT sleep(3)",
    "SELECT aiGenerate('x')",
)


def test_answers_are_the_stores(served: Served) -> None:
    client = served.client()
    for question in (daily_spend(table("charges")), spend(table("charges"), by=["team_id", "meter"])):
        assert client.query_arrow(to_sql(question), use_strings=True).equals(served.store.arrow(question))
    total = "SELECT sum(effective_cost) FROM charges"
    assert client.query(total).result_rows == [(served.store.scalar(total),)]
    assert isinstance(client.query(total).result_rows[0][0], Decimal)
    assert len(client.query_df("SELECT * FROM usage LIMIT 10")) == 10
    assert client.command("SELECT 1") == 1


def test_parameters_settings_and_errors_are_the_engines(served: Served) -> None:
    client = served.client()
    said = 'it\'s "quoted"\nand \\ two lines'
    assert client.query("SELECT {a:String}", parameters={"a": said}).result_rows == [(said,)]
    with pytest.raises(DatabaseError, match="Code: 60"):
        client.query("SELECT * FROM nowhere")
    with pytest.raises(DatabaseError, match="Code: 62"):
        client.query("SELEC 1")
    with pytest.raises(DatabaseError, match="max_execution_time"):
        client.query("SELECT 1", settings={"max_execution_time": 9999})


def test_ibis_reads_through_it(served: Served) -> None:
    connection = ibis.clickhouse.connect(
        host="127.0.0.1", port=served.port, proxy_path="/clickhouse", user="notebook", password="all-token"
    )
    assert "charges" in connection.list_tables()
    charges = connection.table("charges")
    by_team = charges.group_by("team_id").agg(cost=charges.effective_cost.sum()).order_by("team_id").to_pyarrow()
    wanted = served.store.arrow("SELECT team_id, sum(effective_cost) AS cost FROM charges GROUP BY 1 ORDER BY 1")
    assert by_team["team_id"].to_pylist() == wanted["team_id"].to_pylist()
    assert [Decimal(str(cost)) for cost in by_team["cost"].to_pylist()] == pytest.approx(wanted["cost"].to_pylist())


def test_one_setting_opens_it_as_a_store(served: Served) -> None:
    with open_store(Settings(store=f"http://notebook:all-token@127.0.0.1:{served.port}")) as store:
        question = daily_spend(table("charges"))
        assert store.arrow(question).equals(served.store.arrow(question))
        total = "SELECT sum(effective_cost) FROM charges WHERE team_id = {team:String}"
        assert store.scalar(total, {"team": "growth"}) == served.store.scalar(total, {"team": "growth"}) > 0
        for change in (
            lambda: store.command("DROP TABLE charges"),
            lambda: store.insert_rows("charges", []),
            lambda: store.insert_arrow("charges", store.arrow(question)),
        ):
            with pytest.raises(StoreError, match="cannot be changed"):
                change()


def test_a_store_that_does_not_answer_says_what_to_do(served: Served) -> None:
    with pytest.raises(StoreError, match="FARTHING_GATEWAY=true") as caught:
        open_store(Settings(store=f"http://notebook:guessed@127.0.0.1:{served.port}"))
    assert "guessed" not in str(caught.value)


def test_a_lead_reads_the_own_team_only(served: Served) -> None:
    client = served.client("growth-token")
    assert client.query("SELECT DISTINCT team_id FROM charges").result_rows == [("growth",)]
    mine = served.store.scalar("SELECT sum(effective_cost) FROM charges WHERE team_id = 'growth'")
    assert client.query("SELECT sum(effective_cost) FROM charges").result_rows == [(mine,)]
    for name in ("usage", "batches", "quarantine", "cost_centers", "api_keys"):
        with pytest.raises(DatabaseError, match="Code: 60"):
            client.query(f"SELECT * FROM {name}")
    for statement in ("SELECT * FROM system.tables", "SELECT * FROM system.columns", "EXPLAIN ESTIMATE SELECT 1"):
        with pytest.raises(DatabaseError, match="Code: 497"):
            client.query(statement)


@pytest.mark.parametrize("token", ["all-token", "growth-token"])
@pytest.mark.parametrize("statement", HOSTILE)
def test_hostile_statements_are_refused(served: Served, statement: str, token: str) -> None:
    main = served.store.location.database
    before = served.store.scalar("SELECT count() FROM charges")
    with pytest.raises(DatabaseError, match=r"Code: (497|62)"):
        served.client(token).raw_query(statement.format(main=main), parameters={"d": main})
    assert served.store.scalar("SELECT count() FROM charges") == before
    assert not Path("/tmp/farthing-was-here").exists()


# Names of parameters are from outside, too: they stand beside the statement, and no engine reads them as text.
HOSTILE_NAMES = (
    "max_block_size = 1; CREATE TABLE default.pwned ENGINE = Memory AS SELECT 1 AS a; SET max_block_size",
    "output_format_write_statistics = 1, max_execution_time",
    "max_execution_time",
    "max_memory_usage",
    "output_format_schema",
    "format_schema",
    "format_template_resultset",
    "output_format_protobuf_no_such",
    "param_a = 1; DROP TABLE charges",
    "default_format; DROP TABLE charges",
)


@pytest.mark.parametrize("token", ["all-token", "growth-token"])
@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_only_known_settings_are_taken(served: Served, tmp_path: Path, name: str, token: str) -> None:
    written = tmp_path / "written"
    query = urllib.parse.urlencode({"query": "SELECT 1 AS a", "default_format": "Protobuf", name: str(written)})
    url = f"http://127.0.0.1:{served.port}/clickhouse?{query}"
    assert answered(url, {"Authorization": f"Bearer {token}"})[0] == 403
    assert not written.exists()
    assert served.store.scalar("SELECT count() FROM system.tables WHERE name = 'pwned'") == 0


def test_a_format_is_a_name(served: Served) -> None:
    query = urllib.parse.urlencode({"query": "SELECT 1", "default_format": "TSV INTO OUTFILE '/tmp/farthing-was-here'"})
    url = f"http://127.0.0.1:{served.port}/clickhouse?{query}"
    assert answered(url, {"Authorization": "Bearer growth-token"})[0] == 403


def test_a_statement_has_a_limit_of_memory(served: Served) -> None:
    assert served.client().query("SELECT getSetting('max_memory_usage')").result_rows == [(MOST_MEMORY_BYTES,)]


# Conditions on other columns than the team's: those the engine would gladly try first.
FAILS_ON_OTHERS = (
    ("charges", "throwIf(team_id != 'growth' AND effective_cost >= 0)"),
    ("daily_charges", "throwIf(team_id != 'growth' AND effective_cost >= 0)"),
    ("charges", "intDiv(0, app_id IN (SELECT app_id FROM apps))"),
    ("apps", "throwIf(app_id NOT IN (SELECT app_id FROM charges))"),
)


@pytest.mark.parametrize(("name", "fails"), FAILS_ON_OTHERS)
def test_conditions_of_a_lead_meet_no_row_of_others(served: Served, name: str, fails: str) -> None:
    client = served.client("growth-token")
    seen = client.query(f"SELECT count() FROM {name}").result_rows
    assert client.query(f"SELECT count() FROM {name} WHERE {fails} = 0").result_rows == seen


def test_nobody_without_a_token_gets_an_answer(served: Served) -> None:
    with pytest.raises(DatabaseError, match="516"):
        served.client("guessed")
    url = f"http://127.0.0.1:{served.port}/clickhouse?query=SELECT+1"
    for headers in ({}, {"Authorization": "Basic %%%"}, {"Authorization": "Basic " + b64encode(b"x").decode()}):
        assert answered(url, headers)[0] == 401


def test_only_this_machine_is_answered(served: Served) -> None:
    url = f"http://127.0.0.1:{served.port}/clickhouse/?query=SELECT+1"
    token = {"Authorization": "Bearer all-token"}
    assert answered(url, token) == (200, b"1\n")
    for forged in ({"Host": "farthing.example"}, {"X-Forwarded-For": "203.0.113.9"}):
        assert answered(url, {**token, **forged})[0] == 403


def answered(url: str, headers: dict[str, str]) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read()
