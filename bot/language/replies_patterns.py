"""The turns of phrase that tell one reply to a card from another; each is a vote the reply model weighs.

Patterns read the folded text of `bot.language.intents_text.fold`. Every repetition in them is bounded and none is
nested, so they stay linear on hostile text.
"""

from __future__ import annotations

import re
from functools import cache

_LONGEST = 400
_WHEN = (
    r"(?:to(?:morrow|night|day)|tmrw|tmw|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thurs?|fri|"
    r"noon|morning|afternoon|evening|next week|\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)|\d{1,2}(?:st|nd|rd|th)|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"in (?:an?|\d|two|three|a few) (?:hours?|days?|weeks?)|fortnight|a month|half term|new year|after \d)"
)
_PATTERNS = {
    "only_yes": r"^(?:yes|yep|yeah|y|aye|yup|sure|yes please|yes pls|yh)[.! ]*$",
    "only_no": r"^(?:no|nope|nah|n|naw|no thanks|no thank you)[.! ]*$",
    "only_ok": r"^(?:ok|okay|k|kk|fine|all right|alright|right|okay then|ok then|very well|i see|good|well)[.! ]*$",
    "only_sign": r"^[^a-z0-9]*$|^(?:thumbsup|ticksign|thumbsdown|crosssign|shrugsign)$",
    "only_seen": r"^(?:seen|noted|received|read|got it|understood|agreed|accepted|accept|confirmed|ack)[.! ]*$",
    "only_later": r"^(?:later|not now|tomorrow|tonight|another time|not yet)[.! ]*$",
    "only_done": r"^(?:yes |all |now |it'?s |its )?(?:done|finished|complete|completed|sorted|closed)[.! ]*$",
    "only_thanks": (
        r"^(?:ok |okay |great |lovely |brilliant |perfect |good |many |that's great,? |no |thats great,? )?"
        r"(?:thanks?(?: you)?|ta|thx|cheers|tysm|much (?:appreciated|obliged))\b[^?]{0,40}$"
    ),
    "starts_yes": r"^(?:yes|yep|yeah|aye|ok|okay|sure|happy to|confirmed?|approved|accept)\b",
    "starts_no": r"^(?:no|nope|nah|not|don'?t|do not|never|cancel|stop)\b",
    "yes_but": r"^(?:yes|ok|okay|fine|good|yep)\b.{0,12}\b(?:but|except|only|if|unless|once|after|when)\b",
    "conditional": r"\b(?:if|unless|provided|as long as|subject to|once)\b",
    "asks": r"\?|^(?:who|what|when|where|which|why|how|is|are|has|have|did|does|do|will|was|can you|could you)\b",
    "asks_who": r"\bwho(?:'s|s)?\b|\bwhich (?:officer|team|person|directorate)\b",
    "asks_how": r"^(?:how (?:do|would|should|can)|what (?:do|can|should) i|where do i|what are my (?:options|choices))\b",
    "unsure_of_it": (
        r"\b(?:which (?:meeting|one|action)|who is this|what is this|not sure|i think|think so|maybe|perhaps|possibly|"
        r"hmm?|don'?t (?:know|remember)|let me (?:think|check|read)|hang on|hold on|wait|one sec|a minute|"
        r"check with|not certain)\b"
    ),
    "both_ways": r"\b(?:yes (?:and )?no|either|both|1 or 2|first or the second|all of them|bit of both)\b",
    "attends": (
        r"\b(?:be there|coming|attend(?:ing)?|count (?:me|us)|see you|can make|put (?:me|us) down|i'?m in|join(?:ing)?|"
        r"dial|online|remote(?:ly)?|on teams|by (?:phone|video)|in person|will come|i come|suits|save me)\b"
    ),
    "absent": (
        r"\b(?:apolog(?:y|ies)|apols?|can'?t (?:make|come|attend|do|get)|cannot|won'?t be|not coming|unable|decline|"
        r"regret|clash|double booked|away|on leave|on holiday|withdraw|pull out|sub(?:stitut\w*|bing)?\b|in my place|"
        r"instead of me|standing in|deputy)"
    ),
    "delays": r"\b(?:late|leav(?:e|ing)|need to (?:go|be away)|stay till|until \d|first hour|slip (?:off|away)|miss the)\b",
    "wavers": r"\b(?:maybe|tbc|50 ?/ ?50|depends|poss(?:ibly)?|prob(?:ably)?|let you know|provisional\w*|unlikely|hope)\b",
    "meeting_named": r"\b(?:meeting|panel|the \d{1,2}(?:st|nd|rd|th)|december|january|dec|jan|tuesday|thursday|weds?)\b",
    "owns": (
        r"\b(?:ack\w*|accept\w*|on it|mine|ours|will do|i'?ll (?:do|take|own|sort|see to|get)|we'?ll (?:do|pick|take)|"
        r"happy to (?:take|be|do)|leave (?:it|that)|take (?:it|this|that) (?:on|forward)|my team|pick (?:it|this|that) up)\b"
    ),
    "disowns": (
        r"\b(?:not (?:mine|ours|us|for us|my|one for)|isn'?t (?:ours|mine|for|one|housing)|wrong (?:person|door|directorate)|"
        r"sits with|belongs|redirect|reassign|pass(?:ed)? (?:it |this |that )?(?:to|on)|try \w+|should (?:go|be|sit)|"
        r"decline|reject|hand (?:this|it) back|no longer|nothing to do with|someone else|moved jobs|taken over|"
        r"can'?t (?:take|accept) (?:it|this)|no capacity|needs to go to|responsibility lies|i'?d rather)\b"
    ),
    "wants_time": (
        r"\b(?:exten(?:d|sion)|ext\b|more time|longer|(?:more|another|further|extra|additional|\d|two|three|ten) "
        r"(?:more )?(?:working )?(?:wks?|weeks?|days?|months?|fortnight)|push (?:it |this )?(?:back|to)|"
        r"(?:move|put|shove) (?:it |the date |the deadline )?(?:back|to)|deadline|date (?:back|move)|give (?:me|us)|"
        r"till the|until the|have (?:until|till?)|can i have|acceptable instead|not by that date|too soon)\b"
    ),
    "finished": (
        r"\b(?:done|finished|complete[d]?|close(?:d)? (?:it|this)?|sorted|sign(?:ed)? (?:it )?off|tick|discharged|off the list|"
        r"propose (?:we )?clos\w+|already (?:done|delivered)|can be closed|consider this closed)\b"
    ),
    "unfinished": (
        r"\b(?:not (?:done|started|finished|yet)|isn'?t (?:done|finished)|isnt|half|part done|most of|nearly|first|phase|bit|"
        r"outstanding|of \d|\d of|two of|last (?:bit|one) next|but|except|still|remaining|when it'?s done)\b"
    ),
    "reports": (
        r"\b(?:waiting|awaiting|chased|emailed|spoke(?:n)?|met|rung|written|draft(?:ed)?|booked|started|start on|"
        r"in progress|under ?way|on track|blocked|stuck|delayed|on hold|no (?:progress|change|movement|reply)|update|"
        r"ordered|progressing|on schedule|nothing (?:further|to report)|with (?:legal|finance|comms)|covering|vacanc\w+)\b"
    ),
    "adds": (
        r"\b(?:add|also|and another|ps|put (?:in|that)|include|forgot|one more|actually|should (?:say|be|have)|correct\w*|"
        r"change (?:it|the|thursday|room)|change '|instead of|not \w+ but|its? \w+ not|rather than|affects|since|"
        r"mention|reword\w*|typo|wrong|spelt|make it (?:clear|shorter|friendlier))\b"
    ),
    "hides_name": r"\b(?:anonymous\w*|my name|no name|name on it|name off|(?:don'?t|not) (?:say|tell)\b.{0,30}\b(?:me|who))\b",
    "withdraws": (
        r"\b(?:cancel|delete|scrap|withdraw|take (?:it|that) (?:down|off|back)|take that|remove (?:that|it)|undo|"
        r"don'?t (?:log|send)|forget it|never ?mind|changed my mind|mistake|ignore (?:that|it)|pull it|rub it out|"
        r"on reflection|meant for)\b"
    ),
    "asks_of_concern": (
        r"\b(?:who (?:gets|sees|can see|will|owns|is)|who'?s dealing|when (?:will|can)|how long|what happens|confidential|"
        r"\bref(?:erence)?\b|my name|where (?:has|would|is) (?:it|i)|been sent|the lead|what i wrote|the wording|deadline)\b"
    ),
    "another_matter": r"\b(?:another (?:concern|one|matter)|new concern|second thing|log another|different matter|want to raise)\b",
    "picks": (
        r"^(?:yes,? |no\.? ?|the |number |option |#|it was the |go with |i meant the |let'?s have the |i'?d like the )*"
        r"(?:[1-5]|one|two|three|first|second|third|1st|2nd|3rd|[a-c]|top|middle|bottom|last)\b"
        r"(?: (?:one|option|please|pls|ta|down|of those|i think))*"
    ),
    "rejects": (
        r"\b(?:none|neither|not (?:those|any|it|what|even|quite)|nothing there|wrong|misunderst\w+|different|"
        r"something else|isn'?t what|thats not|that's not)\b"
    ),
    "gives_up": r"\b(?:cancel|never ?mind|nvm|forget it|leave it|doesn'?t matter|don'?t (?:worry|bother)|no need|ask someone)\b",
    "sends": r"\b(?:send|post|publish|go ahead|confirm(?:ed)?|approved|do it|do that|correct|that'?s right|go)\b",
    "holds": r"\b(?:don'?t (?:send|want)|do not send|not (?:yet|until|sending)|abort|bin it|discard|hold|wait|let'?s not)\b",
    "edits": (
        r"\b(?:change|add|remove|take out|leave out|should (?:say|be)|typo|spelt|correct(?:ed)?|fix|shorter|only|just|"
        r"not the|except|everyone but|as well|instead|put the|include|it'?s \d|its \d|start with|drop|the time'?s)\b"
    ),
    "names_time": rf"\b{_WHEN}\b",
    "defers": r"\b(?:remind me|ask (?:me )?again|ask me|chase me|try me|come back to me|nudge me|bring this back|snooze|mute)\b",
    "defers_to": r"\bremind me (?:to|about|of)\b|\bremind me .{1,30}\bto\b",
    "prefers": (
        r"\b(?:stop|unsubscribe|weekends?|evenings?|at night|after \d ?pm|by e?-?mail|e?-?mail (?:me|only)|daily|weekly|"
        r"once a week|every (?:day|week)|fewer|less of|turn (?:these|reminders|them) off|one reminder|on here|only)\b"
    ),
    "refers": r"\b(?:cpp[- ]?\d\d/\d\d-\d+|[am]-?\d{1,4}|action \d+)\b",
}  # fmt: skip


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS.items())


def phrases(folded: str) -> frozenset[str]:
    """The names of the patterns that the folded text shows (its first and last parts, when it is long)."""
    shown = folded if len(folded) <= 2 * _LONGEST else f"{folded[:_LONGEST]} {folded[-_LONGEST:]}"
    return frozenset(name for name, pattern in _compiled() if pattern.search(shown))
