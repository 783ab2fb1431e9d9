"""Answers of a modern.gov service, in the shapes and with the faults that real ones have."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.sources import moderngov
from bot.sources.moderngov import SourceError


def councillor(n: int, name: str = "Councillor Ann Example", email: str = "") -> str:
    return f"""<councillor><councillorid>{n}</councillorid><fullusername>{name} {n}</fullusername>
      <politicalpartytitle>Labour &amp;amp; Co-operative</politicalpartytitle><keyposts>
      </keyposts><workaddress><phone>01632 960{n:03d}</phone><email>{email or f"M{n}@council.example"}</email></workaddress>
      <homeaddress><mobile>07700 900123</mobile><line1>1 Home Street</line1></homeaddress></councillor>"""


def roll(*people: str) -> bytes:
    inside = "".join(people)
    return f"""<?xml version="1.0" encoding="utf-8"?><councillorsbyward><wards><ward><wardtitle>North
      </wardtitle><councillors><councillorcount> 3</councillorcount>{inside}</councillors></ward></wards></councillorsbyward>""".encode()


MEETING = b"""<?xml version="1.0" encoding="utf-8"?><meeting><meetingid>7</meetingid><meetingdate>10/02/2026</meetingdate>
<meetingstatus>Confirmed; Budget Council</meetingstatus><meetingtime>10.00 am</meetingtime>
<meetingplannedfinishtime>2.30 pm</meetingplannedfinishtime><meetinglocation>Room 2 &amp;amp; Annexe</meetinglocation>
<agendapublished>True</agendapublished><agendaitems>
<agendaitem><agendaitemtitle>Fees &amp;amp; Charges</agendaitemtitle><isrestricted>False</isrestricted></agendaitem>
<agendaitem><agendaitemtitle>Placement of a child</agendaitemtitle><isrestricted>True</isrestricted></agendaitem>
</agendaitems></meeting>"""


def test_councillors_come_without_titles_and_without_home_addresses() -> None:
    found = moderngov.councillors(roll(*(councillor(n) for n in range(12))))
    assert found[3].name == "Ann Example 3"
    assert found[3].email == "m3@council.example"
    assert found[3].party == "Labour & Co-operative"
    assert found[3].ward == "North"
    assert "07700" not in repr(found)
    assert "Home Street" not in repr(found)


def test_a_vacant_seat_is_nobody() -> None:
    people = [councillor(n) for n in range(11)]
    assert len(moderngov.councillors(roll(*people, councillor(99, "Vacant seat")))) == 11


def test_a_meeting_keeps_its_private_titles_to_itself() -> None:
    found = moderngov.meeting(MEETING)
    assert (found.day, found.start, found.end) == (date(2026, 2, 10), time(10), time(14, 30))
    assert (found.state, found.place, found.agenda_published) == ("confirmed", "Room 2 & Annexe", True)
    assert [(i.title, i.restricted) for i in found.agenda] == [("Fees & Charges", False), ("", True)]
    assert "Placement of a child" not in repr(found)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"<!DOCTYPE html><html><body>Moved</body></html>", "web page instead of data"),
        (b"<script>location='https'</script>", "web page instead of data"),
        (b"", "not XML"),
        (b"\xff\xfe\x00nonsense", "not XML"),
        (b"<councillorsbyward><wards></wards></councillorsbyward>", "only 0 councillors"),
        (b"<committees></committees>", "<councillorsbyward> was expected"),
        (
            b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><councillorsbyward>&b;</councillorsbyward>',
            "not XML that can be read",
        ),
    ],
)
def test_what_is_no_roll_is_refused_in_a_sentence(answer: bytes, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        moderngov.councillors(answer)


def test_a_bad_date_is_refused() -> None:
    with pytest.raises(SourceError, match="date that cannot be read"):
        moderngov.meeting(MEETING.replace(b"10/02/2026", b"2026-02-10"))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("10.00 am", time(10)),
        ("12.15 am", time(0, 15)),
        ("12.00 pm", time(12)),
        ("13:30", time(13, 30)),
        ("tbc", None),
        ("99.99", None),
    ],
)
def test_times_as_they_are_written(text: str, at: time | None) -> None:
    assert moderngov.meeting(MEETING.replace(b"10.00 am", text.encode())).start == at


def test_only_committees_that_still_exist_are_named() -> None:
    answer = b"""<committees><committee><committeeid>1</committeeid><committeetitle>Old</committeetitle>
      <committeedeleted>False</committeedeleted><committeeexpired>True</committeeexpired></committee>
      <committee><committeeid>2</committeeid><committeetitle>Panel</committeetitle></committee></committees>"""
    assert moderngov.committees(answer) == {"2": "Panel"}
