"""Figures that are no dates: references, telephone numbers, addresses on the web, money, municipal years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.language.dates_grammar import phrase
from bot.language.dates_parts import Found, Noise, Rule
from bot.language.dates_setting import Setting

_ELSEWHERE = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,100}"
    r"|\bhttps?://\S{1,300}|\bwww\.\S{1,300}|<[@!#][^>]{1,80}>"
    r"|(?<!\w)[a-z]{1,6}-[0-9]{2,4}/[0-9]{2}-[0-9]{1,4}"
    r"|(?<![\w+])(?:\+44 ?(?:\(0\) ?)?|\(?0)[0-9]{2,5}\)?(?:[ -]?[0-9]){6,8}(?!\w)"
    r"|[£$€] ?[0-9][0-9,]{0,12}(?:\.[0-9]{1,2})?(?: ?(?:k|m|bn|million|billion)\b)?"
    r"|(?<![\w.])[0-9]{1,4}(?:\.[0-9]{1,3})? ?(?:%|percent\b|per cent\b)"
    r"|(?<![\w/])(?:24/7|50/50)(?![\w/])"
)
RULES: tuple[Rule, ...] = (
    (phrase(r"20[0-9]{2}[/-][0-9]{2}(?![/0-9-])"), lambda match, setting: Noise()),
    (
        phrase(r"(?:aged?|ages|under|over) [0-9]{1,2}(?: ?(?:-|to|and) ?[0-9]{1,2})?"),
        lambda match, setting: Noise(),
    ),
)


def outside(setting: Setting) -> Iterator[Found]:
    """The stretches of text in which no date is looked for."""
    for match in _ELSEWHERE.finditer(setting.text):
        yield Found(match.start(), match.end(), Noise())
