import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from billing.dated_files import read_environments, read_rate_rules
from billing.price_files import read_price_files
from billing.pricing_units import units_of
from config.meters import meters
from config.strict_yaml import load_yaml
from warehouse.histories import FOREVER

HEAD = "source: rate card 2026\nchecked: 2026-01-15\nprices:\n"


def written(folder: Path, text: str, name: str = "some.yml") -> Path:
    (folder / name).write_text(HEAD + text, encoding="utf-8")
    return folder


def test_the_files_of_the_repository_are_valid() -> None:
    prices = {price.sku_id: price for price in read_price_files()}
    for region in ("us-east-1", "eu-west-1"):
        for sku in ("cpu_core_seconds", "memory_gb_seconds", "storage_gb_hours", "egress_bytes"):
            assert prices[f"{sku}/{region}"].list_unit_price > 0
        for instance_type in ("g4dn.xlarge", "g5.xlarge"):
            assert prices[f"gpu_seconds/{instance_type}/{region}"].pricing_block == 3600
    assert read_rate_rules()
    assert read_environments()


def test_the_documented_file_is_valid(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "prices.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "network.yml").write_text(example, encoding="utf-8")
    assert len(read_price_files(tmp_path)) == 3


def test_the_documented_units_are_those_there_are() -> None:
    text = (Path(__file__).parents[2] / "docs" / "prices.md").read_text(encoding="utf-8")
    for meter in meters().values():
        for unit in units_of(meter):
            assert re.search(rf"\| {meter.unit} \|.*`usd_per_{unit}`", text), (meter.unit, unit)


def test_the_unit_in_the_key_becomes_the_block(tmp_path: Path) -> None:
    written(
        tmp_path,
        """
  cpu_core_seconds/us-east-1: [{valid_from: 2026-01-01, usd_per_core_hour: 0.04048}]
  memory_gb_seconds/us-east-1: [{valid_from: 2026-01-01, usd_per_gb_hour: 0.004445}]
  storage_gb_hours/us-east-1: [{valid_from: 2026-01-01, usd_per_gb_hour: 0.00003}]
  storage_gb_hours/eu-west-1: [{valid_from: 2026-01-01, usd_per_gb_month: 0.023}]
  egress_bytes/us-east-1: [{valid_from: 2026-01-01, usd_per_gb: 0.09}]
  egress_bytes/eu-west-1: [{valid_from: 2026-01-01, usd_per_gib: 0.09}]
  input_tokens/openai/gpt-4o: [{valid_from: 2026-01-01, usd_per_mtok: 2.50}]
""",
    )
    said = {price.sku_id: (price.list_unit_price, price.pricing_block) for price in read_price_files(tmp_path)}
    assert said == {
        "cpu_core_seconds/us-east-1": (Decimal("0.04048"), 3_600),
        "memory_gb_seconds/us-east-1": (Decimal("0.004445"), 3_600),
        "storage_gb_hours/us-east-1": (Decimal("0.00003"), 1),
        "storage_gb_hours/eu-west-1": (Decimal("0.023"), 730),
        "egress_bytes/us-east-1": (Decimal("0.09"), 10**9),
        "egress_bytes/eu-west-1": (Decimal("0.09"), 2**30),
        "input_tokens/openai/gpt-4o": (Decimal("2.50"), 10**6),
    }


def test_every_meter_can_be_priced() -> None:
    assert all(units_of(meter) for meter in meters().values())


def test_a_price_ends_where_the_next_begins_and_keeps_where_it_is_from(tmp_path: Path) -> None:
    written(
        tmp_path,
        """
  egress_bytes/us-east-1:
    - {valid_from: 2026-01-01, usd_per_gb: 0.09}
    - {valid_from: 2026-03-01T06:00:00Z, usd_per_gb: 0.08, source: circular 7, checked: 2026-02-20}
""",
    )
    before, after = read_price_files(tmp_path)
    change = datetime(2026, 3, 1, 6, tzinfo=UTC)
    assert (before.valid_to, after.valid_from, after.valid_to) == (change, change, FOREVER)
    assert before.evidence == "rate card 2026 (checked 2026-01-15)"
    assert after.evidence == "circular 7 (checked 2026-02-20)"
    assert before.row()["sku_price_id"] == "egress_bytes/us-east-1@2026-01-01:config/prices"


def test_tiers_are_read(tmp_path: Path) -> None:
    written(
        tmp_path,
        """
  input_tokens/in-house/large:
    - {valid_from: 2026-01-01, usd_per_mtok: 3, tiers: [{above_tokens: 200000, usd_per_mtok: 6}]}
""",
    )
    [price] = read_price_files(tmp_path)
    assert price.tiers == ((200_000, Decimal(6)),)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("egress_bytes/eu: [{valid_from: 2026-01-01, usd_per_hour: 9}]", ["usd_per_hour: 9", " B;", "usd_per_gb"]),
        ("cpu_core_seconds/eu: [{valid_from: 2026-01-01, usd_per_mtok: 4}]", ["usd_per_mtok", "usd_per_core_hour"]),
        ("input_tokens/a/b: [{valid_from: 2026-01-01, eur_per_mtok: 4}]", ["eur_per_mtok", "currency", "usd_per_mtok"]),
        ("input_tokens/a/b: [{valid_from: 2026-01-01, price: 4}]", ["price", "usd_per_mtok"]),
        ("input_tokens/a/b: [{valid_from: 2026-01-01}]", ["no price", "usd_per_mtok"]),
        ("input_tokens/a/b: [{valid_from: 2026-01-01, usd_per_mtok: 4, usd_per_ktok: 1}]", ["exactly one"]),
        ("input_tokens/a/b: [{valid_from: 2026-01-01, usd_per_mtok: '4'}]", ["'4'", "bare"]),
        ("input_tokens/a/b: [{valid_from: 2026-01-01, usd_per_mtok: -4.5}]", ["-4.5", "0 up"]),
        ("input_tokens/a/b: [{valid_from: 2026-01-01, usd_per_mtok: 0.0000000000001}]", ["12 decimals"]),
        ("input_tokens/a/b: [{valid_from: soon, usd_per_mtok: 4}]", ["valid_from", "soon", "2026-01-31"]),
        ("input_tokens/a/b: [{valid_from: 2026-01-01T08:00:00, usd_per_mtok: 4}]", ["zone", "2026-01-31T08:00:00Z"]),
        ("input_tokens/a/b: []", ["is empty"]),
        ("input_token/a/b: [{valid_from: 2026-01-01, usd_per_mtok: 4}]", ["input_token", "input_tokens"]),
        ("egress_bytes: [{valid_from: 2026-01-01, usd_per_gb: 4}]", ["egress_bytes/<region>"]),
        ("egress_bytes/us/east: [{valid_from: 2026-01-01, usd_per_gb: 4}]", ["egress_bytes/<region>"]),
        (
            "input_tokens/a/b: [{valid_from: 2026-02-01, usd_per_mtok: 4}, {valid_from: 2026-01-01, usd_per_mtok: 5}]",
            ["rise", "append"],
        ),
        (
            "input_tokens/a/b: [{valid_from: 2026-02-01, usd_per_mtok: 4}, {valid_from: 2026-02-01, usd_per_mtok: 5}]",
            ["rise"],
        ),
        (
            "input_tokens/a: [{valid_from: 2026-02-01, usd_per_mtok: 4, tiers: [{above_tokens: 9, usd_per_ktok: 5}]}]",
            ["tiers", "usd_per_ktok", "usd_per_mtok"],
        ),
        (
            "egress_bytes/eu: [{valid_from: 2026-02-01, usd_per_gb: 4, tiers: [{above_tokens: 9, usd_per_gb: 5}]}]",
            ["tiers", "egress_bytes"],
        ),
    ],
)  # fmt: skip
def test_a_doubtful_price_is_refused_with_file_key_value_and_fix(tmp_path: Path, entry: str, words: list[str]) -> None:
    written(tmp_path, f"  {entry}\n")
    with pytest.raises(ValueError, match=r"some\.yml: prices\.") as refused:
        read_price_files(tmp_path)
    assert all(word in str(refused.value) for word in (*words, entry.split(":")[0]))


def test_a_file_says_where_its_prices_are_from_and_when_somebody_looked(tmp_path: Path) -> None:
    path = tmp_path / "some.yml"
    path.write_text("prices: {egress_bytes/eu: [{valid_from: 2026-01-01, usd_per_gb: 1}]}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.yml: source: Field required; .*some\.yml: checked: Field required"):
        read_price_files(tmp_path)
    path.write_text(
        "source: rate card\nchecked: 2199-01-01\nprices: {egress_bytes/eu: [{valid_from: 2026-01-01, usd_per_gb: 1}]}",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="checked: 2199-01-01 is in the future"):
        read_price_files(tmp_path)


def test_a_key_never_silently_wins_over_its_twin(tmp_path: Path) -> None:
    line = "  egress_bytes/eu: [{valid_from: 2026-01-01, usd_per_gb: 1}]\n"
    with pytest.raises(ValueError, match=r"some\.yml, line 5: 'egress_bytes/eu' occurs twice"):
        read_price_files(written(tmp_path, line + line))


def test_a_sku_is_priced_in_one_file(tmp_path: Path) -> None:
    line = "  egress_bytes/eu: [{valid_from: 2026-01-01, usd_per_gb: 1}]\n"
    written(tmp_path, line, "a.yml")
    with pytest.raises(ValueError, match=r"b\.yml: prices\.egress_bytes/eu is priced in .*a\.yml too"):
        read_price_files(written(tmp_path, line, "b.yml"))


@pytest.mark.parametrize("value", [".nan", ".inf", "2026-02-30"])
def test_what_is_no_value_is_refused_with_its_file(tmp_path: Path, value: str) -> None:
    path = tmp_path / "numbers.yml"
    path.write_text(f"a: {value}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"numbers\.yml"):
        load_yaml(path)


def test_decimals_are_exact(tmp_path: Path) -> None:
    path = tmp_path / "numbers.yml"
    path.write_text("a: 0.1\nb: 2.675\nc: 1_000.5\nd: 3\n", encoding="utf-8")
    assert load_yaml(path) == {"a": Decimal("0.1"), "b": Decimal("2.675"), "c": Decimal("1000.5"), "d": 3}


def test_dated_rules_end_where_the_next_begins(tmp_path: Path) -> None:
    path = tmp_path / "rates.yml"
    path.write_text(
        """
rules:
  10-spot:
    - {kind: discount, rate: 0.60, pricing_category: Dynamic, valid_from: 2026-01-01}
    - {kind: discount, rate: 0.55, pricing_category: Dynamic, valid_from: 2026-06-01, valid_to: 2026-12-01}
""",
        encoding="utf-8",
    )
    before, after = read_rate_rules(path)
    assert (before["rate"], before["valid_to"]) == (Decimal("0.60"), datetime(2026, 6, 1, tzinfo=UTC))
    assert after["valid_to"] == datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{kind: discount, rate: 30, valid_from: 2026-01-01}", ["30", "0.30"]),
        ("{kind: rebate, rate: 0.3, valid_from: 2026-01-01}", ["kind", "rebate"]),
        ("{kind: markup, rate: 0.3}", ["valid_from"]),
        ("{kind: markup, rate: 0.3, meter: cpu, valid_from: 2026-01-01}", ["'cpu'", "cpu_core_seconds"]),
        ("{kind: markup, rate: 0.3, team: a, valid_from: 2026-01-01}", ["team"]),
        ("{kind: markup, rate: 0.3, valid_from: 2026-02-01, valid_to: 2026-02-01}", ["not after"]),
    ],
)
def test_a_doubtful_rule_is_refused(tmp_path: Path, entry: str, words: list[str]) -> None:
    path = tmp_path / "rates.yml"
    path.write_text(f"rules: {{some-rule: {entry}}}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"rates\.yml: rules\.some-rule") as refused:
        read_rate_rules(path)
    assert all(word in str(refused.value) for word in words)
