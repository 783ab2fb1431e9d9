"""`make bench`: every benchmark, or those named. Prints figures and their ratio to a baseline."""

from __future__ import annotations

import importlib
import sys

PARTS = ("house", "language", "slack")


def main() -> None:
    for name in sys.argv[1:] or PARTS:
        importlib.import_module(f"tests.bench.{name}").main()


if __name__ == "__main__":
    main()
