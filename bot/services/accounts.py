"""Accounts on the platforms, kept in step with the platforms' own directories."""

from __future__ import annotations

from bot.store.people import Account, by_account, by_email, everybody
from bot.store.routes import mark_unreachable
from bot.store.work import Work


def knows(work: Work, channel: str, tenant: str, user_id: str) -> bool:
    """Whether an account is tied to a person. One loaded without its tenant learns it here."""
    if by_account(work.session, channel, tenant, user_id) is not None:
        return True
    loaded = by_account(work.session, channel, "", user_id) if tenant else None
    if loaded is not None:
        loaded.tenant = tenant
    return loaded is not None


def has_access(work: Work, channel: str, tenant: str, user_id: str) -> bool:
    """Whether an account is tied to a person who has access today."""
    known = by_account(work.session, channel, tenant, user_id)
    return known is not None and known.person.active_on(work.today)


def match(work: Work, channel: str, tenant: str, user_id: str, email: str) -> bool:
    """Tie an account to the person with the e-mail address a platform vouches for. False if unknown.

    An account follows its address: should it come to mean somebody else, the old tie is cut.
    """
    person = by_email(work.session, email)
    known = by_account(work.session, channel, tenant, user_id) or by_account(
        work.session, channel, "", user_id
    )
    if person is None or not person.active_on(work.today):
        return False
    if known is None:
        work.session.add(Account(channel=channel, tenant=tenant, user_id=user_id, person=person))
        work.audit("account.matched", f"person:{person.id}", channel=channel)
    elif known.person_id != person.id:
        work.audit("account.moved", f"person:{person.id}", channel=channel, before=known.person_id)
        known.person, known.conversation = person, ""
    if known is not None:
        known.tenant = tenant
    return True


def reach(work: Work, channel: str, tenant: str, user_id: str) -> tuple[str, str]:
    """Conversation and service address of an account's own private conversation; empty where not known."""
    known = by_account(work.session, channel, tenant, user_id)
    return (known.conversation, known.service_url) if known is not None else ("", "")


def drop(work: Work, channel: str, tenant: str, user_id: str) -> bool:
    """Cut the tie of an account whose owner left the platform. True if there was one."""
    known = by_account(work.session, channel, tenant, user_id) or by_account(
        work.session, channel, "", user_id
    )
    if known is None:
        return False
    work.audit("account.dropped", f"person:{known.person_id}", channel=channel)
    work.session.delete(known)
    return True


def close(work: Work, channel: str, tenant: str, user_id: str, why: str) -> bool:
    """Note that an account cannot be written to any more, until its owner writes. True if it is known."""
    known = by_account(work.session, channel, tenant, user_id) or by_account(
        work.session, channel, "", user_id
    )
    if known is None:
        return False
    mark_unreachable(work.session, {known.id: why})
    work.audit("account.closed", f"person:{known.person_id}", channel=channel)
    return True


def web_accounts(work: Work, channel: str, tenant: str) -> int:
    """Give everybody an account on the local web chat; how many were new."""
    new = [p for p in everybody(work.session) if all(a.channel != channel for a in p.accounts)]
    for person in new:
        work.session.add(Account(channel=channel, tenant=tenant, user_id=str(person.id), person=person))
    return len(new)
