"""Laws 5, 6, 8, 9, 10 and 11 for many platforms at once: rated, billed, closed, corrected, billed again, verified.

``make laws`` runs a hundred platforms an example, ``make test`` fewer. A failure is told for one platform alone.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, localcontext

from hypothesis import given, settings
from hypothesis import strategies as st

from billing.documents import draft_invoices
from billing.invoice import Invoice, from_json
from billing.issue import Issued, issue, issued
from billing.period import Period
from billing.rounding import CENT
from jobs.rate import rate
from jobs.verify import verify_all
from tests.properties.engine import charges, comparable, emptied, record_all, send
from tests.properties.invoicing import FEBRUARY, JANUARY, MARCH, PHASES, RULES, billed
from tests.properties.many_platforms import NAME, RATE_RULES, Rows, Tiny, many, shrunk
from tests.properties.oracle import EXACT, Sent, charges_of, judge
from warehouse.connect import Store
from warehouse.histories import record

PLATFORMS = int(os.environ.get("LAWS_PLATFORMS", "24"))
EXAMPLES = int(os.environ.get("LAWS_EXAMPLES", "1"))
AGREED = ("fee", "allowance", "tier")
OWN = "line_kind IN ('usage', 'direct')"
BILLED = "pricing_status = 'priced' AND billing_currency = 'USD' AND NOT (meter = 'platform_cost' AND app_id = '')"
Sums = Counter[str]


@given(first=st.integers(0, 2**40))
@settings(max_examples=EXAMPLES, phases=PHASES)
def test_laws_of_many_platforms(reused_store: Store, first: int) -> None:
    platforms = many(first, PLATFORMS)
    try:
        laws(reused_store, platforms)
    except AssertionError:
        few = shrunk(lambda some: not hold(reused_store, some), platforms)
        assert hold(reused_store, few), f"{len(few)} of {PLATFORMS} platforms, the first:\n{few[0]}"
        raise


def hold(store: Store, platforms: Sequence[Tiny]) -> bool:
    try:
        laws(store, platforms)
    except AssertionError:
        return False
    return True


def laws(store: Store, platforms: Sequence[Tiny]) -> None:
    begin(store, platforms)
    charges_are_as_by_hand(store, {one.name: (one.early, one.histories) for one in platforms})
    lines_sum(draft_invoices(store, JANUARY), platforms, late=False)
    first = billed(store, JANUARY)

    for one in platforms:
        record_all(store, one.amended)
    send(store, [item for one in platforms for item in one.late])
    rate(store)
    charges_are_as_by_hand(store, {one.name: (one.early + one.late, one.in_the_end) for one in platforms})
    assert issue(store, JANUARY, by="someone") == first
    lines_sum(draft_invoices(store, FEBRUARY), platforms, late=True, before=first)

    second = billed(store, FEBRUARY)
    assert not draft_invoices(store, MARCH), "a correction came twice"
    assert issued(store, JANUARY) == first
    every_event_is_in_one_line(store, platforms)
    differing = [one for one in verify_all(store, [*first, *second]) if not one.is_equal]
    assert not differing, differing


def begin(store: Store, platforms: Sequence[Tiny]) -> None:
    """Everything at first; days are rated apart, then together: law 11."""
    emptied(store)
    record(store, "rate_rules", RATE_RULES, by="law")
    record(store, "allocation_rules", RULES[:1], by="law")
    for name in ("apps", "teams", "leases", "ownerships", "environments", "prices"):
        record(store, name, [row for one in platforms for row in one.histories[name]], by="law")
    for name in ("allocation_rules", "tariffs"):
        record(store, name, [row for one in platforms for row in one.agreements[name]], by="law")
    send(store, [item for one in platforms for item in one.early])
    rate(store, start=date(2026, 1, 5), end=date(2026, 1, 6))
    rate(store, start=date(2026, 1, 20))
    rate(store)
    apart = charges(store)
    rate(store, again=True)
    assert charges(store) == apart


def charges_are_as_by_hand(store: Store, told: dict[str, tuple[list[Sent], Rows]]) -> None:
    """Laws 5 and 6, and 11 once more: each platform is charged as if it were alone."""
    got: dict[str, list[dict]] = {name: [] for name in told}
    for row in charges(store):
        got[platform_of(row["sku_id"])].append(row)
    for name, (sent, histories) in told.items():
        assert comparable(got[name]) == comparable(oracle(sent, histories)), name


def lines_sum(
    drafts: Sequence[Invoice], platforms: Sequence[Tiny], *, late: bool, before: Sequence[Issued] = ()
) -> None:
    """Law 8, and of law 10 that corrections are the difference: what was billed and is now drafted is all there is."""
    with localcontext(EXACT):
        for one in drafts:
            assert sum((line.amount for line in one.lines), Decimal(0)) == one.total
            assert sum((line.exact_amount for line in one.lines), Decimal(0)) == one.exact_total
            assert abs(one.total - one.exact_total) <= CENT / 2
            assert len({line.line_id for line in one.lines}) == len(one.lines)
            assert all(line.exact_amount <= 0 for line in one.lines
                       if line.line_kind in ("allowance", "tier") and not line.corrects_period)  # fmt: skip
        of_lines: Sums = Counter()
        said = [(line.line_kind, line.sku_id, line.app_id, line.exact_amount) for one in drafts for line in one.lines]
        said += [(line["line_kind"], line["sku_id"], line["app_id"], Decimal(line["exact_amount"]))
                 for one in before for line in from_json(one.document)["lines"]]  # fmt: skip
        for kind, sku_id, app_id, amount in said:
            if kind not in AGREED:
                of_lines[platform_of(f"{sku_id} {app_id}")] += amount
        for one in platforms:
            sent, histories = (one.early + one.late, one.in_the_end) if late else (one.early, one.histories)
            months = (JANUARY, FEBRUARY) if late else (JANUARY,)
            assert of_lines[one.name] == by_hand(sent, histories, months), one.name


def by_hand(sent: list[Sent], histories: Rows, months: Iterable[Period]) -> Decimal:
    """What months bill of charges and pools, by the oracle."""
    total = Decimal(0)
    for charge in oracle(sent, histories):
        is_pool = charge["meter"] == "platform_cost" and not charge["app_id"]
        is_meant = any(month.start <= charge["charge_period_start"] < month.end for month in months)
        if is_meant and charge["billing_currency"] == "USD":
            total += charge["effective_cost" if is_pool else "billed_cost"] or 0
    return total


def every_event_is_in_one_line(store: Store, platforms: Sequence[Tiny]) -> None:
    """Law 9: lines and corrections count the events behind the charges, by number and by digest."""
    lines, of_charges = (
        {
            row["platform"]: (row["events"], row["digest"])
            for row in store.rows(
                f"SELECT extract(sku_id, '{NAME}') AS platform, toInt64(sum(event_count)) AS events, "
                f"hex(sum(event_digest)) AS digest FROM {rows} WHERE {of} GROUP BY platform"
            )
        }
        for rows, of in (("invoice_lines", OWN), ("charges", BILLED))
    )
    assert lines == of_charges
    for one in platforms:
        facts = oracle(one.early + one.late, one.in_the_end)
        priced = [row for row in facts if row["pricing_status"] == "priced" and row["billing_currency"] == "USD"]
        events = sum(row["event_count"] for row in priced if row["meter"] != "platform_cost" or row["app_id"])
        assert lines.get(one.name, (0, ""))[0] == events, one.name


def oracle(sent: Iterable[Sent], histories: Rows) -> list[dict]:
    """The charges of what costs something: who ran and when decides only how pools are split."""
    return charges_of(judge(item for item in sent if item.kind != "lifecycle").facts, histories)


def platform_of(text: str) -> str:
    return re.search(NAME, text)[0]
