"""The outbox: mails are queued in the transaction of the change and sent afterwards, again and again until taken."""

import asyncio
import logging
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import aiosmtplib
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.columns import now
from models.database import reading, transaction
from models.records import OutgoingMail

MAX_ATTEMPTS = 12  # with the delays below, about two days
_log = logging.getLogger(__name__)
_wake = asyncio.Event()


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
    _wake.set()


async def latest(limit: int = 50) -> Sequence[OutgoingMail]:
    """Return the newest mails, for the development mailbox."""
    async with reading() as session:
        rows = await session.exec(select(OutgoingMail).order_by(col(OutgoingMail.id).desc()).limit(limit))
        return rows.all()


async def run(server: Server) -> None:
    """Send for ever: at once when woken, else every thirty seconds."""
    while True:
        _wake.clear()
        try:
            await send_pending(server)
        except Exception:
            _log.exception("the outbox could not be read")
        try:
            await asyncio.wait_for(_wake.wait(), timeout=30)
        except TimeoutError:
            continue


async def send_pending(server: Server, limit: int = 50) -> int:
    """Try every mail that is due; return how many a server took. A refusal is kept and tried again later."""
    async with reading() as session:
        rows = await session.exec(
            select(OutgoingMail)
            .where(
                col(OutgoingMail.sent_at).is_(None),
                OutgoingMail.attempts < MAX_ATTEMPTS,
                OutgoingMail.next_try_at <= now(),
            )
            .order_by(col(OutgoingMail.id))
            .limit(limit)
        )
        due = rows.all()
    sent = 0
    for mail in due:
        error = await _send(server, mail)
        async with transaction() as session:
            row = await session.get(OutgoingMail, mail.id)
            if row is None:
                continue
            row.attempts += 1
            if error:
                row.last_error = error
                row.next_try_at = now() + timedelta(minutes=min(2**row.attempts, 720))
            else:
                row.sent_at = now()
                row.last_error = ""
                sent += 1
            session.add(row)
    return sent


async def _send(server: Server, mail: OutgoingMail) -> str:
    """Hand one mail in; return "" or what went wrong."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, mail.to, mail.subject
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain="cestpossible")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    try:
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
    except (aiosmtplib.SMTPException, OSError) as error:
        _log.warning("mail %s was not taken: %s", mail.id, error)
        return str(error) or type(error).__name__
    return ""
