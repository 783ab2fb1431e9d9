"""All drills, on both databases: `python -m tests.drills`, which `make drill` runs."""

from __future__ import annotations

import asyncio
import sys

from tests.drills import clock_drill, kill_drill, rate_drill

RECIPIENTS, KILLS = 2000, 12
PACED, UNPACED = 2000, 10000


def main() -> bool:
    """Run each drill; whether all went well."""
    good = True
    for kind in ("sqlite", "postgresql"):
        good = kill_drill.main(kind, RECIPIENTS, KILLS) and good
        good = asyncio.run(clock_drill.main(kind)) and good
        rate_drill.main(kind, PACED, UNPACED)
    print("well" if good else "NOT WELL")
    return good


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
