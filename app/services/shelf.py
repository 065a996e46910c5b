"""What becomes of whole fiches on the shelf: thrown away for thirty days, put back, written again as a new one."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import permissions
from app.live import publish
from app.permissions import Actor
from app.services import journal
from models.columns import now
from models.content import FicheContent, Photo
from models.database import reading, transaction
from models.errors import IllegalTransition, Invalid, NotFound
from models.fiche import WRITABLE, Fiche, Revision
from models.people import Centre
from models.taxonomy import ImageConsent, State

KEPT = timedelta(days=30)  # in the bin before it is erased
EDITION = "nouvelle édition"
_GIVEN_AGAIN = frozenset({"start", "end", "status", "voices.quotes", "photos"})  # see `new_edition`
_EDITION = re.compile(rf"\s*\({EDITION}(?: (\d+))?\)\s*$")


@dataclass(frozen=True)
class BinCard:
    """A line of "Corbeille"."""

    fiche_id: int
    revision_id: int
    title: str
    centre_name: str
    deleted_at: datetime
    erased_at: datetime  # from then on it cannot be put back
    published_slug: str | None


async def throw_away(*, actor: Actor, revision_id: int) -> None:
    """Put a draft that was never proposed in the bin; NotFound, NotAllowed, IllegalTransition once it was proposed."""
    async with transaction() as session:
        revision, fiche = await _locked(session, revision_id)
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.is_of_the_house(actor, fiche), "delete")
        if revision.deleted_at is not None:
            return
        if revision.state != State.DRAFT:
            raise IllegalTransition(revision.state, "deleted")
        revision.deleted_at = now()
        session.add(revision)
        journal.note(
            session, "draft_deleted", account_id=actor.id, fiche_id=fiche.id, revision=revision.number
        )
    publish(f"revision:{revision_id}", {"deleted": True, "name": actor.name})


async def put_back(*, actor: Actor, revision_id: int) -> None:
    """Take a draft out of the bin; NotFound, NotAllowed.

    Invalid("other_open") when another version of the same fiche is being written or read meanwhile,
    Invalid("newer") when a newer one has been published.
    """
    async with transaction() as session:
        revision, fiche = await _locked(session, revision_id)
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.is_of_the_house(actor, fiche), "delete")
        if revision.deleted_at is None:
            return
        rows = await session.exec(
            select(Revision.state, Revision.number).where(
                Revision.fiche_id == fiche.id, col(Revision.deleted_at).is_(None)
            )
        )
        others = rows.all()
        if any(state in (*WRITABLE, State.PROPOSED) for state, _ in others):
            raise Invalid("other_open", "revision")
        if any(number > revision.number for _, number in others):
            raise Invalid("newer", "revision")
        revision.deleted_at = None
        session.add(revision)
        journal.note(
            session, "draft_put_back", account_id=actor.id, fiche_id=fiche.id, revision=revision.number
        )
    publish(f"revision:{revision_id}", {"deleted": False})


async def list_bin(*, actor: Actor) -> list[BinCard]:
    """Return the drafts in the bin that the actor may put back, last thrown away first."""
    async with reading() as session:
        rows = await session.exec(
            select(Revision, Fiche, Centre.name)
            .join(Fiche, col(Fiche.id) == col(Revision.fiche_id))
            .join(Centre, col(Centre.id) == col(Fiche.centre_id))
            .where(col(Revision.deleted_at) > now() - KEPT, col(Fiche.centre_id).in_(actor.centre_ids))
            .order_by(col(Revision.deleted_at).desc())
        )
        return [
            BinCard(
                fiche_id=fiche.id or 0,
                revision_id=revision.id or 0,
                title=revision.content.title,
                centre_name=name,
                deleted_at=deleted,
                erased_at=deleted + KEPT,
                published_slug=fiche.slug if fiche.published_revision_id else None,
            )
            for revision, fiche, name in rows.all()
            if (deleted := revision.deleted_at) is not None
        ]


async def write_again(*, actor: Actor, revision_id: int) -> int:
    """Start a new fiche from a revision of one's own, in any state; return the id of its draft.

    What belongs to that one action and that one publication is to be given again: dates, where the action stands,
    the agreements of the people quoted and pictured. NotFound, NotAllowed.
    """
    async with transaction() as session:
        source, fiche = await _locked(session, revision_id)
        centre = await session.get_one(Centre, fiche.centre_id)
        actor = await permissions.renew(session, actor)
        permissions.require(permissions.can_write_for(actor, centre), "write")
        others = await session.exec(
            select(Revision)
            .join(Fiche, col(Fiche.id) == col(Revision.fiche_id))
            .where(Fiche.centre_id == fiche.centre_id)
        )
        content = new_edition(source.content, {revision.content.title for revision in others.all()})
        if source.state not in (*WRITABLE, State.PROPOSED) and centre.card.name:
            content.card = centre.card.model_copy(deep=True)  # fresher than the one that was published
        fresh = Fiche(centre_id=fiche.centre_id, created_by=actor.id)
        session.add(fresh)
        await session.flush()
        draft = Revision(
            fiche_id=fresh.id or 0,
            content=content,
            unread={path: raw for path, raw in source.unread.items() if path not in _GIVEN_AGAIN},
            gabarit=source.gabarit,
            palette=source.palette,
            saved_by=actor.id,
        )
        session.add(draft)
        await session.flush()
        journal.note(session, "written_again", account_id=actor.id, fiche_id=fresh.id, source=fiche.id)
        return draft.id or 0


def new_edition(content: FicheContent, titles: set[str] | frozenset[str] = frozenset()) -> FicheContent:
    """Return a copy of `content` for another edition of the action, under a title that is not in `titles`."""
    fresh = content.model_copy(deep=True)
    fresh.start = fresh.end = ""
    fresh.status = None
    for quote in fresh.voices.quotes:
        quote.agreement = False
    fresh.photos = [_asked_again(photo) for photo in fresh.photos]
    if fresh.title.strip():
        fresh.title = _edition_title(fresh.title, titles)
    return fresh


def _edition_title(title: str, titles: set[str] | frozenset[str]) -> str:
    base = _EDITION.sub("", title)[:360]
    number = 1
    while (name := f"{base} ({EDITION}{f' {number}' if number > 1 else ''})") in titles or name == title:
        number += 1
    return name


def _asked_again(photo: Photo) -> Photo:
    """An agreement was given for one publication. Where the paper is kept stays: it helps to find it."""
    if photo.consent not in (ImageConsent.ADULTS, ImageConsent.MINORS):
        return photo
    return photo.model_copy(
        update={"consent": None, "consent_date": "", "consent_until": "", "consent_uses": ""}
    )


async def next_number(session: AsyncSession, fiche_id: int) -> int:
    """Return the number of the next revision of a fiche; those in the bin keep theirs."""
    rows = await session.exec(select(func.max(Revision.number)).where(Revision.fiche_id == fiche_id))
    return int(rows.one() or 0) + 1


async def _locked(session: AsyncSession, revision_id: int) -> tuple[Revision, Fiche]:
    """Lock the fiche, then its revision: no other version of it starts meanwhile."""
    known = await session.get(Revision, revision_id)
    if known is None:
        raise NotFound
    fiche = await session.get(Fiche, known.fiche_id, with_for_update=True)
    revision = await session.get(Revision, revision_id, with_for_update=True, populate_existing=True)
    if fiche is None or revision is None:
        raise NotFound
    return revision, fiche
