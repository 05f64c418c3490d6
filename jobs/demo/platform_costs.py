"""What nobody consumed directly: a cost a day for the balancers, the control plane, observability and support.

One license was paid in advance, for all the days of the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from jobs.demo.plan import Plan

# cost type, resource, provider, service, region, USD a day, how much of it moves with the week
_DAILY = (
    ("load_balancer", "platform/load-balancer", "aws", "Elastic Load Balancing", "us-east-1", 61.44, 0.12),
    ("control_plane", "platform/control-plane", "aws", "Elastic Kubernetes Service", "us-east-1", 38.40, 0.0),
    ("observability", "platform/observability", "datadog", "Log Management", "us-east-1", 148.20, 0.25),
    ("network", "platform/nat-gateway", "aws", "NAT Gateway", "eu-west-1", 27.36, 0.10),
)
_SUPPORT = ("support", "platform/support", "aws", "Business Support", "us-east-1", 92.75, 0.0)
_FOREIGN = ("compliance", "platform/data-residency", "azure", "Archive Storage", "canadacentral", 43.18, 0.0)
_PREPAID = ("search_license", "platform/search-license", "elastic", "Search Platform", "us-east-1", Decimal("39.50"))

RESOURCES = tuple(cost[1] for cost in (*_DAILY, _SUPPORT, _FOREIGN, _PREPAID))


def make_platform_costs(plan: Plan) -> Iterator[dict[str, Any]]:
    """Yield the prepaid license, and the platform costs of every day that has ended; one of them is reported in CAD."""
    yield _license(plan)
    chance = plan.random(5)
    for number in range(plan.days):
        day = plan.start + timedelta(days=number)
        quiet = day.weekday() >= 5
        for cost in (*_DAILY, _SUPPORT, _FOREIGN):
            cost_type, resource, provider, service, region, usd, moves = cost
            amount = usd * (1 - moves * quiet) * (1 + moves * float(chance.normal(0, 0.2)))
            yield {
                "type": "platform_cost",
                "source": "cloud-billing",
                "event_id": f"{plan.name}/{cost_type}/{day:%Y-%m-%d}",
                "resource_id": resource,
                "environment": "production",
                "cost_type": cost_type,
                "period_start": day.isoformat(),
                "period_end": (day + timedelta(days=1)).isoformat(),
                "provider": provider,
                "service_name": service,
                "region": region,
                "currency": "CAD" if cost is _FOREIGN else "USD",
                "amount": str(Decimal(f"{amount:.4f}")),
            }


def _license(plan: Plan) -> dict[str, Any]:
    """A purchase with a term: paid on the first day, spread evenly over all of them."""
    cost_type, resource, provider, service, region, usd_a_day = _PREPAID
    return {
        "type": "platform_cost",
        "source": "procurement",
        "event_id": f"search-license-{plan.start:%Y-%m-%d}",
        "resource_id": resource,
        "environment": "production",
        "cost_type": cost_type,
        "charge_category": "Purchase",
        "period_start": plan.start.isoformat(),
        "period_end": (plan.start + timedelta(days=1)).isoformat(),
        "provider": provider,
        "service_name": service,
        "region": region,
        "currency": "USD",
        "amount": str(usd_a_day * plan.days),
        "attributes": {"term_end": (plan.start + timedelta(days=plan.days)).isoformat()},
    }
