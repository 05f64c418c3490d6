"""Who owns what, as the histories say it: cost centers, teams, apps, leases, ownerships and the in-house price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from billing.prices import Price
from billing.pricing_units import PRICING_UNITS
from jobs.demo import platform_costs
from jobs.demo.apps import App
from jobs.demo.declared import declared_spend
from jobs.demo.models import HOSTED
from jobs.demo.plan import Plan
from jobs.demo.story import Story
from jobs.demo.teams import COST_CENTERS, PLATFORM, TEAMS
from jobs.demo.usage import GPU_PER_USD, HOURS_A_MONTH
from warehouse.connect import Store
from warehouse.histories import BEGINNING, FOREVER, HISTORIES, record, transfer

ADMIN = "ada.lindqvist@example.com"
LEASE_GRACE = timedelta(minutes=30)
RESERVED_CARD = {"g4dn.xlarge": Decimal("0.335"), "g5.xlarge": Decimal("0.641")}  # USD an hour


def record_registry(store: Store, plan: Plan, apps: Sequence[App], story: Story) -> None:
    """Record what the platform knows of its teams, apps and prices. What is already recorded stays as it is."""
    before, spend = plan.start - timedelta(days=30), declared_spend(apps, story)
    _record(store, "cost_centers", (
        {"cost_center": key, "cost_center_name": name, "mode": mode} for key, (name, mode) in COST_CENTERS.items()
    ))  # fmt: skip
    _record(store, "teams", (
        {"team_id": team.team_id, "team_name": team.team_name, "cost_center": team.cost_center}
        for team in (*TEAMS, PLATFORM)
    ))  # fmt: skip
    _record(store, "apps", (
        {
            "app_id": app.app_id,
            "app_name": app.app_name,
            "team_id": app.team.team_id,
            "environment": app.environment,
            "lifecycle": app.lifecycle,
            "created_by": app.created_by,
            "valid_from": plan.instant(app.born) if app.born else before,
        }
        for app in apps
        if app.identity != "none"
    ))  # fmt: skip
    _record(store, "app_declarations", (
        {
            "app_id": app.app_id,
            "expected_calls": Decimal(0),
            "expected_spend": spend[app.app_id],
            "valid_from": plan.instant(app.born),
            "evidence": f"onboarding, by {app.created_by}",
        }
        for app in apps
        if app.app_id in spend
    ))  # fmt: skip
    _record(store, "leases", (
        {
            "lease_id": app.lease_id,
            "resource_id": app.resource("fn"),
            "app_id": app.app_id,
            "valid_from": plan.instant(app.born),
            "valid_to": plan.instant(app.died) + LEASE_GRACE,
        }
        for app in apps
        if app.lease_id
    ))  # fmt: skip
    _record(store, "ownerships", (*_owned(plan, apps), *_platform_owned()))
    _record(store, "prices", _hosted_prices(story))
    _record(store, "commitments", [_reserved(plan, apps)])
    _reorganize(store, story)


def _owned(plan: Plan, apps: Sequence[App]) -> Iterable[dict[str, Any]]:
    for app in apps:
        # Some that name themselves are known by their resources too, which catches events whose tag is missing.
        if app.identity == "owner" or (app.identity == "tag" and app.number % 5 < 2):
            # Some were found afterwards: their evidence is what a person matched them by.
            is_found = app.identity == "owner" and app.number % 3 == 0
            for part in app.parts:
                yield {
                    "resource_id": app.resource(part),
                    "app_id": app.app_id,
                    "environment": app.environment,
                    "lifecycle": app.lifecycle,
                    "valid_from": plan.instant(app.born) if app.born else plan.start - timedelta(days=30),
                    "evidence": f"deploy by {app.created_by} matched to {app.app_id}" if is_found else "",
                }


def _platform_owned() -> Iterable[dict[str, Any]]:
    for resource in platform_costs.RESOURCES:
        yield {
            "resource_id": resource,
            "team_id": PLATFORM.team_id,
            "cost_center": PLATFORM.cost_center,
            "environment": "production",
            "lifecycle": "persistent",
        }


def _hosted_prices(story: Story) -> Iterable[dict[str, Any]]:
    """The model that is hosted here was made cheaper once, in the middle of a day."""
    for meter, before, after in zip(("input_tokens", "output_tokens"), *story.hosted_prices, strict=True):
        for price, start, end in ((before, BEGINNING, story.repriced_at), (after, story.repriced_at, FOREVER)):
            yield Price(
                sku_id=f"{meter}/{HOSTED.provider}/{HOSTED.model}",
                list_unit_price=price,
                pricing_block=PRICING_UNITS["mtok"].blocks["Tokens"],
                pricing_unit=PRICING_UNITS["mtok"].name,
                source="in-house",
                evidence="in-house rate card: cost of the GPU pool by tokens served",
                valid_from=start,
                valid_to=end,
            ).row() | {"recorded_by": ADMIN}


def _reserved(plan: Plan, apps: Sequence[App]) -> dict[str, Any]:
    """Cards reserved for a year for what the largest trainer runs on: taken by night, left alone by day."""
    trainers = [app for app in apps if "gpu" in app.kind.usd]
    largest = min(trainers, key=lambda app: (app.is_spot, -app.usd_per_month, app.number))
    usd_an_hour = largest.usd_per_month * largest.kind.usd["gpu"] / HOURS_A_MONTH
    cards = max(1, round(usd_an_hour * GPU_PER_USD[largest.gpu] / 3600))
    return {
        "commitment_id": f"reserved-{largest.gpu}",
        "sku_id": f"gpu_seconds/{largest.gpu}/{largest.region}",
        "units_per_hour": Decimal(3600 * cards),
        "cost_per_hour": RESERVED_CARD[largest.gpu] * cards,
        "shares": {},
        "cost_center": "",
        "footnote": f"{cards} x {largest.gpu}, reserved for a year.",
        "valid_from": plan.start,
        "valid_to": plan.start + timedelta(days=365),
    }


def _reorganize(store: Store, story: Story) -> None:
    moved = {
        row["app_id"]
        for row in store.rows(
            "SELECT app_id FROM apps WHERE valid_from = {at:DateTime64(3)} AND team_id = {team:String}",
            {"at": story.moved_at, "team": story.moved_to},
        )
    }
    for app_id in story.moved_apps:
        if app_id not in moved:
            transfer(
                store, "apps", app_id, story.moved_at, {"team_id": story.moved_to},
                by=ADMIN, evidence="reorganization: conversion moves to Personalization",
            )  # fmt: skip


def _record(store: Store, history: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Record the rows that begin where nothing begins yet, so that recording may be repeated after it was cut short."""
    key = HISTORIES[history].key
    begun = {(row[key], row["valid_from"]) for row in store.rows(f"SELECT {key}, valid_from FROM {history}")}
    record(store, history, [row for row in rows if (row[key], row.get("valid_from", BEGINNING)) not in begun], by=ADMIN)
