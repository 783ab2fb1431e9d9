"""E-mail: what is sent, and an honest account of what came of it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_string
from email.policy import default

import pytest

from bot.channels.base import Outcome, Parcel
from bot.channels.email import (
    NotifyEmail,
    SmtpEmail,
    body_of,
    email_channel,
    parse_smtp_url,
    subject_of,
)
from bot.errors import SetupError
from bot.wording.parts import Button, Buttons, Heading, Message, Paragraph, Span
from tests.support.mail_servers import MailServer, NotifyServer, running

KEY = "test-11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222"
WORDS = Message(
    (
        Heading("Panel moved"),
        Paragraph((Span("It is now on Tuesday 8 December 2026, 5.30pm. £5 parking."),)),
        Buttons((Button("I can come", "attend CPP/1"),)),
    )
)


def parcel(message: Message = WORDS, to: str = "amara.osei@westshire.example") -> Parcel:
    return Parcel("token1", to, "", "", "", message, datetime(2026, 11, 23, tzinfo=UTC))


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with running(MailServer()) as server:
        yield server


@pytest.fixture
def notify() -> Iterator[NotifyServer]:
    with running(NotifyServer()) as server:
        yield server


def smtp(server: MailServer, footer: str = "") -> SmtpEmail:
    return SmtpEmail(parse_smtp_url(f"smtp://127.0.0.1:{server.port}?from=bot@westshire.example"), footer)


def unused_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


async def test_an_e_mail_has_the_words_and_no_buttons(mail: MailServer) -> None:
    result = await smtp(mail, "Answer in the chat.").send(parcel())
    assert (result.outcome, result.remote_ref) == (Outcome.SENT, "token1")
    letter = message_from_string(mail.letters[0], policy=default)
    assert letter["To"] == "amara.osei@westshire.example"
    assert letter["From"] == "bot@westshire.example"
    assert letter["Subject"] == "Panel moved"
    assert letter["Message-ID"] == "<token1@westshire.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content().replace("\r\n", "\n")
    assert "Tuesday 8 December 2026, 5.30pm. £5 parking." in text
    assert "attend CPP/1" not in text
    assert text.endswith("Answer in the chat.\n")


async def test_a_subject_cannot_add_a_header(mail: MailServer) -> None:
    typed = Message((Heading("Moved\r\nBcc: everyone@westshire.example"),))
    assert subject_of(typed) == "Moved Bcc: everyone@westshire.example"
    assert (await smtp(mail).send(parcel(typed))).outcome is Outcome.SENT
    letter = message_from_string(mail.letters[0], policy=default)
    assert letter["Bcc"] is None


@pytest.mark.parametrize(
    ("command", "answer", "outcome"),
    [
        ("MAIL", "451 try later", Outcome.LATER),
        ("MAIL", "550 not you", Outcome.LATER),
        ("RCPT", "450 mailbox busy", Outcome.LATER),
        ("RCPT", "550 no such person", Outcome.REFUSED),
        ("RCPT", "cut", Outcome.LATER),
        ("DATA", "451 try later", Outcome.LATER),
        ("LETTER", "452 no room", Outcome.LATER),
        ("LETTER", "554 looks like spam", Outcome.REFUSED),
        ("LETTER", "cut", Outcome.DOUBT),
    ],
)
async def test_each_answer_of_a_mail_server_is_told_as_it_is(
    mail: MailServer, command: str, answer: str, outcome: Outcome
) -> None:
    mail.answers[command] = answer
    result = await smtp(mail).send(parcel())
    assert result.outcome is outcome
    assert "amara" not in result.reason
    assert len(mail.letters) == (1 if outcome is Outcome.DOUBT else 0)


async def test_a_server_that_is_away_has_surely_not_taken_it() -> None:
    channel = SmtpEmail(parse_smtp_url(f"smtp://127.0.0.1:{unused_port()}?from=bot@westshire.example"))
    assert (await channel.send(parcel())).outcome is Outcome.LATER
    assert await channel.look_up(parcel()) is None
    assert (await channel.update(parcel(), "x")).outcome is Outcome.REFUSED


async def test_words_and_password_never_travel_unencrypted_to_another_machine(mail: MailServer) -> None:
    far = parse_smtp_url(f"smtp://bot:pass@mail.westshire.example:{mail.port}?from=bot@westshire.example")
    assert not far.may_be_plain
    near = parse_smtp_url(f"smtp://127.0.0.1:{mail.port}?from=bot@westshire.example")

    class Far(type(near)):  # type: ignore[misc]
        """The server on loopback, thought to be far away."""

        may_be_plain = False

    result = await SmtpEmail(Far(near.host, near.port, near.sender)).send(parcel())
    assert (result.outcome, mail.letters) == (Outcome.LATER, [])
    assert not any(c.startswith(("MAIL", "AUTH")) for c in mail.commands)


def test_a_url_is_read_with_its_secrets() -> None:
    server = parse_smtp_url("smtp://bot%40x:p%2Fw@mail.example?from=bot@westshire.example")
    assert (server.host, server.port, server.user, server.password) == ("mail.example", 587, "bot@x", "p/w")
    assert parse_smtp_url("smtps://me%40a.example:p@mail.example").sender == "me@a.example"
    assert parse_smtp_url("smtps://me%40a.example:p@mail.example").port == 465


@pytest.mark.parametrize(
    "url", ["http://mail.example", "smtp://", "smtp://mail.example", "smtp://h:x?from=a@b"]
)
def test_a_url_that_cannot_be_used_is_refused_in_words(url: str) -> None:
    with pytest.raises(SetupError, match="CPBOT_SMTP_URL"):
        parse_smtp_url(url)


def test_settings_choose_the_channel() -> None:
    assert email_channel("", "") is None
    assert isinstance(email_channel("smtp://h?from=a@b.example", ""), SmtpEmail)
    assert isinstance(email_channel("smtp://h?from=a@b.example", KEY), NotifyEmail)


async def test_notify_sends_by_the_right_template_with_the_token(notify: NotifyServer) -> None:
    channel = NotifyEmail(KEY, notify.url)
    result = await channel.send(parcel())
    assert (result.outcome, result.remote_ref) == (Outcome.SENT, "n-token1")
    assert notify.taken == [
        {
            "email_address": "amara.osei@westshire.example",
            "template_id": "t-2",
            "personalisation": {"subject": "Panel moved", "body": body_of(WORDS)},
            "reference": "token1",
        }
    ]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (400, Outcome.REFUSED),
        (403, Outcome.LATER),
        (429, Outcome.PAUSED),
        (500, Outcome.DOUBT),
        (503, Outcome.DOUBT),
        ("cut", Outcome.DOUBT),
    ],
)
async def test_each_answer_of_notify_is_told_as_it_is(
    notify: NotifyServer, status: int | str, outcome: Outcome
) -> None:
    notify.status = status
    result = await NotifyEmail(KEY, notify.url).send(parcel())
    assert result.outcome is outcome
    assert result.retry_after == (60.0 if outcome is Outcome.PAUSED else 0.0)


async def test_notify_says_how_long_to_wait(notify: NotifyServer) -> None:
    notify.status, notify.retry_after = 429, "7"
    assert (await NotifyEmail(KEY, notify.url).send(parcel())).retry_after == 7.0


async def test_a_doubtful_send_is_found_by_its_reference(notify: NotifyServer) -> None:
    channel = NotifyEmail(KEY, notify.url)
    notify.status = "cut"
    assert (await channel.send(parcel())).outcome is Outcome.DOUBT
    found = await channel.look_up(parcel())
    assert found is not None
    assert (found.outcome, found.remote_ref) == (Outcome.SENT, "n-token1")
    notify.taken.clear()
    missing = await channel.look_up(parcel())
    assert missing is not None
    assert missing.outcome is Outcome.LATER


async def test_without_a_fitting_template_nothing_is_sent(notify: NotifyServer) -> None:
    notify.templates.pop()
    result = await NotifyEmail(KEY, notify.url).send(parcel())
    assert (result.outcome, notify.taken) == (Outcome.LATER, [])
    assert "((subject))" in result.reason


async def test_notify_away_has_surely_not_taken_it() -> None:
    channel = NotifyEmail(KEY, f"http://127.0.0.1:{unused_port()}")
    assert (await channel.send(parcel())).outcome is Outcome.LATER
    channel._template = "t-2"
    assert (await channel.send(parcel())).outcome is Outcome.LATER
