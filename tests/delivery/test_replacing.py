"""Words put in the place of a message that somebody has."""

from __future__ import annotations

from bot.channels.base import Outcome, Parcel, Result
from bot.store.deliveries import Delivery
from bot.store.people import Account
from bot.wording.codec import to_json
from tests.support.fake_channel import FakeChannel
from tests.support.queue import Queue, drain, words


def replacement(queue: Queue, person: int, ref: str = "ref-old") -> int:
    """Words for the place of a message that a person has on Slack."""

    def add(s):  # type: ignore[no-untyped-def]
        row = Delivery(
            once=f"instead:{ref}",
            kind="withdrawal",
            person_id=person,
            message=to_json(words("Withdrawn")),
            due_at=queue.clock.now(),
            created_at=queue.clock.now(),
            channel="slack",
            account_id=s.query(Account).filter(Account.person_id == person).one().id,
            replaces=ref,
        )
        s.add(row)
        s.flush()
        return row.id

    return queue.do(add)


async def test_words_are_put_in_the_place_of_others(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = replacement(queue, person)
    await queue.worker(slack := FakeChannel()).drain_once()
    assert (queue.row(row).state, slack.updated, slack.accepted) == ("sent", {"ref-old": "Withdrawn"}, [])


async def test_a_doubtful_change_is_simply_made_again(queue: Queue) -> None:
    class Unsure(FakeChannel):
        async def update(self, parcel: Parcel, remote_ref: str) -> Result:
            self.tries += 1
            done = await super().update(parcel, remote_ref)
            return Result(Outcome.DOUBT, reason="502") if self.tries == 1 else done

    (person,) = queue.people(1)
    row = replacement(queue, person)
    worker = queue.worker(slack := Unsure())
    await worker.drain_once()
    assert queue.row(row).state == "sending"
    queue.clock.forward(seconds=3)
    await worker.drain_once()
    assert (queue.row(row).state, slack.tries, slack.looks) == ("sent", 2, [])


async def test_a_message_that_can_no_longer_be_changed_says_nothing_of_its_reader(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = replacement(queue, person)
    slack = FakeChannel()
    slack.will_not_update.add("U1")
    worker = queue.worker(slack)
    await worker.drain_once()
    assert (queue.row(row).state, queue.row(row).reason) == ("failed", "too old to change")
    queue.clock.forward(seconds=1)
    queue.tell(person)
    await drain(worker)
    assert slack.got("U1") == ["Hello"]


async def test_a_change_never_goes_to_another_account(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = replacement(queue, person)
    queue.account(person, "teams", "T1")
    queue.do(
        lambda s: s.query(Account).filter(Account.channel == "slack").one().__setattr__("unreachable", "gone")
    )
    teams = FakeChannel("teams")
    worker = queue.worker(FakeChannel(), teams)
    for _ in range(2):  # first it is found to be astray, then there is nowhere else for it
        await worker.drain_once()
    assert (queue.row(row).state, teams.updated, teams.accepted) == ("failed", {}, [])
