"""The outbox: mails are queued in the transaction of the change and sent afterwards, again and again until taken."""

import asyncio
import logging
import re
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import aiosmtplib
from sqlalchemy import update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.columns import now
from models.database import reading, transaction
from models.records import OutgoingMail

MAX_ATTEMPTS = 12  # with the delays below, about two days
_LINK = re.compile(r"(/connexion/)[\w-]{20,}")  # of a login link: not kept once the mail has left
_log = logging.getLogger(__name__)
_wake: asyncio.Event | None = None  # set while `run` waits, in its own event loop


@dataclass(frozen=True)
class Server:
    """Where mails are handed in."""

    host: str
    port: int
    user: str
    password: str
    tls: str  # starttls, tls, none
    sender: str  # "Name <address>"


def queue(session: AsyncSession, *, to: str, subject: str, text: str) -> None:
    """Queue a plain-text mail; it leaves only if the transaction is committed."""
    session.add(OutgoingMail(to=to, subject=" ".join(subject.split()), text=text))


def wake() -> None:
    """Tell the sending loop that there may be something to send."""
    if _wake is not None:
        _wake.set()


async def latest(limit: int = 50) -> Sequence[OutgoingMail]:
    """Return the newest mails, for the development mailbox."""
    async with reading() as session:
        rows = await session.exec(select(OutgoingMail).order_by(col(OutgoingMail.id).desc()).limit(limit))
        return rows.all()


async def run(server: Server) -> None:
    """Send until cancelled: at once when woken, else every thirty seconds."""
    global _wake
    _wake = woken = asyncio.Event()
    while True:
        woken.clear()
        try:
            await send_pending(server)
        except Exception:
            _log.exception("the outbox could not be read")
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            # A library took the cancellation for itself: the server's answer came in the same moment.
            raise asyncio.CancelledError
        with suppress(TimeoutError):
            async with asyncio.timeout(30):
                await woken.wait()


async def send_pending(server: Server, limit: int = 50) -> int:
    """Try every mail that is due; return how many a server took. A refusal is kept and tried again later."""
    sent = 0
    for _ in range(limit):
        mail = await _claim()
        if mail is None:
            break
        error = await _send(server, mail)
        async with transaction() as session:
            row = await session.get_one(OutgoingMail, mail.id)
            row.last_error = error[:500]
            if not error:
                row.sent_at = now()
                row.text = _LINK.sub(r"\1…", row.text)
                sent += 1
            session.add(row)
    return sent


async def _claim() -> OutgoingMail | None:
    """Take the next mail that is due, counting the attempt; None if there is none.

    Its next attempt is set at once, so that no other process takes it while it is handed in.
    """
    async with transaction() as session:
        rows = await session.exec(
            select(OutgoingMail)
            .where(
                col(OutgoingMail.sent_at).is_(None),
                OutgoingMail.attempts < MAX_ATTEMPTS,
                OutgoingMail.next_try_at <= now(),
            )
            .order_by(col(OutgoingMail.id))
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        mail = rows.first()
        if mail is not None:
            mail.attempts += 1
            mail.next_try_at = now() + timedelta(minutes=min(2**mail.attempts, 720))
            session.add(mail)
        return mail


async def forget_link(session: AsyncSession, path: str, *, to: str) -> None:
    """Remove a login link that has been used from the mails kept: the database then holds its digest only."""
    shortened = func.replace(OutgoingMail.text, path, path.rsplit("/", 1)[0] + "/…")
    await session.exec(
        update(OutgoingMail)
        .where(col(OutgoingMail.to) == to, col(OutgoingMail.text).contains(path, autoescape=True))
        .values(text=shortened)
    )


def _message(server: Server, mail: OutgoingMail) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, mail.to, mail.subject
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain="cestpossible")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message


async def _send(server: Server, mail: OutgoingMail) -> str:
    """Hand one mail in; return "" or what went wrong."""
    try:
        message = _message(server, mail)
        await aiosmtplib.send(
            message,
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            use_tls=server.tls == "tls",
            start_tls=server.tls == "starttls",
            tls_context=None if server.tls == "none" else ssl.create_default_context(),
            timeout=20,
        )
    except (aiosmtplib.SMTPException, OSError, MessageError, ValueError, AttributeError) as error:
        _log.warning("mail %s was not taken: %s", mail.id, error)
        return str(error) or type(error).__name__
    return ""
