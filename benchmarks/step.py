"""One step of the benchmark in a process of its own, so that its peak memory is its own."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path

from config.settings import Settings
from warehouse.start import open_store

# The yardstick knows usage only: it comes before the steps that add platform costs.
STEPS = ("load", "rating", "yardstick", "questions", "pages", "invoices", "allocation", "api", "sdk", "detect")
QUERY_MEMORY = 8_000_000_000  # the yardsticks read a month of raw events at once


def main() -> None:
    """Run a step and print its lines as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--events", type=int, required=True)
    parser.add_argument("--days", type=int, required=True)
    parser.add_argument("--apps", type=int, required=True)
    chosen = parser.parse_args()
    if chosen.step == "sdk":
        from benchmarks import sdk

        json.dump([dataclasses.asdict(line) for line in sdk.measure()], sys.stdout)
        return
    if chosen.step == "detect":
        from benchmarks import detect

        json.dump([dataclasses.asdict(line) for line in detect.measure(chosen.folder)], sys.stdout)
        return
    with open_store(Settings(store=f"chdb://{chosen.folder / 'store'}", query_memory_bytes=QUERY_MEMORY)) as store:
        if chosen.step == "load":
            from benchmarks import load

            lines = load.measure(store, events=chosen.events, days=chosen.days, apps=chosen.apps)
        elif chosen.step == "rating":
            from benchmarks import rating

            lines = rating.measure(store, events=chosen.events, days=chosen.days)
        elif chosen.step == "questions":
            from benchmarks import questions

            lines = questions.measure(store, days=chosen.days)
        elif chosen.step == "allocation":
            from benchmarks import allocation

            lines = allocation.measure(store)
        elif chosen.step == "invoices":
            from benchmarks import invoices

            lines = invoices.measure(store, days=chosen.days)
        elif chosen.step == "pages":
            from benchmarks import screens

            lines = screens.measure(store)
        elif chosen.step == "api":
            from benchmarks import api

            lines = api.measure(store, chosen.folder)
        else:
            from benchmarks import yardstick

            lines = yardstick.measure(store, chosen.folder)
    json.dump([dataclasses.asdict(line) for line in lines], sys.stdout)


if __name__ == "__main__":
    main()
