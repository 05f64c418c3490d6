"""``python -m farthing``: send again what the store refused for good, once its cause is mended.

From FARTHING_URL, FARTHING_TOKEN, FARTHING_APP_ID and FARTHING_SPOOL, as the app has them. Exit code 1 if some of it
was not taken: it is kept.
"""

from __future__ import annotations

import json
import sys

from farthing.recorder import Meter

_TOLD = ("accepted", "duplicates", "quarantined", "set_aside", "pending")


def main() -> int:
    """Send, wait half a minute at most, and say what became of the events."""
    meter = Meter()
    found = meter.send_set_aside()
    is_done = not found or meter.flush(30)
    counts = meter.counters()
    sys.stdout.write(json.dumps({"sent_again": found, **{name: counts.get(name, 0) for name in _TOLD}}) + "\n")
    return 0 if is_done and not counts.get("set_aside") else 1


if __name__ == "__main__":
    sys.exit(main())
