"""Subject access, erasure and retention."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from bot.errors import NotFound
from bot.rules.retention import Keep, RetentionPolicy
from bot.services.council import settings
from bot.store import privacy
from bot.store.people import Person, by_email
from bot.store.work import Work

_FILE_NAMES = {"responses": "response_detail", "safeguarding_cards": "safeguarding_events"}
"""Where council.yaml and the rules call the same thing differently."""


def person_called(work: Work, email: str) -> Person:
    """The person with that e-mail address, or NotFound."""
    person = by_email(work.session, email)
    if person is None:
        raise NotFound("errors.no_such_person", email=email)
    return person


def everything_about(work: Work, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Every row the bot holds about a person (UK GDPR article 15)."""
    work.audit("person.exported", f"person:{person.id}")
    return privacy.rows_about(work.session, person)


def erase(work: Work, person: Person) -> dict[str, int]:
    """Erase a person (article 17): rows removed, by kind. The fact of it stays in the audit."""
    removed = privacy.erase(work.session, person, work.now)
    work.audit("person.erased", f"person:{person.id}", **removed)
    return removed


def policy(work: Work) -> RetentionPolicy:
    """How long this council keeps each kind of record."""
    given = settings(work).get("retention") or {}
    known = {f.name for f in fields(RetentionPolicy)}
    named = {_FILE_NAMES.get(k, k): Keep.parse(f"{v['count']} {v['unit']}") for k, v in given.items()}
    return replace(RetentionPolicy(), **{k: v for k, v in named.items() if k in known})


def retain(work: Work) -> dict[str, int]:
    """Remove or reduce everything that is past keeping; how many of each kind."""
    done = privacy.expire(work.session, policy(work).cutoffs(work.now))
    work.audit("retention", **done)
    return done
