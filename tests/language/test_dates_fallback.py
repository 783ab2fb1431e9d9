"""The general parser stands behind the phrases, and is not believed without proof."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime

import pytest

from bot.language.dates import read_when
from bot.language.dates_readings import LONDON

NOW = datetime(2026, 6, 10, 10, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("2027 December 8", "2027-12-08"), ("2026 Dec 8", "2026-12-08"), ("2026, 8 December", "2026-12-08")],
)
def test_it_reads_orders_that_no_phrase_has(typed: str, value: str) -> None:
    assert read_when(typed, NOW).value == value


@pytest.mark.parametrize(
    "typed",
    [
        "8 Dec 10",  # an hour, or 2010?
        "3 April 11",
        "8 December 2026 99",
        "02-23-04",  # the parser alone says the year 2123
        "2050 December 8",
        "December 31 June 2026",
    ],
)
def test_what_it_cannot_account_for_is_none(typed: str) -> None:
    assert read_when(typed, NOW).kind == "none"


def test_a_time_is_never_lost() -> None:
    assert read_when("tomorrow at 6.30pm", NOW).value == "2026-06-11T18:30"
    assert read_when("8 December 2026 6.30pm sharp", NOW).value == "2026-12-08T18:30"


def test_ordinary_sentences_do_not_load_the_heavy_libraries() -> None:
    code = (
        "import sys; from datetime import datetime, UTC; from bot.language.dates import read_when;"
        "read_when('apologies for Tuesday 8 December at 5.30pm', datetime(2026, 6, 10, tzinfo=UTC));"
        "print([name for name in ('dateparser', 'holidays') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
