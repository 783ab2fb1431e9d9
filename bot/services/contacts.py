"""The directory: who to contact about something, and how the officer makes it better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from bot.errors import BadInput, NotFound
from bot.language.directory import Directory
from bot.language.entry import Entry
from bot.language.guard import guard
from bot.language.identifiers import find_identifiers
from bot.store.contacts import Contact, Question, contact_by_key, contacts, contacts_by_key, open_questions
from bot.store.council import CouncilRow, council_row
from bot.store.work import Work

Tier = Literal["sure", "unsure", "unknown"]
LONGEST_ALIAS = 120
REVIEW_EVERY = timedelta(days=365)


@dataclass(frozen=True)
class Match:
    """An entry that may answer a question, and why it was chosen."""

    contact: Contact
    because: str


@dataclass(frozen=True)
class Found:
    """The directory's answer: how sure, the entries best first, and what it is about if not ours."""

    tier: Tier
    matches: tuple[Match, ...]
    subject: str = ""


def directory(work: Work) -> Directory:
    """The built index of the council's entries, kept until one of them changes."""
    row = council_row(work.session)
    version = row.directory_version if row else 0
    kept = work.cache.get("directory")
    if kept is None or kept[0] != version:
        kept = (version, Directory([entry_of(c) for c in contacts(work.session)]))
        work.cache["directory"] = kept
    built: Directory = kept[1]
    return built


def entry_of(contact: Contact) -> Entry:
    """A contact as the matcher reads it."""
    return Entry(
        id=contact.key,
        service=contact.service,
        team=contact.team,
        topics=tuple(contact.topics),
        audience=tuple(contact.audience),
        role=contact.role,
        phone=contact.phone,
        email=contact.email,
        hours=contact.hours,
        escalation=contact.escalation,
        aliases=tuple(contact.aliases),
        area=contact.area,
        out_of_hours=contact.out_of_hours,
        how_to_refer=contact.how_to_refer,
        needs=tuple(contact.needs),
    )


def look_up(work: Work, question: str) -> Found:
    """Who to contact about something. A doubtful or failed question is kept for the officer."""
    found = find(work, question)
    if found.tier != "sure":
        _keep(work, question, found.tier, [m.contact.key for m in found.matches], reason="")
    return found


def find(work: Work, words: str) -> Found:
    """The same, with nothing kept: for words that are still being typed."""
    answer = directory(work).answer(words)
    entries = contacts_by_key(work.session, [h.entry_id for h in answer.hits])
    matches = tuple(Match(entries[h.entry_id], h.because) for h in answer.hits if h.entry_id in entries)
    return Found(answer.tier if matches else "unknown", matches, answer.subject or "")


def report_wrong(work: Work, key: str, question: str) -> Contact:
    """A person says that an entry was the wrong answer, or holds wrong details."""
    contact = get_contact(work, key)
    _keep(work, question or f"Details of {key}", "wrong", [key], reason="wrong")
    work.audit("contact.wrong", f"contact:{key}")
    return contact


def get_contact(work: Work, key: str) -> Contact:
    """The entry with that id, or NotFound."""
    contact = contact_by_key(work.session, key)
    if contact is None or contact.retired:
        raise NotFound("contacts.no_such_entry", key=key)
    return contact


def duty_desk(work: Work) -> dict[str, Any]:
    """Who to ring when the directory does not know: name, phone, e-mail, hours."""
    row = council_row(work.session)
    desk: dict[str, Any] = (row.settings.get("duty_desk") or {}) if row else {}
    entry = contact_by_key(work.session, desk["entry"]) if desk.get("entry") else None
    if entry is None:
        return {k: desk.get(k) or "" for k in ("name", "phone", "email", "hours")}
    return {
        "name": entry.team or entry.service,
        "phone": entry.phone,
        "email": entry.email,
        "hours": entry.hours,
    }


def add_words(work: Work, key: str, words: str) -> Contact:
    """The officer teaches an entry the words people use. The index is rebuilt at the next question."""
    contact = get_contact(work, key)
    words = " ".join(words.split())
    if not words or len(words) > LONGEST_ALIAS:
        raise BadInput("contacts.bad_words", limit=LONGEST_ALIAS)
    if words.casefold() not in (a.casefold() for a in contact.aliases):
        contact.aliases = [*contact.aliases, words]
        _changed(work)
    work.audit("contact.words", f"contact:{key}")
    return contact


def confirm_details(work: Work, key: str) -> Contact:
    """The officer has checked an entry today; it is due again in a year."""
    contact = get_contact(work, key)
    contact.verified_on = work.today
    contact.review_by = work.today + REVIEW_EVERY
    work.audit("contact.checked", f"contact:{key}")
    return contact


def doubts(work: Work) -> Sequence[Question]:
    """The questions nobody has settled, oldest first."""
    return open_questions(work.session)


def settle(work: Work, number: int, key: str) -> Question:
    """The officer says which entry answers a question: its words become an alias. "none" just closes it."""
    question = work.session.get(Question, number)
    if question is None:
        raise NotFound("contacts.no_such_question", number=number)
    if key != "none":
        add_words(work, key, question.text[:LONGEST_ALIAS])
    question.settled_at, question.settled_as = work.now, key
    work.audit("question.settled", f"question:{number}", entry=key)
    return question


def _keep(work: Work, text: str, tier: str, nearest: list[str], reason: str) -> None:
    """Remember a question, unless its words could identify somebody or describe a child at risk."""
    if find_identifiers(text) or guard(text).urgent:
        work.audit("question.not_kept", tier)
        return
    asked_by = work.actor.id if work.actor else None
    work.session.add(
        Question(
            text=text[:500],
            tier=tier,
            nearest=nearest,
            asked_by_id=asked_by,
            asked_at=work.now,
            reason=reason,
        )
    )


def _changed(work: Work) -> None:
    row: CouncilRow | None = council_row(work.session)
    if row is not None:
        row.directory_version += 1
