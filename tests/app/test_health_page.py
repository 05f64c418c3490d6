"""Health: what is wrong is counted, and who must not see it does not."""

from __future__ import annotations

import pytest

from jobs.loop import JobLoop
from tests.sample_platform import build


def metrics(app) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


@pytest.mark.parametrize("viewing_as", ["Analyst", "On-call"])
def test_every_trouble_is_counted(open_page, platform, viewing_as: str) -> None:
    app = open_page("health", viewing_as)
    assert not app.exception
    assert not app.error
    shown = metrics(app)
    assert shown["Days to rate"] == "0"
    waiting = platform.scalar("SELECT count() FROM quarantine WHERE decision = ''")
    assert waiting > 0
    assert shown["In quarantine"] == str(waiting)
    unpriced = platform.scalar("SELECT sum(event_count) FROM charges WHERE pricing_status = 'unpriced'")
    unowned = platform.scalar("SELECT sum(event_count) FROM charges WHERE attribution_rule = 'default'")
    assert (shown["Unpriced events"], shown["Events without owner"]) == (str(unpriced), str(unowned))
    assert min(unpriced, unowned) > 0
    assert int(shown["Store on disk"]) > 0


def test_the_laws_are_checked_on_demand(open_page, platform) -> None:
    app = open_page("health")
    app.button(key="check-laws").click().run()
    assert not app.exception
    assert any("every difference is 0" in caption.value for caption in app.caption)


def test_a_broken_law_is_red(open_page, store) -> None:
    build(store)
    store.command("DELETE FROM rated_charges WHERE app_id = 'seo-audit'")
    app = open_page("health")
    app.button(key="check-laws").click().run()
    broken = next(element.value for element in app.dataframe if "law" in element.value)
    assert "5 usage" in set(broken["law"])
    assert any("broken" in element.value for element in app.markdown)


def test_jobs_and_their_failures_are_shown(open_page, store) -> None:
    def fails(_: object) -> str:
        raise OSError("no space left on device")

    loop = JobLoop(store, jobs={"rate": fails})
    loop.turn()
    app = open_page("health", jobs=loop)
    assert any("no space left on device" in error.value for error in app.error)


def test_a_lead_has_no_health_page(open_page, platform) -> None:
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_page("health", "Lead of growth")


def test_an_empty_store_is_healthy(open_page) -> None:
    app = open_page("health")
    assert not app.exception
    assert not app.error
    assert metrics(app)["Days to rate"] == "0"


def test_an_empty_store_does_not_say_that_all_is_well(open_page) -> None:
    app = open_page("health")
    assert "Nothing was received yet" in app.subheader[0].value
    assert any("farthing load" in code.value for code in app.code)
    assert not app.success


def test_quarantine_is_dismissed_by_reason_and_named(open_page, store) -> None:
    build(store)
    app = open_page("health")
    app.selectbox(key="reason").set_value("bad_time").run()
    app.button(key="dismiss").click().run()
    assert store.scalar("SELECT count() FROM quarantine WHERE decision != ''") == 0
    waiting = store.scalar("SELECT count() FROM quarantine WHERE reason = 'bad_time'")
    assert f"{waiting} event" in app.warning[0].value
    app.button(key="dismiss-yes").click().run()
    assert not app.exception
    decided = store.rows("SELECT DISTINCT decision, decided_by FROM quarantine WHERE reason = 'bad_time'")
    assert decided == [{"decision": "dismissed", "decided_by": "Analyst"}]
    assert store.scalar("SELECT count() FROM quarantine WHERE reason = 'unknown_meter' AND decision = ''") == 1


def test_quarantine_is_replayed_with_a_fix(open_page, store) -> None:
    build(store)
    before = store.scalar("SELECT count() FROM usage")
    app = open_page("health")
    app.selectbox(key="reason").set_value("unknown_meter").run()
    app.selectbox(key="fix-field").set_value("meter").run()
    app.text_input(key="fix-value").set_value("input_tokens").run()
    app.button(key="replay").click().run()
    assert store.scalar("SELECT count() FROM usage") == before
    app.button(key="replay-yes").click().run()
    assert not app.exception
    assert store.scalar("SELECT count() FROM usage") == before + 1
    assert any("1 accepted" in element.value for element in app.success)
