"""What a message may ask of the database: each statement is felt when everybody answers at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.channels.slack.conftest import U_AMARA, Process
from tests.support.slack import FakeSlack


@contextmanager
def statements(bot: Process) -> Iterator[list[str]]:
    """The statements of everything within, but for the beginning of each transaction."""
    said: list[str] = []

    def note(_connection, _cursor, statement: str, *_rest) -> None:  # type: ignore[no-untyped-def]
        if not statement.startswith("BEGIN"):
            said.append(statement)

    engine = bot.talk.house.db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("typed", "most"),
    [
        ("help", 5),
        ("when is the next meeting please", 14),
        ("who do I contact about housing for a care leaver", 8),
    ],
)
async def test_a_sentence_asks_little_of_the_database(
    one: Process, fake: FakeSlack, typed: str, most: int
) -> None:
    for _ in range(2):  # until the account is known
        await one.door.slash(U_AMARA, typed)
    with statements(one) as said:
        await one.door.slash(U_AMARA, typed)
    assert len(said) <= most, "\n".join(said)


async def test_a_button_asks_little_of_the_database(one: Process, fake: FakeSlack) -> None:
    shown = await one.door.slash(U_AMARA, "next meeting")
    await one.door.press(U_AMARA, shown, "Coming", at=100.0)
    with statements(one) as said:
        await one.door.press(U_AMARA, shown, "Apologies", at=200.0)
    assert fake.of("response_url")
    assert len(said) <= 13, "\n".join(said)


async def test_what_was_read_once_is_not_read_again(one: Process, fake: FakeSlack) -> None:
    await one.door.slash(U_AMARA, "next meeting")
    with statements(one) as said:
        await one.door.slash(U_AMARA, "next meeting")
    assert sum("FROM council" in s for s in said) == 1
    assert sum("FROM body" in s for s in said) == 1
    assert not any("FROM delivery" in s for s in said), "nobody is told anything"
