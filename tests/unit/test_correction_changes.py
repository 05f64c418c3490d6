from datetime import UTC, datetime
from decimal import Decimal

from billing.changes import cost_changes, share_changes

DAY, NEXT = datetime(2026, 1, 3, tzinfo=UTC), datetime(2026, 1, 4, tzinfo=UTC)


def part(cost: str, *, start: datetime = DAY, pool: str = "10", had: int = 1, whole: int = 3, bearers: int = 3) -> dict:
    period = {"charge_period_start": start, "charge_period_end": NEXT, "cost_type": "load_balancer"}
    sizes = {"allocated_quantity": Decimal(had), "whole_quantity": Decimal(whole), "bearers": bearers}
    return period | sizes | {"effective_cost": Decimal(cost), "pool": Decimal(pool)}


def test_shares_that_changed_say_why_and_sum_to_the_difference() -> None:
    before = [part("3.333333333333333333333"), part("7", start=NEXT), part("2", start=datetime(2026, 1, 9, tzinfo=UTC))]
    now = [part("4.5", pool="12", whole=4), part("7", start=NEXT, bearers=2)]
    changes = share_changes(now, before)
    assert [(row["why"], row["change"]) for row in changes] == [
        ("billed before, no share now", Decimal(-2)),
        ("another pool, all apps have more or less of the basis", Decimal("1.166666666666666666667")),
    ]
    assert changes[1]["pool_before"] == 10
    assert changes[0]["pool_now"] is None


def test_costs_that_changed_say_why() -> None:
    def cost(event_id: str, amount: str) -> dict:
        said = {"time": DAY, "source": "bill", "event_id": event_id, "sku_id": "platform_cost/network"}
        return said | {"effective_cost": Decimal(amount)}

    changes = cost_changes([cost("same", "1"), cost("late", "5")], [cost("same", "1"), cost("gone", "9")])
    assert [(row["event_id"], row["why"], row["change"]) for row in changes] == [
        ("gone", "counted elsewhere now", Decimal(-9)),
        ("late", "counted here now", Decimal(5)),
    ]
