"""Who is speaking: a proven account becomes a person with roles, or nobody."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation.inbound import Inbound, Sender
from bot.rules.access import Role
from bot.store.inbox import account_and_card
from bot.store.people import Account, Person, by_account, by_email
from bot.store.work import Work

SEEN_TO = timedelta(minutes=1)
"""How exactly it is kept when somebody was last seen: not every message is worth a change to their row."""


def recognise(work: Work, inbound: Inbound) -> Person | None:
    """The person behind a message, if they have access today.

    A new account is tied to a person once, by an e-mail address that the platform vouches for.
    """
    account = _account(work, inbound.sender)
    if account is None or not account.person.active_on(work.today):
        return None
    _remember(account, inbound, work)
    return account.person


def roles_of(person: Person) -> frozenset[Role]:
    """The roles a person holds."""
    return frozenset(Role(r) for r in person.roles)


def _account(work: Work, sender: Sender) -> Account | None:
    known = account_and_card(work.session, sender.channel, sender.tenant, sender.user_id)
    if known is None and sender.tenant:
        known = _without_tenant(work, sender)
    if known is not None or not sender.email:
        return known
    person = by_email(work.session, sender.email)
    if person is None or not person.active_on(work.today):
        return None
    account = Account(channel=sender.channel, tenant=sender.tenant, user_id=sender.user_id, person=person)
    work.session.add(account)
    work.session.flush()
    work.audit("account.matched", f"person:{person.id}", channel=sender.channel)
    return account


def _without_tenant(work: Work, sender: Sender) -> Account | None:
    """An account whose id was loaded from a file, before its tenant was known."""
    loaded = by_account(work.session, sender.channel, "", sender.user_id)
    if loaded is not None:
        loaded.tenant = sender.tenant
    return loaded


def _remember(account: Account, inbound: Inbound, work: Work) -> None:
    """Where they can be reached. A shared place is never kept as somebody's own conversation."""
    if inbound.place != "personal":
        return
    if inbound.conversation and inbound.conversation != account.conversation:
        account.conversation = inbound.conversation
    if inbound.service_url and inbound.service_url != account.service_url:
        account.service_url = inbound.service_url
    if account.unreachable:
        account.unreachable = ""
    # A reply that goes out as a delivery goes to where somebody was last seen: that must be here, exactly.
    if inbound.by_delivery or account.seen_at is None or work.now - account.seen_at >= SEEN_TO:
        account.seen_at = work.now
