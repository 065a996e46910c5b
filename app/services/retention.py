"""What is kept no longer than it serves: once a day, each step on its own, safe to run twice or in several processes.

Every step looks at one row in one transaction, under its lock, and checks again what made it a candidate. What was said
by mail is in the journal, written in the same transaction. A server that starts again simply goes on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import delete, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.services import (
    brochures,
    company,
    history,
    journal,
    leavers,
    mail,
    publication,
    reminders,
    shelf,
    spare_pictures,
)
from models.columns import now
from models.database import reading, transaction
from models.fiche import Fiche, Revision, Snapshot
from models.people import Account, LoginToken, Membership
from models.records import JournalEntry, OutgoingMail
from models.taxonomy import State

FORGOTTEN = timedelta(days=365)  # without a word: the centre is told
EXPIRED = timedelta(days=548)  # eighteen months: the draft goes to the bin
NOTICE = timedelta(days=60)  # between the two at the least, even if the server slept for a year
TRACES = timedelta(days=365)  # logins, mails, names in the journal
FIRST = 60.0  # seconds after the start
EVERY = 24 * 3600.0  # seconds

_log = logging.getLogger(__name__)


async def run() -> None:
    """For ever: tidy up a minute after the start, then once a day."""
    await asyncio.sleep(FIRST)
    while True:
        await tidy()
        await asyncio.sleep(EVERY)


async def tidy() -> dict[str, int]:
    """Do all that is due; return how many of each. A step that fails is logged and leaves the others to do theirs."""
    steps: dict[str, Callable[[], Awaitable[int]]] = {
        "drafts erased": erase_bin,
        "drafts reminded": reminders.send,
        "drafts warned": warn_of_drafts,
        "drafts expired": expire_drafts,
        "versions thinned": thin_histories,
        "accounts warned": leavers.warn,
        "accounts forgotten": leavers.forget,
        "traces erased": erase_traces,
        "pictures erased": spare_pictures.erase,
        "booklets erased": brochures.sweep,
    }
    done = {}
    for name, step in steps.items():
        try:
            done[name] = await step()
        except Exception:
            _log.exception("%s: could not be done", name)
    if any(done.values()):
        _log.info("tidied: %s", ", ".join(f"{count} {name}" for name, count in done.items() if count))
    return done


# --- the bin ------------------------------------------------------------------------------------------------------


async def erase_bin() -> int:
    """Erase the drafts that have been in the bin for thirty days, with their fiche if nothing else is left of it."""
    async with reading() as session:
        rows = await session.exec(
            select(Revision.id)
            .where(col(Revision.deleted_at) <= now() - shelf.KEPT)
            .order_by(col(Revision.id))
        )
        due = rows.all()
    return sum([await _erase(revision_id or 0) for revision_id in due])


async def _erase(revision_id: int) -> bool:
    async with transaction() as session:
        known = await session.get(Revision, revision_id)
        if known is None:
            return False
        fiche = await session.get(Fiche, known.fiche_id, with_for_update=True)
        revision = await session.get(Revision, revision_id, with_for_update=True, populate_existing=True)
        if (
            fiche is None
            or revision is None
            or revision.deleted_at is None
            or revision.deleted_at > now() - shelf.KEPT
        ):
            return False
        await session.exec(delete(Snapshot).where(col(Snapshot.revision_id) == revision_id))
        await session.delete(revision)
        await session.flush()
        left = await session.exec(
            select(func.count()).select_from(Revision).where(Revision.fiche_id == fiche.id)
        )
        whole = left.one() == 0
        if whole:
            await company.forget(session, fiche.id or 0)
            await session.exec(
                update(JournalEntry).where(col(JournalEntry.fiche_id) == fiche.id).values(fiche_id=None)
            )
            await session.delete(fiche)
        journal.note(session, "draft_erased", account_id=None, fiche_id=None if whole else fiche.id)
    return True


# --- drafts that were never proposed ------------------------------------------------------------------------------


async def warn_of_drafts() -> int:
    """Tell the centres of their drafts that nobody has touched for twelve months; return how many."""
    return sum([await _warn(revision_id) for revision_id in await _untouched(FORGOTTEN)])


async def expire_drafts() -> int:
    """Put the drafts that nobody has touched for eighteen months, though warned of, in the bin; return how many."""
    return sum([await _expire(revision_id) for revision_id in await _untouched(EXPIRED)])


async def _untouched(since: timedelta) -> list[int]:
    async with reading() as session:
        rows = await session.exec(
            select(Revision.id)
            .where(
                Revision.state == State.DRAFT,
                col(Revision.deleted_at).is_(None),
                Revision.updated_at < now() - since,
            )
            .order_by(col(Revision.id))
        )
        return [revision_id or 0 for revision_id in rows.all()]


async def _warn(revision_id: int) -> bool:
    async with transaction() as session:
        revision = await _still(session, revision_id, FORGOTTEN)
        if revision is None or await _told(session, revision):
            return False
        fiche = await session.get_one(Fiche, revision.fiche_id)
        journal.note(session, "draft_warned", account_id=None, fiche_id=fiche.id, revision=revision.number)
        for address in await _writers(session, fiche):
            mail.queue(
                session,
                to=address,
                subject=f"Votre brouillon vous attend : {_title(revision)}",
                text=f"Bonjour,\n\nVotre brouillon « {_title(revision)} » n’a pas bougé depuis un an. Il n’a jamais été proposé au "
                "comité : vous seuls le voyez.\n\n"
                f"Pour le reprendre, ou le supprimer :\n{publication.address()}/ecrire/{revision_id}\n\n"
                "Sans un mot de plus d’ici six mois, il ira à la corbeille, puis sera effacé "
                f"{shelf.KEPT.days} jours après.\n\nC’est possible !",
            )
    mail.wake()
    return True


async def _expire(revision_id: int) -> bool:
    async with transaction() as session:
        revision = await _still(session, revision_id, EXPIRED)
        if revision is None or not await _told(session, revision, before=NOTICE):
            return False
        fiche = await session.get_one(Fiche, revision.fiche_id)
        revision.deleted_at = now()
        session.add(revision)
        journal.note(session, "draft_expired", account_id=None, fiche_id=fiche.id, revision=revision.number)
        for address in await _writers(session, fiche):
            mail.queue(
                session,
                to=address,
                subject=f"À la corbeille : {_title(revision)}",
                text=f"Bonjour,\n\nVotre brouillon « {_title(revision)} » n’a pas bougé depuis dix-huit mois : il vient d’aller à la "
                f"corbeille. Vous avez {shelf.KEPT.days} jours pour le remettre, depuis vos fiches :\n"
                f"{publication.address()}/ecrire\n\nEnsuite, il sera effacé pour de bon.\n\nC’est possible !",
            )
    mail.wake()
    return True


async def _still(session: AsyncSession, revision_id: int, since: timedelta) -> Revision | None:
    revision = await session.get(Revision, revision_id, with_for_update=True)
    if revision is None or revision.state != State.DRAFT or revision.deleted_at is not None:
        return None
    return revision if revision.updated_at < now() - since else None


async def _told(session: AsyncSession, revision: Revision, *, before: timedelta = timedelta(0)) -> bool:
    """Whether the centre was warned after the last word was written, at least `before` ago."""
    rows = await session.exec(
        select(JournalEntry.id)
        .where(
            JournalEntry.fiche_id == revision.fiche_id,
            JournalEntry.action == "draft_warned",
            JournalEntry.at > revision.updated_at,
            JournalEntry.at <= now() - before,
        )
        .limit(1)
    )
    return rows.first() is not None


async def _writers(session: AsyncSession, fiche: Fiche) -> list[str]:
    """Return the addresses of the people of the centre."""
    members = select(Membership.account_id).where(
        Membership.centre_id == fiche.centre_id, col(Membership.accepted_at).is_not(None)
    )
    rows = await session.exec(
        select(Account.email).where(col(Account.id).in_(members), col(Account.active)).order_by(Account.email)
    )
    return list(rows.all())


def _title(revision: Revision) -> str:
    return revision.content.title.strip() or "sans titre"


# --- the rest -----------------------------------------------------------------------------------------------------


async def thin_histories() -> int:
    """Thin the history of every revision; return how many versions went."""
    async with reading() as session:
        rows = await session.exec(select(Snapshot.revision_id).distinct().order_by(col(Snapshot.revision_id)))
        revisions = rows.all()
    gone = 0
    for revision_id in revisions:
        async with transaction() as session:
            revision = await session.get(Revision, revision_id, with_for_update=True)
            if revision is not None:
                gone += await history.thin(session, revision)
    return gone


async def erase_traces() -> int:
    """After a year, erase logins and the mails kept, and take the names out of the journal; return how many rows."""
    limit = now() - TRACES
    touched = 0
    async with transaction() as session:
        for statement in (
            delete(JournalEntry).where(col(JournalEntry.at) < limit, col(JournalEntry.action) == "logged_in"),
            update(JournalEntry)
            .where(
                col(JournalEntry.at) < limit,
                col(JournalEntry.account_id).is_not(None),
                col(JournalEntry.action) != "account_warned",
            )
            .values(account_id=None),
            delete(OutgoingMail).where(col(OutgoingMail.created_at) < limit),
            delete(LoginToken).where(col(LoginToken.expires_at) < now() - timedelta(days=1)),
        ):
            touched += (await session.exec(statement)).rowcount
    return touched
