"""Messages to many, after they went: seen first, taken back, put right, sent once more, and who was missed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.rules.states import DeliveryState
from bot.store.deliveries import Broadcast, Delivery
from bot.store.people import Account, Person, by_email
from tests.commands.test_broadcasts import draft, rows, state
from tests.delivery.desk import Desk
from tests.support.fake_channel import Will
from tests.support.house import AMARA, OLU, Talk, button, words


@pytest.fixture
def desk(talk: Talk) -> Desk:
    return Desk(talk)


def change(talk: Talk, use: Callable[[Any], object]) -> None:
    talk.house.db.run_sync(use)


def of(talk: Talk, number: int) -> list[Delivery]:
    return [d for d in rows(talk) if d.broadcast_id == number]


async def sent(talk: Talk, desk: Desk, audience: str = "body:CPP") -> list[Delivery]:
    """A broadcast that everybody it can reach has."""
    await draft(talk, audience)
    await talk.ask(OLU, "send B-1")
    await desk.drain()
    return of(talk, 1)


async def test_the_officer_sees_a_copy_on_every_platform_first(talk: Talk, desk: Desk) -> None:
    change(talk, lambda s: s.add(Account(person=by_email(s, OLU), channel="teams", user_id="T-olu")))
    seen = await draft(talk)
    assert button(seen, "A copy to me first") == "broadcast copy B-1"
    said = await talk.ask(OLU, press="broadcast copy B-1")
    assert "Slack and Teams" in said
    await desk.drain()
    assert desk.slack.got(desk.user(OLU)) == ["The room has changed."]
    assert [p.message.title for p in desk.teams.accepted if p.user_id == "T-olu"] == ["The room has changed."]
    assert len(desk.slack.accepted) == 1
    assert state(talk) == "draft"
    assert "B-1: please check" in await talk.ask(OLU, press="broadcast show B-1")


async def test_it_is_withdrawn_in_place_and_the_report_says_who_saw_it(talk: Talk, desk: Desk) -> None:
    copies = await sent(talk, desk)
    await talk.ask(AMARA, press="broadcast read B-1")
    report = await talk.say(OLU, "broadcast report B-1")
    seen = await talk.say(OLU, press=button(report, "Withdraw it"))
    assert "Have read it already: Amara Osei" in words(seen)
    assert not desk.slack.updated
    said = await talk.ask(OLU, press=button(seen, f"Withdraw it from {len(copies)} people"))
    assert "is being withdrawn" in said
    await desk.drain()
    assert {d.remote_ref for d in copies} == set(desk.slack.updated)
    assert set(desk.slack.updated.values()) == {"Withdrawn: The room has changed."}
    report = await talk.say(OLU, "broadcast report B-1")
    assert f"Changed in place: {len(copies)}" in words(report)
    assert "Had read the old words: Amara Osei" in words(report)
    assert not [b for b in report.message.buttons if b.label == "Withdraw it"]
    assert "B-2" not in await talk.ask(OLU, "broadcasts"), "it stands in the report of what it takes back"


async def test_a_copy_that_cannot_be_changed_is_named_and_its_reader_stays_reachable(
    talk: Talk, desk: Desk
) -> None:
    await sent(talk, desk)
    desk.slack.will_not_update.add(desk.user(AMARA))
    await talk.ask(OLU, "broadcast withdraw B-1 from 1")
    await talk.ask(OLU, f"broadcast withdraw B-1 from {len(of(talk, 1))}")
    await desk.drain()
    assert "Amara Osei still sees the old words: too old to change" in await talk.ask(
        OLU, "broadcast report B-1"
    )
    account = talk.house.db.run_sync(lambda s: by_email(s, AMARA).accounts[0].unreachable)  # type: ignore[union-attr]
    assert account == ""


async def test_whoever_got_an_e_mail_is_told_in_another(talk: Talk, desk: Desk) -> None:
    change(talk, lambda s: [s.delete(a) for a in by_email(s, AMARA).accounts])  # type: ignore[union-attr]
    desk.with_mail()
    await sent(talk, desk)
    assert desk.mail.got(AMARA) == ["The room has changed."]
    await talk.ask(OLU, f"broadcast withdraw B-1 from {len(of(talk, 1))}")
    await desk.drain()
    assert desk.mail.got(AMARA) == ["The room has changed.", "Withdrawn: The room has changed."]
    assert "Told in a new message: Amara Osei" in await talk.ask(OLU, "broadcast report B-1")


async def test_withdrawing_while_it_is_sent_stops_the_rest(talk: Talk, desk: Desk) -> None:
    await draft(talk)
    await talk.ask(OLU, "send B-1")

    def some_left(s: Any) -> None:
        for n, d in enumerate(s.query(Delivery).filter(Delivery.broadcast_id == 1).order_by(Delivery.id)):
            if n < 2:
                d.state, d.remote_ref, d.channel, d.sent_at = "sent", f"ref-{n}", "slack", talk.clock.now()
                d.account_id = d.person.accounts[0].id
            elif n == 2:
                d.state, d.lease_until = "sending", talk.clock.now()

    change(talk, some_left)
    said = await talk.ask(OLU, "broadcast withdraw B-1 from 2")
    assert "1 copy was leaving just now" in said
    states = [d.state for d in of(talk, 1)]
    assert (states.count("sent"), states.count("sending")) == (2, 1)
    assert states.count("cancelled") == len(states) - 3
    assert len(of(talk, 2)) == 2


async def test_a_correction_reaches_the_same_people_and_replaces_the_old_words(
    talk: Talk, desk: Desk
) -> None:
    await talk.ask(AMARA, "rsvp yes M-9")
    copies = await sent(talk, desk, "unanswered:M-9")
    late = talk.house.db.run_sync(lambda s: s.get(Person, copies[0].person_id).email)  # type: ignore[union-attr]
    await talk.ask(late, "rsvp yes M-9")  # no longer in the audience, but they have the wrong words
    seen = await talk.ask(OLU, "correct B-1: The room is 4, not 2.")
    assert f"Send to {len(copies)} people" in seen
    await talk.ask(OLU, "send B-2")
    await desk.drain()
    assert {d.person_id for d in of(talk, 2)} == {d.person_id for d in copies}
    assert set(desk.slack.updated) == {d.remote_ref for d in copies}
    assert set(desk.slack.updated.values()) == {"Corrected: The room has changed."}
    assert desk.slack.got(desk.user(late))[-1] == "Correction: The room has changed."
    assert "Put right in place" in await talk.ask(OLU, "broadcast report B-1")
    assert "Correction of B-1" in await talk.ask(OLU, "broadcasts")


async def test_a_scheduled_correction_that_is_cancelled_replaces_nothing(talk: Talk, desk: Desk) -> None:
    await sent(talk, desk)
    await talk.ask(OLU, "correct B-1: Room 4.")
    await talk.say(OLU, press="broadcast change B-2", form={"text": "Room 4.", "date": "2026-12-01"})
    await talk.ask(OLU, "send B-2")
    await desk.drain()
    assert not desk.slack.updated
    await talk.ask(OLU, "broadcast cancel B-2")
    talk.clock.forward(days=30)
    await desk.drain()
    assert not desk.slack.updated


async def test_what_may_not_have_arrived_is_repeated_only_when_the_officer_says_so(
    talk: Talk, desk: Desk
) -> None:
    desk.slack.knows = False
    desk.slack.will(desk.user(AMARA), Will.DROP)
    await sent(talk, desk)
    for _ in range(3):
        talk.clock.forward(seconds=60)
        await desk.drain()
    assert desk.slack.got(desk.user(AMARA)) == []
    assert "Not known whether it arrived: 1" in await talk.ask(OLU, "is everything going out?")
    report = await talk.say(OLU, "broadcast report B-1")
    assert "I have not sent them again: Amara Osei" in words(report)
    assert "once more to 1 person" in await talk.ask(OLU, press=button(report, "Send those once more"))
    await desk.drain()
    assert desk.slack.got(desk.user(AMARA)) == ["The room has changed."]
    assert "nothing to send again" in await talk.ask(OLU, press="broadcast again B-1")
    assert "Everything is going out" in await talk.ask(OLU, "is everything going out?")


async def test_words_that_were_taken_back_are_not_sent_again(talk: Talk, desk: Desk) -> None:
    await sent(talk, desk)
    change(talk, lambda s: s.get(Delivery, 1).__setattr__("state", "unknown"))
    await talk.ask(OLU, f"broadcast withdraw B-1 from {len(of(talk, 1))}")
    assert "do not send the old words again" in await talk.ask(OLU, press="broadcast again B-1")
    assert not [b for b in (await talk.say(OLU, "broadcast report B-1")).message.buttons if "again" in b.says]


async def test_who_cannot_be_reached_is_said_before_and_after(talk: Talk, desk: Desk) -> None:
    change(talk, lambda s: [s.delete(a) for a in by_email(s, AMARA).accounts])  # type: ignore[union-attr]
    seen = words(await draft(talk))
    assert "1 person cannot be reached at all" in seen
    assert "Please tell them yourself: Amara Osei" in seen
    await talk.ask(OLU, "send B-1")
    await desk.drain()
    report = await talk.ask(OLU, "broadcast report B-1")
    assert "Could not be reached at all: Amara Osei" in report
    assert "1 failed: nobody to send to" in report
    assert "Cannot be reached at all: Amara Osei" in await talk.ask(OLU, "deliveries")
    desk.with_mail()
    seen = words(await draft(talk))
    assert "By e-mail: 1 person has no chat account" in seen
    assert "cannot be reached" not in seen


async def test_progress_shows_while_it_is_sent(talk: Talk, desk: Desk) -> None:
    await draft(talk)
    said = await talk.say(OLU, "send B-1")
    report = await talk.say(OLU, press=button(said, "How is it going?"))
    total = len(of(talk, 1))
    assert f"Waiting: {total}" in words(report)
    assert "State: sending" in words(report)
    desk.slack.rate = 10.0
    desk.start()
    await desk.worker.drain_once()
    report = await talk.say(OLU, press=button(report, "How is it going now?"))
    done = len(desk.slack.accepted)
    assert 0 < done < total
    assert f"Sent: {done}\n" in words(report)
    assert f"Waiting: {total - done}" in words(report)


async def test_a_platform_that_asks_to_wait_is_named_and_no_alarm_is_raised(talk: Talk, desk: Desk) -> None:
    desk.slack.will(desk.user(AMARA), Will.TOO_MANY)
    desk.slack.retry_after = 3600
    await draft(talk)
    await talk.ask(OLU, "send B-1")
    await desk.drain()
    talk.clock.forward(minutes=20)
    await desk.drain()
    said = await talk.ask(OLU, "deliveries")
    assert "Slack asked me to wait until Monday 23 November 2026, 10.30am" in said
    assert "Everything is going out" in said


async def test_a_notice_has_a_report_of_its_own_and_can_be_stopped_and_sent_again(
    talk: Talk, desk: Desk
) -> None:
    desk.slack.will(desk.user(AMARA), Will.BLOCKED)
    before = await talk.say(OLU, "notice send M-9")
    go = next(b.says for b in before.message.buttons if b.label.startswith("Send to"))
    sent_ = await talk.say(OLU, press=go)
    report = await talk.say(OLU, press=button(sent_, "How is it going?"))
    assert "B-1: notice of M-9, Corporate Parenting Panel" in words(report)
    assert "Read:" not in words(report)
    await talk.ask(OLU, press=button(report, "Stop it"))
    assert {d.state for d in of(talk, 1)} == {DeliveryState.CANCELLED}
    again = await talk.say(OLU, "notice send M-9")
    assert "had it already" not in words(again)
    await talk.say(OLU, press=next(b.says for b in again.message.buttons if b.label.startswith("Send to")))
    await desk.drain()
    report = await talk.say(OLU, "broadcast report B-2")
    assert "State: sent" in words(report)
    assert "1 failed: blocked the bot" in words(report)
    assert "Could not be reached at all: Amara Osei" in words(report)
    assert button(report, "Who is coming") == "responses M-9"
    assert "notice of a meeting" in await talk.ask(OLU, "correct B-2: other words")
    assert "notice of a meeting" in await talk.ask(OLU, "broadcast withdraw B-2")


async def test_a_short_reply_to_what_was_delivered_answers_it(talk: Talk, desk: Desk) -> None:
    before = await talk.say(OLU, "notice send M-9")
    await talk.say(OLU, press=next(b.says for b in before.message.buttons if b.label.startswith("Send to")))
    await desk.drain()
    assert "Coming" in await talk.ask(AMARA, "yes")
    assert "1 coming" in (await talk.ask(OLU, "responses M-9")).lower()


async def test_only_what_was_sent_can_be_withdrawn(talk: Talk) -> None:
    await draft(talk)
    assert "has not been sent" in await talk.ask(OLU, "broadcast withdraw B-1")
    assert "not yours to do" in await talk.ask(AMARA, "broadcast withdraw B-1")
    assert talk.house.db.run_sync(lambda s: s.query(Broadcast).count()) == 1


async def test_those_who_have_not_answered_can_be_chosen(talk: Talk) -> None:
    await talk.ask(AMARA, "rsvp yes M-9")
    form = (await talk.say(OLU, "broadcast")).message.form
    assert form is not None
    choices = {c.value: c.label for f in form.fields for c in f.choices}
    assert choices["unanswered:M-9"] == "Not answered for M-9, Corporate Parenting Panel (16)"
    seen = words(await draft(talk, "unanswered:M-9"))
    assert "16 people" in seen
    await talk.ask(OLU, "send B-1")
    amara = talk.house.db.run_sync(lambda s: by_email(s, AMARA).id)  # type: ignore[union-attr]
    assert len(of(talk, 1)) == 16
    assert amara not in {d.person_id for d in of(talk, 1)}


async def test_who_wants_quiet_gets_it_later_and_the_officer_knows(talk: Talk, desk: Desk) -> None:
    await talk.ask(AMARA, "reminders evenings off")
    talk.clock.forward(hours=10)  # half past seven in the evening
    seen = words(await draft(talk))
    assert "Later: 1 person has asked for quiet at that time" in seen
    assert "Amara Osei" in seen
    await talk.ask(OLU, "send B-1")
    await desk.drain()
    assert desk.slack.got(desk.user(AMARA)) == []
    assert "Waiting: 1" in await talk.ask(OLU, "broadcast report B-1")
    talk.clock.forward(hours=14)
    await desk.drain()
    assert desk.slack.got(desk.user(AMARA)) == ["The room has changed."]
    assert "State: sent" in await talk.ask(OLU, "broadcast report B-1")
