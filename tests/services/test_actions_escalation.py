"""Who hears, day by day, that an action is nearly due, late, or not acknowledged."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.delivery.outgoing import post
from bot.services.escalation import sweep
from bot.store.actions import Action
from bot.store.council import council_name, council_row
from bot.store.work import Work
from tests.commands.rounds import CALLUM, HELEN, acknowledged, assigned, kept, proposed, raised
from tests.support.house import AMARA, DEE, OLU, Talk, button, words

NICOLA = "nicola.farrant@westshire.example"


def swept(talk: Talk) -> int:
    """One daily sweep, its messages written out; how many it caused."""

    def run(s: Session) -> int:
        work = Work(s, talk.clock.now())
        caused = sweep(work)
        names = council_name(council_row(s))
        post(work, talk.house.words, {"council": names, "safe": names.safeguarding, "first_name": ""})
        return caused

    return talk.house.db.run_sync(run)


def alone(talk: Talk) -> None:
    """Nothing else in the house has a due date."""
    talk.house.db.run_sync(lambda s: s.execute(update(Action).values(due=None, assigned_at=None)))


def heard(talk: Talk, who: str, ref: str) -> list[str]:
    """The headings of what somebody was told of an action, without its reference."""
    titles = [words(m).partition("\n")[0] for m in talk.told(who)]
    return [t.replace(ref, "").strip(" :") for t in titles if ref in t]


async def test_each_step_is_taken_once_on_its_day(talk: Talk) -> None:
    alone(talk)
    ref = await acknowledged(talk)  # due on Monday 7 December
    start = {who: len(heard(talk, who, ref)) for who in (DEE, CALLUM, OLU, HELEN)}
    steps: dict[str, tuple[str, ...]] = {}
    for _ in range(33):  # to Christmas Day
        talk.clock.forward(days=1)
        swept(talk)
        assert swept(talk) == 0  # a second sweep of the day says nothing new
        day = talk.clock.now().date().isoformat()
        new = kept(talk, ref).escalated
        steps.setdefault(new, (day,))
    assert [(one.split()[-1], day) for one, (day,) in steps.items() if one] == [
        ("reminder", "2026-12-02"),
        ("due_today", "2026-12-07"),
        ("lead_and_deputy", "2026-12-09"),
        ("head_of_service_and_officer", "2026-12-14"),
        ("red_to_chair", "2026-12-21"),
    ]
    told = {who: heard(talk, who, ref)[start[who] :] for who in start}
    assert told[DEE] == [
        "due soon",
        "due today",
        "overdue",
        "overdue in your directorate",
        "overdue in your directorate",
    ]
    assert told[CALLUM] == [
        "overdue",
        "overdue, and the officer has been told",
        "long overdue, and the chair has been told",
    ]
    assert told[OLU] == ["overdue", "overdue"]
    assert told[HELEN] == ["Red:  is long overdue"]


async def test_the_reminder_can_be_answered(westshire: Talk) -> None:
    alone(westshire)
    ref = await acknowledged(westshire)
    westshire.clock.forward(days=9)
    assert swept(westshire) == 1
    reminder = westshire.told(DEE)[-1]
    assert reminder.card is not None
    assert (reminder.card.kind, reminder.card.subject) == ("action_update_due", ref)
    assert button(reminder, "It is done") == f"done {ref}"
    assert "Standing: Amber: due soon" in words(reminder)


async def test_missed_days_are_made_good_once(westshire: Talk) -> None:
    alone(westshire)
    ref = await acknowledged(westshire)
    westshire.clock.forward(days=30)
    assert swept(westshire) > 0
    assert kept(westshire, ref).escalated == "red_to_chair"
    assert heard(westshire, HELEN, ref) == ["Red:  is long overdue"]
    assert swept(westshire) == 0


async def test_a_new_due_date_starts_afresh(westshire: Talk) -> None:
    alone(westshire)
    ref = await acknowledged(westshire)
    westshire.clock.forward(days=14)
    swept(westshire)
    assert kept(westshire, ref).escalated == "due_today"
    await westshire.ask(DEE, f"extend {ref} to 10 December because of a strike")
    assert kept(westshire, ref).escalated == ""
    swept(westshire)
    assert kept(westshire, ref).escalated == "reminder"
    assert kept(westshire, ref).kinds.count("escalated") == 2


async def test_what_nobody_acknowledged_in_time(westshire: Talk) -> None:
    alone(westshire)
    ref = await assigned(westshire)
    westshire.clock.forward(days=2)
    assert swept(westshire) == 0  # two working days are promised
    westshire.clock.forward(days=1)
    assert swept(westshire) > 0
    for who in (DEE, CALLUM, NICOLA):
        assert "nobody has acknowledged it" in heard(westshire, who, ref)
    assert "not acknowledged in time" in heard(westshire, OLU, ref)
    told = westshire.told(CALLUM)[-1]
    assert told.card is not None
    assert told.card.kind == "action_assigned"
    await westshire.ask(CALLUM, press=button(told, "Acknowledge"))
    assert kept(westshire, ref).state == "acknowledged"
    assert swept(westshire) == 0


async def test_nothing_is_said_of_what_nobody_works_on(westshire: Talk) -> None:
    alone(westshire)
    await raised(westshire)
    await proposed(westshire, "Laptops for students arrive weeks after term begins")
    westshire.clock.forward(days=60)
    assert swept(westshire) == 0


async def test_the_member_is_not_bothered_and_sees_no_reminders(westshire: Talk) -> None:
    alone(westshire)
    ref = await acknowledged(westshire)
    told = len(westshire.told(AMARA))
    westshire.clock.forward(days=30)
    swept(westshire)
    assert len(westshire.told(AMARA)) == told
    assert "chair told" not in await westshire.ask(AMARA, f"status {ref}")
    assert "reminder: overdue, chair told" in await westshire.ask(DEE, f"status {ref}")


async def test_a_sub_groups_late_action_goes_to_the_panels_chair(westshire: Talk) -> None:
    """CPP-26/27-003 is the Health Sub-group's; its chair is not the panel's."""
    westshire.clock.forward(days=90)
    swept(westshire)
    assert heard(westshire, HELEN, "CPP-26/27-003") == ["Red:  is long overdue"]
    assert not heard(westshire, "susan.ellery@westshire.example", "CPP-26/27-003")
