"""A micro app that summarizes notes, metered. It runs for a few seconds, and every one of them is on the bill."""

from __future__ import annotations

import os
import time

from farthing import Meter

WORKBENCH = os.environ.get("FARTHING_URL", "http://127.0.0.1:8501")
NOTES = ["Budget review moved to Thursday", "The supplier asks for an answer", "Two candidates for the open position"]

meter = Meter(WORKBENCH, app_id="notes-helper", region="us-east-1")


@meter.call(provider="openai")
def summarize(note: str) -> dict:
    """Return what a model answers. Your own client goes here: ``return client.chat.completions.create(...)``."""
    time.sleep(0.5)
    tokens_in, tokens_out = 400_000 + len(note), 60_000
    usage = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": tokens_in + tokens_out}
    return {"model": "gpt-4o", "choices": [{"message": {"content": note[:20]}}], "usage": usage}


with meter.running(cpu_cores=0.5, memory_gb=1):
    for number, note in enumerate(NOTES, 1):
        summarize(note)
        print(f"note {number} of {len(NOTES)} summarized")  # noqa: T201

if meter.flush(timeout=120):
    print(f"Stored. In a minute at the latest it is a line of {WORKBENCH}/showback")  # noqa: T201
else:
    print(f"Not stored yet, and not lost: the next run sends it. {meter.counters()}")  # noqa: T201
