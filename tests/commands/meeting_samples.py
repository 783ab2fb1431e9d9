"""Values for every block of words about meetings: with everything in it, and with next to nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace as Thing
from typing import Any

from bot.rules.quorum import LeftOut, QuorumStatus, Verdict
from bot.services.agendas import Agenda, Line
from bot.services.attending import NearRule, Recorded, SixMonths
from bot.services.meetings import Chair
from bot.services.notice_standing import Standing
from bot.services.substitutes import Choice
from bot.services.turnout import Reply, Turnout
from bot.store.council import UNSET, CouncilName, Safeguarding

COMMON: dict[str, Any] = {
    "council": CouncilName("Westshire", "Westshire", Safeguarding(UNSET, UNSET, UNSET)),
    "safe": Safeguarding(UNSET, UNSET, UNSET),
    "first_name": "Amara",
}

BODY = Thing(ref="CPP", name="Corporate Parenting Panel")
STARTS, ENDS = datetime(2026, 12, 8, 17, 30, tzinfo=UTC), datetime(2026, 12, 8, 19, 30, tzinfo=UTC)
FULL = Thing(
    ref="M-9",
    body=BODY,
    starts_at=STARTS,
    ends_at=ENDS,
    place="Room 2",
    state="confirmed",
    published_at=STARTS,
    sequence=1,
)
BARE = Thing(
    **{**vars(FULL), "ref": "M-10", "place": "", "published_at": None, "starts_at": ENDS.replace(day=9)}
)
GONE = Thing(**{**vars(FULL), "state": "cancelled"})
AMARA = Thing(name="Amara Osei", email="amara.osei@westshire.example", party="Labour")
BOB = Thing(name="Bob", email="bob@westshire.example", party="")
DEADLINE = date(2026, 11, 30)
STANDINGS = [
    Standing("no_deadline"),
    Standing("no_deadline_published"),
    *(
        Standing(s, DEADLINE, 5, by_law=law, days_left=left, given=given)
        for s, left, given in (
            ("open", 4, 9),
            ("open", 1, 6),
            ("due_today", 0, 5),
            ("missed", -1, 4),
            ("published", 0, 5),
            ("published_late", -1, 1),
        )
        for law in (True, False)
    ),
]
OPEN, MISSED = STANDINGS[2], STANDINGS[8]
LINES = (
    Line(1, "Welcome", private=False, lead="Chair", minutes=5),
    Line(2, "", private=True),
    Line(3, "Homes", private=True),
)
RESPONSE = Thing(answer="apologies", note="ill", substitute=None, substitute_name="", confirmed_at=STARTS)
RESPONSES = [
    Thing(**{**vars(RESPONSE), "answer": a, "note": "", "confirmed_at": None})
    for a in ("attending", "late", "leaving_early", "remote", "maybe", "apologies")
] + [
    RESPONSE,
    Thing(**{**vars(RESPONSE), "substitute": BOB}),
    Thing(**{**vars(RESPONSE), "substitute_name": "Okoro"}),
]
PLAN = Thing(
    body=BODY,
    starts_at=STARTS,
    ends_at=ENDS,
    place="Room 2",
    standing=OPEN,
    clashes=(FULL,),
    retimed=True,
    told=17,
)
SMALL_PLAN = Thing(**{**vars(PLAN), "place": "", "clashes": (), "retimed": False, "told": 1})
QUORATE = QuorumStatus(3, 4, True, 0, Verdict.ENOUGH, {LeftOut.REMOTE: 1, LeftOut.NON_VOTING: 2})
SHORT = QuorumStatus(3, 1, False, 2, Verdict.TOO_FEW, {LeftOut.REMOTE: 2})
HEADLESS = QuorumStatus(3, 3, False, 1, Verdict.NOBODY_IN_THE_CHAIR, {})
UNSET_QUORUM = QuorumStatus(0, 0, True, 0, Verdict.NO_QUORUM_SET, {})
REPLIES = tuple(
    Reply(
        AMARA,
        answer,
        note="ten minutes",
        substitute=sub,
        substitute_known=known,
        substitute_answer=said,
        confirmed=known,
        stale=known,
    )  # type: ignore[arg-type]
    for answer in ("attending", "late", "leaving_early", "remote", "maybe", "apologies")
    for sub, known, said in (
        ("", False, ""),
        ("Okoro", False, ""),
        ("Bob", True, ""),
        ("Bob", True, "apologies"),
        ("Bob", True, "attending"),
    )
)
FULL_TURNOUT = Turnout(
    FULL,
    REPLIES,
    (AMARA, BOB),
    (Thing(), Thing()),
    REPLIES[:1],
    SHORT,
    QUORATE,
    False,
    {"present": ["Amara Osei", "Bob"], "absent": ["Dee"]},
)  # type: ignore[arg-type]
EMPTY_TURNOUT = Turnout(FULL, (), (), (), (), UNSET_QUORUM, UNSET_QUORUM, False, {})  # type: ignore[arg-type]


def seen(**more: Any) -> Thing:
    base = {
        "chair": Chair("Helen Marchbank", "chair"),
        "standing": OPEN,
        "seated": True,
        "mine": RESPONSE,
        "open_to_public": True,
        "is_over": False,
    }
    return Thing(**{**base, **more})


def answered(
    response: Thing, capacity: str = "seat", votes: bool = True, remote_counts: bool = False
) -> dict[str, Any]:
    a = Thing(
        response=response, capacity=capacity, votes=votes, remote_counts=remote_counts, undo="7 1f9a33c0"
    )
    return {"a": a, "meeting": FULL, "response": response, "person": AMARA}


NOTICE = {
    "meeting": FULL,
    "chair": Chair("Tariq", "vice_chair"),
    "standing": OPEN,
    "lines": LINES[:1],
    "private": 2,
    "open_to_public": True,
}
BARE_NOTICE = {
    **NOTICE,
    "meeting": BARE,
    "chair": Chair(),
    "lines": (),
    "private": 0,
    "open_to_public": False,
}
M = {"meeting": FULL}

SAID: dict[str, list[dict[str, Any]]] = {
    "meetings.one": [
        {"meeting": FULL, "seen": seen(), "asks": True, "officer": True, "others": [FULL, BARE]},
        {
            "meeting": BARE,
            "seen": seen(chair=Chair(), mine=None, standing=STANDINGS[0]),
            "asks": True,
            "officer": True,
            "others": [],
        },
        {
            "meeting": GONE,
            "seen": seen(seated=False, chair=Chair("Tariq", "vice_chair")),
            "asks": False,
            "officer": False,
            "others": [],
        },
        {
            "meeting": BARE,
            "seen": seen(seated=False, open_to_public=False, is_over=True),
            "asks": False,
            "officer": False,
            "others": [],
        },
    ],
    "meetings.dates": [{"meetings": [FULL, BARE]}, {"meetings": []}, {"meetings": [FULL] * 32}],
    "meetings.chair": [
        {"seen": seen(chair=c), **M} for c in (Chair("Helen", "chair"), Chair("Tariq", "vice_chair"), Chair())
    ],
    "meetings.feed": [{"link": "https://bot.example/calendar/1-a.ics"}, {"link": ""}],
    "meetings.feed_in_private": [{}],
    "meetings.told_moved": [
        {"meeting": FULL, "was_at": STARTS, "answer": "attending", "asked": True, "retimed": True},
        {"meeting": BARE, "was_at": STARTS, "answer": "", "asked": True, "retimed": True},
        {"meeting": FULL, "was_at": STARTS, "answer": "", "asked": False, "retimed": False},
    ],
    "meetings.told_cancelled": [{**M, "reason": "the hall is flooded"}, {**M, "reason": ""}],
    "meetings.no_such_meeting": [{"ref": "M-99"}],
    "meetings.no_such_body": [{"bodies": [BODY]}, {"bodies": [BODY, BODY]}, {"bodies": []}],
    "meetings.none_coming": [{"body": None}, {"body": BODY}],
    "meetings.none_then": [{"meetings": [FULL, BARE]}, {"meetings": []}],
    "meetings.there_already": [M],
    "meetings.not_moved": [M, {"meeting": BARE}],
    "meetings.in_the_past": [{"starts_at": STARTS}],
    "meetings.bad_end": [{}],
    "meetings.cancelled_already": [M],
    "meetings.over": [M],
    "meetings.changed_since": [M],
    "meetings.error_past": [{}],
    "meetings.error_end": [{}],
    "arranging.form": [{}],
    "arranging.read_new": [
        {"plan": PLAN, "says": "meeting make x"},
        {"plan": SMALL_PLAN, "says": "meeting make x"},
    ],
    "arranging.made": [{"plan": PLAN, **M}, {"plan": SMALL_PLAN, "meeting": BARE}],
    "arranging.how_to_move": [M, {"meeting": BARE}],
    "arranging.read_move": [
        {"meeting": FULL, "plan": PLAN, "says": "meeting shift x"},
        {"meeting": BARE, "plan": SMALL_PLAN, "says": "meeting shift x"},
    ],
    "arranging.moved": [
        {"meeting": FULL, "plan": PLAN, "told": 17},
        {"meeting": BARE, "plan": SMALL_PLAN, "told": 1},
    ],
    "arranging.read_cancel": [{**M, "reason": "flooded", "told": 17}, {**M, "reason": "", "told": 1}],
    "arranging.cancelled": [{**M, "told": 17}, {**M, "told": 1}],
    "arranging.several_days": [{"text": "next Friday", "readings": [date(2026, 11, 27), STARTS]}],
    "arranging.no_day": [{"text": "whenever"}, {"text": ""}],
    "arranging.no_time": [{"day": DEADLINE}],
    "arranging.error_date": [{}],
    "arranging.error_time": [{}],
    "agenda.agenda": [
        {"meeting": FULL, "agenda": Agenda(FULL, OPEN, LINES, can_edit=True)},  # type: ignore[arg-type]
        {"meeting": GONE, "agenda": Agenda(GONE, OPEN, (), is_draft=True, can_edit=True)},  # type: ignore[arg-type]
        {"meeting": BARE, "agenda": Agenda(BARE, OPEN, None)},  # type: ignore[arg-type]
        {"meeting": BARE, "agenda": Agenda(BARE, MISSED, None)},  # type: ignore[arg-type]
    ],
    "agenda.item": [
        {"meeting": FULL, "agenda": Thing(lines=lines), "number": 2, "line": line}
        for lines, line in ((None, None), (LINES, None), *((LINES, line) for line in LINES))
    ],
    "agenda.papers": [
        {"meeting": FULL, "standing": OPEN},
        *({"meeting": BARE, "standing": s} for s in STANDINGS),
    ],
    "agenda.minutes": [{}],
    "agenda.changed": [
        {"what": what, "meeting": m, "standing": OPEN}
        for what in ("added", "removed", "ordered", "private", "open")
        for m in (FULL, BARE)
    ],
    "agenda.form": [M],
    "agenda.no_such_item": [{**M, "number": 40}],
    "agenda.bad_title": [{"limit": 200}],
    "agenda.too_many": [{"limit": 60}],
    "agenda.twice": [{}],
    "agenda.nothing_to_publish": [M],
    "agenda.error_title": [{"limit": 200}],
    "notices.notice": [
        NOTICE,
        BARE_NOTICE,
        {**NOTICE, "lines": ()},
        {**BARE_NOTICE, "standing": STANDINGS[0]},
    ],
    "notices.for_information": [NOTICE, BARE_NOTICE],
    "notices.preview": [
        {**NOTICE, "draft": Thing(people=[AMARA], audience="body", already=0), "says": "notice go x"},
        {
            **BARE_NOTICE,
            "draft": Thing(people=[AMARA, BOB], audience="everyone", already=1),
            "says": "notice go x",
        },
        {**BARE_NOTICE, "draft": Thing(people=[], audience="body", already=2), "says": "notice go x"},
    ],
    "notices.sent": [{**M, "sent": {"count": count, "broadcast": {"ref": "B-3"}}} for count in (1, 17)],
    "notices.sent_already": [M],
    "notices.published": [{**M, "standing": s, "was_out": out} for s in STANDINGS for out in (True, False)],
    "rsvp.answered": [
        *(answered(r) for r in RESPONSES),
        answered(RESPONSES[0], "substitute"),
        answered(RESPONSES[3], "in_attendance", False, True),
        answered(RESPONSES[4], votes=False),
    ],
    "rsvp.undone": [{**M, "stands": RESPONSE}, {**M, "stands": None}],
    "rsvp.nothing_to_undo": [{}],
    "rsvp.read_back": [
        {**M, "answer": "apologies", "substitute": "Okoro", "says": "substitute x"},
        {"meeting": BARE, "answer": "attending", "substitute": "", "says": "rsvp yes"},
    ],
    "rsvp.who_stands_in": [M],
    "rsvp.which": [
        {"meetings": [FULL, BARE], "word": "no", "note": "ill"},
        {"meetings": [FULL], "word": "yes", "note": ""},
    ],
    "rsvp.ask_answer": [M, {"meeting": None}],
    "rsvp.choose_substitute": [
        {**M, "choice": Choice("any", "Peter", several=(AMARA, BOB))},  # type: ignore[arg-type]
        *(
            {**M, "choice": Choice(rule, "Bob", not_allowed=BOB, named=named)}  # type: ignore[arg-type]
            for rule in ("none", "named", "party", "agency", "any")
            for named in ((), (AMARA,))
        ),
    ],
    "rsvp.asked_to_stand_in": [{**M, "principal": AMARA}, {"meeting": BARE, "principal": AMARA}],
    "rsvp.told_not_needed": [{**M, "principal": AMARA}],
    "rsvp.told_of_substitute": [
        {**M, "substitute": BOB, "answer": a} for a in ("apologies", "maybe", "attending")
    ],
    "rsvp.for_others": [
        {**M, "names": ("Jean",), "people": people, "officer": officer}
        for people in ([], [AMARA])
        for officer in (True, False)
    ],
    "rsvp.asked": [{**M, "person": BOB}],
    "rsvp.answered_for": [answered(RESPONSE), answered(RESPONSES[0])],
    "rsvp.not_on_panel": [{**M, "open_to_public": True}, {**M, "open_to_public": False}],
    "rsvp.no_seat_to_fill": [M],
    "rsvp.cannot_ask": [{**M, "person": BOB}],
    "rsvp.cancelled": [M],
    "rsvp.over": [M],
    "responses.turnout": [
        {"meeting": FULL, "t": FULL_TURNOUT, "officer": True, "notes": True, "is_open": True},
        {"meeting": GONE, "t": EMPTY_TURNOUT, "officer": False, "notes": False, "is_open": False},
        *(
            {
                "meeting": FULL,
                "t": replace(FULL_TURNOUT, quorum=q, recorded=r),
                "officer": True,
                "notes": False,
                "is_open": True,
            }
            for q in (QUORATE, SHORT, HEADLESS)
            for r in (True, False)
        ),
    ],
    "responses.not_yours": [M],
    "responses.read_nudge": [{**M, "people": [AMARA]}, {**M, "people": [AMARA, BOB]}, {**M, "people": []}],
    "responses.nudge_sent": [{**M, "count": 1}, {**M, "count": 14}],
    "responses.nobody_to_nudge": [M],
    "responses.nudged": [{**M, "answer": "maybe"}, {"meeting": BARE, "answer": ""}],
    "responses.recorded": [
        {**M, "done": Recorded(FULL, AMARA, way, BOB if way == "substitute" else None), "named": named}  # type: ignore[arg-type]
        for way in ("present", "remote", "apologies", "absent", "substitute", "in_attendance")
        for named in (True, False)
    ],
    "responses.for_whom": [{**M, "person": BOB, "absent": [AMARA]}, {**M, "person": BOB, "absent": []}],
    "responses.own_seat": [{**M, "person": BOB}],
    "responses.no_seat": [{**M, "principal": BOB}],
    "responses.which_person": [{"typed": "Peter", "people": [AMARA, BOB]}],
    "responses.nobody_called": [{"typed": "Zebedee"}],
    "responses.none_begun": [{}],
    "responses.not_yet": [M],
    "responses.apologies_recorded": [{**M, "people": [AMARA, BOB]}, {**M, "people": []}],
    "responses.attendance": [
        {"found": SixMonths((NearRule(AMARA, DEADLINE, date(2027, 5, 30), p),), (BOB,), True, True)}
        for p in (True, False)  # type: ignore[arg-type]
    ]
    + [{"found": SixMonths((), (), False, True)}, {"found": SixMonths((), (), True, False)}],
    "responses.attendance_in_private": [{}],
}
