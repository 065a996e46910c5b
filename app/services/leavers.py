"""Accounts that nobody uses any more: a warning, then the person is forgotten; what the centre wrote stays."""

from datetime import date, timedelta

from sqlalchemy import delete, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.services import journal, mail, publication
from models.columns import now
from models.company import Coauthor, Relay
from models.database import reading, transaction
from models.people import Account, LoginToken, Membership, Role
from models.records import JournalEntry, OutgoingMail

LEFT = timedelta(days=730)  # without a visit: two years (CNIL, by analogy with online accounts)
WARNED = timedelta(days=30)  # before that
FORGOTTEN = "Compte supprimé"
_NOWHERE = "supprime.invalid"  # no mail ever arrives there, nobody can log in with it
_visits: dict[int, date] = {}  # the day of the last visit that this process has written down


async def note_visit(account_id: int) -> None:
    """Write down that an account is used, once a day: a session may last for months without a new login."""
    today = now().date()
    if _visits.get(account_id) == today:
        return
    async with transaction() as session:
        await session.exec(update(Account).where(col(Account.id) == account_id).values(last_login_at=now()))
    _visits[account_id] = today


async def warn() -> int:
    """Tell those who have not come for twenty-three months that their account is about to go; return how many."""
    return sum([await _warn(account) for account in await _absent(LEFT - WARNED)])


async def forget() -> int:
    """Forget those who have not come for two years and were told a month ago; return how many."""
    return sum([await _forget(account) for account in await _absent(LEFT)])


async def _absent(since: timedelta) -> list[int]:
    """Accounts to which nobody has come for that long. Administrators stay: somebody must hold the keys."""
    async with reading() as session:
        rows = await session.exec(
            select(Account.id)
            .where(
                func.coalesce(Account.last_login_at, Account.created_at) < now() - since,
                Account.role != Role.ADMIN,
                col(Account.demo).is_(False),
                col(Account.email).not_like(f"%@{_NOWHERE}"),
            )
            .order_by(col(Account.id))
        )
        return [account or 0 for account in rows.all()]


async def _warn(account_id: int) -> bool:
    async with transaction() as session:
        account = await _still_absent(session, account_id, LEFT - WARNED)
        if account is None or not account.active or await _told(session, account):
            return False
        journal.note(session, "account_warned", account_id=account_id)
        mail.queue(
            session,
            to=account.email,
            subject="Votre compte sur C’est possible !",
            text="Bonjour,\n\nVous n’êtes pas venu sur C’est possible ! depuis près de deux ans. Pour ne rien garder d’inutile, "
            f"nous supprimerons votre compte dans {WARNED.days} jours. Les fiches de votre structure, elles, restent.\n\n"
            f"Vous voulez le garder ? Il suffit de vous connecter une fois :\n{publication.address()}/connexion\n\n"
            "C’est possible !",
        )
    mail.wake()
    return True


async def _forget(account_id: int) -> bool:
    async with transaction() as session:
        account = await _still_absent(session, account_id, LEFT)
        if account is None:
            return False
        if account.active and not await _told(session, account, before=WARNED):
            return False
        for table in (Membership, Relay):
            await session.exec(delete(table).where(col(table.account_id) == account_id))
        await session.exec(
            delete(Coauthor).where(
                (col(Coauthor.account_id) == account_id) | (col(Coauthor.email) == account.email)
            )
        )
        await session.exec(delete(LoginToken).where(col(LoginToken.email) == account.email))
        await session.exec(delete(OutgoingMail).where(col(OutgoingMail.to) == account.email))
        account.email = f"compte-{account_id}@{_NOWHERE}"
        account.name, account.role, account.federation_id = FORGOTTEN, Role.CONTRIBUTOR, None
        account.active, account.last_login_at = False, None
        session.add(account)
        journal.note(session, "account_forgotten", account_id=account_id)
    return True


async def _still_absent(session: AsyncSession, account_id: int, since: timedelta) -> Account | None:
    account = await session.get(Account, account_id, with_for_update=True)
    if account is None or account.email.endswith(f"@{_NOWHERE}"):
        return None
    return account if (account.last_login_at or account.created_at) < now() - since else None


async def _told(session: AsyncSession, account: Account, *, before: timedelta = timedelta(0)) -> bool:
    """Whether the person was warned after the last visit, at least `before` ago."""
    rows = await session.exec(
        select(JournalEntry.id)
        .where(
            JournalEntry.account_id == account.id,
            JournalEntry.action == "account_warned",
            JournalEntry.at > (account.last_login_at or account.created_at),
            JournalEntry.at <= now() - before,
        )
        .limit(1)
    )
    return rows.first() is not None
