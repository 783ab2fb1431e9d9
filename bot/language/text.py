"""Plain text made comparable: one spelling of characters, words, stems, and how common an English word is."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib import resources

import snowballstemmer

LONGEST = 2000
"""Characters of a message that are read; a forwarded chain beyond this adds cost, not meaning."""

_WORD = re.compile(r"[a-z0-9]+\+?")
_POSSESSIVE = re.compile(r"'s\b")
_CODES = str.maketrans({"’": "'", "‘": "'", "´": "'", "–": "-", "—": "-", "“": '"', "”": '"'})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_LONG_WORD = 30
# Acronyms of the field that lower case would turn into everyday words.
_ACRONYMS = {"SEND": "sen", "IT": "ict"}
_ACRONYM = re.compile(r"\b(?:SEND|IT)\b")
# Unicode categories that stand for a space or (invisible joiners, soft hyphens) for nothing.
_KEPT = {"Cc": " ", "Zs": " ", "Zl": " ", "Zp": " ", "Cn": " ", "Co": " ", "Cs": " ", "Cf": ""}

# Spellings that mean one word, brought to the one that directories use.
_SPELLINGS = {
    "advisor": "adviser", "advisors": "advisers", "licence": "license", "licences": "licenses",
    "enquiry": "inquiry", "enquiries": "inquiries", "enquire": "inquire", "program": "programme",
    "programs": "programmes", "councilor": "councillor", "councilors": "councillors", "mum": "mother",
    "mums": "mothers", "mam": "mother", "mom": "mother", "mummy": "mother", "dad": "father",
    "dads": "fathers", "daddy": "father", "nan": "grandmother", "nana": "grandmother",
    "gran": "grandmother", "granny": "grandmother", "grandma": "grandmother", "grandad": "grandfather",
    "grandpa": "grandfather",
}  # fmt: skip

# Words that the Snowball stemmer would join to another word of a different meaning.
_OWN_STEM = {
    "allowance": "allowance", "allowances": "allowance", "authority": "authority",
    "authorities": "authority", "business": "business", "businesses": "business",
    "election": "election", "elections": "election", "international": "international",
    "organ": "organ", "personal": "personal", "policy": "policy", "police": "police",
    "probation": "probation", "relative": "relative", "relatives": "relative", "traveller": "traveller",
    "travellers": "traveller", "university": "university", "universities": "university",
    "minute": "minute", "minutes": "minutes", "carer": "carer", "carers": "carer", "caring": "caring",
    "general": "general", "hospitality": "hospitality", "meeting": "meeting", "meetings": "meeting",
    "placement": "placement", "placements": "placement", "licensing": "licensing",
}  # fmt: skip


def normalise(text: str, longest: int = LONGEST) -> str:
    """Lower case, compatibility characters folded, accents and controls dropped, one space between words."""
    kept = text[:longest]
    if kept.isascii():
        return " ".join(_CONTROLS.sub(" ", kept).lower().split())
    folded = unicodedata.normalize("NFKD", kept.translate(_CODES)).lower()
    letters = (_KEPT.get(unicodedata.category(c), c) for c in folded if not unicodedata.combining(c))
    return " ".join("".join(letters).split())


def words(text: str, longest: int = LONGEST) -> list[str]:
    """The words and numbers of a text in order: lower case, no possessive, one spelling.

    "16+" stays whole; "SEND" and "IT" in capitals are read as the field's acronyms, "send" and "it" are not.
    """
    told = text if text.isupper() else _ACRONYM.sub(lambda found: _ACRONYMS[found[0]], text)
    plain = _POSSESSIVE.sub("", normalise(told, longest)).replace("'", "")
    return [_SPELLINGS.get(word, word) for word in _WORD.findall(plain) if len(word) <= _LONG_WORD]


@lru_cache(maxsize=1)
def _stemmer() -> object:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one lower-case word: Snowball English, except where it would join different words."""
    return _OWN_STEM.get(word) or str(_stemmer().stemWord(word))  # type: ignore[attr-defined]


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in words(text)]


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    listed = resources.files("bot.language").joinpath("data/common_words.txt").read_text("utf-8").split()
    return {word: rank for rank, word in enumerate(listed)}


def common_rank(word: str) -> int | None:
    """How common a lower-case English word is: 0 for the commonest, None for one outside the 16,000 listed."""
    return _ranks().get(word)


def is_common(word: str) -> bool:
    """Whether this is one of the 16,000 commonest English words, which no spelling repair may touch."""
    return word in _ranks()
