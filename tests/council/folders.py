"""A small council folder that is right in every way, for tests that then make one thing wrong."""

from __future__ import annotations

from pathlib import Path

from bot.council.problems import CouncilErrors
from bot.council.read import read_and_check

PEOPLE = """\
email,name,roles,title,ward,party,directorate,phone,slack_id,teams_id,until
joan.mere@council.example,Joan Mere,member,Councillor,Mill Lane,Independent,,07700 900001,,,
ravi.shah@council.example,Ravi Shah,member,Councillor,Brook,Green,,07700 900002,,,
ada.finch@council.example,Ada Finch,lead;officer,Director,,,children,01632 960002,,,2027-05-09
"""

DIRECTORY = """\
council: Mereshire
entries:
- id: desk
  service: Leaving Care
  topics: [a first flat, rent]
  phone: 01632 960003
  escalation: manager
- id: manager
  service: Leaving Care
  email: manager@council.example
"""

COUNCIL = """\
name: Mereshire County Council
safeguarding:
  front_door: {name: Front door, phone: 01632 960004, hours: office hours}
  out_of_hours: {name: Night team, phone: 01632 960005}
  lado: {name: LADO, phone: 01632 960006}
  checked_on: 2026-11-02
duty_desk: desk
directorates:
- {key: children, name: Children's Services, lead: ada.finch@council.example}
bodies:
- ref: CPP
  name: Corporate Parenting Panel
  preset: committee
  quorum: 2
  seats:
  - {role: chair, category: councillor, holder: joan.mere@council.example}
  - {category: councillor, holder: ravi.shah@council.example}
reminders:
- {key: duty, kind: duty, audience: all_members, rule: 0 9 * * MON#1}
"""

MEETINGS = """\
meetings:
- body: CPP
  date: 2026-12-08
  start: "17:30"
  end: "19:30"
"""

DUTIES = """\
duties:
- topic: offer
  title: A published offer
  words: We must publish what we offer.
  question: Have you read it?
  source: Children and Social Work Act 2017, section 2
  checked_on: 2026-11-02
"""

ACTIONS = """\
actions:
- ref: CPP-26/27-001
  title: Bus passes
  body: CPP
  source: concern
"""

FILES = {
    "people.csv": PEOPLE,
    "directory.yaml": DIRECTORY,
    "council.yaml": COUNCIL,
    "meetings.yaml": MEETINGS,
    "duties.yaml": DUTIES,
    "actions.yaml": ACTIONS,
}


def write_folder(folder: Path, changed: dict[str, str | bytes] | None = None) -> Path:
    """The right folder with some files replaced."""
    for name, content in {**FILES, **(changed or {})}.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)
    return folder


def complaints(*paths: Path) -> list[str]:
    """The sentences that reading and checking gives; none when all is well."""
    try:
        read_and_check(paths)
    except CouncilErrors as errors:
        return str(errors).splitlines()
    return []
