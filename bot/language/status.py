"""Whom a text speaks of, as far as it says so: somebody in care, somebody who has left it, somebody never in it.

Words one by one do not tell "not in care" or "was in care" from "in care", and who is responsible hangs on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_OURS = r"(?:the |our |your |ur |a |foster |council )*"
_PLACE = rf"{_OURS}(?:care|system|foster care|foster homes?|children homes?|homes?)\b"
_NEVER = r"(?:not|never|isnt|wasnt|arent|werent|aint|neither|(?:isn|wasn|aren|weren|ain) t)"
_YET = r"(?: (?:been|was|were|actually|really|yet|even|currently|ever|known to be|a child|children))*"
_SERVICES = r"(?:us|social services|social care|children services|the council)"
_NOT_IN_CARE = (
    rf"\b{_NEVER}{_YET} (?:in {_PLACE}|(?:a )?looked after|fostered|one of ours|(?:a )?care leavers?)",
    rf"\b{_NEVER}{_YET} known to {_SERVICES}\b",
    rf"\b(?:nothing|nowt|never (?:had )?(?:owt|anything)|not (?:had )?(?:owt|anything)) to do with {_SERVICES}\b",
    r"\bnever had (?:a |any )?(?:social worker|social services)\b(?! (?:stay|visit|come|call))",
    r"\b(?:ordinary|normal)(?: two parent)? (?:family|families|child|children|move|residents?|constituent)\b",
    r"\b(?:at home|lives|living|live|still) with (?:both |her |his |their |own )*(?:mother|father|parents?)\b",
    r"\b(?:own|constituents?) (?:son|daughter)\b",
)
_LEFT_CARE = (
    rf"\b(?:care (?:leavers?|experienced)|left {_OURS}care|leaving care|ex care|out of {_OURS}care|aged out)\b",
    rf"\b(?:was|were|used to be|once|formerly|had been) (?:\w+ )?in {_PLACE}",
    r"\b(?:was|were|used to be|once|formerly) (?:\w+ )?(?:fostered|looked after)\b",
    r"\b(?:was|were|used to be|once) (?:with|under) us\b|\b(?:was|were) one of ours\b",
    rf"\b(?:grew up|grown up|brought up|raised) in {_PLACE}",
    rf"\b(?:came|come|been|went|gone) (?:up )?(?:through|thru|out of) {_PLACE}",
    rf"\bleft {_OURS}(?:children homes?|foster|homes?|placement|unit)\b",
    r"\bformer(?:ly)? (?:foster|looked after|in care)\b|\bno longer (?:in care|looked after)\b",
    r"\bin care (?:until|till|as a (?:child|kid|boy|girl|teenager)|when (?:he|she|they) (?:was|were))\b|\bfostered from\b",
)
_IN_CARE = (
    rf"\bin {_OURS}care\b|\blooked after\b|\bcared for\b|\bin (?:foster|placement)\b|\bin one of our homes\b",
    r"\bfoster (?:child|children|lad|lass|boy|girl|kid|kids|son|daughter|home)\b|\bfostered\b|\bchildren home\b",
    r"\b(?:cla|lac|cic|care order)\b|\b(?:her|his|their) placement\b",
)
_STATUSES = tuple(
    (f"status:{name}", re.compile("|".join(told)))
    for name, told in (("not-in-care", _NOT_IN_CARE), ("left-care", _LEFT_CARE), ("in-care", _IN_CARE))
)


def statuses(tokens: Sequence[str]) -> set[str]:
    """Of "status:not-in-care", "status:left-care" and "status:in-care" those that the words state.

    What denies or ends care is taken out before the next is looked for, so that "was in care" is not "in care".
    """
    text = " ".join(tokens)
    found = set()
    for name, pattern in _STATUSES:
        text, count = pattern.subn(" ", text)
        if count:
            found.add(name)
    return found
