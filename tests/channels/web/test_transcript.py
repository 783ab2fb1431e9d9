"""The transcript and the channel on it: bounded, each message once, and nobody misses anything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.base import Channel, Outcome
from bot.channels.web import WebChannel, live
from bot.channels.web.transcript import MOST_ENTRIES, Entry, Transcript
from tests.channels.web.desk import AMARA, NOW, OLU, parcel, said
from tests.support.house import SetClock


def test_versions_grow_with_every_change_and_since_gives_them_in_order() -> None:
    t = Transcript()
    first, second = t.add("said", NOW, text="one"), t.add("said", NOW, text="two")
    changed = t.change(first.id, chosen="Send")
    assert changed is not None
    assert (first.version, second.version, changed.version) == (1, 2, 3)
    assert [e.text for e in t.since(0)] == ["two", "one"]
    assert [e.text for e in t.entries] == ["one", "two"]
    assert t.since(3) == []
    assert t.change(99, chosen="x") is None


def test_only_the_newest_entries_are_kept() -> None:
    t = Transcript()
    for n in range(MOST_ENTRIES + 25):
        t.add("said", NOW, text=str(n))
    assert len(t.entries) == MOST_ENTRIES
    assert t.entries[0].text == "25"
    assert t.get(1) is None


def test_a_key_adds_once_even_when_its_entry_is_gone() -> None:
    t = Transcript()
    first = t.add("message", NOW, key="a", message=said("Hello"))
    for n in range(MOST_ENTRIES):
        t.add("said", NOW, text=str(n))
    again = t.add("message", NOW, key="a", message=said("Hello"))
    assert again.id == first.id
    assert all(e.message != said("Hello") for e in t.entries)


async def test_a_delivery_is_appended_once_and_can_be_looked_up(channel: WebChannel) -> None:
    known: Channel = channel
    first = await known.send(parcel(AMARA, "The agenda is out."))
    again = await known.send(parcel(AMARA, "The agenda is out."))
    assert first == again
    assert first.outcome is Outcome.SENT
    assert [e.message for e in channel.transcript("4").entries] == [said("The agenda is out.")]
    assert await known.look_up(parcel(AMARA, "The agenda is out.")) == first
    missing = await known.look_up(parcel(AMARA, "x", token="t2"))
    assert missing is not None
    assert missing.outcome is Outcome.LATER
    assert channel.transcript("7").entries == []


async def test_one_token_for_two_people_reaches_both(channel: WebChannel) -> None:
    await channel.send(parcel(AMARA, "Hello"))
    await channel.send(parcel(OLU, "Hello"))
    assert [len(channel.transcript(p.user_id).entries) for p in (AMARA, OLU)] == [1, 1]


async def test_an_update_takes_the_place_of_the_old_words(channel: WebChannel) -> None:
    sent = await channel.send(parcel(AMARA, "At 5pm"))
    assert (await channel.update(parcel(AMARA, "At 6pm"), sent.remote_ref)).outcome is Outcome.SENT
    assert [e.message for e in channel.transcript("4").entries] == [said("At 6pm")]
    assert (await channel.update(parcel(AMARA, "At 7pm"), "99")).outcome is Outcome.REFUSED
    assert (await channel.update(parcel(AMARA, "At 7pm"), "odd")).outcome is Outcome.REFUSED


def _words(entry: Entry) -> str:
    return entry.message.title


async def _next(stream: AsyncIterator[str]) -> str:
    return await asyncio.wait_for(anext(stream), 5)


async def test_a_stream_continues_from_what_the_page_has_seen(channel: WebChannel) -> None:
    t = channel.transcript("4")
    await channel.send(parcel(AMARA, "Seen already", token="t1"))
    seen = live.position(t)
    await channel.send(parcel(AMARA, "Came in between", token="t2"))
    stream = live.stream(t, _words, seen)
    assert (await _next(stream)).startswith("retry:")
    event = await _next(stream)
    assert event.startswith(f"id: {t.mark}-2\n")
    assert "Came in between" in event
    waiting = asyncio.ensure_future(_next(stream))
    await asyncio.sleep(0)
    await channel.send(parcel(AMARA, "Came live", token="t3"))
    assert "Came live" in await waiting


async def test_a_quiet_stream_beats_and_a_closed_channel_ends_it(channel: WebChannel) -> None:
    t = channel.transcript("4")
    stream = live.stream(t, _words, live.position(t), heartbeat=0.01)
    await _next(stream)
    assert (await _next(stream)).startswith(":")
    channel.close()
    rest = [event async for event in stream]
    assert all(event.startswith(":") for event in rest)


@pytest.mark.parametrize("position", ["", "other-3", "3", "-", "MARK-x", "MARK-" + "9" * 5000])
async def test_a_page_of_an_earlier_run_is_told_to_load_anew(clock: SetClock, position: str) -> None:
    t = WebChannel(clock).transcript("4")
    t.add("said", NOW, text="before")
    stream = live.stream(t, _words, position.replace("MARK", t.mark), heartbeat=0.01)
    await _next(stream)
    assert (await _next(stream)).startswith("event: reset")
    assert (await _next(stream)).startswith(":"), "what the page must load anew is not sent as well"
