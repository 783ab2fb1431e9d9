"""Every ready council folder lives through one whole meeting cycle."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.rules.states import RsvpAnswer
from bot.store.bodies import holders, main_body
from bot.store.meetings import Response, coming
from bot.store.people import everyone
from bot.store.work import Work
from tests.support.house import COUNCILS, Talk, words

FOLDERS = sorted(p.name for p in COUNCILS.iterdir() if (p / "council.yaml").is_file())


def cast(talk: Talk) -> tuple[str, list[str], str]:
    """The officer, the people with a seat, and the reference of the next meeting."""

    def read(s):  # type: ignore[no-untyped-def]
        work = Work(s, talk.clock.now())
        body = main_body(s)
        assert body is not None
        officer = everyone(s, work.today, "officer")[0]
        seated = [p.email for p in holders(body) if p.active_on(work.today) and p.id != officer.id]
        return officer.email, seated, coming(s, work.now, body)[0].ref

    return talk.house.db.run_sync(read)


def test_there_is_a_folder_for_each_kind_of_body() -> None:
    assert set(FOLDERS) == {"westshire", "no-public-meetings", "three-sub-groups", "multi-agency", "forum"}


@pytest.mark.parametrize("council", FOLDERS)
async def test_a_whole_meeting_cycle(database: str, open_house: Callable[..., Talk], council: str) -> None:
    talk = open_house(database, council)
    officer, seated, ref = cast(talk)

    assert ref in await talk.ask(seated[0], f"meeting {ref}")
    added = await talk.ask(officer, f"agenda add {ref}: What young people told us")
    assert "What young people told us" in added
    await talk.ask(officer, f"agenda add {ref}: A placement [private]".replace("[private]", "private"))

    preview = await talk.say(officer, f"notice preview {ref}")
    send = next(b for b in preview.message.buttons if b.label.startswith("Send to"))
    await talk.ask(officer, press=send.says)
    (notice,) = talk.told(seated[0], "notice")
    assert "A placement" not in words(notice)
    assert talk.told(seated[-1], "notice")

    coming_button = next(b for b in notice.buttons if b.says.startswith("rsvp yes"))
    await talk.ask(seated[0], press=coming_button.says)
    await talk.ask(seated[1], f"rsvp no {ref}")
    await talk.ask(seated[2], f"rsvp maybe {ref}")
    await talk.ask(seated[1], f"rsvp yes {ref}")
    answers = talk.house.db.run_sync(lambda s: [r.answer for r in s.query(Response).order_by(Response.id)])
    assert answers[:3] == [RsvpAnswer.ATTENDING, RsvpAnswer.ATTENDING, RsvpAnswer.MAYBE]

    turnout = await talk.ask(officer, f"who is coming {ref}")
    assert "2" in turnout
    nudge = await talk.say(officer, f"nudge {ref}")
    press = next(b for b in nudge.message.buttons if b.says.startswith("nudge"))
    await talk.ask(officer, press=press.says)
    assert talk.told(seated[2], "nudge")
    assert not talk.told(seated[0], "nudge"), "somebody who is coming is left in peace"

    assert "published" in (await talk.ask(officer, f"meeting publish {ref}")).lower()
    cancel = await talk.say(officer, f"meeting cancel {ref} because the hall is flooded")
    await talk.ask(officer, press=cancel.message.buttons[0].says)
    assert any("flooded" in words(m) for m in talk.told(seated[0]))
