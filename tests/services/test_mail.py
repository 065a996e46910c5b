"""The outbox: handed to a real SMTP server, once, and kept as long as no server takes it."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import col, select

from app.services import accounts, mail
from models.columns import now
from models.database import Database, reading, transaction
from models.records import OutgoingMail


class Mailbox:
    """What the server has taken; it can be told to refuse."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], EmailMessage]] = []
        self.refusal = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a mail, or refuse it."""
        if self.refusal:
            return self.refusal
        await asyncio.sleep(0.02)
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append((envelope.mail_from or "", list(envelope.rcpt_tos), message))
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def smtp(mailbox: Mailbox) -> Iterator[mail.Server]:
    """A real SMTP server on a free port."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield _server(controller.port)
    controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _server(port: int) -> mail.Server:
    return mail.Server("127.0.0.1", port, "", "", "none", "C’est possible ! <ne-pas-repondre@site.example>")


def _lines(message: EmailMessage) -> list[str]:
    return str(message.get_content()).splitlines()


async def _queue(
    *, to: str = "a@essai.example", subject: str = "À lire : l’été", text: str = "Bonjour,\n\nÇa va ?"
) -> None:
    async with transaction() as session:
        mail.queue(session, to=to, subject=subject, text=text)


async def _all() -> list[OutgoingMail]:
    async with reading() as session:
        return list((await session.exec(select(OutgoingMail).order_by(col(OutgoingMail.id)))).all())


async def _pass(hours: float) -> None:
    """Let time pass for the mails that wait."""
    async with transaction() as session:
        for row in (await session.exec(select(OutgoingMail))).all():
            row.next_try_at -= timedelta(hours=hours)
            session.add(row)


async def test_a_mail_arrives_as_it_was_written(db: Database, smtp: mail.Server, mailbox: Mailbox) -> None:
    await _queue()
    assert await mail.send_pending(smtp) == 1
    sender, recipients, message = mailbox.taken[0]
    assert (sender, recipients) == ("ne-pas-repondre@site.example", ["a@essai.example"])
    assert message["From"] == "C’est possible ! <ne-pas-repondre@site.example>"
    assert (message["To"], message["Subject"]) == ("a@essai.example", "À lire : l’été")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime is not None
    assert message["Message-ID"].startswith("<")
    assert (message.get_content_type(), message.get_content_charset()) == ("text/plain", "utf-8")
    assert _lines(message) == ["Bonjour,", "", "Ça va ?"]


async def test_a_mail_is_sent_once(db: Database, smtp: mail.Server, mailbox: Mailbox) -> None:
    await _queue()
    assert [await mail.send_pending(smtp), await mail.send_pending(smtp)] == [1, 0]
    await _pass(1000)
    assert await mail.send_pending(smtp) == 0
    assert len(mailbox.taken) == 1


async def test_two_processes_that_send_at_once_send_each_mail_once(
    db: Database, smtp: mail.Server, mailbox: Mailbox
) -> None:
    for number in range(6):
        await _queue(subject=f"Courriel {number}")
    counts = await asyncio.gather(*[mail.send_pending(smtp) for _ in range(3)])
    assert sum(counts) == 6
    assert sorted(message["Subject"] for _, _, message in mailbox.taken) == [
        f"Courriel {n}" for n in range(6)
    ]


async def test_a_mail_of_a_change_that_failed_is_not_sent(
    db: Database, smtp: mail.Server, mailbox: Mailbox
) -> None:
    async def fail() -> None:
        async with transaction() as session:
            mail.queue(session, to="a@essai.example", subject="Publiée", text="…")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert (await mail.send_pending(smtp), mailbox.taken) == (0, [])


async def test_a_mail_waits_while_the_server_is_down_and_leaves_when_it_is_back(
    db: Database, smtp: mail.Server, mailbox: Mailbox
) -> None:
    await _queue()
    assert await mail.send_pending(_server(_free_port())) == 0
    row = (await _all())[0]
    assert (row.attempts, row.sent_at, row.last_error != "") == (1, None, True)
    assert row.next_try_at > now()
    assert await mail.send_pending(smtp) == 0  # not yet
    await _pass(1)
    assert await mail.send_pending(smtp) == 1
    row = (await _all())[0]
    assert (row.attempts, row.sent_at is not None, row.last_error) == (2, True, "")
    assert len(mailbox.taken) == 1


async def test_a_refusal_is_kept_and_tried_again_later_and_later_then_no_more(
    db: Database, smtp: mail.Server, mailbox: Mailbox
) -> None:
    mailbox.refusal = "451 Revenez plus tard"
    await _queue()
    waits = []
    for _ in range(mail.MAX_ATTEMPTS):
        assert await mail.send_pending(smtp) == 0
        row = (await _all())[0]
        waits.append(round((row.next_try_at - now()).total_seconds() / 60))
        assert "Revenez plus tard" in row.last_error
        await _pass(24)
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 720, 720, 720]
    mailbox.refusal = ""
    assert await mail.send_pending(smtp) == 0
    assert (await _all())[0].attempts == mail.MAX_ATTEMPTS


async def test_a_mail_that_cannot_be_written_does_not_keep_the_others_waiting(
    db: Database, smtp: mail.Server, mailbox: Mailbox
) -> None:
    await _queue(to="a@[essai.example")
    await _queue(to="b@essai.example")
    assert await mail.send_pending(smtp) == 1
    assert [recipients for _, recipients, _ in mailbox.taken] == [["b@essai.example"]]
    assert (await _all())[0].last_error != ""


async def test_a_title_cannot_add_a_header_or_a_recipient(
    db: Database, smtp: mail.Server, mailbox: Mailbox
) -> None:
    await _queue(subject="Publiée : a\r\nBcc: b@essai.example\n\nTexte")
    await mail.send_pending(smtp)
    _, recipients, message = mailbox.taken[0]
    assert recipients == ["a@essai.example"]
    assert (message["Bcc"], message["Subject"]) == (None, "Publiée : a Bcc: b@essai.example Texte")


async def test_lines_that_begin_with_a_dot_and_long_lines_arrive_whole(
    db: Database, smtp: mail.Server, mailbox: Mailbox
) -> None:
    text = ".\n..deux\n" + "é" * 3000 + "\nfin"
    await _queue(text=text)
    await mail.send_pending(smtp)
    assert _lines(mailbox.taken[0][2]) == text.split("\n")


async def test_mails_leave_in_the_order_in_which_they_were_written(
    db: Database, smtp: mail.Server, mailbox: Mailbox
) -> None:
    for number in range(5):
        await _queue(subject=f"Courriel {number}")
    assert await mail.send_pending(smtp, limit=3) == 3
    assert [message["Subject"] for _, _, message in mailbox.taken] == [
        f"Courriel {number}" for number in range(3)
    ]


async def test_the_token_of_a_login_link_leaves_the_database_with_the_mail(
    db: Database, smtp: mail.Server, mailbox: Mailbox
) -> None:
    await accounts.send_link(email="a@essai.example")
    await mail.send_pending(smtp)
    text = mailbox.taken[0][2].get_content()
    token = text.split("/connexion/")[1].split()[0]
    kept = (await _all())[0].text
    assert (token in kept, "http://site.example/connexion/…" in kept) == (False, True)
    assert (await accounts.use_link(token=token))[1] == "/compte"


async def test_the_newest_mails_are_shown_first(db: Database) -> None:
    for number in range(4):
        await _queue(subject=f"Courriel {number}")
    assert [row.subject for row in await mail.latest(3)] == ["Courriel 3", "Courriel 2", "Courriel 1"]


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_the_loop_sends_at_once_when_it_is_woken(
    db: Database, smtp: mail.Server, mailbox: Mailbox
) -> None:
    loop = asyncio.create_task(mail.run(smtp))
    await asyncio.sleep(0.2)
    await _queue()
    mail.wake()
    for _ in range(100):
        await asyncio.sleep(0.02)
        if mailbox.taken:
            break
    loop.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loop
    assert len(mailbox.taken) == 1


async def test_the_loop_ends_though_a_library_took_the_cancellation_for_itself(
    db: Database, smtp: mail.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It happens when the server's answer and the cancellation come in the same moment."""
    begun = asyncio.Event()

    async def answered_in_the_same_moment(server: mail.Server, letter: OutgoingMail) -> str:
        begun.set()
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        return ""

    monkeypatch.setattr(mail, "_send", answered_in_the_same_moment)
    await _queue()
    loop = asyncio.create_task(mail.run(smtp))
    await begun.wait()
    loop.cancel()
    done, _ = await asyncio.wait({loop}, timeout=5)
    assert done == {loop}
    assert loop.cancelled()
