"""Drafts that were never proposed: a kind word after a week, another after a month, and no more.

Users of comparable services write everything and never send it. One mail a person and a day, whatever the number of
drafts; to those who wrote them, while they are of the structure and want it.
"""

from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.services import journal, mail, publication
from models import checks, guide
from models.columns import now
from models.database import reading, transaction
from models.fiche import Fiche, Revision
from models.people import Account, Centre, Membership
from models.records import JournalEntry
from models.taxonomy import State

AFTER = (timedelta(days=7), timedelta(days=30))  # without a word
APART = timedelta(days=14)  # between the two at the least, even if the server slept
ENDS = timedelta(days=180)  # a draft that has rested for longer is left to `retention`
ACTION = "draft_reminded"
STEPS = len(guide.steps())


async def send() -> int:
    """Remind the writers of the drafts that are due; return of how many drafts."""
    async with reading() as session:
        rows = await session.exec(
            select(Fiche.centre_id)
            .join(Revision, col(Revision.fiche_id) == col(Fiche.id))
            .where(
                Revision.state == State.DRAFT,
                col(Revision.deleted_at).is_(None),
                Revision.updated_at < now() - AFTER[0],
                Revision.updated_at >= now() - ENDS,
            )
            .distinct()
            .order_by(col(Fiche.centre_id))
        )
        centres = rows.all()
    return sum([await _remind(centre_id) for centre_id in centres])


async def _remind(centre_id: int) -> int:
    """Remind of the drafts of one structure, in one transaction: what is said is in the journal."""
    async with transaction() as session:
        due = [(fiche, revision) for fiche, revision in await _waiting(session, centre_id)]
        due = [(fiche, revision) for fiche, revision in due if await _is_due(session, fiche, revision)]
        for fiche, revision in due:
            journal.note(session, ACTION, account_id=None, fiche_id=fiche.id, revision=revision.number)
        people = await _people(session, centre_id)
        centre = await session.get_one(Centre, centre_id)
        for person in people.values():
            mine = [revision for fiche, revision in due if person.id in _writers(fiche, revision, people)]
            if mine and person.reminded:
                subject, text = _letter(centre, mine)
                mail.queue(session, to=person.email, subject=subject, text=text)
    if due:
        mail.wake()
    return len(due)


async def _waiting(session: AsyncSession, centre_id: int) -> list[tuple[Fiche, Revision]]:
    """Lock and return the drafts of a structure in which something is written and which have rested for a week."""
    rows = await session.exec(
        select(Fiche, Revision)
        .join(Revision, col(Revision.fiche_id) == col(Fiche.id))
        .where(
            Fiche.centre_id == centre_id,
            Revision.state == State.DRAFT,
            col(Revision.deleted_at).is_(None),
            Revision.updated_at < now() - AFTER[0],
            Revision.updated_at >= now() - ENDS,
        )
        .order_by(col(Revision.updated_at).desc())
        .with_for_update()
    )
    return [(fiche, revision) for fiche, revision in rows.all() if checks.begun_steps(revision.content)]


async def _is_due(session: AsyncSession, fiche: Fiche, revision: Revision) -> bool:
    """Whether the next word about a draft is due: each is said once, whatever is written in between."""
    rows = await session.exec(
        select(JournalEntry.at, JournalEntry.detail).where(
            JournalEntry.fiche_id == fiche.id, JournalEntry.action == ACTION
        )
    )
    said = [at for at, detail in rows.all() if detail.get("revision") == revision.number]
    if len(said) >= len(AFTER) or revision.updated_at >= now() - AFTER[len(said)]:
        return False
    return not said or max(said) < now() - APART


async def _people(session: AsyncSession, centre_id: int) -> dict[int, Account]:
    """Return the people of a structure to whom one may write, by account."""
    rows = await session.exec(
        select(Account)
        .join(Membership, col(Membership.account_id) == col(Account.id))
        .where(
            Membership.centre_id == centre_id,
            col(Membership.accepted_at).is_not(None),
            col(Account.active),
            col(Account.demo).is_(False),
        )
        .order_by(Account.email)
    )
    return {account.id or 0: account for account in rows.all()}


def _writers(fiche: Fiche, revision: Revision, people: Iterable[int]) -> set[int]:
    """Return who began a draft and who wrote in it last; all of the structure if they are of it no longer."""
    wrote = {fiche.created_by, revision.saved_by} & set(people)
    return {person for person in wrote if person} or set(people)


def _letter(centre: Centre, drafts: list[Revision]) -> tuple[str, str]:
    """Return the subject and the text of the mail about some drafts."""
    one = len(drafts) == 1
    subject = f"Votre fiche vous attend : {_title(drafts[0])}" if one else "Vos fiches vous attendent"
    lines = "\n\n".join(f"{_told(each)}\n{publication.address()}/ecrire/{each.id}" for each in drafts)
    return subject, (
        f"Bonjour,\n\n{'Une fiche de' if one else 'Des fiches de'} {centre.name} {'attend' if one else 'attendent'} la suite. "
        "Tout y est comme vous l’aviez laissé :\n\n"
        f"{lines}\n\n"
        "Elle n’a pas besoin d’être parfaite pour être proposée : le comité lit, et vous dit ce qui manque. Un doute, "
        "un manque de temps ? Le bouton « Demander de l’aide », dans la fiche, appelle un relais de votre fédération.\n\n"
        "Ce n’est plus d’actualité ? Vous pouvez la supprimer depuis « Mes fiches », ou ne rien faire.\n\n"
        f"Pour ne plus recevoir ces rappels : {publication.address()}/compte#reglages\n\nC’est possible !"
    )


def _title(revision: Revision) -> str:
    return revision.content.title.strip() or "sans titre pour l’instant"


def _told(revision: Revision) -> str:
    begun = len(checks.begun_steps(revision.content))
    return f"« {_title(revision)} » : {begun} étape{'s' if begun > 1 else ''} sur {STEPS}"
