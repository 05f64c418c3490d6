"""The process that ``test_kill_nine`` kills: it says what it finds, then loads and rates until it dies.

Usage: crash_child.py FIRST_BATCH. Each line on stdout is one JSON object. ``found`` is the state after the start's
recovery; ``stored`` is said after the receipt and not before: the sender's side of an acknowledgement.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

FIRST = datetime(2026, 3, 1, tzinfo=UTC)
DAYS, SOUND, BAD = 4, 60, 3
LAST = 100_000


def usage_batch(number: int) -> list[dict[str, Any]]:
    """Sixty sound events over four days, three bad ones, and half of the usage batch before once more."""
    events = [
        {
            "source": "s",
            "event_id": f"{number}-{one}",
            "time": (FIRST + timedelta(days=one % DAYS, minutes=7 * one, seconds=number)).isoformat(),
            "resource_id": f"r{one % 7}",
            "meter": ("cpu_core_seconds", "egress_bytes", "input_tokens")[one % 3],
            "quantity": f"{number + 1}.5",
        }
        for one in range(SOUND)
    ]
    bad = [{**events[one], "event_id": f"{number}-bad-{one}", "quantity": "-1"} for one in range(BAD)]
    again = usage_batch(number - 1)[: SOUND // 2] if number % 4 else []
    return events + bad + again


def cost_batch(number: int) -> list[dict[str, Any]]:
    return [
        {
            "type": "platform_cost",
            "source": "bill",
            "event_id": f"{number}-{one}",
            "period_start": (FIRST + timedelta(days=one)).isoformat(),
            "period_end": (FIRST + timedelta(days=one + 1)).isoformat(),
            "cost_type": "support",
            "amount": "-1.25" if one == 0 else "10.000000001",
            "currency": "USD",
        }
        for one in range(DAYS)
    ]


def expected_quantity(number: int) -> Decimal:
    return SOUND * (number + Decimal("1.5"))


def found(store: Any) -> dict[str, Any]:
    """Return what the store holds, without FINAL: nothing may be there twice even physically."""

    def count(sql: str) -> int:
        return int(store.scalar(sql))

    batches = store.rows(
        "SELECT toUInt32(splitByChar('-', event_id)[1]) AS number, count() AS rows, uniqExact(event_id) AS ids, "
        "toString(sum(quantity)) AS quantity FROM usage_events GROUP BY number ORDER BY number"
    )
    costs = store.rows(
        "SELECT toUInt32(splitByChar('-', event_id)[1]) AS number, count() AS rows, uniqExact(event_id) AS ids "
        "FROM platform_cost_events GROUP BY number ORDER BY number"
    )
    return {
        "usage": {row["number"]: [row["rows"], row["ids"], row["quantity"]] for row in batches},
        "costs": {row["number"]: [row["rows"], row["ids"]] for row in costs},
        "facts": count("SELECT (SELECT count() FROM usage_events) + (SELECT count() FROM platform_cost_events)"),
        "identities": count("SELECT count() FROM event_identities"),
        "distinct_identities": count("SELECT uniqExact(identity) FROM event_identities"),
        "ledger": count("SELECT sum(accepted) FROM batches WHERE state = 'stored'"),
        "silent": count(
            "SELECT countIf(accepted + duplicates + quarantined != received) FROM batches WHERE state = 'stored'"
        ),
        "unfinished": count("SELECT count() FROM batches WHERE state NOT IN ('stored', 'undone')"),
        "quarantined": count("SELECT count() FROM quarantine"),
        "staged": count("SELECT count() FROM system.tables WHERE database = currentDatabase() AND name LIKE 'staged%'"),
        "half_rated": count(
            "SELECT count() FROM (SELECT charge_date, argMax(events, generation) AS events FROM charge_generations "
            "GROUP BY charge_date) AS pointer LEFT JOIN (SELECT charge_date, sum(event_count) AS charged FROM charges "
            "GROUP BY charge_date) AS held USING (charge_date) WHERE events != charged"
        ),
        "orphans": count(
            "SELECT count() FROM rated_charges WHERE (charge_date, generation) NOT IN "
            "(SELECT charge_date, generation FROM charge_generations)"
        ),
    }


def say(**words: Any) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    from jobs.rate import rate
    from metering.decode import decode_events
    from metering.door import admit, history_terms
    from warehouse.start import open_store

    say(opening=True)
    with open_store() as store:
        say(found=found(store))
        for number in range(int(sys.argv[1]), LAST):
            if number % 2:
                rate(store)
                say(rated=number)
            batch = cost_batch(number) if number % 4 == 3 else usage_batch(number)
            for kind, staged in decode_events(batch).items():
                admit(store, kind, staged, history_terms("crash test"))
            say(stored=number)


if __name__ == "__main__":
    main()
