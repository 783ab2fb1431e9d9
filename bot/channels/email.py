"""E-mail, for people whom chat cannot reach: over SMTP, or by GOV.UK Notify."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as SMTP_LINES
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from bot.channels.base import Channel, Outcome, Parcel, Result
from bot.errors import SetupError
from bot.wording.parts import Message
from bot.wording.plain import plain

TIMEOUT = 8.0
NOTIFY_URL = "https://api.notifications.service.gov.uk"
NOTIFY_PAUSE = 60.0
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PORTS = {"smtp": 587, "smtps": 465}
_SPARE_SUBJECT = "A message from your council"


def email_channel(smtp_url: str, notify_key: str, footer: str = "") -> Channel | None:
    """The e-mail channel that the settings ask for; Notify where both are given, None where neither is.

    `footer` is one line under each message. Nothing connects yet. SetupError for a URL that cannot be used.
    """
    if notify_key:
        return NotifyEmail(notify_key, footer=footer)
    return SmtpEmail(parse_smtp_url(smtp_url), footer) if smtp_url else None


def subject_of(message: Message) -> str:
    """One line, whatever was typed into it."""
    return " ".join(message.title.split()) or _SPARE_SUBJECT


def body_of(message: Message, footer: str = "") -> str:
    """The words without buttons, which an e-mail cannot have."""
    return "\n\n".join(piece for piece in (plain(message, buttons=False), footer) if piece) + "\n"


# --- SMTP


@dataclass(frozen=True)
class SmtpServer:
    """Where to hand e-mails in, and as whom."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    tls_at_once: bool = False

    @property
    def may_be_plain(self) -> bool:
        """Only a server on this machine is spoken to without encryption."""
        return self.host in _LOOPBACK


def parse_smtp_url(url: str) -> SmtpServer:
    """`smtp://user:password@host:587?from=bot@council.example`, or `smtps://` for TLS from the start."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (KeyError, ValueError):
        raise SetupError("CPBOT_SMTP_URL must look like smtp://user:password@host?from=ADDRESS.") from None
    user = unquote(parts.username or "")
    sender = parse_qs(parts.query).get("from", [user])[0]
    if not parts.hostname or "@" not in sender:
        raise SetupError("CPBOT_SMTP_URL needs a host and ?from= with the address that e-mails come from.")
    return SmtpServer(
        parts.hostname, port, sender, user, unquote(parts.password or ""), tls_at_once=parts.scheme == "smtps"
    )


class SmtpEmail:
    """Hands each e-mail to a mail server. Once a server has the words, silence from it is a doubt."""

    name = "email"
    rate: float | None = 5.0

    def __init__(self, server: SmtpServer, footer: str = "") -> None:
        self.server = server
        self.footer = footer

    async def send(self, parcel: Parcel) -> Result:
        """Send to the person's own address."""
        return await asyncio.to_thread(self._send, parcel)

    async def look_up(self, parcel: Parcel) -> Result | None:
        """A mail server cannot say what it took."""
        return None

    async def update(self, parcel: Parcel, remote_ref: str) -> Result:
        """What has been posted cannot be changed."""
        return Result(Outcome.REFUSED, reason="an e-mail cannot be changed")

    def _send(self, parcel: Parcel) -> Result:
        try:
            smtp = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            return Result(Outcome.LATER, reason=f"mail server: {type(error).__name__}")
        try:
            return self._addressed(smtp, parcel.user_id) or self._handed_over(smtp, parcel)
        except (OSError, smtplib.SMTPException) as error:
            return Result(Outcome.LATER, reason=f"mail server: {type(error).__name__}")
        finally:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()

    def _connect(self) -> smtplib.SMTP:
        server, tls = self.server, ssl.create_default_context()
        if server.tls_at_once:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=tls)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        try:
            smtp.ehlo()
            unasked = server.may_be_plain and not smtp.has_extn("starttls")
            if not server.tls_at_once and not unasked:
                smtp.starttls(context=tls)
                smtp.ehlo()
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _addressed(self, smtp: smtplib.SMTP, to: str) -> Result | None:
        """Say from whom and for whom; a Result where the server will not have it. No words have left yet."""
        code, _ = smtp.mail(self.server.sender)
        if code >= 400:
            return Result(Outcome.LATER, reason=f"mail server: sender, {code}")
        code, _ = smtp.rcpt(to)
        if code >= 400:
            return Result(_later_or_never(code), reason=f"mail server: address, {code}")
        return None

    def _handed_over(self, smtp: smtplib.SMTP, parcel: Parcel) -> Result:
        try:
            code, _ = smtp.data(self._letter(parcel).as_bytes(policy=SMTP_LINES))
        except smtplib.SMTPDataError as error:
            return Result(Outcome.LATER, reason=f"mail server: {error.smtp_code}")
        except (OSError, smtplib.SMTPException) as error:
            return Result(Outcome.DOUBT, reason=f"mail server: {type(error).__name__}")
        if code >= 400:
            return Result(_later_or_never(code), reason=f"mail server: message, {code}")
        return Result(Outcome.SENT, remote_ref=parcel.token)

    def _letter(self, parcel: Parcel) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = self.server.sender
        letter["To"] = parcel.user_id
        letter["Subject"] = subject_of(parcel.message)
        letter["Date"] = formatdate()
        letter["Message-ID"] = f"<{parcel.token}@{self.server.sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(body_of(parcel.message, self.footer), cte="quoted-printable")
        return letter


def _later_or_never(code: int) -> Outcome:
    return Outcome.REFUSED if code >= 500 else Outcome.LATER


# --- GOV.UK Notify


class NotifyEmail:
    """Sends through GOV.UK Notify, by the service's e-mail template that has ((subject)) and ((body)).

    The delivery's token is Notify's reference, so that a doubtful send can be asked after.
    """

    name = "email"
    rate: float | None = 40.0
    """Notify takes 3,000 a minute."""

    def __init__(self, key: str, base_url: str = NOTIFY_URL, footer: str = "") -> None:
        self._key = key
        self._base_url = base_url
        self._footer = footer
        self._client_made: Any = None
        self._template = ""

    async def send(self, parcel: Parcel) -> Result:
        """Send to the person's own address."""
        return await asyncio.to_thread(self._send, parcel)

    async def look_up(self, parcel: Parcel) -> Result | None:
        """Whether Notify has a message by that reference. Raises when Notify cannot be asked."""
        found = await asyncio.to_thread(self._find, parcel.token)
        return Result(Outcome.SENT, remote_ref=found) if found else Result(Outcome.LATER)

    async def update(self, parcel: Parcel, remote_ref: str) -> Result:
        """What has been posted cannot be changed."""
        return Result(Outcome.REFUSED, reason="an e-mail cannot be changed")

    def _client(self) -> Any:
        if self._client_made is None:
            # Imported when the first e-mail leaves: most installations never need it.
            from notifications_python_client.notifications import NotificationsAPIClient

            make: Any = NotificationsAPIClient
            self._client_made = make(self._key, self._base_url, timeout=TIMEOUT)
        return self._client_made

    def _send(self, parcel: Parcel) -> Result:
        from notifications_python_client.errors import APIError

        try:
            template = self._template = self._template or self._find_template()
        except APIError as error:
            return Result(Outcome.LATER, reason=f"Notify: {error.status_code}")
        if not template:
            return Result(Outcome.LATER, reason="Notify has no e-mail template with ((subject)) and ((body))")
        words = {"subject": subject_of(parcel.message), "body": body_of(parcel.message, self._footer)}
        try:
            answer = self._client().send_email_notification(parcel.user_id, template, words, parcel.token)
        except APIError as error:
            return _refusal(error)
        return Result(Outcome.SENT, remote_ref=str(answer["id"]))

    def _find_template(self) -> str:
        for template in self._client().get_all_templates("email")["templates"]:
            if {"subject", "body"} <= set(template.get("personalisation") or {}):
                return str(template["id"])
        return ""

    def _find(self, token: str) -> str:
        found = self._client().get_all_notifications(reference=token)["notifications"]
        return str(found[0]["id"]) if found else ""


def _refusal(error: Any) -> Result:
    """What an answer other than yes means. Without an answer, only a connection never made is sure."""
    reason = f"Notify: {error.status_code}"
    if error.response is None:
        return Result(Outcome.LATER if _never_connected(error.__cause__) else Outcome.DOUBT, reason=reason)
    match error.status_code:
        case 429:
            headers: Mapping[str, str] = error.response.headers
            wait = headers.get("Retry-After", "")
            return Result(Outcome.PAUSED, retry_after=float(wait) if wait.isdigit() else NOTIFY_PAUSE)
        case 400:
            return Result(Outcome.REFUSED, reason=reason)
        case 401 | 403:
            return Result(Outcome.LATER, reason=reason)
    return Result(Outcome.DOUBT, reason=reason)


def _never_connected(cause: BaseException | None) -> bool:
    from requests.exceptions import ConnectionError as NoConnection
    from requests.exceptions import ConnectTimeout
    from urllib3.exceptions import NewConnectionError

    if isinstance(cause, ConnectTimeout):
        return True
    inner = getattr(cause.args[0], "reason", None) if isinstance(cause, NoConnection) and cause.args else None
    return isinstance(inner, NewConnectionError)
