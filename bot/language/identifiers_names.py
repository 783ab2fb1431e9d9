"""Names told from other capitalised words, and read where a cue says that one stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.language.identifiers_given import GIVEN
from bot.language.identifiers_text import Message
from bot.language.identifiers_words import NOT_INITIALS, NOT_NAMES, NOT_SURNAMES, NOT_WHEN_SMALL, PLACE_ENDS

Span = tuple[int, int]

NAMES = r"[^\W\d_][\w-]{1,30}(?: [^\W\d_][\w'-]{1,30})?"
"""One or two words that may be a name, before it is asked whether they are."""

TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr)\b\.?"
_TITLES = re.compile(rf"{TITLE}(?: (?:and|&) {TITLE})? ", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+){0,3}")
_INITIALLED = re.compile(r"(?:[A-Z]\. ?){1,2}[A-Z][a-z]+(?:['-][A-Z]?[a-z]+)?")
_OFFICIAL = re.compile(
    r"\b(?:cllrs?|councillors?|coun|ald|alderman|mayor|leader|chair(?:man|woman|person)?|sir|dame|lord|lady|baroness|mp|pc|"
    r"sgt|director|manager|officer|head of \w+|social worker|adviser|advisor|iro|teacher|headteacher|"
    r"solicitor|judge)"
    r"[,.]? (?:[A-Z][\w'-]+ )?$",
    re.IGNORECASE,
)


def name_at(text: str, start: int, *, small: bool = False, shout: bool = False) -> Span | None:
    """The name that begins at `start`: with its title, of up to three words, without a possessive.

    `small`: a name in small letters will do (after "called"); else only a common given name may be in small
    letters. `shout`: the message is all capitals, so capitals mean nothing.
    """
    initialled = _INITIALLED.match(text, start)
    if initialled:
        return initialled.span()
    title = _TITLES.match(text, start)
    place = title.end() if title else start
    first = _WORD.match(text, place)
    if first is None:
        return None
    word = _bare(first.group())
    if not (
        _is_initial(word, text, first.end()) if title and len(word) == 1 else _is_name(word, small, shout)
    ):
        return None
    end = first.start() + len(word)
    if len(word) < len(first.group()) or word.islower():
        return start, end
    return start, _further(text, end, shout)


def _further(text: str, end: int, shout: bool) -> int:
    """The end of the surnames and initials that follow a first name."""
    for _ in range(2):
        following = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
        if following is None or shout or not following.group()[0].isupper():
            return end
        word = _bare(following.group())
        if word.lower() in NOT_SURNAMES or (word.isupper() and len(word) > 1):
            return end
        end = following.start() + len(word)
        if len(word) < len(following.group()):
            return end
    return end


def _bare(word: str) -> str:
    """A word without its possessive."""
    return word[:-2] if word.lower().endswith("'s") else word


def _is_initial(word: str, text: str, end: int) -> bool:
    return word.isupper() and not text[end : end + 1].isalpha()


def _is_name(word: str, small: bool, shout: bool) -> bool:
    plain = word.lower()
    called_so = small and word[0].isupper() and plain in GIVEN  # a girl called April
    if (plain in NOT_NAMES and not called_so) or len(word) < 2:
        return False
    if word == plain or shout:
        return _small_name(plain, small)
    if word.isupper():
        return len(word) == 2 and word not in NOT_INITIALS
    return True


def _small_name(word: str, small: bool) -> bool:
    """In small letters: a common given name, or after a plain cue any word that does not look like a verb."""
    if word in NOT_WHEN_SMALL:
        return False
    return word in GIVEN or (small and len(word) > 2 and not word.endswith(("ing", "ed", "ly", "s")))


def is_given(word: str) -> bool:
    """Whether a word is a common given name."""
    return word.lower() in GIVEN


def like_a_place(word: str) -> bool:
    """Whether a capitalised word is rather a place, a service or a heading than a person."""
    plain = word.lower()
    return plain not in GIVEN and (plain in NOT_NAMES or plain.endswith(PLACE_ENDS))


def of_an_official(before: str) -> bool:
    """Whether the words before a name are the title or job of a councillor or officer."""
    return bool(_OFFICIAL.search(before))


def name_in(message: Message, match: re.Match[str]) -> Span | None:
    """The name at the end of what a group `name` caught: "ring Jayden" holds one word of it."""
    start, end = match.span("name")
    words = [(start + word.start(), word.group()) for word in re.finditer(r"\S+", match["name"])]
    names = [(place, word) for place, word in words if _may_be_name(word)]
    if not names or names[-1] != words[-1]:
        return None
    return (names[0][0] if len(names) == len(words) else names[-1][0]), end


def _may_be_name(word: str) -> bool:
    if word.lower() in NOT_NAMES or is_given(word):
        return word.lower() not in NOT_NAMES
    return word[0].isupper() and not word.isupper() and not like_a_place(word)


def first_word(message: Message, span: Span) -> str:
    """The first word of a name."""
    return message.text[span[0] : span[1]].split()[0]


def one(span: Span | None) -> Iterator[Span]:
    """That span, if there is one."""
    if span is not None:
        yield span
