"""The micro app that the tests kill, starve and fork: it says on stdout what it has recorded, after it has.

Usage: host.py URL SPOOL FIRST [LAST] [NAME=VALUE ...]. Runs on any Python the SDK runs on, with nothing installed.
"""

from __future__ import annotations

import sys

from farthing import Meter


def main() -> None:
    url, spool, first, last = *sys.argv[1:4], int(sys.argv[4])
    settings = dict(argument.split("=") for argument in sys.argv[5:])
    token = settings.pop("token", "key")
    meter = Meter(
        url, token, app_id="shop", resource_id="r1", spool=spool, **{n: float(v) for n, v in settings.items()}
    )
    for number in range(int(first), last):
        meter.usage("egress_bytes", number + 1)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{'all' if meter.flush(30) else 'not all'} stored\n")


if __name__ == "__main__":
    main()
