"""How people type the words of time: abbreviations, texting, common slips, numbers in words."""

from __future__ import annotations

from functools import lru_cache

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
DATED = frozenset((*WEEKDAYS, *MONTHS, "today", "tomorrow", "yesterday", "year", "christmas"))
"""Words that keep their meaning with an 's: Monday's meeting."""

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
    *("sixteen", "seventeen", "eighteen", "nineteen"),
)
_FIRSTS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TENTHS = (
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"),
    *("sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
COMPOUND = r"(?:twenty|thirty)[- ](?:" + "|".join(_ONES + _FIRSTS) + r")\b"
"""Numbers of two words."""

_TYPED = {
    "tomorrow": "tmrw tmr tmw tmro tmoro tomoz tomo tomos tommorow tommorrow tommorro tomorro tomorow 2moro "
    "2morro 2morow 2morrow 2mrw 2moz t'morrow morro",
    "today": "2day tday todays",
    "tonight": "2nite tonite 2night 2nyt tonght",
    "yesterday": "yest yday yesturday",
    "monday": "mon mondy",
    "tuesday": "tue tues teusday tuseday",
    "wednesday": "weds wensday wendsday wednsday wedensday",
    "thursday": "thu thur thurs thrs thersday thirsday",
    "friday": "fri firday",
    "saturday": "satdy saterday satarday",
    "january": "jan janurary janury",
    "february": "feb febuary feburary febraury",
    "march": "mar",
    "april": "apr aprl",
    "june": "jun",
    "july": "jul",
    "august": "aug",
    "september": "sep sept septemeber setember",
    "october": "oct",
    "november": "nov novemeber",
    "december": "dec decemeber",
    "minute": "min mins minutes",
    "hour": "hr hrs hours hour's",
    "day": "days day's days'",
    "week": "wk wks weeks week's weeks' wks'",
    "fortnight": "fortnite fortnights",
    "month": "mth mths mnth months month's mo",
    "quarter": "qtr quater",
    "year": "yr yrs years year's",
    "morning": "morn mornin",
    "noon": "midday",
    "afternoon": "aft arvo",
    "evening": "eve evng",
    "weekend": "w/end wkend wknd",
    "christmas": "xmas chrimbo",
    "until": "til till untill 'til",
    "last": "final",
    "working": "business wkg",
    "beginning": "begining",
    "oclock": "o'clock",
    "meeting": "mtg",
    "12": "dozen",
}


@lru_cache(maxsize=1)
def spellings() -> dict[str, str]:
    """Each spelling and the word it stands for; numbers as figures, ranks as `#8`."""
    words = {slip: name for name in _long_names() for slip in _slips(name)}
    for name, typed in _TYPED.items():
        words.update((spelling, name) for spelling in typed.split())
    return words | _numbers()


def _long_names() -> tuple[str, ...]:
    months = tuple(month for month in MONTHS if len(month) >= 6)
    return (*WEEKDAYS, *months, "tomorrow", "yesterday", "fortnight", "weekend", "midnight", "christmas")


def _slips(name: str) -> set[str]:
    """The commonest slips of the thumb: a letter left out, doubled, or two changed about."""
    left_out = {name[:at] + name[at + 1 :] for at in range(1, len(name))}
    doubled = {name[: at + 1] + name[at:] for at in range(len(name))}
    swapped = {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)}
    return (left_out | doubled | swapped) - {name}


def _numbers() -> dict[str, str]:
    words = {word: str(number) for number, word in enumerate(_ONES + _TEENS, 1)}
    words |= {"twenty": "20", "thirty": "30", "forty": "40"}
    words |= {word: f"#{number}" for number, word in enumerate(_FIRSTS + _TENTHS, 1)} | {"thirtieth": "#30"}
    for tens, name in ((20, "twenty"), (30, "thirty")):
        for number, (one, first) in enumerate(zip(_ONES, _FIRSTS, strict=True), 1):
            for joint in "- ":
                words[f"{name}{joint}{one}"] = str(tens + number)
                words[f"{name}{joint}{first}"] = f"#{tens + number}"
    return words
