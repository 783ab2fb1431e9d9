"""council.yaml: the council, its safeguarding numbers, its directorates, bodies, reminders and promises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from zoneinfo import available_timezones

from bot.council import values
from bot.council.bodies import read_bodies
from bot.council.constitution import (
    ContactPoint,
    Council,
    Directorate,
    DutyDesk,
    ReminderSpec,
    Retention,
    Safeguarding,
    ServiceLevels,
    Strategy,
    WorkingDays,
)
from bot.council.fields import Fields
from bot.council.kinds import ReminderKind
from bot.council.problems import Problems, short
from bot.council.tree import Block, Scalar
from bot.council.unique import Unique
from bot.council.values import Unreadable

AUDIENCES = ("all_members", "officers", "leads")
LONDON = "Europe/London"
NOBODY = ContactPoint("", "")
NUMBERS = ("front_door", "out_of_hours", "lado")


def read_council(root: Block, file: str, problems: Problems) -> Council:
    """The council. What is missing or wrong is noted, with something harmless in its stead."""
    top = Fields(root, file, problems)
    name = top.need_text("name", 120)
    council = Council(
        name=name,
        short_name=top.text("short_name", 40) or name,
        reference=top.read("reference", values.key),
        time_zone=top.read("time_zone", _time_zone) or LONDON,
        safeguarding=_safeguarding(top),
        working_days=_working_days(top.inner("working_days")),
        duty_desk=_duty_desk(top),
        email_domains=top.values("email_domains", values.domain),
        directorates=_directorates(top.blocks("directorates"), problems),
        bodies=read_bodies(top.blocks("bodies"), problems),
        strategy=_strategy(top.inner("strategy")),
        pledges=top.texts("pledges", 500),
        reminders=_reminders(top.blocks("reminders"), problems),
        service_levels=_service_levels(top.inner("service_levels")),
        retention=_retention(top.inner("retention")),
        second_approver=top.flag("second_approver"),
    )
    top.finish()
    return council


def _time_zone(text: str) -> str:
    if text not in available_timezones():
        raise Unreadable(f'"{short(text)}" is not a time zone; write Europe/London.')
    return text


def _safeguarding(top: Fields) -> Safeguarding:
    block = top.inner("safeguarding")
    if block is None:
        numbers = "front_door, out_of_hours and lado"
        top.say("safeguarding", f'"safeguarding" is missing; add it with the numbers of {numbers}.')
        return Safeguarding(NOBODY, NOBODY, NOBODY, date.min)
    front_door, out_of_hours, lado = (_number(block, key) for key in NUMBERS)
    checked_on = block.need("checked_on", values.day, date.min)
    extra = tuple(_contact(contact) for contact in block.blocks("extra"))
    block.finish()
    return Safeguarding(front_door, out_of_hours, lado, checked_on, extra)


def _number(block: Fields, key: str) -> ContactPoint:
    inner = block.inner(key)
    if inner is None and block.node(key) is None:
        block.say(key, f'"{key}" is missing from safeguarding; add its name, phone and hours.')
    return _contact(inner) if inner else NOBODY


def _contact(block: Fields) -> ContactPoint:
    contact = ContactPoint(
        name=block.need_text("name", 120),
        phone=block.need("phone", values.phone, ""),
        hours=block.text("hours"),
        email=block.email("email"),
        note=block.text("note", 500),
    )
    block.finish()
    return contact


def _working_days(block: Fields | None) -> WorkingDays:
    if block is None:
        return WorkingDays()
    days = WorkingDays(
        closed_every_year=block.values("closed_every_year", values.day_of_year),
        closed_dates=block.values("closed_dates", values.day),
    )
    block.finish()
    return days


def _duty_desk(top: Fields) -> DutyDesk:
    node = top.node("duty_desk")
    where = top.at("duty_desk")
    if isinstance(node, Scalar):
        return DutyDesk(entry=top.read("duty_desk", values.key), where=where)
    block = top.inner("duty_desk")
    return DutyDesk(contact=_contact(block), where=where) if block else DutyDesk()


def _directorates(blocks: Iterable[Fields], problems: Problems) -> tuple[Directorate, ...]:
    found = tuple(_directorate(block) for block in blocks)
    seen = Unique(problems)
    for directorate in found:
        seen.check("the key", directorate.key, directorate.where)
    return found


def _directorate(block: Fields) -> Directorate:
    directorate = Directorate(
        key=block.need("key", values.key, ""),
        name=block.need_text("name", 120),
        lead=block.need("lead", values.email, ""),
        deputies=block.values("deputies", values.email),
        topics=block.texts("topics"),
        where=block.where,
    )
    block.finish()
    return directorate


def _strategy(block: Fields | None) -> Strategy | None:
    if block is None:
        return None
    strategy = Strategy(
        title=block.need_text("title"),
        starts=block.day("from"),
        ends=block.day("to"),
        owner=block.text("owner", 120),
        priorities=block.texts("priorities"),
        where=block.where,
    )
    if strategy.starts and strategy.ends and strategy.ends < strategy.starts:
        block.say("to", "the strategy ends before it starts; check from and to.")
    block.finish()
    return strategy


def _reminders(blocks: Iterable[Fields], problems: Problems) -> tuple[ReminderSpec, ...]:
    found = tuple(_reminder(block) for block in blocks)
    seen = Unique(problems)
    for reminder in found:
        seen.check("the key", reminder.key, reminder.where)
    return found


def _reminder(block: Fields) -> ReminderSpec:
    reminder = ReminderSpec(
        key=block.need("key", values.key, ""),
        kind=block.need_word("kind", ReminderKind, ReminderKind.DUTY),
        audience=block.need("audience", _audience, ""),
        rule=block.need("rule", values.cron, ""),
        working_days_before=block.values("working_days_before", _days_before),
        where=block.where,
    )
    block.finish()
    return reminder


def _audience(text: str) -> str:
    plain = text.lower().replace(" ", "_")
    if plain in AUDIENCES:
        return plain
    kind, colon, ref = text.partition(":")
    if kind.strip().lower() != "body" or not colon:
        raise values.UnknownWord(
            f'unknown audience "{short(text)}"; use all_members, officers, leads or body: and its reference.'
        )
    return f"body:{values.key(ref.strip())}"


def _days_before(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= 60):
        raise Unreadable(f'"{short(text)}" is not a number of working days from 0 to 60.')
    return int(text)


def _service_levels(block: Fields | None) -> ServiceLevels:
    if block is None:
        return ServiceLevels()
    usual = ServiceLevels()
    read = {field.name: block.number(field.name, 0, 250) for field in fields(usual)}
    block.finish()
    return replace(usual, **{name: days for name, days in read.items() if days is not None})


def _retention(block: Fields | None) -> Retention:
    if block is None:
        return Retention()
    usual = Retention()
    read = {field.name: block.read(field.name, values.period) for field in fields(usual)}
    block.finish()
    return replace(usual, **{name: period for name, period in read.items() if period is not None})
