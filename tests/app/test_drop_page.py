"""A drop of one line of an app, as its page and the command line tell it: what is missing, never an excess."""

from __future__ import annotations

from contextlib import nullcontext
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from jobs.cli import app as farthing
from jobs.decisions import flag_of
from jobs.findings import columns
from queries.flag_list import DROP
from tests.spiking_platform import HOUR, SPIKE, START, build, call, send
from warehouse.connect import Store

FLAG, LINE, HOURS = "F-1", "output_tokens", 11
EXPECTED = Decimal(2)


@pytest.fixture
def platform(store: Store) -> Store:
    """An app whose output tokens fell silent, but for a few, while its input goes on."""
    build(store, until=START)
    usage = [call("chat", SPIKE + hour * HOUR, 2_000_000) for hour in range(HOURS)]
    for event in usage:
        event["quantities"]["output_tokens"] = 1000
    send(store, usage)
    finding = {
        "flag_id": FLAG, "app_id": "chat", "team_id": "search", "status": "running", "kind": DROP, "basis": "history",
        "started_at": SPIKE, "flagged_at": SPIKE + 5 * HOUR, "ended_at": None, "scored_until": SPIKE + HOURS * HOUR,
        "meters": [LINE], "expected": EXPECTED * HOURS, "actual": Decimal("0.11"), "is_silent": False,
        "excess": Decimal("0.11") - EXPECTED * HOURS, "projected_excess": Decimal(0), "peak_score": 0.0, "evidence": {},
        "detector_version": "any", "reason": "opened",
    }  # fmt: skip
    store.insert_rows("flag_findings", [finding])
    kept = {"flag_id": FLAG, "app_id": "chat", "meter": LINE, "expected": EXPECTED, "lower": 1, "upper": 3}
    store.insert_rows("flag_baseline_records", [{**kept, "time": SPIKE + hour * HOUR} for hour in range(HOURS)])
    earlier = columns(flag_of(store, FLAG)) | {"flag_id": "F-0", "started_at": SPIKE - 30 * HOUR, "status": "over"}
    store.insert_rows("flag_findings", [earlier | {"ended_at": SPIKE - 20 * HOUR}])
    return store


def test_a_drop_is_told_by_what_is_missing(open_page, platform: Store) -> None:
    app = open_page("anomalies", "On-call", flag=FLAG)
    assert not app.exception
    told = " ".join(element.value for element in app.markdown).replace("\\", "")
    assert f"Output tokens of chat fell silent at Wed May 20, 04:00 UTC: $0.11 in {HOURS} hours" in told
    assert "Of output tokens $21.89 is missing: less use" in told
    assert "Still silent" in told
    assert "Running" not in told
    assert "Why it is missed" in [heading.value for heading in app.subheader]
    drivers = next(element for element in app.dataframe if "quantity_effect" in element.value)
    [line] = drivers.value.to_dict("records")
    assert (line["excess"], line["quantity_effect"] + line["price_effect"]) == (Decimal("21.89"), Decimal("21.89"))
    for title in ("Missing", "Less use", "Cheaper unit"):
        assert f'"label": "{title}"' in drivers.proto.columns
    [history] = [element.value for element in app.table if "Who" in element.value]
    assert [why.replace("\\", "") for why in history["Why"]] == ["$21.89 missing"]
    assert "silent" in app.button(key="confirmed").help
    assert "purpose" in app.button(key="expected").help
    assert '"label": "Excess"' not in " ".join(element.proto.columns for element in app.dataframe)

    listed = open_page("anomalies", "On-call")
    [rows] = [element for element in listed.dataframe if "impact" in element.value]
    assert rows.value["status"].to_list() == ["Still silent", "Over"]
    assert '"label": "Excess"' not in rows.proto.columns


def test_the_command_line_says_what_is_missing(platform: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.start.open_store", lambda: nullcontext(platform))
    listed = CliRunner().invoke(farthing, ["flags", "list"], catch_exceptions=False).stdout
    assert listed.count("21.89 missing") == 2
    shown = CliRunner().invoke(farthing, ["flags", "show", FLAG], catch_exceptions=False, env={"COLUMNS": "160"}).stdout
    assert "still silent" in shown.splitlines()[0]
    assert all(said in shown for said in ("missing", "less_use", "cheaper_unit"))
    assert not any(said in shown for said in ("excess", "-21.89", "quantity_effect", "running"))
