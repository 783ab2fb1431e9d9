"""Notices become deliveries, in the transaction that caused them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.delivery.outgoing import common_values, post
from bot.store.deliveries import BULK, NOTICE
from bot.store.people import Person
from bot.store.work import Work
from bot.wording.codec import from_json
from bot.wording.parts import Card
from bot.wording.words import Words
from tests.support.queue import Queue


def words(folder: Path) -> Words:
    (folder / "told.md").write_text("{% block it %}Dear {{ first_name }}, {{ what }}.{% endblock %}")
    return Words(folder)


def test_a_notice_is_written_once_with_the_name_of_whom_it_is_for(queue: Queue, tmp_path: Path) -> None:
    (person,) = queue.people(1)
    queue.do(lambda s: setattr(s.get_one(Person, person), "name", "Amara Osei"))
    said = words(tmp_path)

    def tell(s):  # type: ignore[no-untyped-def]
        work = Work(s, queue.clock.now())
        amara = s.get_one(Person, person)
        for _ in range(2):
            work.tell(amara, "notice", "once", "told.it", {"what": "hello"}, card=Card("rsvp_request").kind)
        return post(work, said, common_values(work)), len(work.notices)

    assert queue.do(tell) == (1, 0)
    assert queue.do(tell) == (0, 0)
    (row,) = queue.rows()
    message = from_json(row.message)
    assert message.title == "Dear Amara, hello."
    assert message.card == Card("rsvp_request")
    assert (row.rank, row.due_at, row.state) == (NOTICE, queue.clock.now(), "due")


def test_what_belongs_to_a_broadcast_goes_after_what_does_not(queue: Queue, tmp_path: Path) -> None:
    people = queue.people(1)
    broadcast = queue.broadcast(people)
    said = words(tmp_path)

    def tell(s):  # type: ignore[no-untyped-def]
        work = Work(s, queue.clock.now())
        person = s.get_one(Person, people[0])
        due = queue.clock.now() + timedelta(hours=1)
        work.tell(person, "x", "y", "told.it", {"what": "z"}, broadcast_id=broadcast, due=due)
        post(work, said, common_values(work))

    queue.do(tell)
    assert [r.rank for r in queue.rows()] == [BULK, BULK]
    assert queue.rows()[1].due_at == queue.clock.now() + timedelta(hours=1)
