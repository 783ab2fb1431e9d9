"""Rebuilds the directory matcher's data: `python -m bot.language.train_directory [--out FOLDER]`.

Reads every `author_*.tsv` and `entries_*.tsv` in `bot/language/data/needs`, prints how well each author's questions
are read by a model that has not seen that author, and writes `needs.model`. Then trains `ranking.json` on the
labelled councils in `bot/language/data/councils`, and prints what each scores when it is left out of that.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write; 0 when done, 1 with one sentence on standard error when a file cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m bot.language.train_directory", description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=None, help="write to this folder (default: the shipped data)"
    )
    chosen = parser.parse_args(arguments)
    # The learning libraries are only needed here; nothing that answers questions may load them.
    from bot.language.training.corpus import CorpusError
    from bot.language.training.run import train

    try:
        train(chosen.out, sys.stdout.write)
    except (CorpusError, ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
