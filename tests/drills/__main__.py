"""All drills: `python -m tests.drills`, which `make drill` runs. One line for each figure; about a quarter of an hour."""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.drills import clock_drill, kill_drill, rate_drill, restart_drill

KINDS = ("sqlite", "postgresql")
RECIPIENTS, TIMES = 2000, 10
MANY = 10_000


def main() -> bool:
    """Run each drill; whether all went well."""
    found = [asyncio.run(clock_drill.main(kind)) for kind in KINDS]
    found += [rate_drill.unpaced(kind, MANY) for kind in KINDS]
    with ThreadPoolExecutor(len(KINDS)) as both:  # at fifty a second neither keeps the machine busy
        found += list(both.map(lambda kind: rate_drill.paced(kind, MANY), KINDS))
    found.append(restart_drill.main())
    found += [kill_drill.main(kind, RECIPIENTS, TIMES) for kind in KINDS]
    print("well" if all(found) else "NOT WELL", flush=True)
    return all(found)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
