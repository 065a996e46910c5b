"""Writing with others: co-authors invited by the centre, and what both sides see of each other."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import live, permissions
from app.permissions import Actor
from app.services import accounts, journal, mail, publication
from models.columns import now
from models.company import Coauthor, HelpRequest, Part
from models.database import reading, retried, transaction
from models.errors import Invalid, NotAllowed, NotFound, TooManyRequests
from models.fiche import WRITABLE, Fiche, Revision
from models.people import Account, Centre, Membership
from models.records import JournalEntry

LINK_DAYS = 3  # how long the link of an invitation lets one in; the draft's own address serves afterwards
AT_MOST = 12  # co-authors of one fiche
MAILS_PER_HOUR = 20  # invitations of one account, reminders included: enough for a workshop, too few to flood
_SENT = ("coauthor_invited", "coauthor_reminded")


@dataclass(frozen=True)
class CoauthorLine:
    """Somebody who writes in a fiche without being of its structure. `name` is the address until it is accepted."""

    id: int
    name: str
    email: str  # "" for those who may not see it
    part: str
    accepted: bool
    invited_by: str
    invited_at: datetime
    me: bool


@dataclass(frozen=True)
class Company:
    """Who writes in a fiche; `may_invite` for the people of its structure."""

    fiche_id: int
    title: str
    centre_name: str
    house: tuple[str, ...]  # the people of the structure
    guests: tuple[CoauthorLine, ...]
    may_invite: bool


async def company_of(*, actor: Actor, revision_id: int) -> Company:
    """Return who writes in the fiche of a revision; NotAllowed unless the actor writes in it too."""
    async with reading() as session:
        revision, fiche, centre = await open_fiche(session, revision_id)
        actor = await permissions.renew(session, actor)
        house = permissions.is_of_the_house(actor, fiche)
        permissions.require(permissions.is_in_company(actor, fiche), "read")
        guests = await session.exec(
            select(Coauthor, Account.name)
            .join(Account, col(Account.id) == col(Coauthor.account_id), isouter=True)
            .where(Coauthor.fiche_id == fiche.id)
            .order_by(col(Coauthor.id))
        )
        lines = guests.all()
        names = await _names(session, {line.invited_by for line, _ in lines if line.invited_by})
        people = await session.exec(
            select(Account)
            .join(Membership, col(Membership.account_id) == col(Account.id))
            .where(Membership.centre_id == fiche.centre_id, col(Membership.accepted_at).is_not(None))
            .where(col(Account.active))
            .order_by(Account.name)
        )
        unnamed = count(1)
        return Company(
            fiche_id=fiche.id or 0,
            title=revision.content.title,
            centre_name=centre.name,
            house=tuple(_shown(person, house) for person in people.all()),
            guests=tuple(
                CoauthorLine(
                    id=line.id or 0,
                    name=name or (line.email if house else f"Une personne invitée ({next(unnamed)})"),
                    email=line.email if house else "",
                    part=line.part,
                    accepted=line.accepted_at is not None,
                    invited_by=names.get(line.invited_by or 0, ""),
                    invited_at=line.invited_at,
                    me=line.account_id == actor.id,
                )
                for line, name in lines
            ),
            may_invite=house,
        )


async def writes_in(*, actor: Actor, revision_id: int) -> bool:
    """Return whether the actor is, now, among those who write in the fiche of a revision."""
    try:
        async with reading() as session:
            _, fiche, _ = await open_fiche(session, revision_id)
            actor = await permissions.renew(session, actor)
            return permissions.is_in_company(actor, fiche)
    except (NotAllowed, NotFound):
        return False


async def invite(*, actor: Actor, revision_id: int, email: str) -> None:
    """Invite somebody by address to write in a fiche; the mail carries a login link that leads to the draft.

    Raises Invalid with code `email`, `already` (invited or of the structure) or `too_many`, TooManyRequests, NotAllowed.
    """
    email = accounts.normalise_email(email)
    try:
        await retried(lambda: _invite(actor, revision_id, email))
    finally:
        mail.wake()


async def _invite(actor: Actor, revision_id: int, email: str) -> None:
    async with transaction() as session:
        revision, fiche, centre = await open_fiche(session, revision_id)
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.is_of_the_house(actor, fiche), "invite")
        if await _is_of_the_house(session, fiche, email):
            raise Invalid("already", "email")
        known = (await session.exec(select(Coauthor).where(Coauthor.fiche_id == fiche.id))).all()
        if any(line.email == email for line in known):
            raise Invalid("already", "email")
        if len(known) >= AT_MOST:
            raise Invalid("too_many", "email")
        await _require_patience(session, actor)
        session.add(Coauthor(fiche_id=fiche.id or 0, email=email, invited_by=actor.id))
        await _send_invitation(session, actor, revision, centre, email)
        journal.note(session, "coauthor_invited", account_id=actor.id, fiche_id=fiche.id)


async def remind(*, actor: Actor, coauthor_id: int) -> None:
    """Send an invitation again, with a new link; NotFound if it was accepted or withdrawn, TooManyRequests."""
    async with transaction() as session:
        line = await session.get(Coauthor, coauthor_id, with_for_update=True)
        if line is None or line.accepted_at is not None:
            raise NotFound
        revision, fiche, centre = await newest(session, line.fiche_id)
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.is_of_the_house(actor, fiche), "invite")
        await _require_patience(session, actor)
        line.invited_at, line.invited_by = now(), actor.id
        session.add(line)
        await _send_invitation(session, actor, revision, centre, line.email)
        journal.note(session, "coauthor_reminded", account_id=actor.id, fiche_id=fiche.id)
    mail.wake()


async def accept(*, actor: Actor, revision_id: int) -> Actor:
    """Accept the invitation that waits for the actor's address, if there is one; return the actor with present rights.

    Called when a draft is opened: following the link, or logging in with that address, is enough.
    """
    async with transaction() as session:
        revision = await session.get(Revision, revision_id)
        fresh = await permissions.renew(session, actor)
        if revision is None:
            return fresh
        rows = await session.exec(
            select(Coauthor)
            .where(
                Coauthor.fiche_id == revision.fiche_id,
                Coauthor.email == fresh.email,
                col(Coauthor.accepted_at).is_(None),
            )
            .with_for_update()
        )
        line = rows.first()
        if line is None:
            return fresh
        line.account_id, line.accepted_at = actor.id, now()
        session.add(line)
        journal.note(session, "coauthor_accepted", account_id=actor.id, fiche_id=revision.fiche_id)
        await session.flush()
        fresh = await permissions.renew(session, actor)
    live.publish(f"revision:{revision_id}", {"company": True})
    return fresh


async def remove(*, actor: Actor, coauthor_id: int) -> None:
    """End somebody's right to write: the people of the structure may, and the co-author for themselves."""
    async with transaction() as session:
        line = await session.get(Coauthor, coauthor_id, with_for_update=True)
        if line is None:
            raise NotFound
        revision, fiche, _ = await newest(session, line.fiche_id)
        actor = await permissions.renew(session, actor)
        permissions.require(
            permissions.is_of_the_house(actor, fiche) or line.account_id == actor.id, "remove"
        )
        await session.delete(line)
        await end_help(session, fiche_id=line.fiche_id, account_id=line.account_id)
        journal.note(
            session, "coauthor_removed", account_id=actor.id, fiche_id=fiche.id, coauthor=line.account_id
        )
    tell_company(revision)


async def invitations(session: AsyncSession, actor: Actor) -> dict[int, str]:
    """Return in words, by fiche, why the actor may write in fiches of others; waiting invitations are among them."""
    rows = await session.exec(
        select(Coauthor, Account)
        .join(Account, col(Account.id) == col(Coauthor.invited_by), isouter=True)
        .where(
            (col(Coauthor.account_id) == actor.id)
            | ((col(Coauthor.email) == actor.email) & col(Coauthor.accepted_at).is_(None))
        )
    )
    said = {}
    for line, host in rows.all():
        name = _shown(host, house=False) if host else "Une personne du centre"
        if line.part == Part.RELAY:
            said[line.fiche_id] = f"Vous aidez à l’écrire, à la demande de {name}."
        elif line.accepted_at is None:
            said[line.fiche_id] = f"{name} vous invite à l’écrire : ouvrez-la pour accepter."
        else:
            said[line.fiche_id] = f"Vous l’écrivez à l’invitation de {name}."
    return said


async def forget(session: AsyncSession, fiche_id: int) -> None:
    """Remove what concerns the company of a fiche that is about to be deleted for good."""
    await session.exec(delete(Coauthor).where(col(Coauthor.fiche_id) == fiche_id))
    await session.exec(delete(HelpRequest).where(col(HelpRequest.fiche_id) == fiche_id))


# --- shared with individual help ------------------------------------------------------------------------------------


async def end_help(session: AsyncSession, *, fiche_id: int, account_id: int | None) -> None:
    """Close the request for help that an account had taken in a fiche, if any."""
    rows = await session.exec(
        select(HelpRequest).where(
            HelpRequest.fiche_id == fiche_id,
            HelpRequest.taken_by == account_id,
            col(HelpRequest.taken_by).is_not(None),
            col(HelpRequest.closed_at).is_(None),
        )
    )
    for request in rows.all():
        request.closed_at = now()
        session.add(request)


async def open_fiche(session: AsyncSession, revision_id: int) -> tuple[Revision, Fiche, Centre]:
    """Return a revision that is not thrown away, its fiche and its structure; NotFound."""
    revision = await session.get(Revision, revision_id)
    if revision is None or revision.deleted_at is not None:
        raise NotFound
    fiche = await session.get_one(Fiche, revision.fiche_id)
    return revision, fiche, await session.get_one(Centre, fiche.centre_id)


async def newest(session: AsyncSession, fiche_id: int) -> tuple[Revision, Fiche, Centre]:
    """Return the newest revision of a fiche, with its structure; NotFound."""
    rows = await session.exec(
        select(Revision.id)
        .where(Revision.fiche_id == fiche_id, col(Revision.deleted_at).is_(None))
        .order_by(col(Revision.number).desc())
    )
    return await open_fiche(session, rows.first() or 0)


def tell_company(revision: Revision) -> None:
    """Let the open pages of a draft look again at who writes in it, and whether they still may."""
    live.publish(f"revision:{revision.id}", {"company": True})


def draft_address(revision: Revision) -> str:
    """Return the address of a draft, for a mail."""
    return f"{publication.address()}/ecrire/{revision.id}"


def titled(revision: Revision) -> str:
    """Return how a mail names a fiche, with or without a title."""
    return f"la fiche « {revision.content.title} »" if revision.content.title else "une fiche"


# --- inside a transaction -------------------------------------------------------------------------------------------


async def _send_invitation(
    session: AsyncSession, actor: Actor, revision: Revision, centre: Centre, email: str
) -> None:
    path = await accounts.new_link(
        session, email, next_path=f"/ecrire/{revision.id}", life=timedelta(days=LINK_DAYS)
    )
    closed = (
        ""
        if revision.state in WRITABLE
        else "\n\nElle est en ce moment chez le comité : vous pouvez la lire."
    )
    mail.queue(
        session,
        to=email,
        subject=f"{actor.name} vous invite à écrire avec {centre.name}",
        text=f"Bonjour,\n\n{actor.name} écrit {titled(revision)} pour {centre.name} et aimerait l’écrire avec vous. "
        "Relisez, complétez, racontez ce que vous avez vécu : tout s’enregistre à mesure, et chacun voit où l’autre "
        f"écrit.{closed}\n\nOuvrez la fiche avec ce lien, il sert une fois et reste valable {LINK_DAYS} jours :\n"
        f"{publication.address()}{path}\n\n"
        f"Ensuite, ou sur un autre appareil, elle est ici : {draft_address(revision)}\n"
        "(on vous demandera seulement cette adresse électronique).\n\n"
        "Vous ne connaissez pas cette personne ? Ne faites rien.\n\nC’est possible !",
    )


async def _require_patience(session: AsyncSession, actor: Actor) -> None:
    sent = await session.exec(
        select(func.count())
        .select_from(JournalEntry)
        .where(
            JournalEntry.account_id == actor.id,
            col(JournalEntry.action).in_(_SENT),
            JournalEntry.at > now() - timedelta(hours=1),
        )
    )
    if sent.one() >= MAILS_PER_HOUR:
        raise TooManyRequests(3600)


async def _is_of_the_house(session: AsyncSession, fiche: Fiche, email: str) -> bool:
    account = (await session.exec(select(Account).where(Account.email == email))).first()
    if account is None or account.id is None:
        return False
    actor = await permissions.load_actor(session, account.id)
    return actor is not None and permissions.is_of_the_house(actor, fiche)


async def _names(session: AsyncSession, ids: set[int]) -> dict[int, str]:
    rows = await session.exec(select(Account).where(col(Account.id).in_(ids)))
    return {account.id or 0: _shown(account, house=True) for account in rows.all()}


def _shown(account: Account, house: bool) -> str:
    """Return the name of a person; the address stands for it, but not before people from elsewhere."""
    return account.name or (account.email if house else "Une personne du centre")
