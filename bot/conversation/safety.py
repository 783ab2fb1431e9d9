"""The two checks before anything is kept: is a child at risk, and is a child identified?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.conversation.registry import Matched
from bot.language.guard import Guarded, guard
from bot.language.identifiers import Allowed, find_identifiers, mask
from bot.store.contacts import contacts
from bot.store.council import council_row
from bot.store.inbox import SafeguardingShown
from bot.store.people import Person, known_addresses
from bot.store.work import Work
from bot.wording.parts import Field, Form

CALM = Guarded(urgent=False, kind=None, p=0.0, topic=False, why="")


@dataclass(frozen=True)
class Masked:
    """Words with the identifiers taken out, and the kinds that were found."""

    text: str
    kinds: tuple[str, ...]


def watch(typed: Iterable[str]) -> Guarded:
    """Whether a live child at risk is described in anything the person typed."""
    verdicts = [guard(t) for t in typed if t.strip()]
    return max(verdicts, key=lambda g: (g.urgent, g.topic, g.p), default=CALM)


def record_shown(work: Work, person: Person | None, kind: str, channel: str) -> None:
    """Keep that the card was shown: to whom, when and which. Never the words."""
    work.session.add(
        SafeguardingShown(person_id=person.id if person else None, kind=kind, at=work.now, channel=channel)
    )


def masked(work: Work, values: Mapping[str, str]) -> dict[str, Masked]:
    """Each text with its identifiers taken out."""
    allow = allowed(work)
    found = {k: find_identifiers(v, allow=allow) for k, v in values.items()}
    return {k: Masked(mask(values[k], f), tuple(dict.fromkeys(i.kind for i in f))) for k, f in found.items()}


def form_without(matched: Matched, found: Mapping[str, Masked], line: Callable[[str], str]) -> Form:
    """The same command as a form: the words masked, everything else carried along unseen."""
    spec, args = matched.spec, matched.args
    says = " ".join([spec.name, *(v for k, v in args.groups.items() if k not in spec.keeps)])
    hidden = tuple(
        Field(k, "hidden", k, required=False, value=v)
        for k, v in args.form.items()
        if k not in found and k != "office"
    )
    shown = tuple(Field(k, "long", line("field_words"), value=m.text) for k, m in found.items())
    office = Field("office", "check", line("field_office"), required=False)
    return Form(says, line("form_title"), line("form_submit"), (*shown, *hidden, office))


def allowed(work: Work) -> Allowed:
    """The council's own numbers, addresses and names, which identify no child."""
    row = council_row(work.session)
    version = row.directory_version if row else 0
    kept = work.cache.get("allowed")
    if kept is None or kept[0] != version:
        kept = (version, _allowed(work))
        work.cache["allowed"] = kept
    allow: Allowed = kept[1]
    return allow


def _allowed(work: Work) -> Allowed:
    row = council_row(work.session)
    settings = row.settings if row else {}
    entries = contacts(work.session)
    people = known_addresses(work.session)
    numbers = [
        line.get("phone", "") for line in settings.get("safeguarding", {}).values() if isinstance(line, dict)
    ]
    return Allowed(
        phones=frozenset(
            p for p in [*numbers, *(e.phone for e in entries), *(phone for _, _, phone in people)] if p
        ),
        emails=frozenset(e for e in [*(e.email for e in entries), *(email for _, email, _ in people)] if e),
        email_domains=frozenset(settings.get("email_domains", [])),
        names=frozenset(name for name, _, _ in people),
    )
