"""The steps of a trace are written to the last digit, and say whether each is what stands above it."""

from streamlit.testing.v1 import AppTest


def page() -> None:
    from decimal import Decimal

    from ui.trace_steps import Step, show

    cost = Decimal("-1234567.024691340000000000123")
    steps = [
        Step(name="line", rows=1, events=3, quantity=Decimal("1000.500000000"), costs=(None, None, cost)),
        Step(name="charges", rows=2, events=3, quantity=Decimal("1000.500000000"), costs=(None, cost, cost)),
        Step(name="raw events", rows=3, events=3, quantity=Decimal(1000), costs=(None, None, cost + Decimal("1e-21"))),
    ]
    show(steps)


def test_every_digit_is_shown() -> None:
    app = AppTest.from_function(page, default_timeout=120).run()
    assert not app.exception
    rows = app.dataframe[0].value.to_dict("records")
    assert "list_cost" not in rows[0]  # nobody says it
    assert [row["billed_cost"] for row in rows] == [
        "−1,234,567.024691340000000000123",
        "−1,234,567.024691340000000000123",
        "−1,234,567.024691340000000000122",
    ]
    assert [row["quantity"] for row in rows] == ["1,000.5", "1,000.5", "1,000"]
    assert [row["equal"] for row in rows] == ["", "= equal", "differ: quantity, billed cost"]
