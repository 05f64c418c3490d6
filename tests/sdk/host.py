"""The micro app that the tests kill, starve and fork: it says on stdout what it has recorded, after it has.

Usage: host.py URL SPOOL FIRST LAST [pace=SECONDS] [until=FILE] [token=TOKEN] [patience=SECONDS]. It ends at LAST, or
once FILE is there, and waits so long for everything to be stored. Runs on any Python the SDK runs on, with nothing
installed.
"""

from __future__ import annotations

import json
import os
import sys
import time

from farthing import Meter


def main() -> None:
    url, spool, first, last = *sys.argv[1:4], int(sys.argv[4])
    said = dict(argument.split("=", 1) for argument in sys.argv[5:])
    meter = Meter(url, said.get("token", "key"), app_id="shop", resource_id="r1", spool=spool)
    for number in range(int(first), last):
        meter.usage("egress_bytes", number + 1)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        time.sleep(float(said.get("pace", 0)))
        if "until" in said and os.path.exists(said["until"]):  # noqa: PTH110 - as cheap as it gets
            break
    sys.stdout.write(f"{'all' if meter.flush(float(said.get('patience', 240))) else 'not all'} stored\n")
    sys.stderr.write(json.dumps(meter.counters()) + "\n")


if __name__ == "__main__":
    main()
