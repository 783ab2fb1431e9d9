"""Puts a typed message into the plain form the readers of intents, replies and risk all share.

Pure and linear in the length of the text: one pass to fold the characters, one to cut the words,
one to put everyday words in place of texting and dialect (``data/plain_words.tsv``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

LONGEST = 6000
"""Characters read from one end of a message; a longer one is read at both ends (see `clip`)."""

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
)
_SIGNS = {
    "👍": " thumbsup ", "👌": " thumbsup ", "🙋": " thumbsup ", "✅": " ticksign ", "✔": " ticksign ",
    "☑": " ticksign ", "👎": " thumbsdown ", "❌": " crosssign ", "🤷": " shrugsign ", "🙏": " thanks ",
}  # fmt: skip
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+(?:[.:/-]\d+)*[a-z]{0,6}|[?!]|[^\W\d_]+")
_SPACES = re.compile(r"\s+")
_TEXTED = {"2": "to", "4": "for"}
_AFTER_A_COUNT = frozenset(
    "of or and more year yr month week wk day hour hr min am pm people children kids men girl lad yo".split()
)
_BEFORE_ILLNESS = frozenset(
    "am im be been being is was are feel feeling felt fall fallen fell taken so too very really got get "
    "hes shes mentally seriously an the off both he's she's i'm still all".split()
)


def clip(text: str) -> str:
    """The text itself, or its first and last `LONGEST` characters when it is longer than both."""
    return text if len(text) <= 2 * LONGEST else f"{text[:LONGEST]}\n{text[-LONGEST:]}"


def fold(text: str) -> str:
    """Lower case, straight quotes, signs as words, no control or invisible characters, single spaces."""
    folded = unicodedata.normalize("NFKC", clip(text)).translate(_QUOTES).lower()
    for sign, word in _SIGNS.items():
        if sign in folded:
            folded = folded.replace(sign, word)
    seen = "".join(c if c.isspace() else "" if unicodedata.category(c)[0] == "C" else c for c in folded)
    return _SPACES.sub(" ", _STRETCHED.sub(r"\1\1", seen)).strip()


def tokens(folded: str) -> list[str]:
    """Words (apostrophes dropped), numbers and the marks ``?`` and ``!``, in plain words."""
    cut = _TOKEN.findall(folded)
    return [word for at in range(len(cut)) for word in _plain(cut, at)]


def _plain(cut: list[str], at: int) -> list[str]:
    token = cut[at]
    if token in _TEXTED:
        return [_texted(cut, at)]
    if token == "ill" and (at == 0 or cut[at - 1] not in _BEFORE_ILLNESS) and at + 1 < len(cut):  # noqa: S105
        return ["i", "will"]
    plain = plain_words()
    bare = token.replace("'", "")
    return (plain.get(token) or plain.get(bare) or bare).split(" ")


def _texted(cut: list[str], at: int) -> str:
    """``2`` and ``4`` as *to* and *for*, where what follows is neither a unit nor a plural."""
    after = cut[at + 1] if at + 1 < len(cut) else ""
    counted = not after.isalpha() or after.endswith("s") or after in _AFTER_A_COUNT
    return cut[at] if counted or at == 0 else _TEXTED[cut[at]]


@cache
def plain_words() -> dict[str, str]:
    """Texting and dialect words with the everyday words that stand for them."""
    return dict(rows("plain_words.tsv"))


def rows(name: str) -> list[tuple[str, str]]:
    """The two-column lines of a word list shipped beside this module; blank lines and ``#`` are skipped."""
    text = files("bot.language").joinpath("data", name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [(left, right) for left, _, right in (line.partition("\t") for line in lines)]
