"""Anomalies: found, explained, acted on by those who may, seen by the team whose app it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from config.settings import Settings
from jobs.detect import detect
from jobs.loop import JobLoop
from jobs.progress import Progress
from jobs.sampling import sample
from jobs.scoring import Memory
from queries.flag_list import flag_list
from tests.spiking_platform import AFTER_LATENESS, HOUR, SPIKE, WILD, build, call, deploy, send
from ui.words import counted
from warehouse.connect import Store
from warehouse.start import open_store
from warehouse.tables import table

ODD = SPIKE - 114 * HOUR  # an app's odd hour in the week before: unusual, and no flag


@pytest.fixture(scope="module")
def platform() -> Iterator[Store]:
    """The spiking platform three hours into the spike, and a sample of what was not flagged."""
    with open_store(Settings(store=f"{os.environ['FARTHING_STORE']}?database=anomalies_{os.getpid()}")) as store:
        build(store, until=SPIKE + 3 * HOUR)
        send(store, [deploy(WILD, SPIKE), call("chat", ODD, 6_000_000) | {"event_id": "odd"}])
        memory = Memory()
        detect(store, as_of=SPIKE + 3 * HOUR + AFTER_LATENESS, memory=memory)
        sample(store, memory, until=SPIKE + 3 * HOUR)
        yield store
        store.command(f"DROP DATABASE {store.location.database} SYNC")


@pytest.fixture
def flag(platform: Store) -> dict:
    return platform.rows("SELECT * FROM flags WHERE app_id = {app:String} AND status = 'running'", {"app": WILD})[0]


def said(app) -> str:
    return " ".join(element.value for element in (*app.markdown, *app.caption, *app.warning, *app.info, *app.success))


def metrics(app) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_a_flag_is_listed_and_opens(open_page, platform, flag) -> None:
    app = open_page("anomalies", "On-call")
    assert not app.exception
    assert f"**{WILD}**" in said(app)
    app.button(key=f"open/{flag['flag_id']}").click().run()
    assert not app.exception
    assert flag["flag_id"] in app.query_params["flag"]
    assert f"**{WILD} cost " in said(app).replace("\\", "")
    assert "A deploy came at its start." in said(app)


def test_from_another_screen_a_way_leads_back_to_the_flag(open_page, platform, flag) -> None:
    app = open_page("anomalies", flag=flag["flag_id"])
    app.button(key="to-showback").click().run()
    app.query_params.clear()
    app = app.switch_page("../pages/anomalies.py").run()
    app.button(key="way-back").click().run()
    assert flag["flag_id"] in app.query_params["flag"]
    next(button for button in app.button if button.label == "All flags").click().run()  # it was left on purpose
    assert not [button for button in app.button if button.key == "way-back"]


def test_drivers_add_up_to_the_headline(open_page, platform, flag) -> None:
    app = open_page("anomalies", flag=flag["flag_id"])
    drivers = next(element.value for element in app.dataframe if "quantity_effect" in element.value)
    lines, together = drivers.iloc[:-1], drivers.iloc[-1]
    for name in ("excess", "quantity_effect", "price_effect", "amount", "expected"):
        assert sum(lines[name]) == together[name]
    assert together["quantity_effect"] + together["price_effect"] == together["excess"]
    shown = metrics(app)
    assert round(float(shown["Excess so far"]), 2) == float(together["excess"]) == round(float(flag["excess"]), 2)
    events = next(element.value for element in app.dataframe if "event_id" in element.value)
    assert len(events) == 6  # three hours, two lines
    assert any(" USD = their charges" in caption.value for caption in app.caption)


def test_it_is_taken_up_labeled_and_taken_back(open_page, platform, flag) -> None:
    app = open_page("anomalies", "On-call", flag=flag["flag_id"])
    app.text_input(key=f"why/{flag['flag_id']}").set_value("paged at 3").run()
    app.button(key="acknowledge").click().run()
    assert "Acknowledged" in said(app)
    assert app.text_input(key=f"why/{flag['flag_id']}").value == ""  # it was said of what was done
    # Typed and clicked at once: both arrive together.
    app.text_input(key=f"why/{flag['flag_id']}").set_value("a loop")
    app.button(key="confirmed").click().run()
    assert not app.exception
    held = platform.rows(
        "SELECT state, note, decided_by FROM flags WHERE flag_id = {id:String}", {"id": flag["flag_id"]}
    )
    assert held == [{"state": "confirmed", "note": "a loop", "decided_by": "On-call"}]
    history = next(element.value for element in app.table if "Who" in element.value)
    assert list(history["What"])[:2] == ["Confirmed", "Acknowledged"]
    assert list(history["Why"])[:2] == ["a loop", "paged at 3"]
    assert flag["flag_id"] not in [row["flag_id"] for row in listed(open_page("anomalies"))]
    assert flag["flag_id"] in [row["flag_id"] for row in listed(open_page("anomalies", view="Labeled"))]
    app = open_page("anomalies", flag=flag["flag_id"])
    app.button(key="undo").click().run()
    app.button(key="undo").click().run()
    assert platform.scalar("SELECT count() FROM flag_decisions") == 4  # nothing is ever removed


def test_a_muted_app_is_silent_until_it_is_not(open_page, platform, flag) -> None:
    app = open_page("anomalies", flag=flag["flag_id"])
    app.button(key="mute").click().run()
    assert not app.exception
    assert platform.rows("SELECT app_id, muted_until > now() AS holds FROM mutes") == [{"app_id": WILD, "holds": 1}]
    assert flag["flag_id"] in [row["flag_id"] for row in listed(open_page("anomalies", view="Silent"))]
    app.button(key="unmute").click().run()
    assert "heard again" in said(app)
    assert not [button for button in app.button if button.key == "unmute"]  # at once, not in the next minute
    assert flag["flag_id"] in [row["flag_id"] for row in listed(open_page("anomalies"))]


def listed(app) -> list[dict]:
    rows = [element.value for element in app.dataframe if "impact" in element.value]
    return rows[0].to_dict("records") if rows else []


def test_a_lead_sees_the_own_teams_flags_and_acts_on_none(open_page, platform, flag) -> None:
    own = open_page("anomalies", "Lead of payments", flag=flag["flag_id"])
    assert not own.exception
    assert f"**{WILD} cost " in said(own).replace("\\", "")
    assert not [button for button in own.button if button.key in ("acknowledge", "confirmed", "mute", "set-budget")]
    other = open_page("anomalies", "Lead of growth", flag=flag["flag_id"])
    assert "no flag" in said(other)
    assert WILD not in said(other)
    assert said(other) == said(open_page("anomalies", "Lead of growth", flag="F-0")).replace("F-0", flag["flag_id"])
    assert listed(open_page("anomalies", "Lead of growth", view="All")) == []


def test_how_loud_it_is_is_set_as_alerts_a_day(open_page, platform) -> None:
    app = open_page("anomalies")
    app.select_slider(key="alerts-per-day").set_value("2 a day")
    app.button(key="set-budget").click().run()
    assert not app.exception
    held = platform.rows("SELECT alerts_per_day, set_by FROM alert_budgets")
    assert held == [{"alerts_per_day": 2.0, "set_by": "Analyst"}]


def test_finance_has_no_such_page(open_page, platform) -> None:
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_page("anomalies", "nobody:finance")


class Looking:
    """A job at a long look."""

    def __init__(self) -> None:
        self.progress: Progress | None = Progress("judging every line", 0.4, datetime.now(UTC) - timedelta(seconds=9))

    def __call__(self, _: Store) -> str:
        return "done"


def test_a_first_look_says_how_far_it_is_and_without_one_it_is_said_what_to_do(open_page, store: Store) -> None:
    build(store, until=SPIKE)
    job = Looking()
    app = open_page("anomalies", jobs=JobLoop(store, jobs={"detect": job}))
    (bar,) = app.get("progress")
    assert (bar.proto.value, "judging every line; " in bar.proto.text) == (40, True)
    assert "Detection: the first look is under way" in said(app)
    assert "farthing detect" not in said(app)
    job.progress = None
    app.run()
    assert not app.exception
    assert not app.get("progress")
    assert "Detection: nothing was scored yet" in said(app)
    assert "farthing detect" in said(app)  # what to do


def headings(app) -> set[str]:
    return {heading.value for heading in app.subheader}


def test_what_was_not_flagged_is_worth_a_look_until_it_has_a_word(open_page, platform) -> None:
    offered = platform.rows("SELECT * FROM flags WHERE kind = 'sample'")
    (flag_id,) = [held["flag_id"] for held in offered if (held["app_id"], held["started_at"]) == ("chat", ODD)]

    def viewed(view: str) -> bool:
        asked = flag_list(table("flags"), table("mutes"), as_of=datetime.now(UTC), view=view)
        return flag_id in [row["flag_id"] for row in platform.rows(asked)]

    assert [view for view in ("open", "labeled", "silent", "worth_a_look") if viewed(view)] == ["worth_a_look"]
    own = open_page("anomalies", "Lead of search", view="All")
    assert flag_id in [row["flag_id"] for row in listed(own)]
    assert "Worth a look" not in headings(open_page("anomalies", "Lead of search"))  # a lead labels nothing
    assert "no flag" in said(open_page("anomalies", "Lead of growth", flag=flag_id))
    app = open_page("anomalies", "On-call")
    for held in offered:
        assert "Worth a look" in headings(app)
        app.button(key=f"dismissed/{held['flag_id']}").click().run()
        assert not app.exception
        assert "Dismissed. Kept with your name" in said(app)
    assert "Worth a look" not in headings(app)
    assert f"{counted(len(offered), 'sample')} of what was not flagged had one too" in said(app)
    assert viewed("labeled")
    app = open_page("anomalies", "On-call", flag=flag_id)
    assert "It was not flagged" in said(app)
    assert not [button for button in app.button if button.key == "acknowledge"]
    app.button(key="undo").click().run()
    assert viewed("worth_a_look")
