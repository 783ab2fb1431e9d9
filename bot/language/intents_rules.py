"""The rules' vote on what is asked: a few turns of phrase that leave little doubt, whatever the model has read.

Each pattern adds its weight to the score of one intent. Patterns read folded text, and only its first part; their
repetitions are bounded, so they are linear on hostile text.
"""

from __future__ import annotations

import re
from functools import cache

_READ = 300
_VOTES: tuple[tuple[str, float, str], ...] = (
    ("raise_concern", 4.0, r"^(?:please |pls )?(?:log|raise|flag|concern|new concern|issue)(?: (?:this|it|concern|a concern|for the log|to log))?\s*[:–-]"),
    ("raise_concern", 2.5, r"\b(?:want|like|wish) to (?:raise|log|flag|register|report) (?:a |an |this |something|some)?"),
    ("raise_concern", 1.5, r"\b(?:log|raise|flag|record) (?:it|this|that)(?: (?:please|pls|formally|up))?[.! ]*$"),
    ("broadcast_notice", 3.0, r"^(?:please |pls |kindly )?(?:broadcast|announce(?:ment)?|notice to|group m(?:essage|sg)|circulate|push (?:this|it|out))\b"),
    ("broadcast_notice", 2.0, r"\b(?:tell|let|notify|inform|message|msg|email|send (?:to|round|out)) (?:it )?(?:to )?(?:everyone|everybody|every1|all|the (?:whole |others|lot|rest))"),
    ("acknowledge_action", 3.0, r"^(?:ack|acknowledg\w+)\b"),
    ("complete_action", 2.0, r"^(?:please |pls |kindly )?(?:close|mark|tick|sign off)\b.{0,30}\b(?:xref|done|complete|closed|off)\b|\bpropose clos"),
    ("who_is_coming", 3.0, r"\b(?:nudge|chase|prod|poke|push) (?:the |up )?(?:non|those|them as|everyone who|(?:the )?ones|outstanding responses|whoever)"),
    ("who_is_coming", 3.0, r"\b(?:in)?quor(?:ate|um)\b(?!.{0,20}\brules?\b)"),
    ("rsvp_no", 3.0, r"\bcount (?:me|us) out\b|^apol(?:s|ogies)\b(?!.{0,30}\b(?:now|after all)\b)(?!.{0,40}\bminutes\b)"),
    ("rsvp_yes", 3.0, r"\bcount (?:me|us) in\b|\b(?:cancel|ignore) my apolog|\bcan (?:come|make it|attend) (?:now|after all)\b"),
    ("rsvp_maybe", 2.5, r"\bas a maybe\b|^(?:maybe|tentative|provisional|tbc|50 ?/ ?50)\b"),
    ("remind_me", 2.5, r"\b(?:stop|no more) (?:the |all |your |these |sending (?:me )?|with the )?(?:messag|msg|remind|nudg|notific)|\bturn (?:off|on) (?:my |the |these )?remind"),
    ("remind_me", -3.0, r"^(?:please )?remind me,? (?:what|which|who|how|why|where|when|of (?:the|our|my) (?:7|seven|principles|dut|resp))"),
    ("duties", 2.5, r"^(?:please )?remind me of (?:the|our) (?:7|seven|principles|dut|resp)|\b(?:7|seven) principles\b"),
    ("duties", 1.5, r"\bstands? for\b|\bwhat (?:am i|are we) (?:actually )?(?:supposed|meant) to\b|\bnot on the panel why\b"),
    ("next_meeting", 2.5, r"\bwho(?:'s|s| is| will be)? (?:be )?(?:chairing|in the chair|presiding)\b|\bwho (?:has|takes|will take|is taking) the chair\b"),
    ("agenda", 2.0, r"^(?:the )?(?:agenda|papers|minutes)(?: please| pls)?[?.! ]*$|\bis item \d"),
    ("my_concerns", 3.0, r"^(?:is there |have you )?any (?:update|news|progress|movement)\b"),
    ("my_concerns", 2.0, r"\bre-?open\b|\b(?:status|update on|chase|happened (?:to|with)|news on) .{0,20}\b(?:c-?\d|xref|concern)|\ball reds\b"),
    ("update_action", 2.0, r"\b(?:not (?:mine|ours)|wrong (?:person|directorate))\b|\b(?:more|another) (?:\d |two |three )?(?:wks?|weeks?|fortnight|time)\b"),
    ("help", 3.0, r"^(?:help|hi|hello|hiya|thanks|thank you|ta|cheers|menu|options)[!.? ]*$"),
)  # fmt: skip


@cache
def _compiled() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    return tuple((intent, weight, re.compile(pattern)) for intent, weight, pattern in _VOTES)


def votes(folded: str) -> dict[str, float]:
    """What the rules add to the score of each intent they speak for (or against)."""
    shown = folded[:_READ]
    cast: dict[str, float] = {}
    for intent, weight, pattern in _compiled():
        if pattern.search(shown):
            cast[intent] = cast.get(intent, 0.0) + weight
    return cast
