"""A card's buttons: six at most, so the longest groups become lists to choose one from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.channels.teams import limits
from bot.channels.teams.inputs import ACTION, PICK, action, alone, button
from bot.channels.teams.literal import Element, cut
from bot.wording.labels import label
from bot.wording.parts import Button

Group = tuple[Button, ...]


def rows(groups: Sequence[Group], beside_form: bool) -> list[list[Element]]:
    """The elements of each group of buttons, in its place.

    Beside a form, whose answers a list would mix with its own, the first five buttons stand as they are.
    """
    if beside_form:
        return _beside_form(groups)
    few = _few(groups)
    folded = _folded([len(g) for g in few])
    shown = [_list(g, n, len(folded)) if n in folded else _sets(_buttons(g)) for n, g in enumerate(few)]
    return shown + [[] for _ in groups[len(few) :]]


def _few(groups: Sequence[Group]) -> list[Group]:
    """At most as many groups as there may be actions; what comes after joins the last."""
    last = limits.ACTIONS - 1
    tail = tuple(b for g in groups[last:] for b in g)
    return [*groups[:last], tail] if tail else list(groups)


def _folded(sizes: Sequence[int]) -> set[int]:
    """Which groups must become lists, the longest first, for the card to have six actions at most."""
    folded: set[int] = set()
    by_size = sorted(range(len(sizes)), key=lambda n: -sizes[n])
    for n in by_size:
        if sum(1 if m in folded else size for m, size in enumerate(sizes)) > limits.ACTIONS:
            folded.add(n)
    return folded


def _list(group: Group, number: int, lists: int) -> list[Element]:
    """A list of what could be pressed, and one button. Only a card's one list can insist on an answer."""
    name = f"{PICK}{number}"
    known = group[: limits.CHOICES]
    asked: dict[str, Any] = {
        "type": "Input.ChoiceSet",
        "id": name,
        "label": label("choose"),
        "style": "compact",
        "wrap": True,
        "choices": [{"title": cut(b.label, limits.CHOICE_TITLE) or "…", "value": b.says} for b in known],
    }
    if lists == 1:
        asked |= {"isRequired": True, "errorMessage": label("choose_first")}
    return [asked, *_sets([button(label("go"), {"action": ACTION, PICK: name})])]


def _beside_form(groups: Sequence[Group]) -> list[list[Element]]:
    room = limits.ACTIONS - 1
    shown = []
    for group in groups:
        shown.append(_sets([alone(b) for b in _buttons(group[:room])]))
        room -= len(group[:room])
    return shown


def _buttons(group: Group) -> list[Element]:
    return [action(b.label, b.says, b.style) for b in group]


def _sets(shown: list[Element]) -> list[Element]:
    step = limits.ACTIONS_IN_A_SET
    return [{"type": "ActionSet", "actions": shown[n : n + step]} for n in range(0, len(shown), step)]
