"""What a trace on the command line is about: charges of a line, an hour or a month, and what may be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Self, cast

import ibis.expr.types as ir

from billing.allocation import bases_in_use
from billing.as_known import as_known
from billing.period import period_of
from billing.period_lines import closings
from jobs.asked_charges import answer_about
from jobs.questions import parse_moment
from jobs.rate import rate_rules_of
from metrics.lines import LINE_KEY
from metrics.methods import parse_method
from queries.app_lifecycle_markers import app_lifecycle_markers
from queries.borne_shares import borne_shares
from queries.borne_under import borne_under
from queries.repriced import repriced
from queries.traced_charges import traced_charges
from queries.traced_totals import traced_totals
from warehouse.connect import Store
from warehouse.known import known_sql
from warehouse.tables import table

MOST = 20  # rows of a step
_CHARGE = (
    "hour",
    "app_id",
    "resource_id",
    "sku_id",
    "attribution_rule",
    "consumed_quantity",
    "billed_cost",
    "event_count",
)
_SHARED = ("charges", "lifecycle", "apps", "teams")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step down. ``agrees`` says whether its sum is that of the step above; None where nothing stands above."""

    name: str
    said: str
    amount: Decimal | None
    quantity: Decimal | None
    events: int
    agrees: bool | None
    rows: tuple[Mapping[str, Any], ...]

    def compared(self, agrees: bool) -> Step:
        """Return the step with the verdict."""
        return replace(self, agrees=agrees)


def step(
    name: str,
    said: str,
    amount: Decimal | None = None,
    quantity: Decimal | None = None,
    events: int = 0,
    agrees: bool | None = None,
    rows: Sequence[Mapping[str, Any]] = (),
) -> Step:
    """Return a step."""
    return Step(name=name, said=said, amount=amount, quantity=quantity, events=events, agrees=agrees, rows=tuple(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Charges: of a line, or of a time and a few names.

    ``at`` is the closing they were billed by (None: as they are now), ``before`` that whose charges they correct.
    """

    store: Store
    start: datetime
    end: datetime
    where: Mapping[str, list[str]]
    line: Mapping[str, Any] | None = None
    at: datetime | None = None
    before: datetime | None = None
    event: str | None = None

    @classmethod
    def of_line(cls, store: Store, line: Mapping[str, Any]) -> Self:
        """Return the charges of an invoice line, as it was billed."""
        closed = closings(store)
        at = closed.get(period_of(line["billing_period"]))
        month = period_of(line["corrects_period"] or line["billing_period"])
        earlier = [moment for moment in closed.values() if at is None or moment < at]
        before = max(earlier) if line["corrects_period"] else None
        return cls(store=store, start=month.start, end=month.end, where={}, line=line, at=at, before=before)

    @classmethod
    def of_hour(cls, store: Store, hour: str, where: Mapping[str, list[str]], event: str | None = None) -> Self:
        """Return the charges of an hour, written 2026-11-03T10."""
        start = datetime.strptime(hour, "%Y-%m-%dT%H").replace(tzinfo=UTC)
        return cls(store=store, start=start, end=start + timedelta(hours=1), where=where, event=event)

    @classmethod
    def of_latest_month(cls, store: Store, where: Mapping[str, list[str]]) -> Self:
        """Return the charges of the latest month that has any of these names."""
        (column, (name,)) = next(iter(where.items()))
        last = store.scalar(f"SELECT max(charge_date) FROM charges WHERE {column} = {{name:String}}", {"name": name})
        month = period_of(last)
        return cls(store=store, start=month.start, end=month.end, where=where, at=closings(store).get(month))

    def was(self) -> Self:
        """Return what a correction corrects: the same charges as they had been billed before."""
        return replace(self, at=self.before, before=None)

    @property
    def options(self) -> dict[str, Any]:
        """What every question about the charges is asked with."""
        line = {name: self.line[name] for name in LINE_KEY} if self.line else None
        return {"start": self.start, "end": self.end, "where": self.where, "line": line}

    def asked(self, question: Callable[..., ir.Table], **options: Any) -> list[dict[str, Any]]:
        """Return what a question about the charges says."""
        found = answer_about(self.store, question, at=self.at, **self.options, **options)
        return cast(list[dict[str, Any]], found.to_pylist())

    def charges(self, said: str = "") -> Step:
        """Return what the charges add up to, and the costliest."""
        [totals] = self.asked(traced_totals)
        rows = self.asked(traced_charges, limit=MOST)
        quantity = totals["quantity"] if totals["units"] == 1 else None
        shown = [{name: row[name] for name in _CHARGE} for row in rows]
        told = said or f"{totals['charges']} charges; the costliest {len(rows)}"
        return step("charges", told, totals["billed_total"], quantity, int(totals["events"]), rows=shown)

    def shares(self) -> ir.Table:
        """Return the question how each part of a shared cost was found."""
        inside = {"start": self.start, "end": self.end, "bases": bases_in_use(self.store)}
        return borne_shares(*self._sharing(), line=self.options["line"], **inside)

    def happened(self) -> list[Step]:
        """Return what happened to the apps meanwhile: lifecycle and alerts; nothing if nothing did."""
        rows = self.asked(traced_charges, limit=500)
        apps = sorted(({row["app_id"] for row in rows} | {(self.line or {}).get("app_id", "")}) - {""})
        resources = sorted({row["resource_id"] for row in rows} - {""})[:100]
        inside = {"start": self.start, "end": self.end, "apps": apps, "resources": resources}
        found = self.store.rows(app_lifecycle_markers(table("lifecycle"), table("alerts"), **inside))
        shown = [
            {name: row[name] for name in ("time", "ends_at", "app_id", "kind", "label", "detail")} for row in found
        ]
        said = f"{len(found)} deploys, starts, stops, scalings and alerts meanwhile; the last {min(len(found), MOST)}"
        return [step("markers", said, rows=shown[-MOST:])] if found else []

    def repriced(self, moment: str) -> Step:
        """Return what the charges would cost under the price book of a day or time.

        Raises:
            ValueError: it is neither.

        """
        try:
            at = parse_moment(moment)
        except ValueError as error:
            raise ValueError(f"--prices-as-of {moment!r} is no day or time; write 2026-01-31") from error
        rules = rate_rules_of(self.store, known_sql("rate_rules", self.at) if self.at else "rate_rules")
        asked = repriced(
            as_known("charges", self.at), table("prices"), prices_as_of=at, rate_rules=rules, **self.options
        )
        names = ("sku_id", "quantity", "unit", "price_now", "price_then", "cost_now", "cost_then", "change", "kept")
        return self._what_if("what if", f"under the prices of {moment}", self.store.rows(asked), names)

    def borne_under(self, text: str) -> Step:
        """Return what the app would bear of shared costs under another rule, such as ``even``.

        Raises:
            KeyError: an unknown method or basis.
            ValueError: the rule cannot be read, or no app is traced.

        """
        app = (self.line or {}).get("app_id") or "".join(self.where.get("app_id", []))
        if not app:
            raise ValueError("--allocation asks what an app would bear: trace an app, or a line of one")
        line = self.options["line"] if (self.line or {}).get("line_kind") == "allocated" else None
        inside = {"start": self.start, "end": self.end, "bases": bases_in_use(self.store, [parse_method(text)])}
        asked = borne_under(*self._sharing(), app_id=app, method=text, line=line, **inside)
        names = ("sku_id", "pools", "cost_now", "cost_then", "change")
        return self._what_if("what if", f"{app} under the rule {text}", self.store.rows(asked), names)

    def _what_if(self, name: str, said: str, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Step:
        if not rows:
            return step(name, f"{said}: nothing to compare")
        first = rows[0]
        told = f"{said}: {first['all_cost_then']:f} instead of {first['all_cost_now']:f}, {first['all_change']:+f}"
        shown = [{name: row[name] for name in names} for row in rows]
        return step(name, told, first["all_cost_then"], rows=shown)

    def _sharing(self) -> list[ir.Table]:
        # The rules of a closed month are for good those known when it was closed.
        known = closings(self.store).get(period_of(self.start))
        return [*(as_known(name, self.at) for name in _SHARED), as_known("allocation_rules", known)]
