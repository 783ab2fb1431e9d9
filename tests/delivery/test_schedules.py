"""What comes round: once, at London time, together with its effect or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import SystemClock, from_london, london
from bot.delivery.schedules import Ticker
from bot.store.deliveries import WorkerBeat
from bot.store.duties import ReminderSchedule, ScheduleRun
from bot.store.inbox import Draft, InboxEvent, claim, keep_draft
from bot.store.people import everyone
from bot.store.work import Work
from bot.wording.codec import from_json
from bot.wording.plain import plain
from bot.wording.words import Words
from tests.support.house import SetClock
from tests.support.queue import Queue

MONDAY = from_london(date(2026, 11, 23), time(8, 30))


class Round:
    """A queue with schedules and an effect that reminds everybody."""

    def __init__(self, queue: Queue, words: Words) -> None:
        self.queue = queue
        self.words = words
        self.ran: list[str] = []
        self.fails = 0

    def schedule(self, key: str = "weekly", rule: str = "0 9 * * MON", kind: str = "duty") -> None:
        self.queue.do(
            lambda s: s.add(ReminderSchedule(key=key, kind=kind, audience="all_members", rule=rule))
        )

    def change(self, **values: Any) -> None:
        def use(s):  # type: ignore[no-untyped-def]
            for name, value in values.items():
                setattr(s.query(ReminderSchedule).one(), name, value)

        self.queue.do(use)

    def remind(self, work: Work, schedule: ReminderSchedule) -> None:
        self.ran.append(f"{schedule.key} {london(work.now):%d %b %H:%M}")
        for person in everyone(work.session, work.today):
            work.tell(person, "duty", f"duty:{work.today}", "reminders.duty", {"duty": "Listen to children"})
        if self.fails:
            self.fails -= 1
            raise RuntimeError("the effect broke")

    def ticker(self, **more: Any) -> Ticker:
        return Ticker(
            self.queue.db, self.words, {"duty": self.remind, "digest": self.remind}, self.queue.clock, **more
        )

    @property
    def clock(self) -> SetClock:
        clock = self.queue.clock
        assert isinstance(clock, SetClock)
        return clock

    def at(self, moment: datetime) -> None:
        self.clock.at = moment


@pytest.fixture
def words(tmp_path: Path) -> Words:
    (tmp_path / "reminders.md").write_text(
        "{% block duty %}# {{ first_name }}, remember\n{{ duty }} in {{ council.name }}.{% endblock %}"
    )
    return Words(tmp_path)


@pytest.fixture
def round_(queue: Queue, words: Words) -> Round:
    made = Round(queue, words)
    made.at(MONDAY)
    return made


async def test_a_schedule_runs_at_its_time_once_and_its_messages_are_queued(round_: Round) -> None:
    round_.queue.people(2)
    round_.schedule()
    woken: list[int] = []
    ticker = round_.ticker(wake=lambda: woken.append(1))
    assert await ticker.tick() == 30 * 60
    assert round_.ran == []
    round_.clock.forward(minutes=30)
    await ticker.tick()
    await ticker.tick()
    assert round_.ran == ["weekly 23 Nov 09:00"]
    assert woken == [1]
    texts = [plain(from_json(r.message)) for r in round_.queue.rows()]
    assert texts == ["Person, remember\n\nListen to children in the council."] * 2


async def test_a_first_start_does_not_run_the_past(round_: Round) -> None:
    round_.schedule(rule="0 8 * * MON")
    await round_.ticker().tick()
    assert round_.ran == []
    round_.clock.forward(days=7)
    await round_.ticker().tick()
    assert len(round_.ran) == 1


async def test_what_was_missed_runs_once(round_: Round) -> None:
    round_.schedule(rule="0 9 * * MON-FRI")
    await round_.ticker().tick()
    round_.clock.forward(days=16)
    await round_.ticker().tick()
    assert round_.ran == ["weekly 09 Dec 08:30"]
    runs = round_.queue.do(lambda s: [r.fire_at for r in s.query(ScheduleRun).filter_by(key="weekly")])
    assert runs == [from_london(date(2026, 12, 8), time(9))]


async def test_a_changed_rule_does_not_run_the_past(round_: Round) -> None:
    round_.schedule()
    await round_.ticker().tick()
    round_.at(from_london(date(2026, 11, 25), time(12)))
    await round_.ticker().tick()
    assert len(round_.ran) == 1  # Monday's, which was missed
    round_.change(rule="0 8 * * *")
    await round_.ticker().tick()
    assert len(round_.ran) == 1
    round_.clock.forward(days=1)
    await round_.ticker().tick()
    assert round_.ran[-1] == "weekly 26 Nov 12:00"


async def test_a_pause_is_not_made_up_for(round_: Round) -> None:
    round_.schedule(rule="0 9 * * MON-FRI")
    round_.change(paused=True)
    ticker = round_.ticker()
    await ticker.tick()
    round_.clock.forward(days=2)
    await ticker.tick()
    round_.change(paused=False)
    await ticker.tick()
    assert round_.ran == []
    round_.clock.forward(days=1)
    await ticker.tick()
    assert round_.ran == ["weekly 26 Nov 08:30"]


@pytest.mark.parametrize(
    ("first", "days"), [(date(2026, 3, 27), 4), (date(2026, 10, 23), 4)], ids=["spring", "autumn"]
)
async def test_six_in_the_evening_stays_six_when_the_clocks_change(
    round_: Round, first: date, days: int
) -> None:
    round_.at(from_london(first, time(0)))
    round_.schedule(rule="0 18 * * *")
    ticker = round_.ticker()
    end = from_london(first + timedelta(days=days), time(0))
    while round_.clock.at < end:
        await ticker.tick()
        round_.clock.forward(hours=1)
    assert [r.split()[-1] for r in round_.ran] == ["18:00"] * days
    assert len(set(round_.ran)) == days


async def test_of_several_processes_one_runs_each_time(round_: Round, database: str, words: Words) -> None:
    round_.schedule()
    if database == "sqlite":
        queues = [round_.queue]
    else:
        queues = [round_.queue, *(Queue(round_.queue.url, round_.clock) for _ in range(3))]
    rounds = [round_, *(Round(q, words) for q in queues[1:])]
    tickers = [r.ticker() for r in rounds for _ in range(2)]
    await asyncio.gather(*(t.tick() for t in tickers))
    for _ in range(5):
        round_.clock.forward(days=7)
        await asyncio.gather(*(t.tick() for t in tickers))
    ran = [one for r in rounds for one in r.ran]
    assert len(ran) == len(set(ran)) == 5
    for queue in queues[1:]:
        queue.close()


async def test_an_effect_that_fails_leaves_nothing_and_is_tried_again(round_: Round) -> None:
    round_.queue.people(1)
    round_.schedule()
    round_.schedule("other", kind="digest")
    ticker = round_.ticker()
    await ticker.tick()
    round_.clock.forward(minutes=30)
    round_.fails = 1
    await ticker.tick()
    assert round_.ran == ["other 23 Nov 09:00", "weekly 23 Nov 09:00"]
    assert len(round_.queue.rows()) == 1
    await ticker.tick()
    assert len(round_.ran) == 2
    round_.clock.forward(minutes=1)
    await ticker.tick()
    assert len(round_.ran) == 3
    round_.clock.forward(days=6)
    await ticker.tick()
    assert len(round_.ran) == 3


async def test_a_schedule_that_cannot_be_read_or_has_no_effect_stops_no_other(round_: Round) -> None:
    round_.schedule()
    round_.schedule("broken", rule="every so often")
    round_.schedule("odd", kind="unheard_of")
    ticker = round_.ticker()
    await ticker.tick()
    round_.clock.forward(minutes=30)
    await ticker.tick()
    assert round_.ran == ["weekly 23 Nov 09:00"]


async def test_messages_are_moved_past_quiet_hours(round_: Round) -> None:
    round_.queue.people(1)
    round_.schedule()
    later = MONDAY + timedelta(days=3)
    ticker = round_.ticker(due_for=lambda _work, _person, _at, _kind: later)
    await ticker.tick()
    round_.clock.forward(minutes=30)
    await ticker.tick()
    assert [r.due_at for r in round_.queue.rows()] == [later]


async def test_old_events_drafts_and_workers_are_cleared_up_each_hour(round_: Round) -> None:
    (person,) = round_.queue.people(1)
    now = round_.clock.at

    def leave(s):  # type: ignore[no-untyped-def]
        claim(s, "slack", "old", now - timedelta(days=7))
        claim(s, "slack", "young", now - timedelta(days=6))
        keep_draft(s, person, "concern", {"text": "x"}, now - timedelta(hours=24))
        keep_draft(s, person, "notice", {"text": "y"}, now - timedelta(hours=22))
        s.add(WorkerBeat(worker="dead", at=now - timedelta(days=2)))

    round_.queue.do(leave)
    ticker = round_.ticker()
    await ticker.tick()
    assert round_.queue.do(lambda s: s.query(InboxEvent).count()) == 2
    round_.clock.forward(minutes=31)
    await ticker.tick()
    assert round_.queue.do(lambda s: [e.event_id for e in s.query(InboxEvent)]) == ["young"]
    assert round_.queue.do(lambda s: [d.kind for d in s.query(Draft)]) == ["notice"]
    assert round_.queue.do(lambda s: s.query(WorkerBeat).count()) == 0


async def test_retention_runs_each_night(round_: Round) -> None:
    nights: list[datetime] = []
    ticker = round_.ticker(nightly=lambda work: nights.append(work.now))
    for _ in range(48):
        await ticker.tick()
        round_.clock.forward(hours=1)
    assert [london(n).hour for n in nights] == [3, 3]


async def test_it_runs_until_it_is_stopped(
    database: str, ready_database: Callable[[str], str], words: Words
) -> None:
    queue = Queue(ready_database(database), SystemClock())
    ticker = Round(queue, words).ticker()
    task = asyncio.create_task(ticker.run())
    async with asyncio.timeout(30):
        while not queue.do(lambda s: s.query(ScheduleRun).count()):
            await asyncio.sleep(0.02)
        ticker.stop()
        await task
    queue.close()
